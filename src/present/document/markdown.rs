//! A page as Markdown: `CommonMark`, with tables as GitHub has them.

use super::line::is_general_knowledge;
use super::tree::{Node, tree};
use super::{BLANK, Block, Document, Line, Mark, Piece, Table};
use crate::present::words;

/// The whole page.
pub(super) fn written(document: &Document) -> String {
    let mut text = format!("# {}\n", escaped(&document.title));
    nodes(&tree(&document.blocks), "", &mut text);
    text
}

fn nodes(nodes: &[Node<'_>], margin: &str, text: &mut String) {
    for node in nodes {
        match node {
            Node::Block(block) => {
                text.push('\n');
                self::block(block, margin, text);
            }
            Node::Sources(sources) => {
                text.push('\n');
                for (number, line) in sources {
                    text.push_str(&format!("{number}. {}\n", self::line(line)));
                }
            }
            Node::List(items) => {
                text.push('\n');
                for (line, within) in items {
                    text.push_str(&format!("{margin}- {}\n", self::line(line)));
                    self::nodes(within, &format!("{margin}  "), text);
                }
            }
        }
    }
}

fn block(block: &Block, margin: &str, text: &mut String) {
    let written = match block {
        Block::Heading(heading) => format!("## {}", line(heading)),
        Block::Subheading(heading) => format!("### {}", escaped(heading)),
        Block::Banner(line) | Block::Answer(line) | Block::Name(_, line) => strong(line),
        Block::Paragraph(_, line) | Block::Aside(_, line) => self::line(line),
        Block::Blank(label) => format!("{}: {}", escaped(label), escaped(BLANK)),
        Block::Table(table) | Block::Timeline(_, table) => self::table(table),
        Block::Boxes(_, boxes) => {
            let row = |(ticked, label): &(bool, String)| {
                format!("- [{}] {}\n", if *ticked { "x" } else { " " }, escaped(label))
            };
            boxes.iter().map(row).collect()
        }
        // The tree has taken these apart.
        Block::Gap | Block::Bullet(..) | Block::Source(..) => String::new(),
    };
    for line in written.lines() {
        text.push_str(&format!("{margin}{line}\n"));
    }
}

fn table(table: &Table) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let line = format!("|{}\n", " --- |".repeat(table.header.len()));
    row(&table.header) + &line + &table.rows.iter().map(|cells| row(cells)).collect::<String>()
}

fn line(line: &Line) -> String {
    let text: String = line.pieces.iter().map(piece).collect();
    text.trim_end().to_owned()
}

/// A line of weight: its words are strong, what is cited after them stays as it is.
fn strong(line: &Line) -> String {
    let cited = line.pieces.iter().position(|piece| matches!(piece, Piece::Cite(_))).unwrap_or(line.pieces.len());
    let (words, cites) = line.pieces.split_at_checked(cited).unwrap_or_default();
    let words = words.iter().map(|piece| match piece {
        Piece::Strong(text) => escaped(text),
        other => self::piece(other),
    });
    let words = words.collect::<String>();
    let words = if words.trim().is_empty() { String::new() } else { format!("**{}**", words.trim()) };
    words + &cites.iter().map(piece).collect::<String>()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Words(text) => escaped(text),
        // Four stars in a row mark nothing: they would be read as stars.
        Piece::Strong(text) if text.is_empty() => String::new(),
        Piece::Strong(text) => format!("**{}**", escaped(text)),
        Piece::Cite(marks) => cited(marks),
        Piece::Link { text, to } => format!("[{}](<{}>)", escaped(text), address(to)),
    }
}

/// An address without the signs that would end it here.
fn address(to: &str) -> String {
    to.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

fn cited(marks: &[Mark]) -> String {
    let general = is_general_knowledge(marks);
    let marks =
        marks.iter().map(|mark| format!("{}{}", mark.number, if general || mark.reviewed { "" } else { "\\*" }));
    let marks = marks.collect::<Vec<_>>().join(", ");
    let general = if general { format!(": {}", words::GENERAL_KNOWLEDGE) } else { String::new() };
    format!(" \\[{marks}{general}\\]")
}

/// Words that mean nothing but themselves: each sign that could mark something is escaped. A number at the start of a line
/// could begin a list; so could a dash.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (place, letter) in text.char_indices() {
        let begins = text.get(..place).is_some_and(|before| before.chars().all(|letter| letter.is_ascii_digit()));
        let marks = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
            '#' | '+' | '-' | '=' => place == 0,
            '.' | ')' => place > 0 && begins,
            _ => false,
        };
        if marks {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_mark_something_is_escaped() {
        assert_eq!(escaped("a *b* <i> [c](d) 1. e"), r"a \*b\* \<i\> \[c\](d) 1. e");
        assert_eq!(escaped("1. first"), r"1\. first");
        assert_eq!(escaped("- first"), r"\- first");
        assert_eq!(escaped("# x | y"), r"\# x \| y");
    }

    #[test]
    fn nothing_is_never_strong() {
        let empty = Line::from("asked? ").with(Piece::Strong(String::new()));
        assert_eq!(line(&empty), "asked?");
        assert_eq!(strong(&Line::from("")), "");
    }

    #[test]
    fn what_belongs_to_an_item_stands_in_it() {
        let mut document = Document::new("Title", "en");
        document.heading("Part");
        document.bullet(0, "one");
        document.paragraph(2, "more of one");
        document.bullet(0, "two");
        document.paragraph(0, "after");
        assert_eq!(document.markdown(), "# Title\n\n## Part\n\n- one\n\n  more of one\n- two\n\nafter\n");
    }
}
