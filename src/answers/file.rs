//! Answer files and cases: read with places, written so that they can be read again.

use std::fmt::Write as _;

use super::{Answer, Answers, Edition, Offered, Unfit};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::FORMAT;
use crate::load::guarantee::read_level;
use crate::load::lookup::Lookup;
use crate::load::metadata::read_head;
use crate::load::node::{self, Node, Value};
use crate::load::reader::{Faulty, Fields, Reader};
use crate::model::{
    FlagIx, Id, Kind, Level, NeedIx, OptionSet, PhaseIx, PreferenceIx, ProfessionalIx, Question, QuestionIx, RuleSet,
    ServiceIx,
};
use crate::source::{FileId, Span, Texts};

const WHAT: &str = "an answer file";
const KEYS: [&str; 7] = ["format", "rule_set", "story", "source", "answers", "offered", "expect"];
const EXPECT_KEYS: [&str; 8] =
    ["level", "professionals", "plan", "flags", "on_hold", "waits", "not_professionals", "says"];

/// A file of answers, and of what is expected of them.
#[derive(Debug, Clone)]
pub struct AnswerFile {
    /// The rule set that the answers were given to, where the file says so.
    pub rule_set: Option<Edition>,
    /// What happened, in words.
    pub story: Option<String>,
    /// Where the story comes from.
    pub source: Option<String>,
    /// What was answered, as far as it fits the rule set.
    pub answers: Answers,
    /// Answers that do not fit the rule set.
    pub misfits: Vec<Diagnostic>,
    /// What should come of it; `None` where nothing is expected, or that was left open.
    pub expect: Option<Expectation>,
    /// It names a source and leaves open which: somebody still has to say where the expectation comes from.
    pub source_is_open: bool,
}

/// What a case expects of its decision; what is left out is not looked at.
#[derive(Debug, Clone, Default)]
pub struct Expectation {
    /// One of these levels.
    pub level: Option<Vec<Level>>,
    /// Exactly these professionals, by first appearance on the plan.
    pub professionals: Option<Vec<ProfessionalIx>>,
    /// Steps that are on the plan, each given in part or whole.
    pub plan: Vec<ExpectedStep>,
    /// Flags that count; an empty list expects none.
    pub flags: Option<Vec<FlagIx>>,
    /// Services on hold; an empty list expects none.
    pub on_hold: Option<Vec<ServiceIx>>,
    /// Services that wait; an empty list expects none.
    pub waits: Option<Vec<ServiceIx>>,
    /// Professionals who are not on the plan.
    pub not_professionals: Vec<ProfessionalIx>,
    /// What is told in words.
    pub says: Vec<Saying>,
}

/// Something that a case expects to be told, by its id.
#[derive(Debug, Clone)]
pub struct Saying {
    /// The id.
    pub id: String,
    /// All that have this id, one kind of thing after the other; at least one. One of them has to be told.
    pub sayables: Vec<Sayable>,
}

/// Something that has an id and is told in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sayable {
    /// A flag, a note included.
    Flag(FlagIx),
    /// A need.
    Need(NeedIx),
    /// A preference.
    Preference(PreferenceIx),
}

impl Sayable {
    /// All that a rule set has, each with its id.
    fn all(rules: &RuleSet) -> impl Iterator<Item = (&Id, Self)> {
        let flags = rules.flags().iter().map(|(position, row)| (&row.id, Self::Flag(position)));
        let needs = rules.needs().iter().map(|(position, row)| (&row.id, Self::Need(position)));
        let preferences = rules.preferences().iter().map(|(position, row)| (&row.id, Self::Preference(position)));
        flags.chain(needs).chain(preferences)
    }
}

impl Expectation {
    /// Whether every outcome is as expected, since nothing is.
    fn is_empty(&self) -> bool {
        let Self { level, professionals, plan, flags, on_hold, waits, not_professionals, says } = self;
        level.is_none()
            && professionals.is_none()
            && flags.is_none()
            && on_hold.is_none()
            && waits.is_none()
            && plan.is_empty()
            && not_professionals.is_empty()
            && says.is_empty()
    }
}

/// A step that a case expects; what is left out may be anything.
#[derive(Debug, Clone)]
pub struct ExpectedStep {
    /// In which phase.
    pub phase: Option<PhaseIx>,
    /// Which service.
    pub service: Option<ServiceIx>,
    /// Who leads.
    pub lead: Option<ProfessionalIx>,
}

