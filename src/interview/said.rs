//! What was said in an interview, and what of it counts now that some of it may have changed.

use crate::answers::{Answer, Answers, Unfit};
use crate::decide::{Situation, Truth};
use crate::model::{OptionSet, Position, QuestionIx, RuleSet};

/// An answer that counts, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The question.
    pub question: QuestionIx,
    /// What was answered; of several options those that apply.
    pub answer: Answer,
}

/// Everything that was said.
#[derive(Clone)]
pub(super) struct Said<'r> {
    rules: &'r RuleSet,
    /// Everything, so that what falls away and applies again need not be said twice.
    all: Answers,
    /// What could be chosen when a question was answered, by question.
    offered: Vec<OptionSet>,
    /// All but the answers to questions that now offer more.
    counting: Answers,
}

impl<'r> Said<'r> {
    /// Answers from elsewhere. Whoever gave them was offered what they leave to choose.
    pub(super) fn new(rules: &'r RuleSet, answers: Answers) -> Self {
        let situation = Situation::new(rules, &answers);
        let offered = rules.questions().positions().map(|question| situation.choosable(question)).collect();
        Self { rules, offered, counting: answers.clone(), all: answers }
    }

    /// The answers that count, and those to questions that do not apply.
    ///
    /// Who did not tick an option that was not on offer has not denied it: "none of these" about a knee says nothing about
    /// a back. So an answer counts only while its question offers nothing new.
    pub(super) fn counting(&self) -> &Answers {
        &self.counting
    }

    /// What was last answered to `question`, whether or not it counts.
    pub(super) fn get(&self, question: QuestionIx) -> Option<Answer> {
        self.all.get(question)
    }

    /// Which of the options that can be chosen now could not be when `question` was answered; none if it never was.
    pub(super) fn unseen(&self, question: QuestionIx, choosable: OptionSet) -> OptionSet {
        match (self.all.get(question), self.offered.get(question.index())) {
            (Some(_), Some(offered)) => choosable.minus(*offered),
            _ => OptionSet::EMPTY,
        }
    }

    /// Takes in an answer, and says what counted before and does not apply any more.
    pub(super) fn hear(&mut self, question: QuestionIx, answer: Answer) -> Result<Vec<Given>, Unfit> {
        let before = self.given();
        self.all.set(self.rules, question, answer)?;
        let choosable = Situation::new(self.rules, &self.counting).choosable(question);
        if let Some(offered) = self.offered.get_mut(question.index()) {
            *offered = choosable;
        }
        self.counting = self.without_those_that_offer_more();
        let after = self.given();
        let others = before.into_iter().filter(|given| given.question != question);
        Ok(others.filter_map(|given| fallen_away(given, &after)).collect())
    }

    /// What was answered and applies, in the order in which it was said first.
    pub(super) fn given(&self) -> Vec<Given> {
        let situation = Situation::new(self.rules, &self.all);
        let applies = |question: QuestionIx| situation.standing(question).answered != Truth::No;
        let that_applies = |question: QuestionIx, answer: Answer| match answer {
            Answer::Options(chosen) => Answer::Options(
                chosen.iter().filter(|option| situation.chosen(question, *option) != Truth::No).collect(),
            ),
            Answer::Number(_) => answer,
        };
        let given = self.all.in_order_given().into_iter().filter(|(question, _)| applies(*question));
        given.map(|(question, answer)| Given { question, answer: that_applies(question, answer) }).collect()
    }

    fn without_those_that_offer_more(&self) -> Answers {
        let mut counting = self.all.clone();
        let mut situation = Situation::new(self.rules, &counting);
        // What a question offers hangs on earlier ones alone, so one pass in file order settles all of them.
        for (question, _) in self.all.iter() {
            let applies = situation.standing(question).applies != Truth::No;
            if applies && !self.unseen(question, situation.choosable(question)).is_empty() {
                counting.clear(question);
                situation = Situation::new(self.rules, &counting);
            }
        }
        counting
    }
}

/// The part of an answer that is not among those given now.
fn fallen_away(before: Given, now: &[Given]) -> Option<Given> {
    let question = before.question;
    let Some(now) = now.iter().find(|now| now.question == question) else {
        return Some(before);
    };
    match (before.answer, now.answer) {
        (Answer::Options(before), Answer::Options(now)) => {
            let gone = before.minus(now);
            (!gone.is_empty()).then_some(Given { question, answer: Answer::Options(gone) })
        }
        _ => None,
    }
}
