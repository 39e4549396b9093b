//! `carepath diff`: what an author reads about an edit of the rules, and what programs do.
//!
//! The text stands in `tests/diff/`, wrapped to 60 columns. To renew it, run `BLESS=1 cargo test --test diff`; then read it
//! as somebody would who answers for the people it tells of.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use program::{Carepath, Ended, file, read};

const OLD: &str = "tests/diff/old.yaml";
const NEW: &str = "tests/diff/new.yaml";

#[track_caller]
fn diff(old: &str, new: &str) -> Ended {
    Carepath::bare(["diff", old, new]).run()
}

#[track_caller]
fn reads_as(golden: &str, got: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(golden, got).expect("a file");
    }
    let expected = std::fs::read_to_string(golden).unwrap_or_default();
    assert!(expected == got, "{golden} should read:\n{got}\nIf it reads better, run: BLESS=1 cargo test --test diff");
}

/// The old rules with some text replaced, which must be there.
#[track_caller]
fn edited(edits: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let mut text = read(OLD);
    for (from, to) in edits {
        assert!(text.contains(from), "not in {OLD}: {from}");
        text = text.replacen(from, to, 1);
    }
    let (folder, path) = file("edited.yaml", &text);
    (folder, path.to_str().expect("UTF-8").to_owned())
}

#[test]
fn differences_read_as_they_should() {
    reads_as("tests/diff/old-new.txt", &diff(OLD, NEW).code(1).no_err().out);
    // Too narrow for a table: one decision stands below the other.
    let narrow = Carepath::bare(["diff", OLD, NEW]).env("COLUMNS", "24").run();
    reads_as("tests/diff/narrow.txt", &narrow.code(1).out);
}

#[test]
fn no_line_is_wider_than_asked_for() {
    for columns in [24, 60] {
        let run = Carepath::bare(["diff", OLD, NEW]).env("COLUMNS", &columns.to_string()).run();
        for line in run.out.lines() {
            let one_word = !line.trim().trim_start_matches("- ").contains(' ');
            assert!(line.chars().count() <= columns || one_word, "at {columns}: {line}");
        }
    }
}

#[test]
fn rules_do_not_differ_from_themselves() {
    diff(OLD, OLD).code(0).out("No difference: whatever is answered, both decide the same. That is proved.");
    diff("built-in", "built-in").code(0).out("No difference");
    diff("rules", "built-in").code(0).out("No difference");
    let run = Carepath::bare(["diff", OLD, OLD, "--format", "json"]).run().code(0);
    assert_eq!(run.json()[0]["identical"], true);
}

#[test]
fn wording_changes_no_decision() {
    let (_folder, new) =
        edited(&[("You have a fever.", "Your body is hot."), ("name: \"Club rules\"", "name: \"Gym\"")]);
    diff(OLD, &new).code(0).out("New rules: Gym 0.1.0");
}

#[test]
fn a_condition_that_says_the_same_makes_no_difference() {
    let (_folder, new) = edited(&[("days: {at_most: 14}", "not: {days: {at_least: 15}}\n      days: {at_most: 30}")]);
    diff(OLD, &new).code(0);
}

#[test]
fn a_rule_behind_another_is_told_as_what_follows() {
    let (_folder, new) = edited(&[("days: {at_most: 14}", "days: {at_most: 7}")]);
    diff(OLD, &new)
        .code(1)
        .out("days: 8")
        .out("finding `fresh-injury`: only under the old rules")
        .out("need `twisted-ankle`: only under the old rules; it follows from what changed");
}

#[test]
fn a_row_of_the_scope_matrix_is_named() {
    let (_folder, new) = edited(&[("personal-trainer: core", "personal-trainer: shared")]);
    diff(OLD, &new)
        .code(1)
        .out("1. Personal trainer leaves the plan")
        .out("2. Physical therapist joins the plan")
        .out("service `strength-programme`: on both sides, with another effect");
}

#[test]
fn a_question_that_is_gone_is_told_and_what_hangs_on_it_is_possible() {
    let (_folder, new) =
        edited(&[("  - id: days\n", "  - id: day\n"), ("      days: {at_most", "      day: {at_most")]);
    let run = diff(OLD, &new).code(1).out("questions: `days`").out("questions: `day`");
    run.out("Possible: physical therapist leaves the plan")
        .out("under the old rules: days:")
        .out("A new id for an old thing");
}

