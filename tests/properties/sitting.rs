//! An interview under way, with an eye on what it promises at every step.

use carepath::answers::Answers;
use carepath::decide::Decision;
use carepath::interview::{Ask, Interview, Step};
use carepath::model::{Position, QuestionIx, RuleSet};

use super::draws::Draws;
use super::engine;
use super::oracle::{applying_options, completions, counts_in, outcome, possible_answers};
use super::rule_set::{Answered, GenRules, Given};
use super::yaml;

/// An interview, and what was put in it.
pub(crate) struct Sitting<'s> {
    made: &'s GenRules,
    interview: Interview<'s>,
    /// The questions answered, in the order in which they were put; one that came again stands where it came last.
    put: Vec<usize>,
}

impl<'s> Sitting<'s> {
    /// An interview that goes on from what was said.
    pub(crate) fn new(made: &'s GenRules, rules: &'s RuleSet, said: &Answered) -> Self {
        Self { made, interview: Interview::new(rules, engine::answers(rules, said)), put: Vec::new() }
    }

    /// What comes next.
    pub(crate) fn step(&mut self) -> Step {
        self.interview.step()
    }

    /// The questions answered, in the order in which they were put.
    pub(crate) fn put(&self) -> &[usize] {
        &self.put
    }

    /// The answers so far, for people.
    pub(crate) fn shown(&self) -> String {
        yaml::answers(self.made, &self.said())
    }

    /// The answers so far.
    pub(crate) fn said(&self) -> Answered {
        engine::answered(self.made, self.answers())
    }

    fn answers(&self) -> &Answers {
        self.interview.answers()
    }

    /// Answers a question that is put for the first time, or again because its answer fell away.
    ///
    /// It must apply for certain, be unanswered for certain, and offer all that can be chosen.
    pub(crate) fn answer_new(&mut self, ask: &Ask, given: &Given) {
        let (place, said, shown) = (ask.question.index(), self.said(), self.shown());
        let offered = offered(ask);
        for complete in completions(self.made, &said) {
            let Some(applying) = applying_options(self.made, &complete, place) else {
                panic!("question {place} may not apply: {shown}");
            };
            assert!(!counts_in(self.made, &said, &complete, place), "question {place} is answered: {shown}");
            assert!(applying.iter().all(|option| offered.contains(option)), "question {place} hides options: {shown}");
        }
        self.answer(ask.question, given);
        self.put.retain(|other| *other != place);
        self.put.push(place);
    }

    fn answer(&mut self, question: QuestionIx, given: &Given) {
        let mut expected = self.said();
        expected[question.index()] = Some(given.clone());
        self.interview.answer(question, engine::answer(given)).expect("it fits");
        assert_eq!(self.said(), expected, "all other answers are kept");
    }

    /// Any answer that the question offers.
    pub(crate) fn any_answer(&self, ask: &Ask, draws: &mut Draws<'_>) -> Given {
        let mut answers = possible_answers(&self.made.questions[ask.question.index()], &offered(ask));
        answers.swap_remove(draws.below(answers.len()))
    }

    /// Goes back at most so far, and gives the questions that were shown, the last of which waits for an answer.
    fn back(&mut self, how_far: usize) -> Vec<usize> {
        let (said, shown) = (self.said(), self.shown());
        let mut behind = self.put_before_this();
        let mut visited: Vec<usize> = Vec::new();
        while visited.len() < how_far {
            let could = matches!(self.step(), Step::Ask(ask) if ask.can_go_back);
            let settled = matches!(self.step(), Step::Done(_));
            let went = self.interview.back();
            assert!(settled || could == went, "could go back: {could}, went: {went}: {shown}");
            if !went {
                // Nothing that may count was left out.
                behind.retain(|place| self.may_count(*place));
                assert!(behind.is_empty(), "no way back to {behind:?}: {shown}");
                break;
            }
            let Step::Ask(ask) = self.step() else { panic!("back to no question: {shown}") };
            let place = ask.question.index();
            assert!(said[place].is_some(), "back to {place}, which was never answered: {shown}");
            assert_eq!(ask.current.map(engine::given), said[place], "what was said to {place} is shown: {shown}");
            // Those passed over count for nothing.
            while behind.last().is_some_and(|passed| *passed != place) {
                let passed = behind.pop().expect("there is a last");
                assert!(!self.may_count(passed), "passed {passed} on the way back to {place}: {shown}");
            }
            assert_eq!(behind.pop(), Some(place), "the way back: {shown}");
            visited.push(place);
        }
        visited
    }

    /// The questions put before the one that is asked now.
    fn put_before_this(&mut self) -> Vec<usize> {
        let this = match self.step() {
            Step::Ask(ask) => self.put.iter().position(|place| *place == ask.question.index()),
            Step::Done(_) => None,
        };
        self.put[..this.unwrap_or(self.put.len())].to_vec()
    }

    /// Whether what was said to a question counts for somebody.
    fn may_count(&self, place: usize) -> bool {
        let said = self.said();
        completions(self.made, &said).iter().any(|complete| counts_in(self.made, &said, complete, place))
    }

    /// Goes back and answers the same: the interview must stand where it stood.
    pub(crate) fn back_and_forth(&mut self, how_far: usize) {
        let (before, said) = (self.step(), self.said());
        if let Some(last) = self.back(how_far).last() {
            let given = said[*last].clone().expect("it was answered");
            self.answer(QuestionIx::new(*last), &given);
        }
        match (before, self.step()) {
            (Step::Ask(before), Step::Ask(now)) => assert_eq!(before, now, "{}", self.shown()),
            (Step::Done(before), Step::Done(now)) => assert_eq!(before.outcome, now.outcome, "{}", self.shown()),
            (before, now) => panic!("{before:?} became {now:?}: {}", self.shown()),
        }
    }

    /// Goes back and answers otherwise.
    pub(crate) fn change_mind(&mut self, how_far: usize, draws: &mut Draws<'_>) {
        if self.back(how_far).is_empty() {
            return;
        }
        let Step::Ask(ask) = self.step() else { panic!("back to no question: {}", self.shown()) };
        let given = self.any_answer(&ask, draws);
        self.answer(ask.question, &given);
    }

    /// What the interview ends with must hold in every completion of what was said.
    pub(crate) fn check_done(&self, decision: &Decision) {
        let decided = engine::outcome(&decision.outcome);
        for complete in completions(self.made, &self.said()) {
            let shown = yaml::answers(self.made, &complete);
            assert_eq!(decided, outcome(self.made, &complete), "{} may mean {shown}", self.shown());
        }
    }
}

fn offered(ask: &Ask) -> Vec<usize> {
    ask.choosable.iter().map(Position::index).collect()
}