/// Reads the answers that stand in `file`.
///
/// # Errors
/// Everything that makes it no answer file. Answers that do not fit the rule set are no error of the file: they come
/// with it, as misfits.
pub fn read_answers(rules: &RuleSet, texts: &Texts, file: FileId) -> Result<AnswerFile, Vec<Diagnostic>> {
    let mut faults = Diagnostics::default();
    let mut misfits = Diagnostics::default();
    let read = match node::parse(texts, file) {
        Ok(tree) => read_file(rules, texts, &tree, &mut faults, &mut misfits),
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    match read {
        Some(mut read) if !faults.has_errors() => {
            read.misfits = misfits.into_sorted();
            Ok(read)
        }
        _ => {
            // A broken file is told of as a whole.
            faults.append(misfits);
            Err(faults.into_sorted())
        }
    }
}

fn read_file(
    rules: &RuleSet,
    texts: &Texts,
    tree: &Node,
    faults: &mut Diagnostics,
    misfits: &mut Diagnostics,
) -> Option<AnswerFile> {
    let mut reader = Reader::new(texts, faults);
    let fields = read_head(&mut reader, tree, WHAT, &KEYS)?;
    let rule_set = match fields.get("rule_set") {
        Some(node) => read_rule_set_name(node, &mut reader).map(Some),
        None => Some(None),
    };
    // `story:` with nothing after it is left open, as a draft leaves it.
    let is_open = |key: &str| fields.get(key).is_some_and(|node| matches!(node.value, Value::Null));
    let mut written = |key: &str| if is_open(key) { Ok(None) } else { reader.optional_text(&fields, key) };
    let (story, source) = (written("story"), written("source"));
    let expect = match fields.get("expect") {
        Some(node) if !is_open("expect") => read_expectation(rules, node, &mut reader).map(Some),
        _ => Some(None),
    };
    let offered = match fields.get("offered") {
        Some(node) if !is_open("offered") => read_offered(rules, node, &mut reader),
        _ => Some(Vec::new()),
    };
    let node = reader.required(&fields, WHAT, "answers")?;
    let mut answers = Answers::new(rules);
    // `answers:` with nothing under it is the file of someone who has not answered yet.
    if !matches!(node.value, Value::Null) {
        let given = reader.entries(node, "the answers")?;
        read_given(rules, &given, &mut answers, &mut Reader::new(texts, misfits));
    }
    let rule_set = rule_set?;
    date_back(rules, rule_set.as_ref(), &offered?, &mut answers);
    Some(AnswerFile {
        rule_set,
        story: story.ok()?,
        source: source.ok()?,
        answers,
        misfits: Vec::new(),
        expect: expect?.filter(|expect| !expect.is_empty()),
        source_is_open: is_open("source"),
    })
}

/// What the questions offered when they were answered. It tells of the past: a question or an option that is not there any
/// more is no fault.
fn read_offered(rules: &RuleSet, node: &Node, reader: &mut Reader<'_>) -> Option<Vec<(QuestionIx, Offered)>> {
    let mut all = Vec::new();
    for (_, key, value) in reader.entries(node, "what was offered")?.iter() {
        let nodes: &[Node] = match &value.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(value),
        };
        let names: Option<Vec<&str>> = nodes.iter().map(|node| reader.word(node, "an option")).collect();
        let (names, asked) = (names?, reader.word(key, "a question")?);
        if let Some((position, question)) = rules.questions().iter().find(|(_, row)| row.id.as_str() == asked) {
            let options = names.iter().filter_map(|name| question.option(name)).collect();
            // Nobody was ever offered nothing.
            all.push((position, if names.is_empty() { Offered::Unknown } else { Offered::These(options) }));
        }
    }
    Some(all)
}

/// Takes the answers for what they were when they were given: to which rules, and what the questions offered then.
fn date_back(rules: &RuleSet, rule_set: Option<&Edition>, offered: &[(QuestionIx, Offered)], answers: &mut Answers) {
    if let Some(edition) = rule_set.filter(|edition| **edition != Edition::of(rules)) {
        answers.set_given_under(edition.clone());
        // What other rules had on a list to tick is not known: that something was not ticked says nothing.
        for (position, question) in rules.questions().iter() {
            if matches!(question.kind, Kind::Many) {
                answers.set_offered(position, Offered::Unknown);
            }
        }
    }
    for (question, offered) in offered {
        answers.set_offered(*question, *offered);
    }
}

