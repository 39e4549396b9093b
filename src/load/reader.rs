//! Reads nodes as what they should be, and says what they are instead.

use super::names::bare;
use super::node::{self, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, IdError, MAX_ID, RESERVED_IDS};
use crate::source::{Span, Texts, is_hidden};
use crate::suggest::nearest;

/// Reads nodes of the given texts; every fault goes to one list.
pub(crate) struct Reader<'a> {
    texts: &'a Texts,
    faults: &'a mut Diagnostics,
}

/// A map whose keys are known to be texts, each at most once.
pub(crate) struct Fields<'n> {
    span: Span,
    entries: Vec<(&'n str, &'n Node, &'n Node)>,
    /// Known keys that an unknown one was probably meant to be: they are not missing as well.
    misspelled: Vec<String>,
}

const LEAVE_OUT: &str = "write something, or leave the key out";
/// Beyond so many faults no more is suggested: nobody reads it, and it takes time.
const MAX_SUGGESTIONS: usize = 100;

impl<'n> Fields<'n> {
    /// The value of `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _, _)| *name == key).map(|(_, _, value)| *value)
    }

    /// The place of `key` itself; of the map, if it is not there.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        self.entries.iter().find(|(name, _, _)| *name == key).map_or(self.span, |(_, node, _)| node.span)
    }

    /// Whether an unknown key was probably meant to be `key`.
    pub(crate) fn is_misspelled(&self, key: &str) -> bool {
        self.misspelled.iter().any(|meant| meant == key)
    }

    /// All entries in file order: name, key, value.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'n str, &'n Node, &'n Node)> {
        self.entries.iter().copied()
    }

    /// Where to point when something is missing.
    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(texts: &'a Texts, faults: &'a mut Diagnostics) -> Self {
        Self { texts, faults }
    }

    pub(crate) fn fault(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.report(Diagnostic::new(code, span, message));
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.faults.has_errors()
    }

    /// Forgets all faults but this one.
    pub(crate) fn replace_all(&mut self, diagnostic: Diagnostic) {
        *self.faults = Diagnostics::default();
        self.faults.push(diagnostic);
    }

    /// Whether suggestions are still worth their time.
    pub(crate) fn suggests(&self) -> bool {
        self.faults.count() < MAX_SUGGESTIONS
    }

    /// Where `span` is, for one who reads at `from`.
    pub(crate) fn place(&self, span: Span, from: Span) -> String {
        let line = self.texts.line_column(span).line;
        if span.file() == from.file() {
            format!("in line {line}")
        } else {
            format!("in `{}`, line {line}", self.file_name(span))
        }
    }

    /// What the file at `span` is called.
    pub(crate) fn file_name(&self, span: Span) -> &'a str {
        self.texts.get(span.file()).map_or("", |file| file.name.as_str())
    }

    /// A scalar as it stands in the text.
    pub(crate) fn as_written(&self, node: &Node) -> &'a str {
        self.texts.slice(node.written)
    }

    fn wrong_type(&mut self, node: &Node, expected: &str) {
        self.report(wrong_type(node, expected));
    }

    /// The entries of a map, whatever its keys are called. `what` names it in messages: "a flag".
    pub(crate) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, &format!("{what} as a map"));
            return None;
        };
        let span = entries.first().map_or(node.span, |(key, _)| key.span);
        let mut fields = Fields { span, entries: Vec::new(), misspelled: Vec::new() };
        for (key, value) in entries {
            match &key.value {
                Value::Text(name) => fields.entries.push((name, key, value)),
                _ => self.wrong_type(key, "text as a key"),
            }
        }
        Some(fields)
    }

    /// The entries of a map that knows these keys only.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
        let mut fields = self.entries(node, what)?;
        let mut misspelled = Vec::new();
        // What is there already was not meant.
        let absent: Vec<&str> = known.iter().copied().filter(|known| fields.get(known).is_none()).collect();
        for (name, key, _) in fields.iter() {
            if !known.contains(&name) {
                let fault = Diagnostic::new(Code::UnknownKey, key.span, format!("{what} has no key `{name}`"));
                let near = nearest(name, absent.iter().copied().filter(|_| self.suggests()));
                self.report(match near {
                    Some(near) => {
                        misspelled.push(near.to_owned());
                        fault.suggest(Some(near))
                    }
                    None if !self.suggests() => fault,
                    None => fault.help(format!("known keys: {}", known.join(", "))),
                });
            }
        }
        fields.misspelled = misspelled;
        Some(fields)
    }

    /// The value of a key that must be there.
    pub(crate) fn required<'n>(&mut self, fields: &Fields<'n>, what: &str, key: &str) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() && !fields.is_misspelled(key) {
            self.fault(Code::MissingKey, fields.span(), format!("{what} needs the key `{key}`"));
        }
        found
    }

    /// A text of at least one visible letter. Numbers and booleans are taken as they are written.
    pub(crate) fn text(&mut self, node: &Node) -> Option<String> {
        let text = match &node.value {
            Value::Text(text) => text.trim(),
            Value::Integer(_) | Value::Float | Value::Bool => self.texts.slice(node.written),
            _ => {
                self.wrong_type(node, "text");
                return None;
            }
        };
        // A folded block may keep line breaks between paragraphs; nothing else that is hidden belongs in a text.
        if let Some(letter) = text.chars().find(|letter| is_hidden(*letter) && *letter != '\n') {
            let fault = node::hidden_character(letter, self.place_of(letter, node));
            self.report(fault);
            return None;
        }
        if text.is_empty() {
            self.report(Diagnostic::new(Code::EmptyText, node.span, "a text is empty").help(LEAVE_OUT));
            return None;
        }
        Some(text.to_owned())
    }

    /// Where a character of a text stands; the whole text where it is written as an escape.
    fn place_of(&self, letter: char, node: &Node) -> Span {
        match self.as_written(node).find(letter) {
            Some(at) => {
                let start = node.written.range().start + at;
                Span::new(node.written.file(), start..start + letter.len_utf8())
            }
            None => node.span,
        }
    }

    /// The text of a key that may be left out. `Err` where it is there and wrong.
    pub(crate) fn optional_text(&mut self, fields: &Fields<'_>, key: &str) -> Result<Option<String>, Faulty> {
        fields.get(key).map(|node| self.text(node).ok_or(Faulty)).transpose()
    }

    /// The text of a key that must be there.
    pub(crate) fn required_text(&mut self, fields: &Fields<'_>, what: &str, key: &str) -> Option<String> {
        self.required(fields, what, key).and_then(|node| self.text(node))
    }

    /// A whole number that fits 32 bits.
    pub(crate) fn integer(&mut self, node: &Node) -> Option<i32> {
        if let Value::Integer(number) = node.value
            && let Ok(number) = i32::try_from(number)
        {
            return Some(number);
        }
        let written = self.as_written(node);
        if written.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'_')) && !written.is_empty() {
            self.fault(Code::WrongType, node.span, format!("the number `{written}` is too large to be read"));
        } else {
            self.wrong_type(node, "a whole number");
        }
        None
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, node: &Node) -> Option<bool> {
        match (&node.value, self.texts.slice(node.written)) {
            (Value::Bool, text) => Some(text.eq_ignore_ascii_case("true")),
            _ => {
                self.wrong_type(node, "true or false");
                None
            }
        }
    }

    /// The items of a list, which may be empty.
    pub(crate) fn items<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(items) => Some(items),
            _ => {
                self.wrong_type(node, "a list");
                None
            }
        }
    }

    /// The items of a list with at least one.
    pub(crate) fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        let items = self.items(node)?;
        if items.is_empty() {
            let fault = Diagnostic::new(Code::EmptyList, node.span, "a list needs at least one entry");
            self.report(fault.help(LEAVE_OUT));
            return None;
        }
        Some(items)
    }

    /// One thing or a list of at least one.
    pub(crate) fn one_or_list<'n>(&mut self, node: &'n Node) -> Option<Vec<&'n Node>> {
        match &node.value {
            Value::List(_) => self.list(node).map(|items| items.iter().collect()),
            _ => Some(vec![node]),
        }
    }

    /// The word of a scalar that names something; reports what is none.
    pub(crate) fn word<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str>
    where
        'a: 'n,
    {
        let word = self.scalar(node);
        if word.is_none() {
            self.wrong_type(node, what);
        }
        word
    }

    /// The word of a scalar, if it is one.
    pub(crate) fn scalar<'n>(&self, node: &'n Node) -> Option<&'n str>
    where
        'a: 'n,
    {
        match &node.value {
            Value::Text(text) => Some(text),
            Value::Bool | Value::Integer(_) | Value::Float => Some(self.texts.slice(node.written)),
            _ => None,
        }
    }

    /// Reports a name that is not there. `others` may be meant, but are not listed.
    pub(crate) fn report_unknown<'n>(
        &mut self,
        code: Code,
        what: &str,
        name: &str,
        span: Span,
        known: impl Iterator<Item = &'n str> + Clone,
        others: impl Iterator<Item = &'n str>,
    ) {
        let fault = Diagnostic::new(code, span, format!("there is no {} `{name}`", bare(what)));
        if !self.suggests() {
            return self.report(fault);
        }
        self.report(match nearest(name, known.clone().chain(others)) {
            Some(near) => fault.suggest(Some(near)),
            None => {
                // A longer list would bury the message.
                let shown: Vec<&str> = known.take(9).collect();
                if shown.is_empty() || shown.len() == 9 {
                    fault
                } else {
                    fault.help(format!("there are: {}", shown.join(", ")))
                }
            }
        });
    }

    /// A new id.
    pub(crate) fn id(&mut self, node: &Node) -> Option<Id> {
        let text = self.word(node, "an id")?;
        match Id::new(text, node.span) {
            Ok(id) => Some(id),
            Err(IdError::Form) => {
                let fault = Diagnostic::new(Code::InvalidId, node.span, format!("`{text}` is no id"));
                self.report(fault.help("an id is a small letter, then small letters, digits and hyphens"));
                None
            }
            Err(IdError::Length) => {
                let fault = Diagnostic::new(Code::InvalidId, node.span, format!("`{text}` is too long for an id"));
                self.report(fault.help(format!("an id has at most {MAX_ID} characters")));
                None
            }
            Err(IdError::Reserved) => {
                let fault = Diagnostic::new(
                    Code::ReservedId,
                    node.span,
                    format!("`{text}` is a word of the condition language"),
                );
                self.report(fault.help(format!("reserved: {}", RESERVED_IDS.join(", "))));
                None
            }
        }
    }

    /// The rows of a section, each read to its end so that all faults are found; `None` where one is faulty.
    pub(crate) fn rows<T>(
        &mut self,
        items: &[&Node],
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let rows: Vec<Option<T>> = items.iter().map(|item| read(self, item)).collect();
        rows.into_iter().collect()
    }

    /// The id of a row.
    pub(crate) fn required_id(&mut self, fields: &Fields<'_>, what: &str) -> Option<Id> {
        self.required(fields, what, "id").and_then(|node| self.id(node))
    }

    /// One of a closed list of words.
    pub(crate) fn keyword<T>(
        &mut self,
        node: &Node,
        what: &str,
        code: Code,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = self.word(node, what)?;
        let found = parse(word);
        if found.is_none() {
            let fault = Diagnostic::new(code, node.span, format!("`{word}` is not {what}"));
            self.report(match nearest(word, known.iter().copied()) {
                Some(near) => fault.suggest(Some(near)),
                None => fault.help(format!("one of: {}", known.join(", "))),
            });
        }
        found
    }
}

/// A value that is there and wrong; what is wrong has been reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Faulty;

/// The fault of a node that is not what it should be.
pub(crate) fn wrong_type(node: &Node, expected: &str) -> Diagnostic {
    let fault =
        Diagnostic::new(Code::WrongType, node.span, format!("expected {expected}, found {}", node.value.kind()));
    match node.value {
        Value::Null => fault.help("the value is missing after the colon or hyphen"),
        Value::List(_) | Value::Map(_) if expected == "text" => {
            fault.help("text that begins with a bracket must stand in quotation marks")
        }
        _ => fault,
    }
}
