//! Proves a rule set over every possible set of answers: that each rule can matter, that no answer makes things look
//! better than they are, that its author's guarantees are kept.
//!
//! Each property stands in a file of its own and is entered in one list. What is refuted comes with a counterexample that
//! was decided again by the engine before anybody sees it.

mod answer_sets;
mod changed;
mod checking;
mod counterexample;
mod dead;
mod emergency;
mod guarantees;
mod levels;
mod questions;
mod reach;
mod redundant;

pub use answer_sets::AnswerSets;
pub use counterexample::{Counterexample, Example};

use std::time::Instant;

use crate::answers::Answers;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{QuestionIx, RuleSet};
use crate::prove::Prover;
use crate::prove::gates::Limit;
use crate::source::Span;
use checking::Checking;

/// What proving a rule set came to.
#[derive(Debug)]
pub struct Report {
    /// What does not hold, in reading order.
    pub faults: Vec<Fault>,
    /// What was neither proved nor refuted in time, in reading order.
    pub undecided: Vec<Undecided>,
    /// How many properties were proved.
    pub proved: usize,
    /// How many sets of answers there are.
    pub answer_sets: AnswerSets,
    /// How late an emergency can show.
    pub latest_emergency: LatestEmergency,
}

impl Report {
    /// Nothing was left open for lack of time.
    pub fn is_complete(&self) -> bool {
        self.undecided.is_empty() && self.latest_emergency != LatestEmergency::NotFoundOut
    }
}

/// A property that does not hold.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// Answers that show it, where answers can.
    pub counterexample: Option<Counterexample>,
}

/// A property about which nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// What was looked for.
    pub code: Code,
    /// What it is about.
    pub span: Span,
    /// What would be wrong.
    pub what: String,
}

/// How late an emergency can show, if every question that applies is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LatestEmergency {
    /// There is no emergency.
    Never,
    /// It can first show on this screen and no later one.
    OnScreen {
        /// Which screen, from 1.
        screen: usize,
        /// The question on it.
        question: QuestionIx,
        /// Answers that lead there.
        answers: Answers,
    },
    /// Time ran out.
    NotFoundOut,
}

/// A property of rule sets, proved or refuted row by row.
type Property = fn(&mut Checking<'_, '_>);

/// Properties most rows of which are settled by an example.
const BY_EXAMPLE: &[Property] = &[
    questions::reached,
    dead::rules_hold,
    dead::rules_show,
    dead::conditions_matter,
    reach::somebody_is_sent,
    redundant::rules_are_needed,
];

/// Properties most rows of which take a proof.
const BY_PROOF: &[Property] = &[
    reach::everybody_is_served,
    guarantees::kept,
    redundant::preferences_are_needed,
    levels::ticks_never_lower,
    levels::unsure_never_lowers,
    questions::answers_matter,
    emergency::latest_screen,
];

/// Proves all properties of `rules`, until `deadline` if there is one. `progress` is told what share is done, from 0 to 1.
pub fn check(rules: &RuleSet, deadline: Option<Instant>, progress: &mut dyn FnMut(f64)) -> Report {
    prove(BY_EXAMPLE, BY_PROOF, rules, deadline, progress)
}

/// Proves what the author of `rules` promises and nothing else, which is far quicker.
pub fn check_guarantees(rules: &RuleSet, deadline: Option<Instant>, progress: &mut dyn FnMut(f64)) -> Report {
    prove(&[], &[guarantees::kept], rules, deadline, progress)
}

fn prove(
    by_example: &[Property],
    by_proof: &[Property],
    rules: &RuleSet,
    deadline: Option<Instant>,
    progress: &mut dyn FnMut(f64),
) -> Report {
    let prover = Prover::new(rules).within(Limit { steps: None, deadline });
    let mut checking = Checking::new(rules, prover, progress);
    let properties = by_example.len() + by_proof.len();
    checking.vary(true);
    for (place, property) in by_example.iter().enumerate() {
        checking.begin(place, properties);
        property(&mut checking);
    }
    checking.vary(false);
    for (place, property) in by_proof.iter().enumerate() {
        checking.begin(by_example.len() + place, properties);
        property(&mut checking);
    }
    checking.into_report(answer_sets::count(rules))
}
