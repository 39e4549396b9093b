//! Which names there are, so that references can be resolved whatever the order of the sections.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::node::{Node, Value};
use super::question::ReadQuestion;
use super::reader::Reader;
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    FindingIx, FlagIx, Held, MAX_ID, PhaseIx, Position, ProfessionalIx, QuestionIx, ServiceIx, SourceIx,
};
use crate::source::Span;

/// The names of one kind of thing.
pub(crate) struct Index<P> {
    what: &'static str,
    code: Code,
    places: BTreeMap<String, (P, Span)>,
    /// Whether a reference to an unknown name is a fault of its own. It is not where a name could not be read, since it
    /// may be that one; and where there are no names at all, one reference stands for all.
    judges: Cell<bool>,
}

impl<P: Position> Index<P> {
    /// The names of the items of a section. A name that comes twice is reported, and the first counts. A section that is
    /// not `complete` has items that could not be read.
    fn gather(what: &'static str, code: Code, items: &[&Node], complete: bool, reader: &mut Reader<'_>) -> Self {
        let mut index = Self { what, code, places: BTreeMap::new(), judges: Cell::new(complete) };
        for (row, item) in items.iter().enumerate() {
            match id_of(item, reader) {
                Some((name, span)) => index.add(name, span, P::new(row), reader),
                None => index.judges.set(false),
            }
        }
        index
    }

    /// Adds a name, unless it is there.
    fn add(&mut self, name: &str, span: Span, position: P, reader: &mut Reader<'_>) {
        if let Some((_, first)) = self.places.get(name) {
            reader.report(duplicate_id(self.what, name, span, Some(*first), reader));
        } else {
            self.places.insert(name.to_owned(), (position, span));
        }
    }

    /// The thing of this name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<P> {
        self.places.get(name).map(|(position, _)| *position)
    }

    /// Whether `node` names the thing at `position`.
    pub(crate) fn is(&self, node: &Node, position: P) -> bool {
        matches!(&node.value, Value::Text(name) if self.find(name) == Some(position))
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
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
            self.report_unknown(name, node.span, std::iter::empty(), reader);
        }
        found
    }

    /// Reports a name that is not there, unless that follows from a fault reported elsewhere. `others` may be meant, too.
    pub(crate) fn report_unknown<'n>(
        &'n self,
        name: &str,
        span: Span,
        others: impl Iterator<Item = &'n str> + Clone,
        reader: &mut Reader<'_>,
    ) {
        if !self.judges.get() {
            return;
        }
        if self.places.is_empty() {
            self.judges.set(false);
            let kind = bare(self.what);
            let fault = Diagnostic::new(self.code, span, format!("there is no {kind} `{name}`"));
            reader.report(fault.help(format!("the rule set has no {kind} at all: is the section `{kind}s` missing?")));
            return;
        }
        reader.report_unknown(self.code, self.what, name, span, self.names(), others);
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
pub(crate) fn duplicate_id(what: &str, name: &str, span: Span, first: Option<Span>, reader: &Reader<'_>) -> Diagnostic {
    let fault = Diagnostic::new(Code::DuplicateId, span, format!("{what} called `{name}` is there already"));
    match first {
        Some(first) => {
            fault.help(format!("the other one is {}; give one of them another id", reader.place(first, span)))
        }
        None => fault.help("give one of them another id"),
    }
}

/// Warns that a list names something twice.
pub(crate) fn duplicate_entry(node: &Node, reader: &mut Reader<'_>) {
    let message = match reader.scalar(node) {
        Some(name) => format!("the list names `{name}` twice"),
        None => "the list names this twice".to_owned(),
    };
    reader.report(Diagnostic::new(Code::DuplicateEntry, node.span, message).help("remove one of them"));
}

/// "a flag" without its article.
pub(crate) fn bare(what: &str) -> &str {
    what.strip_prefix("a ").or_else(|| what.strip_prefix("an ")).unwrap_or(what)
}

/// The text under `id` of an item, if it has one that could be an id.
fn id_of<'n>(item: &'n Node, reader: &Reader<'n>) -> Option<(&'n str, Span)> {
    let Value::Map(entries) = &item.value else {
        return None;
    };
    let (_, id) = entries.iter().find(|(key, _)| matches!(&key.value, Value::Text(key) if key == "id"))?;
    let name = reader.scalar(id)?;
    (name.len() <= MAX_ID).then_some((name, id.span))
}

