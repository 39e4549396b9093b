//! What becomes of a decision when answers change.

use super::{Explanation, PlanService};
use crate::answers::{Answer, Answers};
use crate::decide::{Situation, Truth};
use crate::model::{FlagIx, OptionSet, PhaseIx, ProfessionalIx, QuestionIx, RuleSet, ServiceIx};

/// A decision before and after some answers changed.
#[derive(Debug)]
pub struct Changed<'e, 'r> {
    /// Before.
    pub before: &'e Explanation<'r>,
    /// After.
    pub after: &'e Explanation<'r>,
}

impl<'e, 'r> Changed<'e, 'r> {
    /// The change from one decision to another, under the same rules.
    pub fn new(before: &'e Explanation<'r>, after: &'e Explanation<'r>) -> Self {
        Self { before, after }
    }

    /// Whether the level, who leads what in which phase, and what waits are as before, and as settled as before.
    pub fn is_nothing(&self) -> bool {
        self.recommends_the_same() && steps(self.before) == steps(self.after)
    }

    /// Whether the level and who is there in which phase are as before, and as settled as before.
    pub fn recommends_the_same(&self) -> bool {
        let who = |explanation: &Explanation<'r>| -> Vec<_> {
            let mut who: Vec<_> = steps(explanation).into_iter().map(|(phase, who, ..)| (phase, who)).collect();
            who.dedup();
            who
        };
        self.before.level == self.after.level
            && self.before.settled() == self.after.settled()
            && self.before.otherwise == self.after.otherwise
            && who(self.before) == who(self.after)
    }

    /// Who is on the plan only after.
    pub fn came(&self) -> Vec<ProfessionalIx> {
        only_in(self.after.professionals(), &self.before.professionals())
    }

    /// Who is on the plan only before.
    pub fn left(&self) -> Vec<ProfessionalIx> {
        only_in(self.before.professionals(), &self.after.professionals())
    }

    /// The flags that are told only after, gravest first.
    pub fn new_flags(&self) -> Vec<FlagIx> {
        only_in(self.after.flags.clone(), &self.before.flags)
    }

    /// The flags that are told only before, gravest first.
    pub fn gone_flags(&self) -> Vec<FlagIx> {
        only_in(self.before.flags.clone(), &self.after.flags)
    }

    /// The questions whose answers are not used any more, since they no longer apply.
    pub fn dropped(&self) -> Vec<QuestionIx> {
        only_in(self.after.ignored.clone(), &self.before.ignored)
    }
}

/// An answer, or a part of one, that other answers leave no room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOffered {
    /// The question.
    pub question: QuestionIx,
    /// The options that are not offered; none where the question itself does not apply.
    pub options: OptionSet,
}

impl NotOffered {
    /// What of the answers to `questions` does not count beside the rest of `answers`.
    pub fn among(rules: &RuleSet, answers: &Answers, questions: &[QuestionIx]) -> Vec<Self> {
        let situation = Situation::new(rules, answers);
        let not_offered = |question: &QuestionIx| {
            let question = *question;
            if situation.standing(question).applies == Truth::No {
                return Some(Self { question, options: OptionSet::EMPTY });
            }
            let Some(Answer::Options(chosen)) = answers.get(question) else {
                return None;
            };
            let options = chosen.minus(situation.choosable(question));
            (!options.is_empty()).then_some(Self { question, options })
        };
        questions.iter().filter_map(not_offered).collect()
    }
}

/// Who leads what in which phase, whether it waits, and whether it is on hold.
fn steps(explanation: &Explanation<'_>) -> Vec<(PhaseIx, ProfessionalIx, ServiceIx, bool, bool)> {
    let mut steps = Vec::new();
    for phase in &explanation.phases {
        for planned in &phase.professionals {
            let of = |service: &PlanService| {
                (phase.phase, planned.professional, service.service, service.waits, service.on_hold)
            };
            steps.extend(planned.services.iter().map(of));
        }
    }
    steps
}

fn only_in<T: PartialEq>(mut these: Vec<T>, others: &[T]) -> Vec<T> {
    these.retain(|one| !others.contains(one));
    these
}
