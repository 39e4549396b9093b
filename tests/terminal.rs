//! The interview on a terminal: what a person sees, and what their keys do.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;
#[path = "support/session.rs"]
mod session;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use program::{Carepath, read};
use session::{Session, Start, place};

/// Two usual sizes of a window: a narrow one, and one that is higher and wider.
const NARROW: (u16, u16) = (60, 24);
const WIDE: (u16, u16) = (100, 30);

/// No arguments.
const NONE: [&str; 0] = [];

/// Up to the question where it hurts, with nothing dangerous said.
#[track_caller]
fn in_pain(args: &[&str], size: (u16, u16)) -> Session {
    let mut person = Session::start(args, size);
    person.sees("Do you have any of these?").keys("up space enter");
    person.sees("What brings you here?").keys("space enter");
    person.sees("Where does it hurt?");
    person
}

/// Up to the question how strong the pain is.
#[track_caller]
fn asked_for_a_number(args: &[&str]) -> Session {
    let mut person = in_pain(args, NARROW);
    person.keys("enter").sees("Is any of this true as well?").keys("up space enter");
    person.sees("How strong is the pain?");
    person
}

/// Nothing is left behind by a menu: the cursor is back, and the terminal reads lines.
#[track_caller]
fn is_as_the_shell_wants_it(person: &Session) {
    assert!(person.cursor_visible(), "the cursor is hidden");
    assert!(person.reads_lines(), "the terminal still reads single keys");
}

mod menus {
    use super::*;

    #[test]
    fn arrows_move_and_enter_chooses() {
        let mut person = in_pain(&[], WIDE);
        person.keys("down").sees_below(
            "
The problem - at most 3 more after this
Where does it hurt?
Up/Down to move, Enter to choose. Esc: back, why, leave.
  In the back
> In the knee, or somewhere around it, and by that I mean also the shin just below it
  and the thigh just above it",
        );
        person.keys("enter").sees_below(
            "
  In the knee, or somewhere around it, and by that I mean also the shin just below it
  and the thigh just above it

The problem - at most 2 more after this
Is any of this true as well?
Space to tick all that fit, then Enter. Esc: back, why, leave.
> [ ] The knee is hot and swollen
  [ ] It wakes me every night
  [ ] None of these",
        );
    }

    #[test]
    fn space_ticks_and_unticks() {
        let mut person = Session::start(&NONE, NARROW);
        person.sees("Do you have any of these?").keys("down space down space up space").sees_below(
            "
Danger signs - at most 5 more after this
Do you have any of these? If in doubt, tick it.
Space to tick all that fit, then Enter. Esc: back, why,
leave.
  [ ] Pressure in the chest
> [ ] Fever or chills
  [x] A heart problem that a doctor knows about
  [ ] None of these",
        );
        person.keys("enter").sees("A heart problem that a doctor knows about The reason - at most");
    }

    #[test]
    fn nothing_ticked_is_explained_and_asked_again() {
        let mut person = Session::start(&NONE, NARROW);
        person.sees("Do you have any of these?").keys("enter").sees_below(
            r#"
  Nothing is ticked yet. Tick what fits, or "None of these".

Danger signs - at most 5 more after this
Do you have any of these? If in doubt, tick it.
Space to tick all that fit, then Enter. Esc: back, why,
leave.
> [ ] Pressure in the chest
  [ ] Fever or chills
  [ ] A heart problem that a doctor knows about
  [ ] None of these"#,
        );
    }

    #[test]
    fn none_beside_others_is_explained_and_the_ticks_are_kept() {
        let mut person = Session::start(&NONE, NARROW);
        person.sees("Do you have any of these?").keys("down space up up space enter").sees_below(
            r#"
  Fever or chills; None of these
  "None of these" was ticked together with something else.
  Please tick one or the other.

Danger signs - at most 5 more after this
Do you have any of these? If in doubt, tick it.
Space to tick all that fit, then Enter. Esc: back, why,
leave.
> [ ] Pressure in the chest
  [x] Fever or chills
  [ ] A heart problem that a doctor knows about
  [x] None of these"#,
        );
        person.keys("up space enter").sees("Fever or chills The reason - at most");
    }

