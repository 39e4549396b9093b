//! The rules that make a difference for one person: what holds on one side only, or does something else there.

use std::collections::BTreeSet;

use super::matching::{Matching, Side};
use super::shape;
use crate::answers::Answers;
use crate::decide::{Reading, Situation, Truth};
use crate::model::{Id, OptionIx, Question, RuleSet, ServiceIx};

/// A rule that makes a difference for somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Responsible {
    /// It is defined otherwise, or stands on one side only; where not, what it rests on changed.
    pub changed: bool,
    /// What it is.
    pub kind: RuleKind,
    /// Its id; an option stands as `question: option`.
    pub id: String,
    /// Where it holds.
    pub side: Where,
}

/// On which side something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Under the old rules only.
    Old,
    /// Under the new rules only.
    New,
    /// On both sides, with another effect.
    Both,
}

/// What kind of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// A flag that counts.
    Flag,
    /// A need that holds.
    Need,
    /// A preference that holds.
    Preference,
    /// A service that is needed.
    Service,
    /// A finding that holds.
    Finding,
    /// A question that applies, or whose number is another.
    Question,
    /// An option that is chosen.
    Option,
}

impl RuleKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Need => "need",
            Self::Preference => "preference",
            Self::Service => "service",
            Self::Finding => "finding",
            Self::Question => "question",
            Self::Option => "option",
        }
    }
}

impl Where {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
            Self::Both => "both",
        }
    }
}

/// Something that holds on one side of an example.
struct Holding {
    kind: RuleKind,
    id: String,
    /// What it does where it holds.
    effect: String,
    /// How it is defined, what it does included.
    shape: String,
    /// It is a flag so grave that there is no plan.
    ends: bool,
}

/// What makes the difference for somebody who answers so, those that changed first.
pub(super) fn rules(matching: &Matching<'_>, old: &Answers, new: &Answers) -> Vec<Responsible> {
    let (here, there) = (holding(matching.old, old), holding(matching.new, new));
    let is_same = |one: &Holding, other: &Holding| one.kind == other.kind && one.id == other.id;
    let mut rules = Vec::new();
    for (held, others, side, other_side) in
        [(&here, &there, Where::Old, Side::New), (&there, &here, Where::New, Side::Old)]
    {
        for holding in held {
            let Holding { kind, id, effect, shape, .. } = holding;
            match others.iter().find(|other| is_same(holding, other)) {
                None => {
                    let changed = shape_of(matching.rules(other_side), *kind, id).as_ref() != Some(shape);
                    rules.push(Responsible { changed, kind: *kind, id: id.clone(), side });
                }
                // Once is enough.
                Some(other) if side == Where::Old && other.effect != *effect => {
                    rules.push(Responsible { changed: true, kind: *kind, id: id.clone(), side: Where::Both });
                }
                Some(_) => {}
            }
        }
    }
    rules.retain(|rule| rule.changed || is_telling(rule, (&here, &there)));
    rules.sort_by_key(|rule| (!rule.changed, rule.kind, rule.side));
    rules
}

/// Whether somebody wants to know of a rule that did not change and holds on one side only.
fn is_telling(rule: &Responsible, (here, there): (&[Holding], &[Holding])) -> bool {
    let ends = |held: &[Holding]| held.iter().any(|holding| holding.kind == RuleKind::Flag && holding.ends);
    let held = if rule.side == Where::Old { here } else { there };
    match rule.kind {
        // The need for it is told, and so are the answers.
        RuleKind::Service | RuleKind::Option => false,
        // Where one side has no plan, all that belongs to a plan is on the other only.
        RuleKind::Need | RuleKind::Preference => ends(here) == ends(there),
        RuleKind::Flag => {
            ends(here) == ends(there)
                || held.iter().any(|holding| holding.kind == rule.kind && holding.id == rule.id && holding.ends)
        }
        RuleKind::Finding | RuleKind::Question => true,
    }
}

