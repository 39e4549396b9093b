//! Which rules hold for a person, what they need, and what level that makes.

use std::collections::{BTreeMap, BTreeSet};

use batsat::Lit;

use super::mentions::Mentions;
use super::person::Person;
use crate::decide::Rule;
use crate::model::{Flag, FlagIx, Level, NeedIx, PhaseIx, Position, PreferenceIx, QuestionIx, RuleSet, ServiceIx};
use crate::prove::gates::{Family, Gates};

/// The truth of every rule for one person.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// Which flags hold, whether or not they count.
    pub(crate) flags: Vec<Lit>,
    /// Which needs hold.
    pub(crate) needs: Vec<Lit>,
    /// Which preferences hold.
    pub(crate) preferences: Vec<Lit>,
    /// Which services are needed in which phase, in order; what no need asks for is not listed.
    pub(crate) demand: Vec<(PhaseIx, ServiceIx, Lit)>,
    /// Which services are needed in any phase.
    pub(crate) needed: Vec<Lit>,
    /// Which flags hold and count.
    pub(crate) counts: Vec<Lit>,
    /// Whether the level is at least this, for each level.
    at_least: [Lit; Level::ALL.len()],
}

impl Reading {
    /// Reads all rules.
    pub(crate) fn new(gates: &mut Gates, rules: &RuleSet, person: &Person) -> Self {
        Self::build(gates, rules, person, None)
    }

    /// Reads all rules for somebody who is like the person of another reading.
    pub(crate) fn like(gates: &mut Gates, rules: &RuleSet, person: &Person, other: &Self, mentions: &Mentions) -> Self {
        Self::build(gates, rules, person, Some((other, mentions)))
    }

    fn build(gates: &mut Gates, rules: &RuleSet, person: &Person, like: Option<(&Self, &Mentions)>) -> Self {
        gates.family = Family::Conditions;
        // What looks only at questions that stand alike is known.
        let known = |row: usize, lits: fn(&Self) -> &[Lit], questions: fn(&Mentions) -> &[BTreeSet<QuestionIx>]| {
            let (other, mentions) = like?;
            let alike = person.stands_alike(questions(mentions).get(row));
            lits(other).get(row).copied().filter(|_| alike)
        };
        let mut flags = Vec::with_capacity(rules.flags().len());
        for (row, flag) in rules.flags().rows().iter().enumerate() {
            flags.push(
                known(row, |reading| &reading.flags, |mentions| &mentions.flags)
                    .unwrap_or_else(|| flag_holds(gates, rules, person, flag)),
            );
        }
        let mut needs = Vec::with_capacity(rules.needs().len());
        for (row, need) in rules.needs().rows().iter().enumerate() {
            needs.push(
                known(row, |reading| &reading.needs, |mentions| &mentions.needs)
                    .unwrap_or_else(|| person.whole(gates, rules, need.when.as_ref())),
            );
        }
        let mut preferences = Vec::with_capacity(rules.preferences().len());
        for (row, preference) in rules.preferences().rows().iter().enumerate() {
            preferences.push(
                known(row, |reading| &reading.preferences, |mentions| &mentions.preferences)
                    .unwrap_or_else(|| person.whole(gates, rules, preference.when.as_ref())),
            );
        }
        let demand = demand(gates, rules, &needs);
        let needed: Vec<Lit> = rules
            .services()
            .positions()
            .map(|service| {
                let anywhere = demand.iter().filter(|(_, what, _)| *what == service);
                gates.or(anywhere.map(|(_, _, needed)| *needed))
            })
            .collect();
        gates.family = Family::Level;
        let counts: Vec<Lit> = rules
            .flags()
            .rows()
            .iter()
            .zip(&flags)
            .map(|(flag, holds)| {
                let matters = counting(gates, flag, &needed);
                gates.and([*holds, matters])
            })
            .collect();
        let at_least = Level::ALL.map(|level| {
            if level == Level::None {
                return gates.yes();
            }
            let grave = rules.flags().rows().iter().zip(&counts).filter(|(flag, _)| flag.level >= level);
            gates.or(grave.map(|(_, counts)| *counts))
        });
        Self { flags, needs, preferences, demand, needed, counts, at_least }
    }

    /// All that the outcome is made of, level first, in an order that depends on the rule set alone.
    pub(crate) fn truths(&self) -> impl Iterator<Item = Lit> {
        let demand = self.demand.iter().map(|(_, _, needed)| needed);
        let rest = demand.chain(&self.needed).chain(&self.preferences).chain(&self.counts);
        self.at_least.iter().rev().chain(rest).copied()
    }

    /// The same, to be replaced by others that mean the same.
    pub(crate) fn truths_mut(&mut self) -> impl Iterator<Item = &mut Lit> {
        let demand = self.demand.iter_mut().map(|(_, _, needed)| needed);
        let rest = demand.chain(&mut self.needed).chain(&mut self.preferences).chain(&mut self.counts);
        self.at_least.iter_mut().rev().chain(rest)
    }

