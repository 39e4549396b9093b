//! What the answer to an open question can still change, held against all pairs of people.

use std::collections::BTreeSet;

use carepath::model::{Position, QuestionIx};
use carepath::prove::Prover;
use proptest::prelude::*;

use super::brute::{Everybody, Somebody};
use super::draws::bytes;
use super::oracle::{counts_in, holding_needs};
use super::people::partly;
use super::rule_set::{Answered, GenRules, Level};
use super::{cases, engine, rule_gen};

/// What differs between two people.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stakes {
    levels: BTreeSet<Level>,
    professionals: BTreeSet<usize>,
    on_hold: bool,
    waits: bool,
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_stakes_are_what_two_people_can_differ_in(made in rule_gen::rule_sets(), chance in bytes(60)) {
        let everybody = Everybody::new(&made);
        let draws = &mut chance.draws();
        let complete = &everybody.people[draws.below(everybody.people.len())].answered;
        let mut said = partly(complete, draws);
        let question = draws.below(said.len());
        let given = said[question].take();
        let people = everybody.who_said(&said);
        if people.iter().any(|one| one.answered[question].is_none()) {
            return Ok(());
        }
        let mut expected = Stakes::default();
        for one in &people {
            for other in &people {
                if agree(&made, &said, one, other, question) {
                    expected.add(&made, one, other);
                }
            }
        }
        let rules = engine::load(&made);
        // What was said to the question itself does not count.
        said[question] = given;
        let found = Prover::for_interview(&rules).stakes(&engine::answers(&rules, &said), QuestionIx::new(question));
        prop_assert!(!found.undecided);
        prop_assert!(found.levels.is_sorted_by(|one, next| one > next));
        let found = Stakes {
            levels: found.levels.into_iter().map(engine::level).collect(),
            professionals: found.professionals.iter().map(|who| who.index()).collect(),
            on_hold: found.on_hold,
            waits: found.waits,
        };
        prop_assert_eq!(found, expected);
    }
}

impl Stakes {
    /// What somebody has that another has not.
    fn add(&mut self, made: &GenRules, one: &Somebody, other: &Somebody) {
        let (before, after) = (&one.outcome, &other.outcome);
        if after.level > before.level {
            self.levels.insert(after.level);
        }
        if before.level.max(after.level) >= Level::Urgent {
            return;
        }
        let leads =
            |outcome: &super::oracle::Outcome, who: usize| outcome.steps.iter().any(|(_, _, lead)| *lead == who);
        let new = (0..made.professionals).filter(|who| leads(after, *who) && !leads(before, *who));
        self.professionals.extend(new);
        let needed: Vec<usize> =
            holding_needs(made, &one.answered).into_iter().map(|need| made.needs[need].service).collect();
        let held = |before: &[usize], after: &[usize]| {
            after.iter().any(|service| needed.contains(service) && !before.contains(service))
        };
        self.on_hold |= held(&before.on_hold, &after.on_hold);
        self.waits |= held(&before.waits, &after.waits);
    }
}

/// Two people who said the same answer alike whatever else applies to both.
fn agree(made: &GenRules, said: &Answered, one: &Somebody, other: &Somebody, but_for: usize) -> bool {
    (0..said.len()).filter(|place| *place != but_for).all(|place| {
        let was_said = || [one, other].iter().all(|both| counts_in(made, said, &both.answered, place));
        match (&one.answered[place], &other.answered[place]) {
            (Some(one), Some(other)) => one == other || was_said(),
            _ => true,
        }
    })
}
