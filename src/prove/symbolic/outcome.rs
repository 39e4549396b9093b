//! The part of a decision that comparisons compare, a literal for each part.

use std::collections::BTreeMap;

use batsat::Lit;

use super::cover::Cover;
use super::reading::Reading;
use crate::decide::{self, Recommendation, Step};
use crate::model::{FlagIx, Level, PhaseIx, Position, ProfessionalIx, RuleSet, ServiceIx};
use crate::prove::gates::{Family, Gates};

/// What a person is sent to. From `urgent` up only the level is left.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The level is at least this, for each level above none.
    pub(crate) levels: Vec<(Level, Lit)>,
    /// Each flag counts and is part of the outcome.
    pub(crate) flags: Vec<Lit>,
    /// Each service is on hold.
    pub(crate) on_hold: Vec<Lit>,
    /// Each service waits.
    pub(crate) waits: Vec<Lit>,
    /// No need holds.
    pub(crate) otherwise: Lit,
    /// Each step that a plan can have.
    pub(crate) steps: Vec<(Step, Lit)>,
    /// There is a plan.
    pub(crate) plan: Lit,
}

impl Outcome {
    /// The outcome of a reading.
    pub(crate) fn new(gates: &mut Gates, rules: &RuleSet, reading: &Reading, cover: &Cover) -> Self {
        let planned = reading.leaves_a_plan();
        let levels = Level::ALL.into_iter().skip(1).map(|level| (level, reading.at_least(level))).collect();
        gates.family = Family::Shown;
        let flags = reading.counts.iter().map(|counts| gates.and([planned, *counts])).collect();
        gates.family = Family::Held;
        let by_doctor = reading.at_least(Level::Physician);
        let (mut on_hold, mut waits) = (Vec::new(), Vec::new());
        for (service, needed) in rules.services().positions().zip(&reading.needed) {
            let held = held_at(gates, rules, reading, Level::Caution, service);
            on_hold.push(gates.and([planned, *needed, held]));
            let held = held_at(gates, rules, reading, Level::Clearance, service);
            let held = gates.or([by_doctor, held]);
            waits.push(gates.and([planned, *needed, held]));
        }
        gates.family = Family::Shown;
        let otherwise = gates.and(reading.needed.iter().map(|needed| !*needed).chain([planned]));
        let going_on: Vec<Lit> =
            reading.needed.iter().zip(&on_hold).map(|(needed, on_hold)| gates.and([*needed, !*on_hold])).collect();
        let going_on = gates.or(going_on);
        let plan = gates.and([planned, going_on]);
        let mut steps = Vec::new();
        for (phase, service, needed) in &reading.demand {
            for (lead, leads) in cover.leads(rules, *phase, *service) {
                let step = Step { phase: *phase, service: *service, lead: *lead };
                steps.push((step, gates.and([plan, *needed, *leads])));
            }
        }
        Self { levels, flags, on_hold, waits, otherwise, steps, plan }
    }

    /// All parts but the steps, in an order that depends on the tables of the rule set alone.
    fn parts(&self) -> impl Iterator<Item = Lit> {
        let levels = self.levels.iter().map(|(_, part)| *part);
        levels.chain(self.flags.iter().chain(&self.on_hold).chain(&self.waits).chain([&self.otherwise]).copied())
    }

    /// Two outcomes differ, under one rule set or under two with the same tables. A step that only one side can have is
    /// never there on the other.
    pub(crate) fn differs(&self, gates: &mut Gates, other: &Self) -> Lit {
        gates.family = Family::Query;
        let no = gates.no();
        let mut steps: BTreeMap<Step, (Lit, Lit)> = BTreeMap::new();
        for (step, there) in &self.steps {
            steps.entry(*step).or_insert((no, no)).0 = *there;
        }
        for (step, there) in &other.steps {
            steps.entry(*step).or_insert((no, no)).1 = *there;
        }
        let parts = self.parts().zip(other.parts()).chain(steps.into_values());
        let differ: Vec<Lit> = parts.map(|(one, other)| !gates.same(one, other)).collect();
        gates.or(differ)
    }

    /// Literals that all hold if and only if the outcome is this one.
    pub(crate) fn is(&self, outcome: &decide::Outcome) -> Vec<Lit> {
        let mut all = Vec::new();
        let mut part = |lit: Lit, holds: bool| all.push(if holds { lit } else { !lit });
        for (level, lit) in &self.levels {
            part(*lit, outcome.level >= *level);
        }
        for (index, lit) in self.flags.iter().enumerate() {
            part(*lit, outcome.flags.contains(&FlagIx::new(index)));
        }
        for (index, (on_hold, waits)) in self.on_hold.iter().zip(&self.waits).enumerate() {
            part(*on_hold, outcome.on_hold.contains(&ServiceIx::new(index)));
            part(*waits, outcome.waits.contains(&ServiceIx::new(index)));
        }
        part(self.otherwise, outcome.otherwise);
        for (step, lit) in &self.steps {
            part(*lit, outcome.steps.contains(step));
        }
        all
    }

    /// Literals that all hold if and only if this is what is recommended.
    pub(crate) fn recommends(&self, gates: &mut Gates, recommendation: &Recommendation) -> Vec<Lit> {
        let mut leads: BTreeMap<(PhaseIx, ProfessionalIx), Vec<Lit>> =
            recommendation.leads.iter().map(|leads| (*leads, Vec::new())).collect();
        for (step, there) in &self.steps {
            leads.entry((step.phase, step.lead)).or_default().push(*there);
        }
        gates.family = Family::Query;
        let mut all = Vec::new();
        let mut part = |lit: Lit, holds: bool| all.push(if holds { lit } else { !lit });
        for (level, lit) in &self.levels {
            part(*lit, recommendation.level >= *level);
        }
        part(self.otherwise, recommendation.otherwise);
        for (who, steps) in leads {
            part(gates.or(steps), recommendation.leads.contains(&who));
        }
        all
    }

    /// A step is on the plan; `None` if it never can be.
    pub(crate) fn step(&self, step: Step) -> Option<Lit> {
        self.steps.iter().find(|(at, _)| *at == step).map(|(_, there)| *there)
    }

    /// Somebody leads something: in this phase, if one is given.
    pub(crate) fn leads(&self, gates: &mut Gates, professional: ProfessionalIx, phase: Option<PhaseIx>) -> Lit {
        let theirs = self
            .steps
            .iter()
            .filter(|(step, _)| step.lead == professional && phase.is_none_or(|phase| step.phase == phase));
        gates.or(theirs.map(|(_, there)| *there))
    }
}

/// A flag of this level that counts holds a service.
fn held_at(gates: &mut Gates, rules: &RuleSet, reading: &Reading, level: Level, service: ServiceIx) -> Lit {
    let flags = rules.flags().rows().iter().zip(&reading.counts);
    let holding = flags.filter(|(flag, _)| flag.level == level && flag.holds.contains(&service));
    gates.or(holding.map(|(_, counts)| *counts))
}
