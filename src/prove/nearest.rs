//! The smallest change of answers after which something is so.

use batsat::Lit;

use super::counter::Counter;
use super::gates::{Family, Found, Gates};
use super::prover::{Prover, Symbolic};
use super::symbolic::{Asked, Scales, all_unseen};
use crate::answers::{Answer, Answers};
use crate::decide::Situation;
use crate::model::{Kind, OptionIx, OptionSet, QuestionIx, Role, RuleSet};

/// The nearest answers after which something is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nearest {
    /// These.
    Change(Change),
    /// There are none: that is proved.
    Never,
    /// A limit was reached first.
    Undecided,
}

/// A change of answers. No change of fewer answers would do, and of those of as many none changes fewer ticks, and of those
/// none brings up fewer questions; numbers are as near to those answered as they can be, and "not sure" stands for a number only where none would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The questions answered otherwise, in file order.
    pub changed: Vec<QuestionIx>,
    /// The questions that have to be answered beside, in file order: what was not answered, or only with options that can
    /// no longer be chosen, or as long as there was less to choose from. They are free.
    pub added: Vec<QuestionIx>,
    /// All answers after the change.
    pub answers: Answers,
}

impl Change {
    /// All questions whose answer is another one, in file order.
    pub fn questions(&self) -> Vec<QuestionIx> {
        let mut questions: Vec<QuestionIx> = self.changed.iter().chain(&self.added).copied().collect();
        questions.sort_unstable();
        questions
    }
}

