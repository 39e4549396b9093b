//! What a person says to what both sides have, whatever they answer to what only one side has.
//!
//! It counts on each side as an answer file does: as far as the question and the options apply; where nothing of it does,
//! it is as if nothing had been said. Among many, ticks speak for all that both sides have, and `none` says that nothing
//! of it is ticked.

use batsat::Lit;

use super::matching::{Matched, Matching, Side};
use super::pair::Pair;
use crate::answers::{Answer, Answers};
use crate::model::{Kind, OptionIx, OptionSet, Position, QuestionIx, Range};
use crate::prove::gates::{Family, Gates};
use crate::prove::symbolic::Asked;

/// What is said to each question that both sides have. Options stand by their place among those that both have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said(pub(super) Vec<Option<Answer>>);

/// The same as literals.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    pub(super) options: Vec<Lit>,
    /// A number is said.
    pub(super) number: Lit,
    /// A number is said and is at least this.
    pub(super) at_least: Vec<(i32, Lit)>,
}

impl Voice {
    /// Anything at all, also nothing.
    pub(super) fn free(gates: &mut Gates, pair: &Pair, matched: &Matched) -> Self {
        gates.family = Family::Query;
        let options: Vec<Lit> = matched.options.iter().map(|_| gates.fresh()).collect();
        let many = Side::BOTH.iter().all(|side| matched.takes_many(*side));
        let none = matched.options.iter().position(|common| common.is_none);
        for (place, one) in options.iter().enumerate() {
            for (before, other) in options.iter().enumerate().take(place) {
                if !many || none == Some(place) || none == Some(before) {
                    gates.clause([!*one, !*other]);
                }
            }
        }
        let number = if matched.numbers.is_some() { gates.fresh() } else { gates.no() };
        for option in &options {
            gates.clause([!*option, !number]);
        }
        let mut at_least: Vec<(i32, Lit)> = Vec::new();
        for bound in bounds(pair, matched) {
            let reached = gates.fresh();
            gates.clause([!reached, at_least.last().map_or(number, |(_, before)| *before)]);
            at_least.push((bound, reached));
        }
        Self { options, number, at_least }
    }

    /// Just this.
    fn settled(gates: &Gates, pair: &Pair, matched: &Matched, answer: Option<Answer>) -> Self {
        let lit = |holds: bool| if holds { gates.yes() } else { gates.no() };
        let number = match answer {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        };
        let chosen = |place| matches!(answer, Some(Answer::Options(chosen)) if chosen.contains(OptionIx::new(place)));
        Self {
            options: (0..matched.options.len()).map(|place| lit(chosen(place))).collect(),
            number: lit(number.is_some()),
            at_least: bounds(pair, matched)
                .map(|bound| (bound, lit(number.is_some_and(|number| number >= bound))))
                .collect(),
        }
    }

    /// That a side hears it, as far as it counts there.
    pub(super) fn heard(
        &self,
        gates: &mut Gates,
        matching: &Matching<'_>,
        matched: &Matched,
        on: (Side, &Asked),
    ) -> Lit {
        gates.family = Family::Query;
        let (side, asked) = on;
        let no = gates.no();
        let many = matched.takes_many(side);
        let (mut counting, mut exactly) = (Vec::new(), Vec::new());
        for (common, said) in matched.options.iter().zip(&self.options) {
            let option = common.on(side);
            let offered = asked.offer.options.get(option.index()).copied().unwrap_or(no);
            let chosen = asked.chooses(option).unwrap_or(no);
            let counts = gates.and([*said, offered]);
            counting.push(counts);
            if many && !common.is_none {
                exactly.push(gates.same(counts, chosen));
            } else if !many {
                exactly.push(gates.or([!counts, chosen]));
            }
        }
        let counts = gates.or(counting);
        let exactly = gates.and(exactly);
        let options = gates.or([!counts, exactly]);
        let number = self.number_heard(gates, matching, matched, on);
        gates.and([options, number])
    }

    fn number_heard(&self, gates: &mut Gates, matching: &Matching<'_>, matched: &Matched, on: (Side, &Asked)) -> Lit {
        let (side, asked) = on;
        let (Some((low, high)), Some(range)) = (matched.numbers, range(matching, matched, side)) else {
            return gates.yes();
        };
        let mut same = vec![asked.within(gates, range, low, high)];
        for (bound, said) in &self.at_least {
            if let Some((_, reached)) = asked.at_least.iter().find(|(other, _)| other == bound) {
                same.push(gates.same(*said, *reached));
            }
        }
        let same = gates.and(same);
        gates.or([!self.number, !asked.offer.applies, same])
    }

    /// What is said in the example found last.
    pub(super) fn read(&self, gates: &Gates, matched: &Matched) -> Option<Answer> {
        if let Some((low, _)) = matched.numbers
            && gates.is(self.number)
        {
            let reached = self.at_least.iter().rev().find(|(_, reached)| gates.is(*reached));
            return Some(Answer::Number(reached.map_or(low, |(bound, _)| *bound)));
        }
        let chosen = self.options.iter().enumerate().filter(|(_, lit)| gates.is(**lit));
        let chosen: OptionSet = chosen.map(|(place, _)| OptionIx::new(place)).collect();
        (!chosen.is_empty()).then_some(Answer::Options(chosen))
    }
}

