//! What follows the result of an interview in numbered lines: reasons, other answers, a report.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use program::{Carepath, Ended, read};

/// The replies to all questions of somebody whose back hurts and who wants to be back in the team.
const WHOLE: &str = "4\n1\n1\n3\n4\n2\n";

/// Somebody who replies so after the result.
fn then(replies: &str) -> Ended {
    interview(&format!("{WHOLE}{replies}"))
}

fn interview(replies: &str) -> Ended {
    Carepath::new(["--plain"]).input(replies).run()
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn times(text: &str, words: &str) -> usize {
    text.matches(words).count()
}

mod the_menu {
    use super::*;

    #[test]
    fn says_again_whom_to_see_and_what_can_be_done() {
        let ended = then("");
        let menu = "
See a physical therapist, then an athletic trainer. What
next?
  1. See why
  2. Change an answer
  3. Why not someone?
  4. Write a report
  5. Done
Type one number. q: leave.
> 
";
        assert!(ended.err.ends_with(menu), "{ended}");
        ended.code(0).out_lacks("What next?");
    }

    #[test]
    fn ends_with_done_with_q_and_with_the_input() {
        for last in ["5\n", "q\n", ""] {
            let ended = then(last).code(0);
            assert_eq!(times(&ended.err, "What\nnext?"), 1, "{ended}");
        }
        then("6\n").err("There is no answer 6 here; they go from 1 to 5.").code(0);
    }

    /// The number stays on the screen, and nobody is held up.
    #[test]
    fn is_short_in_an_emergency() {
        let ended = interview("1\n").code(0);
        let menu = "
EMERGENCY: call 112 now.
  1. See why
  2. Change an answer
  3. Done
Type one number. q: leave.
> 
";
        assert!(ended.err.ends_with(menu), "{ended}");
        interview("1\n1\n").code(0).out("You feel pressure in the chest.");
    }

    #[test]
    fn is_not_there_for_programs_and_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("note.txt");
        for args in [["--format", "json"], ["--format", "html"], ["--out", path(&out)]] {
            let ended = Carepath::new(["--plain"]).arg(args[0]).arg(args[1]).input(WHOLE).run().code(0);
            assert!(!ended.err.contains("See why"), "{ended}");
        }
    }

    /// Only where leaving ends the program does the key say so.
    #[test]
    fn leads_to_menus_that_lead_back() {
        for menu in ["2\nb\n", "2\nq\n", "3\nb\n", "4\nb\n", "4\nq\n"] {
            let ended = then(&format!("{menu}5\n")).code(0).err("b: back.");
            assert_eq!(times(&ended.err, "What\nnext?"), 2, "{ended}");
        }
    }

    #[test]
    fn is_not_there_while_something_is_open() {
        interview("4\n1\n").code(3).err_lacks("See why");
    }
}

mod another_answer {
    use super::*;

    #[test]
    fn is_chosen_from_all_that_were_given() {
        then("2\n7\n5\n").code(0).err(
            "Which answer do you want to change? \
             1. Do you have any of these? None of these \
             2. What brings you here? Something hurts \
             3. Where does it hurt? In the back \
             4. Is any of this true as well? None of these \
             5. How strong is the pain? 4 \
             6. What do you want to get back to? Sport in a team \
             7. Back",
        );
    }

    #[test]
    fn leads_to_another_result_headed_by_what_changed() {
        let ended = then("2\n6\n3\n5\n").code(0);
        let ended = ended
            .err("[Your goal, change your answer]")
            .err("2. Sport in a team (your answer so far)")
            .err("See a physical therapist, then a personal trainer. What next?")
            .out(
                "What changed ------------ The recommendation changes. New on the plan: a personal trainer. \
                 No longer on the plan: an athletic trainer. What to do first",
            )
            .out("See a physical therapist, then a personal trainer.");
        assert!(ended.out.contains("1.2.3.\n\nWhat changed\n"), "an empty line stands between two pages: {ended}");
    }

