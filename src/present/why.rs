//! Why a question is asked: what its author says, and what the answer could still change.

use super::words;
use crate::model::{Level, Question, RuleSet};
use crate::prove::Stakes;

/// Why `question` is asked of somebody for whom this hangs on it, in one or two sentences.
pub fn why(rules: &RuleSet, question: &Question, stakes: &Stakes) -> Vec<String> {
    let mut told: Vec<String> = question.why.clone().into_iter().chain(at_stake(rules, stakes)).collect();
    if told.is_empty() {
        told.push("Your answer can still change who you should see.".to_owned());
    }
    told
}

/// The gravest thing first, then as much as two lines hold; `None` where nothing is known to hang on the answer.
fn at_stake(rules: &RuleSet, stakes: &Stakes) -> Option<String> {
    /// Two lines of a narrow page.
    const ROOM: usize = 112;
    let parts = [level(rules, stakes), professionals(rules, stakes), held_back(stakes)];
    let mut parts = parts.into_iter().flatten();
    let mut sentence = format!("Your answer could {}", parts.next()?);
    for part in parts {
        if sentence.chars().count() + part.chars().count() + 6 > ROOM {
            break;
        }
        sentence = format!("{sentence}, or {part}");
    }
    Some(sentence + ".")
}

fn level(rules: &RuleSet, stakes: &Stakes) -> Option<String> {
    let gravest = stakes.levels.first()?;
    Some(match gravest {
        Level::Emergency => format!("mean that you should call {} now", words::emergency_number(rules)),
        Level::Urgent => "mean that you should see a doctor today".to_owned(),
        Level::Physician => "make a doctor come first".to_owned(),
        Level::Clearance => "mean that you need a doctor's OK first".to_owned(),
        Level::Caution => "mean that there is something to mind first".to_owned(),
        Level::None => return None,
    })
}

fn professionals(rules: &RuleSet, stakes: &Stakes) -> Option<String> {
    let who: Vec<String> =
        stakes.professionals.iter().map(|who| format!("the {}", words::professional(rules, *who))).collect();
    match who.as_slice() {
        [] => None,
        [one] => Some(format!("decide if {one} is on your plan")),
        [one, other] => Some(format!("decide if {one} or {other} is on your plan")),
        _ => Some("change who is on your plan".to_owned()),
    }
}

fn held_back(stakes: &Stakes) -> Option<String> {
    match (stakes.on_hold, stakes.waits) {
        (true, _) => Some("put something on hold".to_owned()),
        (false, true) => Some("make something wait for a doctor's OK".to_owned()),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load_texts;
    use crate::model::{Position, ProfessionalIx};
    use crate::source::Texts;

    fn rules() -> RuleSet {
        let mut texts = Texts::default();
        let file = texts.add("rules.yaml", include_str!("../../tests/rules/small/rules.yaml"));
        load_texts(texts, &[file]).unwrap().rules
    }

    #[track_caller]
    fn told(stakes: &Stakes, sentence: &str) {
        let told = at_stake(&rules(), stakes);
        assert_eq!(told.as_deref(), Some(sentence).filter(|sentence| !sentence.is_empty()));
        let lines = super::super::page::wrap(&told.unwrap_or_default(), 60, "", "");
        assert!(lines.len() <= 2, "{lines:#?}");
    }

    fn first(professionals: usize) -> Vec<ProfessionalIx> {
        (0..professionals).map(ProfessionalIx::new).collect()
    }

    #[test]
    fn the_gravest_level_comes_first_and_alone() {
        let levels = vec![Level::Emergency, Level::Physician];
        told(&Stakes { levels, ..Stakes::default() }, "Your answer could mean that you should call 112 now.");
        let levels = vec![Level::Caution];
        let stakes = Stakes { levels, on_hold: true, ..Stakes::default() };
        told(&stakes, "Your answer could mean that there is something to mind first, or put something on hold.");
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let levels = vec![Level::Physician];
        let stakes = Stakes { levels, professionals: first(1), on_hold: true, ..Stakes::default() };
        told(
            &stakes,
            "Your answer could make a doctor come first, or decide if the physical therapist is on your plan.",
        );
        let stakes = Stakes { professionals: first(3), waits: true, ..stakes };
        told(
            &stakes,
            "Your answer could make a doctor come first, or change who is on your plan, or put something on hold.",
        );
        let two = Stakes { professionals: first(2), waits: true, ..Stakes::default() };
        told(&two, "Your answer could decide if the physical therapist or the athletic trainer is on your plan.");
    }

    #[test]
    fn nothing_known_is_nothing_said() {
        told(&Stakes { undecided: true, ..Stakes::default() }, "");
    }
}
