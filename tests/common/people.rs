//! Random answers: complete ones, parts of them, and answers that count for nothing.

use super::draws::Draws;
use super::oracle::{applying_options, choices, possible_answers};
use super::rule_set::{Answered, GenRules, Given, Kind};

/// Nothing said yet.
pub(crate) fn silent(rules: &GenRules) -> Answered {
    vec![None; rules.questions.len()]
}

/// Somebody who has an answer to every question that applies to them, and says what was `said` wherever that counts.
pub(crate) fn person(rules: &GenRules, said: &Answered, draws: &mut Draws<'_>) -> Answered {
    let mut known = Answered::new();
    for place in 0..rules.questions.len() {
        let mut choices = choices(rules, said, &known, place);
        known.push(choices.swap_remove(draws.below(choices.len())));
    }
    known
}

/// Some of the answers of a person.
pub(crate) fn partly(complete: &Answered, draws: &mut Draws<'_>) -> Answered {
    complete.iter().map(|given| given.clone().filter(|_| draws.percent(40))).collect()
}

/// Fitting answers to some questions, whether or not they and their options apply.
pub(crate) fn some_answers(rules: &GenRules, draws: &mut Draws<'_>) -> Answered {
    let mut any = |place: usize| draws.percent(45).then(|| any_answer(rules, place, draws));
    (0..rules.questions.len()).map(&mut any).collect()
}

/// The answers of a person, and beside them answers to questions and with options that do not apply.
pub(crate) fn with_noise(rules: &GenRules, complete: &Answered, draws: &mut Draws<'_>) -> Answered {
    let mut noisy = complete.clone();
    for (place, question) in rules.questions.iter().enumerate() {
        match &mut noisy[place] {
            None => noisy[place] = draws.percent(70).then(|| any_answer(rules, place, draws)),
            Some(Given::Options(chosen))
                if question.kind == Kind::Many && !chosen.contains(&question.options.len()) =>
            {
                let applying = applying_options(rules, complete, place).expect("it was answered");
                let others = (0..question.options.len()).filter(|option| !applying.contains(option));
                chosen.extend(others.filter(|_| draws.percent(50)));
                chosen.sort_unstable();
            }
            Some(_) => {}
        }
    }
    noisy
}

fn any_answer(rules: &GenRules, place: usize, draws: &mut Draws<'_>) -> Given {
    let question = &rules.questions[place];
    let options: Vec<usize> = (0..question.option_count()).collect();
    let mut answers = possible_answers(question, &options);
    answers.swap_remove(draws.below(answers.len()))
}
