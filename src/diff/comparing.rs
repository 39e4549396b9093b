//! A comparison under way.

use batsat::Lit;

use super::because::Because;
use super::class::Class;
use super::definite::{Proposal, Proposing, Sure};
use super::matching::{Matching, Side};
use super::pair::Pair;
use super::responsible;
use super::{Certainty, Difference, Example, Report};
use crate::answers::Answers;
use crate::decide::{Verdict, decide};
use crate::model::{Kind, Role, RuleSet};
use crate::prove::gates::{Found, Gates, Limit};

/// A comparison under way.
pub(super) struct Comparing<'r> {
    pub(super) matching: Matching<'r>,
    pub(super) gates: Gates,
    pub(super) pair: Pair,
    pub(super) proposing: Option<Proposing>,
    /// A limit was reached.
    pub(super) undecided: bool,
}

/// A limit was reached, or an example did not come out as the clauses said.
pub(super) struct Stopped;

impl<'r> Comparing<'r> {
    pub(super) fn new(old: &'r RuleSet, new: &'r RuleSet, limit: Limit) -> Self {
        let matching = Matching::new(old, new);
        let mut gates = Gates::new(None, false);
        gates.set_limit(limit);
        let pair = Pair::anybody(&mut gates, &matching);
        Self { matching, gates, pair, proposing: None, undecided: false }
    }

    pub(super) fn into_report(mut self) -> Report {
        let mut differences = Vec::new();
        for class in Class::all(&self.matching) {
            match self.difference(class) {
                Ok(difference) => differences.extend(difference),
                Err(Stopped) => self.undecided = true,
            }
        }
        let (only_in_old, only_in_new) = (self.matching.only_in(Side::Old), self.matching.only_in(Side::New));
        Report { only_in_old, only_in_new, differences, undecided: self.undecided }
    }

    pub(super) fn search(&mut self, assumptions: &[Lit]) -> Found {
        self.gates.search(assumptions)
    }

    pub(super) fn differs(&mut self, class: Class) -> Lit {
        class.literal(&mut self.gates, &self.matching, &self.pair)
    }

    /// Both sides of the example found last.
    pub(super) fn read(&self) -> (Answers, Answers) {
        let of = |side| self.pair.half(side).person.read(&self.gates, self.matching.rules(side));
        (of(Side::Old), of(Side::New))
    }

    /// Whether decisions differ in this way, with an example.
    fn difference(&mut self, class: Class) -> Result<Option<Difference>, Stopped> {
        let differs = self.differs(class);
        match self.search(&[differs]) {
            Found::No => return Ok(None),
            Found::Undecided => return Err(Stopped),
            Found::Yes => {}
        }
        let first = self.plainest(vec![differs]);
        let (certainty, proposal, enough) = self.surest(first, differs, class);
        let because = self.because(&proposal, certainty == Certainty::Possible, enough);
        let mut assumptions = self.told_because(&because, &proposal.said);
        assumptions.push(differs);
        if certainty == Certainty::Affected {
            assumptions.push(self.pair.is_common(&mut self.gates, &self.matching));
        }
        let example = if self.search(&assumptions) == Found::Yes { self.plainest(assumptions) } else { proposal };
        self.replayed(class, certainty, because, (example.old, example.new)).map(Some)
    }

    /// Somebody affected in this way whatever they do not say; else somebody who is affected in one way or another; else
    /// the first found. Says what holds of all who answer alike.
    fn surest(&mut self, first: Proposal, differs: Lit, class: Class) -> (Certainty, Proposal, Lit) {
        match self.definite(&first, &[differs], class, Sure::InThisWay) {
            Ok(Some(proposal)) => return (Certainty::Definite, proposal, differs),
            Ok(None) => {}
            // Out of time, what is known to be possible is still told, as that.
            Err(Stopped) => self.undecided = true,
        }
        let common = self.pair.is_common(&mut self.gates, &self.matching);
        if self.search(&[differs, common]) == Found::Yes {
            let plain = self.plainest(vec![differs, common]);
            match self.definite(&plain, &[differs, common], class, Sure::InSomeWay) {
                Ok(Some(proposal)) => {
                    return (Certainty::Affected, proposal, self.affected(class, Sure::InSomeWay));
                }
                Ok(None) => {}
                Err(Stopped) => self.undecided = true,
            }
        }
        (Certainty::Possible, first, differs)
    }

    /// Of all of whom `assumptions` hold, somebody with little to say: where `none` can be ticked they do, and elsewhere
    /// they leave out what they can. The example found last must be of them.
    fn plainest(&mut self, mut assumptions: Vec<Lit>) -> Proposal {
        let mut plainest = self.proposal(false);
        let answers = self.plain_answers();
        let mut is_plain: Vec<bool> = answers.iter().map(|plain| self.gates.is(*plain)).collect();
        for (place, plain) in answers.iter().enumerate() {
            assumptions.push(*plain);
            if is_plain.get(place) == Some(&true) {
                continue;
            }
            if self.search(&assumptions) == Found::Yes {
                plainest = self.proposal(false);
                is_plain = answers.iter().map(|plain| self.gates.is(*plain)).collect();
            } else {
                assumptions.pop();
            }
        }
        plainest
    }

    /// For each list first that `none` is ticked, then of each option that it is not.
    fn plain_answers(&mut self) -> Vec<Lit> {
        let (mut nones, mut unticked) = (Vec::new(), Vec::new());
        for side in Side::BOTH {
            for (position, question) in self.matching.rules(side).questions().iter() {
                if !matches!(question.kind, Kind::Many) {
                    continue;
                }
                let asked = self.pair.half(side).person.asked(position);
                for (option, choice) in question.choices() {
                    match (asked.chooses(option), choice.role) {
                        (Some(none), Role::NoneOfThese) => nones.push((asked.offer.applies, none)),
                        (Some(ticked), _) => unticked.push(!ticked),
                        (None, _) => {}
                    }
                }
            }
        }
        let nones: Vec<Lit> = nones.into_iter().map(|(applies, none)| self.gates.or([!applies, none])).collect();
        nones.into_iter().chain(unticked).collect()
    }

    /// The example as the engine decides it on both sides; nobody is told of one that it sees otherwise.
    fn replayed(
        &self,
        class: Class,
        certainty: Certainty,
        because: Because,
        answers: (Answers, Answers),
    ) -> Result<Difference, Stopped> {
        let old = example(self.matching.old, answers.0).ok_or(Stopped)?;
        let new = example(self.matching.new, answers.1).ok_or(Stopped)?;
        if !class.is_between(&self.matching, &old.decision.outcome, &new.decision.outcome) {
            return Err(Stopped);
        }
        let rules = responsible::rules(&self.matching, &old.answers, &new.answers);
        Ok(Difference { class, certainty, because, old, new, rules })
    }
}

fn example(rules: &RuleSet, answers: Answers) -> Option<Example> {
    match decide(rules, &answers) {
        Verdict::Settled(decision) => Some(Example { answers, decision: *decision }),
        Verdict::Unsettled { .. } => None,
    }
}
