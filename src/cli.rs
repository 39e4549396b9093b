//! The command line: arguments, files, streams, prompts and exit codes. Everything else is pure.

mod args;
mod ask;
mod cases;
mod check;
mod compare;
mod contacts;
mod counterexamples;
mod decide;
mod diff;
mod drafts;
mod exit;
mod explain;
mod files;
mod find;
mod init;
mod interrupt;
mod progress;
mod prompt;
mod quiz;
mod refer;
mod rules;
mod set;
mod state;
mod streams;
mod test;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use args::{AskArgs, Cli, Command, OutArgs};
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
            "--answers, --save, --plain, --quick, and a --state, --contacts or --out before the command belong to the \
             interview, not to another command",
        );
    }
    let stdout = OutArgs::default();
    let streams = &mut streams;
    let result = match command {
        None => global.of(&top.out).map(|common| ask::run(&top, &common, streams)),
        Some(Command::Ask(args)) => global.of(&args.out).map(|common| ask::run(&args, &common, streams)),
        Some(Command::Decide(args)) => global.of(&args.out).map(|common| decide::run(&args, &common, streams)),
        Some(Command::Explain(args)) => global.of(&args.out).map(|common| explain::run(&args, &common, streams)),
        Some(Command::Refer(args)) => global.of(&args.out).map(|common| refer::run(&args, &common, streams)),
        Some(Command::Compare(args)) => global.of(&args.out).map(|common| compare::run(&args, &common, streams)),
        Some(Command::Check(args)) => global.of(&stdout).map(|common| check::run(&args, &common, streams)),
        Some(Command::Test(args)) => global.of(&stdout).map(|common| test::run(&args, &common, streams)),
        Some(Command::Diff(args)) => global.of(&stdout).map(|common| diff::run(&args, &common, streams)),
        Some(Command::Init(args)) => global.of(&stdout).map(|common| init::run(&args, &common, streams)),
        Some(Command::Quiz(args)) => global.of(&stdout).map(|common| quiz::run(&args, &common, streams)),
    };
    match result {
        Ok(result) => result.unwrap_or_else(|error| Streams::failed(&error)),
        Err(message) => misused(&message),
    }
}

/// Options that do not go together.
fn misused(message: &str) -> Exit {
    let _ = Cli::command().error(ErrorKind::ArgumentConflict, message).print();
    Exit::Broken
}
