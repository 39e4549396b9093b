//! The ways in which two decisions can differ, so that every difference of outcome falls in one of them at least.

use std::collections::{BTreeMap, BTreeSet};

use batsat::Lit;

use super::matching::{Matching, Side};
use super::pair::{Half, Pair};
use crate::decide::Outcome;
use crate::model::{Id, Level, PhaseIx, ProfessionalIx, RuleSet, ServiceIx, Table};
use crate::prove::gates::{Family, Gates};

/// A way in which two decisions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Another level.
    Level {
        /// Under the old rules.
        from: Level,
        /// Under the new rules.
        to: Level,
    },
    /// A professional comes onto the plan; the level leaves room for one on both sides.
    Joins(Who),
    /// A professional is not on the plan any more; the level leaves room for one on both sides.
    Leaves(Who),
    /// The same level and professionals, but another service, phase or lead, or phases in another order.
    Steps,
    /// The same but for what is on hold.
    OnHold,
    /// The same but for what waits for the doctor's OK.
    Waits,
    /// The same but for the flags told.
    Flags,
    /// The same but that no need holds.
    Otherwise,
}

/// A professional on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// Where the old rules have them, if they do.
    pub old: Option<ProfessionalIx>,
    /// Where the new rules have them, if they do.
    pub new: Option<ProfessionalIx>,
}

