//! Faults as people and programs read them.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::page::{Page, clean};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{LineColumn, Texts};

/// Each fault as `file:line:column: error[code]: message`, the line with a caret, and the help.
pub fn diagnostics_text(texts: &Texts, diagnostics: &[Diagnostic], page: Page) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(text, "{}", head(texts, diagnostic));
        text.push_str(&snippet(texts, diagnostic, page));
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "help: {}", clean(help));
        }
        text.push('\n');
    }
    text
}

fn head(texts: &Texts, diagnostic: &Diagnostic) -> String {
    let name = texts.get(diagnostic.span.file()).map_or("", |file| file.name.as_str());
    let LineColumn { line, column } = texts.line_column(diagnostic.span);
    let (severity, code) = (diagnostic.code.severity().name(), diagnostic.code);
    format!("{}:{line}:{column}: {severity}[{code}]: {}", clean(name), clean(&diagnostic.message))
}

/// The line with its caret; nothing where there is no text to show.
fn snippet(texts: &Texts, diagnostic: &Diagnostic, page: Page) -> String {
    let Some(file) = texts.get(diagnostic.span.file()).filter(|file| !file.text.is_empty()) else {
        return String::new();
    };
    // A fault in a long block is shown where it begins.
    let range = diagnostic.span.range();
    let start = range.start.min(file.text.len());
    let rest = file.text.get(start..).unwrap_or("");
    let line_end = start + rest.find('\n').unwrap_or(rest.len());
    let end = range.end.clamp(start, line_end);
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let annotated = Snippet::source(file.text.as_str())
        .line_start(1)
        .fold(true)
        .annotation(AnnotationKind::Primary.span(start..end));
    let renderer = if page.color { Renderer::styled() } else { Renderer::plain() };
    let rendered = renderer.term_width(page.width).render(&[Group::with_level(level).element(annotated)]);
    let mut lines: Vec<&str> = rendered.lines().map(str::trim_end).collect();
    lines.retain(|line| !line.is_empty());
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// Each fault as one line of JSON.
pub fn diagnostics_json(texts: &Texts, diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let LineColumn { line, column } = texts.line_column(diagnostic.span);
        let row = Row {
            file: texts.get(diagnostic.span.file()).map_or("", |file| file.name.as_str()),
            line,
            column,
            severity: diagnostic.code.severity().name(),
            code: diagnostic.code.name(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
        };
        let _ = writeln!(text, "{}", serde_json::to_string(&row).unwrap_or_default());
    }
    text
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}
