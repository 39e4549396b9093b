//! `carepath test`: runs cases.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};

use super::args::{CommonArgs, TestArgs, TestFormat};
use super::exit::Exit;
use super::progress::Progress;
use super::streams::Streams;
use super::{cases, drafts, rules};
use crate::cases::{Case, Ended, Floor, Tested};
use crate::coverage::{Coverage, Kind};
use crate::diagnostic::Diagnostics;
use crate::model::RuleSet;
use crate::mutation::{Means, Report, mutate};
use crate::present::{TestRun, Totals, clean, count, diagnostics_text, tested_json, tested_junit, tested_text};
use crate::source::Texts;
use crate::suggest::nearest;

pub(super) fn run(args: &TestArgs, common: &CommonArgs<TestFormat>, streams: &mut Streams) -> anyhow::Result<Exit> {
    if args.timeout.is_some() && !args.mutates() {
        bail!("`--timeout` limits how long changes are tried; give it with `--mutate`");
    }
    let floors = floors(&args.min_coverage)?;
    let min_score = args.min_score.as_deref().map(floor).transpose()?;
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    if common.rules.is_some() && args.paths.is_empty() && !rules::are_built_in(rules) {
        bail!(
            "the built-in cases belong to the built-in rules; name those of your rules: `carepath test --rules DIR CASES`"
        );
    }
    let mut texts = Texts::default();
    let mut faults = Diagnostics::default();
    let files = cases::read(&args.paths, &mut texts, &mut faults)?;
    let unread = faults.into_sorted();
    let cases: Vec<Tested> = files.into_iter().map(|file| Tested::new(rules, &texts, file)).collect();
    let page = Streams::message_page();
    Streams::message(&diagnostics_text(&texts, &unread, page));
    for case in &cases {
        if let Ended::Broken(diagnostics) = &case.ended {
            Streams::message(&diagnostics_text(&texts, diagnostics, page));
        }
    }
    let passing: Vec<&Case> = cases.iter().filter_map(Tested::passing).collect();
    let coverage = Coverage::new(rules, passing.iter().copied());
    let means = means(args);
    let report = args.mutates().then(|| mutated(rules, &passing, means));
    let totals = Totals::new(&cases, unread.len());
    let run = TestRun {
        rules,
        cases: &cases,
        totals,
        coverage: &coverage,
        lists_missing: args.coverage,
        floors: &floors,
        mutation: report.as_ref(),
        min_score,
    };
    streams.result(&match common.format {
        TestFormat::Text => tested_text(&run, streams.result_page()),
        TestFormat::Json => tested_json(&run),
        TestFormat::Junit => tested_junit(&run),
    });
    if let (Some(folder), Some(report)) = (&args.suggest, &report) {
        suggest(folder, rules, report, means)?;
    }
    Ok(streams.finish(exit(&run)))
}

fn exit(run: &TestRun<'_>) -> Exit {
    if run.totals.broken > 0 {
        Exit::Broken
    } else if run.totals.failed > 0 || run.below().next().is_some() || run.score_below().is_some() {
        Exit::Findings
    } else if run.is_undecided() {
        Exit::Undecided
    } else {
        Exit::Done
    }
}

fn means(args: &TestArgs) -> Means {
    // A deadline too far off for the clock is none.
    let deadline = args.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    Means { threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN), deadline }
}

/// What becomes of all mutants.
fn mutated(rules: &RuleSet, cases: &[&Case], means: Means) -> Report {
    let mut progress = Progress::new(Instant::now(), "trying changes");
    let report = mutate(rules, cases, means, &mut |share| progress.told(share));
    progress.done();
    report
}

/// Keeps drafts of cases that are missing.
fn suggest(folder: &Path, rules: &RuleSet, report: &Report, means: Means) -> anyhow::Result<()> {
    let drafts = report.drafts(rules, means);
    let shown = clean(&folder.display().to_string());
    if drafts.is_empty() {
        Streams::note(&format!("no drafts to save to `{shown}`"));
        return Ok(());
    }
    drafts::save(folder, rules, &drafts)?;
    Streams::note(&format!("{} saved to `{shown}`", count(drafts.len(), "draft", "drafts")));
    Ok(())
}

fn floor(percent: &str) -> anyhow::Result<Floor> {
    Floor::from_percent(percent).with_context(|| {
        format!("`{}` is no percentage; it takes a number from 0 to 100, such as 80 or 99.5", clean(percent))
    })
}

/// The least coverage asked for, by kind: what is said of one kind goes before what is said of all.
fn floors(typed: &[String]) -> anyhow::Result<Vec<(Kind, Floor)>> {
    let mut floors: BTreeMap<Kind, Floor> = BTreeMap::new();
    let mut of_all = None;
    for text in typed {
        let (kind, percent) = text.split_once('=').map_or((None, text.as_str()), |(kind, rest)| (Some(kind), rest));
        let floor = floor(percent)?;
        match kind.map(|name| (name, Kind::ALL.into_iter().find(|kind| kind.name() == name))) {
            None => of_all = Some(floor),
            Some((_, Some(kind))) => drop(floors.insert(kind, floor)),
            Some((name, None)) => {
                let known = Kind::ALL.map(Kind::name);
                match nearest(name, known) {
                    Some(near) => bail!("there is no coverage of `{}`; did you mean `{near}`?", clean(name)),
                    None => bail!("there is no coverage of `{}`; there is: {}", clean(name), known.join(", ")),
                }
            }
        }
    }
    let of_kind = |kind: Kind| Some((kind, floors.get(&kind).copied().or(of_all)?));
    Ok(Kind::ALL.into_iter().filter_map(of_kind).collect())
}
