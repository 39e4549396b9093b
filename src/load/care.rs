//! Reads phases, needs, preferences, teamwork and handovers.

use super::condition::{self, Reach};
use super::flag::read_sources_of;
use super::meantime::read_meantime;
use super::names::Names;
use super::node::{Node, Value};
use super::reader::{Faulty, Fields, Reader};
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Handover, Need, Phase, PhaseIx, Position, Preference, ProfessionalIx, Service, Teamwork};

const MAX_PHASES: usize = 12;
const PHASE_KEYS: [&str; 5] = ["id", "title", "move_on", "how_soon", "until_then"];
const NEED_KEYS: [&str; 8] = ["id", "when", "service", "phase", "because", "how_soon", "until_then", "source"];
const PREFERENCE_KEYS: [&str; 6] = ["id", "when", "prefer", "phase", "because", "source"];
const TEAMWORK_KEYS: [&str; 5] = ["of", "with", "phase", "note", "source"];
const HANDOVER_KEYS: [&str; 4] = ["from", "to", "note", "source"];

pub(crate) fn read_phases(sections: &Sections<'_>, reader: &mut Reader<'_>) -> Option<Vec<Phase>> {
    if let Some(extra) = sections.phases.get(MAX_PHASES) {
        let fault =
            Diagnostic::new(Code::TooManyPhases, extra.span, format!("{} phases are too many", sections.phases.len()));
        reader.report(fault.help(format!("at most {MAX_PHASES}")));
    }
    reader.rows(&sections.phases, |reader, node| {
        let fields = reader.fields(node, "a phase", &PHASE_KEYS)?;
        let id = reader.required_id(&fields, "a phase");
        let title = reader.required_text(&fields, "a phase", "title");
        let move_on = reader.optional_text(&fields, "move_on");
        let meantime = read_meantime(&fields, reader);
        Some(Phase { id: id?, title: title?, move_on: move_on.ok()?, meantime: meantime.ok()? })
    })
}

/// The needs. `services` is at hand unless one of them is faulty.
pub(crate) fn read_needs(
    sections: &Sections<'_>,
    names: &Names,
    services: Option<&[Service]>,
    reader: &mut Reader<'_>,
) -> Option<Vec<Need>> {
    reader.rows(&sections.needs, |reader, node| read_need(node, names, services, reader))
}

fn read_need(node: &Node, names: &Names, services: Option<&[Service]>, reader: &mut Reader<'_>) -> Option<Need> {
    let what = "a need";
    let fields = reader.fields(node, what, &NEED_KEYS)?;
    let id = reader.required_id(&fields, what);
    let when = condition::optional(&fields, "when", names, Reach::ALL, reader);
    let service = reader
        .required(&fields, what, "service")
        .and_then(|node| names.services.resolve(node, reader).map(|service| (node, service)));
    let phase = reader.required(&fields, what, "phase").and_then(|node| names.phases.resolve(node, reader));
    let because = reader.required_text(&fields, what, "because");
    let meantime = read_meantime(&fields, reader);
    let sources = read_sources_of(&fields, what, names, reader);
    let (node, service) = service?;
    let row = services.and_then(|services| services.get(service.index()));
    if row.is_some_and(|row| row.candidates.is_empty()) {
        let name = reader.word(node, "a service").unwrap_or_default();
        let fault = Diagnostic::new(
            Code::NobodyInScope,
            node.span,
            format!("`{name}` is needed, but core or shared for nobody"),
        );
        reader.report(fault.help("say in its scope who does it, or drop the need"));
    }
    Some(Need {
        id: id?,
        when: when.ok()?,
        service,
        phase: phase?,
        because: because?,
        meantime: meantime.ok()?,
        sources: sources?,
    })
}

pub(crate) fn read_preferences(
    sections: &Sections<'_>,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<Preference>> {
    let what = "a preference";
    reader.rows(&sections.preferences, |reader, node| {
        let fields = reader.fields(node, what, &PREFERENCE_KEYS)?;
        let id = reader.required_id(&fields, what);
        let when = condition::optional(&fields, "when", names, Reach::ALL, reader);
        let prefer = professional(&fields, what, "prefer", names, reader);
        let phase = optional_phase(&fields, names, reader);
        let because = reader.required_text(&fields, what, "because");
        let sources = read_sources_of(&fields, what, names, reader);
        Some(Preference {
            id: id?,
            when: when.ok()?,
            prefer: prefer?,
            phase: phase.ok()?,
            because: because?,
            sources: sources?,
        })
    })
}

pub(crate) fn read_teamwork(sections: &Sections<'_>, names: &Names, reader: &mut Reader<'_>) -> Option<Vec<Teamwork>> {
    let what = "teamwork";
    reader.rows(&sections.teamwork, |reader, node| {
        let fields = reader.fields(node, what, &TEAMWORK_KEYS)?;
        let of = professional(&fields, what, "of", names, reader);
        let with =
            reader.required(&fields, what, "with").and_then(|node| names.professionals.resolve_all(node, reader));
        let phase = optional_phase(&fields, names, reader);
        let note = reader.required_text(&fields, what, "note");
        let sources = read_sources_of(&fields, what, names, reader);
        let (of, with) = (of?, with?);
        if let Some(with_self) = with_nodes(&fields).into_iter().find(|node| names.professionals.is(node, of)) {
            same_professional(with_self, "teamwork of a professional with themselves", reader);
        }
        Some(Teamwork { span: fields.span(), of, with, phase: phase.ok()?, note: note?, sources: sources? })
    })
}

pub(crate) fn read_handovers(sections: &Sections<'_>, names: &Names, reader: &mut Reader<'_>) -> Option<Vec<Handover>> {
    let what = "a handover";
    reader.rows(&sections.handovers, |reader, node| {
        let fields = reader.fields(node, what, &HANDOVER_KEYS)?;
        let from = professional(&fields, what, "from", names, reader);
        let to = professional(&fields, what, "to", names, reader);
        let note = reader.required_text(&fields, what, "note");
        let sources = read_sources_of(&fields, what, names, reader);
        let (from, to) = (from?, to?);
        if let Some(node) = fields.get("to").filter(|_| from == to) {
            same_professional(node, "a handover from a professional to themselves", reader);
        }
        Some(Handover { span: fields.span(), from, to, note: note?, sources: sources? })
    })
}

fn professional(
    fields: &Fields<'_>,
    what: &str,
    key: &str,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<ProfessionalIx> {
    let node = reader.required(fields, what, key)?;
    names.professionals.resolve(node, reader)
}

fn optional_phase(fields: &Fields<'_>, names: &Names, reader: &mut Reader<'_>) -> Result<Option<PhaseIx>, Faulty> {
    fields.get("phase").map(|node| names.phases.resolve(node, reader).ok_or(Faulty)).transpose()
}

/// Those whom teamwork is `with`, one or a list.
fn with_nodes<'n>(fields: &Fields<'n>) -> Vec<&'n Node> {
    match fields.get("with").map(|node| (node, &node.value)) {
        Some((_, Value::List(items))) => items.iter().collect(),
        Some((node, _)) => vec![node],
        None => Vec::new(),
    }
}

/// Reports a professional where another one should stand.
pub(crate) fn same_professional(node: &Node, message: &str, reader: &mut Reader<'_>) {
    let fault = Diagnostic::new(Code::SameProfessional, node.span, message);
    reader.report(fault.help("name another professional"));
}
