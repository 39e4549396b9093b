//! No rule could be left out without changing a decision.
//!
//! What a flag or a need does is known: it is redundant if whenever it holds others do all of it. What a preference does
//! is not: the professionals are chosen twice, the second time with a switch on every preference. Whether a flag itself
//! is told is not looked at; its words are all that is left of it when others do the same.

use std::collections::BTreeSet;

use batsat::Lit;

use super::checking::Checking;
use super::covered::{Conditions, covered_by};
use super::dead::rule_name;
use crate::decide::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Flag, FlagIx, Level, NeedIx, Position, PreferenceIx, QuestionIx, RuleSet};
use crate::prove::gates::{Family, Found};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Cover, Outcome};

/// Every flag and need is needed.
pub(super) fn rules_are_needed(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let candidates = candidates(checking);
    let mentions = &checking.symbolic().mentions;
    let mentioned = |rule: &Rule| match rule {
        Rule::Flag(flag) => mentions.flags.get(flag.index()),
        Rule::Need(need) => mentions.needs.get(need.index()),
        Rule::Preference(preference) => mentions.preferences.get(preference.index()),
    };
    let does: Vec<(Lit, BTreeSet<QuestionIx>)> =
        candidates.iter().map(|(rule, does)| (*does, mentioned(rule).cloned().unwrap_or_default())).collect();
    let found = checking.each_possible_about(&does);
    let mut conditions = Conditions::new(checking);
    for ((rule, _), found) in candidates.into_iter().zip(found) {
        let mut fault = redundant(rules, rule);
        if found == Found::No
            && let Some(others) = covered_by(checking, &mut conditions, rule)
        {
            fault = fault.help(format!("whenever it holds, so does {others}"));
        }
        checking.expect_possible(found, fault);
    }
}

/// Every preference is needed.
pub(super) fn preferences_are_needed(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let preferences: Vec<PreferenceIx> =
        rules.preferences().positions().filter(|row| is_alive(checking, Rule::Preference(*row))).collect();
    if !preferences.is_empty() {
        let switched = Switched::new(checking.symbolic(), rules);
        for preference in preferences {
            let found = switched.needed(checking, preference);
            checking.expect_possible(found, redundant(rules, Rule::Preference(preference)));
        }
    }
}

fn redundant(rules: &RuleSet, rule: Rule) -> Diagnostic {
    let (kind, id) = rule_name(rules, rule);
    let message = format!("leaving out the {kind} `{id}` would change no decision");
    Diagnostic::new(Code::RedundantRule, id.span(), message)
}

/// A rule can hold and show: of a dead one that is told already.
fn is_alive(checking: &Checking<'_, '_>, rule: Rule) -> bool {
    let span = rule_name(checking.rules, rule).1.span();
    let dead = [Code::DeadFlag, Code::NeverHolds, Code::NeverShows];
    !dead.iter().any(|code| checking.is_faulty(*code, span))
}

/// The flags and needs that can hold and show, each with a literal for "it does something that no other does".
fn candidates(checking: &mut Checking<'_, '_>) -> Vec<(Rule, Lit)> {
    let rules = checking.rules;
    let flags = rules.flags().iter().filter(|(_, flag)| flag.level > Level::None);
    let flags = flags.map(|(position, _)| Rule::Flag(position));
    let needs = rules.needs().positions().map(Rule::Need);
    let alive: Vec<Rule> = flags.chain(needs).filter(|rule| is_alive(checking, *rule)).collect();
    let symbolic = checking.symbolic();
    symbolic.gates.family = Family::Query;
    let graver = Graver::new(symbolic, rules);
    let does = |rule| match rule {
        Rule::Flag(flag) => flag_does(symbolic, rules, &graver, flag),
        Rule::Need(need) => need_does(symbolic, rules, need),
        Rule::Preference(_) => symbolic.gates.no(),
    };
    let mut does = does;
    alive.into_iter().map(|rule| (rule, does(rule))).collect()
}

/// For each level, that a flag above it counts.
struct Graver(Vec<(Level, Lit)>);

