//! What checking a rule set came to, as people and programs read it.

use serde::Serialize;

use super::counterexample::{CounterexampleRow, counterexample_text};
use super::diagnostics::{fault_line, fault_text, line_at, shown_in_part};
use super::json::one_line;
use super::page::{Page, clean};
use super::place::file_name;
use super::words::count;
use crate::check::{AnswerSets, Counterexample, LatestEmergency, Report, Undecided};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::RuleSet;
use crate::source::{LineColumn, Span, Texts};

/// What checking a rule set came to.
#[derive(Debug)]
pub struct Checked<'a> {
    /// What was read.
    pub texts: &'a Texts,
    /// What is wrong, in reading order.
    pub faults: Vec<Told<'a>>,
    /// The rule set and what was proved of it; `None` if there is no rule set.
    pub proved: Option<Proved<'a>>,
}

/// Something that is wrong.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What, and where.
    pub diagnostic: &'a Diagnostic,
    /// Answers that show it.
    pub counterexample: Option<&'a Counterexample>,
}

/// A rule set and what was proved of it.
#[derive(Debug, Clone, Copy)]
pub struct Proved<'a> {
    /// The rule set.
    pub rules: &'a RuleSet,
    /// What was proved.
    pub report: &'a Report,
    /// How long that took. Time is measured where the program meets the world, never here.
    pub seconds: f64,
}

impl<'a> Checked<'a> {
    /// Of texts that are no rule set.
    pub fn rejected(texts: &'a Texts, diagnostics: &'a [Diagnostic]) -> Self {
        let faults = diagnostics.iter().map(|diagnostic| Told { diagnostic, counterexample: None }).collect();
        Self { texts, faults, proved: None }
    }

    /// Of a rule set that was read, with warnings, and proved.
    pub fn proved(warnings: &'a [Diagnostic], proved: Proved<'a>) -> Self {
        let warnings = warnings.iter().map(|diagnostic| Told { diagnostic, counterexample: None });
        let refuted = proved
            .report
            .faults
            .iter()
            .map(|fault| Told { diagnostic: &fault.diagnostic, counterexample: fault.counterexample.as_ref() });
        let mut faults: Vec<Told<'_>> = warnings.chain(refuted).collect();
        faults.sort_by_key(|told| (told.diagnostic.span, told.diagnostic.code));
        Self { texts: proved.rules.texts(), faults, proved: Some(proved) }
    }

    /// What was neither proved nor refuted.
    pub(super) fn undecided(&self) -> &'a [Undecided] {
        self.proved.map_or(&[], |proved| &proved.report.undecided)
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.faults.iter().filter(|told| told.diagnostic.is_error()).count()
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.faults.len() - self.errors()
    }
}

/// Each fault with its line and the answers that show it, what is undecided, and a summary.
pub fn checked_text(checked: &Checked<'_>, page: Page) -> String {
    let Checked { texts, faults, proved } = checked;
    let mut text = shown_in_part(faults, |told| {
        let mut text = fault_text(texts, told.diagnostic, page);
        if let (Some(Proved { rules, .. }), Some(found)) = (proved, told.counterexample) {
            text.push_str(&counterexample_text(rules, told.diagnostic.code, found, page));
        }
        text + "\n"
    });
    let undecided = shown_in_part(checked.undecided(), |undecided| undecided_line(texts, undecided));
    if !undecided.is_empty() {
        text.push_str(undecided.trim_end());
        text.push_str("\n\n");
    }
    let counts = counts(checked);
    match proved {
        Some(proved) => {
            let counts = if counts.is_empty() { "no faults" } else { &counts };
            text.push_str(&format!("{}: {counts}\n", contents(proved.rules)));
            text.push_str(&summary_text(proved));
        }
        None => text.push_str(&format!("{counts}\n")),
    }
    text
}

/// One line for each fault, and for what is undecided.
pub fn checked_short(checked: &Checked<'_>) -> String {
    let faults = checked.faults.iter().map(|told| fault_line(checked.texts, told.diagnostic));
    let undecided = checked.undecided().iter().map(|undecided| undecided_line(checked.texts, undecided));
    faults.chain(undecided).collect()
}

fn undecided_line(texts: &Texts, undecided: &Undecided) -> String {
    line_at(texts, undecided.span, UNDECIDED, undecided.code, &undecided_text(undecided))
}

/// What was not found out, in a sentence.
pub(super) fn undecided_text(undecided: &Undecided) -> String {
    format!("neither proved nor refuted in time: {}", undecided.what)
}

/// What stands in the place of a severity.
const UNDECIDED: &str = "undecided";

