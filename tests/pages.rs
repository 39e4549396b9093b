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
        let ended = Carepath::new(["--plain", "--out", "/no/such/folder/a.html"]).run().code(2).no_out();
        ended.err("cannot write to `/no/such/folder/a.html`").err_lacks("Do you have");
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
