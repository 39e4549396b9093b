//! What was said in an interview, with what could be chosen each time.

use crate::answers::{Answer, Answers, Offered, Unfit};
use crate::decide::{Situation, Truth};
use crate::model::{Kind, OptionSet, QuestionIx, RuleSet};

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
    /// Also what fell away, so that it need not be said twice where it applies again.
    all: Answers,
}

impl<'r> Said<'r> {
    /// Answers from elsewhere. Where they do not say what was offered, whoever gave them was offered what they leave to
    /// choose.
    pub(super) fn new(rules: &'r RuleSet, mut answers: Answers) -> Self {
        let situation = Situation::new(rules, &answers);
        for (question, _) in answers.clone().iter() {
            if answers.offered(question) == Offered::AsNow {
                keep_offered(rules, &situation, question, &mut answers);
            }
        }
        Self { rules, all: answers }
    }

    /// All answers, each with what could be chosen when it was given.
    ///
    /// Who did not tick an option that was not on offer has not denied it: "none of these" about a knee says nothing about
    /// a back. What such answers mean is for the situation to say.
    pub(super) fn all(&self) -> &Answers {
        &self.all
    }

    /// What was last answered to `question`, whether or not it counts.
    pub(super) fn get(&self, question: QuestionIx) -> Option<Answer> {
        self.all.get(question)
    }

    /// Which of the options that can be chosen now could not be when `question` was answered; none if it never was.
    pub(super) fn unseen(&self, question: QuestionIx, choosable: OptionSet) -> OptionSet {
        self.all.unseen(question, &self.rules.questions()[question], choosable)
    }

    /// Takes in an answer, and says what counted before and does not apply any more.
    pub(super) fn hear(&mut self, question: QuestionIx, answer: Answer) -> Result<Vec<Given>, Unfit> {
        let before = self.given();
        // What can be chosen hangs on earlier questions alone.
        let situation = Situation::new(self.rules, &self.all);
        self.all.set(self.rules, question, answer)?;
        keep_offered(self.rules, &situation, question, &mut self.all);
        let after = self.given();
        let others = before.into_iter().filter(|given| given.question != question);
        Ok(others.filter_map(|given| fallen_away(given, &after)).collect())
    }

    /// What was answered and applies, in the order in which it was said first.
    pub(super) fn given(&self) -> Vec<Given> {
        let situation = Situation::new(self.rules, &self.all);
        let applies = |question: QuestionIx| situation.standing(question).heard != Truth::No;
        let that_applies = |question: QuestionIx, answer: Answer| match answer {
            Answer::Options(chosen) => Answer::Options(
                chosen.iter().filter(|option| situation.chosen(question, *option) != Truth::No).collect(),
            ),
            Answer::Number(_) => answer,
        };
        let given = self.all.in_order_given().into_iter().filter(|(question, _)| applies(*question));
        given.map(|(question, answer)| Given { question, answer: that_applies(question, answer) }).collect()
    }
}

/// Keeps what can be chosen with the answer to a question. A number needs nothing of the kind.
fn keep_offered(rules: &RuleSet, situation: &Situation<'_>, question: QuestionIx, answers: &mut Answers) {
    if !matches!(rules.questions()[question].kind, Kind::Number(_)) {
        answers.set_offered(question, Offered::These(situation.choosable(question)));
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
