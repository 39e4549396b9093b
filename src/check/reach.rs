//! Somebody is sent to every professional, phase and service, and nobody is left without a recommendation.

use batsat::Lit;

use super::checking::Checking;
use crate::answers::Answers;
use crate::decide;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Scope;
use crate::prove::gates::{Family, Found};

/// Each professional, phase and service is on somebody's plan.
pub(super) fn somebody_is_sent(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let outcome = symbolic.outcome(rules);
    symbolic.gates.family = Family::Query;
    let mut sent: Vec<(Lit, Diagnostic)> = Vec::new();
    for (position, professional) in rules.professionals().iter() {
        let lit = outcome.leads(&mut symbolic.gates, position, None);
        let message = format!("nobody is ever sent to `{}`", professional.id);
        let fault = Diagnostic::new(Code::UnreachableProfessional, professional.id.span(), message);
        sent.push((lit, fault.help("no plan needs a service that they lead")));
    }
    for (position, phase) in rules.phases().iter() {
        let steps = outcome.steps.iter().filter(|(step, _)| step.phase == position);
        let lit = symbolic.gates.or(steps.map(|(_, there)| *there));
        let message = format!("no plan ever has the phase `{}`", phase.id);
        let fault = Diagnostic::new(Code::UnreachablePhase, phase.id.span(), message);
        sent.push((lit, fault.help("no need asks for it, or none of those that do can hold in a plan")));
    }
    let asked_for = |position| rules.needs().rows().iter().any(|need| need.service == position);
    let services = rules.services().iter().filter(|(position, service)| !service.compared_only || asked_for(*position));
    for (position, service) in services {
        let steps = outcome.steps.iter().filter(|(step, _)| step.service == position);
        let lit = symbolic.gates.or(steps.map(|(_, there)| *there));
        let message = format!("no plan ever has the service `{}`", service.id);
        let fault = Diagnostic::new(Code::UnreachableService, service.id.span(), message);
        sent.push((lit, fault.help("no need asks for it, or none of those that do can hold in a plan")));
    }
    let lits: Vec<Lit> = sent.iter().map(|(lit, _)| *lit).collect();
    let found = checking.each_possible(&lits);
    for ((_, fault), found) in sent.into_iter().zip(found) {
        checking.expect_possible(found, fault);
    }
}

/// Every need in a plan has somebody who leads it within their scope, and whoever needs nothing is told what then.
pub(super) fn everybody_is_served(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let outcome = symbolic.outcome(rules);
    symbolic.gates.family = Family::Query;
    for (phase, service, needed) in symbolic.reading.demand.clone() {
        let scope = &rules.services()[service].scope;
        let leads = outcome.steps.iter().filter(|(step, _)| {
            let within = matches!(scope[step.lead], Scope::Core | Scope::Shared);
            (step.phase, step.service) == (phase, service) && within
        });
        let symbolic = checking.symbolic();
        let led = symbolic.gates.or(leads.map(|(_, there)| *there));
        let unserved = symbolic.gates.and([outcome.plan, needed, !led]);
        let id = &rules.services()[service].id;
        let message = format!("some answers need `{id}`, and nobody can give it within their scope");
        let fault = Diagnostic::new(Code::NobodyInScope, id.span(), message);
        match checking.search(&[unserved]) {
            Found::No => checking.proved(),
            Found::Yes => {
                let counterexample = checking.counterexample(unserved, |_| false);
                checking.fault(fault, counterexample);
            }
            Found::Undecided => checking.undecided(fault),
        }
    }
    if rules.metadata().otherwise.is_some() {
        checking.proved();
        return;
    }
    let Some(span) = rules
        .phases()
        .rows()
        .first()
        .map(|phase| phase.id.span())
        .or_else(|| rules.questions().rows().first().map(|question| question.id.span()))
    else {
        return;
    };
    let nothing = outcome.otherwise;
    let fault = Diagnostic::new(Code::NoRecommendation, span, "some answers end with no recommendation at all");
    let fault = fault.help("say in `otherwise` what to do when no need holds");
    match checking.search(&[nothing]) {
        Found::No => checking.proved(),
        Found::Yes => {
            let needs_something =
                |person: &Answers| decide::outcome(rules, person).is_some_and(|outcome| !outcome.otherwise);
            let counterexample = checking.counterexample(nothing, needs_something);
            checking.fault(fault, counterexample);
        }
        Found::Undecided => checking.undecided(fault),
    }
}
