//! What has been said so far, and the files it is kept in.

mod file;

pub use file::{AnswerFile, Expectation, ExpectedStep, read_answers, write_answers, write_draft};

use crate::model::{Kind, OptionIx, OptionSet, Position, Question, QuestionIx, Role, RuleSet};

/// An answer to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The options chosen: one, or more where the question takes many. `unsure` is an option.
    Options(OptionSet),
    /// A number within the range of the question.
    Number(i32),
}

impl Answer {
    /// The answer of one option.
    pub fn option(option: OptionIx) -> Self {
        Self::Options(OptionSet::only(option))
    }
}

/// Why an answer does not fit its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Options for a number, or a number for options.
    WrongKind,
    /// No option at all.
    Nothing,
    /// More than one option where one is taken.
    SeveralForOne,
    /// `none` together with others.
    NoneWithOthers,
    /// An option that the question lacks.
    UnknownOption,
    /// A number outside the range.
    OutOfRange,
}

/// Answers to questions of one rule set, each of which fits its question.
///
/// An answer to a question that does not apply is kept, and ignored until the question applies again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    by_question: Vec<Option<Answer>>,
}

impl Answers {
    /// Nothing said yet about the questions of `rules`.
    pub fn new(rules: &RuleSet) -> Self {
        Self { by_question: vec![None; rules.questions().len()] }
    }

    /// What was answered to `question`.
    pub fn get(&self, question: QuestionIx) -> Option<Answer> {
        self.by_question.get(question.index()).copied().flatten()
    }

    /// Answers `question`, whatever was said before.
    ///
    /// # Errors
    /// Says why the answer does not fit; what was said before then stays.
    pub fn set(&mut self, rules: &RuleSet, question: QuestionIx, answer: Answer) -> Result<(), Unfit> {
        fits(&rules.questions()[question], answer)?;
        if let Some(place) = self.by_question.get_mut(question.index()) {
            *place = Some(answer);
        }
        Ok(())
    }

    /// Takes the answer to `question` back.
    pub fn clear(&mut self, question: QuestionIx) {
        if let Some(place) = self.by_question.get_mut(question.index()) {
            *place = None;
        }
    }

    /// What was answered, in the order of the questions.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionIx, Answer)> {
        self.by_question
            .iter()
            .enumerate()
            .filter_map(|(index, answer)| answer.map(|answer| (QuestionIx::new(index), answer)))
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

fn fits(question: &Question, answer: Answer) -> Result<(), Unfit> {
    match (answer, &question.kind) {
        (Answer::Number(number), Kind::Number(range)) => {
            if (range.min..=range.max).contains(&number) {
                Ok(())
            } else {
                Err(Unfit::OutOfRange)
            }
        }
        (Answer::Number(_), _) => Err(Unfit::WrongKind),
        (Answer::Options(chosen), _) if chosen.is_empty() => Err(Unfit::Nothing),
        (Answer::Options(chosen), kind) => {
            if !chosen.minus(question.all_options()).is_empty() {
                return Err(if question.options.is_empty() { Unfit::WrongKind } else { Unfit::UnknownOption });
            }
            let none = question.option_with(Role::NoneOfThese);
            match kind {
                Kind::One | Kind::Number(_) if chosen.len() > 1 => Err(Unfit::SeveralForOne),
                Kind::Many if chosen.len() > 1 && none.is_some_and(|none| chosen.contains(none)) => {
                    Err(Unfit::NoneWithOthers)
                }
                _ => Ok(()),
            }
        }
    }
}
