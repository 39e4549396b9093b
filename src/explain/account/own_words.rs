//! What was said, remark by remark, and in which order it is told.

use std::cmp::Reverse;

use crate::answers::{Answer, Answers};
use crate::decide::{Situation, Truth};
use crate::model::{Condition, FlagIx, OptionIx, OptionSet, Position, QuestionIx, Role, RuleSet};
use crate::prove::signs::{Signs, looked_at};

/// One thing that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// An option was chosen.
    Option(QuestionIx, OptionIx),
    /// A number was given.
    Number(QuestionIx, i32),
}

impl Remark {
    /// To which question it was said.
    pub fn question(self) -> QuestionIx {
        match self {
            Self::Option(question, _) | Self::Number(question, _) => question,
        }
    }
}

/// What was said that a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarksOf<R> {
    /// The rule.
    pub rule: R,
    /// What was said, the most telling first; none where it holds whatever is said.
    pub remarks: Vec<Remark>,
}

impl<R: PartialEq + Copy> RemarksOf<R> {
    pub(super) fn find(all: &[Self], rule: R) -> &[Remark] {
        all.iter().find(|of| of.rule == rule).map_or(&[], |of| &of.remarks)
    }
}

/// What was said to one question, for a doctor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellLine {
    /// The question.
    pub question: QuestionIx,
    /// What was said: options, what the flags rest on first, or one number. At least one.
    pub remarks: Vec<Remark>,
    /// How many of these a flag that is told rests on; they stand first.
    pub grounds: usize,
}

/// What was said, question by question: first what flags rest on, in their order, then all else in file order. `none`, "not
/// sure" and what does not apply say nothing.
pub(super) fn for_the_doctor(
    situation: &Situation<'_>,
    answers: &Answers,
    flags: &[RemarksOf<FlagIx>],
) -> Vec<TellLine> {
    let rules = situation.rules();
    let grounds: Vec<Remark> = flags.iter().flat_map(|of| &of.remarks).copied().collect();
    let rank = |remark: &Remark| grounds.iter().position(|ground| ground == remark).unwrap_or(usize::MAX);
    let mut lines: Vec<TellLine> = Vec::new();
    for (question, answer) in answers.iter() {
        let row = &rules.questions()[question];
        let mut remarks: Vec<Remark> = match answer {
            Answer::Number(number) if situation.standing(question).heard != Truth::No => {
                vec![Remark::Number(question, number)]
            }
            Answer::Number(_) => Vec::new(),
            Answer::Options(chosen) => {
                let plain =
                    row.choices().filter(|(option, choice)| chosen.contains(*option) && choice.role == Role::Plain);
                let counts = plain.filter(|(option, _)| situation.chosen(question, *option) != Truth::No);
                counts.map(|(option, _)| Remark::Option(question, option)).collect()
            }
        };
        remarks.sort_by_key(rank);
        let grounds = remarks.iter().filter(|remark| rank(remark) < usize::MAX).count();
        if !remarks.is_empty() {
            lines.push(TellLine { question, remarks, grounds });
        }
    }
    lines.sort_by_key(|line| line.remarks.first().map(rank));
    lines
}

/// In which order remarks are told: signs first, then what the fewest rules look at, as that says most about the one that does.
pub(super) struct Ranking {
    signs: Vec<OptionSet>,
    /// For each question, how many flags and needs look at each option.
    looked_at: Vec<Vec<usize>>,
}

impl Ranking {
    pub(super) fn new(rules: &RuleSet, signs: &Signs) -> Self {
        let questions = rules.questions();
        let mut counts: Vec<Vec<usize>> =
            questions.rows().iter().map(|question| vec![0; question.options.len()]).collect();
        let mut add = |condition: &Condition| {
            for (counts, options) in counts.iter_mut().zip(looked_at(rules, std::iter::once(condition))) {
                for option in options.iter() {
                    if let Some(count) = counts.get_mut(option.index()) {
                        *count += 1;
                    }
                }
            }
        };
        rules.flags().rows().iter().filter_map(|flag| flag.when.as_ref()).for_each(&mut add);
        rules.needs().rows().iter().filter_map(|need| need.when.as_ref()).for_each(&mut add);
        Self { signs: questions.positions().map(|question| signs.of(question)).collect(), looked_at: counts }
    }

    pub(super) fn sort(&self, remarks: &mut [Remark]) {
        remarks.sort_by_key(|remark| (self.rank(*remark), *remark));
    }

    fn rank(&self, remark: Remark) -> (Reverse<bool>, usize) {
        match remark {
            Remark::Option(question, option) => {
                let signs = self.signs.get(question.index()).copied().unwrap_or(OptionSet::EMPTY);
                let looked_at = self.looked_at.get(question.index()).and_then(|counts| counts.get(option.index()));
                (Reverse(signs.contains(option)), looked_at.copied().unwrap_or(0))
            }
            Remark::Number(..) => (Reverse(false), usize::MAX),
        }
    }
}
