//! Guarantees as literals.

use batsat::Lit;

use super::gates::Family;
use super::prover::Symbolic;
use crate::model::{FlagIx, Guarantee, OutcomeTest, PhaseIx, Position, ProfessionalIx, Promise, RuleSet};

impl Symbolic {
    /// A guarantee is broken.
    pub(crate) fn breaks(&mut self, rules: &RuleSet, guarantee: &Guarantee) -> Lit {
        self.gates.family = Family::Query;
        let when = self.person.whole(&mut self.gates, rules, guarantee.when.as_ref());
        let excused = guarantee.unless.as_ref().map_or(self.gates.no(), |unless| self.passes(rules, unless));
        let kept = match &guarantee.promise {
            Promise::Always(test) => self.passes(rules, test),
            Promise::Never(test) => !self.passes(rules, test),
        };
        self.gates.and([when, !excused, !kept])
    }

    /// All that an outcome test names holds.
    fn passes(&mut self, rules: &RuleSet, test: &OutcomeTest) -> Lit {
        let outcome = self.outcome(rules);
        let mut entries = Vec::new();
        if let Some((least, most)) = test.level {
            entries.push(self.reading.level_between(&mut self.gates, least, most));
        }
        if let Some(flag) = test.flag {
            entries.push(self.tells(rules, flag));
        }
        if let Some(professional) = test.professional {
            let steps = outcome.steps.iter().filter(|(step, _)| {
                step.lead == professional
                    && test.phase.is_none_or(|phase| step.phase == phase)
                    && test.service.is_none_or(|service| step.service == service)
            });
            entries.push(self.gates.or(steps.map(|(_, there)| *there)));
        }
        if let Some((first, second)) = test.before {
            entries.push(self.starts_before(rules, first, second));
        }
        for (services, held) in [(&test.on_hold, &outcome.on_hold), (&test.waits, &outcome.waits)] {
            if !services.is_empty() {
                let held = services.iter().filter_map(|service| held.get(service.index()).copied());
                entries.push(self.gates.or(held));
            }
        }
        if test.no_plan {
            entries.push(!outcome.plan);
        }
        self.gates.and(entries)
    }

    /// A flag is told: it counts, and from `urgent` up is as grave.
    pub(crate) fn tells(&mut self, rules: &RuleSet, flag: FlagIx) -> Lit {
        let grave = rules.flags()[flag].level.ends_without_plan();
        let outcome = self.outcome(rules);
        let told = if grave { &self.reading.counts } else { &outcome.flags };
        told.get(flag.index()).copied().unwrap_or(self.gates.no())
    }

    /// If both lead something, the first does not begin later than the second.
    fn starts_before(&mut self, rules: &RuleSet, first: ProfessionalIx, second: ProfessionalIx) -> Lit {
        let phases: Vec<PhaseIx> = rules.phases().positions().collect();
        let outcome = self.outcome(rules);
        let mut leads = |professional: ProfessionalIx| -> Vec<Lit> {
            phases.iter().map(|phase| outcome.leads(&mut self.gates, professional, Some(*phase))).collect()
        };
        let (firsts, seconds) = (leads(first), leads(second));
        let mut late = Vec::new();
        for (place, second) in seconds.iter().enumerate() {
            let (by_then, later) = firsts.split_at((place + 1).min(firsts.len()));
            let later = self.gates.or(later.iter().copied());
            late.push(self.gates.and(by_then.iter().map(|first| !*first).chain([*second, later])));
        }
        !self.gates.or(late)
    }
}
