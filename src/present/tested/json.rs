//! Cases as JSON: one object a line, the summary last. Keys stay as they are: programs read them.

use serde::Serialize;

use super::Totals;
use crate::cases::{Ended, Failure, Fired, Mismatch, Nearest, Tested};
use crate::model::RuleSet;
use crate::present::counterexample::AnswersRow;
use crate::present::diagnostics::file_name;
use crate::present::json::one_line;
use crate::source::LineColumn;

/// One line of JSON for each case, and one that counts them.
pub fn tested_json(rules: &RuleSet, cases: &[Tested], totals: Totals) -> String {
    let rows = cases.iter().map(|case| one_line(&Row::new(rules, case)) + "\n");
    let Totals { passed, failed, drafts, broken } = totals;
    rows.collect::<String>() + &one_line(&Last { summary: Summary { passed, failed, drafts, broken } }) + "\n"
}

#[derive(Serialize)]
struct Last {
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    passed: usize,
    failed: usize,
    drafts: usize,
    broken: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    case: &'a str,
    result: &'a str,
    #[serde(flatten)]
    failure: Option<FailureRow<'a>>,
}

impl<'a> Row<'a> {
    fn new(rules: &'a RuleSet, tested: &'a Tested) -> Self {
        let (result, failure) = match &tested.ended {
            Ended::Passed(_) => ("passed", None),
            Ended::Draft => ("draft", None),
            Ended::Broken(_) => ("broken", None),
            Ended::Failed(failure) => ("failed", Some(FailureRow::new(rules, failure))),
        };
        Self { case: &tested.name, result, failure }
    }
}

#[derive(Serialize)]
struct FailureRow<'a> {
    story: Option<&'a str>,
    mismatches: Vec<MismatchRow<'a>>,
    open_questions: Vec<&'a str>,
    holding: Vec<FiredRow<'a>>,
    nearest: NearestRow<'a>,
}

impl<'a> FailureRow<'a> {
    fn new(rules: &'a RuleSet, failure: &'a Failure) -> Self {
        let Failure { case, mismatches, open, fired, nearest } = failure;
        let question = |question: &_| rules.questions()[*question].id.as_str();
        Self {
            story: case.story.as_deref(),
            mismatches: mismatches
                .iter()
                .map(|Mismatch { key, expected, got }| MismatchRow { key, expected, got })
                .collect(),
            open_questions: open.iter().map(question).collect(),
            holding: fired.iter().map(|fired| FiredRow::new(rules, *fired)).collect(),
            nearest: match nearest {
                Nearest::Change(change) => NearestRow {
                    found: "change",
                    changed: change.changed.iter().map(question).collect(),
                    answers: Some(AnswersRow { rules, answers: &change.answers }),
                },
                Nearest::Never => NearestRow { found: "never", changed: Vec::new(), answers: None },
                Nearest::Undecided => NearestRow { found: "undecided", changed: Vec::new(), answers: None },
            },
        }
    }
}

#[derive(Serialize)]
struct MismatchRow<'a> {
    key: &'a str,
    expected: &'a str,
    got: &'a str,
}

#[derive(Serialize)]
struct FiredRow<'a> {
    kind: &'a str,
    id: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> FiredRow<'a> {
    fn new(rules: &'a RuleSet, fired: Fired) -> Self {
        let (kind, id) = fired.name(rules);
        let LineColumn { line, column } = rules.texts().line_column(id.span());
        Self { kind, id: id.as_str(), file: file_name(rules.texts(), id.span()), line, column }
    }
}

#[derive(Serialize)]
struct NearestRow<'a> {
    found: &'a str,
    changed: Vec<&'a str>,
    answers: Option<AnswersRow<'a>>,
}
