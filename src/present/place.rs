//! Where something stands, as words and as JSON.

use serde::Serialize;

use super::page::clean;
use crate::model::RuleSet;
use crate::source::{LineColumn, Span, Texts};

/// `file:line:column`
pub(super) fn place(texts: &Texts, span: Span) -> String {
    let LineColumn { line, column } = texts.line_column(span);
    format!("{}:{line}:{column}", clean(file_name(texts, span)))
}

/// What the file of a place is called.
pub(super) fn file_name(texts: &Texts, span: Span) -> &str {
    texts.get(span.file()).map_or("", |file| file.name.as_str())
}

/// A place as JSON.
#[derive(Serialize)]
pub(super) struct PlaceRow<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> PlaceRow<'a> {
    pub(super) fn new(rules: &'a RuleSet, span: Span) -> Self {
        let LineColumn { line, column } = rules.texts().line_column(span);
        Self { file: file_name(rules.texts(), span), line, column }
    }
}
