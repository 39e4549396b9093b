//! Which of the answers given are enough for the recommendation, whatever the others had been.
//!
//! A sufficient reason, or PI-explanation (Shih, Choi and Darwiche 2018; Ignatiev, Narodytska and Marques-Silva 2019). The
//! least is found with implicit hitting sets (Ignatiev, Previti, Liffiton and Marques-Silva 2015): somebody who ends
//! otherwise, and gives as many of the answers as such a person can, shows that one of those left out is needed; the
//! smallest set that has one of each such group is tried next.

use batsat::Lit;

use super::counter::Counter;
use super::gates::{Family, Found, Gates};
use super::prover::{Prover, Symbolic};
use crate::answers::Answers;
use crate::decide::{Situation, ignored_answers};
use crate::model::QuestionIx;

/// Answers that alone force the recommendation: everybody who gives these is recommended the same, whatever else they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enough {
    /// The questions whose answers these are, in file order.
    pub answers: Vec<QuestionIx>,
    /// No smaller number of the answers would do, and of those sets that are as small this is the first in file order.
    /// Otherwise a limit was reached; still, none of the answers was found that could be left out.
    pub least: bool,
}

/// So many sets are tried before the smallest one is given up.
const MOST_TRIED: usize = 400;

impl Prover<'_> {
    /// The smallest part of the answers that count which alone forces what they recommend; `None` if they do not settle
    /// the recommendation, or a limit was reached before that was known.
    pub fn enough(&mut self, answers: &Answers) -> Option<Enough> {
        self.enough_within(answers, MOST_TRIED)
    }

    /// The same, where at most so many sets are tried before the smallest one is given up; with none that is done at once.
    pub fn enough_within(&mut self, answers: &Answers, most_tried: usize) -> Option<Enough> {
        let rules = self.rules();
        self.trim();
        let mut counting = answers.clone();
        for question in ignored_answers(&Situation::new(rules, answers), answers) {
            counting.clear(question);
        }
        let recommendation = self.recommendation(&counting)?;
        let symbolic = self.symbolic();
        let otherwise = !symbolic.recommends(rules, &recommendation);
        let said = symbolic.person.said(&mut symbolic.gates, rules, &counting);
        let mut reasons = Reasons { symbolic, otherwise, said };
        let least = reasons.least(most_tried);
        let (kept, least) = (least.clone().unwrap_or_else(|| reasons.minimal()), least.is_some());
        let questions = counting.iter().map(|(question, _)| question).zip(kept);
        Some(Enough { answers: questions.filter(|(_, kept)| *kept).map(|(question, _)| question).collect(), least })
    }
}

/// Which of the answers are kept: one for each of them.
type Kept = Vec<bool>;

/// Looks for reasons.
struct Reasons<'s> {
    symbolic: &'s mut Symbolic,
    /// Something else is recommended.
    otherwise: Lit,
    /// Each of the answers was given.
    said: Vec<Lit>,
}

impl Reasons<'_> {
    /// The smallest set that is enough; `None` if a limit was reached.
    fn least(&mut self, most_tried: usize) -> Option<Kept> {
        let mut hitting = Hitting::new(self.symbolic.gates.anew(), self.said.len());
        for _ in 0..most_tried {
            let kept = hitting.smallest()?;
            match self.ends_otherwise(&kept) {
                Found::No => return Some(kept),
                Found::Undecided => return None,
                Found::Yes => {
                    let given = self.most_given();
                    hitting.hit_one_left_out(&given);
                }
            }
        }
        None
    }

    /// All answers but those that can be left out one by one, the last first.
    fn minimal(&mut self) -> Kept {
        let mut kept = vec![true; self.said.len()];
        for place in (0..kept.len()).rev() {
            let mut fewer = kept.clone();
            if let Some(kept) = fewer.get_mut(place) {
                *kept = false;
            }
            if fewer != kept && self.ends_otherwise(&fewer) == Found::No {
                // What it did not take to see that can be left out as well.
                for (kept, said) in fewer.iter_mut().zip(&self.said) {
                    *kept &= self.symbolic.gates.in_conflict(*said);
                }
                kept = fewer;
            }
        }
        kept
    }

    /// Whether somebody who gives these answers ends otherwise.
    fn ends_otherwise(&mut self, kept: &Kept) -> Found {
        let mut given: Vec<Lit> =
            self.said.iter().zip(kept).filter(|(_, kept)| **kept).map(|(said, _)| *said).collect();
        given.push(self.otherwise);
        self.symbolic.search(&given)
    }

    /// The answers that the person found last gives, and as many more as somebody can give who ends otherwise.
    fn most_given(&mut self) -> Kept {
        let mut given = self.read();
        for place in 0..given.len() {
            let mut more = given.clone();
            if let Some(given) = more.get_mut(place) {
                *given = true;
            }
            if more != given && self.ends_otherwise(&more) == Found::Yes {
                given = self.read();
            }
        }
        given
    }

    fn read(&self) -> Kept {
        self.said.iter().map(|said| self.symbolic.gates.is(*said)).collect()
    }
}

/// The smallest set that takes one of each of some groups.
struct Hitting {
    gates: Gates,
    taken: Vec<Lit>,
    size: Counter,
    /// No smaller set does.
    least: usize,
}

impl Hitting {
    fn new(mut gates: Gates, count: usize) -> Self {
        let taken: Vec<Lit> = (0..count).map(|_| gates.fresh()).collect();
        Self { size: Counter::new(&gates, taken.clone()), gates, taken, least: 0 }
    }

    /// One of those that were not given is taken from now on.
    fn hit_one_left_out(&mut self, given: &Kept) {
        self.gates.family = Family::Query;
        let left_out = self.taken.iter().zip(given).filter(|(_, given)| !**given);
        let left_out: Vec<Lit> = left_out.map(|(taken, _)| *taken).collect();
        self.gates.clause(left_out);
    }

    /// Of the smallest sets the first in file order; `None` if a limit was reached.
    fn smallest(&mut self) -> Option<Kept> {
        let mut given = loop {
            let as_small = self.size.at_most(&mut self.gates, self.least);
            match self.gates.search(&[as_small]) {
                Found::Yes => break vec![as_small],
                Found::No if self.least < self.taken.len() => self.least += 1,
                Found::No | Found::Undecided => return None,
            }
        };
        let mut kept = self.read();
        for (place, taken) in self.taken.clone().into_iter().enumerate() {
            given.push(taken);
            if kept.get(place) == Some(&true) {
                continue;
            }
            match self.gates.search(&given) {
                Found::Yes => kept = self.read(),
                Found::No => {
                    given.pop();
                    given.push(!taken);
                }
                Found::Undecided => return None,
            }
        }
        Some(kept)
    }

    fn read(&self) -> Kept {
        self.taken.iter().map(|taken| self.gates.is(*taken)).collect()
    }
}
