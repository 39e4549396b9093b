//! What can be typed. Nothing here knows what it means.

mod format;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

pub(super) use format::{AnyFormat, CheckFormat, Format, OneOf, PageFormat, TestFormat};

use crate::present::clean;

/// The exit codes, which stand at the end of every help text.
macro_rules! exits {
    () => {
        "\
Exit codes:
  0    done (an emergency is a result, too)
  1    findings: a failing check or case, rules that decide otherwise
  2    wrong usage, unreadable or broken input
  3    not settled: answers are missing, or the interview or quiz was left
  4    undecided: a limit was reached before a proof was found
  130  interrupted with Ctrl-C"
    };
}

/// The form of a list of contacts, for the help of the commands that read one.
macro_rules! contacts_form {
    () => {
        "\
A list of contacts, for --contacts, looks like this:
  format: 1
  contacts:
    - name: Maria Lopez
      profession: physical-therapist
      credential: DPT     # this line and the next can be left out
      phone: 555-0100

"
    };
}

// After the macros that they use.
mod ask;
mod check;
mod compare;
mod decide;
mod diff;
mod explain;
mod init;
mod quiz;
mod refer;
mod test;

pub(super) use ask::AskArgs;
pub(super) use check::{CheckArgs, Deny};
pub(super) use compare::CompareArgs;
pub(super) use decide::DecideArgs;
pub(super) use diff::DiffArgs;
pub(super) use explain::ExplainArgs;
pub(super) use init::InitArgs;
pub(super) use quiz::QuizArgs;
pub(super) use refer::ReferArgs;
pub(super) use test::TestArgs;

const EXITS: &str = exits!();

const EXAMPLES: &str = concat!(
    "\
Examples:
  carepath                                the interview
  carepath --save me.yaml                 ... and keep the answers
  carepath --answers me.yaml              ... going on from them
  carepath --format json > result.json    ... with the result as JSON
  carepath decide me.yaml                 the result again, no questions
  carepath decide me.yaml --out me.html   ... as a page for a phone or paper
  carepath explain me.yaml                why that, and what would change it
  carepath decide me.yaml --state tx      ... with what is known of Texas
  carepath decide me.yaml --contacts people.yaml
                                          ... with whom to call
  carepath refer me.yaml --out note.html  a hand-over note to print
  carepath compare athletic-trainer personal-trainer
  carepath init my-rules --minimal        start rules of your own
  carepath check --rules my-rules/rules   look over them
  carepath test --rules my-rules/rules my-rules/cases
  carepath diff built-in my-rules/rules   what they change for people
  carepath quiz --seed 7                  a quiz for a class

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
    pub(super) global: GlobalArgs,
}

/// What can be typed with every command.
#[derive(Debug, Args)]
pub(super) struct GlobalArgs {
    /// Rules to use instead of the built-in ones: a YAML file, or a folder of them
    #[arg(long, value_name = "PATH", global = true)]
    pub(super) rules: Option<PathBuf>,
    /// How the result is written [default: text, or what the name after --out asks for]
    #[arg(long, value_enum, global = true)]
    pub(super) format: Option<AnyFormat>,
}

/// Where the result goes.
#[derive(Debug, Args, Default, PartialEq, Eq)]
pub(super) struct OutArgs {
    /// Write the result to this file, which only you can read; its name may say how: `.html`, `.md`, `.json` or `.txt`
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Whose law is told.
#[derive(Debug, Args, Default, PartialEq, Eq)]
pub(super) struct StateArgs {
    /// Show also what is known of the law in this state: its two letters, such as TX
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
}

/// Whom to call.
#[derive(Debug, Args, Default, PartialEq, Eq)]
pub(super) struct ContactsArgs {
    /// Name people to call from this list of contacts; without it from `carepath/contacts.yaml` in your folder for settings,
    /// if that is there
    #[arg(long, value_name = "FILE")]
    pub(super) contacts: Option<PathBuf>,
}

impl GlobalArgs {
    /// The same for a command with these formats.
    ///
    /// # Errors
    /// A format that it does not know, or a name that asks for one that is not written, in words.
    pub(super) fn of<F: OneOf>(&self, out: &OutArgs) -> Result<CommonArgs<F>, String> {
        let format = match (self.format, out.out.as_deref()) {
            (Some(format), _) => format,
            (None, Some(path)) => AnyFormat::of_file(path).ok_or_else(|| no_such_ending(path))?,
            (None, None) => AnyFormat::Text,
        };
        let format = F::one_of(format).ok_or_else(|| FORMATS.to_owned())?;
        Ok(CommonArgs { rules: self.rules.clone(), format, out: out.out.clone() })
    }
}

/// Which format belongs to which command.
const FORMATS: &str = "--format short and --format sarif belong to `carepath check`, --format junit to `carepath test`; \
                       markdown and html to the interview, `decide`, `explain`, `refer` and `compare`";

fn no_such_ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    format!("cannot write .{}: the name may end in .html, .md, .json or .txt", clean(&ending))
}

/// What can be typed with every command, for one with these formats.
#[derive(Debug)]
pub(super) struct CommonArgs<F = PageFormat> {
    pub(super) rules: Option<PathBuf>,
    pub(super) format: F,
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Ask(AskArgs),
    Decide(DecideArgs),
    Explain(ExplainArgs),
    Refer(ReferArgs),
    Compare(CompareArgs),
    Check(CheckArgs),
    Test(TestArgs),
    Diff(DiffArgs),
    Quiz(QuizArgs),
    Init(InitArgs),
}

/// A time as it is typed: digits with at most one point.
fn seconds(typed: &str) -> Result<Duration, &'static str> {
    const WRONG: &str = "it takes a number of seconds above 0, such as 10 or 0.5";
    // A number in general may also be "inf" or "1e9", which nobody means here.
    let plain = typed.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    let seconds: f64 = typed.parse().map_err(|_| WRONG)?;
    if !plain || seconds <= 0.0 {
        return Err(WRONG);
    }
    Duration::try_from_secs_f64(seconds).map_err(|_| "so many seconds are no time limit")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn arguments_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_time_is_a_number_above_0() {
        assert_eq!(seconds("10"), Ok(Duration::from_secs(10)));
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        for wrong in ["0", "0.0", "-1", "+1", "1e3", "inf", "NaN", "0,5", "1s", "", ".", "1.2.3"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
        assert!(seconds(&"9".repeat(400)).is_err());
    }
}
