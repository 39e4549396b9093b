//! What professionals may do, side by side: by theme, where they differ, and what they do for each other.

use crate::model::{Handover, ProfessionalIx, RuleSet, Service, ServiceIx, SourceIx, State, Teamwork};

/// Some professionals side by side.
#[derive(Debug)]
pub struct Comparison<'r> {
    /// The rule set.
    pub rules: &'r RuleSet,
    /// Who is compared, in the order in which they were named.
    pub professionals: Vec<ProfessionalIx>,
    /// All services by theme, the themes in the order of their first service.
    pub themes: Vec<Theme<'r>>,
    /// What they do for each other in a phase.
    pub teamwork: Vec<&'r Teamwork>,
    /// What they hand to each other.
    pub handovers: Vec<&'r Handover>,
    /// The state whose law is told beside the general one.
    pub state: Option<State>,
}

/// Services that belong together.
#[derive(Debug, Clone)]
pub struct Theme<'r> {
    /// What the author calls it, where they do.
    pub name: Option<&'r str>,
    /// The services, in file order.
    pub services: Vec<ServiceIx>,
}

impl<'r> Comparison<'r> {
    /// Compares these professionals; what they do for each other only where `together` is asked for.
    pub fn new(rules: &'r RuleSet, professionals: Vec<ProfessionalIx>, state: Option<State>, together: bool) -> Self {
        let is_here = |who: &ProfessionalIx| together && professionals.contains(who);
        let teamwork = rules.teamwork().iter();
        let teamwork = teamwork.filter(|row| is_here(&row.of) && row.with.iter().any(is_here)).collect();
        let handovers = rules.handovers().iter().filter(|row| is_here(&row.from) && is_here(&row.to)).collect();
        Self { themes: themes(rules), teamwork, handovers, rules, professionals, state }
    }

    /// Whether a service stands otherwise in the scope of one of them than of another.
    pub fn differs(&self, service: ServiceIx) -> bool {
        let scope = &self.rules.services()[service].scope;
        let mut scopes = self.professionals.iter().map(|who| scope[*who]);
        let first = scopes.next();
        scopes.any(|scope| Some(scope) != first)
    }

    /// The themes with those services alone that differ, or that do not.
    pub fn differing(&self, wanted: bool) -> Vec<Theme<'r>> {
        let themes = self.themes.iter().map(|theme| Theme {
            name: theme.name,
            services: theme.services.iter().copied().filter(|service| self.differs(*service) == wanted).collect(),
        });
        themes.filter(|theme| !theme.services.is_empty()).collect()
    }

    /// The sources of what is said of the professionals, of what they do for each other, and of the law, in file order.
    pub fn cited(&self) -> Vec<SourceIx> {
        let professionals = self.professionals.iter().map(|who| &self.rules.professionals()[*who]);
        let mut cited: Vec<SourceIx> = professionals
            .flat_map(|row| row.sources.iter().chain(row.access_in(self.state).flat_map(|access| &access.sources)))
            .chain(self.teamwork.iter().flat_map(|row| &row.sources))
            .chain(self.handovers.iter().flat_map(|row| &row.sources))
            .copied()
            .collect();
        cited.sort_unstable();
        cited.dedup();
        cited
    }
}

fn themes(rules: &RuleSet) -> Vec<Theme<'_>> {
    let mut themes: Vec<Theme<'_>> = Vec::new();
    for (position, service) in rules.services().iter() {
        let Service { theme: name, .. } = service;
        let name = name.as_deref();
        match themes.iter_mut().find(|theme| theme.name == name) {
            Some(theme) => theme.services.push(position),
            None => themes.push(Theme { name, services: vec![position] }),
        }
    }
    themes
}
