//! What a person would call the recommendation: how grave it is, and who leads something when.

use super::outcome::Outcome;
use crate::model::{Level, PhaseIx, ProfessionalIx};

/// The part of an outcome by which a person tells one recommendation from another. Two outcomes that recommend the same
/// may still differ in the services that somebody leads, in what is held back, and in the flags.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recommendation {
    /// The level.
    pub level: Level,
    /// Who leads something in which phase: phase by phase, in each in file order, nobody twice. Empty from `urgent` up.
    pub leads: Vec<(PhaseIx, ProfessionalIx)>,
    /// No need holds, so that the rule set's `otherwise` is told.
    pub otherwise: bool,
}

impl Recommendation {
    /// What an outcome recommends.
    pub fn of(outcome: &Outcome) -> Self {
        let mut leads: Vec<(PhaseIx, ProfessionalIx)> =
            outcome.steps.iter().map(|step| (step.phase, step.lead)).collect();
        leads.sort_unstable();
        leads.dedup();
        Self { level: outcome.level, leads, otherwise: outcome.otherwise }
    }
}
