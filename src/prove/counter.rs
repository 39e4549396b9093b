//! How many of some literals hold, counted one further at a time.

use batsat::Lit;

use super::gates::{Family, Gates};

/// A counter, literal by literal (Sinz 2005), that grows as far as it is asked: where the least number is looked for that can
/// be, each number costs no more than one pass.
pub(crate) struct Counter {
    lits: Vec<Lit>,
    /// For each literal, that as many of those before it hold as were counted last.
    before: Vec<Lit>,
    /// That at least one holds, at least two and so on.
    reached: Vec<Lit>,
}

impl Counter {
    /// Counts these.
    pub(crate) fn new(gates: &Gates, lits: Vec<Lit>) -> Self {
        Self { before: vec![gates.yes(); lits.len()], lits, reached: Vec::new() }
    }

    /// How many literals there are.
    pub(crate) fn len(&self) -> usize {
        self.lits.len()
    }

    /// At most so many hold.
    pub(crate) fn at_most(&mut self, gates: &mut Gates, most: usize) -> Lit {
        gates.family = Family::Query;
        while self.reached.len() <= most {
            let mut reached = gates.no();
            for (lit, before) in self.lits.iter().zip(&mut self.before) {
                let now = gates.and([*before, *lit]);
                *before = reached;
                reached = gates.or([reached, now]);
            }
            self.reached.push(reached);
        }
        self.reached.get(most).map_or(gates.yes(), |more| !*more)
    }
}
