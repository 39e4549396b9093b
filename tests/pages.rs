//! Results as Markdown and HTML, and in a file of their own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use program::{Carepath, RULES, file, read};

const ANSWERS: &str = "\
format: 1
answers: {signs: none, reason: fit, goal: gym}
";

fn answers() -> (tempfile::TempDir, String) {
    let (folder, path) = file("me.yaml", ANSWERS);
    let path = path.display().to_string();
    (folder, path)
}

mod a_file {
    use super::*;

    #[test]
    fn is_written_in_the_way_that_its_name_says() {
        let (folder, me) = answers();
        for (name, begins) in [
            ("a.html", "<!DOCTYPE html>\n"),
            ("a.md", "# Who should I see? My report to keep\n"),
            ("a.json", "{\"input\""),
            ("a.txt", "What to do first\n"),
            ("a", "What to do first\n"),
        ] {
            let out = folder.path().join(name).display().to_string();
            let ended = Carepath::new(["decide", &me, "--out", &out]).run().code(0).no_out();
            ended.err("Written to").err("Only you can read it.");
            assert!(read(&out).starts_with(begins), "{name}: {}", read(&out));
        }
    }

    #[test]
    fn is_written_as_asked_whatever_its_name() {
        let (folder, me) = answers();
        let out = folder.path().join("a.html").display().to_string();
        Carepath::new(["decide", &me, "--format", "json", "--out", &out]).run().code(0);
        assert!(read(&out).starts_with('{'));
    }

    #[cfg(unix)]
    #[test]
    fn is_private() {
        use std::os::unix::fs::PermissionsExt;

        let (folder, me) = answers();
        let out = folder.path().join("a.html");
        Carepath::new(["decide", &me, "--out", &out.display().to_string()]).run().code(0);
        assert_eq!(out.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn that_is_there_stays_as_it_is() {
        let (folder, me) = answers();
        let out = folder.path().join("a.html");
        std::fs::write(&out, "mine").unwrap();
        let out = out.display().to_string();
        Carepath::new(["decide", &me, "--out", &out]).run().code(2).no_out().err("is there already");
        assert_eq!(read(&out), "mine");
        // Said before the first question, not after the last.
        Carepath::new(["--plain", "--out", &out]).input("1\n").run().code(2).no_out().err_lacks("Do you have");
    }

    #[test]
    fn in_a_folder_that_is_not_there_is_an_error_before_any_question() {
        let ended = Carepath::new(["--plain", "--save", "no/folder/a.yaml"]).run().code(2).no_out();
        ended.err("cannot save to `no/folder/a.yaml`: there is no folder `no/folder`").err_lacks("Do you have");
        let ended = Carepath::new(["--plain", "--out", "/no/such/folder/a.html"]).run().code(2).no_out();
        ended.err("cannot write to `/no/such/folder/a.html`").err_lacks("Do you have");
    }

    #[test]
    fn whose_name_ends_in_what_is_not_written_is_no_place() {
        let (folder, me) = file("me.yaml", "format: 1\nanswers: {signs: chest}\n");
        let (me, out) = (me.display().to_string(), |name: &str| folder.path().join(name).display().to_string());
        for name in ["a.pdf", "a.docx", "a.yaml"] {
            let refused = "the name may end in .html, .md, .json or .txt";
            Carepath::new(["--plain", "--out", &out(name)])
                .run()
                .code(2)
                .no_out()
                .err(refused)
                .err_lacks("Do you have");
            Carepath::new(["decide", &me, "--out", &out(name)]).run().code(2).no_out().err(refused);
        }
        for name in ["a.txt", "a.TEXT", "a.log", "a"] {
            Carepath::new(["decide", &me, "--out", &out(name)]).run().code(0);
            assert!(read(out(name)).starts_with("EMERGENCY"), "{name}");
        }
        Carepath::new(["decide", &me, "--out", &out("b.pdf"), "--format", "html"]).run().code(0);
    }

    #[test]
    fn keeps_the_exit_code_of_what_is_not_settled() {
        let (folder, me) = file("me.yaml", "format: 1\nanswers: {signs: none}\n");
        let out = folder.path().join("a.md").display().to_string();
        Carepath::new(["decide", &me.display().to_string(), "--out", &out]).run().code(3).no_out();
        assert!(read(&out).contains("## Not settled yet"), "{}", read(&out));
    }

    #[test]
    fn is_for_comparisons_too() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("who.html").display().to_string();
        Carepath::new(["compare", "--out", &out]).run().code(0).no_out();
        assert!(read(&out).contains("<th scope=\"row\""), "{}", read(&out));
    }
}

mod html {
    use super::*;

