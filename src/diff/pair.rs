//! One person under both rule sets, as literals: answers that agree on what both sides offer, and what comes of them.

use batsat::Lit;

use super::matching::{Common, Matched, Matching, Side, Ticks, is_plain};
use crate::model::{Kind, Position, Question, Role, RuleSet};
use crate::prove::gates::{Family, Gates};
use crate::prove::symbolic::{Asked, Cover, Offer, Outcome, Person, Reading, Scales};

/// What one rule set makes of a person.
#[derive(Debug, Clone)]
pub(super) struct Half {
    pub(super) person: Person,
    pub(super) reading: Reading,
    pub(super) outcome: Outcome,
}

impl Half {
    pub(super) fn new(gates: &mut Gates, rules: &RuleSet, person: Person) -> Self {
        let reading = Reading::new(gates, rules, &person);
        let cover = Cover::new(gates, rules, &reading);
        let outcome = Outcome::new(gates, rules, &reading, &cover);
        Self { person, reading, outcome }
    }
}

/// One person under both rule sets.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) old: Half,
    pub(super) new: Half,
}

impl Pair {
    /// Anybody. Where both sides offer the same, both persons share their literals, so that rules that did not change
    /// share theirs.
    pub(super) fn anybody(gates: &mut Gates, matching: &Matching<'_>) -> Self {
        let scales = scales(matching);
        let first = Person::anybody(gates, matching.old, &scales.0);
        let mut agree = Vec::new();
        let second = Person::answering(gates, matching.new, |gates, position, question, offer| {
            let scale = scales.1.of(position);
            let Some((_, matched)) = matching.matched(Side::New, position) else {
                return Asked::free(gates, question, scale, offer);
            };
            let before = first.asked(matched.old);
            let there = &matching.old.questions()[matched.old];
            if let Some(same) = shared(matched, there, before, question, &offer) {
                return same;
            }
            let chosen = chosen(gates, matched, before, question, &offer);
            let asked = Asked::choosing(gates, question, scale, offer, chosen);
            agree.push(agrees(gates, matching, matched, before, &asked));
            asked
        });
        gates.family = Family::Query;
        for agree in agree {
            gates.clause([agree]);
        }
        Self { old: Half::new(gates, matching.old, first), new: Half::new(gates, matching.new, second) }
    }

    /// To the questions that both sides have, nothing is answered that only one side offers to anybody.
    pub(super) fn is_common(&self, gates: &mut Gates, matching: &Matching<'_>) -> Lit {
        gates.family = Family::Query;
        let mut common = Vec::new();
        for matched in &matching.questions {
            for side in Side::BOTH {
                let asked = self.half(side).person.asked(matched.on(side));
                let question = &matching.rules(side).questions()[matched.on(side)];
                let alone = question.choices().filter(|(option, _)| !matched.has(side, *option));
                common.extend(alone.filter_map(|(option, _)| asked.chooses(option)).map(|chosen| !chosen));
                if let Kind::Number(range) = &question.kind {
                    let within =
                        matched.numbers.map_or(gates.no(), |(low, high)| asked.within(gates, range, low, high));
                    common.push(gates.or([!asked.number, within]));
                }
            }
        }
        gates.and(common)
    }

    pub(super) fn half(&self, side: Side) -> &Half {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }
}

/// The numbers at which something changes on either side, and those at which the other range begins and ends: a class
/// of numbers is the same on both sides then.
fn scales(matching: &Matching<'_>) -> (Scales, Scales) {
    let (mut old, mut new) = (Scales::new(matching.old), Scales::new(matching.new));
    for matched in &matching.questions {
        let (here, there) = (&matching.old.questions()[matched.old], &matching.new.questions()[matched.new]);
        if let (Kind::Number(here), Kind::Number(there)) = (&here.kind, &there.kind) {
            let mut ends = vec![here.min, here.max.saturating_add(1), there.min, there.max.saturating_add(1)];
            if let Some((low, high)) = matched.numbers
                && (here.min, here.max) != (there.min, there.max)
            {
                // What lies beyond is taken for one of these.
                ends.extend([low.saturating_add(1), high]);
            }
            let numbers: Vec<i32> = old.of(matched.old).chain(new.of(matched.new)).chain(ends).collect();
            for number in numbers {
                old.add(matched.old, here, number);
                new.add(matched.new, there, number);
            }
        }
    }
    (old, new)
}

/// The same answer, where both sides offer just the same.
fn shared(matched: &Matched, there: &Question, before: &Asked, question: &Question, offer: &Offer) -> Option<Asked> {
    let same_kind = match (&there.kind, &question.kind) {
        (Kind::One, Kind::One) | (Kind::Many, Kind::Many) => true,
        (Kind::Number(one), Kind::Number(other)) => (one.min, one.max) == (other.min, other.max),
        _ => false,
    };
    let all_common = [there, question].iter().all(|question| question.options.len() == matched.options.len());
    if !same_kind || !all_common || before.offer.applies != offer.applies {
        return None;
    }
    let mut chosen = Vec::with_capacity(question.options.len());
    for option in offer.options.iter().enumerate().map(|(place, _)| Position::new(place)) {
        let common = matched.options.iter().find(|common| common.new == option)?;
        if offered(before, common.old) != offer.options.get(option.index()).copied() {
            return None;
        }
        chosen.push(before.chooses(common.old)?);
    }
    Some(Asked { offer: offer.clone(), chosen, ..before.clone() })
}

