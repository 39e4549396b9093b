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
mod safety_questions;
mod ticks;
mod unsure;

pub use answer_sets::AnswerSets;
pub use counterexample::{Counterexample, Example};

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use crate::answers::Answers;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{QuestionIx, RuleSet};
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
    emergency::latest_screen,
    guarantees::kept,
    redundant::preferences_are_needed,
    reach::everybody_is_served,
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
    let limit = Limit { steps: None, deadline };
    let mut told = |done: f64| progress(done / count(by_example.len() + by_proof.len()));
    let nothing = Known::default();
    let mut checking = Checking::new(rules, limit, &nothing, Box::new(|_| ()));
    checking.vary();
    for (place, property) in by_example.iter().enumerate() {
        told(count(place));
        property(&mut checking);
    }
    let known = checking.into_known();
    let parts = side_by_side(by_proof, rules, limit, &known, &mut |done| told(count(by_example.len()) + done));
    parts.into_iter().fold(known, Known::and).into_report(answer_sets::count(rules))
}

/// Proves properties, as many at once as there are processors. What each came to stands in no certain order.
fn side_by_side(
    properties: &[Property],
    rules: &RuleSet,
    limit: Limit,
    known: &Known,
    done: &mut dyn FnMut(f64),
) -> Vec<Known> {
    let next = AtomicUsize::new(0);
    let work = |tell: mpsc::Sender<(usize, f64)>| {
        let mut parts = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(property) = properties.get(place) else {
                return parts;
            };
            // Whoever shows the progress waits for all of this; nobody listening is no harm.
            let share = |share| {
                let _ = tell.send((place, share));
            };
            let mut checking = Checking::new(rules, limit, known, Box::new(share));
            property(&mut checking);
            parts.push(checking.into_known());
            share(1.0);
        }
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let (tell, told) = mpsc::channel();
    thread::scope(|scope| {
        let workers = (0..processors.min(properties.len())).map(|_| {
            let tell = tell.clone();
            scope.spawn(|| work(tell))
        });
        let workers: Vec<_> = workers.collect();
        drop(tell);
        let mut shares = BTreeMap::new();
        for (place, share) in told {
            shares.insert(place, share);
            done(shares.values().sum());
        }
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}
