//! How strong cases are: would they notice a slip of the pen?
//!
//! Rules are changed in one place at a time, as an author might slip; each changed rule set is a *mutant* (`DeMillo`, Lipton
//! and Sayward 1978). A mutant is *killed* if a case that passes fails under it. One that no case kills either decides
//! differently for somebody, who is shown, or is *equivalent*: a solver proves that whatever is answered, the outcome is
//! the same.

mod conditions;
mod drafts;
mod judge;
mod kill;
mod kind;
mod mutant;
mod rules;
mod smallest;
mod twins;
mod written;

pub use drafts::Draft;
pub use judge::{Judged, Means, Survivor, Verdict};
pub use kind::Kind;
pub use mutant::Mutant;

use crate::cases::{Case, Share};
use crate::model::RuleSet;

/// What mutants say about some cases.
#[derive(Debug)]
pub struct Report {
    /// Each mutant and what became of it, in reading order.
    pub judged: Vec<Judged>,
}

impl Report {
    /// How many mutants of a kind there are: of all kinds without one.
    pub fn made(&self, kind: Option<Kind>) -> usize {
        self.of(kind).count()
    }

    /// How many of them were proved equivalent.
    pub fn equivalent(&self, kind: Option<Kind>) -> usize {
        self.of(kind).filter(|judged| matches!(judged.verdict, Verdict::Equivalent)).count()
    }

    /// How many of them are undecided.
    pub fn undecided(&self, kind: Option<Kind>) -> usize {
        self.of(kind).filter(|judged| matches!(judged.verdict, Verdict::Undecided)).count()
    }

    /// Killed mutants among those that are not equivalent. What is undecided counts as alive, so that the share is never
    /// more than it is.
    pub fn score(&self, kind: Option<Kind>) -> Share {
        let part = self.of(kind).filter(|judged| matches!(judged.verdict, Verdict::Killed { .. })).count();
        Share { part, of: self.made(kind) - self.equivalent(kind) }
    }

    /// The most that the score can come to, once what is undecided is known.
    pub fn score_at_most(&self, kind: Option<Kind>) -> Share {
        let Share { part, of } = self.score(kind);
        Share { part: part + self.undecided(kind), of }
    }

    /// Drafts of cases that together kill all mutants that survived: the fewest answers first, and none that kills only
    /// what those before it kill.
    pub fn drafts(&self, rules: &RuleSet, means: Means) -> Vec<Draft<'_>> {
        drafts::drafts(rules, &self.judged, means)
    }

    fn of(&self, kind: Option<Kind>) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(move |judged| kind.is_none_or(|kind| kind == judged.mutant.kind))
    }
}

/// Judges all mutants of `rules` by cases that pass. `progress` is told what share is done, from 0 to 1.
pub fn mutate(rules: &RuleSet, cases: &[&Case], means: Means, progress: &mut (dyn FnMut(f64) + Send)) -> Report {
    Report { judged: judge::all(rules, cases, means, progress) }
}
