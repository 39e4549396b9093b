//! How many complete sets of answers there are: the size of what a proof speaks about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::model::{Condition, FindingIx, Kind, OptionSet, Position, Question, QuestionIx, Role, RuleSet, Test};

/// How many complete sets of answers there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AnswerSets {
    /// So many.
    Exactly(u128),
    /// No more than ten to this power.
    AtMost(f64),
}

impl fmt::Display for AnswerSets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(count) if *count < 1_000_000_000 => write!(f, "{count}"),
            Self::Exactly(count) => {
                let digits = count.to_string();
                let (first, rest) = digits.split_at(1);
                write!(f, "{first}.{} x 10^{}", rest.get(..2).unwrap_or("0"), rest.len())
            }
            // Rounded up, so that it stays a bound.
            Self::AtMost(power) => write!(f, "at most 10^{}", power.ceil()),
        }
    }
}

/// More situations than this are not told apart: the number is bounded instead.
const MOST_SITUATIONS: usize = 4_000;

/// Counts the sets, question by question. Of what was answered only what later questions hang on is kept, so that many
/// sets are counted as one situation.
pub(super) fn count(rules: &RuleSet) -> AnswerSets {
    exactly(rules).map_or_else(|| AnswerSets::AtMost(bound(rules)), AnswerSets::Exactly)
}

/// What is known of one question that later ones hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    DoesNotApply,
    /// These of the options that later questions ask for.
    Chosen(u64),
    /// A number, as the first of those that later questions do not tell apart.
    Number(i32),
}

type Situation = BTreeMap<QuestionIx, Known>;

fn exactly(rules: &RuleSet) -> Option<u128> {
    let wanted = Wanted::new(rules);
    let mut situations: BTreeMap<Situation, u128> = BTreeMap::from([(Situation::new(), 1)]);
    for (position, question) in rules.questions().iter() {
        let mut after: BTreeMap<Situation, u128> = BTreeMap::new();
        for (situation, ways) in situations {
            for (known, answers) in answers(rules, &wanted, &situation, position, question)? {
                let mut next = situation.clone();
                next.insert(position, known);
                next.retain(|question, _| wanted.last_use(*question) > Some(position));
                let sum = after.entry(next).or_default();
                *sum = sum.checked_add(ways.checked_mul(answers)?)?;
            }
            if after.len() > MOST_SITUATIONS {
                return None;
            }
        }
        situations = after;
    }
    situations.into_values().try_fold(0u128, u128::checked_add)
}

/// What later questions hang on, for each question.
struct Wanted {
    options: Vec<u64>,
    numbers: Vec<BTreeSet<i32>>,
    last_use: Vec<Option<QuestionIx>>,
}

impl Wanted {
    fn new(rules: &RuleSet) -> Self {
        let count = rules.questions().len();
        let mut wanted =
            Self { options: vec![0; count], numbers: vec![BTreeSet::new(); count], last_use: vec![None; count] };
        for (position, question) in rules.questions().iter() {
            let mut findings = BTreeSet::new();
            let conditions = question.options.iter().filter_map(|choice| choice.only_if.as_ref());
            for condition in conditions.chain(&question.only_if) {
                wanted.add(rules, condition, position, &mut findings);
            }
        }
        wanted
    }

    fn add(&mut self, rules: &RuleSet, condition: &Condition, by: QuestionIx, findings: &mut BTreeSet<FindingIx>) {
        let mut inner: Vec<&Condition> = Vec::new();
        condition.visit(&mut |part| match &part.test {
            Test::Options { question, any_of, all_of, none_of } => {
                let tested = any_of.or(*all_of).or(*none_of).bits();
                if let (Some(options), Some(last)) =
                    (self.options.get_mut(question.index()), self.last_use.get_mut(question.index()))
                {
                    *options |= tested;
                    *last = Some(by);
                }
            }
            Test::Number { question, at_least, at_most } => {
                if let (Some(numbers), Some(last)) =
                    (self.numbers.get_mut(question.index()), self.last_use.get_mut(question.index()))
                {
                    numbers.extend([*at_least, at_most.saturating_add(1)]);
                    *last = Some(by);
                }
            }
            Test::Finding(finding) if findings.insert(*finding) => inner.extend(&rules.findings()[*finding].when),
            _ => {}
        });
        for condition in inner {
            self.add(rules, condition, by, findings);
        }
    }

    fn last_use(&self, question: QuestionIx) -> Option<QuestionIx> {
        self.last_use.get(question.index()).copied().flatten()
    }

    fn options(&self, question: QuestionIx) -> u64 {
        self.options.get(question.index()).copied().unwrap_or(0)
    }
}