pub(super) fn range<'r>(matching: &Matching<'r>, matched: &Matched, side: Side) -> Option<&'r Range> {
    match &matching.rules(side).questions()[matched.on(side)].kind {
        Kind::Number(range) => Some(range),
        Kind::One | Kind::Many => None,
    }
}

/// The numbers within what both sides take at which something changes.
fn bounds(pair: &Pair, matched: &Matched) -> impl Iterator<Item = i32> + use<> {
    let asked = pair.old.person.asked(matched.old);
    let bounds: Vec<i32> = asked.at_least.iter().map(|(bound, _)| *bound).collect();
    let numbers = matched.numbers;
    bounds.into_iter().filter(move |bound| numbers.is_some_and(|(low, high)| low < *bound && *bound <= high))
}

/// How a question stands on one side of an example: what of all that both sides have is offered and chosen there.
struct Stance {
    many: bool,
    offered: OptionSet,
    chosen: OptionSet,
    number: Option<i32>,
    applies: bool,
}

impl Stance {
    fn read(gates: &Gates, matched: &Matched, side: Side, asked: &Asked, answer: Option<Answer>) -> Self {
        let places = |wanted: &dyn Fn(OptionIx) -> bool| -> OptionSet {
            let options = matched.options.iter().enumerate();
            options.filter(|(_, common)| wanted(common.on(side))).map(|(place, _)| OptionIx::new(place)).collect()
        };
        let offered = places(&|option| asked.offer.options.get(option.index()).is_some_and(|lit| gates.is(*lit)));
        let chosen = places(&|option| matches!(answer, Some(Answer::Options(all)) if all.contains(option)));
        let number = match answer {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        };
        Self { many: matched.takes_many(side), offered, chosen, number, applies: answer.is_some() }
    }

    /// Somebody who says this may answer so.
    fn fits(&self, said: Answer, none: OptionSet) -> bool {
        match said {
            Answer::Number(number) => !self.applies || self.number == Some(number),
            Answer::Options(said) => {
                let counting = said.and(self.offered);
                counting.is_empty()
                    || if self.many { self.chosen.minus(none) == counting.minus(none) } else { self.chosen == counting }
            }
        }
    }
}

impl Said {
    /// All that a pair of answers in the example found last says to what both sides have, and at least `said`.
    pub(super) fn read(
        gates: &Gates,
        matching: &Matching<'_>,
        pair: &Pair,
        (old, new): (&Answers, &Answers),
        said: Option<&Self>,
    ) -> Self {
        let read = |(index, matched): (usize, &Matched)| {
            let already = said.and_then(|said| said.0.get(index).copied().flatten());
            let stances = [
                Stance::read(gates, matched, Side::Old, pair.old.person.asked(matched.old), old.get(matched.old)),
                Stance::read(gates, matched, Side::New, pair.new.person.asked(matched.new), new.get(matched.new)),
            ];
            already.or_else(|| most_said(matched, &stances))
        };
        Self(matching.questions.iter().enumerate().map(read).collect())
    }

    /// The same without what was said to one question.
    pub(super) fn without(&self, index: usize) -> Self {
        let mut fewer = self.clone();
        if let Some(place) = fewer.0.get_mut(index) {
            *place = None;
        }
        fewer
    }

    /// That both sides hear it.
    pub(super) fn heard(&self, gates: &mut Gates, matching: &Matching<'_>, pair: &Pair) -> Vec<Lit> {
        let mut heard = Vec::new();
        for (matched, answer) in matching.questions.iter().zip(&self.0) {
            if answer.is_some() {
                let voice = Voice::settled(gates, pair, matched, *answer);
                heard.extend(Side::BOTH.map(|side| {
                    let asked = pair.half(side).person.asked(matched.on(side));
                    voice.heard(gates, matching, matched, (side, asked))
                }));
            }
        }
        heard
    }

    /// What is said, question by question, in the words of the old rules.
    pub(super) fn answers(&self, matching: &Matching<'_>) -> Vec<(QuestionIx, Answer)> {
        let said = matching.questions.iter().zip(&self.0);
        said.filter_map(|(matched, answer)| {
            let in_old = |place: OptionIx| matched.options.get(place.index()).map(|common| common.old);
            let answer = match (*answer)? {
                Answer::Options(chosen) => Answer::Options(chosen.iter().filter_map(in_old).collect()),
                number @ Answer::Number(_) => number,
            };
            Some((matched.old, answer))
        })
        .collect()
    }
}

/// The most that both sides of an example can have heard.
fn most_said(matched: &Matched, stances: &[Stance; 2]) -> Option<Answer> {
    let [old, new] = stances;
    let none: OptionSet = matched
        .options
        .iter()
        .enumerate()
        .filter(|(_, common)| common.is_none)
        .map(|(place, _)| OptionIx::new(place))
        .collect();
    let ticks = old.chosen.or(new.chosen).minus(none);
    let both = if old.many && new.many { ticks } else { OptionSet::EMPTY };
    let numbers = [old.number, new.number].into_iter().flatten();
    let numbers = numbers.filter(|number| matched.numbers.is_some_and(|(low, high)| (low..=high).contains(number)));
    let options = [both, old.chosen, new.chosen, none].into_iter();
    let options = options.filter(|chosen| chosen.len() == 1 || (old.many && new.many && !chosen.is_empty()));
    let candidates = numbers.map(Answer::Number).chain(options.map(Answer::Options));
    let mut candidates = candidates.filter(|_| old.applies || new.applies);
    candidates.find(|said| stances.iter().all(|stance| stance.fits(*said, none)))
}
