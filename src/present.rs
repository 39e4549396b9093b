//! Words, tables and JSON: how a decision, a comparison or a fault reads. Pure: texts come back as strings.

mod compare;
mod diagnostics;
mod json;
mod page;
mod result;
mod table;
mod words;

pub use compare::{compare_json, compare_text};
pub use diagnostics::{diagnostics_json, diagnostics_text};
pub use json::{one_line, result_json};
pub use page::{Page, clean, wrap, wrap_whole};
pub use result::{introduction, result_text};
pub use words::{count, unfit, why};
