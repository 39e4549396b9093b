//! What all completions of some answers recommend.

use batsat::Lit;

use super::gates::{Family, Found};
use super::prover::{Prover, Symbolic};
use crate::answers::Answers;
use crate::decide::{Recommendation, outcome};
use crate::model::RuleSet;

impl Prover<'_> {
    /// What is recommended in every completion of what was said, though the outcome may still be open; `None` if that is
    /// not one thing, or a limit was reached.
    pub fn recommendation(&mut self, answers: &Answers) -> Option<Recommendation> {
        let rules = self.rules();
        if let Some(outcome) = outcome(rules, answers) {
            return Some(Recommendation::of(&outcome));
        }
        let symbolic = self.symbolic();
        let said = symbolic.person.said(&mut symbolic.gates, rules, answers);
        if symbolic.search(&said) != Found::Yes {
            return None;
        }
        let complete = symbolic.person.read(&symbolic.gates, rules);
        let recommendation = Recommendation::of(&outcome(rules, &complete)?);
        let recommended = symbolic.recommends(rules, &recommendation);
        self.is_certain(answers, recommended).then_some(recommendation)
    }

    /// Whether this is recommended in every completion of what was said; false if a limit was reached.
    pub(crate) fn is_recommended(&mut self, answers: &Answers, recommendation: &Recommendation) -> bool {
        let rules = self.rules();
        if let Some(outcome) = outcome(rules, answers) {
            return Recommendation::of(&outcome) == *recommendation;
        }
        let recommended = self.symbolic().recommends(rules, recommendation);
        self.is_certain(answers, recommended)
    }

    /// Whether a literal holds in every completion of what was said; false if a limit was reached.
    pub(crate) fn is_certain(&mut self, answers: &Answers, lit: Lit) -> bool {
        let rules = self.rules();
        let symbolic = self.symbolic();
        let said = symbolic.person.said(&mut symbolic.gates, rules, answers);
        symbolic.search_with(&said, !lit) == Found::No
    }
}

impl Symbolic {
    /// This is recommended.
    pub(crate) fn recommends(&mut self, rules: &RuleSet, recommendation: &Recommendation) -> Lit {
        let outcome = self.outcome(rules);
        let all = outcome.recommends(&mut self.gates, recommendation);
        self.gates.family = Family::Query;
        self.gates.and(all)
    }
}
