//! Why somebody is not on the plan, and what would bring them in.

use serde::Serialize;

use super::alternatives::{ChangeRow, change};
use crate::answers::Answers;
use crate::explain::{Explanation, WhyNot};
use crate::model::{ProfessionalIx, RuleSet};
use crate::present::document::{Document, Line};
use crate::present::json::{RuleSetName, one_line};
use crate::present::result::given_under;
use crate::present::words;
use crate::prove::Nearest;

/// Somebody, why they are not on the plan, and the nearest answers that would bring them in.
#[derive(Debug)]
pub struct Absence<'e, 'r> {
    /// The decision.
    pub explanation: &'e Explanation<'r>,
    /// What was answered.
    pub answers: &'e Answers,
    /// Who.
    pub professional: ProfessionalIx,
    /// What would bring them in; none where they are on the plan.
    pub nearest: Option<Nearest>,
}

impl Absence<'_, '_> {
    fn reasons(&self) -> &[WhyNot] {
        let theirs = self.explanation.not_on_plan.iter().find(|(who, _)| *who == self.professional);
        theirs.map_or(&[], |(_, reasons)| reasons)
    }
}

/// The page.
pub fn why_not(absence: &Absence<'_, '_>) -> Document {
    let rules = absence.explanation.rules;
    let name = words::professional(rules, absence.professional);
    let mut sheet = Document::new(&format!("Why not the {name}?"), &rules.metadata().language);
    match &absence.nearest {
        Some(nearest) => not_on_the_plan(absence, nearest, &mut sheet),
        None => on_the_plan(absence, &mut sheet),
    }
    given_under(absence.explanation, &mut sheet);
    sheet
}

fn not_on_the_plan(absence: &Absence<'_, '_>, nearest: &Nearest, sheet: &mut Document) {
    let rules = absence.explanation.rules;
    let name = words::professional(rules, absence.professional);
    sheet.heading(&format!("Why not the {name}?"));
    for reason in absence.reasons() {
        sheet.bullet(0, words::capitalised(&words::why_not(rules, reason)));
    }
    // Nobody should read here which danger sign to leave out.
    if absence.explanation.level.ends_without_plan() {
        return;
    }
    sheet.heading("What would bring them in");
    match nearest {
        Nearest::Change(change) => {
            sheet.paragraph(0, "The smallest change of your answers after which they are on the plan:");
            self::change(rules, absence.answers, change, 0, sheet);
            sheet.gap();
            sheet.aside(0, "This shows how the rules work. Answer what is true for you.");
        }
        Nearest::Never => sheet.paragraph(0, "No answers do: under these rules they are on nobody's plan."),
        Nearest::Undecided => sheet.paragraph(0, "That was not found in time."),
    }
}

fn on_the_plan(absence: &Absence<'_, '_>, sheet: &mut Document) {
    let rules = absence.explanation.rules;
    let name = words::professional(rules, absence.professional);
    sheet.heading(&format!("The {name} is on the plan"));
    for phase in &absence.explanation.phases {
        for planned in phase.professionals.iter().filter(|planned| planned.professional == absence.professional) {
            let services: Vec<String> =
                planned.services.iter().map(|service| rules.services()[service.service].name.clone()).collect();
            sheet.bullet(0, Line::labelled(&rules.phases()[phase.phase].title, &words::list(&services)));
        }
    }
}

/// The same as one line of JSON.
pub fn why_not_json(absence: &Absence<'_, '_>, input: Option<&str>) -> String {
    let rules = absence.explanation.rules;
    let (brings_in, change) = match &absence.nearest {
        None => ("nothing", None),
        Some(Nearest::Change(change)) => ("change", Some(ChangeRow::new(rules, change))),
        Some(Nearest::Never) => ("never", None),
        Some(Nearest::Undecided) => ("undecided", None),
    };
    one_line(&AbsenceRow {
        input,
        given_under: absence.explanation.given_under.as_ref().map(RuleSetName::of),
        professional: rules.professionals()[absence.professional].id.as_str(),
        on_the_plan: absence.nearest.is_none(),
        reasons: absence.reasons().iter().map(|reason| ReasonRow::new(rules, reason)).collect(),
        brings_in,
        change,
    })
}

#[derive(Serialize)]
struct AbsenceRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_under: Option<RuleSetName<'a>>,
    professional: &'a str,
    on_the_plan: bool,
    reasons: Vec<ReasonRow<'a>>,
    /// `nothing` where they are on the plan, else `change`, `never` or `undecided`.
    brings_in: &'static str,
    #[serde(flatten)]
    change: Option<ChangeRow<'a>>,
}

#[derive(Serialize)]
struct ReasonRow<'a> {
    kind: &'static str,
    services: Vec<&'a str>,
    flags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<&'a str>,
    text: String,
}

impl<'a> ReasonRow<'a> {
    fn new(rules: &'a RuleSet, reason: &WhyNot) -> Self {
        let (services, flags, lead) = match reason {
            WhyNot::DoctorFirst { by, .. } => (&[][..], by.as_slice(), None),
            WhyNot::NothingNeeded => (&[][..], &[][..], None),
            WhyNot::AllOnHold { theirs, by } => (theirs.as_slice(), by.as_slice(), None),
            WhyNot::EquallyInScope { service, lead, .. } => (std::slice::from_ref(service), &[][..], Some(*lead)),
            WhyNot::AlsoDoes(services) | WhyNot::OnReferral(services) | WhyNot::OutsideScope(services) => {
                (services.as_slice(), &[][..], None)
            }
        };
        Self {
            kind: reason.kind(),
            services: services.iter().map(|service| rules.services()[*service].id.as_str()).collect(),
            flags: flags.iter().map(|flag| rules.flags()[*flag].id.as_str()).collect(),
            lead: lead.map(|lead| rules.professionals()[lead].id.as_str()),
            text: words::why_not(rules, reason),
        }
    }
}
