//! The interview as a state machine: which question comes next, and what going back means.

use crate::answers::{Answer, Answers, Unfit};
use crate::decide::{Decision, Reading, Situation, Truth, Verdict};
use crate::model::{OptionSet, QuestionIx, RuleSet};
use crate::prove::{Prover, questions_to_come};

/// What the interview wants next.
#[derive(Debug)]
pub enum Step {
    /// An answer to this question.
    Ask(Ask),
    /// Nothing: the outcome is settled in every completion of what was said.
    Done(Box<Decision>),
}

/// A question to put to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The question.
    pub question: QuestionIx,
    /// The options that can be chosen now.
    pub choosable: OptionSet,
    /// What was answered before, where the person came back to it.
    pub current: Option<Answer>,
    /// At most so many questions may still come after this one.
    pub may_follow: usize,
    /// Whether there is a question to go back to.
    pub can_go_back: bool,
}

/// In which order an interview asks what matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As the rule set has it.
    #[default]
    File,
    /// What tells most comes first, and before that what can change the level: as few questions as that gives.
    Quick,
}

/// An interview under way.
pub struct Interview<'r> {
    rules: &'r RuleSet,
    prover: Prover<'r>,
    order: Order,
    answers: Answers,
    /// The questions answered in this interview, in the order in which they were put.
    asked: Vec<QuestionIx>,
    /// The question that the person went back to.
    revisited: Option<QuestionIx>,
}

impl<'r> Interview<'r> {
    /// An interview in file order that goes on from `answers`: what they answer is not asked again.
    pub fn new(rules: &'r RuleSet, answers: Answers) -> Self {
        Self::in_order(rules, answers, Order::File)
    }

    /// An interview that goes on from `answers` and asks in this order.
    pub fn in_order(rules: &'r RuleSet, answers: Answers, order: Order) -> Self {
        Self { rules, order, prover: Prover::for_interview(rules), answers, asked: Vec::new(), revisited: None }
    }

    /// What has been said so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What comes next. The same until something is answered or taken back.
    pub fn step(&mut self) -> Step {
        // Somebody who came back to a question sees it again even where the outcome is settled without it.
        let next = self.revisited.or_else(|| match self.order {
            Order::File => self.prover.next_question(&self.answers),
            Order::Quick => self.prover.quickest_question(&self.answers),
        });
        if let Some(question) = next {
            let situation = Situation::new(self.rules, &self.answers);
            let reading = Reading::new(&situation);
            let others = questions_to_come(&reading).into_iter().filter(|other| *other != question);
            return Step::Ask(Ask {
                question,
                choosable: situation.choosable(question),
                current: self.answers.get(question),
                may_follow: others.count(),
                can_go_back: self.before(question).is_some(),
            });
        }
        match self.prover.decide(&self.answers) {
            Verdict::Settled(decision) => Step::Done(decision),
            // An unsettled outcome always leaves a question open: the first unanswered one in file order, since what
            // decides whether it applies comes before it and is answered.
            Verdict::Unsettled { .. } => unreachable!("an unsettled outcome leaves a question open"),
        }
    }

    /// Answers a question. Answers to other questions stay; those that no longer apply are ignored.
    ///
    /// # Errors
    /// Says why the answer does not fit; nothing changes then.
    pub fn answer(&mut self, question: QuestionIx, answer: Answer) -> Result<(), Unfit> {
        self.answers.set(self.rules, question, answer)?;
        // A question that came again because its answer fell away was put last; one gone back to keeps its place.
        if self.revisited != Some(question) {
            self.asked.retain(|asked| *asked != question);
            self.asked.push(question);
        }
        self.revisited = None;
        Ok(())
    }

    /// Goes back to the question answered before the one that is asked now, if there is one.
    pub fn back(&mut self) -> bool {
        let now = match self.step() {
            Step::Ask(ask) => Some(ask.question),
            Step::Done(_) => None,
        };
        let before = match now {
            Some(question) => self.before(question),
            None => self.last_asked(self.asked.len()),
        };
        self.revisited = before.or(self.revisited);
        before.is_some()
    }

    fn before(&self, question: QuestionIx) -> Option<QuestionIx> {
        let end = self.asked.iter().position(|asked| *asked == question).unwrap_or(self.asked.len());
        self.last_asked(end)
    }

    /// The last question asked before place `end` that still applies.
    fn last_asked(&self, end: usize) -> Option<QuestionIx> {
        let situation = Situation::new(self.rules, &self.answers);
        self.asked.iter().take(end).rev().copied().find(|question| situation.standing(*question).answered != Truth::No)
    }
}
