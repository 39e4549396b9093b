//! Changing an answer: what is kept, what falls away, and what must be put again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use carepath::answers::{Answer, Answers, Offered};
use carepath::interview::{Ask, Given, Interview, Order, Step};
use carepath::load::load_texts;
use carepath::model::{Level, OptionSet, QuestionIx, RuleSet};
use carepath::source::Texts;

const RULES: &str = "
format: 1
name: Example
version: 1.0.0
questions:
  - {id: where, ask: Where?, choose: one, options: [knee: Knee, back: Back, both: Both]}
  - id: danger
    ask: Any of these?
    choose: many
    none: None of these
    options:
      - fever: Fever
      - {id: hot, label: A hot knee, only_if: {where: [knee, both]}}
      - {id: numb, label: Numb between the legs, only_if: {where: [back, both]}}
  - {id: days, ask: For how many days?, choose: {number: {min: 0, max: 30}}, only_if: {where: [knee, both]}}
  - {id: goal, ask: For what?, choose: one, options: [sport: Sport, work: Work]}
flags:
  - {id: fever, level: urgent, when: {danger: fever}, say: s, do: d}
  - {id: hot, level: physician, when: {danger: hot}, say: s, do: d}
  - {id: numb, level: emergency, when: {danger: numb}, say: s, do: d}
professionals:
  - {id: trainer, name: trainer}
  - {id: therapist, name: therapist}
services:
  - {id: training, name: Training, scope: {trainer: core, therapist: outside}}
  - {id: care, name: Care, scope: {trainer: outside, therapist: core}}
phases:
  - {id: start, title: Start}
needs:
  - {id: fresh, when: {days: {at_most: 7}}, service: care, phase: start, because: b}
  - {id: play, when: {goal: sport}, service: training, phase: start, because: b}
";

fn rules() -> RuleSet {
    let mut texts = Texts::default();
    let file = texts.add("rules.yaml", RULES);
    load_texts(texts, &[file]).unwrap_or_else(|rejected| panic!("{:#?}", rejected.diagnostics)).rules
}

fn question(rules: &RuleSet, id: &str) -> QuestionIx {
    rules.questions().iter().find(|(_, question)| question.id.as_str() == id).expect("there is one").0
}

fn options(rules: &RuleSet, of: &str, ids: &[&str]) -> OptionSet {
    let of = &rules.questions()[question(rules, of)];
    ids.iter().map(|id| of.option(id).expect("there is one")).collect()
}

/// A person in an interview.
struct Person<'r> {
    rules: &'r RuleSet,
    interview: Interview<'r>,
}

impl<'r> Person<'r> {
    fn new(rules: &'r RuleSet) -> Self {
        Self { rules, interview: Interview::new(rules, Answers::new(rules)) }
    }

    /// Answers the question that is put, and names those whose answers fell away.
    #[track_caller]
    fn says(&mut self, asked: &str, ids: &[&str]) -> Vec<(String, Answer)> {
        self.gives(asked, Answer::Options(options(self.rules, asked, ids)))
    }

    #[track_caller]
    fn gives(&mut self, asked: &str, answer: Answer) -> Vec<(String, Answer)> {
        let ask = self.asked(asked);
        let fallen = self.interview.answer(ask.question, answer).expect("it fits");
        fallen.into_iter().map(|Given { question, answer }| (self.id(question), answer)).collect()
    }

    /// What is asked, which must be this.
    #[track_caller]
    fn asked(&mut self, id: &str) -> Ask {
        let Step::Ask(ask) = self.interview.step() else { panic!("{id} is not asked") };
        assert_eq!(self.id(ask.question), id);
        ask
    }

    #[track_caller]
    fn takes_up(&mut self, id: &str) {
        assert!(self.interview.take_up(question(self.rules, id)));
    }

    #[track_caller]
    fn level(&mut self) -> Level {
        let Step::Done(decision) = self.interview.step() else { panic!("not done") };
        decision.outcome.level
    }

    fn id(&self, question: QuestionIx) -> String {
        self.rules.questions()[question].id.to_string()
    }

    fn given(&self) -> Vec<String> {
        self.interview.given().iter().map(|given| self.id(given.question)).collect()
    }
}

/// Somebody with a knee for three days who wants to do sport.
fn with_a_knee(rules: &RuleSet) -> Person<'_> {
    let mut person = Person::new(rules);
    person.says("where", &["knee"]);
    person.says("danger", &["none"]);
    person.gives("days", Answer::Number(3));
    person.says("goal", &["sport"]);
    assert_eq!(person.level(), Level::None);
    person
}

/// "None of these" was said about a knee; it must not be taken as said about a back.
#[test]
fn a_danger_sign_that_was_not_on_offer_is_asked_for() {
    let rules = rules();
    let mut person = with_a_knee(&rules);
    person.takes_up("where");
    person.says("where", &["back"]);
    let ask = person.asked("danger");
    assert_eq!(ask.current, Some(Answer::Options(options(&rules, "danger", &["none"]))));
    assert_eq!(ask.unseen, options(&rules, "danger", &["numb"]));
    person.says("danger", &["numb"]);
    assert_eq!(person.level(), Level::Emergency);
}

