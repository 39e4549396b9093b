//! The state whose law somebody wants to know.

use anyhow::bail;

use crate::model::{RuleSet, State};
use crate::present::clean;

/// The state that was typed, in small letters or capitals, if one was.
///
/// # Errors
/// A state that the rules say nothing of.
pub(super) fn named(rules: &RuleSet, typed: Option<&str>) -> anyhow::Result<Option<State>> {
    let Some(typed) = typed else {
        return Ok(None);
    };
    let known = rules.states();
    let meant = State::from_code(&typed.to_ascii_uppercase()).filter(|state| known.contains(state));
    if meant.is_some() {
        return Ok(meant);
    }
    let known: Vec<String> = known.iter().map(State::to_string).collect();
    match known.as_slice() {
        [] => bail!("these rules say nothing of single states; leave --state out"),
        known => bail!("these rules know no state `{}`; they know: {}", clean(typed), known.join(", ")),
    }
}
