//! What changing the rules changes for people.
//!
//! Two rule sets stand as clauses in one solver, and every person answers both. Things are matched by id: what both sides
//! ask and offer is answered alike, what only one side has is answered freely there. A difference that is certain for
//! somebody, whatever is answered to what only one side has, is definite; one that hangs on that is *possible*.
//!
//! Texts are not compared, only outcomes: wording that changes changes no decision.

mod because;
mod class;
mod comparing;
mod definite;
mod imagined;
mod matching;
mod pair;
mod responsible;
mod shape;
mod shared;

pub use because::Because;
pub use class::{Class, Who};
pub use matching::{OneSided, Thing};
pub use responsible::{Responsible, RuleKind, Where};

use std::time::Instant;

use crate::answers::Answers;
use crate::decide::Decision;
use crate::model::RuleSet;
use crate::prove::gates::Limit;
use comparing::Comparing;

/// What changing the rules changes.
#[derive(Debug)]
pub struct Report {
    /// What only the old rules have.
    pub only_in_old: OneSided,
    /// What only the new rules have.
    pub only_in_new: OneSided,
    /// How decisions differ, gravest first.
    pub differences: Vec<Difference>,
    /// Something was neither proved nor refuted in time.
    pub undecided: bool,
}

impl Report {
    /// Whether it is proved that nobody's decision differs.
    pub fn is_identical(&self) -> bool {
        self.differences.is_empty() && !self.undecided
    }
}

/// One way in which decisions differ, with an example.
#[derive(Debug, Clone)]
pub struct Difference {
    /// In which way.
    pub class: Class,
    /// How certain it is.
    pub certainty: Certainty,
    /// Answers none of which can be left out.
    pub because: Because,
    /// The example under the old rules.
    pub old: Example,
    /// The same person under the new rules.
    pub new: Example,
    /// The rules that make the difference for this person.
    pub rules: Vec<Responsible>,
}

impl Difference {
    /// Whether it hangs on answers to what only one side has.
    pub fn is_possible(&self) -> bool {
        self.certainty == Certainty::Possible
    }
}

/// How certain a difference is for somebody, given what they answer to what both sides have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Whatever else is answered, the decisions differ in this way.
    Definite,
    /// Whatever else is answered, the decisions differ: in this way if nothing is chosen that only one side offers, in one
    /// way or another if it is.
    Affected,
    /// It hangs on answers to what only one side has.
    Possible,
}

/// Complete answers and what comes of them on one side.
#[derive(Debug, Clone)]
pub struct Example {
    /// The answers.
    pub answers: Answers,
    /// What the engine decides on them.
    pub decision: Decision,
}

/// Compares two rule sets, until `deadline` if there is one.
pub fn diff(old: &RuleSet, new: &RuleSet, deadline: Option<Instant>) -> Report {
    Comparing::new(old, new, Limit { steps: None, deadline }).into_report()
}
