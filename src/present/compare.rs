//! The scope matrix side by side: who may do what.

use serde::Serialize;

use super::document::{Document, Line, Table};
use super::json::{Access, one_line};
use super::words;
use crate::model::{Handover, ProfessionalIx, RuleSet, Scope, Service, State, Teamwork};

/// The matrix of the given professionals, what each of them has learned, what the law says of them, also in `state`, and,
/// for two, what they do for each other.
pub fn comparison(rules: &RuleSet, professionals: &[ProfessionalIx], state: Option<State>) -> Document {
    let mut sheet = Document::new("Who does what", &rules.metadata().language);
    let names: Vec<String> =
        professionals.iter().map(|position| words::capitalised(words::professional(rules, *position))).collect();
    sheet.heading(&format!("Who does what: {}", rules.metadata().name));
    sheet.table(matrix(rules, professionals, &names));
    sheet.gap();
    for scope in Scope::ALL {
        sheet.aside(0, Line::labelled(&scope.to_string(), meaning(scope)));
    }
    sheet.heading("Training and what to look for");
    for position in professionals {
        let professional = &rules.professionals()[*position];
        sheet.name(0, words::capitalised(&professional.name));
        let lines = [
            ("Look for", &professional.credential),
            ("What to expect", &professional.expect),
            ("Where", &professional.find),
        ];
        for (label, text) in lines {
            if let Some(text) = text {
                sheet.paragraph(2, Line::labelled(label, text));
            }
        }
        for (line, _) in words::access(professional, state) {
            sheet.paragraph(2, line);
        }
    }
    if let [first, second] = *professionals {
        together(rules, first, second, &mut sheet);
    }
    sheet.gap();
    if let Some(more) = words::more_by_state(rules, professionals, state) {
        sheet.aside(0, more);
    }
    sheet.aside(0, "Local law decides what each of them may do where you live.");
    sheet
}

fn matrix(rules: &RuleSet, professionals: &[ProfessionalIx], names: &[String]) -> Table {
    let header: Vec<String> = std::iter::once("Service".to_owned()).chain(names.iter().cloned()).collect();
    let row = |service: &Service| {
        let cells = professionals.iter().map(|position| service.scope[*position].name().to_owned());
        std::iter::once(service.name.clone()).chain(cells).collect()
    };
    let rows: Vec<Vec<String>> = rules.services().rows().iter().map(row).collect();
    Table { header, rows, narrow: list(rules, professionals) }
}

/// What the matrix says, for pages too narrow for it.
fn list(rules: &RuleSet, professionals: &[ProfessionalIx]) -> Vec<(String, Vec<String>)> {
    let line = |service: &Service, scope: Scope| {
        let who: Vec<String> = professionals
            .iter()
            .filter(|position| service.scope[**position] == scope)
            .map(|position| words::professional(rules, *position).to_owned())
            .collect();
        (!who.is_empty()).then(|| format!("{scope}: {}", words::list(&who)))
    };
    let lines = |service: &Service| Scope::ALL.into_iter().filter_map(|scope| line(service, scope)).collect();
    rules.services().rows().iter().map(|service| (service.name.clone(), lines(service))).collect()
}

fn meaning(scope: Scope) -> &'static str {
    match scope {
        Scope::Core => "what they are there for",
        Scope::Shared => "they do it too",
        Scope::Referral => "only when referred or supervised",
        Scope::Outside => "not theirs to do",
    }
}

fn together(rules: &RuleSet, first: ProfessionalIx, second: ProfessionalIx, sheet: &mut Document) {
    let (teamwork, handovers) = between(rules, first, second);
    if teamwork.is_empty() && handovers.is_empty() {
        return;
    }
    sheet.heading("What they do for each other");
    for teamwork in teamwork {
        let phase = teamwork.phase.map_or("In every phase", |phase| rules.phases()[phase].title.as_str());
        sheet.bullet(0, Line::labelled(phase, &teamwork.note));
    }
    for handover in handovers {
        let (from, to) = (words::professional(rules, handover.from), words::professional(rules, handover.to));
        sheet.bullet(0, Line::labelled(&format!("From the {from} to the {to}"), &handover.note));
    }
}

fn between(rules: &RuleSet, first: ProfessionalIx, second: ProfessionalIx) -> (Vec<&Teamwork>, Vec<&Handover>) {
    let both = |one: ProfessionalIx, others: &[ProfessionalIx]| {
        (one == first && others.contains(&second)) || (one == second && others.contains(&first))
    };
    let teamwork = rules.teamwork().iter().filter(|teamwork| both(teamwork.of, &teamwork.with)).collect();
    let handovers = rules.handovers().iter().filter(|handover| both(handover.from, &[handover.to])).collect();
    (teamwork, handovers)
}

/// The same as one line of JSON.
pub fn compare_json(rules: &RuleSet, professionals: &[ProfessionalIx], state: Option<State>) -> String {
    let id = |position: ProfessionalIx| rules.professionals()[position].id.as_str();
    let (teamwork, handovers) = match *professionals {
        [first, second] => between(rules, first, second),
        _ => (Vec::new(), Vec::new()),
    };
    let comparison = Comparison {
        state: state.map(|state| state.to_string()),
        professionals: professionals
            .iter()
            .map(|position| {
                let professional = &rules.professionals()[*position];
                Compared {
                    id: professional.id.as_str(),
                    name: &professional.name,
                    credential: professional.credential.as_deref(),
                    expect: professional.expect.as_deref(),
                    find: professional.find.as_deref(),
                    access: Access::all(rules, professional, state),
                }
            })
            .collect(),
        services: rules
            .services()
            .rows()
            .iter()
            .map(|service| ComparedService {
                id: service.id.as_str(),
                name: &service.name,
                scope: professionals
                    .iter()
                    .map(|position| (id(*position).to_owned(), service.scope[*position].name().into()))
                    .collect(),
            })
            .collect(),
        teamwork: teamwork
            .iter()
            .map(|teamwork| ComparedTeamwork {
                of: id(teamwork.of),
                with: teamwork.with.iter().map(|with| id(*with)).collect(),
                phase: teamwork.phase.map(|phase| rules.phases()[phase].id.as_str()),
                note: &teamwork.note,
            })
            .collect(),
        handovers: handovers
            .iter()
            .map(|handover| ComparedHandover { from: id(handover.from), to: id(handover.to), note: &handover.note })
            .collect(),
    };
    one_line(&comparison)
}

#[derive(Serialize)]
struct Comparison<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    professionals: Vec<Compared<'a>>,
    services: Vec<ComparedService<'a>>,
    teamwork: Vec<ComparedTeamwork<'a>>,
    handovers: Vec<ComparedHandover<'a>>,
}

#[derive(Serialize)]
struct Compared<'a> {
    id: &'a str,
    name: &'a str,
    credential: Option<&'a str>,
    expect: Option<&'a str>,
    find: Option<&'a str>,
    access: Vec<Access<'a>>,
}

#[derive(Serialize)]
struct ComparedService<'a> {
    id: &'a str,
    name: &'a str,
    scope: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct ComparedTeamwork<'a> {
    of: &'a str,
    with: Vec<&'a str>,
    phase: Option<&'a str>,
    note: &'a str,
}

#[derive(Serialize)]
struct ComparedHandover<'a> {
    from: &'a str,
    to: &'a str,
    note: &'a str,
}
