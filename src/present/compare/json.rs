//! The same as JSON. Keys stay as they are: programs read them.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::explain::Comparison;
use crate::model::{ProfessionalIx, RuleSet, ServiceIx};
use crate::present::json::{Access, Handover, Teamwork, one_line, source_ids};

/// The comparison as one line of JSON; the services by theme.
pub fn compare_json(compared: &Comparison<'_>) -> String {
    let Comparison { rules, professionals, teamwork, handovers, state, .. } = compared;
    let services = compared.themes.iter().flat_map(|theme| &theme.services);
    one_line(&Compared {
        state: state.map(|state| state.to_string()),
        professionals: professionals
            .iter()
            .map(|position| {
                let professional = &rules.professionals()[*position];
                ProfessionalRow {
                    id: professional.id.as_str(),
                    name: &professional.name,
                    credential: professional.credential.as_deref(),
                    expect: professional.expect.as_deref(),
                    find: professional.find.as_deref(),
                    access: Access::all(rules, professional, *state),
                    sources: source_ids(rules, &professional.sources),
                }
            })
            .collect(),
        services: services.map(|service| ServiceRow::new(compared, *service)).collect(),
        teamwork: teamwork.iter().map(|row| Teamwork::new(rules, row)).collect(),
        handovers: handovers.iter().map(|row| Handover::new(rules, row)).collect(),
    })
}

/// Who may do one service, as one line of JSON.
pub fn service_json(rules: &RuleSet, position: ServiceIx, professionals: &[ProfessionalIx]) -> String {
    let service = &rules.services()[position];
    let id = |who: ProfessionalIx| rules.professionals()[who].id.as_str();
    one_line(&OneService {
        service: service.id.as_str(),
        name: &service.name,
        theme: service.theme.as_deref(),
        scope: scope(rules, position, professionals),
        led_by: service.candidates.iter().map(id).collect(),
        sources: source_ids(rules, &service.sources),
    })
}

fn scope(rules: &RuleSet, service: ServiceIx, professionals: &[ProfessionalIx]) -> Map<String, Value> {
    let scope = &rules.services()[service].scope;
    let cell = |who: &ProfessionalIx| (rules.professionals()[*who].id.to_string(), Value::from(scope[*who].name()));
    professionals.iter().map(cell).collect()
}

#[derive(Serialize)]
struct Compared<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    professionals: Vec<ProfessionalRow<'a>>,
    services: Vec<ServiceRow<'a>>,
    teamwork: Vec<Teamwork<'a>>,
    handovers: Vec<Handover<'a>>,
}

#[derive(Serialize)]
struct ProfessionalRow<'a> {
    id: &'a str,
    name: &'a str,
    credential: Option<&'a str>,
    expect: Option<&'a str>,
    find: Option<&'a str>,
    access: Vec<Access<'a>>,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct ServiceRow<'a> {
    id: &'a str,
    name: &'a str,
    theme: Option<&'a str>,
    differs: bool,
    scope: Map<String, Value>,
    sources: Vec<&'a str>,
}

impl<'a> ServiceRow<'a> {
    fn new(compared: &Comparison<'a>, position: ServiceIx) -> Self {
        let rules = compared.rules;
        let service = &rules.services()[position];
        Self {
            id: service.id.as_str(),
            name: &service.name,
            theme: service.theme.as_deref(),
            differs: compared.differs(position),
            scope: scope(rules, position, &compared.professionals),
            sources: source_ids(rules, &service.sources),
        }
    }
}

#[derive(Serialize)]
struct OneService<'a> {
    service: &'a str,
    name: &'a str,
    theme: Option<&'a str>,
    scope: Map<String, Value>,
    led_by: Vec<&'a str>,
    sources: Vec<&'a str>,
}
