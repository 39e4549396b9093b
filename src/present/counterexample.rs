//! Answers that show a fault, and what comes of them.

use serde::Serialize;

use super::answer::{AnswersRow, by_id};
use super::page::{Page, clean, wrap};
use crate::answers::Answer;
use crate::check::{Counterexample, Example};
use crate::diagnostic::Code;
use crate::model::{Level, Question, RuleSet};

/// Lines of a label and what it says: `answers: danger: [fever]; care: none`, `outcome: level clearance`.
fn lines(rules: &RuleSet, code: Code, found: &Counterexample) -> Vec<(&'static str, String)> {
    let Counterexample { because, example, beside } = found;
    let rest_is_free = because != &example.answers;
    let mut answers: Vec<String> =
        because.iter().map(|(question, answer)| answer_text(&rules.questions()[question], Some(answer))).collect();
    match (answers.is_empty(), rest_is_free) {
        (true, _) => answers.push("whatever is answered".to_owned()),
        (false, true) => answers.push("whatever else is answered".to_owned()),
        (false, false) => {}
    }
    let for_example = if rest_is_free { "for example, " } else { "" };
    // Who is on the plan is what most guarantees are about; the others are about the level alone.
    let with_plan = code == Code::GuaranteeFails;
    let outcome = |example: &Example| format!("{for_example}{}", outcome_text(rules, example, with_plan));
    let mut lines = vec![("answers", answers.join("; ")), ("outcome", outcome(example))];
    if let Some(beside) = beside {
        let mut others: Vec<String> = differing(rules, example, beside).collect();
        others.push("all else alike".to_owned());
        lines.extend([("compare", others.join("; ")), ("outcome", outcome(beside))]);
    }
    lines
}

/// Answers that show a fault, and what comes of them, indented and wrapped.
pub(super) fn counterexample_text(rules: &RuleSet, code: Code, found: &Counterexample, page: Page) -> String {
    let wrapped = lines(rules, code, found).into_iter().flat_map(|(label, text)| {
        let label = format!("  {label}: ");
        wrap(&text, page.width, &label, &" ".repeat(label.len()))
    });
    // Ids stay beside their first answer while a line is broken.
    wrapped.map(|line| line.replace(KEEP, " ") + "\n").collect()
}

/// The same, each on a line however long it is.
pub(super) fn counterexample_lines(rules: &RuleSet, code: Code, found: &Counterexample) -> String {
    let lines = lines(rules, code, found).into_iter().map(|(label, text)| format!("\n{label}: {text}"));
    lines.map(|line| line.replace(KEEP, " ")).collect()
}

/// A blank at which no line is broken.
const KEEP: char = '\u{a0}';

/// What the second person answers otherwise than the first.
fn differing<'a>(rules: &'a RuleSet, first: &'a Example, second: &'a Example) -> impl Iterator<Item = String> + 'a {
    rules.questions().iter().filter_map(|(position, question)| {
        let (one, other) = (first.answers.get(position), second.answers.get(position));
        (one != other).then(|| answer_text(question, other))
    })
}

/// `danger: [fever, chest]`
fn answer_text(question: &Question, answer: Option<Answer>) -> String {
    let said = answer.map_or_else(|| "not asked".to_owned(), |answer| by_id(question, answer));
    format!("{}:{KEEP}{said}", question.id)
}

/// `level caution; on the plan: physical-therapist; on hold: massage`
fn outcome_text(rules: &RuleSet, example: &Example, with_plan: bool) -> String {
    let outcome = &example.decision.outcome;
    let mut parts = vec![format!("level {}", outcome.level)];
    if with_plan {
        let who: Vec<&str> =
            outcome.professionals().into_iter().map(|who| rules.professionals()[who].id.as_str()).collect();
        parts.push(match who.as_slice() {
            _ if outcome.level.ends_without_plan() => "no plan".to_owned(),
            [] => "nobody on the plan".to_owned(),
            who => format!("on the plan: {}", who.join(", ")),
        });
        for (what, services) in [("on hold", &outcome.on_hold), ("waiting", &outcome.waits)] {
            // At `physician` everything waits, which the level says already.
            if what == "waiting" && outcome.level == Level::Physician {
                continue;
            }
            let services: Vec<&str> = services.iter().map(|service| rules.services()[*service].id.as_str()).collect();
            if !services.is_empty() {
                parts.push(format!("{what}: {}", services.join(", ")));
            }
        }
    }
    clean(&parts.join("; "))
}

/// A counterexample as JSON.
#[derive(Serialize)]
pub(super) struct CounterexampleRow<'a> {
    because: AnswersRow<'a>,
    #[serde(flatten)]
    example: ExampleRow<'a>,
    beside: Option<ExampleRow<'a>>,
}

impl<'a> CounterexampleRow<'a> {
    pub(super) fn new(rules: &'a RuleSet, found: &'a Counterexample) -> Self {
        Self {
            because: AnswersRow::new(rules, found.because.iter()),
            example: ExampleRow::new(rules, &found.example),
            beside: found.beside.as_ref().map(|beside| ExampleRow::new(rules, beside)),
        }
    }
}

#[derive(Serialize)]
struct ExampleRow<'a> {
    answers: AnswersRow<'a>,
    level: &'static str,
}

impl<'a> ExampleRow<'a> {
    fn new(rules: &'a RuleSet, example: &'a Example) -> Self {
        Self { answers: AnswersRow::new(rules, example.answers.iter()), level: example.decision.outcome.level.name() }
    }
}
