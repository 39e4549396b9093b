//! What a condition rests on: the part of what was said that makes it hold, or fail.

use std::collections::BTreeSet;

use crate::answers::{Answer, Answers};
use crate::decide::{Situation, Truth};
use crate::model::{Condition, FindingIx, Kind, OptionSet, QuestionIx, RuleSet, Test};

/// One thing that a condition rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// This was answered; of several ticks, the ones that count here.
    Said(QuestionIx, Answer),
    /// None of these was ticked.
    NotTicked(QuestionIx, OptionSet),
    /// The question does not apply to what else was said.
    DoesNotApply(QuestionIx),
    /// A named condition holds, or does not.
    Finding {
        /// Which.
        finding: FindingIx,
        /// Whether it holds.
        holds: bool,
        /// What that rests on.
        because: Vec<Ground>,
    },
}

impl Ground {
    /// The answers that it rests on, down through findings.
    pub fn said(grounds: &[Self]) -> Vec<(QuestionIx, Answer)> {
        let mut said: Vec<(QuestionIx, Answer)> = Vec::new();
        Self::collect(grounds, &mut said);
        said.sort_by_key(|(question, _)| *question);
        said
    }

    /// The findings that it rests on, whether they hold or not, down through findings, each once.
    pub fn findings(grounds: &[Self]) -> Vec<FindingIx> {
        let mut findings = Vec::new();
        for ground in grounds {
            if let Self::Finding { finding, because, .. } = ground {
                findings.push(*finding);
                findings.extend(Self::findings(because));
            }
        }
        let mut seen = BTreeSet::new();
        findings.retain(|finding| seen.insert(*finding));
        findings
    }

    fn collect(grounds: &[Self], said: &mut Vec<(QuestionIx, Answer)>) {
        for ground in grounds {
            match ground {
                Self::Said(question, answer) => match said.iter_mut().find(|(asked, _)| asked == question) {
                    Some((_, known)) => *known = both(*known, *answer),
                    None => said.push((*question, *answer)),
                },
                Self::Finding { because, .. } => Self::collect(because, said),
                Self::NotTicked(..) | Self::DoesNotApply(_) => {}
            }
        }
    }
}

/// Ticks of one question put together.
fn both(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Answer::Options(one), Answer::Options(other)) => Answer::Options(one.or(other)),
        (one, _) => one,
    }
}

/// Looks for what conditions rest on.
pub(super) struct Tracer<'s, 'r> {
    rules: &'r RuleSet,
    situation: &'s Situation<'r>,
    answers: &'s Answers,
    all_ways: bool,
}

impl<'s, 'r> Tracer<'s, 'r> {
    /// Looks for what is enough: of alternatives the first.
    pub(super) fn new(situation: &'s Situation<'r>, answers: &'s Answers) -> Self {
        Self { rules: situation.rules(), situation, answers, all_ways: false }
    }

    /// Looks for everything that has a part in it: of alternatives all.
    pub(super) fn of_all_ways(situation: &'s Situation<'r>, answers: &'s Answers) -> Self {
        Self { all_ways: true, ..Self::new(situation, answers) }
    }

    /// What makes the condition hold (or, if it is not `wanted`, fail). Empty where no answer is needed for it, or what was
    /// said does not tell.
    pub(super) fn grounds(&self, condition: Option<&Condition>, wanted: bool) -> Vec<Ground> {
        let Some(condition) = condition else {
            return Vec::new();
        };
        let mut grounds = Vec::new();
        if self.is(condition, wanted) {
            self.trace(condition, wanted, &mut grounds);
        }
        grounds
    }

    /// Of alternatives so many.
    fn at_most(&self, enough: usize) -> usize {
        if self.all_ways { usize::MAX } else { enough }
    }

    fn is(&self, condition: &Condition, wanted: bool) -> bool {
        self.situation.holds(condition, self.answers) == if wanted { Truth::Yes } else { Truth::No }
    }

    fn trace(&self, condition: &Condition, wanted: bool, grounds: &mut Vec<Ground>) {
        let mut each = |parts: &mut dyn Iterator<Item = &Condition>| {
            parts.for_each(|part| self.trace(part, wanted, grounds));
        };
        match &condition.test {
            Test::Not(part) => self.trace(part, !wanted, grounds),
            Test::All(parts) if wanted => each(&mut parts.iter()),
            Test::Any(parts) if !wanted => each(&mut parts.iter()),
            Test::All(parts) | Test::Any(parts) => {
                each(&mut parts.iter().filter(|part| self.is(part, wanted)).take(self.at_most(1)));
            }
            Test::Count { at_least, of } => {
                let enough = if wanted { *at_least } else { (of.len() + 1).saturating_sub(*at_least) };
                each(&mut of.iter().filter(|part| self.is(part, wanted)).take(self.at_most(enough)));
            }
            Test::Finding(finding) => {
                let ground = Ground::Finding {
                    finding: *finding,
                    holds: wanted,
                    because: self.grounds(self.rules.findings()[*finding].when.as_ref(), wanted),
                };
                if !grounds.contains(&ground) {
                    grounds.push(ground);
                }
            }
            Test::Options { question, any_of, all_of, none_of } => {
                let ground = self.of_options(*question, any_of.or(*all_of), *none_of, wanted);
                grounds.extend(ground.into_iter().filter(|ground| !grounds.contains(ground)).collect::<Vec<_>>());
            }
            Test::Number { question, .. } => {
                let ground = match self.answers.get(*question) {
                    Some(answer) if self.applies(*question) => Ground::Said(*question, answer),
                    _ => Ground::DoesNotApply(*question),
                };
                if !grounds.contains(&ground) {
                    grounds.push(ground);
                }
            }
        }
    }

    fn of_options(&self, question: QuestionIx, some: OptionSet, none: OptionSet, wanted: bool) -> Vec<Ground> {
        let Some(Answer::Options(said)) = self.answers.get(question).filter(|_| self.applies(question)) else {
            return vec![match self.answers.get(question) {
                Some(answer) if self.applies(question) => Ground::Said(question, answer),
                _ => Ground::DoesNotApply(question),
            }];
        };
        let many = matches!(self.rules.questions()[question].kind, Kind::Many);
        // What came onto the list later was not denied.
        let denied = |options: OptionSet| -> OptionSet {
            options.iter().filter(|option| self.situation.chosen(question, *option) == Truth::No).collect()
        };
        let (said, missing) = if wanted { (said.and(some), none) } else { (said.and(none), denied(some.minus(said))) };
        let mut grounds = Vec::new();
        if !said.is_empty() {
            grounds.push(Ground::Said(question, Answer::Options(said)));
        }
        if !missing.is_empty() && (wanted || grounds.is_empty()) {
            grounds.push(match self.answers.get(question) {
                // What was said instead tells more than what was not.
                Some(answer) if !many => Ground::Said(question, answer),
                _ => Ground::NotTicked(question, missing),
            });
        }
        grounds
    }

    fn applies(&self, question: QuestionIx) -> bool {
        self.situation.standing(question).applies == Truth::Yes
    }
}
