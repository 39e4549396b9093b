//! What the person said, on the result: in their words beside what follows, for the doctor, and what else they said.

use serde::Serialize;

use super::Writer;
use crate::explain::{Account, AlsoSaid, Explanation, Leads, Line as SaidLine, OneMore, Remark, TellLine};
use crate::model::{FlagIx, Level, NeedIx, OptionIx, OptionSet, QuestionIx, RuleSet};
use crate::present::answer;
use crate::present::document::{Line, Mark, Piece};
use crate::present::json::professional_id;
use crate::present::own_words::{also_said_label, also_said_line, told_to_the_doctor, you_said};
use crate::present::words;

/// The most lines for a doctor: more would not be read, and a hand-over note has all.
const LINES: usize = 12;

impl Writer<'_, '_> {
    /// The sentence of a flag, and what was said that it rests on.
    pub(super) fn flag_line(&self, label: &str, position: FlagIx, cite: Vec<Mark>) -> Line {
        let flag = &self.explanation.rules.flags()[position];
        let said = self.explanation.account.of_flag(position);
        self.with_own_words(label, &flag.say, said, cite)
    }

    /// The sentence of a need, and what was said that it rests on.
    pub(super) fn need_line(&self, position: NeedIx, cite: Vec<Mark>) -> Line {
        let need = &self.explanation.rules.needs()[position];
        self.with_own_words("", &need.because, self.explanation.account.of_need(position), cite)
    }

    fn with_own_words(&self, label: &str, sentence: &str, remarks: &[Remark], cite: Vec<Mark>) -> Line {
        match you_said(self.explanation.rules, remarks, sentence) {
            Some(said) => {
                let line = Line::from(format!("{label}{}", words::sentence(sentence))).cited(cite);
                line.with(Piece::Words(format!(" {said}")))
            }
            None => Line::from(format!("{label}{sentence}")).cited(cite),
        }
    }

    /// What to tell the doctor.
    pub(super) fn tell_the_doctor(&mut self) {
        let lines = &self.explanation.account.tell_the_doctor;
        if lines.is_empty() {
            return;
        }
        let rules = self.explanation.rules;
        self.sheet.heading("Tell the doctor");
        for line in lines.iter().take(LINES) {
            self.sheet.bullet(0, told_to_the_doctor(rules, line));
        }
        if let Some(more) = lines.len().checked_sub(LINES).filter(|more| *more > 0) {
            let more = words::count(more, "more answer", "more answers");
            self.sheet.paragraph(0, format!("And {more}: a hand-over note (carepath refer) has all of them."));
        }
    }

    /// What the person said and nothing that is told rests on.
    pub(super) fn also_said(&mut self) {
        let said = &self.explanation.account.also_said;
        if said.is_empty() {
            return;
        }
        self.sheet.heading("You also said");
        for said in said {
            let label = also_said_label(self.explanation.rules, said);
            self.sheet.bullet(0, format!("{label}: {}", also_said_text(self.explanation, said)));
        }
    }
}

fn also_said_text(explanation: &Explanation<'_>, said: &AlsoSaid) -> String {
    let somebody_is_seen = explanation.level >= Level::Clearance || !explanation.phases.is_empty();
    also_said_line(explanation.rules, said, somebody_is_seen)
}

/// One thing that was said, as JSON.
#[derive(Serialize)]
pub(super) struct SaidRow<'a> {
    question: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<i32>,
}

impl<'a> SaidRow<'a> {
    fn new(rules: &'a RuleSet, remark: Remark) -> Self {
        match remark {
            Remark::Option(question, option) => Self {
                question: rules.questions()[question].id.as_str(),
                option: Some(option_id(rules, question, option)),
                label: Some(rules.questions()[question].label(option)),
                number: None,
            },
            Remark::Number(question, number) => Self {
                question: rules.questions()[question].id.as_str(),
                option: None,
                label: None,
                number: Some(number),
            },
        }
    }

    pub(super) fn all(rules: &'a RuleSet, remarks: &[Remark]) -> Vec<Self> {
        remarks.iter().map(|remark| Self::new(rules, *remark)).collect()
    }
}

