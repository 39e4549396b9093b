//! The page on each code. What it says stands in `docs/diagnostics.md` and nowhere else.

use super::page::{Page, Sheet};
use crate::diagnostic::Code;

const PAGES: &str = include_str!("../../docs/diagnostics.md");

/// The page on a code, without its heading, as Markdown. Empty if there is none; a test keeps that from happening.
pub(super) fn markdown(code: Code) -> &'static str {
    let heading = format!("\n### `{code}`\n");
    let Some((_, rest)) = PAGES.split_once(&heading) else {
        return "";
    };
    let end = ["\n### ", "\n## "].iter().filter_map(|next| rest.find(next)).min().unwrap_or(rest.len());
    rest.get(..end).unwrap_or("").trim()
}

/// The page on a code.
pub fn code_page(code: Code, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.heading(code.name());
    for block in blocks(markdown(code)) {
        match block {
            Block::Paragraph(text) => sheet.paragraph(0, &text),
            Block::Example(lines) => sheet.block(&lines),
        }
        sheet.gap();
    }
    let text = sheet.finish();
    format!("{}\n", text.trim_end())
}

/// What a code is about in a few sentences: its page up to the example.
pub(super) fn description(code: Code) -> String {
    let paragraphs = blocks(markdown(code)).into_iter().map_while(|block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Example(_) => None,
    });
    // The first one is the severity and the meaning.
    let told: Vec<String> = paragraphs.skip(1).collect();
    if told.is_empty() { code.meaning().to_owned() } else { told.join("\n\n") }
}

/// A part of a page.
enum Block {
    /// Text on one line, to be wrapped.
    Paragraph(String),
    /// Lines that stay as they are, indented.
    Example(String),
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut example: Option<String> = None;
    for line in markdown.lines().chain([""]) {
        match &mut example {
            Some(lines) if line.starts_with("```") => blocks.push(Block::Example(std::mem::take(lines))),
            Some(lines) => lines.push_str(&format!("    {line}\n")),
            None if line.is_empty() && !paragraph.is_empty() => {
                blocks.push(Block::Paragraph(paragraph.join(" ").replace("**", "")));
                paragraph.clear();
            }
            None if !line.starts_with("```") => paragraph.extend(Some(line).filter(|line| !line.is_empty())),
            None => {}
        }
        if line.starts_with("```") {
            example = if example.is_some() { None } else { Some(String::new()) };
        }
    }
    blocks
}