/// The answers to a question, those alike for later ones together, and how many they are.
fn answers(
    rules: &RuleSet,
    wanted: &Wanted,
    situation: &Situation,
    position: QuestionIx,
    question: &Question,
) -> Option<Vec<(Known, u128)>> {
    let holds = |condition: Option<&Condition>| condition.is_none_or(|condition| holds(rules, situation, condition));
    if !holds(question.only_if.as_ref()) {
        return Some(vec![(Known::DoesNotApply, 1)]);
    }
    let offered: Vec<_> = question.choices().filter(|(_, choice)| holds(choice.only_if.as_ref())).collect();
    let of_role = |role: Role| -> OptionSet {
        offered.iter().filter(|(_, choice)| choice.role == role).map(|(option, _)| *option).collect()
    };
    let (plain, none, unsure) = (of_role(Role::Plain), of_role(Role::NoneOfThese), of_role(Role::Unsure));
    let kept = wanted.options(position);
    let single = |options: OptionSet| {
        let mut counted: BTreeMap<Known, u128> = BTreeMap::new();
        for option in options.iter() {
            *counted.entry(Known::Chosen(OptionSet::only(option).bits() & kept)).or_default() += 1;
        }
        counted.into_iter().collect::<Vec<_>>()
    };
    Some(match &question.kind {
        Kind::Number(range) => {
            let mut bounds: BTreeSet<i32> = wanted.numbers.get(position.index()).cloned().unwrap_or_default();
            bounds.retain(|bound| range.min < *bound && *bound <= range.max);
            bounds.insert(range.min);
            let ends: Vec<i32> = bounds.iter().copied().skip(1).chain([range.max + 1]).collect();
            let numbers =
                bounds.iter().zip(ends).map(|(first, end)| (Known::Number(*first), u128::from(end.abs_diff(*first))));
            numbers.chain(single(unsure)).collect()
        }
        _ if plain.is_empty() => vec![(Known::DoesNotApply, 1)],
        Kind::One => single(plain.or(unsure)),
        Kind::Many => {
            let told_apart = plain.bits() & kept;
            if told_apart.count_ones() > MOST_SITUATIONS.ilog2() {
                return None;
            }
            let others = 1u128 << (plain.len() - told_apart.count_ones());
            let mut ticked = told_apart;
            let mut counted = Vec::new();
            // All subsets of the options that later questions ask for, downwards.
            loop {
                let ways = if ticked == 0 { others - 1 } else { others };
                counted.push((Known::Chosen(ticked), ways));
                if ticked == 0 {
                    break;
                }
                ticked = (ticked - 1) & told_apart;
            }
            counted.extend(single(none));
            counted.retain(|(_, ways)| *ways > 0);
            counted
        }
    })
}

/// Whether a condition of an `only_if` holds.
fn holds(rules: &RuleSet, situation: &Situation, condition: &Condition) -> bool {
    let each = |part: &Condition| holds(rules, situation, part);
    match &condition.test {
        Test::Options { question, any_of, all_of, none_of } => {
            let chosen = match situation.get(question) {
                Some(Known::Chosen(chosen)) => *chosen,
                Some(Known::Number(_)) => 0,
                Some(Known::DoesNotApply) | None => return false,
            };
            (any_of.is_empty() || any_of.bits() & chosen != 0)
                && all_of.bits() & !chosen == 0
                && none_of.bits() & chosen == 0
        }
        Test::Number { question, at_least, at_most } => {
            matches!(situation.get(question), Some(Known::Number(number)) if (at_least..=at_most).contains(&number))
        }
        Test::Finding(finding) => rules.findings()[*finding].when.as_ref().is_none_or(each),
        Test::All(parts) => parts.iter().all(each),
        Test::Any(parts) => parts.iter().any(each),
        Test::Not(part) => !each(part),
        Test::Count { at_least, of } => of.iter().filter(|part| each(part)).count() >= *at_least,
    }
}

/// The product of all answers to each question, not applying counted as one more where that can be.
fn bound(rules: &RuleSet) -> f64 {
    let answers = |question: &Question| {
        let plain = question.choices().filter(|(_, choice)| choice.role == Role::Plain).count();
        let added = question.options.len() - plain;
        let answers = match &question.kind {
            Kind::One => count_of(plain + added),
            Kind::Many => 2f64.powi(i32::try_from(plain).unwrap_or(i32::MAX)) - 1.0 + count_of(added),
            Kind::Number(range) => f64::from(range.max) - f64::from(range.min) + 1.0 + count_of(added),
        };
        let conditional = question.only_if.is_some() || question.options.iter().any(|choice| choice.only_if.is_some());
        (if conditional { answers + 1.0 } else { answers }).log10()
    };
    rules.questions().rows().iter().map(answers).sum()
}

fn count_of(options: usize) -> f64 {
    f64::from(u32::try_from(options).unwrap_or(u32::MAX))
}
