//! How cases ended: for people, for programs, and for build servers.

mod coverage;
mod json;
mod junit;
mod mutation;

pub use json::tested_json;
pub use junit::tested_junit;
pub use mutation::mutant_text;

use super::answer::by_id;
use super::page::{Page, Sheet, clean};
use super::place::place;
use super::words::count;
use crate::cases::{Case, Change, Ended, Failure, Floor, Mismatch, Nearest, Share, Tested};
use crate::coverage::{Coverage, Kind};
use crate::model::{QuestionIx, RuleSet};
use crate::mutation::Report;

/// How many cases ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Those that ended as expected.
    pub passed: usize,
    /// Those that ended otherwise.
    pub failed: usize,
    /// Those that count for nothing yet.
    pub drafts: usize,
    /// Those that could not be run, files that could not be read included.
    pub broken: usize,
}

impl Totals {
    /// Counts cases; `unread` files could not be read at all.
    pub fn new(cases: &[Tested], unread: usize) -> Self {
        let mut totals = Self { broken: unread, ..Self::default() };
        for case in cases {
            *match &case.ended {
                Ended::Passed(_) => &mut totals.passed,
                Ended::Failed(_) => &mut totals.failed,
                Ended::Draft => &mut totals.drafts,
                Ended::Broken(_) => &mut totals.broken,
            } += 1;
        }
        totals
    }

    /// "2 passed, 0 failed, 1 draft"
    fn text(self) -> String {
        let mut parts = vec![format!("{} passed", self.passed), format!("{} failed", self.failed)];
        if self.drafts > 0 {
            parts.push(count(self.drafts, "draft", "drafts"));
        }
        if self.broken > 0 {
            parts.push(format!("{} broken", self.broken));
        }
        parts.join(", ")
    }
}

/// A run of cases, and what they are worth.
#[derive(Debug, Clone, Copy)]
pub struct TestRun<'a> {
    /// The rule set.
    pub rules: &'a RuleSet,
    /// The cases in the order of their files.
    pub cases: &'a [Tested],
    /// How many ended how.
    pub totals: Totals,
    /// What those that pass exercise.
    pub coverage: &'a Coverage,
    /// All that is not covered is to be listed.
    pub lists_missing: bool,
    /// The least coverage asked for.
    pub floors: &'a [(Kind, Floor)],
    /// What mutants say, if that was asked for.
    pub mutation: Option<&'a Report>,
    /// The least score asked for.
    pub min_score: Option<Floor>,
}

impl<'a> TestRun<'a> {
    /// The kinds that are covered less than was asked for.
    pub fn below(&self) -> impl Iterator<Item = (Kind, Share, Floor)> {
        let shares = self.floors.iter().map(|(kind, floor)| (*kind, self.coverage.share(*kind), *floor));
        shares.filter(|(_, share, floor)| !share.reaches(*floor))
    }

    /// The score of the mutants, if it is less than was asked for, whatever becomes of those that are undecided.
    pub fn score_below(&self) -> Option<(Share, Floor)> {
        let (report, floor) = (self.mutation?, self.min_score?);
        (!report.score_at_most(None).reaches(floor)).then(|| (report.score(None), floor))
    }

    /// A mutant is neither killed nor proved equivalent nor seen to survive.
    pub fn is_undecided(&self) -> bool {
        self.mutation.is_some_and(|report| report.undecided(None) > 0)
    }

    /// The name of a case that passes, by its place among those.
    fn passing(&self, place: usize) -> &'a str {
        self.cases.iter().filter_map(Tested::passing).nth(place).map_or("", |case| case.name.as_str())
    }

    /// The kinds of which it is listed what is not covered.
    fn listed(&self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(|kind| self.lists_missing || self.below().any(|(below, ..)| below == *kind))
    }
}

/// What needs a look, case by case, how many ended how, and what they are worth. Cases that pass are only counted.
pub fn tested_text(run: &TestRun<'_>, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    for Tested { name, ended } in run.cases {
        let name = clean(name);
        match ended {
            Ended::Passed(_) => {}
            Ended::Draft => sheet.paragraph(0, &format!("DRAFT {name}: {OPEN}")),
            Ended::Broken(_) => sheet.paragraph(0, &format!("BROKEN {name}")),
            Ended::Failed(failure) => {
                sheet.gap();
                failed(run.rules, &name, failure, &mut sheet);
                sheet.gap();
            }
        }
    }
    sheet.paragraph(0, &run.totals.text());
    if run.lists_missing {
        coverage::kinds(run, page, &mut sheet);
    } else if run.totals.passed > 0 {
        coverage::line(run, page, &mut sheet);
    }
    coverage::missing(run, &mut sheet);
    if let Some(report) = run.mutation {
        mutation::scores(report, page, &mut sheet);
        mutation::survivors(run, report, &mut sheet);
    }
    if run.below().next().is_some() || run.score_below().is_some() {
        sheet.gap();
        coverage::below(run, &mut sheet);
        mutation::below(run, &mut sheet);
    }
    sheet.finish()
}

/// What is missing in a draft.
const OPEN: &str = "what is expected, or the source of that, is still to be written";

fn failed(rules: &RuleSet, name: &str, failure: &Failure, sheet: &mut Sheet) {
    let Failure { case, mismatches, open, fired, nearest } = failure;
    sheet.banner(&format!("FAILED {name}"));
    if let Some(story) = &case.story {
        sheet.aside(2, story);
    }
    for Mismatch { key, expected, got } in mismatches {
        sheet.paragraph(2, key);
        sheet.entry("    expected:", expected);
        sheet.entry("    got:     ", got);
    }
    if !open.is_empty() {
        sheet.entry("  still open:", &ids(rules, open));
    }
    sheet.paragraph(2, if fired.is_empty() { "No rule holds." } else { "What holds:" });
    for fired in fired {
        let (kind, id) = fired.name(rules);
        sheet.bullet(4, &format!("{kind} `{id}` ({})", place(rules.texts(), id.span())));
    }
    match nearest {
        Nearest::Change(change) => {
            sheet.paragraph(2, "It would end as expected with:");
            for line in changes(rules, case, change) {
                sheet.bullet(4, &line);
            }
        }
        Nearest::Never => sheet.paragraph(2, "No answers at all end as expected. That is proved."),
        Nearest::Undecided => sheet.paragraph(2, "Whether any answers end as expected was not found out."),
    }
}

fn ids(rules: &RuleSet, questions: &[QuestionIx]) -> String {
    questions.iter().map(|question| rules.questions()[*question].id.as_str()).collect::<Vec<_>>().join(", ")
}

/// `danger: [fever] instead of [none]`, one line for each answer that changes.
fn changes(rules: &RuleSet, case: &Case, change: &Change) -> Vec<String> {
    let line = |question: &QuestionIx| {
        let row = &rules.questions()[*question];
        let said = |answer| by_id(row, answer);
        let after = change.answers.get(*question).map(said).unwrap_or_default();
        match case.answers.get(*question).map(said) {
            Some(before) => format!("{}: {after} instead of {before}", row.id),
            None => format!("{}: {after}", row.id),
        }
    };
    change.questions().iter().map(line).collect()
}