/// "2 errors, 1 warning, 3 undecided"
fn counts(checked: &Checked<'_>) -> String {
    let (errors, warnings, undecided) = (checked.errors(), checked.warnings(), checked.undecided().len());
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error", "errors"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning", "warnings"));
    }
    if undecided > 0 {
        parts.push(format!("{undecided} {UNDECIDED}"));
    }
    parts.join(", ")
}

/// The rule set in one line.
fn contents(rules: &RuleSet) -> String {
    let metadata = rules.metadata();
    let parts = [
        count(rules.questions().len(), "question", "questions"),
        count(rules.findings().len(), "finding", "findings"),
        count(rules.flags().len(), "flag", "flags"),
        count(rules.needs().len(), "need", "needs"),
        count(rules.services().len(), "service", "services"),
        count(rules.professionals().len(), "professional", "professionals"),
        count(rules.guarantees().len(), "guarantee", "guarantees"),
    ];
    format!("{} {}: {}", clean(&metadata.name), clean(&metadata.version), parts.join(", "))
}

/// How much was proved, over what, and how late an emergency can show.
fn summary_text(proved: &Proved<'_>) -> String {
    let Proved { rules, report, seconds } = proved;
    let properties = count(report.proved, "property", "properties");
    let sets = if report.answer_sets == AnswerSets::Exactly(1) { "set" } else { "sets" };
    let undecided = match report.undecided.len() {
        0 => String::new(),
        undecided => format!("; {undecided} {UNDECIDED}"),
    };
    let mut text =
        format!("{properties} proved over {} {sets} of answers in {seconds:.2} s{undecided}\n", report.answer_sets);
    match &report.latest_emergency {
        LatestEmergency::Never => {}
        LatestEmergency::OnScreen { screen, question, .. } => text.push_str(&format!(
            "An emergency shows on screen {screen} (`{}`) at the latest, if every question that applies is asked.\n",
            rules.questions()[*question].id
        )),
        LatestEmergency::NotFoundOut => {
            text.push_str("How late an emergency can show was not found out in time.\n");
        }
    }
    text
}

/// Each fault as one line of JSON, then what is undecided, then a summary.
pub fn checked_json(checked: &Checked<'_>) -> String {
    let Checked { texts, faults, proved } = checked;
    let mut text = String::new();
    for Told { diagnostic, counterexample } in faults {
        let Diagnostic { code, span, message, help } = diagnostic;
        let row = Row {
            help: help.as_deref(),
            counterexample: proved
                .zip(*counterexample)
                .map(|(proved, found)| CounterexampleRow::new(proved.rules, found)),
            ..Row::new(texts, *span, code.severity().name(), *code, message)
        };
        text.push_str(&(one_line(&row) + "\n"));
    }
    for undecided in checked.undecided() {
        let Undecided { code, span, .. } = undecided;
        let message = undecided_text(undecided);
        text.push_str(&(one_line(&Row::new(texts, *span, UNDECIDED, *code, &message)) + "\n"));
    }
    text + &one_line(&Last { summary: Summary::new(checked) }) + "\n"
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    counterexample: Option<CounterexampleRow<'a>>,
}

impl<'a> Row<'a> {
    fn new(texts: &'a Texts, span: Span, severity: &'a str, code: Code, message: &'a str) -> Self {
        let LineColumn { line, column } = texts.line_column(span);
        let file = file_name(texts, span);
        Self { file, line, column, severity, code: code.name(), message, help: None, counterexample: None }
    }
}

#[derive(Serialize)]
struct Last<'a> {
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Summary<'a> {
    errors: usize,
    warnings: usize,
    undecided: usize,
    proved: usize,
    /// As text: most are too large for a number.
    answer_sets: Option<String>,
    seconds: Option<f64>,
    latest_emergency: Option<Latest<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Latest<'a> {
    OnScreen { screen: usize, question: &'a str },
    NotFoundOut(&'static str),
}

impl<'a> Summary<'a> {
    fn new(checked: &Checked<'a>) -> Self {
        let proved = checked.proved;
        let latest = |proved: Proved<'a>| match &proved.report.latest_emergency {
            LatestEmergency::OnScreen { screen, question, .. } => {
                Some(Latest::OnScreen { screen: *screen, question: proved.rules.questions()[*question].id.as_str() })
            }
            LatestEmergency::Never => None,
            LatestEmergency::NotFoundOut => Some(Latest::NotFoundOut(UNDECIDED)),
        };
        Self {
            errors: checked.errors(),
            warnings: checked.warnings(),
            undecided: checked.undecided().len(),
            proved: proved.map_or(0, |proved| proved.report.proved),
            answer_sets: proved.map(|proved| proved.report.answer_sets.to_string()),
            seconds: proved.map(|proved| (proved.seconds * 100.0).round() / 100.0),
            latest_emergency: proved.and_then(latest),
        }
    }
}
