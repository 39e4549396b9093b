//! A SAT solver that is spoken to in gates: a literal for "all of these", "one of these", "at least so many", each made
//! only once.
//!
//! Gates are turned into clauses as Tseitin did (1968), in both directions, so that a literal can be asked for and
//! asked against. Equal gates share a literal, which keeps two persons who differ in one answer close together.

use std::cell::Cell;
use std::collections::HashMap;
use std::time::Instant;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};

/// What a clause is about. A test leaves out one family at a time, and must notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A question that applies has an answer.
    Answered,
    /// One option at most where one is taken; `none` excludes all others.
    Exclusive,
    /// Only what applies is chosen.
    Offered,
    /// A number that is at least four is at least three.
    Order,
    /// Which questions and options apply.
    Applies,
    /// Findings, and the conditions of rules.
    Conditions,
    /// Which services are needed, and in which phase.
    Demand,
    /// Which flags count, and what level that makes.
    Level,
    /// What is on hold and what waits.
    Held,
    /// Which sets of professionals give every service a candidate, and which of them are smallest.
    Cover,
    /// What preferences keep of them.
    Preferred,
    /// Which of them are known from earlier phases.
    Familiar,
    /// Which of them comes first in file order.
    First,
    /// Who leads a service.
    Lead,
    /// What the outcome shows of all that.
    Shown,
    /// What a query asks for.
    Query,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Answered,
        Self::Exclusive,
        Self::Offered,
        Self::Order,
        Self::Applies,
        Self::Conditions,
        Self::Demand,
        Self::Level,
        Self::Held,
        Self::Cover,
        Self::Preferred,
        Self::Familiar,
        Self::First,
        Self::Lead,
        Self::Shown,
        Self::Query,
    ];
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is an example; [`Gates::is`] reads it.
    Yes,
    /// There is none: that is a proof.
    No,
    /// A limit was reached first.
    Undecided,
}

/// How far a search may go.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Limit {
    /// Decisions and conflicts of one search; `None` is without end. Counted, so that runs repeat.
    pub(crate) steps: Option<u64>,
    /// The time at which all searching ends.
    pub(crate) deadline: Option<Instant>,
}

impl Limit {
    /// The time is over.
    pub(crate) fn is_past(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// Stops a search at its limit.
#[derive(Default)]
struct Watch {
    limit: Limit,
    steps: Cell<u64>,
    over: Cell<bool>,
}

impl Callbacks for Watch {
    fn on_start(&mut self) {
        self.steps.set(0);
        self.over.set(false);
    }

    fn stop(&self) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        // The clock is looked at now and then only; also at the first step, for searches that need few.
        let late = || steps % 256 == 1 && self.limit.is_past();
        if self.limit.steps.is_some_and(|most| steps > most) || late() {
            self.over.set(true);
        }
        self.over.get()
    }
}

/// A solver and the gates made in it.
pub(crate) struct Gates {
    solver: Solver<Watch>,
    truth: Lit,
    ands: HashMap<Vec<Lit>, Lit>,
    sames: HashMap<(Lit, Lit), Lit>,
    /// What the clauses made now are about.
    pub(crate) family: Family,
    left_out: Option<Family>,
}

impl Gates {
    /// No gates yet. Clauses of the family `left_out` are not made.
    ///
    /// `varied` makes examples differ much from each other, where many are wanted; proofs are then found more slowly.
    pub(crate) fn new(left_out: Option<Family>, varied: bool) -> Self {
        let mut solver = Solver::new(SolverOpts { rnd_pol: varied, ..SolverOpts::default() }, Watch::default());
        let truth = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![truth]);
        Self { solver, truth, ands: HashMap::new(), sames: HashMap::new(), family: Family::Query, left_out }
    }

    /// No gates yet, under the same limit.
    pub(crate) fn anew(&self) -> Self {
        let mut gates = Self::new(self.left_out, false);
        gates.set_limit(self.solver.cb().limit);
        gates
    }

    /// How far each search may go from now on.
    pub(crate) fn set_limit(&mut self, limit: Limit) {
        self.solver.cb_mut().limit = limit;
    }

    /// How many variables there are: a search has to settle all of them, needed or not.
    pub(crate) fn size(&self) -> u32 {
        self.solver.num_vars()
    }

    /// The literal that always holds.
    pub(crate) fn yes(&self) -> Lit {
        self.truth
    }

