//! Answers to write cases for: as few as will do for all mutants that survive.

use std::collections::BTreeMap;

use super::judge::{self, Judged, Means};
use super::mutant::{Mutant, bare};
use crate::answers::Answers;
use crate::decide::{Outcome, Verdict};
use crate::model::RuleSet;
use crate::parallel;
use crate::prove::Prover;

/// Answers that kill mutants, once somebody has said what should come of them.
#[derive(Debug, Clone)]
pub struct Draft<'m> {
    /// The answers.
    pub answers: Answers,
    /// The mutants that survived so far and end otherwise on these answers.
    pub kills: Vec<&'m Mutant>,
}

/// Drafts that together kill all mutants that survived: the fewest answers first, and none that kills only what those
/// before it kill.
pub(super) fn drafts<'m>(rules: &RuleSet, judged: &'m [Judged], means: Means) -> Vec<Draft<'m>> {
    let mut survivors: Vec<(&Mutant, &Answers, &Outcome)> = judged
        .iter()
        .filter_map(|Judged { mutant, verdict }| match verdict {
            judge::Verdict::Survived(survivor) => Some((mutant, &survivor.answers, &survivor.before)),
            judge::Verdict::Killed { .. } | judge::Verdict::Equivalent | judge::Verdict::Undecided => None,
        })
        .collect();
    survivors.sort_by_key(|(_, answers, _)| answers.iter().count());
    let mut choices: Vec<(&Answers, &Outcome)> = Vec::new();
    for (_, answers, before) in &survivors {
        if !choices.iter().any(|(known, _)| known == answers) {
            choices.push((answers, before));
        }
    }
    let bare = bare(rules);
    // For each mutant all answers that kill it.
    let killing = parallel::each(means.threads, survivors.len(), |place| {
        let changed = survivors.get(place).map(|(mutant, ..)| mutant.applied(&bare));
        let mut prover = changed.as_ref().map(Prover::for_interview);
        let mut kills = |answers: &Answers, before: &Outcome| match prover.as_mut()?.decide(answers) {
            Verdict::Settled(decision) => Some(decision.outcome != *before),
            // A case must settle its outcome.
            Verdict::Unsettled { .. } => Some(true),
        };
        let killing = choices.iter().enumerate().filter(|(_, (answers, before))| kills(answers, before) == Some(true));
        killing.map(|(choice, _)| choice).collect::<Vec<usize>>()
    });
    let mut drafts: BTreeMap<usize, Draft<'m>> = BTreeMap::new();
    for ((mutant, answers, _), killing) in survivors.iter().zip(killing) {
        let chosen = killing.iter().copied().find(|place| drafts.contains_key(place));
        let own = choices.iter().position(|(known, _)| known == answers);
        if let Some(place) = chosen.or(own) {
            let draft = drafts.entry(place).or_insert_with(|| Draft { answers: (*answers).clone(), kills: Vec::new() });
            draft.kills.push(mutant);
        }
    }
    drafts.into_values().collect()
}
