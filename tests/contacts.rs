//! Whom to call: lists of contacts, where they are found, and what is shown of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test panics")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Carepath, Ended, file};

const EXAMPLE: &str = "examples/contacts.yaml";
/// Heals with a physical therapist, then trains with an athletic trainer.
const TWO_PHASES: &str = "tests/results/two-phases.yaml";

fn decide(answers: &str, contacts: &str) -> Ended {
    Carepath::new(["decide", answers, "--contacts", contacts]).run()
}

/// A list with these rows.
fn list(rows: &str) -> (tempfile::TempDir, String) {
    let (folder, path) = file("contacts.yaml", &format!("format: 1\ncontacts:\n{rows}"));
    let path = path.display().to_string();
    (folder, path)
}

/// Answers to the rules of the tests, as a file.
fn answers(text: &str) -> (tempfile::TempDir, String) {
    let (folder, path) = file("me.yaml", &format!("format: 1\nanswers: {text}\n"));
    let path = path.display().to_string();
    (folder, path)
}

/// A folder for settings with this list in the usual place.
fn settings(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("carepath/contacts.yaml");
    fs::create_dir(list.parent().unwrap()).unwrap();
    fs::write(&list, text).unwrap();
    (folder, list)
}

mod empty {
    use super::*;

    #[test]
    fn files_say_how_to_begin() {
        let (_folder, path) = file("contacts.yaml", "");
        let ended = Carepath::new(["decide", TWO_PHASES, "--contacts", &path.display().to_string()]).run().code(2);
        ended.err("a contact file needs the key `format`").err("begin with `format: 1`");
    }
}

mod shown {
    use super::*;

    #[test]
    fn all_of_a_profession_that_is_on_the_plan() {
        let ended = decide(TWO_PHASES, EXAMPLE).code(0).no_err();
        let (_, after) = ended.out.split_once("Whom to call\n------------\n").expect("a section");
        let (section, _) = after.split_once("\nYou also said").expect("an end");
        assert_eq!(
            section,
            "\
Physical therapist
- Maria Lopez, DPT, board-certified in sports
  Phone: 555-0100
  Address: 12 Main Street, Springfield
  Languages: English and Spanish
  Notes: Has evening hours on Tuesdays.
- Springfield Physical Therapy
  Phone: +1 555 0101

No contact for a sports massage therapist in your list.

No contact for an athletic trainer in your list.
"
        );
    }

    #[test]
    fn as_markdown_html_and_data() {
        let run = |format: &str| {
            Carepath::new(["decide", TWO_PHASES, "--contacts", EXAMPLE, "--format", format]).run().code(0).no_err()
        };
        run("markdown").out("## Whom to call **Physical therapist** - **Maria Lopez**, DPT").out("**Phone:** 555-0100");
        run("html").out("<strong>Maria Lopez</strong>, DPT").out("<p><strong>Phone:</strong> 555-0100</p>");
        let plan = &run("json").json()[0]["plan"];
        let contacts = &plan[0]["professionals"][0]["contacts"];
        let maria = serde_json::json!({
            "id": "maria-lopez",
            "name": "Maria Lopez",
            "credential": "DPT, board-certified in sports",
            "phone": "555-0100",
            "address": "12 Main Street, Springfield",
            "languages": ["English", "Spanish"],
            "notes": "Has evening hours on Tuesdays.",
        });
        assert_eq!(contacts[0], maria);
        assert_eq!(contacts.as_array().unwrap().len(), 2);
        assert_eq!(plan[1]["professionals"][0]["contacts"], serde_json::json!([]));
    }

    #[test]
    fn where_a_decision_is_explained() {
        let explain = |args: &[&str]| Carepath::new(["explain", TWO_PHASES].iter().chain(args)).run();
        explain(&["--contacts", EXAMPLE]).code(0).no_err().out("Whom to call").out("Phone: 555-0100");
        explain(&[]).code(0).out_lacks("Whom to call");
        explain(&["--what-if", "--contacts", EXAMPLE]).code(2).no_out().err("cannot be used with");
    }

    #[test]
    fn a_phone_number_as_it_is_written() {
        for phone in ["555-0100", "5550100", "+15550100", "0049 40 555", "00494055", "555.0100", "(555) 01 00", "5_550"]
        {
            let (_folder, contacts) =
                list(&format!("  - {{name: Ann, profession: physical-therapist, phone: {phone}}}\n"));
            decide(TWO_PHASES, &contacts).code(0).out(&format!("- Ann Phone: {phone} "));
        }
    }

