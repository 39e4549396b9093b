//! Rules of one's own to start from: what is written, that it is sound, and that nothing is written over.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Carepath, Ended, file, read};

fn init(folder: &Path, args: &[&str]) -> Ended {
    Carepath::bare(["init", path(folder)].iter().chain(args)).run()
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// All files below a folder, with their texts.
fn all_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(all_files(&path));
        } else {
            files.push((path.clone(), read(&path)));
        }
    }
    files.sort();
    files
}

/// What is said to be typed next is typed: the interview runs, the rules have no fault, the cases pass.
#[track_caller]
fn is_sound(written: &Ended, replies: &str) {
    let (_, next) = written.out.split_once("Try this next:\n\n").expect("what to type");
    let typed: Vec<Vec<&str>> = next.lines().map(|line| line.split_whitespace().skip(1).collect()).collect();
    assert_eq!(typed.len(), 3, "{written}");
    Carepath::bare(&typed[0]).input(replies).run().code(0).out("Rule set:");
    let checked = Carepath::bare(&typed[1]).arg("--deny").arg("warnings").run().code(0).out(": no faults");
    assert!(!checked.err.contains("warning"), "{checked}");
    Carepath::bare(&typed[2]).run().code(0).out(" passed, 0 failed").out_lacks("draft").no_err();
}

#[test]
fn a_page_to_learn_the_language_from() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("new/rules of mine");
    init(&folder, &["--minimal"]).code(0).out("/rules of mine/rules'").no_err();
    // Without blanks in its name, what is said can be taken apart at blanks.
    let folder = home.path().join("mine");
    let written = init(&folder, &["--minimal"]).code(0).no_err().out(&format!("3 files written to {}:", path(&folder)));
    is_sound(&written, "2\n2\n");
    let names: Vec<PathBuf> = all_files(&folder).into_iter().map(|(path, _)| path).collect();
    let expected = ["README.md", "cases/twisted-ankle.yaml", "rules/rules.yaml"].map(|name| folder.join(name));
    assert_eq!(names, expected);
    let rules = read(folder.join("rules/rules.yaml"));
    assert!(rules.lines().count() <= 60, "more than a page");
    for section in rules.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase())) {
        let is_plain_value = section.contains(": \"");
        assert!(is_plain_value || section.contains("  # "), "not explained: {section}");
    }
}

#[test]
fn all_that_is_built_in() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("mine");
    let written = init(&folder, &[]).code(0).no_err();
    is_sound(&written, "1\n");
    for (copy, original) in [("rules", "rules"), ("cases", "examples/cases")] {
        let texts = |folder: &Path| -> Vec<(String, String)> {
            let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
            all_files(folder).into_iter().map(|(path, text)| (name(&path), text)).collect()
        };
        assert!(texts(&folder.join(copy)) == texts(Path::new(original)), "{copy} is not a copy");
    }
    Carepath::bare(["diff", "built-in", path(&folder.join("rules"))]).run().code(0);
}

#[test]
fn the_readme_says_three_commands() {
    let home = tempfile::tempdir().expect("a folder");
    init(home.path(), &["--minimal"]).code(0);
    let readme = read(home.path().join("README.md"));
    let commands: Vec<&str> = readme.lines().filter(|line| line.starts_with("carepath")).collect();
    assert_eq!(
        commands,
        ["carepath --rules rules", "carepath check --rules rules", "carepath test --rules rules cases"]
    );
}

#[test]
fn nothing_is_written_over() {
    for there in ["README.md", "rules/rules.yaml", "cases/twisted-ankle.yaml"] {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join(there);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "mine").expect("a file");
        let refused = init(home.path(), &["--minimal"]).code(2).no_out();
        refused.err(&format!("error: `{}` is there already: nothing was written", path(&file)));
        assert_eq!(all_files(home.path()), [(file, "mine".to_owned())]);
    }
}

