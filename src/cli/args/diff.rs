//! What can be typed with `carepath diff`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{EXITS, seconds};

const DIFF_HELP: &str = concat!(
    "\
A difference is told with an example: answers none of which can be left out, one person who gives them, both decisions \
and the rules behind them. \"No difference\" is said only where it is proved for every possible set of answers.

Things are matched by id. Whatever both sides ask and offer is answered alike; what only one side has is answered freely \
there, and a difference that hangs on such an answer is marked \"possible\". A new id for an old thing looks like one \
removed and one added. Wording is not compared.

Examples:
  carepath diff built-in my-rules/rules   what my rules change for people
  carepath diff last-year/ this-year/     ... and what a year of edits did
  carepath diff --format json old.yaml new.yaml

",
    exits!()
);

/// Show what changing the rules changes for people: whose decision differs, and how
///
/// Proves over every possible set of answers whether two rule sets decide alike: by level, by professional, and in all else
/// that an outcome holds: flags, who leads what in which phase, what waits or is on hold. What is told beside that, such as
/// who could lead as well, is not compared.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = DIFF_HELP)]
pub(in crate::cli) struct DiffArgs {
    /// The rules before: a YAML file or a folder of them, or `built-in`
    #[arg(value_name = "OLD")]
    pub(in crate::cli) old: PathBuf,
    /// The rules after: a YAML file or a folder of them, or `built-in`
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: PathBuf,
    /// Stop after so many seconds; what was not proved by then is told as undecided
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) timeout: Option<Duration>,
}
