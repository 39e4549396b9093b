//! Which questions are open, in rule sets where that is easily got wrong and chance would seldom find it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use carepath::answers::{Answer, Answers, Offered};
use carepath::decide::{Verdict, decide};
use carepath::interview::{Ask, Interview, Step};
use carepath::load::load_texts;
use carepath::model::{QuestionIx, RuleSet};
use carepath::prove::Prover;
use carepath::source::Texts;

/// A rule set of the sections given, in which two professionals can give each other's services.
fn rule_set(sections: &str) -> RuleSet {
    let text = format!(
        "
format: 1
name: Example
version: 1.0.0
professionals:
  - {{id: trainer, name: trainer}}
  - {{id: therapist, name: therapist}}
services:
  - {{id: training, name: Training, scope: {{trainer: core, therapist: core}}}}
phases:
  - {{id: start, title: Start}}
{sections}"
    );
    let mut texts = Texts::default();
    let file = texts.add("example.yaml", text);
    load_texts(texts, &[file]).unwrap_or_else(|rejected| panic!("{:#?}", rejected.diagnostics)).rules
}

fn question(rules: &RuleSet, id: &str) -> QuestionIx {
    rules.questions().iter().find(|(_, question)| question.id.as_str() == id).expect("there is one").0
}

fn answer(rules: &RuleSet, question: QuestionIx, options: &[&str]) -> Answer {
    let option = |id: &&str| rules.questions()[question].option(id).expect("there is one");
    Answer::Options(options.iter().map(option).collect())
}

fn answers(rules: &RuleSet, said: &[(&str, &[&str])]) -> Answers {
    let mut answers = Answers::new(rules);
    for (id, options) in said {
        let question = question(rules, id);
        answers.set(rules, question, answer(rules, question, options)).expect("it fits");
    }
    answers
}

/// The open questions once this was said; empty if and only if all is settled.
fn open(rules: &RuleSet, said: &[(&str, &[&str])]) -> Vec<String> {
    let answers = answers(rules, said);
    let mut prover = Prover::new(rules);
    let open = prover.open_questions(&answers);
    assert_eq!(open.is_empty(), matches!(prover.decide(&answers), Verdict::Settled(_)));
    assert_eq!(open.first().copied(), prover.next_question(&answers));
    open.into_iter().map(|question| rules.questions()[question].id.to_string()).collect()
}

fn asked(interview: &mut Interview<'_>) -> Ask {
    match interview.step() {
        Step::Ask(ask) => ask,
        Step::Done(decision) => panic!("it is over: {:?}", decision.outcome),
    }
}

/// Answers the question that must be asked now.
fn say(interview: &mut Interview<'_>, rules: &RuleSet, id: &str, option: &str) {
    let ask = asked(interview);
    assert_eq!(rules.questions()[ask.question].id.as_str(), id);
    interview.answer(ask.question, answer(rules, ask.question, &[option])).expect("it fits");
}

const NUMB_BELONGS_TO_THE_BACK: &str = "
questions:
  - {id: where, ask: Where?, choose: one, options: [{back: Back}, {knee: Knee}]}
  - id: feels
    ask: How does it feel?
    choose: one
    options: [{id: numb, label: Numb, only_if: {where: back}}, {sore: Sore}, {stiff: Stiff}]
flags:
  - {id: take-it-easy, level: note, when: {feels: sore}, say: sore, do: rest}
";

#[test]
fn an_answer_in_doubt_is_not_asked_for_again_but_decided() {
    let rules = rule_set(NUMB_BELONGS_TO_THE_BACK);
    assert_eq!(open(&rules, &[]), ["feels"]);
    assert_eq!(open(&rules, &[("feels", &["numb"])]), ["where"]);
    assert_eq!(open(&rules, &[("feels", &["numb"]), ("where", &["knee"])]), ["feels"]);
    assert!(open(&rules, &[("feels", &["numb"]), ("where", &["back"])]).is_empty());
}