/// They would be read together with the copy.
#[test]
fn other_rules_are_not_mixed_with_these() {
    let home = tempfile::tempdir().expect("a folder");
    let others = home.path().join("rules");
    fs::create_dir(&others).expect("a folder");
    init(home.path(), &["--minimal"]).code(0);
    let home = tempfile::tempdir().expect("a folder");
    let others = home.path().join("rules");
    fs::create_dir(&others).expect("a folder");
    fs::write(others.join("others.yaml"), "format: 1\n").expect("a file");
    init(home.path(), &[]).code(2).no_out().err(&format!("error: the folder `{}` is not empty", path(&others)));
    assert_eq!(all_files(home.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_followed() {
    let home = tempfile::tempdir().expect("a folder");
    let elsewhere = home.path().join("elsewhere");
    std::os::unix::fs::symlink(&elsewhere, home.path().join("README.md")).expect("a link");
    init(home.path(), &["--minimal"]).code(2).no_out().err("README.md` is there already");
    assert!(!elsewhere.exists());
}

#[test]
fn a_place_that_cannot_be_a_folder() {
    let (_folder, file) = file("notes.txt", "mine");
    init(&file, &[]).code(2).no_out().err(&format!("error: `{}` is a file; name a folder", path(&file)));
    init(&file.join("below"), &[]).code(2).no_out().err("error: cannot make the folder").err("notes.txt/below`");
    Carepath::new(["init", "anywhere"]).run().code(2).no_out().err("leave out --rules");
}

#[test]
fn a_file_where_a_folder_is_to_be_is_seen_before_anything_is_written() {
    for name in ["rules", "cases"] {
        let home = tempfile::tempdir().expect("a folder");
        let there = home.path().join(name);
        fs::write(&there, "mine").expect("a file");
        let refused = init(home.path(), &["--minimal"]).code(2).no_out();
        refused.err(&format!("error: `{}` is in the way and no folder: nothing was written", path(&there)));
        assert_eq!(all_files(home.path()), [(there, "mine".to_owned())]);
    }
}

#[test]
fn the_name_of_the_built_in_rules_is_taken() {
    Carepath::bare(["init", "built-in"]).run().code(2).no_out().err("means the rules that are part of the program");
}

/// The folder that was made is what comes to mind first; the rules are one further down.
#[test]
fn the_folder_with_the_rules_in_it_is_offered() {
    let home = tempfile::tempdir().expect("a folder");
    init(home.path(), &["--minimal"]).code(0);
    let (rules, cases) = (home.path().join("rules"), home.path().join("cases"));
    let checked = Carepath::bare(["check", "--rules", path(home.path())]).run().code(2).no_out();
    checked.err(&format!("holds no .yaml files; did you mean `{}`?", path(&rules)));
    let tested = Carepath::bare(["test", "--rules", path(&rules), path(home.path())]).run().code(2).no_out();
    tested.err(&format!("holds no .yaml files; did you mean `{}`?", path(&cases)));
}

#[test]
fn built_in_cases_are_not_run_on_rules_of_ones_own() {
    let home = tempfile::tempdir().expect("a folder");
    init(home.path(), &["--minimal"]).code(0);
    let rules = home.path().join("rules");
    let tested = Carepath::bare(["test", "--rules", path(&rules)]).run().code(2).no_out();
    tested.err("the built-in cases belong to the built-in rules; name those of your rules");
    Carepath::bare(["test", "--rules", "rules"]).run().code(0).out(" passed, 0 failed");
}

#[test]
fn what_was_written_can_be_json() {
    let home = tempfile::tempdir().expect("a folder");
    let written = init(home.path(), &["--minimal", "--format", "json"]).code(0).no_err();
    let files = ["README.md", "rules/rules.yaml", "cases/twisted-ankle.yaml"].map(|name| home.path().join(name));
    assert_eq!(written.json(), [serde_json::json!({ "written": files })]);
}
