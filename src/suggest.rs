//! "Did you mean": the known name nearest to an unknown one.

/// The candidate nearest to `word`, if one is near enough to be worth offering.
///
/// Near enough: at most one edit in three characters, by the restricted Damerau-Levenshtein distance (insert, delete,
/// replace, swap two neighbours), after Damerau 1964. Of equally near ones the first wins.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous_char = None;
    for (row, from) in a.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in b.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX);
            let replace = at(&last, column) + usize::from(from != *to);
            let delete = at(&last, column + 1) + 1;
            let insert = at(&current, column) + 1;
            let mut best = replace.min(delete).min(insert);
            let left = column.checked_sub(1);
            if let (Some(left), Some(previous)) = (left, previous_char)
                && previous == *to
                && b.get(left) == Some(&from)
            {
                best = best.min(at(&before_last, left) + 1);
            }
            current.push(best);
        }
        previous_char = Some(from);
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_the_nearest_and_only_if_near() {
        let names = ["knee", "shoulder", "hip"];
        assert_eq!(nearest("kne", names), Some("knee"));
        assert_eq!(nearest("sholuder", names), Some("shoulder"));
        assert_eq!(nearest("elbow", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
