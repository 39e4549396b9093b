//! How soon, what to do until then, and for which signs to go at once: for each answer file in `tests/advice/` what a
//! person reads, and what none of it may change.
//!
//! `BLESS=1 cargo test --test advice` writes what is read anew: read it before you keep it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test panics")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Carepath, Ended, file, flat, read};
use serde_json::{Value, json};

const RULES: &str = "tests/rules/advice";

fn run(command: &str, rules: &str, answers: &Path, args: &[&str]) -> Ended {
    let answers = answers.display().to_string();
    Carepath::bare([&[command, "--rules", rules, &answers], args].concat()).run()
}

fn answers(name: &str) -> PathBuf {
    Path::new("tests/advice").join(name).with_extension("yaml")
}

fn all_answers() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/advice").unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files
}

fn decided(name: &str) -> Ended {
    run("decide", RULES, &answers(name), &[])
}

fn as_json(rules: &str, answers: &Path) -> Value {
    run("decide", rules, answers, &["--format", "json"]).json().remove(0)
}

/// The rules with something replaced, in a folder that is removed with the returned value.
fn changed(from: &str, to: &str) -> (tempfile::TempDir, String) {
    let text = read(Path::new(RULES).join("rules.yaml"));
    assert!(text.contains(from), "{from}");
    let (folder, path) = file("rules.yaml", &text.replace(from, to));
    let path = path.display().to_string();
    (folder, path)
}

/// The rules without any of what this is about.
fn without() -> (tempfile::TempDir, String) {
    let text = read(Path::new(RULES).join("rules.yaml"));
    let (before, after) = text.split_once("go_at_once:").unwrap();
    let after = after.split_once("professionals:").unwrap().1;
    let text = format!("{before}professionals:{after}");
    let lines = text.lines().filter(|line| !line.contains("how_soon:") && !line.contains("until_then:"));
    let (folder, path) = file("rules.yaml", &(lines.collect::<Vec<_>>().join("\n") + "\n"));
    let path = path.display().to_string();
    (folder, path)
}

/// What stands under a heading, up to the next empty line.
fn part(text: &str, heading: &str) -> String {
    let from = text.find(&format!("{heading}\n")).unwrap_or_else(|| panic!("no part {heading}\n{text}"));
    text[from..].split("\n\n").next().unwrap().to_owned()
}

#[test]
fn the_rules_have_no_faults() {
    Carepath::bare(["check", "--rules", RULES, "--deny", "warnings"]).run().code(0).out("no faults");
}

#[test]
fn results_read_as_they_should() {
    let formats = [("text", "txt"), ("markdown", "md"), ("html", "html")];
    let bless = std::env::var_os("BLESS").is_some();
    for answers in all_answers() {
        for (format, end) in formats {
            // The text of each, and the pages of those that show the most.
            let whole = ["two-phases", "clearance-later"].iter().any(|name| answers.file_stem().unwrap() == *name);
            if format != "text" && !whole {
                continue;
            }
            let mut got = run("decide", RULES, &answers, &["--format", format]).out;
            if format == "html" {
                // The style is another matter.
                got = got.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0.to_owned();
            }
            let golden = answers.with_extension(end);
            if bless {
                fs::write(&golden, &got).unwrap();
            }
            assert!(fs::read_to_string(&golden).unwrap_or_default() == got, "{} should read:\n{got}", golden.display());
        }
    }
}

mod the_meantime {
    use super::*;

    #[test]
    fn each_sentence_is_said_once_and_at_most_three_beside_what_to_do_first() {
        let text = decided("two-phases").out;
        let flat = flat(&text);
        for sentence in
            ["Keep moving as far as it does not hurt.", "Within two or three weeks; sooner if it gets worse."]
        {
            assert_eq!(flat.matches(sentence).count(), 1, "{text}");
        }
        let (first, plan) = flat.split_once("Your plan").unwrap();
        assert!(first.contains("Sleep on the side") && !first.contains("Lay out a mat."), "{text}");
        assert!(plan.contains("Until then: Lay out a mat."), "{text}");
    }

