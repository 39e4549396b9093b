//! The scope-of-practice matrix: who may do what.

use std::fmt;

use super::{Access, Id, Meantime, ProfessionalIx, ProfessionalSet, SourceIx, State, Table};

/// Someone who does something.
#[derive(Debug, Clone)]
pub struct Professional {
    /// Its id.
    pub id: Id,
    /// What they are called, in the singular.
    pub name: String,
    /// What they have learned and what to look for on the door.
    pub credential: Option<String>,
    /// What to expect from them.
    pub expect: Option<String>,
    /// How to find one.
    pub find: Option<String>,
    /// What the law says on going to one, in file order.
    pub access: Vec<Access>,
    /// Where this comes from.
    pub sources: Vec<SourceIx>,
}

impl Professional {
    /// What is to be told of the law: the general statements, then those for the state, if one was named.
    pub fn access_in(&self, state: Option<State>) -> impl Iterator<Item = &Access> {
        self.general_access().chain(state.into_iter().flat_map(|state| self.access_of(state)))
    }

    /// The statements that are about no single state.
    pub fn general_access(&self) -> impl Iterator<Item = &Access> {
        self.access.iter().filter(|access| access.states.is_empty())
    }

    /// The statements about one state.
    pub fn access_of(&self, state: State) -> impl Iterator<Item = &Access> {
        self.access.iter().filter(move |access| access.states.contains(&state))
    }
}

/// Something that a professional does: a row of the matrix.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What it belongs to, in comparisons.
    pub theme: Option<String>,
    /// Where it stands in the scope of each professional.
    pub scope: Table<ProfessionalIx, Scope>,
    /// Who can lead it: those with it in their core, else those who share it.
    pub candidates: ProfessionalSet,
    /// How soon, and what to do until then.
    pub meantime: Meantime,
    /// It stands in the matrix for comparison; no need is meant to ask for it.
    pub compared_only: bool,
    /// Where this comes from.
    pub sources: Vec<SourceIx>,
}

impl Service {
    /// Who can lead a service with this row: those with it in their core, else those who share it.
    pub(crate) fn candidates_of(scope: &Table<ProfessionalIx, Scope>) -> ProfessionalSet {
        let with = |wanted: Scope| -> ProfessionalSet {
            scope.iter().filter(|(_, scope)| **scope == wanted).map(|(professional, _)| professional).collect()
        };
        let core = with(Scope::Core);
        if core.is_empty() { with(Scope::Shared) } else { core }
    }
}

/// Where a service stands in a professional's scope of practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// What they are there for.
    Core,
    /// They do it too.
    Shared,
    /// Only when referred or supervised; never leads.
    Referral,
    /// Not theirs to do.
    Outside,
}

impl Scope {
    /// All of them, from core to outside.
    pub const ALL: [Self; 4] = [Self::Core, Self::Shared, Self::Referral, Self::Outside];

    /// The word in files and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Shared => "shared",
            Self::Referral => "referral",
            Self::Outside => "outside",
        }
    }

    /// The scope of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