/// Who chooses what on the second side: as on the first where that can never be otherwise, freely elsewhere.
fn chosen(gates: &mut Gates, matched: &Matched, before: &Asked, question: &Question, offer: &Offer) -> Vec<Lit> {
    // With `none` to fall back on, ticks that both sides offer are always the same.
    let tied = matched.ticks == Ticks::Many && matched.options.iter().any(|common| common.is_none);
    let before = |gates: &mut Gates, place: usize| {
        let common = matched.options.iter().find(|common| common.new.index() == place && !common.is_none);
        common
            .filter(|common| tied && offered(before, common.old) == offer.options.get(place).copied())
            .and_then(|common| before.chooses(common.old))
            .unwrap_or_else(|| gates.fresh())
    };
    (0..question.options.len()).map(|place| before(gates, place)).collect()
}

fn offered(asked: &Asked, option: crate::model::OptionIx) -> Option<Lit> {
    asked.offer.options.get(option.index()).copied()
}

/// The answers to a question agree on what both sides offer, if it applies on both.
///
/// Ticks that both sides offer are the same. Whoever takes one answer takes the same on both sides, unless one of the two
/// is not to be had on the other. Somebody who cannot answer a side without contradicting the other answers it freely.
pub(super) fn agrees(gates: &mut Gates, matching: &Matching<'_>, matched: &Matched, old: &Asked, new: &Asked) -> Lit {
    gates.family = Family::Query;
    let no = gates.no();
    let of = |asked: &Asked, side: Side, common: &Common| {
        let option = common.on(side);
        (asked.chooses(option).unwrap_or(no), offered(asked, option).unwrap_or(no))
    };
    let mut tied = Vec::new();
    // What is chosen on one side and offered on the other.
    let (mut old_there, mut new_there) = (Vec::new(), Vec::new());
    for common in &matched.options {
        if common.is_none && matched.ticks == Ticks::Many {
            continue;
        }
        let ((old_chosen, old_offered), (new_chosen, new_offered)) =
            (of(old, Side::Old, common), of(new, Side::New, common));
        let both = gates.and([old_offered, new_offered]);
        let same = gates.same(old_chosen, new_chosen);
        tied.push(gates.or([!both, same]));
        old_there.push(gates.and([old_chosen, new_offered]));
        new_there.push(gates.and([new_chosen, old_offered]));
    }
    let (in_new, in_old) = numbers_agree(gates, matched, old, new, &mut tied);
    old_there.push(in_new);
    new_there.push(in_old);
    let several = match matched.ticks {
        Ticks::ManyOn(Side::Old) => gates.at_least(2, &old_there),
        Ticks::ManyOn(Side::New) => gates.at_least(2, &new_there),
        _ => no,
    };
    let (old_there, new_there) = (gates.or(old_there), gates.or(new_there));
    let (mut old_free, mut new_free) = (!new_there, !old_there);
    if matched.ticks == Ticks::Many {
        let (old_stuck, new_stuck) = (
            stuck(gates, matching, matched, Side::Old, old, new),
            stuck(gates, matching, matched, Side::New, new, old),
        );
        old_free = gates.and([old_free, old_stuck]);
        new_free = gates.and([new_free, new_stuck]);
    }
    let tied = gates.and(tied);
    gates.or([!old.offer.applies, !new.offer.applies, tied, old_free, new_free, several])
}

/// Adds what it takes for two numbers to be the same, and says on which side a number is answered. One beyond what the
/// other side takes is the nearest that it takes there.
fn numbers_agree(gates: &mut Gates, matched: &Matched, old: &Asked, new: &Asked, tied: &mut Vec<Lit>) -> (Lit, Lit) {
    let Some((low, high)) = matched.numbers else {
        // Two numbers are never the same; they are always free of each other.
        return (gates.no(), gates.no());
    };
    tied.push(gates.same(old.number, new.number));
    for (bound, reached) in old.at_least.iter().filter(|(bound, _)| low < *bound && *bound <= high) {
        if let Some((_, other)) = new.at_least.iter().find(|(other, _)| other == bound) {
            tied.push(gates.same(*reached, *other));
        }
    }
    (old.number, new.number)
}

/// One side offers nothing beside what the other offers, not even `none`.
fn stuck(
    gates: &mut Gates,
    matching: &Matching<'_>,
    matched: &Matched,
    side: Side,
    asked: &Asked,
    other: &Asked,
) -> Lit {
    let question = &matching.rules(side).questions()[matched.on(side)];
    if question.option_with(Role::NoneOfThese).is_some() {
        return gates.no();
    }
    let there = if side == Side::Old { Side::New } else { Side::Old };
    let mut nothing_else = Vec::new();
    for (option, _) in question.choices().filter(|(option, _)| is_plain(question, *option)) {
        let here = offered(asked, option).unwrap_or(gates.no());
        let common = matched.options.iter().find(|common| common.on(side) == option);
        let beside = common.and_then(|common| offered(other, common.on(there))).unwrap_or(gates.no());
        nothing_else.push(gates.or([!here, beside]));
    }
    gates.and(nothing_else)
}
