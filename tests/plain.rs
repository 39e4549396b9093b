//! The program in scripts and pipes: what it reads, what it writes where, and how it ends.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Carepath, Ended, file, read};

/// No arguments.
const NONE: [&str; 0] = [];

/// The replies to all questions of somebody in pain who wants to be back in the team.
const WHOLE: &str = "4\n1\n1\n3\n4\n2\n";

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Answers to the rules of the tests, as a file.
fn answers(text: &str) -> (tempfile::TempDir, PathBuf) {
    let lines: Vec<String> = text.lines().map(|line| format!("  {}\n", line.trim())).collect();
    file("answers.yaml", &format!("format: 1\nanswers:\n{}", lines.concat()))
}

mod conversation {
    use super::*;

    fn plain(input: &str) -> Ended {
        Carepath::new(["--plain"]).input(input).run()
    }

    #[test]
    fn a_whole_one() {
        plain(WHOLE).code(0).out("See a physical therapist, then an athletic trainer.").err_lacks("kept").err_is(
            r#"In an emergency, do not read on: call 112.

Who should I see? Answer a few questions to find out.
These rules are made up for tests. They give no advice.
No clinician has reviewed these rules yet.

[Danger signs, at most 5 more after this]
Do you have any of these? If in doubt, tick it.
  1. Pressure in the chest
  2. Fever or chills
  3. A heart problem that a doctor knows about
  4. None of these
Type the numbers of all that fit, such as 1,3. ?: why do you
ask. q: leave.
> 
[The reason, at most 4 more after this]
What brings you here?
  1. Something hurts
  2. I want to get fit
  3. My muscles are tense
  4. None of these
Type the numbers of all that fit, such as 1,3. ?: why do you
ask. b: back. q: leave.
> 
[The problem, at most 3 more after this]
Where does it hurt?
  1. In the back
  2. In the knee, or somewhere around it, and by that I mean
     also the shin just below it and the thigh just above it
Type one number. ?: why do you ask. b: back. q: leave.
> 
[The problem, at most 2 more after this]
Is any of this true as well?
  1. Numb between the legs
  2. It wakes me every night
  3. None of these
Type the numbers of all that fit, such as 1,3. ?: why do you
ask. b: back. q: leave.
> 
[The problem, at most 1 more after this]
How strong is the pain?
Type a number from 0 (no pain) to 10 (the worst), or n for
"I cannot say". ?: why do you ask. b: back. q: leave.
> 
[Your goal, last question]
What do you want to get back to?
  1. Daily life
  2. Sport in a team
  3. The gym
  4. I don't know yet
Type one number. ?: why do you ask. b: back. q: leave.
> 

See a physical therapist, then an athletic trainer. What
next?
  1. See why
  2. Change an answer
  3. Why not someone?
  4. Write a report
  5. Done
Type one number. q: leave.
> 
"#,
        );
    }

    #[test]
    fn it_is_a_command_too() {
        Carepath::new(["ask", "--plain"]).input(WHOLE).run().code(0).out("See a physical therapist");
    }

    #[test]
    fn a_pipe_needs_no_option() {
        Carepath::new(NONE).input(WHOLE).run().code(0).out("See a physical therapist").err("Type the numbers");
    }

    #[test]
    fn the_end_of_input_leaves_the_open_questions() {
        plain("4\n1\n").code(3).err("Your answers were not kept. With --save FILE they are.").out(
            "Not settled yet --------------- Not finished. It can still turn out to be an emergency. It still depends on your answer to: \
             - Where does it hurt? (where) - Is any of this true as well? (more) \
             - How strong is the pain? (strength) \
             - What do you want to get back to? (goal)",
        );
    }

    #[test]
    fn nothing_to_read_at_all() {
        plain("").code(3).out("Not settled yet").out("Do you have any of these? If in doubt, tick it. (signs)");
    }

    #[test]
    fn a_last_line_without_an_end_counts() {
        plain("1").code(0).out("EMERGENCY: call 112 now.");
    }

    #[test]
    fn an_emergency_ends_it_at_once_with_the_number_first() {
        let ended = plain("1\n4\n").code(0).err_lacks("What brings you here?");
        assert!(ended.out.starts_with("EMERGENCY: call 112 now.\n"), "{ended}");
    }

    #[test]
    fn back_shows_the_answer_so_far_and_keeps_the_later_ones() {
        plain("4\n1\n1\n3\n4\nb\nb\n3\n2\n")
            .code(0)
            .err("Your answer so far: 4")
            .err("3. None of these (your answer so far)")
            .out("See a physical therapist, then an athletic trainer.");
    }

    /// "None of these" about a knee says nothing about a back.
    #[test]
    fn what_was_not_on_offer_before_is_asked_again() {
        plain("4\n1\n2\n3\nb\nb\n1\n1\n")
            .code(0)
            .err("[The problem, again, as there is more to choose from, at most 2 more after this]")
            .err("1. Numb between the legs (new) 2. It wakes me every night 3. None of these (your answer so far)")
            .out("EMERGENCY: call 112 now.");
    }

