//! What cases exercise, as people read it.

use super::TestRun;
use crate::cases::Share;
use crate::coverage::{Item, Kind, Seen};
use crate::present::page::{Page, Sheet, wrap};
use crate::present::place::place;
use crate::present::table::table;
use crate::present::words;

/// "97.5 %", "100 %"; a dash of nothing.
pub(super) fn percent(share: Share) -> String {
    match share.tenths().map(|tenths| (tenths / 10, tenths % 10)) {
        None => "-".to_owned(),
        Some((whole, 0)) => format!("{whole} %"),
        Some((whole, tenth)) => format!("{whole}.{tenth} %"),
    }
}

/// All kinds in a line or two; what there is none of is left out.
pub(super) fn line(run: &TestRun<'_>, page: Page, sheet: &mut Sheet) {
    let shares = Kind::ALL.map(|kind| (kind, run.coverage.share(kind)));
    let shares: Vec<String> = shares
        .into_iter()
        .filter(|(_, share)| share.of > 0)
        .map(|(kind, share)| format!("{} {}", kind.name(), percent(share)))
        .collect();
    // A number stays beside its sign while the line is broken.
    let text = format!("Coverage: {}", shares.join(", ")).replace(" %", "\u{a0}%");
    sheet.block(&wrap(&text, page.width, "", "").join("\n").replace('\u{a0}', " "));
}

/// All kinds in a table.
pub(super) fn kinds(run: &TestRun<'_>, page: Page, sheet: &mut Sheet) {
    sheet.heading("Coverage");
    let header = ["What".to_owned(), "Covered".to_owned(), "Share".to_owned()];
    let rows: Vec<Vec<String>> = Kind::ALL
        .into_iter()
        .map(|kind| (kind, run.coverage.share(kind)))
        .map(|(kind, share)| vec![kind.name().to_owned(), format!("{} of {}", share.part, share.of), percent(share)])
        .collect();
    match table(page, &header, &rows) {
        Some(table) => sheet.block(&table),
        None => rows.iter().for_each(|row| sheet.paragraph(0, &row.join(": "))),
    }
}

/// What is not covered, kind by kind, with its place.
pub(super) fn missing(run: &TestRun<'_>, sheet: &mut Sheet) {
    for kind in run.listed() {
        let missing: Vec<&Item> = run.coverage.missing().filter(|item| item.kind == kind).collect();
        if missing.is_empty() {
            continue;
        }
        sheet.subheading(&format!("Not covered: {}", kind.name()));
        for item in missing {
            sheet.bullet(0, &item_text(run, item));
        }
    }
}

fn item_text(run: &TestRun<'_>, item: &Item) -> String {
    let what = if item.kind == Kind::Conditions { item.what.clone() } else { format!("`{}`", item.what) };
    let how = match item.seen {
        Seen::Yes | Seen::No => "",
        Seen::OnlyHolding => " decides only where it holds",
        Seen::OnlyFailing => " decides only where it does not hold",
    };
    let place = item.span.map_or_else(String::new, |span| format!(" ({})", place(run.rules.texts(), span)));
    format!("{what}{how}{place}")
}

/// What is below what was asked for, as sentences.
pub(super) fn below(run: &TestRun<'_>, sheet: &mut Sheet) {
    for (kind, share, floor) in run.below() {
        let what = words::capitalised(kind.name());
        sheet.paragraph(0, &format!("{what}: {} is below {} %.", percent(share), floor.percent()));
    }
}
