//! One person under a rule set and under a mutant of it, in one solver.
//!
//! The answers are the same literals, and gates are made only once, so that of the mutant only what hangs on the change
//! is new. Where a change decides what applies, the second person hears the answers of the first as a case file would be
//! heard: as far as they count; the rest is answered freely.

use batsat::Lit;

use super::mutant::{Edit, Mutant};
use crate::answers::Answers;
use crate::model::{Condition, Kind, Position, RuleSet, Site, Test};
use crate::prove::gates::{Family, Found, Gates, Limit};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Asked, Cover, Offer, Outcome, Person, Reading, Scales};

/// A rule set as clauses, beside which mutants are put one after the other.
pub(super) struct Twins<'r> {
    rules: &'r RuleSet,
    scales: Scales,
    limit: Limit,
    symbolic: Symbolic,
    /// How many variables the rule set alone takes.
    size: u32,
}

/// Whether somebody tells a rule set and a mutant apart.
pub(super) enum Apart {
    /// Complete answers under the rules as they are, and what the same person answers under the mutant.
    By(Answers, Answers),
    /// Nobody does: that is proved.
    Nobody,
    /// A limit was reached first.
    Undecided,
}

impl<'r> Twins<'r> {
    /// Ready for some mutants.
    pub(super) fn new<'m>(rules: &'r RuleSet, mutants: impl Iterator<Item = &'m Mutant>, limit: Limit) -> Self {
        let mut scales = Scales::new(rules);
        for condition in mutants.filter_map(Mutant::condition) {
            add_bounds(rules, condition, &mut scales);
        }
        let symbolic = symbolic(rules, &scales, limit);
        let size = symbolic.gates.size();
        Self { rules, scales, limit, symbolic, size }
    }

    /// Looks for somebody whose outcome a mutant changes. `changed` is the rule set with the change.
    pub(super) fn apart(&mut self, mutant: &Mutant, changed: &RuleSet) -> Apart {
        // A search has to settle all variables, those of earlier mutants too.
        if self.symbolic.gates.size() > 2 * self.size {
            self.symbolic = symbolic(self.rules, &self.scales, self.limit);
        }
        // Somebody who has nothing else to answer is looked for first: the second person hangs on the first alone then.
        match self.apart_with(Second::Hears, mutant, changed) {
            (Apart::Nobody, true) => self.apart_with(Second::Adds, mutant, changed).0,
            (apart, _) => apart,
        }
    }

    /// Looks for two such persons, and says whether the mutant offers anything else to anybody.
    fn apart_with(&mut self, how: Second, mutant: &Mutant, changed: &RuleSet) -> (Apart, bool) {
        let outcome = self.symbolic.outcome(self.rules);
        let Symbolic { gates, person, reading, .. } = &mut self.symbolic;
        let (mut wanted, mut adding) = (Vec::new(), Vec::new());
        let second = Person::answering(gates, changed, |gates, position, question, offer| {
            let first = person.asked(position);
            if first.offer == offer {
                return first.clone();
            }
            let heard = heard(gates, first, offer);
            let answered = heard.answered(gates);
            adding.push(gates.and([heard.offer.applies, !answered]));
            match how {
                Second::Hears => heard,
                Second::Adds => {
                    let asked = Asked::free(gates, question, self.scales.of(position), heard.offer.clone());
                    let same = heard.equals(gates, &asked);
                    wanted.push(gates.or([!answered, same]));
                    asked
                }
            }
        });
        let offers_otherwise = !adding.is_empty();
        let adds = gates.or(adding);
        let other = Reading::new(gates, changed, &second);
        let hinge = hinge(gates, &mutant.edit, (&*person, &*reading), (&second, &other));
        let cover = Cover::new(gates, changed, &other);
        let ends = Outcome::new(gates, changed, &other, &cover);
        let differs = outcome.differs(gates, &ends);
        // Where the search begins is said first.
        wanted.splice(0..0, [hinge, differs, if how == Second::Adds { adds } else { !adds }]);
        if wanted.contains(&gates.no()) {
            return (Apart::Nobody, offers_otherwise);
        }
        let apart = match gates.search(&wanted) {
            Found::Yes => Apart::By(person.read(gates, self.rules), second.read(gates, changed)),
            Found::No => Apart::Nobody,
            Found::Undecided => Apart::Undecided,
        };
        (apart, offers_otherwise)
    }
}

