//! What another answer changed, to be told before the result is shown again.

use super::document::Document;
use super::explain::what_changed;
use crate::explain::Changed;

/// What changed, in a few lines; what is new to mind, which may be so under a recommendation that stays the same, too.
pub fn news(changed: &Changed<'_, '_>) -> Document {
    let rules = changed.after.rules;
    let mut sheet = Document::new("What changed", &rules.metadata().language);
    sheet.heading("What changed");
    for line in what_changed(changed) {
        sheet.paragraph(0, line);
    }
    // From `urgent` up notes are not told, so one that is told now may have been so all along.
    let could_be_told = !changed.before.level.ends_without_plan();
    for flag in changed.new_flags().into_iter().filter(|_| could_be_told) {
        sheet.bullet(0, format!("New: {}", rules.flags()[flag].say));
    }
    sheet
}
