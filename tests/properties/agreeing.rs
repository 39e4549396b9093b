//! One person under two rule sets, worked out by hand: all pairs of complete answers that agree, and who is affected.

use std::collections::BTreeSet;

use super::oracle::{Outcome, applying_options, completions, outcome};
use super::people::silent;
use super::rule_set::{Answered, GenRules, Given, Kind, Level, Question};

/// Names of options, and numbers.
pub(crate) type Names = BTreeSet<String>;

/// Two rule sets and all pairs of complete answers that agree.
pub(crate) struct Agreeing<'r> {
    sides: [&'r GenRules; 2],
    /// The questions that both have: their place in either, and the names that both know.
    pub(crate) both: Vec<([usize; 2], Names)>,
    pub(crate) pairs: Vec<[Answered; 2]>,
    /// In which ways each pair differs.
    classes: Vec<BTreeSet<String>>,
}

/// Answers to some of the questions that both have, by their place in the list of those.
pub(crate) type Saying = Vec<Option<Names>>;

impl<'r> Agreeing<'r> {
    pub(crate) fn new(old: &'r GenRules, new: &'r GenRules) -> Self {
        let mut both = Vec::new();
        for (place, question) in old.questions.iter().enumerate() {
            for (other, there) in new.questions.iter().enumerate() {
                if question.id == there.id && is_number(question) == is_number(there) {
                    let common = all_names(question).intersection(&all_names(there)).cloned().collect();
                    both.push(([place, other], common));
                }
            }
        }
        let mut agreeing = Self { sides: [old, new], both, pairs: vec![], classes: vec![] };
        let (olds, news) = (completions(old, &silent(old)), completions(new, &silent(new)));
        for before in &olds {
            for after in &news {
                let pair = [before.clone(), after.clone()];
                if agreeing.agrees(&pair) {
                    agreeing.classes.push(classes(old, &outcome(old, before), &outcome(new, after), new));
                    agreeing.pairs.push(pair);
                }
            }
        }
        agreeing
    }

    /// Whether two complete answers agree on what both sides offer.
    pub(crate) fn agrees(&self, pair: &[Answered; 2]) -> bool {
        self.both.iter().all(|(places, _)| {
            let [Some(old), Some(new)] = [0, 1].map(|side| self.said(pair, side, places[side])) else {
                return true;
            };
            let [in_old, in_new] = [0, 1].map(|side| self.offered(pair, side, places[side]));
            let many = [0, 1].map(|side| self.question(side, places[side]).kind == Kind::Many);
            let no_none = |names: &Names| names.iter().filter(|name| *name != "none").cloned().collect::<Names>();
            let shared: Names = no_none(&in_old.intersection(&in_new).cloned().collect());
            let both = |names: &Names| -> Names { names.intersection(&shared).cloned().collect() };
            let tied = both(&old) == both(&new);
            // Nothing chosen there is to be had here, and nothing here is not to be had there.
            let free = |offered: &Names, there: &Names, offered_there: &Names| {
                both(there).is_empty() && !offered.contains("none") && offered.is_subset(offered_there)
            };
            match many {
                [false, false] => {
                    let (to_new, to_old) = (nearest(&old, &in_old, &in_new), nearest(&new, &in_new, &in_old));
                    let equal = to_new == new || to_old == old;
                    equal || to_new.is_disjoint(&in_new) || to_old.is_disjoint(&in_old)
                }
                [true, true] => tied || free(&in_old, &new, &in_new) || free(&in_new, &old, &in_old),
                _ => {
                    let several = both(if many[0] { &old } else { &new }).len() > 1;
                    tied || both(&old).is_empty() || both(&new).is_empty() || several
                }
            }
        })
    }

    fn question(&self, side: usize, place: usize) -> &Question {
        &self.sides[side].questions[place]
    }