fn read_rule_set_name(node: &Node, reader: &mut Reader<'_>) -> Option<Edition> {
    let what = "the name of a rule set";
    let fields = reader.fields(node, what, &["name", "version"])?;
    let name = reader.required_text(&fields, what, "name");
    let version = reader.required_text(&fields, what, "version");
    Some(Edition { name: name?, version: version? })
}

fn read_given(rules: &RuleSet, given: &Fields<'_>, answers: &mut Answers, reader: &mut Reader<'_>) {
    let lookup = Lookup::new(rules);
    for (_, key, value) in given.iter() {
        let Some(position) = lookup.question(key, reader) else {
            continue;
        };
        let question = &rules.questions()[position];
        let Some(answer) = read_answer(question, value, reader) else {
            continue;
        };
        if let Err(unfit) = answers.set(rules, position, answer) {
            reader.report(misfit(question, unfit, value.span));
        }
    }
}

fn read_answer(question: &Question, node: &Node, reader: &mut Reader<'_>) -> Option<Answer> {
    use crate::load::condition::{number_in, resolve_option};

    if let Kind::Number(range) = &question.kind
        && !matches!(node.value, Value::Text(_))
    {
        return number_in(range, node, reader).map(Answer::Number);
    }
    let chosen: Vec<_> =
        reader.one_or_list(node)?.into_iter().map(|node| resolve_option(question, node, reader)).collect();
    chosen.into_iter().collect::<Option<OptionSet>>().map(Answer::Options)
}

fn misfit(question: &Question, unfit: Unfit, span: Span) -> Diagnostic {
    let id = &question.id;
    let (code, message) = match unfit {
        Unfit::SeveralForOne => (Code::SeveralForOne, format!("`{id}` takes one answer")),
        Unfit::NoneWithOthers => (Code::NoneWithOthers, "`none` cannot stand beside other answers".to_owned()),
        Unfit::Nothing => (Code::EmptyList, format!("`{id}` has no answer here")),
        Unfit::UnknownOption => (Code::UnknownOption, format!("`{id}` has no such option")),
        Unfit::OutOfRange => (Code::NumberOutOfRange, format!("`{id}` does not reach so far")),
        Unfit::WrongKind => (Code::WrongTest, format!("`{id}` is answered in another way")),
    };
    let fault = Diagnostic::new(code, span, message);
    match unfit {
        Unfit::SeveralForOne => fault.help("keep one of them"),
        Unfit::NoneWithOthers => fault.help("keep `none`, or the others"),
        _ => fault,
    }
}

fn read_expectation(rules: &RuleSet, node: &Node, reader: &mut Reader<'_>) -> Option<Expectation> {
    let lookup = Lookup::new(rules);
    let fields = reader.fields(node, "an expectation", &EXPECT_KEYS)?;
    let level = list_of(&fields, "level", reader, read_level);
    let professionals = list_of(&fields, "professionals", reader, |node, reader| lookup.professional(node, reader));
    let plan = list_of(&fields, "plan", reader, |node, reader| read_step(&lookup, node, reader));
    let flags = list_of(&fields, "flags", reader, |node, reader| lookup.flag(node, reader));
    let on_hold = list_of(&fields, "on_hold", reader, |node, reader| lookup.service(node, reader));
    let waits = list_of(&fields, "waits", reader, |node, reader| lookup.service(node, reader));
    let not = list_of(&fields, "not_professionals", reader, |node, reader| lookup.professional(node, reader));
    let says = list_of(&fields, "says", reader, |node, reader| read_saying(rules, node, reader));
    Some(Expectation {
        level: level.ok()?,
        professionals: professionals.ok()?,
        plan: plan.ok()?.unwrap_or_default(),
        flags: flags.ok()?,
        on_hold: on_hold.ok()?,
        waits: waits.ok()?,
        not_professionals: not.ok()?.unwrap_or_default(),
        says: says.ok()?.unwrap_or_default(),
    })
}

/// Something that is told, by an id that a flag, a need or a preference has.
fn read_saying(rules: &RuleSet, node: &Node, reader: &mut Reader<'_>) -> Option<Saying> {
    let what = "a flag, need or preference";
    let name = reader.word(node, what)?;
    let sayables: Vec<Sayable> =
        Sayable::all(rules).filter(|(id, _)| id.as_str() == name).map(|(_, sayable)| sayable).collect();
    if sayables.is_empty() {
        let known: Vec<&str> = Sayable::all(rules).map(|(id, _)| id.as_str()).collect();
        reader.report_unknown(Code::UnknownRule, what, name, node.span, known.into_iter(), std::iter::empty());
        return None;
    }
    Some(Saying { id: name.to_owned(), sayables })
}

