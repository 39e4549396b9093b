//! One more tick on a list of danger signs never makes things look better than they are.

use batsat::Lit;

use super::checking::{Checking, Stopped};
use super::counterexample::Counterexample;
use crate::answers::Answers;
use crate::decide::{Situation, Truth, outcome};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Choice, FlagIx, Kind, Level, OptionIx, QuestionIx, Role, RuleSet};
use crate::prove::changed;
use crate::prove::gates::Found;
use crate::prove::pair::Pair;

/// One more tick on a list of danger signs, or a tick instead of `none`, never lowers the level, unless its author says
/// that it may. Other answers are fixed, newly applying ones free. A level is not lowered by a flag that still holds and
/// only counts no more, since the plan needs nothing of what it holds back.
pub(super) fn never_lower(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let questions = checking.symbolic().mentions.safety_questions(rules);
    for (place, position) in questions.iter().copied().enumerate() {
        checking.done(place, questions.len());
        let question = &rules.questions()[position];
        if !matches!(question.kind, Kind::Many) || question.option_with(Role::NoneOfThese).is_none() {
            continue;
        }
        let danger: Vec<(OptionIx, &Choice)> =
            question.choices().filter(|(_, choice)| choice.role == Role::Plain && !choice.may_lower_level).collect();
        checking.trim();
        let losable = lost_by_ticks(checking, position);
        for (option, choice) in danger {
            let message = format!("ticking `{}` in `{}` can lower the level", choice.id, question.id);
            let fault = Diagnostic::new(Code::TickLowersLevel, rules.option_span(position, option), message);
            let lowers = match &losable {
                Ok(losable) => tick_lowers(checking, position, option, losable),
                Err(Stopped) => Err(Stopped),
            };
            checking.expect_no_counterexample(lowers, fault);
        }
    }
}

/// The flags above level `none` that count for somebody and do not hold for somebody else who has ticked all that they have, and more. Ticks
/// that may lower the level are alike.
fn lost_by_ticks(checking: &mut Checking<'_, '_>, position: QuestionIx) -> Result<Vec<FlagIx>, Stopped> {
    if checking.is_late() {
        return Err(Stopped);
    }
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let pair = symbolic.pair(rules, position);
    let (more, fewer) = (symbolic.person.asked(position), pair.other.asked(position));
    let mut given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).collect();
    for (option, choice) in rules.questions()[position].choices().filter(|(_, choice)| choice.role == Role::Plain) {
        if let (Some(one), Some(two)) = (more.chooses(option), fewer.chooses(option)) {
            let gates = &mut symbolic.gates;
            given.push(if choice.may_lower_level { gates.same(one, two) } else { gates.or([one, !two]) });
        }
    }
    let mut lost = Vec::new();
    for (flag, _) in rules.flags().iter().filter(|(_, flag)| flag.level > Level::None) {
        if let Some(loses) = symbolic.reading.loses(flag, &pair.reading) {
            match symbolic.search(&[given.as_slice(), &loses].concat()) {
                Found::No => {}
                Found::Yes => lost.push(flag),
                Found::Undecided => return Err(Stopped),
            }
        }
    }
    Ok(lost)
}

fn tick_lowers(
    checking: &mut Checking<'_, '_>,
    position: QuestionIx,
    option: OptionIx,
    losable: &[FlagIx],
) -> Result<Option<Counterexample>, Stopped> {
    if losable.is_empty() {
        return Ok(None);
    }
    if checking.is_late() {
        return Err(Stopped);
    }
    let rules = checking.rules;
    checking.trim();
    let symbolic = checking.symbolic();
    let (pair, possible) = symbolic.pair_without(rules, position, option);
    let given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).chain([possible]).collect();
    // Flag by flag: what is looked for is then said in so many words, and most of it is refuted at once.
    for flag in losable.iter().copied() {
        let symbolic = checking.symbolic();
        let Some(loses) = symbolic.reading.loses(flag, &pair.reading) else {
            continue;
        };
        let as_grave = symbolic.reading.raising(rules, rules.flags()[flag].level);
        let assumptions: Vec<Lit> = given.iter().copied().chain(loses).chain(as_grave.map(|holds| !holds)).collect();
        match symbolic.search(&assumptions) {
            Found::No => {}
            Found::Undecided => return Err(Stopped),
            Found::Yes => return lowered(checking, position, &pair, &given).map(Some),
        }
    }
    Ok(None)
}

/// Both persons of the example found last, in which `given` held and the first has the lower level.
fn lowered(
    checking: &mut Checking<'_, '_>,
    position: QuestionIx,
    pair: &Pair,
    given: &[Lit],
) -> Result<Counterexample, Stopped> {
    let rules = checking.rules;
    let example = checking.example(None).ok_or(Stopped)?;
    let beside = checking.example(Some(&pair.other)).ok_or(Stopped)?;
    if example.decision.outcome.level >= beside.decision.outcome.level {
        return Err(Stopped);
    }
    let symbolic = checking.symbolic();
    let lower = symbolic.reading.misses(&mut symbolic.gates, rules, &pair.reading);
    let is_spared = |person: &Answers| misses_nothing(rules, person, &beside.answers, position);
    // Where what applies newly leaves more than one level, all that was said is kept.
    let because = checking
        .shrink(&example.answers, Some(position), given, !lower, is_spared)
        .unwrap_or_else(|| example.answers.clone());
    Ok(Counterexample { because, example, beside: Some(beside) })
}

/// Somebody who answers one question as `beside` does and all else like this person has no level for which no flag of this
/// person is as grave.
fn misses_nothing(rules: &RuleSet, person: &Answers, beside: &Answers, position: QuestionIx) -> bool {
    let other = changed::completed(rules, |question| {
        let alike = if question == position { None } else { person.get(question) };
        alike.or_else(|| beside.get(question))
    });
    let alike = |question| match (person.get(question), other.get(question)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let agree = rules.questions().positions().all(|question| question == position || alike(question));
    let Some(level) = outcome(rules, &other).map(|outcome| outcome.level) else {
        return false;
    };
    let situation = Situation::new(rules, person);
    let mut raising = rules.flags().iter().filter(|(_, flag)| flag.level >= level);
    agree
        && person.get(position) != other.get(position)
        && (level == Level::None || raising.any(|(flag, _)| situation.flag(flag) == Truth::Yes))
}
