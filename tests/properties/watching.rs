//! The signs to watch for, held against trying out every tick that somebody left out.

use carepath::explain::Explanation;
use carepath::model::Position;
use proptest::prelude::*;

use super::draws::bytes;
use super::oracle::{applying_options, outcome};
use super::people::person;
use super::rule_set::{Answered, GenRules, Given, Kind, Level};
use super::{cases, engine, rule_gen};

/// Question, option and level of each sign that one more tick on complete answers would show.
fn signs(made: &GenRules, complete: &Answered) -> Vec<(usize, usize, Level)> {
    let level = outcome(made, complete).level;
    if level >= Level::Urgent {
        return Vec::new();
    }
    let offers = |said: &Answered| -> Vec<_> {
        (0..made.questions.len()).map(|place| applying_options(made, said, place)).collect()
    };
    let before = offers(complete);
    let mut signs = Vec::new();
    for (place, given) in complete.iter().enumerate() {
        let question = &made.questions[place];
        let (Kind::Many, Some(Given::Options(chosen)), Some(options)) = (&question.kind, given, &before[place]) else {
            continue;
        };
        for option in options.iter().copied().filter(|option| !chosen.contains(option)) {
            if Some(option) == question.added_option() {
                continue;
            }
            let ticked = chosen.iter().copied().filter(|chosen| Some(*chosen) != question.added_option());
            let mut more = complete.clone();
            more[place] = Some(Given::Options(ticked.chain([option]).collect()));
            let with_it = outcome(made, &more).level;
            if offers(&more) == before && with_it >= Level::Physician && with_it > level {
                signs.push((place, option, with_it));
            }
        }
    }
    signs
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn signs_are_the_ticks_left_out_that_lead_to_a_doctor(
        made in rule_gen::alarming_rule_sets(),
        chances in [bytes(24), bytes(24), bytes(24), bytes(24)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let complete = person(&made, &mut chance.draws());
            let explanation = Explanation::new(&rules, &engine::answers(&rules, &complete));
            let levels: Vec<Level> = explanation.watch_for.iter().map(|sign| engine::level(sign.level)).collect();
            prop_assert!(levels.is_sorted_by(|one, next| one >= next), "the gravest come first: {levels:?}");
            let mut found: Vec<(usize, usize, Level)> = explanation
                .watch_for
                .iter()
                .map(|sign| (sign.question.index(), sign.option.index(), engine::level(sign.level)))
                .collect();
            found.sort_unstable();
            prop_assert_eq!(found, signs(&made, &complete));
        }
    }
}

#[test]
fn generated_people_have_signs_to_watch_for() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = 0;
    for _ in 0..1_000 {
        let made = rule_gen::alarming_rule_sets().new_tree(&mut runner).expect("nothing is rejected").current();
        let chance = bytes(24).new_tree(&mut runner).expect("nothing is rejected").current();
        seen += usize::from(!signs(&made, &person(&made, &mut chance.draws())).is_empty());
    }
    assert!(seen > 20, "only {seen} of 1,000 people have any");
}
