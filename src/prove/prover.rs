//! The one symbolic model of a rule set, built when it is first needed and asked again and again.

use std::collections::BTreeMap;

use batsat::Lit;

use super::gates::{Family, Found, Gates, Limit};
use super::symbolic::{Asked, Cover, Mentions, Offer, Outcome, Person, Reading, Scales};
use crate::answers::Answers;
use crate::decide::{Rule, Step, Truth};
use crate::model::{FindingIx, FlagIx, Level, OptionIx, Position, Question, QuestionIx, Role, RuleSet, ServiceIx};

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
    Decides(crate::model::PreferenceIx),
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
    pub(crate) cover: Cover,
    pub(crate) outcome: Outcome,
    /// How many variables that took.
    size: u32,
    pairs: BTreeMap<QuestionIx, Pair>,
}

/// A second person who may answer one question otherwise than the first. All other questions that apply to both they
/// answer alike, as long as [`Pair::agree`] is assumed.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The second person.
    pub(crate) other: Person,
    pub(crate) reading: Reading,
    /// For each question that may apply to one and not the other, that the answers are alike if it applies to both.
    pub(crate) agree: Vec<(QuestionIx, Lit)>,
    /// The outcomes differ; made when it is first asked for.
    differs: Option<Lit>,
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

    /// Looks for examples that differ much from each other, or not any more. Literals from before mean nothing after.
    pub(crate) fn vary(&mut self, varied: bool) {
        self.varied = varied;
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
        let fact = symbolic.fact(fact);
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
        let cover = Cover::new(&mut gates, rules, &reading);
        let outcome = Outcome::new(&mut gates, rules, &reading, &cover);
        let size = gates.size();
        let mentions = Mentions::new(rules);
        Self { gates, scales, mentions, person, reading, cover, outcome, size, pairs: BTreeMap::new() }
    }

    /// The second person for a question.
    pub(crate) fn pair(&mut self, rules: &RuleSet, question: QuestionIx) -> Pair {
        if let Some(pair) = self.pairs.get(&question) {
            return pair.clone();
        }
        let pair = self.new_pair(rules, question);
        self.pairs.insert(question, pair.clone());
        pair
    }

    /// The outcomes of the two persons of a question differ.
    pub(crate) fn differs(&mut self, rules: &RuleSet, question: QuestionIx) -> Lit {
        let pair = self.pair(rules, question);
        if let Some(differs) = pair.differs {
            return differs;
        }
        let differs = self.ends_otherwise(rules, &pair);
        self.pairs.insert(question, Pair { differs: Some(differs), ..pair });
        differs
    }

    /// The outcomes of two persons differ.
    pub(crate) fn ends_otherwise(&mut self, rules: &RuleSet, pair: &Pair) -> Lit {
        let Self { gates, outcome, .. } = self;
        let cover = Cover::new(gates, rules, &pair.reading);
        let second = Outcome::new(gates, rules, &pair.reading, &cover);
        outcome.differs(gates, &second)
    }

    /// Some question or option applies to one of two persons and not to the other.
    pub(crate) fn asks_otherwise(&mut self, pair: &Pair) -> Lit {
        let Self { gates, person, .. } = self;
        gates.family = Family::Query;
        let offers =
            |asked: &Asked| asked.offer.options.iter().copied().chain([asked.offer.applies]).collect::<Vec<_>>();
        let both = person.questions.iter().zip(&pair.other.questions);
        let both = both.flat_map(|(one, other)| offers(one).into_iter().zip(offers(other)));
        let changes: Vec<Lit> = both.map(|(one, other)| !gates.same(one, other)).collect();
        gates.or(changes)
    }

    fn new_pair(&mut self, rules: &RuleSet, varied: QuestionIx) -> Pair {
        self.pair_by(rules, varied, |gates, question, scale, _, offer| Asked::free(gates, question, scale, offer))
    }

    /// A second person who has ticked the same as the first but for one option, which the first has ticked: `none` where
    /// nothing is left. The literal says that there is such an answer.
    pub(crate) fn pair_without(&mut self, rules: &RuleSet, question: QuestionIx, option: OptionIx) -> (Pair, Lit) {
        let mut possible = self.gates.yes();
        let pair = self.pair_by(rules, question, |gates, question, _, first, offer| {
            gates.family = Family::Query;
            let none = question.option_with(Role::NoneOfThese);
            let plain = |place: usize| OptionIx::new(place) != option && Some(OptionIx::new(place)) != none;
            let others = first.chosen.iter().enumerate().filter(|(place, _)| plain(*place));
            let left = gates.or(others.map(|(_, lit)| *lit));
            let mut second = Asked { offer, ..first.clone() };
            if let Some(chosen) = second.chosen.get_mut(option.index()) {
                *chosen = gates.no();
            }
            match none.and_then(|none| second.chosen.get_mut(none.index())) {
                Some(chosen) => *chosen = gates.and([second.offer.applies, !left]),
                None => possible = left,
            }
            second
        });
        let ticked = self.person.asked(question).chooses(option).unwrap_or(self.gates.no());
        let possible = self.gates.and([possible, ticked]);
        (pair, possible)
    }

    /// A second person, whose answer to one question is made from the first person's.
    fn pair_by(
        &mut self,
        rules: &RuleSet,
        varied: QuestionIx,
        mut answer: impl FnMut(&mut Gates, &Question, &mut dyn Iterator<Item = i32>, &Asked, Offer) -> Asked,
    ) -> Pair {
        let Self { gates, scales, mentions, person, reading, .. } = self;
        let mut agree = Vec::new();
        let other = Person::like(gates, rules, person, mentions, |gates, position, question, offer| {
            let first = person.asked(position);
            if position == varied {
                return answer(gates, question, &mut scales.of(position), first, offer);
            }
            if first.offer == offer {
                // Nothing that can be answered here hangs on the question: the answer is the same.
                return first.clone();
            }
            let second = Asked::free(gates, question, scales.of(position), offer);
            gates.family = Family::Query;
            let alike = first.equals(gates, &second);
            agree.push((position, gates.or([!first.offer.applies, !second.offer.applies, alike])));
            second
        });
        let reading = Reading::like(gates, rules, &other, reading, mentions);
        Pair { other, reading, agree, differs: None }
    }

    fn fact(&mut self, fact: Fact) -> Lit {
        let no = self.gates.no();
        let at = |lits: &[Lit], index: usize| lits.get(index).copied();
        match fact {
            Fact::Applies(question) => Some(self.person.asked(question).offer.applies),
            Fact::Chosen(question, option) => self.person.asked(question).chooses(option),
            Fact::Finding(finding) => at(&self.person.findings, finding.index()),
            Fact::Holds(rule) => self.reading.rule(rule),
            Fact::Decides(preference) => Some(self.decides(preference)),
            Fact::LevelAtLeast(level) => Some(self.reading.at_least(level)),
            Fact::Flag(flag) => at(&self.outcome.flags, flag.index()),
            Fact::Step(step) => self.outcome.steps.iter().find(|(at, _)| *at == step).map(|(_, lit)| *lit),
            Fact::OnHold(service) => at(&self.outcome.on_hold, service.index()),
            Fact::Waits(service) => at(&self.outcome.waits, service.index()),
            Fact::Otherwise => Some(self.outcome.otherwise),
        }
        .unwrap_or(no)
    }

    /// A preference decides something in a plan that is shown.
    pub(crate) fn decides(&mut self, preference: crate::model::PreferenceIx) -> Lit {
        self.gates.family = Family::Shown;
        let decides = self.cover.phases.iter().flat_map(|phase| &phase.decides);
        let decides: Vec<Lit> = decides.filter(|(which, _)| *which == preference).map(|(_, lit)| *lit).collect();
        let somewhere = self.gates.or(decides);
        self.gates.and([somewhere, self.outcome.plan])
    }

    /// Looks for an example.
    pub(crate) fn search(&mut self, assumptions: &[Lit]) -> Found {
        self.gates.search(assumptions)
    }
}
