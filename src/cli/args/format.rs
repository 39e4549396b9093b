//! How results can be written, command by command.

use std::path::Path;

use clap::ValueEnum;

/// How a result is written. As every command has `--format`, all names are known to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AnyFormat {
    /// For people
    Text,
    /// `check` only: one line for each fault
    Short,
    /// For people: Markdown, to paste or to print (not for `check`, `test` and `diff`)
    #[value(alias = "md")]
    Markdown,
    /// For people: one HTML file, for a phone or paper (not for `check`, `test` and `diff`)
    Html,
    /// For programs: one object a line
    Json,
    /// `check` only: SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// `test` only: XML as junit writes it, for build servers
    Junit,
}

/// The formats of some command.
pub(in crate::cli) trait OneOf: Sized {
    /// The one that is meant, if it is one of them.
    fn one_of(format: AnyFormat) -> Option<Self>;
}

impl AnyFormat {
    /// What the name of a file asks for: text where it has no ending. `None` where it ends as something that is not written.
    pub(in crate::cli) fn of_file(path: &Path) -> Option<Self> {
        let Some(ending) = path.extension() else {
            return Some(Self::Text);
        };
        match ending.to_str()?.to_lowercase().as_str() {
            "" | "txt" | "text" | "log" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "json" | "jsonl" => Some(Self::Json),
            _ => None,
        }
    }
}

/// How a page for people is written, or the same for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum PageFormat {
    Text,
    Markdown,
    Html,
    Json,
}

impl OneOf for PageFormat {
    fn one_of(format: AnyFormat) -> Option<Self> {
        match format {
            AnyFormat::Text => Some(Self::Text),
            AnyFormat::Markdown => Some(Self::Markdown),
            AnyFormat::Html => Some(Self::Html),
            AnyFormat::Json => Some(Self::Json),
            AnyFormat::Short | AnyFormat::Sarif | AnyFormat::Junit => None,
        }
    }
}

/// How a difference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    Text,
    Json,
}

impl OneOf for Format {
    fn one_of(format: AnyFormat) -> Option<Self> {
        match format {
            AnyFormat::Text => Some(Self::Text),
            AnyFormat::Json => Some(Self::Json),
            _ => None,
        }
    }
}

/// How faults are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum CheckFormat {
    Text,
    Short,
    Json,
    Sarif,
}

impl OneOf for CheckFormat {
    fn one_of(format: AnyFormat) -> Option<Self> {
        match format {
            AnyFormat::Text => Some(Self::Text),
            AnyFormat::Short => Some(Self::Short),
            AnyFormat::Json => Some(Self::Json),
            AnyFormat::Sarif => Some(Self::Sarif),
            AnyFormat::Junit | AnyFormat::Markdown | AnyFormat::Html => None,
        }
    }
}

/// How the end of cases is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum TestFormat {
    Text,
    Json,
    Junit,
}

impl OneOf for TestFormat {
    fn one_of(format: AnyFormat) -> Option<Self> {
        match format {
            AnyFormat::Text => Some(Self::Text),
            AnyFormat::Json => Some(Self::Json),
            AnyFormat::Junit => Some(Self::Junit),
            _ => None,
        }
    }
}
