//! Answers that were given when there was less to choose from: what was not on a list then was not denied.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test panics")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use program::{Carepath, Ended, file, read};
use serde_json::{Value, json};

const NOW: &str = "tests/older/now.yaml";
const WITH: &str = "tests/older/with-offered.yaml";
const WITHOUT: &str = "tests/older/without-offered.yaml";
const UNDER: &str = "Some answers were given under Older rules 1.0.0; this is 2.0.0.";
const GROWN: &str = "This list has new options since you answered: Numb between the legs.";
const UNKNOWN: &str = "It is not known what this list offered when you answered.";

/// Runs with the newer rules.
fn now(args: &[&str]) -> Ended {
    Carepath::bare(args.iter().chain(&["--rules", NOW])).run()
}

/// The file whose answers say what was offered, with something else in it.
fn with(before: &str, after: &str) -> (tempfile::TempDir, String) {
    let text = read(WITH);
    assert!(text.contains(before), "{text}");
    kept(&text.replace(before, after))
}

fn kept(text: &str) -> (tempfile::TempDir, String) {
    let (folder, path) = file("me.yaml", text);
    (folder, path.to_str().unwrap().to_owned())
}

mod none_of_these {
    use super::*;

    #[test]
    fn was_enough_under_the_older_rules() {
        for file in [WITH, WITHOUT] {
            let ended = Carepath::bare(["decide", file, "--rules", "tests/older/then.yaml"]).run().code(0).no_err();
            ended.out("See a trainer.").out_lacks("Some answers were given under");
        }
    }

    #[test]
    fn settles_nothing_now_and_is_asked_again() {
        for (file, why) in [(WITH, GROWN), (WITHOUT, UNKNOWN)] {
            for format in ["text", "markdown", "html"] {
                let ended = now(&["decide", file, "--format", format]).code(3);
                let ended = ended.out("Not settled yet").out("It can still turn out to be an emergency.");
                let ended = ended.out("Do you have any of these? (danger)").out(why).out(UNDER);
                ended.out_lacks("See a trainer").out_lacks("Nothing in your answers");
            }
            now(&["explain", file]).code(3).out(why).out(UNDER);
            now(&["explain", file, "--what-if"]).code(2).no_out();
        }
    }

    #[test]
    fn is_so_in_json() {
        for (file, known, not_asked) in
            [(WITH, true, json!(["numb"])), (WITHOUT, false, json!(["chest", "fever", "numb"]))]
        {
            for (args, open) in [(["decide", file], "open_questions"), (["explain", file], "open_questions")] {
                let line = now(&[args[0], args[1], "--format", "json"]).code(3).json().remove(0);
                assert_eq!(line["given_under"], json!({"name": "Older rules", "version": "1.0.0"}));
                assert_eq!(line["settled"], false);
                assert_eq!(line[open], json!(["danger"]));
                let danger = &line["grown_lists"][0];
                let expected = json!({"question": "danger", "not_asked": not_asked, "offered_is_known": known});
                assert_eq!(danger, &expected);
            }
        }
    }

    #[test]
    fn denies_nothing_on_a_note() {
        for format in ["text", "markdown", "html"] {
            let note = now(&["refer", WITH, "--format", format]).code(3).out(UNDER);
            let note = note.out("This list has new options since it was answered: Numb between the legs.");
            note.out("Pressure in the chest").out("(1 sign more)").out("(of a shorter list: 1 more by now)");
        }
        let note = now(&["refer", WITH]).code(3).out("[ ] Pressure in the chest [ ] Fever or chills");
        note.out_lacks("[ ] Numb");
        let note = now(&["refer", WITHOUT]).code(3).out("(3 signs more)").out_lacks("[ ] Pressure");
        note.out("It is not known what this list offered when it was answered. What was ticked counts.")
            .out("None of these (it is not known what else was on the list)");
    }

    #[test]
    fn denies_nothing_on_a_note_in_json() {
        for (file, denied, missing) in
            [(WITH, &["chest", "fever"][..], &["numb"][..]), (WITHOUT, &[], &["chest", "fever", "numb"])]
        {
            let note = now(&["refer", file, "--format", "json"]).code(3).json().remove(0);
            let ids = |rows: &Value| -> Vec<String> {
                rows.as_array().unwrap().iter().map(|row| row["option"].as_str().unwrap().to_owned()).collect()
            };
            assert_eq!(ids(&note["said"][0]["boxes"]), denied, "{note}");
            assert_eq!(ids(&note["not_asked"][0]["signs"]), missing, "{note}");
            assert_eq!(note["result"]["given_under"]["version"], "1.0.0");
        }
    }

