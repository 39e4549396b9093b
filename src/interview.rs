//! The interview as a state machine: which question comes next, and what going back and changing an answer mean.

mod said;

pub use said::Given;

use said::Said;

use crate::answers::{Answer, Answers, Offered, Unfit};
use crate::decide::{Decision, Reading, Situation, Truth, Verdict};
use crate::model::{OptionSet, QuestionIx, RuleSet};
use crate::prove::{Prover, Stakes, questions_to_come};

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
    /// What was answered before, where the question comes again.
    pub current: Option<Answer>,
    /// The options that could not be chosen when it was answered before, or of which that is not known.
    pub unseen: OptionSet,
    /// Whether it is known what could be chosen then.
    pub offered_is_known: bool,
    /// It was taken up again after the last question: going back leaves it as it was.
    pub taken_up: bool,
    /// At most so many questions may still come after this one.
    pub may_follow: usize,
    /// Whether there is something to go back to.
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
    said: Said<'r>,
    /// The questions answered in this interview, in the order of their answers.
    asked: Vec<QuestionIx>,
    /// The question that is put again.
    again: Option<Again>,
    /// How things stood when an answer was taken up, until nothing is left to ask.
    before_change: Option<BeforeChange<'r>>,
}

/// What going back past an answer that was taken up leads back to.
struct BeforeChange<'r> {
    question: QuestionIx,
    said: Said<'r>,
    asked: Vec<QuestionIx>,
}

/// Why an answered question is put again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    /// The person went back to it on the way.
    GoneBack(QuestionIx),
    /// The person took it up when there was nothing left to ask.
    TakenUp(QuestionIx),
}

impl Again {
    fn question(self) -> QuestionIx {
        let (Self::GoneBack(question) | Self::TakenUp(question)) = self;
        question
    }
}

impl<'r> Interview<'r> {
    /// An interview in file order that goes on from `answers`: what they answer is not asked again.
    pub fn new(rules: &'r RuleSet, answers: Answers) -> Self {
        Self::in_order(rules, answers, Order::File)
    }

    /// An interview that goes on from `answers` and asks in this order.
    pub fn in_order(rules: &'r RuleSet, answers: Answers, order: Order) -> Self {
        let (prover, said) = (Prover::for_interview(rules), Said::new(rules, answers));
        Self { rules, prover, order, said, asked: Vec::new(), again: None, before_change: None }
    }

    /// What has been said so far, each answer with what could be chosen when it was given. Questions that have come to offer
    /// something new since are put again where that matters.
    pub fn answers(&self) -> &Answers {
        self.said.all()
    }

    /// What has been said so far and applies, in the order in which it was said first.
    pub fn given(&self) -> Vec<Given> {
        self.said.given()
    }

    /// The answered questions that have come to offer something new since: they are put again where that matters.
    pub fn to_be_put_again(&self) -> Vec<QuestionIx> {
        let situation = Situation::new(self.rules, self.said.all());
        let offers_more =
            |question: &QuestionIx| !self.said.unseen(*question, situation.choosable(*question)).is_empty();
        self.given().into_iter().map(|given| given.question).filter(offers_more).collect()
    }

    /// What comes next. The same until something is answered or taken back.
    pub fn step(&mut self) -> Step {
        let answers = self.said.all();
        // Somebody who came back to a question sees it again even where the outcome is settled without it.
        let next = self.again.map(Again::question).or_else(|| match self.order {
            Order::File => self.prover.next_question(answers),
            Order::Quick => self.prover.quickest_question(answers),
        });
        if let Some(question) = next {
            let situation = Situation::new(self.rules, answers);
            let reading = Reading::new(&situation);
            let others = questions_to_come(&reading).into_iter().filter(|other| *other != question);
            let choosable = situation.choosable(question);
            let taken_up = matches!(self.again, Some(Again::TakenUp(_)));
            return Step::Ask(Ask {
                question,
                choosable,
                current: self.said.get(question),
                unseen: self.said.unseen(question, choosable),
                offered_is_known: answers.offered(question) != Offered::Unknown,
                taken_up,
                may_follow: others.count(),
                can_go_back: taken_up || self.before(Some(question)).is_some(),
            });
        }
        self.before_change = None;
        match self.prover.decide(answers) {
            Verdict::Settled(decision) => Step::Done(decision),
            // An unsettled outcome always leaves a question open: the first unanswered one in file order, since what
            // decides whether it applies comes before it and is answered.
            Verdict::Unsettled { .. } => unreachable!("an unsettled outcome leaves a question open"),
        }
    }

    /// What the answer to a question could change, given all else that was said.
    pub fn stakes(&mut self, question: QuestionIx) -> Stakes {
        self.prover.stakes(self.said.all(), question)
    }

    /// Answers a question, and gives what counted so far and does not apply any more. Answers to other questions stay:
    /// what falls away counts again once it applies again.
    ///
    /// # Errors
    /// Says why the answer does not fit; nothing changes then.
    pub fn answer(&mut self, question: QuestionIx, answer: Answer) -> Result<Vec<Given>, Unfit> {
        let before = self.said.get(question);
        let fallen_away = self.said.hear(question, answer)?;
        // What follows from an answer comes after it; one that was only looked at keeps its place.
        if self.again.is_none() || before != Some(answer) {
            self.asked.retain(|asked| *asked != question);
            self.asked.push(question);
        }
        self.again = None;
        Ok(fallen_away)
    }

    /// Goes back to the question answered before the one that is asked now, if there is one. From a question that was
    /// taken up again, back to where that was; so also from the first question that its new answer brought up, with all
    /// that was said before the change.
    pub fn back(&mut self) -> bool {
        if let Some(Again::TakenUp(_)) = self.again {
            self.again = None;
            self.before_change = None;
            return true;
        }
        let now = match self.step() {
            Step::Ask(ask) => Some(ask.question),
            Step::Done(_) => None,
        };
        let before = self.before(now);
        if let Some(change) = self.before_change.take_if(|change| before == Some(change.question)) {
            (self.said, self.asked, self.again) = (change.said, change.asked, None);
            return true;
        }
        self.again = before.map(Again::GoneBack).or(self.again);
        before.is_some()
    }

    /// Puts an answered question again, to be answered otherwise. False if there is no answer to it that applies.
    pub fn take_up(&mut self, question: QuestionIx) -> bool {
        let is_given = self.said.given().iter().any(|given| given.question == question);
        if is_given {
            self.again = Some(Again::TakenUp(question));
            self.before_change = Some(BeforeChange { question, said: self.said.clone(), asked: self.asked.clone() });
        }
        is_given
    }

    /// The question behind the one that is put now: of those asked before it, the last that still counts.
    fn before(&self, question: Option<QuestionIx>) -> Option<QuestionIx> {
        let gone_back_to = |asked: &QuestionIx| self.again == Some(Again::GoneBack(*asked));
        let end = self.asked.iter().position(gone_back_to).unwrap_or(self.asked.len());
        let situation = Situation::new(self.rules, self.said.all());
        let mut earlier = self.asked.iter().take(end).rev().copied().filter(|asked| Some(*asked) != question);
        earlier.find(|earlier| situation.standing(*earlier).heard != Truth::No)
    }
}
