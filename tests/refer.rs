//! `carepath refer`: what stands on a hand-over note, and what must never stand there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test panics")]

#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};

use program::{Carepath, Ended, file, flat, read};
use serde_json::{Value, json};

/// The note for these answers to the rules of the tests.
fn refer(answers: &str, args: &[&str]) -> Ended {
    let (_folder, me) = file("me.yaml", &format!("format: 1\nanswers: {answers}\n"));
    Carepath::new(["refer", me.to_str().unwrap()].iter().chain(args)).run()
}

/// The part of a note under a heading that begins so.
fn part(note: &Ended, heading: &str) -> String {
    let from = note.out.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("no part {heading}\n{note}"));
    let after = &note.out[from + 1..];
    flat(after.split("\n\n").next().unwrap())
}

const KNEE: &str = "{signs: none, reason: [pain, tense], where: knee, more: none, strength: 4, goal: team}";

mod the_page {
    use super::*;

    #[test]
    fn says_all_on_one_page() {
        let note =
            refer(KNEE, &["--sender", "personal-trainer", "--contacts", "examples/contacts.yaml"]).code(0).no_err();
        note.out_is(&read("tests/refer/knee.txt"));
    }

    #[test]
    fn as_markdown_and_html_the_same() {
        let markdown = refer(KNEE, &["--format", "markdown"]).code(0);
        markdown.out("# Hand-over note for a physical therapist").out(r"- [ ] The knee is hot and swollen");
        let html = refer(KNEE, &["--format", "html"]).code(0);
        let html = html.out("<h1>Hand-over note for a physical therapist</h1>");
        html.out("<li class=\"box\">\u{2610}\u{a0}The knee is hot and swollen</li>").out("<main class=\"paper\">");
    }

    #[test]
    fn names_a_contact_once() {
        let both = KNEE.replace("goal: team", "goal: gym");
        let note = refer(&both, &["--contacts", "examples/contacts.yaml"]).code(0).out_lacks("No contact for");
        for name in ["Maria Lopez", "Sam Okafor"] {
            assert!(note.out.matches(name).count() <= 1, "{note}");
        }
        note.out("Maria Lopez");
    }

    #[test]
    fn goes_to_a_private_file() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("note.html").display().to_string();
        refer(KNEE, &["--out", &out]).code(0).no_out().err("Only you can read it.");
        assert!(read(&out).starts_with("<!DOCTYPE html>"));
        refer(KNEE, &["--out", &out]).code(2).no_out().err("is there already");
    }

    #[test]
    fn takes_answers_from_standard_input() {
        let input = format!("format: 1\nanswers: {KNEE}\n");
        Carepath::new(["refer", "-"])
            .input(&input)
            .run()
            .code(0)
            .no_err()
            .out("Hand-over note for a physical therapist");
    }

    #[test]
    fn cannot_be_made_from_answers_that_do_not_fit() {
        refer("{signs: cough}", &[]).code(2).no_out().err("error[unknown-option]");
        Carepath::new(["refer", "no-such.yaml"]).run().code(2).no_out().err("cannot read `no-such.yaml`");
    }
}

mod what_cannot_wait {
    use super::*;

    #[test]
    fn is_the_first_thing_on_the_page() {
        let note = refer("{signs: chest}", &[]).code(0);
        assert!(note.out.starts_with("EMERGENCY: call 112 now. Hand-over note for the paramedics\n"), "{note}");
        note.out("You feel pressure in the chest. Sit down").out_lacks("What is suggested");
        let note = refer("{signs: none, reason: pain, where: knee, more: hot}", &[]).code(0);
        assert!(note.out.starts_with("See a doctor today. Hand-over note for a doctor\n"), "{note}");
    }

    #[test]
    fn without_a_plan_names_no_contact() {
        refer("{signs: chest}", &["--contacts", "examples/contacts.yaml"])
            .code(0)
            .out_lacks("contact")
            .out_lacks("Call:");
    }

    #[test]
    fn goes_to_a_doctor_first() {
        let night = KNEE.replace("more: none", "more: night");
        let note = refer(&night, &[]).code(0).out("Hand-over note for a doctor");
        assert!(part(&note, "What comes first").contains("See a doctor first, within the next few days."), "{note}");
        note.out("Rebuild what hurts (core scope, waits for the doctor's OK)");
        let heart = KNEE.replace("signs: none", "signs: heart");
        let note = refer(&heart, &[]).code(0).out("Hand-over note for a doctor");
        note.out("Until: Your doctor says that you may exert yourself.").out("(core scope, waits for the doctor's OK)");
    }

