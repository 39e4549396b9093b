//! A quiz on the stories of cases: which come in which order, and what a pick is worth beside the decision.

mod score;
mod verdict;

pub use score::Score;
pub use verdict::{Aim, Mistake, Pick, Verdict};

use fastrand::Rng;

use crate::cases::{Case, Ended, Tested};
use crate::explain::Explanation;
use crate::model::RuleSet;

/// A case that can be told.
#[derive(Debug, Clone, Copy)]
pub struct Story<'c> {
    /// The case, which ends as its author expects.
    pub case: &'c Case,
    /// What happened, in words.
    pub text: &'c str,
}

/// Why a case file is no use for a quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It does not end as its author expects.
    Failing,
    /// What is expected, or the source of that, is still to be written.
    Draft,
    /// It cannot be run.
    Broken,
    /// It tells no story.
    NoStory,
}

impl<'c> Story<'c> {
    /// The story of a case that was run.
    ///
    /// # Errors
    /// Why it cannot be asked.
    pub fn of(tested: &'c Tested) -> Result<Self, LeftOut> {
        match &tested.ended {
            Ended::Passed(case) => {
                let text = case.story.as_deref().ok_or(LeftOut::NoStory)?;
                Ok(Self { case, text })
            }
            Ended::Failed(_) => Err(LeftOut::Failing),
            Ended::Draft => Err(LeftOut::Draft),
            Ended::Broken(_) => Err(LeftOut::Broken),
        }
    }
}

/// At most `count` of the stories, each once. The same stories and the same seed give the same order.
pub fn draw<'c>(stories: &[Story<'c>], seed: u64, count: usize) -> Vec<Story<'c>> {
    let mut drawn = stories.to_vec();
    Rng::with_seed(seed).shuffle(&mut drawn);
    drawn.truncate(count);
    drawn
}

/// A story with what comes of it.
#[derive(Debug)]
pub struct Question<'c, 'r> {
    /// The story.
    pub story: Story<'c>,
    /// The decision, and what stands behind it.
    pub explanation: Explanation<'r>,
}

impl<'c, 'r> Question<'c, 'r> {
    /// Decides what comes of a story.
    pub fn new(rules: &'r RuleSet, story: Story<'c>) -> Self {
        Self { story, explanation: Explanation::new(rules, &story.case.answers) }
    }
}
