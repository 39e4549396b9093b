//! Reads questions and their options.

use super::condition::{self, Reach};
use super::names::{Names, duplicate_id};
use super::node::{Node, Value};
use super::reader::{Faulty, Fields, Reader, wrong_type};
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Choice, Id, Kind, OptionSet, Position, Question, QuestionIx, Range, Role};

const WHAT: &str = "a question";
const KEYS: [&str; 10] = ["id", "section", "short", "ask", "why", "choose", "only_if", "options", "none", "unsure"];
const OPTION_KEYS: [&str; 5] = ["id", "label", "only_if", "may_lower_level", "alone"];
/// A map of one of these alone is an unfinished long form; of any other key, it is a short form with that id.
const NEVER_SHORT: [&str; 4] = ["id", "label", "only_if", "may_lower_level"];
const MAX_SPAN: i64 = 1_000;

/// A question as far as it could be read.
pub(crate) struct ReadQuestion {
    /// What conditions need of it is sound: the kind and the options. When it applies is still unread.
    question: Question,
    /// So is the rest.
    complete: bool,
}

impl ReadQuestion {
    /// The question, of which kind and options alone are to be trusted.
    pub(crate) fn to_test(&self) -> &Question {
        &self.question
    }
}

/// The questions with kinds and options; when they apply is read once the findings are known. `None` where conditions on
/// a question cannot be judged.
pub(crate) fn read_questions(sections: &Sections<'_>, reader: &mut Reader<'_>) -> Vec<Option<ReadQuestion>> {
    sections.questions.iter().map(|node| read_question(node, reader)).collect()
}

fn read_question(node: &Node, reader: &mut Reader<'_>) -> Option<ReadQuestion> {
    let fields = reader.fields(node, WHAT, &KEYS)?;
    let id = reader.required_id(&fields, WHAT);
    let section = reader.optional_text(&fields, "section");
    let short = reader.optional_text(&fields, "short");
    let ask = reader.required_text(&fields, WHAT, "ask");
    let why = reader.optional_text(&fields, "why");
    let kind = reader.required(&fields, WHAT, "choose").and_then(|node| read_kind(node, reader));
    let options = read_options(&fields, kind.as_ref(), reader);
    let complete = section.is_ok() && short.is_ok() && ask.is_some() && why.is_ok();
    let question = Question {
        id: id?,
        section: section.ok().flatten(),
        short: short.ok().flatten(),
        ask: ask.unwrap_or_default(),
        why: why.ok().flatten(),
        only_if: None,
        kind: kind?,
        options: options?,
    };
    Some(ReadQuestion { question, complete })
}

fn read_kind(node: &Node, reader: &mut Reader<'_>) -> Option<Kind> {
    if let Value::Map(_) = node.value {
        let fields = reader.fields(node, "a way to choose", &["number"])?;
        let number = reader.required(&fields, "a way to choose", "number")?;
        return read_range(number, reader).map(Kind::Number);
    }
    reader.keyword(node, "a way to choose", Code::WrongType, &["one", "many", "{number: {min: 0, max: 10}}"], |word| {
        match word {
            "one" => Some(Kind::One),
            "many" => Some(Kind::Many),
            _ => None,
        }
    })
}

fn read_range(node: &Node, reader: &mut Reader<'_>) -> Option<Range> {
    let fields = reader.fields(node, "a range", &["min", "max", "low", "high"])?;
    let min = reader.required(&fields, "a range", "min").and_then(|node| reader.integer(node));
    let max = reader.required(&fields, "a range", "max").and_then(|node| reader.integer(node));
    let low = reader.optional_text(&fields, "low");
    let high = reader.optional_text(&fields, "high");
    let (min, max) = (min?, max?);
    let span = i64::from(max) - i64::from(min);
    if !(0..=MAX_SPAN).contains(&span) {
        let wrong = if span < 0 { "ends before it begins" } else { "is too wide" };
        let place = fields.get("max").map_or(fields.span(), |node| node.span);
        let fault = Diagnostic::new(Code::InvalidRange, place, format!("the range from `{min}` to `{max}` {wrong}"));
        reader.report(fault.help(format!("`max` is at least `min`, and at most {MAX_SPAN} above it")));
        return None;
    }
    Some(Range { min, max, low: low.ok()?, high: high.ok()? })
}

