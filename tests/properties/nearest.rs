//! The smallest change of answers that mends a failing case, held against everybody.

use carepath::answers::{Answers, write_answers};
use carepath::cases::{Ended, Nearest, Tested};
use carepath::decide::{Outcome, Verdict};
use carepath::model::{Position, QuestionIx, RuleSet};
use carepath::prove::Prover;
use carepath::source::Texts;
use proptest::prelude::*;

use super::brute::{Everybody, Somebody};
use super::draws::bytes;
use super::oracle::counts_in;
use super::people::partly;
use super::rule_set::{Answered, GenRules, Given, Level};
use super::{cases, engine, rule_gen, yaml};

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_smaller_change_would_do(made in rule_gen::rule_sets(), chance in bytes(60)) {
        let everybody = Everybody::new(&made);
        let mut draws = chance.draws();
        let said = everybody.people[draws.below(everybody.people.len())].answered.clone();
        let said = if draws.percent(50) { said } else { partly(&said, &mut draws) };
        let wanted = &everybody.people[draws.below(everybody.people.len())].outcome;
        let rules = engine::load(&made);
        let Expected { text, meets } = expected(wanted, draws.below(6));
        let Some(nearest) = nearest(&rules, &said, &text) else { return Ok(()) };
        let fitting: Vec<&Somebody> = everybody.people.iter().filter(|one| meets(one)).collect();
        match nearest {
            Nearest::Undecided => prop_assert!(false, "so little is decided at once"),
            Nearest::Never => prop_assert!(fitting.is_empty(), "{text}: somebody ends so"),
            Nearest::Change(change) => {
                let settled = settled(&rules, &change.answers);
                prop_assert!(settled.is_some(), "the answers settle the outcome");
                let complete = everybody.who_said(&engine::answered(&made, &change.answers));
                prop_assert!(complete.iter().all(|one| meets(one)), "{text}: not all who say that end so");
                let fewest = fitting.iter().map(|one| differing(&made, &said, one).len()).min();
                prop_assert_eq!(Some(change.changed.len()), fewest, "{}", text);
                for question in (0..made.questions.len()).map(QuestionIx::new) {
                    let is_same = change.answers.get(question).map(engine::given) == said[question.index()];
                    prop_assert_eq!(is_same, !change.questions().contains(&question));
                }
            }
        }
    }
}

/// A part of an outcome that a case expects, as it is written, and who ends so.
struct Expected {
    text: String,
    meets: Box<dyn Fn(&Somebody) -> bool>,
}

fn expected(wanted: &super::oracle::Outcome, which: usize) -> Expected {
    let wanted = wanted.clone();
    let ids = |prefix: &str, places: &[usize]| {
        places.iter().map(|place| format!("{prefix}{place}")).collect::<Vec<_>>().join(", ")
    };
    match which {
        0 | 1 => Expected {
            text: format!("level: {}", yaml::level_name(wanted.level)),
            meets: Box::new(move |one| one.outcome.level == wanted.level),
        },
        2 => {
            let who = |outcome: &super::oracle::Outcome| {
                let mut who: Vec<usize> = Vec::new();
                for (_, _, lead) in &outcome.steps {
                    if !who.contains(lead) {
                        who.push(*lead);
                    }
                }
                who
            };
            Expected {
                text: format!("professionals: [{}]", ids("p", &who(&wanted))),
                meets: Box::new(move |one| who(&one.outcome) == who(&wanted)),
            }
        }
        3 => Expected {
            text: format!("on_hold: [{}], waits: [{}]", ids("s", &wanted.on_hold), ids("s", &wanted.waits)),
            meets: Box::new(move |one| {
                holds(&wanted.on_hold, &one.outcome.on_hold) && holds(&wanted.waits, &one.outcome.waits)
            }),
        },
        4 if wanted.level < Level::Urgent && !wanted.flags.is_empty() => Expected {
            text: format!("flags: [{}]", ids("l", &wanted.flags)),
            meets: Box::new(move |one| holds(&wanted.flags, &one.outcome.flags)),
        },
        _ => match wanted.steps.first().copied() {
            Some((phase, service, lead)) => Expected {
                text: format!("plan: [{{phase: h{phase}, lead: p{lead}}}, {{service: s{service}}}]"),
                meets: Box::new(move |one| {
                    let steps = &one.outcome.steps;
                    steps.iter().any(|(at, _, who)| (*at, *who) == (phase, lead))
                        && steps.iter().any(|(_, what, _)| *what == service)
                }),
            },
            None => Expected {
                text: "level: none, not_professionals: p0".to_owned(),
                meets: Box::new(|one| {
                    one.outcome.level == Level::None && one.outcome.steps.iter().all(|(_, _, lead)| *lead != 0)
                }),
            },
        },
    }
}

/// All that is expected is there; where nothing is, there is nothing.
fn holds(expected: &[usize], got: &[usize]) -> bool {
    if expected.is_empty() { got.is_empty() } else { expected.iter().all(|one| got.contains(one)) }
}

/// The questions to which an answer was given that counts for somebody, and is not theirs.
pub(crate) fn differing(made: &GenRules, said: &Answered, one: &Somebody) -> Vec<usize> {
    let differs = |place: &usize| {
        let Some(given) = &said[*place] else { return false };
        counts_in(made, said, &one.answered, *place) && one.answered[*place] != counting(made, given, one, *place)
    };
    (0..said.len()).filter(differs).collect()
}

/// What of an answer counts for somebody.
fn counting(made: &GenRules, given: &Given, one: &Somebody, place: usize) -> Option<Given> {
    let applying = super::oracle::applying_options(made, &one.answered, place)?;
    Some(match given {
        Given::Number(number) => Given::Number(*number),
        Given::Options(chosen) => {
            Given::Options(chosen.iter().copied().filter(|option| applying.contains(option)).collect())
        }
    })
}

/// What is nearest to a case that fails; nothing for one that passes.
fn nearest(rules: &RuleSet, said: &Answered, expect: &str) -> Option<Nearest> {
    let answers = write_answers(rules, &engine::answers(rules, said));
    let mut texts = Texts::default();
    let file = texts.add("case.yaml", format!("{answers}expect: {{{expect}}}\n"));
    match Tested::new(rules, &texts, file).ended {
        Ended::Passed(_) => None,
        Ended::Failed(failure) => Some(failure.nearest),
        Ended::Draft => panic!("something is expected: {expect}"),
        Ended::Broken(faults) => panic!("{expect}: {faults:?}"),
    }
}

fn settled(rules: &RuleSet, answers: &Answers) -> Option<Outcome> {
    match Prover::new(rules).decide(answers) {
        Verdict::Settled(decision) => Some(decision.outcome),
        Verdict::Unsettled { .. } => None,
    }
}