#[test]
fn so_it_is_after_going_back() {
    let rules = rules();
    let mut person = Person::new(&rules);
    person.says("where", &["knee"]);
    person.says("danger", &["none"]);
    assert!(person.interview.back() && person.interview.back());
    person.says("where", &["back"]);
    let (danger, before) = (question(&rules, "danger"), options(&rules, "danger", &["fever", "hot", "none"]));
    assert_eq!(person.interview.answers().offered(danger), Offered::These(before), "what is kept says nothing of it");
    assert_eq!(person.interview.to_be_put_again(), [danger]);
    person.asked("danger");
}

/// Where less is on offer than before, nobody is bothered again.
#[test]
fn what_was_denied_once_is_not_asked_for_twice() {
    let rules = rules();
    let mut person = Person::new(&rules);
    person.says("where", &["both"]);
    person.says("danger", &["none"]);
    person.gives("days", Answer::Number(3));
    person.says("goal", &["sport"]);
    person.takes_up("where");
    person.says("where", &["knee"]);
    assert_eq!(person.level(), Level::None);
}

#[test]
fn what_no_longer_applies_is_named_and_comes_back_with_its_question() {
    let rules = rules();
    let mut person = with_a_knee(&rules);
    person.takes_up("where");
    assert_eq!(person.says("where", &["back"]), [("days".to_owned(), Answer::Number(3))]);
    person.says("danger", &["none"]);
    person.level();
    assert_eq!(person.given(), ["where", "danger", "goal"]);
    person.takes_up("where");
    assert_eq!(person.says("where", &["knee"]), []);
    // The knee was never spoken of together with this answer, so the danger signs come again, and the days do not.
    person.says("danger", &["none"]);
    person.level();
    assert!(person.given().contains(&"days".to_owned()));
}

#[test]
fn a_part_of_an_answer_that_falls_away_is_named() {
    let rules = rules();
    let mut person = Person::new(&rules);
    person.says("where", &["both"]);
    person.says("danger", &["hot"]);
    person.gives("days", Answer::Number(3));
    person.says("goal", &["work"]);
    person.takes_up("danger");
    // Two ticks, one of which is about the knee.
    person.says("danger", &["hot", "fever"]);
    assert_eq!(person.level(), Level::Urgent);
    person.takes_up("where");
    let fallen = person.says("where", &["back"]);
    let hot = Answer::Options(options(&rules, "danger", &["hot"]));
    assert_eq!(fallen, [("danger".to_owned(), hot), ("days".to_owned(), Answer::Number(3))]);
}

#[test]
fn going_back_from_what_was_taken_up_leaves_it_as_it_was() {
    let rules = rules();
    let mut person = with_a_knee(&rules);
    person.takes_up("days");
    let ask = person.asked("days");
    assert!(ask.taken_up && ask.can_go_back);
    assert_eq!(ask.current, Some(Answer::Number(3)));
    assert!(person.interview.back());
    assert_eq!(person.level(), Level::None);
    assert_eq!(person.given(), ["where", "danger", "days", "goal"]);
}

/// From the first question that follows a change, the way back leads to how it was before.
#[test]
fn going_back_from_what_follows_a_change_undoes_it() {
    let rules = rules();
    let mut person = with_a_knee(&rules);
    person.takes_up("where");
    person.says("where", &["back"]);
    person.says("danger", &["none"]);
    person.takes_up("where");
    person.says("where", &["both"]);
    person.asked("danger");
    assert!(person.interview.back());
    let (place, back) = (question(&rules, "where"), Answer::Options(options(&rules, "where", &["back"])));
    assert_eq!(person.interview.answers().get(place), Some(back));
    assert_eq!(person.given(), ["where", "danger", "goal"]);
}

#[test]
fn answers_from_before_the_interview_can_be_changed_and_come_first() {
    let rules = rules();
    let mut answers = Answers::new(&rules);
    let given = |id: &str, ids: &[&str]| (question(&rules, id), Answer::Options(options(&rules, id, ids)));
    for (question, answer) in [given("danger", &["none"]), given("goal", &["work"])] {
        answers.set(&rules, question, answer).expect("it fits");
    }
    let mut person = Person { rules: &rules, interview: Interview::in_order(&rules, answers, Order::Quick) };
    person.says("where", &["back"]);
    person.level();
    assert_eq!(person.given(), ["danger", "goal", "where"]);
    person.takes_up("goal");
    person.says("goal", &["sport"]);
    person.level();
    assert_eq!(person.given(), ["danger", "goal", "where"]);
}

#[test]
fn what_was_not_answered_cannot_be_taken_up() {
    let rules = rules();
    let mut person = Person::new(&rules);
    person.says("where", &["back"]);
    person.says("danger", &["none"]);
    person.says("goal", &["sport"]);
    assert!(!person.interview.take_up(question(&rules, "days")));
    assert_eq!(person.level(), Level::None);
}
