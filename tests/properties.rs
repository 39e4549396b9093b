//! What the design promises of every rule set and all answers, held against an independent reading of it.
//!
//! Rule sets are generated, loaded by the program from their text, and small enough that every complete set of answers
//! can be looked at. What fails is shown as the text of a smaller rule set that fails too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common {
    pub(crate) mod census;
    pub(crate) mod draws;
    pub(crate) mod engine;
    pub(crate) mod oracle;
    pub(crate) mod people;
    pub(crate) mod rule_gen;
    pub(crate) mod rule_set;
    pub(crate) mod sitting;
    pub(crate) mod yaml;
}

use carepath::answers::{Answers, read_answers, write_answers};
use carepath::decide::{Decision, Reading, Situation, Verdict, decide};
use carepath::diagnostic::{Diagnostic, Diagnostics};
use carepath::interview::Step;
use carepath::load::{load_texts, read_stream};
use carepath::model::{Position, QuestionIx, RuleSet};
use carepath::prove::open_questions;
use carepath::source::Texts;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use common::census::Census;
use common::draws::bytes;
use common::oracle::{completions, counts_in, holding_needs, outcome, raised_flags};
use common::people::{partly, person, silent, some_answers, with_noise};
use common::rule_set::{Answered, GenRules, Given, Level};
use common::sitting::Sitting;
use common::{engine, rule_gen, yaml};