    #[test]
    fn is_not_followed_by_a_word_that_all_is_well() {
        let clearance = "clearance\n    when: {signs: heart}\n    holds: exertion\n    until: Your doctor says that you may \
                         exert yourself.\n";
        let rules = read("tests/rules/small/rules.yaml");
        assert!(rules.contains(clearance));
        let (_folder, rules) = file("rules.yaml", &rules.replace(clearance, "physician\n    when: {signs: heart}\n"));
        let input = "format: 1\nanswers: {signs: heart, reason: none}\n";
        let note = Carepath::bare(["refer", "-", "--rules", rules.to_str().unwrap()]).input(input).run().code(0);
        note.out("See a doctor first").out_lacks("What is suggested").out_lacks("Nothing you said");
        let note = Carepath::new(["refer", "tests/results/otherwise.yaml"]).run().code(0);
        note.out("What is suggested").out("Nothing you said needs one of them.");
    }

    #[test]
    fn is_said_for_what_is_on_hold() {
        let fever = refer("{signs: fever, reason: tense}", &[]).code(0).out("Not yet: this has to pass first.");
        fever.out("Until: You have had no fever for a day.").out("On hold for now: \"Loosen tense muscles\"");
        let mixed = refer(&KNEE.replace("signs: none", "signs: fever"), &[]).code(0);
        mixed.out("Loosen tense muscles (core scope, on hold for now)");
    }
}

mod not_finished {
    use super::*;

    #[test]
    fn is_said_plainly_with_what_is_open() {
        let note = refer("{signs: none}", &[]).code(3).out("Hand-over note (NOT FINISHED)");
        note.out("Not finished. It can still turn out to be an emergency. What to do is not settled before these are answered:")
            .out("answered: - What brings you here?")
            .out_lacks("calls for a doctor first")
            .out_lacks("What is suggested");
        let note = refer("{signs: none}", &["--format", "json"]).code(3).json();
        assert_eq!(note[0]["finished"], json!(false));
        assert_eq!(note[0]["result"]["may_become"], json!("emergency"));
    }

    #[test]
    fn names_the_signs_that_were_ticked_first() {
        let note = refer("{signs: [fever, heart]}", &[]).code(3);
        let ticked = note.out.find("Warning signs ticked so far: Fever or chills; A").unwrap();
        assert!(ticked < note.out.find("What to do is not settled").unwrap(), "{note}");
        refer("{signs: none}", &[]).out_lacks("Warning signs ticked so far");
    }

    /// Only what the answers can still come to is said.
    #[test]
    fn threatens_with_nothing_that_cannot_be() {
        let note = refer("{signs: none, reason: [pain, tense], where: knee}", &[]).code(3);
        note.out("It can still turn out that a doctor is needed today.").out_lacks("to be an emergency");
    }

    #[test]
    fn may_mean_a_doctor_already() {
        let note = refer("{signs: none, reason: pain, more: night}", &[]).code(3);
        note.out("Hand-over note for a doctor (NOT FINISHED)")
            .out_lacks("a doctor has to come first")
            .out("Your pain wakes you every night.");
    }

    #[test]
    fn before_anything_was_said() {
        refer("", &[])
            .code(3)
            .out("Nothing was asked yet, not even the danger signs.")
            .out("What the person said")
            .out("Nothing yet.")
            .out("(3 signs)");
    }
}

mod boxes {
    use super::*;

    #[test]
    fn are_ticked_as_said_and_open_where_denied() {
        let note = refer("{signs: [fever, heart], reason: fit, goal: gym}", &[]).code(0);
        let said = part(&note, "What the person said");
        assert!(said.contains("Do you have any of these? [x] Fever or chills [x] A heart problem"), "{said}");
        assert!(said.contains("doctor knows about [ ] Pressure in the chest"), "{said}");
    }

    /// A list on which all is said by boxes leaves no marks of its own.
    #[test]
    fn stand_for_the_answer_in_markdown() {
        let note = refer("{signs: [fever, heart], reason: fit, goal: gym}", &["--format", "markdown"]).code(0);
        let note = note.out("- Do you have any of these? - [x] Fever or chills").out_lacks("****");
        assert!(note.out.lines().all(|line| line == line.trim_end()), "{note}");
    }

    #[test]
    fn leave_out_what_did_not_apply() {
        let note = refer(KNEE, &[]).code(0);
        note.out("[ ] The knee is hot and swollen").out_lacks("Numb between the legs").out("(1 sign more)");
    }

