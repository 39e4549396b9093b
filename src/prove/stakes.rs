//! What the answer to one question can still change.

use batsat::Lit;

use super::gates::{Family, Found};
use super::pair::Pair;
use super::prover::{Prover, Symbolic};
use crate::answers::Answers;
use crate::model::{Level, ProfessionalIx, QuestionIx, RuleSet};

/// What hangs on the answer to a question: what can differ between two people who said all that was said, and answer
/// alike what else applies to both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stakes {
    /// The levels above none that one answer leads to and another stays below, gravest first.
    pub levels: Vec<Level>,
    /// Who leads something after one answer and nothing after another, where both leave room for a plan; in file order.
    pub professionals: Vec<ProfessionalIx>,
    /// After one answer a service is on hold that is needed and not on hold after another.
    pub on_hold: bool,
    /// After one answer a service waits that is needed and does not wait after another.
    pub waits: bool,
    /// A limit was reached: the answer may change more than this.
    pub undecided: bool,
}

/// One thing that can differ.
#[derive(Clone, Copy)]
enum Stake {
    Level(Level),
    Professional(ProfessionalIx),
    OnHold,
    Waits,
}

impl Prover<'_> {
    /// What the answer to a question can still change. An answer that was given to it does not count.
    pub fn stakes(&mut self, answers: &Answers, question: QuestionIx) -> Stakes {
        let rules = self.rules();
        let mut others = answers.clone();
        others.clear(question);
        self.trim();
        let symbolic = self.symbolic();
        let pair = symbolic.pair(rules, question);
        let possible = symbolic.possible_stakes(rules, &pair);
        let both = symbolic.both_said(rules, &pair, &others);
        let mut seen = vec![false; possible.len()];
        let mut stakes = Stakes::default();
        for (place, (stake, lit)) in possible.iter().enumerate() {
            if seen.get(place) != Some(&true) {
                match symbolic.search_with(&both, *lit) {
                    // An example often shows more than was asked for.
                    Found::Yes => {
                        for (seen, (_, lit)) in seen.iter_mut().zip(&possible) {
                            *seen |= symbolic.gates.is(*lit);
                        }
                    }
                    Found::No => continue,
                    Found::Undecided => {
                        stakes.undecided = true;
                        continue;
                    }
                }
            }
            match stake {
                Stake::Level(level) => stakes.levels.push(*level),
                Stake::Professional(professional) => stakes.professionals.push(*professional),
                Stake::OnHold => stakes.on_hold = true,
                Stake::Waits => stakes.waits = true,
            }
        }
        stakes
    }
}

impl Symbolic {
    /// Each thing that can differ, as a literal on the two persons of a pair: the second has it, the first has not. The
    /// two can change places, so that one direction is enough.
    fn possible_stakes(&mut self, rules: &RuleSet, pair: &Pair) -> Vec<(Stake, Lit)> {
        let (first, second) = (self.outcome(rules), self.outcome_of(rules, pair));
        let Self { gates, reading, .. } = self;
        gates.family = Family::Query;
        let mut possible = Vec::new();
        for level in Level::ALL.into_iter().skip(1).rev() {
            let reached = pair.reading.level_between(gates, level, level);
            possible.push((Stake::Level(level), gates.and([reached, !reading.at_least(level)])));
        }
        // What the second has shows only where there is room for a plan.
        let planned = reading.leaves_a_plan();
        for professional in rules.professionals().positions() {
            let (before, after) = (first.leads(gates, professional, None), second.leads(gates, professional, None));
            possible.push((Stake::Professional(professional), gates.and([planned, after, !before])));
        }
        for (stake, before, after) in
            [(Stake::OnHold, &first.on_hold, &second.on_hold), (Stake::Waits, &first.waits, &second.waits)]
        {
            let services = reading.needed.iter().zip(before).zip(after);
            let held: Vec<Lit> =
                services.map(|((needed, before), after)| gates.and([planned, *needed, !*before, *after])).collect();
            possible.push((stake, gates.or(held)));
        }
        possible
    }
}
