//! The command line: arguments, files, streams, prompts and exit codes. Everything else is pure.

mod args;
mod ask;
mod check;
mod compare;
mod decide;
mod exit;
mod files;
mod interrupt;
mod prompt;
mod rules;
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
    let Cli { command, ask: top, common } = cli;
    if command.is_some() && top != AskArgs::default() {
        let error = Cli::command().error(
            ErrorKind::ArgumentConflict,
            "--answers, --save, --plain and --quick belong to the interview, not to another command",
        );
        let _ = error.print();
        return Exit::Broken;
    }
    let result = match command {
        None => ask::run(&top, &common, &mut streams),
        Some(Command::Ask(args)) => ask::run(&args, &common, &mut streams),
        Some(Command::Decide(args)) => decide::run(&args, &common, &mut streams),
        Some(Command::Compare(args)) => compare::run(&args, &common, &mut streams),
        Some(Command::Check(args)) => check::run(&args, &common, &mut streams),
        Some(Command::Test(args)) => test::run(&args, &common, &mut streams),
    };
    result.unwrap_or_else(|error| Streams::failed(&error))
}
