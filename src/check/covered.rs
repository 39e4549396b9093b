//! Which other rules make a rule redundant.

use batsat::Lit;

use super::checking::Checking;
use super::dead::rule_name;
use crate::decide::Rule;
use crate::model::{FlagIx, RuleSet};
use crate::prove::gates::{Found, Gates};
use crate::prove::symbolic::{Person, flag_holds};

/// Other rules of which one holds whenever this one does: those that it takes to prove that it is redundant.
pub(super) fn covered_by(
    checking: &mut Checking<'_, '_>,
    conditions: &mut Conditions<'_>,
    rule: Rule,
) -> Option<String> {
    let rules = checking.rules;
    let mut others: Vec<Rule> = match rule {
        Rule::Need(need) => {
            let row = &rules.needs()[need];
            let same = rules.needs().iter().filter(|(other, other_row)| {
                *other != need && (other_row.phase, other_row.service) == (row.phase, row.service)
            });
            same.map(|(other, _)| Rule::Need(other)).collect()
        }
        Rule::Flag(flag) => {
            let level = rules.flags()[flag].level;
            let as_grave = rules.flags().iter().filter(|(other, row)| *other != flag && row.level >= level);
            as_grave.map(|(other, _)| Rule::Flag(other)).collect()
        }
        Rule::Preference(_) => return None,
    };
    // The clauses are there already for all rules, and tell which few are worth a closer look.
    let symbolic = checking.symbolic();
    let holding = |rule: Rule| symbolic.reading.rule(rule);
    let mut assumptions: Vec<Lit> = holding(rule).into_iter().collect();
    if matches!(rule, Rule::Need(_)) {
        assumptions.push(symbolic.reading.leaves_a_plan());
    }
    assumptions.extend(others.iter().filter_map(|other| holding(*other)).map(|holds| !holds));
    if symbolic.gates.search(&assumptions) != Found::No {
        return None;
    }
    others.retain(|other| holding(*other).is_some_and(|holds| symbolic.gates.in_conflict(holds)));
    if others.len() > MOST_NAMED {
        return None;
    }
    // The conflict names more than it takes at times; leaving out one by one finds a set that cannot be made smaller.
    let mut place = 0;
    while others.len() > 1 && place < others.len() {
        let mut fewer = others.clone();
        fewer.remove(place);
        if conditions.covered(rule, &fewer) { others = fewer } else { place += 1 }
    }
    let names: Vec<String> = others.iter().map(|other| format!("`{}`", rule_name(rules, *other).1)).collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

/// More rules than this that together make another redundant are not named: nobody would read the list.
const MOST_NAMED: usize = 8;

/// The conditions of some rules and nothing that follows from them: little to settle for the solver.
pub(super) struct Conditions<'r> {
    rules: &'r RuleSet,
    gates: Gates,
    person: Person,
}

impl<'r> Conditions<'r> {
    pub(super) fn new(checking: &mut Checking<'r, '_>) -> Self {
        let rules = checking.rules;
        let symbolic = checking.symbolic();
        let mut gates = symbolic.gates.anew();
        let person = Person::anybody(&mut gates, rules, &symbolic.scales);
        Self { rules, gates, person }
    }

    /// One of the others holds whenever this rule does, in a plan if it is a need. Not known is no.
    fn covered(&mut self, rule: Rule, others: &[Rule]) -> bool {
        let mut assumptions: Vec<Lit> = others.iter().map(|other| !self.holds(*other)).collect();
        assumptions.push(self.holds(rule));
        if matches!(rule, Rule::Need(_)) {
            let without_plan = self.rules.flags().iter().filter(|(_, flag)| flag.level.ends_without_plan());
            let without_plan: Vec<FlagIx> = without_plan.map(|(flag, _)| flag).collect();
            assumptions.extend(without_plan.into_iter().map(|flag| !self.holds(Rule::Flag(flag))));
        }
        self.gates.search(&assumptions) == Found::No
    }

    fn holds(&mut self, rule: Rule) -> Lit {
        let Self { rules, gates, person } = self;
        match rule {
            Rule::Flag(flag) => flag_holds(gates, rules, person, &rules.flags()[flag]),
            Rule::Need(need) => person.whole(gates, rules, rules.needs()[need].when.as_ref()),
            Rule::Preference(preference) => person.whole(gates, rules, rules.preferences()[preference].when.as_ref()),
        }
    }
}