    #[test]
    fn an_answer_that_falls_away_is_named() {
        plain("4\n1\n2\n1\n").code(0).err_lacks("No longer used");
        plain("4\n1\n1\n2\n7\nb\nb\nb\nb\n2\n")
            .err(r#"No longer used: "Where does it hurt? In the back", "#)
            .err(r#""Is any of this true as well? It wakes me every night", "How strong is the pain? 7"."#);
    }

    #[test]
    fn nothing_lies_before_the_first_question() {
        plain("b\n").err("> This is the first question; there is nothing to go back to. >");
    }

    #[test]
    fn why_is_answered_and_the_question_put_again() {
        plain("?\n4\nwhy\n")
            .err("> Some signs cannot wait. Your answer could mean that you should call 112 now. [Danger signs")
            .err("> Your answer could mean that you should call 112 now, or change who is on your plan, or put something on hold. [The reason");
    }

    #[test]
    fn leaving_is_no_error() {
        for word in ["q", "Q", "quit"] {
            plain(&format!("4\n{word}\n")).code(3).out("Not settled yet").err("Your answers were not kept.");
        }
    }

    #[test]
    fn not_sure_of_a_number() {
        for word in ["n", "N", "not sure"] {
            plain(&format!("4\n1\n1\n3\n{word}\n2\n")).code(0).out("You could not say how strong the pain is.");
        }
    }

    #[test]
    fn what_does_not_fit_is_explained_and_asked_again() {
        plain("knee\n9\n\n1,4\n4\n4\n")
            .code(0)
            .err(r#"> "knee" was not understood. Please type the number in front of an answer."#)
            .err("> There is no answer 9 here; they go from 1 to 4.")
            .err("> Please type the number in front of an answer. >")
            .err(r#"> "None of these" was ticked together with something else."#)
            .out("Nothing you said needs one of them.");
        plain("4\n1\n1 2\n1\n3\nfour\n11\n-1\n4\n4\n")
            .code(0)
            .err("> Please choose one answer.")
            .err(r#"> "four" was not understood. Please type a whole number, such as 4."#)
            .err("> That number is outside the range; it goes from 0 to 10.");
    }

    #[test]
    fn an_option_that_does_not_apply_is_not_offered() {
        plain("4\n1\n2\n").err("1. The knee is hot and swollen").err_lacks("Numb between the legs");
    }

    #[test]
    fn control_characters_and_odd_bytes_do_no_harm() {
        let ended = plain("\u{1b}[2J\u{202e}\n4\n4\n").code(0).err(r#""<U+001B>[2J<U+202E>" was not understood"#);
        assert!(!ended.err.contains('\u{1b}'), "{ended}");
    }

    #[test]
    fn the_result_can_be_json() {
        let ended =
            Carepath::new(["--format", "json", "--plain"]).input(WHOLE).run().code(0).err("Where does it hurt?");
        assert_eq!(ended.json().len(), 1, "{ended}");
    }
}

mod keeping {
    use super::*;
    use std::io::{Read, Seek, Write};
    use std::process::{Command, Stdio};

    #[test]
    fn says_where_and_how_to_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let me = folder.path().join("about me.yaml");
        let ended = Carepath::new(["--plain", "--save", path(&me)]).input("4\n1\n").run().code(3);
        let (me, rules) = (me.display(), program::RULES);
        assert!(
            ended.err.ends_with(&format!("\nGo on with: carepath --answers '{me}' --save '{me}' --rules {rules}\n")),
            "{ended}"
        );
    }

    #[test]
    fn says_how_to_see_the_result_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let me = folder.path().join("me.yaml");
        Carepath::new(["--plain", "--save", path(&me)])
            .input(WHOLE)
            .run()
            .code(0)
            .err("result again with: carepath decide");
        Carepath::new(["decide", path(&me)]).run().code(0).out("See a physical therapist, then an athletic trainer.");
    }

    /// After each answer the file is there, whole and private; a reader who had it open still sees the one before.
    #[cfg(unix)]
    #[test]
    fn happens_after_each_answer() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a folder");
        let me = folder.path().join("me.yaml");
        let mut child = program::command()
            .args(["--plain", "--rules", program::RULES, "--save", path(&me)])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut keyboard = child.stdin.take().expect("a pipe");
        let mut screen = child.stderr.take().expect("a pipe");
        let mut until_asked = || {
            let mut said = Vec::new();
            let mut byte = [0];
            while !said.ends_with(b"\n> ") && screen.read(&mut byte).expect("a byte") > 0 {
                said.extend_from_slice(&byte);
            }
        };
        let head = "format: 1\nrule_set:\n  name: \"Small rules\"\n  version: \"1.2.3\"\nanswers:\n";
        let (mut said, mut offered) = (head.to_owned(), "offered:\n".to_owned());
        let mut before: Option<(fs::File, String)> = None;
        for (reply, answer, options) in [
            ("", "", ""),
            ("2,3\n", "  signs: [fever, heart]\n", "  signs: [chest, fever, heart, none]\n"),
            ("3 1\n", "  reason: [pain, tense]\n", "  reason: [pain, fit, tense, none]\n"),
            ("1\n", "  where: back\n", "  where: [back, knee]\n"),
        ] {
            keyboard.write_all(reply.as_bytes()).expect("it listens");
            until_asked();
            said.push_str(answer);
            offered.push_str(options);
            let expected = if answer.is_empty() { said.clone() } else { format!("{said}{offered}") };
            assert_eq!(read(&me), expected);
            assert_eq!(me.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
            if let Some((mut open, old)) = before.take() {
                let mut text = String::new();
                open.rewind().and_then(|()| open.read_to_string(&mut text)).expect("it is still whole");
                assert_eq!(text, old);
            }
            before = Some((fs::File::open(&me).expect("a file"), expected.clone()));
        }
        drop(keyboard);
        assert_eq!(child.wait().expect("an end").code(), Some(3));
        let left = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 1, "no temporary file stays");
    }

    #[test]
    fn an_answer_taken_back_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let me = folder.path().join("me.yaml");
        Carepath::new(["--plain", "--save", path(&me)]).input("4\nb\n2\n").run().code(3);
        assert!(read(&me).contains("answers:\n  signs: [fever]\noffered:\n"), "{}", read(&me));
    }

    #[test]
    fn in_the_order_in_which_they_were_given() {
        let (_folder, me) = answers("goal: team\nsigns: none");
        Carepath::new(["--plain", "--answers", path(&me), "--save", path(&me)]).input("1\n").run().code(3);
        let said = "answers:\n  goal: team\n  signs: [none]\n  reason: [pain]\noffered:\n";
        assert!(read(&me).contains(said), "{}", read(&me));
    }

    /// Whatever is there already, the first question is not even asked.
    #[track_caller]
    fn is_refused(target: &Path, because: &str) {
        Carepath::new(["--plain", "--save", path(target)])
            .input("1\n")
            .run()
            .code(2)
            .no_out()
            .err(because)
            .err_lacks("?");
    }

    #[test]
    fn never_in_the_place_of_something_else() {
        let (_folder, notes) = file("notes.txt", "precious");
        is_refused(&notes, "is there already, and nothing in it should be lost; go on from it with `--answers");
        assert_eq!(read(&notes), "precious");
    }

    #[test]
    fn nor_of_other_answers_than_those_it_goes_on_from() {
        let (_one, me) = answers("signs: none");
        let (_other, you) = answers("signs: fever");
        let args = ["--plain", "--answers", path(&me), "--save", path(&you)];
        Carepath::new(args).input("4\n").run().code(2).err("is there already");
        assert!(read(&you).contains("fever"));
    }

    #[test]
    fn an_empty_file_may_be_there() {
        let (_folder, me) = file("me.yaml", "");
        Carepath::new(["--plain", "--save", path(&me)]).input("1\n").run().code(0);
        assert!(read(&me).contains("answers:\n  signs: [chest]\noffered:\n"));
    }

    #[cfg(unix)]
    #[test]
    fn nor_of_a_device_or_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        is_refused(folder.path(), "it is no ordinary file");
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        is_refused(&pipe, "it is no ordinary file");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_said_first() {
        let (folder, file) = file("file", "");
        is_refused(&file.join("me.yaml"), "error: cannot save to");
        is_refused(&folder.path().join("nowhere/me.yaml"), "error: cannot save to");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_takes_no_files_is_said_first() {
        is_refused(Path::new("/proc/me.yaml"), "error: cannot save to `/proc/me.yaml`");
    }
}

mod going_on {
    use super::*;

    #[test]
    fn asks_only_what_is_open() {
        let (_folder, me) = answers("signs: none\nreason: pain\nwhere: back\nmore: none\nstrength: 4");
        Carepath::new(["--plain", "--answers", path(&me)])
            .input("2\n")
            .run()
            .code(0)
            .err("[Your goal, last question]")
            .err_lacks("Danger signs")
            .out("then an athletic trainer");
    }

    #[test]
    fn asks_nothing_where_all_is_settled() {
        let (_folder, me) = answers("signs: none\nreason: none");
        Carepath::new(["--plain", "--answers", path(&me)])
            .run()
            .code(0)
            .err("Change an answer")
            .err_lacks("more after this")
            .err_lacks("last question")
            .out("Nothing you said needs");
    }

    #[test]
    fn keeps_more_in_the_same_file() {
        let (_folder, me) = answers("signs: none");
        Carepath::new(["--plain", "--answers", path(&me), "--save", path(&me)]).input("1\n").run().code(3);
        assert!(read(&me).contains("answers:\n  signs: [none]\n  reason: [pain]\noffered:\n"), "{}", read(&me));
    }

    #[test]
    fn an_answer_that_fits_no_more_is_named_and_asked_again() {
        let (_folder, me) = answers("signs: none\nreason: [pain, swimming]\nwhere: elbow\nstrength: 99\ncolour: red");
        Carepath::new(["--plain", "--answers", path(&me)])
            .input("3\n")
            .run()
            .code(0)
            .err("These answers do not fit the rules any more; where it matters you are asked again.")
            .err("4:18: error[unknown-option]: there is no option of `reason` called `swimming`")
            .err("5:10: error[unknown-option]: there is no option of `where` called `elbow`")
            .err("6:13: error[number-out-of-range]")
            .err("7:3: error[unknown-question]: there is no question `colour`")
            .err("What brings you here?")
            .err_lacks("Where does it hurt?");
    }

    #[test]
    fn answers_to_other_rules_are_said_to_be_so() {
        for (name, version, other) in
            [("Small rules", "1.2.2", true), ("Big rules", "1.2.3", true), ("Small rules", "1.2.3", false)]
        {
            let text = format!("format: 1\nrule_set: {{name: {name}, version: {version}}}\nanswers: {{signs: none}}\n");
            let (_folder, me) = file("me.yaml", &text);
            let ended = Carepath::new(["--plain", "--answers", path(&me)]).run().code(3);
            let said = format!(r#"were given to the rules "{name} {version}"; now they are "Small rules 1.2.3"."#);
            if other {
                ended.err(&said)
            } else {
                ended.err_lacks("were given to the rules")
            };
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error() {
        Carepath::new(["--plain", "--answers", "nowhere.yaml"])
            .run()
            .code(2)
            .no_out()
            .err("error: cannot read `nowhere.yaml`");
        let (_folder, broken) = file("broken.yaml", "format: 1\nanswers: [\n");
        Carepath::new(["--plain", "--answers", path(&broken)]).run().code(2).no_out().err("error[invalid-yaml]");
    }
}

mod deciding {
    use super::*;

    const SETTLED: &str = "tests/results/two-phases.yaml";
    const OPEN: &str = "tests/results/unsettled.yaml";

    #[test]
    fn one_file() {
        Carepath::new(["decide", SETTLED]).run().code(0).no_err().out_lacks("==");
    }

    #[test]
    fn an_emergency_is_a_result_too() {
        Carepath::new(["decide", "tests/results/emergency.yaml"]).run().code(0).no_err();
    }

    #[test]
    fn answers_to_other_rules_are_said_to_be_so() {
        let text = "format: 1\nrule_set: {name: Big rules, version: 1.0.0}\nanswers: {signs: chest}\n";
        let (_folder, me) = file("me.yaml", text);
        for command in ["decide", "explain", "refer"] {
            let ended = Carepath::new([command, path(&me)]).run().code(0).out("call 112");
            let ended = ended.out("Some answers were given under Big rules 1.0.0; this is Small rules 1.2.3.");
            ended.err(r#"were given to the rules "Big rules 1.0.0"; now they are "Small rules 1.2.3"."#);
        }
    }

    #[test]
    fn where_nothing_is_planned_nothing_is_said_to_start() {
        let rules = fs::read_to_string("tests/rules/small/rules.yaml").unwrap();
        let held = "    holds: [hands-on, exertion]\n    until: You have had no fever for a day.\n";
        assert!(rules.contains(held));
        let (_folder, rules) = file("rules.yaml", &rules.replace(held, ""));
        let run = |answers| Carepath::bare(["decide", "-", "--rules", path(&rules)]).input(answers).run();
        let nothing = run("format: 1\nanswers: {signs: fever, reason: none}\n").code(0);
        nothing.out("Mind this first.").out_lacks("You can start");
        let open = run("format: 1\nanswers: {signs: fever}\n").code(3);
        open.out("It can still turn out to be an emergency.").out_lacks("You can start");
        run("format: 1\nanswers: {signs: fever, reason: fit, goal: gym}\n")
            .code(0)
            .out("You can start, but mind this first.");
    }

    #[test]
    fn what_is_not_settled_is_no_success() {
        let open = Carepath::new(["decide", OPEN]).run().code(3).no_err().out("Not settled yet");
        open.out("Not finished. It can still turn out to be an emergency.").out_lacks("calls for a doctor first");
        let open = Carepath::new(["decide", OPEN, "--format", "json"]).run().json();
        assert_eq!(open[0]["may_become"], "emergency");
        let settled = Carepath::new(["decide", SETTLED, "--format", "json"]).run().json();
        assert_eq!(settled[0]["may_become"], settled[0]["level"]);
    }

    #[test]
    fn the_gravest_of_several_ends_wins() {
        Carepath::new(["decide", SETTLED, OPEN]).run().code(3);
        Carepath::new(["decide", OPEN, "nowhere.yaml", SETTLED])
            .run()
            .code(2)
            .err("error: cannot read `nowhere.yaml`")
            .out("== tests/results/unsettled.yaml == Not settled yet")
            .out("== tests/results/two-phases.yaml == What to do first");
    }

    #[test]
    fn a_misfit_is_named_and_nothing_decided() {
        let (_folder, me) = answers("signs: nose");
        Carepath::new(["decide", path(&me)]).run().code(2).no_out().err(":3:10: error[unknown-option]");
    }

    #[test]
    fn standard_input() {
        let text = read(SETTLED);
        let from_file = Carepath::new(["decide", SETTLED]).run().out;
        Carepath::new(["decide", "-"]).input(&text).run().code(0).no_err().out_is(&from_file);
        Carepath::new(["decide", "-"]).input("nonsense").run().code(2).no_out().err("standard input:1:1: error[");
    }

    #[test]
    fn json_is_one_object_a_line_for_each_input() {
        let ended = Carepath::new(["decide", "--format", "json", SETTLED, OPEN]).run().code(3).no_err();
        let results = ended.json();
        assert_eq!(results.len(), 2, "{ended}");
        assert_eq!((&results[0]["input"], &results[0]["settled"]), (&SETTLED.into(), &true.into()));
        assert_eq!((&results[1]["input"], &results[1]["settled"]), (&OPEN.into(), &false.into()));
    }
}

/// What programs may rely on.
mod json {
    use super::*;
    use serde_json::{Value, json};

    #[track_caller]
    fn decision(name: &str) -> Value {
        let ended = Carepath::new(["decide", "--format", "json", &format!("tests/results/{name}.yaml")]).run();
        let mut results = ended.json();
        assert_eq!(results.len(), 1, "{ended}");
        results.remove(0)
    }

    /// It has these keys, and each value is of the kind that its example is of.
    #[track_caller]
    fn is_like(value: &Value, example: &Value, at: &str) {
        match (value, example) {
            (Value::Object(value), Value::Object(example)) => {
                for (key, example) in example {
                    let value = value.get(key).unwrap_or_else(|| panic!("no `{key}` in {at}: {value:?}"));
                    is_like(value, example, &format!("{at}.{key}"));
                }
            }
            (Value::Array(values), Value::Array(examples)) => {
                assert!(!values.is_empty() || examples.is_empty(), "{at} is empty");
                for (index, value) in values.iter().enumerate() {
                    is_like(value, &examples[0], &format!("{at}[{index}]"));
                }
            }
            (Value::String(_), Value::String(_)) | (Value::Bool(_), Value::Bool(_)) => {}
            _ => panic!("{at} is {value}, not like {example}"),
        }
    }

    fn flag() -> Value {
        json!({"id": "", "level": "", "say": "", "do": "", "you_said": [{"question": ""}], "sources": [""]})
    }

    fn phase() -> Value {
        let service = json!({
            "id": "", "name": "", "waits": true, "on_hold": true,
            "reasons": [{"need": "", "because": "", "sources": [""]}],
            "also_in_scope": [],
        });
        json!({"phase": "", "title": "", "professionals": [{"id": "", "name": "", "services": [service]}]})
    }

    #[test]
    fn a_decision_has_all_its_keys() {
        let decision = decision("on-hold");
        let example = json!({
            "rule_set": {"name": "", "version": ""}, "settled": true, "level": "", "flags": [flag()], "plan": [phase()],
            "on_hold": [""], "not_on_plan": [{"id": "", "reasons": [{"kind": "", "text": ""}]}],
            "open_questions": [], "ignored_answers": [],
        });
        // What `move_on` says for the last phase is nothing.
        assert!(decision["plan"][0]["move_on"].is_string() && decision["plan"][1]["move_on"].is_null());
        let mut without_also = decision.clone();
        for phase in without_also["plan"].as_array_mut().expect("a list") {
            for service in phase["professionals"]
                .as_array_mut()
                .expect("a list")
                .iter_mut()
                .flat_map(|who| who["services"].as_array_mut().expect("a list"))
            {
                assert!(service["also_in_scope"].is_array());
                service["also_in_scope"] = json!([]);
            }
        }
        is_like(&without_also, &example, "decision");
    }

    #[test]
    fn a_plan_says_who_does_what_and_why() {
        let decision = decision("two-phases");
        assert_eq!(decision["rule_set"], json!({"name": "Small rules", "version": "1.2.3"}));
        assert_eq!((&decision["settled"], &decision["level"]), (&json!(true), &json!("none")));
        assert_eq!(decision["plan"][1]["phase"], "build");
        assert_eq!(
            decision["plan"][1]["professionals"],
            json!([{"id": "athletic-trainer", "name": "athletic trainer", "services": [{
                "id": "return-to-sport", "name": "Get ready for your sport again", "waits": false, "on_hold": false,
                "reasons": [
                    {"need": "sport", "because": "You want to play in your team again.", "you_said": [
                        {"question": "goal", "option": "team", "label": "Sport in a team"},
                        {"question": "reason", "option": "pain", "label": "Something hurts"},
                    ], "sources": ["handbook"]}
                ],
                "also_in_scope": ["physical-therapist"], "also_does": [], "sources": ["handbook"],
            }], "access": []}])
        );
        assert_eq!(
            decision["not_on_plan"],
            json!([{"id": "personal-trainer", "reasons": [
                {"kind": "referral", "text": "may do \"Get ready for your sport again\" only when referred or supervised."},
                {"kind": "outside", "text": "\"Rebuild what hurts\" and \"Loosen tense muscles\" are outside their scope of practice."},
            ]}])
        );
    }

    #[test]
    fn what_is_held_back_is_marked() {
        let decision = decision("on-hold");
        assert_eq!(decision["level"], "caution");
        assert_eq!(decision["on_hold"], json!(["massage", "strength-training"]));
        let service = |phase: usize, who: usize| &decision["plan"][phase]["professionals"][who]["services"][0];
        assert_eq!((&service(0, 0)["on_hold"], &service(0, 1)["on_hold"]), (&json!(false), &json!(true)));
        let waiting = super::json::decision("clearance");
        assert_eq!(waiting["plan"][1]["professionals"][0]["services"][0]["waits"], true);
        assert_eq!(waiting["on_hold"], json!([]));
    }

    #[test]
    fn an_emergency_has_no_plan() {
        let decision = decision("emergency");
        assert_eq!((&decision["level"], &decision["plan"]), (&json!("emergency"), &json!([])));
        assert_eq!(
            decision["flags"],
            json!([{"id": "chest", "level": "emergency", "say": "You feel pressure in the chest.",
                "do": "Sit down, and do not drive yourself.",
                "you_said": [{"question": "signs", "option": "chest", "label": "Pressure in the chest"}],
                "sources": ["handbook"]}])
        );
        assert_eq!(decision["emergency_number"], "112");
        assert_eq!(decision["not_on_plan"][0]["reasons"][0]["kind"], "doctor-first");
    }

    #[test]
    fn a_note_is_a_flag_of_no_level() {
        assert_eq!(decision("two-phases")["flags"][0]["level"], "note");
    }

    #[test]
    fn open_and_ignored_questions_are_listed() {
        let open = decision("unsettled");
        assert_eq!((&open["settled"], &open["open_questions"]), (&json!(false), &json!(["more", "strength", "goal"])));
        assert_eq!(open["plan"], json!([]));
        assert_eq!(decision("ignored-answers")["ignored_answers"], json!(["where", "strength", "goal"]));
    }
}

mod comparing {
    use super::*;
    use serde_json::json;

    #[test]
    fn one() {
        Carepath::new(["compare", "athletic-trainer"])
            .run()
            .code(0)
            .no_err()
            .out("| Service | Athletic trainer |")
            .out("| Get stronger | shared |")
            .out_lacks("Physical therapist");
    }

    #[test]
    fn two_and_what_they_do_for_each_other() {
        Carepath::new(["compare", "physical-therapist", "athletic-trainer"])
            .run()
            .code(0)
            .no_err()
            .out("| Rebuild what hurts | core | shared |")
            .out("From the physical therapist to the athletic trainer: The therapist passes on which movements are safe by now.");
        Carepath::new(["compare", "massage-therapist", "physical-therapist"])
            .run()
            .code(0)
            .out("Heal: The massage comes after the exercises, not before.");
    }

    #[test]
    fn differences_first() {
        let ended = Carepath::new(["compare", "physical-therapist", "athletic-trainer", "--differences"]).run().code(0);
        let ended = ended.out("Where they differ: physical therapist and athletic trainer");
        let (differ, alike) = ended.out.split_once("Where they are alike").expect("both parts");
        assert!(differ.contains("Rebuild what") && !differ.contains("Get stronger"), "{ended}");
        assert!(alike.contains("Get stronger") && !alike.contains("Rebuild what"), "{ended}");
    }

    #[test]
    fn one_service() {
        let ended = Carepath::new(["compare", "--service", "strength-training"]).run().code(0).no_err();
        let ended = ended.out("Who may do this: Get stronger").out("- Personal trainer: core");
        ended.out("On a plan it may be led by a personal trainer.").out("[1] What is usually said");
        let rows = Carepath::new(["compare", "--service", "Get stronger", "--format", "json"]).run().code(0).json();
        assert_eq!(rows[0]["led_by"], json!(["personal-trainer"]));
        Carepath::new(["compare", "--service", "strength-traning"])
            .run()
            .code(2)
            .err("did you mean `strength-training`?");
    }

    #[test]
    fn nobody_is_sent_anywhere_for_what_is_only_compared() {
        let ended = Carepath::bare(["compare", "--service", "emergency-care"]).run().code(0);
        ended.out("It stands here for comparison; no plan asks for it.").out_lacks("may be led by");
    }

    #[test]
    fn who_reviewed_the_rules_is_said() {
        for args in [&["compare"][..], &["compare", "--service", "strength-training"]] {
            Carepath::new(args).run().code(0).out("No clinician has reviewed these rules yet.");
        }
    }

    #[test]
    fn one_alone_differs_from_nobody() {
        Carepath::new(["compare", "athletic-trainer", "--differences"])
            .run()
            .code(2)
            .no_out()
            .err("name two professionals or more");
    }

    #[test]
    fn half_a_name() {
        Carepath::new(["compare", "athletic", "trainer"])
            .run()
            .code(2)
            .no_out()
            .err("did you mean `athletic-trainer`?");
        // Two of them are trainers.
        Carepath::new(["compare", "trainer"]).run().code(2).no_out().err("there are: physical-therapist,");
    }

    #[test]
    fn by_theme_where_the_author_says_so() {
        let ended = Carepath::bare(["compare", "athletic-trainer", "personal-trainer"]).run().code(0);
        ended.out("Rehabilitation | Service").out("Hands-on work and recovery | Service");
    }

    #[test]
    fn all_four_where_there_is_room() {
        Carepath::new(["compare"]).env("COLUMNS", "80").run().code(0).no_err().out_is(&read("tests/compare/wide.txt"));
    }

    #[test]
    fn all_four_where_there_is_none() {
        Carepath::new(["compare"])
            .env("COLUMNS", "50")
            .run()
            .code(0)
            .no_err()
            .out_is(&read("tests/compare/narrow.txt"));
    }

    #[test]
    fn a_name_will_do_and_twice_is_once() {
        let once = Carepath::new(["compare", "athletic-trainer"]).run().out;
        Carepath::new(["compare", "Athletic Trainer", "athletic-trainer"]).run().code(0).out_is(&once);
    }

    #[test]
    fn somebody_unknown() {
        Carepath::new(["compare", "athletic-trianer"])
            .run()
            .code(2)
            .no_out()
            .err_is("error: there is no professional `athletic-trianer`; did you mean `athletic-trainer`?\n");
        Carepath::new(["compare", "plumber"])
            .run()
            .code(2)
            .no_out()
            .err("there are: physical-therapist, athletic-trainer,");
    }

    #[test]
    fn json() {
        let ended =
            Carepath::new(["compare", "--format", "json", "physical-therapist", "athletic-trainer"]).run().code(0);
        let compared = &ended.json()[0];
        assert_eq!(compared["services"][0]["scope"]["athletic-trainer"], "shared");
        assert_eq!(compared["handovers"][0]["to"], "athletic-trainer");
    }
}

/// What no source was read for.
mod general_knowledge {
    use super::*;

    #[track_caller]
    fn result(name: &str) -> Ended {
        Carepath::new(["decide", &format!("tests/results/{name}.yaml")]).run()
    }

    #[test]
    fn it_is_marked_where_it_stands_and_the_mark_explained_once() {
        let told = result("two-phases")
            .out("Your muscles are tense. [2: general knowledge]")
            .out("Together: The massage comes after the exercises, not before. [2: general knowledge]")
            .out("Sports massage therapist [2: general knowledge] Look for")
            .out("You could not say how strong the pain is. [2: general knowledge]")
            .out("Something hurts. [1] ")
            .out("[2] What is usually said (no source read). Marked \"general knowledge\": no source was read for it. These");
        assert_eq!(told.out.matches("Marked").count(), 1, "{told}");
    }

    #[test]
    fn a_part_of_something_is_marked_with_a_star() {
        result("urgent")
            .out("Your knee is hot and swollen. [1][2*] You said: \"The knee is hot and swollen\". Do not walk")
            .out("Marked *: partly general knowledge, for which no source was read.")
            .out_lacks("Marked \"general");
    }

    #[test]
    fn both_marks_are_explained_together() {
        Carepath::new(["decide", "tests/results/two-phases.yaml", "--state", "ca"]).run().out("[2*][1]").out(
            "Marked \"general knowledge\": no source was read for it. Marked *: no source was read for a part of it.",
        );
    }

    #[test]
    fn nothing_is_explained_where_nothing_is_marked() {
        for name in ["physician-alone", "emergency", "unsettled"] {
            result(name).out_lacks("Marked").out_lacks("general knowledge").out_lacks("*");
        }
    }

    #[test]
    fn several_that_were_not_read_share_the_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let rules = read(Path::new(program::RULES).join("rules.yaml"));
        let rules = rules.replace("title: An atlas of laws", "title: An atlas of laws, reviewed: false");
        let rules = rules.replace("as_of: 2025-03, source: atlas", "as_of: 2025-03, source: [rumour, atlas]");
        let path_of_rules = folder.path().join("rules.yaml");
        fs::write(&path_of_rules, rules).expect("a file");
        Carepath::bare(["decide", "tests/results/settled-whatever-is-answered.yaml", "--rules", path(&path_of_rules)])
            .run()
            .out("As of March 2025: No state licenses them. [1, 2: general knowledge]");
    }
}

/// What the law says, by state.
mod states {
    use super::*;

    const TWO_PHASES: &str = "tests/results/two-phases.yaml";
    const GENERAL: &str = "As of 24 May 2024: You can start without a referral. [1]";

    #[test]
    fn nobody_is_asked_for_one_and_general_statements_are_told_with_their_date() {
        Carepath::new(["decide", TWO_PHASES])
            .run()
            .code(0)
            .out(GENERAL)
            .out_lacks("12 visits")
            .out_lacks("In CA")
            .out_lacks("An atlas of laws")
            .out("The law differs by state. To see what is known of one, add its letters, such as --state CA.");
    }

    #[test]
    fn one_that_is_known_in_small_letters_or_capitals() {
        let told = Carepath::new(["decide", TWO_PHASES, "--state", "CA"])
            .run()
            .code(0)
            .no_err()
            .out(GENERAL)
            .out("In CA, as of July 2019: Without a referral you have 12 visits. [2*][1]")
            .out("In CA, as of 2019: There is no licence here. [3]")
            .out("[3] An atlas of laws.")
            .out_lacks("hospital")
            .out_lacks("The law differs by state.");
        for typed in ["ca", "Ca"] {
            Carepath::new(["decide", TWO_PHASES, "--state", typed]).run().code(0).out_is(&told.out);
        }
    }

    #[test]
    fn where_nothing_is_known_of_it_that_is_said_of_each_professional() {
        Carepath::new(["decide", TWO_PHASES, "--state", "TX"])
            .run()
            .code(0)
            .out("In TX, as of 2021: You can start in a hospital. [1]")
            .out("In TX: nothing is known here. Ask: Do you do \"Loosen tense muscles\" yourself?")
            .out("In TX: nothing is known here. Ask: Do you do \"Get ready for your sport again\" yourself?");
        Carepath::new(["compare", "personal-trainer", "--state", "TX"])
            .run()
            .code(0)
            .out("As of March 2025: No state licenses them. [2] In TX: nothing more is known here.");
    }

    #[test]
    fn one_that_the_rules_do_not_know_is_a_mistake() {
        for typed in ["ZZ", "texas", "T", ""] {
            for command in [&["decide", TWO_PHASES][..], &["compare"], &["ask", "--plain"], &["--plain"]] {
                Carepath::new(command.iter().copied().chain(["--state", typed]))
                    .run()
                    .code(2)
                    .no_out()
                    .err_is(&format!("error: these rules know no state `{typed}`; they know: CA, TX\n"));
            }
        }
        Carepath::bare(["compare", "--rules", "examples/first-rules", "--state", "TX"])
            .run()
            .code(2)
            .no_out()
            .err_is("error: these rules say nothing of single states; leave --state out\n");
    }

    #[test]
    fn the_interview_and_what_it_says_to_type_later_keep_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let [whole, again, left] = ["whole", "again", "left"].map(|name| folder.path().join(name));
        let run = |command: &[&str], save: &Path, input: &str| {
            let args = command.iter().copied().chain(["--plain", "--state", "tx", "--save", path(save)]);
            Carepath::new(args).input(input).run()
        };
        for (command, save) in [(&["ask"][..], &whole), (&[], &again)] {
            run(command, save, WHOLE).code(0).out("In TX, as of 2021: You can start in a hospital.").err(&format!(
                "carepath decide {} --rules {} --state TX",
                path(save),
                program::RULES
            ));
        }
        run(&[], &left, "4\nq\n").code(3).err(&format!("--save {} --rules {} --state TX", path(&left), program::RULES));
    }

    #[test]
    fn before_another_command_it_would_be_lost() {
        Carepath::new(["--state", "tx", "compare"]).run().code(2).no_out().err("belong to the interview");
    }

    #[test]
    fn an_emergency_is_not_held_up_by_it() {
        let emergency = "tests/results/emergency.yaml";
        let told = Carepath::new(["decide", emergency]).run().out;
        Carepath::new(["decide", emergency, "--state", "CA"]).run().code(0).out_is(&told);
    }

    #[test]
    fn comparing_tells_it_too() {
        Carepath::new(["compare", "athletic-trainer", "--state", "ca"])
            .run()
            .code(0)
            .out("In CA, as of 2019: There is no licence here.")
            .out_lacks("The law differs by state.");
    }

    #[test]
    fn json() {
        use serde_json::json;
        let general = json!({"says": "You can start without a referral.", "states": [], "as_of": "2024-05-24", "sources": ["handbook"]});
        let here = json!({
            "says": "Without a referral you have 12 visits.", "states": ["CA", "TX"], "as_of": "2019-07",
            "sources": ["rumour", "handbook"],
        });
        let decided = Carepath::new(["decide", "--format", "json", TWO_PHASES]).run().json();
        assert_eq!(decided[0]["plan"][0]["professionals"][0]["access"], json!([general]));
        assert_eq!(decided[0].get("state"), None);
        let decided = Carepath::new(["decide", "--format", "json", TWO_PHASES, "--state", "ca"]).run().json();
        assert_eq!(decided[0]["plan"][0]["professionals"][0]["access"], json!([general, here]));
        assert_eq!(decided[0]["state"], "CA");
        assert_eq!(decided[0]["sources"][2]["id"], "atlas");
        let compared = Carepath::new(["compare", "--format", "json", "--state", "ca"]).run().json();
        assert_eq!(compared[0]["professionals"][0]["access"], json!([general, here]));
        assert_eq!(compared[0]["professionals"][3]["access"], json!([]));
        assert_eq!(compared[0]["state"], "CA");
    }
}

mod checking {
    use super::*;

    /// The folder of rule sets with one fault each.
    const FAULTY: &str = "tests/diagnostics";

    /// A check of one of them.
    fn faulty(name: &str) -> Carepath {
        Carepath::bare(["check", "--rules", &format!("{FAULTY}/{name}.yaml")])
    }

    #[test]
    fn rules_in_order() {
        let ended = Carepath::new(["check"]).run().code(0).no_err();
        let lines: Vec<&str> = ended.out.lines().collect();
        assert_eq!(
            lines[0],
            "Small rules 1.2.3: 6 questions, 1 finding, 8 flags, 4 needs, 4 services, 4 professionals, 1 guarantee: no faults"
        );
        assert!(lines[1].contains(" properties proved over 12368 sets of answers in "), "{ended}");
        let (_, time) = lines[1].rsplit_once(" in ").expect("a time");
        let number = time.strip_suffix(" s").expect("seconds");
        assert_eq!(number.split_once('.').map(|(_, decimals)| decimals.len()), Some(2), "{ended}");
        assert_eq!(
            lines[2..],
            ["An emergency shows on screen 4 (`more`) at the latest, if every question that applies is asked."]
        );
    }

    #[test]
    fn an_error_of_the_proof_ends_with_1_and_a_warning_with_0_unless_denied() {
        faulty("dead-flag").run().code(1).out("error[dead-flag]").out(": 1 error");
        faulty("always-holds").run().code(0).out("warning[always-holds]").out(": 1 warning");
        faulty("always-holds").arg("--deny").arg("warnings").run().code(1);
        // Warnings of reading count as well.
        faulty("no-disclaimer").arg("--deny").arg("warnings").run().code(1);
        Carepath::new(["check", "--deny", "warnings"]).run().code(0);
        faulty("dead-flag").arg("--deny").arg("errors").run().code(2).err("invalid value 'errors'");
    }

    #[test]
    fn faults_of_reading_and_proving_stand_together_in_reading_order() {
        let text = read("tests/diagnostics/unsourced.yaml");
        let text = text.replace("phases:\n", "phases:\n  - {id: train, title: Train}\n") + GUARANTEE;
        let (_folder, rules) = file("rules.yaml", &text);
        let ended = Carepath::bare(["check", "--format", "short", "--rules", path(&rules)]).run().code(1).no_err();
        let codes: Vec<&str> = ended
            .out
            .lines()
            .filter_map(|line| line.split_once('[')?.1.split_once(']'))
            .map(|(code, _)| code)
            .collect();
        assert_eq!(codes, ["unreachable-phase", "unsourced", "guarantee-fails"]);
    }

    const GUARANTEE: &str =
        "guarantees: [{id: no-plan, when: {signs: fever}, never: {professional: physical-therapist}}]\n";

    #[test]
    fn a_counterexample_is_told_in_plain_lines_of_the_page() {
        let ended = faulty("tick-lowers-level").run().code(1);
        let told = "\
  answers: signs: [fever, chest]; whatever else is answered
  outcome: for example, level caution
  compare: signs: [chest]; all else alike
  outcome: for example, level urgent
";
        assert!(ended.out.contains(told), "{ended}");
        for (width, name) in [("24", "tick-lowers-level"), ("40", "guarantee-fails.always")] {
            let ended = faulty(name).env("COLUMNS", width).run();
            let columns: usize = width.parse().expect("a number");
            let told = ended
                .out
                .lines()
                .skip_while(|line| !line.starts_with("  answers: "))
                .take_while(|line| !line.is_empty());
            let longest = told.map(|line| line.chars().count()).max();
            // One word may be longer than a page.
            assert!(longest.is_some_and(|longest| longest <= columns.max(30)), "{ended}");
        }
    }

    #[test]
    fn a_limit_of_time_leaves_things_undecided_and_ends_with_4() {
        let ended = Carepath::bare(["check", "--timeout", "0.000001"]).run().code(4).no_err();
        assert!(
            ended
                .out
                .contains("undecided[unreachable-question]: neither proved nor refuted in time: nobody is ever asked"),
            "{ended}"
        );
        assert!(!ended.out.contains("no faults"), "{ended}");
        assert!(ended.out.contains(" s; "), "{ended}");
        assert!(ended.out.contains("How late an emergency can show was not found out in time."), "{ended}");
        Carepath::new(["check", "--timeout", "600"]).run().code(0).out("no faults");
        for wrong in ["0", "-1", "soon", "1e3", ""] {
            let ended = Carepath::new(["check", &format!("--timeout={wrong}")]).run().code(2).no_out();
            ended.err("it takes a number of seconds above 0, such as 10 or 0.5");
        }
    }

    #[test]
    fn as_json_each_fault_has_its_counterexample_and_a_summary_comes_last() {
        let ended = faulty("tick-lowers-level").arg("--format").arg("json").run().code(1).no_err();
        let rows = ended.json();
        assert_eq!(rows.len(), 2, "{ended}");
        assert_eq!(rows[0]["severity"], "error");
        assert_eq!(rows[0]["counterexample"]["because"], serde_json::json!({"signs": ["fever", "chest"]}));
        assert_eq!(rows[0]["counterexample"]["level"], "caution");
        assert_eq!(rows[0]["counterexample"]["answers"]["signs"], serde_json::json!(["fever", "chest"]));
        assert!(rows[0]["counterexample"]["answers"]["pain"].is_string(), "{ended}");
        assert_eq!(rows[0]["counterexample"]["beside"]["level"], "urgent");
        assert_eq!(rows[0]["counterexample"]["beside"]["answers"]["signs"], serde_json::json!(["chest"]));
        let summary = &rows[1]["summary"];
        assert_eq!(
            (&summary["errors"], &summary["warnings"], &summary["undecided"]),
            (&1.into(), &0.into(), &0.into())
        );
        assert!(summary["seconds"].is_number() && summary["proved"].is_u64(), "{ended}");
        assert_eq!(summary["answer_sets"], "8");
        assert_eq!(summary["latest_emergency"], serde_json::Value::Null);

        let rows = Carepath::new(["check", "--format", "json"]).run().code(0).json();
        assert_eq!(rows[0]["summary"]["latest_emergency"], serde_json::json!({"screen": 4, "question": "more"}));

        let rows = faulty("dead-flag").arg("--format").arg("json").run().json();
        assert_eq!(rows[0]["counterexample"], serde_json::Value::Null);

        let ended = Carepath::bare(["check", "--timeout", "0.000001", "--format", "json"]).run().code(4);
        let rows = ended.json();
        assert!(rows.iter().rev().skip(1).all(|row| row["severity"] == "undecided"), "{ended}");
        assert_eq!(rows[rows.len() - 1]["summary"]["latest_emergency"], "undecided");
        assert_eq!(rows.last().expect("a summary")["summary"]["undecided"], rows.len() - 1);

        let rows = faulty("unknown-phase").arg("--format").arg("json").run().code(2).json();
        assert_eq!(rows[1]["summary"]["answer_sets"], serde_json::Value::Null);
    }

    #[test]
    fn as_short_lines_there_is_nothing_but_faults() {
        let short = |name: &str| faulty(name).arg("--format").arg("short").run().no_err();
        short("dead-flag").code(1).out_is(
            "tests/diagnostics/dead-flag.yaml:53:9: error[dead-flag]: no answers ever raise the flag `sharp-and-not`\n",
        );
        short("unknown-phase").code(2).out("error[unknown-phase]");
        Carepath::new(["check", "--format", "short"]).run().code(0).no_err().no_out();
    }

    #[test]
    fn formats_of_check_belong_to_it() {
        for format in ["short", "sarif"] {
            for command in [&["compare"][..], &["decide", "x"], &["test"], &["ask"], &[]] {
                let args = command.iter().copied().chain(["--format", format]);
                Carepath::bare(args)
                    .run()
                    .code(2)
                    .no_out()
                    .err("belong to `carepath check`, --format junit to `carepath test`");
            }
        }
        for command in [&["check"][..], &["compare"], &["decide", "x"], &["ask"], &[]] {
            let args = command.iter().copied().chain(["--format", "junit"]);
            Carepath::bare(args).run().code(2).no_out().err("--format junit to `carepath test`");
        }
    }

    #[test]
    fn saved_counterexamples_are_decided_as_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let shown = folder.path().join("to/be/made");
        let save = |name: &str| faulty(name).arg("--save-counterexamples").arg(&shown).run();
        save("tick-lowers-level").code(1).err("2 counterexample files saved to");
        save("guarantee-fails").code(1).err("1 counterexample file saved to");
        save("no-recommendation").code(1).err("1 counterexample file saved to");
        save("unsure-lowers-level").code(1).err("2 counterexample files saved to");
        save("dead-flag").code(1).err("no counterexamples to save to");
        let mut names: Vec<String> = fs::read_dir(&shown)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "guarantee-fails.fever-comes-first.yaml",
                "no-recommendation.yaml",
                "tick-lowers-level.signs.fever.beside.yaml",
                "tick-lowers-level.signs.fever.yaml",
                "unsure-lowers-level.fall.unsure.beside.yaml",
                "unsure-lowers-level.fall.unsure.yaml",
            ]
        );
        let level = |name: &str, rules: &str| {
            let rules = format!("{FAULTY}/{rules}.yaml");
            let ended =
                Carepath::bare(["decide", "--format", "json", "--rules", &rules, path(&shown.join(name))]).run();
            ended.code(0).json()[0]["level"].clone()
        };
        assert_eq!(level("tick-lowers-level.signs.fever.yaml", "tick-lowers-level"), "caution");
        assert_eq!(level("tick-lowers-level.signs.fever.beside.yaml", "tick-lowers-level"), "urgent");
        assert_eq!(level("guarantee-fails.fever-comes-first.yaml", "guarantee-fails"), "caution");
    }

    #[test]
    fn saved_counterexamples_replace_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = || faulty("tick-lowers-level").arg("--save-counterexamples").arg(folder.path()).run();
        let (one, beside) = (
            folder.path().join("tick-lowers-level.signs.fever.yaml"),
            folder.path().join("tick-lowers-level.signs.fever.beside.yaml"),
        );
        fs::write(&beside, "mine\n").expect("a file");
        save().code(2).out("error[tick-lowers-level]").err("says something else; nothing was saved");
        assert_eq!(read(&beside), "mine\n");
        assert!(!one.exists(), "nothing is saved in part");

        fs::remove_file(&beside).expect("a file");
        save().code(1).err("2 counterexample files saved to");
        // What it wrote itself it finds as it should be.
        save().code(1).err("2 counterexample files saved to");

        fs::remove_file(&beside).expect("a file");
        fs::create_dir(&beside).expect("a folder");
        save().code(2).err("cannot save to `");
        let ended = faulty("tick-lowers-level").arg("--save-counterexamples").arg(&one).run();
        ended.code(2).err("cannot save to `");
    }

    #[cfg(unix)]
    #[test]
    fn saved_counterexamples_are_private() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a folder");
        faulty("guarantee-fails").arg("--save-counterexamples").arg(folder.path()).run().code(1);
        let file = folder.path().join("guarantee-fails.fever-comes-first.yaml");
        let mode = fs::metadata(file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_page_on_a_code_is_for_people() {
        Carepath::bare(["check", "--explain", "dead-flag", "--format", "json"])
            .run()
            .code(2)
            .no_out()
            .err("a page for people");
        Carepath::bare(["check", "--explain", "dead-flag", "--timeout", "1"])
            .run()
            .code(2)
            .no_out()
            .err("cannot be used with");
    }

    #[test]
    fn rules_with_a_fault() {
        let text = read("tests/rules/small/rules.yaml").replace("{more: saddle}", "{more: sadle}");
        let (_folder, rules) = file("rules.yaml", &text);
        Carepath::bare(["check", "--rules", path(&rules)])
            .run()
            .code(2)
            .out("error[unknown-option]: there is no option of `more` called `sadle`")
            .out("help: did you mean `saddle`?")
            .out("1 error");
        let ended = Carepath::bare(["check", "--format", "json", "--rules", path(&rules)]).run().code(2);
        assert_eq!(ended.json()[0]["code"], "unknown-option");
    }

    #[test]
    fn no_other_command_works_with_a_fault() {
        let (_folder, rules) = file("rules.yaml", "format: 1\nname: x\n");
        for command in ["ask", "compare", "test"] {
            Carepath::bare([command, "--rules", path(&rules)]).run().code(2).no_out().err("error[missing-key]");
        }
    }

    #[test]
    fn rules_that_are_not_there() {
        Carepath::bare(["check", "--rules", "nowhere"]).run().code(2).no_out().err("error: cannot read `nowhere`");
    }
}

mod cases {
    use super::*;

    fn case(text: &str) -> (tempfile::TempDir, PathBuf) {
        file("case.yaml", &format!("format: 1\nanswers: {{signs: none, reason: fit, goal: gym}}\n{text}"))
    }

    #[test]
    fn passing() {
        let (_folder, case) = case("expect: {level: none, professionals: personal-trainer}\n");
        Carepath::new(["test", path(&case)]).run().code(0).no_err().out_is(
            "\
1 passed, 0 failed
Coverage: flags 0 %, needs 25 %, findings 0 %, preferences
0 %, teamwork 0 %, handovers 0 %, options 15.7 %,
safety-options 12.5 %, levels 16.6 %, professionals 25 %,
phases 50 %, conditions 0 %
",
        );
    }

    #[test]
    fn what_they_cover() {
        let (_folder, case) = case("expect: {level: none}\n");
        let run = |args: &[&str]| Carepath::new([&["test", path(&case)], args].concat()).run();
        run(&["--coverage"]).code(0).out("| needs | 1 of 4").out("Not covered: levels").out("`goal: team` in `when`");
        run(&["--min-coverage", "0"]).code(0).out_lacks("Not covered").out_lacks("below");
        run(&["--min-coverage", "1"])
            .code(1)
            .out("Flags: 0 % is below 1 %.")
            .out("Not covered: flags")
            .out_lacks("Not covered: needs");
        run(&["--min-coverage", "needs=25"]).code(0);
        let ended = run(&["--min-coverage", "needs=25.01", "--format", "json"]).code(1);
        let lines = ended.json();
        assert_eq!(lines[1]["uncovered"], "needs");
        let summary = &lines.last().expect("a summary")["summary"];
        assert_eq!(summary["coverage"]["needs"], serde_json::json!({"part": 1, "of": 4, "percent": 25.0}));
        assert_eq!(summary["below"], serde_json::json!(["needs"]));
        let ended = run(&["--min-coverage", "needs=25.01", "--min-coverage", "flags=0", "--format", "junit"]).code(1);
        let report = quick_junit::Report::deserialize_from_str(&ended.out).expect("a report");
        assert_eq!((report.tests, report.failures), (3, 1));
        run(&["--min-coverage", "need=1"]).code(2).err("there is no coverage of `need`; did you mean `needs`?");
        run(&["--min-coverage", "101"]).code(2).err("`101` is no percentage");
    }

    #[test]
    fn failing() {
        let (_folder, case) = case("expect: {professionals: [physical-therapist, personal-trainer]}\n");
        Carepath::new(["test", path(&case)]).run().code(1).no_err().out_is(&format!(
            "\
FAILED {}
  professionals
    expected: physical-therapist, personal-trainer
    got:      personal-trainer
  What holds:
    - need `gym` (tests/rules/small/rules.yaml:{})
  It would end as expected with:
    - reason: [pain, fit] instead of [fit]
    - more: [none]
    - strength: 8

0 passed, 1 failed
",
            case.display(),
            place_of_need("gym"),
        ));
        let ended = Carepath::new(["test", "--format", "json", path(&case)]).run().code(1);
        let [row, last] = ended.json().try_into().expect("a case and a summary");
        assert_eq!(row["result"], "failed");
        assert_eq!(row["mismatches"][0]["got"], "personal-trainer");
        assert_eq!(row["holding"][0]["id"], "gym");
        assert_eq!(row["nearest"]["changed"], serde_json::json!(["reason", "more", "strength"]));
        let counts = ["passed", "failed", "drafts", "broken"].map(|key| last["summary"][key].clone());
        assert_eq!(counts, [0, 1, 0, 0]);
    }

    /// Line and column of the id of a need in the rules of these tests.
    fn place_of_need(id: &str) -> String {
        let text = read("tests/rules/small/rules.yaml");
        let needs = text.find("\nneeds:").expect("there are needs");
        let at = needs + text[needs..].find(&format!("id: {id}\n")).expect("the need") + "id: ".len();
        let line = text[..at].lines().last().expect("a line");
        format!("{}:{}", text[..at].lines().count(), line.chars().count() + 1)
    }

    #[test]
    fn what_they_would_not_notice() {
        let (_folder, case) = case("expect: {level: none, professionals: [personal-trainer]}\n");
        let run = |args: &[&str]| Carepath::new([&["test", path(&case)], args].concat()).run();
        let ended = run(&["--mutate"]).code(0).no_err().out("What no case would notice").out("would show with");
        let again = run(&["--mutate"]);
        assert_eq!(ended.out, again.out, "the same every time");
        run(&["--min-score", "99"]).code(1).out("Mutation score:").out("is below 99 %.");
        run(&["--min-score", "0"]).code(0);
        run(&["--min-score", "x"]).code(2).err("`x` is no percentage");
        run(&["--timeout", "5"]).code(2).err("give it with `--mutate`");
        let lines = run(&["--mutate", "--format", "json"]).json();
        let all = &lines.last().expect("a summary")["summary"]["mutation"]["all"];
        let of = |verdict: &str| lines.iter().filter(|line| line["verdict"] == verdict).count();
        assert_eq!(all["killed"], of("killed"));
        assert_eq!(all["equivalent"], of("equivalent"));
        assert_eq!(all["of"], of("killed") + of("survived"));
        assert_eq!(all["made"], lines.len() - 2);
        let killed = lines.iter().find(|line| line["verdict"] == "killed").expect("one is killed");
        assert_eq!(killed["killed_by"], path(&case));
        let ended = run(&["--min-score", "99", "--format", "junit"]).code(1);
        let report = quick_junit::Report::deserialize_from_str(&ended.out).expect("a report");
        assert_eq!((report.tests, report.failures), (2, 1));
    }

    #[test]
    fn out_of_time_they_are_undecided() {
        let (_folder, case) = case("expect: {level: none}\n");
        let args = ["test", path(&case), "--mutate", "--timeout", "0.000001"];
        Carepath::new(args).run().code(4).out("undecided, and count as not killed");
        // They might be killed: whether the score is reached is not known either.
        Carepath::new(args).arg("--min-score").arg("90").run().code(4).out_lacks("is below");
    }

    #[test]
    fn missing_ones_are_drafted_for_a_person() {
        let (folder, case) = case("expect: {level: none, professionals: [personal-trainer]}\n");
        let drafts = folder.path().join("drafts");
        let run = || Carepath::new(["test", path(&case), "--suggest", path(&drafts)]).run();
        let ended = run().code(0).err("drafts saved to");
        assert!(ended.out.contains("Mutation"), "{ended}");
        // They count for nothing, whatever comes of them.
        Carepath::new(["test", path(&drafts)]).run().code(0).no_err().out("0 passed, 0 failed");
        let names = fs::read_dir(&drafts).expect("a folder");
        let mut files: Vec<PathBuf> = names.map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        let mut texts: Vec<String> = files.iter().map(read).collect();
        for text in &texts {
            assert!(text.contains("\nstory:\nsource:\nanswers:\n") && text.ends_with("\nexpect:\n"), "{text}");
            assert!(!text.contains("level:"), "{text}");
        }
        let answers = |text: &String| text.lines().filter(|line| line.starts_with("  ")).count();
        assert!(texts.iter().map(answers).is_sorted(), "the fewest answers come first");
        // Written again they are the same; a draft that somebody has worked on is not replaced.
        run().code(0).err("drafts saved to");
        texts[0].push_str("  level: none\n");
        fs::write(&files[0], &texts[0]).expect("a file");
        run().code(2).err("is there already and says something else");
        assert_eq!(read(&files[0]), texts[0]);
    }

    #[test]
    fn one_that_no_answers_can_pass() {
        let (_folder, case) = case("expect: {level: emergency, professionals: [personal-trainer]}\n");
        let ended = Carepath::new(["test", path(&case)]).run().code(1);
        ended.out("No answers at all end as expected. That is proved.");
        let ended = Carepath::new(["test", "--format", "json", path(&case)]).run().code(1);
        assert_eq!(ended.json()[0]["nearest"]["found"], "never");
    }

    #[test]
    fn one_that_leaves_its_outcome_open() {
        let (_folder, case) = file("case.yaml", "format: 1\nanswers: {signs: none}\nexpect: {level: none}\n");
        let ended = Carepath::new(["test", path(&case)]).run().code(1);
        ended.out("expected: enough to settle the outcome").out("still open: reason").out("No rule holds.");
    }

    #[test]
    fn a_draft_counts_for_nothing() {
        let drafts = [
            "story: not written yet\n",
            "expect:\n",
            "expect: {}\n",
            "story:\nsource:\nexpect:\n",
            "source:\nexpect: {level: urgent}\n",
        ];
        for draft in drafts {
            let (_folder, case) = case(draft);
            Carepath::new(["test", path(&case)]).run().code(0).no_err().out("DRAFT").out("0 passed, 0 failed, 1 draft");
        }
        let (_folder, case) = case("story:\nsource: a book\nexpect: {level: urgent}\n");
        Carepath::new(["test", path(&case)]).run().code(1).out("FAILED").out_lacks("DRAFT");
    }

    #[test]
    fn as_junit_a_build_server_reads_them() {
        let (folder, failing) = case("story: \"<Odd> & \\\"odd\\\"\"\nexpect: {level: urgent}\n");
        for (name, text) in [("draft", "expect:\n"), ("good", "expect: {level: none}\n"), ("wrong", "expect: 1\n")] {
            let text = read(&failing).split("story").next().expect("a start").to_owned() + text;
            fs::write(folder.path().join(format!("{name}.yaml")), text).expect("a file");
        }
        let ended = Carepath::new(["test", "--format", "junit", path(folder.path())]).run().code(2);
        let report = quick_junit::Report::deserialize_from_str(&ended.out).expect("a report");
        assert_eq!((report.tests, report.failures, report.errors), (4, 1, 1));
        let suite = &report.test_suites[0];
        let status: Vec<&str> = suite
            .test_cases
            .iter()
            .map(|case| match &case.status {
                quick_junit::TestCaseStatus::Success { .. } => "passed",
                quick_junit::TestCaseStatus::Skipped { .. } => "draft",
                quick_junit::TestCaseStatus::NonSuccess { kind, message, description, .. } => {
                    let told = description.as_ref().map(quick_junit::XmlString::as_str).unwrap_or_default();
                    match kind {
                        quick_junit::NonSuccessKind::Failure => {
                            assert_eq!(
                                message.as_ref().expect("a message").as_str(),
                                "level: expected urgent, got none"
                            );
                            assert!(told.contains("<Odd> & \"odd\""), "{told}");
                            "failed"
                        }
                        quick_junit::NonSuccessKind::Error => "broken",
                    }
                }
            })
            .collect();
        assert_eq!(status, ["failed", "draft", "passed", "broken"]);
    }

    #[test]
    fn broken() {
        let (_folder, case) = case("expect: {level: high}\n");
        Carepath::new(["test", path(&case)]).run().code(2).err("error[").out("BROKEN").out("1 broken");
    }

    #[test]
    fn a_folder_of_them() {
        let (folder, case) = case("expect: {level: none}\n");
        fs::write(folder.path().join("other.yaml"), read(&case).replace("level: none", "level: urgent"))
            .expect("a file");
        Carepath::new(["test", path(folder.path())]).run().code(1).out("1 passed, 1 failed");
    }

    #[test]
    fn broken_is_graver_than_failing() {
        let (_one, broken) = case("expect: {level: high}\n");
        let (_other, failing) = case("expect: {level: urgent}\n");
        Carepath::new(["test", path(&failing), path(&broken)]).run().code(2).out("0 passed, 1 failed, 1 broken");
    }
}

mod usage {
    use super::*;

    #[test]
    fn help_and_version_are_results() {
        for option in ["--help", "-h"] {
            Carepath::bare([option]).run().code(0).no_err().out("Usage: carepath").out("130 interrupted with Ctrl-C");
        }
        for command in ["ask", "decide", "compare", "check", "test"] {
            Carepath::bare([command, "--help"]).run().code(0).no_err().out(&format!("Usage: carepath {command}"));
        }
        let version = format!("carepath {}\n", env!("CARGO_PKG_VERSION"));
        Carepath::bare(["--version"]).run().code(0).no_err().out_is(&version);
    }

    #[test]
    fn mistakes() {
        let mistakes: [&[&str]; 7] = [
            &["--colour"],
            &["diagnose"],
            &["decide"],
            &["--format", "xml"],
            &["--save"],
            &["check", "extra"],
            &["decide", "--save", "x", "y"],
        ];
        for args in mistakes {
            Carepath::bare(args).run().code(2).no_out().err("error:").err("For more information, try '--help'.");
        }
    }

    #[test]
    fn options_of_the_interview_belong_to_it() {
        for option in [&["--save", "x"][..], &["--answers", "x"], &["--plain"], &["--state", "x"]] {
            let args = option.iter().copied().chain(["decide", "y"]);
            Carepath::bare(args).run().code(2).no_out().err("belong to the interview, not to another command");
            assert!(!Path::new("x").exists());
        }
    }
}

mod pipes {
    use super::*;
    use std::process::Stdio;

    /// Somebody has read enough before the first word: `carepath … | head -0`.
    #[track_caller]
    fn ends_quietly(args: &[&str], code: i32) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = program::command().args(args).stdin(Stdio::null()).stdout(writer).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("error"), "{args:?}: {said}");
    }

    #[test]
    fn a_reader_who_has_seen_enough_is_no_failure() {
        let rules = ["--rules", program::RULES];
        for (command, code) in [
            (&["decide", "tests/results/two-phases.yaml"][..], 0),
            (&["decide", "--format", "json", "tests/results/two-phases.yaml", "tests/results/unsettled.yaml"], 3),
            (&["compare"], 0),
            (&["compare", "--format", "json"], 0),
            (&["check"], 0),
            (&["test", "tests/results/two-phases.yaml"], 0),
            (&["--plain"], 3),
            (&["--help"], 0),
            (&["--version"], 0),
        ] {
            ends_quietly(&[command, &rules].concat(), code);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_one() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
        let mut command = program::command();
        let output = command.args(["compare", "--rules", program::RULES]).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("error: the result could not be written: "), "{said}");
    }
}
