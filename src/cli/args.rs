//! What can be typed. Nothing here knows what it means.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The exit codes, which stand at the end of every help text.
macro_rules! exits {
    () => {
        "\
Exit codes:
  0    done (an emergency is a result, too)
  1    findings: a failing check or case
  2    wrong usage, unreadable or broken input
  3    not settled: answers are missing, or the interview was left
  4    undecided: a limit was reached before a proof was found
  130  interrupted with Ctrl-C"
    };
}

const EXITS: &str = exits!();

const EXAMPLES: &str = concat!(
    "\
Examples:
  carepath                                the interview
  carepath --save me.yaml                 ... and keep the answers
  carepath --answers me.yaml              ... going on from them
  carepath --format json > result.json    ... with the result as JSON
  carepath decide me.yaml                 the result again, no questions
  carepath compare athletic-trainer personal-trainer
  carepath check --rules my-rules/        look over rules of your own
  carepath test --rules my-rules/ cases/  and run their cases

",
    exits!()
);

/// Who should I see?
///
/// Asks a few plain questions and says whom to go to: an athletic trainer, a personal trainer, a physical therapist, a
/// sports massage therapist, several of them in an order, or a doctor first. Without a command it starts the interview.
///
/// It is no diagnosis. Nothing leaves this computer, and nothing is kept unless you ask for it with --save.
#[derive(Debug, Parser)]
#[command(name = "carepath", version, max_term_width = 88, after_help = EXITS, after_long_help = EXAMPLES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) ask: AskArgs,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct CommonArgs {
    /// Rules to use instead of the built-in ones: a YAML file, or a folder of them
    #[arg(long, value_name = "PATH", global = true)]
    pub(super) rules: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs: one object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Ask(AskArgs),
    Decide(DecideArgs),
    Compare(CompareArgs),
    Check(CheckArgs),
    Test(TestArgs),
}

/// Interview a person and say whom to see (the same as no command)
///
/// Only what can still change the result is asked. At every question you can go back, ask why it is asked, or leave;
/// with --save what was said is kept. Questions go to standard error and the result to standard output, so that
/// `carepath --format json > result.json` works.
#[derive(Debug, Args, Default, PartialEq, Eq)]
#[command(after_help = EXITS)]
pub(super) struct AskArgs {
    /// Go on from the answers in this file: what it answers is not asked again
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// Keep the answers in this file, after each question; only you can read it
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,
    /// Numbered lines instead of menus, for screen readers and pipes
    #[arg(long)]
    pub(super) plain: bool,
    /// Ask as few questions as possible: what tells most comes first, danger signs before all else
    #[arg(long)]
    pub(super) quick: bool,
}

/// Say whom to see from answers in files, without asking anything
///
/// Lists the questions that are still open where the answers do not settle the result, and ends with exit code 3 then.
#[derive(Debug, Args)]
#[command(after_help = EXITS)]
pub(super) struct DecideArgs {
    /// Answer files, as `carepath --save` writes them; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
}

/// Show who may do what: services and professionals as a table
///
/// For two professionals it also says what they do for each other.
#[derive(Debug, Args)]
#[command(after_help = EXITS)]
pub(super) struct CompareArgs {
    /// Whom to compare, by id (such as `athletic-trainer`); all if none is given
    #[arg(value_name = "PROFESSIONAL")]
    pub(super) professionals: Vec<String>,
}

/// Look a rule set over: every fault with its place, or one line that says there is none
#[derive(Debug, Args)]
#[command(after_help = EXITS)]
pub(super) struct CheckArgs {}

/// Run cases: does each story end as its author expects?
///
/// A case is an answer file with `expect`. Without paths the built-in cases are run.
#[derive(Debug, Args)]
#[command(after_help = EXITS)]
pub(super) struct TestArgs {
    /// Case files, or folders of them
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn arguments_are_sound() {
        Cli::command().debug_assert();
    }
}
