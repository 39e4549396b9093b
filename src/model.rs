//! The checked rule set: once it exists, every name in it resolves and every range is sane.
//!
//! Only [`crate::load`] makes one. Things are held in tables in file order; what refers to them holds a typed
//! position, so that a flag cannot be taken for a finding.

mod access;
mod care;
mod condition;
mod flag;
mod go_at_once;
mod guarantee;
mod id;
mod meantime;
pub(crate) mod program;
mod question;
mod scope;
mod set;
mod site;

use std::collections::BTreeSet;

pub use access::{Access, Date, State};
pub use care::{Handover, Need, Phase, Preference, Teamwork};
pub use condition::{Condition, Test};
pub use flag::{Flag, Held, Level};
pub use go_at_once::GoAtOnce;
pub use guarantee::{Guarantee, OutcomeTest, Promise};
pub use id::{
    FindingIx, FlagIx, GoAtOnceIx, Id, IdError, MAX_ID, NeedIx, OptionIx, PhaseIx, Position, PreferenceIx,
    ProfessionalIx, QuestionIx, RESERVED_IDS, ServiceIx, SourceIx, Table,
};
pub use meantime::Meantime;
pub use question::{Choice, Kind, Question, Range, Role};
pub use scope::{Professional, Scope, Service};
pub use set::{OptionSet, ProfessionalSet, Set};
pub use site::Site;

use crate::source::{Span, Texts};

/// What a rule set says of itself.
#[derive(Debug, Clone)]
pub struct Metadata {
    /// Its name.
    pub name: String,
    /// Its version, as its author writes versions.
    pub version: String,
    /// The language of its texts, a BCP 47 tag.
    pub language: String,
    /// The number to call in an emergency.
    pub emergency_number: Option<String>,
    /// What is shown before the first question and under every result.
    pub disclaimer: Option<String>,
    /// The clinicians who signed it; none is said out loud.
    pub reviewed_by: Vec<String>,
    /// What is told when no need holds.
    pub otherwise: Option<String>,
}

/// Where a statement comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: Id,
    /// The title of the paper, page or rule.
    pub title: String,
    /// The body or journal that published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub authors: Option<String>,
    /// When.
    pub year: Option<i32>,
    /// Its digital object identifier.
    pub doi: Option<String>,
    /// An https address.
    pub url: Option<String>,
    /// False where the source itself was not read: general knowledge that wants a clinician's eye.
    pub reviewed: bool,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// A named condition, for reuse.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Its id.
    pub id: Id,
    /// When it holds; `None` is always.
    pub when: Option<Condition>,
    /// How to say it to a person: "a new injury".
    pub say: Option<String>,
    /// The last question that it depends on, itself or through other findings; `None` if on none.
    pub latest_question: Option<QuestionIx>,
}

/// A named set of services.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: Id,
    /// Its services, in file order.
    pub services: Vec<ServiceIx>,
}

/// Everything the engine reads, checked.
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub(crate) texts: Texts,
    pub(crate) metadata: Metadata,
    pub(crate) sources: Table<SourceIx, Source>,
    pub(crate) questions: Table<QuestionIx, Question>,
    pub(crate) findings: Table<FindingIx, Finding>,
    pub(crate) flags: Table<FlagIx, Flag>,
    pub(crate) go_at_once: Table<GoAtOnceIx, GoAtOnce>,
    pub(crate) groups: Vec<Group>,
    pub(crate) professionals: Table<ProfessionalIx, Professional>,
    pub(crate) services: Table<ServiceIx, Service>,
    pub(crate) phases: Table<PhaseIx, Phase>,
    pub(crate) needs: Table<NeedIx, Need>,
    pub(crate) preferences: Table<PreferenceIx, Preference>,
    pub(crate) teamwork: Vec<Teamwork>,
    pub(crate) handovers: Vec<Handover>,
    pub(crate) guarantees: Vec<Guarantee>,
    pub(crate) finding_order: Vec<FindingIx>,
    pub(crate) program: program::Program,
}

impl RuleSet {
    /// The same with its conditions compiled anew, after one was changed. No condition may look further than it did.
    #[must_use]
    pub(crate) fn compiled(mut self) -> Self {
        let Self { questions, findings, flags, needs, preferences, go_at_once, guarantees, .. } = &self;
        self.program =
            program::Program::compile(questions, findings, flags, needs, preferences, go_at_once, guarantees);
        self
    }

    /// The texts it was read from.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// What it says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Where its statements come from.
    pub fn sources(&self) -> &Table<SourceIx, Source> {
        &self.sources
    }

    /// What is asked, in screen order.
    pub fn questions(&self) -> &Table<QuestionIx, Question> {
        &self.questions
    }

    /// Its named conditions.
    pub fn findings(&self) -> &Table<FindingIx, Finding> {
        &self.findings
    }

    /// The findings in an order in which each comes after all that it depends on, sorted by their latest question.
    pub fn finding_order(&self) -> &[FindingIx] {
        &self.finding_order
    }

    /// Its conditions, compiled.
    pub(crate) fn program(&self) -> &program::Program {
        &self.program
    }

    /// Its safety rules.
    pub fn flags(&self) -> &Table<FlagIx, Flag> {
        &self.flags
    }

    /// Signs for which to go at once.
    pub fn go_at_once(&self) -> &Table<GoAtOnceIx, GoAtOnce> {
        &self.go_at_once
    }

    /// Its named sets of services.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Who does something.
    pub fn professionals(&self) -> &Table<ProfessionalIx, Professional> {
        &self.professionals
    }

    /// The states that a statement on access is about.
    pub fn states(&self) -> BTreeSet<State> {
        let statements = self.professionals.rows().iter().flat_map(|professional| &professional.access);
        statements.flat_map(|access| access.states.iter().copied()).collect()
    }

    /// What is done: the scope matrix, row by row.
    pub fn services(&self) -> &Table<ServiceIx, Service> {
        &self.services
    }

    /// The stages of a plan, in order.
    pub fn phases(&self) -> &Table<PhaseIx, Phase> {
        &self.phases
    }

    /// Which services a person needs, and when.
    pub fn needs(&self) -> &Table<NeedIx, Need> {
        &self.needs
    }

    /// What decides among those equally in scope.
    pub fn preferences(&self) -> &Table<PreferenceIx, Preference> {
        &self.preferences
    }

    /// What two professionals do for each other in a phase.
    pub fn teamwork(&self) -> &[Teamwork] {
        &self.teamwork
    }

    /// What one professional hands to the next.
    pub fn handovers(&self) -> &[Handover] {
        &self.handovers
    }

    /// What its author promises of it.
    pub fn guarantees(&self) -> &[Guarantee] {
        &self.guarantees
    }

    /// All its conditions, those that have no part in decisions last.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let Self { questions, findings, flags, needs, preferences, go_at_once, guarantees, .. } = self;
        program::all_conditions(questions, findings, flags, needs, preferences, go_at_once, guarantees)
    }

    /// The place of an option of a question, for messages and later passes.
    pub fn option_span(&self, question: QuestionIx, option: OptionIx) -> Span {
        let question = &self.questions[question];
        question.options.get(option.index()).map_or(question.id.span(), |choice| choice.id.span())
    }
}
