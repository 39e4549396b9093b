//! What comes of complete answers of which one is changed, by the engine alone.

use super::prover::Prover;
use super::telling::{any_completion, counting};
use crate::answers::{Answer, Answers};
use crate::decide::{Outcome, Reading, Situation};
use crate::model::{Kind, OptionSet, Position, Question, QuestionIx, RuleSet};

/// What comes of somebody's answers: what applies to them, and the outcome.
#[derive(PartialEq)]
pub(crate) struct After {
    offers: Vec<Option<OptionSet>>,
    pub(crate) outcome: Outcome,
}

impl After {
    /// What comes of complete answers of which one is changed. What applies newly is answered by the quietest answer.
    /// `None` if an answer would no longer count as it did: they would then differ in more than one.
    pub(crate) fn new(rules: &RuleSet, answers: &Answers, changed: Option<(QuestionIx, Answer)>) -> Option<Self> {
        let mut offers = Vec::with_capacity(rules.questions().len());
        let mut alike = true;
        let situation = Situation::told(rules, |situation, position| {
            let offered = situation.offers(position);
            offers.push(offered);
            let offered = offered?;
            let said = match changed {
                Some((question, answer)) if question == position => Some(answer),
                _ => answers.get(position),
            };
            if let Some(Answer::Options(chosen)) = said {
                alike &= chosen.minus(offered).is_empty();
            }
            said.or_else(|| Some(quietest(&rules.questions()[position], offered)))
        });
        let outcome = alike.then(|| Outcome::of(&Reading::new(&situation)).0)?;
        Some(Self { offers, outcome })
    }

    /// All that was said counts in full wherever it applies.
    fn agrees(&self, said: &Answers) -> bool {
        said.iter().all(|(question, answer)| match (answer, self.offered(question)) {
            (Answer::Options(chosen), Some(offered)) => chosen.minus(offered).is_empty(),
            _ => true,
        })
    }

    /// The options that could be chosen, where the question applies.
    pub(crate) fn offered(&self, question: QuestionIx) -> Option<OptionSet> {
        self.offers.get(question.index()).copied().flatten()
    }
}

/// Complete answers of somebody who answers as `said`, wherever that counts, and all else in the quietest way.
pub(crate) fn completed(rules: &RuleSet, said: impl Fn(QuestionIx) -> Option<Answer>) -> Answers {
    let mut answers = Answers::new(rules);
    Situation::told(rules, |situation, position| {
        let offered = situation.offers(position)?;
        let answer = counting(said(position), offered);
        let answer = answer.unwrap_or_else(|| quietest(&rules.questions()[position], offered));
        // What is offered fits.
        let _ = answers.set(rules, position, answer);
        Some(answer)
    });
    answers
}

/// `none`, the last option or the least number.
fn quietest(question: &Question, offered: OptionSet) -> Answer {
    match &question.kind {
        Kind::Number(range) => Answer::Number(range.min),
        Kind::One | Kind::Many => {
            let last = offered.iter().last().map_or(OptionSet::EMPTY, OptionSet::only);
            Answer::Options(last)
        }
    }
}

/// So many people are tried before the solver is asked.
const TRIES: u64 = 24;

impl Prover<'_> {
    /// Whether somebody drawn at random, who said all this, is seen to end otherwise with another answer to the question.
    /// That proves that it matters; that nobody was seen proves nothing.
    pub(crate) fn is_seen_to_matter(&self, said: &Answers, question: QuestionIx) -> bool {
        let rules = self.rules();
        let mut dice = fastrand::Rng::with_seed(TRIES);
        (0..TRIES).any(|_| {
            // What was said and does not apply to the one may apply to the other.
            let mut person = said.clone();
            Situation::told(rules, |situation, position| {
                let offered = situation.offers(position)?;
                let answer = any_completion(said, position, &rules.questions()[position], offered, &mut dice);
                // What is drawn is offered, so that it fits.
                let _ = person.set(rules, position, answer);
                Some(answer)
            });
            let Some(before) = After::new(rules, &person, None) else {
                return false;
            };
            let Some(offered) = before.offered(question) else {
                return false;
            };
            let other = any_completion(said, question, &rules.questions()[question], offered, &mut dice);
            let after = After::new(rules, &person, Some((question, other)));
            after.is_some_and(|after| after.outcome != before.outcome && before.agrees(said) && after.agrees(said))
        })
    }
}
