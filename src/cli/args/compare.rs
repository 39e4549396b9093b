//! What can be typed with `carepath compare`.

use clap::Args;

use super::{EXITS, OutArgs, StateArgs};

const COMPARE_HELP: &str = concat!(
    "\
Examples:
  carepath compare                                        everybody
  carepath compare athletic-trainer personal-trainer      two of them
  carepath compare athletic-trainer personal-trainer physical-therapist --differences
  carepath compare --service concussion-check             who may do this?
  carepath compare athletic-trainer personal-trainer --out class.html

",
    exits!()
);

/// Show who may do what: services and professionals as a table, by theme
///
/// For professionals who are named it also says what they do for each other. Ids stand in the rule file; names will do, too.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = COMPARE_HELP)]
pub(in crate::cli) struct CompareArgs {
    /// Whom to compare, by id (such as `athletic-trainer`); all if none is given
    #[arg(value_name = "PROFESSIONAL")]
    pub(in crate::cli) professionals: Vec<String>,
    /// First what they differ in, then what is alike
    #[arg(long)]
    pub(in crate::cli) differences: bool,
    /// Show one service, by id: who may do this?
    #[arg(long, value_name = "SERVICE", conflicts_with_all = ["differences", "state"])]
    pub(in crate::cli) service: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) state: StateArgs,
    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}
