//! The made-up rule sets of the benchmarks are in order, however large.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../benches/support/people.rs"]
#[allow(dead_code, reason = "the benchmarks use the rest of it")]
mod people;
#[path = "../benches/support/synthetic.rs"]
mod synthetic;

use std::collections::BTreeSet;

use carepath::decide::outcome;
use carepath::load::{Loaded, load_texts};
use carepath::model::{Level, RuleSet};
use carepath::source::Texts;

use people::{Dice, complete_answers};
use synthetic::rule_set;

/// Questions and rules.
const SIZES: [(usize, usize); 5] = [(1, 0), (3, 20), (40, 300), (30, 1_000), (300, 1_000)];

fn loaded(text: &str) -> Loaded {
    let mut texts = Texts::default();
    let file = texts.add("made-up.yaml", text);
    load_texts(texts, &[file])
        .map_err(|rejected| rejected.diagnostics.into_iter().find(carepath::diagnostic::Diagnostic::is_error))
        .expect("a made-up rule set loads")
}

fn rules_in(rules: &RuleSet) -> usize {
    let care = rules.needs().len() + rules.preferences().len();
    rules.findings().len() + rules.flags().len() + care + rules.guarantees().len()
}

#[test]
fn made_up_rule_sets_load_without_faults_at_the_size_asked_for() {
    for (questions, rules) in SIZES {
        for seed in 0..3 {
            let text = rule_set(questions, rules, seed);
            let loaded = loaded(&text);
            assert_eq!(loaded.warnings, [], "{questions} questions, {rules} rules, seed {seed}");
            assert_eq!(loaded.rules.questions().len(), questions);
            assert_eq!(rules_in(&loaded.rules), rules);
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_rule_set() {
    assert_eq!(rule_set(40, 300, 1), rule_set(40, 300, 1));
    assert_ne!(rule_set(40, 300, 1), rule_set(40, 300, 2));
}

#[test]
fn answers_to_a_made_up_rule_set_lead_to_plans_and_to_every_level_that_needs_a_doctor() {
    let rules = loaded(&rule_set(40, 300, 1)).rules;
    let mut dice = Dice::new(1);
    let mut seen = BTreeSet::new();
    for _ in 0..500 {
        let outcome = outcome(&rules, &complete_answers(&rules, &mut dice)).expect("complete answers settle it");
        seen.insert((outcome.level, outcome.steps.is_empty()));
    }
    for level in [Level::Caution, Level::Clearance, Level::Physician] {
        assert!(seen.contains(&(level, false)), "no plan at {level}");
    }
    for level in [Level::Urgent, Level::Emergency] {
        assert!(seen.contains(&(level, true)), "nobody at {level}");
    }
}
