//! What a page says, block by block, before it is written as text, Markdown or HTML.

mod html;
mod line;
mod markdown;
mod timeline;
mod tree;

pub(super) use line::{Line, Mark, Piece};
pub(super) use timeline::{Stage, Start, Timeline};

use super::page::{Page, Sheet};
use super::table::table;

/// A page for people: said once, written as text, Markdown or HTML.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is, in a few words.
    title: String,
    /// The language of its texts, a BCP 47 tag.
    language: String,
    /// It is made for one sheet of paper: its title stands on it in text, too, and it is set close.
    paper: bool,
    blocks: Vec<Block>,
}

/// A part of a page. An indent says that it belongs to the item of a list above it that is indented less.
#[derive(Debug, Clone)]
enum Block {
    /// Room above what follows; in HTML that is for the style to say.
    Gap,
    /// The one thing to see first.
    Banner(Line),
    /// The heading of a part.
    Heading(Line),
    /// A heading within a part.
    Subheading(String),
    /// A name of weight, below which stands what belongs to it.
    Name(usize, Line),
    /// The one sentence that the page is read for.
    Answer(Line),
    /// A paragraph.
    Paragraph(usize, Line),
    /// A paragraph of less weight.
    Aside(usize, Line),
    /// An item of a list.
    Bullet(usize, Line),
    /// Boxes to tick, each ticked or not.
    Boxes(usize, Vec<(bool, String)>),
    /// A label with room to write after it.
    Blank(String),
    /// A source, with its number in the list of them.
    Source(usize, Line),
    /// A table.
    Table(Table),
    /// A plan as a picture, and the table that stands for it where there are no pictures.
    Timeline(Timeline, Table),
}

/// Room to write, where there is nothing but letters.
const BLANK: &str = "____________________";

/// A table, and what stands for it where there is no room.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The names of the columns.
    pub(super) header: Vec<String>,
    /// The rows, each with a cell for each column; the first cell names the row.
    pub(super) rows: Vec<Vec<String>>,
    /// What says the same on a page too narrow for it.
    pub(super) narrow: Vec<(String, Vec<String>)>,
}

impl Document {
    /// An empty page.
    pub(super) fn new(title: &str, language: &str) -> Self {
        Self { title: title.to_owned(), language: language.to_owned(), paper: false, blocks: Vec::new() }
    }

    /// An empty sheet of paper.
    pub(super) fn paper(title: &str, language: &str) -> Self {
        Self { paper: true, ..Self::new(title, language) }
    }

    pub(super) fn gap(&mut self) {
        self.blocks.push(Block::Gap);
    }

    pub(super) fn banner(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Banner(text.into()));
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.heading_line(Line::from(text));
    }

    /// A heading with more than words in it.
    pub(super) fn heading_line(&mut self, line: Line) {
        self.blocks.push(Block::Heading(line));
    }

    pub(super) fn subheading(&mut self, text: &str) {
        self.blocks.push(Block::Subheading(text.to_owned()));
    }

    pub(super) fn name(&mut self, indent: usize, text: impl Into<Line>) {
        self.blocks.push(Block::Name(indent, text.into()));
    }

    pub(super) fn answer(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Answer(text.into()));
    }

    pub(super) fn paragraph(&mut self, indent: usize, text: impl Into<Line>) {
        self.blocks.push(Block::Paragraph(indent, text.into()));
    }

    pub(super) fn aside(&mut self, indent: usize, text: impl Into<Line>) {
        self.blocks.push(Block::Aside(indent, text.into()));
    }

    pub(super) fn bullet(&mut self, indent: usize, text: impl Into<Line>) {
        self.blocks.push(Block::Bullet(indent, text.into()));
    }

    /// Nothing where there are none.
    pub(super) fn boxes(&mut self, indent: usize, boxes: Vec<(bool, String)>) {
        if !boxes.is_empty() {
            self.blocks.push(Block::Boxes(indent, boxes));
        }
    }

    pub(super) fn blank(&mut self, label: &str) {
        self.blocks.push(Block::Blank(label.to_owned()));
    }

    pub(super) fn source(&mut self, number: usize, text: impl Into<Line>) {
        self.blocks.push(Block::Source(number, text.into()));
    }

    pub(super) fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    pub(super) fn timeline(&mut self, timeline: Timeline, table: Table) {
        self.blocks.push(Block::Timeline(timeline, table));
    }

    /// As text, wrapped and styled for a page. The title is left out, but on paper: who reads it has just asked for it.
    pub fn text(&self, page: Page) -> String {
        let mut sheet = Sheet::new(page);
        if self.paper {
            sheet.subheading(&self.title);
        }
        for block in &self.blocks {
            match block {
                Block::Gap => sheet.gap(),
                Block::Banner(line) => sheet.banner(&line.text()),
                // Lines under headings would take room from what has to fit.
                Block::Heading(line) if self.paper => sheet.subheading(&line.text()),
                Block::Heading(line) => sheet.heading(&line.text()),
                Block::Subheading(text) => sheet.subheading(text),
                Block::Name(indent, line) => sheet.name(*indent, &line.text()),
                Block::Answer(line) => sheet.name(0, &line.text()),
                Block::Paragraph(indent, line) => sheet.paragraph(*indent, &line.text()),
                Block::Aside(indent, line) => sheet.aside(*indent, &line.text()),
                Block::Bullet(indent, line) => sheet.bullet(*indent, &line.text()),
                Block::Boxes(indent, boxes) => sheet.boxes(*indent, boxes),
                Block::Blank(label) => sheet.paragraph(0, &format!("{label}: {BLANK}")),
                Block::Source(number, line) => sheet.entry(&format!("[{number}]"), &line.text()),
                Block::Table(rows) | Block::Timeline(_, rows) => match table(page, &rows.header, &rows.rows) {
                    Some(lines) => sheet.block(&lines),
                    None => {
                        for (name, lines) in &rows.narrow {
                            sheet.name(0, name);
                            for line in lines {
                                sheet.paragraph(2, line);
                            }
                        }
                    }
                },
            }
        }
        sheet.finish()
    }

    /// As Markdown (`CommonMark`, with tables as GitHub has them).
    pub fn markdown(&self) -> String {
        markdown::written(self)
    }

    /// As one HTML file: without script, without anything from elsewhere.
    pub fn html(&self) -> String {
        html::written(self)
    }
}
