//! Data flows one way: a module may import only from those before it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the direction of the flow; those of one row do not know each other.
const FLOW: &[&[&str]] = &[
    &["source", "suggest", "parallel"],
    &["diagnostic"],
    &["model"],
    &["load"],
    &["builtin", "answers", "contacts"],
    &["decide"],
    &["prove"],
    &["interview", "explain", "check", "diff", "cases"],
    &["coverage", "mutation", "quiz", "referral"],
    &["present"],
    &["cli"],
];

fn row_of(module: &str) -> usize {
    FLOW.iter()
        .position(|row| row.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` has no place in the flow; add it to tests/layering.rs"))
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The modules of this crate that a file names, in `use` lines or in full. Comments may point anywhere.
fn imports(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let text = code.join("\n");
    text.match_indices("crate::")
        .filter(|(at, _)| !text[..*at].ends_with('$'))
        .map(|(at, word)| {
            text[at + word.len()..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>()
        })
        .filter(|module| !module.is_empty())
        .collect()
}

#[test]
fn no_module_imports_against_the_flow() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut checked = 0;
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let top = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = top.strip_suffix(".rs").unwrap_or(top);
        if ["lib", "main", "build"].contains(&module) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for import in imports(&text) {
            assert!(
                import == module || row_of(&import) < row_of(module),
                "{} imports `{import}` against the flow",
                inside.display()
            );
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} imports were seen; does the test still find them?");
}
