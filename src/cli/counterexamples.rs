//! Keeps counterexamples as answer files, so that `carepath decide` can show what comes of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::save_new;
use crate::answers::write_answers;
use crate::check::Fault;
use crate::diagnostic::Code;
use crate::model::{Id, RuleSet};
use crate::source::Span;

/// Writes the counterexample of each fault to a file of its own in `folder`, and says how many files that makes.
///
/// # Errors
/// What the file system reports, and files of these names that say something else.
pub(super) fn save(folder: &Path, rules: &RuleSet, faults: &[Fault]) -> anyhow::Result<usize> {
    let files = files(folder, rules, faults);
    save_new(folder, &files)?;
    Ok(files.len())
}

/// The files and what they say.
fn files(folder: &Path, rules: &RuleSet, faults: &[Fault]) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for fault in faults {
        let Some(found) = &fault.counterexample else {
            continue;
        };
        let mut name = name(rules, fault);
        let times = named.entry(name.clone()).or_default();
        *times += 1;
        // The same thing can be at fault twice, in two phases for example.
        if *times > 1 {
            name = format!("{name}.{times}");
        }
        files.push((folder.join(format!("{name}.yaml")), write_answers(rules, &found.example.answers)));
        if let Some(beside) = &found.beside {
            files.push((folder.join(format!("{name}.beside.yaml")), write_answers(rules, &beside.answers)));
        }
    }
    files
}

/// The code and what it is about, with points between: `tick-lowers-level.danger.fever`.
fn name(rules: &RuleSet, fault: &Fault) -> String {
    let code = fault.diagnostic.code;
    // That nothing is recommended is about the whole rule set; its place is only where `otherwise` could be missed.
    let about = if code == Code::NoRecommendation { Vec::new() } else { ids_at(rules, fault.diagnostic.span) };
    let parts: Vec<&str> = [code.name()].into_iter().chain(about.into_iter().map(Id::as_str)).collect();
    parts.join(".")
}

/// What stands at a place: the id of a rule, or of an option after that of its question.
fn ids_at(rules: &RuleSet, span: Span) -> Vec<&Id> {
    for question in rules.questions().rows() {
        if let Some(choice) = question.options.iter().find(|choice| choice.id.span() == span) {
            return vec![&question.id, &choice.id];
        }
    }
    let guarantees = rules.guarantees().iter().map(|guarantee| &guarantee.id);
    let services = rules.services().rows().iter().map(|service| &service.id);
    let questions = rules.questions().rows().iter().map(|question| &question.id);
    guarantees.chain(services).chain(questions).find(|id| id.span() == span).into_iter().collect()
}