/// How the second person answers what the mutant offers otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Second {
    /// With what the first said, as far as it counts; that is enough.
    Hears,
    /// So, too; and something to which nothing counts is answered freely.
    Adds,
}

/// What must be so if anything is to differ: the condition that was changed holds on one side only, or the rule or service
/// that was changed is in play. It follows from a difference; said beforehand, it leads the search there.
fn hinge(
    gates: &mut Gates,
    edit: &Edit,
    (person, reading): (&Person, &Reading),
    (second, other): (&Person, &Reading),
) -> Lit {
    gates.family = Family::Query;
    let at = |lits: &[Lit], place: usize| lits.get(place).copied();
    let pair = |one: &[Lit], other: &[Lit], place: usize| at(one, place).zip(at(other, place));
    let pairs: Vec<(Lit, Lit)> = match edit {
        Edit::Condition(Site::Question(question) | Site::Option(question, _), _) => {
            let (one, other) = (&person.asked(*question).offer, &second.asked(*question).offer);
            one.options
                .iter()
                .chain([&one.applies])
                .copied()
                .zip(other.options.iter().chain([&other.applies]).copied())
                .collect()
        }
        Edit::Condition(Site::Finding(row), _) => {
            pair(&person.findings, &second.findings, row.index()).into_iter().collect()
        }
        Edit::Condition(Site::Flag(row) | Site::Unless(row), _) => {
            pair(&reading.flags, &other.flags, row.index()).into_iter().collect()
        }
        Edit::Condition(Site::Need(row), _) => pair(&reading.needs, &other.needs, row.index()).into_iter().collect(),
        Edit::Condition(Site::Preference(row), _) => {
            pair(&reading.preferences, &other.preferences, row.index()).into_iter().collect()
        }
        Edit::Holds(flag, _) | Edit::Level(flag, _) => return at(&reading.flags, flag.index()).unwrap_or(gates.yes()),
        Edit::Scope(service, ..) => return at(&reading.needed, service.index()).unwrap_or(gates.yes()),
        Edit::NeedPhase(need, _) => return at(&reading.needs, need.index()).unwrap_or(gates.yes()),
        Edit::PreferencePhase(row, _) => return at(&reading.preferences, row.index()).unwrap_or(gates.yes()),
    };
    let differ: Vec<Lit> = pairs.into_iter().map(|(one, other)| !gates.same(one, other)).collect();
    gates.or(differ)
}

fn symbolic(rules: &RuleSet, scales: &Scales, limit: Limit) -> Symbolic {
    let mut gates = Gates::new(None, false);
    gates.set_limit(limit);
    let mut symbolic = Symbolic::new(gates, rules, scales.clone());
    // Every mutant is compared with it, so that it counts to what is there from the start.
    symbolic.outcome(rules);
    symbolic
}

/// Adds the numbers at which something changes in a condition.
fn add_bounds(rules: &RuleSet, condition: &Condition, scales: &mut Scales) {
    condition.visit(&mut |part| {
        if let Test::Number { question, at_least, at_most } = &part.test
            && let Kind::Number(range) = &rules.questions()[*question].kind
        {
            scales.add(*question, range, *at_least);
            scales.add(*question, range, at_most.saturating_add(1));
        }
    });
}

/// The answer of the first person as far as it counts where this is offered. Nothing is chosen where nothing of it does.
fn heard(gates: &mut Gates, first: &Asked, offer: Offer) -> Asked {
    gates.family = Family::Query;
    let said = first.chosen.iter().zip(first.offer.options.iter().zip(&offer.options));
    // Whatever is chosen is offered.
    let chosen =
        said.map(|(said, (before, now))| if before == now { *said } else { gates.and([*said, *now]) }).collect();
    let number = gates.and([first.number, offer.applies]);
    let at_least = first.at_least.iter().map(|(bound, reached)| (*bound, gates.and([*reached, number]))).collect();
    Asked { offer, chosen, number, at_least }
}
