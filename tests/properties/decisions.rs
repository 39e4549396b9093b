//! What the design promises of every rule set and all answers, held against an independent reading of it.

use carepath::answers::{Answers, Edition, Offered, read_answers, write_answers};
use carepath::decide::decide;
use carepath::diagnostic::{Diagnostic, Diagnostics};
use carepath::interview::Step;
use carepath::load::{load_texts, read_stream};
use carepath::source::Texts;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::census::Census;
use super::draws::bytes;
use super::oracle::{completions, outcome};
use super::people::{
    all_answers, earlier, fully_offered, partly, partly_offered, person, silent, some_answers, with_noise,
};
use super::promises::Subject;
use super::sitting::Sitting;
use super::{cases, engine, rule_gen, yaml};

#[test]
fn generated_rule_sets_use_the_whole_language() {
    let mut runner = TestRunner::deterministic();
    let mut census = Census::default();
    for _ in 0..300 {
        let made = rule_gen::rule_sets().new_tree(&mut runner).expect("nothing is rejected").current();
        census.of_rules(&made);
        census.of_outcomes(&made);
    }
    println!("{census:#?}");
    assert!(census.missing().is_empty(), "never seen: {:?}", census.missing());
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn complete_answers_decide_as_the_design_says(made in rule_gen::rule_sets()) {
        let rules = engine::load(&made);
        for complete in completions(&made, &silent(&made)) {
            Subject { made: &made, rules: &rules }.decides_as_designed(&complete)?;
        }
    }

    #[test]
    fn the_choice_among_ten_professionals_is_that_of_brute_force(made in rule_gen::teams()) {
        let rules = engine::load(&made);
        for complete in completions(&made, &silent(&made)) {
            Subject { made: &made, rules: &rules }.decides_as_designed(&complete)?;
        }
    }

    #[test]
    fn neither_order_nor_what_does_not_apply_changes_the_outcome(
        made in rule_gen::rule_sets(),
        chances in [bytes(64), bytes(64), bytes(64), bytes(64)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let draws = &mut chance.draws();
            let complete = person(&made, draws);
            let noisy = with_noise(&made, &complete, draws);
            Subject { made: &made, rules: &rules }.ignores_noise(&complete, &noisy, draws)?;
        }
    }

    #[test]
    fn parts_of_answers_settle_nothing_too_early(
        made in rule_gen::rule_sets(),
        chances in [bytes(24), bytes(24), bytes(24), bytes(24)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let draws = &mut chance.draws();
            let said = some_answers(&made, draws);
            let said = partly_offered(&made, &said, draws);
            Subject { made: &made, rules: &rules }.settles_soundly(&said)?;
            Subject { made: &made, rules: &rules }.lists_what_matters(&said)?;
        }
    }

    #[test]
    fn interviews_come_to_the_outcome_of_all_answers(
        made in rule_gen::rule_sets(),
        chances in [bytes(24), bytes(24), bytes(24), bytes(24)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let draws = &mut chance.draws();
            let person = person(&made, draws);
            let said = match draws.below(4) {
                0 => fully_offered(&silent(&made)),
                1 => fully_offered(&partly(&person, draws)),
                _ => earlier(&made, &person, draws),
            };
            Subject { made: &made, rules: &rules }.interviews(&person, &said)?;
        }
    }

    #[test]
    fn going_back_keeps_what_still_applies(made in rule_gen::rule_sets(), chance in bytes(160)) {
        let rules = engine::load(&made);
        let draws = &mut chance.draws();
        let mut sitting = Sitting::new(&made, &rules, &fully_offered(&silent(&made)));
        for _ in 0..30 {
            match sitting.step() {
                _ if draws.percent(20) => sitting.back_and_forth(1 + draws.below(6)),
                _ if draws.percent(20) => sitting.change_mind(1 + draws.below(4), draws),
                Step::Ask(ask) => sitting.answer_new(&ask, &sitting.any_answer(&ask, draws)),
                Step::Done(decision) => {
                    sitting.check_done(&decision);
                    sitting.take_up(draws);
                }
            }
        }
        // Without going back there is an end, though a question may come again while it is open what it offers.
        for _ in 0..rule_gen::MOST_OPTIONS {
            if let Step::Ask(ask) = sitting.step() {
                sitting.answer_new(&ask, &sitting.any_answer(&ask, draws));
            }
        }
        let Step::Done(decision) = sitting.step() else { panic!("no end: {}", sitting.shown()) };
        sitting.check_done(&decision);

        // Somebody who says all this from the start comes to the same.
        let mut people = completions(&made, &sitting.said());
        let person = people.swap_remove(draws.below(people.len()));
        Subject { made: &made, rules: &rules }.interviews(&person, &fully_offered(&silent(&made)))?;
        prop_assert_eq!(engine::outcome(&decision.outcome), outcome(&made, &person), "{}", sitting.shown());
    }

    #[test]
    fn saved_answers_are_read_back_the_same(made in rule_gen::rule_sets(), chance in bytes(56)) {
        let rules = engine::load(&made);
        let draws = &mut chance.draws();
        let said = some_answers(&made, draws);
        let mut in_file_order = engine::spoken(&rules, &partly_offered(&made, &said, draws));
        // Said in another order: what is decided is the same, and the order is kept.
        let mut order: Vec<_> = in_file_order.iter().collect();
        for place in (1..order.len()).rev() {
            order.swap(place, draws.below(place + 1));
        }
        let mut answers = Answers::new(&rules);
        for (question, answer) in &order {
            prop_assert_eq!(answers.set(&rules, *question, *answer), Ok(()));
            answers.set_offered(*question, in_file_order.offered(*question));
        }
        for (question, _) in &order {
            if draws.percent(10) && matches!(answers.offered(*question), Offered::These(_)) {
                answers.set_offered(*question, Offered::Unknown);
                in_file_order.set_offered(*question, Offered::Unknown);
            }
        }
        prop_assert_eq!(&answers, &in_file_order);
        prop_assert_eq!(format!("{:?}", decide(&rules, &answers)), format!("{:?}", decide(&rules, &in_file_order)));
        let text = write_answers(&rules, &answers);
        let mut texts = Texts::default();
        let file = texts.add("answers.yaml", text.as_str());
        let read = read_answers(&rules, &texts, file);
        let read = read.map_err(|faults| TestCaseError::fail(format!("{text}{faults:?}")))?;
        prop_assert!(read.misfits.is_empty(), "{}{:?}", text, read.misfits);
        // Answers that differ in what was offered are not the same.
        prop_assert_eq!(&read.answers, &answers, "{}", text);
        prop_assert_eq!(read.answers.in_order_given(), order, "{}", text);
        prop_assert_eq!(read.rule_set, Some(Edition { name: "Generated".to_owned(), version: "0.0.0".to_owned() }));

        // Damaged, they may be refused, or not fit, but no more than that.
        let damaged = draws.damage(text.into_bytes());
        let file = texts.add("damaged.yaml", String::from_utf8_lossy(&damaged));
        if let Err(faults) = read_answers(&rules, &texts, file) {
            prop_assert!(faults.iter().any(Diagnostic::is_error));
        }
    }

    #[test]
    fn no_damaged_file_makes_the_loader_panic(made in rule_gen::rule_sets(), chance in bytes(32)) {
        let draws = &mut chance.draws();
        let text = draws.damage(yaml::rule_set(&made).into_bytes());
        let mut texts = Texts::default();
        let mut faults = Diagnostics::default();
        match read_stream(text.as_slice(), "damaged.yaml", &mut texts, &mut faults).expect("memory can be read") {
            None => prop_assert!(faults.has_errors()),
            Some(file) => {
                if let Err(rejected) = load_texts(texts, &[file]) {
                    prop_assert!(rejected.diagnostics.iter().any(Diagnostic::is_error));
                    // Every fault has a place that can be shown.
                    for fault in &rejected.diagnostics {
                        prop_assert!(rejected.texts.line_column(fault.span).line > 0);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn in_small_rule_sets_all_answers_keep_every_promise(made in rule_gen::small_rule_sets()) {
        let rules = engine::load(&made);
        let subject = Subject { made: &made, rules: &rules };
        for said in all_answers(&made) {
            let said = fully_offered(&said);
            subject.settles_soundly(&said)?;
            subject.lists_what_matters(&said)?;
        }
        for person in completions(&made, &silent(&made)) {
            subject.interviews(&person, &fully_offered(&silent(&made)))?;
        }
    }
}
