//! Words, tables and JSON: how a decision, a comparison or a fault reads. Pure: texts come back as strings.

mod answer;
mod asked;
mod check;
mod citations;
mod code_page;
mod compare;
mod counterexample;
mod diagnostics;
mod diff;
mod document;
mod explain;
mod init;
mod json;
mod news;
mod own_words;
mod page;
mod place;
mod quiz;
mod referral;
mod result;
mod sarif;
mod table;
mod tested;
mod why;
mod words;

pub use asked::{asked_again, given, no_longer_used};
pub use check::{Checked, Proved, Told, checked_json, checked_short, checked_text};
pub use code_page::code_page;
pub use compare::{compare_json, comparison, service, service_json};
pub use diagnostics::diagnostics_text;
pub use diff::{diff_json, diff_text};
pub use document::Document;
pub use explain::{
    Absence, changed, changed_json, explained, explained_json, what_changed, what_if, what_if_json, why_not,
    why_not_json,
};
pub use init::{init_json, init_text};
pub use json::one_line;
pub use news::news;
pub use page::{Page, clean, wrap, wrap_whole};
pub use quiz::{
    NOBODY, left_out, level_in_words, professional_row, quiz_introduction, score_json, score_text, story_text,
    verdict_json, verdict_text,
};
pub use referral::{referral, referral_json};
pub use result::{introduction, reminder, report, result, result_json};
pub use sarif::checked_sarif;
pub use tested::{TestRun, Totals, mutant_text, tested_json, tested_junit, tested_text};
pub use why::why;
pub use words::{capitalised, count, unfit};
