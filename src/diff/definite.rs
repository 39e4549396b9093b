//! Who is affected whatever is answered to what only one side has.

use batsat::Lit;

use super::class::Class;
use super::comparing::{Comparing, Stopped};
use super::imagined::Imagined;
use super::matching::{Matching, Side};
use super::pair::Pair;
use super::shared::{Said, Voice};
use crate::answers::Answers;
use crate::prove::gates::{Found, Gates};

/// After so many answers that spared somebody, whoever is not known to be affected counts as possibly affected. What was
/// learned about one difference serves for the next.
const MOST_IMAGINED: usize = 64;

/// How surely somebody is affected whatever they do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    /// In the way in question.
    InThisWay,
    /// In the way in question if they choose nothing that only one side offers, and in one way or another if they do.
    InSomeWay,
}

impl Sure {
    fn literal(self, class: Class, gates: &mut Gates, matching: &Matching<'_>, pair: &Pair) -> Lit {
        let in_this_way = class.literal(gates, matching, pair);
        match self {
            Self::InThisWay => in_this_way,
            Self::InSomeWay => {
                let in_some_way = Class::any(gates, matching, pair);
                let common = pair.is_common(gates, matching);
                let unless = gates.or([!common, in_this_way]);
                gates.and([in_some_way, unless])
            }
        }
    }
}

/// A proposal: complete answers on both sides, and what they say to what both sides have.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    pub(super) old: Answers,
    pub(super) new: Answers,
    pub(super) said: Said,
}

/// What a person says, and all ways to answer the rest that were thought of so far, whatever it was that differed.
pub(super) struct Proposing {
    voices: Vec<Voice>,
    /// That both sides hear the voices.
    heard: Vec<Lit>,
    imagined: Vec<Imagined>,
}

impl Comparing<'_> {
    /// Somebody for whom all of `differs` holds, and who is affected as `sure` says whatever is not said; `None` if nobody
    /// was found. `first` is somebody for whom it holds.
    pub(super) fn definite(
        &mut self,
        first: &Proposal,
        differs: &[Lit],
        class: Class,
        sure: Sure,
    ) -> Result<Option<Proposal>, Stopped> {
        let affected = self.affected(class, sure);
        if self.always(&first.said, affected)? {
            return Ok(Some(first.clone()));
        }
        while self.imagine_last() {
            let mut assumptions = differs.to_vec();
            assumptions.extend(&self.proposing().heard);
            for index in 0..self.proposing().imagined.len() {
                assumptions.extend(self.still_affected(class, sure, index));
            }
            match self.search(&assumptions) {
                Found::No => return Ok(None),
                Found::Undecided => return Err(Stopped),
                Found::Yes => {}
            }
            let proposal = self.proposal(true);
            if self.always(&proposal.said, affected)? {
                return Ok(Some(proposal));
            }
        }
        Ok(None)
    }

    /// That somebody is affected.
    pub(super) fn affected(&mut self, class: Class, sure: Sure) -> Lit {
        sure.literal(class, &mut self.gates, &self.matching, &self.pair)
    }

    /// Whether all who say this are affected; the example found last is one who is not, if there is one.
    pub(super) fn always(&mut self, said: &Said, affected: Lit) -> Result<bool, Stopped> {
        let mut assumptions = said.heard(&mut self.gates, &self.matching, &self.pair);
        assumptions.push(!affected);
        match self.search(&assumptions) {
            Found::No => Ok(true),
            Found::Yes => Ok(false),
            Found::Undecided => Err(Stopped),
        }
    }

    /// The pair of the example found last, and all that it says to what both sides have: with `spoken`, at least what
    /// the voices say.
    pub(super) fn proposal(&mut self, spoken: bool) -> Proposal {
        let (old, new) = self.read();
        let already = spoken.then(|| {
            let voices = self.proposing().voices.clone();
            let said = self.matching.questions.iter().zip(voices);
            Said(said.map(|(matched, voice)| voice.read(&self.gates, matched)).collect())
        });
        let said = Said::read(&self.gates, &self.matching, &self.pair, (&old, &new), already.as_ref());
        Proposal { old, new, said }
    }

    /// Keeps in mind how the example found last answers what is not said. Says no where enough is kept in mind.
    fn imagine_last(&mut self) -> bool {
        if self.proposing().imagined.len() >= MOST_IMAGINED {
            return false;
        }
        let (old, new) = self.read();
        let voices = self.proposing().voices.clone();
        let Self { gates, matching, pair, .. } = self;
        let imagined = Imagined::new(gates, matching, pair, &voices, (&old, &new));
        self.proposing().imagined.push(imagined);
        true
    }

    /// Whoever can answer as was imagined in this place is affected then, too.
    fn still_affected(&mut self, class: Class, sure: Sure, index: usize) -> Option<Lit> {
        let Self { gates, matching, proposing, .. } = self;
        let imagined = proposing.as_ref()?.imagined.get(index)?;
        let affected = sure.literal(class, gates, matching, &imagined.pair);
        Some(gates.or([!imagined.fits, affected]))
    }

    fn proposing(&mut self) -> &mut Proposing {
        let Self { gates, matching, pair, proposing, .. } = self;
        proposing.get_or_insert_with(|| {
            let mut heard = Vec::new();
            let voices: Vec<Voice> =
                matching.questions.iter().map(|matched| Voice::free(gates, pair, matched)).collect();
            for (matched, voice) in matching.questions.iter().zip(&voices) {
                for side in Side::BOTH {
                    let asked = pair.half(side).person.asked(matched.on(side));
                    heard.push(voice.heard(gates, matching, matched, (side, asked)));
                }
            }
            Proposing { voices, heard, imagined: Vec::new() }
        })
    }
}
