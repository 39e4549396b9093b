//! `carepath test`: runs cases.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;

use super::args::{CommonArgs, TestArgs, TestFormat};
use super::exit::Exit;
use super::rules::{self, unreadable};
use super::streams::Streams;
use crate::builtin;
use crate::cases::{Case, Ended, Floor, Tested};
use crate::coverage::{Coverage, Kind};
use crate::diagnostic::Diagnostics;
use crate::load::read_folder_or_file;
use crate::present::{TestRun, Totals, clean, diagnostics_text, tested_json, tested_junit, tested_text};
use crate::source::{FileId, Texts};
use crate::suggest::nearest;

pub(super) fn run(args: &TestArgs, common: &CommonArgs<TestFormat>, streams: &mut Streams) -> anyhow::Result<Exit> {
    let floors = floors(&args.min_coverage)?;
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let mut texts = Texts::default();
    let mut faults = Diagnostics::default();
    let files = read_cases(&args.paths, &mut texts, &mut faults)?;
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
    let coverage = Coverage::new(rules, passing);
    let totals = Totals::new(&cases, unread.len());
    let run =
        TestRun { rules, cases: &cases, totals, coverage: &coverage, lists_missing: args.coverage, floors: &floors };
    streams.result(&match common.format {
        TestFormat::Text => tested_text(&run, Streams::result_page()),
        TestFormat::Json => tested_json(&run),
        TestFormat::Junit => tested_junit(&run),
    });
    Ok(streams.finish(exit(&run)))
}

fn exit(run: &TestRun<'_>) -> Exit {
    if run.totals.broken > 0 {
        Exit::Broken
    } else if run.totals.failed > 0 || run.below().next().is_some() {
        Exit::Findings
    } else {
        Exit::Done
    }
}

/// The least coverage asked for, by kind: what is said of one kind goes before what is said of all.
fn floors(typed: &[String]) -> anyhow::Result<Vec<(Kind, Floor)>> {
    let mut floors: BTreeMap<Kind, Floor> = BTreeMap::new();
    let mut of_all = None;
    for text in typed {
        let (kind, percent) = text.split_once('=').map_or((None, text.as_str()), |(kind, rest)| (Some(kind), rest));
        let Some(floor) = Floor::from_percent(percent) else {
            bail!("`{}` is no percentage; it takes a number from 0 to 100, such as 80 or 99.5", clean(percent));
        };
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
    let floor = |kind: Kind| Some((kind, floors.get(&kind).copied().or(of_all)?));
    Ok(Kind::ALL.into_iter().filter_map(floor).collect())
}

fn read_cases(paths: &[PathBuf], texts: &mut Texts, faults: &mut Diagnostics) -> anyhow::Result<Vec<FileId>> {
    if paths.is_empty() {
        return Ok(builtin::add_cases(texts));
    }
    let mut files = Vec::new();
    for path in paths {
        files.extend(read_folder_or_file(path, texts, faults).map_err(|error| unreadable(&error))?);
    }
    Ok(files)
}
