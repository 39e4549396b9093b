//! The signs that a person has not ticked and that would call for a doctor: what to watch for.

use std::cmp::Reverse;

use crate::answers::{Answer, Answers};
use crate::decide::{Situation, Truth, Verdict, decide};
use crate::model::{Kind, Level, OptionIx, OptionSet, QuestionIx, Role, RuleSet};
use crate::prove::symbolic::Mentions;

/// A sign that was on a list that the person was given, and not ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// The list.
    pub question: QuestionIx,
    /// The sign on it.
    pub option: OptionIx,
    /// What one more tick would lead to, at least: `physician`, `urgent` or `emergency`, and more than it is now.
    pub level: Level,
    /// Not everybody is asked about it: it goes with what this person said.
    pub own: bool,
}

/// The signs to watch for, gravest first, of one level those that go with what the person said before those that everybody
/// is asked about, then in file order.
///
/// Each is an option of a question that takes many and on which safety hangs; the person could have ticked it and did not.
/// The level is that of a decision on their answers and this tick, as far as those settle it: nothing else is assumed. A tick
/// that opens other questions is left out: what it means is for their answers to say.
pub(super) fn of_answers(rules: &RuleSet, answers: &Answers, level: Level) -> Vec<Watch> {
    let situation = Situation::new(rules, answers);
    let questions = Mentions::new(rules).safety_questions(rules);
    let lists = questions.into_iter().filter(|question| matches!(rules.questions()[*question].kind, Kind::Many));
    let mut signs: Vec<Watch> = lists
        .filter(|question| situation.standing(*question).applies == Truth::Yes)
        .flat_map(|question| unticked(&situation, question).map(move |(option, own)| (question, option, own)))
        .filter_map(|(question, option, own)| {
            let leads_to = level_with(&situation, answers, question, option)?;
            (leads_to >= Level::Physician && leads_to > level).then_some(Watch {
                question,
                option,
                level: leads_to,
                own,
            })
        })
        .collect();
    signs.sort_by_key(|sign| (Reverse(sign.level), !sign.own));
    signs
}

/// The options that could have been ticked and were not, each with whether not everybody is asked about it.
fn unticked(situation: &Situation<'_>, position: QuestionIx) -> impl Iterator<Item = (OptionIx, bool)> {
    let question = &situation.rules().questions()[position];
    let open = situation.choosable(position);
    let choices =
        question.choices().filter(move |(option, choice)| choice.role == Role::Plain && open.contains(*option));
    choices
        .filter(move |(option, _)| situation.chosen(position, *option) != Truth::Yes)
        .map(|(option, choice)| (option, question.only_if.is_some() || choice.only_if.is_some()))
}

/// The level with one more tick: settled, or known to be at least this; none if the tick opens or closes something else.
fn level_with(before: &Situation<'_>, answers: &Answers, position: QuestionIx, option: OptionIx) -> Option<Level> {
    let rules = before.rules();
    let question = &rules.questions()[position];
    let ticked = match answers.get(position) {
        Some(Answer::Options(ticked)) => ticked,
        _ => OptionSet::EMPTY,
    };
    let none = question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
    let mut answers = answers.clone();
    let offered = answers.offered(position);
    answers.set(rules, position, Answer::Options(ticked.minus(none).or(OptionSet::only(option)))).ok()?;
    answers.set_offered(position, offered);
    if !offer_the_same(before, &Situation::new(rules, &answers)) {
        return None;
    }
    Some(match decide(rules, &answers) {
        Verdict::Settled(decision) => decision.outcome.level,
        Verdict::Unsettled { level_at_least } => level_at_least,
    })
}

/// Whether the same questions apply, with the same options.
pub(super) fn offer_the_same(one: &Situation<'_>, other: &Situation<'_>) -> bool {
    let offers = |situation: &Situation<'_>, position| match situation.standing(position).applies {
        Truth::No => (Truth::No, OptionSet::EMPTY),
        applies => (applies, situation.choosable(position)),
    };
    one.rules().questions().positions().all(|position| offers(one, position) == offers(other, position))
}
