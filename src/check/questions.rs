//! Every question is asked of somebody, and every answer can change something.

use std::collections::BTreeSet;

use batsat::Lit;

use super::changed::Seen;
use super::checking::Checking;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Kind, OptionIx, Position, QuestionIx, Role};
use crate::prove::gates::{Family, Found};
use crate::prove::pair::Pair;
use crate::prove::prover::Symbolic;

/// Every question applies to somebody, and every option can be chosen.
pub(super) fn reached(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let applies = symbolic.person.questions.iter().map(|asked| asked.offer.applies);
    let applies: Vec<(Lit, BTreeSet<QuestionIx>)> = applies.zip(symbolic.mentions.offers.iter().cloned()).collect();
    let found = checking.each_possible_about(&applies);
    for ((_, question), found) in rules.questions().iter().zip(found) {
        let fault = Diagnostic::new(
            Code::UnreachableQuestion,
            question.id.span(),
            format!("nobody is ever asked `{}`", question.id),
        );
        let help = match &question.only_if {
            Some(_) => "its `only_if` contradicts itself, or what earlier questions allow",
            None => "none of its options can ever apply",
        };
        checking.expect_possible(found, fault.help(help));
    }
    for (position, question) in rules.questions().iter() {
        if checking.is_faulty(Code::UnreachableQuestion, question.id.span()) {
            continue;
        }
        let conditional: Vec<OptionIx> =
            question.choices().filter(|(_, choice)| choice.only_if.is_some()).map(|(option, _)| option).collect();
        let asked = checking.symbolic().person.asked(position).clone();
        let offered = conditional.iter().filter_map(|option| asked.offer.options.get(option.index()).copied());
        let mentioned = checking.symbolic().mentions.offers.get(position.index()).cloned().unwrap_or_default();
        let offered: Vec<(Lit, BTreeSet<QuestionIx>)> = offered.map(|lit| (lit, mentioned.clone())).collect();
        let found = checking.each_possible_about(&offered);
        for (option, found) in conditional.into_iter().zip(found) {
            let id = question.options.get(option.index()).map_or("", |choice| choice.id.as_str());
            let fault = Diagnostic::new(
                Code::UnreachableOption,
                rules.option_span(position, option),
                format!("nobody who is asked `{}` can ever choose `{id}`", question.id),
            );
            let help = "its `only_if` contradicts itself, or what is known by then";
            checking.expect_possible(found, fault.help(help));
        }
    }
}

/// Each question, and each option, makes a difference to somebody: two people who answer all else alike end differently,
/// or something else applies to them.
pub(super) fn answers_matter(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let scales = checking.symbolic().scales.clone();
    let seen = Seen::new(rules, &scales, checking.people());
    for (position, question) in rules.questions().iter() {
        checking.done(position.index(), rules.questions().len());
        if !checking.is_faulty(Code::UnreachableQuestion, question.id.span()) {
            question_matters(checking, &seen, position);
        }
    }
}

fn question_matters(checking: &mut Checking<'_, '_>, seen: &Seen, position: QuestionIx) {
    let rules = checking.rules;
    let question = &rules.questions()[position];
    // What `none` changes is what the first tick changes.
    let options = question.choices().filter(|(_, choice)| choice.role != Role::NoneOfThese);
    let options = options
        .filter(|(option, _)| !checking.is_faulty(Code::UnreachableOption, rules.option_span(position, *option)));
    let (known, unknown): (Vec<OptionIx>, Vec<OptionIx>) =
        options.map(|(option, _)| option).partition(|option| seen.option_matters(position, *option));
    for _ in known {
        checking.proved();
    }
    if seen.matters(position) {
        checking.proved();
    } else {
        let found = matters(checking, |symbolic| (symbolic.pair(rules, position), symbolic.gates.yes()));
        let message = format!("no answer to `{}` ever changes a decision, or what is asked", question.id);
        let fault = Diagnostic::new(Code::QuestionNeverMatters, question.id.span(), message);
        checking.expect_possible(found, fault.help("use it in a rule, or delete it"));
        if found == Found::No {
            return;
        }
    }
    for option in unknown {
        let found = matters(checking, |symbolic| {
            if matches!(question.kind, Kind::Many) {
                return symbolic.pair_without(rules, position, option);
            }
            let pair = symbolic.pair(rules, position);
            let another = chooses_another(symbolic, position, option, &pair);
            (pair, another)
        });
        let id = question.options.get(option.index()).map_or("", |choice| choice.id.as_str());
        let message = format!("choosing `{id}` in `{}` never changes a decision, or what is asked", question.id);
        let fault = Diagnostic::new(Code::OptionNeverMatters, rules.option_span(position, option), message);
        checking.expect_possible(found, fault.help("use it in a rule, or delete it"));
    }
}

/// Whether two people who agree on all that applies to both can end differently or be asked something else, where what
/// is said with them holds.
fn matters(checking: &mut Checking<'_, '_>, pair: impl FnOnce(&mut Symbolic) -> (Pair, Lit)) -> Found {
    if checking.is_late() {
        return Found::Undecided;
    }
    let rules = checking.rules;
    checking.trim();
    let symbolic = checking.symbolic();
    let (pair, given) = pair(symbolic);
    let given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).chain([given]).collect();
    let asks_otherwise = symbolic.asks_otherwise(&pair);
    match symbolic.search_with(&given, asks_otherwise) {
        Found::No => symbolic.can_end_otherwise(rules, pair, given),
        found => found,
    }
}

/// The first person has chosen an option and the second another answer.
fn chooses_another(symbolic: &mut Symbolic, position: QuestionIx, option: OptionIx, pair: &Pair) -> Lit {
    symbolic.gates.family = Family::Query;
    let chosen = symbolic.person.asked(position).chooses(option).unwrap_or(symbolic.gates.no());
    let not_chosen = pair.other.asked(position).chooses(option).map_or(symbolic.gates.yes(), |chosen| !chosen);
    symbolic.gates.and([chosen, not_chosen])
}
