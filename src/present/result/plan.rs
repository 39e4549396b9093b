//! The plan: phase by phase, what is held back, who is not on it, and how to choose those who are.

use super::Writer;
use crate::explain::{Explanation, HeldBack, PlanPhase, PlanService};
use crate::model::{FlagIx, ProfessionalIx, ServiceIx};
use crate::present::document::{Line, Table};
use crate::present::words;

impl Writer<'_, '_> {
    pub(super) fn plan(&mut self) {
        let explanation = self.explanation;
        if explanation.phases.is_empty() {
            return;
        }
        self.sheet.heading("Your plan");
        if explanation.phases.len() > 1 {
            self.overview();
        }
        for (index, phase) in explanation.phases.iter().enumerate() {
            self.phase(index, phase);
        }
    }

    /// The plan at a glance.
    fn overview(&mut self) {
        let explanation = self.explanation;
        let mut rows = Vec::new();
        for (index, phase) in explanation.phases.iter().enumerate() {
            let who: Vec<String> = phase
                .professionals
                .iter()
                .map(|planned| {
                    let later = if planned.services.iter().all(|service| service.on_hold) { " (later)" } else { "" };
                    format!("{}{later}", words::professional(explanation.rules, planned.professional))
                })
                .collect();
            let title = explanation.rules.phases()[phase.phase].title.clone();
            rows.push(vec![(index + 1).to_string(), title, words::list(&who)]);
        }
        let header = vec![String::new(), "Phase".to_owned(), "Who".to_owned()];
        // Where there is no room for it, the phases below say the same.
        self.sheet.table(Table { header, rows, narrow: Vec::new() });
    }

    fn phase(&mut self, index: usize, phase: &PlanPhase<'_>) {
        let rules = self.explanation.rules;
        let row = &rules.phases()[phase.phase];
        let number = if self.explanation.phases.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
        self.sheet.subheading(&format!("{number}{}", row.title));
        for planned in &phase.professionals {
            self.sheet.name(2, words::capitalised(words::professional(rules, planned.professional)));
            for service in &planned.services {
                self.service(service);
            }
        }
        for preference in &phase.preferences {
            let preference = &rules.preferences()[*preference];
            let cite = self.cite(&preference.sources);
            let name = words::professional(rules, preference.prefer);
            self.sheet.paragraph(2, Line::labelled(&format!("Why the {name}"), &preference.because).cited(cite));
        }
        for teamwork in &phase.teamwork {
            let cite = self.cite(&teamwork.sources);
            self.sheet.paragraph(2, Line::labelled("Together", &teamwork.note).cited(cite));
        }
        if let Some(move_on) = &row.move_on {
            self.sheet.paragraph(2, Line::labelled("Move on", move_on));
        }
        for handover in &phase.handovers {
            let cite = self.cite(&handover.sources);
            self.sheet.paragraph(2, Line::labelled("Handing over", &handover.note).cited(cite));
        }
    }

    fn service(&mut self, service: &PlanService) {
        let rules = self.explanation.rules;
        let state = match (service.on_hold, service.waits) {
            (true, _) => " (later: on hold for now)",
            (false, true) => " (waits for the doctor's OK)",
            (false, false) => "",
        };
        let row = &rules.services()[service.service];
        let cite = self.cite(&row.sources);
        self.sheet.bullet(4, Line::from(format!("{}{state}", row.name)).cited(cite));
        for need in &service.needs {
            let need = &rules.needs()[*need];
            let cite = self.cite(&need.sources);
            self.sheet.paragraph(6, Line::from(&need.because).cited(cite));
        }
        if service.needs.is_empty() {
            let about: Vec<String> = service.settled_by.iter().map(|question| self.question(*question)).collect();
            self.sheet.paragraph(6, format!("Needed whatever you answer to {}.", words::list(&about)));
        }
        for (label, others) in [("Equally in scope", &service.also_in_scope), ("Also does this", &service.also_does)] {
            if !others.is_empty() {
                let names: Vec<String> =
                    others.iter().map(|other| words::professional(rules, *other).to_owned()).collect();
                self.sheet.aside(6, format!("{label}: {}.", words::list(&names)));
            }
        }
    }

