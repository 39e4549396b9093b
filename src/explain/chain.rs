//! How each statement of a decision follows from what was said: through findings and needs to a service, and through the
//! scopes of practice to who leads it.

use super::Explanation;
use super::grounds::{Ground, Tracer};
use crate::answers::Answers;
use crate::decide::{Chosen, Decision, Situation, Step};
use crate::model::{FlagIx, GoAtOnceIx, NeedIx, PreferenceIx, ProfessionalIx, RuleSet};

/// The chains of a decision, in the order in which it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chains {
    /// Of each flag that is told.
    pub flags: Vec<FlagChain>,
    /// Of each step of the plan.
    pub steps: Vec<StepChain>,
    /// Of each preference that decided something, in file order.
    pub preferences: Vec<(PreferenceIx, Vec<Ground>)>,
    /// Of each row of signs for which to go at once that is told.
    pub go_at_once: Vec<(GoAtOnceIx, Vec<Ground>)>,
}

/// Why a flag is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagChain {
    /// The flag.
    pub flag: FlagIx,
    /// What makes it hold; empty where it does whatever is answered.
    pub grounds: Vec<Ground>,
    /// What keeps it from being excused.
    pub not_excused: Vec<Ground>,
}

/// Why a step is on the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepChain {
    /// The step.
    pub step: Step,
    /// The needs that are known to hold, each with what makes it hold. None where the service is needed whatever is
    /// answered to what is still open.
    pub needs: Vec<(NeedIx, Vec<Ground>)>,
    /// Who could lead it as well, and what spoke for the one who does.
    pub others: Vec<(ProfessionalIx, Chosen)>,
}

impl Chains {
    /// The chains of the decision on some answers, as it is told.
    pub(super) fn new(rules: &RuleSet, answers: &Answers, told: &Explanation<'_>, decision: Option<&Decision>) -> Self {
        let situation = Situation::new(rules, answers);
        let tracer = Tracer::new(&situation, answers);
        let flags = told.flags.iter().map(|flag| FlagChain {
            flag: *flag,
            grounds: tracer.grounds(rules.flags()[*flag].when.as_ref(), true),
            not_excused: tracer.grounds(rules.flags()[*flag].unless.as_ref(), false),
        });
        let go_at_once = told
            .go_at_once
            .iter()
            .map(|row| (*row, tracer.grounds(rules.go_at_once()[*row].when.as_ref(), true)))
            .collect();
        let mut chains = Self { flags: flags.collect(), steps: Vec::new(), preferences: Vec::new(), go_at_once };
        let Some(decision) = decision else {
            return chains;
        };
        let steps = decision.outcome.steps.iter().map(|step| StepChain {
            step: *step,
            needs: needs(decision, *step)
                .map(|need| (need, tracer.grounds(rules.needs()[need].when.as_ref(), true)))
                .collect(),
            others: rules.services()[step.service]
                .candidates
                .iter()
                .filter(|other| *other != step.lead)
                .map(|other| (other, chosen(rules, decision, *step, other)))
                .collect(),
        });
        let mut preferences: Vec<PreferenceIx> =
            decision.evidence.choices.iter().flat_map(|choice| &choice.decided_by).copied().collect();
        preferences.sort_unstable();
        preferences.dedup();
        let preferences = preferences
            .into_iter()
            .map(|preference| (preference, tracer.grounds(rules.preferences()[preference].when.as_ref(), true)));
        chains.steps = steps.collect();
        chains.preferences = preferences.collect();
        chains
    }
}

fn needs(decision: &Decision, step: Step) -> impl Iterator<Item = NeedIx> {
    let reasons = decision.evidence.reasons.iter();
    reasons
        .filter(move |(phase, service, _)| (*phase, *service) == (step.phase, step.service))
        .flat_map(|(_, _, needs)| needs)
        .copied()
}

/// What spoke for the one who leads a step, against one who could as well.
fn chosen(rules: &RuleSet, decision: &Decision, step: Step, other: ProfessionalIx) -> Chosen {
    let choices = &decision.evidence.choices;
    let choice = choices.iter().enumerate().find(|(_, choice)| choice.phase == step.phase);
    choice.map_or(Chosen::FileOrder, |(place, choice)| {
        choice.led_by(rules, choices.get(..place).unwrap_or_default(), step.lead, other)
    })
}
