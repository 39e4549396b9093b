//! Why a decision is what it is, why not somebody, and what would change it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/program.rs"]
mod program;

use program::{Carepath, Ended, file};

/// Runs `explain` on these answers with these arguments.
fn explain(answers: &str, args: &[&str]) -> Ended {
    let (_folder, me) = file("me.yaml", &format!("format: 1\nanswers: {answers}\n"));
    let me = me.display().to_string();
    Carepath::new(["explain", &me].iter().chain(args)).run()
}

const KNEE: &str = "{signs: none, reason: pain, where: knee, more: none, strength: 3, goal: team}";
const OPEN: &str = "{signs: none}";

mod why {
    use super::*;

    #[test]
    fn goes_from_what_was_said_to_who_leads() {
        let ended = explain(KNEE, &[]).code(0).no_err();
        let ended = ended.out("See a physical therapist, then an athletic trainer.");
        let ended = ended.out("What brings you here? Your answer:").out("So you need it: Something hurts. [1]");
        let ended = ended.out("core: what they are there for");
        ended.out("Who may do it:").out("What decides it").out_lacks("Rule:");
    }

    #[test]
    fn names_rules_with_their_places_if_asked() {
        explain(KNEE, &["--places"]).code(0).out("Rule: need `pain` (tests/rules/small/rules.yaml:");
        let strong = "{signs: none, reason: pain, where: knee, more: none, strength: 9, goal: team}";
        explain(strong, &["--places"]).out("Rule: finding `strong-pain` (tests/rules/small/rules.yaml:79:");
    }

    #[test]
    fn is_data() {
        let rows = explain(KNEE, &["--format", "json"]).code(0).json();
        let step = &rows[0]["steps"][0];
        assert_eq!(step["lead"], "physical-therapist");
        assert_eq!(step["needs"][0]["id"], "pain");
        assert_eq!(step["needs"][0]["grounds"][0]["said"]["reason"][0], "pain");
        assert_eq!(step["scope"]["personal-trainer"], "outside");
        assert!(step["needs"][0]["place"]["line"].as_u64().unwrap() > 1, "{step}");
        assert_eq!(rows[0]["enough"]["answers"]["goal"], "team");
        assert_eq!(rows[0]["enough"]["least"], true);
    }

    #[test]
    fn tells_of_an_emergency_first() {
        let ended = explain("{signs: chest}", &[]).code(0);
        assert!(ended.out.starts_with("EMERGENCY: call "), "{ended}");
        ended.out("none can be left out");
    }

    #[test]
    fn says_what_is_open() {
        explain(OPEN, &[])
            .code(3)
            .out("Not settled yet")
            .out("What brings you here? (reason)")
            .out_lacks("decides it")
            .err("Go on with: carepath --answers");
    }
}

mod why_not {
    use super::*;

    #[test]
    fn gives_reasons_and_the_nearest_change() {
        let ended = explain(KNEE, &["--why-not", "personal-trainer"]).code(0).no_err();
        let ended = ended.out("Why not the personal trainer?").out("What would bring them in");
        ended.out("What do you want to get back to?");
    }

    #[test]
    fn knows_who_is_on_the_plan() {
        let ended = explain(KNEE, &["--why-not", "physical therapist"]).code(0);
        ended.out("The physical therapist is on the plan").out_lacks("bring them in");
    }

    #[test]
    fn says_that_a_doctor_comes_first() {
        explain("{signs: chest}", &["--why-not", "personal-trainer"]).code(0).out("A doctor comes first");
    }

    #[test]
    fn needs_a_professional_of_the_rules_and_a_decision() {
        explain(KNEE, &["--why-not", "personal-trainr"]).code(2).no_out().err("did you mean `personal-trainer`?");
        explain(OPEN, &["--why-not", "personal-trainer"]).code(2).no_out().err("do not settle");
    }
}

mod what_if {
    use super::*;

    #[test]
    fn groups_changes_by_what_they_lead_to() {
        let ended = explain(KNEE, &["--what-if"]).code(0).no_err();
        ended.out("With 1 answer changed").out("EMERGENCY: call ").out("Tick: Pressure in the chest");
    }

    #[test]
    fn is_data_in_order() {
        let rows = explain(KNEE, &["--what-if", "--format", "json"]).code(0).json();
        let groups = rows[0]["groups"].as_array().unwrap();
        let differ: Vec<u64> = groups.iter().map(|group| group["differ"].as_u64().unwrap()).collect();
        assert!(differ.is_sorted() && differ.first() == Some(&1), "{differ:?}");
        assert!(groups.iter().all(|group| group["recommendation"] != rows[0]["now"]), "{rows:?}");
    }
}

mod set {
    use super::*;

    #[test]
    fn shows_before_and_after() {
        let ended = explain(KNEE, &["--set", "goal=gym"]).code(0).no_err();
        let ended = ended.out("Before: Sport in a team After: The gym");
        ended.out("New on the plan: a personal trainer.").out("No longer on the plan: an athletic trainer.");
    }

    #[test]
    fn names_what_falls_away_and_what_opens() {
        let ended = explain(KNEE, &["--set", "reason=tense"]).code(0);
        ended.out("No longer used, since it no longer applies:");
        explain(KNEE, &["--set", "where=elsewhere"]).code(2).err("has no option `elsewhere`");
    }

    #[test]
    fn says_first_what_is_not_offered_with_the_other_answers() {
        let ended = explain(KNEE, &["--set", "more=saddle"]);
        ended.out("`more: saddle` is not offered with the other answers, so it does not count. Before and after");
    }

    #[test]
    fn may_be_given_more_than_once_and_with_several_ticks() {
        let rows = explain(KNEE, &["--set", "strength=9", "--set", "goal=daily", "--format", "json"]).json();
        assert_eq!(rows[0]["set"]["strength"], 9);
        assert_eq!(rows[0]["set"]["goal"], "daily");
        assert_eq!(rows[0]["before"]["level"], "none");
    }

    #[test]
    fn says_what_it_does_not_understand() {
        for (typed, message) in [
            ("goal", "it takes `question=option`"),
            ("gaol=gym", "did you mean `goal`?"),
            ("goal=gim", "did you mean `gym`?"),
            ("strength=99", "outside the range"),
            ("signs=none,chest", "one or the other"),
        ] {
            explain(KNEE, &["--set", typed]).code(2).no_out().err(message);
        }
    }
}
