//! YAML as a tree in which everything keeps its place.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Error, Location, Spanned};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span, Texts, is_hidden};

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Node {
    /// Where it is used; for an alias, the alias.
    pub(crate) span: Span,
    /// Where it is written; differs for an alias only.
    pub(crate) written: Span,
    pub(crate) value: Value,
}

/// A YAML value. Numbers and booleans keep their text through [`Node::written`].
#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Bool,
    Integer(i64),
    Float,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Value {
    /// What it is, in messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float => "a decimal number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// Far more than a rule set of thousands of rules needs, and little enough to fail at once.
const MAX_NODES: usize = 250_000;
const MAX_DEPTH: usize = 64;
/// A text may be repeated by aliases, but not so often that memory runs out.
const MAX_TEXT_BYTES: usize = 2 * 4 * 1024 * 1024;

/// The tree of one text.
///
/// # Errors
/// What makes it no YAML, at its place.
pub(crate) fn parse(texts: &Texts, file: FileId) -> Result<Node, Diagnostic> {
    let text = texts.get(file).map_or("", |file| file.text.as_str());
    if let Some(fault) = control_character(text, file) {
        return Err(fault);
    }
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
        merge_keys: serde_saphyr::options::MergeKeyPolicy::AsOrdinary,
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_depth: MAX_DEPTH,
            max_total_scalar_bytes: MAX_TEXT_BYTES,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MAX_NODES / 5,
        },
    };
    let raw: Raw = serde_saphyr::from_str_with_options(text, options).map_err(|error| syntax(&error, text, file))?;
    Ok(place(raw, file))
}

/// Control and text-direction characters written as such; escapes in quoted text are found by the reader of texts.
fn control_character(text: &str, file: FileId) -> Option<Diagnostic> {
    text.char_indices()
        .find(|(_, letter)| is_hidden(*letter) && !matches!(letter, '\n' | '\r' | '\t'))
        .map(|(at, letter)| hidden_character(letter, Span::new(file, at..at + letter.len_utf8())))
}

/// The fault of a character that cannot be seen.
pub(crate) fn hidden_character(letter: char, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::ControlCharacter,
        span,
        format!("the character U+{:04X} cannot be seen and may hide or fake text", u32::from(letter)),
    )
    .help(if letter == '\t' { "write a space" } else { "remove it" })
}

fn syntax(error: &Error, text: &str, file: FileId) -> Diagnostic {
    let error = error.without_snippet();
    let span = error.location().map_or(Span::new(file, 0..0), |location| span_in(text, location, file));
    let fault = |code: Code, message: &str, help: &str| Diagnostic::new(code, span, message).help(help);
    let too_many_aliases = || fault(Code::TooManyAliases, "aliases unfold to too much", "write the values out");
    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let message = match key {
                Some(key) => format!("the key `{key}` stands here a second time"),
                None => "a key stands here a second time".to_owned(),
            };
            fault(Code::DuplicateKey, &message, "keep one of them, or make it a list")
        }
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => too_many_aliases(),
        Error::AliasError { error, .. } if !matches!(**error, Error::UnknownAnchor { .. }) => too_many_aliases(),
        Error::Budget { breach, .. } => budget(breach, span),
        Error::MultipleDocuments { .. } => {
            fault(Code::InvalidYaml, "a second YAML document begins here", "put it in a file of its own")
        }
        Error::NonFiniteFloat { .. } => fault(
            Code::WrongType,
            "a number without end or value can be neither asked nor answered",
            "if it is text, put it in quotation marks",
        ),
        other => scanner(&other.to_string(), span),
    }
}

fn budget(breach: &serde_saphyr::budget::BudgetBreach, span: Span) -> Diagnostic {
    use serde_saphyr::budget::BudgetBreach as Breach;
    match breach {
        Breach::Depth { .. } => too_deep(span),
        Breach::Aliases { .. } | Breach::Anchors { .. } | Breach::AliasAnchorRatio { .. } => {
            Diagnostic::new(Code::TooManyAliases, span, "more anchors and aliases than a rule set can need")
                .help("write the values out")
        }
        _ => Diagnostic::new(Code::TooLarge, span, "more entries than a file may have").help("is this the right file?"),
    }
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, span, format!("nested more than {MAX_DEPTH} levels deep"))
        .help("name conditions as findings and refer to them")
}

