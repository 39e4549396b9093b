//! Professionals and services that somebody names.

use anyhow::bail;

use crate::model::{Id, ProfessionalIx, RuleSet, ServiceIx};
use crate::present::clean;
use crate::suggest::nearest;

/// The professional of this id, or of this name.
///
/// # Errors
/// There is none.
pub(super) fn find_professional(rules: &RuleSet, name: &str) -> anyhow::Result<ProfessionalIx> {
    let all = rules.professionals().iter().map(|(position, row)| (position, &row.id, row.name.as_str()));
    find("professional", name, &all.collect::<Vec<_>>())
}

/// The service of this id, or of this name.
///
/// # Errors
/// There is none.
pub(super) fn find_service(rules: &RuleSet, name: &str) -> anyhow::Result<ServiceIx> {
    let all = rules.services().iter().map(|(position, row)| (position, &row.id, row.name.as_str()));
    find("service", name, &all.collect::<Vec<_>>())
}

fn find<P: Copy>(what: &str, name: &str, all: &[(P, &Id, &str)]) -> anyhow::Result<P> {
    let is_meant = |(_, id, called): &&(P, &Id, &str)| id.as_str() == name || called.eq_ignore_ascii_case(name);
    if let Some((position, ..)) = all.iter().find(is_meant) {
        return Ok(*position);
    }
    let known: Vec<&str> = all.iter().map(|(_, id, _)| id.as_str()).collect();
    match nearest(name, known.iter().copied()).or_else(|| only_with_part(name, &known)) {
        Some(near) => bail!("there is no {what} `{}`; did you mean `{near}`?", clean(name)),
        None => bail!("there is no {what} `{}`; there are: {}", clean(name), known.join(", ")),
    }
}

/// The only one of these ids of which a word is `name`: somebody who types `athletic trainer` without quotes names two.
fn only_with_part<'a>(name: &str, ids: &[&'a str]) -> Option<&'a str> {
    let mut with_part = ids.iter().filter(|id| id.split('-').any(|part| part.eq_ignore_ascii_case(name)));
    let first = with_part.next()?;
    with_part.next().is_none().then_some(*first)
}