fn read_options(fields: &Fields<'_>, kind: Option<&Kind>, reader: &mut Reader<'_>) -> Option<Vec<Choice>> {
    let listed = match (kind, fields.get("options")) {
        (Some(Kind::Number(_)), Some(_)) => {
            reader.fault(Code::WrongType, fields.key_span("options"), "a question with a number has no options");
            None
        }
        (Some(Kind::Number(_)), None) => Some(Vec::new()),
        (_, Some(node)) => read_listed(node, reader),
        (None, None) => None,
        (Some(_), None) => reader.required(fields, WHAT, "options").map(|_| Vec::new()),
    };
    let none = match (kind, fields.get("none")) {
        (Some(Kind::One | Kind::Number(_)), Some(_)) => {
            let span = fields.key_span("none");
            let fault = Diagnostic::new(Code::NoneOnOne, span, "`none` goes with `choose: many`");
            reader.report(fault.help("list an option of your own"));
            Err(Faulty)
        }
        (_, node) => read_added("none", Role::NoneOfThese, node, reader),
    };
    let unsure = match (kind, fields.get("unsure")) {
        (Some(Kind::Many), Some(_)) => {
            let span = fields.key_span("unsure");
            let fault = Diagnostic::new(Code::UnsureOnMany, span, "`unsure` goes with `choose: one` or a number");
            reader.report(fault.help("list an option of your own"));
            Err(Faulty)
        }
        (_, node) => read_added("unsure", Role::Unsure, node, reader),
    };
    let mut options = listed?;
    options.extend(none.ok()?);
    options.extend(unsure.ok()?);
    Some(options)
}

/// The option that the language adds, if its key is there.
fn read_added(name: &str, role: Role, node: Option<&Node>, reader: &mut Reader<'_>) -> Result<Option<Choice>, Faulty> {
    let Some(node) = node else {
        return Ok(None);
    };
    let label = reader.text(node).ok_or(Faulty)?;
    let id = Id::new_unchecked(name, node.span);
    Ok(Some(Choice { id, label, only_if: None, role, may_lower_level: false, alone: None }))
}

fn read_listed(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<Choice>> {
    let items = reader.list(node)?;
    if items.len() > OptionSet::CAPACITY {
        let fault = Diagnostic::new(Code::TooManyOptions, node.span, format!("{} options are too many", items.len()));
        reader.report(fault.help(format!("at most {}; ask in two steps", OptionSet::CAPACITY)));
        return None;
    }
    let mut options: Vec<Option<Choice>> = Vec::new();
    for item in items {
        let choice = read_option(item, reader);
        if let Some(choice) = &choice
            && let Some(first) = options.iter().flatten().find(|first| first.id.as_str() == choice.id.as_str())
        {
            let (name, span) = (choice.id.as_str(), choice.id.span());
            reader.report(duplicate_id("an option", name, span, Some(first.id.span()), reader));
        }
        options.push(choice);
    }
    options.into_iter().collect()
}

/// `- id: Label`, or the long form with `id` and `label`.
fn read_option(node: &Node, reader: &mut Reader<'_>) -> Option<Choice> {
    let Value::Map(entries) = &node.value else {
        reader.report(wrong_type(node, "an option").help("write it as `- id: Label`"));
        return None;
    };
    let (mut may_lower_level, mut alone) = (Some(false), Ok(None));
    let (id, label) = if let [(key, value)] = entries.as_slice()
        && !matches!(&key.value, Value::Text(key) if NEVER_SHORT.contains(&key.as_str()))
    {
        (reader.id(key), reader.text(value))
    } else {
        let fields = reader.fields(node, "an option", &OPTION_KEYS)?;
        if let Some(node) = fields.get("may_lower_level") {
            may_lower_level = reader.boolean(node);
        }
        alone = reader.optional_text(&fields, "alone");
        (reader.required_id(&fields, "an option"), reader.required_text(&fields, "an option", "label"))
    };
    let (id, label, alone) = (id?, label?, alone.ok()?);
    Some(Choice { id, label, only_if: None, role: Role::Plain, may_lower_level: may_lower_level?, alone })
}

/// The questions with their `only_if` and that of their options.
pub(crate) fn read_applicability(
    sections: &Sections<'_>,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<Question>> {
    let mut row = 0;
    reader.rows(&sections.questions, |reader, node| {
        let position = QuestionIx::new(row);
        let read = names.questions.get(row).and_then(Option::as_ref).filter(|read| read.complete);
        let question = read.map(|read| read.question.clone());
        row += 1;
        read_only_if(node, position, question, names, reader)
    })
}

fn read_only_if(
    node: &Node,
    position: QuestionIx,
    mut question: Option<Question>,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Question> {
    let reach = Reach::before_question(position);
    let fields = entries_again(node);
    let mut complete = true;
    // What is said in a faulty question is looked at all the same.
    if let Some(value) = find(fields, "only_if") {
        let only_if = condition::read(value, names, reach, reader);
        complete &= only_if.is_some();
        if let Some(question) = &mut question {
            question.only_if = only_if;
        }
    }
    let items = match find(fields, "options").map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    for (row, item) in items.iter().enumerate() {
        let long_form = entries_again(item).len() > 1;
        if let Some(value) = find(entries_again(item), "only_if").filter(|_| long_form) {
            let only_if = condition::read(value, names, reach, reader);
            complete &= only_if.is_some();
            if let Some(choice) = question.as_mut().and_then(|question| question.options.get_mut(row)) {
                choice.only_if = only_if;
            }
        }
    }
    question.filter(|_| complete)
}

/// The entries of a map that has been reported on already.
fn entries_again(node: &Node) -> &[(Node, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn find<'n>(entries: &'n [(Node, Node)], key: &str) -> Option<&'n Node> {
    entries.iter().find(|(name, _)| matches!(&name.value, Value::Text(name) if name == key)).map(|(_, value)| value)
}