    /// A rule set and answers, all of whose texts try to be more than text.
    fn hostile(place: &Path) -> (String, String) {
        let rules = read(Path::new(RULES).join("rules.yaml"));
        let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp; ]]> </style> \\\" '";
        let rules = rules.replace("title: Build up", &format!("title: \"{evil}\""));
        let (rules_path, me) = (place.join("rules.yaml"), place.join("me.yaml"));
        std::fs::write(&rules_path, rules).unwrap();
        std::fs::write(&me, ANSWERS).unwrap();
        (rules_path.display().to_string(), me.display().to_string())
    }

    #[test]
    fn no_text_is_more_than_text() {
        let folder = tempfile::tempdir().unwrap();
        let (rules, me) = hostile(folder.path());
        let ended = Carepath::bare(["decide", &me, "--rules", &rules, "--format", "html"]).run().code(0);
        assert!(ended.out.contains("&lt;script&gt;"), "{ended}");
        for sign in ["<script", "<img", "onerror=alert(1)>"] {
            assert!(!ended.out.contains(sign), "{sign} in\n{ended}");
        }
        let ended = Carepath::bare(["decide", &me, "--rules", &rules, "--format", "markdown"]).run().code(0);
        assert!(ended.out.contains("\\<script\\>"), "{ended}");
        assert!(!ended.out.replace("\\<", "").contains("<script"), "{ended}");
    }

    #[test]
    fn nothing_is_fetched_and_nothing_runs() {
        let (_folder, me) = answers();
        let ended = Carepath::new(["decide", &me, "--format", "html"]).run().code(0);
        for sign in ["<script", "src=", "url(", "@import", "<link", "http://", " on"] {
            let there = ended.out.split('<').any(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(sign)));
            assert!(!there, "{sign} in a tag of\n{ended}");
        }
        assert!(ended.out.contains("Content-Security-Policy"), "{ended}");
        assert!(ended.out.contains("<html lang=\"en\">"), "{ended}");
    }

    #[test]
    fn is_one_page_for_one_file_of_answers() {
        let (_folder, me) = answers();
        Carepath::new(["decide", &me, &me, "--format", "html"]).run().code(2).no_out().err("name one answer file");
    }

    #[test]
    fn the_number_to_call_comes_first() {
        let (_folder, me) = file("me.yaml", "format: 1\nanswers: {signs: chest}\n");
        let ended = Carepath::new(["decide", &me.display().to_string(), "--format", "html"]).run().code(0);
        let body = ended.out.split("<header>").nth(1).unwrap();
        assert!(body.trim_start().starts_with("<p class=\"banner\">EMERGENCY: call "), "{ended}");
    }
}

mod report {
    use super::*;

    /// What becomes of answers to the questions of the rule set of the tests.
    #[track_caller]
    fn report(answers: &str, format: &str) -> String {
        let (_folder, me) = file("me.yaml", &format!("format: 1\nanswers: {answers}\n"));
        Carepath::new(["decide", &me.display().to_string(), "--format", format]).run().code(0).out
    }

    const TWO_PHASES: &str = "{signs: none, reason: [pain, fit], where: back, more: none, strength: 9, goal: team}";

