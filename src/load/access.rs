//! Reads what the law says on going to a professional.

use super::flag::read_sources_of;
use super::names::{Names, duplicate_entry};
use super::node::Node;
use super::reader::{Fields, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Access, Date, State};

const WHAT: &str = "a statement on access";
const KEYS: [&str; 4] = ["says", "states", "as_of", "source"];

/// The statements under `access`; none where the key is left out.
pub(crate) fn read_access(fields: &Fields<'_>, names: &Names, reader: &mut Reader<'_>) -> Option<Vec<Access>> {
    let Some(node) = fields.get("access") else {
        return Some(Vec::new());
    };
    let items: Vec<&Node> = reader.list(node)?.iter().collect();
    reader.rows(&items, |reader, node| read_statement(node, names, reader))
}

fn read_statement(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<Access> {
    let fields = reader.fields(node, WHAT, &KEYS)?;
    let says = reader.required_text(&fields, WHAT, "says");
    let states = match fields.get("states") {
        Some(node) => read_states(node, reader),
        None => Some(Vec::new()),
    };
    let as_of = reader.required(&fields, WHAT, "as_of").and_then(|node| read_date(node, reader));
    let sources = read_sources_of(&fields, WHAT, names, reader);
    Some(Access { says: says?, states: states?, as_of: as_of?, sources: sources? })
}

fn read_states(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<State>> {
    let mut states = Vec::new();
    let mut complete = true;
    for node in reader.list(node)? {
        let Some(code) = reader.word(node, "the code of a state") else {
            complete = false;
            continue;
        };
        match State::from_code(code) {
            Some(state) if states.contains(&state) => duplicate_entry(node, reader),
            Some(state) => states.push(state),
            None => {
                let fault = Diagnostic::new(Code::WrongType, node.span, format!("`{code}` is no code of a state"));
                reader.report(fault.help("a code is two capital letters, such as TX"));
                complete = false;
            }
        }
    }
    complete.then_some(states)
}

fn read_date(node: &Node, reader: &mut Reader<'_>) -> Option<Date> {
    let text = reader.word(node, "a date")?;
    let date = Date::from_iso(text);
    if date.is_none() {
        let fault = Diagnostic::new(Code::WrongType, node.span, format!("`{text}` is no date"));
        reader.report(fault.help("write 2019-07-31, or 2019-07 or 2019 where no more is known"));
    }
    date
}
