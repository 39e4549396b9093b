//! A change of answers that leads to a recommendation, with the other answers that would do as well.

use crate::answers::{Answer, Answers};
use crate::decide::{Outcome, Reading, Recommendation, Situation, Truth};
use crate::model::{Kind, OptionIx, OptionSet, Question, QuestionIx, Range, Role, RuleSet};
use crate::prove::Change;

/// A change of answers that leads to a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The answers given that are changed, in file order.
    pub changes: Vec<Instead>,
    /// The questions that have to be answered beside, in file order, as in `answers`: what was not answered, or only with
    /// options that can no longer be chosen.
    pub added: Vec<QuestionIx>,
    /// All answers after the change: one of those listed for each question.
    pub answers: Answers,
}

/// What could have been answered instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// To which question.
    pub question: QuestionIx,
    /// What was answered.
    pub before: Answer,
    /// What would do instead, in the order of the screen; at least one. Where several questions change, each combination
    /// of what is listed for them would do. Numbers are all those between the least and the greatest listed.
    pub after: Vec<Answer>,
}

/// So many combinations of answers are tried for each that might be added: beyond that only the nearest are listed.
const MOST_COMBINATIONS: usize = 12;

impl Alternative {
    /// A change that leads to a recommendation, together with the answers to the same questions that do too.
    pub(super) fn new(rules: &RuleSet, before: &Answers, change: Change, leads_to: &Recommendation) -> Self {
        let Change { changed, added, answers } = change;
        let mut changes: Vec<Instead> = changed
            .into_iter()
            .filter_map(|question| {
                let (before, after) = before.get(question).zip(answers.get(question))?;
                Some(Instead { question, before, after: vec![after] })
            })
            .collect();
        for place in 0..changes.len() {
            let more = more_answers(rules, &changes, place, &answers, leads_to);
            if let Some(instead) = changes.get_mut(place) {
                instead.after = more;
            }
        }
        Self { changes, added, answers }
    }
}

/// What would do as well for one of the questions that change, whichever of the answers found is given to the others.
fn more_answers(
    rules: &RuleSet,
    changes: &[Instead],
    place: usize,
    answers: &Answers,
    leads_to: &Recommendation,
) -> Vec<Answer> {
    let Some(Instead { question, before, after }) = changes.get(place) else {
        return Vec::new();
    };
    let others = changes.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, instead)| instead);
    let Some(combinations) = combinations(rules, others, answers) else {
        return after.clone();
    };
    let questions: Vec<QuestionIx> = changes.iter().map(|instead| instead.question).collect();
    let would_do = |answer: Answer| {
        combinations.iter().all(|others| {
            let mut tried = others.clone();
            tried.set(rules, *question, answer).is_ok() && does(rules, &tried, &questions, leads_to)
        })
    };
    let row = &rules.questions()[*question];
    let after = after.first().copied().unwrap_or(*before);
    match (&row.kind, *before, after) {
        (Kind::Number(range), _, Answer::Number(number)) => {
            let mut numbers = numbers_around(range, *before, number, would_do);
            let options = row.choices().map(|(option, _)| Answer::option(option));
            numbers.extend(options.filter(|option| option != before && would_do(*option)));
            numbers
        }
        (Kind::Many, Answer::Options(before), Answer::Options(after)) => {
            let mut all: Vec<OptionSet> = one_tick_away(row, before);
            // Where more ticks change than one there are too many ways to list them.
            if !all.contains(&after) {
                return vec![Answer::Options(after)];
            }
            all.retain(|options| *options == after || would_do(Answer::Options(*options)));
            all.into_iter().map(Answer::Options).collect()
        }
        _ => {
            let options = row.choices().map(|(option, _)| Answer::option(option));
            options.filter(|option| option != before && (*option == after || would_do(*option))).collect()
        }
    }
}

/// The answers with each combination of what is listed for some questions; `None` if there are too many.
fn combinations<'a>(
    rules: &RuleSet,
    changes: impl Iterator<Item = &'a Instead>,
    answers: &Answers,
) -> Option<Vec<Answers>> {
    let mut all = vec![answers.clone()];
    for Instead { question, after, .. } in changes {
        if all.len() * after.len() > MOST_COMBINATIONS {
            return None;
        }
        let with = |answers: &Answers, answer: Answer| {
            let mut answers = answers.clone();
            // It fitted before.
            let _ = answers.set(rules, *question, answer);
            answers
        };
        all = all.iter().flat_map(|answers| after.iter().map(move |answer| with(answers, *answer))).collect();
    }
    Some(all)
}

/// Whether these answers lead to a recommendation, and those to some questions count in full.
fn does(rules: &RuleSet, answers: &Answers, questions: &[QuestionIx], leads_to: &Recommendation) -> bool {
    let situation = Situation::new(rules, answers);
    let counts = |question: &QuestionIx| {
        let offered = match answers.get(*question) {
            Some(Answer::Options(chosen)) => chosen.minus(situation.choosable(*question)).is_empty(),
            Some(Answer::Number(_)) | None => true,
        };
        let standing = situation.standing(*question);
        offered && standing.applies == Truth::Yes && standing.answered == Truth::Yes
    };
    let reading = Reading::new(&situation);
    questions.iter().all(counts)
        && reading.unsettled().is_empty()
        && Recommendation::of(&Outcome::of(&reading).0) == *leads_to
}

/// The numbers next to one that would do, as far as they do, without the one that was answered.
fn numbers_around(range: &Range, before: Answer, number: i32, would_do: impl Fn(Answer) -> bool) -> Vec<Answer> {
    let good = |number: &i32| Answer::Number(*number) != before && would_do(Answer::Number(*number));
    let mut numbers: Vec<i32> = (range.min..number).rev().take_while(good).collect();
    numbers.reverse();
    numbers.push(number);
    numbers.extend((number.saturating_add(1)..=range.max).take_while(good));
    numbers.into_iter().map(Answer::Number).collect()
}

/// The answers to a list in which one option is ticked that was not, or the other way round, in the order of the options.
fn one_tick_away(question: &Question, before: OptionSet) -> Vec<OptionSet> {
    let plain: OptionSet =
        question.choices().filter(|(_, choice)| choice.role == Role::Plain).map(|(option, _)| option).collect();
    let none = question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
    let turned = |option: OptionIx| {
        let ticked = before.and(plain);
        let option = OptionSet::only(option);
        let ticked = if ticked.meets(option) { ticked.minus(option) } else { ticked.or(option) };
        if ticked.is_empty() { none } else { ticked }
    };
    plain.iter().map(turned).filter(|ticked| !ticked.is_empty()).collect()
}
