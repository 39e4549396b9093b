//! From YAML text to a checked [`RuleSet`], reporting all faults at once.
//!
//! A text becomes a tree of nodes with places (`node`); the trees of all files are put together by section
//! (`sections`); names are gathered (`names`); then each section is read into the model with every name resolved.

mod access;
mod care;
pub(crate) mod condition;
mod files;
mod flag;
mod go_at_once;
pub(crate) mod guarantee;
pub(crate) mod lookup;
mod meantime;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod node;
mod question;
pub(crate) mod reader;
mod scope;
mod sections;

use std::path::Path;

pub use files::{MAX_BYTES, ReadError, read_folder_or_file, read_stream};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::program::Program;
use crate::model::{FindingIx, Position, RuleSet};
use crate::source::{FileId, Texts};
use names::Names;
use reader::Reader;
use sections::Sections;

/// The format of rule sets, answers and cases that this version reads.
pub const FORMAT: i64 = 1;

/// A rule set and what its author should look at all the same.
#[derive(Debug)]
pub struct Loaded {
    /// The rule set.
    pub rules: RuleSet,
    /// Warnings in reading order.
    pub warnings: Vec<Diagnostic>,
}

/// Texts that cannot be used, and why.
#[derive(Debug)]
pub struct Rejected {
    /// What was read.
    pub texts: Texts,
    /// The faults in reading order, warnings among them; at least one is an error.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why there is no rule set.
#[derive(Debug)]
pub enum LoadError {
    /// The file or folder could not be read.
    Read(ReadError),
    /// It was read, and is wrong.
    Rejected(Rejected),
}

/// Loads the rule set at `path`: a YAML file, or a folder of them.
///
/// # Errors
/// Says why it cannot be read, or everything that is wrong with it.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let mut texts = Texts::default();
    let mut faults = Diagnostics::default();
    let files = read_folder_or_file(path, &mut texts, &mut faults).map_err(LoadError::Read)?;
    load_files(texts, &files, faults).map_err(LoadError::Rejected)
}

/// Loads the rule set that stands in `texts`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load_texts(texts: Texts, files: &[FileId]) -> Result<Loaded, Rejected> {
    load_files(texts, files, Diagnostics::default())
}

fn load_files(texts: Texts, files: &[FileId], mut faults: Diagnostics) -> Result<Loaded, Rejected> {
    let rules = read_rule_set(&texts, files, &mut faults);
    let has_errors = faults.has_errors();
    let diagnostics = faults.into_sorted();
    match rules {
        Some(mut rules) if !has_errors => {
            rules.texts = texts;
            Ok(Loaded { rules, warnings: diagnostics })
        }
        _ => Err(Rejected { texts, diagnostics }),
    }
}

/// The rule set, without its texts. `None` only beside an error in `faults`.
fn read_rule_set(texts: &Texts, files: &[FileId], faults: &mut Diagnostics) -> Option<RuleSet> {
    let mut trees = Vec::new();
    for &file in files {
        match node::parse(texts, file) {
            Ok(tree) => trees.push(tree),
            Err(fault) => faults.push(fault),
        }
    }
    let mut reader = Reader::new(texts, faults);
    if let Some(unknown) = trees.iter().find_map(|tree| metadata::unknown_format(&reader, tree)) {
        reader.replace_all(unknown);
        return None;
    }
    // A file that could not be parsed would make every name in it unknown to the others.
    if reader.has_errors() {
        return None;
    }
    let sections = Sections::gather(&trees, &mut reader);
    let mut names = Names::gather(&sections, &mut reader);

    let metadata = metadata::read_metadata(&sections, &mut reader);
    let sources = metadata::read_sources(&sections, &mut reader);
    names.questions = question::read_questions(&sections, &mut reader);
    let findings = condition::read_findings(&sections, &mut names, &mut reader);
    let questions = question::read_applicability(&sections, &names, &mut reader);
    let groups = scope::read_groups(&sections, &mut names, &mut reader);
    let flags = flag::read_flags(&sections, &names, &mut reader);
    let professionals = scope::read_professionals(&sections, &names, &mut reader);
    let services = scope::read_services(&sections, &names, &mut reader);
    let phases = care::read_phases(&sections, &mut reader);
    let needs = care::read_needs(&sections, &names, services.as_deref(), &mut reader);
    let preferences = care::read_preferences(&sections, &names, &mut reader);
    let teamwork = care::read_teamwork(&sections, &names, &mut reader);
    let handovers = care::read_handovers(&sections, &names, &mut reader);
    let go_at_once = go_at_once::read_go_at_once(&sections, &names, &mut reader);
    let guarantees = guarantee::read_guarantees(&sections, &names, &mut reader);

    let findings = findings?;
    let mut finding_order: Vec<FindingIx> = (0..findings.len()).map(FindingIx::new).collect();
    // Earlier findings depend on no later question than those that use them, and the sort keeps their order.
    finding_order.sort_by_key(|finding| findings.get(finding.index()).and_then(|finding| finding.latest_question));
    let questions = questions?.into_iter().collect();
    let findings = findings.into_iter().collect();
    let flags = flags?.into_iter().collect();
    let needs = needs?.into_iter().collect();
    let preferences = preferences?.into_iter().collect();
    let go_at_once = go_at_once?.into_iter().collect();
    let guarantees = guarantees?;
    let rules = RuleSet {
        texts: Texts::default(),
        program: Program::compile(&questions, &findings, &flags, &needs, &preferences, &go_at_once, &guarantees),
        metadata: metadata?,
        sources: sources?.into_iter().collect(),
        questions,
        findings,
        finding_order,
        flags,
        go_at_once,
        groups: groups?,
        professionals: professionals?.into_iter().collect(),
        services: services?.into_iter().collect(),
        phases: phases?.into_iter().collect(),
        needs,
        preferences,
        teamwork: teamwork?,
        handovers: handovers?,
        guarantees,
    };
    metadata::warn_of_gaps(&rules, &sections, &mut reader);
    Some(rules)
}