/// The same cases every time, unless the environment asks for others: `PROPTEST_RNG_SEED`, `PROPTEST_CASES`.
fn cases(usual: u32) -> Config {
    let asked = Config::default();
    Config {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { usual },
        rng_seed: match asked.rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            chosen @ RngSeed::Fixed(_) => chosen,
        },
        failure_persistence: None,
        max_shrink_iters: 0,
        ..asked
    }
}

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
            let decision = settled(&made, &rules, &complete);
            let expected = outcome(&made, &complete);
            let shown = yaml::answers(&made, &complete);
            prop_assert_eq!(&engine::outcome(&decision.outcome), &expected, "answers: {}", shown);
            prop_assert!(decision.evidence.ignored.is_empty(), "answers: {}", shown);

            let mut told = engine::places(&decision.evidence.flags);
            told.sort_unstable();
            let mut grave = raised_flags(&made, &complete);
            grave.retain(|flag| made.flags[*flag].level >= Level::Urgent);
            prop_assert_eq!(told, if grave.is_empty() { expected.flags } else { grave }, "answers: {}", shown);

            let needs = holding_needs(&made, &complete);
            let reasons = expected.steps.iter().map(|(phase, service, _)| {
                let gives = |need: &&usize| (made.needs[**need].phase, made.needs[**need].service) == (*phase, *service);
                (*phase, *service, needs.iter().filter(gives).copied().collect::<Vec<_>>())
            });
            prop_assert_eq!(reasons_of(&decision), reasons.collect::<Vec<_>>(), "answers: {}", shown);
        }
    }

    #[test]
    fn the_choice_among_ten_professionals_is_that_of_brute_force(made in rule_gen::teams()) {
        let rules = engine::load(&made);
        let complete = vec![Some(Given::Options(vec![0]))];
        prop_assert_eq!(engine::outcome(&settled(&made, &rules, &complete).outcome), outcome(&made, &complete));
    }

    #[test]
    fn neither_order_nor_what_does_not_apply_changes_the_outcome(
        made in rule_gen::rule_sets(),
        chances in [bytes(64), bytes(64), bytes(64)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let draws = &mut chance.draws();
            let complete = person(&made, &silent(&made), draws);
            let noisy = with_noise(&made, &complete, draws);
            let mut order: Vec<(usize, &Given)> =
                noisy.iter().enumerate().filter_map(|(place, given)| Some((place, given.as_ref()?))).collect();
            let mut answers = Answers::new(&rules);
            while !order.is_empty() {
                let (place, given) = order.swap_remove(draws.below(order.len()));
                answers.set(&rules, QuestionIx::new(place), engine::answer(given)).expect("it fits");
            }
            let shown = yaml::answers(&made, &noisy);
            let Verdict::Settled(decision) = decide(&rules, &answers) else {
                panic!("all is answered, yet it is unsettled: {shown}");
            };
            prop_assert_eq!(engine::outcome(&decision.outcome), outcome(&made, &complete), "answers: {}", shown);
            let idle: Vec<usize> = (0..noisy.len()).filter(|q| noisy[*q].is_some() && complete[*q].is_none()).collect();
            prop_assert_eq!(engine::places(&decision.evidence.ignored), idle, "answers: {}", shown);
        }
    }

    #[test]
    fn what_is_settled_holds_in_every_completion(
        made in rule_gen::rule_sets(),
        chances in [bytes(24), bytes(24), bytes(24), bytes(24)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let said = some_answers(&made, &mut chance.draws());
            let shown = yaml::answers(&made, &said);
            let completions = completions(&made, &said);
            let decision = match decide(&rules, &engine::answers(&rules, &said)) {
                Verdict::Settled(decision) => decision,
                Verdict::Unsettled { level_at_least } => {
                    let levels = completions.iter().map(|complete| outcome(&made, complete).level);
                    prop_assert!(Some(engine::level(level_at_least)) <= levels.min(), "answers: {}", shown);
                    continue;
                }
            };
            let seen = engine::outcome(&decision.outcome);
            for complete in &completions {
                let in_full = yaml::answers(&made, complete);
                prop_assert_eq!(&seen, &outcome(&made, complete), "settled by {}, not in {}", shown, in_full);
                // What is told beside it was not made up either.
                for place in engine::places(&decision.evidence.ignored) {
                    prop_assert!(!counts_in(&made, &said, complete, place), "answer {} counts: {}", place, in_full);
                }
                let flags = engine::places(&decision.evidence.flags);
                let raised = raised_flags(&made, complete);
                prop_assert!(flags.iter().all(|flag| raised.contains(flag)), "{:?} told of {}", flags, in_full);
                let needs = holding_needs(&made, complete);
                let told: Vec<usize> = reasons_of(&decision).into_iter().flat_map(|(_, _, needs)| needs).collect();
                prop_assert!(told.iter().all(|need| needs.contains(need)), "{:?} told of {}", told, in_full);
            }
        }
    }

    #[test]
    fn no_open_question_that_matters_is_left_out(
        made in rule_gen::rule_sets(),
        chances in [bytes(24), bytes(24), bytes(24), bytes(24)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let said = some_answers(&made, &mut chance.draws());
            let shown = yaml::answers(&made, &said);
            let answers = engine::answers(&rules, &said);
            let situation = Situation::new(&rules, &answers);
            let listed = engine::places(&open_questions(&Reading::new(&situation)));
            let is_settled = matches!(decide(&rules, &answers), Verdict::Settled(_));
            prop_assert_eq!(listed.is_empty(), is_settled, "answers: {}", shown);

            let completions = completions(&made, &said);
            for place in 0..said.len() {
                let is_listed = listed.contains(&place);
                if !situation.standing(QuestionIx::new(place)).is_open() {
                    prop_assert!(!is_listed, "question {} is not open: {}", place, shown);
                    continue;
                }
                let unanswered =
                    |complete: &Answered| complete[place].is_some() && !counts_in(&made, &said, complete, place);
                prop_assert!(completions.iter().all(unanswered), "question {} is not open: {}", place, shown);
                prop_assert!(is_listed || !matters(&made, &completions, place), "{} matters: {}", place, shown);
            }
        }
    }

    #[test]
    fn an_interview_comes_to_the_outcome_of_all_answers(
        made in rule_gen::rule_sets(),
        chances in [bytes(24), bytes(24), bytes(24)],
    ) {
        let rules = engine::load(&made);
        for chance in &chances {
            let draws = &mut chance.draws();
            let person = person(&made, &silent(&made), draws);
            let shown = yaml::answers(&made, &person);
            let said = if draws.percent(50) { partly(&person, draws) } else { silent(&made) };
            let mut sitting = Sitting::new(&made, &rules, &said);
            let mut may_follow = made.questions.len();
            let decision = loop {
                let ask = match sitting.step() {
                    Step::Done(decision) => break decision,
                    Step::Ask(ask) => ask,
                };
                let place = ask.question.index();
                prop_assert!(may_follow > 0, "question {} was not to follow any more: {}", place, shown);
                may_follow = ask.may_follow.min(may_follow - 1);
                prop_assert!(said[place].is_none(), "question {} was answered before: {}", place, shown);
                prop_assert!(!sitting.put().contains(&place), "question {} is put twice: {}", place, shown);
                sitting.answer_new(&ask, person[place].as_ref().expect("it applies"));
            };
            prop_assert_eq!(engine::outcome(&decision.outcome), outcome(&made, &person), "person: {}", shown);
            sitting.check_done(&decision);
        }
    }

    #[test]
    fn going_back_keeps_what_still_applies(made in rule_gen::rule_sets(), chance in bytes(160)) {
        let rules = engine::load(&made);
        let draws = &mut chance.draws();
        let mut sitting = Sitting::new(&made, &rules, &silent(&made));
        for _ in 0..30 {
            match sitting.step() {
                _ if draws.percent(20) => sitting.back_and_forth(1 + draws.below(6)),
                _ if draws.percent(20) => sitting.change_mind(1 + draws.below(4), draws),
                Step::Ask(ask) => sitting.answer_new(&ask, &sitting.any_answer(&ask, draws)),
                Step::Done(decision) => sitting.check_done(&decision),
            }
        }
        // Without going back there is an end, though a question may come again while it is open what it offers.
        for _ in 0..rule_gen::MOST_OPTIONS {
            if let Step::Ask(ask) = sitting.step() {
                sitting.answer_new(&ask, &sitting.any_answer(&ask, draws));
            }
        }
        prop_assert!(matches!(sitting.step(), Step::Done(_)), "no end: {}", sitting.shown());
    }

    #[test]
    fn saved_answers_are_read_back_the_same(made in rule_gen::rule_sets(), chance in bytes(24)) {
        let rules = engine::load(&made);
        let answers = engine::answers(&rules, &some_answers(&made, &mut chance.draws()));
        let text = write_answers(&rules, &answers);
        let mut texts = Texts::default();
        let file = texts.add("answers.yaml", text.as_str());
        let read = read_answers(&rules, &texts, file);
        let read = read.map_err(|faults| TestCaseError::fail(format!("{text}{faults:?}")))?;
        prop_assert!(read.misfits.is_empty(), "{}{:?}", text, read.misfits);
        prop_assert_eq!(read.answers, answers, "{}", text);
        prop_assert_eq!(read.rule_set, Some(("Generated".to_owned(), "0.0.0".to_owned())));
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
                }
            }
        }
    }
}

