//! What a person said, in their own words: on the page, in JSON, and in what cases expect to be told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::format_collect)]

#[path = "support/program.rs"]
mod program;

use program::{Carepath, Ended, file};

/// Many questions about one body, one doctor, two needs for one thing.
const RULES: &str = r#"
format: 1
name: Own words
version: 1.0.0
disclaimer: Made up.
emergency_number: "112"
otherwise: Nobody.
sources: [{id: s, title: A source}]
questions:
  - id: signs
    ask: "Any of these? Tick them."
    choose: many
    none: None of these
    options:
      - a: "Alpha hurts"
      - b: "Beta hurts"
      - c: "Gamma hurts"
      - d: "Delta hurts"
      - e: "Epsilon hurts"
      - f: "Zeta hurts"
      - {id: g, label: "Eta hurts", alone: "Eta by itself is nothing."}
      - h: "Theta hurts"
  - {id: age, short: age in years, ask: How old are you?, choose: {number: {min: 0, max: 99}}}
  - {id: days-since, ask: How many days?, choose: {number: {min: 0, max: 9}}, unsure: I cannot say}
  - {id: side, short: side, ask: Which side is it?, choose: one, options: [left: Left, right: Right]}
  - {id: help, ask: Do you want help?, choose: one, options: [some: "Some", much: "Much"]}
flags:
  - {id: one, level: note, when: {signs: a}, say: You said that alpha hurts., do: Go., source: s}
  - {id: five, level: physician, when: {signs: {all_of: [a, b, c, d, e]}, age: {at_least: 50}}, say: Five hurt, do: Go., source: s}
  - {id: gamma, level: urgent, when: {signs: {all_of: [g, h]}}, say: Two hurt., do: Go., source: s}
  - {id: cannot-say, level: note, when: {days-since: unsure}, say: You cannot say., do: Count., source: s}
professionals: [{id: pt, name: physical therapist, source: s}]
services: [{id: care, name: Care, scope: {pt: core}, source: s}]
phases: [{id: now, title: Now}]
needs:
  - {id: some-help, when: {help: some}, service: care, phase: now, because: You want some help., source: s}
  - {id: much-help, when: {help: [some, much]}, service: care, phase: now, because: You want help., source: s}
"#;

fn decided(answers: &str, format: &str) -> Ended {
    let (_folder, rules) = file("rules.yaml", RULES);
    let (_other, answers) = file("me.yaml", &format!("format: 1\nanswers: {answers}\n"));
    let args = ["decide", answers.to_str().unwrap(), "--rules", rules.to_str().unwrap(), "--format", format];
    Carepath::bare(args).env("COLUMNS", "200").run().code(0)
}

#[test]
fn at_most_four_labels_stand_beside_a_reason_and_none_that_it_repeats() {
    decided("{signs: [a, b, c, d, e], age: 60, days-since: unsure, side: left, help: some}", "text")
        // The sentence of a rule gets a period where something follows.
        .out("- Five hurt. [1] You said: \"Beta hurts\"; \"Gamma hurts\"; \"Delta hurts\"; \"Epsilon hurts\" and 2 more.\n")
        .out("- You said that alpha hurts. [1]\n")
        .out("- You cannot say. [1] You said: days since \"I cannot say\".\n")
        .out("      You want some help. [1]\n      You want help. [1] You said: \"Some\".\n");
}

#[test]
fn what_is_also_said_has_an_honest_line() {
    decided("{signs: [f, g, h], age: 60, days-since: 1, side: right, help: some}", "text").out("See a doctor today.");
    decided("{signs: [g, b, h], age: 60, days-since: 1, side: right, help: some}", "text").out_lacks("You also said");
    let ended = decided("{signs: [b, f, g], age: 60, days-since: 1, side: right, help: some}", "text");
    ended
        .out("- \"Beta hurts\": This changes nothing here. Mention it at the first visit.\n")
        .out("- \"Zeta hurts\": This changes nothing here.\n")
        .out("- \"Eta hurts\": Eta by itself is nothing.\n")
        .out("- Side \"Right\": This changes nothing here.\n")
        .out_lacks("None of these")
        .out_lacks("age");
    decided("{signs: [h], age: 60, days-since: 1, side: right, help: some}", "text").out(
        "- \"Theta hurts\": Together with \"Eta hurts\" it would mean a doctor today. Mention it at the first visit.\n",
    );
}

#[test]
fn a_number_that_would_count_is_told_as_a_range() {
    decided("{signs: [a, b, c, d, e], age: 40, days-since: 1, side: left, help: some}", "text").out(
        "- \"Beta hurts\": Together with age in years 50 or more it would mean a doctor within days. Mention it at the \
         first visit.\n",
    );
}

