//! The signs for which to go at once, shortly.

use super::Writer;
use crate::model::GoAtOnce;
use crate::present::document::Line;
use crate::present::words;

impl Writer<'_, '_> {
    /// One line for each row that is for this person, under what to do then.
    pub(super) fn go_at_once(&mut self) {
        if self.explanation.go_at_once.is_empty() {
            return;
        }
        let rules = self.explanation.rules;
        let call = words::go_at_once(rules);
        self.sheet.heading_line(self.calling(&format!("{call} at once if:")));
        for position in &self.explanation.go_at_once {
            let row = &rules.go_at_once()[*position];
            let cite = self.cite(&row.sources);
            let line: Line = self.calling(&sign(row, &call));
            self.sheet.bullet(0, line.cited(cite));
        }
    }
}

/// The signs, and what to do where the heading does not say it.
fn sign(row: &GoAtOnce, call: &str) -> String {
    match row.action.as_deref().filter(|action| !repeats(action, call)) {
        Some(action) => format!("{} {action}", words::sentence(&row.say)),
        None => row.say.clone(),
    }
}

/// Whether what to do is what the heading says.
fn repeats(action: &str, call: &str) -> bool {
    let action = action.trim_end_matches(['.', '!']);
    ["", " now", " at once"].iter().any(|end| action.strip_prefix(call) == Some(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_heading_says_is_not_said_again() {
        for action in ["Call 911", "Call 911.", "Call 911 now!", "Call 911 at once."] {
            assert!(repeats(action, "Call 911"), "{action}");
        }
        for action in ["Call 9112.", "Call your doctor.", "Call 911, and sit down.", "Do not call 911"] {
            assert!(!repeats(action, "Call 911"), "{action}");
        }
    }
}