/// All names of a rule set, and what of it must be known to read the rest.
pub(crate) struct Names {
    pub(crate) sources: Index<SourceIx>,
    pub(crate) question_ids: Index<QuestionIx>,
    /// The questions as far as conditions need them; `None` where one cannot be judged.
    pub(crate) questions: Vec<Option<ReadQuestion>>,
    pub(crate) findings: Index<FindingIx>,
    /// The latest question that each finding depends on, itself or through other findings.
    pub(crate) latest_question: Vec<Option<QuestionIx>>,
    pub(crate) flags: Index<FlagIx>,
    pub(crate) professionals: Index<ProfessionalIx>,
    pub(crate) services: Index<ServiceIx>,
    /// Groups with their services.
    pub(crate) groups: BTreeMap<String, Vec<ServiceIx>>,
    /// Whether all groups could be read.
    pub(crate) groups_complete: bool,
    pub(crate) phases: Index<PhaseIx>,
}

impl Names {
    /// The names of all sections; also reports duplicate ids where nothing refers to them.
    pub(crate) fn gather(sections: &Sections<'_>, reader: &mut Reader<'_>) -> Self {
        // Nothing refers to these by name, but duplicates would confuse every report.
        let _ = Index::<FlagIx>::gather("a need", Code::UnknownService, &sections.needs, true, reader);
        let _ = Index::<FlagIx>::gather("a preference", Code::UnknownService, &sections.preferences, true, reader);
        let _ =
            Index::<FlagIx>::gather(super::go_at_once::WHAT, Code::UnknownService, &sections.go_at_once, true, reader);
        let _ = Index::<FlagIx>::gather("a guarantee", Code::UnknownService, &sections.guarantees, true, reader);
        macro_rules! index {
            ($what:literal, $code:ident, $section:ident) => {
                Index::gather(
                    $what,
                    Code::$code,
                    &sections.$section,
                    sections.is_complete(stringify!($section)),
                    reader,
                )
            };
        }
        Self {
            sources: index!("a source", UnknownSource, sources),
            question_ids: index!("a question", UnknownQuestion, questions),
            questions: Vec::new(),
            findings: index!("a finding", UnknownFinding, findings),
            latest_question: Vec::new(),
            flags: index!("a flag", UnknownFlag, flags),
            professionals: index!("a professional", UnknownProfessional, professionals),
            services: index!("a service", UnknownService, services),
            groups: BTreeMap::new(),
            groups_complete: sections.is_complete("groups"),
            phases: index!("a phase", UnknownPhase, phases),
        }
    }

    /// The services that `node` names, one or a list, groups unfolded, in file order.
    pub(crate) fn services_or_groups(&self, node: &Node, reader: &mut Reader<'_>) -> Option<Vec<ServiceIx>> {
        self.held(node, reader).map(|held| Held::services(&held))
    }

    /// The same, entry by entry.
    pub(crate) fn held(&self, node: &Node, reader: &mut Reader<'_>) -> Option<Vec<Held>> {
        let nodes = reader.one_or_list(node)?;
        let mut found = Vec::new();
        let mut named = BTreeSet::new();
        let mut complete = true;
        for node in nodes {
            let Some(name) = reader.word(node, "a service or group") else {
                complete = false;
                continue;
            };
            if !named.insert(name) {
                duplicate_entry(node, reader);
            } else if let Some(service) = self.services.find(name) {
                found.push(Held { span: node.span, services: vec![service] });
            } else if let Some(group) = self.groups.get(name) {
                found.push(Held { span: node.span, services: group.clone() });
            } else {
                if self.groups_complete {
                    let groups = self.groups.keys().map(String::as_str);
                    self.services.report_unknown(name, node.span, groups, reader);
                }
                complete = false;
            }
        }
        complete.then_some(found)
    }
}