    /// Where it is not known yet whether the person saw an option, it was not denied.
    #[test]
    fn are_open_for_nothing_that_may_not_have_applied() {
        let note = refer("{signs: none, reason: pain, more: none}", &["--format", "json"]).code(3);
        let note = &note.json()[0];
        assert_eq!(options(&said(note, "more")["boxes"]), [("night".to_owned(), Some(false))]);
        assert_eq!(options(&not_asked(note, "more")["signs"]), [("saddle".to_owned(), None), ("hot".to_owned(), None)]);
    }

    #[test]
    fn of_an_answer_that_no_longer_applies_stay_ticked_but_deny_nothing() {
        let note = refer("{signs: none, reason: fit, goal: gym, more: [hot]}", &[]).code(0);
        note.out("[x] The knee is hot and swollen").out("(not used: it does not apply").out_lacks("[ ] It wakes");
    }

    fn of(note: &Value, key: &str, question: &str) -> Value {
        let rows = note[key].as_array().unwrap();
        rows.iter().find(|row| row["question"] == question).unwrap_or_else(|| panic!("{question} in {note}")).clone()
    }

    fn said(note: &Value, question: &str) -> Value {
        of(note, "said", question)
    }

    fn not_asked(note: &Value, question: &str) -> Value {
        of(note, "not_asked", question)
    }

    fn options(rows: &Value) -> Vec<(String, Option<bool>)> {
        let row = |row: &Value| (row["option"].as_str().unwrap().to_owned(), row["ticked"].as_bool());
        rows.as_array().unwrap().iter().map(row).collect()
    }
}

