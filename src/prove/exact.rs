//! Whether everything is settled, and which questions matter: three-valued first, since that is quick, then by the
//! solver, since that is exact.

use std::collections::BTreeSet;

use batsat::Lit;

use super::gates::{Family, Found};
use super::prover::{Prover, Symbolic};
use super::relevance::relevant_questions;
use super::symbolic::all_unseen;
use crate::answers::Answers;
use crate::decide::{Decision, Reading, Situation, Truth, Verdict, decide, outcome};
use crate::model::{QuestionIx, RuleSet};

/// Whether the outcome is the same however the other questions are answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It is; this is one set of complete answers.
    Yes(Answers),
    /// It is not.
    No,
    /// A limit was reached first.
    Undecided,
}

impl Prover<'_> {
    /// What the answers given amount to: settled if and only if the outcome is the same in all completions, unless a limit
    /// is reached, when it counts as not settled.
    pub fn decide(&mut self, answers: &Answers) -> Verdict {
        match decide(self.rules(), answers) {
            Verdict::Unsettled { level_at_least } => match self.settled(answers) {
                Settled::Yes(complete) => {
                    Verdict::Settled(Box::new(Decision::of_completions(self.rules(), answers, &complete)))
                }
                Settled::No | Settled::Undecided => Verdict::Unsettled { level_at_least },
            },
            settled @ Verdict::Settled(_) => settled,
        }
    }

    /// Whether all completions of what was said have one outcome.
    pub fn settled(&mut self, answers: &Answers) -> Settled {
        let rules = self.rules();
        let symbolic = self.symbolic();
        let mut assumptions = symbolic.person.said(&mut symbolic.gates, rules, answers);
        match symbolic.search(&assumptions) {
            Found::Yes => {}
            Found::No | Found::Undecided => return Settled::Undecided,
        }
        let complete = symbolic.person.read(&symbolic.gates, rules);
        let Some(first) = outcome(rules, &complete) else {
            return Settled::Undecided;
        };
        let same = symbolic.outcome(rules).is(&first);
        symbolic.gates.family = Family::Query;
        assumptions.push(!symbolic.gates.and(same));
        match symbolic.search(&assumptions) {
            Found::Yes => Settled::No,
            Found::No => Settled::Yes(complete),
            Found::Undecided => Settled::Undecided,
        }
    }

    /// Whether two completions of what was said differ in `question`, agree on every other question that applies in both,
    /// and differ in outcome; `None` if a limit was reached. The question must be open.
    pub fn is_relevant(&mut self, answers: &Answers, question: QuestionIx) -> Option<bool> {
        self.changes(answers, question, Symbolic::differs)
    }

    /// The same for the level alone; a limit that is reached counts as yes.
    pub(crate) fn may_change_level(&mut self, answers: &Answers, question: QuestionIx) -> bool {
        let changes = self.changes(answers, question, |symbolic, rules, question| {
            let pair = symbolic.pair(rules, question);
            let Symbolic { gates, reading, .. } = symbolic;
            let (lower, higher) = (reading.is_lower(gates, &pair.reading), pair.reading.is_lower(gates, reading));
            gates.or([lower, higher])
        });
        changes != Some(false)
    }

    /// Whether the two persons of a question, who both said all this, can end with this change between them.
    fn changes(
        &mut self,
        answers: &Answers,
        question: QuestionIx,
        change: impl Fn(&mut Symbolic, &RuleSet, QuestionIx) -> Lit,
    ) -> Option<bool> {
        let rules = self.rules();
        self.trim();
        let symbolic = self.symbolic();
        let change = change(symbolic, rules, question);
        let pair = symbolic.pair(rules, question);
        let both = symbolic.both_said(rules, &pair, answers);
        match symbolic.search_with(&both, change) {
            Found::Yes => Some(true),
            Found::No => Some(false),
            Found::Undecided => None,
        }
    }

    /// The questions to ask now or soon, in file order: open and relevant. Where there is none of those while the outcome
    /// is not settled, the first open one of those that three-valued evaluation names, else the first open one. Empty
    /// if and only if the outcome is settled.
    pub fn open_questions(&mut self, answers: &Answers) -> Vec<QuestionIx> {
        let Some(candidates) = self.candidates(answers) else {
            return Vec::new();
        };
        let relevant: Vec<QuestionIx> =
            candidates.iter().copied().filter(|question| self.is_worth_asking(answers, *question)).collect();
        if relevant.is_empty() { self.first_open(answers, &candidates).into_iter().collect() } else { relevant }
    }

    /// The next question in file order, or none if the outcome is settled.
    pub fn next_question(&mut self, answers: &Answers) -> Option<QuestionIx> {
        if let Some(seen) = self.first_seen(answers) {
            return Some(seen);
        }
        let candidates = self.candidates(answers)?;
        let next = candidates.iter().copied().find(|question| self.is_worth_asking(answers, *question));
        next.or_else(|| self.first_open(answers, &candidates))
    }

    /// The first question that may be relevant, if it is open for certain and seen to matter: that takes no solver.
    fn first_seen(&self, answers: &Answers) -> Option<QuestionIx> {
        let situation = Situation::new(self.rules(), answers);
        let reading = Reading::new(&situation);
        let first = relevant_questions(&reading).into_iter().next()?;
        (situation.standing(first).is_open() && self.is_seen_to_matter(answers, first)).then_some(first)
    }

    /// The questions that may be relevant by three-valued evaluation; `None` if the outcome is settled.
    fn candidates(&mut self, answers: &Answers) -> Option<BTreeSet<QuestionIx>> {
        let situation = Situation::new(self.rules(), answers);
        let reading = Reading::new(&situation);
        if reading.unsettled().is_empty() || matches!(self.settled(answers), Settled::Yes(_)) {
            return None;
        }
        Some(relevant_questions(&reading))
    }

    fn first_open(&mut self, answers: &Answers, candidates: &BTreeSet<QuestionIx>) -> Option<QuestionIx> {
        let all = self.rules().questions().positions();
        candidates.iter().copied().chain(all).find(|question| self.is_open(answers, *question))
    }

    /// A limit that is reached asks; it never skips.
    fn is_worth_asking(&mut self, answers: &Answers, question: QuestionIx) -> bool {
        self.is_open(answers, question) && self.is_relevant(answers, question) != Some(false)
    }

    /// Whether something of a question is left to answer, and it applies, in every completion of what was said.
    fn is_open(&mut self, answers: &Answers, question: QuestionIx) -> bool {
        let standing = Situation::new(self.rules(), answers).standing(question);
        if standing.is_open() || standing.applies == Truth::No || standing.answered == Truth::Yes {
            return standing.is_open();
        }
        // It hangs on questions that three-valued evaluation does not see through.
        let rules = self.rules();
        let symbolic = self.symbolic();
        let mut assumptions = symbolic.person.said(&mut symbolic.gates, rules, answers);
        let asked = symbolic.person.asked(question);
        let answered = answers.get(question).map_or(symbolic.gates.no(), |answer| {
            let heard = asked.heard(&mut symbolic.gates, answer);
            let unseen = all_unseen(rules, answers, question);
            let nothing_new = asked.offers_none(&mut symbolic.gates, unseen);
            symbolic.gates.and([heard, nothing_new])
        });
        assumptions.push(symbolic.gates.or([!asked.offer.applies, answered]));
        symbolic.search(&assumptions) == Found::No
    }
}
