//! A quiz on the stories of cases: which come in which order, and what a pick is worth beside the decision.

mod score;
mod verdict;

pub use score::Score;
pub use verdict::{Aim, Mistake, Pick, Verdict};

use std::collections::BTreeSet;

use fastrand::Rng;

use crate::answers::Answer;
use crate::cases::{Case, Ended, Tested};
use crate::explain::Explanation;
use crate::model::{QuestionIx, RuleSet};
use crate::prove::Prover;

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

/// The stories, each text once: where cases are told alike, nobody could tell them apart, and the first is kept.
pub fn told_once(stories: Vec<Story<'_>>) -> Vec<Story<'_>> {
    let mut told = BTreeSet::new();
    stories.into_iter().filter(|story| told.insert(story.text.trim())).collect()
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

    /// The answers of this person that alone decide whom they should see, in file order; all of them where a limit was
    /// reached before that was known.
    pub fn decisive(&self) -> Vec<(QuestionIx, Answer)> {
        let answers = &self.story.case.answers;
        let enough = Prover::for_interview(self.explanation.rules).enough(answers);
        let decides = |question: &QuestionIx| enough.as_ref().is_none_or(|enough| enough.answers.contains(question));
        self.explanation
            .rules
            .questions()
            .positions()
            .filter(decides)
            .filter_map(|question| Some((question, answers.get(question)?)))
            .collect()
    }
}