    /// Whoever wrote the rules may have forgotten to raise the version.
    #[test]
    fn is_asked_again_where_the_version_stayed() {
        let (_folder, me) = with("1.0.0", "2.0.0");
        now(&["decide", &me]).code(3).no_err().out(GROWN).out_lacks("Some answers were given under");
    }

    /// Cases, and files written by hand, are about what is asked now.
    #[test]
    fn stands_where_nothing_says_that_it_is_older() {
        for rule_set in ["", "rule_set: {name: Older rules, version: 2.0.0}\n"] {
            let (_folder, me) =
                kept(&format!("format: 1\n{rule_set}answers: {{danger: none, pain: mild, wish: fit}}\n"));
            now(&["decide", &me]).code(0).no_err().out("See a trainer.");
            now(&["refer", &me]).code(0).out("[ ] Numb between the legs");
        }
    }

    #[test]
    fn leaves_a_case_open() {
        let (_folder, me) = kept(&format!("{}expect: {{level: none}}\n", read(WITHOUT)));
        now(&["test", &me]).code(1).out("danger");
        let (_folder, me) = kept(&format!("{}expect: {{level: none}}\n", read(WITHOUT).replace("1.0.0", "2.0.0")));
        now(&["test", &me]).code(0);
    }
}

mod a_tick {
    use super::*;

    /// Nothing on a longer list could make it less grave.
    #[test]
    fn of_an_emergency_is_one_still() {
        for file in [WITH, WITHOUT] {
            let (_folder, me) = kept(&read(file).replace("danger: [none]", "danger: [chest]"));
            now(&["decide", &me]).code(0).out("EMERGENCY: call 112 now.").out("Your chest hurts.");
            let note = now(&["refer", &me]).code(0).out("[x] Pressure in the chest").out_lacks("[ ] Numb");
            note.out("Not asked, so not known");
        }
    }

    #[test]
    fn shows_while_the_rest_is_open() {
        let (_folder, me) = with("danger: [none]", "danger: [fever]");
        let ended = now(&["decide", &me]).code(3).out("It can still turn out to be an emergency.").out(GROWN);
        ended.out("What was said so far already means").out("You have a fever.").out_lacks("See a trainer");
    }

    #[test]
    fn that_the_file_does_not_list_was_offered() {
        let (_folder, me) = with("danger: [none]", "danger: [numb]");
        now(&["decide", &me]).code(0).out("You are numb.");
    }
}

mod one_of_several {
    use super::*;

    const SEVERE: &str = "      - severe: Severe, but not the worst\n";

    fn with_severe() -> (tempfile::TempDir, String) {
        let rules = read(NOW).replace("      - worst:", &format!("{SEVERE}      - worst:"));
        let rules = rules.replace(
            "  - {id: worst,",
            "  - {id: severe, level: physician, when: {pain: severe}, say: s, do: d}\n  - {id: worst,",
        );
        let (folder, path) = file("rules.yaml", &rules);
        (folder, path.to_str().unwrap().to_owned())
    }

    #[test]
    fn is_asked_again_if_there_are_more_by_now() {
        let (_rules, rules) = with_severe();
        let (_folder, me) = with("[chest, fever, none]", "[chest, fever, numb, none]");
        let ended = Carepath::bare(["decide", &me, "--rules", &rules]).run().code(3);
        ended.out("This list has new options since you answered: Severe, but not the worst.").out_lacks("(danger)");
    }

    /// What was said to be the worst is not taken back by itself.
    #[test]
    fn means_what_it_meant_until_then() {
        let (_rules, rules) = with_severe();
        let (_folder, me) = with("pain: mild", "pain: worst");
        let ended = Carepath::bare(["decide", &me, "--rules", &rules]).run().code(3);
        ended.out("What was said so far already means: See a doctor today.").out("The pain is the worst of your life.");
    }

    #[test]
    fn stands_where_it_is_not_known() {
        let (_rules, rules) = with_severe();
        let text = read(WITHOUT).replace("danger: [none]", "danger: [chest]");
        let (_folder, me) = kept(&text);
        Carepath::bare(["decide", &me, "--rules", &rules]).run().code(0);
        let (_folder, me) = kept(&read(WITHOUT));
        Carepath::bare(["decide", &me, "--rules", &rules]).run().code(3).out("(danger)").out_lacks("(pain)");
    }
}

#[test]
fn an_option_that_changes_nothing_is_not_asked_for() {
    let (_folder, me) = with("[chest, fever, none]", "[chest, fever, numb, none]");
    let ended = now(&["decide", &me]).code(0).out("See a trainer.").out(UNDER);
    ended.out_lacks("To look around");
    now(&["decide", &me, "--format", "markdown"]).code(0).out("**To get fit (of a shorter list: 1 more by now)**");
    let line = now(&["decide", &me, "--format", "json"]).code(0).json().remove(0);
    assert_eq!(line["grown_lists"], json!([{"question": "wish", "not_asked": ["look"], "offered_is_known": true}]));
    for what in [&["--what-if"][..], &["--why-not", "trainer"], &["--set", "pain=worst"]] {
        now(&[&["explain", &me], what].concat()).code(0).out(UNDER);
    }
}

