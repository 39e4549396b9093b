//! Random conditions, in all forms in which they can be written.

use super::draws::Draws;
use super::rule_set::{Cond, Entry, Kind, Question, Said};

/// What a condition may look at.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    pub(crate) questions: &'k [Question],
    pub(crate) findings: &'k [usize],
    /// Conditions are nested less deep than this.
    pub(crate) depth: usize,
}

impl Known<'_> {
    /// A condition, with this chance and if there is anything to look at.
    pub(crate) fn optional(self, chance: usize, draws: &mut Draws<'_>) -> Option<Cond> {
        let wanted = draws.percent(chance) && !(self.questions.is_empty() && self.findings.is_empty());
        let depth = draws.below(self.depth);
        wanted.then(|| self.cond(depth, draws))
    }

    /// A condition whose parts are nested at most `depth` deep.
    fn cond(self, depth: usize, draws: &mut Draws<'_>) -> Cond {
        let mut entries = vec![self.entry(depth, draws)];
        if draws.percent(20) {
            let second = self.entry(depth, draws);
            if key(&second) != key(&entries[0]) {
                entries.push(second);
            }
        }
        Cond(entries)
    }

    /// One to three conditions.
    fn conds(self, depth: usize, draws: &mut Draws<'_>) -> Vec<Cond> {
        (0..=draws.below(3)).map(|_| self.cond(depth, draws)).collect()
    }

    fn entry(self, depth: usize, draws: &mut Draws<'_>) -> Entry {
        match (draws.below(14), depth.checked_sub(1)) {
            (0, Some(depth)) => Entry::Any(self.conds(depth, draws)),
            (1, Some(depth)) => Entry::All(self.conds(depth, draws)),
            (2 | 3, Some(depth)) => Entry::Not(self.cond(depth, draws)),
            (4, Some(depth)) => {
                let of = self.conds(depth, draws);
                Entry::Count(1 + draws.below(of.len()), of)
            }
            (5, _) if !self.findings.is_empty() => Entry::FindingOneOf(draws.some_of(self.findings)),
            (6, _) if !self.findings.is_empty() => Entry::Finding(draws.one_of(self.findings)),
            _ if self.questions.is_empty() => Entry::Finding(draws.one_of(self.findings)),
            _ => self.test(draws),
        }
    }

    /// A test on a question.
    fn test(self, draws: &mut Draws<'_>) -> Entry {
        let place = draws.below(self.questions.len());
        let question = &self.questions[place];
        if let Kind::Number { min, max } = question.kind {
            return number_test(place, min, max, question.added, draws);
        }
        let options: Vec<usize> = (0..question.option_count()).collect();
        match draws.below(9) {
            0..=2 => Entry::Is(place, draws.one_of(&options)),
            3 | 4 => Entry::IsOneOf(place, draws.some_of(&options)),
            which => {
                let mut set = |wanted: bool| if wanted { draws.some_of(&options) } else { vec![] };
                let (any_of, none_of) = (set(matches!(which, 6 | 8)), set(which != 7));
                let all_of = set(matches!(which, 7 | 8));
                Entry::Sets { question: place, any_of, all_of, none_of }
            }
        }
    }
}

fn number_test(question: usize, min: i32, max: i32, unsure: bool, draws: &mut Draws<'_>) -> Entry {
    let mut sayable: Vec<Said> = (min..=max).map(Said::Number).collect();
    let numbers: Vec<i32> = (min..=max).collect();
    if unsure {
        sayable.push(Said::Unsure);
    }
    match draws.below(7) {
        0 => Entry::Number(question, draws.one_of(&sayable)),
        6 if unsure => Entry::Number(question, Said::Unsure),
        1 => Entry::NumberOneOf(question, draws.some_of(&sayable)),
        2 => Entry::Compare { question, at_least: Some(draws.one_of(&numbers)), at_most: None },
        3 => Entry::Compare { question, at_least: None, at_most: Some(draws.one_of(&numbers)) },
        _ => {
            let (one, other) = (draws.one_of(&numbers), draws.one_of(&numbers));
            Entry::Compare { question, at_least: Some(one.min(other)), at_most: Some(one.max(other)) }
        }
    }
}

/// The key of an entry in its map, by which no two may be the same: a word, or a question.
fn key(entry: &Entry) -> (&'static str, usize) {
    match entry {
        Entry::Is(question, _)
        | Entry::IsOneOf(question, _)
        | Entry::Sets { question, .. }
        | Entry::Number(question, _)
        | Entry::NumberOneOf(question, _)
        | Entry::Compare { question, .. } => ("", *question),
        Entry::Finding(_) | Entry::FindingOneOf(_) => ("finding", 0),
        Entry::Any(_) => ("any", 0),
        Entry::All(_) => ("all", 0),
        Entry::Not(_) => ("not", 0),
        Entry::Count(..) => ("count", 0),
    }
}

/// The latest question that a condition depends on, itself or through findings.
pub(crate) fn latest_question(cond: &Cond, findings: &[Option<usize>]) -> Option<usize> {
    let latest_of = |parts: &[Cond]| parts.iter().filter_map(|part| latest_question(part, findings)).max();
    let of_entry = |entry: &Entry| match entry {
        Entry::Is(question, _)
        | Entry::IsOneOf(question, _)
        | Entry::Sets { question, .. }
        | Entry::Number(question, _)
        | Entry::NumberOneOf(question, _)
        | Entry::Compare { question, .. } => Some(*question),
        Entry::Finding(finding) => findings[*finding],
        Entry::FindingOneOf(several) => several.iter().filter_map(|finding| findings[*finding]).max(),
        Entry::Any(parts) | Entry::All(parts) | Entry::Count(_, parts) => latest_of(parts),
        Entry::Not(part) => latest_question(part, findings),
    };
    cond.0.iter().filter_map(of_entry).max()
}
