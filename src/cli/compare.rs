//! `carepath compare`: the scope matrix side by side.

use anyhow::bail;

use super::args::{CommonArgs, CompareArgs};
use super::exit::Exit;
use super::find::{find_professional, find_service};
use super::streams::Streams;
use super::{rules, state};
use crate::explain::Comparison;
use crate::model::ProfessionalIx;
use crate::present::{compare_json, comparison, service as service_page, service_json};

pub(super) fn run(args: &CompareArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let state = state::named(rules, args.state.state.as_deref())?;
    let service = args.service.as_deref().map(|name| find_service(rules, name)).transpose()?;
    let mut professionals: Vec<ProfessionalIx> = Vec::new();
    for name in &args.professionals {
        let found = find_professional(rules, name)?;
        if !professionals.contains(&found) {
            professionals.push(found);
        }
    }
    if args.differences && professionals.len() == 1 {
        bail!(
            "`--differences` needs somebody to compare with: name two professionals or more, or none for all of them"
        );
    }
    let named = !professionals.is_empty();
    if !named {
        professionals = rules.professionals().positions().collect();
    }
    streams.result_to(common.out.as_deref())?;
    match service {
        Some(position) => streams.page(
            common.format,
            || service_page(rules, position, &professionals),
            || service_json(rules, position, &professionals),
        ),
        None => {
            let compared = Comparison::new(rules, professionals, state, named);
            streams.page(common.format, || comparison(&compared, args.differences), || compare_json(&compared));
        }
    }
    Ok(streams.finish(Exit::Done))
}
