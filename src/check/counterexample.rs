//! Answers that show that something does not hold, as few as possible.

use batsat::Lit;

use super::checking::Checking;
use crate::answers::{Answer, Answers};
use crate::decide::{Decision, Verdict, decide};
use crate::model::{Kind, OptionIx, Position, QuestionIx, RuleSet};
use crate::prove::changed;
use crate::prove::gates::Found;
use crate::prove::symbolic::Person;

/// Answers that show that something does not hold.
#[derive(Debug, Clone)]
pub struct Counterexample {
    /// Answers none of which can be left out: whatever else is answered, it does not hold. Not always the fewest.
    pub because: Answers,
    /// One way to answer everything else.
    pub example: Example,
    /// Somebody to compare with, where it takes two.
    pub beside: Option<Example>,
}

/// Complete answers and what comes of them.
#[derive(Debug, Clone)]
pub struct Example {
    /// The answers.
    pub answers: Answers,
    /// What the engine decides on them.
    pub decision: Decision,
}

impl Example {
    /// What comes of complete answers; `None` if they are not complete after all.
    pub(super) fn new(rules: &RuleSet, answers: Answers) -> Option<Self> {
        match decide(rules, &answers) {
            Verdict::Settled(decision) => Some(Self { answers, decision: *decision }),
            Verdict::Unsettled { .. } => None,
        }
    }
}

impl Checking<'_, '_> {
    /// The person of the example found last.
    pub(super) fn example(&mut self, of: Option<&Person>) -> Option<Example> {
        let rules = self.rules;
        let symbolic = self.symbolic();
        let answers = of.unwrap_or(&symbolic.person).read(&symbolic.gates, rules);
        Example::new(rules, answers)
    }

    /// Leaves out of complete answers all that is not needed: whatever else is answered, `given` and `never` together
    /// remain impossible. The answer to `fixed` stays. Tries the last question first; of what is left no answer can be
    /// left out. `None` if not even all of them are enough, or a limit was reached.
    ///
    /// The engine says by `is_spared` whether `given` and `never` hold for somebody; what it does not know is false.
    pub(super) fn shrink(
        &mut self,
        complete: &Answers,
        fixed: Option<QuestionIx>,
        given: &[Lit],
        never: Lit,
        is_spared: impl Fn(&Answers) -> bool,
    ) -> Option<Answers> {
        let mut because = self.conflict(complete, fixed, given, never)?;
        for question in self.rules.questions().positions().rev() {
            // Most answers are needed, and seen to be: whoever answers otherwise there alone is spared.
            if Some(question) != fixed
                && because.get(question).is_some()
                && !self.changing(complete, question).any(|answers| is_spared(&answers))
            {
                let mut fewer = because.clone();
                fewer.clear(question);
                because = self.conflict(&fewer, fixed, given, never).unwrap_or(because);
            }
        }
        Some(because)
    }

    /// The same complete answers with another one to a question, as far as they still count.
    fn changing<'a>(
        &mut self,
        complete: &'a Answers,
        question: QuestionIx,
    ) -> impl Iterator<Item = Answers> + use<'a, '_> {
        let rules = self.rules;
        let row = &rules.questions()[question];
        let options = row.options.iter().enumerate().map(|(place, _)| Answer::option(OptionIx::new(place)));
        let numbers = match &row.kind {
            Kind::Number(range) => Some(range.min),
            Kind::One | Kind::Many => None,
        };
        let numbers: Vec<i32> = numbers.into_iter().chain(self.symbolic().scales.of(question)).collect();
        let others = options.chain(numbers.into_iter().map(Answer::Number));
        others.filter(move |other| complete.get(question) != Some(*other)).map(move |other| {
            changed::completed(
                rules,
                |position| if position == question { Some(other) } else { complete.get(position) },
            )
        })
    }

    /// If `given` and `never` together are impossible for all who say this: what of it that takes.
    fn conflict(&mut self, said: &Answers, fixed: Option<QuestionIx>, given: &[Lit], never: Lit) -> Option<Answers> {
        let rules = self.rules;
        let symbolic = self.symbolic();
        let lits = symbolic.person.said(&mut symbolic.gates, rules, said);
        // What was said comes last and in file order: what comes after the conflict is not needed.
        let assumptions: Vec<Lit> = given.iter().copied().chain([never]).chain(lits.iter().copied()).collect();
        if symbolic.search(&assumptions) != Found::No {
            return None;
        }
        let mut needed = said.clone();
        for ((question, _), lit) in said.iter().zip(lits) {
            if Some(question) != fixed && !symbolic.gates.in_conflict(lit) {
                needed.clear(question);
            }
        }
        Some(needed)
    }

    /// A counterexample in which one person is enough: `fails` held in the example found last. For whom the engine says
    /// that they are spared, it does not hold.
    pub(super) fn counterexample(
        &mut self,
        fails: Lit,
        is_spared: impl Fn(&Answers) -> bool,
    ) -> Option<Counterexample> {
        let example = self.example(None)?;
        let because = self.shrink(&example.answers, None, &[], !fails, is_spared)?;
        Some(Counterexample { because, example, beside: None })
    }
}
