//! A rule set that differs in one place.

use super::kind::Kind;
use super::{conditions, rules};
use crate::model::{
    Condition, FlagIx, Held, Level, NeedIx, PhaseIx, PreferenceIx, ProfessionalIx, RuleSet, Scope, Service, ServiceIx,
    Site, Table,
};
use crate::source::{Span, Texts};

/// A change of a rule set in one place.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// What kind of slip it is.
    pub kind: Kind,
    /// Where.
    pub span: Span,
    /// What is changed: "flag `fever`".
    pub of: String,
    /// How: "`any` becomes `all`".
    pub change: String,
    pub(super) edit: Edit,
}

/// What is written in place of what stands there.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// Another condition, or none.
    Condition(Site, Option<Condition>),
    /// A flag holds back only this.
    Holds(FlagIx, Vec<Held>),
    /// A flag has another level.
    Level(FlagIx, Level),
    /// A service stands elsewhere in somebody's scope.
    Scope(ServiceIx, ProfessionalIx, Scope),
    /// A need is about another phase.
    NeedPhase(NeedIx, PhaseIx),
    /// A preference is about another phase.
    PreferencePhase(PreferenceIx, PhaseIx),
}

impl Mutant {
    /// All mutants of a rule set, in reading order. Those that could not be loaded are left out: nobody would get far
    /// with a needed service that is in nobody's scope.
    pub(super) fn all(rules: &RuleSet) -> Vec<Self> {
        let mut all = rules::mutants(rules);
        for site in Site::all(rules) {
            conditions::mutants(rules, site, &mut all);
        }
        all.sort_by_key(|mutant| (mutant.span, mutant.kind));
        all
    }

    /// The rule set that it was made from, which may be without its texts, with the change.
    pub fn applied(&self, rules: &RuleSet) -> RuleSet {
        let mut rules = rules.clone();
        match &self.edit {
            Edit::Condition(site, condition) => {
                if let Some(place) = site.place(&mut rules) {
                    place.clone_from(condition);
                }
                return rules.compiled();
            }
            Edit::Holds(flag, held) => {
                if let Some(row) = rules.flags.get_mut(*flag) {
                    row.holds = Held::services(held);
                    row.held.clone_from(held);
                }
            }
            Edit::Level(flag, level) => {
                if let Some(row) = rules.flags.get_mut(*flag) {
                    row.level = *level;
                }
            }
            Edit::Scope(service, who, scope) => {
                if let Some(row) = rules.services.get_mut(*service) {
                    *row = moved(row, *who, *scope);
                }
            }
            Edit::NeedPhase(need, phase) => {
                if let Some(row) = rules.needs.get_mut(*need) {
                    row.phase = *phase;
                }
            }
            Edit::PreferencePhase(preference, phase) => {
                if let Some(row) = rules.preferences.get_mut(*preference) {
                    row.phase = Some(*phase);
                }
            }
        }
        rules
    }

    /// The condition that is written, if one is.
    pub(super) fn condition(&self) -> Option<&Condition> {
        match &self.edit {
            Edit::Condition(_, condition) => condition.as_ref(),
            Edit::Holds(..) | Edit::Level(..) | Edit::Scope(..) | Edit::NeedPhase(..) | Edit::PreferencePhase(..) => {
                None
            }
        }
    }
}

/// A service that stands elsewhere in somebody's scope.
pub(super) fn moved(row: &Service, who: ProfessionalIx, scope: Scope) -> Service {
    let scopes = row.scope.iter().map(|(at, there)| if at == who { scope } else { *there });
    let scope: Table<ProfessionalIx, Scope> = scopes.collect();
    Service { candidates: Service::candidates_of(&scope), scope, ..row.clone() }
}

/// A rule set without its texts: mutants are made by the thousand, and need none.
pub(super) fn bare(rules: &RuleSet) -> RuleSet {
    RuleSet { texts: Texts::default(), ..rules.clone() }
}
