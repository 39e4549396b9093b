//! Which things stand on both sides, by id, and which on one side only.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Kind, OptionIx, Position, Question, QuestionIx, Role, RuleSet};

/// Both rule sets, and the questions that both have.
#[derive(Debug)]
pub(super) struct Matching<'r> {
    pub(super) old: &'r RuleSet,
    pub(super) new: &'r RuleSet,
    /// The questions that both have, in the order of the old file.
    pub(super) questions: Vec<Matched>,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Old, Self::New];
}

/// A question that both sides have.
#[derive(Debug)]
pub(super) struct Matched {
    pub(super) old: QuestionIx,
    pub(super) new: QuestionIx,
    /// How it is answered: more than one tick counts only where both sides take many.
    pub(super) ticks: Ticks,
    /// The options that both have.
    pub(super) options: Vec<Common>,
    /// The numbers that both take, from and to; none unless it is answered with numbers.
    pub(super) numbers: Option<(i32, i32)>,
}

/// How many options each side takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ticks {
    /// One on both sides; also `unsure` beside a number.
    One,
    /// Many on both sides.
    Many,
    /// Many on this side alone.
    ManyOn(Side),
}

/// An option that both sides have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common {
    pub(super) old: OptionIx,
    pub(super) new: OptionIx,
    /// It is `none`, which excludes the others.
    pub(super) is_none: bool,
}

impl Common {
    pub(super) fn on(&self, side: Side) -> OptionIx {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }
}

impl Matched {
    pub(super) fn on(&self, side: Side) -> QuestionIx {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// Whether a side takes many options here.
    pub(super) fn takes_many(&self, side: Side) -> bool {
        match self.ticks {
            Ticks::One => false,
            Ticks::Many => true,
            Ticks::ManyOn(many) => many == side,
        }
    }

    /// Whether an option of one side stands on the other, too.
    pub(super) fn has(&self, side: Side, option: OptionIx) -> bool {
        self.options.iter().any(|common| common.on(side) == option)
    }
}

impl<'r> Matching<'r> {
    pub(super) fn new(old: &'r RuleSet, new: &'r RuleSet) -> Self {
        let by_id: BTreeMap<&str, (QuestionIx, &Question)> =
            new.questions().iter().map(|(position, question)| (question.id.as_str(), (position, question))).collect();
        let questions = old.questions().iter().filter_map(|(position, question)| {
            let (other, there) = by_id.get(question.id.as_str())?;
            matched((position, question), (*other, there))
        });
        Self { old, new, questions: questions.collect() }
    }

    pub(super) fn rules(&self, side: Side) -> &'r RuleSet {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The question of one side that both have.
    pub(super) fn matched(&self, side: Side, question: QuestionIx) -> Option<(usize, &Matched)> {
        self.questions.iter().enumerate().find(|(_, matched)| matched.on(side) == question)
    }

