//! The quiz in pipes: what a class reads, what is said of its picks, and how it ends.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use program::{Carepath, Ended, file, read};

const STORIES: &str = "tests/quiz/stories";

/// A right pick, one too early, one too careful, an emergency that was missed, and one that the author accepts.
const PICKS: &str = "5\n5\n6\n1,4\n3\n1 3\n4\n3\n1\n";

fn quiz(args: &[&str], picks: &str) -> Ended {
    Carepath::new(["quiz", "--cases", STORIES, "--seed", "3"].iter().chain(args)).input(picks).run()
}

/// The cases in the order in which they come.
fn order(args: &[&str]) -> Vec<String> {
    let ended = quiz(&[&["--format", "json"], args].concat(), &"1\n".repeat(5));
    let rows = ended.json();
    rows.iter().filter_map(|row| row["case"].as_str()).map(str::to_owned).collect()
}

#[test]
fn a_whole_one() {
    let score = read("tests/quiz/whole.score.txt");
    quiz(&[], PICKS).code(0).err_is(&read("tests/quiz/whole.txt")).out_is(&score);
}

/// The story that the README shows is one of these.
#[test]
fn the_readme_shows_what_a_class_reads() {
    let whole = read("tests/quiz/whole.txt");
    let (_, story) = whole.split_once("\nStory 3 of 5").expect("the third story");
    let (story, _) = story.split_once("\n\nStory 4").expect("the fourth story");
    assert!(read("README.md").contains(&format!("```text\nStory 3 of 5{story}\n```")), "{story}");
}

#[test]
fn as_json_each_story_is_a_line_and_the_score_the_last() {
    let ended = quiz(&["--format", "json"], PICKS).code(0).err("Right: nobody for now.").err("Your score");
    let rows = ended.json();
    assert_eq!(rows.len(), 6, "{ended}");
    let heart = &rows[1];
    assert_eq!(heart["story"], 2);
    assert_eq!(heart["case"], "tests/quiz/stories/heart.yaml");
    assert_eq!(heart["text"], "Woman, 70, with an old heart problem: wants to get fit for the gym.");
    assert_eq!(
        heart["picked"],
        serde_json::json!({"level": "none", "professionals": ["physical-therapist", "massage-therapist"]})
    );
    assert_eq!(heart["decided"], serde_json::json!({"level": "clearance", "professionals": ["personal-trainer"]}));
    assert_eq!(heart["level"], "too-early");
    assert_eq!(heart["professionals_right"], false);
    assert_eq!(heart["not_on_plan"][0]["id"], "physical-therapist");
    assert_eq!(heart["not_on_plan"][0]["reasons"][0]["kind"], "shared");
    assert_eq!(heart["not_on_plan"][1]["reasons"][0]["kind"], "outside");
    assert_eq!(heart["missed"], serde_json::json!(["personal-trainer"]));
    let knee = &rows[4];
    assert_eq!(knee["picked"], serde_json::json!({"level": "emergency", "professionals": null}));
    assert_eq!(knee["decided"], serde_json::json!({"level": "urgent", "professionals": null}));
    assert_eq!((&knee["level"], &knee["professionals_right"]), (&"accepted".into(), &serde_json::Value::Null));
    let score = &rows[5]["score"];
    assert_eq!((&score["seed"], &score["asked"], &score["of"]), (&3.into(), &5.into(), &5.into()));
    assert_eq!(score["levels"], serde_json::json!({"right": 2, "of": 5}));
    assert_eq!(score["professionals"], serde_json::json!({"right": 1, "of": 3}));
    assert_eq!(score["rule_set"], serde_json::json!({"name": "Small rules", "version": "1.2.3"}));
    assert_eq!(score["mistakes"][0], serde_json::json!({"mistake": "harmful", "professional": null, "stories": [4]}));
    assert_eq!(score["mistakes"][1], serde_json::json!({"mistake": "too-early", "professional": null, "stories": [2]}));
    assert_eq!(
        score["mistakes"][3],
        serde_json::json!({"mistake": "outside-scope", "professional": "personal-trainer", "stories": [3]})
    );
}

#[test]
fn the_same_seed_is_the_same_quiz_and_another_is_another() {
    let usual = order(&[]);
    assert_eq!(usual.len(), 5);
    assert_eq!(order(&["--count", "2"]), usual[..2]);
    let other = Carepath::new(["quiz", "--cases", STORIES, "--seed", "1", "--format", "json"]);
    let other = other.input(&"1\n".repeat(5)).run().code(0).json();
    assert_ne!(other[0]["case"], usual[0].as_str());
}

/// What is printed repeats a quiz that was drawn by chance.
#[test]
fn a_quiz_by_chance_can_be_repeated() {
    let by_chance = Carepath::new(["quiz", "--cases", STORIES, "--count", "3"]).input("1\n1\n1\n").run().code(0);
    let (_, line) = by_chance.err.split_once("The same stories again: carepath ").expect("how to repeat it");
    let repeated = Carepath::bare(line.split_whitespace()).input("1\n1\n1\n").run().code(0);
    assert_eq!(repeated.err, by_chance.err);
    assert_eq!(repeated.out, by_chance.out);
}