    /// Rows that fill the screen would hide it; then there are pages.
    #[test]
    fn an_explanation_stays_on_the_screen() {
        let label = "a sign that takes many words ".repeat(14);
        let text = read("tests/rules/small/rules.yaml").replace("Pressure in the chest", label.trim());
        let (_folder, rules) = program::file("rules.yaml", &text);
        let mut person = Start::with_rules(&rules, (60, 18)).go();
        person.sees("None of these").sees_no("[Page").keys("enter");
        person.sees("Nothing is ticked yet.").sees("[Page 1/2]").keys("right space enter");
        person.sees("What brings you here?").sees_no("[Page");
    }

    /// However often a menu is drawn again, each row stands there once.
    #[test]
    fn rows_longer_than_the_screen_are_drawn_cleanly() {
        let mut person = in_pain(&[], NARROW);
        person.keys("down up down up up").sees_below(
            "
The problem - at most 3 more after this
Where does it hurt?
Up/Down to move, Enter to choose. Esc: back, why, leave.
  In the back
> In the knee, or somewhere around it, and by that I mean
  also the shin just below it and the thigh just above it",
        );
    }

    #[test]
    fn letters_of_several_bytes_do_not_eat_the_lines_above() {
        let label = "Ä".repeat(55);
        let text = read("tests/rules/small/rules.yaml").replace("Pressure in the chest", &label);
        let (_folder, rules) = program::file("rules.yaml", &text);
        let mut person = Start::with_rules(&rules, NARROW).go();
        person.sees("Do you have any of these?").keys("down down up up").sees_below(&format!(
            "
Danger signs - at most 5 more after this
Do you have any of these? If in doubt, tick it.
Space to tick all that fit, then Enter. Esc: back, why,
leave.
> [ ] {}
      {}
      {}
  [ ] Fever or chills
  [ ] A heart problem that a doctor knows about
  [ ] None of these",
            "Ä".repeat(26),
            "Ä".repeat(26),
            "Ä".repeat(3)
        ));
    }

    #[test]
    fn a_low_window_shows_the_rows_in_pages() {
        let mut person = Session::start(&NONE, (60, 5));
        person.sees_below(
            "
More rows with Left and Right: [Page 1/2]
> [ ] Pressure in the chest
  [ ] Fever or chills
  [ ] A heart problem that a doctor knows about",
        );
        person.keys("space right").sees_below(
            "
More rows with Left and Right: [Page 2/2]
> [ ] None of these",
        );
        person.keys("left down").sees_below(
            "
More rows with Left and Right: [Page 1/2]
  [x] Pressure in the chest
> [ ] Fever or chills
  [ ] A heart problem that a doctor knows about",
        );
        person.keys("esc").sees_below(
            "
> Answer the question
  Why do you ask?
  Leave",
        );
    }

    /// A page holds as many rows as have room, lines counted: else the question would be pushed off the screen.
    #[test]
    fn rows_of_several_lines_make_shorter_pages() {
        let mut person = Session::start(&NONE, (44, 5));
        person.keys("up space enter space enter").sees_below(
            "
More rows with Left and Right: [Page 1/2]
> In the back",
        );
        person.keys("right").sees_below(
            "
More rows with Left and Right: [Page 2/2]
> In the knee, or somewhere around it, and
  by that I mean also the shin just below
  it and the thigh just above it",
        );
    }

    /// However many rows there are, the question and the keys stay above them.
    #[test]
    fn a_page_of_rows_leaves_room_for_the_question() {
        let many: Vec<String> = (1..=24).map(|sign| format!("      - sign-{sign}: Sign number {sign}")).collect();
        let text = read("tests/rules/small/rules.yaml");
        let text = text.replacen("    options:\n", &format!("    options:\n{}\n", many.join("\n")), 1);
        let (_folder, rules) = program::file("rules.yaml", &text);
        let mut person = Start::with_rules(&rules, NARROW).go();
        for keys in ["right", "left", "esc enter"] {
            person.sees("Do you have any of these?").sees("Space to tick all that fit").sees("[Page");
            person.keys(keys);
        }
        person.sees("Do you have any of these?").sees("Space to tick all that fit").sees("> [ ] Sign number 1 ");
    }

