//! Which answers are enough for a recommendation, held against everybody.

use carepath::decide::{Situation, ignored_answers};
use carepath::prove::Prover;
use proptest::prelude::*;

use super::brute::Everybody;
use super::draws::{Draws, bytes};
use super::oracle::Recommendation;
use super::people::{partly, with_noise};
use super::rule_set::{Answered, GenRules, Given};
use super::{cases, engine, rule_gen};

#[test]
fn an_answer_that_does_not_count_is_no_reason() {
    let rules = engine::load_text(
        "{format: 1, name: Three questions, version: 0.0.0, disclaimer: None, otherwise: Nobody, questions: [\
         {id: one, ask: What?, choose: one, options: [a: A, b: B]}, \
         {id: two, ask: What?, choose: one, options: [a: A, b: B]}, \
         {id: more, ask: What?, choose: one, options: [good: Good, bad: Bad], \
          only_if: {any: [{one: a}, {two: a}]}}], \
         flags: [{id: bad, level: physician, when: {more: bad}, say: seen, do: this}]}",
    );
    let first = |place: usize| Some(Given::Options(vec![place]));
    // The last answer alone would do as well, had it been asked for.
    let answers = engine::answers(&rules, &vec![first(1), first(1), first(0)]);
    let enough = Prover::new(&rules).enough(&answers).expect("it is settled");
    assert_eq!((engine::places(&enough.answers), enough.least), (vec![0, 1], true));
    let alone = engine::answers(&rules, &vec![None, None, first(0)]);
    let enough = Prover::new(&rules).enough(&alone).expect("it is settled");
    assert_eq!(engine::places(&enough.answers), [2]);
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_reason_is_enough_and_the_smallest(made in rule_gen::rule_sets(), chance in bytes(60)) {
        let everybody = Everybody::new(&made);
        let said = something_said(&everybody, &made, &mut chance.draws());
        let forced = everybody.forced(&said);
        let rules = engine::load(&made);
        let answers = engine::answers(&rules, &said);
        let mut prover = Prover::for_interview(&rules);
        let told = prover.recommendation(&answers).map(|recommendation| engine::recommendation(&recommendation));
        prop_assert_eq!(&told, &forced);
        let Some(forced) = forced else {
            prop_assert_eq!(prover.enough(&answers), None);
            return Ok(());
        };
        let ignored = engine::places(&ignored_answers(&Situation::new(&rules, &answers), &answers));
        let given = (0..said.len()).filter(|place| said[*place].is_some() && !ignored.contains(place));
        let mut sets = subsets(&given.collect::<Vec<_>>());
        sets.sort_by_key(|set| (set.len(), set.clone()));
        let force = |set: &Vec<usize>| everybody.forced(&only(&said, set)).as_ref() == Some(&forced);
        let smallest = sets.into_iter().find(|set| force(set)).expect("all of them do");
        let enough = prover.enough(&answers).expect("they settle the recommendation");
        prop_assert_eq!((engine::places(&enough.answers), enough.least), (smallest, true));
    }

    #[test]
    fn without_a_search_nothing_can_be_left_out_of_the_reason(made in rule_gen::rule_sets(), chance in bytes(60)) {
        let everybody = Everybody::new(&made);
        let said = something_said(&everybody, &made, &mut chance.draws());
        let Some(forced) = everybody.forced(&said) else { return Ok(()) };
        let rules = engine::load(&made);
        let enough = Prover::new(&rules).enough_within(&engine::answers(&rules, &said), 0).expect("it is settled");
        prop_assert!(!enough.least);
        let kept = engine::places(&enough.answers);
        let force = |set: &Vec<usize>| everybody.forced(&only(&said, set)).as_ref() == Some(&forced);
        prop_assert!(force(&kept), "{:?} is not enough", kept);
        for left_out in &kept {
            let fewer = kept.iter().copied().filter(|place| place != left_out).collect();
            prop_assert!(!force(&fewer), "{:?} is enough", fewer);
        }
    }
}

impl Everybody<'_> {
    /// What everybody is recommended who said all this, if it is one thing.
    pub(crate) fn forced(&self, said: &Answered) -> Option<Recommendation> {
        let mut all = self.who_said(said).into_iter().map(|one| one.outcome.recommendation());
        let first = all.next().expect("there is a completion");
        all.all(|other| other == first).then_some(first)
    }
}

/// All or some of the answers of somebody, or with answers that do not count.
pub(crate) fn something_said(everybody: &Everybody<'_>, made: &GenRules, draws: &mut Draws<'_>) -> Answered {
    let complete = &everybody.people[draws.below(everybody.people.len())].answered;
    match draws.below(4) {
        0 => partly(complete, draws),
        1 => with_noise(made, complete, draws),
        _ => complete.clone(),
    }
}

fn only(said: &Answered, places: &[usize]) -> Answered {
    said.iter().enumerate().map(|(place, given)| given.clone().filter(|_| places.contains(&place))).collect()
}

fn subsets(places: &[usize]) -> Vec<Vec<usize>> {
    let of = |mask: usize| {
        places.iter().enumerate().filter(move |(bit, _)| mask >> bit & 1 == 1).map(|(_, place)| *place).collect()
    };
    (0..1 << places.len()).map(of).collect()
}
