//! The command line: arguments, files, streams, prompts and exit codes. Everything else is pure.

mod args;
mod ask;
mod check;
mod compare;
mod counterexamples;
mod decide;
mod diff;
mod drafts;
mod exit;
mod files;
mod interrupt;
mod progress;
mod prompt;
mod rules;
mod state;
mod streams;
mod test;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use args::{AskArgs, Cli, Command};
pub use exit::Exit;
use streams::Streams;

/// Runs the program with the given arguments, the first of which is its name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let mut streams = Streams::of_process();
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results; anything else is a mistake of usage.
            let exit = if error.use_stderr() { Exit::Broken } else { Exit::Done };
            // A closed pipe is no reason to complain.
            let _ = error.print();
            return exit;
        }
    };
    let Cli { command, ask: top, global } = cli;
    if command.is_some() && top != AskArgs::default() {
        return misused(
            "--answers, --save, --plain, --quick and a --state before the command belong to the interview, not to another \
             command",
        );
    }
    let result = match (command, global.of(), global.of(), global.of()) {
        (Some(Command::Check(args)), _, Some(common), _) => check::run(&args, &common, &mut streams),
        (Some(Command::Test(args)), _, _, Some(common)) => test::run(&args, &common, &mut streams),
        (None, Some(common), ..) => ask::run(&top, &common, &mut streams),
        (Some(Command::Ask(args)), Some(common), ..) => ask::run(&args, &common, &mut streams),
        (Some(Command::Decide(args)), Some(common), ..) => decide::run(&args, &common, &mut streams),
        (Some(Command::Compare(args)), Some(common), ..) => compare::run(&args, &common, &mut streams),
        (Some(Command::Diff(args)), Some(common), ..) => diff::run(&args, &common, &mut streams),
        _ => {
            return misused(
                "--format short and --format sarif belong to `carepath check`, --format junit to `carepath test`; \
                 elsewhere use text or json",
            );
        }
    };
    result.unwrap_or_else(|error| Streams::failed(&error))
}

/// Options that do not go together.
fn misused(message: &str) -> Exit {
    let _ = Cli::command().error(ErrorKind::ArgumentConflict, message).print();
    Exit::Broken
}
