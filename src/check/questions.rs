//! Every question is asked of somebody, and every answer can change something.

use std::collections::BTreeSet;

use batsat::Lit;

use super::changed::Seen;
use super::checking::Checking;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Kind, OptionIx, Position, QuestionIx, Role};
use crate::prove::gates::{Family, Found};

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
    let mut given = None;
    let mut given =
        |checking: &mut Checking<'_, '_>| given.get_or_insert_with(|| change_something(checking, position)).clone();
    if seen.matters(position) {
        checking.proved();
    } else {
        let given = given(checking);
        let found = checking.search(&given);
        let message = format!("no answer to `{}` ever changes a decision, or what is asked", question.id);
        let fault = Diagnostic::new(Code::QuestionNeverMatters, question.id.span(), message);
        checking.expect_possible(found, fault.help("use it in a rule, or delete it"));
        if found == Found::No {
            return;
        }
    }
    if unknown.is_empty() {
        return;
    }
    let found: Vec<Found> = if matches!(question.kind, Kind::Many) {
        unknown.iter().map(|option| tick_matters(checking, position, *option)).collect()
    } else {
        let given = given(checking);
        let changes: Vec<Lit> = unknown.iter().map(|option| change(checking, position, *option)).collect();
        checking.each_possible_given(&given, &changes)
    };
    for (option, found) in unknown.into_iter().zip(found) {
        let id = question.options.get(option.index()).map_or("", |choice| choice.id.as_str());
        let message = format!("choosing `{id}` in `{}` never changes a decision, or what is asked", question.id);
        let fault = Diagnostic::new(Code::OptionNeverMatters, rules.option_span(position, option), message);
        checking.expect_possible(found, fault.help("use it in a rule, or delete it"));
    }
}

/// Two people agree but for this question, and end differently or are asked something else.
fn change_something(checking: &mut Checking<'_, '_>, position: QuestionIx) -> Vec<Lit> {
    let rules = checking.rules;
    checking.trim();
    let symbolic = checking.symbolic();
    let pair = symbolic.pair(rules, position);
    let differs = symbolic.differs(rules, position);
    let asks_otherwise = symbolic.asks_otherwise(&pair);
    let something = symbolic.gates.or([differs, asks_otherwise]);
    pair.agree.iter().map(|(_, agree)| *agree).chain([something]).collect()
}

/// Two people agree but for one tick, and end differently or are asked something else.
fn tick_matters(checking: &mut Checking<'_, '_>, position: QuestionIx, option: OptionIx) -> Found {
    let rules = checking.rules;
    checking.trim();
    let symbolic = checking.symbolic();
    let (pair, possible) = symbolic.pair_without(rules, position, option);
    let differs = symbolic.ends_otherwise(rules, &pair);
    let asks_otherwise = symbolic.asks_otherwise(&pair);
    let something = symbolic.gates.or([differs, asks_otherwise]);
    let agree = pair.agree.iter().map(|(_, agree)| *agree);
    let assumptions: Vec<Lit> = agree.chain([possible, something]).collect();
    checking.search(&assumptions)
}

/// The first person has chosen an option and the second another answer.
fn change(checking: &mut Checking<'_, '_>, position: QuestionIx, option: OptionIx) -> Lit {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let pair = symbolic.pair(rules, position);
    symbolic.gates.family = Family::Query;
    let chosen = symbolic.person.asked(position).chooses(option).unwrap_or(symbolic.gates.no());
    let not_chosen = pair.other.asked(position).chooses(option).map_or(symbolic.gates.yes(), |chosen| !chosen);
    symbolic.gates.and([chosen, not_chosen])
}
