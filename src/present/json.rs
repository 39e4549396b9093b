//! A decision as JSON. Keys stay as they are: programs read them.

use std::fmt::Write as _;

use serde::Serialize;

use super::{answer, words};
use crate::contacts;
use crate::explain::{self, Explanation, PlanPhase, PlanService, WhyNot};
use crate::model::{self, FlagIx, Id, OptionSet, ProfessionalIx, RuleSet, SourceIx, State};
use crate::source::is_hidden;

/// The decision as one line of JSON. `input` names the file that the answers came from, if one.
pub fn result_json(explanation: &Explanation<'_>, input: Option<&str>) -> String {
    one_line(&Result { input, ..result_value(explanation) })
}

/// The decision as a value of JSON.
pub(super) fn result_value<'e>(explanation: &'e Explanation<'_>) -> Result<'e> {
    let rules = explanation.rules;
    Result {
        input: None,
        rule_set: RuleSetName::new(rules),
        settled: explanation.settled(),
        level: explanation.level.name(),
        state: explanation.state.map(|state| state.to_string()),
        emergency_number: rules.metadata().emergency_number.as_deref(),
        flags: explanation.flags.iter().map(|flag| Flag::new(rules, *flag)).collect(),
        plan: explanation.phases.iter().map(|phase| Phase::new(explanation, phase)).collect(),
        on_hold: held(explanation, true),
        waits: held(explanation, false),
        held_back: explanation
            .held_back
            .iter()
            .map(|held| HeldBack {
                service: rules.services()[held.service].id.as_str(),
                kind: if held.on_hold { "on-hold" } else { "waits" },
                flags: held.by.iter().map(|flag| rules.flags()[*flag].id.as_str()).collect(),
                until: held.by.iter().filter_map(|flag| rules.flags()[*flag].until.as_deref()).collect(),
            })
            .collect(),
        otherwise: explanation.otherwise.then_some(rules.metadata().otherwise.as_deref()).flatten(),
        not_on_plan: NotOnPlan::all(rules, &explanation.not_on_plan),
        watch_for: explanation.watch_for.iter().map(|sign| Watch::new(rules, sign)).collect(),
        open_questions: explanation.open.iter().map(|question| rules.questions()[*question].id.as_str()).collect(),
        ignored_answers: explanation.ignored.iter().map(|question| rules.questions()[*question].id.as_str()).collect(),
        sources: explanation.cited.iter().map(|source| Source::new(rules, *source)).collect(),
        disclaimer: rules.metadata().disclaimer.as_deref(),
        reviewed_by: &rules.metadata().reviewed_by,
    }
}

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

fn held<'r>(explanation: &Explanation<'r>, on_hold: bool) -> Vec<&'r str> {
    let rules = explanation.rules;
    explanation
        .held_back
        .iter()
        .filter(|held| held.on_hold == on_hold)
        .map(|held| rules.services()[held.service].id.as_str())
        .collect()
}

/// The ids of sources.
pub(super) fn source_ids<'r>(rules: &'r RuleSet, sources: &[SourceIx]) -> Vec<&'r str> {
    sources.iter().map(|source| rules.sources()[*source].id.as_str()).collect()
}

pub(super) fn professional_id(rules: &RuleSet, professional: ProfessionalIx) -> &str {
    rules.professionals()[professional].id.as_str()
}

#[derive(Serialize)]
pub(super) struct Result<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    rule_set: RuleSetName<'a>,
    settled: bool,
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    emergency_number: Option<&'a str>,
    flags: Vec<Flag<'a>>,
    plan: Vec<Phase<'a>>,
    on_hold: Vec<&'a str>,
    waits: Vec<&'a str>,
    held_back: Vec<HeldBack<'a>>,
    otherwise: Option<&'a str>,
    not_on_plan: Vec<NotOnPlan<'a>>,
    watch_for: Vec<Watch<'a>>,
    open_questions: Vec<&'a str>,
    ignored_answers: Vec<&'a str>,
    sources: Vec<Source<'a>>,
    disclaimer: Option<&'a str>,
    reviewed_by: &'a [String],
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
}

#[derive(Serialize)]
struct Flag<'a> {
    id: &'a str,
    level: &'a str,
    say: &'a str,
    #[serde(rename = "do")]
    action: &'a str,
    sources: Vec<&'a str>,
}

impl<'a> Flag<'a> {
    fn new(rules: &'a RuleSet, position: FlagIx) -> Self {
        let flag = &rules.flags()[position];
        Self {
            id: flag.id.as_str(),
            level: flag.level_name(),
            say: &flag.say,
            action: &flag.action,
            sources: source_ids(rules, &flag.sources),
        }
    }
}

#[derive(Serialize)]
struct Phase<'a> {
    phase: &'a str,
    title: &'a str,
    move_on: Option<&'a str>,
    professionals: Vec<Professional<'a>>,
    preferences: Vec<Preference<'a>>,
    teamwork: Vec<Teamwork<'a>>,
    handovers: Vec<Handover<'a>>,
}

