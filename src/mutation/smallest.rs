//! Answers that would kill a mutant, as few as possible: both rule sets settle on them, and end differently.

use super::judge::Survivor;
use crate::answers::{Answer, Answers};
use crate::decide::{Outcome, Verdict, outcome};
use crate::model::{Kind, OptionSet, QuestionIx, Role, RuleSet};
use crate::prove::Prover;

/// Leaves out what it can of answers under which two rule sets end differently: ticks first, then whole answers, the last
/// question first. `None` if they do not end differently after all.
pub(super) fn smallest(rules: &RuleSet, mutant: &RuleSet, start: &Answers) -> Option<Survivor> {
    let before = outcome(rules, start)?;
    let settles_both = outcome(mutant, start).is_some();
    let search = Search { rules, mutant, before: &before, settles_both };
    if settles_both && !search.is_enough(start) {
        return None;
    }
    let mut answers = start.clone();
    loop {
        // Somebody else is known to end otherwise only where both rule sets settle.
        let plainer = if settles_both { search.without_ticks(answers.clone()) } else { answers.clone() };
        let fewer = search.without_answers(plainer);
        if fewer == answers {
            break;
        }
        answers = fewer;
    }
    let before = outcome(rules, &answers)?;
    let after = match Prover::for_interview(mutant).decide(&answers) {
        Verdict::Settled(decision) if decision.outcome == before => return None,
        Verdict::Settled(decision) => Some(decision.outcome),
        Verdict::Unsettled { .. } => None,
    };
    Some(Survivor { answers, before, after, otherwise: None })
}

struct Search<'r> {
    rules: &'r RuleSet,
    mutant: &'r RuleSet,
    /// What comes of all the answers under the rules as they are.
    before: &'r Outcome,
    /// Three-valued evaluation settles them under both. Where a mutant asks more than was answered, it cannot.
    settles_both: bool,
}

impl Search<'_> {
    /// Both rule sets settle, and end differently.
    fn is_enough(&self, answers: &Answers) -> bool {
        let Some(before) = outcome(self.rules, answers) else {
            return false;
        };
        if !self.settles_both {
            // Whoever gave all the answers gave these, and is not settled or ends otherwise under the mutant.
            return before == *self.before;
        }
        outcome(self.mutant, answers).is_some_and(|after| after != before)
    }

    fn without_ticks(&self, mut answers: Answers) -> Answers {
        for (position, question) in self.rules.questions().iter().rev() {
            let (Kind::Many, Some(Answer::Options(ticked))) = (&question.kind, answers.get(position)) else {
                continue;
            };
            let none = question.option_with(Role::NoneOfThese).map(OptionSet::only);
            if none == Some(ticked) {
                continue;
            }
            if none.is_some_and(|none| self.replaced(&mut answers, position, none)) {
                continue;
            }
            for option in ticked.iter() {
                if let Some(Answer::Options(left)) = answers.get(position) {
                    self.replaced(&mut answers, position, left.minus(OptionSet::only(option)));
                }
            }
        }
        answers
    }

    /// Takes other options, if that is enough.
    fn replaced(&self, answers: &mut Answers, position: QuestionIx, options: OptionSet) -> bool {
        let mut tried = answers.clone();
        let fits = tried.set(self.rules, position, Answer::Options(options)).is_ok();
        let enough = fits && self.is_enough(&tried);
        if enough {
            *answers = tried;
        }
        enough
    }

    fn without_answers(&self, mut answers: Answers) -> Answers {
        for position in self.rules.questions().positions().rev() {
            if answers.get(position).is_some() {
                let mut fewer = answers.clone();
                fewer.clear(position);
                if self.is_enough(&fewer) {
                    answers = fewer;
                }
            }
        }
        answers
    }
}
