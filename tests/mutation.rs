//! Every slip that is tried on a rule set of one page, and what becomes of it, as `docs/testing.md` describes them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/program.rs"]
mod program;

use program::{Carepath, read};

/// `line slip | what | change | verdict`, a line each.
fn judged(args: &[&str]) -> String {
    let ended = Carepath::bare([&["test", "--mutate", "--format", "json"], args].concat()).run();
    let lines = ended.json();
    let mutants = lines.iter().filter(|line| !line["mutant"].is_null());
    let text = |line: &serde_json::Value, key: &str| line[key].as_str().expect("text").to_owned();
    let row = |line| {
        let [slip, of, change, verdict] = ["mutant", "of", "change", "verdict"].map(|key| text(line, key));
        format!("{} {slip} | {of} | {change} | {verdict}\n", line["line"])
    };
    mutants.map(row).collect()
}

#[test]
fn slips_in_the_first_rules() {
    let found = judged(&["--rules", "examples/first-rules", "examples/first-rules/cases"]);
    let expected = read("tests/testing/first-rules.txt");
    assert!(found == expected, "{found}");
}

#[test]
fn slips_in_all_that_a_condition_can_say() {
    let found = judged(&["--rules", "tests/testing/conditions.yaml", "tests/testing/nobody.yaml"]);
    let expected = read("tests/testing/conditions.txt");
    assert!(found == expected, "{found}");
}