impl<'a> Phase<'a> {
    fn new(explanation: &Explanation<'a>, planned: &PlanPhase<'a>) -> Self {
        let rules = explanation.rules;
        let phase = &rules.phases()[planned.phase];
        Self {
            phase: phase.id.as_str(),
            title: &phase.title,
            move_on: phase.move_on.as_deref(),
            professionals: planned
                .professionals
                .iter()
                .map(|planned| {
                    let profession = planned.professional;
                    let professional = &rules.professionals()[profession];
                    Professional {
                        id: professional.id.as_str(),
                        name: &professional.name,
                        services: planned.services.iter().map(|service| Service::new(rules, service)).collect(),
                        access: Access::all(rules, professional, explanation.state),
                        contacts: explanation.contacts.map(|all| all.of(profession).map(Contact::new).collect()),
                    }
                })
                .collect(),
            preferences: planned
                .preferences
                .iter()
                .map(|position| {
                    let preference = &rules.preferences()[*position];
                    Preference {
                        id: preference.id.as_str(),
                        prefer: professional_id(rules, preference.prefer),
                        because: &preference.because,
                        sources: source_ids(rules, &preference.sources),
                    }
                })
                .collect(),
            teamwork: planned.teamwork.iter().map(|teamwork| Teamwork::new(rules, teamwork)).collect(),
            handovers: planned.handovers.iter().map(|handover| Handover::new(rules, handover)).collect(),
        }
    }
}

#[derive(Serialize)]
struct Professional<'a> {
    id: &'a str,
    name: &'a str,
    services: Vec<Service<'a>>,
    access: Vec<Access<'a>>,
    /// Only where a list of contacts is used; empty if nobody on it is of this profession.
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Contact<'a>>>,
}

#[derive(Serialize)]
struct Contact<'a> {
    id: Option<&'a str>,
    name: &'a str,
    credential: Option<&'a str>,
    phone: Option<&'a str>,
    address: Option<&'a str>,
    languages: &'a [String],
    notes: Option<&'a str>,
}

impl<'a> Contact<'a> {
    fn new(contact: &'a contacts::Contact) -> Self {
        Self {
            id: contact.id.as_ref().map(Id::as_str),
            name: &contact.name,
            credential: contact.credential.as_deref(),
            phone: contact.phone.as_deref(),
            address: contact.address.as_deref(),
            languages: &contact.languages,
            notes: contact.notes.as_deref(),
        }
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

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    waits: bool,
    on_hold: bool,
    reasons: Vec<Need<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    whatever_answered: Vec<&'a str>,
    also_in_scope: Vec<&'a str>,
    also_does: Vec<&'a str>,
    sources: Vec<&'a str>,
}

impl<'a> Service<'a> {
    fn new(rules: &'a RuleSet, planned: &PlanService) -> Self {
        let service = &rules.services()[planned.service];
        let id = |id: &'a Id| id.as_str();
        Self {
            id: id(&service.id),
            name: &service.name,
            waits: planned.waits,
            on_hold: planned.on_hold,
            reasons: planned
                .needs
                .iter()
                .map(|position| {
                    let need = &rules.needs()[*position];
                    Need { need: id(&need.id), because: &need.because, sources: source_ids(rules, &need.sources) }
                })
                .collect(),
            whatever_answered: planned.settled_by.iter().map(|question| id(&rules.questions()[*question].id)).collect(),
            also_in_scope: planned.also_in_scope.iter().map(|other| professional_id(rules, *other)).collect(),
            also_does: planned.also_does.iter().map(|other| professional_id(rules, *other)).collect(),
            sources: source_ids(rules, &service.sources),
        }
    }
}

#[derive(Serialize)]
struct Need<'a> {
    need: &'a str,
    because: &'a str,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct Preference<'a> {
    id: &'a str,
    prefer: &'a str,
    because: &'a str,
    sources: Vec<&'a str>,
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
struct HeldBack<'a> {
    service: &'a str,
    kind: &'a str,
    flags: Vec<&'a str>,
    until: Vec<&'a str>,
}

/// Somebody who is not on the plan as JSON.
#[derive(Serialize)]
pub(super) struct NotOnPlan<'a> {
    id: &'a str,
    reasons: Vec<Reason<'a>>,
}

impl<'a> NotOnPlan<'a> {
    /// Some of those who are not on a plan, with all reasons.
    pub(super) fn all(rules: &'a RuleSet, not_on_plan: &[(ProfessionalIx, Vec<WhyNot>)]) -> Vec<Self> {
        let reason = |reason: &WhyNot| Reason { kind: reason.kind(), text: words::why_not(rules, reason) };
        not_on_plan
            .iter()
            .map(|(professional, reasons)| Self {
                id: professional_id(rules, *professional),
                reasons: reasons.iter().map(reason).collect(),
            })
            .collect()
    }
}

#[derive(Serialize)]
struct Watch<'a> {
    question: &'a str,
    option: &'a str,
    label: &'a str,
    level: &'a str,
}

impl<'a> Watch<'a> {
    fn new(rules: &'a RuleSet, sign: &explain::Watch) -> Self {
        let question = &rules.questions()[sign.question];
        Self {
            question: question.id.as_str(),
            option: answer::ids(question, OptionSet::only(sign.option)).next().unwrap_or_default(),
            label: question.label(sign.option),
            level: sign.level.name(),
        }
    }
}

#[derive(Serialize)]
struct Reason<'a> {
    kind: &'a str,
    text: String,
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
