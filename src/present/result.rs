//! The result as a person reads it: what to do first, the plan, what is held back, who is not on it, how to choose.

use super::page::{Page, Sheet};
use super::table::table;
use super::words;
use crate::explain::{Explanation, HeldBack, PlanPhase, PlanService};
use crate::model::{FlagIx, Level, Metadata, ProfessionalIx, QuestionIx, RuleSet, ServiceIx, SourceIx};

/// The whole result.
pub fn result_text(explanation: &Explanation<'_>, page: Page) -> String {
    let mut writer = Writer { explanation, page, sheet: Sheet::new(page) };
    writer.first();
    if explanation.settled() && !explanation.level.ends_without_plan() {
        writer.plan();
        writer.held_back();
        writer.not_on_plan();
        writer.choosing();
        writer.notes();
    }
    writer.ignored();
    writer.sources();
    writer.small_print();
    writer.sheet.finish()
}

/// What is said before the first question: the emergency number before anything else.
pub fn introduction(rules: &RuleSet, page: Page) -> String {
    let metadata = rules.metadata();
    let mut sheet = Sheet::new(page);
    sheet.banner(&format!("In an emergency, do not read on: call {}.", words::emergency_number(rules)));
    sheet.gap();
    sheet.paragraph(0, "Who should I see? Answer a few questions to find out.");
    if let Some(disclaimer) = &metadata.disclaimer {
        sheet.paragraph(0, disclaimer);
    }
    sheet.paragraph(0, &review_line(metadata));
    sheet.finish()
}

/// Who has reviewed the rules.
fn review_line(metadata: &Metadata) -> String {
    match metadata.reviewed_by.as_slice() {
        [] => "No clinician has reviewed these rules yet.".to_owned(),
        names => format!("Reviewed by {}.", words::list(names)),
    }
}

struct Writer<'e, 'r> {
    explanation: &'e Explanation<'r>,
    page: Page,
    sheet: Sheet,
}

impl Writer<'_, '_> {
    /// What to do first.
    fn first(&mut self) {
        let explanation = self.explanation;
        let (level, rules) = (explanation.level, explanation.rules);
        if !explanation.settled() {
            self.unsettled();
            return;
        }
        let headline = self.headline();
        if level >= Level::Urgent {
            self.sheet.banner(&headline);
        } else {
            self.sheet.heading("What to do first");
            // Where nothing comes before it, the answer to the question stands first.
            if level == Level::None {
                self.start();
                self.sheet.gap();
            }
            self.sheet.paragraph(0, &headline);
        }
        self.detail();
        self.flags(|level| level != Level::None);
        if level.ends_without_plan() {
            return;
        }
        if explanation.otherwise {
            // Beside a doctor's visit, "nothing you said needs …" could be read as "all is well".
            if level == Level::Physician {
                return;
            }
            self.sheet.gap();
            let otherwise = rules.metadata().otherwise.as_deref();
            self.sheet.paragraph(0, otherwise.unwrap_or("Nothing you said needs one of these professionals."));
        } else if explanation.phases.is_empty() {
            self.sheet.gap();
            self.sheet.paragraph(0, "Everything you need is on hold for now. Below you see until when.");
        } else if level != Level::None {
            self.sheet.gap();
            self.start();
        }
    }

    fn headline(&self) -> String {
        let explanation = self.explanation;
        let all_on_hold = explanation.phases.is_empty() && !explanation.held_back.is_empty();
        let nothing_can_start = services(explanation).all(|service| service.waits || service.on_hold);
        match explanation.level {
            Level::Caution if all_on_hold => "Not yet: this has to pass first.".to_owned(),
            Level::Clearance if nothing_can_start => "Get a doctor's OK before you start this plan.".to_owned(),
            level => words::level_headline(level, explanation.rules),
        }
    }

    fn detail(&mut self) {
        let has_plan = !self.explanation.phases.is_empty();
        if let Some(detail) = words::level_detail(self.explanation.level, has_plan, self.explanation.rules) {
            self.sheet.paragraph(0, &detail);
        }
    }

    /// "See …": the answer to "who should I see?" in a sentence. Whoever has nothing to do but what is on hold comes in a
    /// second one: nobody should go there now.
    fn start(&mut self) {
        let explanation = self.explanation;
        let doctor_first = explanation.level == Level::Physician;
        let (mut named, mut stages) = (Vec::new(), Vec::new());
        for phase in &explanation.phases {
            let mut stage = Vec::new();
            for planned in &phase.professionals {
                let who = planned.professional;
                if !named.contains(&who) && planned.services.iter().any(|service| !service.on_hold) {
                    named.push(who);
                    let waits = services_of(explanation, who).all(|service| service.waits || service.on_hold);
                    let when = if waits && !doctor_first { " (with the doctor's OK)" } else { "" };
                    stage.push(format!("{}{when}", self.with_article(who)));
                }
            }
            if !stage.is_empty() {
                stages.push(words::list(&stage));
            }
        }
        let later: Vec<String> = explanation
            .professionals()
            .into_iter()
            .filter(|who| !named.contains(who))
            .map(|who| self.with_article(who))
            .collect();
        if !stages.is_empty() {
            let see = if doctor_first { "After the doctor, see" } else { "See" };
            self.sheet.name(0, &format!("{see} {}.", stages.join(", then ")));
        }
        if !later.is_empty() {
            self.sheet.name(0, &format!("Later, not now: {}.", words::list(&later)));
        }
    }

