//! What can be typed with `carepath test`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{EXITS, seconds};

const TEST_HELP: &str = concat!(
    "\
A case is an answer file with `expect`: a story, answers, and what a careful reader expects of them. A failing case shows \
what was expected beside what came, the rules that hold, and the smallest change of answers that would give what was \
expected. Without a path the built-in cases are run on the built-in rules.

Coverage says what the cases that pass exercise: flags, needs, findings, preferences, teamwork, handovers, options, \
safety-options (those of questions that a flag at `clearance` or above looks at), levels, professionals, phases, and \
conditions: each entry of a condition was seen to decide it, both ways. Percentages are rounded down.

With --mutate the rules are changed as a slip of the pen would, in one place at a time: an entry of a condition is left out, \
`any` becomes `all`, a bound is one more or less, a flag is less grave, and so on. A change is killed if a case that passes \
fails under it. What no case kills is proved to change no outcome, or comes with answers whose outcome it changes.

Examples:
  carepath test --rules my-rules/rules my-rules/cases   run a folder of cases
  carepath test --coverage                           ... and list what is not covered
  carepath test --min-coverage 80                    fail if any kind is below 80 %
  carepath test --min-coverage flags=100 --min-coverage needs=100
  carepath test --mutate                             which slips would nobody notice?
  carepath test --min-score 95                       ... fail below 95 %
  carepath test --suggest drafts/                    ... and draft the missing cases
  carepath test --format junit > cases.xml           for a build server

",
    exits!()
);

/// Run cases: does each story end as its author expects?
///
/// A case is an answer file with `expect`. Without paths the built-in cases are run on the built-in rules.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = TEST_HELP)]
pub(in crate::cli) struct TestArgs {
    /// Case files, or folders of them
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Show what the cases cover, and list what they do not with its place
    #[arg(long)]
    pub(in crate::cli) coverage: bool,
    /// End with 1 if less than so many percent are covered: of every kind, or with KIND=PERCENT of one
    #[arg(long, value_name = "[KIND=]PERCENT")]
    pub(in crate::cli) min_coverage: Vec<String>,
    /// Change the rules as a slip of the pen would, one place at a time, and say which changes no case notices
    #[arg(long)]
    pub(in crate::cli) mutate: bool,
    /// The same, and end with 1 if less than so many percent of the changes that matter are noticed
    #[arg(long, value_name = "PERCENT")]
    pub(in crate::cli) min_score: Option<String>,
    /// The same, and write answers with which the others would be noticed to this folder, as drafts of cases
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) suggest: Option<PathBuf>,
    /// Stop trying changes after so many seconds; what is not known by then is undecided, and the run ends with 4
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) timeout: Option<Duration>,
}

impl TestArgs {
    /// Whether the rules are to be changed.
    pub(in crate::cli) fn mutates(&self) -> bool {
        self.mutate || self.min_score.is_some() || self.suggest.is_some()
    }
}
