//! Reads nodes as what they should be, and says what they are instead.

use super::node::{self, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, IdError, RESERVED_IDS};
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
}

impl<'n> Fields<'n> {
    /// The value of `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _, _)| *name == key).map(|(_, _, value)| *value)
    }

    /// The place of `key` itself; of the map, if it is not there.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        self.entries.iter().find(|(name, _, _)| *name == key).map_or(self.span, |(_, node, _)| node.span)
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
            self.wrong_type(node, &format!("{what}: a map"));
            return None;
        };
        let mut fields = Fields { span: entries.first().map_or(node.span, |(key, _)| key.span), entries: Vec::new() };
        for (key, value) in entries {
            match &key.value {
                Value::Text(name) => fields.entries.push((name, key, value)),
                _ => self.wrong_type(key, "a key: text"),
            }
        }
        Some(fields)
    }

    /// The entries of a map that knows these keys only.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
        let fields = self.entries(node, what)?;
        for (name, key, _) in fields.iter() {
            if !known.contains(&name) {
                let fault = Diagnostic::new(Code::UnknownKey, key.span, format!("{what} has no key `{name}`"));
                self.report(match nearest(name, known.iter().copied()) {
                    Some(near) => fault.suggest(Some(near)),
                    None => fault.help(format!("known keys: {}", known.join(", "))),
                });
            }
        }
        Some(fields)
    }

    /// The value of a key that must be there.
    pub(crate) fn required<'n>(&mut self, fields: &Fields<'n>, what: &str, key: &str) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() {
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
            self.report(node::hidden_character(letter, node.span));
            return None;
        }
        if text.is_empty() {
            self.fault(Code::EmptyText, node.span, "a text is empty");
            return None;
        }
        Some(text.to_owned())
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
        self.wrong_type(node, "a whole number");
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
            self.fault(Code::EmptyList, node.span, "a list needs at least one entry");
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
        match &node.value {
            Value::Text(text) => Some(text),
            Value::Bool | Value::Integer(_) | Value::Float => Some(self.texts.slice(node.written)),
            _ => {
                self.wrong_type(node, what);
                None
            }
        }
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
        _ => fault,
    }
}