    /// What one side of a pair says to a question; nothing if it does not apply.
    pub(crate) fn said(&self, pair: &[Answered; 2], side: usize, place: usize) -> Option<Names> {
        pair[side][place].as_ref().map(|given| names(self.question(side, place), given))
    }

    fn offered(&self, pair: &[Answered; 2], side: usize, place: usize) -> Names {
        let Some(applying) = applying_options(self.sides[side], &pair[side], place) else {
            return Names::new();
        };
        let question = self.question(side, place);
        let options = applying.iter().map(|option| question.option_id(*option).to_owned());
        options.chain(numbers(question)).collect()
    }

    /// Whether both sides of a pair hear what is said to the question in this place of those that both have.
    pub(crate) fn hears(&self, pair: &[Answered; 2], index: usize, saying: &Names) -> bool {
        let (places, known) = &self.both[index];
        [0, 1].into_iter().all(|side| {
            let offered = self.offered(pair, side, places[side]);
            let counting: Names = saying.intersection(&offered).cloned().collect();
            let said = self.said(pair, side, places[side]).unwrap_or_default();
            let many = self.question(side, places[side]).kind == Kind::Many;
            let plain = |names: &Names| names.iter().filter(|name| *name != "none").cloned().collect::<Names>();
            counting.is_empty()
                || if many {
                    plain(&said.intersection(known).cloned().collect()) == plain(&counting)
                } else {
                    said == counting
                }
        })
    }

    /// Whether one side of a pair says this, as far as it counts there.
    pub(crate) fn hears_alone(&self, pair: &[Answered; 2], side: usize, place: usize, saying: &Names) -> bool {
        let counting: Names = saying.intersection(&self.offered(pair, side, place)).cloned().collect();
        counting.is_empty() || self.said(pair, side, place).as_ref() == Some(&counting)
    }

    /// The ways in which somebody may be affected.
    pub(crate) fn all_classes(&self) -> BTreeSet<String> {
        self.classes.iter().flatten().cloned().collect()
    }

    pub(crate) fn differs(&self, pair: usize, class: &str) -> bool {
        self.classes[pair].contains(class)
    }

    pub(crate) fn is_affected(&self, pair: usize) -> bool {
        !self.classes[pair].is_empty()
    }

    /// Whether a pair chooses nothing that only one side has.
    pub(crate) fn is_common(&self, pair: usize) -> bool {
        self.both.iter().all(|(places, known)| {
            [0, 1]
                .into_iter()
                .all(|side| self.said(&self.pairs[pair], side, places[side]).is_none_or(|said| said.is_subset(known)))
        })
    }

    /// Whether somebody is affected in this way whatever they do not say.
    pub(crate) fn is_definite(&self, class: &str) -> bool {
        self.somebody(&|left| !left.is_empty() && left.iter().all(|pair| self.differs(*pair, class)))
    }

    /// Whether somebody is affected whatever they do not say, and in this way as long as they choose nothing that only one
    /// side has, which they can.
    pub(crate) fn is_affected_so(&self, class: &str) -> bool {
        self.somebody(&|left| {
            let mut common = left.iter().filter(|pair| self.is_common(**pair)).peekable();
            common.peek().is_some()
                && common.all(|pair| self.differs(*pair, class))
                && left.iter().all(|pair| self.is_affected(*pair))
        })
    }

    /// Whether the pairs that are left by some answers to what both sides have are such.
    fn somebody(&self, is_such: &dyn Fn(&[usize]) -> bool) -> bool {
        let all: Vec<usize> = (0..self.pairs.len()).collect();
        self.somebody_of(is_such, 0, &all)
    }

    fn somebody_of(&self, is_such: &dyn Fn(&[usize]) -> bool, index: usize, left: &[usize]) -> bool {
        if left.is_empty() || is_such(left) {
            return !left.is_empty();
        }
        let Some((places, known)) = self.both.get(index) else {
            return false;
        };
        let many = [0, 1].iter().all(|side| self.question(*side, places[*side]).kind == Kind::Many);
        let sayings = sayings(known, many);
        self.somebody_of(is_such, index + 1, left)
            || sayings.iter().any(|saying| {
                let fewer: Vec<usize> =
                    left.iter().copied().filter(|pair| self.hears(&self.pairs[*pair], index, saying)).collect();
                self.somebody_of(is_such, index + 1, &fewer)
            })
    }
}

