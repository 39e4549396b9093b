//! The hand-over note: a page, at most two, for the professional who takes over.

mod json;
mod said;

pub use json::referral_json;

use super::document::{Document, Line, Piece};
use super::result::headline;
use super::words;
use crate::contacts::Contact;
use crate::explain::{Explanation, PlanService};
use crate::model::{FlagIx, Level, ProfessionalIx, Scope, ServiceIx};
use crate::referral::{Receiver, Referral};

/// A line to write a name on.
const NAME: &str = "_____________________";
/// A line to sign on, short enough for three of them side by side.
const SIGNATURE: &str = "______________";
/// A line to write a date on.
const DATE: &str = "____________";

/// The note as a page.
pub fn referral(referral: &Referral<'_>) -> Document {
    let metadata = referral.explanation.rules.metadata();
    let sheet = Document::paper(&title(referral), &metadata.language);
    let mut writer = Writer { referral, explanation: &referral.explanation, sheet };
    writer.names();
    writer.open();
    writer.reasons();
    writer.plan();
    writer.said();
    writer.not_asked();
    writer.limits();
    writer.consent();
    writer.sheet
}

/// What the note is and for whom; where it cannot wait, what to do comes first.
fn title(referral: &Referral<'_>) -> String {
    let explanation = &referral.explanation;
    let note = match referral.receiver() {
        Receiver::Paramedics => "Hand-over note for the paramedics".to_owned(),
        Receiver::Doctor => "Hand-over note for a doctor".to_owned(),
        Receiver::Professional(who) => {
            format!("Hand-over note for {}", words::with_article(words::professional(explanation.rules, who)))
        }
        Receiver::Nobody => "Hand-over note".to_owned(),
    };
    let note = if explanation.settled() { note } else { format!("{note} (NOT FINISHED)") };
    if explanation.level >= Level::Urgent {
        format!("{} {note}", words::level_headline(explanation.level, explanation.rules))
    } else {
        note
    }
}

struct Writer<'e, 'r> {
    referral: &'e Referral<'r>,
    explanation: &'e Explanation<'r>,
    sheet: Document,
}

