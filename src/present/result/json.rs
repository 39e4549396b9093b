//! A decision as JSON. Keys stay as they are: programs read them.

use serde::Serialize;

use super::own_words::{AlsoSaidRow, SaidRow, TellRow};
use crate::contacts;
use crate::explain::{self, Explanation, PlanPhase, PlanService, WhyNot};
use crate::model::{self, FlagIx, GoAtOnceIx, Id, OptionSet, ProfessionalIx, RuleSet};
use crate::present::json::{Access, Handover, RuleSetName, Source, Teamwork, one_line, professional_id, source_ids};
use crate::present::{answer, words};

/// The decision as one line of JSON. `input` names the file that the answers came from, if one.
pub fn result_json(explanation: &Explanation<'_>, input: Option<&str>) -> String {
    one_line(&Result { input, ..result_value(explanation) })
}

/// The decision as a value of JSON.
pub(in crate::present) fn result_value<'e>(explanation: &'e Explanation<'_>) -> Result<'e> {
    let rules = explanation.rules;
    let soon = explanation.soon();
    Result {
        input: None,
        rule_set: RuleSetName::new(rules),
        given_under: explanation.given_under.as_ref().map(RuleSetName::of),
        settled: explanation.settled(),
        level: explanation.level.name(),
        may_become: explanation.may_become.name(),
        state: explanation.state.map(|state| state.to_string()),
        emergency_number: rules.metadata().emergency_number.as_deref(),
        how_soon: soon.how_soon(),
        until_then: soon.until_then(),
        go_at_once: explanation.go_at_once.iter().map(|row| GoAtOnce::new(rules, *row)).collect(),
        flags: explanation.flags.iter().map(|flag| Flag::new(explanation, *flag)).collect(),
        tell_the_doctor: TellRow::all(rules, &explanation.account),
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
        you_also_said: AlsoSaidRow::all(explanation),
        otherwise: explanation.otherwise.then_some(rules.metadata().otherwise.as_deref()).flatten(),
        not_on_plan: NotOnPlan::all(rules, &explanation.not_on_plan),
        watch_for: explanation.watch_for.iter().map(|sign| Watch::new(rules, sign)).collect(),
        open_questions: explanation.open.iter().map(|question| rules.questions()[*question].id.as_str()).collect(),
        grown_lists: explanation.grown.iter().map(|grown| GrownList::new(rules, grown)).collect(),
        ignored_answers: explanation.ignored.iter().map(|question| rules.questions()[*question].id.as_str()).collect(),
        sources: explanation.cited.iter().map(|source| Source::new(rules, *source)).collect(),
        disclaimer: rules.metadata().disclaimer.as_deref(),
        reviewed_by: &rules.metadata().reviewed_by,
    }
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

#[derive(Serialize)]
pub(in crate::present) struct Result<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    rule_set: RuleSetName<'a>,
    /// Only where some answers were given to other rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    given_under: Option<RuleSetName<'a>>,
    settled: bool,
    level: &'a str,
    may_become: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    emergency_number: Option<&'a str>,
    /// Of the first thing to do, each sentence once.
    how_soon: Vec<&'a str>,
    until_then: Vec<&'a str>,
    go_at_once: Vec<GoAtOnce<'a>>,
    flags: Vec<Flag<'a>>,
    tell_the_doctor: Vec<TellRow<'a>>,
    plan: Vec<Phase<'a>>,
    on_hold: Vec<&'a str>,
    waits: Vec<&'a str>,
    held_back: Vec<HeldBack<'a>>,
    you_also_said: Vec<AlsoSaidRow<'a>>,
    otherwise: Option<&'a str>,
    not_on_plan: Vec<NotOnPlan<'a>>,
    watch_for: Vec<Watch<'a>>,
    open_questions: Vec<&'a str>,
    /// Only where there is more to choose from now than when some questions were answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grown_lists: Vec<GrownList<'a>>,
    ignored_answers: Vec<&'a str>,
    sources: Vec<Source<'a>>,
    disclaimer: Option<&'a str>,
    reviewed_by: &'a [String],
}

/// What a row says of the time until it comes to what it asks for; most say nothing.
#[derive(Serialize)]
struct Meantime<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    how_soon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_then: Option<&'a str>,
}

impl<'a> Meantime<'a> {
    fn new(row: &'a model::Meantime) -> Self {
        Self { how_soon: row.how_soon.as_deref(), until_then: row.until_then.as_deref() }
    }
}

