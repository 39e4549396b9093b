//! Answers by the ids of the rule set, for those who write rules: as words and as JSON.

use serde::{Serialize, Serializer};

use crate::answers::Answer;
use crate::model::{Kind, OptionSet, Question, QuestionIx, RuleSet};

/// `fever`, `[fever, chest]`, `4`
pub(super) fn by_id(question: &Question, answer: Answer) -> String {
    match answer {
        Answer::Number(number) => number.to_string(),
        Answer::Options(chosen) => {
            let chosen: Vec<&str> = ids(question, chosen).collect();
            if matches!(question.kind, Kind::Many) { format!("[{}]", chosen.join(", ")) } else { chosen.join(", ") }
        }
    }
}

pub(super) fn ids(question: &Question, chosen: OptionSet) -> impl Iterator<Item = &str> {
    question.choices().filter(move |(option, _)| chosen.contains(*option)).map(|(_, choice)| choice.id.as_str())
}

/// Answers as a JSON object: by question, each an option, a list of options where the question takes many, or a number.
pub(super) struct AnswersRow<'a> {
    rules: &'a RuleSet,
    answers: Vec<(QuestionIx, Answer)>,
}

impl<'a> AnswersRow<'a> {
    pub(super) fn new(rules: &'a RuleSet, answers: impl IntoIterator<Item = (QuestionIx, Answer)>) -> Self {
        Self { rules, answers: answers.into_iter().collect() }
    }
}

impl Serialize for AnswersRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = |(position, answer): &(QuestionIx, Answer)| {
            let question = &self.rules.questions()[*position];
            (question.id.as_str(), AnswerRow::new(question, *answer))
        };
        serializer.collect_map(self.answers.iter().map(row))
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum AnswerRow<'a> {
    One(&'a str),
    Many(Vec<&'a str>),
    Number(i32),
}

impl<'a> AnswerRow<'a> {
    fn new(question: &'a Question, answer: Answer) -> Self {
        match answer {
            Answer::Number(number) => Self::Number(number),
            Answer::Options(chosen) => {
                let mut chosen = ids(question, chosen);
                match question.kind {
                    Kind::Many => Self::Many(chosen.collect()),
                    Kind::One | Kind::Number(_) => Self::One(chosen.next().unwrap_or_default()),
                }
            }
        }
    }
}
