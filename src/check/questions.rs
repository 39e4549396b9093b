//! Every question is asked of somebody, and every answer can change something.

use batsat::Lit;

use super::checking::Checking;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Kind, OptionIx, Position, QuestionIx, Role};
use crate::prove::gates::{Family, Found};
use crate::prove::prover::Pair;

/// Every question applies to somebody, and every option can be chosen.
pub(super) fn reached(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let applies: Vec<Lit> = checking.symbolic().person.questions.iter().map(|asked| asked.offer.applies).collect();
    let found = checking.each_possible(&applies);
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
        let asked = checking.symbolic().person.asked(position);
        let offered: Vec<Lit> =
            conditional.iter().filter_map(|option| asked.offer.options.get(option.index()).copied()).collect();
        let found = checking.each_possible(&offered);
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
    for (position, question) in rules.questions().iter() {
        checking.done(position.index(), rules.questions().len());
        if checking.is_faulty(Code::UnreachableQuestion, question.id.span()) {
            continue;
        }
        let pair = checking.symbolic().pair(rules, position);
        let mut given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).collect();
        let gates = &mut checking.symbolic().gates;
        gates.family = Family::Query;
        given.push(gates.or([pair.differs, pair.asks_otherwise]));
        question_matters(checking, position, &pair, &given);
        checking.symbolic().drop_pair(position);
    }
}

fn question_matters(checking: &mut Checking<'_, '_>, position: QuestionIx, pair: &Pair, given: &[Lit]) {
    let rules = checking.rules;
    let question = &rules.questions()[position];
    let mut changes: Vec<(OptionIx, Lit)> = Vec::new();
    // What `none` changes is what the first tick changes.
    for (option, _) in question.choices().filter(|(_, choice)| choice.role != Role::NoneOfThese) {
        if !checking.is_faulty(Code::UnreachableOption, rules.option_span(position, option)) {
            changes.push((option, change(checking, position, pair, option)));
        }
    }
    let lits: Vec<Lit> = changes.iter().map(|(_, change)| *change).collect();
    let found = checking.each_possible_given(given, &lits);
    // A number can matter where no option is.
    let any = if found.contains(&Found::Yes) { Found::Yes } else { checking.search(given) };
    let fault = Diagnostic::new(
        Code::QuestionNeverMatters,
        question.id.span(),
        format!("no answer to `{}` ever changes a decision, or what is asked", question.id),
    );
    checking.expect_possible(any, fault.help("use it in a rule, or delete it"));
    if any == Found::No {
        return;
    }
    for ((option, _), found) in changes.into_iter().zip(found) {
        let id = question.options.get(option.index()).map_or("", |choice| choice.id.as_str());
        let fault = Diagnostic::new(
            Code::OptionNeverMatters,
            rules.option_span(position, option),
            format!("choosing `{id}` in `{}` never changes a decision, or what is asked", question.id),
        );
        checking.expect_possible(found, fault.help("use it in a rule, or delete it"));
    }
}

/// The first person has chosen an option and the second has not: of one answer another one, of many the same without it.
fn change(checking: &mut Checking<'_, '_>, position: QuestionIx, pair: &Pair, option: OptionIx) -> Lit {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    symbolic.gates.family = Family::Query;
    let (first, second) = (symbolic.person.asked(position).clone(), pair.other.asked(position));
    let gates = &mut symbolic.gates;
    let question = &rules.questions()[position];
    let chosen = first.chooses(option).unwrap_or(gates.no());
    let not_chosen = second.chooses(option).map_or(gates.yes(), |chosen| !chosen);
    let mut all = vec![chosen, not_chosen];
    if matches!(question.kind, Kind::Many) {
        let others = question.choices().filter(|(other, choice)| *other != option && choice.role == Role::Plain);
        let others: Vec<OptionIx> = others.map(|(other, _)| other).collect();
        for other in others {
            if let (Some(one), Some(two)) = (first.chooses(other), second.chooses(other)) {
                all.push(gates.same(one, two));
            }
        }
    }
    gates.and(all)
}
