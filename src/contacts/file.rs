//! Reads contact files with places.

use std::collections::BTreeMap;

use super::{Contact, Contacts};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::lookup::Lookup;
use crate::load::metadata::read_head;
use crate::load::names::duplicate_id;
use crate::load::node::{self, Node, Value};
use crate::load::reader::{Faulty, Fields, Reader};
use crate::model::RuleSet;
use crate::source::{FileId, Span, Texts};

const WHAT: &str = "a contact";
const KEYS: [&str; 8] = ["id", "name", "profession", "credential", "phone", "address", "languages", "notes"];

/// Reads the contacts that stand in `file`. Their professions are those of the rule set.
///
/// # Errors
/// Everything that is wrong with it. A profession that the rule set does not know is an error: who was meant would be
/// missing where they are looked for.
pub fn read_contacts(rules: &RuleSet, texts: &Texts, file: FileId) -> Result<Contacts, Vec<Diagnostic>> {
    let mut faults = Diagnostics::default();
    let read = match node::parse(texts, file) {
        Ok(tree) => read_file(rules, &tree, &mut Reader::new(texts, &mut faults)),
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    match read {
        Some(contacts) if !faults.has_errors() => Ok(contacts),
        _ => Err(faults.into_sorted()),
    }
}

fn read_file(rules: &RuleSet, tree: &Node, reader: &mut Reader<'_>) -> Option<Contacts> {
    const FILE: &str = "a contact file";
    let fields = read_head(reader, tree, FILE, &["format", "contacts"])?;
    let node = reader.required(&fields, FILE, "contacts")?;
    // `contacts:` with nothing under it is the list of somebody who has not written any yet.
    let items: Vec<&Node> = match node.value {
        Value::Null => Vec::new(),
        _ => reader.items(node)?.iter().collect(),
    };
    let lookup = Lookup::new(rules);
    let rows = reader.rows(&items, |reader, node| read_contact(&lookup, node, reader))?;
    report_duplicates(&rows, reader);
    Some(Contacts { rows })
}

fn read_contact(lookup: &Lookup<'_>, node: &Node, reader: &mut Reader<'_>) -> Option<Contact> {
    let fields = reader.fields(node, WHAT, &KEYS)?;
    let id = fields.get("id").map(|node| reader.id(node).ok_or(Faulty)).transpose();
    let name = reader.required_text(&fields, WHAT, "name");
    let profession = reader.required(&fields, WHAT, "profession").and_then(|node| lookup.professional(node, reader));
    // Also where YAML sees a number it is taken as it is written, so that `+1` and zeros in front stay.
    let phone = line_of(&fields, "phone", " ", reader);
    let credential = line_of(&fields, "credential", " ", reader);
    let address = line_of(&fields, "address", ", ", reader);
    let languages = read_languages(&fields, reader);
    let notes = line_of(&fields, "notes", " ", reader);
    Some(Contact {
        id: id.ok()?,
        name: one_line(&name?, " "),
        profession: profession?,
        credential: credential.ok()?,
        phone: phone.ok()?,
        address: address.ok()?,
        languages: languages?,
        notes: notes.ok()?,
    })
}

/// The text of a key as one line, with this between what were lines of their own.
fn line_of(fields: &Fields<'_>, key: &str, between: &str, reader: &mut Reader<'_>) -> Result<Option<String>, Faulty> {
    Ok(reader.optional_text(fields, key)?.map(|text| one_line(&text, between)))
}

fn one_line(text: &str, between: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(between)
}

/// One language or a list of them.
fn read_languages(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<Vec<String>> {
    let Some(node) = fields.get("languages") else {
        return Some(Vec::new());
    };
    let nodes = reader.one_or_list(node)?;
    reader.rows(&nodes, |reader, node| Some(one_line(&reader.text(node)?, " ")))
}

fn report_duplicates(rows: &[Contact], reader: &mut Reader<'_>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for id in rows.iter().filter_map(|contact| contact.id.as_ref()) {
        match seen.get(id.as_str()) {
            Some(first) => reader.report(duplicate_id(WHAT, id.as_str(), id.span(), Some(*first), reader)),
            None => {
                seen.insert(id.as_str(), id.span());
            }
        }
    }
}