    #[test]
    fn a_window_too_low_for_menus_gets_numbered_lines() {
        Session::start(&NONE, (60, 4)).sees("Type the numbers of all that fit");
    }
}

mod behind_escape {
    use super::*;

    #[test]
    fn the_question_can_be_taken_up_again() {
        let mut person = in_pain(&[], NARROW);
        person.keys("esc").sees_below(
            "
Where does it hurt?
Up/Down to move, Enter to choose. Esc: back, why, leave.
> Answer the question
  Why do you ask?
  Go back one question
  Leave",
        );
        person.keys("enter").sees_below(
            "
Where does it hurt?
Up/Down to move, Enter to choose. Esc: back, why, leave.
> In the back
  In the knee, or somewhere around it, and by that I mean
  also the shin just below it and the thigh just above it",
        );
    }

    #[test]
    fn why_is_answered_and_the_question_asked_again() {
        let mut person = Session::start(&NONE, NARROW);
        person.sees("Do you have any of these?").keys("esc down enter").sees_below(
            "
  Some signs cannot wait.
  Your answer could mean that you should call 112 now.

Danger signs - at most 5 more after this
Do you have any of these? If in doubt, tick it.
Space to tick all that fit, then Enter. Esc: back, why,
leave.
> [ ] Pressure in the chest
  [ ] Fever or chills
  [ ] A heart problem that a doctor knows about
  [ ] None of these",
        );
    }

    #[test]
    fn the_first_question_has_nothing_to_go_back_to() {
        let mut person = Session::start(&NONE, NARROW);
        person.sees("Do you have any of these?").keys("esc").sees("> Answer the question").sees_no("Go back");
    }

    #[test]
    fn going_back_shows_the_earlier_answer_and_keeps_the_later_ones() {
        let mut person = in_pain(&[], WIDE);
        person.keys("down enter").sees("Is any of this true as well?").keys("up space enter");
        person.sees("How strong is the pain?").keys("4 enter").sees("What do you want to get back to?");
        person.keys("esc down down enter").sees("Number: 4");
        person.keys("backspace b enter").sees("[x] None of these");
        person.keys("esc down down enter").sees("> In the knee").keys("enter");
        // All but the goal is answered already.
        person.sees_below(
            "
Your goal - last question
What do you want to get back to?
Up/Down to move, Enter to choose. Esc: back, why, leave.
> Daily life
  Sport in a team
  The gym
  I don't know yet",
        );
    }

    /// "None of these" was said before there were other rows, so it has to be said again.
    #[test]
    fn none_of_these_is_not_said_of_rows_that_are_new() {
        let mut person = in_pain(&[], NARROW);
        person.keys("down enter").sees("The knee is hot").keys("up space enter").sees("How strong");
        person.keys("b enter").sees("[x] None of these").keys("esc down down enter").sees("> In the knee");
        person.keys("up enter").sees_below(
            "
The problem - again, as there is more to choose from, at
most 2 more after this
Is any of this true as well?
You had ticked: None of these
Space to tick all that fit, then Enter. Esc: back, why,
leave.
> [ ] Numb between the legs (new)
  [ ] It wakes me every night
  [ ] None of these",
        );
    }

    #[test]
    fn a_tick_beside_the_none_of_these_of_before_replaces_it() {
        let mut person = in_pain(&[], NARROW);
        person.keys("enter").sees("Numb between the legs").keys("up space enter").sees("How strong");
        person.keys("b enter").sees("[x] None of these").keys("space enter").sees("EMERGENCY: call 112 now.");
    }

