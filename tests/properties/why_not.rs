//! Why somebody is not on the plan, held against an independent reading of the design.

use carepath::explain::{Chosen, Explanation, WhyNot};
use carepath::model::Position;
use proptest::prelude::*;

use super::draws::bytes;
use super::oracle::{KeptOut, Outcome, candidates, held_services, kept_out, outcome, raised_flags};
use super::people::person;
use super::rule_set::{Answered, GenRules, Level, Scope};
use super::{cases, engine, rule_gen};

/// A reason in the oracle's words.
#[derive(Debug, PartialEq, Eq)]
enum Reason {
    Doctor(Level, Vec<usize>),
    NothingNeeded,
    AllOnHold(Vec<usize>, Vec<usize>),
    /// Service, lead, and what kept them out.
    Covered(usize, usize, KeptOut),
    Scope(Scope, Vec<usize>),
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn the_reasons_are_those_of_the_design(made in rule_gen::rule_sets(), chance in bytes(60)) {
        reasons_agree(&made, &person(&made, &mut chance.draws()))?;
    }

    #[test]
    fn the_reasons_in_large_teams_are_those_of_the_design(made in rule_gen::teams(), chance in bytes(60)) {
        reasons_agree(&made, &person(&made, &mut chance.draws()))?;
    }
}

fn reasons_agree(made: &GenRules, complete: &Answered) -> Result<(), TestCaseError> {
    let rules = engine::load(made);
    let explanation = Explanation::new(&rules, &engine::answers(&rules, complete));
    let outcome = outcome(made, complete);
    let absent: Vec<usize> =
        (0..made.professionals).filter(|who| outcome.steps.iter().all(|(_, _, lead)| lead != who)).collect();
    let told: Vec<usize> = explanation.not_on_plan.iter().map(|(who, _)| who.index()).collect();
    prop_assert_eq!(&told, &absent);
    for (who, reasons) in &explanation.not_on_plan {
        let reasons: Vec<Reason> = reasons.iter().map(in_oracles_words).collect();
        prop_assert_eq!(reasons, expected(made, complete, &outcome, who.index()), "p{}", who.index());
    }
    Ok(())
}

fn in_oracles_words(reason: &WhyNot) -> Reason {
    match reason {
        WhyNot::DoctorFirst { level, by } => {
            let mut by = engine::places(by);
            by.sort_unstable();
            Reason::Doctor(engine::level(*level), by)
        }
        WhyNot::NothingNeeded => Reason::NothingNeeded,
        WhyNot::AllOnHold { theirs, by } => Reason::AllOnHold(engine::places(theirs), engine::places(by)),
        WhyNot::EquallyInScope { service, lead, chosen } => {
            let kept_out = match chosen {
                Chosen::FewerPeople => KeptOut::Size,
                Chosen::Preference(preference) => KeptOut::Preference(preference.index()),
                Chosen::OnThePlanAlready => KeptOut::Known,
                Chosen::FileOrder => KeptOut::Order,
            };
            Reason::Covered(service.index(), lead.index(), kept_out)
        }
        WhyNot::AlsoDoes(services) => Reason::Scope(Scope::Shared, engine::places(services)),
        WhyNot::OnReferral(services) => Reason::Scope(Scope::Referral, engine::places(services)),
        WhyNot::OutsideScope(services) => Reason::Scope(Scope::Outside, engine::places(services)),
    }
}

fn expected(made: &GenRules, complete: &Answered, outcome: &Outcome, who: usize) -> Vec<Reason> {
    if outcome.level >= Level::Urgent {
        let mut by = raised_flags(made, complete);
        by.retain(|flag| made.flags[*flag].level >= Level::Urgent);
        return vec![Reason::Doctor(outcome.level, by)];
    }
    if outcome.otherwise {
        return vec![Reason::NothingNeeded];
    }
    let could = |service: usize| candidates(made, service).contains(&who);
    let mut reasons = Vec::new();
    if outcome.steps.is_empty() {
        let theirs = outcome.on_hold.iter().copied().filter(|service| could(*service)).collect();
        let holds = |flag: &usize| {
            let flag = &made.flags[*flag];
            flag.level == Level::Caution
                && held_services(made, flag).iter().any(|service| outcome.on_hold.contains(service))
        };
        reasons.push(Reason::AllOnHold(theirs, outcome.flags.iter().copied().filter(holds).collect()));
    }
    for (phase, service, lead) in outcome.steps.iter().copied().filter(|(_, service, _)| could(*service)) {
        let told = |reason: &Reason| matches!(reason, Reason::Covered(what, by, _) if (*what, *by) == (service, lead));
        if !reasons.iter().any(told) {
            reasons.push(Reason::Covered(service, lead, kept_out(made, complete, phase, who)));
        }
    }
    let mut needed: Vec<usize> = outcome.steps.iter().map(|(_, service, _)| *service).collect();
    needed.extend(&outcome.on_hold);
    needed.sort_unstable();
    needed.dedup();
    for scope in [Scope::Shared, Scope::Referral, Scope::Outside] {
        let theirs = |service: &usize| made.services[*service][who] == scope && !could(*service);
        let services: Vec<usize> = needed.iter().copied().filter(theirs).collect();
        if !services.is_empty() {
            reasons.push(Reason::Scope(scope, services));
        }
    }
    reasons
}
