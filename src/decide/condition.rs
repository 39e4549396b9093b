//! Whether a condition holds, entry by entry: slower than its compiled form, for those who have to say why.

use super::situation::Situation;
use super::truth::Truth;
use crate::answers::{Answer, Answers};
use crate::model::{Condition, OptionSet, QuestionIx, Test};

impl Situation<'_> {
    /// The truth of any condition of the rule set. `answers` are the ones that the situation was made from.
    pub(crate) fn holds(&self, condition: &Condition, answers: &Answers) -> Truth {
        let each = |parts: &[Condition]| parts.iter().map(|part| self.holds(part, answers)).collect::<Vec<Truth>>();
        match &condition.test {
            Test::All(parts) => each(parts).into_iter().fold(Truth::Yes, Truth::and),
            Test::Any(parts) => each(parts).into_iter().fold(Truth::No, Truth::or),
            Test::Not(part) => self.holds(part, answers).not(),
            Test::Count { at_least, of } => Truth::at_least(*at_least, &each(of)),
            Test::Finding(finding) => self.finding(*finding),
            Test::Number { question, at_least, at_most } => self.within(answers, *question, *at_least, *at_most),
            Test::Options { question, any_of, all_of, none_of } => {
                let chosen = |options: OptionSet| options.iter().map(|option| self.chosen(*question, option));
                let mut truth = chosen(*all_of).fold(Truth::Yes, Truth::and);
                if !any_of.is_empty() {
                    truth = truth.and(chosen(*any_of).fold(Truth::No, Truth::or));
                }
                if !none_of.is_empty() {
                    truth = truth.and(self.standing(*question).applies);
                    truth = chosen(*none_of).map(Truth::not).fold(truth, Truth::and);
                }
                truth
            }
        }
    }

    /// Whether the answer to a question is a number between these, both included.
    pub(crate) fn within(&self, answers: &Answers, question: QuestionIx, at_least: i32, at_most: i32) -> Truth {
        let applies = self.standing(question).applies;
        match answers.get(question) {
            Some(Answer::Number(number)) if (at_least..=at_most).contains(&number) => applies,
            Some(_) => Truth::No,
            None => applies.and(Truth::Perhaps),
        }
    }
}
