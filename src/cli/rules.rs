//! Gets the rule set that a run works with.

use std::fs;
use std::path::Path;

use super::args::CommonArgs;
use super::streams::Streams;
use crate::builtin;
use crate::diagnostic::Diagnostic;
use crate::load::{LoadError, Loaded, ReadError, Rejected, load};
use crate::model::RuleSet;
use crate::present::{clean, count, diagnostics_text};

/// The rule set, or `None` where it is wrong and that was said.
///
/// # Errors
/// A rule set that cannot be read.
pub(super) fn rules<F>(common: &CommonArgs<F>) -> anyhow::Result<Option<Loaded>> {
    rules_from(common.rules.as_deref())
}

/// The rule set at a path, the built-in one without; `None` where it is wrong and that was said.
///
/// # Errors
/// A rule set that cannot be read.
pub(super) fn rules_from(path: Option<&Path>) -> anyhow::Result<Option<Loaded>> {
    match load_from(path)? {
        Ok(loaded) => Ok(Some(loaded)),
        Err(rejected) => {
            let page = Streams::message_page();
            Streams::message(&diagnostics_text(&rejected.texts, &rejected.diagnostics, page));
            Streams::message(&format!("{}\n", summary(&rejected.diagnostics)));
            Ok(None)
        }
    }
}

/// Whether these are the built-in rules, read from a folder: their name and version are the same.
pub(super) fn are_built_in(rules: &RuleSet) -> bool {
    let names = |rules: &RuleSet| (rules.metadata().name.clone(), rules.metadata().version.clone());
    builtin::rules().is_ok_and(|built_in| names(&built_in.rules) == names(rules))
}

/// The rule set, or what is wrong with it.
///
/// # Errors
/// A rule set that cannot be read.
pub(super) fn load_from(path: Option<&Path>) -> anyhow::Result<Result<Loaded, Rejected>> {
    let Some(path) = path else {
        return Ok(builtin::rules());
    };
    match load(path) {
        Ok(loaded) => Ok(Ok(loaded)),
        Err(LoadError::Rejected(rejected)) => Ok(Err(rejected)),
        Err(LoadError::Read(error)) => Err(unreadable(&error, "rules")),
    }
}

/// The error of something that cannot be read. Where it is a folder with what is wanted in `inside`, that is offered.
pub(super) fn unreadable(error: &ReadError, inside: &str) -> anyhow::Error {
    let path = clean(&error.path.display().to_string());
    match &error.cause {
        Some(cause) => anyhow::anyhow!("cannot read `{path}`: {cause}"),
        None => {
            let inside = error.path.join(inside);
            let near = if holds_yaml(&inside) {
                format!("; did you mean `{}`?", clean(&inside.display().to_string()))
            } else {
                String::new()
            };
            anyhow::anyhow!("the folder `{path}` holds no .yaml files{near}")
        }
    }
}

fn holds_yaml(folder: &Path) -> bool {
    let mut files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.any(|entry| entry.path().extension().is_some_and(|extension| extension == "yaml"))
}

/// "2 errors, 1 warning".
pub(super) fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error", "errors"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning", "warnings"));
    }
    parts.join(", ")
}
