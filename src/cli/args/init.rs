//! What can be typed with `carepath init`.

use std::path::PathBuf;

use clap::Args;

use super::EXITS;

const INIT_HELP: &str = concat!(
    "\
Examples:
  carepath init my-rules              all built-in rules and their cases
  carepath init my-rules --minimal    one page that shows the language
  carepath check --rules my-rules/rules
  carepath test --rules my-rules/rules my-rules/cases

",
    exits!()
);

/// Start rules of your own: write a copy of the built-in rules and cases to a folder
///
/// Writes `rules/`, `cases/` and a README with the commands to try. Nothing that is there already is written over.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = INIT_HELP)]
pub(in crate::cli) struct InitArgs {
    /// The folder to write to; it is made if it is not there
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// Write one page of rules that shows the language, with one case, instead of all built-in ones
    #[arg(long)]
    pub(in crate::cli) minimal: bool,
}
