//! Gets the cases that a run works with.

use std::path::PathBuf;

use super::rules::unreadable;
use crate::builtin;
use crate::diagnostic::Diagnostics;
use crate::load::read_folder_or_file;
use crate::source::{FileId, Texts};

/// Reads case files and folders of them, the built-in ones without a path. What is read but no text is reported to
/// `faults`.
///
/// # Errors
/// What cannot be read at all.
pub(super) fn read(paths: &[PathBuf], texts: &mut Texts, faults: &mut Diagnostics) -> anyhow::Result<Vec<FileId>> {
    if paths.is_empty() {
        return Ok(builtin::add_cases(texts));
    }
    let mut files = Vec::new();
    for path in paths {
        files.extend(read_folder_or_file(path, texts, faults).map_err(|error| unreadable(&error, "cases"))?);
    }
    Ok(files)
}