    #[test]
    fn a_plan_is_a_picture_with_words_for_those_who_do_not_see_it() {
        let page = report(TWO_PHASES, "html");
        let names = "<svg class=\"timeline\" role=\"img\" aria-labelledby=\"picture-1 picture-1-told\"";
        assert!(page.contains(names), "{page}");
        assert!(page.contains("<title id=\"picture-1\">Your plan, phase by phase</title>"), "{page}");
        let told = "<desc id=\"picture-1-told\">1. Heal: physical therapist. 2. Build up: athletic trainer (later: on hold \
                    for now), personal trainer (later: on hold for now).</desc>";
        assert!(page.contains(told), "{page}");
        assert!(!page.contains("<table"), "{page}");
        assert!(report(TWO_PHASES, "markdown").contains("| 1 | Heal | physical therapist |"));
    }

    #[test]
    fn signs_that_were_not_ticked_are_named_by_what_they_call_for() {
        let page = report(TWO_PHASES, "markdown");
        let watch = page.split("## Watch for these").nth(1).unwrap().split("\n## ").next().unwrap();
        let wanted = "If one of these is true now or later, do what stands above it. The list is not complete: if \
                      something else worries you, ask a doctor.\n\n\
                      **Call [112](<tel:112>) at once**\n\n\
                      - Numb between the legs\n- Pressure in the chest\n\n\
                      **See a doctor within the next few days**\n\n\
                      - It wakes me every night\n";
        assert_eq!(watch.trim_start(), wanted);
    }

    #[test]
    fn where_there_is_no_time_nothing_is_named_beside_what_to_do() {
        for answers in ["{signs: chest}", "{signs: none, reason: pain, where: knee, more: hot}"] {
            let page = report(answers, "markdown");
            assert!(!page.contains("Watch for") && !page.contains("Questions to take along"), "{page}");
            assert!(page.contains("## What you said"), "{page}");
        }
    }

    #[test]
    fn json_has_all_signs() {
        let found = report(TWO_PHASES, "json");
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        assert_eq!(
            found["watch_for"],
            serde_json::json!([
                {"question": "more", "option": "saddle", "label": "Numb between the legs", "level": "emergency"},
                {"question": "signs", "option": "chest", "label": "Pressure in the chest", "level": "emergency"},
                {"question": "more", "option": "night", "label": "It wakes me every night", "level": "physician"},
            ])
        );
        let urgent: serde_json::Value = serde_json::from_str(&report("{signs: chest}", "json")).unwrap();
        assert_eq!(urgent["watch_for"], serde_json::json!([]));
    }

    #[test]
    fn a_number_is_a_link_to_call_it_only_if_it_is_digits() {
        assert!(report("{signs: chest}", "html").contains("<a href=\"tel:112\">112</a>"));
        let folder = tempfile::tempdir().unwrap();
        let (rules, me) = (folder.path().join("rules.yaml"), folder.path().join("me.yaml"));
        std::fs::write(&me, "format: 1\nanswers: {signs: chest}\n").unwrap();
        let text = read(Path::new(RULES).join("rules.yaml"));
        for number in ["112 or 116", "javascript:1", "112;ext=1"] {
            std::fs::write(&rules, text.replace("\"112\"", &format!("\"{number}\""))).unwrap();
            let run = [&me, &rules].map(|path| path.display().to_string());
            let page = Carepath::bare(["decide", &run[0], "--rules", &run[1], "--format", "html"]).run().code(0);
            assert!(page.out.contains(&format!("call {number} now")) && !page.out.contains("href=\"tel:"), "{page}");
        }
    }

    #[test]
    fn what_was_said_is_told_as_it_was_read_and_only_where_it_counts() {
        let page = report("{signs: none, reason: tense, where: knee, strength: 4, goal: team}", "markdown");
        let said = page.split("## What you said\n\n").nth(1).unwrap();
        assert!(
            said.starts_with(
                "- Do you have any of these? **None of these**\n- What brings you here? **My muscles are tense**\n\n"
            ),
            "{said}"
        );
    }
}
