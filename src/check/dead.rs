//! Every rule holds for somebody and shows to somebody, and every condition can be true and false.

use batsat::Lit;

use super::checking::Checking;
use crate::decide::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FindingIx, Id, PhaseIx, Position, ProfessionalIx, RuleSet, Test};
use crate::prove::gates::Family;
use crate::prove::prover::Symbolic;
use crate::source::Span;

/// A rule as its author sees it.
struct Named<'r> {
    /// What kind of thing it is.
    kind: &'static str,
    id: &'r Id,
    /// It has a condition.
    conditional: bool,
    holds: Lit,
}

/// Every flag, finding, need, preference and sign to go at once can hold, and none that has a condition always does.
pub(super) fn rules_hold(checking: &mut Checking<'_, '_>) {
    let named = named(checking);
    let holds: Vec<Lit> = named.iter().map(|named| named.holds).collect();
    let found = checking.each_possible(&holds);
    for (named, found) in named.iter().zip(found) {
        let (code, message) = match named.kind {
            "flag" => (Code::DeadFlag, format!("no answers ever raise the flag `{}`", named.id)),
            kind => (Code::NeverHolds, format!("the {kind} `{}` never holds", named.id)),
        };
        let help = "its condition contradicts itself, or what the questions allow";
        checking.expect_possible(found, Diagnostic::new(code, named.id.span(), message).help(help));
    }
    let conditional: Vec<&Named<'_>> = named.iter().filter(|named| named.conditional).collect();
    let fails: Vec<Lit> = conditional.iter().map(|named| !named.holds).collect();
    let found = checking.each_possible(&fails);
    for (named, found) in conditional.into_iter().zip(found) {
        let message = format!("the {} `{}` holds for everybody", named.kind, named.id);
        let fault = Diagnostic::new(Code::AlwaysHolds, named.id.span(), message);
        checking.expect_possible(found, fault.help("leave the condition out if that is meant"));
    }
}

fn named<'r>(checking: &mut Checking<'r, '_>) -> Vec<Named<'r>> {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let mut named = Vec::new();
    for (finding, holds) in rules.findings().rows().iter().zip(&symbolic.person.findings) {
        named.push(Named { kind: "finding", id: &finding.id, conditional: finding.when.is_some(), holds: *holds });
    }
    for (flag, holds) in rules.flags().rows().iter().zip(&symbolic.reading.flags) {
        named.push(Named { kind: "flag", id: &flag.id, conditional: flag.when.is_some(), holds: *holds });
    }
    for (need, holds) in rules.needs().rows().iter().zip(&symbolic.reading.needs) {
        named.push(Named { kind: "need", id: &need.id, conditional: need.when.is_some(), holds: *holds });
    }
    for (preference, holds) in rules.preferences().rows().iter().zip(&symbolic.reading.preferences) {
        let conditional = preference.when.is_some();
        named.push(Named { kind: "preference", id: &preference.id, conditional, holds: *holds });
    }
    for (row, holds) in rules.go_at_once().rows().iter().zip(go_at_once_holds(checking)) {
        named.push(Named { kind: GO_AT_ONCE, id: &row.id, conditional: row.when.is_some(), holds });
    }
    named
}

/// What a row of `go_at_once` is called in messages.
const GO_AT_ONCE: &str = "sign to go at once";

/// For each sign to go at once that it is meant for this person.
fn go_at_once_holds(checking: &mut Checking<'_, '_>) -> Vec<Lit> {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    symbolic.gates.family = Family::Query;
    let rows = rules.go_at_once().rows().iter();
    rows.map(|row| symbolic.person.whole(&mut symbolic.gates, rules, row.when.as_ref())).collect()
}

/// Everything that holds for somebody is told to somebody.
pub(super) fn rules_show(checking: &mut Checking<'_, '_>) {
    let shown: Vec<(Lit, Diagnostic)> =
        [flags_shown, needs_shown, preferences_shown, teamwork_shown, handovers_shown, go_at_once_shown]
            .iter()
            .flat_map(|shown| shown(checking))
            .collect();
    let lits: Vec<Lit> = shown.iter().map(|(lit, _)| *lit).collect();
    let found = checking.each_possible(&lits);
    for ((_, fault), found) in shown.into_iter().zip(found) {
        let dead = [Code::DeadFlag, Code::NeverHolds].iter().any(|code| checking.is_faulty(*code, fault.span));
        if !dead {
            checking.expect_possible(found, fault);
        }
    }
    findings_used(checking);
}

fn never_shows(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::NeverShows, span, message).help(help)
}

