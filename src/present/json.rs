//! JSON: values on one line, and rows that more than one page has. Keys stay as they are: programs read them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::answers::Edition;
use crate::model::{self, ProfessionalIx, RuleSet, SourceIx, State};
use crate::source::is_hidden;

/// A value as one line of JSON. What cannot be seen and may act on a terminal is escaped, also where JSON allows it.
pub fn one_line(value: &impl Serialize) -> String {
    // Nothing that we write can fail: all keys are texts.
    let text = serde_json::to_string(value).unwrap_or_default();
    if !text.chars().any(is_hidden) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) {
            // All hidden characters are of the basic plane. Writing to a string cannot fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(letter));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

/// The ids of sources.
pub(super) fn source_ids<'r>(rules: &'r RuleSet, sources: &[SourceIx]) -> Vec<&'r str> {
    sources.iter().map(|source| rules.sources()[*source].id.as_str()).collect()
}

pub(super) fn professional_id(rules: &RuleSet, professional: ProfessionalIx) -> &str {
    rules.professionals()[professional].id.as_str()
}

#[derive(Serialize)]
pub(super) struct RuleSetName<'a> {
    name: &'a str,
    version: &'a str,
}

impl<'a> RuleSetName<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Self {
        Self { name: &rules.metadata().name, version: &rules.metadata().version }
    }

    pub(super) fn of(edition: &'a Edition) -> Self {
        Self { name: &edition.name, version: &edition.version }
    }
}

/// A statement on access as JSON.
#[derive(Serialize)]
pub(super) struct Access<'a> {
    says: &'a str,
    states: Vec<String>,
    as_of: String,
    sources: Vec<&'a str>,
}

impl<'a> Access<'a> {
    /// The general statements on a professional, then those for the state.
    pub(super) fn all(rules: &'a RuleSet, professional: &'a model::Professional, state: Option<State>) -> Vec<Self> {
        let statement = |access: &'a model::Access| Self {
            says: &access.says,
            states: access.states.iter().map(State::to_string).collect(),
            as_of: access.as_of.to_string(),
            sources: source_ids(rules, &access.sources),
        };
        professional.access_in(state).map(statement).collect()
    }
}

/// What professionals do for each other, as JSON.
#[derive(Serialize)]
pub(super) struct Teamwork<'a> {
    of: &'a str,
    with: Vec<&'a str>,
    phase: Option<&'a str>,
    note: &'a str,
    sources: Vec<&'a str>,
}

impl<'a> Teamwork<'a> {
    pub(super) fn new(rules: &'a RuleSet, teamwork: &'a model::Teamwork) -> Self {
        Self {
            of: professional_id(rules, teamwork.of),
            with: teamwork.with.iter().map(|with| professional_id(rules, *with)).collect(),
            phase: teamwork.phase.map(|phase| rules.phases()[phase].id.as_str()),
            note: &teamwork.note,
            sources: source_ids(rules, &teamwork.sources),
        }
    }
}

/// What one professional hands to the next, as JSON.
#[derive(Serialize)]
pub(super) struct Handover<'a> {
    from: &'a str,
    to: &'a str,
    note: &'a str,
    sources: Vec<&'a str>,
}

impl<'a> Handover<'a> {
    pub(super) fn new(rules: &'a RuleSet, handover: &'a model::Handover) -> Self {
        Self {
            from: professional_id(rules, handover.from),
            to: professional_id(rules, handover.to),
            note: &handover.note,
            sources: source_ids(rules, &handover.sources),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Source<'a> {
    id: &'a str,
    title: &'a str,
    authors: Option<&'a str>,
    publisher: Option<&'a str>,
    year: Option<i32>,
    doi: Option<&'a str>,
    url: Option<&'a str>,
    reviewed: bool,
}

impl<'a> Source<'a> {
    pub(super) fn new(rules: &'a RuleSet, position: SourceIx) -> Self {
        let source = &rules.sources()[position];
        Self {
            id: source.id.as_str(),
            title: &source.title,
            authors: source.authors.as_deref(),
            publisher: source.publisher.as_deref(),
            year: source.year,
            doi: source.doi.as_deref(),
            url: source.url.as_deref(),
            reviewed: source.reviewed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_escaped_and_read_back() {
        let text = "a\u{1b}\u{7f}\u{9b}\u{202e}\n\u{2028}é";
        let line = one_line(&text);
        assert!(!line.chars().any(is_hidden), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
