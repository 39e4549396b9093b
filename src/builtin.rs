//! The rule set and the cases that are part of the program, and what a rule set of one's own can start from.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::load::{Loaded, Rejected, load_texts};
use crate::source::{FileId, Texts};

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/cases");
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/starter");

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

fn add_all(folder: &Dir<'static>, name: &str, texts: &mut Texts) -> Vec<FileId> {
    let files = yaml_files(folder).into_iter();
    files.map(|(path, text)| texts.add(format!("{name}/{}", path.display()), text)).collect()
}

/// What a rule set of one's own can start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A page that shows the language, with one case.
    Starter,
    /// All built-in rules and cases.
    BuiltIn,
}

impl Template {
    /// Its files, each with its place below the folder for them and its text: the rules in `rules`, the cases in `cases`, and
    /// what to do with them.
    pub fn files(self) -> Vec<(PathBuf, &'static str)> {
        let (rules, cases) = match self {
            Self::Starter => (STARTER.get_dir("rules"), STARTER.get_dir("cases")),
            Self::BuiltIn => (Some(&RULES), Some(&CASES)),
        };
        let mut files: Vec<_> =
            STARTER.files().filter_map(|file| Some((file.path().to_owned(), file.contents_utf8()?))).collect();
        for (name, folder) in [("rules", rules), ("cases", cases)] {
            let below = |path: &Path| Path::new(name).join(path.file_name().unwrap_or_default());
            let inside = folder.into_iter().flat_map(yaml_files);
            files.extend(inside.map(|(path, text)| (below(path), text)));
        }
        files
    }
}

/// The texts of a folder with their paths, in byte order of these.
fn yaml_files(folder: &Dir<'static>) -> Vec<(&'static Path, &'static str)> {
    let yaml = folder.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "yaml"));
    let mut files: Vec<_> = yaml.map(|file| (file.path(), file.contents_utf8().unwrap_or_default())).collect();
    files.sort_by_key(|(path, _)| *path);
    files
}
