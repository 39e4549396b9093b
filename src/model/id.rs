//! Names as authors write them, typed positions, and the tables that positions point into.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;

use crate::source::Span;

/// Words that mean something in a condition, so that no id may be one.
pub const RESERVED_IDS: [&str; 7] = ["any", "all", "not", "count", "finding", "none", "unsure"];

/// The most characters that an id may have; it is repeated in tables, messages and files.
pub const MAX_ID: usize = 64;

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdError {
    /// It is not of the form `[a-z][a-z0-9-]*`.
    Form,
    /// It is longer than [`MAX_ID`].
    Length,
    /// It is one of [`RESERVED_IDS`].
    Reserved,
}

/// The name of something in a rule set, with its place in the file.
#[derive(Debug, Clone)]
pub struct Id {
    text: String,
    span: Span,
}

impl Id {
    /// An id of the form `[a-z][a-z0-9-]*` that is neither reserved nor longer than [`MAX_ID`].
    ///
    /// # Errors
    /// Says which of these it is not.
    pub fn new(text: &str, span: Span) -> Result<Self, IdError> {
        if text.len() > MAX_ID {
            return Err(IdError::Length);
        }
        let mut letters = text.bytes();
        let starts_well = letters.next().is_some_and(|first| first.is_ascii_lowercase());
        let goes_on_well = letters.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !(starts_well && goes_on_well) {
            return Err(IdError::Form);
        }
        if RESERVED_IDS.contains(&text) {
            return Err(IdError::Reserved);
        }
        Ok(Self::new_unchecked(text, span))
    }

    /// An id that may be reserved: for the options `none` and `unsure`, which the language itself adds.
    pub(crate) fn new_unchecked(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), span }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it is given.
    pub fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A place in one kind of [`Table`]; ordered as the file is.
pub trait Position: Copy + Ord {
    /// The position of row `index`.
    fn new(index: usize) -> Self;
    /// The row.
    fn index(self) -> usize;
}

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Position for $name {
            // A file of 4 MiB cannot hold 2^32 rows.
            fn new(index: usize) -> Self { Self(u32::try_from(index).unwrap_or(u32::MAX)) }
            fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

positions! {
    /// Which source.
    SourceIx
    /// Which question.
    QuestionIx
    /// Which option of its question.
    OptionIx
    /// Which finding.
    FindingIx
    /// Which flag.
    FlagIx
    /// Which professional.
    ProfessionalIx
    /// Which service.
    ServiceIx
    /// Which phase.
    PhaseIx
    /// Which need.
    NeedIx
    /// Which preference.
    PreferenceIx
    /// Which signs for which to go at once.
    GoAtOnceIx
}

/// Rows of one kind in file order, found by their typed position.
#[derive(Debug, Clone)]
pub struct Table<P, T> {
    rows: Vec<T>,
    position: PhantomData<P>,
}

impl<P: Position, T> Table<P, T> {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows with their positions.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (P, &T)> + ExactSizeIterator {
        self.rows.iter().enumerate().map(|(index, row)| (P::new(index), row))
    }

    /// The rows alone.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// All positions.
    pub fn positions(&self) -> impl DoubleEndedIterator<Item = P> + ExactSizeIterator + use<P, T> {
        (0..self.rows.len()).map(P::new)
    }

    /// The row to change, where there is one.
    pub fn get_mut(&mut self, position: P) -> Option<&mut T> {
        self.rows.get_mut(position.index())
    }
}

impl<P: Position, T> Index<P> for Table<P, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "a position is only made for a row of the rule set it is used with")]
    fn index(&self, position: P) -> &T {
        &self.rows[position.index()]
    }
}

impl<P: Position, T> FromIterator<T> for Table<P, T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Self { rows: rows.into_iter().collect(), position: PhantomData }
    }
}
