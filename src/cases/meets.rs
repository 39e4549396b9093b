//! What a case expects, as a literal over all possible answers.

use batsat::Lit;

use super::compare::fits;
use crate::answers::{Expectation, Sayable};
use crate::decide::{Rule, Step};
use crate::model::{Level, Position, ProfessionalIx, RuleSet, ServiceIx};
use crate::prove::gates::{Family, Gates};
use crate::prove::prover::Symbolic;

/// Literals that all hold if and only if the decision is as expected.
pub(super) fn meets(symbolic: &mut Symbolic, rules: &RuleSet, expect: &Expectation) -> Vec<Lit> {
    symbolic.gates.family = Family::Query;
    let mut all = Vec::new();
    if let Some(levels) = &expect.level {
        let Symbolic { gates, reading, .. } = symbolic;
        let any: Vec<Lit> = levels.iter().map(|level| reading.level_between(gates, *level, *level)).collect();
        all.push(gates.or(any));
    }
    if let Some(flags) = &expect.flags {
        if flags.is_empty() {
            let raising = rules.flags().iter().filter(|(_, flag)| flag.level > Level::None);
            all.extend(raising.map(|(flag, _)| !symbolic.tells(rules, flag)));
        } else {
            all.extend(flags.iter().map(|flag| symbolic.tells(rules, *flag)));
        }
    }
    for saying in &expect.says {
        let told: Vec<Lit> = saying.sayables.iter().map(|sayable| tells(symbolic, rules, *sayable)).collect();
        all.push(symbolic.gates.or(told));
    }
    let outcome = symbolic.outcome(rules);
    let gates = &mut symbolic.gates;
    if let Some(expected) = &expect.professionals {
        for who in rules.professionals().positions() {
            let leads = outcome.leads(gates, who, None);
            all.push(if expected.contains(&who) { leads } else { !leads });
        }
        for pair in expected.windows(2) {
            if let [first, second] = pair {
                all.extend(not_before(gates, &outcome.steps, *second, *first));
            }
        }
    }
    for wanted in &expect.plan {
        let there = outcome.steps.iter().filter(|(step, _)| fits(wanted, *step)).map(|(_, there)| *there);
        all.push(gates.or(there));
    }
    for (expected, held) in [(&expect.on_hold, &outcome.on_hold), (&expect.waits, &outcome.waits)] {
        let is_held = |service: &ServiceIx| held.get(service.index()).copied();
        match expected.as_deref() {
            None => {}
            Some([]) => all.extend(held.iter().map(|held| !*held)),
            Some(services) => all.extend(services.iter().filter_map(is_held)),
        }
    }
    for who in &expect.not_professionals {
        all.push(!outcome.leads(gates, *who, None));
    }
    all
}

/// Something is told in words.
fn tells(symbolic: &mut Symbolic, rules: &RuleSet, sayable: Sayable) -> Lit {
    match sayable {
        Sayable::Flag(flag) => symbolic.tells(rules, flag),
        Sayable::Need(need) => {
            let plan = symbolic.outcome(rules).plan;
            let holds = symbolic.reading.rule(Rule::Need(need)).unwrap_or(symbolic.gates.no());
            symbolic.gates.and([plan, holds])
        }
        Sayable::Preference(preference) => symbolic.decides(rules, preference),
    }
}

/// Wherever `later` leads something, `first` has led something before. Steps stand in the order of the plan.
fn not_before(gates: &mut Gates, steps: &[(Step, Lit)], later: ProfessionalIx, first: ProfessionalIx) -> Vec<Lit> {
    let mut begun = gates.no();
    let mut all = Vec::new();
    for (step, there) in steps {
        if step.lead == first {
            begun = gates.or([begun, *there]);
        } else if step.lead == later {
            all.push(gates.or([!*there, begun]));
        }
    }
    all
}
