//! Reads files, and writes answers and results them so that nothing is ever lost and nobody else can read them.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::NamedTempFile;

use super::streams::Streams;
use crate::answers::{AnswerFile, Answers, Edition, Offered, read_answers, write_answers};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::read_stream;
use crate::model::RuleSet;
use crate::present::{clean, diagnostics_text};
use crate::source::{FileId, Texts};

/// An answer file that was read, with its text for messages.
pub(super) struct ReadFile {
    /// What it is called.
    pub(super) name: String,
    /// Its text.
    pub(super) texts: Texts,
    /// What it says.
    pub(super) file: AnswerFile,
}

/// Reads the answers at `path`, or on standard input for `-`. `None` where something is wrong and that was said.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn read(rules: &RuleSet, path: &Path) -> anyhow::Result<Option<ReadFile>> {
    let answers = |texts: &Texts, id| read_answers(rules, texts, id);
    let mut texts = Texts::default();
    let (name, file) = if path == Path::new("-") {
        let name = "standard input".to_owned();
        let file = read_as(&name, io::stdin().lock(), &mut texts, answers)?;
        (name, file)
    } else {
        (path.display().to_string(), read_at(path, &mut texts, answers)?)
    };
    if let Some(file) = &file {
        say_if_other(rules, &name, file);
    }
    Ok(file.map(|file| ReadFile { name, texts, file }))
}

/// Says that answers were given to rules other than these. It is no fault: what fits still counts.
fn say_if_other(rules: &RuleSet, name: &str, file: &AnswerFile) {
    let now = Edition::of(rules);
    let Some(then) = file.rule_set.as_ref().filter(|then| **then != now) else {
        return;
    };
    let mut questions = rules.questions().positions();
    let lists = if questions.any(|question| file.answers.offered(question) == Offered::Unknown) {
        " What their lists offered does not stand there: what was ticked counts, and the rest is asked again where it matters."
    } else {
        ""
    };
    Streams::note(&format!(
        "The answers in {} were given to the rules \"{} {}\"; now they are \"{} {}\".{lists}",
        clean(name),
        clean(&then.name),
        clean(&then.version),
        clean(&now.name),
        clean(&now.version)
    ));
}

/// The same where the answers have to fit the rules: `None` also where some do not, and that was said.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn read_fitting(rules: &RuleSet, path: &Path) -> anyhow::Result<Option<ReadFile>> {
    let read = read(rules, path)?;
    Ok(read.filter(|read| {
        report(&read.texts, &read.file.misfits);
        read.file.misfits.is_empty()
    }))
}

/// Reads the file at `path`, whose text joins `texts`. `None` where something is wrong and that was said.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn read_at<T>(
    path: &Path,
    texts: &mut Texts,
    read: impl FnOnce(&Texts, FileId) -> Result<T, Vec<Diagnostic>>,
) -> anyhow::Result<Option<T>> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| unreadable(&name))?;
    read_as(&name, file, texts, read)
}

fn read_as<T>(
    name: &str,
    stream: impl Read,
    texts: &mut Texts,
    read: impl FnOnce(&Texts, FileId) -> Result<T, Vec<Diagnostic>>,
) -> anyhow::Result<Option<T>> {
    let mut faults = Diagnostics::default();
    let result = match read_stream(stream, name, texts, &mut faults).with_context(|| unreadable(name))? {
        Some(id) => read(texts, id),
        None => Err(faults.into_sorted()),
    };
    Ok(result.map_err(|diagnostics| report(texts, &diagnostics)).ok())
}

fn unreadable(name: &str) -> String {
    format!("cannot read `{}`", clean(name))
}

/// Says what is wrong with a file.
pub(super) fn report(texts: &Texts, diagnostics: &[Diagnostic]) {
    Streams::message(&diagnostics_text(texts, diagnostics, Streams::message_page()));
}

/// A file that answers are kept in.
pub(super) struct Keeper {
    path: PathBuf,
}