    #[test]
    fn from_urgent_up_only_the_flags_of_the_level_speak() {
        for (name, wanted, others) in [
            ("urgent", "Until then: Do not drive. If it spreads, call 112.", ["Leave out what", "Do less of what"]),
            ("emergency", "Until then: Stay where you are", ["Do not drive. If it", "Today, before"]),
        ] {
            let text = decided(name).code(0).out(wanted);
            let _ = others.iter().fold(text, |text, other| text.out_lacks(other));
        }
    }

    /// What a plan says of itself, such as to keep moving, would speak against waiting for a doctor.
    #[test]
    fn where_a_doctor_comes_first_only_flags_say_what_to_do_until_then() {
        let said = "{signs: [night, heart, fever], reason: knee, goal: gym, age: 16}";
        let (_folder, me) = file("me.yaml", &format!("format: 1\nanswers: {said}\n"));
        let text = run("decide", RULES, &me, &[]).code(0).out("See a doctor first");
        let text =
            text.out("Until then: Leave out what makes it worse.").out("Until then: Walk, but lift nothing heavy.");
        let text = text.out("Until then: Stay at home.").out("Until then: Tell your coach.");
        let of_the_plan =
            ["Do less of what", "Keep moving as far", "Sleep on the side", "Lay out a mat", "Take the stairs"];
        let _ = of_the_plan.iter().fold(text, |text, sentence| text.out_lacks(sentence));
        assert_eq!(as_json(RULES, &me)["until_then"], json!(["Leave out what makes it worse."]));
        let note = run("refer", RULES, &me, &[]).code(0).out("Told to do until then: Leave out what makes it worse.");
        let _ = of_the_plan.iter().fold(note, |note, sentence| note.out_lacks(sentence));
    }

    #[test]
    fn a_flag_that_does_not_count_says_nothing() {
        // The plan needs nothing that the fever holds back.
        let (_folder, me) = file("me.yaml", "format: 1\nanswers: {signs: fever, reason: back, goal: daily, age: 40}\n");
        run("decide", RULES, &me, &[]).code(0).out("Do less of what hurts").out_lacks("Stay at home");
        assert_eq!(as_json(RULES, &me)["until_then"].as_array().unwrap().len(), 4);
    }

    #[test]
    fn how_soon_is_not_said_of_what_must_not_begin() {
        let on_hold = decided("clearance-later").out_lacks("Whenever it suits you").out_lacks("In a month or two");
        on_hold.out("Get stronger (later: on hold for now)");
        // What waits for a doctor says it beside its own row, where the wait is said, too.
        let waits = decided("physician").out;
        let (first, plan) = waits.split_once("Your plan").unwrap();
        assert!(!flat(first).contains("Within two or three weeks") && flat(plan).contains("Within two or three weeks"));
    }

    #[test]
    fn json_has_what_is_told_first_and_each_row_its_own() {
        let found = as_json(RULES, &answers("clearance-later"));
        assert_eq!(
            found["how_soon"],
            json!(["Before the first hour at the gym.", "Within two or three weeks; sooner if it gets worse."])
        );
        assert_eq!(found["until_then"].as_array().unwrap().len(), 5);
        assert_eq!(found["flags"][0]["until_then"], "Walk, but lift nothing heavy.");
        assert_eq!(found["flags"][1]["how_soon"], Value::Null);
        assert_eq!(found["plan"][1]["how_soon"], "In a month or two, when the first part is done.");
        let services = &found["plan"][0]["professionals"][0]["services"];
        assert_eq!(services[0]["until_then"], "Keep moving as far as it does not hurt.");
        assert_eq!(services[1]["reasons"][0]["until_then"], "Lay out a mat.");
    }

