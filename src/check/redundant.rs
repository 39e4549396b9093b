//! No rule could be left out without changing a decision.
//!
//! Everything is read twice for the same person, the second time with a switch on every rule. A rule is redundant if no
//! answers make the two differ while it alone is switched off. Whether a flag itself is told is not looked at: its words
//! are all that is left of it when others do the same.

use std::collections::BTreeMap;

use batsat::Lit;

use super::checking::Checking;
use super::dead::rule_name;
use crate::decide::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FlagIx, NeedIx, Position, RuleSet};
use crate::prove::gates::{Family, Found};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Cover, Outcome, Reading};

/// Every flag, need and preference is needed.
pub(super) fn rules_are_needed(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let candidates = candidates(checking);
    let likely: Vec<Lit> = candidates.iter().map(|(_, needed)| *needed).collect();
    let found = checking.each_possible(&likely);
    let mut switched = None;
    for ((rule, _), found) in candidates.into_iter().zip(found) {
        let found = match found {
            // That nothing else does what it does is enough; that something else does is not.
            Found::No => {
                switched.get_or_insert_with(|| Switched::new(checking.symbolic(), rules)).needed(checking, rule)
            }
            found => found,
        };
        let (kind, id) = rule_name(rules, rule);
        let message = format!("leaving out the {kind} `{id}` would change no decision");
        let mut fault = Diagnostic::new(Code::RedundantRule, id.span(), message);
        if found == Found::No
            && let Some(others) = covered_by(checking, rule)
        {
            fault = fault.help(format!("whenever it holds, so does {others}"));
        }
        checking.expect_possible(found, fault);
    }
}

/// The rules that can hold and show, each with a literal that is enough for it to be needed.
fn candidates(checking: &mut Checking<'_, '_>) -> Vec<(Rule, Lit)> {
    let rules = checking.rules;
    let known = |rule: &Rule| {
        let span = rule_name(rules, *rule).1.span();
        let dead = [Code::DeadFlag, Code::NeverHolds, Code::NeverShows];
        !dead.iter().any(|code| checking.is_faulty(*code, span))
    };
    let flags = rules.flags().iter().filter(|(_, flag)| flag.level > crate::model::Level::None);
    let flags = flags.map(|(position, _)| Rule::Flag(position));
    let needs = rules.needs().positions().map(Rule::Need);
    let preferences = rules.preferences().positions().map(Rule::Preference);
    let all: Vec<Rule> = flags.chain(needs).chain(preferences).filter(known).collect();
    let symbolic = checking.symbolic();
    symbolic.gates.family = Family::Query;
    let same_need = needs_by_demand(rules);
    all.into_iter()
        .map(|rule| {
            let needed = match rule {
                Rule::Flag(flag) => raises_the_level(symbolic, rules, flag),
                Rule::Need(need) => asks_alone(symbolic, rules, &same_need, need),
                Rule::Preference(_) => symbolic.gates.no(),
            };
            (rule, needed)
        })
        .collect()
}

/// A flag counts, and no other that is as grave does.
fn raises_the_level(symbolic: &mut Symbolic, rules: &RuleSet, flag: FlagIx) -> Lit {
    let level = rules.flags()[flag].level;
    let others = rules.flags().iter().zip(&symbolic.reading.counts);
    let others = others.filter(|((other, row), _)| *other != flag && row.level >= level).map(|(_, counts)| !*counts);
    let counts = symbolic.reading.counts.get(flag.index()).copied();
    symbolic.gates.and(others.chain(counts).collect::<Vec<_>>())
}

/// A need holds in a plan, and no other asks for the same.
fn asks_alone(
    symbolic: &mut Symbolic,
    rules: &RuleSet,
    same: &BTreeMap<(usize, usize), Vec<NeedIx>>,
    need: NeedIx,
) -> Lit {
    let row = &rules.needs()[need];
    let others = same.get(&(row.phase.index(), row.service.index())).into_iter().flatten();
    let lit = |need: &NeedIx| symbolic.reading.needs.get(need.index()).copied();
    let mut alone: Vec<Lit> = others.filter(|other| **other != need).filter_map(lit).map(|holds| !holds).collect();
    alone.extend(lit(&need));
    alone.push(symbolic.outcome.plan);
    symbolic.gates.and(alone)
}

