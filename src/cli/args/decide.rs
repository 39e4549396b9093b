//! What can be typed with `carepath decide`.

use std::path::PathBuf;

use clap::Args;

use super::{ContactsArgs, EXITS, OutArgs, StateArgs};

/// Say whom to see from answers in files, without asking anything
///
/// Lists the questions that are still open where the answers do not settle the result, and ends with exit code 3 then.
#[derive(Debug, Args)]
#[command(after_help = EXITS)]
pub(in crate::cli) struct DecideArgs {
    /// Answer files, as `carepath --save` writes them; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) state: StateArgs,
    #[command(flatten)]
    pub(in crate::cli) contacts: ContactsArgs,
    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}