    #[test]
    fn a_note_to_hand_over_says_what_the_person_was_told() {
        let note = run("refer", RULES, &answers("clearance-later"), &[]).code(0);
        let note = note.out("Told to do until then: Walk, but lift nothing heavy. Do less of what hurts");
        note.out("You have a fever. Rest, and drink enough. Until: You have had no fever for a day. Until then: Stay at home.");
        let urgent = run("refer", RULES, &answers("urgent"), &[]).code(0);
        urgent.out("Told to do until then: Do not drive. If it spreads, call 112.");
        let silent = run("refer", RULES, &answers("otherwise"), &[]).code(0);
        silent.out_lacks("Told to do until then");
    }

    #[test]
    fn a_number_in_it_can_be_called() {
        let html = run("decide", RULES, &answers("urgent"), &["--format", "html"]);
        html.out("<strong>Until then:</strong> Do not drive. If it spreads, call <a href=\"tel:112\">112</a>.");
    }
}

mod at_once {
    use super::*;

    #[test]
    fn stands_between_what_to_do_first_and_the_plan() {
        for args in [&[][..], &["--format", "markdown"], &["--format", "html"]] {
            let text = flat(&run("decide", RULES, &answers("two-phases"), args).out);
            let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}\n{text}"));
            assert!(at("What to do first") < at(" at once if:") && at(" at once if:") < at("Your plan"), "{text}");
        }
    }

    #[test]
    fn says_only_what_the_heading_does_not() {
        let text = decided("physician").out;
        assert_eq!(
            flat(&part(&text, "Call 112 at once if:")),
            "Call 112 at once if: -------------------- - A knee that gets hot and swollen, with a fever. Go to an urgent \
             care center within the hour, or call 112. [2][3*] - Pressure in the chest that does not pass [1]"
        );
        assert!(!part(&decided("two-phases").out, "Call 112 at once if:").contains("Call 112.\n"));
    }

    #[test]
    fn without_a_number_it_is_the_emergency_room() {
        let (_folder, rules) = changed("emergency_number: \"112\"\n", "");
        let text = run("decide", &rules, &answers("two-phases"), &[]).out("Go to the emergency room at once if:");
        // The number that the row itself names is said by it now.
        text.out("or a leg that gets weak. Call 112. [2]");
    }

    #[test]
    fn a_number_in_the_heading_can_be_called() {
        let html = run("decide", RULES, &answers("two-phases"), &["--format", "html"]);
        html.out("<h2>Call <a href=\"tel:112\">112</a> at once if:</h2>");
        let markdown = run("decide", RULES, &answers("two-phases"), &["--format", "markdown"]);
        markdown.out("## Call [112](<tel:112>) at once if:");
    }

    #[test]
    fn is_not_said_from_urgent_up() {
        for name in ["urgent", "emergency"] {
            decided(name).out_lacks("at once if");
            assert_eq!(as_json(RULES, &answers(name))["go_at_once"], json!([]));
        }
    }

    #[test]
    fn is_said_only_to_whom_it_certainly_concerns() {
        let (_folder, me) = file("me.yaml", "format: 1\nanswers: {signs: none, reason: fit}\n");
        run("decide", RULES, &me, &[]).out("Pressure in the chest that does not pass").out_lacks("cannot stand");
        decided("two-phases").out("A fall after which you cannot stand").out_lacks("A knee that gets hot");
        decided("unsettled").code(3).out("Numb between the legs").out_lacks("cannot stand");
    }

    #[test]
    fn nothing_is_asked_only_for_it() {
        let (_folder, rules) = changed(
            "findings:\n",
            "  - {id: thinners, ask: Do you take blood thinners?, choose: one, options: [yes-i-do: Yes, no-i-do-not: No]}\n\
             findings:\n",
        );
        let with_row = read(&rules).replace(
            "go_at_once:\n",
            "go_at_once:\n  - {id: bleeding, when: {thinners: yes-i-do}, say: A bruise that grows, source: card}\n",
        );
        fs::write(&rules, with_row).unwrap();
        Carepath::bare(["check", "--rules", &rules]).run().code(0).out("warning[question-never-matters]");
        let asked = Carepath::bare(["--plain", "--rules", &rules]).input("6\n2\n1\n40\n3\n").run();
        asked.code(0).err_lacks("blood thinners").out("A knee that gets hot").out_lacks("A bruise that grows");
        let said = "format: 1\nanswers: {signs: none, reason: knee, goal: daily, age: 40, thinners: yes-i-do}\n";
        let (_folder, me) = file("me.yaml", said);
        run("decide", &rules, &me, &[]).code(0).out("A bruise that grows");
    }

    #[test]
    fn json_has_ids_texts_and_sources() {
        assert_eq!(
            as_json(RULES, &answers("physician"))["go_at_once"],
            json!([
                {
                    "id": "hot-joint",
                    "say": "A knee that gets hot and swollen, with a fever",
                    "do": "Go to an urgent care center within the hour, or call 112.",
                    "sources": ["card", "rumour"],
                },
                {
                    "id": "everyone",
                    "say": "Pressure in the chest that does not pass",
                    "do": null,
                    "sources": ["handbook"],
                },
            ])
        );
        let sources = &as_json(RULES, &answers("physician"))["sources"];
        let ids: Vec<&Value> = sources.as_array().unwrap().iter().map(|source| &source["id"]).collect();
        assert_eq!(ids, ["handbook", "card", "rumour"]);
    }

    #[test]
    fn an_explanation_names_what_it_rests_on_and_its_place() {
        let text = run("explain", RULES, &answers("two-phases"), &["--places"]).code(0);
        let text = text
            .out("Why the signs to go at once")
            .out("Rule: sign to go at once `back-signs` (tests/rules/advice/rules.yaml:");
        text.out("For everybody, whatever is answered.").out("[2] A card of signs.");
        let json = run("explain", RULES, &answers("physician"), &["--format", "json"]).json().remove(0);
        assert_eq!(json["go_at_once"][0]["id"], "hot-joint");
        assert_eq!(json["go_at_once"][0]["grounds"][0]["finding"], "sore-knee");
        assert!(json["go_at_once"][0]["place"]["line"].is_u64(), "{json}");
    }
}

