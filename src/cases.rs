//! Cases: does a story end as its author expects?

mod compare;
mod meets;
mod run;
mod share;

pub use compare::Mismatch;
pub(crate) use compare::{compare, told};
pub(crate) use run::mismatches;
pub use run::{Failure, Fired};
pub use share::{Floor, Share};

pub use crate::prove::{Change, Nearest};

use crate::answers::{Answers, Expectation, read_answers};
use crate::diagnostic::Diagnostic;
use crate::model::RuleSet;
use crate::source::{FileId, Texts};

/// A story that expects something.
#[derive(Debug, Clone)]
pub struct Case {
    /// What its file is called.
    pub name: String,
    /// What happened, in words.
    pub story: Option<String>,
    /// What was answered.
    pub answers: Answers,
    /// What should come of it.
    pub expect: Expectation,
}

/// A case file that was run.
#[derive(Debug, Clone)]
pub struct Tested {
    /// What the file is called.
    pub name: String,
    /// How it ended.
    pub ended: Ended,
}

/// How a case file ended.
#[derive(Debug, Clone)]
pub enum Ended {
    /// As expected.
    Passed(Box<Case>),
    /// Otherwise.
    Failed(Box<Failure>),
    /// It counts for nothing yet: nobody has written what is expected, or the source of that.
    Draft,
    /// It cannot be run, for these reasons: it is no case, or answers what the rule set does not ask.
    Broken(Vec<Diagnostic>),
}

impl Tested {
    /// Runs the case that stands in `file`.
    pub fn new(rules: &RuleSet, texts: &Texts, file: FileId) -> Self {
        let name = texts.get(file).map_or_else(String::new, |file| file.name.clone());
        let ended = match read_answers(rules, texts, file) {
            Err(diagnostics) => Ended::Broken(diagnostics),
            Ok(read) if !read.misfits.is_empty() => Ended::Broken(read.misfits),
            Ok(read) => match read.expect {
                Some(expect) if !read.source_is_open => {
                    run::run(rules, Case { name: name.clone(), story: read.story, answers: read.answers, expect })
                }
                _ => Ended::Draft,
            },
        };
        Self { name, ended }
    }

    /// The case, if it ended as expected.
    pub fn passing(&self) -> Option<&Case> {
        match &self.ended {
            Ended::Passed(case) => Some(case),
            Ended::Failed(_) | Ended::Draft | Ended::Broken(_) => None,
        }
    }
}
