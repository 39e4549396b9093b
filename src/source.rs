//! Texts that were read, and places in them.

use std::ops::Range;

/// Which of the texts read together a [`Span`] points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A place in a text: a range of bytes.
///
/// Ordered by file, then by place, so that diagnostics sort into reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    file: FileId,
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes `range` of `file`. Texts are limited to far less than 4 GiB, so offsets saturate.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: narrow(range.start), end: narrow(range.end.max(range.start)) }
    }

    /// The file the place is in.
    pub fn file(self) -> FileId {
        self.file
    }

    /// The bytes of the place.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text with the name it is shown under.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// What the file is called in messages: its path as the person gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// All texts that were read together.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    files: Vec<TextFile>,
    marks: Vec<Marks>,
}

impl Texts {
    /// Adds a text and returns the name by which spans refer to it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let text = text.into();
        self.marks.push(Marks::of(&text));
        self.files.push(TextFile { name: name.into(), text });
        id
    }

    /// The text behind `id`; `None` for an id of other texts.
    pub fn get(&self, id: FileId) -> Option<&TextFile> {
        self.files.get(id.0 as usize)
    }

    /// The characters at `span`; empty where the span does not lie in a text.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text.get(span.range())).unwrap_or("")
    }

    /// Line and column of the start of `span`.
    pub fn line_column(&self, span: Span) -> LineColumn {
        let index = span.file.0 as usize;
        let (Some(file), Some(marks)) = (self.files.get(index), self.marks.get(index)) else {
            return LineColumn { line: 1, column: 1 };
        };
        let text = file.text.as_str();
        let start = span.range().start;
        let offset = if text.is_char_boundary(start) { start } else { text.len() };
        let (from, place) = marks.before(offset);
        place.after(text.get(from..offset).unwrap_or(""))
    }
}

impl LineColumn {
    /// The place at the end of `text`, which begins here.
    fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { line: self.line, column: self.column + text.chars().count() },
            Some(newline) => Self {
                line: self.line + text.matches('\n').count(),
                column: text.get(newline + 1..).unwrap_or("").chars().count() + 1,
            },
        }
    }
}

/// The places of some offsets in a text, so that none has to be counted from its beginning: thousands of faults in a
/// long text are told as quickly as one.
#[derive(Debug, Clone)]
struct Marks(Vec<(usize, LineColumn)>);

impl Marks {
    /// Bytes between two marks.
    const STEP: usize = 512;

    fn of(text: &str) -> Self {
        let mut marks = Vec::new();
        let (mut from, mut place) = (0, LineColumn { line: 1, column: 1 });
        while from < text.len() {
            marks.push((from, place));
            let mut to = (from + Self::STEP).min(text.len());
            while !text.is_char_boundary(to) {
                to += 1;
            }
            place = place.after(text.get(from..to).unwrap_or(""));
            from = to;
        }
        Self(marks)
    }

    /// The last mark at or before `offset`.
    fn before(&self, offset: usize) -> (usize, LineColumn) {
        let after = self.0.partition_point(|(mark, _)| *mark <= offset);
        let last = after.checked_sub(1).and_then(|last| self.0.get(last));
        last.copied().unwrap_or((0, LineColumn { line: 1, column: 1 }))
    }
}

/// Whether a character cannot be seen and may hide or fake text: C0, C1, line and paragraph separators, and those that
/// turn the direction of text.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut texts = Texts::default();
        let file = texts.add("a.yaml", "one\né: ü x\n");
        let place = texts.line_column(Span::new(file, 11..12));
        assert_eq!(place, LineColumn { line: 2, column: 6 });
        assert_eq!(texts.slice(Span::new(file, 11..12)), "x");
    }

    #[test]
    fn places_in_a_long_text_are_those_counted_from_its_beginning() {
        let text: String = (0..3_000).map(|number| if number % 700 == 0 { "\n" } else { "é膝x " }).collect();
        let mut texts = Texts::default();
        let file = texts.add("a.yaml", text.clone());
        for (offset, _) in text.char_indices().step_by(97) {
            let counted = LineColumn { line: 1, column: 1 }.after(&text[..offset]);
            assert_eq!(texts.line_column(Span::new(file, offset..offset)), counted, "at {offset}");
        }
    }

    #[test]
    fn a_span_outside_the_text_is_harmless() {
        let mut texts = Texts::default();
        let file = texts.add("a.yaml", "é");
        assert_eq!(texts.slice(Span::new(file, 1..9)), "");
        assert_eq!(texts.line_column(Span::new(file, 99..100)).line, 1);
    }
}