/// What was said to one question, for a doctor, as JSON.
#[derive(Serialize)]
pub(super) struct TellRow<'a> {
    question: &'a str,
    said: Vec<SaidRow<'a>>,
    /// How many of them, from the first, a flag rests on.
    grounds: usize,
    text: String,
}

impl<'a> TellRow<'a> {
    pub(super) fn all(rules: &'a RuleSet, account: &Account) -> Vec<Self> {
        let row = |line: &TellLine| Self {
            question: rules.questions()[line.question].id.as_str(),
            said: SaidRow::all(rules, &line.remarks),
            grounds: line.grounds,
            text: told_to_the_doctor(rules, line),
        };
        account.tell_the_doctor.iter().map(row).collect()
    }
}

/// What was said and nothing rests on, as JSON.
#[derive(Serialize)]
pub(super) struct AlsoSaidRow<'a> {
    question: &'a str,
    option: &'a str,
    label: &'a str,
    kind: &'static str,
    /// The other thing that was not said.
    with: Option<WithRow<'a>>,
    leads_to: Option<LeadsRow<'a>>,
    sign: bool,
    text: String,
}

impl<'a> AlsoSaidRow<'a> {
    pub(super) fn all(explanation: &'a Explanation<'_>) -> Vec<Self> {
        let rules = explanation.rules;
        let row = |said: &AlsoSaid| {
            let (kind, with, leads) = match said.line {
                SaidLine::Alone => ("alone", None, None),
                SaidLine::Without(leads) => ("without", None, Some(leads)),
                SaidLine::Together { with, leads } => ("together", Some(with), Some(leads)),
                SaidLine::Nothing => ("nothing", None, None),
            };
            Self {
                question: rules.questions()[said.question].id.as_str(),
                option: option_id(rules, said.question, said.option),
                label: rules.questions()[said.question].label(said.option),
                kind,
                with: with.map(|with| WithRow::new(rules, with)),
                leads_to: leads.map(|leads| LeadsRow::new(rules, leads)),
                sign: said.sign,
                text: also_said_text(explanation, said),
            }
        };
        explanation.account.also_said.iter().map(row).collect()
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum WithRow<'a> {
    Option { question: &'a str, option: &'a str },
    Numbers { question: &'a str, at_least: i32, at_most: i32 },
}

impl<'a> WithRow<'a> {
    fn new(rules: &'a RuleSet, with: OneMore) -> Self {
        let id = |question: QuestionIx| rules.questions()[question].id.as_str();
        match with {
            OneMore::Option(question, option) => {
                Self::Option { question: id(question), option: option_id(rules, question, option) }
            }
            OneMore::Numbers(question, at_least, at_most) => {
                Self::Numbers { question: id(question), at_least, at_most }
            }
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum LeadsRow<'a> {
    Level(&'static str),
    Professional(&'a str),
    Service(&'a str),
    OnHold(&'a str),
    Waits(&'a str),
    Flag(&'a str),
    Other(&'static str),
}

impl<'a> LeadsRow<'a> {
    fn new(rules: &'a RuleSet, leads: Leads) -> Self {
        match leads {
            Leads::Level(level) => Self::Level(level.name()),
            Leads::Professional(who) => Self::Professional(professional_id(rules, who)),
            Leads::Service(service) => Self::Service(rules.services()[service].id.as_str()),
            Leads::OnHold(service) => Self::OnHold(rules.services()[service].id.as_str()),
            Leads::Waits(service) => Self::Waits(rules.services()[service].id.as_str()),
            Leads::Flag(flag) => Self::Flag(rules.flags()[flag].id.as_str()),
            Leads::Plan => Self::Other("plan"),
            Leads::Questions => Self::Other("questions"),
        }
    }
}

fn option_id(rules: &RuleSet, question: QuestionIx, option: OptionIx) -> &str {
    answer::ids(&rules.questions()[question], OptionSet::only(option)).next().unwrap_or_default()
}
