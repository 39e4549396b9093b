//! Answers that make a difference, as few as possible.

use batsat::Lit;

use super::comparing::Comparing;
use super::definite::Proposal;
use super::matching::Side;
use super::shared::Said;
use crate::answers::{Answer, Answers};
use crate::model::{OptionSet, Position, QuestionIx};
use crate::prove::gates::Found;

/// Answers none of which can be left out: whatever else is answered, the decisions differ. Not always the fewest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Because {
    /// Answers to what both sides have, by the questions and options of the old rules. Among many, ticks speak for all
    /// options that both sides have.
    pub both: Vec<(QuestionIx, Answer)>,
    /// Answers under the old rules alone. Only a possible difference has any here or under the new ones.
    pub old: Vec<(QuestionIx, Answer)>,
    /// Answers under the new rules alone.
    pub new: Vec<(QuestionIx, Answer)>,
}

/// Answers that are being shrunk.
#[derive(Clone)]
struct Parts {
    said: Said,
    old: Answers,
    new: Answers,
}

impl Parts {
    fn alone(&mut self, side: Side) -> &mut Answers {
        match side {
            Side::Old => &mut self.old,
            Side::New => &mut self.new,
        }
    }
}

impl Comparing<'_> {
    /// Leaves out all that is not needed for `enough` to hold of all who answer so: the last question first, and what one
    /// side alone is told before what both are. What is `possible` hangs on the former.
    pub(super) fn because(&mut self, proposal: &Proposal, possible: bool, enough: Lit) -> Because {
        let (old, new) = (Answers::new(self.matching.old), Answers::new(self.matching.new));
        let mut parts = Parts { said: proposal.said.clone(), old, new };
        if possible {
            parts.old = self.on_one_side(Side::Old, &proposal.old, &parts.said);
            parts.new = self.on_one_side(Side::New, &proposal.new, &parts.said);
        }
        for side in [Side::New, Side::Old] {
            for question in self.matching.rules(side).questions().positions().rev() {
                if parts.alone(side).get(question).is_some() {
                    let mut fewer = parts.clone();
                    fewer.alone(side).clear(question);
                    parts = self.fewer(parts, fewer, enough);
                }
            }
        }
        for index in (0..self.matching.questions.len()).rev() {
            if parts.said.0.get(index).is_some_and(Option::is_some) {
                let fewer = Parts { said: parts.said.without(index), ..parts.clone() };
                parts = self.fewer(parts, fewer, enough);
            }
        }
        Because {
            both: parts.said.answers(&self.matching),
            old: parts.old.iter().collect(),
            new: parts.new.iter().collect(),
        }
    }

    /// The smaller of two, if it is still enough. Out of time the larger is kept.
    fn fewer(&mut self, larger: Parts, fewer: Parts, enough: Lit) -> Parts {
        let mut assumptions = self.told(&fewer);
        assumptions.push(!enough);
        let found = self.search(&assumptions);
        self.undecided |= found == Found::Undecided;
        if found == Found::No { fewer } else { larger }
    }

    /// That both sides hear what is said to both, and each what it alone is told.
    fn told(&mut self, parts: &Parts) -> Vec<Lit> {
        let Self { gates, matching, pair, .. } = self;
        let mut told = parts.said.heard(gates, matching, pair);
        told.extend(pair.old.person.said(gates, matching.old, &parts.old));
        told.extend(pair.new.person.said(gates, matching.new, &parts.new));
        told
    }

    /// The same for an explanation that is done.
    pub(super) fn told_because(&mut self, because: &Because, said: &Said) -> Vec<Lit> {
        let kept: Vec<Option<Answer>> = self
            .matching
            .questions
            .iter()
            .zip(&said.0)
            .map(|(matched, answer)| {
                answer.filter(|_| because.both.iter().any(|(question, _)| *question == matched.old))
            })
            .collect();
        let mut parts =
            Parts { said: Said(kept), old: Answers::new(self.matching.old), new: Answers::new(self.matching.new) };
        for (side, answers) in [(Side::Old, &because.old), (Side::New, &because.new)] {
            let rules = self.matching.rules(side);
            for (question, answer) in answers {
                // They were answers to these questions before.
                let _ = parts.alone(side).set(rules, *question, *answer);
            }
        }
        self.told(&parts)
    }

    /// The answers of one side that what is said to both does not settle.
    fn on_one_side(&self, side: Side, complete: &Answers, said: &Said) -> Answers {
        let mut alone = complete.clone();
        for (matched, said) in self.matching.questions.iter().zip(&said.0) {
            let question = matched.on(side);
            let is_whole = self.matching.rules(side).questions()[question].options.len() == matched.options.len();
            let settled = match (complete.get(question), *said) {
                (Some(Answer::Number(number)), Some(Answer::Number(said))) => number == said,
                (Some(Answer::Options(chosen)), Some(Answer::Options(said))) => {
                    let said = said.iter().filter_map(|place| matched.options.get(place.index()));
                    let said: OptionSet = said.map(|common| common.on(side)).collect();
                    chosen.minus(said).is_empty() && (is_whole || !matched.takes_many(side))
                }
                _ => false,
            };
            if settled {
                alone.clear(question);
            }
        }
        alone
    }
}