    /// What waits or is on hold, and until when.
    pub(super) fn held_back(&mut self) {
        let explanation = self.explanation;
        // The doctor's visit that everything waits for is the first thing on the page.
        let shown: Vec<&HeldBack> = explanation.held_back.iter().filter(|held| !held.by.is_empty()).collect();
        if shown.is_empty() {
            return;
        }
        self.sheet.heading("What has to wait");
        // One entry for each flag with all that it holds reads better than the same reason under each service.
        let mut flags: Vec<(bool, FlagIx)> = Vec::new();
        for held in &shown {
            for flag in &held.by {
                if !flags.contains(&(held.on_hold, *flag)) {
                    flags.push((held.on_hold, *flag));
                }
            }
        }
        for (on_hold, position) in flags {
            let flag = &explanation.rules.flags()[position];
            let services: Vec<String> = shown
                .iter()
                .filter(|held| held.on_hold == on_hold && held.by.contains(&position))
                .map(|held| {
                    words::service_with_who(explanation.rules, held.service, &who_does(explanation, held.service))
                })
                .collect();
            let what = if on_hold { "On hold" } else { "Waits for the doctor's OK" };
            self.sheet.bullet(0, Line::labelled(what, &words::list(&services)));
            self.sheet.paragraph(2, Line::labelled("Why", &flag.say));
            if let Some(until) = &flag.until {
                self.sheet.paragraph(2, Line::labelled("Until", until));
            }
        }
    }

    pub(super) fn not_on_plan(&mut self) {
        let explanation = self.explanation;
        // Without a plan the reason is the same for all of them, and was said.
        if explanation.not_on_plan.is_empty() || explanation.phases.is_empty() {
            return;
        }
        self.sheet.heading("Who is not on your plan, and why");
        for (professional, reasons) in &explanation.not_on_plan {
            if let Some(reason) = reasons.first() {
                let name = words::capitalised(words::professional(explanation.rules, *professional));
                self.sheet.bullet(0, Line::labelled(&name, &words::why_not(explanation.rules, reason)));
            }
        }
    }

    /// What to look for in each professional on the plan, and what to ask.
    pub(super) fn choosing(&mut self) {
        let explanation = self.explanation;
        let rules = explanation.rules;
        let professionals = explanation.professionals();
        if professionals.is_empty() {
            return;
        }
        self.sheet.heading("Choosing one, and the first visit");
        for &position in &professionals {
            let professional = &rules.professionals()[position];
            let cite = self.cite(&professional.sources);
            self.sheet.name(0, Line::from(words::capitalised(&professional.name)).cited(cite));
            let lines = [
                ("Look for", &professional.credential),
                ("Where", &professional.find),
                ("What to expect", &professional.expect),
            ];
            for (label, text) in lines {
                if let Some(text) = text {
                    self.sheet.paragraph(2, Line::labelled(label, text));
                }
            }
            for (line, sources) in words::access(professional, explanation.state) {
                let cite = self.cite(sources);
                self.sheet.paragraph(2, Line::from(line).cited(cite));
            }
            let mut services: Vec<ServiceIx> =
                services_of(explanation, position).map(|planned| planned.service).collect();
            services.sort_unstable();
            services.dedup();
            self.sheet.paragraph(
                2,
                Line::labelled("Ask", &format!("Do you do {} yourself?", words::services(rules, &services))),
            );
        }
        if let Some(more) = words::more_by_state(rules, &professionals, explanation.state) {
            self.sheet.gap();
            self.sheet.aside(0, more);
        }
        self.sheet.gap();
        self.sheet.paragraph(0, "Ask at each first visit:");
        self.sheet.bullet(2, "How will we know that it works, and when it is time to move on?");
        self.sheet.bullet(2, "What would make you send me to a doctor or to someone else?");
        if professionals.len() > 1 {
            self.sheet.bullet(2, "Will you talk to the others on this plan?");
        }
    }
}

/// Every service of the plan, phase by phase.
pub(super) fn services<'e>(explanation: &'e Explanation<'_>) -> impl Iterator<Item = &'e PlanService> {
    explanation.phases.iter().flat_map(|phase| &phase.professionals).flat_map(|planned| &planned.services)
}

/// What a professional leads on the plan, phase by phase.
pub(super) fn services_of<'e>(
    explanation: &'e Explanation<'_>,
    who: ProfessionalIx,
) -> impl Iterator<Item = &'e PlanService> {
    let professionals = explanation.phases.iter().flat_map(|phase| &phase.professionals);
    professionals.filter(move |planned| planned.professional == who).flat_map(|planned| &planned.services)
}

/// Who leads a service on the plan; if it is on no plan, all who could.
fn who_does(explanation: &Explanation<'_>, service: ServiceIx) -> Vec<ProfessionalIx> {
    let leads: Vec<ProfessionalIx> = explanation
        .professionals()
        .into_iter()
        .filter(|who| services_of(explanation, *who).any(|planned| planned.service == service))
        .collect();
    if leads.is_empty() { explanation.rules.services()[service].candidates.iter().collect() } else { leads }
}
