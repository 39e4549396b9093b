//! Runs a case, and says what can be said of one that fails.

use super::compare::{Mismatch, compare};
use super::meets::meets;
use super::{Case, Ended};
use crate::answers::Answers;
use crate::decide::{Decision, Reading, Rule, Situation, Truth, Verdict};
use crate::model::{FindingIx, Id, Level, QuestionIx, RuleSet};
use crate::prove::gates::Limit;
use crate::prove::nearest::nearest;
use crate::prove::{Nearest, Prover};

/// A case that did not end as expected.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The case.
    pub case: Case,
    /// What was expected and did not come; at least one.
    pub mismatches: Vec<Mismatch>,
    /// The questions that are still open; none if the answers settle the outcome.
    pub open: Vec<QuestionIx>,
    /// What is known to hold and has a part in the outcome, in file order by kind.
    pub fired: Vec<Fired>,
    /// The nearest answers that end as expected.
    pub nearest: Nearest,
}

/// Something that holds for the answers of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fired {
    /// A named condition.
    Finding(FindingIx),
    /// A flag that is told, a need, or a preference that decides something.
    Rule(Rule),
}

impl Fired {
    /// What kind of thing it is, and its name.
    pub fn name(self, rules: &RuleSet) -> (&'static str, &Id) {
        match self {
            Self::Finding(finding) => ("finding", &rules.findings()[finding].id),
            Self::Rule(rule) => rule.name(rules),
        }
    }
}

/// Decisions and conflicts of one search for the nearest answers: counted, so that runs repeat.
const STEPS: u64 = 200_000;

/// Runs a case.
pub(super) fn run(rules: &RuleSet, case: Case) -> Ended {
    let mut prover = Prover::for_interview(rules);
    let (mismatches, decision) = mismatches(&mut prover, &case, &case.answers);
    if mismatches.is_empty() {
        return Ended::Passed(Box::new(case));
    }
    let open = if decision.is_some() { Vec::new() } else { prover.open_questions(&case.answers) };
    let fired = fired(rules, &case.answers, decision.as_ref());
    let mut prover = Prover::new(rules).within(Limit { steps: Some(STEPS), deadline: None });
    let wanted = meets(prover.symbolic(), rules, &case.expect);
    let nearest = nearest(&mut prover, &case.answers, wanted, |prover, answers| {
        self::mismatches(prover, &case, answers).0.is_empty()
    });
    Ended::Failed(Box::new(Failure { case, mismatches, open, fired, nearest }))
}

/// What is wrong with the decision on some answers, by what a case expects, and the decision itself, if there is one.
pub(crate) fn mismatches(prover: &mut Prover<'_>, case: &Case, answers: &Answers) -> (Vec<Mismatch>, Option<Decision>) {
    match prover.decide(answers) {
        Verdict::Settled(decision) => (compare(prover.rules(), &decision, &case.expect), Some(*decision)),
        Verdict::Unsettled { level_at_least } => (vec![Mismatch::open(level_at_least)], None),
    }
}

impl Mismatch {
    /// The answers do not settle the outcome.
    fn open(level_at_least: Level) -> Self {
        Self {
            key: "answers",
            expected: "enough to settle the outcome".to_owned(),
            got: format!("an open outcome, {level_at_least} or more"),
        }
    }
}

/// What is known to hold. Needs and preferences are left out where the level leaves no plan, or nobody knows it yet.
fn fired(rules: &RuleSet, answers: &Answers, decision: Option<&Decision>) -> Vec<Fired> {
    let situation = Situation::new(rules, answers);
    let reading = Reading::new(&situation);
    let findings = rules.findings().positions().filter(|finding| situation.finding(*finding) == Truth::Yes);
    let mut flags = match decision {
        Some(decision) => decision.evidence.flags.clone(),
        None => crate::decide::flags_to_show(&reading, reading.level_at_least()),
    };
    flags.sort_unstable();
    let needs = rules.needs().positions().filter(|need| reading.need(*need) == Truth::Yes);
    let mut preferences: Vec<_> =
        decision.iter().flat_map(|decision| &decision.evidence.choices).flat_map(|choice| &choice.decided_by).collect();
    preferences.sort_unstable();
    preferences.dedup();
    let rules = flags.into_iter().map(Rule::Flag).chain(needs.map(Rule::Need));
    let rules = rules.chain(preferences.into_iter().copied().map(Rule::Preference));
    findings.map(Fired::Finding).chain(rules.map(Fired::Rule)).collect()
}
