//! What would change the recommendation: the smallest changes of answers that lead to another one.

use std::cmp::Reverse;

use batsat::Lit;

use super::alternative::Alternative;
use crate::answers::Answers;
use crate::decide::{Recommendation, outcome};
use crate::model::QuestionIx;
use crate::prove::Prover;
use crate::prove::counter::Counter;
use crate::prove::gates::{Family, Found};
use crate::prove::nearest::Distance;

/// The changes of answers that change the recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// What is recommended now.
    pub now: Recommendation,
    /// What can be recommended instead: what takes the fewest changed answers first, of that what turns the fewest ticks and
    /// brings up the fewest questions.
    pub groups: Vec<Group>,
    /// What can be recommended beside that; it takes as many changed answers as the last group, or more.
    pub rest: Rest,
}

/// Another recommendation, and the smallest changes that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What would be recommended.
    pub recommendation: Recommendation,
    /// So many answers have to change, and no fewer; answers to what was not answered before are not counted.
    pub differ: usize,
    /// Changes of so many answers that lead there, no two of them of the same questions; those that turn the fewest ticks and
    /// bring up the fewest questions come first. At least one, unless a limit was reached.
    pub alternatives: Vec<Alternative>,
    /// What other questions so many changes could be of.
    pub rest: Rest,
}

/// What a list leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing: that is proved.
    Nothing,
    /// There is more than was to be listed.
    More,
    /// A limit was reached before that was known.
    Undecided,
}

/// How much is looked for. Beside that each search has the limit of its prover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// At most so many recommendations.
    pub groups: usize,
    /// At most so many changes for each.
    pub alternatives: usize,
}

impl Default for Extent {
    fn default() -> Self {
        Self { groups: 12, alternatives: 4 }
    }
}

impl WhatIf {
    /// Looks for the changes of `answers` that change the recommendation; `None` if they do not settle it, or a limit was
    /// reached before that was known.
    pub fn new(prover: &mut Prover<'_>, answers: &Answers, extent: Extent) -> Option<Self> {
        prover.trim();
        let now = prover.recommendation(answers)?;
        let mut search = Search::new(prover, answers);
        let (others, rest) = search.others(&now, extent.groups);
        let group = |(differ, recommendation): (usize, Recommendation)| {
            let (alternatives, rest) = search.alternatives(&recommendation, differ, extent.alternatives);
            Group { recommendation, differ, alternatives, rest }
        };
        Some(Self { now, groups: others.into_iter().map(group).collect(), rest })
    }
}

/// A search among all people for those who answer almost as somebody does.
struct Search<'s, 'r> {
    prover: &'s mut Prover<'r>,
    answers: &'s Answers,
    distance: Distance,
    changes: Counter,
}

impl<'s, 'r> Search<'s, 'r> {
    fn new(prover: &'s mut Prover<'r>, answers: &'s Answers) -> Self {
        let rules = prover.rules();
        let distance = Distance::new(prover.symbolic(), rules, answers);
        let changes = distance.changes(prover.symbolic());
        Self { prover, answers, distance, changes }
    }

    /// Other recommendations, each with how many answers have to change: the fewest first, of those the least effort, of
    /// those the gravest.
    fn others(&mut self, now: &Recommendation, most: usize) -> (Vec<(usize, Recommendation)>, Rest) {
        let another = self.prover.symbolic().gates.fresh();
        self.exclude(another, now);
        let mut all = Vec::new();
        let mut rest = Rest::Nothing;
        for differ in 1..=self.changes.len() {
            // Whether there is another one at all comes first, so that nothing is counted in vain.
            match self.prover.symbolic().search(&[another]) {
                Found::Yes => {}
                Found::No => break,
                Found::Undecided => {
                    rest = Rest::Undecided;
                    break;
                }
            }
            let given = [another, self.at_most(differ)];
            let (mut found, left) = self.by_effort(&given, most - all.len(), |search| {
                let recommendation = search.recommended()?;
                search.exclude(another, &recommendation);
                Some(recommendation)
            });
            found.sort_by_key(|(effort, other)| (*effort, Reverse(other.level), other.leads.clone(), other.otherwise));
            all.extend(found.into_iter().map(|(_, recommendation)| (differ, recommendation)));
            rest = left;
            if rest != Rest::Nothing {
                break;
            }
        }
        self.prover.symbolic().gates.retire(another);
        (all, rest)
    }

