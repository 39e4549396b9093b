//! Tables that fit a page.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use console::measure_text_width;

use super::page::Page;

/// A table as wide as the page at the most, with nothing but bars and a line under its header. None where a word would
/// have to be broken.
pub(super) fn table(page: Page, header: &[String], rows: &[Vec<String>]) -> Option<String> {
    let cells = |column: usize| {
        let rows = std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
        rows.filter_map(move |row| row.get(column))
    };
    let longest_word =
        |column| cells(column).flat_map(|cell| cell.split(' ')).map(measure_text_width).max().unwrap_or(0);
    let longest_cell = |column| cells(column).map(|cell| measure_text_width(cell)).max().unwrap_or(0);
    // What each column has and what it could use; the neediest gets what is left, column by column.
    let mut widths: Vec<(usize, usize)> =
        (0..header.len()).map(|column| (longest_word(column), longest_cell(column))).collect();
    let taken: usize = widths.iter().map(|(has, _)| has + PADDING).sum::<usize>() + header.len() + 1;
    for _ in 0..page.width.checked_sub(taken)? {
        if let Some((has, _)) =
            widths.iter_mut().filter(|(has, wants)| has < wants).max_by_key(|(has, wants)| wants - *has)
        {
            *has += 1;
        }
    }
    let mut table = Table::new();
    table
        .load_style(presets::ASCII_MARKDOWN)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(page.width).unwrap_or(u16::MAX))
        .set_header(header)
        .add_rows(rows);
    for (column, (width, _)) in table.column_iter_mut().zip(widths) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
            u16::try_from(width + PADDING).unwrap_or(u16::MAX),
        )));
    }
    Some(table.to_string())
}

/// A blank on each side of a cell.
const PADDING: usize = 2;
