//! What would change a recommendation, and what would bring somebody in, held against everybody.

use std::collections::{BTreeMap, BTreeSet};

use carepath::answers::Answers;
use carepath::explain::{Alternative, Extent, Group, Rest, WhatIf, brings_in};
use carepath::model::{Position, ProfessionalIx, RuleSet};
use carepath::prove::{Nearest, Prover};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::brute::Everybody;
use super::draws::bytes;
use super::enough::something_said;
use super::nearest::differing;
use super::oracle::Recommendation;
use super::rule_set::{Answered, GenRules, Given, Kind};
use super::{cases, engine, rule_gen};

/// For each other recommendation the smallest sets of questions that have to be answered otherwise.
type Smallest = BTreeMap<Recommendation, BTreeSet<Vec<usize>>>;

#[test]
fn answers_that_lead_to_the_same_are_listed_together() {
    let rules = engine::load_text(
        "{format: 1, name: Three questions, version: 0.0.0, disclaimer: None, otherwise: Nobody, questions: [\
         {id: age, ask: How old?, choose: {number: {min: 0, max: 30}}, unsure: Not sure}, \
         {id: place, ask: Where?, choose: one, options: [a: A, b: B, c: C, d: D]}, \
         {id: signs, ask: What?, choose: many, options: [s: S, t: T, u: U], none: None}], \
         flags: [{id: odd, level: physician, say: seen, do: this, when: \
          {any: [{age: {at_least: 20, at_most: 25}}, {age: 27}, {age: unsure}, {place: [b, d]}, {signs: [s, u]}]}}]}",
    );
    let said = vec![Some(Given::Number(10)), Some(Given::Options(vec![0])), Some(Given::Options(vec![1]))];
    let what_if = |groups| {
        let extent = Extent { groups, ..Extent::default() };
        WhatIf::new(&mut Prover::new(&rules), &engine::answers(&rules, &said), extent).expect("it is settled")
    };
    let found = what_if(1);
    let [group] = found.groups.as_slice() else { panic!("there is one other recommendation: {found:?}") };
    let listed: Vec<(usize, Vec<Given>)> = group
        .alternatives
        .iter()
        .flat_map(|alternative| &alternative.changes)
        .map(|instead| (instead.question.index(), instead.after.iter().copied().map(engine::given).collect()))
        .collect();
    let options = |options: &[usize]| Given::Options(options.to_vec());
    let ages = (20..=25).map(Given::Number).chain([options(&[0])]).collect();
    let mut expected = vec![(0, ages), (1, vec![options(&[1]), options(&[3])])];
    expected.push((2, vec![options(&[0, 1]), options(&[1, 2])]));
    let mut sorted = listed.clone();
    sorted.sort_by_key(|(question, _)| *question);
    assert_eq!(sorted, expected);
    assert_eq!(listed[2].0, 2, "a tick more is harder to imagine");
    assert_eq!((found.rest, group.rest, group.differ), (Rest::Nothing, Rest::Nothing, 1));
    assert_eq!(what_if(0).rest, Rest::More);
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_smallest_changes_lead_where_they_say_and_none_is_missing(
        made in rule_gen::rule_sets(),
        chance in bytes(60),
    ) {
        let everybody = Everybody::new(&made);
        let draws = &mut chance.draws();
        let said = something_said(&everybody, &made, draws);
        let extent = Extent { groups: draws.one_of(&[12, 1, 2, 3]), alternatives: draws.one_of(&[4, 1, 2]) };
        let rules = engine::load(&made);
        let found = WhatIf::new(&mut Prover::for_interview(&rules), &engine::answers(&rules, &said), extent);
        let now = everybody.forced(&said);
        prop_assert_eq!(found.as_ref().map(|found| engine::recommendation(&found.now)), now.clone());
        let (Some(found), Some(now)) = (found, now) else { return Ok(()) };
        let others = smallest(&everybody, &made, &said, &now);
        let differ = |recommendation: &Recommendation| others[recommendation].first().map_or(0, Vec::len);
        let listed: Vec<Recommendation> =
            found.groups.iter().map(|group| engine::recommendation(&group.recommendation)).collect();
        prop_assert!(listed.iter().all(|listed| others.contains_key(listed)), "nobody gets there");
        prop_assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len());
        prop_assert!(listed.is_sorted_by_key(differ));
        prop_assert_eq!(listed.len(), others.len().min(extent.groups));
        prop_assert_eq!(found.rest, if others.len() > listed.len() { Rest::More } else { Rest::Nothing });
        let farthest = listed.iter().map(differ).max();
        for other in others.keys().filter(|other| !listed.contains(other)) {
            prop_assert!(Some(differ(other)) >= farthest, "a nearer one is missing");
        }
        let judge = Judge { made: &made, rules: &rules, everybody: &everybody, said: &said };
        for (group, recommendation) in found.groups.iter().zip(&listed) {
            judge.group(group, recommendation, &others[recommendation], extent.alternatives)?;
        }
    }

    #[test]
    fn the_nearest_change_brings_somebody_in(made in rule_gen::rule_sets(), chance in bytes(60)) {
        let everybody = Everybody::new(&made);
        let said = something_said(&everybody, &made, &mut chance.draws());
        let rules = engine::load(&made);
        let answers = engine::answers(&rules, &said);
        let mut prover = Prover::for_interview(&rules);
        for who in 0..made.professionals {
            let led: Vec<_> = everybody
                .people
                .iter()
                .filter(|one| one.outcome.steps.iter().any(|(_, _, lead)| *lead == who))
                .map(|one| &one.answered)
                .collect();
            let fewest = everybody.people.iter().filter(|one| led.contains(&&one.answered));
            let fewest = fewest.map(|one| differing(&made, &said, one).len()).min();
            match brings_in(&mut prover, &answers, ProfessionalIx::new(who)) {
                Nearest::Undecided => prop_assert!(false, "so little is decided at once"),
                Nearest::Never => prop_assert_eq!(fewest, None),
                Nearest::Change(change) => {
                    prop_assert_eq!(Some(change.changed.len()), fewest);
                    let after = everybody.who_said(&engine::answered(&made, &change.answers));
                    prop_assert!(after.iter().all(|one| led.contains(&&one.answered)), "p{} is not there", who);
                    let numbers: Vec<usize> = engine::places(&change.changed);
                    let numbers = numbers.into_iter().filter(|place| matches!(said[*place], Some(Given::Number(_))));
                    let [place] = numbers.collect::<Vec<_>>()[..] else { continue };
                    for nearer in nearer_numbers(&made, &said, &engine::answered(&made, &change.answers), place) {
                        let all = everybody.who_said(&nearer).iter().all(|one| led.contains(&&one.answered));
                        prop_assert!(!all, "{:?} is nearer", nearer[place]);
                    }
                }
            }
        }
    }
}

