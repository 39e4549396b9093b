//! What has been said so far, and the files it is kept in.

mod file;

pub use file::{AnswerFile, Expectation, ExpectedStep, Sayable, Saying, read_answers, write_answers, write_draft};

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
/// An answer to a question that does not apply is kept, and ignored until the question applies again. The order in which
/// answers were given is kept for people who read them; nothing else looks at it, and answers that differ in nothing but
/// their order are equal.
#[derive(Debug, Clone)]
pub struct Answers {
    by_question: Vec<Given>,
    /// How many questions were ever answered.
    begun: u32,
}

/// What was said to one question.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    answer: Option<Answer>,
    /// When the question was first answered: 1 for the first of all. 0 until then.
    turn: u32,
}

impl Answers {
    /// Nothing said yet about the questions of `rules`.
    pub fn new(rules: &RuleSet) -> Self {
        Self { by_question: vec![Given::default(); rules.questions().len()], begun: 0 }
    }

    /// What was answered to `question`.
    pub fn get(&self, question: QuestionIx) -> Option<Answer> {
        self.by_question.get(question.index()).and_then(|given| given.answer)
    }

    /// Answers `question`, whatever was said before. One that was answered earlier keeps its place in the order.
    ///
    /// # Errors
    /// Says why the answer does not fit; what was said before then stays.
    pub fn set(&mut self, rules: &RuleSet, question: QuestionIx, answer: Answer) -> Result<(), Unfit> {
        fits(&rules.questions()[question], answer)?;
        if let Some(given) = self.by_question.get_mut(question.index()) {
            given.answer = Some(answer);
            if given.turn == 0 {
                self.begun += 1;
                given.turn = self.begun;
            }
        }
        Ok(())
    }

    /// Takes the answer to `question` back.
    pub fn clear(&mut self, question: QuestionIx) {
        if let Some(given) = self.by_question.get_mut(question.index()) {
            given.answer = None;
        }
    }

    /// What was answered, in the order of the questions.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionIx, Answer)> {
        self.by_question
            .iter()
            .enumerate()
            .filter_map(|(index, given)| given.answer.map(|answer| (QuestionIx::new(index), answer)))
    }

    /// What was answered, in the order in which it was said first.
    pub fn in_order_given(&self) -> Vec<(QuestionIx, Answer)> {
        let mut said: Vec<(QuestionIx, Answer)> = self.iter().collect();
        said.sort_by_key(|(question, _)| self.by_question.get(question.index()).map(|given| given.turn));
        said
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.by_question.iter().map(|given| given.answer).eq(other.by_question.iter().map(|given| given.answer))
    }
}

impl Eq for Answers {}

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
