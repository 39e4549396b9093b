//! Tests over answers, with every name resolved.

use super::{FindingIx, OptionSet, QuestionIx};
use crate::source::Span;

/// A test over answers and where it stands.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What is tested.
    pub test: Test,
    /// Where the entry stands in the file.
    pub span: Span,
}

/// What a condition tests. A test on a question or option that does not apply is false.
#[derive(Debug, Clone)]
pub enum Test {
    /// The answer to a question with options.
    Options {
        /// The question.
        question: QuestionIx,
        /// At least one of these is chosen; empty asks nothing.
        any_of: OptionSet,
        /// All of these are chosen.
        all_of: OptionSet,
        /// None of these is chosen.
        none_of: OptionSet,
    },
    /// The answer to a number question lies in a range, both ends included; false on `unsure`.
    Number {
        /// The question.
        question: QuestionIx,
        /// The least number that passes.
        at_least: i32,
        /// The greatest number that passes.
        at_most: i32,
    },
    /// A finding holds.
    Finding(FindingIx),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// At least so many of these hold.
    Count {
        /// How many, from 1 to the number of conditions.
        at_least: usize,
        /// Out of which.
        of: Vec<Condition>,
    },
}

impl Condition {
    /// Shows `look` this condition and every one inside it, the outer before the inner.
    pub fn visit<'c>(&'c self, look: &mut impl FnMut(&'c Self)) {
        look(self);
        match &self.test {
            Test::All(parts) | Test::Any(parts) | Test::Count { of: parts, .. } => {
                for part in parts {
                    part.visit(look);
                }
            }
            Test::Not(part) => part.visit(look),
            Test::Options { .. } | Test::Number { .. } | Test::Finding(_) => {}
        }
    }
}
