//! Hands generated rule sets and answers to the program, and takes back what it says in the oracle's words.

use carepath::answers::{Answer, Answers, Offered};
use carepath::load::load_texts;
use carepath::model::{self, OptionIx, Position, QuestionIx, RuleSet};
use carepath::source::Texts;

use super::oracle;
use super::rule_set::{Answered, GenRules, Given, Level, Spoken};
use super::yaml;

/// Loads a rule set, which must be without errors.
pub(crate) fn load(rules: &GenRules) -> RuleSet {
    load_text(&yaml::rule_set(rules))
}

/// Loads the text of a rule set, which must be without errors.
pub(crate) fn load_text(text: &str) -> RuleSet {
    let mut texts = Texts::default();
    let file = texts.add("generated.yaml", text);
    match load_texts(texts, &[file]) {
        Ok(loaded) => loaded.rules,
        Err(rejected) => {
            let faults = rejected.diagnostics.iter().filter(|fault| fault.is_error());
            let faults: Vec<String> = faults
                .map(|fault| format!("{}: {}: `{}`", fault.code, fault.message, rejected.texts.slice(fault.span)))
                .collect();
            panic!("the loader rejects a good rule set: {faults:#?}");
        }
    }
}

/// An answer as the program takes it.
pub(crate) fn answer(given: &Given) -> Answer {
    match given {
        Given::Number(number) => Answer::Number(*number),
        Given::Options(options) => Answer::Options(options.iter().copied().map(OptionIx::new).collect()),
    }
}

/// An answer as the program gives it.
pub(crate) fn given(answer: Answer) -> Given {
    match answer {
        Answer::Number(number) => Given::Number(number),
        Answer::Options(options) => Given::Options(options.iter().map(Position::index).collect()),
    }
}

/// Answers as the program takes them, in the order of the questions.
pub(crate) fn answers(rules: &RuleSet, answered: &Answered) -> Answers {
    let mut answers = Answers::new(rules);
    for (place, given) in answered.iter().enumerate() {
        if let Some(given) = given {
            answers.set(rules, QuestionIx::new(place), answer(given)).expect("it fits its question");
        }
    }
    answers
}

/// What was said as the program takes it.
pub(crate) fn spoken(rules: &RuleSet, spoken: &Spoken) -> Answers {
    let mut answers = answers(rules, &spoken.given);
    for (place, offered) in spoken.offered.iter().enumerate() {
        if let Some(offered) = offered {
            let offered = offered.iter().copied().map(OptionIx::new).collect();
            answers.set_offered(QuestionIx::new(place), Offered::These(offered));
        }
    }
    answers
}

/// What was said as the program keeps it.
pub(crate) fn kept(rules: &GenRules, answers: &Answers) -> Spoken {
    let offered = |place: usize| match answers.offered(QuestionIx::new(place)) {
        Offered::AsNow => None,
        Offered::These(options) => Some(options.iter().map(Position::index).collect()),
        Offered::Unknown => Some(Vec::new()),
    };
    Spoken { given: answered(rules, answers), offered: (0..rules.questions.len()).map(offered).collect() }
}

/// Answers as the program keeps them.
pub(crate) fn answered(rules: &GenRules, answers: &Answers) -> Answered {
    (0..rules.questions.len()).map(|place| answers.get(QuestionIx::new(place)).map(given)).collect()
}

/// A level in the oracle's words.
pub(crate) fn level(level: model::Level) -> Level {
    match level {
        model::Level::None => Level::None,
        model::Level::Caution => Level::Caution,
        model::Level::Clearance => Level::Clearance,
        model::Level::Physician => Level::Physician,
        model::Level::Urgent => Level::Urgent,
        model::Level::Emergency => Level::Emergency,
    }
}

/// An outcome in the oracle's words.
pub(crate) fn outcome(outcome: &carepath::decide::Outcome) -> oracle::Outcome {
    oracle::Outcome {
        level: level(outcome.level),
        flags: places(&outcome.flags),
        steps: outcome.steps.iter().map(|step| (step.phase.index(), step.service.index(), step.lead.index())).collect(),
        on_hold: places(&outcome.on_hold),
        waits: places(&outcome.waits),
        otherwise: outcome.otherwise,
    }
}

/// A recommendation in the oracle's words.
pub(crate) fn recommendation(recommendation: &carepath::decide::Recommendation) -> oracle::Recommendation {
    oracle::Recommendation {
        level: level(recommendation.level),
        leads: recommendation.leads.iter().map(|(phase, lead)| (phase.index(), lead.index())).collect(),
        otherwise: recommendation.otherwise,
    }
}

/// Positions as plain numbers.
pub(crate) fn places<P: Position>(positions: &[P]) -> Vec<usize> {
    positions.iter().map(|position| position.index()).collect()
}
