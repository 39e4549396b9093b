//! Reads signs for which to go at once.

use super::condition::{self, Reach};
use super::flag::read_sources_of;
use super::names::Names;
use super::reader::Reader;
use super::sections::Sections;
use crate::model::GoAtOnce;

/// What a row is called in messages.
pub(crate) const WHAT: &str = "a sign to go at once";
const KEYS: [&str; 5] = ["id", "when", "say", "do", "source"];

pub(crate) fn read_go_at_once(
    sections: &Sections<'_>,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<GoAtOnce>> {
    reader.rows(&sections.go_at_once, |reader, node| {
        let fields = reader.fields(node, WHAT, &KEYS)?;
        let id = reader.required_id(&fields, WHAT);
        let when = condition::optional(&fields, "when", names, Reach::ALL, reader);
        let say = reader.required_text(&fields, WHAT, "say");
        let action = reader.optional_text(&fields, "do");
        let sources = read_sources_of(&fields, WHAT, names, reader);
        Some(GoAtOnce { id: id?, when: when.ok()?, say: say?, action: action.ok()?, sources: sources? })
    })
}