    #[test]
    fn ticks_and_numbers_are_there_again() {
        let mut person = asked_for_a_number(&[]);
        person.keys("7 enter").sees("What do you want to get back to?").keys("esc down down enter");
        person.sees("Number: 7").keys("backspace 3 enter").sees("What do you want to get back to?");
        person.keys("esc down down enter").sees("Number: 3").keys("backspace b enter");
        person.sees("> [ ] Numb between the legs [ ] It wakes me every night [x] None of these");
    }

    #[test]
    fn leaving_says_what_is_still_open() {
        let mut person = in_pain(&[], WIDE);
        person
            .keys("esc down down down enter")
            .sees("It still depends on your answer to: - Where does it hurt? (where)");
        person.sees("Your answers were not kept. With --save FILE they are.");
        assert_eq!(person.exit_code(), 3);
        is_as_the_shell_wants_it(&person);
    }
}

mod numbers {
    use super::*;

    #[test]
    fn wrong_input_is_explained_and_asked_again() {
        let mut person = asked_for_a_number(&[]);
        person.sees(r#"A number from 0 (no pain) to 10 (the worst), or n for "I cannot say""#);
        person.keys("x enter").sees("Please type a whole number, such as 4.");
        person.keys("enter").keys("1 1 enter").sees("That number is outside the range; it goes from 0 to 10.");
        person.keys("1 0 enter").sees("10 Your goal - last question");
    }

    #[test]
    fn n_is_not_sure() {
        let mut person = asked_for_a_number(&[]);
        person.keys("n enter").sees("I cannot say Your goal - last question");
    }

    #[test]
    fn why_back_and_leave() {
        asked_for_a_number(&[]).keys("? enter").sees("Strong pain has to settle before you train.");
        asked_for_a_number(&[]).keys("b enter").sees("[x] None of these");
        let mut person = asked_for_a_number(&[]);
        person.keys("q enter").sees("Not settled yet");
        assert_eq!(person.exit_code(), 3);
    }
}

mod interrupted {
    use super::*;

    /// The file is whole, holds this, and is nobody else's to read.
    #[track_caller]
    fn is_kept(file: &Path, answers: &str) {
        let text = read(file);
        assert!(text.contains(answers), "{text}");
        let mode = file.metadata().expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{mode:o}");
        Carepath::new(["decide".as_ref(), file.as_os_str()]).run().code(3).no_err();
    }

    #[test]
    fn at_a_menu() {
        let (_folder, file) = place();
        let mut person = in_pain(&["--save", file.to_str().expect("UTF-8")], NARROW);
        person.keys("down ctrl-c").sees("Go on with: carepath --answers");
        assert_eq!(person.exit_code(), 130);
        is_as_the_shell_wants_it(&person);
        is_kept(&file, "answers:\n  signs: [none]\n  reason: [pain]\noffered:\n");
    }

    #[test]
    fn at_a_number() {
        let (_folder, file) = place();
        let mut person = asked_for_a_number(&["--save", file.to_str().expect("UTF-8")]);
        person.keys("4 ctrl-c").sees("Go on with: carepath --answers");
        assert_eq!(person.exit_code(), 130);
        is_as_the_shell_wants_it(&person);
        is_kept(&file, "where: back\n  more: [none]\noffered:\n");
    }

    #[test]
    fn behind_escape() {
        let mut person = in_pain(&[], NARROW);
        person.keys("esc ctrl-c").sees("Your answers were not kept.");
        assert_eq!(person.exit_code(), 130);
        is_as_the_shell_wants_it(&person);
    }

    #[test]
    fn where_lines_are_read() {
        let mut person = Session::start(&["--plain"], NARROW);
        person.sees("Type the numbers").line("\u{3}");
        assert_eq!(person.exit_code(), 130);
    }
}

mod results {
    use super::*;

