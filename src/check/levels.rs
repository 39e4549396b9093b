//! Saying more, or that one is not sure, never makes things look better than they are.

use std::collections::BTreeSet;

use batsat::Lit;

use super::checking::{Checking, Stopped};
use super::counterexample::{Counterexample, Example};
use crate::answers::{Answer, Answers};
use crate::decide::{Situation, Truth, outcome};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Choice, Condition, FlagIx, Kind, Level, OptionIx, Position, QuestionIx, Role, RuleSet, Test};
use crate::prove::changed;
use crate::prove::gates::{Family, Found};
use crate::prove::pair::Pair;
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Asked, Person, Reading};

/// One more tick on a list of danger signs, or a tick instead of `none`, never lowers the level, unless its author says
/// that it may. Other answers are fixed, newly applying ones free. A level is not lowered by a flag that still holds and
/// only counts no more, since the plan needs nothing of what it holds back.
pub(super) fn ticks_never_lower(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let questions = safety_questions(rules);
    for (place, position) in questions.iter().copied().enumerate() {
        checking.done(place, questions.len());
        let question = &rules.questions()[position];
        if !matches!(question.kind, Kind::Many) || question.option_with(Role::NoneOfThese).is_none() {
            continue;
        }
        let danger: Vec<(OptionIx, &Choice)> =
            question.choices().filter(|(_, choice)| choice.role == Role::Plain && !choice.may_lower_level).collect();
        checking.trim();
        let losable = lost_by_ticks(checking, position);
        for (option, choice) in danger {
            let message = format!("ticking `{}` in `{}` can lower the level", choice.id, question.id);
            let fault = Diagnostic::new(Code::TickLowersLevel, rules.option_span(position, option), message);
            let lowers = match &losable {
                Ok(losable) => tick_lowers(checking, position, option, losable),
                Err(Stopped) => Err(Stopped),
            };
            checking.expect_no_counterexample(lowers, fault);
        }
    }
}

/// The flags above level `none` that count for somebody and do not hold for somebody else who has ticked all that they have, and more. Ticks
/// that may lower the level are alike.
fn lost_by_ticks(checking: &mut Checking<'_, '_>, position: QuestionIx) -> Result<Vec<FlagIx>, Stopped> {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let pair = symbolic.pair(rules, position);
    let (more, fewer) = (symbolic.person.asked(position), pair.other.asked(position));
    let mut given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).collect();
    for (option, choice) in rules.questions()[position].choices().filter(|(_, choice)| choice.role == Role::Plain) {
        if let (Some(one), Some(two)) = (more.chooses(option), fewer.chooses(option)) {
            let gates = &mut symbolic.gates;
            given.push(if choice.may_lower_level { gates.same(one, two) } else { gates.or([one, !two]) });
        }
    }
    let mut lost = Vec::new();
    for (flag, _) in rules.flags().iter().filter(|(_, flag)| flag.level > Level::None) {
        if let Some(loses) = symbolic.reading.loses(flag, &pair.reading) {
            match symbolic.search(&[given.as_slice(), &loses].concat()) {
                Found::No => {}
                Found::Yes => lost.push(flag),
                Found::Undecided => return Err(Stopped),
            }
        }
    }
    Ok(lost)
}

fn tick_lowers(
    checking: &mut Checking<'_, '_>,
    position: QuestionIx,
    option: OptionIx,
    losable: &[FlagIx],
) -> Result<Option<Counterexample>, Stopped> {
    if losable.is_empty() {
        return Ok(None);
    }
    let rules = checking.rules;
    checking.trim();
    let symbolic = checking.symbolic();
    let (pair, possible) = symbolic.pair_without(rules, position, option);
    let given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).chain([possible]).collect();
    // Flag by flag: what is looked for is then said in so many words, and most of it is refuted at once.
    for flag in losable.iter().copied() {
        let symbolic = checking.symbolic();
        let Some(loses) = symbolic.reading.loses(flag, &pair.reading) else {
            continue;
        };
        let as_grave = symbolic.reading.raising(rules, rules.flags()[flag].level);
        let assumptions: Vec<Lit> = given.iter().copied().chain(loses).chain(as_grave.map(|holds| !holds)).collect();
        match symbolic.search(&assumptions) {
            Found::No => {}
            Found::Undecided => return Err(Stopped),
            Found::Yes => return lowered(checking, position, &pair, &given).map(Some),
        }
    }
    Ok(None)
}