#[test]
fn a_doctor_is_told_the_reasons_first() {
    let said = "{side: left, signs: [f, g, h], age: 60, days-since: 1, help: some}";
    let text = decided(said, "text")
        .out("Tell the doctor\n---------------\n- Eta hurts; Theta hurts; Zeta hurts\n- Age in years: 60\n- Days since: 1\n")
        .out("- Side: Left\n- Do you want help? Some\n")
        .out_lacks("You also said");
    drop(text);
    decided(said, "markdown").out("## Tell the doctor\n\n- Eta hurts; Theta hurts; Zeta hurts\n");
    decided(said, "html").out("<h2>Tell the doctor</h2>").out("<li>Eta hurts; Theta hurts; Zeta hurts</li>");
    let json = decided(said, "json").json();
    let result = &json[0];
    assert_eq!(result["tell_the_doctor"][0]["grounds"], 2);
    assert_eq!(result["tell_the_doctor"][0]["said"][0]["option"], "g");
    assert_eq!(result["tell_the_doctor"][1]["said"][0]["number"], 60);
    assert_eq!(result["flags"][0]["you_said"][1]["label"], "Theta hurts");
    assert_eq!(result["you_also_said"].as_array().unwrap().len(), 0);
}

#[test]
fn what_is_also_said_is_in_json_with_what_it_would_lead_to() {
    let json = decided("{signs: [h], age: 60, days-since: 1, side: right, help: some}", "json").json();
    let also = &json[0]["you_also_said"][0];
    assert_eq!((&also["question"], &also["option"], &also["kind"]), (&"signs".into(), &"h".into(), &"together".into()));
    assert_eq!(also["with"], serde_json::json!({"question": "signs", "option": "g"}));
    assert_eq!(also["leads_to"], serde_json::json!({"level": "urgent"}));
    assert_eq!(also["sign"], true);
    let service = &json[0]["plan"][0]["professionals"][0]["services"][0];
    assert_eq!(service["reasons"][0]["you_said"][0]["label"], "Some");
}

#[test]
fn a_doctor_is_told_twelve_lines_at_most() {
    let questions: String = (1..=15)
        .map(|number| format!("  - {{id: q{number}, ask: 'Q{number}?', choose: {{number: {{min: 0, max: 1}}}}}}\n"))
        .collect();
    let needs: String = (1..=14)
        .map(|number| {
            format!(
                "  - {{id: n{number}, when: {{q{number}: 1}}, service: care, phase: now, because: So., source: s}}\n"
            )
        })
        .collect();
    let rules = format!(
        "format: 1\nname: Many\nversion: 1.0.0\ndisclaimer: None.\notherwise: Nobody.\nsources: [{{id: s, title: S}}]\nquestions:\n\
         {questions}flags:\n  - {{id: last, level: physician, when: {{q15: 1}}, say: Last., do: Go., source: s}}\nprofessionals: \
         [{{id: pt, name: pt, source: s}}]\nservices: [{{id: care, name: Care, scope: {{pt: core}}, source: s}}]\nphases: \
         [{{id: now, title: Now}}]\nneeds:\n{needs}"
    );
    let (_folder, rules) = file("rules.yaml", &rules);
    let answers: Vec<String> = (1..=15).map(|number| format!("q{number}: 1")).collect();
    let (_other, answers) = file("me.yaml", &format!("format: 1\nanswers: {{{}}}\n", answers.join(", ")));
    let args = ["decide", answers.to_str().unwrap(), "--rules", rules.to_str().unwrap()];
    let ended = Carepath::bare(args).env("COLUMNS", "200").run();
    ended
        .out("Tell the doctor\n---------------\n- Q15: 1\n- Q1: 1\n")
        .out("- Q11: 1\nAnd 3 more answers: a hand-over note (carepath refer) has all of them.\n")
        .out_lacks("- Q12: 1\n");
}

/// Runs a case that expects `says` on the rules above.
fn case(answers: &str, says: &str, args: &[&str]) -> Ended {
    let (_folder, rules) = file("rules.yaml", RULES);
    let (_other, case) =
        file("case.yaml", &format!("format: 1\nsource: Made up\nanswers: {answers}\nexpect: {{says: {says}}}\n"));
    Carepath::bare([&["test", "--rules", rules.to_str().unwrap(), case.to_str().unwrap()], args].concat()).run()
}

const WELL: &str = "{signs: [a], age: 30, days-since: unsure, side: left, help: some}";

#[test]
fn a_case_says_what_must_be_told() {
    case(WELL, "[one, cannot-say, some-help, much-help]", &[]).code(0).out("1 passed");
    case(WELL, "five", &[])
        .code(1)
        .out("  says\n    expected: five\n    got:      one, cannot-say, some-help, much-help\n")
        .out("It would end as expected with:");
    let urgent = "{signs: [a, g, h], age: 30, days-since: 1, side: left, help: some}";
    case(urgent, "[gamma]", &[]).code(0);
    // From `urgent` up notes and needs are not told.
    case(urgent, "[gamma, one]", &[]).code(1).out("got:      gamma\n");
    case(urgent, "[some-help]", &[]).code(1);
    case(WELL, "[somehelp]", &[])
        .code(2)
        .err("there is no flag, need or preference `somehelp`")
        .err("did you mean `some-help`?");
}

#[test]
fn a_case_that_expects_a_reason_notices_that_the_reason_is_gone() {
    let dropped = |says: &str| {
        let lines = case(WELL, says, &["--mutate", "--format", "json"]).json();
        let dropped = lines.iter().find(|line| line["mutant"] == "need-dropped" && line["of"] == "need `some-help`");
        dropped.expect("it is tried").clone()
    };
    // Another need asks for the same, so that the outcome stays.
    assert_eq!(dropped("[much-help]")["verdict"], "equivalent");
    assert_eq!(dropped("[some-help]")["verdict"], "killed");
}
