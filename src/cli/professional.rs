//! A professional that somebody names.

use anyhow::bail;

use crate::model::{ProfessionalIx, RuleSet};
use crate::present::clean;
use crate::suggest::nearest;

/// The professional of this id, or of this name.
///
/// # Errors
/// There is none.
pub(super) fn find_professional(rules: &RuleSet, name: &str) -> anyhow::Result<ProfessionalIx> {
    let professionals = rules.professionals();
    let is_meant = |id: &str, called: &str| id == name || called.eq_ignore_ascii_case(name);
    if let Some((position, _)) =
        professionals.iter().find(|(_, professional)| is_meant(professional.id.as_str(), &professional.name))
    {
        return Ok(position);
    }
    let known: Vec<&str> = professionals.rows().iter().map(|professional| professional.id.as_str()).collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => bail!("there is no professional `{}`; did you mean `{near}`?", clean(name)),
        None => bail!("there is no professional `{}`; there are: {}", clean(name), known.join(", ")),
    }
}
