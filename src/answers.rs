//! What has been said so far, and the files it is kept in.

mod file;

pub use file::{AnswerFile, Expectation, ExpectedStep, Sayable, Saying, read_answers, write_answers, write_draft};

use std::sync::Arc;

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

/// What could be chosen when a question was answered. Who did not tick what was not on the list has not denied it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Offered {
    /// All that can be chosen now.
    #[default]
    AsNow,
    /// These options, of those that there still are.
    These(OptionSet),
    /// Nobody knows, but for what was chosen.
    Unknown,
}

/// The name and version of a rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// What it is called.
    pub name: String,
    /// Which version of it.
    pub version: String,
}

impl Edition {
    /// That of `rules`.
    pub fn of(rules: &RuleSet) -> Self {
        let metadata = rules.metadata();
        Self { name: metadata.name.clone(), version: metadata.version.clone() }
    }
}

/// Answers to questions of one rule set, each of which fits its question.
///
/// An answer to a question that does not apply is kept, and ignored until the question applies again. What the question
/// offered is kept with its answer: an option that came later was neither chosen nor denied. The order in which answers were
/// given is kept for people who read them; nothing else looks at it, and answers that differ in nothing but their order, or
/// in the rules that they were given to, are equal.
#[derive(Debug, Clone)]
pub struct Answers {
    by_question: Vec<Given>,
    /// How many questions were ever answered.
    begun: u32,
    /// The other rules that some of the answers were given to.
    earlier: Option<Arc<Edition>>,
}

/// What was said to one question.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    answer: Option<Answer>,
    offered: Offered,
    /// When the question was first answered: 1 for the first of all. 0 until then.
    turn: u32,
    /// It was said to other rules than these.
    earlier: bool,
}

impl Answers {
    /// Nothing said yet about the questions of `rules`.
    pub fn new(rules: &RuleSet) -> Self {
        Self { by_question: vec![Given::default(); rules.questions().len()], begun: 0, earlier: None }
    }

    /// What was answered to `question`.
    pub fn get(&self, question: QuestionIx) -> Option<Answer> {
        self.by_question.get(question.index()).and_then(|given| given.answer)
    }

    /// What could be chosen when `question` was answered.
    pub fn offered(&self, question: QuestionIx) -> Offered {
        self.by_question.get(question.index()).map_or(Offered::AsNow, |given| given.offered)
    }

    /// Which of the options in `now` could not be chosen when `position`, which is `question`, was answered; none if it never
    /// was.
    ///
    /// Beside ticks "none of these" is no news: they stay, and exclude it.
    pub fn unseen(&self, position: QuestionIx, question: &Question, now: OptionSet) -> OptionSet {
        let Some(Given { answer: Some(Answer::Options(chosen)), offered, .. }) = self.by_question.get(position.index())
        else {
            return OptionSet::EMPTY;
        };
        let unseen = match offered {
            Offered::AsNow => return OptionSet::EMPTY,
            Offered::These(offered) => now.minus(*offered).minus(*chosen),
            Offered::Unknown => now.minus(*chosen),
        };
        match question.option_with(Role::NoneOfThese) {
            Some(none) if !chosen.contains(none) => unseen.minus(OptionSet::only(none)),
            _ => unseen,
        }
    }

    /// The other rules that answers were given to which are still there, if some were.
    pub fn given_under(&self) -> Option<&Edition> {
        let any = self.by_question.iter().any(|given| given.earlier && given.answer.is_some());
        self.earlier.as_deref().filter(|_| any)
    }

    /// Answers `question`, whatever was said before, having been offered all that can be chosen now. One that was answered
    /// earlier keeps its place in the order.
    ///
    /// # Errors
    /// Says why the answer does not fit; what was said before then stays.
    pub fn set(&mut self, rules: &RuleSet, question: QuestionIx, answer: Answer) -> Result<(), Unfit> {
        fits(&rules.questions()[question], answer)?;
        if let Some(given) = self.by_question.get_mut(question.index()) {
            given.answer = Some(answer);
            given.offered = Offered::AsNow;
            given.earlier = false;
            if given.turn == 0 {
                self.begun += 1;
                given.turn = self.begun;
            }
        }
        Ok(())
    }

    /// Keeps what could be chosen when `question` was answered. Nothing where there is no answer of options.
    pub fn set_offered(&mut self, question: QuestionIx, offered: Offered) {
        if let Some(given) = self.by_question.get_mut(question.index())
            && let Some(Answer::Options(chosen)) = given.answer
        {
            given.offered = match offered {
                // What was chosen was there.
                Offered::These(options) => Offered::These(options.or(chosen)),
                other => other,
            };
        }
    }

    /// All answers that there are were given to other rules.
    pub fn set_given_under(&mut self, edition: Edition) {
        self.earlier = Some(Arc::new(edition));
        for given in &mut self.by_question {
            given.earlier = given.answer.is_some();
        }
    }

    /// Takes over what was said to `question` in other answers to the same rules.
    pub(crate) fn restore(&mut self, question: QuestionIx, from: &Self) {
        if let (Some(to), Some(from)) =
            (self.by_question.get_mut(question.index()), from.by_question.get(question.index()))
        {
            *to = Given { turn: to.turn, ..*from };
        }
    }

    /// Takes the answer to `question` back.
    pub fn clear(&mut self, question: QuestionIx) {
        if let Some(given) = self.by_question.get_mut(question.index()) {
            given.answer = None;
            given.offered = Offered::AsNow;
            given.earlier = false;
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
        let said =
            |answers: &Self| answers.by_question.iter().map(|given| (given.answer, given.offered)).collect::<Vec<_>>();
        said(self) == said(other)
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
