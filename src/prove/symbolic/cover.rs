//! Who does it: for each phase the one set of professionals that is chosen, and who leads which service.
//!
//! All sets that can ever be a smallest cover are listed and sifted in the order of the design: those that give every
//! service a candidate, the smallest of them, those that the preferences keep, those with the most professionals of
//! earlier phases, the first.

use batsat::Lit;

use super::reading::Reading;
use crate::model::{PhaseIx, Position, PreferenceIx, ProfessionalIx, ProfessionalSet, RuleSet, ServiceIx};
use crate::prove::gates::{Family, Gates};

/// The choice for all phases.
#[derive(Debug, Clone)]
pub(crate) struct Cover {
    /// The choice for each phase that a need can ask for, in order.
    pub(crate) phases: Vec<PhaseCover>,
}

/// The choice for one phase.
#[derive(Debug, Clone)]
pub(crate) struct PhaseCover {
    /// The phase.
    pub(crate) phase: PhaseIx,
    /// Each professional is here.
    pub(crate) team: Vec<Lit>,
    /// For each set of candidates that some service has: who leads.
    leads: Vec<(ProfessionalSet, Vec<(ProfessionalIx, Lit)>)>,
    /// A preference rules somebody out, or says who leads.
    pub(crate) decides: Vec<(PreferenceIx, Lit)>,
}

impl Cover {
    /// The choice for all phases.
    pub(crate) fn new(gates: &mut Gates, rules: &RuleSet, reading: &Reading) -> Self {
        let mut familiar = vec![gates.no(); rules.professionals().len()];
        let mut phases: Vec<PhaseCover> = Vec::new();
        for phase in rules.phases().positions() {
            let wanted = Wanted::new(gates, rules, reading, phase);
            if wanted.0.is_empty() {
                continue;
            }
            let choice = PhaseCover::new(gates, rules, reading, phase, &wanted, &familiar);
            gates.family = Family::Familiar;
            for (familiar, here) in familiar.iter_mut().zip(&choice.team) {
                *familiar = gates.or([*familiar, *here]);
            }
            phases.push(choice);
        }
        Self { phases }
    }

    /// Who leads a service in a phase, if it is needed there.
    pub(crate) fn leads(&self, rules: &RuleSet, phase: PhaseIx, service: ServiceIx) -> &[(ProfessionalIx, Lit)] {
        let candidates = rules.services()[service].candidates;
        let here = self.phases.iter().find(|choice| choice.phase == phase);
        let leads = here.and_then(|choice| choice.leads.iter().find(|(of, _)| *of == candidates));
        leads.map_or(&[], |(_, leads)| leads)
    }
}

/// What a phase wants: a candidate out of each of these sets, where a service with these candidates is needed.
struct Wanted(Vec<(ProfessionalSet, Lit)>);

impl Wanted {
    fn new(gates: &mut Gates, rules: &RuleSet, reading: &Reading, phase: PhaseIx) -> Self {
        gates.family = Family::Demand;
        let mut by_candidates: Vec<(ProfessionalSet, Vec<Lit>)> = Vec::new();
        for (_, service, needed) in reading.demand.iter().filter(|(at, _, _)| *at == phase) {
            let candidates = rules.services()[*service].candidates;
            match by_candidates.iter_mut().find(|(of, _)| *of == candidates) {
                Some((_, services)) => services.push(*needed),
                None => by_candidates.push((candidates, vec![*needed])),
            }
        }
        Self(by_candidates.into_iter().map(|(candidates, needed)| (candidates, gates.or(needed))).collect())
    }