/// Both persons of the example found last, in which `given` held and the first has the lower level.
fn lowered(
    checking: &mut Checking<'_, '_>,
    position: QuestionIx,
    pair: &Pair,
    given: &[Lit],
) -> Result<Counterexample, Stopped> {
    let rules = checking.rules;
    let example = checking.example(None).ok_or(Stopped)?;
    let beside = checking.example(Some(&pair.other)).ok_or(Stopped)?;
    if example.decision.outcome.level >= beside.decision.outcome.level {
        return Err(Stopped);
    }
    let symbolic = checking.symbolic();
    let lower = symbolic.reading.misses(&mut symbolic.gates, rules, &pair.reading);
    let is_spared = |person: &Answers| misses_nothing(rules, person, &beside.answers, position);
    // Where what applies newly leaves more than one level, all that was said is kept.
    let because = checking
        .shrink(&example.answers, Some(position), given, !lower, is_spared)
        .unwrap_or_else(|| example.answers.clone());
    Ok(Counterexample { because, example, beside: Some(beside) })
}

/// Somebody who answers one question as `beside` does and all else like this person has no level for which no flag of this
/// person is as grave.
fn misses_nothing(rules: &RuleSet, person: &Answers, beside: &Answers, position: QuestionIx) -> bool {
    let other = changed::completed(rules, |question| {
        let alike = if question == position { None } else { person.get(question) };
        alike.or_else(|| beside.get(question))
    });
    let alike = |question| match (person.get(question), other.get(question)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let agree = rules.questions().positions().all(|question| question == position || alike(question));
    let Some(level) = outcome(rules, &other).map(|outcome| outcome.level) else {
        return false;
    };
    let situation = Situation::new(rules, person);
    let mut raising = rules.flags().iter().filter(|(_, flag)| flag.level >= level);
    agree
        && person.get(position) != other.get(position)
        && (level == Level::None || raising.any(|(flag, _)| situation.flag(flag) == Truth::Yes))
}

/// "Not sure" on a safety question never gives a lower level than the least that a plain answer gives.
///
/// That no plain answer gives as little is a statement about all of them, and about all answers to what applies newly:
/// a person is proposed, a plain answer that gives as little is looked for, and if there is one, the next person proposed
/// must do better than that one, too (counterexample-guided, as Janota, Klieber, Marques-Silva and Clarke solve
/// quantified formulas, 2012).
pub(super) fn unsure_never_lowers(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let questions = safety_questions(rules);
    for (place, position) in questions.iter().copied().enumerate() {
        checking.done(place, questions.len());
        let question = &rules.questions()[position];
        let Some(unsure) = question.option_with(Role::Unsure) else {
            continue;
        };
        let span = rules.option_span(position, unsure);
        checking.trim();
        let lowers = unsure_lowers(checking, position, unsure);
        let message = format!("not being sure in `{}` can give a lower level than any other answer", question.id);
        let fault = Diagnostic::new(Code::UnsureLowersLevel, span, message);
        checking
            .expect_no_counterexample(lowers, fault.help("name `unsure` in the rules that name the graver answers"));
    }
}

fn unsure_lowers(
    checking: &mut Checking<'_, '_>,
    position: QuestionIx,
    unsure: OptionIx,
) -> Result<Option<Counterexample>, Stopped> {
    let rules = checking.rules;
    let symbolic = checking.symbolic();
    let pair = symbolic.pair(rules, position);
    let chosen = |person: &Person| person.asked(position).chooses(unsure);
    let (Some(is_unsure), Some(other_unsure)) = (chosen(&symbolic.person), chosen(&pair.other)) else {
        return Ok(None);
    };
    let lower = symbolic.reading.is_lower(&mut symbolic.gates, &pair.reading);
    let mut given: Vec<Lit> = pair.agree.iter().map(|(_, agree)| *agree).collect();
    given.extend([is_unsure, !other_unsure]);
    let mut proposals = given.clone();
    proposals.push(lower);
    loop {
        let symbolic = checking.symbolic();
        match symbolic.search(&proposals) {
            Found::No => return Ok(None),
            Found::Undecided => return Err(Stopped),
            Found::Yes => {}
        }
        let example = checking.example(None).ok_or(Stopped)?;
        let beside = checking.example(Some(&pair.other)).ok_or(Stopped)?;
        let symbolic = checking.symbolic();
        let mut answered = symbolic.person.said(&mut symbolic.gates, rules, &example.answers);
        answered.extend(&given);
        answered.push(!lower);
        match symbolic.search(&answered) {
            Found::Undecided => return Err(Stopped),
            Found::Yes => {
                let gives_as_little = pair.other.read(&symbolic.gates, rules);
                proposals.push(does_better(symbolic, rules, position, &gives_as_little));
            }
            Found::No => return replayed(checking, position, example, beside, &given, lower).map(Some),
        }
    }
}

fn replayed(
    checking: &mut Checking<'_, '_>,
    position: QuestionIx,
    example: Example,
    beside: Example,
    given: &[Lit],
    lower: Lit,
) -> Result<Counterexample, Stopped> {
    if example.decision.outcome.level >= beside.decision.outcome.level {
        return Err(Stopped);
    }
    let because = checking.shrink(&example.answers, Some(position), given, !lower, |_| false).ok_or(Stopped)?;
    Ok(Counterexample { because, example, beside: Some(beside) })
}

/// The person is at a lower level than if they answered one question as in `other`, and what applies newly as there; or
/// they cannot answer so.
fn does_better(symbolic: &mut Symbolic, rules: &RuleSet, position: QuestionIx, other: &Answers) -> Lit {
    let Symbolic { gates, person, reading, scales, mentions, .. } = symbolic;
    let mut fits = Vec::new();
    let imagined = Person::like(gates, rules, person, mentions, |gates, at, question, offer| {
        let first = person.asked(at);
        if at != position && first.offer == offer {
            return first.clone();
        }
        gates.family = Family::Query;
        let scale: Vec<i32> = scales.of(at).collect();
        let there = fixed(gates, question.options.len(), &scale, other.get(at));
        let asked = if at == position {
            Asked { offer, ..there }
        } else {
            // What applies to both they answer as they did.
            let choose = |gates: &mut crate::prove::gates::Gates, mine: Lit, theirs: Lit| {
                let keeps = gates.and([first.offer.applies, mine]);
                let takes = gates.and([!first.offer.applies, theirs]);
                let either = gates.or([keeps, takes]);
                gates.and([offer.applies, either])
            };
            let chosen =
                first.chosen.iter().zip(&there.chosen).map(|(mine, theirs)| choose(gates, *mine, *theirs)).collect();
            let number = choose(gates, first.number, there.number);
            let at_least = first
                .at_least
                .iter()
                .zip(&there.at_least)
                .map(|((bound, mine), (_, theirs))| (*bound, choose(gates, *mine, *theirs)))
                .collect();
            Asked { offer, chosen, number, at_least }
        };
        let answered: Vec<Lit> = asked.chosen.iter().copied().chain([asked.number]).collect();
        let answered = gates.or(answered);
        fits.push(gates.or([!asked.offer.applies, answered]));
        for (chosen, offered) in asked.chosen.iter().zip(&asked.offer.options) {
            fits.push(gates.or([!*chosen, *offered]));
        }
        asked
    });
    let imagined = Reading::like(gates, rules, &imagined, reading, mentions);
    let better = reading.is_lower(gates, &imagined);
    let fits = gates.and(fits);
    gates.or([!fits, better])
}

/// An answer as literals that are settled.
fn fixed(gates: &crate::prove::gates::Gates, options: usize, scale: &[i32], answer: Option<Answer>) -> Asked {
    let lit = |holds: bool| if holds { gates.yes() } else { gates.no() };
    let chosen = (0..options)
        .map(|option| lit(matches!(answer, Some(Answer::Options(chosen)) if chosen.contains(OptionIx::new(option)))))
        .collect();
    let number = match answer {
        Some(Answer::Number(number)) => Some(number),
        _ => None,
    };
    let at_least = scale.iter().map(|bound| (*bound, lit(number.is_some_and(|number| number >= *bound)))).collect();
    let offer = crate::prove::symbolic::Offer { applies: gates.yes(), options: vec![gates.yes(); options] };
    Asked { offer, chosen, number: lit(number.is_some()), at_least }
}

/// The questions that a flag at clearance or above names, itself or through findings.
fn safety_questions(rules: &RuleSet) -> BTreeSet<QuestionIx> {
    let grave = rules.flags().rows().iter().filter(|flag| flag.level >= Level::Clearance);
    let mut conditions: Vec<&Condition> = grave.flat_map(|flag| flag.when.iter().chain(&flag.unless)).collect();
    let mut seen = BTreeSet::new();
    let mut questions = BTreeSet::new();
    while let Some(condition) = conditions.pop() {
        condition.visit(&mut |part| match &part.test {
            Test::Options { question, .. } | Test::Number { question, .. } => {
                questions.insert(*question);
            }
            Test::Finding(finding) if seen.insert(*finding) => conditions.extend(&rules.findings()[*finding].when),
            _ => {}
        });
    }
    questions
}