#[test]
fn an_answer_in_doubt_is_not_listed_as_ignored() {
    let rules = rule_set(&NUMB_BELONGS_TO_THE_BACK.replace("feels: sore", "where: {none_of: [back, knee]}"));
    let Verdict::Settled(decision) = decide(&rules, &answers(&rules, &[("feels", &["numb"])])) else {
        panic!("nothing can be none of both");
    };
    assert!(decision.evidence.ignored.is_empty());
    let Verdict::Settled(decision) = decide(&rules, &answers(&rules, &[("feels", &["numb"]), ("where", &["knee"])]))
    else {
        panic!("nothing can be none of both");
    };
    assert_eq!(decision.evidence.ignored, [question(&rules, "feels")]);
}

#[test]
fn the_hint_counts_questions_that_only_some_answers_make_necessary() {
    let rules = rule_set(NUMB_BELONGS_TO_THE_BACK);
    let mut interview = Interview::new(&rules, Answers::new(&rules));
    assert_eq!(asked(&mut interview).may_follow, 1);
    say(&mut interview, &rules, "feels", "numb");
    say(&mut interview, &rules, "where", "back");
    assert!(matches!(interview.step(), Step::Done(_)));
}

#[test]
fn what_part_of_an_answer_counts_matters() {
    let rules = rule_set(
        "
questions:
  - {id: age, ask: Age?, choose: one, options: [{child: Child}, {adult: Adult}]}
  - {id: where, ask: Where?, choose: one, options: [{back: Back}, {knee: Knee}]}
  - id: danger
    ask: Any of these?
    choose: many
    options: [{id: numb, label: Numb, only_if: {where: back}}, {fever: Fever}]
flags:
  - {id: numb, level: note, when: {danger: numb}, say: numb, do: see}
  - {id: child, level: note, when: {age: child}, say: a child, do: see}
",
    );
    assert_eq!(open(&rules, &[("danger", &["numb", "fever"])]), ["age", "where"]);
    assert_eq!(open(&rules, &[("danger", &["fever"])]), ["age"]);
}

#[test]
fn whether_a_question_applies_hangs_on_options_that_no_rule_tests() {
    let rules = rule_set(
        "
questions:
  - {id: age, ask: Age?, choose: one, options: [{child: Child}, {adult: Adult}]}
  - {id: where, ask: Where?, choose: one, options: [{back: Back}, {knee: Knee}]}
  - id: nerves
    ask: Which?
    choose: one
    options: [{id: leg, label: Leg, only_if: {where: back}}]
    unsure: I do not know
flags:
  - {id: lost, level: note, when: {nerves: unsure}, say: unsure, do: ask}
",
    );
    assert_eq!(open(&rules, &[]), ["where"]);
    assert_eq!(open(&rules, &[("where", &["back"])]), ["nerves"]);
    assert!(open(&rules, &[("where", &["knee"])]).is_empty());
}

#[test]
fn a_preference_that_matters_only_beside_another_is_asked_for() {
    let rules = rule_set(
        "
questions:
  - {id: goal, ask: Goal?, choose: one, options: [{muscle: Muscle}, {other: Other}]}
  - {id: pain, ask: Pain?, choose: one, options: [{some: Some}, {little: Little}]}
needs:
  - {id: always, service: training, phase: start, because: everybody does}
preferences:
  - {id: muscle, when: {goal: muscle}, prefer: trainer, because: muscle}
  - {id: pain, when: {pain: some}, prefer: therapist, because: pain}
",
    );
    assert_eq!(open(&rules, &[]), ["goal", "pain"]);
    assert_eq!(open(&rules, &[("pain", &["some"])]), ["goal"]);
    assert!(open(&rules, &[("pain", &["little"])]).is_empty());
    assert!(open(&rules, &[("goal", &["muscle"])]).is_empty());
}

