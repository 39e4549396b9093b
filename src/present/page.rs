//! A page of text: wrapped to a width, styled where colour is wanted.

use std::borrow::Cow;

use console::Style;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::source::is_hidden;

/// What a page can show.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Columns; texts are wrapped to it.
    pub width: usize,
    /// Whether styles may be used.
    pub color: bool,
}

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 88;
/// Below this nothing reads well; better to let the terminal wrap.
const NARROWEST: usize = 24;

impl Page {
    /// A page for a terminal of `columns`.
    pub fn new(columns: usize, color: bool) -> Self {
        Self { width: columns.clamp(NARROWEST, WIDEST), color }
    }
}

/// Text being written to a page.
pub(super) struct Sheet {
    page: Page,
    text: String,
}

impl Sheet {
    pub(super) fn new(page: Page) -> Self {
        Self { page, text: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn styled(&self, style: &Style, text: &str) -> String {
        if self.page.color { style.clone().force_styling(true).apply_to(text).to_string() } else { text.to_owned() }
    }

    /// An empty line, unless one is there.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The one thing to see first.
    pub(super) fn banner(&mut self, text: &str) {
        let style = Style::new().bold().red();
        self.wrapped("", "", text, &style);
    }

    /// The heading of a part.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        let style = Style::new().bold();
        self.wrapped("", "", text, &style);
        let widest = text.lines().map(textwrap::core::display_width).max().unwrap_or(0);
        let line = "-".repeat(widest.min(self.page.width));
        self.line(&self.styled(&Style::new().dim(), &line));
    }

    /// A heading within a part.
    pub(super) fn subheading(&mut self, text: &str) {
        self.gap();
        self.wrapped("", "", text, &Style::new().bold());
    }

    /// A paragraph, indented by so many columns.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str) {
        let indent = " ".repeat(indent);
        self.wrapped(&indent, &indent, text, &Style::new());
    }

    /// A paragraph of less weight.
    pub(super) fn aside(&mut self, indent: usize, text: &str) {
        let indent = " ".repeat(indent);
        self.wrapped(&indent, &indent, text, &Style::new().dim());
    }

    /// An item of a list.
    pub(super) fn bullet(&mut self, indent: usize, text: &str) {
        let first = format!("{}- ", " ".repeat(indent));
        let rest = " ".repeat(indent + 2);
        self.wrapped(&first, &rest, text, &Style::new());
    }

    /// An item of a list with a mark of its own.
    pub(super) fn entry(&mut self, mark: &str, text: &str) {
        let rest = " ".repeat(textwrap::core::display_width(mark) + 1);
        self.wrapped(&format!("{mark} "), &rest, text, &Style::new());
    }

    /// Boxes to tick, one after the other: `[x] label`. A line may end within a label, never within a box.
    pub(super) fn boxes(&mut self, indent: usize, boxes: &[(bool, String)]) {
        const UNBREAKABLE: &str = "\u{a0}";
        let boxed = |(ticked, label): &(bool, String)| {
            format!("[{}]{UNBREAKABLE}{label}", if *ticked { "x" } else { UNBREAKABLE })
        };
        let boxes: Vec<String> = boxes.iter().map(boxed).collect();
        let margin = " ".repeat(indent);
        for line in wrap(&boxes.join("  "), self.page.width, &margin, &margin) {
            self.line(&line.replace(UNBREAKABLE, " "));
        }
    }

    /// A name of weight, alone on its line.
    pub(super) fn name(&mut self, indent: usize, text: &str) {
        let indent = " ".repeat(indent);
        self.wrapped(&indent, &indent, text, &Style::new().bold().cyan());
    }

    /// Ready lines, such as a table.
    pub(super) fn block(&mut self, lines: &str) {
        for line in lines.lines() {
            self.line(line.trim_end());
        }
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str, style: &Style) {
        for line in wrap(text, self.page.width, first, rest) {
            let body = line.trim_start_matches(' ');
            let margin = line.len() - body.len();
            let styled = format!("{}{}", " ".repeat(margin), self.styled(style, body));
            self.line(&styled);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Text broken into lines at spaces alone: an address or a number must stay whole to be copied.
pub fn wrap(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::wrap(text, options).into_iter().map(Cow::into_owned).collect()
}

/// Text broken into lines none of which is wider than `width`, within words where it must be. Letters count as the bytes
/// they take, if those are more than their columns: menus are redrawn by a library that counts so.
pub fn wrap_whole(text: &str, width: usize) -> Vec<String> {
    let mut columns = width.max(1);
    loop {
        let options = Options::new(columns).word_separator(WordSeparator::AsciiSpace);
        let lines = textwrap::wrap(text, options.word_splitter(WordSplitter::NoHyphenation).break_words(true));
        if columns == 1 || lines.iter().all(|line| line.len() <= width) {
            return lines.into_iter().map(Cow::into_owned).collect();
        }
        columns -= 1;
    }
}

/// Foreign text made safe for a terminal: what cannot be seen is shown as its number.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| if is_hidden(letter) { format!("<U+{:04X}>", u32::from(letter)) } else { letter.to_string() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_shows_what_would_act_on_a_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\n"), "a<U+001B>[31mb<U+202E>c<U+000A>");
        assert_eq!(clean("knee é 膝"), "knee é 膝");
    }

    #[test]
    fn no_line_of_a_menu_takes_more_bytes_than_columns() {
        for text in ["膝が痛いし腫れている", "Übermäßige Müdigkeit über Länge", "averylongwordwithoutanyblanks", ""]
        {
            let lines = wrap_whole(text, 10);
            assert!(lines.iter().all(|line| line.len() <= 10), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn paragraphs_wrap_and_keep_their_indent() {
        let mut sheet = Sheet::new(Page { width: 24, color: false });
        sheet.bullet(2, "one two three four five six");
        assert_eq!(sheet.finish(), "  - one two three four\n    five six\n");
    }

    #[test]
    fn no_style_without_color() {
        for color in [false, true] {
            let mut sheet = Sheet::new(Page { width: 40, color });
            sheet.heading("Plan");
            sheet.banner("Now");
            assert_eq!(sheet.finish().contains('\u{1b}'), color);
        }
    }
}
