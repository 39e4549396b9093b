//! A rule set of format 1 as plain data: what the generator makes, the printer writes and the oracle evaluates.
//!
//! Everything refers to everything else by its place in the file. None of it is the program's own model, so that a
//! mistake there cannot hide here.

use std::fmt;

use super::yaml;

/// A rule set. Its debug form is its YAML text, so that a failing property shows what failed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct GenRules {
    pub(crate) questions: Vec<Question>,
    /// Whether something is said to those who need nothing.
    pub(crate) otherwise: bool,
    /// When each finding holds; `None` is always.
    pub(crate) findings: Vec<Option<Cond>>,
    pub(crate) flags: Vec<Flag>,
    /// The services of each group.
    pub(crate) groups: Vec<Vec<usize>>,
    pub(crate) professionals: usize,
    /// The scope matrix: for each service, where it stands for each professional.
    pub(crate) services: Vec<Vec<Scope>>,
    /// Whether each service is only there to be compared.
    pub(crate) compared_only: Vec<bool>,
    pub(crate) phases: usize,
    pub(crate) needs: Vec<Need>,
    pub(crate) preferences: Vec<Preference>,
    pub(crate) teamwork: Vec<Teamwork>,
    /// Who hands over to whom.
    pub(crate) handovers: Vec<(usize, usize)>,
    pub(crate) guarantees: Vec<Guarantee>,
}

impl fmt::Debug for GenRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", yaml::rule_set(self))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) only_if: Option<Cond>,
    /// The author's own options; none for a number.
    pub(crate) options: Vec<Choice>,
    /// Whether the language adds an option: `none` to many, `unsure` to the others. It comes after all others.
    pub(crate) added: bool,
}

impl Question {
    /// The place of the option that the language adds, if it does.
    pub(crate) fn added_option(&self) -> Option<usize> {
        self.added.then_some(self.options.len())
    }

    /// How many options there are, the added one included.
    pub(crate) fn option_count(&self) -> usize {
        self.options.len() + usize::from(self.added)
    }

    /// The name of an option.
    pub(crate) fn option_id(&self, option: usize) -> &str {
        match (self.options.get(option), self.kind) {
            (Some(choice), _) => &choice.id,
            (None, Kind::Many) => "none",
            (None, _) => "unsure",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    One,
    Many,
    Number { min: i32, max: i32 },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) may_lower_level: bool,
    pub(crate) only_if: Option<Cond>,
}

/// A condition as it is written: a map of which all entries hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cond(pub(crate) Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// `question: option`
    Is(usize, usize),
    /// `question: [any, of, these]`
    IsOneOf(usize, Vec<usize>),
    /// `question: {any_of: […], all_of: […], none_of: […]}`; an empty list is not written.
    Sets { question: usize, any_of: Vec<usize>, all_of: Vec<usize>, none_of: Vec<usize> },
    /// `question: 4`
    Number(usize, Said),
    /// `question: [4, unsure]`
    NumberOneOf(usize, Vec<Said>),
    /// `question: {at_least: 4, at_most: 7}`; at least one of them is there.
    Compare { question: usize, at_least: Option<i32>, at_most: Option<i32> },
    /// `finding: id`
    Finding(usize),
    /// `finding: [any, of, these]`
    FindingOneOf(Vec<usize>),
    /// `any: […]`
    Any(Vec<Cond>),
    /// `all: […]`
    All(Vec<Cond>),
    /// `not: …`
    Not(Cond),
    /// `count: {at_least: 2, of: […]}`
    Count(usize, Vec<Cond>),
}

/// What can be said to a question with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    Number(i32),
    Unsure,
}

/// The level of an outcome, or of a flag; `None` of a flag is a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    None,
    Caution,
    Clearance,
    Physician,
    Urgent,
    Emergency,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flag {
    pub(crate) level: Level,
    pub(crate) when: Option<Cond>,
    pub(crate) unless: Option<Cond>,
    pub(crate) holds: Vec<Held>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    Service(usize),
    Group(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Core,
    Shared,
    Referral,
    Outside,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) when: Option<Cond>,
    pub(crate) service: usize,
    pub(crate) phase: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Preference {
    pub(crate) when: Option<Cond>,
    pub(crate) prefer: usize,
    pub(crate) phase: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Teamwork {
    pub(crate) of: usize,
    pub(crate) with: Vec<usize>,
    pub(crate) phase: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guarantee {
    pub(crate) when: Option<Cond>,
    pub(crate) unless: Option<Vec<OutcomeTest>>,
    pub(crate) always: bool,
    /// All of them must hold; no two have the same key.
    pub(crate) test: Vec<OutcomeTest>,
}

/// One entry of an outcome test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OutcomeTest {
    Level(Level),
    LevelBetween(Option<Level>, Option<Level>),
    Flag(usize),
    Professional { professional: usize, phase: Option<usize>, service: Option<usize> },
    Before(usize, usize),
    OnHold(Held),
    Waits(Held),
    NoPlan,
}

/// An answer: a number, or the places of the options chosen, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Given {
    Number(i32),
    Options(Vec<usize>),
}

/// For each question, what was answered, if anything.
pub(crate) type Answered = Vec<Option<Given>>;

/// What was said, with what each question offered when it was answered; `None` for all that it offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub(crate) given: Answered,
    pub(crate) offered: Vec<Option<Vec<usize>>>,
}

/// What somebody said.
pub(crate) trait Told {
    fn given(&self, place: usize) -> Option<&Given>;
    /// What a question offered when it was answered; `None` for all that it offers.
    fn offered(&self, place: usize) -> Option<&[usize]>;
}

impl Told for Answered {
    fn given(&self, place: usize) -> Option<&Given> {
        self[place].as_ref()
    }

    fn offered(&self, _: usize) -> Option<&[usize]> {
        None
    }
}

impl Told for Spoken {
    fn given(&self, place: usize) -> Option<&Given> {
        self.given[place].as_ref()
    }

    fn offered(&self, place: usize) -> Option<&[usize]> {
        self.offered[place].as_deref()
    }
}
