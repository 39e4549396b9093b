//! The program's own words. Words about the body stand in the rule set, never here.

use crate::answers::Unfit;
use crate::explain::{Chosen, WhyNot};
use crate::model::{Level, ProfessionalIx, Question, RuleSet, ServiceIx};

/// "1 question", "2 questions".
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "an athletic trainer", "a personal trainer".
pub(super) fn with_article(name: &str) -> String {
    let vowel = name.chars().next().is_some_and(|letter| "aeiouAEIOU".contains(letter));
    format!("{} {name}", if vowel { "an" } else { "a" })
}

/// The first letter large.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn professional(rules: &RuleSet, professional: ProfessionalIx) -> &str {
    &rules.professionals()[professional].name
}

pub(super) fn services(rules: &RuleSet, services: &[ServiceIx]) -> String {
    // More than three would hide the point.
    let named: Vec<String> =
        services.iter().map(|service| format!("\"{}\"", rules.services()[*service].name)).collect();
    match named.as_slice() {
        [first, second, _, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} and {}", count(rest.len() + 1, "more", "more"))
        }
        named => list(named),
    }
}

/// A service with those who could lead it: "A plan to get stronger (personal trainer)".
pub(super) fn service_with_who(rules: &RuleSet, service: ServiceIx) -> String {
    let service = &rules.services()[service];
    let who: Vec<&str> = service.candidates.iter().map(|who| professional(rules, who)).collect();
    format!("{} ({})", service.name, who.join(" or "))
}

/// The number to call, as a clause.
pub(super) fn emergency_number(rules: &RuleSet) -> String {
    rules.metadata().emergency_number.clone().unwrap_or_else(|| "your local emergency number".to_owned())
}

/// What the level asks for, in one line.
pub(super) fn level_headline(level: Level, rules: &RuleSet) -> String {
    match level {
        Level::Emergency => format!("EMERGENCY: call {} now.", emergency_number(rules)),
        Level::Urgent => "See a doctor today.".to_owned(),
        Level::Physician => "See a doctor first, within the next few days.".to_owned(),
        Level::Clearance => "Get a doctor's OK before part of this plan.".to_owned(),
        Level::Caution => "You can start, but mind this first.".to_owned(),
        Level::None => "Nothing you said calls for a doctor first.".to_owned(),
    }
}

/// What to add below the headline.
pub(super) fn level_detail(level: Level, has_plan: bool, rules: &RuleSet) -> Option<String> {
    let number = emergency_number(rules);
    match level {
        Level::Urgent => Some(format!("If it suddenly gets worse, or you cannot reach a doctor today, call {number}.")),
        Level::Physician if has_plan => Some("Everything else on this plan waits for that visit.".to_owned()),
        Level::Physician => Some(format!("If it suddenly gets worse, call {number}.")),
        Level::Emergency | Level::Clearance | Level::Caution => None,
        Level::None => Some("If that changes, or something here worries you, ask a doctor.".to_owned()),
    }
}

/// The word for a level in a list of flags.
pub(super) fn level_label(level: Level) -> &'static str {
    match level {
        Level::None => "Note",
        Level::Caution => "Take care",
        Level::Clearance => "Doctor's OK first",
        Level::Physician => "Doctor within days",
        Level::Urgent => "Doctor today",
        Level::Emergency => "Emergency",
    }
}

/// Why somebody is not on the plan, as a sentence.
pub(super) fn why_not(rules: &RuleSet, reason: &WhyNot) -> String {
    match reason {
        WhyNot::DoctorFirst(_) => "a doctor comes first; ask again after that.".to_owned(),
        WhyNot::NothingNeeded => "nothing you said needs what they do.".to_owned(),
        WhyNot::AllOnHold => "all that you need is on hold for now.".to_owned(),
        WhyNot::EquallyInScope { service, lead, chosen } => {
            let lead = professional(rules, *lead);
            let what = services(rules, &[*service]);
            match chosen {
                Chosen::Preference(preference) => {
                    let because = &rules.preferences()[*preference].because;
                    format!("could do {what} too; the {lead} was preferred: {because}")
                }
                Chosen::FewerPeople => format!("could do {what} too; with the {lead} you need fewer people."),
                Chosen::OnThePlanAlready => format!("could do {what} too; you see the {lead} already."),
                Chosen::FileOrder => format!("could do {what} just as well as the {lead}."),
            }
        }
        WhyNot::AlsoDoes(what) => format!("does {} too, but others have more training in it.", services(rules, what)),
        WhyNot::OnReferral(what) => {
            format!("may do {} only when referred or supervised.", services(rules, what))
        }
        WhyNot::OutsideScope(what) => {
            let verb = if what.len() == 1 { "is" } else { "are" };
            format!("{} {verb} outside their scope of practice.", services(rules, what))
        }
    }
}

/// What is wrong with an answer that was just given.
pub fn unfit(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Nothing => "Nothing is ticked yet. Tick what fits, or \"none of these\" where it is offered.",
        Unfit::NoneWithOthers => {
            "\"None of these\" was ticked together with something else. Please tick one or the other."
        }
        Unfit::SeveralForOne => "Please choose one answer.",
        Unfit::OutOfRange => "That number is outside the range.",
        Unfit::WrongKind | Unfit::UnknownOption => "That is not one of the answers.",
    }
}

/// Why a question is asked.
pub fn why(question: &Question) -> &str {
    question.why.as_deref().unwrap_or("Your answer can still change who you should see.")
}
