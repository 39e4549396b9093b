//! A decision with all that it rests on.

use super::{Chains, Explanation};
use crate::answers::Answers;
use crate::contacts::Contacts;
use crate::decide::{Situation, Truth};
use crate::model::{RuleSet, State};
use crate::prove::{Enough, Prover};

/// A decision, how each of its statements follows from what was said, and which answers alone decide it.
#[derive(Debug)]
pub struct Reasons<'r> {
    /// The decision.
    pub explanation: Explanation<'r>,
    /// How its statements follow.
    pub chains: Chains,
    /// What was answered.
    pub answers: Answers,
    /// How many of these answers count.
    pub answered: usize,
    /// The answers that alone decide whom to see; none where that is not settled.
    pub enough: Option<Enough>,
}

impl<'r> Reasons<'r> {
    /// The reasons behind the decision on some answers; `state` is the one whose law is told beside the general one.
    pub fn new(rules: &'r RuleSet, answers: &Answers, state: Option<State>) -> Self {
        let (explanation, chains) = Explanation::with_chains(rules, answers);
        let situation = Situation::new(rules, answers);
        let counts = answers.iter().filter(|(question, _)| situation.standing(*question).heard != Truth::No).count();
        let enough = Prover::for_interview(rules).enough(answers);
        Self { explanation: explanation.in_state(state), chains, answers: answers.clone(), answered: counts, enough }
    }

    /// The same with whom to call, if a list of contacts is used.
    #[must_use]
    pub fn with_contacts(mut self, contacts: Option<&'r Contacts>) -> Self {
        self.explanation = self.explanation.with_contacts(contacts);
        self
    }
}