fn needs_by_demand(rules: &RuleSet) -> BTreeMap<(usize, usize), Vec<NeedIx>> {
    let mut same: BTreeMap<(usize, usize), Vec<NeedIx>> = BTreeMap::new();
    for (position, need) in rules.needs().iter() {
        same.entry((need.phase.index(), need.service.index())).or_default().push(position);
    }
    same
}

/// The outcome of the same person with any rules switched off.
struct Switched {
    on: BTreeMap<Rule, Lit>,
    /// The outcomes differ.
    differs: Lit,
    /// The outcomes differ in something else than in which flags are told.
    differs_beside_flags: Lit,
}

impl Switched {
    fn new(symbolic: &mut Symbolic, rules: &RuleSet) -> Self {
        let mut on = BTreeMap::new();
        let Symbolic { gates, person, outcome, .. } = symbolic;
        let reading = Reading::with_switches(gates, rules, person, |gates, rule| {
            *on.entry(rule).or_insert_with(|| gates.fresh())
        });
        let cover = Cover::new(gates, rules, &reading);
        let switched = Outcome::new(gates, rules, &reading, &cover);
        let differs = outcome.differs(gates, &switched);
        let differs_beside_flags = outcome.differs_beside_flags(gates, &switched);
        Self { on, differs, differs_beside_flags }
    }

    /// Whether the outcome can change if this rule alone is switched off.
    fn needed(&self, checking: &mut Checking<'_, '_>, rule: Rule) -> Found {
        let switches = self.on.iter().map(|(other, on)| if *other == rule { !*on } else { *on });
        let differs = if matches!(rule, Rule::Flag(_)) { self.differs_beside_flags } else { self.differs };
        let assumptions: Vec<Lit> = switches.chain([differs]).collect();
        checking.search(&assumptions)
    }
}

/// Other rules of which one holds whenever this one does: those that it takes to prove that it is redundant.
fn covered_by(checking: &mut Checking<'_, '_>, rule: Rule) -> Option<String> {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let holding = |rule: Rule| symbolic.reading.rule(rule).map(|lit| (rule, lit));
    let others: Vec<(Rule, Lit)> = match rule {
        Rule::Need(need) => {
            let row = &rules.needs()[need];
            let same = rules.needs().iter().filter(|(other, other_row)| {
                *other != need && (other_row.phase, other_row.service) == (row.phase, row.service)
            });
            same.filter_map(|(other, _)| holding(Rule::Need(other))).collect()
        }
        Rule::Flag(flag) => {
            let level = rules.flags()[flag].level;
            let graver = rules.flags().iter().filter(|(other, row)| *other != flag && row.level >= level);
            graver.filter_map(|(other, _)| holding(Rule::Flag(other))).collect()
        }
        Rule::Preference(_) => return None,
    };
    let (_, holds) = holding(rule)?;
    let mut assumed: Vec<(Rule, Lit)> = others.into_iter().map(|(other, lit)| (other, !lit)).collect();
    let planned = symbolic.reading.leaves_a_plan();
    let context: Vec<Lit> = if matches!(rule, Rule::Need(_)) { vec![holds, planned] } else { vec![holds] };
    let mut impossible = |assumed: &[(Rule, Lit)]| {
        let assumptions: Vec<Lit> = context.iter().copied().chain(assumed.iter().map(|(_, lit)| *lit)).collect();
        (symbolic.search(&assumptions) == Found::No)
            .then(|| assumed.iter().copied().filter(|(_, lit)| symbolic.gates.in_conflict(*lit)).collect::<Vec<_>>())
    };
    // The conflict names more than it takes at times; leaving out one by one finds a set that cannot be made smaller.
    assumed = impossible(&assumed)?;
    if assumed.len() > 3 * MOST_NAMED {
        return None;
    }
    let mut place = 0;
    while place < assumed.len() {
        let mut fewer = assumed.clone();
        fewer.remove(place);
        match impossible(&fewer) {
            Some(enough) => assumed = enough,
            None => place += 1,
        }
    }
    let names: Vec<String> = assumed.iter().map(|(other, _)| format!("`{}`", rule_name(rules, *other).1)).collect();
    (!names.is_empty() && names.len() <= MOST_NAMED).then(|| names.join(" or "))
}

/// More rules than this that together make another redundant are not named: nobody would read the list.
const MOST_NAMED: usize = 8;
