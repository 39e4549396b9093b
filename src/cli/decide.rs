//! `carepath decide`: a decision from files, without questions.

use anyhow::bail;

use super::args::{CommonArgs, DecideArgs, PageFormat};
use super::exit::Exit;
use super::streams::Streams;
use super::{contacts, files, rules, state};
use crate::answers::Answers;
use crate::explain::Explanation;
use crate::present::{report, result, result_json};

pub(super) fn run(args: &DecideArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let state = state::named(&loaded.rules, args.state.state.as_deref())?;
    let contacts = contacts::listed(&loaded.rules, args.contacts.contacts.as_deref())?;
    if args.files.len() > 1 && common.format == PageFormat::Html {
        bail!("--format html makes one page: name one answer file");
    }
    streams.result_to(common.out.as_deref())?;
    let mut exit = Exit::Done;
    for path in &args.files {
        // One file that cannot be used is no reason to leave the others out.
        let read = files::read_fitting(&loaded.rules, path).unwrap_or_else(|error| {
            Streams::failed(&error);
            None
        });
        let Some(read) = read else {
            exit = exit.max(Exit::Broken);
            continue;
        };
        if args.files.len() > 1 && common.format == PageFormat::Text {
            streams.result(&format!("== {} ==\n\n", crate::present::clean(&read.name)));
        }
        let explanation =
            Explanation::new(&loaded.rules, &read.file.answers).in_state(state).with_contacts(contacts.as_ref());
        exit = exit.max(show(&explanation, &read.file.answers, Some(&read.name), common.format, streams));
    }
    Ok(streams.finish(exit))
}

/// Writes a result. What is written to be kept has more on it than what is read at once.
pub(super) fn show(
    explanation: &Explanation<'_>,
    answers: &Answers,
    input: Option<&str>,
    format: PageFormat,
    streams: &mut Streams,
) -> Exit {
    let document = || match format {
        PageFormat::Markdown | PageFormat::Html => report(explanation, answers),
        PageFormat::Text | PageFormat::Json => result(explanation),
    };
    streams.page(format, document, || result_json(explanation, input));
    if explanation.settled() { Exit::Done } else { Exit::Unsettled }
}
