//! What makes a plan: phases, needs, preferences, and how professionals work together.

use super::{Condition, Id, Meantime, PhaseIx, ProfessionalIx, ServiceIx, SourceIx};
use crate::source::Span;

/// A named stage of the plan.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Its id.
    pub id: Id,
    /// Its heading.
    pub title: String,
    /// When to go on to the next.
    pub move_on: Option<String>,
    /// How soon it begins, and what to do until then.
    pub meantime: Meantime,
}

/// A rule: who needs which service in which phase, and why.
#[derive(Debug, Clone)]
pub struct Need {
    /// Its id.
    pub id: Id,
    /// When it holds; `None` is always.
    pub when: Option<Condition>,
    /// The service needed.
    pub service: ServiceIx,
    /// In which phase.
    pub phase: PhaseIx,
    /// Why, to the person.
    pub because: String,
    /// How soon, and what to do until then.
    pub meantime: Meantime,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// A reason to choose one professional among those equally in scope.
#[derive(Debug, Clone)]
pub struct Preference {
    /// Its id.
    pub id: Id,
    /// When it holds; `None` is always.
    pub when: Option<Condition>,
    /// Whom it prefers.
    pub prefer: ProfessionalIx,
    /// In which phase; `None` is in each.
    pub phase: Option<PhaseIx>,
    /// Why, to the person.
    pub because: String,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// What two or more professionals do for each other in a phase.
#[derive(Debug, Clone)]
pub struct Teamwork {
    /// Where it stands.
    pub span: Span,
    /// Whose work is helped.
    pub of: ProfessionalIx,
    /// Who helps.
    pub with: Vec<ProfessionalIx>,
    /// In which phase; `None` is in each.
    pub phase: Option<PhaseIx>,
    /// What they do for each other.
    pub note: String,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// What one professional hands to the next, from one phase to a later one.
#[derive(Debug, Clone)]
pub struct Handover {
    /// Where it stands.
    pub span: Span,
    /// Who hands over.
    pub from: ProfessionalIx,
    /// To whom.
    pub to: ProfessionalIx,
    /// What is handed over.
    pub note: String,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}
