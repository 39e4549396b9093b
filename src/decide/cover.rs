//! Who does it: the smallest sets of professionals that can give every service of a phase, and who leads which.

use super::reading::Reading;
use super::truth::Truth;
use crate::model::{PhaseIx, PreferenceIx, ProfessionalIx, ProfessionalSet, RuleSet, ServiceIx};

/// Who was chosen for a phase, and who leads each service there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The phase.
    pub phase: PhaseIx,
    /// The professionals.
    pub chosen: ProfessionalSet,
    /// Each service of the phase in file order, with its lead.
    pub leads: Vec<(ServiceIx, ProfessionalIx)>,
    /// The preferences that ruled somebody out, in file order.
    pub decided_by: Vec<PreferenceIx>,
}

/// What spoke for those who were chosen for a phase, against somebody equally in scope; in the order in which it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// With them the phase needs fewer people.
    FewerPeople,
    /// A preference of the rule set for one of them.
    Preference(PreferenceIx),
    /// More of them are on the plan already.
    OnThePlanAlready,
    /// Nothing but the order in which the rule set names them.
    FileOrder,
}

impl Choice {
    /// What kept somebody out of a phase who could lead something there: where the last set with them fell out. `earlier` are
    /// the choices of the phases before.
    pub(crate) fn kept_out(&self, rules: &RuleSet, earlier: &[Self], professional: ProfessionalIx) -> Chosen {
        let services: Vec<ServiceIx> = self.leads.iter().map(|(service, _)| *service).collect();
        let mut covers = smallest_covers(rules, &services);
        let is_out = |covers: &[ProfessionalSet]| !covers.iter().any(|cover| cover.contains(professional));
        if is_out(&covers) {
            return Chosen::FewerPeople;
        }
        // Those that are not named here left all sets as they were.
        for preference in &self.decided_by {
            let prefer = rules.preferences()[*preference].prefer;
            if covers.iter().any(|cover| cover.contains(prefer)) {
                covers.retain(|cover| cover.contains(prefer));
            }
            if is_out(&covers) {
                return Chosen::Preference(*preference);
            }
        }
        let earlier = earlier.iter().fold(ProfessionalSet::EMPTY, |all, choice| all.or(choice.chosen));
        let known = covers.iter().map(|cover| cover.and(earlier).len()).max();
        covers.retain(|cover| Some(cover.and(earlier).len()) == known);
        if is_out(&covers) { Chosen::OnThePlanAlready } else { Chosen::FileOrder }
    }

    /// What spoke for the one who leads something, against one who could as well, in this phase or not.
    pub(crate) fn led_by(
        &self,
        rules: &RuleSet,
        earlier: &[Self],
        lead: ProfessionalIx,
        other: ProfessionalIx,
    ) -> Chosen {
        if !self.chosen.contains(other) {
            return self.kept_out(rules, earlier, other);
        }
        // Both are there: what counts is who leads.
        let prefers = |preference: &&PreferenceIx| rules.preferences()[**preference].prefer == lead;
        let was_there = |who| earlier.iter().any(|choice| choice.chosen.contains(who));
        match self.decided_by.iter().find(prefers) {
            Some(preference) => Chosen::Preference(*preference),
            None if was_there(lead) && !was_there(other) => Chosen::OnThePlanAlready,
            None => Chosen::FileOrder,
        }
    }

    /// The choices for all phases with needs, if preferences hold as `holds` says.
    pub(crate) fn of_plan(reading: &Reading<'_, '_>, holds: impl Fn(PreferenceIx) -> bool + Copy) -> Vec<Self> {
        let rules = reading.situation().rules();
        let mut earlier = ProfessionalSet::EMPTY;
        let mut plan = Vec::new();
        for phase in rules.phases().positions() {
            let services: Vec<ServiceIx> = reading.services_in(phase).collect();
            if services.is_empty() {
                continue;
            }
            let preferred: Vec<_> = reading.preferred_in(phase, holds).collect();
            let choice = choose(rules, phase, &services, &preferred, earlier);
            earlier = earlier.or(choice.chosen);
            plan.push(choice);
        }
        plan
    }

    /// The choices for all phases, with the preferences that are known to hold.
    pub(crate) fn of_reading(reading: &Reading<'_, '_>) -> Vec<Self> {
        Self::of_plan(reading, |preference| reading.preference(preference) == Truth::Yes)
    }
}

/// The choice for one phase: exact, by looking at every set of professionals.
fn choose(
    rules: &RuleSet,
    phase: PhaseIx,
    services: &[ServiceIx],
    preferred: &[(PreferenceIx, ProfessionalIx)],
    earlier: ProfessionalSet,
) -> Choice {
    let mut covers = smallest_covers(rules, services);
    let mut decided_by = Vec::new();
    for &(preference, professional) in preferred {
        let kept = |cover: &ProfessionalSet| cover.contains(professional);
        let count = covers.iter().filter(|cover| kept(cover)).count();
        if count > 0 && count < covers.len() {
            covers.retain(kept);
            decided_by.push(preference);
        }
    }
    let chosen = covers
        .into_iter()
        .max_by_key(|cover| (cover.and(earlier).len(), cover.file_order()))
        .unwrap_or(ProfessionalSet::EMPTY);
    let mut leads = Vec::with_capacity(services.len());
    for &service in services {
        let candidates = rules.services()[service].candidates.and(chosen);
        let by_preference = preferred.iter().find(|(_, professional)| candidates.contains(*professional));
        if let (Some((preference, _)), true) = (by_preference, candidates.len() > 1) {
            decided_by.push(*preference);
        }
        let lead = by_preference
            .map(|(_, professional)| *professional)
            .or_else(|| candidates.and(earlier).first())
            .or_else(|| candidates.first());
        leads.extend(lead.map(|lead| (service, lead)));
    }
    decided_by.sort_unstable();
    decided_by.dedup();
    Choice { phase, chosen, leads, decided_by }
}

/// All sets of least size in which every service has a candidate.
fn smallest_covers(rules: &RuleSet, services: &[ServiceIx]) -> Vec<ProfessionalSet> {
    let mut wanted: Vec<ProfessionalSet> = Vec::new();
    for service in services {
        let candidates = rules.services()[*service].candidates;
        if !wanted.contains(&candidates) {
            wanted.push(candidates);
        }
    }
    let mut smallest = Vec::new();
    let mut size = u32::MAX;
    for set in ProfessionalSet::all_subsets(rules.professionals().len()) {
        if set.len() > size || !wanted.iter().all(|candidates| candidates.meets(set)) {
            continue;
        }
        if set.len() < size {
            size = set.len();
            smallest.clear();
        }
        smallest.push(set);
    }
    smallest
}
