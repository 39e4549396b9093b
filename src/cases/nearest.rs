//! The smallest change of answers after which a case would end as it expects.

use batsat::Lit;

use super::Case;
use super::meets::meets;
use super::run::mismatches;
use crate::answers::{Answer, Answers};
use crate::model::{Kind, OptionIx, OptionSet, QuestionIx, Role, RuleSet};
use crate::prove::Prover;
use crate::prove::gates::{Family, Found, Gates, Limit};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::Asked;

/// The nearest answers that end as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nearest {
    /// These.
    Change(Change),
    /// There are none: that is proved.
    Never,
    /// A limit was reached first.
    Undecided,
}

/// A change of the answers of a case. No change of fewer answers ends as expected, and of those of as many none changes
/// fewer ticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The answers that are changed, or added, in the order of the questions.
    pub changed: Vec<QuestionIx>,
    /// All answers after the change.
    pub answers: Answers,
}

/// Decisions and conflicts of one search: counted, so that runs repeat.
const STEPS: u64 = 200_000;

/// Looks for the smallest change.
pub(super) fn nearest(rules: &RuleSet, case: &Case) -> Nearest {
    let mut prover = Prover::new(rules).within(Limit { steps: Some(STEPS), deadline: None });
    let symbolic = prover.symbolic();
    let mut wanted = meets(symbolic, rules, &case.expect);
    match symbolic.search(&wanted) {
        Found::Yes => {}
        Found::No => return Nearest::Never,
        Found::Undecided => return Nearest::Undecided,
    }
    let changed: Vec<(QuestionIx, Lit)> = case
        .answers
        .iter()
        .map(|(question, answer)| {
            let Symbolic { gates, person, .. } = symbolic;
            (question, !person.asked(question).said(gates, &rules.questions()[question], answer))
        })
        .collect();
    let ticks = ticks(symbolic, rules, &case.answers);
    let questions: Vec<Lit> = changed.iter().map(|(_, changed)| *changed).collect();
    for costs in [questions, ticks] {
        if !cheapest(symbolic, &mut wanted, &costs) {
            return Nearest::Undecided;
        }
    }
    let person = symbolic.person.read(&symbolic.gates, rules);
    let changed: Vec<QuestionIx> =
        changed.into_iter().filter(|(_, changed)| symbolic.gates.is(*changed)).map(|(question, _)| question).collect();
    completed(rules, case, &person, changed).map_or(Nearest::Undecided, Nearest::Change)
}

/// Adds to `wanted` that as few of `costs` hold as can be, and leaves the search at an example of that. False where a limit
/// was reached.
fn cheapest(symbolic: &mut Symbolic, wanted: &mut Vec<Lit>, costs: &[Lit]) -> bool {
    for most in 0..=costs.len() {
        let more = symbolic.gates.at_least(most + 1, costs);
        wanted.push(!more);
        match symbolic.search(wanted) {
            Found::Yes => return true,
            Found::No => wanted.pop(),
            Found::Undecided => return false,
        };
    }
    false
}

/// For each option of a list, that it is ticked where it was not, or the other way round.
fn ticks(symbolic: &mut Symbolic, rules: &RuleSet, answers: &Answers) -> Vec<Lit> {
    let Symbolic { gates, person, .. } = symbolic;
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
    ticks
}

fn turned(gates: &mut Gates, asked: &Asked, option: OptionIx, said: OptionSet) -> Lit {
    let ticked = asked.chooses(option).unwrap_or(gates.no());
    if said.contains(option) { gates.and([asked.offer.applies, !ticked]) } else { ticked }
}

/// The answers of the case with those of `person` to what is changed, and to what has to be answered beside it. `None` if
/// that does not end as expected after all.
fn completed(rules: &RuleSet, case: &Case, person: &Answers, mut changed: Vec<QuestionIx>) -> Option<Change> {
    let mut prover = Prover::for_interview(rules);
    let mut ends_well = |answers: &Answers| mismatches(&mut prover, case, answers).0.is_empty();
    let mut answers = case.answers.clone();
    let added: Vec<QuestionIx> =
        person.iter().map(|(question, _)| question).filter(|question| answers.get(*question).is_none()).collect();
    for (question, answer) in person.iter() {
        if changed.contains(&question) || added.contains(&question) {
            // An answer of an example fits its question.
            let _ = answers.set(rules, question, answer);
        }
    }
    if !ends_well(&answers) {
        return None;
    }
    for question in added.into_iter().rev() {
        let mut fewer = answers.clone();
        fewer.clear(question);
        if ends_well(&fewer) {
            answers = fewer;
        } else {
            changed.push(question);
        }
    }
    changed.sort_unstable();
    for question in &changed {
        nearer(rules, case, *question, &mut answers, &mut ends_well);
    }
    Some(Change { changed, answers })
}

/// Moves a number as near to the one that was answered as it can be.
fn nearer(
    rules: &RuleSet,
    case: &Case,
    question: QuestionIx,
    answers: &mut Answers,
    ends_well: &mut impl FnMut(&Answers) -> bool,
) {
    let (Some(Answer::Number(before)), Some(Answer::Number(after)), Kind::Number(range)) =
        (case.answers.get(question), answers.get(question), &rules.questions()[question].kind)
    else {
        return;
    };
    let mut numbers: Vec<i32> =
        (range.min..=range.max).filter(|number| before.abs_diff(*number) < before.abs_diff(after)).collect();
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
