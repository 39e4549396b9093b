//! What is known of a person: which questions apply, what can be chosen, which findings hold.

use super::truth::Truth;
use crate::answers::{Answer, Answers};
use crate::model::{Condition, FindingIx, Kind, OptionSet, Position, Question, QuestionIx, Range, Role, RuleSet, Test};

/// What is known of one question.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Whether it applies.
    pub applies: Truth,
    /// Whether there is an answer that counts wherever it applies.
    pub answered: bool,
    /// Options chosen in every completion where it applies.
    must: OptionSet,
    /// Options chosen in some completion.
    may: OptionSet,
    /// Options that the person can choose, as far as is known.
    choosable: OptionSet,
    /// The numbers that can be answered, least and greatest; none if the least is greater.
    numbers: (i32, i32),
}

const NO_NUMBER: (i32, i32) = (1, 0);

impl Standing {
    /// Whether it is unanswered and applies in every completion of what was said.
    pub fn is_open(self) -> bool {
        !self.answered && self.applies == Truth::Yes
    }

    /// Options that can be chosen in some completion.
    pub fn choosable(self) -> OptionSet {
        self.choosable
    }

    fn can_be_number(self) -> bool {
        self.numbers.0 <= self.numbers.1
    }
}

/// Everything known from some answers, before any rule is looked at.
#[derive(Debug)]
pub struct Situation<'r> {
    rules: &'r RuleSet,
    standings: Vec<Standing>,
    findings: Vec<Truth>,
}

impl<'r> Situation<'r> {
    /// What is known from `answers`, which are answers to questions of `rules`.
    pub fn new(rules: &'r RuleSet, answers: &Answers) -> Self {
        let mut situation = Self {
            rules,
            standings: Vec::with_capacity(rules.questions().len()),
            findings: Vec::with_capacity(rules.findings().len()),
        };
        situation.findings.resize(rules.findings().len(), Truth::Perhaps);
        let mut findings = rules.finding_order().iter().copied().peekable();
        for (position, question) in rules.questions().iter() {
            // What applies is decided by earlier questions and the findings over them.
            while let Some(finding) =
                findings.next_if(|finding| rules.findings()[*finding].latest_question < Some(position))
            {
                situation.settle(finding);
            }
            let standing = situation.standing_of(question, answers.get(position));
            situation.standings.push(standing);
        }
        findings.for_each(|finding| situation.settle(finding));
        situation
    }

    fn settle(&mut self, finding: FindingIx) {
        let truth = self.holds(self.rules.findings()[finding].when.as_ref());
        if let Some(place) = self.findings.get_mut(finding.index()) {
            *place = truth;
        }
    }

    fn standing_of(&self, question: &Question, answer: Option<Answer>) -> Standing {
        let mut standing = Standing {
            applies: self.holds(question.only_if.as_ref()),
            answered: false,
            must: OptionSet::EMPTY,
            may: OptionSet::EMPTY,
            choosable: OptionSet::EMPTY,
            numbers: NO_NUMBER,
        };
        if standing.applies == Truth::No {
            return standing;
        }
        // Without an option of its author's that can be chosen there is nothing to ask.
        let mut sure = OptionSet::EMPTY;
        let mut something_to_choose = Truth::No;
        for (option, choice) in question.choices() {
            let applies = self.holds(choice.only_if.as_ref());
            if choice.role == Role::Plain {
                something_to_choose = something_to_choose.or(applies);
            }
            if applies != Truth::No {
                standing.choosable = standing.choosable.or(OptionSet::only(option));
            }
            if applies == Truth::Yes {
                sure = sure.or(OptionSet::only(option));
            }
        }
        if let Kind::Number(Range { min, max, .. }) = question.kind {
            standing.numbers = (min, max);
        } else {
            standing.applies = standing.applies.and(something_to_choose);
        }
        if standing.applies == Truth::No {
            return Standing { choosable: OptionSet::EMPTY, may: OptionSet::EMPTY, ..standing };
        }
        standing.may = standing.choosable;
        match answer {
            Some(Answer::Number(number)) => {
                standing.answered = true;
                standing.may = OptionSet::EMPTY;
                standing.numbers = (number, number);
            }
            Some(Answer::Options(chosen)) if !chosen.and(sure).is_empty() => {
                standing.answered = true;
                standing.must = chosen.and(sure);
                standing.may = chosen.and(standing.choosable);
                standing.numbers = NO_NUMBER;
            }
            // If none of what was chosen can be chosen any more, it is as if nothing had been said. Where that is
            // not known yet, everything is left open: an earlier question decides it.
            Some(Answer::Options(_)) | None => {}
        }
        standing
    }

