//! Reads guarantees and the outcome tests in them.

use super::care::same_professional;
use super::condition::{self, Reach};
use super::names::Names;
use super::node::{Node, Value};
use super::reader::{Fields, Reader};
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Guarantee, Level, OutcomeTest, ProfessionalIx, Promise};

const WHAT: &str = "a guarantee";
const KEYS: [&str; 5] = ["id", "when", "unless", "always", "never"];
const TEST: &str = "an outcome test";
const TEST_KEYS: [&str; 9] =
    ["level", "flag", "professional", "phase", "service", "before", "on_hold", "waits", "plan"];

pub(crate) fn read_guarantees(
    sections: &Sections<'_>,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<Guarantee>> {
    reader.rows(&sections.guarantees, |reader, node| read_guarantee(node, names, reader))
}

fn read_guarantee(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<Guarantee> {
    let fields = reader.fields(node, WHAT, &KEYS)?;
    let id = reader.required_id(&fields, WHAT);
    let when = condition::optional(&fields, "when", names, Reach::ALL, reader);
    let unless = match fields.get("unless") {
        Some(node) => read_test(node, names, reader).map(Some),
        None => Some(None),
    };
    let promise = match (fields.get("always"), fields.get("never")) {
        (Some(node), None) => read_test(node, names, reader).map(Promise::Always),
        (None, Some(node)) => read_test(node, names, reader).map(Promise::Never),
        (None, None) if fields.is_misspelled("always") || fields.is_misspelled("never") => None,
        (always, _) => {
            // Where both are there, the second is one too many.
            let (span, help) = match always {
                Some(_) => (fields.key_span("never"), "make it two guarantees"),
                None => (fields.span(), "say what must `always` or `never` come of it"),
            };
            let message = "a guarantee needs `always` or `never`, and not both";
            reader.report(Diagnostic::new(Code::AlwaysOrNever, span, message).help(help));
            None
        }
    };
    Some(Guarantee { id: id?, when: when.ok()?, unless: unless?, promise: promise? })
}

fn read_test(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<OutcomeTest> {
    let fields = reader.fields(node, TEST, &TEST_KEYS)?;
    if fields.iter().next().is_none() {
        reader.fault(Code::EmptyCondition, node.span, "an outcome test without entries");
        return None;
    }
    let mut test = OutcomeTest::default();
    let mut complete = true;
    if let Some(node) = fields.get("level") {
        test.level = read_levels(node, reader);
        complete &= test.level.is_some();
    }
    if let Some(node) = fields.get("flag") {
        test.flag = names.flags.resolve(node, reader);
        complete &= test.flag.is_some();
    }
    if let Some(node) = fields.get("professional") {
        test.professional = names.professionals.resolve(node, reader);
        complete &= test.professional.is_some();
    }
    if let Some(node) = fields.get("phase") {
        test.phase = names.phases.resolve(node, reader);
        complete &= test.phase.is_some() && needs_professional(&fields, "phase", reader);
    }
    if let Some(node) = fields.get("service") {
        test.service = names.services.resolve(node, reader);
        complete &= test.service.is_some() && needs_professional(&fields, "service", reader);
    }
    if let Some(node) = fields.get("before") {
        test.before = read_before(node, names, reader);
        complete &= test.before.is_some();
    }
    for (key, services) in [("on_hold", &mut test.on_hold), ("waits", &mut test.waits)] {
        if let Some(node) = fields.get(key) {
            match names.services_or_groups(node, reader) {
                Some(found) => *services = found,
                None => complete = false,
            }
        }
    }
    if let Some(node) = fields.get("plan") {
        let none = reader
            .keyword(node, "a test of the plan", Code::WrongType, &["none"], |word| (word == "none").then_some(()));
        test.no_plan = none.is_some();
        complete &= test.no_plan;
    }
    complete.then_some(test)
}

fn needs_professional(fields: &Fields<'_>, key: &str, reader: &mut Reader<'_>) -> bool {
    let there = fields.get("professional").is_some() || fields.is_misspelled("professional");
    if !there {
        let fault = Diagnostic::new(
            Code::MissingKey,
            fields.key_span(key),
            format!("`{key}` says where a professional leads, so it needs `professional`"),
        );
        reader.report(fault);
    }
    there
}

/// A level, or the range of them between `at_least` and `at_most`.
pub(crate) fn read_levels(node: &Node, reader: &mut Reader<'_>) -> Option<(Level, Level)> {
    if !matches!(node.value, Value::Map(_)) {
        return read_level(node, reader).map(|level| (level, level));
    }
    let fields = reader.fields(node, "a range of levels", &["at_least", "at_most"])?;
    if fields.iter().next().is_none() {
        reader.fault(Code::EmptyCondition, node.span, "a range of levels without entries");
        return None;
    }
    let mut end = |key: &str, otherwise: Level| match fields.get(key) {
        Some(node) => read_level(node, reader),
        None => Some(otherwise),
    };
    let (least, most) = (end("at_least", Level::None), end("at_most", Level::Emergency));
    let (least, most) = (least?, most?);
    if least > most {
        let message = format!("no level is at least `{least}` and at most `{most}`");
        reader.fault(Code::InvalidRange, fields.span(), message);
        return None;
    }
    Some((least, most))
}

/// A level of a decision.
pub(crate) fn read_level(node: &Node, reader: &mut Reader<'_>) -> Option<Level> {
    let names = Level::ALL.map(Level::name);
    reader.keyword(node, "a level", Code::UnknownLevel, &names, Level::from_name)
}

fn read_before(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<(ProfessionalIx, ProfessionalIx)> {
    let items = reader.list(node)?;
    let [first, second] = items else {
        reader.fault(Code::WrongType, node.span, "`before` names two professionals: [first, second]");
        return None;
    };
    let (earlier, later) = (names.professionals.resolve(first, reader), names.professionals.resolve(second, reader));
    let (earlier, later) = (earlier?, later?);
    if earlier == later {
        same_professional(second, "a professional before themselves", reader);
    }
    Some((earlier, later))
}
