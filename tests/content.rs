//! The built-in rules and cases: in order, within limits, and every statement of the articles carried by something.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;

use carepath::answers::Answers;
use carepath::builtin;
use carepath::explain::Explanation;
use carepath::model::{Level, RuleSet};

fn rules() -> RuleSet {
    builtin::rules().expect("the built-in rules load").rules
}

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_built_in_rules_have_no_faults() {
    let loaded = builtin::rules().expect("the built-in rules load");
    assert_eq!(loaded.warnings, []);
}

#[test]
fn nobody_has_said_that_they_reviewed_the_rules() {
    // When a clinician signs, this test goes with the commit that says who.
    assert!(rules().metadata().reviewed_by.is_empty());
}

#[test]
fn labels_fit_a_narrow_terminal() {
    for question in rules().questions().rows() {
        for choice in &question.options {
            let length = choice.label.chars().count();
            assert!(length <= 52, "{}/{}: {length} characters", question.id, choice.id);
        }
        assert!(question.why.is_some(), "{} does not say why it is asked", question.id);
    }
}

#[test]
fn emergencies_say_to_call_first() {
    for flag in rules().flags().rows().iter().filter(|flag| flag.level == Level::Emergency) {
        let action = flag.action.to_lowercase();
        assert!(action.starts_with("call"), "{}: {}", flag.id, flag.action);
    }
}

#[test]
fn personal_trainer_is_never_abbreviated() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for folder in ["rules", "examples/cases"] {
        for entry in fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                texts.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(texts.len() > 10);
    for (name, text) in texts {
        for (number, line) in text.lines().enumerate() {
            let comment = line.trim_start().starts_with('#') || line.contains("title:") || line.contains("source:");
            let short = line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "PT" || word == "PTs");
            assert!(comment || !short, "{name}:{}: {line}", number + 1);
        }
    }
}

/// Every id that `docs/coverage-of-sources.md` names, as `kind:id`.
fn coverage_ids() -> BTreeSet<String> {
    let text = read("docs/coverage-of-sources.md");
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.contains(':') && !word.contains(' ') && !word.ends_with(':'))
        .map(str::to_owned)
        .collect()
}

fn resolves(rules: &RuleSet, kind: &str, id: &str) -> bool {
    let (first, second) = id.split_once('/').unwrap_or((id, ""));
    let professional = |name: &str| rules.professionals().rows().iter().any(|row| row.id.as_str() == name);
    let named = |position| rules.professionals().rows()[carepath::model::Position::index(position)].id.as_str();
    match kind {
        "question" => rules.questions().rows().iter().any(|row| row.id.as_str() == id),
        "option" => rules.questions().rows().iter().any(|row| row.id.as_str() == first && row.option(second).is_some()),
        "finding" => rules.findings().rows().iter().any(|row| row.id.as_str() == id),
        "flag" => rules.flags().rows().iter().any(|row| row.id.as_str() == id),
        "service" => rules.services().rows().iter().any(|row| row.id.as_str() == id),
        "professional" => professional(id),
        "phase" => rules.phases().rows().iter().any(|row| row.id.as_str() == id),
        "need" => rules.needs().rows().iter().any(|row| row.id.as_str() == id),
        "preference" => rules.preferences().rows().iter().any(|row| row.id.as_str() == id),
        "guarantee" => rules.guarantees().iter().any(|row| row.id.as_str() == id),
        "source" => rules.sources().rows().iter().any(|row| row.id.as_str() == id),
        "teamwork" => rules.teamwork().iter().any(|row| {
            let phase = row.phase.map_or("", |phase| rules.phases()[phase].id.as_str());
            named(row.of) == first && (second.is_empty() || phase == second)
        }),
        "handover" => rules.handovers().iter().any(|row| named(row.from) == first && named(row.to) == second),
        _ => false,
    }
}

#[test]
fn every_statement_of_the_articles_is_carried_by_something() {
    let rules = rules();
    let ids = coverage_ids();
    assert!(ids.len() > 40, "only {} ids in docs/coverage-of-sources.md", ids.len());
    for id in ids {
        let (kind, name) = id.split_once(':').unwrap();
        assert!(resolves(&rules, kind, name), "docs/coverage-of-sources.md names `{id}`, which is not in the rules");
    }
}

#[test]
fn nothing_said_leaves_questions_open() {
    let rules = rules();
    let explanation = Explanation::new(&rules, &Answers::new(&rules));
    assert!(!explanation.settled());
    assert_eq!(explanation.open.first().copied(), rules.questions().positions().next());
}
