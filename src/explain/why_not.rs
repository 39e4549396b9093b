//! Why somebody is not on the plan, and what would bring them in.

use crate::answers::Answers;
use crate::decide::{Chosen, Decision, Outcome, outcome};
use crate::model::{FlagIx, Level, PhaseIx, ProfessionalIx, RuleSet, Scope, ServiceIx};
use crate::prove::nearest::nearest;
use crate::prove::{Nearest, Prover};

/// A reason why a professional is not on the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// A doctor comes first, and there is no plan until then.
    DoctorFirst {
        /// How soon.
        level: Level,
        /// The flags that call for that, gravest first; none where none is known yet.
        by: Vec<FlagIx>,
    },
    /// Nothing that was said needs a service.
    NothingNeeded,
    /// All that is needed is on hold.
    AllOnHold {
        /// What of it they could lead.
        theirs: Vec<ServiceIx>,
        /// The flags that hold it back.
        by: Vec<FlagIx>,
    },
    /// They could lead this as well as the one who does; told once for each lead.
    EquallyInScope {
        /// What.
        service: ServiceIx,
        /// Who leads it.
        lead: ProfessionalIx,
        /// What spoke for those chosen in the first phase in which that is so.
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
    /// Whether it says that something is not theirs to do, or theirs only on referral.
    pub fn is_outside(&self) -> bool {
        matches!(self, Self::OnReferral(_) | Self::OutsideScope(_))
    }

    /// Whether it says that something which is needed is theirs to do as well.
    pub fn is_theirs(&self) -> bool {
        match self {
            Self::EquallyInScope { .. } | Self::AlsoDoes(_) => true,
            Self::AllOnHold { theirs, .. } => !theirs.is_empty(),
            Self::DoctorFirst { .. } | Self::NothingNeeded | Self::OnReferral(_) | Self::OutsideScope(_) => false,
        }
    }

    /// The word in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DoctorFirst { .. } => "doctor-first",
            Self::NothingNeeded => "nothing-needed",
            Self::AllOnHold { .. } => "all-on-hold",
            Self::EquallyInScope { .. } => "covered",
            Self::AlsoDoes(_) => "shared",
            Self::OnReferral(_) => "referral",
            Self::OutsideScope(_) => "outside",
        }
    }
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
        return vec![WhyNot::DoctorFirst { level: outcome.level, by: decision.evidence.flags.clone() }];
    }
    if outcome.otherwise {
        return vec![WhyNot::NothingNeeded];
    }
    let mut reasons: Vec<WhyNot> = Vec::new();
    if outcome.steps.is_empty() {
        reasons.push(all_on_hold(rules, outcome, professional));
    }
    for step in &outcome.steps {
        if rules.services()[step.service].candidates.contains(professional) {
            let told = |reason: &WhyNot| {
                matches!(reason, WhyNot::EquallyInScope { service, lead, .. }
                    if (*service, *lead) == (step.service, step.lead))
            };
            // Another phase may have another reason; one is enough to tell.
            if !reasons.iter().any(told) {
                let chosen = what_spoke_for(rules, decision, step.phase, professional);
                reasons.push(WhyNot::EquallyInScope { service: step.service, lead: step.lead, chosen });
            }
        }
    }
    let needed = needed(outcome);
    let with = |wanted: Scope| -> Vec<ServiceIx> {
        let services =
            needed.iter().copied().filter(|service| rules.services()[*service].scope[professional] == wanted);
        services.filter(|service| !rules.services()[*service].candidates.contains(professional)).collect()
    };
    for (services, reason) in [
        (with(Scope::Shared), WhyNot::AlsoDoes as fn(Vec<ServiceIx>) -> WhyNot),
        (with(Scope::Referral), WhyNot::OnReferral),
        (with(Scope::Outside), WhyNot::OutsideScope),
    ] {
        if !services.is_empty() {
            reasons.push(reason(services));
        }
    }
    reasons
}

/// All services that are needed, in file order: those of the plan, and those on hold where there is none.
fn needed(outcome: &Outcome) -> Vec<ServiceIx> {
    let mut services: Vec<ServiceIx> =
        outcome.steps.iter().map(|step| step.service).chain(outcome.on_hold.iter().copied()).collect();
    services.sort_unstable();
    services.dedup();
    services
}

fn all_on_hold(rules: &RuleSet, outcome: &Outcome, professional: ProfessionalIx) -> WhyNot {
    let theirs = outcome.on_hold.iter().copied();
    let theirs = theirs.filter(|service| rules.services()[*service].candidates.contains(professional)).collect();
    let holds = |flag: &FlagIx| {
        let flag = &rules.flags()[*flag];
        flag.level == Level::Caution && flag.holds.iter().any(|service| outcome.on_hold.contains(service))
    };
    WhyNot::AllOnHold { theirs, by: outcome.flags.iter().copied().filter(holds).collect() }
}

fn what_spoke_for(rules: &RuleSet, decision: &Decision, phase: PhaseIx, instead_of: ProfessionalIx) -> Chosen {
    let choices = &decision.evidence.choices;
    let choice = choices.iter().enumerate().find(|(_, choice)| choice.phase == phase);
    choice.map_or(Chosen::FileOrder, |(place, choice)| {
        choice.kept_out(rules, choices.get(..place).unwrap_or_default(), instead_of)
    })
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