/// The answers after a change, with each number that is nearer to the one that was said to a question; with all numbers where
/// the answer is that one is not sure.
fn nearer_numbers(made: &GenRules, said: &Answered, after: &Answered, place: usize) -> Vec<Answered> {
    let (Kind::Number { min, max }, Some(Given::Number(before))) = (made.questions[place].kind, &said[place]) else {
        panic!("it is about a number");
    };
    let distance = |given: &Given| match given {
        Given::Number(number) => number.abs_diff(*before),
        Given::Options(_) => u32::MAX,
    };
    let farthest = distance(after[place].as_ref().expect("it was changed"));
    let numbers = (min..=max).map(Given::Number).filter(|number| distance(number) < farthest);
    let with = |number| {
        let mut nearer = after.clone();
        nearer[place] = Some(number);
        nearer
    };
    numbers.map(with).collect()
}

fn smallest(everybody: &Everybody<'_>, made: &GenRules, said: &Answered, now: &Recommendation) -> Smallest {
    let mut others = Smallest::new();
    for one in &everybody.people {
        let differing = differing(made, said, one);
        let sets = others.entry(one.outcome.recommendation()).or_default();
        let fewest = sets.first().map_or(usize::MAX, Vec::len);
        if differing.len() < fewest {
            sets.clear();
        }
        if differing.len() <= fewest {
            sets.insert(differing);
        }
    }
    others.remove(now);
    others
}

/// Judges what was found.
struct Judge<'a> {
    made: &'a GenRules,
    rules: &'a RuleSet,
    everybody: &'a Everybody<'a>,
    said: &'a Answered,
}

impl Judge<'_> {
    fn group(
        &self,
        group: &Group,
        leads_to: &Recommendation,
        sets: &BTreeSet<Vec<usize>>,
        most: usize,
    ) -> TestCaseResult {
        let fewest = sets.first().expect("somebody gets there").len();
        prop_assert_eq!(group.differ, fewest);
        let questions = |alternative: &Alternative| -> Vec<usize> {
            alternative.changes.iter().map(|instead| instead.question.index()).collect()
        };
        let listed: BTreeSet<Vec<usize>> = group.alternatives.iter().map(questions).collect();
        prop_assert_eq!(listed.len(), group.alternatives.len());
        prop_assert!(listed.is_subset(sets), "{:?} of {:?}", listed, sets);
        prop_assert_eq!(listed.len(), sets.len().min(most));
        prop_assert_eq!(group.rest, if sets.len() > listed.len() { Rest::More } else { Rest::Nothing });
        group.alternatives.iter().try_for_each(|alternative| self.alternative(alternative, leads_to))
    }

    fn alternative(&self, alternative: &Alternative, leads_to: &Recommendation) -> TestCaseResult {
        let after = engine::answered(self.made, &alternative.answers);
        for (place, given) in after.iter().enumerate() {
            let changed = alternative.changes.iter().find(|instead| instead.question.index() == place);
            let added = alternative.added.iter().any(|question| question.index() == place);
            prop_assert_eq!(given != &self.said[place], changed.is_some() || added);
            if let Some(instead) = changed {
                prop_assert_eq!(Some(engine::given(instead.before)), self.said[place].clone());
                prop_assert!(!instead.after.contains(&instead.before));
                prop_assert!(instead.after.iter().any(|after| Some(engine::given(*after)) == *given));
            }
        }
        for answers in self.combinations(alternative) {
            let said = engine::answered(self.made, &answers);
            for one in self.everybody.who_said(&said) {
                prop_assert_eq!(&one.outcome.recommendation(), leads_to);
                let changed = alternative.changes.iter().map(|instead| instead.question.index());
                for place in changed {
                    prop_assert_eq!(&one.answered[place], &said[place], "it counts in full");
                }
            }
        }
        Ok(())
    }

    /// All answers that an alternative offers.
    fn combinations(&self, alternative: &Alternative) -> Vec<Answers> {
        let mut all = vec![alternative.answers.clone()];
        for instead in &alternative.changes {
            let with = |answers: &Answers, after| {
                let mut answers = answers.clone();
                answers.set(self.rules, instead.question, after).expect("it fits");
                answers
            };
            all = all.iter().flat_map(|answers| instead.after.iter().map(|after| with(answers, *after))).collect();
        }
        all
    }
}
