//! Whether a case notices a mutant. The engine alone says so for nearly all of them.

use crate::cases::{Case, compare, mismatches, told};
use crate::decide::{Decision, Verdict, decide};
use crate::model::RuleSet;
use crate::prove::Prover;

/// A case that passes, with the decision on it.
pub(super) struct Passing<'c> {
    /// Its place among the cases.
    place: usize,
    pub(super) case: &'c Case,
    decision: Decision,
}

/// What cases see of a mutant.
pub(super) enum Noticed<'p, 'c> {
    /// The case in this place among all fails.
    Killed(usize),
    /// None fails. This one ends otherwise, which it does not look at.
    Otherwise(&'p Passing<'c>),
    /// All end as before.
    Nothing,
}

impl<'c> Passing<'c> {
    /// Those of some cases that pass.
    pub(super) fn all(rules: &RuleSet, cases: &[&'c Case]) -> Vec<Self> {
        let mut prover = Prover::for_interview(rules);
        let decided = cases.iter().enumerate().filter_map(|(place, case)| match prover.decide(&case.answers) {
            Verdict::Settled(decision) => Some(Self { place, case, decision: *decision }),
            Verdict::Unsettled { .. } => None,
        });
        decided.filter(|passing| compare(rules, &passing.decision, &passing.case.expect).is_empty()).collect()
    }

    /// Its place among the cases.
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// The decision is the same in all that an expectation can look at.
    fn is_same(&self, other: &Decision) -> bool {
        self.decision.outcome == other.outcome && told(&self.decision) == told(other)
    }
}

/// The first case that fails under a mutant, those last whose end takes a proof.
pub(super) fn noticed<'p, 'c>(mutant: &RuleSet, cases: &'p [Passing<'c>]) -> Noticed<'p, 'c> {
    let (mut otherwise, mut unproved) = (None, Vec::new());
    for passing in cases {
        match decide(mutant, &passing.case.answers) {
            Verdict::Settled(decision) if passing.is_same(&decision) => {}
            Verdict::Settled(decision) => {
                if !compare(mutant, &decision, &passing.case.expect).is_empty() {
                    return Noticed::Killed(passing.place);
                }
                if passing.decision.outcome != decision.outcome {
                    otherwise = otherwise.or(Some(passing));
                }
            }
            Verdict::Unsettled { .. } => unproved.push(passing),
        }
    }
    let mut prover = Prover::for_interview(mutant);
    for passing in unproved {
        if !mismatches(&mut prover, passing.case, &passing.case.answers).0.is_empty() {
            return Noticed::Killed(passing.place);
        }
    }
    otherwise.map_or(Noticed::Nothing, Noticed::Otherwise)
}
