//! A decision beside what was expected of it.

use crate::answers::{Expectation, ExpectedStep, Sayable};
use crate::decide::{Decision, Outcome, Step};
use crate::model::{Id, Level, RuleSet};

/// Something that a case expected and did not get. Both sides are lists of ids, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The key of the expectation.
    pub key: &'static str,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub got: String,
}

/// What is wrong with a decision; nothing if all is as expected.
pub(crate) fn compare(rules: &RuleSet, decision: &Decision, expect: &Expectation) -> Vec<Mismatch> {
    let Decision { outcome, evidence } = decision;
    let mut mismatches = Vec::new();
    let mut check = |key: &'static str, holds: bool, expected: String, got: String| {
        if !holds {
            mismatches.push(Mismatch { key, expected, got });
        }
    };
    if let Some(levels) = &expect.level {
        let expected = levels.iter().map(|level| level.name()).collect::<Vec<_>>().join(" or ");
        check("level", levels.contains(&outcome.level), expected, outcome.level.to_string());
    }
    let who = |professionals: &[_]| ids(professionals.iter().map(|who| &rules.professionals()[*who].id));
    let what = |services: &[_]| ids(services.iter().map(|service| &rules.services()[*service].id));
    let on_plan = outcome.professionals();
    if let Some(professionals) = &expect.professionals {
        check("professionals", *professionals == on_plan, who(professionals), who(&on_plan));
    }
    for step in &expect.plan {
        check(
            "plan",
            outcome.steps.iter().any(|got| fits(step, *got)),
            step_text(rules, step),
            plan_text(rules, outcome),
        );
    }
    if let Some(flags) = &expect.flags {
        let name = |flags: &[_]| ids(flags.iter().map(|flag| &rules.flags()[*flag].id));
        let counting: Vec<_> =
            evidence.flags.iter().copied().filter(|flag| rules.flags()[*flag].level > Level::None).collect();
        let holds =
            if flags.is_empty() { counting.is_empty() } else { flags.iter().all(|flag| evidence.flags.contains(flag)) };
        check("flags", holds, name(flags), name(&evidence.flags));
    }
    for (key, expected, got) in
        [("on_hold", &expect.on_hold, &outcome.on_hold), ("waits", &expect.waits, &outcome.waits)]
    {
        if let Some(expected) = expected {
            let holds =
                if expected.is_empty() { got.is_empty() } else { expected.iter().all(|service| got.contains(service)) };
            check(key, holds, what(expected), what(got));
        }
    }
    let not: Vec<_> = expect.not_professionals.iter().copied().filter(|who| on_plan.contains(who)).collect();
    check("not_professionals", not.is_empty(), format!("not {}", who(&not)), who(&on_plan));
    let told = told(decision);
    let names = |says: &mut dyn Iterator<Item = &str>| says.collect::<Vec<_>>().join(", ");
    check(
        "says",
        expect.says.iter().all(|saying| saying.sayables.iter().any(|sayable| told.contains(sayable))),
        names(&mut expect.says.iter().map(|saying| saying.id.as_str())),
        ids(told.iter().map(|sayable| id_of(rules, *sayable))),
    );
    mismatches
}

/// All that is told of a decision in words and has an id, in the order of the kinds and the file.
pub(crate) fn told(decision: &Decision) -> Vec<Sayable> {
    let evidence = &decision.evidence;
    let flags = evidence.flags.iter().copied().map(Sayable::Flag);
    let needs = evidence.reasons.iter().flat_map(|(_, _, needs)| needs).copied().map(Sayable::Need);
    let preferences = evidence.choices.iter().flat_map(|choice| &choice.decided_by).copied().map(Sayable::Preference);
    let mut told: Vec<Sayable> = flags.chain(needs).chain(preferences).collect();
    told.sort_unstable();
    told.dedup();
    told
}

fn id_of(rules: &RuleSet, sayable: Sayable) -> &Id {
    match sayable {
        Sayable::Flag(flag) => &rules.flags()[flag].id,
        Sayable::Need(need) => &rules.needs()[need].id,
        Sayable::Preference(preference) => &rules.preferences()[preference].id,
    }
}

/// A step is what was expected of one.
pub(super) fn fits(expected: &ExpectedStep, step: Step) -> bool {
    expected.phase.is_none_or(|phase| phase == step.phase)
        && expected.service.is_none_or(|service| service == step.service)
        && expected.lead.is_none_or(|lead| lead == step.lead)
}

fn ids<'r>(ids: impl Iterator<Item = &'r Id>) -> String {
    let ids: Vec<&str> = ids.map(Id::as_str).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

fn step_text(rules: &RuleSet, step: &ExpectedStep) -> String {
    let any = || "any".to_owned();
    let phase = step.phase.map_or_else(any, |phase| rules.phases()[phase].id.to_string());
    let service = step.service.map_or_else(any, |service| rules.services()[service].id.to_string());
    let lead = step.lead.map_or_else(any, |lead| rules.professionals()[lead].id.to_string());
    format!("{phase}/{service}: {lead}")
}

fn plan_text(rules: &RuleSet, outcome: &Outcome) -> String {
    let steps: Vec<String> = outcome
        .steps
        .iter()
        .map(|step| {
            let whole = ExpectedStep { phase: Some(step.phase), service: Some(step.service), lead: Some(step.lead) };
            step_text(rules, &whole)
        })
        .collect();
    if steps.is_empty() { "none".to_owned() } else { steps.join(", ") }
}
