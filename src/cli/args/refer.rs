//! What can be typed with `carepath refer`.

use std::path::PathBuf;

use clap::Args;

use super::{ContactsArgs, EXITS, OutArgs};

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
    contacts_form!(),
    exits!()
);

/// Write a hand-over note for the professional who takes over: a page or two to print
///
/// Made from an answer file, without asking anything about the person's health.
#[derive(Debug, Args)]
#[command(after_help = EXITS, after_long_help = REFER_HELP)]
pub(in crate::cli) struct ReferArgs {
    /// An answer file, as `carepath --save` writes it; `-` is standard input
    #[arg(value_name = "ANSWERS")]
    pub(in crate::cli) answers: PathBuf,
    /// What you are, by id (such as `personal-trainer`): lists what on the plan is not yours to do
    #[arg(long, value_name = "PROFESSIONAL")]
    pub(in crate::cli) sender: Option<String>,
    /// The name of whoever hands over
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) from: Option<String>,
    /// The name of whoever takes over
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) to: Option<String>,
    /// The name of the person who is handed over
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) person: Option<String>,
    /// Ask for the names that are not given; they stand on the note and nowhere else
    #[arg(long)]
    pub(in crate::cli) ask_names: bool,
    #[command(flatten)]
    pub(in crate::cli) contacts: ContactsArgs,
    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}