/// What the scanner says (a part of its sentence), what we say instead where that is plainer, and what to do.
///
/// Most broken rule files are a colon, a quotation mark or a hyphen in text that is not quoted, or a slip in indentation.
const SCANNER: &[(&str, Option<&str>, &str)] = &[
    (
        "mapping values are not allowed",
        Some("a colon and a space cannot stand here"),
        "text that holds `: ` must stand in quotation marks",
    ),
    ("found a tab", Some("a tab begins a line of this text"), "indent with spaces"),
    ("tabs disallowed", Some("a tab cannot stand here"), "indent with spaces"),
    (
        "unknown escape",
        Some("a backslash in double quotation marks begins an escape, and this is none"),
        "write `\\\\`, or use single quotation marks",
    ),
    ("unknown anchor", Some("the alias names no anchor"), "text that begins with `*` must stand in quotation marks"),
    ("unexpected character", None, "text that begins with a sign must stand in quotation marks"),
    (
        "quoted scalar",
        Some("a text in quotation marks does not end where it should"),
        "is there a quotation mark that is not closed?",
    ),
    ("bracket", None, "text that begins with a bracket must stand in quotation marks"),
    ("illegal placement of", Some("a colon cannot stand here"), "is there a bracket that is not closed?"),
    ("block collection", Some("expected a hyphen and a space here"), COLUMNS),
    ("block mapping", Some("expected a key and a colon here"), COLUMNS),
    ("simple key", Some("expected a key and a colon here"), "is there a colon missing, or text broken in the middle?"),
    ("indentation", None, COLUMNS),
];
const COLUMNS: &str = "the keys of a map begin in one column, and so do the hyphens of a list";

fn scanner(message: &str, span: Span) -> Diagnostic {
    let line = message.lines().next().unwrap_or("not YAML");
    // The place is shown apart.
    let sentence = line.split_once(" at line ").map_or(line, |(sentence, _)| sentence).replace('\'', "`");
    if sentence.contains("recursion limit") {
        return too_deep(span);
    }
    match SCANNER.iter().find(|(part, _, _)| message.contains(part)) {
        Some((_, plainer, help)) => Diagnostic::new(Code::InvalidYaml, span, plainer.unwrap_or(&sentence)).help(*help),
        None => Diagnostic::new(Code::InvalidYaml, span, sentence),
    }
}

fn span_in(text: &str, location: Location, file: FileId) -> Span {
    let narrow = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let place = location.span();
    if let (Some(start), Some(length)) = (place.byte_offset(), place.byte_len()) {
        let start = narrow(start);
        return Span::new(file, start..start.saturating_add(narrow(length)));
    }
    // The scanner's own errors have a line and a column only.
    let line_start: usize =
        text.split_inclusive('\n').take(narrow(location.line()).saturating_sub(1)).map(str::len).sum();
    let column: usize = text
        .get(line_start..)
        .unwrap_or("")
        .chars()
        .take_while(|letter| *letter != '\n')
        .take(narrow(location.column()).saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    Span::new(file, line_start + column..line_start + column)
}

/// A value as the library hands it over, before its place is made ours.
struct Raw(Spanned<RawValue>);

enum RawValue {
    Scalar(Value),
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

fn place(raw: Raw, file: FileId) -> Node {
    let span_of = |location: Location| span_in("", location, file);
    let Raw(Spanned { value, referenced, defined }) = raw;
    let value = match value {
        RawValue::Scalar(scalar) => scalar,
        RawValue::List(items) => Value::List(items.into_iter().map(|item| place(item, file)).collect()),
        RawValue::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, value)| (place(key, file), place(value, file))).collect())
        }
    };
    Node { span: span_of(referenced), written: span_of(defined), value }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(Value::Bool))
    }

    fn visit_i64<E>(self, number: i64) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(Value::Integer(number)))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(i64::try_from(number).map_or(Value::Float, Value::Integer)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(Value::Float))
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Scalar(Value::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}
