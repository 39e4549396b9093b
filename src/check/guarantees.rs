//! What the author promises holds for all possible answers.

use super::checking::Checking;
use crate::diagnostic::{Code, Diagnostic};
use crate::prove::gates::Found;

/// Every guarantee is kept.
pub(super) fn kept(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    for (place, guarantee) in rules.guarantees().iter().enumerate() {
        checking.done(place, rules.guarantees().len());
        let id = &guarantee.id;
        let breaks = checking.symbolic().breaks(rules, guarantee);
        match checking.search(&[breaks]) {
            Found::No => checking.proved(),
            Found::Yes => {
                // The engine must agree before anybody is told.
                let counterexample = checking
                    .counterexample(breaks)
                    .filter(|found| !found.example.decision.keeps(rules, &found.example.answers, place));
                match counterexample {
                    Some(_) => {
                        let message = format!("the guarantee `{id}` does not hold");
                        checking.fault(Diagnostic::new(Code::GuaranteeFails, id.span(), message), counterexample);
                    }
                    None => checking.undecided(Code::GuaranteeFails, id.span(), format!("the guarantee `{id}`")),
                }
            }
            Found::Undecided => {
                checking.undecided(Code::GuaranteeFails, id.span(), format!("the guarantee `{id}`"));
            }
        }
    }
}