fn flags_shown(checking: &mut Checking<'_, '_>) -> Vec<(Lit, Diagnostic)> {
    let rules = checking.rules;
    let shown = |(position, flag): (crate::model::FlagIx, &crate::model::Flag)| {
        let message = format!("nobody is ever told of the flag `{}`", flag.id);
        let help = if flag.counts_only_if_it_holds_back() {
            "what it holds back is never needed when it holds, or the level is graver then"
        } else {
            "whenever it holds, the level is graver"
        };
        (checking.symbolic().tells(rules, position), never_shows(flag.id.span(), message, help))
    };
    rules.flags().iter().map(shown).collect()
}

fn needs_shown(checking: &mut Checking<'_, '_>) -> Vec<(Lit, Diagnostic)> {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    symbolic.gates.family = Family::Query;
    let planned = symbolic.reading.leaves_a_plan();
    let needs = symbolic.reading.needs.clone();
    let mut shown = Vec::new();
    for (need, holds) in rules.needs().rows().iter().zip(needs) {
        let message = format!("the need `{}` never makes it into a plan", need.id);
        let help = "whenever it holds, the level leaves no plan";
        shown.push((symbolic.gates.and([planned, holds]), never_shows(need.id.span(), message, help)));
    }
    shown
}

fn preferences_shown(checking: &mut Checking<'_, '_>) -> Vec<(Lit, Diagnostic)> {
    let rules = checking.rules;
    let shown = |(position, preference): (crate::model::PreferenceIx, &crate::model::Preference)| {
        let message = format!("the preference `{}` never decides anything", preference.id);
        let help = "whenever it holds, there is no choice, or others have made it";
        (checking.symbolic().decides(rules, position), never_shows(preference.id.span(), message, help))
    };
    rules.preferences().iter().map(shown).collect()
}

fn teamwork_shown(checking: &mut Checking<'_, '_>) -> Vec<(Lit, Diagnostic)> {
    let rules = checking.rules;
    let mut shown = Vec::new();
    for teamwork in rules.teamwork() {
        let phases = rules.phases().positions().filter(|phase| teamwork.phase.is_none_or(|only| only == *phase));
        let mut together = Vec::new();
        for phase in phases {
            let of = leads(checking, teamwork.of, phase);
            let with: Vec<Lit> = teamwork.with.iter().map(|with| leads(checking, *with, phase)).collect();
            let gates = &mut checking.symbolic().gates;
            let with = gates.or(with);
            together.push(gates.and([of, with]));
        }
        let lit = checking.symbolic().gates.or(together);
        let message = format!("the teamwork of `{}` never shows", rules.professionals()[teamwork.of].id);
        shown.push((lit, never_shows(teamwork.span, message, "those named are never on one phase of a plan together")));
    }
    shown
}

fn handovers_shown(checking: &mut Checking<'_, '_>) -> Vec<(Lit, Diagnostic)> {
    let rules = checking.rules;
    let phases: Vec<PhaseIx> = rules.phases().positions().collect();
    let mut shown = Vec::new();
    for handover in rules.handovers() {
        let mut takes_over = Vec::new();
        for (place, here) in phases.iter().enumerate() {
            for (next_place, next) in phases.iter().enumerate().skip(place + 1) {
                let from = leads(checking, handover.from, *here);
                let not_yet = leads(checking, handover.to, *here);
                let to = leads(checking, handover.to, *next);
                let between: Vec<PhaseIx> = phases.iter().take(next_place).skip(place + 1).copied().collect();
                let between: Vec<Lit> = between.into_iter().map(|phase| !anybody_leads(checking, phase)).collect();
                let gates = &mut checking.symbolic().gates;
                takes_over.push(gates.and(between.into_iter().chain([from, !not_yet, to])));
            }
        }
        let lit = checking.symbolic().gates.or(takes_over);
        let (from, to) = (&rules.professionals()[handover.from].id, &rules.professionals()[handover.to].id);
        let message = format!("the handover from `{from}` to `{to}` never shows");
        let help = "the second never takes over from the first in the next phase of a plan";
        shown.push((lit, never_shows(handover.span, message, help)));
    }
    shown
}

fn go_at_once_shown(checking: &mut Checking<'_, '_>) -> Vec<(Lit, Diagnostic)> {
    let holds = go_at_once_holds(checking);
    let rows = checking.rules.go_at_once().rows();
    let Symbolic { gates, reading, .. } = checking.symbolic();
    let shown = rows.iter().zip(holds).map(|(row, holds)| {
        let message = format!("nobody is ever told of the {GO_AT_ONCE} `{}`", row.id);
        let help = "whenever it holds, the level is `urgent` or graver";
        (gates.and([reading.leaves_a_plan(), holds]), never_shows(row.id.span(), message, help))
    });
    shown.collect()
}

