//! Keeps answers that would kill mutants as drafts of cases, for a person to judge.

use std::path::{Path, PathBuf};

use super::files::save_new;
use crate::answers::write_draft;
use crate::model::RuleSet;
use crate::mutation::Draft;
use crate::present::mutant_text;

/// What stands above each draft.
const WHAT_TO_DO: [&str; 3] = [
    "A draft: read the answers as a story, and write what you expect and where that comes from.",
    "Until then it counts for nothing.",
    "It would notice:",
];

/// Writes each draft to a file of its own in `folder`, numbered in their order.
///
/// # Errors
/// What the file system reports, and files of these names that say something else.
pub(super) fn save(folder: &Path, rules: &RuleSet, drafts: &[Draft<'_>]) -> anyhow::Result<()> {
    let digits = drafts.len().to_string().len();
    let file = |(place, draft): (usize, &Draft<'_>)| -> (PathBuf, String) {
        let kills = draft.kills.iter().map(|mutant| format!("- {}", mutant_text(rules, mutant)));
        let notes: Vec<String> = WHAT_TO_DO.map(str::to_owned).into_iter().chain(kills).collect();
        let name = format!("draft-{:0digits$}.yaml", place + 1);
        (folder.join(name), write_draft(rules, &draft.answers, &notes))
    };
    save_new(folder, &drafts.iter().enumerate().map(file).collect::<Vec<_>>())
}
