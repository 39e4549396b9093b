//! `carepath test`: runs cases.

use std::path::PathBuf;

use super::args::{CommonArgs, TestArgs, TestFormat};
use super::exit::Exit;
use super::rules::{self, unreadable};
use super::streams::Streams;
use crate::builtin;
use crate::cases::{Ended, Tested};
use crate::diagnostic::Diagnostics;
use crate::load::read_folder_or_file;
use crate::present::{Totals, diagnostics_text, tested_json, tested_junit, tested_text};
use crate::source::{FileId, Texts};

pub(super) fn run(args: &TestArgs, common: &CommonArgs<TestFormat>, streams: &mut Streams) -> anyhow::Result<Exit> {
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
    let totals = Totals::new(&cases, unread.len());
    streams.result(&match common.format {
        TestFormat::Text => tested_text(rules, &cases, totals, Streams::result_page()),
        TestFormat::Json => tested_json(rules, &cases, totals),
        TestFormat::Junit => tested_junit(rules, &cases, totals),
    });
    Ok(streams.finish(exit(totals)))
}

fn exit(totals: Totals) -> Exit {
    match (totals.broken, totals.failed) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Findings,
        _ => Exit::Broken,
    }
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