    #[test]
    fn may_change_nothing() {
        let ended = then("2\n5\n5\n5\n").code(0).out("What changed ------------ The recommendation stays the same.");
        assert_eq!(times(&ended.out, "Your plan"), 2, "{ended}");
    }

    #[test]
    fn asks_what_comes_to_matter_and_leaves_the_rest() {
        then("2\n3\n2\n2\n5\n")
            .code(0)
            .err("[The problem, again, as there is more to choose from, last question]")
            .err("1. The knee is hot and swollen (new)")
            .out("Before: Nothing in your answers calls for a doctor first. Now: See a doctor first")
            .out("Write down when it wakes you");
    }

    /// In an emergency nothing stands above the number to call.
    #[test]
    fn may_be_an_emergency() {
        let ended = then("2\n1\n1\n").code(0).out_lacks("What changed");
        assert!(ended.out.contains("1.2.3.\n\nEMERGENCY: call 112 now.\n"), "{ended}");
        assert!(ended.err.contains("\nEMERGENCY: call 112 now.\n  1. See why\n"), "{ended}");
    }

    #[test]
    fn names_what_no_longer_applies() {
        then("2\n2\n2\n5\n")
            .code(0)
            .err(r#"No longer used: "Where does it hurt? In the back", "Is any of this true as well? None of these","#)
            .out("New on the plan: a personal trainer. No longer on the plan: a physical therapist and an athletic trainer.")
            .out_lacks("No longer used");
    }

    #[test]
    fn can_be_left_as_it_was() {
        for again in ["b\n", "4\n"] {
            let ended = then(&format!("2\n5\n{again}5\n")).code(0).err("Your answers stay as they were.");
            assert_eq!(times(&ended.out, "Your plan"), 1, "{ended}");
        }
    }

    #[test]
    fn that_is_left_open_settles_nothing() {
        for end in ["q\n", ""] {
            then(&format!("2\n3\n2\n{end}"))
                .code(3)
                .out("Not settled yet")
                .out("Is any of this true as well? (more)")
                .err("Your answers were not kept.");
        }
    }

    /// From what the change brings up first, "back" leads to the result as it was, and so does the file.
    #[test]
    fn can_be_taken_back_at_what_it_brings_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let me = folder.path().join("me.yaml");
        let run = |replies: &str| {
            let _ = fs::remove_file(&me);
            let ended = Carepath::new(["--plain", "--save", path(&me)]).input(replies).run();
            (ended, read(&me))
        };
        let (_, before) = run(&format!("{WHOLE}5\n"));
        let (ended, after) = run(&format!("{WHOLE}2\n3\n2\nb\n5\n"));
        let ended = ended.code(0).err("Is any of this true as well?").err("Your answers stay as they were.");
        assert_eq!(times(&ended.err, "Where does it hurt?\n"), 2, "{ended}");
        assert_eq!(after, before);
    }

    /// What is told below an emergency alone may have been true all the time.
    #[test]
    fn after_an_emergency_brings_no_news_that_are_none() {
        let text = read("tests/rules/small/rules.yaml")
            .replace("flags:\n", "flags:\n  - {id: always, level: note, say: Always so, do: d}\n");
        let (_folder, rules) = program::file("rules.yaml", &text);
        let ended = Carepath::bare(["--plain", "--rules", path(&rules)]).input("1\n2\n1\n4\n1\n1\n3\n4\n2\n5\n").run();
        ended.code(0).out("What changed").out("Always so").out_lacks("New: Always so");
    }

    /// Whoever leaves at the question itself has changed nothing.
    #[test]
    fn that_was_not_given_leaves_the_result() {
        then("2\n3\nq\n").code(0).out_lacks("Not settled yet");
    }

