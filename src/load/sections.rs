//! The entries of all files, put together by section.

use super::node::{Node, Value};
use super::reader::Reader;
use crate::diagnostic::Code;
use crate::source::Span;

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
        }
    };
}

sections! {
    sources questions findings flags professionals services phases needs preferences teamwork handovers guarantees
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
                continue;
            };
            let elsewhere = !sections.metadata.is_empty();
            for (name, key, value) in fields.iter() {
                if name == "groups" {
                    sections.groups.push(value);
                } else if let Some(list) = sections.list(name) {
                    // A heading with nothing under it yet is an empty section.
                    if !matches!(value.value, Value::Null) {
                        list.extend(reader.items(value).unwrap_or_default());
                    }
                } else if !TOP_KEYS.contains(&name) {
                    // Reported with the other unknown keys.
                } else if elsewhere {
                    reader.fault(
                        Code::DuplicateMetadata,
                        key.span,
                        format!("`{name}` belongs with the metadata, which stands in another file"),
                    );
                } else {
                    sections.metadata.push((name, key.span, value));
                }
            }
        }
        sections
    }
}
