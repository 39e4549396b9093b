//! The report as a file of the person's own: where it goes, and that nothing is lost to it.

use std::path::{Path, PathBuf};

use crate::answers::Answers;
use crate::cli::args::AnyFormat;
use crate::cli::files::{Existing, write_private};
use crate::cli::prompt::{Out, Prompter, Stop};
use crate::explain::Explanation;
use crate::present::{clean, report};

/// What a report is called where the person has no better name.
const USUAL_NAME: &str = "carepath.html";

/// Asks for a name until a report is written under it, or the person leaves.
pub(super) fn write(prompter: &mut dyn Prompter, explanation: &Explanation<'_>, answers: &Answers) -> Result<(), Stop> {
    while let Some(name) = prompter.line("Name of the file? It ends in .html or .md.", USUAL_NAME)? {
        let path = PathBuf::from(&name);
        let shown = clean(&name);
        let text = match AnyFormat::of_file(&path) {
            Some(AnyFormat::Html) => report(explanation, answers).html(),
            Some(AnyFormat::Markdown) => report(explanation, answers).markdown(),
            _ => {
                prompter.say("The name has to end in .html, for a page, or in .md, for Markdown.")?;
                continue;
            }
        };
        let Some(existing) = what_becomes_of(prompter, &path, &shown)? else {
            continue;
        };
        match write_private(&path, &text, existing) {
            Ok(()) => return prompter.say(&format!("Written to {shown}. Only you can read it.")),
            Err(error) => prompter.say(&clean(&format!("{error:#}")))?,
        }
    }
    Ok(())
}

/// What becomes of a file that is there already: nothing is lost unless the person says so. `None` asks for another name.
fn what_becomes_of(prompter: &mut dyn Prompter, path: &Path, shown: &str) -> Result<Option<Existing>, Stop> {
    let Ok(there) = path.symlink_metadata() else {
        return Ok(Some(Existing::Stay));
    };
    if !there.is_file() {
        prompter.say(&format!("{shown} is there already, and it is no ordinary file."))?;
        return Ok(None);
    }
    let rows = ["Use another name", "Replace it"].map(str::to_owned);
    let chosen = prompter.choose(&format!("{shown} is there already."), &rows, Out::Back)?;
    Ok((chosen == Some(1)).then_some(Existing::Replace))
}
