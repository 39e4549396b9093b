//! The rule set and the cases that are part of the program.

use include_dir::{Dir, include_dir};

use crate::load::{Loaded, Rejected, load_texts};
use crate::source::{FileId, Texts};

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/cases");

/// The built-in rule set.
///
/// # Errors
/// What is wrong with it; a test keeps that from happening.
pub fn rules() -> Result<Loaded, Rejected> {
    let mut texts = Texts::default();
    let files = add_all(&RULES, "rules", &mut texts);
    load_texts(texts, &files)
}

/// Adds the built-in cases to `texts`, in byte order of their names.
pub fn add_cases(texts: &mut Texts) -> Vec<FileId> {
    add_all(&CASES, "examples/cases", texts)
}

fn add_all(folder: &Dir<'_>, name: &str, texts: &mut Texts) -> Vec<FileId> {
    let mut files: Vec<_> =
        folder.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "yaml")).collect();
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .map(|file| texts.add(format!("{name}/{}", file.path().display()), file.contents_utf8().unwrap_or_default()))
        .collect()
}
