//! The entries of all files, put together by section.

use std::collections::BTreeSet;

use super::node::{Node, Value};
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Far more than a rule set needs. What refers to each other may grow by the square.
const MAX_ROWS: usize = 5_000;

macro_rules! sections {
    ($($name:ident)*) => {
        /// The items of each section, file after file.
        #[derive(Default)]
        pub(crate) struct Sections<'n> {
            /// The metadata's keys and values.
            pub(crate) metadata: Vec<(&'n str, Span, &'n Node)>,
            /// Where to point when something is missing altogether.
            pub(crate) start: Option<Span>,
            $(pub(crate) $name: Vec<&'n Node>,)*
            /// Groups: one map of name to services a file.
            pub(crate) groups: Vec<&'n Node>,
            /// Sections that are there in part: what they name cannot be known.
            incomplete: BTreeSet<&'static str>,
        }

        /// Every key that may stand at the top of a file.
        const TOP_KEYS: &[&str] = &[
            "format", "name", "version", "language", "emergency_number", "disclaimer", "reviewed_by", "otherwise",
            $(stringify!($name),)* "groups",
        ];

        impl<'n> Sections<'n> {
            fn list(&mut self, section: &str) -> Option<&mut Vec<&'n Node>> {
                match section {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }

            /// Reports what could not be worked with in any useful time. The rest is left unread.
            fn report_too_many(&mut self, reader: &mut Reader<'_>) {
                $(
                    if let Some(extra) = self.$name.get(MAX_ROWS) {
                        let message = format!("{} {} are too many", self.$name.len(), stringify!($name));
                        let fault = Diagnostic::new(Code::TooLarge, extra.span, message);
                        reader.report(fault.help(format!("a section has at most {MAX_ROWS} entries")));
                        self.$name.clear();
                        self.incomplete.insert(stringify!($name));
                    }
                )*
            }
        }
    };
}

sections! {
    sources questions findings flags go_at_once professionals services phases needs preferences teamwork handovers
    guarantees
}

impl<'n> Sections<'n> {
    /// Puts the sections of all files together.
    pub(crate) fn gather(trees: &'n [Node], reader: &mut Reader<'_>) -> Self {
        let mut sections = Self::default();
        for tree in trees {
            sections.start = sections.start.or(Some(tree.span));
            // An empty file, or one that holds nothing but comments, adds nothing.
            if matches!(tree.value, Value::Null) {
                continue;
            }
            let Some(fields) = reader.fields(tree, "a rule set", TOP_KEYS) else {
                // Everything may stand in what could not be read.
                sections.incomplete.extend(TOP_KEYS);
                continue;
            };
            sections.incomplete.extend(TOP_KEYS.iter().filter(|key| fields.is_misspelled(key)));
            let metadata_before = sections.metadata.first().map(|(_, span, _)| *span);
            let mut told = false;
            for (name, key, value) in fields.iter() {
                let Some(name) = TOP_KEYS.iter().find(|known| **known == name).copied() else {
                    // Reported with the other unknown keys.
                    continue;
                };
                if name == "groups" {
                    // A heading with nothing under it yet is an empty section.
                    if !matches!(value.value, Value::Null) {
                        sections.groups.push(value);
                    }
                } else if let Some(list) = sections.list(name) {
                    if !matches!(value.value, Value::Null) {
                        match reader.items(value) {
                            Some(items) => list.extend(items),
                            None => _ = sections.incomplete.insert(name),
                        }
                    }
                } else {
                    if let Some(before) = metadata_before.filter(|_| !told) {
                        // One fault a file: moving one key moves its neighbours.
                        told = true;
                        report_elsewhere(name, key.span, before, reader);
                    }
                    sections.metadata.push((name, key.span, value));
                }
            }
        }
        sections.report_too_many(reader);
        sections
    }

    /// Whether everything that `section` holds could be read.
    pub(crate) fn is_complete(&self, section: &str) -> bool {
        !self.incomplete.contains(section)
    }
}

fn report_elsewhere(name: &str, span: Span, before: Span, reader: &mut Reader<'_>) {
    let fault = Diagnostic::new(Code::DuplicateMetadata, span, format!("`{name}` belongs with the other metadata"));
    reader.report(fault.help(format!("the metadata stands in `{}`; keep it in one file", reader.file_name(before))));
}
