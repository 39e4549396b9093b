//! What a learner got right and mistook, over all stories so far.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::verdict::{Mistake, Verdict};
use crate::cases::Share;

/// The score so far.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// The levels that were right, of all stories.
    pub levels: Share,
    /// The stories of which all professionals were right, of those with a decision that leaves room for a plan
    /// for which somebody was asked for.
    pub professionals: Share,
    mistakes: BTreeMap<Mistake, Vec<usize>>,
}

impl Score {
    /// Counts the next story.
    pub fn add(&mut self, verdict: &Verdict) {
        self.levels.of += 1;
        self.levels.part += usize::from(verdict.level_right());
        if let Some(right) = verdict.professionals_right {
            self.professionals.of += 1;
            self.professionals.part += usize::from(right);
        }
        let number = self.asked();
        for mistake in verdict.mistakes() {
            self.mistakes.entry(mistake).or_default().push(number);
        }
    }

    /// How many stories were judged.
    pub fn asked(&self) -> usize {
        self.levels.of
    }

    /// The mistakes with the stories in which they were made, counted from 1: those of too low a level first, then the most often
    /// made.
    pub fn mistakes(&self) -> Vec<(Mistake, &[usize])> {
        let mut mistakes: Vec<_> =
            self.mistakes.iter().map(|(mistake, stories)| (*mistake, stories.as_slice())).collect();
        mistakes.sort_by_key(|(mistake, stories)| {
            (*mistake != Mistake::Harmful, *mistake != Mistake::TooEarly, Reverse(stories.len()))
        });
        mistakes
    }
}