    /// The literal that never holds.
    pub(crate) fn no(&self) -> Lit {
        !self.truth
    }

    /// A literal about which nothing is said.
    pub(crate) fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// One of these holds, in every example.
    pub(crate) fn clause(&mut self, lits: impl IntoIterator<Item = Lit>) {
        if self.left_out != Some(self.family) {
            self.solver.add_clause_reuse(&mut lits.into_iter().collect());
        }
    }

    /// All of these hold.
    pub(crate) fn and(&mut self, lits: impl IntoIterator<Item = Lit>) -> Lit {
        let (yes, no) = (self.yes(), self.no());
        let mut inputs: Vec<Lit> = lits.into_iter().filter(|lit| *lit != yes).collect();
        inputs.sort_unstable();
        inputs.dedup();
        // A literal and its opposite differ in the last bit, so that they stand side by side.
        if inputs.contains(&no) || inputs.windows(2).any(|pair| matches!(pair, [one, other] if *one == !*other)) {
            return no;
        }
        match inputs.as_slice() {
            [] => return yes,
            [only] => return *only,
            _ => {}
        }
        if let Some(made) = self.ands.get(&inputs) {
            return *made;
        }
        let all = self.fresh();
        for input in &inputs {
            self.clause([!all, *input]);
        }
        self.clause(inputs.iter().map(|input| !*input).chain([all]));
        self.ands.insert(inputs, all);
        all
    }

    /// One of these holds, or more.
    pub(crate) fn or(&mut self, lits: impl IntoIterator<Item = Lit>) -> Lit {
        !self.and(lits.into_iter().map(|lit| !lit))
    }

    /// Both hold or neither does.
    pub(crate) fn same(&mut self, one: Lit, other: Lit) -> Lit {
        if one == other {
            return self.yes();
        }
        if one == !other {
            return self.no();
        }
        for (constant, rest) in [(one, other), (other, one)] {
            if constant == self.yes() {
                return rest;
            }
            if constant == self.no() {
                return !rest;
            }
        }
        // The gate is kept for two positive literals in order; a sign on either turns it round.
        let (low, high) = if one.var().idx() < other.var().idx() { (one, other) } else { (other, one) };
        let (a, b) = (Lit::new(low.var(), true), Lit::new(high.var(), true));
        let made = match self.sames.get(&(a, b)) {
            Some(made) => *made,
            None => {
                let made = self.fresh();
                self.clause([!made, !a, b]);
                self.clause([!made, a, !b]);
                self.clause([made, a, b]);
                self.clause([made, !a, !b]);
                self.sames.insert((a, b), made);
                made
            }
        };
        if low.sign() == high.sign() { made } else { !made }
    }

    /// At least `least` of these hold: a counter, literal by literal (Sinz 2005).
    pub(crate) fn at_least(&mut self, least: usize, lits: &[Lit]) -> Lit {
        if least == 0 {
            return self.yes();
        }
        // reached[n]: at least n + 1 of those looked at so far.
        let mut reached = vec![self.no(); least.min(lits.len())];
        for lit in lits {
            for count in (0..reached.len()).rev() {
                let before = match count.checked_sub(1) {
                    Some(fewer) => reached.get(fewer).copied().unwrap_or(self.no()),
                    None => self.yes(),
                };
                let now = self.and([before, *lit]);
                if let Some(place) = reached.get_mut(count) {
                    *place = self.or([*place, now]);
                }
            }
        }
        reached.get(least - 1).copied().unwrap_or(self.no())
    }

    /// Looks for an example in which all of `assumptions` hold.
    pub(crate) fn search(&mut self, assumptions: &[Lit]) -> Found {
        match self.solver.solve_limited(assumptions) {
            found if found == lbool::TRUE => Found::Yes,
            found if found == lbool::FALSE => Found::No,
            _ => Found::Undecided,
        }
    }

    /// Whether a literal holds in the example found last.
    pub(crate) fn is(&self, lit: Lit) -> bool {
        self.solver.value_lit(lit) == lbool::TRUE
    }

    /// Of the assumptions of the last search, which found nothing, those that it took to see that.
    pub(crate) fn in_conflict(&self, assumption: Lit) -> bool {
        self.solver.unsat_core().iter().any(|lit| lit.var() == assumption.var())
    }

    /// Takes a query off for good, so that it costs nothing any more.
    pub(crate) fn retire(&mut self, query: Lit) {
        self.solver.add_clause_reuse(&mut vec![!query]);
    }
}
