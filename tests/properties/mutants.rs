//! What becomes of mutants, held against everybody: each mutant is looked at under all complete sets of answers.

use std::num::NonZeroUsize;

use carepath::answers::{Answers, Expectation};
use carepath::cases::Case;
use carepath::decide::{Outcome, Verdict as Decided, outcome};
use carepath::model::RuleSet;
use carepath::mutation::{Kind, Means, Report, Verdict, mutate};
use carepath::prove::Prover;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::draws::bytes;
use super::oracle::completions;
use super::people::silent;
use super::rule_set::GenRules;
use super::{cases, engine, rule_gen};

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn verdicts_on_mutants_are_those_of_brute_force(made in rule_gen::small_rule_sets(), chance in bytes(8)) {
        are_as_brute_force_says(&made, &mut chance.draws())?;
    }

    #[test]
    fn verdicts_on_mutants_about_care_are_those_of_brute_force(made in rule_gen::caring_rule_sets(), chance in bytes(8)) {
        are_as_brute_force_says(&made, &mut chance.draws())?;
    }
}

fn means(threads: usize) -> Means {
    Means { threads: NonZeroUsize::new(threads).expect("some"), deadline: None }
}

fn are_as_brute_force_says(made: &GenRules, draws: &mut super::draws::Draws<'_>) -> Result<(), TestCaseError> {
    let rules = engine::load(made);
    let everybody: Vec<Answers> =
        completions(made, &silent(made)).iter().map(|complete| engine::answers(&rules, complete)).collect();
    // Some expect all of their level, some only that somebody is not on the plan who is on nobody's.
    let told: Vec<Case> = (0..draws.below(4))
        .map(|_| {
            let answers = everybody[draws.below(everybody.len())].clone();
            let level = outcome(&rules, &answers).expect("it is complete").level;
            let level = draws.percent(70).then(|| vec![level]);
            case(answers, Expectation { level, ..Expectation::default() })
        })
        .collect();
    let told: Vec<&Case> = told.iter().collect();
    let report = mutate(&rules, &told, means(2), &mut |_| ());
    for judged in &report.judged {
        let mutant = judged.mutant.applied(&rules);
        let killing = told.iter().position(|case| fails(&mutant, case));
        let shows = everybody.iter().any(|answers| tells_apart(&rules, &mutant, answers));
        let shown = format!("{:?} {}: {}", judged.mutant.kind, judged.mutant.of, judged.mutant.change);
        match (&judged.verdict, killing) {
            (Verdict::Killed { by }, Some(_)) => prop_assert!(fails(&mutant, told[*by]), "{}", shown),
            (Verdict::Equivalent, None) => prop_assert!(!shows, "{} is not equivalent", shown),
            (Verdict::Survived(found), None) => {
                prop_assert!(shows, "{} is equivalent", shown);
                prop_assert_eq!(outcome(&rules, &found.answers), Some(found.before.clone()));
                prop_assert_eq!(settled(&mutant, &found.answers), found.after.clone());
                prop_assert_ne!(Some(&found.before), found.after.as_ref(), "{}", shown);
                if found.after.is_some() {
                    for (question, _) in found.answers.iter() {
                        let mut fewer = found.answers.clone();
                        fewer.clear(question);
                        let both = outcome(&rules, &fewer).zip(outcome(&mutant, &fewer));
                        prop_assert!(both.is_none_or(|(one, other)| one == other), "{}: fewer are enough", shown);
                    }
                }
            }
            (verdict, killing) => prop_assert!(false, "{}: {:?}, but {:?} fails", shown, verdict, killing),
        }
    }
    let again = mutate(&rules, &told, means(1), &mut |_| ());
    prop_assert_eq!(format!("{:?}", report.judged), format!("{:?}", again.judged), "on one core");
    drafts_kill_all(&rules, &report)
}

/// The drafts, with what comes of them expected, kill whatever survived.
fn drafts_kill_all(rules: &RuleSet, report: &Report) -> Result<(), TestCaseError> {
    let drafts = report.drafts(rules, means(2));
    let survivors = report.judged.iter().filter(|judged| matches!(judged.verdict, Verdict::Survived(_)));
    prop_assert_eq!(drafts.iter().map(|draft| draft.kills.len()).sum::<usize>(), survivors.clone().count());
    let sizes: Vec<usize> = drafts.iter().map(|draft| draft.answers.iter().count()).collect();
    prop_assert!(sizes.is_sorted(), "the fewest answers come first");
    for draft in &drafts {
        let before = outcome(rules, &draft.answers);
        prop_assert!(before.is_some(), "a draft settles its outcome");
        for killed in &draft.kills {
            prop_assert_ne!(settled(&killed.applied(rules), &draft.answers), before.clone());
        }
    }
    Ok(())
}

fn case(answers: Answers, expect: Expectation) -> Case {
    Case { name: "some".to_owned(), story: None, answers, expect }
}

fn settled(rules: &RuleSet, answers: &Answers) -> Option<Outcome> {
    match Prover::new(rules).decide(answers) {
        Decided::Settled(decision) => Some(decision.outcome),
        Decided::Unsettled { .. } => None,
    }
}

/// A case that expects at most a level fails.
fn fails(rules: &RuleSet, case: &Case) -> bool {
    let level = settled(rules, &case.answers).map(|outcome| outcome.level);
    match &case.expect.level {
        Some(expected) => !level.is_some_and(|level| expected.contains(&level)),
        None => level.is_none(),
    }
}

/// Complete answers do not settle the same outcome under a mutant.
fn tells_apart(rules: &RuleSet, mutant: &RuleSet, complete: &Answers) -> bool {
    settled(mutant, complete) != outcome(rules, complete)
}

#[test]
fn every_kind_of_slip_is_tried_and_ends_in_every_way() {
    let mut runner = TestRunner::deterministic();
    let mut missing: Vec<(Kind, &str)> = Kind::ALL
        .into_iter()
        .flat_map(|kind| ["killed", "survived", "equivalent"].map(|verdict| (kind, verdict)))
        .collect();
    for _ in 0..300 {
        let made = rule_gen::small_rule_sets().new_tree(&mut runner).expect("nothing is rejected").current();
        let rules = engine::load(&made);
        let everybody = completions(&made, &silent(&made));
        let some = everybody.iter().step_by(5).map(|complete| engine::answers(&rules, complete));
        let told: Vec<Case> = some
            .map(|answers| {
                let level = outcome(&rules, &answers).map(|outcome| vec![outcome.level]);
                case(answers, Expectation { level, ..Expectation::default() })
            })
            .collect();
        let told: Vec<&Case> = told.iter().collect();
        for judged in mutate(&rules, &told, means(2), &mut |_| ()).judged {
            let verdict = match judged.verdict {
                Verdict::Killed { .. } => "killed",
                Verdict::Survived(_) => "survived",
                Verdict::Equivalent => "equivalent",
                Verdict::Undecided => panic!("{:?} is undecided", judged.mutant),
            };
            missing.retain(|seen| *seen != (judged.mutant.kind, verdict));
        }
        if missing.is_empty() {
            return;
        }
    }
    // Who does what, in which phase, and why, is no matter of a level.
    missing.retain(|(kind, verdict)| {
        !matches!((kind, verdict), (Kind::Preference | Kind::Phase | Kind::Scope | Kind::Need, &"killed"))
    });
    assert!(missing.is_empty(), "never seen: {missing:?}");
}