#[test]
fn leaving_and_the_end_of_input_give_the_score_so_far() {
    for picks in ["5\n5\nq\n", "5\n5\n6\nquit\n", "5\n5\n", "5\n5\n6\n"] {
        quiz(&[], picks)
            .code(3)
            .out("Stories answered: 1 of 5 \"What comes first\" right: 1 of 1")
            .out("\"Who should they see\" right: 1 of 1");
    }
    quiz(&[], "").code(3).out("Stories answered: 0 of 5 Rule set").out_lacks("What comes first");
}

#[test]
fn nobody_beside_somebody_is_asked_again() {
    quiz(&["--count", "1"], "5\n1,5\n5\n")
        .code(0)
        .err(r#""Nobody of them" was ticked together with somebody. Please tick one or the other."#)
        .out("\"Who should they see\" right: 1 of 1");
}

#[test]
fn answers_are_not_shown_before_the_pick() {
    quiz(&[], "").err_lacks("A heart problem that a doctor knows about").err_lacks("You have a fever.");
}

#[test]
fn files_without_a_story_to_ask_are_named() {
    Carepath::new(["quiz", "--cases", "tests/quiz/mixed", "--seed", "1"])
        .input("6\n3\n")
        .run()
        .code(0)
        .err("Left out: tests/quiz/mixed/broken.yaml (it cannot be run)")
        .err("Left out: tests/quiz/mixed/draft.yaml (it is a draft)")
        .err("Left out: tests/quiz/mixed/failing.yaml (it does not end as its author expects)")
        .err("Left out: tests/quiz/mixed/silent.yaml (it tells no story)")
        .err_lacks("good.yaml")
        .err("1 story, seed 1.")
        .err("Right: just those on the plan.")
        .out("\"What comes first\" right: 1 of 1 \"Who should they see\" right: 1 of 1");
}

#[test]
fn without_a_story_there_is_no_quiz() {
    Carepath::new(["quiz", "--cases", "tests/quiz/mixed/draft.yaml"])
        .run()
        .code(2)
        .no_out()
        .err("error: there is no case with a story that ends as its author expects");
    Carepath::new(["quiz", "--cases", "tests/quiz/no-such-folder"]).run().code(2).no_out().err("error: cannot read");
    let (_folder, odd) = file("odd.yaml", "");
    std::fs::write(&odd, b"format: 1\nstory: \"\xff\"\n").expect("a file");
    Carepath::new(["quiz", "--cases", odd.to_str().expect("UTF-8")])
        .run()
        .code(2)
        .no_out()
        .err("odd.yaml")
        .err("UTF-8");
}

#[test]
fn rules_of_ones_own_want_stories_of_ones_own() {
    Carepath::new(["quiz"]).run().code(2).no_out().err("name those of your rules with `--cases DIR`");
}

#[test]
fn the_built_in_stories_need_no_option() {
    Carepath::bare(["quiz", "--seed", "1", "--count", "2"])
        .input("1\n1\n")
        .run()
        .code(0)
        .err_lacks("Left out")
        .err("Story 2 of 2")
        .out("Your score");
}

#[test]
fn what_cannot_be_typed() {
    let wrong = |args: [&str; 3]| Carepath::new(args).run().code(2).no_out();
    wrong(["quiz", "--count", "0"]).err("it takes a whole number above 0, such as 10");
    wrong(["quiz", "--seed", "x"]).err("it takes a whole number, such as 7");
    for args in [["--count", "0"], ["--count", "-1"], ["--seed", "x"], ["--format", "sarif"]] {
        quiz(&args, "").code(2).no_out();
    }
}

/// A case may have a twin with other answers; no learner could tell them apart.
#[test]
fn the_same_words_are_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["fever.yaml", "heart.yaml"] {
        std::fs::write(folder.path().join(name), read(format!("{STORIES}/{name}"))).expect("a file");
    }
    std::fs::write(folder.path().join("fever-again.yaml"), read(format!("{STORIES}/fever.yaml"))).expect("a file");
    let cases = folder.path().to_str().expect("UTF-8");
    Carepath::new(["quiz", "--cases", cases, "--seed", "1"]).run().err("2 stories, seed 1.");
}

/// The physical therapist could do all of it alone, though the plan has the athletic trainer for the second part.
#[test]
fn who_can_do_all_that_is_needed_is_also_right() {
    let pick = |who: &str| {
        Carepath::new(["quiz", "--seed", "1", "--cases", &format!("{STORIES}/back-and-team.yaml")])
            .input(&format!("6\n{who}\n"))
            .run()
            .code(0)
    };
    let right = "\"Who should they see\" right: 1 of 1";
    pick("1").err("Also right: those you picked can do all that is needed.").out(right).out_lacks("missed");
    pick("1,2").err("Right: just those on the plan.").out(right);
    pick("2").out("\"Who should they see\" right: 0 of 1").out("You missed the physical therapist once");
    pick("1,3").out("\"Who should they see\" right: 0 of 1").out("for what is not theirs to do").out_lacks("missed");
}

/// Who says "911" is asked for nobody, so that nobody can be wrong.
#[test]
fn who_was_not_asked_for_is_not_counted() {
    quiz(&["--count", "1"], "1\n").code(0).out("\"What comes first\" right: 0 of 1").out_lacks("Who should they see");
}

#[test]
fn what_was_answered_is_told_after_the_pick() {
    quiz(&["--count", "1"], "5\n5\n")
        .code(0)
        .err("In the interview they answered: - Do you have any of these? Fever or chills");
}
