//! What the design promises, each as a check of one rule set and some answers.

use carepath::answers::Answers;
use carepath::decide::{Decision, Verdict, decide};
use carepath::interview::Step;
use carepath::model::{Position, QuestionIx, RuleSet};
use carepath::prove::Prover;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::draws::Draws;
use super::engine;
use super::oracle::{
    answered_in, completions, counts_in, deciding_preferences, holding_needs, outcome, raised_flags, unseen,
};
use super::rule_set::{Answered, GenRules, Given, Level, Spoken};
use super::sitting::Sitting;
use super::yaml;

/// A generated rule set, and what the program made of it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) made: &'a GenRules,
    pub(crate) rules: &'a RuleSet,
}

impl Subject<'_> {
    fn settled(self, answers: &Answers) -> Decision {
        match decide(self.rules, answers) {
            Verdict::Settled(decision) => *decision,
            Verdict::Unsettled { .. } => {
                let said = engine::answered(self.made, answers);
                panic!("all is answered, yet it is unsettled: {}", yaml::answers(self.made, &said))
            }
        }
    }

    /// Complete answers decide as the design says, and the evidence is complete too.
    pub(crate) fn decides_as_designed(self, complete: &Answered) -> TestCaseResult {
        let made = self.made;
        let decision = self.settled(&engine::answers(self.rules, complete));
        let expected = outcome(made, complete);
        let shown = yaml::answers(made, complete);
        prop_assert_eq!(&engine::outcome(&decision.outcome), &expected, "answers: {}", shown);
        prop_assert!(decision.evidence.ignored.is_empty(), "answers: {}", shown);

        let mut told = engine::places(&decision.evidence.flags);
        told.sort_unstable();
        let mut grave = raised_flags(made, complete);
        grave.retain(|flag| made.flags[*flag].level >= Level::Urgent);
        prop_assert_eq!(told, if grave.is_empty() { expected.flags } else { grave }, "answers: {}", shown);

        let mut decided: Vec<usize> =
            decision.evidence.choices.iter().flat_map(|choice| engine::places(&choice.decided_by)).collect();
        decided.sort_unstable();
        decided.dedup();
        prop_assert_eq!(decided, deciding_preferences(made, complete), "answers: {}", shown);

        let needs = holding_needs(made, complete);
        let reasons = expected.steps.iter().map(|(phase, service, _)| {
            let gives = |need: &&usize| (made.needs[**need].phase, made.needs[**need].service) == (*phase, *service);
            (*phase, *service, needs.iter().filter(gives).copied().collect::<Vec<_>>())
        });
        prop_assert_eq!(reasons_of(&decision), reasons.collect::<Vec<_>>(), "answers: {}", shown);
        Ok(())
    }

    /// The order of answers does not matter, nor do answers that do not apply: those are listed.
    pub(crate) fn ignores_noise(self, complete: &Answered, noisy: &Answered, draws: &mut Draws<'_>) -> TestCaseResult {
        let mut order: Vec<(usize, &Given)> =
            noisy.iter().enumerate().filter_map(|(place, given)| Some((place, given.as_ref()?))).collect();
        let mut answers = Answers::new(self.rules);
        while !order.is_empty() {
            let (place, given) = order.swap_remove(draws.below(order.len()));
            answers.set(self.rules, QuestionIx::new(place), engine::answer(given)).expect("it fits");
        }
        let decision = self.settled(&answers);
        let shown = yaml::answers(self.made, noisy);
        prop_assert_eq!(engine::outcome(&decision.outcome), outcome(self.made, complete), "answers: {}", shown);
        let idle: Vec<usize> = (0..noisy.len()).filter(|q| noisy[*q].is_some() && complete[*q].is_none()).collect();
        prop_assert_eq!(engine::places(&decision.evidence.ignored), idle, "answers: {}", shown);
        Ok(())
    }

    /// What is settled by some answers holds in every completion, and so does what is told beside it.
    pub(crate) fn settles_soundly(self, said: &Spoken) -> TestCaseResult {
        let made = self.made;
        let completions = completions(made, said);
        let shown = yaml::spoken(made, said);
        let answers = engine::spoken(self.rules, said);
        let outcomes: Vec<_> = completions.iter().map(|complete| outcome(made, complete)).collect();
        let one_outcome = outcomes.iter().all(|outcome| *outcome == outcomes[0]);
        if let Verdict::Settled(decision) = decide(self.rules, &answers) {
            prop_assert!(one_outcome, "settled without the solver, answers: {}", shown);
            prop_assert_eq!(engine::outcome(&decision.outcome), outcomes[0].clone(), "answers: {}", shown);
        }
        let decision = match Prover::new(self.rules).decide(&answers) {
            Verdict::Settled(decision) => decision,
            Verdict::Unsettled { level_at_least } => {
                let least = outcomes.iter().map(|outcome| outcome.level).min();
                prop_assert!(Some(engine::level(level_at_least)) <= least, "answers: {}", shown);
                prop_assert!(!one_outcome, "there is one outcome, answers: {}", shown);
                return Ok(());
            }
        };
        let seen = engine::outcome(&decision.outcome);
        let ignored = engine::places(&decision.evidence.ignored);
        let flags = engine::places(&decision.evidence.flags);
        let needs: Vec<usize> = reasons_of(&decision).into_iter().flat_map(|(_, _, needs)| needs).collect();
        for complete in &completions {
            let in_full = yaml::answers(made, complete);
            prop_assert_eq!(&seen, &outcome(made, complete), "settled by {}, not in {}", shown, in_full);
            let counting = ignored.iter().find(|place| counts_in(made, said, complete, **place));
            prop_assert_eq!(counting, None, "ignored of {}, counts in {}", shown, in_full);
            let raised = raised_flags(made, complete);
            prop_assert!(flags.iter().all(|flag| raised.contains(flag)), "{:?} told of {}", flags, in_full);
            let holding = holding_needs(made, complete);
            prop_assert!(needs.iter().all(|need| holding.contains(need)), "{:?} told of {}", needs, in_full);
        }
        Ok(())
    }

    /// The questions listed as open are those that are open and matter; if there is none of those and the outcome is not
    /// settled, one that is open. There is none only if all is settled.
    pub(crate) fn lists_what_matters(self, said: &Spoken) -> TestCaseResult {
        let answers = engine::spoken(self.rules, said);
        let mut prover = Prover::new(self.rules);
        let listed = engine::places(&prover.open_questions(&answers));
        let shown = yaml::spoken(self.made, said);
        let completions = completions(self.made, said);
        let outcomes: Vec<_> = completions.iter().map(|complete| outcome(self.made, complete)).collect();
        let settled = outcomes.iter().all(|outcome| *outcome == outcomes[0]);

        let unanswered = |place: usize| {
            let mut each = completions.iter();
            each.all(|complete| complete[place].is_some() && !answered_in(self.made, said, complete, place))
        };
        let open: Vec<usize> = (0..said.given.len()).filter(|place| unanswered(*place)).collect();
        let matter: Vec<usize> =
            open.iter().copied().filter(|place| self.matters(said, &completions, *place)).collect();
        prop_assert_eq!(listed.first().copied(), prover.next_question(&answers).map(Position::index), "{}", shown);
        if matter.is_empty() && !settled {
            prop_assert!(listed.len() == 1 && open.contains(&listed[0]), "{:?}, answers: {}", listed, shown);
        } else {
            prop_assert_eq!(listed, matter, "answers: {}", shown);
        }
        Ok(())
    }

    /// A question is put only if it matters, or if none of those that are open does.
    fn is_worth_asking(self, said: &Spoken, place: usize) -> TestCaseResult {
        let all = completions(self.made, said);
        if !self.matters(said, &all, place) {
            let unanswered = |place: &usize| {
                all.iter().all(|complete| complete[*place].is_some() && !answered_in(self.made, said, complete, *place))
            };
            let open: Vec<usize> = (0..said.given.len()).filter(unanswered).collect();
            let shown = yaml::spoken(self.made, said);
            prop_assert!(open.contains(&place), "{} is not open: {}", place, shown);
            let matters = open.iter().find(|other| self.matters(said, &all, **other));
            prop_assert_eq!(matters, None, "{} does not matter: {}", place, shown);
        }
        Ok(())
    }

    /// Whether two completions differ in a question, agree on every other that applies in both, and differ in outcome.
    ///
    /// They agree on what was said, even if more of it counts in one than in the other, if they also do on what it says nothing
    /// of.
    fn matters(self, said: &Spoken, completions: &[Answered], question: usize) -> bool {
        let outcomes: Vec<_> = completions.iter().map(|complete| outcome(self.made, complete)).collect();
        let agree_but_for_it = |one: &Answered, other: &Answered| {
            let news = |who: &Answered, place: usize| match &who[place] {
                Some(Given::Options(chosen)) => {
                    let unseen = unseen(self.made, said, place);
                    chosen.iter().copied().filter(|option| unseen.contains(option)).collect()
                }
                _ => vec![],
            };
            let was_said = |place: usize| {
                let count = [one, other].iter().all(|both| counts_in(self.made, said, both, place));
                count && news(one, place) == news(other, place)
            };
            let mut pairs = one.iter().zip(other).enumerate();
            one[question] != other[question]
                && pairs
                    .all(|(place, (a, b))| place == question || a.is_none() || b.is_none() || a == b || was_said(place))
        };
        completions.iter().zip(&outcomes).enumerate().any(|(place, (one, first))| {
            let mut others = completions[..place].iter().zip(&outcomes);
            others.any(|(other, second)| first != second && agree_but_for_it(one, other))
        })
    }

    /// An interview that goes on from part of a person's answers asks each of the others once at most, no more than it
    /// says, and comes to the outcome of all of them.
    pub(crate) fn interviews(self, person: &Answered, said: &Spoken) -> TestCaseResult {
        let shown = yaml::answers(self.made, person);
        let mut sitting = Sitting::new(self.made, self.rules, said);
        let mut may_follow = self.made.questions.len();
        let decision = loop {
            let ask = match sitting.step() {
                Step::Done(decision) => break decision,
                Step::Ask(ask) => ask,
            };
            let place = ask.question.index();
            prop_assert!(may_follow > 0, "question {} was not to follow any more: {}", place, shown);
            may_follow = ask.may_follow.min(may_follow - 1);
            let is_new = said.given[place].is_none() || !answered_in(self.made, said, person, place);
            prop_assert!(is_new, "question {} was answered before: {}", place, shown);
            prop_assert!(!sitting.put().contains(&place), "question {} is put twice: {}", place, shown);
            self.is_worth_asking(&sitting.said(), place)?;
            sitting.answer_new(&ask, person[place].as_ref().expect("it applies"));
        };
        prop_assert_eq!(engine::outcome(&decision.outcome), outcome(self.made, person), "person: {}", shown);
        sitting.check_done(&decision);
        Ok(())
    }
}

/// Phase, service and needs of the reasons told.
fn reasons_of(decision: &Decision) -> Vec<(usize, usize, Vec<usize>)> {
    let reasons = decision.evidence.reasons.iter();
    reasons.map(|(phase, service, needs)| (phase.index(), service.index(), engine::places(needs))).collect()
}
