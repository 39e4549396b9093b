//! What is asked, and what can be answered.

use super::{Condition, Id, OptionIx, OptionSet, Position};

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id.
    pub id: Id,
    /// The heading it is shown under.
    pub section: Option<String>,
    /// What an answer is called in a few words, in the middle of a sentence: "age".
    pub short: Option<String>,
    /// The question itself.
    pub ask: String,
    /// Why it is asked.
    pub why: Option<String>,
    /// When it applies; `None` is always. Looks only at earlier questions.
    pub only_if: Option<Condition>,
    /// How it is answered.
    pub kind: Kind,
    /// Its answers in screen order, `none` or `unsure` last; for a number at most `unsure`.
    pub options: Vec<Choice>,
}

impl Question {
    /// The options with their positions.
    pub fn choices(&self) -> impl Iterator<Item = (OptionIx, &Choice)> {
        self.options.iter().enumerate().map(|(index, choice)| (OptionIx::new(index), choice))
    }

    /// How an option reads on the screen; empty for one of another question.
    pub fn label(&self, option: OptionIx) -> &str {
        self.options.get(option.index()).map_or("", |choice| &choice.label)
    }

    /// The option called `id`.
    pub fn option(&self, id: &str) -> Option<OptionIx> {
        self.choices().find(|(_, choice)| choice.id.as_str() == id).map(|(position, _)| position)
    }

    /// The option with this role, if the question has it.
    pub fn option_with(&self, role: Role) -> Option<OptionIx> {
        self.choices().find(|(_, choice)| choice.role == role).map(|(position, _)| position)
    }

    /// All of its options.
    pub fn all_options(&self) -> OptionSet {
        self.choices().map(|(position, _)| position).collect()
    }
}

/// How a question is answered.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One of the options.
    One,
    /// One or more of the options.
    Many,
    /// A whole number.
    Number(Range),
}

/// The numbers that can be answered, with their ends named.
#[derive(Debug, Clone)]
pub struct Range {
    /// The least.
    pub min: i32,
    /// The greatest; at most 1,000 above the least.
    pub max: i32,
    /// What the least means.
    pub low: Option<String>,
    /// What the greatest means.
    pub high: Option<String>,
}

/// One possible answer.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its id.
    pub id: Id,
    /// How it reads on the screen.
    pub label: String,
    /// When it applies; `None` is whenever its question does.
    pub only_if: Option<Condition>,
    /// What it is to its question.
    pub role: Role,
    /// A tick here may lower the level, and its author means it: a doctor has looked, say.
    pub may_lower_level: bool,
    /// What it means by itself, where nothing that is told rests on it.
    pub alone: Option<String>,
}

/// What an option is to its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An answer of its author's.
    Plain,
    /// `none`: excludes all others.
    NoneOfThese,
    /// `unsure`: the person does not know.
    Unsure,
}
