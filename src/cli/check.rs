//! `carepath check`: is the rule set in order?

use super::args::{CheckArgs, CommonArgs, Format};
use super::exit::Exit;
use super::rules::{load_from, render, summary};
use super::streams::Streams;
use crate::model::RuleSet;
use crate::present::{clean, count};

pub(super) fn run(_: &CheckArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let exit = match load_from(common.rules.as_deref())? {
        Ok(loaded) => {
            streams.result(&render(loaded.rules.texts(), &loaded.warnings, common.format));
            if common.format == Format::Text {
                let faults =
                    if loaded.warnings.is_empty() { "no faults".to_owned() } else { summary(&loaded.warnings) };
                streams.result(&format!("{}: {faults}\n", contents(&loaded.rules)));
            }
            Exit::Done
        }
        Err(rejected) => {
            streams.result(&render(&rejected.texts, &rejected.diagnostics, common.format));
            if common.format == Format::Text {
                streams.result(&format!("{}\n", summary(&rejected.diagnostics)));
            }
            Exit::Broken
        }
    };
    Ok(streams.finish(exit))
}

/// The rule set in one line.
fn contents(rules: &RuleSet) -> String {
    let metadata = rules.metadata();
    let parts = [
        count(rules.questions().len(), "question", "questions"),
        count(rules.findings().len(), "finding", "findings"),
        count(rules.flags().len(), "flag", "flags"),
        count(rules.needs().len(), "need", "needs"),
        count(rules.services().len(), "service", "services"),
        count(rules.professionals().len(), "professional", "professionals"),
        count(rules.guarantees().len(), "guarantee", "guarantees"),
    ];
    format!("{} {}: {}", clean(&metadata.name), clean(&metadata.version), parts.join(", "))
}