#[test]
fn a_question_that_came_again_is_the_first_to_go_back_to() {
    let rules = rule_set(
        "
questions:
  - {id: where, ask: Where?, choose: one, options: [{back: Back}, {knee: Knee}]}
  - id: feels
    ask: How does it feel?
    choose: one
    options: [{id: numb, label: Numb, only_if: {where: back}}, {sore: Sore}, {stiff: Stiff}]
  - {id: age, ask: Age?, choose: one, options: [{child: Child}, {adult: Adult}]}
  - {id: goal, ask: Goal?, choose: one, options: [{muscle: Muscle}, {other: Other}]}
flags:
  - {id: numb, level: note, when: {feels: numb, age: child, goal: muscle}, say: numb, do: see}
  - {id: sore, level: note, when: {feels: sore, goal: muscle}, say: sore, do: rest}
  - {id: child, level: note, when: {age: child}, say: a child, do: see}
  - {id: back, level: note, when: {where: back}, say: a back, do: see}
",
    );
    let mut interview = Interview::new(&rules, Answers::new(&rules));
    say(&mut interview, &rules, "where", "back");
    say(&mut interview, &rules, "feels", "numb");
    say(&mut interview, &rules, "age", "child");
    for _ in 0..3 {
        assert!(interview.back());
    }
    say(&mut interview, &rules, "where", "knee");
    say(&mut interview, &rules, "feels", "sore");
    assert_eq!(asked(&mut interview).question, question(&rules, "goal"));
    for id in ["feels", "where", "age"] {
        assert!(interview.back());
        assert_eq!(asked(&mut interview).question, question(&rules, id));
    }
    assert!(!interview.back());
}

/// Three-valued evaluation does not see that the list applies either way; that there is more on it by now is open all the same.
#[test]
fn a_list_that_has_grown_is_open_where_only_the_solver_sees_that_it_applies() {
    let rules = rule_set(
        "
questions:
  - {id: side, ask: Which side?, choose: one, options: [left: Left, right: Right]}
  - id: danger
    ask: Any of these?
    choose: many
    none: None of these
    only_if: {any: [{side: left}, {not: {side: left}}]}
    options: [fever: Fever, numb: Numb]
flags:
  - {id: numb, level: emergency, when: {danger: numb}, say: s, do: d}
needs:
  - {id: always, service: training, phase: start, because: b}
",
    );
    let danger = question(&rules, "danger");
    let mut answers = answers(&rules, &[("danger", &["none"])]);
    let Answer::Options(offered) = answer(&rules, danger, &["fever", "none"]) else { unreachable!("options") };
    answers.set_offered(danger, Offered::These(offered));
    assert_eq!(Prover::new(&rules).open_questions(&answers), [danger]);
    answers.set_offered(danger, Offered::AsNow);
    assert!(Prover::new(&rules).open_questions(&answers).is_empty());
}

/// That another answer would matter to what was asked is no reason to ask for what is new.
#[test]
fn a_list_that_has_grown_is_closed_where_what_is_new_changes_nothing() {
    let rules = rule_set(
        "
questions:
  - id: danger
    ask: Any of these?
    choose: many
    none: None of these
    options: [fever: Fever, numb: Numb]
flags:
  - {id: fever, level: emergency, when: {danger: fever}, say: s, do: d}
needs:
  - {id: either, when: {any: [{danger: numb}, {not: {danger: numb}}]}, service: training, phase: start, because: b}
",
    );
    let danger = question(&rules, "danger");
    let mut answers = answers(&rules, &[("danger", &["none"])]);
    let Answer::Options(offered) = answer(&rules, danger, &["fever", "none"]) else { unreachable!("options") };
    answers.set_offered(danger, Offered::These(offered));
    let mut prover = Prover::new(&rules);
    assert_eq!((prover.next_question(&answers), prover.open_questions(&answers)), (None, vec![]));
    assert!(matches!(prover.decide(&answers), Verdict::Settled(_)));
}
