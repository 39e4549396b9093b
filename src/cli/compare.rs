//! `carepath compare`: the scope matrix side by side.

use anyhow::bail;

use super::args::{CommonArgs, CompareArgs};
use super::exit::Exit;
use super::streams::Streams;
use super::{rules, state};
use crate::model::{ProfessionalIx, RuleSet};
use crate::present::{clean, compare_json, comparison};
use crate::suggest::nearest;

pub(super) fn run(args: &CompareArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let state = state::named(rules, args.state.as_deref())?;
    let mut professionals: Vec<ProfessionalIx> = Vec::new();
    for name in &args.professionals {
        let found = find(rules, name)?;
        if !professionals.contains(&found) {
            professionals.push(found);
        }
    }
    if professionals.is_empty() {
        professionals = rules.professionals().positions().collect();
    }
    streams.result_to(common.out.as_deref())?;
    streams.page(
        common.format,
        || comparison(rules, &professionals, state),
        || compare_json(rules, &professionals, state),
    );
    Ok(streams.finish(Exit::Done))
}

/// The professional of this id, or of this name.
fn find(rules: &RuleSet, name: &str) -> anyhow::Result<ProfessionalIx> {
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
