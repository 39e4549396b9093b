//! Safety rules and how grave they are.

use std::fmt;

use super::{Condition, Id, Meantime, ServiceIx, SourceIx};
use crate::source::Span;

/// How soon a doctor must come in, from not at all to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing was seen that wants a doctor. As the level of a flag: a note.
    None,
    /// Go on, with a condition.
    Caution,
    /// A doctor's OK before some services.
    Clearance,
    /// A doctor within days, before anyone else.
    Physician,
    /// Medical care today.
    Urgent,
    /// The emergency number now.
    Emergency,
}

impl Level {
    /// All of them, from least to gravest.
    pub const ALL: [Self; 6] =
        [Self::None, Self::Caution, Self::Clearance, Self::Physician, Self::Urgent, Self::Emergency];

    /// The word in files and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Caution => "caution",
            Self::Clearance => "clearance",
            Self::Physician => "physician",
            Self::Urgent => "urgent",
            Self::Emergency => "emergency",
        }
    }

    /// The level of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Whether the decision ends here: what was seen and what to do, no plan.
    pub fn ends_without_plan(self) -> bool {
        self >= Self::Urgent
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A safety rule.
#[derive(Debug, Clone)]
pub struct Flag {
    /// Its id.
    pub id: Id,
    /// How grave; [`Level::None`] is a note: said, but raises no level.
    pub level: Level,
    /// When it holds; `None` is always.
    pub when: Option<Condition>,
    /// When it does not hold after all.
    pub unless: Option<Condition>,
    /// The services held back, in file order, groups unfolded.
    pub holds: Vec<ServiceIx>,
    /// The same as they are written.
    pub held: Vec<Held>,
    /// Until when they are held back.
    pub until: Option<String>,
    /// What was seen.
    pub say: String,
    /// What to do.
    pub action: String,
    /// How soon, and what to do until then.
    pub meantime: Meantime,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}

/// An entry of what a flag holds back: a service, or a group of them.
#[derive(Debug, Clone)]
pub struct Held {
    /// Where it stands.
    pub span: Span,
    /// The services.
    pub services: Vec<ServiceIx>,
}

impl Held {
    /// All services of some entries, in file order.
    pub(crate) fn services(entries: &[Self]) -> Vec<ServiceIx> {
        let mut services: Vec<ServiceIx> = entries.iter().flat_map(|entry| &entry.services).copied().collect();
        services.sort_unstable();
        services.dedup();
        services
    }
}

impl Flag {
    /// The word for its level in files and JSON.
    pub fn level_name(&self) -> &'static str {
        match self.level {
            Level::None => "note",
            level => level.name(),
        }
    }

    /// Whether it counts only on a plan that needs a service it holds.
    pub fn counts_only_if_it_holds_back(&self) -> bool {
        matches!(self.level, Level::Caution | Level::Clearance) && !self.holds.is_empty()
    }
}
