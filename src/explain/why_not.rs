//! Why somebody is not on the plan, and what would bring them in.

use crate::answers::Answers;
use crate::decide::{Decision, Outcome, outcome};
use crate::model::{Level, PreferenceIx, ProfessionalIx, RuleSet, Scope, ServiceIx};
use crate::prove::nearest::nearest;
use crate::prove::{Nearest, Prover};

/// A reason why a professional is not on the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// A doctor comes first, and there is no plan until then.
    DoctorFirst(Level),
    /// Nothing that was said needs a service.
    NothingNeeded,
    /// All that is needed is on hold.
    AllOnHold,
    /// They could lead this as well as the one who does.
    EquallyInScope {
        /// What.
        service: ServiceIx,
        /// Who leads it.
        lead: ProfessionalIx,
        /// What spoke for the lead.
        chosen: Chosen,
    },
    /// They do this too, but it is the core of somebody else's work.
    AlsoDoes(Vec<ServiceIx>),
    /// They do this only when referred or supervised.
    OnReferral(Vec<ServiceIx>),
    /// It is not theirs to do.
    OutsideScope(Vec<ServiceIx>),
}

impl WhyNot {
    /// The word in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DoctorFirst(_) => "doctor-first",
            Self::NothingNeeded => "nothing-needed",
            Self::AllOnHold => "all-on-hold",
            Self::EquallyInScope { .. } => "covered",
            Self::AlsoDoes(_) => "shared",
            Self::OnReferral(_) => "referral",
            Self::OutsideScope(_) => "outside",
        }
    }
}

/// What spoke for one of several equally in scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// A preference of the rule set.
    Preference(PreferenceIx),
    /// With them the phase needs fewer people.
    FewerPeople,
    /// They are on the plan already.
    OnThePlanAlready,
    /// Nothing but the order in which the rule set names them.
    FileOrder,
}

/// Who is not on the plan, in file order, each with at least one reason, the most telling first.
pub(crate) fn of_decision(rules: &RuleSet, decision: &Decision) -> Vec<(ProfessionalIx, Vec<WhyNot>)> {
    let outcome = &decision.outcome;
    let on_plan = outcome.professionals();
    rules
        .professionals()
        .positions()
        .filter(|professional| !on_plan.contains(professional))
        .map(|professional| (professional, reasons(rules, decision, professional)))
        .collect()
}

fn reasons(rules: &RuleSet, decision: &Decision, professional: ProfessionalIx) -> Vec<WhyNot> {
    let outcome = &decision.outcome;
    if outcome.level.ends_without_plan() {
        return vec![WhyNot::DoctorFirst(outcome.level)];
    }
    if outcome.otherwise {
        return vec![WhyNot::NothingNeeded];
    }
    if outcome.steps.is_empty() {
        return vec![WhyNot::AllOnHold];
    }
    let with = |wanted: Scope| services_with(rules, outcome, professional, wanted);
    let mut reasons: Vec<WhyNot> = Vec::new();
    for step in &outcome.steps {
        let candidates = rules.services()[step.service].candidates;
        let named =
            |reason: &WhyNot| matches!(reason, WhyNot::EquallyInScope { service, .. } if *service == step.service);
        if candidates.contains(professional) && !reasons.iter().any(named) {
            let chosen = what_spoke_for(rules, decision, step.phase, step.lead, professional);
            reasons.push(WhyNot::EquallyInScope { service: step.service, lead: step.lead, chosen });
        }
    }
    let shared: Vec<ServiceIx> = with(Scope::Shared)
        .into_iter()
        .filter(|service| !rules.services()[*service].candidates.contains(professional))
        .collect();
    for (services, reason) in [
        (shared, WhyNot::AlsoDoes as fn(Vec<ServiceIx>) -> WhyNot),
        (with(Scope::Referral), WhyNot::OnReferral),
        (with(Scope::Outside), WhyNot::OutsideScope),
    ] {
        if !services.is_empty() {
            reasons.push(reason(services));
        }
    }
    reasons
}

fn services_with(rules: &RuleSet, outcome: &Outcome, professional: ProfessionalIx, wanted: Scope) -> Vec<ServiceIx> {
    let mut services: Vec<ServiceIx> = outcome
        .steps
        .iter()
        .map(|step| step.service)
        .filter(|service| rules.services()[*service].scope[professional] == wanted)
        .collect();
    services.sort_unstable();
    services.dedup();
    services
}

fn what_spoke_for(
    rules: &RuleSet,
    decision: &Decision,
    phase: crate::model::PhaseIx,
    lead: ProfessionalIx,
    instead_of: ProfessionalIx,
) -> Chosen {
    let choices = &decision.evidence.choices;
    let Some((place, choice)) = choices.iter().enumerate().find(|(_, choice)| choice.phase == phase) else {
        return Chosen::FileOrder;
    };
    let leads_alone = choice
        .leads
        .iter()
        .any(|(service, leader)| *leader == lead && !rules.services()[*service].candidates.contains(instead_of));
    if leads_alone {
        return Chosen::FewerPeople;
    }
    let preference = choice.decided_by.iter().find(|preference| rules.preferences()[**preference].prefer == lead);
    if let Some(preference) = preference {
        return Chosen::Preference(*preference);
    }
    let earlier = choices.iter().take(place).any(|choice| choice.chosen.contains(lead));
    if earlier { Chosen::OnThePlanAlready } else { Chosen::FileOrder }
}

/// The nearest change of answers after which somebody leads something, whatever else is said; or the proof that there is
/// none.
pub fn brings_in(prover: &mut Prover<'_>, answers: &Answers, professional: ProfessionalIx) -> Nearest {
    prover.trim();
    let rules = prover.rules();
    let symbolic = prover.symbolic();
    let leads = symbolic.outcome(rules).leads(&mut symbolic.gates, professional, None);
    nearest(prover, answers, vec![leads], |prover, answers| match outcome(rules, answers) {
        Some(outcome) => outcome.professionals().contains(&professional),
        None => prover.is_certain(answers, leads),
    })
}
