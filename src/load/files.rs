//! Reads texts from files, folders and streams, within limits.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span, Texts};

/// The most that one file may hold, in bytes: about 40,000 rules.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// Which.
    pub path: PathBuf,
    /// Why, as the system says it; `None` for a folder without YAML files.
    pub cause: Option<io::Error>,
}

/// Reads a file, or the `*.yaml` files of a folder in byte order of their names.
///
/// # Errors
/// What cannot be read at all. What is read but no text is reported to `faults`.
pub fn read_folder_or_file(path: &Path, texts: &mut Texts, faults: &mut Diagnostics) -> Result<Vec<FileId>, ReadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| ReadError { path, cause: Some(cause) }
    };
    let mut paths = vec![path.to_owned()];
    let is_folder = fs::metadata(path).map_err(failed(path))?.is_dir();
    if is_folder {
        paths = yaml_files(path).map_err(failed(path))?;
        if paths.is_empty() {
            return Err(ReadError { path: path.to_owned(), cause: None });
        }
    }
    let mut files = Vec::new();
    for path in paths {
        // A pipe that is named is meant to be read; one that lies in a folder would be waited for without end.
        if is_folder && !fs::metadata(&path).map_err(failed(&path))?.is_file() {
            return Err(failed(&path)(io::Error::other("it is not a regular file")));
        }
        let file = File::open(&path).map_err(failed(&path))?;
        let name = path.display().to_string();
        files.extend(read_stream(file, &name, texts, faults).map_err(failed(&path))?);
    }
    Ok(files)
}

/// The `*.yaml` files of a folder, not of folders in it, in byte order of their names.
fn yaml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let named = path.extension().is_some_and(|extension| extension == "yaml");
        // A link that leads nowhere or in a circle is not skipped: opening it says why it cannot be read.
        if named && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort_by(|a, b| {
        a.file_name().map(std::ffi::OsStr::as_encoded_bytes).cmp(&b.file_name().map(std::ffi::OsStr::as_encoded_bytes))
    });
    Ok(files)
}

/// Reads a text to its end, but not past [`MAX_BYTES`]. `None` where a fault was reported.
///
/// # Errors
/// What the stream itself reports.
pub fn read_stream(
    stream: impl Read,
    name: &str,
    texts: &mut Texts,
    faults: &mut Diagnostics,
) -> io::Result<Option<FileId>> {
    let mut bytes = Vec::new();
    stream.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        let file = texts.add(name, "");
        let fault = Diagnostic::new(Code::TooLarge, Span::new(file, 0..0), "the file is larger than 4 MiB");
        faults.push(fault.help("is this the right file?"));
        return Ok(None);
    }
    // Editors on Windows begin a file with a byte order mark.
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(texts.add(name, text))),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let file = texts.add(name, String::from_utf8_lossy(error.as_bytes()));
            let span = Span::new(file, valid..valid + char::REPLACEMENT_CHARACTER.len_utf8());
            let fault = Diagnostic::new(Code::NotUtf8, span, "the file is not UTF-8 text");
            faults.push(fault.help("save it as UTF-8"));
            Ok(None)
        }
    }
}
