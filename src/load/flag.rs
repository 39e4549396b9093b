//! Reads flags.

use super::condition::{self, Reach};
use super::meantime::read_meantime;
use super::names::Names;
use super::node::Node;
use super::reader::{Fields, Reader};
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Flag, Held, Level, SourceIx};

const WHAT: &str = "a flag";
const KEYS: [&str; 11] =
    ["id", "level", "when", "unless", "holds", "until", "say", "do", "how_soon", "until_then", "source"];

/// The words for levels of flags.
const LEVELS: [&str; 6] = ["note", "caution", "clearance", "physician", "urgent", "emergency"];

pub(crate) fn read_flags(sections: &Sections<'_>, names: &Names, reader: &mut Reader<'_>) -> Option<Vec<Flag>> {
    reader.rows(&sections.flags, |reader, node| read_flag(node, names, reader))
}

fn read_flag(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<Flag> {
    let fields = reader.fields(node, WHAT, &KEYS)?;
    let id = reader.required_id(&fields, WHAT);
    let level = reader.required(&fields, WHAT, "level").and_then(|node| {
        reader.keyword(node, "a level of a flag", Code::UnknownLevel, &LEVELS, |word| match word {
            "none" => None,
            "note" => Some(Level::None),
            word => Level::from_name(word),
        })
    });
    let when = condition::optional(&fields, "when", names, Reach::ALL, reader);
    let unless = condition::optional(&fields, "unless", names, Reach::ALL, reader);
    let held = match fields.get("holds") {
        Some(node) => names.held(node, reader),
        None => Some(Vec::new()),
    };
    let until = reader.optional_text(&fields, "until");
    let say = reader.required_text(&fields, WHAT, "say");
    let action = reader.required_text(&fields, WHAT, "do");
    let meantime = read_meantime(&fields, reader);
    let sources = read_sources_of(&fields, WHAT, names, reader);
    if let Some(level) = level {
        warn_of_holds(&fields, level, reader);
    }
    let held = held?;
    Some(Flag {
        id: id?,
        level: level?,
        when: when.ok()?,
        unless: unless.ok()?,
        holds: Held::services(&held),
        held,
        until: until.ok()?,
        say: say?,
        action: action?,
        meantime: meantime.ok()?,
        sources: sources?,
    })
}

fn warn_of_holds(fields: &Fields<'_>, level: Level, reader: &mut Reader<'_>) {
    let holds_back = matches!(level, Level::Caution | Level::Clearance);
    let holds = fields.get("holds").is_some() || fields.is_misspelled("holds");
    if holds && !holds_back {
        let fault =
            Diagnostic::new(Code::HoldsWithoutEffect, fields.key_span("holds"), "`holds` has no effect at this level");
        reader.report(fault.help("only `caution` and `clearance` hold single services back"));
    }
    if !holds && level == Level::Clearance {
        let fault = Diagnostic::new(Code::HoldsNothing, fields.key_span("level"), "this clearance holds nothing");
        reader.report(fault.help("name the services that wait for the doctor's OK under `holds`"));
    }
    if !holds && fields.get("until").is_some() {
        reader.fault(Code::UntilWithoutHolds, fields.key_span("until"), "`until` without `holds` is never shown");
    }
}

/// The sources under `source`: an id or a list; warns where there are none.
pub(crate) fn read_sources_of(
    fields: &Fields<'_>,
    what: &str,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<SourceIx>> {
    let Some(node) = fields.get("source") else {
        if fields.is_misspelled("source") {
            return None;
        }
        let fault = Diagnostic::new(Code::Unsourced, fields.span(), format!("{what} without a source"));
        reader.report(fault.help("say where it comes from under `source`"));
        return Some(Vec::new());
    };
    names.sources.resolve_all(node, reader)
}
