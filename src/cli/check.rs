//! `carepath check`: is the rule set in order, for everybody?

use std::time::Instant;

use anyhow::bail;

use super::args::{CheckArgs, CheckFormat, CommonArgs, Deny};
use super::counterexamples;
use super::exit::Exit;
use super::progress::Progress;
use super::rules::load_from;
use super::streams::Streams;
use crate::check::{Report, check};
use crate::diagnostic::Code;
use crate::load::Loaded;
use crate::present::{
    Checked, Proved, checked_json, checked_sarif, checked_short, checked_text, clean, code_page, count,
};
use crate::suggest::nearest;

pub(super) fn run(args: &CheckArgs, common: &CommonArgs<CheckFormat>, streams: &mut Streams) -> anyhow::Result<Exit> {
    if let Some(code) = &args.explain {
        return explain(code, common.format, streams);
    }
    let loaded = match load_from(common.rules.as_deref())? {
        Ok(loaded) => loaded,
        Err(rejected) => {
            show(&Checked::rejected(&rejected.texts, &rejected.diagnostics), common.format, streams);
            return Ok(streams.finish(Exit::Broken));
        }
    };
    let Loaded { rules, warnings } = &loaded;
    let start = Instant::now();
    // A deadline too far off for the clock is none.
    let deadline = args.timeout.and_then(|timeout| start.checked_add(timeout));
    let mut progress = Progress::new(start, "proving");
    let report = check(rules, deadline, &mut |share| progress.told(share));
    progress.done();
    let seconds = start.elapsed().as_secs_f64();
    let checked = Checked::proved(warnings, Proved { rules, report: &report, seconds });
    show(&checked, common.format, streams);
    if let Some(folder) = &args.save_counterexamples {
        let files = counterexamples::save(folder, rules, &report.faults)?;
        let shown = clean(&folder.display().to_string());
        Streams::note(&match files {
            0 => format!("no counterexamples to save to `{shown}`"),
            files => format!("{} saved to `{shown}`", count(files, "counterexample file", "counterexample files")),
        });
    }
    Ok(streams.finish(exit(&checked, &report, args.deny)))
}

fn show(checked: &Checked<'_>, format: CheckFormat, streams: &mut Streams) {
    streams.result(&match format {
        CheckFormat::Text => checked_text(checked, streams.result_page()),
        CheckFormat::Short => checked_short(checked),
        CheckFormat::Json => checked_json(checked),
        CheckFormat::Sarif => checked_sarif(checked),
    });
}

/// How the run ends for a rule set that could be read.
fn exit(checked: &Checked<'_>, report: &Report, deny: Option<Deny>) -> Exit {
    let denied = match deny {
        Some(Deny::Warnings) => checked.warnings() > 0,
        None => false,
    };
    if checked.errors() > 0 || denied {
        Exit::Findings
    } else if !report.is_complete() {
        Exit::Undecided
    } else {
        Exit::Done
    }
}

/// Writes the page on a code.
fn explain(name: &str, format: CheckFormat, streams: &mut Streams) -> anyhow::Result<Exit> {
    if format != CheckFormat::Text {
        bail!("`--explain` writes a page for people; leave `--format` out");
    }
    let codes = Code::ALL;
    let Some(code) = codes.iter().find(|code| code.name() == name) else {
        match nearest(name, codes.iter().map(|code| code.name())) {
            Some(near) => bail!("there is no code `{}`; did you mean `{near}`?", clean(name)),
            None => bail!("there is no code `{}`; a code stands in brackets in each message", clean(name)),
        }
    };
    streams.result(&code_page(*code, streams.result_page()));
    Ok(streams.finish(Exit::Done))
}
