//! Random answers: complete ones, parts of them, and answers that count for nothing.

use super::draws::Draws;
use super::oracle::{applying_options, choices, possible_answers};
use super::rule_set::{Answered, GenRules, Given, Kind, Spoken};

/// Nothing said yet.
pub(crate) fn silent(rules: &GenRules) -> Answered {
    vec![None; rules.questions.len()]
}

/// Somebody who has an answer to every question that applies to them.
pub(crate) fn person(rules: &GenRules, draws: &mut Draws<'_>) -> Answered {
    let (said, mut known) = (silent(rules), Answered::new());
    for place in 0..rules.questions.len() {
        let mut choices = choices(rules, &said, &known, place);
        known.push(choices.swap_remove(draws.below(choices.len())));
    }
    known
}

/// Some of the answers of a person.
pub(crate) fn partly(complete: &Answered, draws: &mut Draws<'_>) -> Answered {
    complete.iter().map(|given| given.clone().filter(|_| draws.percent(40))).collect()
}

/// The same, where each question offered all that it offers.
pub(crate) fn fully_offered(said: &Answered) -> Spoken {
    Spoken { given: said.clone(), offered: vec![None; said.len()] }
}

/// The same, where some questions offered less than they do; perhaps it is not known what.
pub(crate) fn partly_offered(rules: &GenRules, said: &Answered, draws: &mut Draws<'_>) -> Spoken {
    let mut spoken = fully_offered(said);
    for (place, question) in rules.questions.iter().enumerate() {
        let (Some(Given::Options(chosen)), false) = (&said[place], matches!(question.kind, Kind::Number { .. })) else {
            continue;
        };
        if draws.percent(60) {
            let chance = draws.one_of(&[0, 50, 80]);
            let offered =
                (0..question.option_count()).filter(|option| chosen.contains(option) || draws.percent(chance));
            spoken.offered[place] = Some(offered.collect());
        }
    }
    spoken
}

/// What a person said when some questions offered less than they do: what they would tick now, as far as it was there.
pub(crate) fn earlier(rules: &GenRules, complete: &Answered, draws: &mut Draws<'_>) -> Spoken {
    let mut spoken = fully_offered(&partly(complete, draws));
    for (place, question) in rules.questions.iter().enumerate() {
        let Some(Given::Options(chosen)) = spoken.given[place].clone() else { continue };
        if question.kind == Kind::Many && draws.percent(70) {
            let offered: Vec<usize> = (0..question.option_count())
                .filter(|option| Some(*option) == question.added_option() || draws.percent(60))
                .collect();
            let mut then: Vec<usize> = chosen.into_iter().filter(|option| offered.contains(option)).collect();
            if then.is_empty() {
                then.extend(question.added_option());
            }
            spoken.given[place] = (!then.is_empty()).then_some(Given::Options(then));
            spoken.offered[place] = spoken.given[place].as_ref().map(|_| offered);
        }
    }
    spoken
}

/// Fitting answers to some questions, whether or not they and their options apply.
pub(crate) fn some_answers(rules: &GenRules, draws: &mut Draws<'_>) -> Answered {
    let mut any = |place: usize| draws.percent(45).then(|| any_answer(rules, place, draws));
    (0..rules.questions.len()).map(&mut any).collect()
}

/// All fitting answers to any of the questions, whether or not they and their options apply.
pub(crate) fn all_answers(rules: &GenRules) -> Vec<Answered> {
    let mut all = vec![Answered::new()];
    for place in 0..rules.questions.len() {
        let given = [None].into_iter().chain(every_answer(rules, place).into_iter().map(Some));
        all = given.flat_map(|given| with_each(&all, given.as_ref())).collect();
    }
    all
}

fn with_each(all: &[Answered], given: Option<&Given>) -> Vec<Answered> {
    all.iter().map(|said| said.iter().cloned().chain([given.cloned()]).collect()).collect()
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
    let mut answers = every_answer(rules, place);
    answers.swap_remove(draws.below(answers.len()))
}

fn every_answer(rules: &GenRules, place: usize) -> Vec<Given> {
    let question = &rules.questions[place];
    let options: Vec<usize> = (0..question.option_count()).collect();
    possible_answers(question, &options)
}
