//! The result as a person reads it: what to do first, the plan, what is held back, who is not on it, how to choose.

use comfy_table::{ContentArrangement, Table, presets};

use super::page::{Page, Sheet};
use super::words;
use crate::explain::{Explanation, HeldBack, PlanPhase, PlanService};
use crate::model::{FlagIx, Level, Metadata, QuestionIx, RuleSet, SourceIx};

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
        let all_on_hold = explanation.phases.is_empty() && !explanation.held_back.is_empty();
        let headline = if all_on_hold && level == Level::Caution {
            "Not yet: this has to pass first.".to_owned()
        } else {
            words::level_headline(level, rules)
        };
        if level >= Level::Urgent {
            self.sheet.banner(&headline);
        } else {
            self.sheet.heading("What to do first");
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
            self.sheet.paragraph(0, "Everything you need is on hold for now; see below for until when.");
        } else {
            self.start();
        }
    }

    fn detail(&mut self) {
        let has_plan = !self.explanation.phases.is_empty();
        if let Some(detail) = words::level_detail(self.explanation.level, has_plan, self.explanation.rules) {
            self.sheet.paragraph(0, &detail);
        }
    }

    /// "Start with …": the answer to "who should I see?" in one sentence.
    fn start(&mut self) {
        let explanation = self.explanation;
        let names: Vec<String> = explanation
            .professionals()
            .into_iter()
            .map(|professional| words::with_article(words::professional(explanation.rules, professional)))
            .collect();
        let [first, later @ ..] = names.as_slice() else {
            return;
        };
        let doctor_first = explanation.level == Level::Physician;
        let mut sentence = if doctor_first { format!("After the doctor, see {first}") } else { format!("See {first}") };
        if !later.is_empty() {
            sentence.push_str(&format!(", then {}", later.join(", then ")));
        }
        sentence.push('.');
        self.sheet.gap();
        self.sheet.name(0, &sentence);
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
        self.sheet.paragraph(0, "The answer still depends on:");
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
            // Once the level is the headline, saying it again with each flag would only add words.
            let label = if flag.level == self.explanation.level {
                String::new()
            } else {
                format!("{}: ", words::level_label(flag.level))
            };
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
        let mut table = table(self.page);
        table.set_header(["", "Phase", "Who"]);
        for (index, phase) in explanation.phases.iter().enumerate() {
            let who: Vec<String> = phase
                .professionals
                .iter()
                .map(|planned| words::professional(explanation.rules, planned.professional).to_owned())
                .collect();
            let title = &explanation.rules.phases()[phase.phase].title;
            table.add_row([&(index + 1).to_string(), title, &words::list(&who)]);
        }
        self.sheet.block(&table.to_string());
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
            self.sheet.paragraph(6, &format!("Whatever you answer about {}.", words::list(&about)));
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
                .map(|held| words::service_with_who(explanation.rules, held.service))
                .collect();
            let what = if on_hold { "on hold" } else { "waits for the doctor's OK" };
            self.sheet
                .bullet(0, &format!("{}: {what}, because of this: {}.", words::list(&services), strip(&flag.say)));
            if let Some(until) = &flag.until {
                self.sheet.paragraph(2, &format!("Until: {until}"));
            }
        }
    }

    fn not_on_plan(&mut self) {
        let explanation = self.explanation;
        if explanation.not_on_plan.is_empty() {
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
            self.sheet.name(0, &words::capitalised(&professional.name));
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
            if !cite.is_empty() {
                self.sheet.aside(2, &format!("From{cite}"));
            }
        }
        self.sheet.gap();
        self.sheet.paragraph(0, "Ask at the first visit:");
        let first = explanation.phases.first();
        let services: Vec<String> = first
            .iter()
            .flat_map(|phase| &phase.professionals)
            .flat_map(|planned| &planned.services)
            .map(|service| format!("\"{}\"", rules.services()[service.service].name))
            .collect();
        self.sheet.bullet(2, &format!("Do you do this yourself: {}?", services.join(", ")));
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
            let parts = [
                source.authors.clone(),
                Some(source.title.clone()),
                source.publisher.clone(),
                year,
                doi.or_else(|| source.url.clone()),
            ];
            let entry: Vec<String> =
                parts.into_iter().flatten().map(|part| part.trim_end_matches('.').to_owned()).collect();
            let unread = if source.reviewed { "" } else { " (general knowledge, no source read)" };
            self.sheet.paragraph(0, &format!("[{}] {}{unread}.", index + 1, entry.join(". ")));
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

    /// " [1][3]": the numbers of sources in the list at the end.
    fn cite(&self, sources: &[SourceIx]) -> String {
        let numbers: Vec<String> = sources
            .iter()
            .filter_map(|source| self.explanation.cited.iter().position(|cited| cited == source))
            .map(|index| format!("[{}]", index + 1))
            .collect();
        if numbers.is_empty() { String::new() } else { format!(" {}", numbers.concat()) }
    }
}

/// A table as wide as the page at the most, with nothing but spaces and a line under its header.
pub(super) fn table(page: Page) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::ASCII_MARKDOWN)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
    table
}

/// A sentence without its full stop, to stand inside another.
fn strip(text: &str) -> &str {
    text.trim_end_matches('.')
}
