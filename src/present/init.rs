//! What is said of a folder with rules of one's own: what is in it, and what to type next.

use serde::Serialize;

use super::json::one_line;
use super::page::{Page, wrap};
use super::words;

/// So many files were written to `folder`; `rules` and `cases` are the folders in it as they are typed.
pub fn init_text(folder: &str, files: usize, rules: &str, cases: &str, page: Page) -> String {
    let written = format!(
        "{} written to {folder}: the rules, their cases, and a README. Try this next:",
        words::count(files, "file", "files")
    );
    // Commands are to be copied, so they are not wrapped.
    let next = [
        format!("  carepath --rules {rules}"),
        format!("  carepath check --rules {rules}"),
        format!("  carepath test --rules {rules} {cases}"),
    ];
    wrap(&written, page.width, "", "").into_iter().chain([String::new()]).chain(next).map(|line| line + "\n").collect()
}

/// The files that were written, as one line of JSON.
pub fn init_json(written: &[String]) -> String {
    #[derive(Serialize)]
    struct Written<'a> {
        written: &'a [String],
    }
    one_line(&Written { written })
}
