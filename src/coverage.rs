//! What of a rule set some cases exercise. Only cases that pass count: what a failing one touches is shown to be nothing.
//!
//! Of conditions, an entry is covered once it was seen to decide its condition both ways: with the entry turned round and
//! all else as it is, the condition would turn round, too. That is modified condition/decision coverage (Chilenski and
//! Miller 1994) in its masking form (Chilenski 2001): entries may hang together, as the options of one question do.

mod entries;
mod exercised;

use crate::cases::{Case, Share};
use crate::model::{Level, RuleSet, Site};
use crate::prove::symbolic::Mentions;
use crate::source::Span;
use entries::Entries;
use exercised::Exercised;

/// What kind of thing is exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A flag is told.
    Flags,
    /// A need holds, and the level leaves room for a plan.
    Needs,
    /// A finding holds.
    Findings,
    /// A preference decides something.
    Preferences,
    /// Teamwork is shown.
    Teamwork,
    /// A handover is shown.
    Handovers,
    /// An option is chosen.
    Options,
    /// An option is chosen, of a question that a flag at `clearance` or above looks at, itself or through findings.
    SafetyOptions,
    /// A decision has this level; those that no flag has are left out.
    Levels,
    /// A professional leads something.
    Professionals,
    /// A phase is on a plan.
    Phases,
    /// An entry of a condition decides it, both ways.
    Conditions,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Flags,
        Self::Needs,
        Self::Findings,
        Self::Preferences,
        Self::Teamwork,
        Self::Handovers,
        Self::Options,
        Self::SafetyOptions,
        Self::Levels,
        Self::Professionals,
        Self::Phases,
        Self::Conditions,
    ];

    /// The word in options and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Flags => "flags",
            Self::Needs => "needs",
            Self::Findings => "findings",
            Self::Preferences => "preferences",
            Self::Teamwork => "teamwork",
            Self::Handovers => "handovers",
            Self::Options => "options",
            Self::SafetyOptions => "safety-options",
            Self::Levels => "levels",
            Self::Professionals => "professionals",
            Self::Phases => "phases",
            Self::Conditions => "conditions",
        }
    }
}

/// Something that can be exercised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What kind of thing.
    pub kind: Kind,
    /// What it is called: an id, `question: option`, or an entry of a condition with what it is a condition of.
    pub what: String,
    /// Where it stands; a level stands nowhere.
    pub span: Option<Span>,
    /// How far it was exercised.
    pub seen: Seen,
}

/// How far something was exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// An entry of a condition was seen to decide it only where the entry holds.
    OnlyHolding,
    /// … only where the entry does not hold.
    OnlyFailing,
}

/// What some cases exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// All that can be exercised, by kind and in file order.
    pub items: Vec<Item>,
}

impl Coverage {
    /// What these cases, all of which pass, exercise of their rule set.
    pub fn new<'c>(rules: &RuleSet, cases: impl IntoIterator<Item = &'c Case>) -> Self {
        let mut entries: Vec<Entries> =
            Site::all(rules).into_iter().filter_map(|site| Entries::new(rules, site)).collect();
        let mut seen = Exercised::default();
        for case in cases {
            seen.add(rules, &case.answers, &mut entries);
        }
        let mut items = Vec::new();
        let mut add = |kind, what: String, span, seen: bool| {
            items.push(Item { kind, what, span, seen: if seen { Seen::Yes } else { Seen::No } });
        };
        for (at, row) in rules.flags().iter() {
            add(Kind::Flags, row.id.to_string(), Some(row.id.span()), seen.flags.contains(&at));
        }
        for (at, row) in rules.needs().iter() {
            add(Kind::Needs, row.id.to_string(), Some(row.id.span()), seen.needs.contains(&at));
        }
        for (at, row) in rules.findings().iter() {
            add(Kind::Findings, row.id.to_string(), Some(row.id.span()), seen.findings.contains(&at));
        }
        for (at, row) in rules.preferences().iter() {
            add(Kind::Preferences, row.id.to_string(), Some(row.id.span()), seen.preferences.contains(&at));
        }
        let who = |at| rules.professionals()[at].id.to_string();
        for row in rules.teamwork() {
            let with: Vec<String> = row.with.iter().map(|at| who(*at)).collect();
            let what = format!("{} with {}", who(row.of), with.join(", "));
            add(Kind::Teamwork, what, Some(row.span), seen.shown.contains(&row.span));
        }
        for row in rules.handovers() {
            let what = format!("{} to {}", who(row.from), who(row.to));
            add(Kind::Handovers, what, Some(row.span), seen.shown.contains(&row.span));
        }
        let safety = Mentions::new(rules).safety_questions(rules);
        for kind in [Kind::Options, Kind::SafetyOptions] {
            for (position, question) in rules.questions().iter() {
                if kind == Kind::SafetyOptions && !safety.contains(&position) {
                    continue;
                }
                for (option, choice) in question.choices() {
                    let what = format!("{}: {}", question.id, choice.id);
                    add(kind, what, Some(choice.id.span()), seen.options.contains(&(position, option)));
                }
            }
        }
        for level in Level::ALL {
            let of_flag = rules.flags().rows().iter().find(|flag| flag.level == level && level > Level::None);
            if level == Level::None || of_flag.is_some() {
                let span = of_flag.map(|flag| flag.id.span());
                add(Kind::Levels, level.to_string(), span, seen.levels.contains(&level));
            }
        }
        for (at, row) in rules.professionals().iter() {
            add(Kind::Professionals, row.id.to_string(), Some(row.id.span()), seen.professionals.contains(&at));
        }
        for (at, row) in rules.phases().iter() {
            add(Kind::Phases, row.id.to_string(), Some(row.id.span()), seen.phases.contains(&at));
        }
        items.extend(entries.iter().flat_map(|entries| entries.items(rules)));
        Self { items }
    }

    /// How many of one kind are exercised.
    pub fn share(&self, kind: Kind) -> Share {
        let of_kind = || self.items.iter().filter(move |item| item.kind == kind);
        Share { part: of_kind().filter(|item| item.seen == Seen::Yes).count(), of: of_kind().count() }
    }

    /// What is not exercised, or not in full.
    pub fn missing(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.seen != Seen::Yes)
    }
}