#[test]
fn phases_in_another_order_are_other_steps() {
    let both = "needs:\n  - {id: one, when: {goal: look}, service: injury-care, phase: heal, because: so, source: example}\n  \
                - {id: two, when: {goal: look}, service: strength-programme, phase: train, because: so, source: example}";
    let turned = "phases:\n  - id: train\n    title: \"Train\"\n  - id: heal\n    title: \"Heal\"\n\n";
    let (_first, old) = edited(&[("needs:", both)]);
    let text = read(OLD);
    let start = text.find("phases:").expect("it is there");
    let end = text.find("needs:").expect("it is there");
    let (_second, new) = edited(&[(&text[start..end], turned), ("needs:", both)]);
    diff(&old, &new)
        .code(1)
        .out("1. Other steps of the plan")
        .out("goal: look")
        .out("the order in which things stand in the files")
        .out_lacks("2. ");
}

#[test]
fn json_says_the_same() {
    let run = Carepath::bare(["diff", OLD, NEW, "--format", "json"]).run().code(1).no_err();
    let [ref told] = run.json()[..] else { panic!("one line") };
    assert_eq!((&told["identical"], &told["undecided"]), (&false.into(), &false.into()));
    assert_eq!(told["only_in_new"]["options"], serde_json::json!(["danger: breath"]));
    assert_eq!(told["only_in_old"]["flags"], serde_json::json!([]));
    let differences = told["differences"].as_array().expect("a list");
    let kinds: Vec<String> = differences
        .iter()
        .map(|found| {
            format!("{} {} {} {}", found["kind"], found["from"], found["to"], found["possible"]).replace('"', "")
        })
        .collect();
    let expected = [
        "level none emergency true",
        "level caution emergency true",
        "level none clearance false",
        "level caution clearance false",
        "leaves none none false",
        "joins none none false",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(differences[0]["because_new"], serde_json::json!({"danger": ["breath"]}));
    let leaves = &differences[4];
    assert_eq!(leaves["professional"], "physical-therapist");
    assert_eq!(leaves["because"], serde_json::json!({"danger": ["none"], "goal": "ankle", "days": 8}));
    assert_eq!(leaves["old"]["professionals"], serde_json::json!(["physical-therapist"]));
    assert_eq!(leaves["new"]["plan"][0]["lead"], "personal-trainer");
    let finding = serde_json::json!({"side": "old", "kind": "finding", "id": "fresh-injury", "changed": true});
    assert!(leaves["rules"].as_array().expect("a list").contains(&finding), "{leaves}");
}

#[test]
fn broken_input_is_told_for_both_sides() {
    let (_folder, broken) = edited(&[("phase: heal", "phase: hell")]);
    let run = diff(&broken, &broken).code(2).no_out();
    assert_eq!(run.err.matches("unknown-phase").count() + run.err.matches("unknown-id").count(), 2, "{run}");
    diff("nowhere.yaml", OLD).code(2).no_out().err("cannot read `nowhere.yaml`");
    Carepath::bare(["diff", OLD, NEW, "--rules", OLD]).run().code(2).err("`diff` takes both rule sets as arguments");
    Carepath::bare(["diff", OLD]).run().code(2).err("<NEW>");
}

#[test]
fn out_of_time_nothing_is_claimed() {
    let run = Carepath::bare(["diff", OLD, NEW, "--timeout", "0.000000001"]).run();
    run.code(4).out("Undecided: no difference was found in the time given, and none was ruled out.");
    let run = Carepath::bare(["diff", OLD, NEW, "--timeout", "0.000000001", "--format", "json"]).run().code(4);
    assert_eq!((&run.json()[0]["identical"], &run.json()[0]["undecided"]), (&false.into(), &true.into()));
    Carepath::bare(["diff", OLD, NEW, "--timeout", "60"]).run().code(1);
    for odd in ["0", "-1", "soon", "inf"] {
        Carepath::bare(["diff", OLD, NEW, &format!("--timeout={odd}")])
            .run()
            .code(2)
            .err("a number of seconds above 0");
    }
}

#[test]
fn help_teaches() {
    Carepath::bare(["diff", "--help"]).run().code(0).out("carepath diff built-in my-rules/rules").out("possible");
}
