//! Faults as people read them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::page::{Page, clean};
use super::place::place;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{LineColumn, Span, Texts};

/// More faults than this are counted, not shown: whoever has so many mends the first and looks again.
const MOST_SHOWN: usize = 100;
/// The most characters of a message: a word that it quotes may be as long as a file.
const LONGEST_MESSAGE: usize = 300;
/// The most bytes of a line that are shown on either side of its caret.
const MARGIN: usize = 200;

/// Each fault as `file:line:column: error[code]: message`, the line with a caret, and the help.
pub fn diagnostics_text(texts: &Texts, diagnostics: &[Diagnostic], page: Page) -> String {
    shown_in_part(diagnostics, |diagnostic| fault_text(texts, diagnostic, page) + "\n")
}

/// The texts of the first of many things, and how many more there are.
pub(super) fn shown_in_part<T>(things: &[T], text_of: impl FnMut(&T) -> String) -> String {
    let mut text: String = things.iter().take(MOST_SHOWN).map(text_of).collect();
    if let Some(more) = things.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(text, "... and {more} more\n");
    }
    text
}

/// One fault, without an empty line below.
pub(super) fn fault_text(texts: &Texts, diagnostic: &Diagnostic, page: Page) -> String {
    let mut text = fault_line(texts, diagnostic);
    text.push_str(&snippet(texts, texts.line_column(diagnostic.span), diagnostic, page));
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "help: {}", shortened(&clean(help)));
    }
    text
}

/// The first line of a fault.
pub(super) fn fault_line(texts: &Texts, diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, span, message, .. } = diagnostic;
    line_at(texts, *span, code.severity().name(), *code, message)
}

/// `file:line:column: severity[code]: message`
pub(super) fn line_at(texts: &Texts, span: Span, severity: &str, code: Code, message: &str) -> String {
    format!("{}: {severity}[{code}]: {}\n", place(texts, span), shortened(&clean(message)))
}

/// A message whose middle is left out where it is too long: what it quotes stays between its backticks.
fn shortened(message: &str) -> Cow<'_, str> {
    let Some((cut, _)) = message.char_indices().nth(LONGEST_MESSAGE) else {
        return Cow::Borrowed(message);
    };
    let (head, _) = message.char_indices().nth(LONGEST_MESSAGE / 2).unwrap_or((cut, ' '));
    let (tail, _) = message.char_indices().nth_back(LONGEST_MESSAGE / 2).unwrap_or((cut, ' '));
    Cow::Owned(format!("{}…{}", message.get(..head).unwrap_or(""), message.get(tail..).unwrap_or("")))
}

/// The line with its caret; nothing where there is no text to show.
fn snippet(texts: &Texts, place: LineColumn, diagnostic: &Diagnostic, page: Page) -> String {
    let Some(file) = texts.get(diagnostic.span.file()).filter(|file| !file.text.is_empty()) else {
        return String::new();
    };
    let line = Line::at(&file.text, diagnostic.span.range());
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // One line, not the whole text: a renderer that counts lines would count them for each fault again.
    let annotated = Snippet::source(line.shown.as_str())
        .line_start(place.line)
        .fold(true)
        .annotation(AnnotationKind::Primary.span(line.caret));
    let renderer = if page.color { Renderer::styled() } else { Renderer::plain() };
    let picture = renderer.term_width(page.width).render(&[Group::with_level(level).element(annotated)]);
    let mut lines: Vec<&str> = picture.lines().map(str::trim_end).collect();
    lines.retain(|line| !line.is_empty());
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// A line as it is shown, made safe for a terminal, and where its caret is.
struct Line {
    shown: String,
    caret: Range<usize>,
}

impl Line {
    /// The line in which `range` begins: of a long one the part around it, of a longer range its first line.
    fn at(text: &str, range: Range<usize>) -> Self {
        let start = floor(text, range.start.min(text.len()));
        let (before, after) = text.split_at(start);
        let line_start = floor(text, start.saturating_sub(MARGIN));
        let before = before.get(line_start..).unwrap_or("");
        let (cut, before) = match before.rfind('\n') {
            Some(newline) => (false, before.get(newline + 1..).unwrap_or("")),
            None => (line_start > 0, before),
        };
        let after = after.get(..floor(after, MARGIN)).unwrap_or("");
        let after = after.lines().next().unwrap_or("");
        let (inside, after) = after.split_at(floor(after, range.end.saturating_sub(start)));
        let mut shown = if cut { "…".to_owned() } else { String::new() };
        shown.push_str(&visible(before));
        let caret_start = shown.len();
        shown.push_str(&visible(inside));
        let caret = caret_start..shown.len();
        shown.push_str(&visible(after));
        Self { shown, caret }
    }
}

/// Part of a line with its tabs as they are: the renderer knows how wide they are.
fn visible(text: &str) -> String {
    text.split('\t').map(clean).collect::<Vec<_>>().join("\t")
}

/// The last character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, range: Range<usize>, count: usize) -> String {
        let mut texts = Texts::default();
        let file = texts.add("a.yaml", text);
        let fault = Diagnostic::new(Code::UnknownKey, Span::new(file, range), "no such key");
        diagnostics_text(&texts, &vec![fault; count], Page::new(80, false))
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        assert_eq!(
            told("a: 1\né: [x, y]\nc: 3\n", 9..10, 1),
            "a.yaml:2:4: error[unknown-key]: no such key\n  |\n2 | é: [x, y]\n  |    ^\n\n"
        );
    }

    #[test]
    fn a_place_of_several_lines_is_shown_where_it_begins() {
        assert!(told("a:\n  b: 1\n  c: 2\n", 5..16, 1).contains("2 |   b: 1\n  |   ^^^^\n"));
    }

    #[test]
    fn hidden_characters_keep_the_caret_in_place() {
        assert!(told("a\u{1b}b: c\n", 3..4, 1).contains("1 | a<U+001B>b: c\n  |           ^\n"));
    }

    #[test]
    fn a_long_line_is_shown_around_the_caret() {
        let text = format!("{}b{}", "a".repeat(5_000), "c".repeat(5_000));
        let told = told(&text, 5_000..5_001, 1);
        assert!(told.starts_with("a.yaml:1:5001: "), "{told}");
        assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
        assert!(told.contains("abc"), "{told}");
    }

    #[test]
    fn of_many_faults_the_rest_is_counted() {
        let told = told("a: 1\n", 0..1, 103);
        assert_eq!(told.matches("no such key").count(), 100);
        assert!(told.ends_with("\n... and 3 more\n\n"), "{told}");
    }

    #[test]
    fn a_long_message_keeps_its_ends() {
        let long = format!("there is no question `{}`", "é".repeat(1_000));
        let short = shortened(&long);
        assert!(short.chars().count() <= LONGEST_MESSAGE + 3);
        assert!(short.starts_with("there is no question `é") && short.ends_with("é`"), "{short}");
    }
}