#[test]
fn answers_stand_in_the_order_in_which_they_were_given() {
    let said = |answers: &str| -> Vec<String> {
        let note = refer(answers, &["--format", "json"]).code(0);
        let note = &note.json()[0];
        note["said"].as_array().unwrap().iter().map(|row| row["question"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(said("{goal: gym, reason: fit, signs: none}"), ["goal", "reason", "signs"]);
    assert_eq!(said("{signs: none, reason: fit, goal: gym}"), ["signs", "reason", "goal"]);
    let result = |answers: &str| refer(answers, &["--format", "json"]).json()[0]["result"]["plan"].clone();
    assert_eq!(result("{goal: gym, reason: fit, signs: none}"), result("{signs: none, reason: fit, goal: gym}"));
}

#[test]
fn a_scale_is_told_with_its_ends() {
    refer(KNEE, &[]).out("How strong is the pain? 4, from 0 (no pain) to 10 (the worst)");
}

mod the_sender {
    use super::*;

    #[test]
    fn is_told_what_is_not_theirs() {
        let note = refer(KNEE, &["--sender", "personal-trainer"]).code(0);
        note.out("(personal trainer) To:")
            .out("Outside the scope of practice of a personal trainer, who sends this: \"Rebuild what hurts\" and \"Loosen")
            .out("Only on referral or under supervision for a personal trainer, who sends this: \"Get ready for");
        refer(KNEE, &[]).code(0).out_lacks("who sends this");
    }

    #[test]
    fn does_not_hand_over_to_themselves() {
        refer(KNEE, &["--sender", "physical-therapist"]).code(0).out("Hand-over note for a sports massage therapist");
    }

    #[test]
    fn must_be_known() {
        let note = refer(KNEE, &["--sender", "personal-trayner"]).code(2).no_out();
        note.err("there is no professional `personal-trayner`; did you mean `personal-trainer`?");
    }
}

mod names {
    use super::*;

    #[test]
    fn are_lines_to_fill_in_unless_they_are_given() {
        refer(KNEE, &[]).out("Date: ____________ Person: ____").out("From: ____").out("To: ____").out("Receiver: ____");
        let args = ["--person", "Ann Lee", "--from", "Sam Okafor", "--to", "Maria Lopez"];
        refer(KNEE, &args).out("Person: Ann Lee").out("From: Sam Okafor To: Maria Lopez");
    }

    #[test]
    fn are_asked_for_beside_the_result() {
        let (_folder, me) = file("me.yaml", &format!("format: 1\nanswers: {KNEE}\n"));
        let me = me.to_str().unwrap();
        let ended = Carepath::new(["refer", me, "--ask-names", "--from", "Sam"]).input("Ann Lee\n\n").run().code(0);
        let ended =
            ended.err("Name of the person").err("Press Enter alone to leave a line to fill in:").err_lacks("Your name");
        ended.out("Person: Ann Lee").out("From: Sam To: ____").out_lacks("Name of");
        let contacts = ["refer", me, "--ask-names", "--contacts", "examples/contacts.yaml"];
        Carepath::new(contacts).input("\n\n\n").run().code(0).err(
            "Name of the one who takes over (in your list: Maria Lopez; Springfield Physical Therapy)? Press Enter",
        );
        // The input may end.
        Carepath::new(["refer", me, "--ask-names"]).run().code(0).out("Person: ____");
        let ended = Carepath::new(["refer", "-", "--ask-names"]).run().code(2).no_out();
        ended.err("--ask-names reads names from standard input");
    }

    #[test]
    fn cannot_act_on_a_terminal() {
        let note = refer(KNEE, &["--person", "Ann\u{1b}[31m\u{202e}"]).code(0).out("Person: Ann<U+001B>[31m<U+202E>");
        assert!(!note.out.contains('\u{1b}'));
        refer(KNEE, &["--person", "<b>Ann", "--format", "html"]).out("&lt;b&gt;Ann").out_lacks("<b>Ann");
    }
}

/// For each case: a box is ticked if and only if that was said; it is open only if the person could have ticked it and did
/// not; every other sign is listed as not asked. What is a sign is the same for everybody. And the note fits a page.
#[test]
fn in_every_built_in_case_the_boxes_are_as_the_answers() {
    use carepath::answers::{Answer, read_answers};
    use carepath::decide::{Situation, Truth};
    use carepath::explain::Explanation;
    use carepath::model::{OptionIx, QuestionIx};
    use carepath::present::{Page, referral};
    use carepath::referral::Referral;
    use carepath::source::Texts;

    type Options = BTreeSet<(QuestionIx, OptionIx)>;

    let loaded = carepath::builtin::rules().unwrap();
    let rules = &loaded.rules;
    let mut listed: BTreeMap<String, (Options, Options)> = BTreeMap::new();
    for entry in std::fs::read_dir("examples/cases").unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        let mut texts = Texts::default();
        let file = texts.add(name.clone(), read(&path));
        let answers = read_answers(rules, &texts, file).unwrap().answers;
        let note = Referral::new(Explanation::new(rules, &answers), &answers);
        let situation = Situation::new(rules, &answers);
        let said = |(question, option): &(QuestionIx, OptionIx)| matches!(answers.get(*question), Some(Answer::Options(chosen)) if chosen.contains(*option));
        let was_asked = |(question, option): &(QuestionIx, OptionIx)| {
            situation.standing(*question).answered == Truth::Yes && situation.choosable(*question).contains(*option)
        };
        let boxes = |ticked: bool| -> Options {
            let of_said = note.said.iter().flat_map(|said| said.boxes.iter().map(move |tick| (said.question, tick)));
            of_said.filter(|(_, tick)| tick.ticked == ticked).map(|(question, tick)| (question, tick.option)).collect()
        };
        let (ticked, denied) = (boxes(true), boxes(false));
        let lines = referral(&note).text(Page::new(80, false)).lines().count();
        // One of 96 lines was printed by a browser on one sheet of A4 and one of Letter, one of 99 on two.
        assert!(lines <= 112, "{name}: {lines} lines");
        let not_asked: Options =
            note.not_asked.iter().flat_map(|row| row.signs.iter().map(|option| (row.question, *option))).collect();
        for each in &ticked {
            assert!(said(each), "{name}: ticked, not said: {each:?}");
        }
        for each in &denied {
            assert!(was_asked(each) && !said(each), "{name}: denied, but not asked or said: {each:?}");
        }
        for each in &not_asked {
            assert!(!was_asked(each) && !said(each), "{name}: asked, but listed as not asked: {each:?}");
        }
        let signs = denied.union(&not_asked).copied().collect();
        listed.insert(name, (ticked, signs));
    }
    // A sign that anybody denied or was not asked stands on every note: ticked, denied or not asked.
    let signs: Options = listed.values().flat_map(|(_, signs)| signs).copied().collect();
    for (name, (ticked, of_case)) in &listed {
        let missing: Vec<_> = signs.iter().filter(|sign| !ticked.contains(sign) && !of_case.contains(sign)).collect();
        assert!(missing.is_empty(), "{name}: on no list: {missing:?}");
    }
    assert!(listed.len() > 800 && signs.len() > 60, "{} cases, {} signs", listed.len(), signs.len());
}
