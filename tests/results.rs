//! What a person reads in the end: for each answer file in `tests/results/` the whole text, wrapped to 60 columns.
//!
//! To add one, write `NAME.yaml` and run `BLESS=1 cargo test --test results`; then read `NAME.txt` as somebody would who
//! is worried, and change the words until they would understand it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::Carepath;

/// The answer files, in the order of their names.
fn answer_files() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/results").expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files
}

fn result_of(answers: &Path) -> String {
    Carepath::new(["decide".as_ref(), answers.as_os_str()]).run().out
}

#[test]
fn results_read_as_they_should() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for answers in answer_files() {
        let (golden, got) = (answers.with_extension("txt"), result_of(&answers));
        if bless {
            fs::write(&golden, &got).expect("a file");
        } else if fs::read_to_string(&golden).unwrap_or_default() != got {
            wrong.push_str(&format!("=== {} should read:\n{got}\n", golden.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nIf these read better, run: BLESS=1 cargo test --test results");
}

/// Those that show the most of a report, one that has to be short, and one with a number to call.
const REPORTS: [&str; 3] = ["emergency", "on-hold", "two-phases"];

#[test]
fn reports_read_as_they_should() {
    for name in REPORTS {
        let answers = Path::new("tests/results").join(name).with_extension("yaml");
        let golden = answers.with_extension("md");
        let got = Carepath::new(["decide".as_ref(), answers.as_os_str()]).arg("--format").arg("markdown").run().out;
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &got).expect("a file");
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        assert!(wanted == got, "{} should read:\n{got}", golden.display());
    }
}

#[test]
fn every_result_text_has_its_answers() {
    for entry in fs::read_dir("tests/results").expect("a folder") {
        let path = entry.expect("an entry").path();
        assert!(path.with_extension("yaml").exists(), "{} belongs to no answers", path.display());
    }
}

#[test]
fn no_line_is_wider_than_asked_for() {
    for columns in [24, 60] {
        for answers in answer_files() {
            let run =
                Carepath::new(["decide".as_ref(), answers.as_os_str()]).env("COLUMNS", &columns.to_string()).run();
            for line in run.out.lines() {
                let too_wide = line.chars().count() > columns;
                // An address or a name stays whole, to be copied; it stands alone on its line then.
                let one_word = !line.trim().trim_start_matches("- ").contains(' ');
                assert!(!too_wide || one_word, "{} at {columns}: {line}", answers.display());
            }
        }
    }
}

#[test]
fn an_unusable_width_is_not_used() {
    let usual = Carepath::new(["decide", "tests/results/two-phases.yaml"]).env("COLUMNS", "80").run();
    for odd in ["", "wide", "-3"] {
        let run = Carepath::new(["decide", "tests/results/two-phases.yaml"]).env("COLUMNS", odd).run();
        run.out_is(&usual.out);
    }
}

#[test]
fn in_an_emergency_the_number_comes_first() {
    for name in ["emergency", "emergency-later"] {
        let text = result_of(&Path::new("tests/results").join(name).with_extension("yaml"));
        assert!(text.starts_with("EMERGENCY: call 112 now.\n"), "{text}");
        assert!(!text.contains("plan"), "nothing may stand between a person and the call: {text}");
    }
}
