//! What can be typed with `carepath quiz`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::EXITS;

const QUIZ_HELP: &str = concat!(
    "\
You read a story and say what comes first: 911, a doctor, or a start. If your pick leaves room for a plan, you also say who \
is on it. Then you see the decision with its reasons, and where your pick would step outside somebody's scope of practice.

Stories come from cases that end as their authors expect; all other files are named and left out. The same seed, cases and \
program give the same stories in the same order, so that a class can compare. The stories and what is said of your picks \
go to standard error, the score to standard output; with --format json one object for each story comes before it. A quiz \
that is left early gives the score so far and ends with exit code 3.

Examples:
  carepath quiz                                      ten stories
  carepath quiz --seed 7 --count 5                   the same five for a class
  carepath quiz --seed 7 --format json > anna.json   ... with a file to hand in
  carepath quiz --rules my-rules/rules --cases my-rules/cases
                                                     on rules and stories of your own
  carepath quiz --plain < picks.txt                  with picks from a file

",
    exits!()
);

/// Take a quiz: read a story, say who should be seen, and learn what the rules say and why
///
/// For a class: who is sent to a doctor, whose scope of practice covers what is needed, and who is missed.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = QUIZ_HELP)]
pub(in crate::cli) struct QuizArgs {
    /// Draw and order the stories by this number, the same for a whole class; without it by chance
    #[arg(long, value_name = "NUMBER", value_parser = seed)]
    pub(in crate::cli) seed: Option<u64>,
    /// Ask so many stories at most
    #[arg(long, value_name = "NUMBER", default_value = "10", value_parser = stories)]
    pub(in crate::cli) count: NonZeroUsize,
    /// Take the stories of these cases instead of the built-in ones: a folder, or a file
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) cases: Option<PathBuf>,
    /// Numbered lines instead of menus, for screen readers and pipes
    #[arg(long)]
    pub(in crate::cli) plain: bool,
}

fn seed(typed: &str) -> Result<u64, &'static str> {
    typed.parse().map_err(|_| "it takes a whole number, such as 7")
}

fn stories(typed: &str) -> Result<NonZeroUsize, &'static str> {
    typed.parse().map_err(|_| "it takes a whole number above 0, such as 10")
}
