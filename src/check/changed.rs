//! What changes with one answer, tried out by the engine on people whom searches came upon. Most answers that can matter
//! are seen to matter that way; a proof is needed only for the rest.

use super::checking::Met;
use crate::answers::Answer;
use crate::model::{Kind, OptionIx, OptionSet, Position, Question, QuestionIx, Role, RuleSet};
use crate::prove::changed::After;
use crate::prove::symbolic::Scales;

/// Trying things out ends once so many rules and questions were looked at: what is left is for the solver.
const MOST_RULES_RUN: usize = 20_000_000;

/// The answers that were seen to matter.
pub(super) struct Seen {
    questions: Vec<bool>,
    options: Vec<OptionSet>,
}

impl Seen {
    /// Changes each answer of `people` that is not known to matter yet.
    pub(super) fn new(rules: &RuleSet, scales: &Scales, people: &[Met]) -> Self {
        let count = rules.questions().len();
        let mut seen = Self { questions: vec![false; count], options: vec![OptionSet::EMPTY; count] };
        let rules_and_questions = rules.flags().len() + rules.needs().len() + count;
        let mut tries = MOST_RULES_RUN / rules_and_questions.max(1);
        for Met { answers: person, hinges } in people {
            let Some(before) = After::new(rules, person, None) else {
                continue;
            };
            for position in hinges.iter().copied() {
                let question = &rules.questions()[position];
                let (Some(answer), Some(offered)) = (person.get(position), before.offered(position)) else {
                    continue;
                };
                for (other, options) in seen.changes(scales, position, question, answer, offered) {
                    tries = tries.saturating_sub(1);
                    if tries == 0 {
                        return seen;
                    }
                    let after = After::new(rules, person, Some((position, other)));
                    if after.is_some_and(|after| after != before) {
                        seen.enter(position, options);
                    }
                }
            }
        }
        seen
    }

    /// Some answer to the question changes something.
    pub(super) fn matters(&self, question: QuestionIx) -> bool {
        self.questions.get(question.index()) == Some(&true)
    }

    /// Choosing the option changes something.
    pub(super) fn option_matters(&self, question: QuestionIx, option: OptionIx) -> bool {
        self.options.get(question.index()).is_some_and(|options| options.contains(option))
    }

    fn enter(&mut self, question: QuestionIx, options: OptionSet) {
        if let (Some(matters), Some(known)) =
            (self.questions.get_mut(question.index()), self.options.get_mut(question.index()))
        {
            *matters = true;
            *known = known.or(options);
        }
    }

    /// Other answers to try, each with the options that matter if it changes something.
    fn changes(
        &self,
        scales: &Scales,
        position: QuestionIx,
        question: &Question,
        answer: Answer,
        offered: OptionSet,
    ) -> Vec<(Answer, OptionSet)> {
        let known = self.options.get(position.index()).copied().unwrap_or(OptionSet::EMPTY);
        let unknown = offered.minus(known);
        match (&question.kind, answer) {
            (Kind::Many, Answer::Options(ticked)) => many(question, ticked, offered, unknown),
            (_, Answer::Options(chosen)) => {
                let mut changes: Vec<(Answer, OptionSet)> = offered
                    .minus(chosen)
                    .iter()
                    .filter(|option| unknown.contains(*option) || !unknown.and(chosen).is_empty())
                    .map(|option| (Answer::option(option), chosen.or(OptionSet::only(option))))
                    .collect();
                if let Kind::Number(range) = &question.kind
                    && !unknown.and(chosen).is_empty()
                {
                    let numbers = scales.of(position).chain([range.min]);
                    changes.extend(numbers.map(|number| (Answer::Number(number), chosen)));
                }
                changes
            }
            (Kind::Number(range), Answer::Number(number)) => {
                let unsure = unknown.iter().map(|option| (Answer::option(option), OptionSet::only(option)));
                let numbers = scales.of(position).chain([range.min]).filter(|other| *other != number);
                let numbers = numbers.map(|other| (Answer::Number(other), OptionSet::EMPTY));
                unsure.chain(numbers.filter(|_| !self.matters(position))).collect()
            }
            (_, Answer::Number(_)) => Vec::new(),
        }
    }
}

/// One tick more or less; `none` where nothing is left.
fn many(question: &Question, ticked: OptionSet, offered: OptionSet, unknown: OptionSet) -> Vec<(Answer, OptionSet)> {
    let none = question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
    let turn = |option: OptionIx| {
        let tick = OptionSet::only(option);
        let others = ticked.minus(none);
        let changed = if ticked.contains(option) { others.minus(tick) } else { others.or(tick) };
        let changed = if changed.is_empty() { none.and(offered) } else { changed };
        (!changed.is_empty()).then_some((Answer::Options(changed), tick))
    };
    unknown.minus(none).iter().filter_map(turn).collect()
}
