//! What can be typed. Nothing here knows what it means.

mod format;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use format::{AnyFormat, CheckFormat, Format, OneOf, PageFormat, TestFormat};

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

// After the macro that they use.
mod init;
mod quiz;

pub(super) use init::InitArgs;
pub(super) use quiz::QuizArgs;

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
  carepath diff built-in my-rules/        what they change for people
  carepath quiz --seed 7                  a quiz for a class

",
    exits!()
);

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
    exits!()
);

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
  carepath check --rules my-rules/                rules of your own
  carepath check --explain guarantee-fails        a page on one code
  carepath check --rules my-rules/ --save-counterexamples shown/
  carepath decide --rules my-rules/ shown/*.yaml  ... and what comes of them
  carepath check --deny warnings --format short   for an editor or a script
  carepath check --format sarif > check.sarif     for a code host
  carepath check --timeout 10                     what takes longer is undecided

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
    /// Write the result to this file, which only you can read; its name may say how: `.html`, `.md` or `.json`
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
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
    /// The same for a command with these formats; `None` for a format that it does not know.
    pub(super) fn of<F: OneOf>(&self, out: &OutArgs) -> Option<CommonArgs<F>> {
        let of_name = out.out.as_deref().and_then(AnyFormat::of_file);
        let format = F::one_of(self.format.or(of_name).unwrap_or(AnyFormat::Text))?;
        Some(CommonArgs { rules: self.rules.clone(), format, out: out.out.clone() })
    }
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
    /// Show also what is known of the law in this state: its two letters, such as TX
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
    #[command(flatten)]
    pub(super) contacts: ContactsArgs,
    #[command(flatten)]
    pub(super) out: OutArgs,
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
    /// Show also what is known of the law in this state: its two letters, such as TX
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
    #[command(flatten)]
    pub(super) contacts: ContactsArgs,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

const EXPLAIN_HELP: &str = concat!(
    "\
For each statement of the decision: what was said, what that means, what is needed, who may do it, and why this one. \
At the top stand the answers that alone decide the level and whom to see, whatever the others had been.

Examples:
  carepath explain me.yaml                                    why this answer?
  carepath explain me.yaml --places                           ... with the rules
  carepath explain me.yaml --why-not sports-massage-therapist why not someone?
  carepath explain me.yaml --what-if                          what would change it?
  carepath explain me.yaml --set onset=sudden                 before and after
  carepath explain me.yaml --set danger=fever,chills --set age=70
  carepath explain me.yaml --out why.html                     a page to keep

",
    exits!()
);

/// Explain a decision: why, why not someone, and what would change it
///
/// From answers in a file, as `carepath --save` writes them.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = EXPLAIN_HELP)]
pub(super) struct ExplainArgs {
    /// An answer file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Name each rule with its place in the rule file
    #[arg(long, conflicts_with_all = ["why_not", "what_if", "set"])]
    pub(super) places: bool,
    /// Why somebody is not on the plan, and the smallest change of answers that would bring them in
    #[arg(long, value_name = "PROFESSIONAL", conflicts_with_all = ["what_if", "set", "contacts"])]
    pub(super) why_not: Option<String>,
    /// The smallest changes of answers that change the decision, by what they lead to
    #[arg(long, conflicts_with_all = ["set", "contacts"])]
    pub(super) what_if: bool,
    /// The decision before and after an answer is another one; may be given more than once
    #[arg(long, value_name = "QUESTION=OPTION", conflicts_with = "contacts")]
    pub(super) set: Vec<String>,
    /// Show also what is known of the law in this state: its two letters, such as TX
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
    #[command(flatten)]
    pub(super) contacts: ContactsArgs,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

const REFER_HELP: &str = concat!(
    "\
The note says what comes first, what is suggested and within whose scope, what the person answered in their own order, which \
warning signs were ticked, which were asked and denied, and what was not asked. Names that are not given are lines to fill \
in. Answers that settle nothing yet make a note that says so, and the run ends with 3.

Examples:
  carepath --save member.yaml                  ask a member, and keep the answers
  carepath refer member.yaml                   the note as text
  carepath refer member.yaml --out note.html   ... as a page to print
  carepath refer member.yaml --sender personal-trainer --from \"Sam Okafor\"
  carepath refer member.yaml --ask-names --contacts people.yaml

",
    exits!()
);

/// Write a hand-over note for the professional who takes over: one page to print
///
/// Made from an answer file, without asking anything about the person's health.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = REFER_HELP)]
pub(super) struct ReferArgs {
    /// An answer file, as `carepath --save` writes it; `-` is standard input
    #[arg(value_name = "ANSWERS")]
    pub(super) answers: PathBuf,
    /// What you are, by id (such as `personal-trainer`): lists what on the plan is not yours to do
    #[arg(long, value_name = "PROFESSIONAL")]
    pub(super) sender: Option<String>,
    /// The name of whoever hands over
    #[arg(long, value_name = "NAME")]
    pub(super) from: Option<String>,
    /// The name of whoever takes over
    #[arg(long, value_name = "NAME")]
    pub(super) to: Option<String>,
    /// The name of the person who is handed over
    #[arg(long, value_name = "NAME")]
    pub(super) person: Option<String>,
    /// Ask for the names that are not given; they stand on the note and nowhere else
    #[arg(long)]
    pub(super) ask_names: bool,
    #[command(flatten)]
    pub(super) contacts: ContactsArgs,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

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
pub(super) struct CompareArgs {
    /// Whom to compare, by id (such as `athletic-trainer`); all if none is given
    #[arg(value_name = "PROFESSIONAL")]
    pub(super) professionals: Vec<String>,
    /// First what they differ in, then what is alike
    #[arg(long)]
    pub(super) differences: bool,
    /// Show one service, by id: who may do this?
    #[arg(long, value_name = "SERVICE", conflicts_with_all = ["differences", "state"])]
    pub(super) service: Option<String>,
    /// Show also what is known of the law in this state: its two letters, such as TX
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

/// Prove a rule set: every fault with its place, and answers that show it
///
/// Reads the rules, then proves them over every possible set of answers. What cannot be proved is a fault, or undecided
/// where the time was up.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = CHECKS)]
pub(super) struct CheckArgs {
    /// Stop proving after so many seconds; what is not settled by then is undecided, and the run ends with 4
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
    /// End with 1 on these as well
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    /// Write the answers that show each fault to files in this folder, for `carepath decide`
    #[arg(long, value_name = "DIR")]
    pub(super) save_counterexamples: Option<PathBuf>,
    /// Explain a code, such as `dead-flag`, instead of checking anything
    #[arg(long, value_name = "CODE", conflicts_with_all = ["timeout", "deny", "save_counterexamples"])]
    pub(super) explain: Option<String>,
}

/// What is taken as seriously as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings, also those of reading the rules
    Warnings,
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

const TEST_HELP: &str = concat!(
    "\
A case is an answer file with `expect`: a story, answers, and what a careful reader expects of them. A failing case shows \
what was expected beside what came, the rules that hold, and the smallest change of answers that would give what was \
expected. Without a path the built-in cases are run.

Coverage says what the cases that pass exercise: flags, needs, findings, preferences, teamwork, handovers, options, \
safety-options (those of questions that a flag at `clearance` or above looks at), levels, professionals, phases, and \
conditions: each entry of a condition was seen to decide it, both ways. Percentages are rounded down.

With --mutate the rules are changed as a slip of the pen would, in one place at a time: an entry of a condition is left out, \
`any` becomes `all`, a bound is one more or less, a flag is less grave, and so on. A change is killed if a case that passes \
fails under it. What no case kills is proved to change no outcome, or comes with answers whose outcome it changes.

Examples:
  carepath test --rules my-rules/ cases/             run a folder of cases
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
/// A case is an answer file with `expect`. Without paths the built-in cases are run.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = TEST_HELP)]
pub(super) struct TestArgs {
    /// Case files, or folders of them
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Show what the cases cover, and list what they do not with its place
    #[arg(long)]
    pub(super) coverage: bool,
    /// End with 1 if less than so many percent are covered: of every kind, or with KIND=PERCENT of one
    #[arg(long, value_name = "[KIND=]PERCENT")]
    pub(super) min_coverage: Vec<String>,
    /// Change the rules as a slip of the pen would, one place at a time, and say which changes no case notices
    #[arg(long)]
    pub(super) mutate: bool,
    /// The same, and end with 1 if less than so many percent of the changes that matter are noticed
    #[arg(long, value_name = "PERCENT")]
    pub(super) min_score: Option<String>,
    /// The same, and write answers with which the others would be noticed to this folder, as drafts of cases
    #[arg(long, value_name = "DIR")]
    pub(super) suggest: Option<PathBuf>,
    /// Stop trying changes after so many seconds; what is not known by then is undecided, and the run ends with 4
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
}

impl TestArgs {
    /// Whether the rules are to be changed.
    pub(super) fn mutates(&self) -> bool {
        self.mutate || self.min_score.is_some() || self.suggest.is_some()
    }
}

const DIFF_HELP: &str = concat!(
    "\
A difference is told with an example: answers none of which can be left out, one person who gives them, both decisions \
and the rules behind them. \"No difference\" is said only where it is proved for every possible set of answers.

Things are matched by id. Whatever both sides ask and offer is answered alike; what only one side has is answered freely \
there, and a difference that hangs on such an answer is marked \"possible\". A new id for an old thing looks like one \
removed and one added. Wording is not compared.

Examples:
  carepath diff built-in my-rules/        what my rules change for people
  carepath diff last-year/ this-year/     ... and what a year of edits did
  carepath diff --format json old.yaml new.yaml

",
    exits!()
);

/// Show what changing the rules changes for people: whose decision differs, and how
///
/// Proves over every possible set of answers whether two rule sets decide alike: by level, by professional, and in all else
/// that a decision holds.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = DIFF_HELP)]
pub(super) struct DiffArgs {
    /// The rules before: a YAML file or a folder of them, or `built-in`
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The rules after: a YAML file or a folder of them, or `built-in`
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// Stop after so many seconds; what was not proved by then is told as undecided
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
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
