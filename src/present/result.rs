//! The result as a person reads it: what to do first, the plan, what is held back, who is not on it, how to choose.

mod contacts;
mod go_at_once;
mod json;
mod meantime;
mod own_words;
mod plan;
mod report;

pub use json::result_json;
pub use report::report;

pub(super) use contacts::whom_to_call;
pub(super) use json::{GrownList, NotOnPlan, Result, result_value};
use plan::{services, services_of};

use super::citations::Citations;
use super::document::{Document, Line, Mark};
use super::words;
use crate::explain::Explanation;
use crate::model::{FlagIx, Level, ProfessionalIx, QuestionIx, RuleSet, SourceIx};

/// The whole result.
pub fn result(explanation: &Explanation<'_>) -> Document {
    let mut writer = Writer::new(explanation, "Who should I see?");
    writer.first();
    writer.go_at_once();
    if explanation.settled() && !explanation.level.ends_without_plan() {
        writer.plan();
        whom_to_call(explanation, &mut writer.sheet);
        writer.held_back();
        writer.also_said();
        writer.not_on_plan();
        writer.choosing();
        writer.notes();
    }
    writer.ignored();
    writer.citations.list(&mut writer.sheet);
    small_print(explanation.rules, &mut writer.sheet);
    given_under(explanation, &mut writer.sheet);
    writer.sheet
}

/// What is said before the first question: the emergency number before anything else.
pub fn introduction(rules: &RuleSet) -> Document {
    let metadata = rules.metadata();
    let mut sheet = Document::new("Who should I see?", &metadata.language);
    sheet.banner(format!("In an emergency, do not read on: call {}.", words::emergency_number(rules)));
    sheet.gap();
    sheet.paragraph(0, "Who should I see? Answer a few questions to find out.");
    if let Some(disclaimer) = &metadata.disclaimer {
        sheet.paragraph(0, disclaimer);
    }
    sheet.paragraph(0, words::review_line(metadata));
    sheet
}

/// The level and whom to see, in a few lines.
pub(super) fn in_short(explanation: &Explanation<'_>, sheet: &mut Document) {
    let headline = headline(explanation);
    if explanation.level >= Level::Urgent {
        sheet.banner(headline);
    } else {
        sheet.paragraph(0, headline);
    }
    for answer in who_to_see(explanation) {
        sheet.answer(answer);
    }
}

/// The same in a line or two, to be said again below a long page.
pub fn reminder(explanation: &Explanation<'_>) -> String {
    let calm = explanation.level == Level::None;
    let headline = (!calm).then(|| headline(explanation));
    headline.into_iter().chain(who_to_see(explanation)).collect::<Vec<_>>().join(" ")
}

/// What the level asks for, given what else there is.
pub(super) fn headline(explanation: &Explanation<'_>) -> String {
    // Where more may come, "nothing calls for a doctor" would be taken for the end of it.
    if !explanation.settled() && explanation.level == Level::None {
        return words::not_finished(explanation.level, explanation.may_become);
    }
    let nothing_can_start = services(explanation).all(|service| service.waits || service.on_hold);
    match explanation.level {
        Level::Caution if explanation.all_on_hold() => "Not yet: this has to pass first.".to_owned(),
        // Where there is no plan, there is nothing to start.
        Level::Caution if explanation.phases.is_empty() => "Mind this first.".to_owned(),
        Level::Clearance if nothing_can_start => "Get a doctor's OK before you start this plan.".to_owned(),
        level => words::level_headline(level, explanation.rules),
    }
}

/// "See …": the answer to "who should I see?" in a sentence. Whoever has nothing to do but what is on hold comes in a
/// second one: nobody should go there now.
fn who_to_see(explanation: &Explanation<'_>) -> Vec<String> {
    let with_article = |who: ProfessionalIx| words::with_article(words::professional(explanation.rules, who));
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
                stage.push(format!("{}{when}", with_article(who)));
            }
        }
        if !stage.is_empty() {
            stages.push(words::list(&stage));
        }
    }
    let later: Vec<String> =
        explanation.professionals().into_iter().filter(|who| !named.contains(who)).map(with_article).collect();
    let mut answers = Vec::new();
    if !stages.is_empty() {
        let see = if doctor_first { "After the doctor, see" } else { "See" };
        answers.push(format!("{see} {}.", stages.join(", then ")));
    }
    if !later.is_empty() {
        answers.push(format!("Later, not now: {}.", words::list(&later)));
    }
    answers
}

/// What is told where no need holds.
pub(super) fn otherwise<'r>(explanation: &Explanation<'r>) -> Option<&'r str> {
    // Beside a doctor's visit, "nothing you said needs …" could be read as "all is well".
    let is_told = explanation.otherwise && explanation.level != Level::Physician;
    let otherwise = explanation.rules.metadata().otherwise.as_deref();
    is_told.then(|| otherwise.unwrap_or("Nothing you said needs one of these professionals."))
}

/// What the rules are and are not, and who has reviewed them.
pub(super) fn small_print(rules: &RuleSet, sheet: &mut Document) {
    let metadata = rules.metadata();
    sheet.gap();
    if let Some(disclaimer) = &metadata.disclaimer {
        sheet.paragraph(0, disclaimer);
    }
    sheet.paragraph(0, words::review_line(metadata));
    sheet.aside(0, format!("Rule set: {} {}.", metadata.name, metadata.version));
}