    #[test]
    fn an_emergency_ends_it_at_once_with_the_number_first() {
        let mut person = Session::start(&NONE, NARROW);
        person.sees("Do you have any of these?").keys("space enter");
        person.sees("EMERGENCY: call 112 now. - You feel pressure in the chest.").sees_below(
            "
- You feel pressure in the chest. [1]
  Sit down, and do not drive yourself.

Tell the doctor
---------------
- Pressure in the chest

Sources
-------
[1] The small handbook. Example Press. 2024.
    https://example.org/handbook

These rules are made up for tests. They give no advice.
No clinician has reviewed these rules yet.
Rule set: Small rules 1.2.3.

EMERGENCY: call 112 now.
Up/Down to move, Enter to choose. Esc: leave.
> See why
  Change an answer
  Done",
        );
        person.keys("q");
        assert_eq!(person.exit_code(), 0);
        is_as_the_shell_wants_it(&person);
    }

    #[test]
    fn an_emergency_found_later_leaves_the_other_questions_out() {
        let mut person = in_pain(&[], NARROW);
        person.keys("enter").sees("Numb between the legs").keys("space enter");
        // However much there is to tell the doctor, the number stays in sight.
        person.sees("- Your back hurts and you are numb between the legs. [1] Have somebody take you");
        person.sees("EMERGENCY: call 112 now. Up/Down to move");
        person.sees_no("How strong is the pain?").keys("esc");
        assert_eq!(person.exit_code(), 0);
    }

    #[test]
    fn a_redirected_result_leaves_the_questions_on_the_terminal() {
        let (_folder, file) = place();
        let mut person = Start::redirected(&["--format", "json"], &file, NARROW).go();
        person.sees("Do you have any of these?").keys("down space enter").sees("What brings you here?");
        person.keys("down down space enter");
        assert_eq!(person.exit_code(), 0);
        let result: serde_json::Value = serde_json::from_str(&read(&file)).expect("one line of JSON");
        assert_eq!(result["level"], "caution");
        assert!(!person.written().contains("caution"), "the result is not for the terminal: {}", person.screen());
    }

    #[test]
    fn answers_that_were_kept_are_not_asked_for_again() {
        let (_folder, file) = place();
        let path = file.to_str().expect("UTF-8");
        in_pain(&["--save", path], NARROW).keys("ctrl-c").exit_code();
        let mut person = Session::start(&["--answers", path, "--save", path], NARROW);
        person.sees("Where does it hurt?").sees_no("Do you have any of these?");
    }
}

mod after_the_result {
    use super::*;

    /// Somebody with tense muscles, who is through.
    #[track_caller]
    fn tense(start: Start) -> Session {
        let mut person = start.go();
        person.sees("Do you have any of these?").keys("up space enter");
        person.sees("What brings you here?").keys("down down space enter");
        person
    }

    #[test]
    fn the_answer_and_what_can_be_done_stand_below_it() {
        let mut person = tense(Start::new(&NONE, NARROW));
        person.sees_below(
            "
See a sports massage therapist. What next?
Up/Down to move, Enter to choose. Esc: leave.
> See why
  Change an answer
  Why not someone?
  Write a report
  Done",
        );
        person.keys("up enter");
        assert_eq!(person.exit_code(), 0);
        is_as_the_shell_wants_it(&person);
    }

    #[test]
    fn escape_and_q_are_done() {
        for key in ["esc", "q"] {
            let mut person = tense(Start::new(&NONE, NARROW));
            person.sees("What next?").keys(key);
            assert_eq!(person.exit_code(), 0, "{key}");
            is_as_the_shell_wants_it(&person);
        }
    }

    #[test]
    fn ctrl_c_gives_the_cursor_back() {
        let (_folder, file) = place();
        let mut person = tense(Start::new(&["--save", file.to_str().expect("UTF-8")], NARROW));
        person.sees("What next?").keys("down ctrl-c").sees("Go on with: carepath --answers");
        assert_eq!(person.exit_code(), 130);
        is_as_the_shell_wants_it(&person);
        assert!(read(&file).contains("  reason: [tense]\noffered:\n"));
    }

