//! How results can be written, command by command.

use clap::ValueEnum;

/// How a result is written. As every command has `--format`, all names are known to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AnyFormat {
    /// For people
    Text,
    /// `check` only: one line for each fault
    Short,
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

/// How a decision, a comparison or a difference is written.
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
            AnyFormat::Short | AnyFormat::Sarif | AnyFormat::Junit => None,
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
            AnyFormat::Junit => None,
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
            AnyFormat::Short | AnyFormat::Sarif => None,
        }
    }
}
