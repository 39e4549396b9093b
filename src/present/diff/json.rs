//! The same as JSON. Keys stay as they are: programs read them.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::diff::{Class, Difference, Example, OneSided, Report, Thing, Who};
use crate::model::{RuleSet, ServiceIx};
use crate::present::answer::AnswersRow;
use crate::present::json::one_line;

/// All that changes, as one line of JSON.
pub fn diff_json(old: &RuleSet, new: &RuleSet, report: &Report) -> String {
    one_line(&Compared {
        identical: report.is_identical(),
        undecided: report.undecided,
        only_in_old: one_sided(&report.only_in_old),
        only_in_new: one_sided(&report.only_in_new),
        differences: report.differences.iter().map(|difference| Told::new(old, new, difference)).collect(),
    })
}

fn one_sided(only: &OneSided) -> Map<String, Value> {
    let ids = |thing: Thing| only.of(thing).map(Value::from).collect::<Vec<_>>();
    Thing::ALL.into_iter().map(|thing| (thing.plural().to_owned(), Value::from(ids(thing)))).collect()
}

#[derive(Serialize)]
struct Compared<'a> {
    identical: bool,
    undecided: bool,
    only_in_old: Map<String, Value>,
    only_in_new: Map<String, Value>,
    differences: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    kind: &'static str,
    from: &'static str,
    to: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    professional: Option<&'a str>,
    possible: bool,
    because: AnswersRow<'a>,
    because_old: AnswersRow<'a>,
    because_new: AnswersRow<'a>,
    old: Side<'a>,
    new: Side<'a>,
    rules: Vec<Rule<'a>>,
}

impl<'a> Told<'a> {
    fn new(old: &'a RuleSet, new: &'a RuleSet, difference: &'a Difference) -> Self {
        let professional = match difference.class {
            Class::Joins(who) | Class::Leaves(who) => professional(old, new, who),
            _ => None,
        };
        let Difference { because, .. } = difference;
        Self {
            kind: difference.class.kind(),
            from: difference.old.decision.outcome.level.name(),
            to: difference.new.decision.outcome.level.name(),
            professional,
            possible: difference.is_possible(),
            because: AnswersRow::new(old, because.both.iter().copied()),
            because_old: AnswersRow::new(old, because.old.iter().copied()),
            because_new: AnswersRow::new(new, because.new.iter().copied()),
            old: Side::new(old, &difference.old),
            new: Side::new(new, &difference.new),
            rules: difference
                .rules
                .iter()
                .map(|rule| Rule {
                    side: rule.side.name(),
                    kind: rule.kind.name(),
                    id: &rule.id,
                    changed: rule.changed,
                })
                .collect(),
        }
    }
}

fn professional<'a>(old: &'a RuleSet, new: &'a RuleSet, who: Who) -> Option<&'a str> {
    let old = who.old.map(|who| old.professionals()[who].id.as_str());
    old.or_else(|| who.new.map(|who| new.professionals()[who].id.as_str()))
}

#[derive(Serialize)]
struct Side<'a> {
    answers: AnswersRow<'a>,
    level: &'static str,
    flags: Vec<&'a str>,
    professionals: Vec<&'a str>,
    plan: Vec<Step<'a>>,
    on_hold: Vec<&'a str>,
    waits: Vec<&'a str>,
    otherwise: bool,
}

impl<'a> Side<'a> {
    fn new(rules: &'a RuleSet, example: &Example) -> Self {
        let outcome = &example.decision.outcome;
        let services = |services: &[ServiceIx]| -> Vec<&'a str> {
            services.iter().map(|service| rules.services()[*service].id.as_str()).collect()
        };
        Self {
            answers: AnswersRow::new(rules, example.answers.iter()),
            level: outcome.level.name(),
            flags: outcome.flags.iter().map(|flag| rules.flags()[*flag].id.as_str()).collect(),
            professionals: outcome.professionals().iter().map(|who| rules.professionals()[*who].id.as_str()).collect(),
            plan: outcome
                .steps
                .iter()
                .map(|step| Step {
                    phase: rules.phases()[step.phase].id.as_str(),
                    service: rules.services()[step.service].id.as_str(),
                    lead: rules.professionals()[step.lead].id.as_str(),
                })
                .collect(),
            on_hold: services(&outcome.on_hold),
            waits: services(&outcome.waits),
            otherwise: outcome.otherwise,
        }
    }
}

#[derive(Serialize)]
struct Step<'a> {
    phase: &'a str,
    service: &'a str,
    lead: &'a str,
}

#[derive(Serialize)]
struct Rule<'a> {
    side: &'static str,
    kind: &'static str,
    id: &'a str,
    changed: bool,
}
