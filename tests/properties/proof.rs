//! The symbolic model of a rule set agrees with what decides, part by part, and every family of its clauses is needed.

use std::collections::BTreeMap;

use carepath::prove::{Family, Prover};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::model::Compared;
use super::{cases, engine, rule_gen};

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn the_model_says_what_the_rule_set_says(made in rule_gen::rule_sets()) {
        let rules = engine::load(&made);
        prop_assert_eq!(Compared { made: &made, rules: &rules }.first_difference(Prover::new(&rules), 12), None);
    }

    #[test]
    fn the_model_chooses_among_ten_professionals_as_the_rule_set_says(made in rule_gen::teams()) {
        let rules = engine::load(&made);
        prop_assert_eq!(Compared { made: &made, rules: &rules }.first_difference(Prover::new(&rules), 8), None);
    }
}

#[test]
fn no_family_of_clauses_can_be_left_out() {
    let mut runner = TestRunner::deterministic();
    let mut noticed: BTreeMap<String, String> = BTreeMap::new();
    let mut missing: Vec<Family> = Family::ALL.to_vec();
    for _ in 0..400 {
        let made = rule_gen::rule_sets().new_tree(&mut runner).expect("nothing is rejected").current();
        let rules = engine::load(&made);
        let compared = Compared { made: &made, rules: &rules };
        missing.retain(|family| match compared.first_difference(Prover::new(&rules).without(*family), 12) {
            Some(difference) => {
                noticed.insert(format!("{family:?}"), difference);
                false
            }
            None => true,
        });
        if missing.is_empty() {
            break;
        }
    }
    println!("{noticed:#?}");
    assert!(missing.is_empty(), "nothing notices that these are left out: {missing:?}");
}