/// The decision from answers that settle it.
fn settled(made: &GenRules, rules: &RuleSet, said: &Answered) -> Decision {
    match decide(rules, &engine::answers(rules, said)) {
        Verdict::Settled(decision) => *decision,
        Verdict::Unsettled { .. } => panic!("all is answered, yet it is unsettled: {}", yaml::answers(made, said)),
    }
}

/// Phase, service and needs of the reasons told.
fn reasons_of(decision: &Decision) -> Vec<(usize, usize, Vec<usize>)> {
    let reasons = decision.evidence.reasons.iter();
    reasons.map(|(phase, service, needs)| (phase.index(), service.index(), engine::places(needs))).collect()
}

/// Whether two completions differ in this question, agree on every other that applies in both, and differ in outcome.
fn matters(made: &GenRules, completions: &[Answered], question: usize) -> bool {
    let outcomes: Vec<_> = completions.iter().map(|complete| outcome(made, complete)).collect();
    let agree_but_for_it = |one: &Answered, other: &Answered| {
        let mut pairs = one.iter().zip(other).enumerate();
        one[question] != other[question]
            && pairs.all(|(place, (a, b))| place == question || a.is_none() || b.is_none() || a == b)
    };
    completions.iter().zip(&outcomes).enumerate().any(|(place, (one, first))| {
        let mut others = completions[..place].iter().zip(&outcomes);
        others.any(|(other, second)| first != second && agree_but_for_it(one, other))
    })
}
