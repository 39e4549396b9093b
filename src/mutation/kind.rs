//! The slips of the pen that are tried.

/// What kind of slip makes a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An entry of a condition is left out.
    Entry,
    /// `any` becomes `all`, or the other way round; also among the options of a list.
    AnyAll,
    /// A condition becomes its opposite.
    Negation,
    /// A number that is compared with, or a count, is one more or less.
    Bound,
    /// An option is left out of a test.
    OptionDropped,
    /// An option in a test becomes another one.
    OptionSwapped,
    /// A flag is left out.
    Flag,
    /// A need is left out.
    Need,
    /// A preference is left out.
    Preference,
    /// An entry of what a flag holds back is left out.
    Hold,
    /// A flag has the next lower level.
    Level,
    /// A service stands one place further in or out of somebody's scope.
    Scope,
    /// A need or a preference is about another phase.
    Phase,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Entry,
        Self::AnyAll,
        Self::Negation,
        Self::Bound,
        Self::OptionDropped,
        Self::OptionSwapped,
        Self::Flag,
        Self::Need,
        Self::Preference,
        Self::Hold,
        Self::Level,
        Self::Scope,
        Self::Phase,
    ];

    /// The word in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry-dropped",
            Self::AnyAll => "any-all-swapped",
            Self::Negation => "negated",
            Self::Bound => "bound-shifted",
            Self::OptionDropped => "option-dropped",
            Self::OptionSwapped => "option-swapped",
            Self::Flag => "flag-dropped",
            Self::Need => "need-dropped",
            Self::Preference => "preference-dropped",
            Self::Hold => "hold-dropped",
            Self::Level => "level-lowered",
            Self::Scope => "scope-moved",
            Self::Phase => "phase-changed",
        }
    }
}
