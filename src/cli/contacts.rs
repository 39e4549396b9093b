//! The list of contacts of a run: the file that was named, or the one in the folder for settings.

use std::path::{Path, PathBuf};

use anyhow::bail;
use etcetera::BaseStrategy;

use super::files;
use super::streams::Streams;
use crate::contacts::{Contacts, read_contacts};
use crate::model::RuleSet;
use crate::present::clean;
use crate::source::Texts;

/// The contacts in the file that was named; without a name those in the usual place, if there are any.
///
/// # Errors
/// A file that was named and cannot be used. What is wrong with one in the usual place is said, too, but nobody asked for
/// it in this run: it keeps nobody from a result.
pub(super) fn listed(rules: &RuleSet, named: Option<&Path>) -> anyhow::Result<Option<Contacts>> {
    let read = |path: &Path| files::read_at(path, &mut Texts::default(), |texts, id| read_contacts(rules, texts, id));
    if let Some(path) = named {
        let contacts = read(path)?;
        if contacts.is_none() {
            bail!("the contacts in `{}` cannot be used", clean(&path.display().to_string()));
        }
        return Ok(contacts);
    }
    let Some(path) = usual_place().filter(|path| path.exists()) else {
        return Ok(None);
    };
    let contacts = read(&path).unwrap_or_else(|error| {
        Streams::message(&format!("{}\n", clean(&format!("{error:#}"))));
        None
    });
    if contacts.is_none() {
        Streams::note(&format!("Your contacts in {} are not used.", clean(&path.display().to_string())));
    }
    Ok(contacts)
}

/// Where a list of contacts is looked for that nobody named: `XDG_CONFIG_HOME` or `~/.config`, on Windows `APPDATA`.
fn usual_place() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.config_dir().join("carepath").join("contacts.yaml"))
}
