//! `carepath compare`: the scope matrix side by side.

use super::args::{CommonArgs, CompareArgs};
use super::exit::Exit;
use super::professional::find_professional;
use super::streams::Streams;
use super::{rules, state};
use crate::model::ProfessionalIx;
use crate::present::{compare_json, comparison};

pub(super) fn run(args: &CompareArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let state = state::named(rules, args.state.as_deref())?;
    let mut professionals: Vec<ProfessionalIx> = Vec::new();
    for name in &args.professionals {
        let found = find_professional(rules, name)?;
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