impl Keeper {
    /// Keeps answers at `path`, starting with `answers`. `known` is the file they came from: that one may be replaced.
    ///
    /// # Errors
    /// A place that cannot be written, or that holds something else.
    pub(super) fn new(path: &Path, known: Option<&Path>, rules: &RuleSet, answers: &Answers) -> anyhow::Result<Self> {
        let shown = clean(&path.display().to_string());
        let there = path.metadata().ok();
        // Saving puts a new file in the place of the old one: a device or a folder must not be lost to that.
        if there.as_ref().is_some_and(|metadata| !metadata.is_file()) {
            anyhow::bail!("cannot save to `{shown}`: it is no ordinary file");
        }
        let holds_something = there.is_some_and(|metadata| metadata.len() > 0);
        if holds_something && known.is_none_or(|known| !same_file(known, path)) {
            anyhow::bail!(
                "`{shown}` is there already, and nothing in it should be lost; \
                 go on from it with `--answers {shown} --save {shown}`, or save under another name"
            );
        }
        let keeper = Self { path: path.to_owned() };
        keeper.keep(rules, answers)?;
        Ok(keeper)
    }

    /// Where the answers are kept.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the answers.
    ///
    /// # Errors
    /// What the file system reports.
    pub(super) fn keep(&self, rules: &RuleSet, answers: &Answers) -> anyhow::Result<()> {
        write_private(&self.path, &write_answers(rules, answers), Existing::Replace)
    }
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// It is replaced.
    Replace,
    /// It stays, and that is an error.
    Stay,
}

/// Makes sure that a new file can be written at `path`.
///
/// # Errors
/// Something is there already, or its folder is not, or nothing can be written in it.
pub(super) fn free_place(path: &Path) -> anyhow::Result<()> {
    let shown = clean(&path.display().to_string());
    if path.symlink_metadata().is_ok() {
        bail!("`{shown}` is there already, and nothing in it should be lost; move it, or write to another name");
    }
    temporary_in(folder_of(path)).with_context(|| format!("cannot write to `{shown}`"))?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file in a folder. Its name, which comes with an error, would mean nothing to anybody.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            let shown = clean(&folder.display().to_string());
            io::Error::new(ErrorKind::NotFound, format!("there is no folder `{shown}`"))
        }
        kind => io::Error::from(kind),
    })
}

/// Writes a file whole or not at all: beside the target, to the disk, then in its place. The temporary file is readable
/// by its owner alone from the start.
///
/// # Errors
/// What the file system reports.
pub(super) fn write_private(path: &Path, text: &str, existing: Existing) -> anyhow::Result<()> {
    let folder = folder_of(path);
    let write = || -> io::Result<()> {
        let mut file = temporary_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        let placed = match existing {
            Existing::Replace => file.persist(path),
            Existing::Stay => file.persist_noclobber(path),
        };
        placed.map_err(|error| error.error)?;
        Ok(())
    };
    write().with_context(|| format!("cannot save to `{}`", clean(&path.display().to_string())))
}

/// Writes files into `folder`, which is made if it is not there. A file that is there already stays as it is: if it says
/// something else, that is an error, and nothing is written.
///
/// # Errors
/// What the file system reports, and files of these names that say something else.
pub(super) fn save_new(folder: &Path, files: &[(PathBuf, String)]) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for (path, text) in files {
        let shown = clean(&path.display().to_string());
        match fs::read_to_string(path) {
            Ok(there) if there == *text => {}
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push((path, text)),
            Err(error) if error.kind() != ErrorKind::InvalidData => {
                return Err(error).with_context(|| format!("cannot save to `{shown}`"));
            }
            _ => bail!(
                "`{shown}` is there already and says something else; nothing was saved, so that nothing in it is lost: \
                 move it, or name another folder"
            ),
        }
    }
    if !missing.is_empty() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", clean(&folder.display().to_string())))?;
    }
    for (path, text) in missing {
        write_private(path, text, Existing::Stay)?;
    }
    Ok(())
}

/// A path as it is typed in a shell.
pub(super) fn typed(path: &Path) -> String {
    let path = clean(&path.display().to_string());
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+,:@%".contains(letter);
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