/// All that can be said with these names.
fn sayings(known: &Names, many: bool) -> Vec<Names> {
    let single = known.iter().map(|name| Names::from([name.clone()]));
    if !many {
        return single.collect();
    }
    let mut sets = vec![Names::new()];
    for name in known.iter().filter(|name| *name != "none") {
        let with: Vec<Names> = sets.iter().map(|set| set.iter().cloned().chain([name.clone()]).collect()).collect();
        sets.extend(with);
    }
    sets.retain(|set| !set.is_empty());
    sets.extend(known.get("none").map(|none| Names::from([none.clone()])));
    sets
}

/// A number beyond what the other side takes is the nearest there, if the two take any number alike; all else is itself.
fn nearest(said: &Names, here: &Names, there: &Names) -> Names {
    let numbers = |names: &Names| names.iter().filter_map(|name| name.parse::<i32>().ok()).collect::<Vec<_>>();
    let (here, there) = (numbers(here), numbers(there));
    match numbers(said).as_slice() {
        [number] if here.iter().any(|number| there.contains(number)) => {
            let near = there.into_iter().min_by_key(|other| other.abs_diff(*number));
            near.map(|number| number.to_string()).into_iter().collect()
        }
        _ => said.clone(),
    }
}

fn is_number(question: &Question) -> bool {
    matches!(question.kind, Kind::Number { .. })
}

fn numbers(question: &Question) -> Vec<String> {
    match question.kind {
        Kind::Number { min, max } => (min..=max).map(|number| number.to_string()).collect(),
        _ => vec![],
    }
}

fn all_names(question: &Question) -> Names {
    let options = (0..question.option_count()).map(|option| question.option_id(option).to_owned());
    options.chain(numbers(question)).collect()
}

/// An answer by names.
pub(crate) fn names(question: &Question, given: &Given) -> Names {
    match given {
        Given::Number(number) => Names::from([number.to_string()]),
        Given::Options(options) => options.iter().map(|option| question.option_id(*option).to_owned()).collect(),
    }
}

/// The ways in which two outcomes differ.
pub(crate) fn classes(old: &GenRules, before: &Outcome, after: &Outcome, new: &GenRules) -> BTreeSet<String> {
    let mut classes = BTreeSet::new();
    if before.level != after.level {
        classes.insert(format!("level {:?} {:?}", before.level, after.level));
    }
    let leads = |outcome: &Outcome| -> BTreeSet<usize> { outcome.steps.iter().map(|step| step.2).collect() };
    let (leads_before, leads_after) = (leads(before), leads(after));
    if before.level < Level::Urgent && after.level < Level::Urgent {
        for who in 0..old.professionals.max(new.professionals) {
            match (leads_before.contains(&who), leads_after.contains(&who)) {
                (true, false) => drop(classes.insert(format!("leaves {who}"))),
                (false, true) => drop(classes.insert(format!("joins {who}"))),
                _ => {}
            }
        }
    }
    if before.level == after.level && leads_before == leads_after {
        let set = |steps: &[(usize, usize, usize)]| steps.iter().copied().collect::<BTreeSet<_>>();
        let first = if set(&before.steps) != set(&after.steps) {
            Some("steps")
        } else if before.on_hold != after.on_hold {
            Some("on-hold")
        } else if before.waits != after.waits {
            Some("waits")
        } else if before.flags != after.flags {
            Some("flags")
        } else {
            (before.otherwise != after.otherwise).then_some("otherwise")
        };
        classes.extend(first.map(str::to_owned));
    }
    classes
}