/// Which other rules some answers were given to, below the name of these.
pub(super) fn given_under(explanation: &Explanation<'_>, sheet: &mut Document) {
    if let Some(words) = words::given_under(explanation.rules, explanation.given_under.as_ref()) {
        sheet.aside(0, words);
    }
}

/// The questions that the outcome hangs on, each answered one with why it is open.
pub(super) fn open_questions(explanation: &Explanation<'_>, sheet: &mut Document) {
    for position in &explanation.open {
        let question = &explanation.rules.questions()[*position];
        sheet.bullet(2, format!("{} ({})", question.ask, question.id));
        if let Some(grown) = explanation.grown(*position) {
            sheet.paragraph(4, words::has_grown(question, grown));
        }
    }
}

struct Writer<'e, 'r> {
    explanation: &'e Explanation<'r>,
    sheet: Document,
    citations: Citations<'e>,
    /// What was said of how soon, and of what to do until then.
    meantime_said: meantime::Said<'r>,
}

impl<'e, 'r> Writer<'e, 'r> {
    fn new(explanation: &'e Explanation<'r>, title: &str) -> Self {
        let sheet = Document::new(title, &explanation.rules.metadata().language);
        let citations = Citations::new(explanation.rules, &explanation.cited);
        Self { explanation, sheet, citations, meantime_said: meantime::said_first(explanation) }
    }

    /// What to do first.
    fn first(&mut self) {
        let explanation = self.explanation;
        let level = explanation.level;
        if !explanation.settled() {
            self.unsettled();
            return;
        }
        let headline = headline(explanation);
        if level >= Level::Urgent {
            self.sheet.banner(self.calling(&headline));
        } else {
            self.sheet.heading("What to do first");
            // Where nothing comes before it, the answer to the question stands first.
            if level == Level::None {
                self.answers();
                self.sheet.gap();
            }
            self.sheet.paragraph(0, headline);
        }
        self.detail();
        // At `caution` the headline points at what stands below it.
        if level == Level::Caution {
            self.flags(|level| level != Level::None);
            self.sheet.gap();
            self.soon_by_flags();
        } else {
            self.soon_by_flags();
            self.flags(|level| level != Level::None);
        }
        if level.ends_without_plan() {
            self.tell_the_doctor();
            return;
        }
        if explanation.otherwise {
            if let Some(otherwise) = otherwise(explanation) {
                self.sheet.gap();
                self.sheet.paragraph(0, otherwise);
            }
        } else if explanation.phases.is_empty() {
            self.sheet.gap();
            self.sheet.paragraph(0, "Everything you need is on hold for now. Below you see until when.");
        } else if level != Level::None {
            self.sheet.gap();
            self.answers();
        }
        self.tell_the_doctor();
    }

    fn detail(&mut self) {
        let has_plan = !self.explanation.phases.is_empty();
        if let Some(detail) = words::level_detail(self.explanation.level, has_plan, self.explanation.rules) {
            self.sheet.paragraph(0, self.calling(&detail));
        }
    }

    fn answers(&mut self) {
        for (place, answer) in who_to_see(self.explanation).into_iter().enumerate() {
            self.sheet.answer(answer);
            // Whoever comes later stands in a sentence of their own, which this is not about.
            if place == 0 {
                self.soon_by_plan();
            }
        }
    }

    fn unsettled(&mut self) {
        let explanation = self.explanation;
        self.sheet.heading("Not settled yet");
        self.sheet.paragraph(0, words::not_finished(explanation.level, explanation.may_become));
        if explanation.level > Level::None {
            let headline = headline(explanation);
            self.sheet.paragraph(0, format!("What was said so far already means: {headline}"));
            self.detail();
            self.soon_by_flags();
            self.flags(|level| level != Level::None);
        }
        self.sheet.gap();
        self.sheet.paragraph(0, "It still depends on your answer to:");
        open_questions(explanation, &mut self.sheet);
        self.tell_the_doctor();
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
            let line = self.flag_line(label, position, cite);
            self.sheet.bullet(0, line);
            // Where the number must be called, advice for a lesser flag would only hold somebody up.
            if flag.level == self.explanation.level || !self.explanation.level.ends_without_plan() {
                self.sheet.paragraph(2, self.calling(&flag.action));
                self.meantime_of_flag(&flag.meantime);
            }
        }
    }

    /// A text in which the emergency number can be called.
    fn calling(&self, text: &str) -> Line {
        Line::calling(text, self.explanation.rules.metadata().emergency_number.as_deref())
    }

    fn question(&self, question: QuestionIx) -> String {
        format!("\"{}\"", self.explanation.rules.questions()[question].ask)
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
                let line = self.flag_line("", position, cite);
                self.sheet.bullet(0, line);
                self.sheet.paragraph(2, &flag.action);
                self.meantime_of_flag(&flag.meantime);
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
            format!("Not used, because the question does not apply to what else was said: {}.", words::list(&asked)),
        );
    }

    fn cite(&mut self, sources: &[SourceIx]) -> Vec<Mark> {
        self.citations.cite(sources)
    }
}