impl Class {
    /// The word in JSON.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Level { .. } => "level",
            Self::Joins(_) => "joins",
            Self::Leaves(_) => "leaves",
            Self::Steps => "steps",
            Self::OnHold => "on-hold",
            Self::Waits => "waits",
            Self::Flags => "flags",
            Self::Otherwise => "otherwise",
        }
    }

    /// All of them, gravest first: by the graver of the two levels, one that falls before one that rises, the longer way
    /// before the shorter; then by professional; then the rest.
    pub(super) fn all(matching: &Matching<'_>) -> Vec<Self> {
        let pairs = Level::ALL.into_iter().flat_map(|from| Level::ALL.into_iter().map(move |to| (from, to)));
        let mut levels: Vec<(Level, Level)> = pairs.filter(|(from, to)| from != to).collect();
        levels.sort_by_key(|(from, to)| (std::cmp::Reverse(*from.max(to)), from < to, *from.min(to)));
        let mut classes: Vec<Self> = levels.into_iter().map(|(from, to)| Self::Level { from, to }).collect();
        let everybody = everybody(matching);
        classes.extend(everybody.iter().copied().map(Self::Leaves));
        classes.extend(everybody.into_iter().map(Self::Joins));
        classes.extend([Self::Steps, Self::OnHold, Self::Waits, Self::Flags, Self::Otherwise]);
        classes
    }

    /// That the decisions of a pair differ in this way.
    pub(super) fn literal(self, gates: &mut Gates, matching: &Matching<'_>, pair: &Pair) -> Lit {
        gates.family = Family::Query;
        match self {
            Self::Level { from, to } => {
                let from = pair.old.reading.level_between(gates, from, from);
                let to = pair.new.reading.level_between(gates, to, to);
                gates.and([from, to])
            }
            Self::Joins(who) | Self::Leaves(who) => {
                let old = on_plan(gates, &pair.old, who.old);
                let new = on_plan(gates, &pair.new, who.new);
                let room = [pair.old.reading.leaves_a_plan(), pair.new.reading.leaves_a_plan()];
                let moves = if matches!(self, Self::Joins(_)) { [!old, new] } else { [old, !new] };
                gates.and(room.into_iter().chain(moves))
            }
            Self::Steps | Self::OnHold | Self::Waits | Self::Flags | Self::Otherwise => {
                let mut differ = self.differ(gates, matching, pair);
                for earlier in [Self::Steps, Self::OnHold, Self::Waits, Self::Flags] {
                    if earlier == self {
                        break;
                    }
                    let same = !earlier.differ(gates, matching, pair);
                    differ = gates.and([differ, same]);
                }
                let mut same = vec![same_level(gates, pair)];
                for who in everybody(matching) {
                    let (old, new) = (on_plan(gates, &pair.old, who.old), on_plan(gates, &pair.new, who.new));
                    same.push(gates.same(old, new));
                }
                same.push(differ);
                gates.and(same)
            }
        }
    }

    /// That the decisions of a pair differ in any way.
    pub(super) fn any(gates: &mut Gates, matching: &Matching<'_>, pair: &Pair) -> Lit {
        gates.family = Family::Query;
        let mut differ = vec![!same_level(gates, pair)];
        for part in [Self::Steps, Self::OnHold, Self::Waits, Self::Flags, Self::Otherwise] {
            differ.push(part.differ(gates, matching, pair));
        }
        gates.or(differ)
    }

    /// That one part of the outcomes differs.
    fn differ(self, gates: &mut Gates, matching: &Matching<'_>, pair: &Pair) -> Lit {
        let Matching { old, new, .. } = *matching;
        let by_service = |rules, held: &[Lit]| -> Vec<(Key<'_>, Lit)> {
            let services: &Table<ServiceIx, _> = RuleSet::services(rules);
            services.rows().iter().zip(held).map(|(row, lit)| (key([&row.id]), *lit)).collect()
        };
        let (one, other) = match self {
            Self::Steps => (steps(old, &pair.old), steps(new, &pair.new)),
            Self::OnHold => (by_service(old, &pair.old.outcome.on_hold), by_service(new, &pair.new.outcome.on_hold)),
            Self::Waits => (by_service(old, &pair.old.outcome.waits), by_service(new, &pair.new.outcome.waits)),
            Self::Flags => (flags(old, &pair.old), flags(new, &pair.new)),
            _ => {
                let key = key([]);
                (vec![(key.clone(), pair.old.outcome.otherwise)], vec![(key, pair.new.outcome.otherwise)])
            }
        };
        let mut differ = parts_differ(gates, one, other);
        if self == Self::Steps {
            for (first, second) in turned_phases(matching) {
                let there = [first, second].map(|phase| in_phase(gates, &pair.old, phase));
                differ.push(gates.and(there));
            }
        }
        gates.or(differ)
    }

    /// Whether two outcomes differ in this way.
    pub(super) fn is_between(self, matching: &Matching<'_>, old: &Outcome, new: &Outcome) -> bool {
        match self {
            Self::Level { from, to } => (old.level, new.level) == (from, to),
            Self::Joins(who) => moves(old, new, who) == Some((false, true)),
            Self::Leaves(who) => moves(old, new, who) == Some((true, false)),
            _ => {
                let parts = [Self::Steps, Self::OnHold, Self::Waits, Self::Flags, Self::Otherwise];
                let first = parts
                    .into_iter()
                    .find(|part| part.parts_of(matching, Side::Old, old) != part.parts_of(matching, Side::New, new));
                old.level == new.level
                    && everybody(matching).into_iter().all(|who| leads(old, who.old) == leads(new, who.new))
                    && first == Some(self)
            }
        }
    }

    fn parts_of<'r>(self, matching: &Matching<'r>, side: Side, outcome: &Outcome) -> (BTreeSet<Key<'r>>, Vec<&'r str>) {
        let rules = matching.rules(side);
        let services = |services: &[ServiceIx]| services.iter().map(|at| key([&rules.services()[*at].id])).collect();
        match self {
            Self::Steps => {
                let steps = outcome.steps.iter().map(|step| {
                    let (phase, service) = (&rules.phases()[step.phase].id, &rules.services()[step.service].id);
                    key([phase, service, &rules.professionals()[step.lead].id])
                });
                let mut phases: Vec<PhaseIx> = outcome.steps.iter().map(|step| step.phase).collect();
                phases.dedup();
                (steps.collect(), phases.into_iter().map(|phase| rules.phases()[phase].id.as_str()).collect())
            }
            Self::OnHold => (services(&outcome.on_hold), Vec::new()),
            Self::Waits => (services(&outcome.waits), Vec::new()),
            Self::Flags => (outcome.flags.iter().map(|at| key([&rules.flags()[*at].id])).collect(), Vec::new()),
            _ => (outcome.otherwise.then(|| key([])).into_iter().collect(), Vec::new()),
        }
    }
}

