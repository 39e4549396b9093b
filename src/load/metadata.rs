//! Reads what a rule set says of itself, and its sources.

use super::FORMAT;
use super::node::{Node, Value};
use super::reader::{Faulty, Fields, Reader};
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Level, Metadata, RuleSet, Source};
use crate::source::Span;

const WHAT: &str = "a source";
const SOURCE_KEYS: [&str; 9] = ["id", "title", "publisher", "authors", "year", "doi", "url", "reviewed", "note"];

/// The fault of a `format` that this version does not read.
pub(crate) fn unknown_format(reader: &Reader<'_>, tree: &Node) -> Option<Diagnostic> {
    let Value::Map(entries) = &tree.value else {
        return None;
    };
    let (_, format) = entries.iter().find(|(key, _)| matches!(&key.value, Value::Text(key) if key == "format"))?;
    let message = match &format.value {
        Value::Integer(FORMAT) => return None,
        Value::Integer(_) | Value::Float => {
            format!("the format `{}` is not one that this version reads", reader.as_written(format))
        }
        other => format!("the format is a whole number, not {}", other.kind()),
    };
    let fault = Diagnostic::new(Code::UnknownFormat, format.span, message);
    Some(fault.help(format!("this version reads `format: {FORMAT}`")))
}

/// The entries of a file that is no rule set, once its `format` is one that this version reads. `what` names it in
/// messages: "an answer file".
pub(crate) fn read_head<'n>(reader: &mut Reader<'_>, tree: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
    if let Some(unknown) = unknown_format(reader, tree) {
        reader.report(unknown);
        return None;
    }
    let without_format = |span: Span| {
        let fault = Diagnostic::new(Code::MissingKey, span, format!("{what} needs the key `format`"));
        fault.help(format!("begin with `format: {FORMAT}`"))
    };
    // An empty file.
    if matches!(tree.value, Value::Null) {
        reader.report(without_format(tree.span));
        return None;
    }
    let fields = reader.fields(tree, what, known)?;
    if fields.get("format").is_none() && !fields.is_misspelled("format") {
        reader.report(without_format(fields.span()));
    }
    Some(fields)
}

pub(crate) fn read_metadata(sections: &Sections<'_>, reader: &mut Reader<'_>) -> Option<Metadata> {
    let find = |key: &str| sections.metadata.iter().find(|(name, _, _)| *name == key).map(|(_, _, value)| *value);
    report_missing(sections, reader);
    let mut text = |key: &str| find(key).map(|node| reader.text(node).ok_or(Faulty)).transpose();
    let (name, version, language) = (text("name"), text("version"), text("language"));
    let (emergency_number, disclaimer, otherwise) = (text("emergency_number"), text("disclaimer"), text("otherwise"));
    let reviewed_by = match find("reviewed_by").map(|node| (node, &node.value)) {
        None | Some((_, Value::Null)) => Some(Vec::new()),
        Some((node, _)) => reader.items(node).and_then(|items| {
            let names: Vec<Option<String>> = items.iter().map(|item| reader.text(item)).collect();
            names.into_iter().collect()
        }),
    };
    find("format")?;
    Some(Metadata {
        name: name.ok()??,
        version: version.ok()??,
        language: language.ok()?.unwrap_or_else(|| "en".to_owned()),
        emergency_number: emergency_number.ok()?,
        disclaimer: disclaimer.ok()?,
        reviewed_by: reviewed_by?,
        otherwise: otherwise.ok()?,
    })
}

/// Reports in one fault what a rule set cannot be without.
fn report_missing(sections: &Sections<'_>, reader: &mut Reader<'_>) {
    let has = |key: &str| sections.metadata.iter().any(|(name, _, _)| *name == key) || !sections.is_complete(key);
    let mut missing: Vec<&str> = ["format", "name", "version"].into_iter().filter(|key| !has(key)).collect();
    if sections.questions.is_empty() && sections.is_complete("questions") {
        missing.push("questions");
    }
    let Some(span) = sections.metadata.first().map(|(_, span, _)| *span).or(sections.start) else {
        return;
    };
    let fault = |message: String| Diagnostic::new(Code::MissingKey, span, message);
    let fault = match missing.as_slice() {
        [] => return,
        [key] => fault(format!("a rule set needs the key `{key}`")),
        keys => fault(format!("a rule set needs the keys `{}`", keys.join("`, `"))),
    };
    reader.report(if missing.contains(&"format") {
        fault.help(format!("a rule set begins with `format: {FORMAT}`"))
    } else {
        fault
    });
}

pub(crate) fn read_sources(sections: &Sections<'_>, reader: &mut Reader<'_>) -> Option<Vec<Source>> {
    reader.rows(&sections.sources, read_source)
}

fn read_source(reader: &mut Reader<'_>, node: &Node) -> Option<Source> {
    let fields = reader.fields(node, WHAT, &SOURCE_KEYS)?;
    let id = reader.required_id(&fields, WHAT);
    let title = reader.required_text(&fields, WHAT, "title");
    let mut text = |key: &str| reader.optional_text(&fields, key);
    let (publisher, authors, doi, url, note) =
        (text("publisher"), text("authors"), text("doi"), text("url"), text("note"));
    let year = fields.get("year").map(|node| reader.integer(node).ok_or(Faulty)).transpose();
    let reviewed = match fields.get("reviewed") {
        Some(node) => reader.boolean(node),
        None => Some(true),
    };
    if let (Ok(Some(address)), Some(node)) = (&url, fields.get("url"))
        && !address.starts_with("https://")
    {
        let fault = Diagnostic::new(Code::WrongType, node.span, "a link begins with `https://`");
        reader.report(fault);
    }
    Some(Source {
        id: id?,
        title: title?,
        publisher: publisher.ok()?,
        authors: authors.ok()?,
        year: year.ok()?,
        doi: doi.ok()?,
        url: url.ok()?,
        reviewed: reviewed?,
        note: note.ok()?,
    })
}

/// Warns of what people would miss: a number to call, and what the rule set is not.
pub(crate) fn warn_of_gaps(rules: &RuleSet, sections: &Sections<'_>, reader: &mut Reader<'_>) {
    let Some(start) = sections.metadata.first().map(|(_, span, _)| *span) else {
        return;
    };
    let mut warn = |code: Code, span: Span, message: &str, help: &str| {
        reader.report(Diagnostic::new(code, span, message).help(help));
    };
    let emergencies = rules.flags.rows().iter().any(|flag| flag.level == Level::Emergency);
    if emergencies && rules.metadata.emergency_number.is_none() {
        warn(
            Code::NoEmergencyNumber,
            start,
            "the rule set has emergency flags, but no number to call",
            "add `emergency_number`",
        );
    }
    if rules.metadata.disclaimer.is_none() {
        warn(
            Code::NoDisclaimer,
            start,
            "the rule set does not say what it is not",
            "add a `disclaimer`: no diagnosis, no replacement for a doctor",
        );
    }
}
