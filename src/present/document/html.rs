//! A page as one HTML file: its style is in it, nothing else is needed, and there is no script.

use std::io::{self, Write};

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

use super::line::is_general_knowledge;
use super::tree::{Node, tree};
use super::{Block, Document, Line, Mark, Piece, Table};
use crate::present::words;

/// How it looks: on a phone, on paper, by day and by night.
const STYLE: &str = include_str!("page.css");

/// Nothing but our own style may act, and nothing is fetched, whatever a browser is told elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole file.
pub(super) fn written(document: &Document) -> String {
    let mut bytes = b"<!DOCTYPE html>\n".to_vec();
    // Nothing that is written to memory can fail, and all that is written is text.
    let _ = Page { writer: Writer::new(&mut bytes), level: 1, tables: 0, pictures: 0 }.document(document);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// A page being written. All texts pass through the writer, which escapes them.
pub(super) struct Page<W: Write> {
    writer: Writer<W>,
    /// The level of the heading above, from 1.
    level: u8,
    /// The tables so far.
    tables: usize,
    /// The pictures so far.
    pictures: usize,
}

/// Elements within a line.
const INLINE: [&str; 3] = ["a", "span", "strong"];

pub(super) type Written = io::Result<()>;

impl<W: Write> Page<W> {
    fn document(&mut self, document: &Document) -> Written {
        self.within("html", &[("lang", &document.language)], |page| {
            page.within("head", &[], |page| {
                page.empty("meta", &[("charset", "utf-8")])?;
                page.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")])?;
                page.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)])?;
                page.empty("meta", &[("name", "color-scheme"), ("content", "light dark")])?;
                page.within("title", &[], |page| page.words(&document.title))?;
                // The style is ours, and escaping would break it.
                page.within("style", &[], |page| page.writer.write_event(Event::Text(BytesText::from_escaped(STYLE))))
            })?;
            let class = if document.paper { "paper" } else { "" };
            page.within("body", &[], |page| page.within("main", &[("class", class)], |page| page.parts(document)))
        })
    }

    /// What stands before the first heading, with the title, and a section for each heading.
    fn parts(&mut self, document: &Document) -> Written {
        let nodes = tree(&document.blocks);
        let mut parts = nodes.chunk_by(|_, next| !is_heading(next)).peekable();
        let first = parts.next_if(|part| part.first().is_some_and(|node| !is_heading(node))).unwrap_or_default();
        self.within("header", &[], |page| {
            // What cannot wait comes before the title, too.
            let rest = match first {
                [Node::Block(banner @ Block::Banner(_)), rest @ ..] => {
                    page.block(banner)?;
                    rest
                }
                all => all,
            };
            page.within("h1", &[], |page| page.words(&document.title))?;
            page.nodes(rest)
        })?;
        parts.try_for_each(|part| self.within("section", &[], |page| page.nodes(part)))
    }

    fn nodes(&mut self, nodes: &[Node<'_>]) -> Written {
        nodes.iter().try_for_each(|node| match node {
            Node::Block(block) => self.block(block),
            Node::Sources(sources) => self.within("ol", &[("class", "sources")], |page| {
                sources.iter().try_for_each(|(number, line)| {
                    page.within("li", &[("id", &anchor(*number)), ("value", &number.to_string())], |page| {
                        page.line(line)
                    })
                })
            }),
            Node::List(items) => self.within("ul", &[], |page| {
                items.iter().try_for_each(|(line, within)| {
                    page.within("li", &[], |page| {
                        page.line(line)?;
                        page.nodes(within)
                    })
                })
            }),
        })
    }

    fn block(&mut self, block: &Block) -> Written {
        match block {
            Block::Heading(line) => self.heading(2, line),
            Block::Subheading(text) => self.heading(3, &Line::from(text)),
            Block::Name(_, line) => {
                // A name stands a level below the heading above it, and so does each name after it.
                let above = self.level;
                self.heading(above + 1, line)?;
                self.level = above;
                Ok(())
            }
            Block::Banner(line) => self.lines("p", "banner", line),
            Block::Answer(line) => self.lines("p", "answer", line),
            Block::Paragraph(_, line) => self.lines("p", "", line),
            Block::Aside(_, line) => self.lines("p", "aside", line),
            Block::Blank(label) => self.within("p", &[("class", "blank")], |page| page.words(&format!("{label}:"))),
            Block::Table(table) => self.table(table),
            Block::Boxes(_, boxes) => self.within("ul", &[("class", "boxes")], |page| {
                boxes.iter().try_for_each(|(ticked, label)| {
                    let (class, mark) = if *ticked { ("ticked", '\u{2612}') } else { ("box", '\u{2610}') };
                    page.cell("li", &[("class", class)], &format!("{mark}\u{a0}{label}"))
                })
            }),
            Block::Timeline(timeline, _) => {
                self.pictures += 1;
                self.timeline(timeline, self.pictures)
            }
            // The tree has taken these apart.
            Block::Gap | Block::Bullet(..) | Block::Source(..) => Ok(()),
        }
    }

    fn heading(&mut self, level: u8, line: &Line) -> Written {
        self.level = level;
        let element = match level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        self.lines(element, "", line)
    }

    /// A table. The roles say again what the elements mean, which is lost where the style shows rows as cards.
    fn table(&mut self, table: &Table) -> Written {
        self.tables += 1;
        let label = format!("Table {}", self.tables);
        // Where it is too wide it can be moved sideways, also with keys.
        let around = [("class", "table"), ("tabindex", "0"), ("role", "region"), ("aria-label", label.as_str())];
        self.within("div", &around, |page| {
            page.within("table", &[("role", "table")], |page| {
                page.within("thead", &[("role", "rowgroup")], |page| {
                    page.within("tr", &[("role", "row")], |page| {
                        table.header.iter().try_for_each(|name| match name.as_str() {
                            "" => page.within("td", &[("role", "cell")], |_| Ok(())),
                            name => page.cell("th", &[("scope", "col"), ("role", "columnheader")], name),
                        })
                    })
                })?;
                page.within("tbody", &[("role", "rowgroup")], |page| {
                    table.rows.iter().try_for_each(|row| {
                        page.within("tr", &[("role", "row")], |page| {
                            let columns = table.header.iter().zip(row).enumerate();
                            columns.into_iter().try_for_each(|(column, (name, cell))| match column {
                                0 => page.cell("th", &[("scope", "row"), ("role", "rowheader")], cell),
                                _ => page.cell("td", &[("data-column", name), ("role", "cell")], cell),
                            })
                        })
                    })
                })
            })
        })
    }

    /// An element with nothing but words in it.
    pub(super) fn cell(&mut self, element: &str, attributes: &[(&str, &str)], text: &str) -> Written {
        self.within(element, attributes, |page| page.words(text))
    }

    fn line(&mut self, line: &Line) -> Written {
        line.pieces.iter().try_for_each(|piece| match piece {
            Piece::Words(text) => self.words(text),
            Piece::Strong(text) => self.within("strong", &[], |page| page.words(text)),
            Piece::Cite(marks) => self.cite(marks),
            Piece::Link { text, to } => self.within("a", &[("href", to)], |page| page.words(text)),
        })
    }

    fn cite(&mut self, marks: &[Mark]) -> Written {
        let general = is_general_knowledge(marks);
        self.words(" ")?;
        self.within("span", &[("class", "cite")], |page| {
            marks.iter().try_for_each(|mark| {
                let star = if general || mark.reviewed { "" } else { "*" };
                page.within("a", &[("href", &format!("#{}", anchor(mark.number)))], |page| {
                    page.words(&format!("[{}{star}]", mark.number))
                })
            })?;
            if general { page.words(&format!(" {}", words::GENERAL_KNOWLEDGE)) } else { Ok(()) }
        })
    }

    /// An element with a line in it.
    fn lines(&mut self, element: &str, class: &str, line: &Line) -> Written {
        self.within(element, &[("class", class)], |page| page.line(line))
    }

    fn words(&mut self, text: &str) -> Written {
        self.writer.write_event(Event::Text(BytesText::new(text)))
    }

    fn empty(&mut self, element: &str, attributes: &[(&str, &str)]) -> Written {
        self.writer.create_element(element).with_attributes(attributes.iter().copied()).write_empty()?;
        self.words("\n")
    }

    /// An element with something in it; an empty class is none.
    pub(super) fn within(
        &mut self,
        element: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Self) -> Written,
    ) -> Written {
        let attributes = attributes.iter().copied().filter(|attribute| *attribute != ("class", ""));
        let start = BytesStart::new(element).with_attributes(attributes);
        self.writer.write_event(Event::Start(start))?;
        inner(self)?;
        self.writer.write_event(Event::End(BytesEnd::new(element)))?;
        // Between words a line end would be a blank.
        if INLINE.contains(&element) { Ok(()) } else { self.words("\n") }
    }
}

fn is_heading(node: &Node<'_>) -> bool {
    matches!(node, Node::Block(Block::Heading(_)))
}

/// The id of a source in the list.
fn anchor(number: usize) -> String {
    format!("source-{number}")
}
