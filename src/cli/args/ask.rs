//! What can be typed with `carepath ask`.

use std::path::PathBuf;

use clap::Args;

use super::{ContactsArgs, EXITS, OutArgs, StateArgs};

const ASK_EXAMPLES: &str = concat!(
    "\
Examples:
  carepath ask                                       the interview
  carepath ask --save me.yaml                        ... and keep the answers
  carepath ask --answers me.yaml --save me.yaml      ... going on from them
  carepath ask --quick                               as few questions as possible
  carepath ask --plain                               for a screen reader
  carepath ask --out result.html                     the result as a page
  carepath ask > note.txt                            ... or as a note, with nothing below it

",
    contacts_form!(),
    exits!()
);

/// Interview a person and say whom to see (the same as no command)
///
/// Only what can still change the result is asked. At every question you can go back, ask why it is asked, or leave;
/// with --save what was said is kept. Questions go to standard error and the result to standard output, so that
/// `carepath --format json > result.json` works.
///
/// Below the result on a screen you can see why, change an answer and see what that changes, ask why somebody is not on
/// the plan, and write a report. A result in a file or a pipe is the end.
#[derive(Debug, Args, Default, PartialEq, Eq)]
#[command(after_help = EXITS, after_long_help = ASK_EXAMPLES)]
pub(in crate::cli) struct AskArgs {
    /// Go on from the answers in this file: what it answers is not asked again
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) answers: Option<PathBuf>,
    /// Keep the answers in this file, after each question; only you can read it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) save: Option<PathBuf>,
    /// Numbered lines instead of menus, for screen readers and pipes
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// Ask as few questions as possible: what tells most comes first, danger signs before all else
    #[arg(long)]
    pub(in crate::cli) quick: bool,
    #[command(flatten)]
    pub(in crate::cli) state: StateArgs,
    #[command(flatten)]
    pub(in crate::cli) contacts: ContactsArgs,
    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}