    #[test]
    fn nothing_where_no_list_is_used() {
        let ended = Carepath::new(["decide", TWO_PHASES]).run().code(0).no_err();
        ended.out_lacks("Whom to call").out_lacks("No contact");
        let ended = Carepath::new(["decide", TWO_PHASES, "--format", "json"]).run();
        assert_eq!(ended.json()[0]["plan"][0]["professionals"][0].get("contacts"), None);
    }

    #[test]
    fn nothing_where_there_is_no_plan() {
        let (_folder, emergency) = answers("{signs: chest}");
        decide(&emergency, EXAMPLE).code(0).out("EMERGENCY").out_lacks("call\n---").out_lacks("contact");
        let (_folder, begun) = answers("{signs: none}");
        decide(&begun, EXAMPLE).code(3).out_lacks("Whom to call").out_lacks("contact");
    }

    #[test]
    fn nobody_on_the_list_is_said_for_each() {
        let (_folder, contacts) = file("contacts.yaml", "format: 1\ncontacts:\n");
        let ended = decide(TWO_PHASES, &contacts.display().to_string()).code(0);
        ended.out("No contact for a physical therapist in your list. No contact for a sports massage therapist in your list. No contact for an athletic trainer in your list.");
    }
}

mod the_usual_place {
    use super::*;

    fn run(settings: &Path, args: &[&str]) -> Ended {
        Carepath::new(["decide", TWO_PHASES].iter().chain(args))
            .env("XDG_CONFIG_HOME", settings.to_str().unwrap())
            .run()
    }

    const ANN: &str = "format: 1\ncontacts:\n  - {name: Ann, profession: physical-therapist}\n";

    #[test]
    fn is_looked_at_where_no_list_is_named() {
        let (settings, _) = settings(ANN);
        run(settings.path(), &[]).code(0).no_err().out("Physical therapist - Ann");
        run(settings.path(), &["--contacts", EXAMPLE]).code(0).out("Maria Lopez").out_lacks("Ann");
    }

    #[test]
    fn with_faults_keeps_nobody_from_a_result() {
        let (settings, list) = settings(&ANN.replace("therapist", "terapist"));
        let ended = run(settings.path(), &[]).code(0).out("See a physical therapist").out_lacks("Whom to call");
        let place = format!("{}:3:29: error[unknown-professional]:", list.display());
        ended
            .err(&place)
            .err("did you mean `physical-therapist`?")
            .err(&format!("Your contacts in {}", list.display()));
    }

    #[test]
    fn that_cannot_be_read_keeps_nobody_from_a_result() {
        let (settings, list) = settings("");
        fs::remove_file(&list).unwrap();
        fs::create_dir(&list).unwrap();
        run(settings.path(), &[]).code(0).out("See a physical therapist").err("cannot read").err("are not used");
    }
}

mod a_list_that_was_named {
    use super::*;

    #[test]
    fn must_be_right() {
        let (_folder, contacts) = list("  - {name: Ann, profession: dentist}\n");
        let ended = decide(TWO_PHASES, &contacts).code(2).no_out();
        ended.err("error[unknown-professional]: there is no professional `dentist`").err("cannot be used");
        decide(TWO_PHASES, "no-such.yaml").code(2).no_out().err("error: cannot read `no-such.yaml`");
    }

    #[test]
    fn is_looked_at_before_the_first_question() {
        let (_folder, contacts) = list("  - {name: Ann}\n");
        let ended = Carepath::new(["--plain", "--contacts", &contacts]).input("1\n").run().code(2).no_out();
        ended.err("a contact needs the key `profession`").err_lacks("Do you have any of these?");
    }

    #[test]
    fn is_named_again_where_the_result_can_be_seen_again() {
        let folder = tempfile::tempdir().unwrap();
        let me = folder.path().join("me.yaml").display().to_string();
        let run = Carepath::new(["--plain", "--save", &me, "--contacts", EXAMPLE]).input("4\n2\n3\n").run().code(0);
        run.err(&format!("carepath decide {me} --rules {} --contacts {EXAMPLE}", program::RULES));
    }
}

/// Lists of whoever runs the tests are never read: each test starts the program by way of `support/`.
#[test]
fn no_test_reads_the_settings_of_its_author() {
    let mut folders = vec![PathBuf::from("tests")];
    let starts =
        [concat!("CARGO_BIN_EXE_", "carepath"), concat!("::new(", "PROGRAM)"), concat!("::new(program::", "PROGRAM)")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let is_allowed = text.contains(r#".env("XDG_CONFIG_HOME", NO_SETTINGS)"#);
                assert!(is_allowed || starts.iter().all(|start| !text.contains(start)), "{}", path.display());
            }
        }
    }
}
