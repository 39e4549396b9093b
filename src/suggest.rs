//! "Did you mean": the known name nearest to an unknown one.

/// Longer words are not looked at: no name is so long, and comparing takes time by the square.
const LONGEST: usize = 64;

/// The candidate nearest to `word`, if one is near enough to be worth offering.
///
/// Near enough: at most one edit in three characters, by the restricted Damerau-Levenshtein distance (insert, delete,
/// replace, swap two neighbours; capitals are no difference), after Damerau 1964. Of equally near ones the first wins.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return None;
    }
    let limit = (length / 3).max(1);
    let word: Vec<char> = word.to_lowercase().chars().collect();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST && candidate.len() + limit >= word.len())
        .filter_map(|candidate| Some((distance(candidate, &word, limit)?, candidate)))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// The edits from `a` to `b`; `None` if there are more than `limit`.
fn distance(a: &str, b: &[char], limit: usize) -> Option<usize> {
    let mut before_last: Vec<usize> = Vec::with_capacity(b.len() + 1);
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut current: Vec<usize> = Vec::with_capacity(b.len() + 1);
    let mut previous_char = None;
    for (row, from) in a.chars().enumerate() {
        current.clear();
        current.push(row + 1);
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
        // No later row is smaller than the smallest of this one and, for a swap, of the one before.
        if current.iter().chain(&last).all(|edits| *edits > limit) {
            return None;
        }
        previous_char = Some(from);
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut current);
    }
    last.last().copied().filter(|edits| *edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_the_nearest_and_only_if_near() {
        let names = ["knee", "shoulder", "hip"];
        assert_eq!(nearest("kne", names), Some("knee"));
        assert_eq!(nearest("sholuder", names), Some("shoulder"));
        assert_eq!(nearest("Knee", names), Some("knee"));
        assert_eq!(nearest("elbow", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn distance_counts_edits() {
        let edits = |a: &str, b: &str, limit| distance(a, &b.chars().collect::<Vec<_>>(), limit);
        assert_eq!(edits("", "abc", 3), Some(3));
        assert_eq!(edits("ab", "ba", 3), Some(1));
        assert_eq!(edits("kitten", "sitting", 3), Some(3));
        assert_eq!(edits("kitten", "sitting", 2), None);
    }
}
