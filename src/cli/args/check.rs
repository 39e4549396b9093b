//! What can be typed with `carepath check`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{EXITS, seconds};

const CHECKS: &str = concat!(
    "\
What is proved, for every possible set of answers:
  - each guarantee of the rule set's author
  - every flag, need, finding and preference can hold and shows; none with a
    condition holds for everybody; no rule could be left out
  - every question, option and `only_if` matters, every `unless` excuses somebody
  - every professional, phase and service is on somebody's plan
  - everybody is told something, and whoever needs a service has somebody for it
  - \"not sure\", or one more tick on a list of danger signs, never lowers the level
What does not hold is told with its place and with answers that show it.

Examples:
  carepath check                                  the built-in rules
  carepath check --rules my-rules/rules           rules of your own
  carepath check --explain guarantee-fails        a page on one code
  carepath check --rules my-rules/rules --save-counterexamples shown/
  carepath decide --rules my-rules/rules shown/*.yaml  ... and what comes of them
  carepath check --deny warnings --format short   for an editor or a script
  carepath check --format sarif > check.sarif     for a code host
  carepath check --timeout 10                     what takes longer is undecided

",
    exits!()
);

/// Prove a rule set: every fault with its place, and answers that show it
///
/// Reads the rules, then proves them over every possible set of answers. What cannot be proved is a fault, or undecided
/// where the time was up.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = CHECKS)]
pub(in crate::cli) struct CheckArgs {
    /// Stop proving after so many seconds; what is not settled by then is undecided, and the run ends with 4
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) timeout: Option<Duration>,
    /// End with 1 on these as well
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(in crate::cli) deny: Option<Deny>,
    /// Write the answers that show each fault to files in this folder, for `carepath decide`
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) save_counterexamples: Option<PathBuf>,
    /// Explain a code, such as `dead-flag`, instead of checking anything
    #[arg(long, value_name = "CODE", conflicts_with_all = ["timeout", "deny", "save_counterexamples"])]
    pub(in crate::cli) explain: Option<String>,
}

/// What is taken as seriously as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Warnings, also those of reading the rules
    Warnings,
}
