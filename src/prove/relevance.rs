//! Which questions can still change the outcome.
//!
//! By three-valued evaluation: a question is taken to matter if a rule that is not settled depends on it. That may name
//! a question that does not matter after all, and never leaves out one that does.

use std::collections::BTreeSet;

use crate::decide::{Reading, Rule, Situation, Truth};
use crate::model::{Condition, FindingIx, OptionSet, QuestionIx, Test};

/// The unanswered questions that may still change the outcome, whether or not they apply for certain.
pub fn relevant_questions(reading: &Reading<'_, '_>) -> BTreeSet<QuestionIx> {
    let situation = reading.situation();
    let rules = situation.rules();
    let mut trace = Trace { situation, questions: BTreeSet::new(), findings: BTreeSet::new() };
    for rule in reading.unsettled() {
        match rule {
            Rule::Flag(flag) => {
                let flag = &rules.flags()[flag];
                trace.optional(flag.when.as_ref());
                trace.optional(flag.unless.as_ref());
            }
            Rule::Need(need) => trace.optional(rules.needs()[need].when.as_ref()),
            Rule::Preference(preference) => trace.optional(rules.preferences()[preference].when.as_ref()),
        }
    }
    trace.unanswered()
}

/// The unanswered questions that a condition hangs on. None where it is known.
pub fn questions_of(situation: &Situation<'_>, condition: &Condition) -> BTreeSet<QuestionIx> {
    let mut trace = Trace { situation, questions: BTreeSet::new(), findings: BTreeSet::new() };
    trace.condition(condition);
    trace.unanswered()
}

/// The questions to ask now or soon, in file order: open and relevant; if none of those is left while the outcome is not
/// settled, the first open one. Empty if and only if the outcome is settled.
pub fn open_questions(reading: &Reading<'_, '_>) -> Vec<QuestionIx> {
    let situation = reading.situation();
    let open = |question: &QuestionIx| situation.standing(*question).is_open();
    let relevant: Vec<QuestionIx> = relevant_questions(reading).into_iter().filter(open).collect();
    if relevant.is_empty() && !reading.unsettled().is_empty() {
        return situation.rules().questions().positions().find(open).into_iter().collect();
    }
    relevant
}

/// The next question in file order, or none if the outcome is settled.
pub fn next_question(reading: &Reading<'_, '_>) -> Option<QuestionIx> {
    open_questions(reading).first().copied()
}

/// Follows what is not known back to the questions it hangs on.
struct Trace<'s, 'r> {
    situation: &'s Situation<'r>,
    questions: BTreeSet<QuestionIx>,
    findings: BTreeSet<FindingIx>,
}

impl Trace<'_, '_> {
    fn unanswered(mut self) -> BTreeSet<QuestionIx> {
        self.questions.retain(|question| !self.situation.standing(*question).answered);
        self.questions
    }

    fn optional(&mut self, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            self.condition(condition);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        if self.situation.holds(Some(condition)) != Truth::Perhaps {
            return;
        }
        match &condition.test {
            Test::Options { question, any_of, all_of, none_of } => {
                self.question(*question, any_of.or(*all_of).or(*none_of));
            }
            Test::Number { question, .. } => self.question(*question, OptionSet::EMPTY),
            Test::Finding(finding) => {
                if self.findings.insert(*finding) {
                    self.optional(self.situation.rules().findings()[*finding].when.as_ref());
                }
            }
            Test::All(parts) | Test::Any(parts) | Test::Count { of: parts, .. } => {
                for part in parts {
                    self.condition(part);
                }
            }
            Test::Not(part) => self.condition(part),
        }
    }

    /// A test on `tested` is not settled: that hangs on the answer, on whether the question applies, and on whether what
    /// is tested can be chosen.
    fn question(&mut self, position: QuestionIx, tested: OptionSet) {
        let question = &self.situation.rules().questions()[position];
        let applies = self.situation.standing(position).applies;
        let first_time = self.questions.insert(position);
        if first_time && applies == Truth::Perhaps {
            self.optional(question.only_if.as_ref());
        }
        for (option, choice) in question.choices() {
            // Whether there is anything to choose hangs on all options; so does what an answer that may fall away means.
            if applies == Truth::Perhaps || tested.contains(option) || self.situation.standing(position).answered {
                self.optional(choice.only_if.as_ref());
            }
        }
    }
}