    #[test]
    fn is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let me = folder.path().join("me.yaml");
        let replies = format!("{WHOLE}2\n6\n3\n5\n");
        Carepath::new(["--plain", "--save", path(&me)])
            .input(&replies)
            .run()
            .code(0)
            .err("See the result again with: carepath decide");
        assert!(read(&me).contains("  goal: gym\noffered:\n"), "{}", read(&me));
        // What was not shown again denies nothing new, and is asked again later.
        let replies = "2\n3\n2\n";
        Carepath::new(["--plain", "--answers", path(&me), "--save", path(&me)])
            .input(replies)
            .run()
            .code(3)
            .err("You will be asked again, as there may be more to choose from now: \"Is any of this true as well?\".");
        let kept = "  more: [none]\n";
        assert!(read(&me).contains(kept) && read(&me).contains("  more: [saddle, night, none]\n"), "{}", read(&me));
        let again = Carepath::new(["--plain", "--answers", path(&me)]).run().code(3);
        again.err("again, as there is more to choose from").err("The knee is hot and swollen (new)");
    }
}

mod reasons {
    use super::*;

    #[test]
    fn are_shown_on_wish() {
        then("1\n5\n").code(0).out("What decides it").out("So you need it: Something hurts.");
    }

    #[test]
    fn against_somebody_come_with_what_would_bring_them_in() {
        then("3\n1\n5\n")
            .code(0)
            .err("Why not who? 1. Personal trainer 2. Sports massage therapist 3. Back")
            .out("Why not the personal trainer?")
            .out("Instead of \"Sport in a team\": The gym");
        then("3\n3\n5\n").code(0).out_lacks("Why not the");
    }
}

mod a_report {
    use super::*;

    /// Replies after the result, with `FILE` for a place that can be written.
    fn written(name: &str, there: Option<&str>, replies: &str) -> (Ended, Option<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(name);
        if let Some(there) = there {
            fs::write(&file, there).expect("a file");
        }
        let ended = then(&replies.replace("FILE", path(&file)));
        let text = file.is_file().then(|| read(&file));
        #[cfg(unix)]
        if text.as_deref() != there {
            use std::os::unix::fs::PermissionsExt;
            let mode = file.metadata().expect("a file").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{mode:o}");
        }
        (ended, text)
    }

    #[test]
    fn is_a_page_or_markdown_that_only_its_owner_can_read() {
        let (ended, html) = written("me.html", None, "4\nFILE\n5\n");
        ended.code(0).err("Name of the file? It ends in .html or .md.").err("Only you can read it.");
        assert!(html.expect("a page").starts_with("<!"));
        let (_, markdown) = written("me.MD", None, "4\nFILE\n5\n");
        assert!(markdown.expect("a page").starts_with("# "));
    }

    #[test]
    fn has_a_name_that_says_what_it_is() {
        let (ended, text) = written("me.txt", None, "4\nFILE\nq\n5\n");
        ended.code(0).err("The name has to end in .html, for a page, or in .md, for Markdown.");
        assert_eq!(text, None);
    }

    #[test]
    fn replaces_nothing_that_its_owner_wants_to_keep() {
        let (ended, text) = written("me.html", Some("mine"), "4\nFILE\n1\nq\n5\n");
        ended.code(0).err("is there already. 1. Use another name 2. Replace it");
        assert_eq!(text.as_deref(), Some("mine"));
        let (_, text) = written("me.html", Some("mine"), "4\nFILE\n2\n5\n");
        assert!(text.expect("a page").starts_with("<!"));
    }

    #[test]
    fn that_cannot_be_written_is_no_end() {
        let (ended, _) = written("no/such/folder.html", None, "4\nFILE\nq\n5\n");
        ended.code(0).err("cannot save to");
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().join("a.html");
        fs::create_dir(&there).expect("a folder");
        then(&format!("4\n{}\nq\n5\n", path(&there))).code(0).err("it is no ordinary file");
    }
}

mod why_it_is_asked {
    use super::*;

    #[test]
    fn says_what_could_change() {
        interview("?\n").err("> Some signs cannot wait. Your answer could mean that you should call 112 now.");
        interview("4\n1\n1\n3\n?\n").err("Strong pain has to settle before you train. Your answer could");
    }

    #[test]
    fn says_it_alone_where_the_author_says_nothing() {
        interview("4\n?\n").err("> Your answer could mean that you should call 112 now").err_lacks("can still change");
    }
}
