//! What a quiz says of a pick, held against the scope matrix and the oracle's own outcome.

use carepath::answers::{Answers, Expectation};
use carepath::cases::Case;
use carepath::explain::WhyNot;
use carepath::model::{self, Position, ProfessionalIx};
use carepath::quiz::{Aim, Mistake, Pick, Question, Score, Story, Verdict, draw};
use proptest::prelude::*;

use super::draws::bytes;
use super::oracle::{Outcome, outcome};
use super::people::person;
use super::rule_set::{GenRules, Level, Scope};
use super::{cases, engine, rule_gen};

/// A rule set of which the order of stories must not know anything.
const SMALL: &str = include_str!("../rules/small/rules.yaml");

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_pick_is_judged_by_the_scope_matrix(made in rule_gen::rule_sets(), chance in bytes(64)) {
        let rules = engine::load(&made);
        let draws = &mut chance.draws();
        let complete = person(&made, draws);
        let answers = engine::answers(&rules, &complete);
        let level = draws.one_of(&model::Level::ALL);
        let also = draws.one_of(&model::Level::ALL);
        let everybody: Vec<usize> = (0..made.professionals).collect();
        let picked = draws.some_of(&everybody);
        let expect = Expectation { level: Some(vec![also]), ..Expectation::default() };
        let case = Case { name: "some".to_owned(), story: None, answers, expect };
        let question = Question::new(&rules, Story { case: &case, text: "A story." });
        let professionals = (!level.ends_without_plan()).then(|| picked.iter().copied().map(ProfessionalIx::new).collect());
        let asked = professionals.is_some();
        let picked = if asked { picked } else { Vec::new() };
        let verdict = Verdict::new(&question, Pick { level, professionals });
        let decided = outcome(&made, &complete);

        let aim = match engine::level(level).cmp(&decided.level) {
            std::cmp::Ordering::Less if decided.level >= Level::Physician => Aim::Harmful,
            std::cmp::Ordering::Less => Aim::TooEarly,
            std::cmp::Ordering::Equal => Aim::Right,
            std::cmp::Ordering::Greater if also == level => Aim::Accepted,
            std::cmp::Ordering::Greater => Aim::TooCareful,
        };
        prop_assert_eq!(verdict.aim, aim);
        let on_plan: Vec<usize> = everybody.into_iter().filter(|who| decided.steps.iter().any(|step| step.2 == *who)).collect();
        let not_on_plan: Vec<usize> = picked.iter().copied().filter(|who| !on_plan.contains(who)).collect();
        let mut missed: Vec<usize> = on_plan.iter().copied().filter(|who| asked && !picked.contains(who)).collect();
        let mut told: Vec<usize> = verdict.missed.iter().map(|who| who.index()).collect();
        missed.sort_unstable();
        told.sort_unstable();
        let can_do_all = |who: &[usize]| decided.steps.iter().all(|step| who.iter().any(|who| can_lead(&made, step.1, *who)));
        let covered = !decided.steps.is_empty() && can_do_all(&picked);
        if covered {
            missed.clear();
        }
        prop_assert_eq!(&told, &missed);
        let indices = |list: &[(ProfessionalIx, Vec<WhyNot>)]| list.iter().map(|(who, _)| who.index()).collect::<Vec<_>>();
        let (told, also) = (indices(&verdict.not_on_plan), indices(&verdict.also_possible));
        let mut all: Vec<usize> = told.iter().chain(&also).copied().collect();
        all.sort_unstable();
        prop_assert_eq!(&all, &not_on_plan);
        if covered {
            // Without the others all is done; without one more it is not.
            let kept: Vec<usize> = picked.iter().copied().filter(|who| !told.contains(who)).collect();
            prop_assert!(can_do_all(&kept));
            for who in &also {
                let without: Vec<usize> = kept.iter().copied().filter(|other| other != who).collect();
                prop_assert!(!can_do_all(&without));
            }
        } else {
            prop_assert!(also.is_empty());
        }
        let all_right = told.is_empty() && missed.is_empty();
        prop_assert_eq!(verdict.professionals_right, (asked && decided.level < Level::Urgent).then_some(all_right));

        for (who, reasons) in &verdict.not_on_plan {
            let told = |wanted: Scope| -> Vec<usize> {
                reasons
                    .iter()
                    .flat_map(|reason| match (reason, wanted) {
                        (WhyNot::OutsideScope(services), Scope::Outside) | (WhyNot::OnReferral(services), Scope::Referral) => {
                            services.iter().map(|service| service.index()).collect()
                        }
                        _ => Vec::new(),
                    })
                    .collect()
            };
            for scope in [Scope::Outside, Scope::Referral] {
                prop_assert_eq!(told(scope), needed_with(&made, &decided, who.index(), scope));
            }
            let theirs = [Scope::Core, Scope::Shared].map(|scope| needed_with(&made, &decided, who.index(), scope));
            let has_plan = asked && decided.level < Level::Urgent;
            let something_is_needed = !(decided.steps.is_empty() && decided.on_hold.is_empty());
            let nothing_is_theirs = something_is_needed && theirs.iter().all(Vec::is_empty);
            let mistakes = verdict.mistakes();
            prop_assert_eq!(mistakes.contains(&Mistake::OutsideScope(*who)), has_plan && nothing_is_theirs);
            prop_assert_eq!(mistakes.contains(&Mistake::NotNeeded(*who)), has_plan && !nothing_is_theirs);
        }
        let mut score = Score::default();
        score.add(&verdict);
        let right = aim == Aim::Right || aim == Aim::Accepted;
        prop_assert_eq!((score.levels.part, score.levels.of), (usize::from(right), 1));
        prop_assert_eq!(score.mistakes().iter().any(|(mistake, _)| *mistake == Mistake::TooEarly), aim == Aim::TooEarly);
        prop_assert_eq!(score.mistakes().iter().any(|(mistake, _)| *mistake == Mistake::Harmful), aim == Aim::Harmful);
    }
}

/// Whether somebody can lead a service: it is core to them, or to nobody, and they share it.
fn can_lead(made: &GenRules, service: usize, who: usize) -> bool {
    let row = &made.services[service];
    let best = if row.contains(&Scope::Core) { Scope::Core } else { Scope::Shared };
    row[who] == best
}

/// The services that are needed, on hold or not, and stand so for a professional.
fn needed_with(made: &GenRules, decided: &Outcome, who: usize, scope: Scope) -> Vec<usize> {
    let needed = decided.steps.iter().map(|step| step.1).chain(decided.on_hold.iter().copied());
    let mut services: Vec<usize> = needed.filter(|service| made.services[*service][who] == scope).collect();
    services.sort_unstable();
    services.dedup();
    services
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_seed_gives_the_same_stories_in_the_same_order(seed in any::<u64>(), of in 0..30_usize, count in 1..40_usize) {
        let rules = engine::load_text(SMALL);
        let case = |number: usize| Case {
            name: number.to_string(),
            story: None,
            answers: Answers::new(&rules),
            expect: Expectation::default(),
        };
        let made: Vec<Case> = (0..of).map(case).collect();
        let stories: Vec<Story<'_>> = made.iter().map(|case| Story { case, text: "A story." }).collect();
        let names = |count| draw(&stories, seed, count).iter().map(|story| story.case.name.clone()).collect::<Vec<_>>();
        let drawn = names(count);
        prop_assert_eq!(&drawn, &names(count));
        // A longer quiz begins as a shorter one does.
        prop_assert!(names(40).starts_with(&drawn));
        prop_assert_eq!(drawn.len(), count.min(of));
        let mut once = drawn.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), drawn.len());
    }
}