    fn with_article(&self, professional: ProfessionalIx) -> String {
        words::with_article(words::professional(self.explanation.rules, professional))
    }

    fn unsettled(&mut self) {
        let explanation = self.explanation;
        self.sheet.heading("Not settled yet");
        if explanation.level > Level::None {
            let headline = words::level_headline(explanation.level, explanation.rules);
            self.sheet.paragraph(0, &format!("What was said so far already means: {headline}"));
            self.detail();
            self.flags(|level| level != Level::None);
        }
        self.sheet.gap();
        self.sheet.paragraph(0, "It still depends on your answer to:");
        for question in &explanation.open {
            let question = &explanation.rules.questions()[*question];
            self.sheet.bullet(2, &format!("{} ({})", question.ask, question.id));
        }
    }

    fn flags(&mut self, wanted: impl Fn(Level) -> bool) {
        let rules = self.explanation.rules;
        for position in self.explanation.flags.clone() {
            let flag = &rules.flags()[position];
            if !wanted(flag.level) {
                continue;
            }
            self.sheet.gap();
            let label = words::flag_label(flag.level, self.explanation.level);
            let cite = self.cite(&flag.sources);
            self.sheet.bullet(0, &format!("{label}{}{cite}", flag.say));
            // Where the number must be called, advice for a lesser flag would only hold somebody up.
            if flag.level == self.explanation.level || !self.explanation.level.ends_without_plan() {
                self.sheet.paragraph(2, &flag.action);
            }
        }
    }

    fn plan(&mut self) {
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
        // Where there is no room for it, the phases below say the same.
        if let Some(table) = table(self.page, &[String::new(), "Phase".to_owned(), "Who".to_owned()], &rows) {
            self.sheet.block(&table);
        }
    }

    fn phase(&mut self, index: usize, phase: &PlanPhase<'_>) {
        let rules = self.explanation.rules;
        let row = &rules.phases()[phase.phase];
        let number = if self.explanation.phases.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
        self.sheet.subheading(&format!("{number}{}", row.title));
        for planned in &phase.professionals {
            self.sheet.name(2, &words::capitalised(words::professional(rules, planned.professional)));
            for service in &planned.services {
                self.service(service);
            }
        }
        for preference in &phase.preferences {
            let preference = &rules.preferences()[*preference];
            let cite = self.cite(&preference.sources);
            let name = words::professional(rules, preference.prefer);
            self.sheet.paragraph(2, &format!("Why the {name}: {}{cite}", preference.because));
        }
        for teamwork in &phase.teamwork {
            let cite = self.cite(&teamwork.sources);
            self.sheet.paragraph(2, &format!("Together: {}{cite}", teamwork.note));
        }
        if let Some(move_on) = &row.move_on {
            self.sheet.paragraph(2, &format!("Move on: {move_on}"));
        }
        for handover in &phase.handovers {
            let cite = self.cite(&handover.sources);
            self.sheet.paragraph(2, &format!("Handing over: {}{cite}", handover.note));
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
        self.sheet.bullet(4, &format!("{}{state}{cite}", row.name));
        for need in &service.needs {
            let need = &rules.needs()[*need];
            let cite = self.cite(&need.sources);
            self.sheet.paragraph(6, &format!("{}{cite}", need.because));
        }
        if service.needs.is_empty() {
            let about: Vec<String> = service.settled_by.iter().map(|question| self.question(*question)).collect();
            self.sheet.paragraph(6, &format!("Needed whatever you answer to {}.", words::list(&about)));
        }
        for (label, others) in [("Equally in scope", &service.also_in_scope), ("Also does this", &service.also_does)] {
            if !others.is_empty() {
                let names: Vec<String> =
                    others.iter().map(|other| words::professional(rules, *other).to_owned()).collect();
                self.sheet.aside(6, &format!("{label}: {}.", words::list(&names)));
            }
        }
    }

    fn question(&self, question: QuestionIx) -> String {
        format!("\"{}\"", self.explanation.rules.questions()[question].ask)
    }

    /// What waits or is on hold, and until when.
    fn held_back(&mut self) {
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
            self.sheet.bullet(0, &format!("{what}: {}", words::list(&services)));
            self.sheet.paragraph(2, &format!("Why: {}", flag.say));
            if let Some(until) = &flag.until {
                self.sheet.paragraph(2, &format!("Until: {until}"));
            }
        }
    }

    fn not_on_plan(&mut self) {
        let explanation = self.explanation;
        // Without a plan the reason is the same for all of them, and was said.
        if explanation.not_on_plan.is_empty() || explanation.phases.is_empty() {
            return;
        }
        self.sheet.heading("Who is not on your plan, and why");
        for (professional, reasons) in &explanation.not_on_plan {
            if let Some(reason) = reasons.first() {
                let name = words::capitalised(words::professional(explanation.rules, *professional));
                self.sheet.bullet(0, &format!("{name}: {}", words::why_not(explanation.rules, reason)));
            }
        }
    }

