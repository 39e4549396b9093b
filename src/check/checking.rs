//! A check under way: what was proved, what was refuted, and how literals are asked for.

use std::collections::BTreeSet;

use batsat::Lit;

use super::{AnswerSets, Counterexample, Fault, LatestEmergency, Report, Undecided};
use crate::answers::Answers;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{QuestionIx, RuleSet};
use crate::prove::Prover;
use crate::prove::gates::{Found, Limit};
use crate::prove::prover::Symbolic;
use crate::source::Span;

/// A check under way.
pub(super) struct Checking<'r, 'p> {
    pub(super) rules: &'r RuleSet,
    prover: Prover<'r>,
    /// What was found out before.
    before: &'p Known,
    /// What was found out here.
    now: Known,
    progress: Box<dyn Fn(f64) + 'p>,
}

/// What was found out.
#[derive(Default)]
pub(super) struct Known {
    /// Complete answers that searches came upon, and the questions on which something hangs for them.
    people: Vec<Met>,
    faults: Vec<Fault>,
    undecided: Vec<Undecided>,
    proved: usize,
    latest_emergency: Option<LatestEmergency>,
}

impl Known {
    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.people.extend(other.people);
        self.faults.extend(other.faults);
        self.undecided.extend(other.undecided);
        self.proved += other.proved;
        self.latest_emergency = other.latest_emergency.or(self.latest_emergency);
        self
    }

    /// All of it in reading order.
    pub(super) fn into_report(mut self, answer_sets: AnswerSets) -> Report {
        self.faults.sort_by_key(|fault| (fault.diagnostic.span, fault.diagnostic.code));
        self.undecided.sort_by_key(|undecided| (undecided.span, undecided.code));
        Report {
            faults: self.faults,
            undecided: self.undecided,
            proved: self.proved,
            answer_sets,
            latest_emergency: self.latest_emergency.unwrap_or(LatestEmergency::Never),
        }
    }
}

/// Somebody whom a search came upon.
pub(super) struct Met {
    /// Complete answers.
    pub(super) answers: Answers,
    /// The questions on which something hangs for them.
    pub(super) hinges: BTreeSet<QuestionIx>,
}

/// A limit was reached before something was found out.
pub(super) struct Stopped;

impl<'r, 'p> Checking<'r, 'p> {
    /// Nothing was found out yet but what stands in `before`. `progress` is told what share is done, from 0 to 1.
    pub(super) fn new(rules: &'r RuleSet, limit: Limit, before: &'p Known, progress: Box<dyn Fn(f64) + 'p>) -> Self {
        let prover = Prover::new(rules).within(limit);
        Self { rules, prover, before, now: Known::default(), progress }
    }

    /// So many rows of the property are done.
    pub(super) fn done(&mut self, rows: usize, of: usize) {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        (self.progress)(number(rows) / number(of.max(1)));
    }

    /// The clauses.
    pub(super) fn symbolic(&mut self) -> &mut Symbolic {
        self.prover.symbolic()
    }

    /// The time is over: clauses that nobody will search need not be built.
    pub(super) fn is_late(&self) -> bool {
        self.prover.is_late()
    }

    /// Starts anew where the clauses have grown: literals from before mean nothing after.
    pub(super) fn trim(&mut self) {
        self.prover.trim();
    }

    /// Many examples that differ are wanted. Literals from before mean nothing after.
    pub(super) fn vary(&mut self) {
        self.prover.vary();
    }

    /// Looks for an example in which all of these hold.
    pub(super) fn search(&mut self, lits: &[Lit]) -> Found {
        self.symbolic().search(lits)
    }

    /// People whom searches came upon before.
    pub(super) fn people(&self) -> &[Met] {
        &self.before.people
    }

