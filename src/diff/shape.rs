//! What a rule says, without its words: two rules of one shape do the same, whichever rule set they stand in.

use std::collections::BTreeSet;

use crate::model::{
    Condition, Flag, Kind, Need, OptionSet, Preference, Question, QuestionIx, RuleSet, Service, ServiceIx, Test,
};

/// The shape of a flag: its condition, and what it does.
pub(super) fn flag(rules: &RuleSet, flag: &Flag) -> String {
    format!("{} unless {} {}", when(rules, flag.when.as_ref()), excuse(rules, flag), flag_effect(rules, flag))
}

/// What a flag does where it holds.
pub(super) fn flag_effect(rules: &RuleSet, flag: &Flag) -> String {
    format!("{} holds {:?}", flag.level, services(rules, &flag.holds))
}

/// The shape of a need.
pub(super) fn need(rules: &RuleSet, need: &Need) -> String {
    format!("{} {}", when(rules, need.when.as_ref()), need_effect(rules, need))
}

/// What a need asks for.
pub(super) fn need_effect(rules: &RuleSet, need: &Need) -> String {
    format!("{} in {}", rules.services()[need.service].id, rules.phases()[need.phase].id)
}

/// The shape of a preference.
pub(super) fn preference(rules: &RuleSet, preference: &Preference) -> String {
    format!("{} {}", when(rules, preference.when.as_ref()), preference_effect(rules, preference))
}

/// Whom a preference prefers, and where.
pub(super) fn preference_effect(rules: &RuleSet, preference: &Preference) -> String {
    let phase = preference.phase.map_or("everywhere", |phase| rules.phases()[phase].id.as_str());
    format!("{} in {phase}", rules.professionals()[preference.prefer].id)
}

/// The shape of a condition that may be left out.
pub(super) fn when(rules: &RuleSet, when: Option<&Condition>) -> String {
    when.map_or_else(|| "always".to_owned(), |when| condition(rules, when))
}

/// When a question applies, how it is answered, and what its options are.
pub(super) fn question(rules: &RuleSet, question: &Question) -> String {
    let kind = match &question.kind {
        Kind::One => "one".to_owned(),
        Kind::Many => "many".to_owned(),
        Kind::Number(range) => format!("{} to {}", range.min, range.max),
    };
    let options: BTreeSet<&str> = question.options.iter().map(|choice| choice.id.as_str()).collect();
    format!("{kind} {options:?} {}", when(rules, question.only_if.as_ref()))
}

/// Where a service stands for each professional.
pub(super) fn scope(rules: &RuleSet, service: &Service) -> String {
    let row =
        service.scope.iter().map(|(professional, scope)| (rules.professionals()[professional].id.as_str(), *scope));
    format!("{:?}", row.collect::<BTreeSet<_>>())
}

fn excuse(rules: &RuleSet, flag: &Flag) -> String {
    flag.unless.as_ref().map_or_else(String::new, |unless| condition(rules, unless))
}

fn services<'r>(rules: &'r RuleSet, services: &[ServiceIx]) -> BTreeSet<&'r str> {
    services.iter().map(|service| rules.services()[*service].id.as_str()).collect()
}

fn condition(rules: &RuleSet, tested: &Condition) -> String {
    let each = |parts: &[Condition]| -> Vec<String> { parts.iter().map(|part| condition(rules, part)).collect() };
    match &tested.test {
        Test::Options { question, any_of, all_of, none_of } => {
            let [any_of, all_of, none_of] = [any_of, all_of, none_of].map(|set| options(rules, *question, *set));
            format!("{}: any {any_of:?} all {all_of:?} none {none_of:?}", rules.questions()[*question].id)
        }
        Test::Number { question, at_least, at_most } => {
            format!("{}: {at_least} to {at_most}", rules.questions()[*question].id)
        }
        Test::Finding(finding) => format!("finding {}", rules.findings()[*finding].id),
        Test::All(parts) => format!("all {:?}", each(parts)),
        Test::Any(parts) => format!("any {:?}", each(parts)),
        Test::Not(part) => format!("not {}", condition(rules, part)),
        Test::Count { at_least, of } => format!("{at_least} of {:?}", each(of)),
    }
}

fn options(rules: &RuleSet, question: QuestionIx, options: OptionSet) -> BTreeSet<&str> {
    let choices = rules.questions()[question].choices();
    choices.filter(|(option, _)| options.contains(*option)).map(|(_, choice)| choice.id.as_str()).collect()
}
