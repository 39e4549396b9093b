//! The entries of a condition, and which of them were seen to decide it.

use super::{Item, Kind, Seen};
use crate::answers::Answers;
use crate::decide::{Situation, Truth};
use crate::model::{Condition, FindingIx, Kind as How, OptionIx, OptionSet, QuestionIx, RuleSet, Site, Test};
use crate::source::Span;

/// A condition whose tests are taken apart: each option and each bound that its author wrote is an entry of its own.
pub(super) struct Entries {
    site: Site,
    formula: Formula,
    entries: Vec<Entry>,
}

/// How the entries make the condition.
enum Formula {
    Entry(usize),
    /// The question applies, and so has an answer: `none_of` asks for that beside its options.
    Applies(QuestionIx),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    AtLeast(usize, Vec<Self>),
}

struct Entry {
    atom: Atom,
    span: Span,
    /// It was seen to decide where it holds.
    holding: bool,
    /// It was seen to decide where it does not hold.
    failing: bool,
}

#[derive(Clone, Copy)]
enum Atom {
    Chosen(QuestionIx, OptionIx),
    /// The answer is a number between these.
    Number(QuestionIx, i32, i32),
    Finding(FindingIx),
}

impl Entries {
    /// Those of the condition at a place, if there is one.
    pub(super) fn new(rules: &RuleSet, site: Site) -> Option<Self> {
        let mut entries = Vec::new();
        let formula = taken_apart(rules, site.condition(rules)?, &mut entries);
        Some(Self { site, formula, entries })
    }

    /// Notes which entries decide the condition for somebody: with the entry turned round it would turn round. What is
    /// not known for certain decides nothing.
    pub(super) fn look(&mut self, situation: &Situation<'_>, answers: &Answers) {
        let mut values: Vec<Truth> = self.entries.iter().map(|entry| entry.atom.truth(situation, answers)).collect();
        for (place, entry) in self.entries.iter_mut().enumerate() {
            let Some(value) = values.get(place).copied().filter(|value| *value != Truth::Perhaps) else {
                continue;
            };
            let mut with = |value: Truth| {
                if let Some(place) = values.get_mut(place) {
                    *place = value;
                }
                self.formula.truth(&values, situation)
            };
            let (one, other) = (with(value.not()), with(value));
            if one.not() == other && other != Truth::Perhaps {
                *(if value == Truth::Yes { &mut entry.holding } else { &mut entry.failing }) = true;
            }
        }
    }

    /// Each entry, and how far it was seen to decide.
    pub(super) fn items<'e>(&'e self, rules: &'e RuleSet) -> impl Iterator<Item = Item> + 'e {
        let (kind, id) = self.site.name(rules);
        self.entries.iter().map(move |entry| Item {
            kind: Kind::Conditions,
            what: format!("{} in `{}` of the {kind} `{id}`", entry.atom.text(rules), self.site.key()),
            span: Some(entry.span),
            seen: match (entry.holding, entry.failing) {
                (true, true) => Seen::Yes,
                (true, false) => Seen::OnlyHolding,
                (false, true) => Seen::OnlyFailing,
                (false, false) => Seen::No,
            },
        })
    }
}

impl Atom {
    fn truth(self, situation: &Situation<'_>, answers: &Answers) -> Truth {
        match self {
            Self::Chosen(question, option) => situation.chosen(question, option),
            Self::Finding(finding) => situation.finding(finding),
            Self::Number(question, at_least, at_most) => situation.within(answers, question, at_least, at_most),
        }
    }

    /// As it is written: `danger: fever`.
    fn text(self, rules: &RuleSet) -> String {
        let id = |question: QuestionIx| &rules.questions()[question].id;
        match self {
            Self::Chosen(question, option) => {
                let row = &rules.questions()[question];
                let option = row.choices().find(|(at, _)| *at == option).map_or("", |(_, choice)| choice.id.as_str());
                format!("`{}: {option}`", row.id)
            }
            Self::Finding(finding) => format!("`finding: {}`", rules.findings()[finding].id),
            Self::Number(question, at_least, at_most) if at_least == at_most => {
                format!("`{}: {at_least}`", id(question))
            }
            Self::Number(question, i32::MIN, at_most) => format!("`{}: {{at_most: {at_most}}}`", id(question)),
            Self::Number(question, at_least, _) => format!("`{}: {{at_least: {at_least}}}`", id(question)),
        }
    }
}

impl Formula {
    fn truth(&self, values: &[Truth], situation: &Situation<'_>) -> Truth {
        let each = |parts: &[Self]| parts.iter().map(|part| part.truth(values, situation)).collect::<Vec<_>>();
        match self {
            Self::Entry(place) => values.get(*place).copied().unwrap_or(Truth::Perhaps),
            Self::Applies(question) => situation.standing(*question).applies,
            Self::All(parts) => each(parts).into_iter().fold(Truth::Yes, Truth::and),
            Self::Any(parts) => each(parts).into_iter().fold(Truth::No, Truth::or),
            Self::Not(part) => part.truth(values, situation).not(),
            Self::AtLeast(least, parts) => Truth::at_least(*least, &each(parts)),
        }
    }
}

fn taken_apart(rules: &RuleSet, condition: &Condition, entries: &mut Vec<Entry>) -> Formula {
    let span = condition.span;
    let mut entry = |atom: Atom| {
        entries.push(Entry { atom, span, holding: false, failing: false });
        Formula::Entry(entries.len() - 1)
    };
    match &condition.test {
        Test::Options { question, any_of, all_of, none_of } => {
            let mut each = |options: OptionSet| -> Vec<Formula> {
                options.iter().map(|option| entry(Atom::Chosen(*question, option))).collect()
            };
            let mut all = each(*all_of);
            if !any_of.is_empty() {
                all.push(Formula::Any(each(*any_of)));
            }
            if !none_of.is_empty() {
                all.push(Formula::Applies(*question));
                all.extend(each(*none_of).into_iter().map(|chosen| Formula::Not(Box::new(chosen))));
            }
            Formula::All(all)
        }
        Test::Number { question, at_least, at_most } => {
            let mut bounds = Vec::new();
            if let How::Number(range) = &rules.questions()[*question].kind
                && at_least != at_most
            {
                // A bound at the end of the range was not written, or asks for a number and nothing else.
                bounds.extend((*at_least > range.min).then_some((*at_least, i32::MAX)));
                bounds.extend((*at_most < range.max).then_some((i32::MIN, *at_most)));
            }
            if bounds.is_empty() {
                bounds.push((*at_least, *at_most));
            }
            Formula::All(bounds.into_iter().map(|(low, high)| entry(Atom::Number(*question, low, high))).collect())
        }
        Test::Finding(finding) => entry(Atom::Finding(*finding)),
        Test::All(parts) => Formula::All(parts_of(rules, parts, entries)),
        Test::Any(parts) => Formula::Any(parts_of(rules, parts, entries)),
        Test::Not(part) => Formula::Not(Box::new(taken_apart(rules, part, entries))),
        Test::Count { at_least, of } => Formula::AtLeast(*at_least, parts_of(rules, of, entries)),
    }
}

fn parts_of(rules: &RuleSet, parts: &[Condition], entries: &mut Vec<Entry>) -> Vec<Formula> {
    parts.iter().map(|part| taken_apart(rules, part, entries)).collect()
}
