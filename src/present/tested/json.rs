//! Cases as JSON: one object a line, the summary last. Keys stay as they are: programs read them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::mutation::differing;
use super::{TestRun, Totals};
use crate::cases::{Ended, Failure, Fired, Mismatch, Nearest, Share, Tested};
use crate::coverage::{Item, Kind, Seen};
use crate::model::RuleSet;
use crate::mutation::{Judged, Kind as MutantKind, Mutant, Report, Survivor, Verdict};
use crate::present::answer::AnswersRow;
use crate::present::json::one_line;
use crate::present::place::PlaceRow;

/// One line of JSON for each case, one for all that is not covered and is to be listed, and a summary.
pub fn tested_json(run: &TestRun<'_>) -> String {
    let cases = run.cases.iter().map(|case| one_line(&Row::new(run.rules, case)) + "\n");
    let listed: Vec<Kind> = run.listed().collect();
    let missing = run.coverage.missing().filter(|item| listed.contains(&item.kind));
    let missing = missing.map(|item| one_line(&MissingRow::new(run.rules, item)) + "\n");
    let mutants = run.mutation.iter().flat_map(|report| &report.judged);
    let mutants = mutants.map(|judged| one_line(&MutantRow::new(run, judged)) + "\n");
    cases.chain(missing).chain(mutants).collect::<String>() + &one_line(&Last { summary: Summary::new(run) }) + "\n"
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
    coverage: BTreeMap<&'static str, ShareRow>,
    below: Vec<&'static str>,
    mutation: Option<BTreeMap<&'static str, ScoreRow>>,
    score_below: Option<bool>,
}

impl Summary {
    fn new(run: &TestRun<'_>) -> Self {
        let Totals { passed, failed, drafts, broken } = run.totals;
        let coverage = Kind::ALL.map(|kind| (kind.name(), ShareRow::new(run.coverage.share(kind))));
        let below = run.below().map(|(kind, ..)| kind.name()).collect();
        let scores = |report: &Report| {
            let kinds = MutantKind::ALL.map(|kind| (kind.name(), ScoreRow::new(report, Some(kind))));
            kinds.into_iter().chain([("all", ScoreRow::new(report, None))]).collect()
        };
        Self {
            passed,
            failed,
            drafts,
            broken,
            coverage: coverage.into(),
            below,
            mutation: run.mutation.map(scores),
            score_below: run.min_score.map(|_| run.score_below().is_some()),
        }
    }
}

/// How many mutants of a kind, and what became of them.
#[derive(Serialize)]
struct ScoreRow {
    made: usize,
    equivalent: usize,
    undecided: usize,
    killed: usize,
    of: usize,
    /// Rounded down to a tenth; nothing of nothing.
    percent: Option<f64>,
}

impl ScoreRow {
    fn new(report: &Report, kind: Option<MutantKind>) -> Self {
        let ShareRow { part, of, percent } = ShareRow::new(report.score(kind));
        let (made, equivalent, undecided) = (report.made(kind), report.equivalent(kind), report.undecided(kind));
        Self { made, equivalent, undecided, killed: part, of, percent }
    }
}

#[derive(Serialize)]
struct MutantRow<'a> {
    mutant: &'static str,
    of: &'a str,
    change: &'a str,
    #[serde(flatten)]
    place: PlaceRow<'a>,
    verdict: &'static str,
    killed_by: Option<&'a str>,
    #[serde(flatten)]
    survivor: Option<SurvivorRow<'a>>,
}

impl<'a> MutantRow<'a> {
    fn new(run: &TestRun<'a>, judged: &'a Judged) -> Self {
        let Mutant { kind, span, of, change, .. } = &judged.mutant;
        let (verdict, killed_by, survivor) = match &judged.verdict {
            Verdict::Killed { by } => ("killed", Some(run.passing(*by)), None),
            Verdict::Equivalent => ("equivalent", None, None),
            Verdict::Survived(survivor) => ("survived", None, Some(SurvivorRow::new(run, survivor))),
            Verdict::Undecided => ("undecided", None, None),
        };
        let place = PlaceRow::new(run.rules, *span);
        Self { mutant: kind.name(), of, change, place, verdict, killed_by, survivor }
    }
}

#[derive(Serialize)]
struct SurvivorRow<'a> {
    answers: AnswersRow<'a>,
    as_it_is: String,
    changed: String,
    ends_otherwise: Option<&'a str>,
}

impl<'a> SurvivorRow<'a> {
    fn new(run: &TestRun<'a>, survivor: &'a Survivor) -> Self {
        let (as_it_is, changed) = differing(run.rules, &survivor.before, survivor.after.as_ref());
        let answers = AnswersRow::new(run.rules, survivor.answers.iter());
        Self { answers, as_it_is, changed, ends_otherwise: survivor.otherwise.map(|case| run.passing(case)) }
    }
}

#[derive(Serialize)]
pub(super) struct ShareRow {
    part: usize,
    of: usize,
    /// Rounded down to a tenth; nothing of nothing.
    percent: Option<f64>,
}

impl ShareRow {
    pub(super) fn new(share: Share) -> Self {
        Self { part: share.part, of: share.of, percent: share.tenths().map(|tenths| f64::from(tenths) / 10.0) }
    }
}

#[derive(Serialize)]
struct MissingRow<'a> {
    uncovered: &'static str,
    what: &'a str,
    seen: &'static str,
    #[serde(flatten)]
    place: Option<PlaceRow<'a>>,
}

impl<'a> MissingRow<'a> {
    fn new(rules: &'a RuleSet, item: &'a Item) -> Self {
        let seen = match item.seen {
            Seen::Yes => "yes",
            Seen::No => "no",
            Seen::OnlyHolding => "only-holding",
            Seen::OnlyFailing => "only-failing",
        };
        let place = item.span.map(|span| PlaceRow::new(rules, span));
        Self { uncovered: item.kind.name(), what: &item.what, seen, place }
    }
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
                    changed: change.questions().iter().map(question).collect(),
                    answers: Some(AnswersRow::new(rules, change.answers.iter())),
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
    #[serde(flatten)]
    place: PlaceRow<'a>,
}

impl<'a> FiredRow<'a> {
    fn new(rules: &'a RuleSet, fired: Fired) -> Self {
        let (kind, id) = fired.name(rules);
        Self { kind, id: id.as_str(), place: PlaceRow::new(rules, id.span()) }
    }
}

#[derive(Serialize)]
struct NearestRow<'a> {
    found: &'a str,
    changed: Vec<&'a str>,
    answers: Option<AnswersRow<'a>>,
}
