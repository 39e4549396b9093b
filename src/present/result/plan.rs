//! The plan: phase by phase, what is held back, who is not on it, and how to choose those who are.

use super::Writer;
use crate::explain::{Explanation, HeldBack, PlanPhase, PlanService};
use crate::model::{FlagIx, ProfessionalIx, RuleSet, ServiceIx};
use crate::present::document::{Line, Stage, Start, Table, Timeline};
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
        let Explanation { rules, phases, .. } = self.explanation;
        let stages: Vec<Stage> = phases.iter().map(|phase| stage(rules, phase)).collect();
        let rows = stages.iter().enumerate().map(|(index, stage)| {
            let who = stage.who.iter().map(|(name, start)| match start {
                Start::Later => format!("{name} (later)"),
                Start::WithThePhase | Start::WithTheOk => name.clone(),
            });
            vec![(index + 1).to_string(), stage.title.clone(), words::list(&who.collect::<Vec<_>>())]
        });
        // Where there is no room for the table, the phases below say the same.
        let header = vec![String::new(), "Phase".to_owned(), "Who".to_owned()];
        let table = Table { header, rows: rows.collect(), narrow: Vec::new() };
        self.sheet.timeline(Timeline { title: "Your plan, phase by phase".to_owned(), phases: stages }, table);
    }

    fn phase(&mut self, index: usize, phase: &PlanPhase<'_>) {
        let rules = self.explanation.rules;
        let row = &rules.phases()[phase.phase];
        let number = if self.explanation.phases.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
        self.sheet.subheading(&format!("{number}{}", row.title));
        let on_hold = phase.professionals.iter().flat_map(|planned| &planned.services).all(|service| service.on_hold);
        self.meantime_of_plan(2, &row.meantime, on_hold);
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
        let row = &rules.services()[service.service];
        let cite = self.cite(&row.sources);
        self.sheet.bullet(4, Line::from(format!("{}{}", row.name, words::held(service))).cited(cite));
        for need in &service.needs {
            let cite = self.cite(&rules.needs()[*need].sources);
            let line = self.need_line(*need, cite);
            self.sheet.paragraph(6, line);
            self.meantime_of_plan(6, &rules.needs()[*need].meantime, service.on_hold);
        }
        if service.needs.is_empty() {
            let about: Vec<String> = service.settled_by.iter().map(|question| self.question(*question)).collect();
            self.sheet.paragraph(6, format!("Needed whatever you answer to {}.", words::list(&about)));
        }
        self.meantime_of_plan(6, &row.meantime, service.on_hold);
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
        let professionals = self.explanation.professionals();
        if professionals.is_empty() {
            return;
        }
        self.sheet.heading("Choosing one, and the first visit");
        for &position in &professionals {
            self.meet(position);
            self.sheet.paragraph(2, Line::labelled("Ask", &self.ask_whether(position)));
        }
        self.more_by_state();
        self.sheet.gap();
        self.sheet.paragraph(0, "Ask at each first visit:");
        for question in ask_each(professionals.len()) {
            self.sheet.bullet(2, *question);
        }
    }

    /// How to find one, and what to expect.
    pub(super) fn meet(&mut self, position: ProfessionalIx) {
        let professional = &self.explanation.rules.professionals()[position];
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
        for (line, sources) in words::access(professional, self.explanation.state) {
            let cite = self.cite(sources);
            self.sheet.paragraph(2, Line::from(line).cited(cite));
        }
    }

    /// The question to ask one of them before anything else.
    pub(super) fn ask_whether(&self, position: ProfessionalIx) -> String {
        let mut services: Vec<ServiceIx> =
            services_of(self.explanation, position).map(|planned| planned.service).collect();
        services.sort_unstable();
        services.dedup();
        format!("Do you do {} yourself?", words::services(self.explanation.rules, &services))
    }

    fn more_by_state(&mut self) {
        let Explanation { rules, state, .. } = self.explanation;
        if let Some(more) = words::more_by_state(rules, &self.explanation.professionals(), *state) {
            self.sheet.gap();
            self.sheet.aside(0, more);
        }
    }
}

/// What to ask each of so many professionals.
pub(super) fn ask_each(professionals: usize) -> &'static [&'static str] {
    const QUESTIONS: [&str; 3] = [
        "How will we know that it works, and when it is time to move on?",
        "What would make you send me to a doctor or to someone else?",
        "Will you talk to the others on this plan?",
    ];
    match &QUESTIONS {
        [both @ .., _] if professionals < 2 => both,
        all => all,
    }
}

/// A phase for the picture.
fn stage(rules: &RuleSet, phase: &PlanPhase<'_>) -> Stage {
    let start = |services: &[PlanService]| {
        if services.iter().all(|service| service.on_hold) {
            Start::Later
        } else if services.iter().all(|service| service.on_hold || service.waits) {
            Start::WithTheOk
        } else {
            Start::WithThePhase
        }
    };
    let who = phase
        .professionals
        .iter()
        .map(|planned| (words::professional(rules, planned.professional).to_owned(), start(&planned.services)));
    Stage { title: rules.phases()[phase.phase].title.clone(), who: who.collect() }
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
