//! A condition as it would be written on one line.

use crate::model::{Condition, Kind, OptionSet, QuestionIx, RuleSet, Test};

/// More letters than this would hide the point.
const LONGEST: usize = 80;

/// `danger: [fever, chest]`; of a long one the beginning.
pub(super) fn written(rules: &RuleSet, condition: &Condition) -> String {
    let text = whole(rules, condition);
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

fn whole(rules: &RuleSet, condition: &Condition) -> String {
    match &condition.test {
        Test::Options { question, any_of, all_of, none_of } => {
            let id = &rules.questions()[*question].id;
            if all_of.is_empty() && none_of.is_empty() {
                return format!("{id}: {}", options(rules, *question, *any_of));
            }
            let sets = [("any_of", any_of), ("all_of", all_of), ("none_of", none_of)];
            let sets = sets.into_iter().filter(|(_, set)| !set.is_empty());
            let sets: Vec<String> =
                sets.map(|(key, set)| format!("{key}: {}", options(rules, *question, *set))).collect();
            format!("{id}: {{{}}}", sets.join(", "))
        }
        Test::Number { question, at_least, at_most } => {
            format!("{}: {}", rules.questions()[*question].id, numbers(rules, *question, *at_least, *at_most))
        }
        Test::Finding(finding) => format!("finding: {}", rules.findings()[*finding].id),
        Test::All(parts) => {
            let entries: Vec<String> = parts.iter().map(|part| whole(rules, part)).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Test::Any(parts) => format!("any: [{}]", list(rules, parts)),
        Test::Not(part) => format!("not: {}", as_map(rules, part)),
        Test::Count { at_least, of } => format!("count: {{at_least: {at_least}, of: [{}]}}", list(rules, of)),
    }
}

fn list(rules: &RuleSet, parts: &[Condition]) -> String {
    parts.iter().map(|part| as_map(rules, part)).collect::<Vec<_>>().join(", ")
}

/// A condition where a map stands: `{danger: fever}`.
fn as_map(rules: &RuleSet, condition: &Condition) -> String {
    let text = whole(rules, condition);
    if matches!(condition.test, Test::All(_)) { text } else { format!("{{{text}}}") }
}

/// `fever`, `[fever, chest]`
fn options(rules: &RuleSet, question: QuestionIx, set: OptionSet) -> String {
    let choices = rules.questions()[question].choices().filter(|(option, _)| set.contains(*option));
    let ids: Vec<&str> = choices.map(|(_, choice)| choice.id.as_str()).collect();
    match ids.as_slice() {
        [only] => (*only).to_owned(),
        ids => format!("[{}]", ids.join(", ")),
    }
}

/// `4`, `{at_least: 4}`
fn numbers(rules: &RuleSet, question: QuestionIx, at_least: i32, at_most: i32) -> String {
    let range = match &rules.questions()[question].kind {
        Kind::Number(range) => (range.min, range.max),
        Kind::One | Kind::Many => (i32::MIN, i32::MAX),
    };
    match (at_least, at_most) {
        (low, high) if low == high => low.to_string(),
        (low, high) if high == range.1 => format!("{{at_least: {low}}}"),
        (low, high) if low == range.0 => format!("{{at_most: {high}}}"),
        (low, high) => format!("{{at_least: {low}, at_most: {high}}}"),
    }
}
