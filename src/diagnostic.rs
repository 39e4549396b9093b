//! What is wrong with a text: code, severity, place, message and help, kept apart so that each output can choose.
//!
//! Messages are lowercase, without a final period, one line, with the user's words in backticks.

use std::fmt;

use crate::source::Span;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The text cannot be used.
    Error,
    /// The text can be used; its author should look.
    Warning,
}

impl Severity {
    /// The word in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Declares [`Code`]: the variant, its stable name, its severity, and a sentence that explains it.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal)*) => {
        /// Every kind of fault by a name that stays: scripts may rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// All codes, in the order of the documentation: first those of reading, then those of proving.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Whether the fault makes the text unusable.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// One sentence on what the code means.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    InvalidYaml "invalid-yaml" Error "The text is not YAML, or holds more than one document."
    DuplicateKey "duplicate-key" Error "A map names the same key twice; which one was meant cannot be known."
    TooManyAliases "too-many-aliases" Error "Aliases unfold to far more than a rule set can need."
    TooDeep "too-deep" Error "The text is nested far deeper than a rule set can need."
    TooLarge "too-large" Error "The file is larger than 4 MiB, or holds more entries than a rule set can need."
    NotUtf8 "not-utf8" Error "The file is not UTF-8 text."
    ControlCharacter "control-character" Error "A text holds a control or text-direction character, which can hide or fake what is read."
    UnknownFormat "unknown-format" Error "The `format` is not one that this version reads."
    MissingKey "missing-key" Error "A key that must be there is not."
    UnknownKey "unknown-key" Error "A key that the format does not know; it would have had no effect."
    WrongType "wrong-type" Error "A value is of another kind than the one expected here."
    EmptyList "empty-list" Error "A list that needs at least one entry has none."
    EmptyText "empty-text" Error "A text that people will read is empty."
    EmptyCondition "empty-condition" Error "A condition without entries; leave `when` out for \"always\"."
    DuplicateMetadata "duplicate-metadata" Error "The metadata (format, name, version and so on) stands in more than one file."
    InvalidId "invalid-id" Error "An id is not of the form `[a-z][a-z0-9-]*`, or is longer than 64 characters."
    ReservedId "reserved-id" Error "An id is a word of the condition language."
    DuplicateId "duplicate-id" Error "Two things of one kind have the same id."
    UnknownQuestion "unknown-question" Error "A question that is not in the rule set."
    UnknownOption "unknown-option" Error "An option that its question does not have."
    UnknownFinding "unknown-finding" Error "A finding that is not in the rule set."
    UnknownFlag "unknown-flag" Error "A flag that is not in the rule set."
    UnknownRule "unknown-rule" Error "A flag, need or preference that is not in the rule set."
    UnknownService "unknown-service" Error "A service or group that is not in the rule set."
    UnknownProfessional "unknown-professional" Error "A professional that is not in the rule set."
    UnknownPhase "unknown-phase" Error "A phase that is not in the rule set."
    UnknownSource "unknown-source" Error "A source that is not in the rule set."
    UnknownLevel "unknown-level" Error "A word that is not a level."
    UnknownScope "unknown-scope" Error "A word that is not a place in a scope of practice."
    LaterReference "later-reference" Error "A reference to a question or finding that comes later or depends on one that does."
    WrongTest "wrong-test" Error "A test that does not fit the kind of its question."
    NumberOutOfRange "number-out-of-range" Error "A number that the question's range does not reach."
    InvalidRange "invalid-range" Error "A range whose ends are the wrong way round, or that spans more than 1,000."
    ImpossibleCount "impossible-count" Error "A count that asks for none or for more conditions than are listed."
    NoneOnOne "none-on-one" Error "`none` belongs to a question with many answers."
    UnsureOnMany "unsure-on-many" Error "`unsure` belongs to a question with one answer or a number."
    MissingScope "missing-scope" Error "A service does not say where it stands in the scope of some professional."
    NobodyInScope "nobody-in-scope" Error "A service that is needed is core or shared for nobody."
    SameProfessional "same-professional" Error "Teamwork or a handover of a professional with themselves."
    AlwaysOrNever "always-or-never" Error "A guarantee needs exactly one of `always` and `never`."
    TooManyProfessionals "too-many-professionals" Error "More than 10 professionals; the exact choice among them enumerates all sets."
    TooManyPhases "too-many-phases" Error "More than 12 phases."
    TooManyOptions "too-many-options" Error "More than 62 options in one question."
    SeveralForOne "several-for-one" Error "More than one answer to a question that takes one."
    NoneWithOthers "none-with-others" Error "`none` together with other answers."
    DuplicateEntry "duplicate-entry" Warning "A list names the same thing twice."
    Unsourced "unsourced" Warning "A statement that people will read names no source."
    NoEmergencyNumber "no-emergency-number" Warning "The rule set has emergency flags but names no number to call."
    NoDisclaimer "no-disclaimer" Warning "The rule set does not say what it is not: no `disclaimer`."
    HoldsNothing "holds-nothing" Warning "A clearance flag that holds nothing has nothing to wait for the doctor's OK."
    HoldsWithoutEffect "holds-without-effect" Warning "Only caution and clearance flags hold services back."
    UntilWithoutHolds "until-without-holds" Warning "`until` says when something held back may go on, but nothing is held back."
    GuaranteeFails "guarantee-fails" Error "Some answers break a guarantee of the author's."
    DeadFlag "dead-flag" Error "A safety flag that no answers can raise."
    UnreachableQuestion "unreachable-question" Error "A question that is asked of nobody."
    UnreachableOption "unreachable-option" Error "An option that nobody can ever choose."
    TickLowersLevel "tick-lowers-level" Error "One more tick on a list of danger signs, or a tick instead of `none`, can lower the level."
    UnsureLowersLevel "unsure-lowers-level" Error "\"Not sure\" on a safety question can give a lower level than every plain answer."
    NoRecommendation "no-recommendation" Error "Some answers end with no need and no `otherwise`: the person is told nothing."
    NeverHolds "never-holds" Warning "A finding, need, preference or sign to go at once that holds for nobody."
    NeverShows "never-shows" Warning "Something that can hold, yet nobody is ever told of it."
    AlwaysHolds "always-holds" Warning "A rule with a condition that holds for everybody."
    QuestionNeverMatters "question-never-matters" Warning "A question no answer to which ever changes a decision, or what is asked."
    OptionNeverMatters "option-never-matters" Warning "An option that never changes a decision, or what is asked."
    OnlyIfNeverMatters "only-if-never-matters" Warning "An `only_if` that always holds."
    UnlessNeverMatters "unless-never-matters" Warning "An `unless` that never excuses anybody."
    RedundantRule "redundant-rule" Warning "A rule that could be left out without changing any decision."
    UnreachableProfessional "unreachable-professional" Warning "A professional whom nobody is ever sent to."
    UnreachablePhase "unreachable-phase" Warning "A phase that is on no plan."
    UnreachableService "unreachable-service" Warning "A service that is on no plan."
    SilentSign "silent-sign" Warning "A danger sign that somebody can tick without being told what it means."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One fault in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that can be said.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault without help.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: None }
    }

    /// The same fault with a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same fault with "did you mean", where something is near enough.
    #[must_use]
    pub fn suggest(self, suggestion: Option<&str>) -> Self {
        match suggestion {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Whether the text is unusable because of it.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

/// Faults in the order found, on their way to being reported together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of others.
    pub fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// All of them in reading order.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        self.0.dedup();
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
        }
    }
}