fn leads(checking: &mut Checking<'_, '_>, professional: ProfessionalIx, phase: PhaseIx) -> Lit {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let outcome = symbolic.outcome(rules);
    symbolic.gates.family = Family::Query;
    outcome.leads(&mut symbolic.gates, professional, Some(phase))
}

fn anybody_leads(checking: &mut Checking<'_, '_>, phase: PhaseIx) -> Lit {
    let professionals = checking.rules.professionals().positions();
    let leads: Vec<Lit> = professionals.map(|professional| leads(checking, professional, phase)).collect();
    checking.symbolic().gates.or(leads)
}

/// Every finding is used by a condition.
fn findings_used(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let used = uses_of_findings(rules);
    for (position, finding) in rules.findings().iter() {
        if checking.is_faulty(Code::NeverHolds, finding.id.span()) {
            continue;
        }
        if used.get(position.index()) == Some(&true) {
            checking.proved();
        } else {
            let message = format!("nothing asks for the finding `{}`", finding.id);
            let fault = never_shows(finding.id.span(), message, "use it in a rule, or delete it");
            checking.fault(fault, None);
        }
    }
}

fn uses_of_findings(rules: &RuleSet) -> Vec<bool> {
    let mut used = vec![false; rules.findings().len()];
    let mut use_it = |finding: FindingIx| {
        if let Some(used) = used.get_mut(finding.index()) {
            *used = true;
        }
    };
    for condition in rules.conditions() {
        condition.visit(&mut |part| {
            if let Test::Finding(finding) = part.test {
                use_it(finding);
            }
        });
    }
    used
}

/// Every `only_if` hides something from somebody, and every `unless` excuses somebody.
pub(super) fn conditions_matter(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let mut matter: Vec<(Lit, Diagnostic)> = Vec::new();
    for question in rules.questions().rows() {
        let symbolic = checking.symbolic();
        symbolic.gates.family = Family::Query;
        let would_apply = symbolic.person.whole(&mut symbolic.gates, rules, question.only_if.as_ref());
        if let Some(condition) = &question.only_if {
            let message = format!("the `only_if` of `{}` always holds", question.id);
            matter.push((!would_apply, never_matters(Code::OnlyIfNeverMatters, condition.span, message)));
        }
        for choice in &question.options {
            if let Some(condition) = &choice.only_if {
                let symbolic = checking.symbolic();
                let holds = symbolic.person.holds(&mut symbolic.gates, rules, condition);
                let message = format!("the `only_if` of `{}` in `{}` always holds", choice.id, question.id);
                // Without it the option would be there, and with it perhaps the question.
                let hidden = symbolic.gates.and([would_apply, !holds]);
                matter.push((hidden, never_matters(Code::OnlyIfNeverMatters, condition.span, message)));
            }
        }
        if checking.is_faulty(Code::UnreachableQuestion, question.id.span()) {
            matter.retain(|(_, fault)| {
                !question
                    .options
                    .iter()
                    .any(|choice| choice.only_if.as_ref().is_some_and(|condition| condition.span == fault.span))
            });
        }
    }
    for flag in rules.flags().rows() {
        if let (Some(unless), false) = (&flag.unless, checking.is_faulty(Code::DeadFlag, flag.id.span())) {
            let symbolic = checking.symbolic();
            let when = symbolic.person.whole(&mut symbolic.gates, rules, flag.when.as_ref());
            let excused = symbolic.person.holds(&mut symbolic.gates, rules, unless);
            let message = format!("the `unless` of `{}` never excuses anybody", flag.id);
            let excuses = symbolic.gates.and([when, excused]);
            matter.push((excuses, never_matters(Code::UnlessNeverMatters, unless.span, message)));
        }
    }
    let lits: Vec<Lit> = matter.iter().map(|(lit, _)| *lit).collect();
    let found = checking.each_possible(&lits);
    for ((_, fault), found) in matter.into_iter().zip(found) {
        checking.expect_possible(found, fault);
    }
}

fn never_matters(code: Code, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(code, span, message).help("leave it out, or correct it")
}

/// A rule by kind and place, for messages.
pub(super) fn rule_name(rules: &RuleSet, rule: Rule) -> (&'static str, &Id) {
    rule.name(rules)
}