    /// All sets that can be a smallest cover, the smallest first and those of one size in file order: nobody in them
    /// who is a candidate for nothing, and no larger than a smallest cover of everything.
    fn teams(&self, professionals: usize) -> Vec<ProfessionalSet> {
        let useful = self.0.iter().fold(ProfessionalSet::EMPTY, |all, (candidates, _)| all.or(*candidates));
        let covers = |team: &ProfessionalSet| self.0.iter().all(|(candidates, _)| candidates.meets(*team));
        let largest = ProfessionalSet::all_subsets(professionals).filter(covers).map(ProfessionalSet::len).min();
        let mut teams: Vec<ProfessionalSet> = ProfessionalSet::all_subsets(professionals)
            .filter(|team| team.and(useful) == *team && Some(team.len()) <= largest)
            .collect();
        teams.sort_by_key(|team| (team.len(), std::cmp::Reverse(team.file_order())));
        teams
    }
}

impl PhaseCover {
    fn new(
        gates: &mut Gates,
        rules: &RuleSet,
        reading: &Reading,
        phase: PhaseIx,
        wanted: &Wanted,
        familiar: &[Lit],
    ) -> Self {
        let preferred: Vec<(PreferenceIx, ProfessionalIx, Lit)> = rules
            .preferences()
            .iter()
            .zip(&reading.preferences)
            .filter(|((_, preference), _)| preference.phase.is_none_or(|only| only == phase))
            .map(|((position, preference), holds)| (position, preference.prefer, *holds))
            .collect();
        let mut teams = smallest(gates, wanted, wanted.teams(rules.professionals().len()));
        let mut decides = prefer(gates, &preferred, &mut teams);
        most_familiar(gates, familiar, &mut teams);
        let team = first(gates, rules.professionals().len(), &teams);
        let leads = wanted
            .0
            .iter()
            .map(|(candidates, wanted)| {
                let (leads, decided) = lead(gates, *candidates, &preferred, &team, familiar);
                for (preference, picks) in decided {
                    decides.push((preference, gates.and([picks, *wanted])));
                }
                (*candidates, leads)
            })
            .collect();
        Self { phase, team, leads, decides }
    }
}

/// What decides, and when.
type Decides = Vec<(PreferenceIx, Lit)>;

/// A set of professionals, and whether it is still to be had.
type Team = (ProfessionalSet, Lit);

/// The smallest sets that give every service a candidate.
fn smallest(gates: &mut Gates, wanted: &Wanted, teams: Vec<ProfessionalSet>) -> Vec<Team> {
    gates.family = Family::Cover;
    let covers: Vec<Team> = teams
        .into_iter()
        .map(|team| {
            let unmet = wanted.0.iter().filter(|(candidates, _)| !candidates.meets(team));
            let covers = gates.and(unmet.map(|(_, wanted)| !*wanted));
            (team, covers)
        })
        .collect();
    // They come smallest first: one that covers leaves those of its size, and none that are larger.
    let mut smaller_covers = gates.no();
    let mut kept = Vec::with_capacity(covers.len());
    for size in covers.chunk_by(|(one, _), (other, _)| one.len() == other.len()) {
        for (team, covers) in size {
            kept.push((*team, gates.and([*covers, !smaller_covers])));
        }
        smaller_covers = gates.or(size.iter().map(|(_, covers)| *covers).chain([smaller_covers]));
    }
    kept.retain(|(_, kept)| *kept != gates.no());
    kept
}

/// For each preference that holds, in order: the sets with the professional, if there are any. Says which preferences
/// rule somebody out.
fn prefer(
    gates: &mut Gates,
    preferred: &[(PreferenceIx, ProfessionalIx, Lit)],
    teams: &mut [Team],
) -> Vec<(PreferenceIx, Lit)> {
    gates.family = Family::Preferred;
    let mut decides = Vec::with_capacity(preferred.len());
    for (preference, professional, holds) in preferred {
        let liked: Vec<Lit> =
            teams.iter().filter(|(team, _)| team.contains(*professional)).map(|(_, there)| *there).collect();
        let some_liked = gates.or(liked);
        let sift = gates.and([*holds, some_liked]);
        let mut dropped = Vec::new();
        for (_, there) in teams.iter_mut().filter(|(team, _)| !team.contains(*professional)) {
            dropped.push(*there);
            *there = gates.and([*there, !sift]);
        }
        let some_dropped = gates.or(dropped);
        decides.push((*preference, gates.and([sift, some_dropped])));
    }
    decides
}