    #[test]
    fn another_answer_leads_to_another_result() {
        let mut person = tense(Start::new(&NONE, WIDE));
        person.sees("What next?").keys("down enter").sees_below(
            "
Which answer do you want to change?
Up/Down to move, Enter to choose. Esc: back.
> Do you have any of these? None of these
  What brings you here? My muscles are tense
  Back",
        );
        person.keys("down enter").sees_below(
            "
The reason - change your answer
What brings you here?
Space to tick all that fit, then Enter. Esc: back, why, leave.
> [ ] Something hurts
  [ ] I want to get fit
  [x] My muscles are tense
  [ ] None of these",
        );
        person.keys("down down space down space enter").sees("Nothing you said needs one of them.");
        person.sees("> See why").keys("q");
        assert_eq!(person.exit_code(), 0);
        let said = person.written();
        assert!(said.contains("No longer on the plan: a sports massage therapist."), "{said}");
    }

    #[test]
    fn an_answer_can_be_left_as_it_is() {
        let mut person = tense(Start::new(&NONE, WIDE));
        person.sees("What next?").keys("down enter").sees("Which answer").keys("enter esc").sees_below(
            "
Danger signs - change your answer
Do you have any of these? If in doubt, tick it.
Space to tick all that fit, then Enter. Esc: back, why, leave.
> Answer the question
  Why do you ask?
  Leave my answer as it is
  Leave",
        );
        person.keys("down down enter").sees("Your answers stay as they were.").sees("> See why").keys("esc");
        assert_eq!(person.exit_code(), 0);
    }

    #[test]
    fn a_report_has_a_name_that_can_be_taken_as_it_is() {
        let (folder, file) = place();
        let mut person = tense(Start::new(&NONE, NARROW).within(folder.path()));
        person.sees("What next?").keys("down down down enter").sees("Enter alone: carepath.html.").keys("enter");
        person.sees("Written to carepath.html. Only you can read it.").keys("down down down enter");
        person.sees("Name of the file?").keys("enter").sees_below(
            "
carepath.html is there already.
Up/Down to move, Enter to choose. Esc: back.
> Use another name
  Replace it",
        );
        person.keys("esc").sees("Name of the file?").keys("q enter").sees("> See why").keys("q");
        assert_eq!(person.exit_code(), 0);
        is_as_the_shell_wants_it(&person);
        assert!(!file.exists());
        let report = folder.path().join("carepath.html");
        assert_eq!(report.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
    }

    /// `carepath > note.txt` stays one note.
    #[test]
    fn a_redirected_result_is_the_end() {
        let (_folder, file) = place();
        let mut person = tense(Start::redirected(&NONE, &file, NARROW));
        assert_eq!(person.exit_code(), 0);
        assert!(!person.written().contains("What next?"), "{}", person.screen());
        assert!(read(&file).contains("See a sports massage therapist."));
    }
}

mod quiz {
    use super::*;

    #[track_caller]
    fn first_story(args: &[&str]) -> Session {
        let usual = ["quiz", "--cases", "tests/quiz/stories", "--seed", "3"];
        let mut person = Session::start(&[&usual, args].concat(), NARROW);
        person.sees("Woman, 25: tense shoulders, and a fever since last night. What comes first?");
        person
    }

    /// Up to what is said of the first pick.
    #[track_caller]
    fn judged(args: &[&str]) -> Session {
        let mut person = first_story(args);
        person.keys("down down down down enter").sees("Start with care, or wait for something to pass Who should");
        person.keys("up space enter");
        person
    }

    #[test]
    fn picks_are_made_in_menus() {
        let mut person = first_story(&[]);
        person.sees_below(
            "
What comes first?
Up/Down to move, Enter to choose. Esc: leave.
> Call 112 now
  A doctor today
  A doctor within days
  A doctor's OK before some of it
  Start with care, or wait for something to pass
  Start: nothing comes first",
        );
        person.keys("up up enter").sees_below(
            "
  Start with care, or wait for something to pass

Who should this person see? Tick everybody on the plan, also
for later.
Space to tick all that fit, then Enter. Esc: leave.
> [ ] Physical therapist
  [ ] Athletic trainer
  [ ] Personal trainer
  [ ] Sports massage therapist
  [ ] Nobody of them",
        );
        person.keys("enter").sees("Nothing is ticked yet. Tick what fits.").keys("down space up up space enter");
        person.sees("Athletic trainer; Nobody of them").sees("Please tick one or the other.");
        person.keys("up space enter").sees_below(
            r#"
  Nobody of them

Right: "Start with care, or wait for something to pass".

In the interview they answered:
- Do you have any of these? Fever or chills
- What brings you here? My muscles are tense

This person is told: Not yet: this has to pass first.
- You have a fever.
- On hold, so nobody for now: "Loosen tense muscles".

Right: nobody for now.

Enter to go on. Esc: leave.
> Next story"#,
        );
        person.keys("enter").sees("Story 2 of 5").sees("> Call 112 now");
    }

