//! The questions on which safety hangs.

use std::collections::BTreeSet;

use crate::model::{Condition, Level, QuestionIx, RuleSet, Test};

/// The questions that a flag at clearance or above names, itself or through findings.
pub(super) fn safety_questions(rules: &RuleSet) -> BTreeSet<QuestionIx> {
    let grave = rules.flags().rows().iter().filter(|flag| flag.level >= Level::Clearance);
    let mut conditions: Vec<&Condition> = grave.flat_map(|flag| flag.when.iter().chain(&flag.unless)).collect();
    let mut seen = BTreeSet::new();
    let mut questions = BTreeSet::new();
    while let Some(condition) = conditions.pop() {
        condition.visit(&mut |part| match &part.test {
            Test::Options { question, .. } | Test::Number { question, .. } => {
                questions.insert(*question);
            }
            Test::Finding(finding) if seen.insert(*finding) => conditions.extend(&rules.findings()[*finding].when),
            _ => {}
        });
    }
    questions
}
