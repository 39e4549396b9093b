//! `carepath decide`: a decision from files, without questions.

use super::args::{CommonArgs, DecideArgs, Format};
use super::exit::Exit;
use super::streams::Streams;
use super::{files, rules, state};
use crate::explain::Explanation;
use crate::present::{result_json, result_text};

pub(super) fn run(args: &DecideArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let state = state::named(&loaded.rules, args.state.as_deref())?;
    let mut exit = Exit::Done;
    for path in &args.files {
        // One file that cannot be used is no reason to leave the others out.
        let read = match files::read(&loaded.rules, path) {
            Ok(read) => read,
            Err(error) => {
                exit = exit.max(Streams::failed(&error));
                continue;
            }
        };
        let Some(read) = read.filter(|read| {
            files::report(&read.texts, &read.file.misfits);
            read.file.misfits.is_empty()
        }) else {
            exit = exit.max(Exit::Broken);
            continue;
        };
        if args.files.len() > 1 && common.format == Format::Text {
            streams.result(&format!("== {} ==\n\n", crate::present::clean(&read.name)));
        }
        let explanation = Explanation::new(&loaded.rules, &read.file.answers).in_state(state);
        exit = exit.max(show(&explanation, Some(&read.name), common.format, streams));
    }
    Ok(streams.finish(exit))
}

/// Writes a result.
pub(super) fn show(explanation: &Explanation<'_>, input: Option<&str>, format: Format, streams: &mut Streams) -> Exit {
    let text = match format {
        Format::Text => result_text(explanation, Streams::result_page()),
        Format::Json => result_json(explanation, input) + "\n",
    };
    streams.result(&text);
    if explanation.settled() { Exit::Done } else { Exit::Unsettled }
}
