//! What becomes of each mutant: cases first, since that is quick, then the solver, since that is exact.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::time::Instant;

use super::kill::{Noticed, Passing, noticed};
use super::mutant::{Mutant, bare};
use super::smallest::smallest;
use super::twins::{Apart, Twins};
use crate::answers::Answers;
use crate::cases::Case;
use crate::decide::{Outcome, outcome};
use crate::model::RuleSet;
use crate::parallel;
use crate::prove::gates::Limit;

/// A mutant, and what became of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The mutant.
    pub mutant: Mutant,
    /// What became of it.
    pub verdict: Verdict,
}

/// What becomes of a mutant.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// A case that passes fails under it.
    Killed {
        /// Which, by its place among the cases.
        by: usize,
    },
    /// Whatever is answered, the outcome is the same: that is proved.
    Equivalent,
    /// No case fails, and there is somebody whose outcome it changes.
    Survived(Box<Survivor>),
    /// The time was up first.
    Undecided,
}

/// Answers that would kill a mutant, none of which can be left out.
#[derive(Debug, Clone)]
pub struct Survivor {
    /// The answers. They settle the outcome under the rules as they are.
    pub answers: Answers,
    /// What comes of them.
    pub before: Outcome,
    /// What comes of them under the mutant; `None` if they do not settle that.
    pub after: Option<Outcome>,
    /// A case that ends otherwise under the mutant and does not look at what changes, by its place among the cases.
    pub otherwise: Option<usize>,
}

/// How judging is done.
#[derive(Debug, Clone, Copy)]
pub struct Means {
    /// On so many threads; the verdicts are the same on any number.
    pub threads: NonZeroUsize,
    /// Until then.
    pub deadline: Option<Instant>,
}

/// So many mutants share a solver. What examples it finds hangs on what it was asked before: so that they are the same every
/// time, they must not hang on which thread was free.
const TOGETHER: usize = 64;
/// The share of all work that trying the cases is.
const CASES_SHARE: f64 = 0.3;

/// Judges all mutants.
pub(super) fn all(
    rules: &RuleSet,
    cases: &[&Case],
    means: Means,
    progress: &mut (dyn FnMut(f64) + Send),
) -> Vec<Judged> {
    let Means { threads, deadline } = means;
    let is_late = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    let bare = bare(rules);
    let mutants = Mutant::all(rules);
    let passing = Passing::all(rules, cases);
    let told = Told { progress: Mutex::new((0, progress)) };
    let tried = parallel::each(threads, mutants.len(), |place| {
        let mutant = mutants.get(place).filter(|_| !is_late())?;
        let changed = mutant.applied(&bare);
        told.one_of(mutants.len(), 0.0, CASES_SHARE);
        Some(match noticed(&changed, &passing) {
            Noticed::Killed(by) => Tried::Judged(Verdict::Killed { by }),
            Noticed::Nothing => Tried::Quiet(None),
            Noticed::Otherwise(by) => match smallest(&bare, &changed, &by.case.answers) {
                Some(found) => Tried::Judged(survived(found, Some(by.place()))),
                // It takes a proof to see what comes of the case.
                None => Tried::Quiet(Some(by.place())),
            },
        })
    });
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(mutants.len());
    let mut quiet: Vec<(usize, Option<usize>)> = Vec::new();
    for (place, tried) in tried.into_iter().enumerate() {
        verdicts.push(match tried {
            Some(Tried::Judged(verdict)) => verdict,
            Some(Tried::Quiet(otherwise)) => {
                quiet.push((place, otherwise));
                Verdict::Undecided
            }
            None => Verdict::Undecided,
        });
    }
    told.again();
    let groups: Vec<&[(usize, Option<usize>)]> = quiet.chunks(TOGETHER).collect();
    let proved = parallel::each(threads, groups.len(), |group| {
        let group = groups.get(group).copied().unwrap_or_default();
        let of_group = || group.iter().filter_map(|(place, _)| mutants.get(*place));
        if is_late() {
            return Vec::new();
        }
        let mut twins = Twins::new(&bare, of_group(), Limit { steps: None, deadline });
        let mut met = Vec::new();
        let judge = |(mutant, (place, otherwise)): (&Mutant, &(usize, Option<usize>))| {
            let verdict =
                if is_late() { Verdict::Undecided } else { proved(&bare, &mut twins, &mut met, mutant, *otherwise) };
            told.one_of(quiet.len(), CASES_SHARE, 1.0);
            (*place, verdict)
        };
        of_group().zip(group).map(judge).collect()
    });
    for (place, verdict) in proved.into_iter().flatten() {
        if let Some(judged) = verdicts.get_mut(place) {
            *judged = verdict;
        }
    }
    mutants.into_iter().zip(verdicts).map(|(mutant, verdict)| Judged { mutant, verdict }).collect()
}

/// What trying the cases came to.
enum Tried {
    /// All is known.
    Judged(Verdict),
    /// No case fails; one may end otherwise.
    Quiet(Option<usize>),
}

/// What a proof says of a mutant that no case kills. People whom proofs came upon are tried first: who tells one mutant
/// apart often tells its neighbours apart, too.
fn proved(
    rules: &RuleSet,
    twins: &mut Twins<'_>,
    met: &mut Vec<(Answers, Outcome)>,
    mutant: &Mutant,
    otherwise: Option<usize>,
) -> Verdict {
    let changed = mutant.applied(rules);
    let ends_otherwise =
        |(answers, before): &&(Answers, Outcome)| outcome(&changed, answers).is_some_and(|after| after != *before);
    if let Some((answers, _)) = met.iter().find(ends_otherwise)
        && let Some(found) = smallest(rules, &changed, answers)
    {
        return survived(found, otherwise);
    }
    match twins.apart(mutant, &changed) {
        Apart::Nobody => Verdict::Equivalent,
        Apart::Undecided => Verdict::Undecided,
        Apart::By(mut answers, second) => {
            met.extend(outcome(rules, &answers).map(|outcome| (answers.clone(), outcome)));
            // What applies only under the mutant is answered there alone.
            for (question, answer) in second.iter() {
                if answers.get(question).is_none() {
                    // An answer of an example fits its question.
                    let _ = answers.set(rules, question, answer);
                }
            }
            smallest(rules, &changed, &answers).map_or(Verdict::Undecided, |found| survived(found, otherwise))
        }
    }
}

fn survived(found: Survivor, otherwise: Option<usize>) -> Verdict {
    Verdict::Survived(Box::new(Survivor { otherwise, ..found }))
}

/// How far the work has come.
struct Told<'p> {
    progress: Mutex<(u32, &'p mut (dyn FnMut(f64) + Send))>,
}

impl Told<'_> {
    /// One of so many is done, in a part of the work that goes from one share to another.
    fn one_of(&self, count: usize, from: f64, to: f64) {
        if let Ok(mut told) = self.progress.lock() {
            told.0 += 1;
            let share = f64::from(told.0) / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
            (told.1)(from + (to - from) * share.min(1.0));
        }
    }

    /// The next part of the work begins.
    fn again(&self) {
        if let Ok(mut told) = self.progress.lock() {
            told.0 = 0;
        }
    }
}