mod nothing_else {
    use super::*;

    #[test]
    fn is_decided_otherwise() {
        let (_folder, rules) = without();
        for answers in all_answers() {
            let [with, without] = [RULES, &rules].map(|rules| {
                let found = as_json(rules, &answers);
                let ids = |rows: &Value| -> Vec<Value> {
                    rows.as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
                };
                let steps: Vec<Value> = found["plan"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .flat_map(|phase| phase["professionals"].as_array().unwrap())
                    .map(|who| json!([who["id"], ids(&who["services"])]))
                    .collect();
                let same = ["settled", "level", "may_become", "on_hold", "waits", "open_questions"];
                (same.map(|key| found[key].clone()), ids(&found["flags"]), steps)
            });
            assert_eq!(with, without, "{}", answers.display());
        }
    }

    #[test]
    fn is_found_to_differ() {
        let (_folder, rules) = without();
        Carepath::bare(["diff", RULES, &rules]).run().code(0);
        Carepath::bare(["diff", &rules, RULES]).run().code(0);
    }

    #[test]
    fn is_changed_to_try_out_the_cases_or_wanted_of_them() {
        let (_folder, rules) = without();
        let case = "format: 1\nstory: A sore back.\nanswers: {signs: none, reason: back, goal: gym, age: 66}\nexpect: {level: none}\n";
        let (_cases, case) = file("case.yaml", case);
        let [with, without] = [RULES, &rules].map(|rules| {
            let found = run("test", rules, &case, &["--mutate", "--format", "json"]).code(0).json();
            let mutants: Vec<Value> = found.iter().filter(|line| line.get("mutant").is_some()).cloned().collect();
            let keys = ["mutant", "of", "change", "verdict"];
            let mutants: Vec<_> = mutants.iter().map(|mutant| keys.map(|key| mutant[key].clone())).collect();
            assert!(mutants.len() > 50, "{mutants:?}");
            let summary = &found.iter().find(|line| line.get("summary").is_some()).unwrap()["summary"];
            (mutants, summary["coverage"].clone())
        });
        assert_eq!(with, without);
    }
}
