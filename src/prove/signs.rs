//! Which options are warning signs.

use std::collections::BTreeSet;

use super::symbolic::Mentions;
use crate::model::{Condition, FindingIx, Kind, Level, OptionSet, Position, QuestionIx, Role, RuleSet, Test};

/// The warning signs of a rule set.
///
/// A sign is an option of a list to tick on which safety hangs, one that a flag looks at, itself or through findings,
/// unless its author says that a tick may lower the level. A list each of whose options opens further questions or options,
/// such as "Where does it hurt?", says where to look and is no list of signs.
pub(crate) struct Signs {
    /// For each question, its signs.
    signs: Vec<OptionSet>,
    /// The questions that safety hangs on, lists or not.
    safety: BTreeSet<QuestionIx>,
}

impl Signs {
    /// Looks through all rules.
    pub(crate) fn new(rules: &RuleSet) -> Self {
        let safety = Mentions::new(rules).safety_questions(rules);
        let flags = rules.flags().rows().iter().filter(|flag| flag.level > Level::None);
        let watched = looked_at(rules, flags.filter_map(|flag| flag.when.as_ref()));
        let questions = rules.questions().rows();
        let opening = questions.iter().flat_map(|question| {
            question.only_if.iter().chain(question.options.iter().filter_map(|choice| choice.only_if.as_ref()))
        });
        let opening = looked_at(rules, opening);
        let signs = rules.questions().iter().zip(watched.iter().zip(&opening));
        let signs = signs.map(|((position, question), (watched, opening))| {
            let plain: OptionSet =
                question.choices().filter(|(_, choice)| choice.role == Role::Plain).map(|(option, _)| option).collect();
            let lowering: OptionSet =
                question.choices().filter(|(_, choice)| choice.may_lower_level).map(|(option, _)| option).collect();
            let is_list = matches!(question.kind, Kind::Many) && safety.contains(&position);
            let is_list = is_list && !plain.minus(*opening).is_empty();
            if is_list { plain.and(*watched).minus(lowering) } else { OptionSet::EMPTY }
        });
        let signs = signs.collect();
        Self { signs, safety }
    }

    /// The signs among the options of a question; none where it is no list of them.
    pub(crate) fn of(&self, question: QuestionIx) -> OptionSet {
        self.signs.get(question.index()).copied().unwrap_or(OptionSet::EMPTY)
    }

    /// Whether safety hangs on a question.
    pub(crate) fn safety(&self, question: QuestionIx) -> bool {
        self.safety.contains(&question)
    }
}

/// For each question, the options that some conditions want to be chosen, themselves or through findings.
pub(crate) fn looked_at<'r>(rules: &'r RuleSet, conditions: impl Iterator<Item = &'r Condition>) -> Vec<OptionSet> {
    let mut options = vec![OptionSet::EMPTY; rules.questions().len()];
    let mut seen: BTreeSet<FindingIx> = BTreeSet::new();
    let mut to_come: Vec<&Condition> = conditions.collect();
    while let Some(condition) = to_come.pop() {
        condition.visit(&mut |part| match &part.test {
            Test::Options { question, any_of, all_of, .. } => {
                if let Some(place) = options.get_mut(question.index()) {
                    *place = place.or(*any_of).or(*all_of);
                }
            }
            Test::Finding(finding) if seen.insert(*finding) => to_come.extend(&rules.findings()[*finding].when),
            _ => {}
        });
    }
    options
}
