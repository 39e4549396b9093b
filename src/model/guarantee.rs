//! What an author promises of the rule set, for all possible answers.

use super::{Condition, FlagIx, Id, Level, PhaseIx, ProfessionalIx, ServiceIx};

/// A statement about outcomes that must hold for all possible answers.
#[derive(Debug, Clone)]
pub struct Guarantee {
    /// Its id.
    pub id: Id,
    /// For which answers; `None` is all.
    pub when: Option<Condition>,
    /// Outcomes that are excused.
    pub unless: Option<OutcomeTest>,
    /// What is promised.
    pub promise: Promise,
}

/// Which way a guarantee goes.
#[derive(Debug, Clone)]
pub enum Promise {
    /// The test holds of every such outcome.
    Always(OutcomeTest),
    /// The test holds of no such outcome.
    Never(OutcomeTest),
}

/// A test over outcomes: all that it names must hold.
#[derive(Debug, Clone, Default)]
pub struct OutcomeTest {
    /// The level lies between these, both included.
    pub level: Option<(Level, Level)>,
    /// This flag counts.
    pub flag: Option<FlagIx>,
    /// This professional leads a service.
    pub professional: Option<ProfessionalIx>,
    /// … in this phase.
    pub phase: Option<PhaseIx>,
    /// … and this is the service.
    pub service: Option<ServiceIx>,
    /// If both lead, the first step of the first is not later than that of the second.
    pub before: Option<(ProfessionalIx, ProfessionalIx)>,
    /// One of these services is on hold.
    pub on_hold: Vec<ServiceIx>,
    /// One of these services waits.
    pub waits: Vec<ServiceIx>,
    /// There is no plan.
    pub no_plan: bool,
}
