//! Which question tells most: for an interview that asks as few as it can.
//!
//! The level comes first: as long as it is open, only questions are asked that can change it. Among those, and then among
//! all that matter, the one is asked whose answer is expected to tell most: first about the level, then about who is on
//! the plan, then about all the rest. That is the information gain of a question (Lindley 1956; as the choice of a test
//! in decision trees, Quinlan 1986), estimated from people drawn at random who would answer as was said so far, and freed
//! of the bias of small samples (Miller 1955).

use std::collections::BTreeMap;

use batsat::Lit;

use super::gates::{Family, Found};
use super::prover::Prover;
use crate::answers::{Answer, Answers};
use crate::decide::{Outcome, Reading, Situation};
use crate::model::{Kind, OptionSet, Position, Question, QuestionIx, Role};

/// How many people are drawn.
const PEOPLE: usize = 400;
/// The same people every time.
const SEED: u64 = 1;

/// Somebody drawn at random: what they answer, and what comes of it.
struct Drawn {
    answers: Vec<Option<Told>>,
    /// The level, who is on the plan, and the whole outcome, as far as it was seen before.
    targets: [usize; 3],
}

/// What an answer tells the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// These options.
    Options(u64),
    /// A number that reaches so many of those at which something changes.
    Number(usize),
}

impl Prover<'_> {
    /// The next question of a quick interview, or none if the outcome is settled.
    pub fn quickest_question(&mut self, answers: &Answers) -> Option<QuestionIx> {
        let candidates = self.open_questions(answers);
        let &[first, _, ..] = candidates.as_slice() else {
            return candidates.first().copied();
        };
        let grave: Vec<QuestionIx> = if self.level_is_settled(answers) {
            Vec::new()
        } else {
            candidates.iter().copied().filter(|question| self.may_change_level(answers, *question)).collect()
        };
        let candidates = if grave.is_empty() { candidates } else { grave };
        Some(self.most_telling(answers, &candidates).unwrap_or(first))
    }

    fn level_is_settled(&mut self, answers: &Answers) -> bool {
        let rules = self.rules();
        let symbolic = self.symbolic();
        let mut assumptions = symbolic.person.said(&mut symbolic.gates, rules, answers);
        if symbolic.search(&assumptions) != Found::Yes {
            return false;
        }
        symbolic.gates.family = Family::Query;
        let levels = symbolic.outcome(rules).levels.clone();
        let other: Vec<Lit> =
            levels.into_iter().map(|(_, lit)| if symbolic.gates.is(lit) { !lit } else { lit }).collect();
        assumptions.push(symbolic.gates.or(other));
        symbolic.search(&assumptions) == Found::No
    }

    /// Of the candidates the one that tells most about the first thing on which those drawn differ; the first of several.
    fn most_telling(&mut self, answers: &Answers, candidates: &[QuestionIx]) -> Option<QuestionIx> {
        let people = self.draw(answers);
        let about = (0..3).find(|about| people.iter().any(|person| person.targets.get(*about) > Some(&0)))?;
        let mut best: Option<(f64, QuestionIx)> = None;
        for question in candidates {
            let gain = information(&people, *question, about);
            if best.is_none_or(|(most, _)| gain > most + 1e-9) {
                best = Some((gain, *question));
            }
        }
        best.map(|(_, question)| question)
    }

    fn draw(&mut self, said: &Answers) -> Vec<Drawn> {
        let rules = self.rules();
        let scales = self.symbolic().scales.clone();
        let tell = |position: QuestionIx, answer: Answer| match answer {
            Answer::Options(chosen) => Told::Options(chosen.bits()),
            Answer::Number(number) => Told::Number(scales.of(position).filter(|bound| *bound <= number).count()),
        };
        let mut dice = fastrand::Rng::with_seed(SEED);
        let (mut levels, mut teams, mut outcomes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        (0..PEOPLE)
            .map(|_| {
                let mut answers = Vec::with_capacity(rules.questions().len());
                let situation = Situation::told(rules, |situation, position| {
                    let answer = situation.offers(position).map(|offered| {
                        any_completion(said, position, &rules.questions()[position], offered, &mut dice)
                    });
                    answers.push(answer.map(|answer| tell(position, answer)));
                    answer
                });
                let (outcome, _) = Outcome::of(&Reading::new(&situation));
                let level = number_of(&mut levels, outcome.level);
                let team = number_of(&mut teams, outcome.professionals());
                let targets = [level, team, number_of(&mut outcomes, format!("{outcome:?}"))];
                Drawn { answers, targets }
            })
            .collect()
    }
}