    /// The level is this or graver.
    pub(crate) fn at_least(&self, level: Level) -> Lit {
        let [none, caution, clearance, physician, urgent, emergency] = self.at_least;
        match level {
            Level::None => none,
            Level::Caution => caution,
            Level::Clearance => clearance,
            Level::Physician => physician,
            Level::Urgent => urgent,
            Level::Emergency => emergency,
        }
    }

    /// The level lies between these, both included.
    pub(crate) fn level_between(&self, gates: &mut Gates, least: Level, most: Level) -> Lit {
        let above = Level::ALL.into_iter().find(|level| *level > most).map_or(gates.no(), |next| self.at_least(next));
        gates.and([self.at_least(least), !above])
    }

    /// This level is lower than the other's.
    pub(crate) fn is_lower(&self, gates: &mut Gates, other: &Self) -> Lit {
        gates.family = Family::Query;
        let higher = Level::ALL.map(|level| gates.and([other.at_least(level), !self.at_least(level)]));
        gates.or(higher)
    }

    /// A flag of this level or graver holds, whether or not the plan needs what it holds back.
    pub(crate) fn raises(&self, gates: &mut Gates, rules: &RuleSet, level: Level) -> Lit {
        gates.or(self.raising(rules, level))
    }

    /// The flags of this level or graver, each as whether it holds.
    pub(crate) fn raising(&self, rules: &RuleSet, level: Level) -> impl Iterator<Item = Lit> {
        let flags = rules.flags().rows().iter().zip(&self.flags);
        flags.filter(move |(flag, _)| flag.level >= level).map(|(_, holds)| *holds)
    }

    /// No flag that holds is as grave as the other's level. A flag that no longer counts because the plan no longer needs
    /// what it holds back was not missed.
    pub(crate) fn misses(&self, gates: &mut Gates, rules: &RuleSet, other: &Self) -> Lit {
        gates.family = Family::Query;
        let missed = Level::ALL.map(|level| {
            let raised = if level == Level::None { gates.yes() } else { self.raises(gates, rules, level) };
            gates.and([other.at_least(level), !raised])
        });
        gates.or(missed)
    }

    /// A flag counts for the other and does not hold here, as literals that both hold then; `None` where it holds for both
    /// or for neither.
    pub(crate) fn loses(&self, flag: FlagIx, other: &Self) -> Option<[Lit; 2]> {
        let (here, there) = (self.flag(flag)?, other.flag(flag)?);
        let counts = other.counts.get(flag.index()).copied()?;
        (here != there).then_some([counts, !here])
    }

    /// The level leaves room for a plan.
    pub(crate) fn leaves_a_plan(&self) -> Lit {
        !self.at_least(Level::Urgent)
    }

    /// A rule holds.
    pub(crate) fn rule(&self, rule: Rule) -> Option<Lit> {
        match rule {
            Rule::Flag(flag) => self.flag(flag),
            Rule::Need(need) => self.need(need),
            Rule::Preference(preference) => self.preference(preference),
        }
    }

    fn flag(&self, flag: FlagIx) -> Option<Lit> {
        self.flags.get(flag.index()).copied()
    }

    fn need(&self, need: NeedIx) -> Option<Lit> {
        self.needs.get(need.index()).copied()
    }

    fn preference(&self, preference: PreferenceIx) -> Option<Lit> {
        self.preferences.get(preference.index()).copied()
    }
}

/// A flag holds: its condition does, and nothing excuses the person.
pub(crate) fn flag_holds(gates: &mut Gates, rules: &RuleSet, person: &Person, flag: &Flag) -> Lit {
    let when = person.whole(gates, rules, flag.when.as_ref());
    let excused = flag.unless.as_ref().map_or(gates.no(), |unless| person.holds(gates, rules, unless));
    gates.and([when, !excused])
}

fn demand(gates: &mut Gates, rules: &RuleSet, needs: &[Lit]) -> Vec<(PhaseIx, ServiceIx, Lit)> {
    gates.family = Family::Demand;
    let mut asking: BTreeMap<(PhaseIx, ServiceIx), Vec<Lit>> = BTreeMap::new();
    for (need, holds) in rules.needs().rows().iter().zip(needs) {
        asking.entry((need.phase, need.service)).or_default().push(*holds);
    }
    asking.into_iter().map(|((phase, service), needs)| (phase, service, gates.or(needs))).collect()
}

/// A flag that holds counts.
fn counting(gates: &mut Gates, flag: &Flag, needed: &[Lit]) -> Lit {
    if !flag.counts_only_if_it_holds_back() {
        return gates.yes();
    }
    let held: Vec<Lit> = flag.holds.iter().filter_map(|service| needed.get(service.index()).copied()).collect();
    gates.or(held)
}