/// The sets with the most professionals of earlier phases.
fn most_familiar(gates: &mut Gates, familiar: &[Lit], teams: &mut [Team]) {
    gates.family = Family::Familiar;
    let size = teams.iter().map(|(team, _)| team.len()).max().unwrap_or(0);
    for count in 1..=usize::try_from(size).unwrap_or(0) {
        let enough: Vec<Lit> = teams
            .iter()
            .map(|(team, _)| {
                let known: Vec<Lit> =
                    team.iter().filter_map(|professional| familiar.get(professional.index()).copied()).collect();
                gates.at_least(count, &known)
            })
            .collect();
        let there: Vec<Lit> =
            teams.iter().zip(&enough).map(|((_, there), enough)| gates.and([*there, *enough])).collect();
        let some_there = gates.or(there);
        for ((_, there), enough) in teams.iter_mut().zip(enough) {
            let stays = gates.or([enough, !some_there]);
            *there = gates.and([*there, stays]);
        }
    }
}

/// The first of the sets left, as who is in it.
fn first(gates: &mut Gates, professionals: usize, teams: &[Team]) -> Vec<Lit> {
    gates.family = Family::First;
    let mut chosen_before = gates.no();
    let mut members: Vec<Vec<Lit>> = vec![Vec::new(); professionals];
    for (team, there) in teams {
        let chosen = gates.and([*there, !chosen_before]);
        chosen_before = gates.or([chosen_before, *there]);
        for professional in team.iter() {
            if let Some(member) = members.get_mut(professional.index()) {
                member.push(chosen);
            }
        }
    }
    members.into_iter().map(|chosen| gates.or(chosen)).collect()
}

/// Who leads services with these candidates, and which preferences say so where there is a choice.
fn lead(
    gates: &mut Gates,
    candidates: ProfessionalSet,
    preferred: &[(PreferenceIx, ProfessionalIx, Lit)],
    team: &[Lit],
    familiar: &[Lit],
) -> (Vec<(ProfessionalIx, Lit)>, Decides) {
    gates.family = Family::Lead;
    let of = |lits: &[Lit], professional: ProfessionalIx| lits.get(professional.index()).copied();
    let here: Vec<(ProfessionalIx, Lit)> =
        candidates.iter().filter_map(|professional| Some((professional, of(team, professional)?))).collect();
    let mut picks: Vec<(ProfessionalIx, Vec<Lit>)> = here.iter().map(|(who, _)| (*who, Vec::new())).collect();
    let mut undecided = gates.yes();
    let mut offer = |gates: &mut Gates, who: ProfessionalIx, can: Lit| {
        let picked = gates.and([undecided, can]);
        undecided = gates.and([undecided, !can]);
        if let Some((_, picks)) = picks.iter_mut().find(|(candidate, _)| *candidate == who) {
            picks.push(picked);
        }
        picked
    };
    let several: Vec<Lit> = here.iter().map(|(_, here)| *here).collect();
    let several = gates.at_least(2, &several);
    let mut decides = Vec::new();
    for (preference, professional, holds) in preferred {
        if let Some((_, here)) = here.iter().find(|(who, _)| who == professional) {
            let can = gates.and([*holds, *here]);
            let picked = offer(gates, *professional, can);
            decides.push((*preference, gates.and([picked, several])));
        }
    }
    for (who, here) in &here {
        let can = of(familiar, *who).map_or(gates.no(), |familiar| gates.and([*here, familiar]));
        offer(gates, *who, can);
    }
    for (who, here) in &here {
        offer(gates, *who, *here);
    }
    (picks.into_iter().map(|(who, picks)| (who, gates.or(picks))).collect(), decides)
}