    /// Changes of so many answers that lead to a recommendation, those of the least effort; none of fewer does.
    fn alternatives(
        &mut self,
        recommendation: &Recommendation,
        differ: usize,
        most: usize,
    ) -> (Vec<Alternative>, Rest) {
        let rules = self.prover.rules();
        let symbolic = self.prover.symbolic();
        let recommended = symbolic.recommends(rules, recommendation);
        let other_questions = symbolic.gates.fresh();
        let given = [recommended, self.at_most(differ), other_questions];
        let (mut sets, mut rest) = self.by_effort(&given, most, |search| {
            let symbolic = search.prover.symbolic();
            let changed = search.distance.changed(symbolic);
            let differs = search.distance.differs.iter().filter(|(question, _)| changed.contains(question));
            let others = differs.map(|(_, differs)| !*differs).chain([!other_questions]);
            symbolic.gates.family = Family::Query;
            symbolic.gates.clause(others);
            Some(changed)
        });
        self.prover.symbolic().gates.retire(other_questions);
        sets.sort_unstable();
        let mut alternatives = Vec::new();
        for (_, changed) in sets {
            match self.alternative(recommendation, recommended, &changed) {
                Some(alternative) => alternatives.push(alternative),
                None => rest = Rest::Undecided,
            }
        }
        (alternatives, rest)
    }

    /// What `take` makes of the people found of whom all of `given` hold, the least effort first, each with the effort;
    /// `take` must see to it that nobody is found again.
    fn by_effort<T>(
        &mut self,
        given: &[Lit],
        most: usize,
        mut take: impl FnMut(&mut Self) -> Option<T>,
    ) -> (Vec<(usize, T)>, Rest) {
        let mut found = Vec::new();
        let mut effort = 0;
        let mut bound = None;
        loop {
            let symbolic = self.prover.symbolic();
            match (symbolic.search(&given.iter().copied().chain(bound).collect::<Vec<Lit>>()), bound) {
                (Found::Yes, _) if found.len() == most => return (found, Rest::More),
                (Found::Yes, None) => bound = Some(self.distance.effort.at_most(&mut symbolic.gates, effort)),
                (Found::Yes, Some(_)) => match take(self) {
                    Some(taken) => found.push((effort, taken)),
                    None => return (found, Rest::Undecided),
                },
                (Found::No, None) => return (found, Rest::Nothing),
                // Whether there is somebody at all is asked again where somebody was found before.
                (Found::No, Some(_)) => {
                    let before = found.last().is_some_and(|(last, _)| *last == effort);
                    effort += 1;
                    bound = (!before).then(|| self.distance.effort.at_most(&mut symbolic.gates, effort));
                }
                (Found::Undecided, _) => return (found, Rest::Undecided),
            }
        }
    }

    /// The smallest change of the answers to just these questions that leads to a recommendation.
    fn alternative(
        &mut self,
        recommendation: &Recommendation,
        recommended: Lit,
        changed: &[QuestionIx],
    ) -> Option<Alternative> {
        let rules = self.prover.rules();
        let differs = self.distance.differs.iter();
        let differs = differs.map(|(question, differs)| if changed.contains(question) { *differs } else { !*differs });
        let wanted = differs.chain([recommended]).collect();
        let change = self.distance.closest(self.prover, self.answers, wanted, |prover, answers| {
            prover.is_recommended(answers, recommendation)
        })?;
        Some(Alternative::new(rules, self.answers, change, recommendation))
    }

    /// What is recommended to the person found last.
    fn recommended(&mut self) -> Option<Recommendation> {
        let rules = self.prover.rules();
        let symbolic = self.prover.symbolic();
        let complete = symbolic.person.read(&symbolic.gates, rules);
        outcome(rules, &complete).map(|outcome| Recommendation::of(&outcome))
    }

    /// Nobody is looked for any more to whom this is recommended.
    fn exclude(&mut self, query: Lit, recommendation: &Recommendation) {
        let rules = self.prover.rules();
        let symbolic = self.prover.symbolic();
        let recommended = symbolic.recommends(rules, recommendation);
        symbolic.gates.family = Family::Query;
        symbolic.gates.clause([!query, !recommended]);
    }

    /// At most so many answers change.
    fn at_most(&mut self, differ: usize) -> Lit {
        self.changes.at_most(&mut self.prover.symbolic().gates, differ)
    }
}
