//! One person as a literal says, who answers what only one side has as somebody else did.
//!
//! Whoever is definitely affected must be affected however those answers go. Somebody found not to be shows answers
//! that must be ruled out for everybody proposed from then on: counterexample-guided, as Janota, Klieber, Marques-Silva
//! and Clarke solve quantified formulas (2012).

use batsat::Lit;

use super::matching::{Matching, Side, is_plain};
use super::pair::{Half, Pair, agrees};
use super::shared::Voice;
use crate::answers::{Answer, Answers};
use crate::model::{Kind, OptionIx, Position, Question, QuestionIx};
use crate::prove::gates::{Family, Gates};
use crate::prove::symbolic::{Asked, Offer, Person};

/// What comes of a person if all that they do not say is answered in one way.
pub(super) struct Imagined {
    pub(super) pair: Pair,
    /// They can answer so, and the two sides agree.
    pub(super) fits: Lit,
}

impl Imagined {
    /// `voices` speak to the questions that both sides have; `others` holds complete answers for all that is not said.
    pub(super) fn new(
        gates: &mut Gates,
        matching: &Matching<'_>,
        like: &Pair,
        voices: &[Voice],
        others: (&Answers, &Answers),
    ) -> Self {
        let mut fits = Vec::new();
        let old = half(gates, matching, Side::Old, like, voices, others.0, &mut fits);
        let new = half(gates, matching, Side::New, like, voices, others.1, &mut fits);
        for matched in &matching.questions {
            fits.push(agrees(gates, matching, matched, old.person.asked(matched.old), new.person.asked(matched.new)));
        }
        gates.family = Family::Query;
        let fits = gates.and(fits);
        Self { pair: Pair { old, new }, fits }
    }
}

fn half(
    gates: &mut Gates,
    matching: &Matching<'_>,
    side: Side,
    like: &Pair,
    voices: &[Voice],
    others: &Answers,
    fits: &mut Vec<Lit>,
) -> Half {
    let rules = matching.rules(side);
    let person = Person::answering(gates, rules, |gates, position, question, offer| {
        gates.family = Family::Query;
        let bounds = like.half(side).person.asked(position).at_least.iter().map(|(bound, _)| *bound).collect();
        let filling = Filling { matching, side, position, question, bounds, other: others.get(position) };
        let voice = matching.matched(side, position).and_then(|(index, _)| voices.get(index));
        let asked = filling.asked(gates, offer, voice);
        fits.push(asked.can_be(gates));
        asked
    });
    Half::new(gates, rules, person)
}

/// A question to be answered by what is said, and by another answer where that says nothing.
struct Filling<'f> {
    matching: &'f Matching<'f>,
    side: Side,
    position: QuestionIx,
    question: &'f Question,
    bounds: Vec<i32>,
    other: Option<Answer>,
}

impl Filling<'_> {
    fn asked(&self, gates: &mut Gates, offer: Offer, voice: Option<&Voice>) -> Asked {
        let no = gates.no();
        let said = |place: usize| -> Lit {
            let matched = self.matching.matched(self.side, self.position).map(|(_, matched)| matched);
            let common = matched
                .and_then(|matched| matched.options.iter().position(|common| common.on(self.side).index() == place));
            voice.zip(common).and_then(|(voice, common)| voice.options.get(common).copied()).unwrap_or(no)
        };
        let mut counting: Vec<Lit> = (0..offer.options.len())
            .map(said)
            .zip(&offer.options)
            .map(|(said, offered)| gates.and([said, *offered]))
            .collect();
        let number_said = voice.map_or(no, |voice| voice.number);
        let number_counts = gates.and([number_said, offer.applies]);
        let counts = gates.or(counting.iter().copied().chain([number_counts]));
        let otherwise = gates.and([offer.applies, !counts]);
        let chosen = if self.takes_many() {
            self.ticks(gates, &offer, &mut counting, counts)
        } else {
            let other = |place: usize| self.other_chooses(place);
            let pick = |(place, counts): (usize, &Lit)| {
                if other(place) { gates.or([*counts, otherwise]) } else { *counts }
            };
            counting.iter().enumerate().map(pick).collect()
        };
        let other = match self.other {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        };
        let number = if other.is_some() { gates.or([number_counts, otherwise]) } else { number_counts };
        let at_least = self.bounds.iter().map(|bound| {
            let said = voice.map_or(no, |voice| said_at_least(voice, *bound, self.numbers()));
            let said = gates.and([number_counts, said]);
            let reached = if other.is_some_and(|other| other >= *bound) { gates.or([said, otherwise]) } else { said };
            (*bound, reached)
        });
        let at_least = at_least.collect();
        Asked { offer, chosen, number, at_least }
    }

    /// Ticks said as far as they count, or else those of the other answer; what only this side has always from there.
    fn ticks(&self, gates: &mut Gates, offer: &Offer, counting: &mut [Lit], counts: Lit) -> Vec<Lit> {
        let matched = self.matching.matched(self.side, self.position).map(|(_, matched)| matched);
        let mut some = Vec::new();
        for (place, ticked) in counting.iter_mut().enumerate() {
            let option = OptionIx::new(place);
            if !is_plain(self.question, option) {
                continue;
            }
            if self.other_chooses(place) {
                let common = matched.is_some_and(|matched| matched.has(self.side, option));
                let from_there = if common { gates.and([offer.applies, !counts]) } else { offer.applies };
                *ticked = gates.or([*ticked, from_there]);
            }
            some.push(*ticked);
        }
        let nothing = !gates.or(some);
        for (place, ticked) in counting.iter_mut().enumerate() {
            if !is_plain(self.question, OptionIx::new(place)) {
                *ticked = gates.and([offer.applies, nothing]);
            }
        }
        counting.to_vec()
    }

    fn takes_many(&self) -> bool {
        matches!(self.question.kind, Kind::Many)
    }

    fn numbers(&self) -> Option<(i32, i32)> {
        self.matching.matched(self.side, self.position).and_then(|(_, matched)| matched.numbers)
    }

    fn other_chooses(&self, place: usize) -> bool {
        matches!(self.other, Some(Answer::Options(chosen)) if chosen.contains(OptionIx::new(place)))
    }
}

/// That a number said, which both sides take, is at least `bound`.
fn said_at_least(voice: &Voice, bound: i32, numbers: Option<(i32, i32)>) -> Lit {
    let reached = voice.at_least.iter().find(|(at, _)| *at == bound).map(|(_, reached)| *reached);
    match (reached, numbers) {
        (Some(reached), _) => reached,
        // Every number that both take is at least the least of them, and none is beyond the greatest.
        (None, Some((low, _))) if bound <= low => voice.number,
        _ => !voice.number,
    }
}