impl Writer<'_, '_> {
    fn names(&mut self) {
        let Referral { names, sender, .. } = self.referral;
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| NAME.to_owned());
        let sender = sender.map(|sender| format!(" ({})", words::professional(self.explanation.rules, sender)));
        let (from, to) = (format!("{}{}", name(&names.from), sender.unwrap_or_default()), name(&names.to));
        self.sheet.paragraph(0, fields(&[("Date", DATE), ("Person", &name(&names.person))]));
        self.sheet.paragraph(0, fields(&[("From", &from), ("To", &to)]));
    }

    /// What is missing, where the outcome is not settled.
    fn open(&mut self) {
        if self.explanation.settled() {
            return;
        }
        self.sheet.gap();
        self.sheet.banner(words::not_finished(self.explanation.level, self.explanation.may_become));
        if self.referral.said.is_empty() {
            self.sheet.paragraph(0, "Nothing was asked yet, not even the danger signs.");
        }
        let ticked = self.ticked_signs();
        if !ticked.is_empty() {
            self.sheet.paragraph(0, Line::labelled("Warning signs ticked so far", &ticked.join("; ")));
        }
        self.sheet.paragraph(0, "What to do is not settled before these are answered:");
        for position in &self.explanation.open {
            let question = &self.explanation.rules.questions()[*position];
            self.sheet.bullet(0, &question.ask);
            if let Some(grown) = self.explanation.grown(*position) {
                self.sheet.paragraph(2, words::has_grown_since(question, grown));
            }
        }
    }

    /// The warning signs that were ticked and count, in the order in which that was said.
    fn ticked_signs(&self) -> Vec<&str> {
        let questions = self.explanation.rules.questions();
        let said = self.referral.said.iter().filter(|said| said.counts);
        let ticked = said.flat_map(|said| said.boxes.iter().filter(|tick| tick.ticked).map(move |tick| (said, tick)));
        ticked.map(|(said, tick)| questions[said.question].label(tick.option)).collect()
    }

    /// The flags that decide, with what to do.
    fn reasons(&mut self) {
        let Explanation { level, rules, .. } = *self.explanation;
        if level == Level::None {
            if self.explanation.settled() {
                self.sheet.gap();
                self.sheet.paragraph(0, "Nothing that was said calls for a doctor first.");
            }
        } else {
            self.sheet.heading("What comes first");
            // From urgent up the title says it.
            let what = (level < Level::Urgent).then(|| headline(self.explanation));
            let detail = words::level_detail(level, !self.explanation.phases.is_empty(), rules);
            let both: Vec<String> = what.into_iter().chain(detail).collect();
            if !both.is_empty() {
                self.sheet.paragraph(0, both.join(" "));
            }
        }
        if !self.explanation.flags.is_empty() {
            self.sheet.paragraph(0, "In the words for the person:");
        }
        let told_first = self.explanation.soon().until_then();
        let (told, notes): (Vec<FlagIx>, Vec<FlagIx>) =
            self.explanation.flags.iter().partition(|flag| rules.flags()[**flag].level > Level::None);
        for position in &told {
            let flag = &rules.flags()[*position];
            let label = words::flag_label(flag.level, level);
            // Where the number must be called, advice for a lesser flag would only hold somebody up.
            let told = flag.level == level || !level.ends_without_plan();
            let action = if told { flag.action.as_str() } else { "" };
            let until = flag.until.as_ref().map(|until| format!(" Until: {until}")).unwrap_or_default();
            let until_then = flag.meantime.until_then.as_deref();
            let until_then = until_then.filter(|sentence| told && !told_first.contains(sentence));
            let until_then = until_then.map(|sentence| format!(" Until then: {sentence}")).unwrap_or_default();
            self.sheet.bullet(0, format!("{label}{} {action}{until}{until_then}", flag.say).trim_end());
        }
        // What is only said beside the plan is no reason: its first words are enough for whoever takes over.
        if !notes.is_empty() {
            let notes: Vec<&str> = notes.iter().map(|flag| rules.flags()[*flag].say.as_str()).collect();
            self.sheet.paragraph(0, Line::labelled("Beside the plan", &notes.join(" ")));
        }
        if !told_first.is_empty() {
            let told_first: Vec<String> = told_first.into_iter().map(words::sentence).collect();
            self.sheet.paragraph(0, Line::labelled("Told to do until then", &told_first.join(" ")));
        }
    }

    /// Who does what within whose scope, and why.
    fn plan(&mut self) {
        let explanation = self.explanation;
        // Beside a doctor's visit, "nothing needs …" could be read as "all is well".
        let doctor_alone = explanation.otherwise && explanation.level == Level::Physician;
        if explanation.level.ends_without_plan() || !explanation.settled() || doctor_alone {
            return;
        }
        self.sheet.heading("What is suggested, in this order, and why, as the person reads it");
        if explanation.otherwise {
            let otherwise = explanation.rules.metadata().otherwise.as_deref();
            self.sheet.paragraph(0, otherwise.unwrap_or("Nothing that was said needs one of these professionals."));
        }
        let mut named = Vec::new();
        for phase in &explanation.phases {
            let title = &explanation.rules.phases()[phase.phase].title;
            for planned in &phase.professionals {
                let name = words::capitalised(words::professional(explanation.rules, planned.professional));
                for service in &planned.services {
                    self.service(&format!("{name}, {title}"), planned.professional, service);
                }
                // Once is enough, where somebody is first on the plan.
                if !named.contains(&planned.professional) {
                    named.push(planned.professional);
                    self.contacts(planned.professional);
                }
            }
        }
        // What is on hold and on no plan is named here alone.
        let on_no_plan = explanation.held_back.iter().map(|held| held.service);
        let on_no_plan: Vec<ServiceIx> =
            on_no_plan.filter(|held| self.referral.plan().all(|(_, _, planned)| planned.service != *held)).collect();
        if !on_no_plan.is_empty() {
            self.sheet.bullet(0, Line::labelled("On hold for now", &words::services(explanation.rules, &on_no_plan)));
        }
    }

    fn service(&mut self, label: &str, lead: ProfessionalIx, planned: &PlanService) {
        let rules = self.explanation.rules;
        let row = &rules.services()[planned.service];
        let state = match (planned.on_hold, planned.waits) {
            (true, _) => ", on hold for now",
            (false, true) => ", waits for the doctor's OK",
            (false, false) => "",
        };
        let because: Vec<&str> = planned.needs.iter().map(|need| rules.needs()[*need].because.as_str()).collect();
        let what = format!("{} ({} scope{state}). {}", row.name, row.scope[lead], because.join(" "));
        self.sheet.bullet(0, Line::labelled(label, what.trim_end()));
    }

    fn contacts(&mut self, professional: ProfessionalIx) {
        let contacts = self.explanation.contacts.into_iter().flat_map(|contacts| contacts.of(professional));
        let listed: Vec<String> = contacts.map(to_call).collect();
        if !listed.is_empty() {
            self.sheet.paragraph(2, Line::labelled("Call", &listed.join("; ")));
        }
    }

    /// What the sender may not conclude.
    fn limits(&mut self) {
        let rules = self.explanation.rules;
        self.sheet.heading("What this note does not say");
        self.sheet.bullet(
            0,
            "It is no diagnosis: it passes on answers, and what follows from them by fixed rules. What was not asked is \
             not known; it may be there all the same.",
        );
        if let Some(sender) = self.referral.sender {
            let name = words::professional(rules, sender);
            let sender = words::with_article(name);
            for (scope, what) in [
                (Scope::Outside, format!("Outside the scope of practice of {sender}, who sends this")),
                (Scope::Referral, format!("Only on referral or under supervision for {sender}, who sends this")),
            ] {
                let services = self.referral.of_sender(scope).into_iter();
                let services: Vec<String> =
                    services.map(|service| format!("\"{}\"", rules.services()[service].name)).collect();
                if !services.is_empty() {
                    self.sheet.bullet(0, format!("{what}: {}.", words::list(&services)));
                }
            }
        }
        let metadata = rules.metadata();
        let rule_set = format!("Rule set: {} {}. {}", metadata.name, metadata.version, words::review_line(metadata));
        self.sheet.bullet(0, rule_set);
        if let Some(words) = words::given_under(rules, self.explanation.given_under.as_ref()) {
            self.sheet.bullet(0, words);
        }
        if let Some(disclaimer) = &metadata.disclaimer {
            self.sheet.bullet(0, disclaimer);
        }
    }

    fn consent(&mut self) {
        self.sheet.heading("Consent and signatures");
        self.sheet.boxes(0, vec![(false, "I agree that this note goes to the one who takes over.".to_owned())]);
        self.sheet.paragraph(0, fields(&[("Person", SIGNATURE), ("Sender", SIGNATURE), ("Receiver", SIGNATURE)]));
    }
}

/// "Date: ____  Person: ____"
fn fields(fields: &[(&str, &str)]) -> Line {
    fields.iter().enumerate().fold(Line::default(), |line, (place, (label, value))| {
        let line = if place == 0 { line } else { line.with(Piece::Words("   ".to_owned())) };
        line.with(Piece::Strong(format!("{label}:"))).with(Piece::Words(format!(" {value}")))
    })
}

/// "Maria Lopez, DPT, 555-0100"
fn to_call(contact: &Contact) -> String {
    let parts = [Some(&contact.name), contact.credential.as_ref(), contact.phone.as_ref()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
