//! Whether a decision keeps what a guarantee promises.

use super::{Decision, Situation, Truth};
use crate::answers::Answers;
use crate::model::{OutcomeTest, Promise, RuleSet};

impl Decision {
    /// Whether the guarantee in this place is kept. `answers` are complete, and the decision is theirs.
    pub fn keeps(&self, rules: &RuleSet, answers: &Answers, place: usize) -> bool {
        let Some(guarantee) = rules.guarantees().get(place) else {
            return true;
        };
        if Situation::new(rules, answers).guarantee(place) != Truth::Yes
            || guarantee.unless.as_ref().is_some_and(|unless| self.passes(unless))
        {
            return true;
        }
        match &guarantee.promise {
            Promise::Always(test) => self.passes(test),
            Promise::Never(test) => !self.passes(test),
        }
    }

    /// Whether all that an outcome test names holds.
    pub fn passes(&self, test: &OutcomeTest) -> bool {
        let outcome = &self.outcome;
        let leads = |professional| outcome.steps.iter().filter(move |step| step.lead == professional);
        let level = test.level.is_none_or(|(least, most)| (least..=most).contains(&outcome.level));
        let flag = test.flag.is_none_or(|flag| self.evidence.flags.contains(&flag));
        let professional = test.professional.is_none_or(|professional| {
            leads(professional).any(|step| {
                test.phase.is_none_or(|phase| step.phase == phase)
                    && test.service.is_none_or(|service| step.service == service)
            })
        });
        let before = test.before.is_none_or(|(first, second)| {
            let start = |professional| leads(professional).map(|step| step.phase).min();
            start(first).zip(start(second)).is_none_or(|(first, second)| first <= second)
        });
        let on_hold = test.on_hold.is_empty() || test.on_hold.iter().any(|held| outcome.on_hold.contains(held));
        let waits = test.waits.is_empty() || test.waits.iter().any(|held| outcome.waits.contains(held));
        let plan = !test.no_plan || outcome.steps.is_empty();
        level && flag && professional && before && on_hold && waits && plan
    }
}