mod explained {
    use super::*;

    /// What keeps a rule from holding is what was denied, not what was never asked.
    #[test]
    fn by_nothing_that_was_not_asked() {
        let rules = read(NOW).replace(
            "flags:\n",
            "flags:\n  - {id: always, level: note, unless: {danger: {all_of: [fever, numb]}}, say: s, do: d}\n",
        );
        let (_rules, rules) = file("rules.yaml", &rules);
        let rules = rules.to_str().unwrap();
        let ended = Carepath::bare(["explain", WITH, "--format", "json", "--rules", rules]).run().code(3);
        let not_excused = &ended.json()[0]["flags"][0]["not_excused"];
        assert_eq!(*not_excused, json!([{"question": "danger", "not_ticked": ["fever"]}]));
    }

    /// A change after which the new option matters says what to answer there, beside the ticks that stay.
    #[test]
    fn with_what_would_have_to_be_answered_beside_a_change() {
        let changes = [
            ("level: emergency, when: {danger: numb}", "level: physician, when: {danger: numb}, unless: {pain: mild}"),
            ("holds: [training], until: It is gone., ", ""),
            ("level: urgent, when: {pain: worst}", "level: note, when: {pain: worst}"),
        ];
        let mut rules = read(NOW);
        for (before, after) in changes {
            assert!(rules.contains(before), "{before}");
            rules = rules.replace(before, after);
        }
        let (_rules, rules) = file("rules.yaml", &rules);
        let rules = rules.to_str().unwrap();
        let (_folder, me) = with("danger: [none]", "danger: [fever]");
        Carepath::bare(["decide", &me, "--rules", rules]).run().code(0);
        let ended = Carepath::bare(["explain", &me, "--what-if", "--format", "json", "--rules", rules]).run().code(0);
        let groups = ended.json()[0]["groups"].clone();
        let physician = groups.as_array().unwrap().iter().find(|group| group["recommendation"]["level"] == "physician");
        let change = &physician.unwrap_or_else(|| panic!("{groups:#}"))["alternatives"][0];
        assert_eq!(change["also_asked"], json!({"danger": ["fever", "numb"]}), "{change}");
        assert_eq!(change["answers"]["pain"], "worst", "{change}");
    }
}

mod the_interview {
    use super::*;

    fn go_on(me: &str, replies: &str) -> Ended {
        Carepath::bare(["--plain", "--rules", NOW, "--answers", me, "--save", me]).input(replies).run()
    }

    #[test]
    fn puts_the_list_again_and_keeps_what_it_offers_now() {
        for (file, hint, marked) in [
            (WITH, "again, as there is more to choose from", true),
            (WITHOUT, "again, as there may be more to choose from", false),
        ] {
            let (_folder, me) = kept(&read(file));
            let ended = go_on(&me, "3\n").code(0).err(hint).out("EMERGENCY: call 112 now.");
            let new = "3. Numb between the legs (new)";
            if marked {
                ended.err(new)
            } else {
                ended.err_lacks(new)
            };
            let text = read(&me);
            assert!(text.contains("version: \"2.0.0\"") && text.contains("  danger: [numb]\n"), "{text}");
            assert!(text.contains("  danger: [chest, fever, numb, none]\n"), "{text}");
            now(&["decide", &me]).code(0).no_err().out("You are numb.");
        }
    }

    /// The file carries the version of today then; what was offered stays what it was.
    #[test]
    fn that_is_left_keeps_what_was_offered() {
        for (file, kept_as, why) in
            [(WITH, "  danger: [chest, fever, none]\n", GROWN), (WITHOUT, "  danger: []\n", UNKNOWN)]
        {
            let (_folder, me) = kept(&read(file));
            go_on(&me, "q\n").code(3).err("You will be asked again, as there may be more to choose from now:");
            let text = read(&me);
            assert!(text.contains("version: \"2.0.0\"") && text.contains(kept_as), "{text}");
            now(&["decide", &me]).code(3).no_err().out(why);
            now(&["refer", &me]).code(3).out_lacks("[ ] Numb");
        }
    }

