//! From answers to a decision: what is known, which rules hold, who does what.
//!
//! [`Situation`] says what the answers mean, [`Reading`] which rules hold, [`Outcome`] who leads what. All of it works
//! on part of the answers too: what is not known yet is neither true nor false.

mod condition;
mod cover;
mod outcome;
mod promise;
mod reading;
mod recommendation;
mod situation;
mod truth;

pub use cover::{Choice, Chosen};
pub use outcome::{Outcome, Step};
pub use reading::{Reading, Rule};
pub use recommendation::Recommendation;
pub use situation::{Situation, Standing};
pub use truth::Truth;

use crate::answers::Answers;
use crate::model::{FlagIx, Level, NeedIx, PhaseIx, QuestionIx, RuleSet, ServiceIx};

/// What the answers amount to.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// However the other questions were answered, the outcome is this.
    Settled(Box<Decision>),
    /// The outcome still depends on what was not said.
    Unsettled {
        /// The level, or more.
        level_at_least: Level,
    },
}

/// The outcome and what it rests on.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What comparisons compare.
    pub outcome: Outcome,
    /// What was worked out from the answers given.
    pub evidence: Evidence,
}

/// What stands behind an outcome, from the answers given alone.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The flags to show, gravest first, then in file order.
    pub flags: Vec<FlagIx>,
    /// The choice of professionals in each phase of the plan.
    pub choices: Vec<Choice>,
    /// For each service of each phase of the plan, the needs known to hold. Empty where the service is settled before any
    /// single need is.
    pub reasons: Vec<(PhaseIx, ServiceIx, Vec<NeedIx>)>,
    /// Answers to questions that do not apply.
    pub ignored: Vec<QuestionIx>,
}

/// What the answers given amount to; no answer is ever made up.
pub fn decide(rules: &RuleSet, answers: &Answers) -> Verdict {
    let situation = Situation::new(rules, answers);
    let reading = Reading::new(&situation);
    if reading.unsettled().is_empty() {
        Verdict::Settled(Box::new(Decision::of(&reading, answers)))
    } else {
        Verdict::Unsettled { level_at_least: reading.level_at_least() }
    }
}

/// The outcome alone, where the answers settle it.
pub fn outcome(rules: &RuleSet, answers: &Answers) -> Option<Outcome> {
    let situation = Situation::new(rules, answers);
    let reading = Reading::new(&situation);
    reading.unsettled().is_empty().then(|| Outcome::of(&reading).0)
}

/// The questions that were answered and do not apply, or no option of the answer does, so that it counts for nothing.
pub fn ignored_answers(situation: &Situation<'_>, answers: &Answers) -> Vec<QuestionIx> {
    let answered = answers.iter().map(|(question, _)| question);
    answered.filter(|question| situation.standing(*question).heard == Truth::No).collect()
}

/// The flags that are known to count, gravest first. Where the level leaves no plan, only those that call for a doctor
/// today or now: the rest would be noise.
pub(crate) fn flags_to_show(reading: &Reading<'_, '_>, level: Level) -> Vec<FlagIx> {
    let flags = reading.situation().rules().flags();
    let mut shown: Vec<FlagIx> = reading
        .counting_flags()
        .filter(|flag| !level.ends_without_plan() || flags[*flag].level.ends_without_plan())
        .collect();
    shown.sort_by_key(|flag| std::cmp::Reverse(flags[*flag].level));
    shown
}

impl Decision {
    /// The decision on answers all of whose completions have the outcome of one of them, `complete`.
    ///
    /// Three-valued evaluation need not see that: the evidence is what it knows from `answers` alone.
    pub(crate) fn of_completions(rules: &RuleSet, answers: &Answers, complete: &Answers) -> Self {
        let situation = Situation::new(rules, complete);
        let (outcome, mut choices) = Outcome::of(&Reading::new(&situation));
        let situation = Situation::new(rules, answers);
        let known = Reading::new(&situation);
        for choice in &mut choices {
            choice.decided_by.retain(|preference| known.preference(*preference) == Truth::Yes);
        }
        let mut flags = if outcome.level.ends_without_plan() {
            flags_to_show(&known, outcome.level)
        } else {
            outcome.flags.clone()
        };
        flags.sort_by_key(|flag| std::cmp::Reverse(rules.flags()[*flag].level));
        let reasons = reasons(&known, &outcome);
        let ignored = ignored_answers(&situation, answers);
        Self { outcome, evidence: Evidence { flags, choices, reasons, ignored } }
    }

    /// The decision of a reading in which nothing that matters is unsettled.
    fn of(reading: &Reading<'_, '_>, answers: &Answers) -> Self {
        let (outcome, choices) = Outcome::of(reading);
        let flags = flags_to_show(reading, outcome.level);
        let reasons = reasons(reading, &outcome);
        let ignored = ignored_answers(reading.situation(), answers);
        Self { outcome, evidence: Evidence { flags, choices, reasons, ignored } }
    }
}

/// For each step the needs that are known to hold.
fn reasons(reading: &Reading<'_, '_>, outcome: &Outcome) -> Vec<(PhaseIx, ServiceIx, Vec<NeedIx>)> {
    let needs = reading.situation().rules().needs();
    let known = |phase: PhaseIx, service: ServiceIx| {
        let same = needs.iter().filter(|(_, need)| need.phase == phase && need.service == service);
        same.map(|(position, _)| position).filter(|position| reading.need(*position) == Truth::Yes).collect()
    };
    outcome.steps.iter().map(|step| (step.phase, step.service, known(step.phase, step.service))).collect()
}
