//! `carepath test`: runs cases.

use std::path::PathBuf;

use serde::Serialize;

use super::args::{CommonArgs, Format, TestArgs};
use super::exit::Exit;
use super::rules::{self, unreadable};
use super::streams::Streams;
use crate::answers::read_answers;
use crate::builtin;
use crate::cases::{self, Mismatch};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::read_folder_or_file;
use crate::model::RuleSet;
use crate::present::{clean, diagnostics_text, one_line};
use crate::source::{FileId, Texts};

/// How a case ended.
enum Ended {
    /// As expected.
    Passed,
    /// Otherwise.
    Failed(Vec<Mismatch>),
    /// It expects nothing, so that it counts for nothing.
    Draft,
    /// It cannot be run.
    Broken(Vec<Diagnostic>),
}

pub(super) fn run(args: &TestArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let mut texts = Texts::default();
    let mut faults = Diagnostics::default();
    let files = read_cases(&args.paths, &mut texts, &mut faults)?;
    let unread = faults.into_sorted();
    Streams::message(&diagnostics_text(&texts, &unread, Streams::message_page()));

    let (mut passed, mut failed, mut drafts, mut broken) = (0, 0, 0, unread.len());
    for file in files {
        let name = texts.get(file).map_or("", |file| file.name.as_str());
        let ended = run_case(&loaded.rules, &texts, file);
        match &ended {
            Ended::Passed => passed += 1,
            Ended::Failed(_) => failed += 1,
            Ended::Draft => drafts += 1,
            Ended::Broken(diagnostics) => {
                broken += 1;
                Streams::message(&diagnostics_text(&texts, diagnostics, Streams::message_page()));
            }
        }
        streams.result(&match common.format {
            Format::Text => case_text(name, &ended),
            Format::Json => case_json(name, &ended),
        });
    }
    if common.format == Format::Text {
        let mut parts = vec![format!("{passed} passed"), format!("{failed} failed")];
        if drafts > 0 {
            parts.push(format!("{drafts} without expectation"));
        }
        if broken > 0 {
            parts.push(format!("{broken} broken"));
        }
        streams.result(&format!("{}\n", parts.join(", ")));
    }
    let exit = match (broken, failed) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Findings,
        _ => Exit::Broken,
    };
    Ok(streams.finish(exit))
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

fn run_case(rules: &RuleSet, texts: &Texts, file: FileId) -> Ended {
    match read_answers(rules, texts, file) {
        Err(diagnostics) => Ended::Broken(diagnostics),
        Ok(case) if !case.misfits.is_empty() => Ended::Broken(case.misfits),
        Ok(case) => match case.expect {
            None => Ended::Draft,
            Some(expect) => {
                let mismatches = cases::run(rules, &case.answers, &expect);
                if mismatches.is_empty() { Ended::Passed } else { Ended::Failed(mismatches) }
            }
        },
    }
}

/// Passing cases are counted only; what needs a look is shown.
fn case_text(name: &str, ended: &Ended) -> String {
    let name = clean(name);
    match ended {
        Ended::Passed => String::new(),
        Ended::Draft => format!("DRAFT  {name}: expects nothing yet\n"),
        Ended::Broken(_) => format!("BROKEN {name}\n"),
        Ended::Failed(mismatches) => {
            let mut text = format!("FAILED {name}\n");
            for mismatch in mismatches {
                let Mismatch { key, expected, got } = mismatch;
                text.push_str(&format!("       {key}\n         expected: {expected}\n         got:      {got}\n"));
            }
            text
        }
    }
}

fn case_json(name: &str, ended: &Ended) -> String {
    #[derive(Serialize)]
    struct Case<'a> {
        case: &'a str,
        result: &'a str,
        mismatches: Vec<Difference<'a>>,
    }
    #[derive(Serialize)]
    struct Difference<'a> {
        key: &'a str,
        expected: &'a str,
        got: &'a str,
    }
    let (result, mismatches): (&str, &[Mismatch]) = match ended {
        Ended::Passed => ("passed", &[]),
        Ended::Draft => ("draft", &[]),
        Ended::Broken(_) => ("broken", &[]),
        Ended::Failed(mismatches) => ("failed", mismatches),
    };
    let mismatches = mismatches
        .iter()
        .map(|mismatch| Difference { key: mismatch.key, expected: &mismatch.expected, got: &mismatch.got })
        .collect();
    one_line(&Case { case: name, result, mismatches }) + "\n"
}