    #[test]
    fn the_last_story_is_followed_by_the_score() {
        let mut person = judged(&["--count", "1"]);
        person
            .sees("\"What comes first\" right: 1 of 1")
            .sees("The same stories again: carepath quiz --seed 3 --count 1");
        assert_eq!(person.exit_code(), 0);
        is_as_the_shell_wants_it(&person);
        assert!(!person.written().contains("Next story"), "{}", person.screen());
    }

    #[test]
    fn leaving_gives_the_score_so_far() {
        for keys in ["esc", "enter q", "enter up enter esc"] {
            let mut person = judged(&[]);
            person.sees("> Next story").keys(keys).sees("Stories answered: 1 of 5");
            assert_eq!(person.exit_code(), 3);
            is_as_the_shell_wants_it(&person);
        }
    }

    #[test]
    fn interrupted() {
        for keys in ["ctrl-c", "enter ctrl-c", "enter up enter ctrl-c"] {
            let mut person = judged(&[]);
            person.sees("> Next story").keys(keys).sees("Stories answered: 1 of 5");
            assert_eq!(person.exit_code(), 130);
            is_as_the_shell_wants_it(&person);
        }
        let mut person = first_story(&["--plain"]);
        person.sees("Type one number. q: leave.").line("\u{3}");
        assert_eq!(person.exit_code(), 130);
    }
}

mod colours {
    use super::*;

    /// The beginning of every sequence that sets a colour or a weight.
    fn is_styled(text: &str) -> bool {
        let sequences = text.split("\u{1b}[").skip(1);
        sequences
            .into_iter()
            .any(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
    }

    #[track_caller]
    fn all_that_is_written(start: Start) -> String {
        let mut person = start.go();
        person.sees("Do you have any of these?").keys("space enter").sees("See why").keys("q");
        assert_eq!(person.exit_code(), 0);
        person.written()
    }

    #[test]
    fn there_are_some() {
        assert!(is_styled(&all_that_is_written(Start::new(&NONE, NARROW))));
    }

    #[test]
    fn not_if_the_environment_says_no() {
        let written = all_that_is_written(Start::new(&NONE, NARROW).env("NO_COLOR", "1"));
        assert!(!is_styled(&written), "{written:?}");
    }

    #[test]
    fn a_dumb_terminal_gets_numbered_lines_and_no_sequences() {
        let mut person = Start::new(&NONE, NARROW).env("TERM", "dumb").go();
        person.sees("Type the numbers of all that fit").line("1").sees("3. Done").line("3");
        assert_eq!(person.exit_code(), 0);
        assert!(!person.written().contains('\u{1b}'), "{:?}", person.written());
    }
}

#[test]
fn names_for_a_note_are_asked_for_in_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let note = folder.path().join("note.txt");
    let args = ["refer", "tests/results/two-phases.yaml", "--ask-names", "--to", "Maria"];
    let mut person = Start::redirected(&args, &note, WIDE).go();
    person.sees("Name of the person? Press Enter alone to leave a line to fill in:").line("Ann Lee");
    person.sees("Your name, as the one who hands over").line("");
    assert_eq!(person.exit_code(), 0);
    let note = program::flat(&program::read(&note));
    assert!(note.contains("Person: Ann Lee From: _____________________ To: Maria"), "{note}");
}