    /// What only one side has.
    pub(super) fn only_in(&self, side: Side) -> OneSided {
        let (here, there) = match side {
            Side::Old => (self.old, self.new),
            Side::New => (self.new, self.old),
        };
        let mut things = Vec::new();
        for (position, question) in here.questions().iter() {
            match self.matched(side, position) {
                None => things.push((Thing::Question, question.id.to_string())),
                Some((_, matched)) => {
                    let options = question.choices().filter(|(option, _)| !matched.has(side, *option));
                    things
                        .extend(options.map(|(_, choice)| (Thing::Option, format!("{}: {}", question.id, choice.id))));
                    let numbers = numbers_only_here(question, matched);
                    things.extend(numbers.map(|(low, high)| (Thing::Number, numbers_text(question, low, high))));
                }
            }
        }
        for (thing, ids) in ids(here) {
            let others: BTreeSet<String> = ids_of(there, thing).unwrap_or_default().into_iter().collect();
            things.extend(ids.into_iter().filter(|id| !others.contains(id)).map(|id| (thing, id)));
        }
        OneSided(things)
    }
}

/// `None` if the one is answered with a number and the other is not: nothing said to one could be said to the other.
fn matched((old, here): (QuestionIx, &Question), (new, there): (QuestionIx, &Question)) -> Option<Matched> {
    let (ticks, numbers) = match (&here.kind, &there.kind) {
        (Kind::One, Kind::One) => (Ticks::One, None),
        (Kind::Many, Kind::Many) => (Ticks::Many, None),
        (Kind::Many, Kind::One) => (Ticks::ManyOn(Side::Old), None),
        (Kind::One, Kind::Many) => (Ticks::ManyOn(Side::New), None),
        (Kind::Number(here), Kind::Number(there)) => {
            let (low, high) = (here.min.max(there.min), here.max.min(there.max));
            (Ticks::One, (low <= high).then_some((low, high)))
        }
        _ => return None,
    };
    let options = here.choices().filter_map(|(option, choice)| {
        let other = there.option(choice.id.as_str())?;
        Some(Common { old: option, new: other, is_none: choice.role == Role::NoneOfThese })
    });
    Some(Matched { old, new, ticks, options: options.collect(), numbers })
}

/// The numbers of a question that the other side does not take.
fn numbers_only_here(question: &Question, matched: &Matched) -> impl Iterator<Item = (i32, i32)> + use<> {
    let mut apart = Vec::new();
    if let Kind::Number(range) = &question.kind {
        match matched.numbers {
            Some((low, high)) => {
                apart.extend((range.min < low).then(|| (range.min, low - 1)));
                apart.extend((high < range.max).then(|| (high + 1, range.max)));
            }
            None => apart.push((range.min, range.max)),
        }
    }
    apart.into_iter()
}

fn numbers_text(question: &Question, low: i32, high: i32) -> String {
    if low == high { format!("{}: {low}", question.id) } else { format!("{}: {low} to {high}", question.id) }
}

/// A kind of thing in a rule set that has an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A question.
    Question,
    /// An option of a question that both sides have.
    Option,
    /// Numbers of a question that both sides have.
    Number,
    /// A finding.
    Finding,
    /// A flag.
    Flag,
    /// A professional.
    Professional,
    /// A service.
    Service,
    /// A phase.
    Phase,
    /// A need.
    Need,
    /// A preference.
    Preference,
}

impl Thing {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Question,
        Self::Option,
        Self::Number,
        Self::Finding,
        Self::Flag,
        Self::Professional,
        Self::Service,
        Self::Phase,
        Self::Need,
        Self::Preference,
    ];

    /// The word for several of them.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Question => "questions",
            Self::Option => "options",
            Self::Number => "numbers",
            Self::Finding => "findings",
            Self::Flag => "flags",
            Self::Professional => "professionals",
            Self::Service => "services",
            Self::Phase => "phases",
            Self::Need => "needs",
            Self::Preference => "preferences",
        }
    }
}

/// What only one side has: ids by kind of thing, in file order. An option stands as `question: option`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OneSided(Vec<(Thing, String)>);

impl OneSided {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids of one kind.
    pub fn of(&self, thing: Thing) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(kind, _)| *kind == thing).map(|(_, id)| id.as_str())
    }
}

/// The ids of all that is matched by nothing but its id.
fn ids(rules: &RuleSet) -> impl Iterator<Item = (Thing, Vec<String>)> {
    Thing::ALL.into_iter().filter_map(|thing| Some((thing, ids_of(rules, thing)?)))
}

fn ids_of(rules: &RuleSet, thing: Thing) -> Option<Vec<String>> {
    let all: Vec<&crate::model::Id> = match thing {
        Thing::Question | Thing::Option | Thing::Number => return None,
        Thing::Finding => rules.findings().rows().iter().map(|row| &row.id).collect(),
        Thing::Flag => rules.flags().rows().iter().map(|row| &row.id).collect(),
        Thing::Professional => rules.professionals().rows().iter().map(|row| &row.id).collect(),
        Thing::Service => rules.services().rows().iter().map(|row| &row.id).collect(),
        Thing::Phase => rules.phases().rows().iter().map(|row| &row.id).collect(),
        Thing::Need => rules.needs().rows().iter().map(|row| &row.id).collect(),
        Thing::Preference => rules.preferences().rows().iter().map(|row| &row.id).collect(),
    };
    Some(all.into_iter().map(ToString::to_string).collect())
}

/// Whether an option is anything but `none`.
pub(super) fn is_plain(question: &Question, option: OptionIx) -> bool {
    question.options.get(option.index()).is_some_and(|choice| choice.role != Role::NoneOfThese)
}
