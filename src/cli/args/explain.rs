//! What can be typed with `carepath explain`.

use std::path::PathBuf;

use clap::Args;

use super::{ContactsArgs, EXITS, OutArgs, StateArgs};

const EXPLAIN_HELP: &str = concat!(
    "\
For each statement of the decision: what was said, what that means, what is needed, who may do it, and why this one. \
At the top stand the answers that alone decide the level and whom to see, whatever the others had been.

Examples:
  carepath explain me.yaml                                    why this answer?
  carepath explain me.yaml --places                           ... with the rules
  carepath explain me.yaml --why-not sports-massage-therapist why not someone?
  carepath explain me.yaml --what-if                          what would change it?
  carepath explain me.yaml --what-if --all                    ... the longer list
  carepath explain me.yaml --set course=fresh                 before and after
  carepath explain me.yaml --set danger=fever,steps --set age=70
  carepath explain me.yaml --out why.html                     a page to keep

",
    exits!()
);

/// Explain a decision: why, why not someone, and what would change it
///
/// From answers in a file, as `carepath --save` writes them.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = EXPLAIN_HELP)]
pub(in crate::cli) struct ExplainArgs {
    /// An answer file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Name each rule with its place in the rule file
    #[arg(long, conflicts_with_all = ["why_not", "what_if", "set"])]
    pub(in crate::cli) places: bool,
    /// Why somebody is not on the plan, and the smallest change of answers that would bring them in
    #[arg(long, value_name = "PROFESSIONAL", conflicts_with_all = ["what_if", "set", "contacts"])]
    pub(in crate::cli) why_not: Option<String>,
    /// The smallest changes of answers that change the decision, by what they lead to
    #[arg(long, conflicts_with_all = ["set", "contacts"])]
    pub(in crate::cli) what_if: bool,
    /// With `--what-if`: everything that was found, not only what is nearest
    #[arg(long, requires = "what_if")]
    pub(in crate::cli) all: bool,
    /// The decision before and after an answer is another one; may be given more than once
    #[arg(long, value_name = "QUESTION=OPTION", conflicts_with = "contacts")]
    pub(in crate::cli) set: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) state: StateArgs,
    #[command(flatten)]
    pub(in crate::cli) contacts: ContactsArgs,
    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}