/// Equal things get the same number, the first 0.
fn number_of<T: Ord>(seen: &mut BTreeMap<T, usize>, thing: T) -> usize {
    let next = seen.len();
    *seen.entry(thing).or_insert(next)
}

/// What of an answer counts, where these options can be chosen.
pub(crate) fn counting(answer: Option<Answer>, offered: OptionSet) -> Option<Answer> {
    match answer? {
        number @ Answer::Number(_) => Some(number),
        Answer::Options(chosen) => {
            let counting = chosen.and(offered);
            (!counting.is_empty()).then_some(Answer::Options(counting))
        }
    }
}

/// An answer by chance that says all that was said, as far as it counts.
pub(crate) fn any_completion(
    said: &Answers,
    position: QuestionIx,
    question: &Question,
    offered: OptionSet,
    dice: &mut fastrand::Rng,
) -> Answer {
    let unseen = said.unseen(position, question, offered);
    match (counting(said.get(position), offered), &question.kind) {
        (None, _) => any_answer(question, offered, dice),
        (Some(answer), _) if unseen.is_empty() => answer,
        (Some(Answer::Options(kept)), Kind::Many)
            if question.option_with(Role::NoneOfThese).is_none_or(|none| !kept.contains(none)) =>
        {
            // Ticks stay.
            match (dice.bool(), any_answer(question, unseen, dice)) {
                (true, Answer::Options(more)) => Answer::Options(kept.or(more)),
                _ => Answer::Options(kept),
            }
        }
        (Some(Answer::Options(kept)), _) => any_answer(question, kept.or(unseen), dice),
        (Some(number), _) => number,
    }
}

/// An answer by chance. Of a list half of the people tick nothing, and most others one thing: if each tick was a toss of a
/// coin, nearly everybody would be an emergency.
pub(crate) fn any_answer(question: &Question, offered: OptionSet, dice: &mut fastrand::Rng) -> Answer {
    let of_role = |role: Role| question.option_with(role).filter(|option| offered.contains(*option));
    let mut one_of = |options: OptionSet| {
        let options: Vec<_> = options.iter().collect();
        dice.choice(options).map_or(OptionSet::EMPTY, OptionSet::only)
    };
    match &question.kind {
        Kind::One => Answer::Options(one_of(offered)),
        Kind::Many => {
            let none = of_role(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
            let ticks = offered.minus(none);
            let (first, second) = (one_of(ticks), one_of(ticks));
            Answer::Options(match dice.u8(..8) {
                0..4 if !none.is_empty() => none,
                0..7 => first,
                _ => first.or(second),
            })
        }
        Kind::Number(range) => match of_role(Role::Unsure) {
            Some(unsure) if dice.u8(..8) == 0 => Answer::option(unsure),
            _ => Answer::Number(dice.i32(range.min..=range.max)),
        },
    }
}

/// How much the answer to a question tells about a target, in nats.
fn information(people: &[Drawn], question: QuestionIx, about: usize) -> f64 {
    let (mut answers, mut targets, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for person in people {
        let answer = person.answers.get(question.index()).copied().flatten();
        let target = person.targets.get(about).copied();
        *answers.entry(answer).or_insert(0u32) += 1;
        *targets.entry(target).or_insert(0u32) += 1;
        *both.entry((answer, target)).or_insert(0u32) += 1;
    }
    let total = people.len();
    entropy(answers.into_values(), total) + entropy(targets.into_values(), total) - entropy(both.into_values(), total)
}

/// The entropy of a sample, with Miller's correction.
fn entropy(counts: impl ExactSizeIterator<Item = u32>, total: usize) -> f64 {
    let total = f64::from(u32::try_from(total.max(1)).unwrap_or(u32::MAX));
    let kinds = f64::from(u32::try_from(counts.len()).unwrap_or(u32::MAX));
    let plain: f64 = counts.map(|count| f64::from(count) / total).map(|share| -share * share.ln()).sum();
    plain + (kinds - 1.0) / (2.0 * total)
}
