//! The one symbolic model of a rule set, built when it is first needed and asked again and again.

use std::collections::BTreeMap;
use std::rc::Rc;

use batsat::Lit;

use super::gates::{Family, Found, Gates, Limit};
use super::pair::Pair;
use super::symbolic::{Asked, Cover, Mentions, Outcome, Person, Reading, Scales};
use crate::answers::Answers;
use crate::decide::{Rule, Step, Truth};
use crate::model::{FindingIx, FlagIx, Level, OptionIx, Position, PreferenceIx, QuestionIx, RuleSet, ServiceIx};

/// What proves statements about all possible answers to the questions of a rule set.
pub struct Prover<'r> {
    rules: &'r RuleSet,
    limit: Limit,
    left_out: Option<Family>,
    varied: bool,
    symbolic: Option<Box<Symbolic>>,
}

/// Something that is so or not, for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// A question applies.
    Applies(QuestionIx),
    /// An option is chosen.
    Chosen(QuestionIx, OptionIx),
    /// A finding holds.
    Finding(FindingIx),
    /// A flag, need or preference holds, whether or not that shows.
    Holds(Rule),
    /// A preference decides something in a plan that is shown.
    Decides(PreferenceIx),
    /// The level is at least this.
    LevelAtLeast(Level),
    /// A flag is part of the outcome.
    Flag(FlagIx),
    /// A step is on the plan.
    Step(Step),
    /// A service is on hold.
    OnHold(ServiceIx),
    /// A service waits.
    Waits(ServiceIx),
    /// No need holds.
    Otherwise,
}

/// The clauses of a rule set for one person, and for a second one who differs in one answer.
pub(crate) struct Symbolic {
    pub(crate) gates: Gates,
    pub(crate) scales: Scales,
    pub(crate) mentions: Mentions,
    pub(crate) person: Person,
    pub(crate) reading: Reading,
    /// Made when they are first needed: where only the level matters, a search need not settle who does what.
    ends: Option<(Rc<Cover>, Rc<Outcome>)>,
    /// How many variables that took.
    size: u32,
    /// Second persons who were asked for, by the question that they may answer otherwise.
    pub(super) pairs: BTreeMap<QuestionIx, Pair>,
}

impl<'r> Prover<'r> {
    /// Decisions and conflicts of one search in an interview. Counted, so that an interview repeats; what is not found
    /// by then is asked.
    const STEPS_IN_INTERVIEW: u64 = 20_000;

    /// Proves about `rules`, without limits.
    pub fn new(rules: &'r RuleSet) -> Self {
        Self { rules, limit: Limit::default(), left_out: None, varied: false, symbolic: None }
    }

    /// Proves about `rules` while somebody waits for the next question.
    pub fn for_interview(rules: &'r RuleSet) -> Self {
        let limit = Limit { steps: Some(Self::STEPS_IN_INTERVIEW), deadline: None };
        Self { limit, ..Self::new(rules) }
    }

    /// The same without one family of clauses: wrong on purpose, to show that tests notice.
    #[must_use]
    pub fn without(self, family: Family) -> Self {
        Self { left_out: Some(family), symbolic: None, ..self }
    }

    /// The same with another limit.
    #[must_use]
    pub(crate) fn within(self, limit: Limit) -> Self {
        Self { limit, ..self }
    }

    /// The time is over: no search finds anything any more.
    pub(crate) fn is_late(&self) -> bool {
        self.limit.is_past()
    }

    /// Looks for examples that differ much from each other. Literals from before mean nothing after.
    pub(crate) fn vary(&mut self) {
        self.varied = true;
        self.symbolic = None;
    }

    /// The rule set.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// The clauses.
    pub(crate) fn symbolic(&mut self) -> &mut Symbolic {
        let (rules, limit, left_out, varied) = (self.rules, self.limit, self.left_out, self.varied);
        self.symbolic.get_or_insert_with(|| {
            let mut gates = Gates::new(left_out, varied);
            gates.set_limit(limit);
            Box::new(Symbolic::new(gates, rules, Scales::new(rules)))
        })
    }

    /// Starts anew where other persons and queries have made the clauses much larger than one person's are: a search has
    /// to settle all of them. Literals from before mean nothing after.
    pub(crate) fn trim(&mut self) {
        if self.symbolic.as_ref().is_some_and(|symbolic| symbolic.gates.size() > 2 * symbolic.size) {
            self.symbolic = None;
        }
    }