    /// What to look for in each professional on the plan, and what to ask.
    fn choosing(&mut self) {
        let explanation = self.explanation;
        let rules = explanation.rules;
        let professionals = explanation.professionals();
        if professionals.is_empty() {
            return;
        }
        self.sheet.heading("Choosing one, and the first visit");
        for position in professionals {
            let professional = &rules.professionals()[position];
            let cite = self.cite(&professional.sources);
            self.sheet.name(0, &format!("{}{cite}", words::capitalised(&professional.name)));
            let lines = [
                ("Look for", &professional.credential),
                ("Where", &professional.find),
                ("What to expect", &professional.expect),
            ];
            for (label, text) in lines {
                if let Some(text) = text {
                    self.sheet.paragraph(2, &format!("{label}: {text}"));
                }
            }
            let mut services: Vec<ServiceIx> =
                services_of(explanation, position).map(|planned| planned.service).collect();
            services.sort_unstable();
            services.dedup();
            self.sheet.paragraph(2, &format!("Ask: Do you do {} yourself?", words::services(rules, &services)));
        }
        self.sheet.gap();
        self.sheet.paragraph(0, "Ask at each first visit:");
        self.sheet.bullet(2, "How will we know that it works, and when it is time to move on?");
        self.sheet.bullet(2, "What would make you send me to a doctor or to someone else?");
        if explanation.professionals().len() > 1 {
            self.sheet.bullet(2, "Will you talk to the others on this plan?");
        }
    }

    fn notes(&mut self) {
        let is_note = |flag: &FlagIx| self.explanation.rules.flags()[*flag].level == Level::None;
        if !self.explanation.flags.iter().any(is_note) {
            return;
        }
        self.sheet.heading("Good to know");
        let rules = self.explanation.rules;
        for position in self.explanation.flags.clone() {
            let flag = &rules.flags()[position];
            if flag.level == Level::None {
                let cite = self.cite(&flag.sources);
                self.sheet.bullet(0, &format!("{}{cite}", flag.say));
                self.sheet.paragraph(2, &flag.action);
            }
        }
    }

    fn ignored(&mut self) {
        let explanation = self.explanation;
        if explanation.ignored.is_empty() {
            return;
        }
        let asked: Vec<String> = explanation.ignored.iter().map(|question| self.question(*question)).collect();
        self.sheet.gap();
        self.sheet.aside(
            0,
            &format!("Not used, because the question does not apply to what else was said: {}.", words::list(&asked)),
        );
    }

    fn sources(&mut self) {
        let explanation = self.explanation;
        if explanation.cited.is_empty() {
            return;
        }
        self.sheet.heading("Sources");
        for (index, position) in explanation.cited.iter().enumerate() {
            let source = &explanation.rules.sources()[*position];
            let year = source.year.map(|year| year.to_string());
            let doi = source.doi.as_ref().map(|doi| format!("doi:{doi}"));
            let parts = [source.authors.clone(), Some(source.title.clone()), source.publisher.clone(), year];
            let mut entry: Vec<String> = parts.into_iter().flatten().collect();
            if let (Some(last), false) = (entry.last_mut(), source.reviewed) {
                last.push_str(" (no source read)");
            }
            let entry: Vec<String> = entry.iter().map(|part| words::sentence(part)).collect();
            // No full stop after an address: it would be copied with it.
            let address = doi.or_else(|| source.url.clone()).map_or_else(String::new, |address| format!(" {address}"));
            self.sheet.entry(&format!("[{}]", index + 1), &format!("{}{address}", entry.join(" ")));
        }
    }

    fn small_print(&mut self) {
        let metadata = self.explanation.rules.metadata();
        self.sheet.gap();
        if let Some(disclaimer) = &metadata.disclaimer {
            self.sheet.paragraph(0, disclaimer);
        }
        self.sheet.paragraph(0, &review_line(metadata));
        self.sheet.aside(0, &format!("Rule set: {} {}.", metadata.name, metadata.version));
    }

    /// ` [1][3]`: the numbers of sources in the list at the end.
    fn cite(&self, sources: &[SourceIx]) -> String {
        let numbers: Vec<String> = sources
            .iter()
            .filter_map(|source| self.explanation.cited.iter().position(|cited| cited == source))
            .map(|index| format!("[{}]", index + 1))
            .collect();
        if numbers.is_empty() { String::new() } else { format!(" {}", numbers.concat()) }
    }
}

/// Every service of the plan, phase by phase.
fn services<'e>(explanation: &'e Explanation<'_>) -> impl Iterator<Item = &'e PlanService> {
    explanation.phases.iter().flat_map(|phase| &phase.professionals).flat_map(|planned| &planned.services)
}

/// What a professional leads on the plan, phase by phase.
fn services_of<'e>(explanation: &'e Explanation<'_>, who: ProfessionalIx) -> impl Iterator<Item = &'e PlanService> {
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
