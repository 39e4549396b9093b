//! Professionals side by side: who may do what, and one service: who may do it.

mod json;

pub use json::{compare_json, service_json};

use super::citations::Citations;
use super::document::{Document, Line, Table};
use super::result::small_print;
use super::words;
use crate::explain::{Comparison, Theme};
use crate::model::{ProfessionalIx, RuleSet, Scope, Service, ServiceIx};

/// The matrix by theme, what each of the professionals has learned, what the law says of them, and what they do for each
/// other. With `differences`, what they differ in comes before what is alike.
pub fn comparison(compared: &Comparison<'_>, differences: bool) -> Document {
    let rules = compared.rules;
    let cited = compared.cited();
    let mut citations = Citations::new(rules, &cited);
    let mut sheet = Document::new("Scopes of practice side by side", &rules.metadata().language);
    if differences {
        parts(compared, &mut sheet);
    } else {
        sheet.heading(&format!("Who does what: {}", rules.metadata().name));
        matrix(compared, &compared.themes, &mut sheet);
    }
    sheet.gap();
    meanings(&mut sheet);
    training(compared, &mut citations, &mut sheet);
    together(compared, &mut citations, &mut sheet);
    citations.list(&mut sheet);
    sheet.gap();
    if let Some(more) = words::more_by_state(rules, &compared.professionals, compared.state) {
        sheet.aside(0, more);
    }
    sheet.aside(0, LOCAL_LAW);
    small_print(rules, &mut sheet);
    sheet
}

const LOCAL_LAW: &str = "Local law decides what each of them may do where you live.";

/// What they differ in, then what is alike.
fn parts(compared: &Comparison<'_>, sheet: &mut Document) {
    let names = compared.professionals.iter().map(|who| words::professional(compared.rules, *who).to_owned());
    let names = words::list(&names.collect::<Vec<_>>());
    for (heading, wanted) in [("Where they differ", true), ("Where they are alike", false)] {
        sheet.heading(&format!("{heading}: {names}"));
        let themes = compared.differing(wanted);
        if themes.is_empty() {
            sheet.paragraph(0, "In nothing that these rules know.");
        }
        matrix(compared, &themes, sheet);
    }
}

fn matrix(compared: &Comparison<'_>, themes: &[Theme<'_>], sheet: &mut Document) {
    for theme in themes {
        if let Some(name) = theme.name {
            sheet.subheading(name);
        }
        sheet.table(table(compared, theme));
    }
}

fn table(compared: &Comparison<'_>, theme: &Theme<'_>) -> Table {
    let Comparison { rules, professionals, .. } = compared;
    let names = professionals.iter().map(|who| words::capitalised(words::professional(rules, *who)));
    let header: Vec<String> = std::iter::once("Service".to_owned()).chain(names).collect();
    let services = || theme.services.iter().map(|service| &rules.services()[*service]);
    let row = |service: &Service| {
        let cells = professionals.iter().map(|who| service.scope[*who].name().to_owned());
        std::iter::once(service.name.clone()).chain(cells).collect()
    };
    let lines = |service: &Service| (service.name.clone(), by_scope(rules, professionals, service));
    Table { header, rows: services().map(row).collect(), narrow: services().map(lines).collect() }
}

/// "core: physical therapist and athletic trainer", scope by scope.
fn by_scope(rules: &RuleSet, professionals: &[ProfessionalIx], service: &Service) -> Vec<String> {
    let line = |scope: Scope| {
        let who = professionals.iter().filter(|who| service.scope[**who] == scope);
        let who: Vec<String> = who.map(|who| words::professional(rules, *who).to_owned()).collect();
        (!who.is_empty()).then(|| format!("{scope}: {}", words::list(&who)))
    };
    Scope::ALL.into_iter().filter_map(line).collect()
}

/// What the scopes mean, a line for each.
pub(super) fn meanings(sheet: &mut Document) {
    for scope in Scope::ALL {
        sheet.aside(0, Line::labelled(&scope.to_string(), meaning(scope)));
    }
}

fn meaning(scope: Scope) -> &'static str {
    match scope {
        Scope::Core => "what they are there for",
        Scope::Shared => "they do it too",
        Scope::Referral => "only when referred or supervised",
        Scope::Outside => "not theirs to do",
    }
}

fn training(compared: &Comparison<'_>, citations: &mut Citations<'_>, sheet: &mut Document) {
    sheet.heading("Training and what to look for");
    for position in &compared.professionals {
        let professional = &compared.rules.professionals()[*position];
        let marks = citations.cite(&professional.sources);
        sheet.name(0, Line::from(words::capitalised(&professional.name)).cited(marks));
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
        for (line, sources) in words::access(professional, compared.state) {
            let marks = citations.cite(sources);
            sheet.paragraph(2, Line::from(line).cited(marks));
        }
    }
}

fn together(compared: &Comparison<'_>, citations: &mut Citations<'_>, sheet: &mut Document) {
    let Comparison { rules, teamwork, handovers, .. } = compared;
    if teamwork.is_empty() && handovers.is_empty() {
        return;
    }
    sheet.heading("What they do for each other");
    for teamwork in teamwork {
        let phase = teamwork.phase.map_or("In every phase", |phase| rules.phases()[phase].title.as_str());
        let marks = citations.cite(&teamwork.sources);
        sheet.bullet(0, Line::labelled(phase, &teamwork.note).cited(marks));
    }
    for handover in handovers {
        let (from, to) = (words::professional(rules, handover.from), words::professional(rules, handover.to));
        let marks = citations.cite(&handover.sources);
        let label = format!("From the {from} to the {to}");
        sheet.bullet(0, Line::labelled(&label, &handover.note).cited(marks));
    }
}

/// One service: who may do it, and who may not.
pub fn service(rules: &RuleSet, position: ServiceIx, professionals: &[ProfessionalIx]) -> Document {
    let service = &rules.services()[position];
    let mut citations = Citations::new(rules, &service.sources);
    let mut sheet = Document::new("Scope of practice", &rules.metadata().language);
    sheet.heading(&format!("Who may do this: {}", service.name));
    for scope in Scope::ALL {
        for who in professionals.iter().filter(|who| service.scope[**who] == scope) {
            let name = words::capitalised(words::professional(rules, *who));
            sheet.bullet(0, Line::labelled(&name, &format!("{scope} ({})", meaning(scope))));
        }
    }
    sheet.gap();
    let marks = citations.cite(&service.sources);
    sheet.paragraph(0, Line::from(led_by(rules, position)).cited(marks));
    citations.list(&mut sheet);
    sheet.gap();
    sheet.aside(0, LOCAL_LAW);
    small_print(rules, &mut sheet);
    sheet
}

/// Who may lead a service on a plan. What no need asks for is on none, so that it sends nobody anywhere.
fn led_by(rules: &RuleSet, position: ServiceIx) -> String {
    if rules.needs().rows().iter().all(|need| need.service != position) {
        return "It stands here for comparison; no plan asks for it.".to_owned();
    }
    let candidates = &rules.services()[position].candidates;
    let leads: Vec<String> =
        candidates.iter().map(|who| words::with_article(words::professional(rules, who))).collect();
    match leads.as_slice() {
        [] => "None of them may lead it.".to_owned(),
        leads => format!("On a plan it may be led by {}.", words::either(leads)),
    }
}