impl Graver {
    fn new(symbolic: &mut Symbolic, rules: &RuleSet) -> Self {
        let above = |symbolic: &mut Symbolic, level: Level| {
            let flags = rules.flags().rows().iter().zip(&symbolic.reading.counts);
            let graver = flags.filter(|(flag, _)| flag.level > level).map(|(_, counts)| *counts);
            symbolic.gates.or(graver.collect::<Vec<_>>())
        };
        Self(Level::ALL.into_iter().map(|level| (level, above(symbolic, level))).collect())
    }

    fn than(&self, level: Level) -> Option<Lit> {
        self.0.iter().find(|(of, _)| *of == level).map(|(_, graver)| *graver)
    }
}

/// A flag counts, and it alone makes the level, or holds back something that is needed and that no other of its level
/// does.
fn flag_does(symbolic: &mut Symbolic, rules: &RuleSet, graver: &Graver, flag: FlagIx) -> Lit {
    let row = &rules.flags()[flag];
    let Symbolic { gates, reading, .. } = symbolic;
    let counts = reading.counts.get(flag.index()).copied().unwrap_or(gates.no());
    let others: Vec<(&Flag, Lit)> = rules
        .flags()
        .iter()
        .zip(&reading.counts)
        .filter(|((other, other_row), _)| *other != flag && other_row.level == row.level)
        .map(|((_, other_row), counts)| (other_row, *counts))
        .collect();
    let none_as_grave = others.iter().map(|(_, counts)| !*counts).chain(graver.than(row.level).map(|graver| !graver));
    let mut effects = vec![gates.and(none_as_grave.collect::<Vec<_>>())];
    if row.counts_only_if_it_holds_back() {
        let planned = reading.leaves_a_plan();
        // At `physician` everything waits anyway.
        let waits_anyway = if row.level == Level::Clearance { reading.at_least(Level::Physician) } else { gates.no() };
        for service in &row.holds {
            let also = others.iter().filter(|(other, _)| other.holds.contains(service)).map(|(_, counts)| !*counts);
            let needed = reading.needed.get(service.index()).copied();
            effects.push(gates.and(also.chain(needed).chain([planned, !waits_anyway]).collect::<Vec<_>>()));
        }
    }
    let effect = gates.or(effects);
    gates.and([counts, effect])
}

/// A need holds in a plan, and no other asks for the same; or where all is on hold, no other asks for the service at all.
fn need_does(symbolic: &mut Symbolic, rules: &RuleSet, need: NeedIx) -> Lit {
    let row = &rules.needs()[need];
    let outcome = symbolic.outcome(rules);
    let Symbolic { gates, reading, .. } = symbolic;
    let (mut alone, mut only) = (Vec::new(), Vec::new());
    for ((other, other_row), holds) in rules.needs().iter().zip(&reading.needs) {
        if other != need && other_row.service == row.service {
            only.push(!*holds);
            if other_row.phase == row.phase {
                alone.push(!*holds);
            }
        }
    }
    let only = gates.and(only);
    let shows = gates.or([outcome.plan, only]);
    alone.extend(reading.needs.get(need.index()));
    alone.extend([shows, reading.leaves_a_plan()]);
    gates.and(alone)
}

/// The outcome of the same person with any preferences switched off.
struct Switched {
    on: Vec<(PreferenceIx, Lit)>,
    /// The outcomes differ.
    differs: Lit,
}

impl Switched {
    fn new(symbolic: &mut Symbolic, rules: &RuleSet) -> Self {
        let outcome = symbolic.outcome(rules);
        let Symbolic { gates, reading, .. } = symbolic;
        let on: Vec<(PreferenceIx, Lit)> =
            rules.preferences().positions().map(|preference| (preference, gates.fresh())).collect();
        let mut switched = reading.clone();
        for (holds, (_, on)) in switched.preferences.iter_mut().zip(&on) {
            *holds = gates.and([*holds, *on]);
        }
        let cover = Cover::new(gates, rules, &switched);
        let switched = Outcome::new(gates, rules, &switched, &cover);
        Self { on, differs: outcome.differs(gates, &switched) }
    }

    /// Whether the outcome can change if this preference alone is switched off.
    fn needed(&self, checking: &mut Checking<'_, '_>, preference: PreferenceIx) -> Found {
        let switches = self.on.iter().map(|(other, on)| if *other == preference { !*on } else { *on });
        let assumptions: Vec<Lit> = switches.chain([self.differs]).collect();
        checking.search(&assumptions)
    }
}