    /// Whether a condition holds; none is always.
    pub fn holds(&self, condition: Option<&Condition>) -> Truth {
        condition.map_or(Truth::Yes, |condition| self.truth(condition))
    }

    fn truth(&self, condition: &Condition) -> Truth {
        match &condition.test {
            Test::Options { question, any_of, all_of, none_of } => self.options(*question, *any_of, *all_of, *none_of),
            Test::Number { question, at_least, at_most } => self.number(*question, *at_least, *at_most),
            Test::Finding(finding) => self.finding(*finding),
            Test::All(parts) => least(parts.iter().map(|part| self.truth(part))),
            Test::Any(parts) => least(parts.iter().map(|part| self.truth(part).not())).not(),
            Test::Not(part) => self.truth(part).not(),
            Test::Count { at_least, of } => {
                let (mut must, mut can) = (0, 0);
                for part in of {
                    let truth = self.truth(part);
                    must += usize::from(truth == Truth::Yes);
                    can += usize::from(truth != Truth::No);
                }
                Truth::between(must >= *at_least, can >= *at_least)
            }
        }
    }

    fn options(&self, question: QuestionIx, any_of: OptionSet, all_of: OptionSet, none_of: OptionSet) -> Truth {
        let standing = self.standing(question);
        if standing.applies == Truth::No {
            return Truth::No;
        }
        let (must, may, number) = (standing.must, standing.may, standing.can_be_number());
        let mut truth = standing.applies;
        if !any_of.is_empty() {
            let can = !may.and(any_of).is_empty();
            let nothing_else = !number && may.minus(any_of).is_empty();
            truth = truth.and(Truth::between(can && (nothing_else || !must.and(any_of).is_empty()), can));
        }
        if !all_of.is_empty() {
            truth = truth.and(Truth::between(all_of.minus(must).is_empty(), all_of.minus(may).is_empty()));
        }
        if !none_of.is_empty() {
            let something_else = number || !may.minus(none_of).is_empty();
            truth =
                truth.and(Truth::between(may.and(none_of).is_empty(), something_else && must.and(none_of).is_empty()));
        }
        truth
    }

    fn number(&self, question: QuestionIx, at_least: i32, at_most: i32) -> Truth {
        let standing = self.standing(question);
        let (low, high) = standing.numbers;
        let can = standing.can_be_number() && low <= at_most && high >= at_least;
        let must = can && at_least <= low && high <= at_most && standing.may.is_empty();
        standing.applies.and(Truth::between(must, can))
    }

    /// The rule set it is about.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// What is known of `question`.
    #[expect(clippy::indexing_slicing, reason = "there is a standing for each question of the rule set")]
    pub fn standing(&self, question: QuestionIx) -> Standing {
        self.standings[question.index()]
    }

    /// Whether a finding holds.
    #[expect(clippy::indexing_slicing, reason = "there is a truth for each finding of the rule set")]
    pub fn finding(&self, finding: FindingIx) -> Truth {
        self.findings[finding.index()]
    }
}

/// The least of the truths, stopping at the first that cannot be undercut.
fn least(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut least = Truth::Yes;
    for truth in truths {
        least = least.and(truth);
        if least == Truth::No {
            break;
        }
    }
    least
}
