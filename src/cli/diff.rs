//! `carepath diff`: what changing the rules changes for people.

use std::path::Path;
use std::time::Instant;

use anyhow::bail;

use super::args::{CommonArgs, DiffArgs, Format};
use super::exit::Exit;
use super::rules;
use super::streams::Streams;
use crate::diff::{Report, diff};
use crate::load::Loaded;
use crate::present::{diff_json, diff_text};

/// The word for the rules that are part of the program.
pub(super) const BUILT_IN: &str = "built-in";

pub(super) fn run(args: &DiffArgs, common: &CommonArgs<Format>, streams: &mut Streams) -> anyhow::Result<Exit> {
    if common.rules.is_some() {
        bail!("`diff` takes both rule sets as arguments: leave out --rules, or name it as OLD or NEW");
    }
    // What is wrong with either is told in one run.
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let (Some(old), Some(new)) = (old, new) else {
        return Ok(Exit::Broken);
    };
    // A time too far off to be named is no limit.
    let deadline = args.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let report = diff(&old.rules, &new.rules, deadline);
    streams.result(&match common.format {
        Format::Text => diff_text(&old.rules, &new.rules, &report, streams.result_page()),
        Format::Json => diff_json(&old.rules, &new.rules, &report) + "\n",
    });
    Ok(streams.finish(exit(&report)))
}

fn read(path: &Path) -> anyhow::Result<Option<Loaded>> {
    rules::rules_from((path != Path::new(BUILT_IN)).then_some(path))
}

fn exit(report: &Report) -> Exit {
    match (report.differences.is_empty(), report.undecided) {
        (false, _) => Exit::Findings,
        (true, true) => Exit::Undecided,
        (true, false) => Exit::Done,
    }
}