    /// For each literal whether there is an example in which it holds, and keeps the people of these examples, for whom
    /// that hangs on the questions beside it.
    pub(super) fn each_possible_about(&mut self, rows: &[(Lit, BTreeSet<QuestionIx>)]) -> Vec<Found> {
        let rules = self.rules;
        let lits: Vec<Lit> = rows.iter().map(|(lit, _)| *lit).collect();
        let mut met = Vec::new();
        let found = self.sweep(&[], &lits, |symbolic| {
            let hinges = rows.iter().filter(|(lit, _)| symbolic.gates.is(*lit));
            let hinges = hinges.flat_map(|(_, questions)| questions).copied().collect();
            met.push(Met { answers: symbolic.person.read(&symbolic.gates, rules), hinges });
        });
        self.now.people.append(&mut met);
        found
    }

    /// For each literal whether there is an example in which it holds. One example answers for all that hold in it.
    pub(super) fn each_possible(&mut self, lits: &[Lit]) -> Vec<Found> {
        self.each_possible_given(&[], lits)
    }

    /// The same for examples in which all of `given` hold, too.
    pub(super) fn each_possible_given(&mut self, given: &[Lit], lits: &[Lit]) -> Vec<Found> {
        self.sweep(given, lits, |_| ())
    }

    fn sweep(&mut self, given: &[Lit], lits: &[Lit], mut look: impl FnMut(&Symbolic)) -> Vec<Found> {
        let mut found: Vec<Option<Found>> = vec![None; lits.len()];
        for (place, lit) in lits.iter().enumerate() {
            if matches!(found.get(place), Some(Some(_))) {
                continue;
            }
            let assumptions: Vec<Lit> = given.iter().copied().chain([*lit]).collect();
            let answer = self.search(&assumptions);
            if answer == Found::Yes {
                let symbolic = self.symbolic();
                look(symbolic);
                for (found, lit) in found.iter_mut().zip(lits) {
                    if found.is_none() && symbolic.gates.is(*lit) {
                        *found = Some(Found::Yes);
                    }
                }
            }
            if let Some(found) = found.get_mut(place) {
                *found = Some(answer);
            }
        }
        found.into_iter().map(|found| found.unwrap_or(Found::Undecided)).collect()
    }

    /// Something was proved.
    pub(super) fn proved(&mut self) {
        self.now.proved += 1;
    }

    /// Something does not hold.
    pub(super) fn fault(&mut self, diagnostic: Diagnostic, counterexample: Option<Counterexample>) {
        self.now.faults.push(Fault { diagnostic, counterexample });
    }

    /// Whether something is wrong was not found out.
    pub(super) fn undecided(&mut self, fault: Diagnostic) {
        let Diagnostic { code, span, message, .. } = fault;
        self.now.undecided.push(Undecided { code, span, what: message });
    }

    /// Enters that something can be so, as it should: `fault` says what is wrong if it never is.
    pub(super) fn expect_possible(&mut self, found: Found, fault: Diagnostic) {
        match found {
            Found::Yes => self.proved(),
            Found::No => self.fault(fault, None),
            Found::Undecided => self.undecided(fault),
        }
    }

    /// Enters that there is no counterexample, as there should not be: `fault` says what is wrong if there is one.
    pub(super) fn expect_no_counterexample(
        &mut self,
        found: Result<Option<Counterexample>, Stopped>,
        fault: Diagnostic,
    ) {
        match found {
            Ok(None) => self.proved(),
            Ok(counterexample) => self.fault(fault, counterexample),
            Err(Stopped) => self.undecided(fault),
        }
    }

    /// Whether something at this place was found wrong already: what only follows from that is not told.
    pub(super) fn is_faulty(&self, code: Code, span: Span) -> bool {
        let mut faults = self.before.faults.iter().chain(&self.now.faults);
        faults.any(|fault| fault.diagnostic.code == code && fault.diagnostic.span == span)
    }

    pub(super) fn set_latest_emergency(&mut self, latest: LatestEmergency) {
        self.now.latest_emergency = Some(latest);
    }

    /// What was found out here.
    pub(super) fn into_known(self) -> Known {
        self.now
    }
}