/// A part of an outcome by the ids that name it, so that both sides can be laid side by side.
type Key<'r> = Vec<&'r str>;

fn key<const N: usize>(ids: [&Id; N]) -> Key<'_> {
    ids.map(Id::as_str).to_vec()
}

/// A literal for each part that one side has and the other has not.
fn parts_differ(gates: &mut Gates, one: Vec<(Key<'_>, Lit)>, other: Vec<(Key<'_>, Lit)>) -> Vec<Lit> {
    let no = gates.no();
    let mut parts: BTreeMap<Key<'_>, (Lit, Lit)> = BTreeMap::new();
    for (key, lit) in one {
        parts.entry(key).or_insert((no, no)).0 = lit;
    }
    for (key, lit) in other {
        parts.entry(key).or_insert((no, no)).1 = lit;
    }
    parts.into_values().map(|(one, other)| !gates.same(one, other)).collect()
}

fn steps<'r>(rules: &'r RuleSet, half: &Half) -> Vec<(Key<'r>, Lit)> {
    let steps = half.outcome.steps.iter().map(|(step, lit)| {
        let (phase, service) = (&rules.phases()[step.phase].id, &rules.services()[step.service].id);
        (key([phase, service, &rules.professionals()[step.lead].id]), *lit)
    });
    steps.collect()
}

fn flags<'r>(rules: &'r RuleSet, half: &Half) -> Vec<(Key<'r>, Lit)> {
    rules.flags().rows().iter().zip(&half.outcome.flags).map(|(row, lit)| (key([&row.id]), *lit)).collect()
}

/// Phases of the old rules, two by two, that the new rules have the other way round.
fn turned_phases(matching: &Matching<'_>) -> Vec<(PhaseIx, PhaseIx)> {
    let place = |phase: PhaseIx| {
        let id = matching.old.phases()[phase].id.as_str();
        matching.new.phases().iter().find(|(_, row)| row.id.as_str() == id).map(|(position, _)| position)
    };
    let all: Vec<PhaseIx> = matching.old.phases().positions().collect();
    let pairs = all.iter().flat_map(|first| all.iter().map(move |second| (*first, *second)));
    pairs
        .filter(|(first, second)| first < second && place(*first).zip(place(*second)).is_some_and(|(a, b)| a > b))
        .collect()
}

fn in_phase(gates: &mut Gates, half: &Half, phase: PhaseIx) -> Lit {
    let steps = half.outcome.steps.iter().filter(|(step, _)| step.phase == phase);
    gates.or(steps.map(|(_, there)| *there))
}

fn same_level(gates: &mut Gates, pair: &Pair) -> Lit {
    let levels = Level::ALL.map(|level| gates.same(pair.old.reading.at_least(level), pair.new.reading.at_least(level)));
    gates.and(levels)
}

fn on_plan(gates: &mut Gates, half: &Half, who: Option<ProfessionalIx>) -> Lit {
    who.map_or(gates.no(), |who| half.outcome.leads(gates, who, None))
}

fn leads(outcome: &Outcome, who: Option<ProfessionalIx>) -> bool {
    who.is_some_and(|who| outcome.steps.iter().any(|step| step.lead == who))
}

/// Whether a professional is on the plan before and after; nothing where the level leaves no room for a plan.
fn moves(old: &Outcome, new: &Outcome, who: Who) -> Option<(bool, bool)> {
    let room = !old.level.ends_without_plan() && !new.level.ends_without_plan();
    room.then(|| (leads(old, who.old), leads(new, who.new)))
}

/// The professionals of both sides, those of the old rules first.
fn everybody(matching: &Matching<'_>) -> Vec<Who> {
    let place = |rules: &RuleSet, id: &Id| {
        let mut all = rules.professionals().iter();
        all.find(|(_, row)| row.id.as_str() == id.as_str()).map(|(position, _)| position)
    };
    let old = matching.old.professionals().iter();
    let old = old.map(|(position, row)| Who { old: Some(position), new: place(matching.new, &row.id) });
    let new = matching.new.professionals().iter().filter(|(_, row)| place(matching.old, &row.id).is_none());
    old.chain(new.map(|(position, _)| Who { old: None, new: Some(position) })).collect()
}
