//! A line of a page: words with labels, links and the numbers of sources.

use crate::present::words;

/// A line of a page, which wraps where it must.
#[derive(Debug, Clone, Default)]
pub(in crate::present) struct Line {
    /// What it is made of, in order, without blanks between them.
    pub(super) pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Debug, Clone)]
pub(in crate::present) enum Piece {
    /// Words.
    Words(String),
    /// Words of weight, such as the label in front of something.
    Strong(String),
    /// Sources of what stands before, each with its number in the list.
    Cite(Vec<Mark>),
    /// An address.
    Link {
        /// What is read.
        text: String,
        /// Where it leads: `https` or `tel` only.
        to: String,
    },
}

/// The number of a source in the list of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::present) struct Mark {
    /// From 1.
    pub(in crate::present) number: usize,
    /// Whether the source itself was read.
    pub(in crate::present) reviewed: bool,
}

impl Line {
    /// `label: text`
    pub(in crate::present) fn labelled(label: &str, text: &str) -> Self {
        Self { pieces: vec![Piece::Strong(format!("{label}:")), Piece::Words(format!(" {text}"))] }
    }

    /// A text in which a number to call can be called. Only digits are: what else stands there is for people to read.
    pub(in crate::present) fn calling(text: &str, number: Option<&str>) -> Self {
        let number = number.filter(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        let parts = number.and_then(|number| Some((text.split_once(number)?, number)));
        match parts {
            Some(((before, after), number))
                if !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric) =>
            {
                let link = Piece::Link { text: number.to_owned(), to: format!("tel:{number}") };
                Self { pieces: vec![Piece::Words(before.to_owned()), link, Piece::Words(after.to_owned())] }
            }
            _ => Self::from(text),
        }
    }

    /// The same with something after it.
    #[must_use]
    pub(in crate::present) fn with(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    /// The same with another line after it.
    #[must_use]
    pub(in crate::present) fn followed_by(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The same with its sources after it.
    #[must_use]
    pub(in crate::present) fn cited(self, marks: Vec<Mark>) -> Self {
        if marks.is_empty() { self } else { self.with(Piece::Cite(marks)) }
    }

    /// All of it in plain text.
    pub(super) fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Words(text) | Piece::Strong(text) | Piece::Link { text, .. } => text.clone(),
            Piece::Cite(marks) => cited_text(marks),
        });
        pieces.collect()
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self { pieces: vec![Piece::Words(text.to_owned())] }
    }
}

impl From<&String> for Line {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { pieces: vec![Piece::Words(text)] }
    }
}

/// Whether none of the sources was read: then words say so at the statement.
pub(super) fn is_general_knowledge(marks: &[Mark]) -> bool {
    marks.iter().all(|mark| !mark.reviewed)
}

/// ` [1][3*]`: a star stands for a source that was not read; where none was read at all, words stand for it, as in
/// ` [3: general knowledge]`.
fn cited_text(marks: &[Mark]) -> String {
    if is_general_knowledge(marks) {
        let numbers: Vec<String> = marks.iter().map(|mark| mark.number.to_string()).collect();
        return format!(" [{}: {}]", numbers.join(", "), words::GENERAL_KNOWLEDGE);
    }
    let mark = |mark: &Mark| format!("[{}{}]", mark.number, if mark.reviewed { "" } else { "*" });
    format!(" {}", marks.iter().map(mark).collect::<String>())
}