/// The nearest answers for which all of `wanted` hold. What is shown passes the check `ends_well`, which must hold for
/// complete answers if and only if all of `wanted` do, and for others if it does for all their completions.
pub(crate) fn nearest(
    prover: &mut Prover<'_>,
    answers: &Answers,
    mut wanted: Vec<Lit>,
    ends_well: impl FnMut(&mut Prover<'_>, &Answers) -> bool,
) -> Nearest {
    let rules = prover.rules();
    let symbolic = prover.symbolic();
    match symbolic.search(&wanted) {
        Found::Yes => {}
        Found::No => return Nearest::Never,
        Found::Undecided => return Nearest::Undecided,
    }
    let mut distance = Distance::new(symbolic, rules, answers);
    let mut differs = distance.changes(symbolic);
    if !cheapest(symbolic, &mut wanted, &mut differs) {
        return Nearest::Undecided;
    }
    distance.closest(prover, answers, wanted, ends_well).map_or(Nearest::Undecided, Nearest::Change)
}

/// How far the answers of the person in the model are from some given ones.
pub(crate) struct Distance {
    /// For each answer given, that theirs counts and is another one.
    pub(crate) differs: Vec<(QuestionIx, Lit)>,
    /// Of all lists, the options that are ticked where they were not, or the other way round.
    ticks: Counter,
    /// The same and the questions not answered that apply. It tells changes of as many answers apart: those are easier to
    /// imagine that turn fewer ticks and bring up fewer questions.
    pub(crate) effort: Counter,
}

impl Distance {
    /// The distance from `answers`.
    pub(crate) fn new(symbolic: &mut Symbolic, rules: &RuleSet, answers: &Answers) -> Self {
        let Symbolic { gates, person, .. } = symbolic;
        let differs = answers.iter().map(|(question, answer)| {
            let unseen = all_unseen(rules, answers, question);
            (question, !person.asked(question).said(gates, &rules.questions()[question], answer, unseen))
        });
        let differs = differs.collect();
        gates.family = Family::Query;
        let mut ticks = Vec::new();
        for (position, question) in rules.questions().iter().filter(|(_, row)| matches!(row.kind, Kind::Many)) {
            let said = match answers.get(position) {
                Some(Answer::Options(said)) => said,
                Some(Answer::Number(_)) | None => OptionSet::EMPTY,
            };
            let plain = question.choices().filter(|(_, choice)| choice.role == Role::Plain);
            ticks.extend(plain.map(|(option, _)| turned(gates, person.asked(position), option, said)));
        }
        let questions = rules.questions().positions().filter(|question| answers.get(*question).is_none());
        let new = questions.map(|question| person.asked(question).offer.applies);
        let effort = Counter::new(gates, ticks.iter().copied().chain(new).collect());
        Self { differs, ticks: Counter::new(gates, ticks), effort }
    }

    /// The answers that are changed.
    pub(crate) fn changes(&self, symbolic: &Symbolic) -> Counter {
        Counter::new(&symbolic.gates, self.differs.iter().map(|(_, differs)| *differs).collect())
    }

    /// Of the changes after which all of `wanted` hold, one that changes the fewest ticks, and of those one that brings up the
    /// fewest questions. `None` if a limit was reached.
    pub(crate) fn closest(
        &mut self,
        prover: &mut Prover<'_>,
        answers: &Answers,
        mut wanted: Vec<Lit>,
        mut ends_well: impl FnMut(&mut Prover<'_>, &Answers) -> bool,
    ) -> Option<Change> {
        let rules = prover.rules();
        let symbolic = prover.symbolic();
        for costs in [&mut self.ticks, &mut self.effort] {
            if !cheapest(symbolic, &mut wanted, costs) {
                return None;
            }
        }
        let person = symbolic.person.read(&symbolic.gates, rules);
        let changed = self.changed(symbolic);
        let scales = symbolic.scales.clone();
        completed(rules, &scales, answers, &person, changed, &mut |answers| ends_well(prover, answers))
    }

    /// The answers that the example found last changes.
    pub(crate) fn changed(&self, symbolic: &Symbolic) -> Vec<QuestionIx> {
        let changed = self.differs.iter().filter(|(_, differs)| symbolic.gates.is(*differs));
        changed.map(|(question, _)| *question).collect()
    }
}

/// Adds to `wanted` that as few of `costs` hold as can be, and leaves the search at an example of that. False where a limit
/// was reached.
fn cheapest(symbolic: &mut Symbolic, wanted: &mut Vec<Lit>, costs: &mut Counter) -> bool {
    for most in 0..=costs.len() {
        wanted.push(costs.at_most(&mut symbolic.gates, most));
        match symbolic.search(wanted) {
            Found::Yes => return true,
            Found::No => wanted.pop(),
            Found::Undecided => return false,
        };
    }
    false
}

fn turned(gates: &mut Gates, asked: &Asked, option: OptionIx, said: OptionSet) -> Lit {
    let ticked = asked.chooses(option).unwrap_or(gates.no());
    if said.contains(option) { gates.and([asked.offer.applies, !ticked]) } else { ticked }
}

/// The answers given with those of `person` to what is changed, and to what has to be answered beside it. `None` if that
/// does not end well after all.
fn completed(
    rules: &RuleSet,
    scales: &Scales,
    given: &Answers,
    person: &Answers,
    changed: Vec<QuestionIx>,
    ends_well: &mut impl FnMut(&Answers) -> bool,
) -> Option<Change> {
    let mut answers = given.clone();
    let mut added = Vec::new();
    let situation = Situation::new(rules, person);
    for (question, answer) in person.iter() {
        let is_changed = changed.contains(&question);
        let unseen = given.unseen(question, &rules.questions()[question], situation.choosable(question));
        let is_added = !is_changed && (!unseen.is_empty() || is_new(given.get(question), answer));
        if is_changed || is_added {
            // An answer of an example fits its question.
            let _ = answers.set(rules, question, answer);
        }
        if is_added {
            added.push(question);
        }
    }
    if !ends_well(&answers) {
        return None;
    }
    for question in added.clone().into_iter().rev() {
        let mut fewer = answers.clone();
        fewer.restore(question, given);
        if ends_well(&fewer) {
            answers = fewer;
            added.retain(|kept| *kept != question);
        }
    }
    for question in &changed {
        nearer(rules, scales, given, *question, &mut answers, ends_well);
    }
    Some(Change { changed, added, answers })
}

/// Nothing of what was given counts for somebody who answers this: it was nothing, or options that cannot be chosen.
fn is_new(given: Option<Answer>, answer: Answer) -> bool {
    match (given, answer) {
        (Some(Answer::Options(given)), Answer::Options(chosen)) => !given.meets(chosen),
        (given, _) => given.is_none(),
    }
}

/// Moves a number as near to the one that was answered as it can be, if need be from "not sure".
fn nearer(
    rules: &RuleSet,
    scales: &Scales,
    given: &Answers,
    question: QuestionIx,
    answers: &mut Answers,
    ends_well: &mut impl FnMut(&Answers) -> bool,
) {
    let Some(Answer::Number(before)) = given.get(question) else {
        return;
    };
    let farthest = match answers.get(question) {
        Some(Answer::Number(after)) => before.abs_diff(after),
        Some(Answer::Options(_)) | None => u32::MAX,
    };
    // Of the numbers that the rules cannot tell apart the one next to what was answered.
    let numbers = scales.of(question).map(|first| if first <= before { first.saturating_sub(1) } else { first });
    let mut numbers: Vec<i32> = numbers.filter(|number| before.abs_diff(*number) < farthest).collect();
    numbers.sort_by_key(|number| before.abs_diff(*number));
    for number in numbers {
        let mut tried = answers.clone();
        // It lies in the range.
        let _ = tried.set(rules, question, Answer::Number(number));
        if ends_well(&tried) {
            *answers = tried;
            return;
        }
    }
}