#[derive(Serialize)]
struct GoAtOnce<'a> {
    id: &'a str,
    say: &'a str,
    #[serde(rename = "do")]
    action: Option<&'a str>,
    sources: Vec<&'a str>,
}

impl<'a> GoAtOnce<'a> {
    fn new(rules: &'a RuleSet, position: GoAtOnceIx) -> Self {
        let row = &rules.go_at_once()[position];
        Self {
            id: row.id.as_str(),
            say: &row.say,
            action: row.action.as_deref(),
            sources: source_ids(rules, &row.sources),
        }
    }
}

/// A list that there is more on now than when it was answered, as JSON.
#[derive(Serialize)]
pub(in crate::present) struct GrownList<'a> {
    question: &'a str,
    /// Options that were neither ticked nor denied.
    not_asked: Vec<&'a str>,
    /// Whether it is known what was on the list then.
    offered_is_known: bool,
}

impl<'a> GrownList<'a> {
    pub(in crate::present) fn new(rules: &'a RuleSet, grown: &explain::Grown) -> Self {
        let question = &rules.questions()[grown.question];
        Self {
            question: question.id.as_str(),
            not_asked: answer::ids(question, grown.not_asked).collect(),
            offered_is_known: grown.is_known,
        }
    }
}

#[derive(Serialize)]
struct Flag<'a> {
    id: &'a str,
    level: &'a str,
    say: &'a str,
    #[serde(rename = "do")]
    action: &'a str,
    you_said: Vec<SaidRow<'a>>,
    #[serde(flatten)]
    meantime: Meantime<'a>,
    sources: Vec<&'a str>,
}

impl<'a> Flag<'a> {
    fn new(explanation: &'a Explanation<'_>, position: FlagIx) -> Self {
        let rules = explanation.rules;
        let flag = &rules.flags()[position];
        Self {
            id: flag.id.as_str(),
            level: flag.level_name(),
            say: &flag.say,
            action: &flag.action,
            you_said: SaidRow::all(rules, explanation.account.of_flag(position)),
            meantime: Meantime::new(&flag.meantime),
            sources: source_ids(rules, &flag.sources),
        }
    }
}

#[derive(Serialize)]
struct Phase<'a> {
    phase: &'a str,
    title: &'a str,
    move_on: Option<&'a str>,
    #[serde(flatten)]
    meantime: Meantime<'a>,
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
            meantime: Meantime::new(&phase.meantime),
            professionals: planned
                .professionals
                .iter()
                .map(|planned| {
                    let profession = planned.professional;
                    let professional = &rules.professionals()[profession];
                    Professional {
                        id: professional.id.as_str(),
                        name: &professional.name,
                        services: planned.services.iter().map(|service| Service::new(explanation, service)).collect(),
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

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    waits: bool,
    on_hold: bool,
    #[serde(flatten)]
    meantime: Meantime<'a>,
    reasons: Vec<Need<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    whatever_answered: Vec<&'a str>,
    also_in_scope: Vec<&'a str>,
    also_does: Vec<&'a str>,
    sources: Vec<&'a str>,
}

impl<'a> Service<'a> {
    fn new(explanation: &Explanation<'a>, planned: &PlanService) -> Self {
        let rules = explanation.rules;
        let service = &rules.services()[planned.service];
        let id = |id: &'a Id| id.as_str();
        Self {
            id: id(&service.id),
            name: &service.name,
            waits: planned.waits,
            on_hold: planned.on_hold,
            meantime: Meantime::new(&service.meantime),
            reasons: planned
                .needs
                .iter()
                .map(|position| {
                    let need = &rules.needs()[*position];
                    Need {
                        need: id(&need.id),
                        because: &need.because,
                        you_said: SaidRow::all(rules, explanation.account.of_need(*position)),
                        meantime: Meantime::new(&need.meantime),
                        sources: source_ids(rules, &need.sources),
                    }
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
    you_said: Vec<SaidRow<'a>>,
    #[serde(flatten)]
    meantime: Meantime<'a>,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct Preference<'a> {
    id: &'a str,
    prefer: &'a str,
    because: &'a str,
    sources: Vec<&'a str>,
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
pub(in crate::present) struct NotOnPlan<'a> {
    id: &'a str,
    reasons: Vec<Reason<'a>>,
}

impl<'a> NotOnPlan<'a> {
    /// Some of those who are not on a plan, with all reasons.
    pub(in crate::present) fn all(rules: &'a RuleSet, not_on_plan: &[(ProfessionalIx, Vec<WhyNot>)]) -> Vec<Self> {
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