/// One thing or a list, which may be empty, under a key that may be left out.
fn list_of<T>(
    fields: &Fields<'_>,
    key: &str,
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&Node, &mut Reader<'_>) -> Option<T>,
) -> Result<Option<Vec<T>>, Faulty> {
    let Some(node) = fields.get(key) else {
        return Ok(None);
    };
    let nodes: &[Node] = match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    };
    let items: Vec<Option<T>> = nodes.iter().map(|node| read(node, reader)).collect();
    items.into_iter().collect::<Option<Vec<T>>>().map(Some).ok_or(Faulty)
}

fn read_step(lookup: &Lookup<'_>, node: &Node, reader: &mut Reader<'_>) -> Option<ExpectedStep> {
    let fields = reader.fields(node, "a step", &["phase", "service", "lead"])?;
    if fields.iter().next().is_none() {
        reader.fault(Code::EmptyCondition, node.span, "a step without entries");
        return None;
    }
    let mut complete = true;
    let mut step = ExpectedStep { phase: None, service: None, lead: None };
    if let Some(node) = fields.get("phase") {
        step.phase = lookup.phase(node, reader);
        complete &= step.phase.is_some();
    }
    if let Some(node) = fields.get("service") {
        step.service = lookup.service(node, reader);
        complete &= step.service.is_some();
    }
    if let Some(node) = fields.get("lead") {
        step.lead = lookup.professional(node, reader);
        complete &= step.lead.is_some();
    }
    complete.then_some(step)
}

/// Answers as a file that [`read_answers`] reads back, in the order in which they were given, with what their questions
/// offered where that is not all that they offer now.
pub fn write_answers(rules: &RuleSet, answers: &Answers) -> String {
    let metadata = rules.metadata();
    let (name, version) = (quoted(&metadata.name), quoted(&metadata.version));
    let head = format!("format: {FORMAT}\nrule_set:\n  name: {name}\n  version: {version}\n");
    head + &answers_as_yaml(rules, answers) + &offered_as_yaml(rules, answers)
}

/// A draft of a case, in which somebody has to write the story, what is expected, and where that comes from. `notes` stand
/// above it, a line each; they must not break lines themselves.
pub fn write_draft(rules: &RuleSet, answers: &Answers, notes: &[String]) -> String {
    let notes: Vec<String> = notes.iter().map(|note| format!("# {note}\n")).collect();
    format!("{}format: {FORMAT}\nstory:\nsource:\n{}expect:\n", notes.concat(), answers_as_yaml(rules, answers))
}

fn answers_as_yaml(rules: &RuleSet, answers: &Answers) -> String {
    let mut text = "answers:\n".to_owned();
    for (question, answer) in answers.in_order_given() {
        // Writing to a string cannot fail.
        let id = plain(rules.questions()[question].id.as_str());
        let _ = writeln!(text, "  {id}: {}", answer_as_yaml(rules, question, answer));
    }
    text
}

/// What the questions offered when they were answered; nothing where that is what they offer now.
fn offered_as_yaml(rules: &RuleSet, answers: &Answers) -> String {
    let mut text = String::new();
    for (position, _) in answers.in_order_given() {
        let question = &rules.questions()[position];
        let options = match answers.offered(position) {
            Offered::AsNow => continue,
            Offered::These(options) => options,
            Offered::Unknown => OptionSet::EMPTY,
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}: [{}]", plain(question.id.as_str()), ids(question, options).join(", "));
    }
    if text.is_empty() { text } else { format!("offered:\n{text}") }
}

/// The ids of some options.
fn ids(question: &Question, options: OptionSet) -> Vec<String> {
    let some = question.choices().filter(|(option, _)| options.contains(*option));
    some.map(|(_, choice)| plain(choice.id.as_str())).collect()
}

fn answer_as_yaml(rules: &RuleSet, question: QuestionIx, answer: Answer) -> String {
    let question = &rules.questions()[question];
    let chosen = match answer {
        Answer::Number(number) => return number.to_string(),
        Answer::Options(chosen) => chosen,
    };
    let names = ids(question, chosen).join(", ");
    match question.kind {
        Kind::Many => format!("[{names}]"),
        _ => names,
    }
}

/// An id, in quotes where YAML would take it for something else.
fn plain(id: &str) -> String {
    if ["null", "true", "false"].contains(&id) { quoted(id) } else { id.to_owned() }
}

/// A text in double quotes, escaped as in JSON, which YAML reads alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
