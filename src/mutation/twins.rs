//! One person under a rule set and under a mutant of it, in one solver.
//!
//! The answers are the same literals, and gates are made only once, so that of the mutant only what hangs on the change
//! is new. Where a change decides what applies, the second person hears the answers of the first as a case file would be
//! heard: as far as they count; the rest is answered freely.

use batsat::Lit;

use super::mutant::Mutant;
use crate::answers::Answers;
use crate::model::{Condition, Kind, Position, Question, RuleSet, Test};
use crate::prove::gates::{Family, Found, Gates, Limit};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Asked, Cover, Outcome, Person, Reading, Scales};

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

    /// Looks for somebody whose outcome the mutant changes.
    pub(super) fn apart(&mut self, mutant: &RuleSet) -> Apart {
        // A search has to settle all variables, those of earlier mutants too.
        if self.symbolic.gates.size() > self.size + self.size / 2 {
            self.symbolic = symbolic(self.rules, &self.scales, self.limit);
        }
        let Symbolic { gates, person, outcome, .. } = &mut self.symbolic;
        let (mut wanted, mut plainly) = (Vec::new(), Vec::new());
        let second = Person::answering(gates, mutant, |gates, position, question, offer| {
            let first = person.asked(position);
            if first.offer == offer {
                return first.clone();
            }
            let asked = Asked::free(gates, question, self.scales.of(position), offer);
            let (hears, counts) = hears(gates, question, first, &asked);
            wanted.push(hears);
            plainly.push(gates.or([!first.offer.applies, !asked.offer.applies, counts]));
            asked
        });
        let reading = Reading::new(gates, mutant, &second);
        let cover = Cover::new(gates, mutant, &reading);
        let other = Outcome::new(gates, mutant, &reading, &cover);
        let differs = outcome.differs(gates, &other);
        if differs == gates.no() {
            return Apart::Nobody;
        }
        wanted.push(differs);
        // Somebody all of whose answers count under both is shown rather than somebody who has to answer more.
        let counting = [wanted.as_slice(), plainly.as_slice()].concat();
        let mut found = gates.search(&counting);
        if found == Found::No && !plainly.is_empty() {
            found = gates.search(&wanted);
        }
        match found {
            Found::Yes => Apart::By(person.read(gates, self.rules), second.read(gates, mutant)),
            Found::No => Apart::Nobody,
            Found::Undecided => Apart::Undecided,
        }
    }
}

fn symbolic(rules: &RuleSet, scales: &Scales, limit: Limit) -> Symbolic {
    let mut gates = Gates::new(None, false);
    gates.set_limit(limit);
    Symbolic::new(gates, rules, scales.clone())
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

/// That the second person gives the answer of the first, as far as it counts; if nothing of it does, any answer. And that
/// something of it does.
fn hears(gates: &mut Gates, question: &Question, first: &Asked, second: &Asked) -> (Lit, Lit) {
    gates.family = Family::Query;
    let (mut counting, mut exactly) = (Vec::new(), Vec::new());
    for (option, _) in question.choices() {
        let (Some(said), Some(chosen)) = (first.chooses(option), second.chooses(option)) else {
            continue;
        };
        let offered = second.offer.options.get(option.index()).copied().unwrap_or(gates.no());
        let counts = gates.and([said, offered]);
        counting.push(counts);
        exactly.push(gates.same(counts, chosen));
    }
    let number = gates.and([first.number, second.offer.applies]);
    counting.push(number);
    exactly.push(gates.same(number, second.number));
    for ((_, one), (_, other)) in first.at_least.iter().zip(&second.at_least) {
        let reached = gates.and([*one, number]);
        exactly.push(gates.same(reached, *other));
    }
    let counts = gates.or(counting);
    let exactly = gates.and(exactly);
    (gates.or([!counts, exactly]), counts)
}
