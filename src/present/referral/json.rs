//! A hand-over as JSON. Keys stay as they are: programs read them.

use serde::Serialize;

use crate::answers::Answer;
use crate::model::{OptionIx, Question, RuleSet, Scope};
use crate::present::json::one_line;
use crate::present::result::{Result, result_value};
use crate::referral::{NotAsked, Receiver, Referral, Said};

/// The hand-over as one line of JSON. `input` names the file that the answers came from.
pub fn referral_json(referral: &Referral<'_>, input: &str) -> String {
    let explanation = &referral.explanation;
    let rules = explanation.rules;
    let services = |scope: Scope| -> Vec<&str> {
        referral.of_sender(scope).into_iter().map(|service| rules.services()[service].id.as_str()).collect()
    };
    let (receiver, to_profession) = match referral.receiver() {
        Receiver::Paramedics => ("paramedics", None),
        Receiver::Doctor => ("doctor", None),
        Receiver::Professional(who) => ("professional", Some(rules.professionals()[who].id.as_str())),
        Receiver::Nobody => ("nobody", None),
    };
    one_line(&Note {
        input,
        finished: explanation.settled(),
        person: referral.names.person.as_deref(),
        from: referral.names.from.as_deref(),
        to: referral.names.to.as_deref(),
        receiver,
        to_profession,
        sender: referral.sender.map(|sender| rules.professionals()[sender].id.as_str()),
        outside_sender: services(Scope::Outside),
        on_referral_for_sender: services(Scope::Referral),
        said: referral.said.iter().map(|said| Told::new(rules, said)).collect(),
        not_asked: referral.not_asked.iter().map(|row| Unasked::new(rules, row)).collect(),
        result: result_value(explanation),
    })
}

#[derive(Serialize)]
struct Note<'a> {
    input: &'a str,
    finished: bool,
    person: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    receiver: &'a str,
    to_profession: Option<&'a str>,
    sender: Option<&'a str>,
    outside_sender: Vec<&'a str>,
    on_referral_for_sender: Vec<&'a str>,
    said: Vec<Told<'a>>,
    not_asked: Vec<Unasked<'a>>,
    result: Result<'a>,
}

#[derive(Serialize)]
struct Told<'a> {
    question: &'a str,
    ask: &'a str,
    counts: bool,
    number: Option<i32>,
    answer: Vec<Label<'a>>,
    /// The warning signs that were asked, ticked or denied.
    boxes: Vec<Ticked<'a>>,
}

impl<'a> Told<'a> {
    fn new(rules: &'a RuleSet, said: &Said) -> Self {
        let question = &rules.questions()[said.question];
        let (number, answer) = match said.answer {
            Answer::Number(number) => (Some(number), Vec::new()),
            Answer::Options(chosen) => {
                (None, chosen.iter().filter_map(|option| Label::new(question, option)).collect())
            }
        };
        let boxes = said.boxes.iter();
        let boxes =
            boxes.filter_map(|tick| Some(Ticked { label: Label::new(question, tick.option)?, ticked: tick.ticked }));
        Self {
            question: question.id.as_str(),
            ask: &question.ask,
            counts: said.counts,
            number,
            answer,
            boxes: boxes.collect(),
        }
    }
}

#[derive(Serialize)]
struct Label<'a> {
    option: &'a str,
    label: &'a str,
}

impl<'a> Label<'a> {
    fn new(question: &'a Question, option: OptionIx) -> Option<Self> {
        let (_, choice) = question.choices().find(|(position, _)| *position == option)?;
        Some(Self { option: choice.id.as_str(), label: &choice.label })
    }
}

#[derive(Serialize)]
struct Ticked<'a> {
    #[serde(flatten)]
    label: Label<'a>,
    ticked: bool,
}

#[derive(Serialize)]
struct Unasked<'a> {
    question: &'a str,
    ask: &'a str,
    /// The warning signs that were not asked; empty where the whole question is meant.
    signs: Vec<Label<'a>>,
}

impl<'a> Unasked<'a> {
    fn new(rules: &'a RuleSet, row: &NotAsked) -> Self {
        let question = &rules.questions()[row.question];
        let signs = row.signs.iter().filter_map(|option| Label::new(question, *option)).collect();
        Self { question: question.id.as_str(), ask: &question.ask, signs }
    }
}