/// All that holds for one person and may matter.
fn holding(rules: &RuleSet, answers: &Answers) -> Vec<Holding> {
    let situation = Situation::new(rules, answers);
    let reading = Reading::new(&situation);
    let mut holding = Vec::new();
    let mut hold = |kind, id: &str, effect: String| {
        let shape = shape_of(rules, kind, id).unwrap_or_default();
        holding.push(Holding { kind, id: id.to_owned(), effect, shape, ends: false });
    };
    for (position, need) in rules.needs().iter() {
        if reading.need(position) == Truth::Yes {
            hold(RuleKind::Need, need.id.as_str(), shape::need_effect(rules, need));
        }
    }
    for (position, preference) in rules.preferences().iter() {
        if reading.preference(position) == Truth::Yes {
            hold(RuleKind::Preference, preference.id.as_str(), shape::preference_effect(rules, preference));
        }
    }
    let needed: BTreeSet<ServiceIx> = reading.needed_services().into_iter().collect();
    for position in needed {
        let service = &rules.services()[position];
        hold(RuleKind::Service, service.id.as_str(), shape::scope(rules, service));
    }
    for (position, finding) in rules.findings().iter() {
        if situation.finding(position) == Truth::Yes {
            hold(RuleKind::Finding, finding.id.as_str(), String::new());
        }
    }
    for (position, question) in rules.questions().iter() {
        let number = match answers.get(position) {
            None => continue,
            Some(crate::answers::Answer::Number(number)) => number.to_string(),
            Some(crate::answers::Answer::Options(chosen)) => {
                for (_, choice) in question.choices().filter(|(option, _)| chosen.contains(*option)) {
                    hold(RuleKind::Option, &option_id(question, &choice.id), String::new());
                }
                String::new()
            }
        };
        hold(RuleKind::Question, question.id.as_str(), number);
    }
    for position in reading.counting_flags() {
        let flag = &rules.flags()[position];
        holding.push(Holding {
            kind: RuleKind::Flag,
            id: flag.id.to_string(),
            effect: shape::flag_effect(rules, flag),
            shape: shape::flag(rules, flag),
            ends: flag.level.ends_without_plan(),
        });
    }
    holding
}

fn option_id(question: &Question, option: &Id) -> String {
    format!("{}: {option}", question.id)
}

/// How something is defined; `None` if there is no such thing.
fn shape_of(rules: &RuleSet, kind: RuleKind, id: &str) -> Option<String> {
    fn find<'r, T>(rows: &'r [T], id: &str, id_of: impl Fn(&T) -> &Id) -> Option<&'r T> {
        rows.iter().find(|row| id_of(row).as_str() == id)
    }
    match kind {
        RuleKind::Flag => find(rules.flags().rows(), id, |row| &row.id).map(|row| shape::flag(rules, row)),
        RuleKind::Need => find(rules.needs().rows(), id, |row| &row.id).map(|row| shape::need(rules, row)),
        RuleKind::Preference => {
            find(rules.preferences().rows(), id, |row| &row.id).map(|row| shape::preference(rules, row))
        }
        RuleKind::Service => find(rules.services().rows(), id, |row| &row.id).map(|row| shape::scope(rules, row)),
        RuleKind::Finding => {
            find(rules.findings().rows(), id, |row| &row.id).map(|row| shape::when(rules, row.when.as_ref()))
        }
        RuleKind::Question => find(rules.questions().rows(), id, |row| &row.id).map(|row| shape::question(rules, row)),
        RuleKind::Option => {
            let (question, option) = id.split_once(": ")?;
            let question = find(rules.questions().rows(), question, |row| &row.id)?;
            let option: OptionIx = question.option(option)?;
            let (_, choice) = question.choices().find(|(position, _)| *position == option)?;
            Some(shape::when(rules, choice.only_if.as_ref()))
        }
    }
}
