//! Reads professionals, the scope matrix and groups of services.

use super::access::read_access;
use super::flag::read_sources_of;
use super::meantime::read_meantime;
use super::names::{Names, duplicate_id};
use super::node::Node;
use super::reader::Reader;
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Group, Position, Professional, ProfessionalIx, ProfessionalSet, Scope, Service, Table};

const PROFESSIONAL_KEYS: [&str; 7] = ["id", "name", "credential", "expect", "find", "access", "source"];
const SERVICE_KEYS: [&str; 8] = ["id", "name", "theme", "scope", "how_soon", "until_then", "source", "compared_only"];
const SCOPES: [&str; 4] = ["core", "shared", "referral", "outside"];

pub(crate) fn read_professionals(
    sections: &Sections<'_>,
    names: &Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<Professional>> {
    if let Some(extra) = sections.professionals.get(ProfessionalSet::CAPACITY) {
        let count = sections.professionals.len();
        let fault =
            Diagnostic::new(Code::TooManyProfessionals, extra.span, format!("{count} professionals are too many"));
        reader.report(fault.help(format!("at most {}", ProfessionalSet::CAPACITY)));
    }
    reader.rows(&sections.professionals, |reader, node| read_professional(node, names, reader))
}

fn read_professional(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<Professional> {
    let what = "a professional";
    let fields = reader.fields(node, what, &PROFESSIONAL_KEYS)?;
    let id = reader.required_id(&fields, what);
    let name = reader.required_text(&fields, what, "name");
    let credential = reader.optional_text(&fields, "credential");
    let expect = reader.optional_text(&fields, "expect");
    let find = reader.optional_text(&fields, "find");
    let access = read_access(&fields, names, reader);
    let sources = read_sources_of(&fields, what, names, reader);
    Some(Professional {
        id: id?,
        name: name?,
        credential: credential.ok()?,
        expect: expect.ok()?,
        find: find.ok()?,
        access: access?,
        sources: sources?,
    })
}

pub(crate) fn read_services(sections: &Sections<'_>, names: &Names, reader: &mut Reader<'_>) -> Option<Vec<Service>> {
    reader.rows(&sections.services, |reader, node| read_service(node, names, reader))
}

fn read_service(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<Service> {
    let what = "a service";
    let fields = reader.fields(node, what, &SERVICE_KEYS)?;
    let id = reader.required_id(&fields, what);
    let name = reader.required_text(&fields, what, "name");
    let theme = reader.optional_text(&fields, "theme");
    let scope = reader.required(&fields, what, "scope").and_then(|node| read_scope(node, names, reader));
    let meantime = read_meantime(&fields, reader);
    let sources = read_sources_of(&fields, what, names, reader);
    let compared_only = match fields.get("compared_only") {
        Some(node) => reader.boolean(node),
        None => Some(false),
    };
    let scope = scope?;
    let candidates = Service::candidates_of(&scope);
    Some(Service {
        id: id?,
        name: name?,
        theme: theme.ok()?,
        candidates,
        scope,
        meantime: meantime.ok()?,
        compared_only: compared_only?,
        sources: sources?,
    })
}

/// A row of the matrix: every professional named, in any order.
fn read_scope(node: &Node, names: &Names, reader: &mut Reader<'_>) -> Option<Table<ProfessionalIx, Scope>> {
    let fields = reader.entries(node, "a scope")?;
    // With far too many professionals, which is a fault of its own, each service would miss thousands.
    let count = match names.professionals.len() {
        count if count <= ProfessionalSet::CAPACITY => count,
        _ => 0,
    };
    let mut row: Vec<Option<Scope>> = vec![None; count];
    let mut complete = true;
    for (_, key, value) in fields.iter() {
        let professional = names.professionals.resolve(key, reader);
        let scope = reader.keyword(value, "a place in a scope", Code::UnknownScope, &SCOPES, Scope::from_name);
        match (professional.and_then(|professional| row.get_mut(professional.index())), scope) {
            (Some(cell), Some(scope)) => *cell = Some(scope),
            _ => complete = false,
        }
    }
    let missing: Vec<&str> =
        names.professionals.names().take(count).filter(|name| fields.get(name).is_none()).collect();
    if let Some(first) = missing.first() {
        let fault = Diagnostic::new(
            Code::MissingScope,
            fields.span(),
            format!("this service does not say where it stands for `{}`", missing.join("`, `")),
        );
        reader.report(fault.help(format!("add `{first}: outside`, or what it is")));
        complete = false;
    }
    let row: Option<Vec<Scope>> = row.into_iter().collect();
    row.filter(|_| complete).map(|row| row.into_iter().collect())
}

/// Groups are a map of name to services; their names must not be those of services.
pub(crate) fn read_groups(sections: &Sections<'_>, names: &mut Names, reader: &mut Reader<'_>) -> Option<Vec<Group>> {
    let mut groups: Vec<Option<Group>> = Vec::new();
    for node in &sections.groups {
        let Some(fields) = reader.entries(node, "the groups") else {
            names.groups_complete = false;
            groups.push(None);
            continue;
        };
        for (name, key, value) in fields.iter() {
            let id = reader.id(key);
            if names.services.find(name).is_some() || names.groups.contains_key(name) {
                reader.report(duplicate_id("a service or group", name, key.span, None, reader));
            }
            let services = names.services.resolve_all(value, reader);
            names.groups_complete &= services.is_some();
            names.groups.insert(name.to_owned(), services.clone().unwrap_or_default());
            groups.push(id.zip(services).map(|(id, services)| Group { id, services }));
        }
    }
    groups.into_iter().collect()
}
