//! Saying that one is not sure never makes things look better than they are.

use batsat::Lit;

use super::checking::{Checking, Stopped};
use super::counterexample::{Counterexample, Example};
use crate::answers::{Answer, Answers};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{OptionIx, Position, QuestionIx, Role, RuleSet};
use crate::prove::gates::{Family, Found, Gates};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Asked, Offer, Person, Reading};

/// "Not sure" on a safety question never gives a lower level than the least that a plain answer gives.
///
/// That no plain answer gives as little is a statement about all of them, and about all answers to what applies newly:
/// a person is proposed, a plain answer that gives as little is looked for, and if there is one, the next person proposed
/// must do better than that one, too (counterexample-guided, as Janota, Klieber, Marques-Silva and Clarke solve
/// quantified formulas, 2012).
pub(super) fn never_lowers(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let questions = checking.symbolic().mentions.safety_questions(rules);
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
    if checking.is_late() {
        return Err(Stopped);
    }
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
            let choose = |gates: &mut Gates, mine: Lit, theirs: Lit| {
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
        fits.push(asked.can_be(gates));
        asked
    });
    let imagined = Reading::like(gates, rules, &imagined, reading, mentions);
    let better = reading.is_lower(gates, &imagined);
    let fits = gates.and(fits);
    gates.or([!fits, better])
}

/// An answer as literals that are settled.
fn fixed(gates: &Gates, options: usize, scale: &[i32], answer: Option<Answer>) -> Asked {
    let lit = |holds: bool| if holds { gates.yes() } else { gates.no() };
    let chosen = (0..options)
        .map(|option| lit(matches!(answer, Some(Answer::Options(chosen)) if chosen.contains(OptionIx::new(option)))))
        .collect();
    let number = match answer {
        Some(Answer::Number(number)) => Some(number),
        _ => None,
    };
    let at_least = scale.iter().map(|bound| (*bound, lit(number.is_some_and(|number| number >= *bound)))).collect();
    let offer = Offer { applies: gates.yes(), options: vec![gates.yes(); options] };
    Asked { offer, chosen, number: lit(number.is_some()), at_least }
}
