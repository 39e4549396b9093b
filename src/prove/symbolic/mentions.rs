//! Which questions each rule looks at, itself or through findings: for somebody who answers all of them as another does
//! it need not be put into clauses again.

use std::collections::BTreeSet;

use crate::model::{Condition, FindingIx, Level, Position, QuestionIx, RuleSet, Test};

/// The questions that each rule looks at.
#[derive(Debug, Clone)]
pub(crate) struct Mentions {
    /// For each question: what decides whether it and its options apply.
    pub(crate) offers: Vec<BTreeSet<QuestionIx>>,
    pub(crate) findings: Vec<BTreeSet<QuestionIx>>,
    pub(crate) flags: Vec<BTreeSet<QuestionIx>>,
    pub(crate) needs: Vec<BTreeSet<QuestionIx>>,
    pub(crate) preferences: Vec<BTreeSet<QuestionIx>>,
}

impl Mentions {
    /// Looks through all rules.
    pub(crate) fn new(rules: &RuleSet) -> Self {
        let mut findings: Vec<BTreeSet<QuestionIx>> = vec![BTreeSet::new(); rules.findings().len()];
        // Each finding comes after all that it uses.
        for finding in rules.finding_order() {
            let mentioned = mentioned(rules.findings()[*finding].when.as_ref(), &findings);
            if let Some(place) = findings.get_mut(finding.index()) {
                *place = mentioned;
            }
        }
        let of = |condition: Option<&Condition>| mentioned(condition, &findings);
        let offers = rules.questions().rows().iter().map(|question| {
            let options = question.options.iter().filter_map(|choice| choice.only_if.as_ref());
            question.only_if.iter().chain(options).flat_map(|condition| of(Some(condition))).collect()
        });
        let flags = rules.flags().rows().iter().map(|flag| {
            let conditions = flag.when.iter().chain(&flag.unless);
            conditions.flat_map(|condition| of(Some(condition))).collect()
        });
        Self {
            offers: offers.collect(),
            flags: flags.collect(),
            needs: rules.needs().rows().iter().map(|need| of(need.when.as_ref())).collect(),
            preferences: rules.preferences().rows().iter().map(|row| of(row.when.as_ref())).collect(),
            findings: findings.clone(),
        }
    }

    /// The safety questions: those that a flag at `clearance` or above looks at, itself or through findings.
    pub(crate) fn safety_questions(&self, rules: &RuleSet) -> BTreeSet<QuestionIx> {
        let flags = rules.flags().rows().iter().zip(&self.flags);
        flags.filter(|(flag, _)| flag.level >= Level::Clearance).flat_map(|(_, questions)| questions).copied().collect()
    }
}

/// The questions that a condition looks at; those of findings are known.
fn mentioned(condition: Option<&Condition>, findings: &[BTreeSet<QuestionIx>]) -> BTreeSet<QuestionIx> {
    let mut questions = BTreeSet::new();
    let of_finding = |finding: &FindingIx| findings.get(finding.index()).into_iter().flatten();
    if let Some(condition) = condition {
        condition.visit(&mut |part| match &part.test {
            Test::Options { question, .. } | Test::Number { question, .. } => {
                questions.insert(*question);
            }
            Test::Finding(finding) => questions.extend(of_finding(finding)),
            _ => {}
        });
    }
    questions
}