    /// Some complete sets of answers, at most so many, no two of which the rules could not tell apart.
    pub fn examples(&mut self, most: usize) -> Vec<Answers> {
        let rules = self.rules;
        let symbolic = self.symbolic();
        symbolic.gates.family = Family::Query;
        let query = symbolic.gates.fresh();
        let mut examples = Vec::new();
        while examples.len() < most && symbolic.search(&[query]) == Found::Yes {
            examples.push(symbolic.person.read(&symbolic.gates, rules));
            let answers = symbolic.person.questions.iter().flat_map(Asked::answer);
            let others: Vec<Lit> =
                answers.map(|lit| if symbolic.gates.is(lit) { !lit } else { lit }).chain([!query]).collect();
            symbolic.gates.clause(others);
        }
        symbolic.gates.retire(query);
        examples
    }

    /// Whether something is so in every completion of what was said, in none, or in some; `None` if a limit was reached.
    pub fn truth(&mut self, answers: &Answers, fact: Fact) -> Option<Truth> {
        let rules = self.rules;
        let symbolic = self.symbolic();
        let said = symbolic.person.said(&mut symbolic.gates, rules, answers);
        let fact = symbolic.fact(rules, fact);
        let mut possible = |lit: Lit| {
            let assumptions: Vec<Lit> = said.iter().copied().chain([lit]).collect();
            symbolic.gates.search(&assumptions)
        };
        match (possible(fact), possible(!fact)) {
            (Found::Undecided, _) | (_, Found::Undecided) => None,
            (can, cannot) => Some(Truth::between(cannot == Found::No, can == Found::Yes)),
        }
    }
}

impl Symbolic {
    /// Anybody, under these rules.
    pub(crate) fn new(mut gates: Gates, rules: &RuleSet, scales: Scales) -> Self {
        let person = Person::anybody(&mut gates, rules, &scales);
        let reading = Reading::new(&mut gates, rules, &person);
        let size = gates.size();
        let mentions = Mentions::new(rules);
        Self { gates, scales, mentions, person, reading, ends: None, size, pairs: BTreeMap::new() }
    }

    /// Who does what, and what shows of all that.
    fn ends(&mut self, rules: &RuleSet) -> &(Rc<Cover>, Rc<Outcome>) {
        let Self { gates, reading, ends, size, .. } = self;
        ends.get_or_insert_with(|| {
            let before = gates.size();
            let cover = Cover::new(gates, rules, reading);
            let outcome = Outcome::new(gates, rules, reading, &cover);
            *size += gates.size() - before;
            (Rc::new(cover), Rc::new(outcome))
        })
    }

    /// What the person is sent to.
    pub(crate) fn outcome(&mut self, rules: &RuleSet) -> Rc<Outcome> {
        Rc::clone(&self.ends(rules).1)
    }

    fn fact(&mut self, rules: &RuleSet, fact: Fact) -> Lit {
        let no = self.gates.no();
        let at = |lits: &[Lit], index: usize| lits.get(index).copied();
        match fact {
            Fact::Applies(question) => Some(self.person.asked(question).offer.applies),
            Fact::Chosen(question, option) => self.person.asked(question).chooses(option),
            Fact::Finding(finding) => at(&self.person.findings, finding.index()),
            Fact::Holds(rule) => self.reading.rule(rule),
            Fact::Decides(preference) => Some(self.decides(rules, preference)),
            Fact::LevelAtLeast(level) => Some(self.reading.at_least(level)),
            Fact::Flag(flag) => at(&self.outcome(rules).flags, flag.index()),
            Fact::Step(step) => self.outcome(rules).step(step),
            Fact::OnHold(service) => at(&self.outcome(rules).on_hold, service.index()),
            Fact::Waits(service) => at(&self.outcome(rules).waits, service.index()),
            Fact::Otherwise => Some(self.outcome(rules).otherwise),
        }
        .unwrap_or(no)
    }

    /// A preference decides something in a plan that is shown.
    pub(crate) fn decides(&mut self, rules: &RuleSet, preference: PreferenceIx) -> Lit {
        let (cover, outcome) = self.ends(rules).clone();
        self.gates.family = Family::Shown;
        let decides = cover.phases.iter().flat_map(|phase| &phase.decides);
        let decides: Vec<Lit> = decides.filter(|(which, _)| *which == preference).map(|(_, lit)| *lit).collect();
        let somewhere = self.gates.or(decides);
        self.gates.and([somewhere, outcome.plan])
    }

    /// Looks for an example in which all of `given` hold, and so does `lit`.
    pub(crate) fn search_with(&mut self, given: &[Lit], lit: Lit) -> Found {
        let assumptions: Vec<Lit> = given.iter().copied().chain([lit]).collect();
        self.search(&assumptions)
    }

    /// Looks for an example.
    pub(crate) fn search(&mut self, assumptions: &[Lit]) -> Found {
        self.gates.search(assumptions)
    }
}
