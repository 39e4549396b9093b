//! Which names there are, so that references can be resolved whatever the order of the sections.

use std::collections::BTreeMap;

use super::node::{Node, Value};
use super::reader::Reader;
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FindingIx, FlagIx, PhaseIx, Position, ProfessionalIx, Question, QuestionIx, ServiceIx, SourceIx};
use crate::source::Span;
use crate::suggest::nearest;

/// The names of one kind of thing.
pub(crate) struct Index<P> {
    what: &'static str,
    code: Code,
    places: BTreeMap<String, (P, Span)>,
}

impl<P: Position> Index<P> {
    /// The names of the items of a section. A name that comes twice is reported, and the first counts.
    fn gather(what: &'static str, code: Code, items: &[&Node], reader: &mut Reader<'_>) -> Self {
        let mut index = Self { what, code, places: BTreeMap::new() };
        for (row, item) in items.iter().enumerate() {
            if let Some((name, span)) = id_of(item) {
                index.add(name, span, P::new(row), reader);
            }
        }
        index
    }

    /// Adds a name, unless it is there.
    fn add(&mut self, name: &str, span: Span, position: P, reader: &mut Reader<'_>) {
        if self.places.contains_key(name) {
            reader.report(duplicate_id(self.what, name, span));
        } else {
            self.places.insert(name.to_owned(), (position, span));
        }
    }

    /// The thing of this name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<P> {
        self.places.get(name).map(|(position, _)| *position)
    }

    /// All names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.places.keys().map(String::as_str)
    }

    /// The thing that `node` names; reports an unknown name.
    pub(crate) fn resolve(&self, node: &Node, reader: &mut Reader<'_>) -> Option<P> {
        let name = match &node.value {
            Value::Text(name) => name.as_str(),
            _ => reader.word(node, self.what)?,
        };
        let found = self.find(name);
        if found.is_none() {
            reader.report(unknown(self.code, self.what, name, node.span, self.names()));
        }
        found
    }

    /// The things that `node` names, one or a list; warns of one named twice.
    pub(crate) fn resolve_all(&self, node: &Node, reader: &mut Reader<'_>) -> Option<Vec<P>> {
        let nodes = reader.one_or_list(node)?;
        let mut found = Vec::new();
        let mut complete = true;
        for node in nodes {
            match self.resolve(node, reader) {
                Some(position) if found.contains(&position) => duplicate_entry(node, reader),
                Some(position) => found.push(position),
                None => complete = false,
            }
        }
        complete.then_some(found)
    }
}

/// The fault of a second thing with the same id.
pub(crate) fn duplicate_id(what: &str, name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, span, format!("{what} called `{name}` is there already"))
        .help("give one of them another id")
}

/// Warns that a list names something twice.
pub(crate) fn duplicate_entry(node: &Node, reader: &mut Reader<'_>) {
    reader.fault(Code::DuplicateEntry, node.span, "the list names this twice");
}

/// The fault of a name that is not there.
pub(crate) fn unknown<'n>(
    code: Code,
    what: &str,
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let fault = Diagnostic::new(code, span, format!("there is no {} `{name}`", bare(what)));
    match nearest(name, known.clone()) {
        Some(near) => fault.suggest(Some(near)),
        None => {
            // A longer list would bury the message.
            let shown: Vec<&str> = known.take(9).collect();
            if shown.is_empty() || shown.len() == 9 {
                fault
            } else {
                fault.help(format!("there are: {}", shown.join(", ")))
            }
        }
    }
}

/// "a flag" without its article.
fn bare(what: &str) -> &str {
    what.strip_prefix("a ").or_else(|| what.strip_prefix("an ")).unwrap_or(what)
}

/// The text under `id` of an item, if it has one.
fn id_of(item: &Node) -> Option<(&str, Span)> {
    let Value::Map(entries) = &item.value else {
        return None;
    };
    entries.iter().find_map(|(key, value)| match (&key.value, &value.value) {
        (Value::Text(key), Value::Text(name)) if key == "id" => Some((name.as_str(), value.span)),
        _ => None,
    })
}

/// All names of a rule set, and what of it must be known to read the rest.
pub(crate) struct Names {
    pub(crate) sources: Index<SourceIx>,
    pub(crate) question_ids: Index<QuestionIx>,
    /// The questions with kinds and options, their applicability still unread; `None` where one is faulty.
    pub(crate) questions: Vec<Option<Question>>,
    pub(crate) findings: Index<FindingIx>,
    /// The latest question that each finding depends on, itself or through other findings.
    pub(crate) latest_question: Vec<Option<QuestionIx>>,
    pub(crate) flags: Index<FlagIx>,
    pub(crate) professionals: Index<ProfessionalIx>,
    pub(crate) services: Index<ServiceIx>,
    /// Groups with their services.
    pub(crate) groups: BTreeMap<String, Vec<ServiceIx>>,
    pub(crate) phases: Index<PhaseIx>,
}

impl Names {
    /// The names of all sections; also reports duplicate ids where nothing refers to them.
    pub(crate) fn gather(sections: &Sections<'_>, reader: &mut Reader<'_>) -> Self {
        // Nothing refers to these by name, but duplicates would confuse every report.
        let _ = Index::<FlagIx>::gather("a need", Code::UnknownService, &sections.needs, reader);
        let _ = Index::<FlagIx>::gather("a preference", Code::UnknownService, &sections.preferences, reader);
        let _ = Index::<FlagIx>::gather("a guarantee", Code::UnknownService, &sections.guarantees, reader);
        Self {
            sources: Index::gather("a source", Code::UnknownSource, &sections.sources, reader),
            question_ids: Index::gather("a question", Code::UnknownQuestion, &sections.questions, reader),
            questions: Vec::new(),
            findings: Index::gather("a finding", Code::UnknownFinding, &sections.findings, reader),
            latest_question: Vec::new(),
            flags: Index::gather("a flag", Code::UnknownFlag, &sections.flags, reader),
            professionals: Index::gather("a professional", Code::UnknownProfessional, &sections.professionals, reader),
            services: Index::gather("a service", Code::UnknownService, &sections.services, reader),
            groups: BTreeMap::new(),
            phases: Index::gather("a phase", Code::UnknownPhase, &sections.phases, reader),
        }
    }

    /// The services that `node` names, one or a list, groups unfolded, in file order.
    pub(crate) fn services_or_groups(&self, node: &Node, reader: &mut Reader<'_>) -> Option<Vec<ServiceIx>> {
        let nodes = reader.one_or_list(node)?;
        let mut found = Vec::new();
        let mut complete = true;
        for node in nodes {
            let Some(name) = reader.word(node, "a service or group") else {
                complete = false;
                continue;
            };
            if let Some(service) = self.services.find(name) {
                found.push(service);
            } else if let Some(group) = self.groups.get(name) {
                found.extend(group);
            } else {
                let known: Vec<&str> = self.services.names().chain(self.groups.keys().map(String::as_str)).collect();
                let fault = unknown(Code::UnknownService, "a service or group", name, node.span, known.iter().copied());
                reader.report(fault);
                complete = false;
            }
        }
        found.sort_unstable();
        found.dedup();
        complete.then_some(found)
    }
}