    #[test]
    fn says_so_at_the_beginning() {
        let (_folder, me) = kept(&read(WITHOUT));
        let said = "were given to the rules \"Older rules 1.0.0\"; now they are \"Older rules 2.0.0\".";
        go_on(&me, "q\n").err(said).err("What their lists offered does not stand there");
        let (_folder, me) = kept(&read(WITH));
        go_on(&me, "q\n").err(said).err_lacks("does not stand there");
    }
}

/// What is said of an answer is tried out: with one thing more, and without it. What was not on the list then is not denied there.
mod what_is_tried_out {
    use super::*;

    const RULES: &str = r#"
format: 1
name: Tried out
version: 2.0.0
emergency_number: "112"
questions:
  - id: danger
    ask: Do you have any of these?
    choose: many
    none: None of these
    options: [chest: It hurts, cast: It is in a cast, seen: A doctor has seen it, numb: It is numb]
  - {id: where, ask: Where is it?, choose: one, options: [knee: The knee, back: The back]}
  - id: knee
    ask: What about the knee?
    choose: many
    only_if: {where: knee}
    options: [hot: It is hot, stiff: It is stiff]
flags:
  - {id: numb, level: emergency, when: {danger: numb}, unless: {danger: [seen, cast]}, say: It is numb., do: Call 112.}
  - {id: both, level: physician, when: {danger: {all_of: [chest, cast]}}, say: You said both., do: Ask.}
  - {id: hot, level: physician, when: {knee: hot}, say: It is hot., do: Ask.}
professionals: [{id: trainer, name: trainer}]
services: [{id: training, name: Training, scope: {trainer: core}}]
phases: [{id: start, title: Start}]
needs: [{id: everybody, service: training, phase: start, because: Everybody needs it.}]
otherwise: Nobody.
"#;

    fn decided(answers: &str, offered: &str) -> Ended {
        let (_folder, rules) = file("rules.yaml", RULES);
        let text = format!("format: 1\nanswers: {answers}\noffered: {offered}\n");
        let (_other, me) = kept(&text);
        Carepath::bare(["decide", &me, "--rules", rules.to_str().unwrap()]).env("COLUMNS", "200").run().code(0)
    }

    /// Without the tick the list would be asked again, as it has a sign of an emergency more.
    #[test]
    fn a_tick_that_is_taken_back_denies_nothing_new() {
        decided("{danger: seen, where: back}", "{danger: [chest, cast, seen, none]}")
            .out("\"A doctor has seen it\": Without it, more would be asked.");
    }

    #[test]
    fn one_tick_more_may_be_on_a_list_that_has_grown() {
        decided("{danger: cast, where: back}", "{danger: [chest, cast, seen, none]}")
            .out("\"It is in a cast\": Without it, more would be asked.");
        decided("{danger: [seen, cast], where: back}", "{danger: [chest, cast, seen, none]}")
            .out("\"It is in a cast\": Together with \"It hurts\" it would mean a doctor within days.");
    }

    /// That the knee is what hurts has its place in what was said of the knee, however long that list is by now.
    #[test]
    fn what_opened_a_list_that_has_grown_is_no_news() {
        decided("{danger: none, where: knee, knee: hot}", "{knee: [hot]}")
            .out("- It is hot.\n")
            .out_lacks("You also said");
    }
}

mod the_file {
    use super::*;

    #[test]
    fn may_name_what_is_not_there_any_more() {
        let (_folder, me) = with("  danger: [chest,", "  gone: [here]\n  danger: [gone, chest,");
        now(&["decide", &me]).code(3).out(GROWN);
    }

    #[test]
    fn may_leave_it_open() {
        let text = read(WITH);
        let (answers, _) = text.split_once("offered:").unwrap();
        let (_folder, me) = kept(&format!("{answers}offered:\n").replace("1.0.0", "2.0.0"));
        now(&["decide", &me]).code(0).out("See a trainer.");
    }

    #[test]
    fn is_refused_where_it_is_no_list_of_options() {
        for wrong in ["[chest]", "{danger: {chest: yes}}", "{danger: [[chest]]}", "3"] {
            let text = read(WITH);
            let (answers, _) = text.split_once("offered:").unwrap();
            let (_folder, me) = kept(&format!("{answers}offered: {wrong}\n"));
            now(&["decide", &me]).code(2).no_out().err("error[wrong-type]");
        }
    }

    #[test]
    fn that_is_drafted_or_shows_a_fault_says_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let shown = folder.path().join("shown");
        Carepath::bare(["check", "--rules", "tests/diagnostics/guarantee-fails.yaml", "--save-counterexamples"])
            .arg(&shown)
            .run()
            .code(1);
        let texts: Vec<String> = files(&shown);
        assert!(!texts.is_empty() && texts.iter().all(|text| !text.contains("offered")), "{texts:?}");
    }

    fn files(folder: &Path) -> Vec<String> {
        std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
    }
}
