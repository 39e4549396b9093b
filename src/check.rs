//! Proves a rule set over every possible set of answers: that each rule can matter, that no answer makes things look
//! better than they are, that its author's guarantees are kept.
//!
//! Each property stands in a file of its own and is entered in one list. What is refuted comes with a counterexample that
//! was decided again by the engine before anybody sees it.

mod answer_sets;
mod changed;
mod checking;
mod counterexample;
mod covered;
mod dead;
mod emergency;
mod guarantees;
mod questions;
mod reach;
mod redundant;
mod signs;
mod ticks;
mod unsure;

pub use answer_sets::AnswerSets;
pub use counterexample::{Counterexample, Example};

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use crate::answers::Answers;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{QuestionIx, RuleSet};
use crate::parallel;
use crate::prove::gates::Limit;
use crate::source::Span;
use checking::{Checking, Known};

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

/// Properties most rows of which are settled by an example. Those that look at no plan come first: it need not be in the
/// clauses yet.
const BY_EXAMPLE: &[Property] = &[
    questions::reached,
    dead::rules_hold,
    dead::conditions_matter,
    dead::rules_show,
    reach::somebody_is_sent,
    redundant::rules_are_needed,
];

/// Properties most rows of which take a proof. Those that take longest come first: they are proved side by side.
const BY_PROOF: &[Property] = &[
    ticks::never_lower,
    questions::answers_matter,
    unsure::never_lowers,
    signs::leave_a_trace,
    emergency::latest_screen,
    guarantees::kept,
    redundant::preferences_are_needed,
    reach::everybody_is_served,
];

/// Proves all properties of `rules`, until `deadline` if there is one. `progress` is told what share is done, from 0 to 1.
pub fn check(rules: &RuleSet, deadline: Option<Instant>, progress: &mut (dyn FnMut(f64) + Send)) -> Report {
    prove(BY_EXAMPLE, BY_PROOF, rules, deadline, progress)
}

/// Proves what the author of `rules` promises and nothing else, which is far quicker.
pub fn check_guarantees(rules: &RuleSet, deadline: Option<Instant>, progress: &mut (dyn FnMut(f64) + Send)) -> Report {
    prove(&[], &[guarantees::kept], rules, deadline, progress)
}

fn prove(
    by_example: &[Property],
    by_proof: &[Property],
    rules: &RuleSet,
    deadline: Option<Instant>,
    progress: &mut (dyn FnMut(f64) + Send),
) -> Report {
    let limit = Limit { steps: None, deadline };
    let properties = by_example.len() + by_proof.len();
    let shares = Mutex::new((BTreeMap::new(), progress));
    // Nobody panics while holding the lock.
    let told = |place: usize, share: f64| {
        if let Ok((shares, progress)) = shares.lock().as_deref_mut() {
            shares.insert(place, share);
            progress(shares.values().sum::<f64>() / f64::from(u32::try_from(properties).unwrap_or(u32::MAX)));
        }
    };
    let nothing = Known::default();
    let mut checking = Checking::new(rules, limit, &nothing, Box::new(|_| ()));
    checking.vary();
    for (place, property) in by_example.iter().enumerate() {
        property(&mut checking);
        told(place, 1.0);
    }
    let known = checking.into_known();
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let parts = parallel::each(threads, by_proof.len(), |place| {
        let told = |share| told(by_example.len() + place, share);
        let mut checking = Checking::new(rules, limit, &known, Box::new(told));
        if let Some(property) = by_proof.get(place) {
            property(&mut checking);
        }
        told(1.0);
        checking.into_known()
    });
    parts.into_iter().fold(known, Known::and).into_report(answer_sets::count(rules))
}
