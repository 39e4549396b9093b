//! Standard output and standard error, what they can show, and what to do when they are gone.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use console::Term;

use super::args::PageFormat;
use super::exit::Exit;
use super::files::{self, Existing, write_private};
use crate::present::{Document, Page, clean, wrap};

/// Where results and messages go.
pub(super) struct Streams {
    /// The file that the result goes to, with what there is of it; none where it goes to standard output.
    file: Option<(PathBuf, String)>,
    /// A result could not be written whole.
    failed: Option<io::Error>,
}

impl Streams {
    /// The streams of this process.
    pub(super) fn of_process() -> Self {
        Self { file: None, failed: None }
    }

    /// Sends the result to a file, if one is named. It is written at the end, whole.
    ///
    /// # Errors
    /// A place that cannot be written, or where something is already: that is said before any work, not after it.
    pub(super) fn result_to(&mut self, path: Option<&Path>) -> anyhow::Result<()> {
        if let Some(path) = path {
            files::free_place(path)?;
            self.file = Some((path.to_owned(), String::new()));
        }
        Ok(())
    }

    /// The page that results are written to.
    pub(super) fn result_page(&self) -> Page {
        if self.file.is_some() {
            return Page::new(USUAL_COLUMNS, false);
        }
        page(&Term::stdout(), io::stdout().is_terminal(), console::colors_enabled())
    }

    /// The page that questions and messages are written to.
    pub(super) fn message_page() -> Page {
        page(&Term::stderr(), io::stderr().is_terminal(), console::colors_enabled_stderr())
    }

    /// Writes part of the result.
    pub(super) fn result(&mut self, text: &str) {
        if let Some((_, held)) = &mut self.file {
            held.push_str(text);
            return;
        }
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
            // A reader that has seen enough, such as `head`, is no failure.
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            self.failed = Some(error);
        }
    }

    /// Writes a page as the result: the document for people, or one line of JSON for programs.
    pub(super) fn page(
        &mut self,
        format: PageFormat,
        document: impl FnOnce() -> Document,
        json: impl FnOnce() -> String,
    ) {
        let text = match format {
            PageFormat::Text => document().text(self.result_page()),
            PageFormat::Markdown => document().markdown(),
            PageFormat::Html => document().html(),
            PageFormat::Json => json() + "\n",
        };
        self.result(&text);
    }

    /// Writes a message.
    pub(super) fn message(text: &str) {
        let mut err = io::stderr().lock();
        // There is nowhere left to say that this failed.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// Writes a message of words alone, wrapped.
    pub(super) fn note(text: &str) {
        Self::message(&Self::wrapped(text));
    }

    /// The lines of a message of words alone.
    pub(super) fn wrapped(text: &str) -> String {
        format!("{}\n", wrap(text, Self::message_page().width, "", "").join("\n"))
    }

    /// How the run ends, given how its work ended.
    pub(super) fn finish(&mut self, exit: Exit) -> Exit {
        if let Some((path, text)) = self.file.take().filter(|(_, text)| !text.is_empty()) {
            return match write_private(&path, &text, Existing::Stay) {
                Ok(()) => {
                    Self::note(&format!("Written to {}. Only you can read it.", clean(&path.display().to_string())));
                    exit
                }
                Err(error) => exit.max(Self::failed(&error)),
            };
        }
        match self.failed.take() {
            Some(error) => {
                Self::message(&format!("error: the result could not be written: {error}\n"));
                exit.max(Exit::Broken)
            }
            None => exit,
        }
    }

    /// Reports an error that ended the run.
    pub(super) fn failed(error: &anyhow::Error) -> Exit {
        Self::message(&format!("error: {}\n", clean(&format!("{error:#}"))));
        Exit::Broken
    }
}

fn page(terminal: &Term, is_terminal: bool, color: bool) -> Page {
    let columns = if is_terminal { usize::from(terminal.size().1) } else { columns_wanted().unwrap_or(USUAL_COLUMNS) };
    Page::new(columns, is_terminal && color)
}

/// What is not read on a terminal is wrapped as if for a usual one.
const USUAL_COLUMNS: usize = 80;

/// The width that the environment asks for, with `COLUMNS` as elsewhere.
fn columns_wanted() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}
