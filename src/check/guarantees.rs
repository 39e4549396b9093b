//! What the author promises holds for all possible answers.

use super::checking::Checking;
use crate::answers::Answers;
use crate::decide::{Decision, Verdict, decide};
use crate::diagnostic::{Code, Diagnostic};
use crate::prove::gates::Found;

/// Every guarantee is kept.
pub(super) fn kept(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    for (place, guarantee) in rules.guarantees().iter().enumerate() {
        checking.done(place, rules.guarantees().len());
        let id = &guarantee.id;
        let fault = Diagnostic::new(Code::GuaranteeFails, id.span(), format!("the guarantee `{id}` does not hold"));
        let breaks = checking.symbolic().breaks(rules, guarantee);
        match checking.search(&[breaks]) {
            Found::No => checking.proved(),
            Found::Yes => {
                // The engine must agree before anybody is told.
                let keeps = |decision: &Decision, answers: &Answers| decision.keeps(rules, answers, place);
                let is_spared = |answers: &Answers| match decide(rules, answers) {
                    Verdict::Settled(decision) => keeps(&decision, answers),
                    Verdict::Unsettled { .. } => false,
                };
                let counterexample = checking
                    .counterexample(breaks, is_spared)
                    .filter(|found| !keeps(&found.example.decision, &found.example.answers));
                match counterexample {
                    Some(_) => checking.fault(fault, counterexample),
                    None => checking.undecided(fault),
                }
            }
            Found::Undecided => checking.undecided(fault),
        }
    }
}
