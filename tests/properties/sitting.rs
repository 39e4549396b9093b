//! An interview under way, with an eye on what it promises at every step.

use carepath::answers::{Answer, Answers};
use carepath::decide::Decision;
use carepath::interview::{Ask, Given as Part, Interview, Step};
use carepath::model::{Position, RuleSet};

use super::draws::Draws;
use super::engine;
use super::oracle::{answered_in, applying_options, completions, counts_in, outcome, possible_answers};
use super::rule_set::{Answered, GenRules, Given, Kind, Spoken};
use super::yaml;

/// An interview, and what was put in it.
pub(crate) struct Sitting<'s> {
    made: &'s GenRules,
    interview: Interview<'s>,
    /// The questions answered, in the order of their answers.
    put: Vec<usize>,
    /// The question that was gone back to or taken up, while it is put.
    again: Option<usize>,
    /// The last answer to each question, whether or not it counts.
    last: Answered,
    /// What each question offered when it was answered here.
    offered: Vec<Option<Vec<usize>>>,
    /// How things stood before an answer was taken up, until nothing is left to ask.
    before_change: Option<BeforeChange>,
}

/// What going back past an answer that was taken up leads back to.
struct BeforeChange {
    place: usize,
    put: Vec<usize>,
    last: Answered,
    offered: Vec<Option<Vec<usize>>>,
    said: Spoken,
}

impl<'s> Sitting<'s> {
    /// An interview that goes on from what was said.
    pub(crate) fn new(made: &'s GenRules, rules: &'s RuleSet, said: &Spoken) -> Self {
        let interview = Interview::new(rules, engine::spoken(rules, said));
        Self {
            made,
            interview,
            put: Vec::new(),
            again: None,
            last: said.given.clone(),
            offered: vec![None; said.given.len()],
            before_change: None,
        }
    }

    /// What comes next.
    pub(crate) fn step(&mut self) -> Step {
        let step = self.interview.step();
        if matches!(step, Step::Done(_)) {
            self.before_change = None;
        }
        step
    }

    /// The questions answered, in the order of their answers.
    pub(crate) fn put(&self) -> &[usize] {
        &self.put
    }

    /// The answers so far, for people.
    pub(crate) fn shown(&self) -> String {
        yaml::spoken(self.made, &self.said())
    }

    /// The answers so far, with what was offered.
    pub(crate) fn said(&self) -> Spoken {
        engine::kept(self.made, self.answers())
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
            assert!(!answered_in(self.made, &said, &complete, place), "question {place} is answered: {shown}");
            assert!(applying.iter().all(|option| offered.contains(option)), "question {place} hides options: {shown}");
        }
        self.answer(ask, given);
    }

    fn answer(&mut self, ask: &Ask, given: &Given) {
        let place = ask.question.index();
        let before = self.last[place].replace(given.clone());
        if self.again.take().is_none() || before.as_ref() != Some(given) {
            self.put.retain(|other| *other != place);
            self.put.push(place);
        }
        self.offered[place] = Some(offered(ask));
        let fallen_away = self.interview.answer(ask.question, engine::answer(given)).expect("it fits");
        let shown = self.shown();

        let said = self.said();
        assert_eq!(said.given, self.last, "all other answers are kept: {shown}");
        for (place, seen) in self.offered.iter().enumerate() {
            let is_list = matches!(self.last[place], Some(Given::Options(_))) && !self.is_number(place);
            if let Some(seen) = seen.as_ref().filter(|_| is_list) {
                assert_eq!(said.offered[place].as_ref(), Some(seen), "what {place} offered is kept: {shown}");
            }
        }
        for part in fallen_away {
            let place = part.question.index();
            assert!(self.last[place].is_some(), "{part:?} was never said");
            assert!(!self.applies(part), "{part:?} fell away and still applies: {shown}");
        }
    }

    /// Whether an answer, or one of its options, applies to somebody who said all this.
    fn applies(&self, part: Part) -> bool {
        completions(self.made, &self.said()).iter().any(|complete| {
            match (applying_options(self.made, complete, part.question.index()), part.answer) {
                (None, _) => false,
                (Some(_), Answer::Number(_)) => true,
                (Some(applying), Answer::Options(options)) => {
                    options.iter().any(|option| applying.contains(&option.index()))
                }
            }
        })
    }

    /// Any answer that the question offers.
    pub(crate) fn any_answer(&self, ask: &Ask, draws: &mut Draws<'_>) -> Given {
        let mut answers = possible_answers(&self.made.questions[ask.question.index()], &offered(ask));
        answers.swap_remove(draws.below(answers.len()))
    }

    /// Goes back at most so far, and gives the questions that were shown, the last of which waits for an answer.
    fn back(&mut self, how_far: usize) -> Vec<usize> {
        let (said, shown) = (self.last.clone(), self.shown());
        let mut behind = self.put_before_this();
        let mut visited: Vec<usize> = Vec::new();
        while visited.len() < how_far {
            let could = matches!(self.step(), Step::Ask(ask) if ask.can_go_back);
            let settled = matches!(self.step(), Step::Done(_));
            if self.undoes_a_change(&behind) {
                return Vec::new();
            }
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
            self.again = Some(place);
            visited.push(place);
        }
        visited
    }

    /// Goes back past an answer that was taken up, if that is what lies behind: then all is as it was before the change.
    fn undoes_a_change(&mut self, behind: &[usize]) -> bool {
        let next = behind.iter().rev().find(|place| self.may_count(**place));
        let Some(change) = self.before_change.take_if(|change| next == Some(&change.place)) else {
            return false;
        };
        let shown = self.shown();
        assert!(self.interview.back(), "{shown}");
        (self.put, self.last, self.offered, self.again) = (change.put, change.last, change.offered, None);
        assert_eq!(self.said(), change.said, "the change is undone: {shown}");
        true
    }

    /// The questions put before the one that is asked now.
    fn put_before_this(&mut self) -> Vec<usize> {
        let this = match self.step() {
            Step::Ask(ask) => Some(ask.question.index()),
            Step::Done(_) => None,
        };
        let end = self.put.iter().position(|place| Some(*place) == self.again).unwrap_or(self.put.len());
        self.put[..end].iter().copied().filter(|place| Some(*place) != this).collect()
    }

    /// Whether what was said to a question counts for somebody.
    fn may_count(&self, place: usize) -> bool {
        let said = self.said();
        completions(self.made, &said).iter().any(|complete| counts_in(self.made, &said, complete, place))
    }

    /// Goes back and answers the same: the interview must stand where it stood.
    pub(crate) fn back_and_forth(&mut self, how_far: usize) {
        let before = self.step();
        if self.back(how_far).is_empty() {
            return;
        }
        let ask = self.asked_now();
        let given = self.last[ask.question.index()].clone().expect("it was answered");
        self.answer(&ask, &given);
        // Whoever looks at new options and leaves them has said more than before.
        if ask.unseen.is_empty() {
            self.stands_as(&before);
        }
    }

    fn stands_as(&mut self, before: &Step) {
        match (before, &self.step()) {
            (Step::Ask(before), Step::Ask(now)) => assert_eq!(before, now, "{}", self.shown()),
            (Step::Done(before), Step::Done(now)) => assert_eq!(before.outcome, now.outcome, "{}", self.shown()),
            (before, now) => panic!("{before:?} became {now:?}: {}", self.shown()),
        }
    }

    /// Goes back and answers otherwise.
    pub(crate) fn change_mind(&mut self, how_far: usize, draws: &mut Draws<'_>) {
        if !self.back(how_far).is_empty() {
            let ask = self.asked_now();
            let given = self.any_answer(&ask, draws);
            self.answer(&ask, &given);
        }
    }

    /// Takes up any answer again, and leaves it as it was or answers otherwise.
    pub(crate) fn take_up(&mut self, draws: &mut Draws<'_>) {
        let given = self.interview.given();
        if given.is_empty() {
            return;
        }
        let question = given[draws.below(given.len())].question;
        let before = self.step();
        self.before_change = Some(BeforeChange {
            place: question.index(),
            put: self.put.clone(),
            last: self.last.clone(),
            offered: self.offered.clone(),
            said: self.said(),
        });
        assert!(self.interview.take_up(question), "it was given: {}", self.shown());
        self.again = Some(question.index());
        let ask = self.asked_now();
        assert_eq!((ask.question, ask.taken_up, ask.can_go_back), (question, true, true), "{}", self.shown());
        if draws.percent(30) {
            assert!(self.interview.back(), "{}", self.shown());
            (self.again, self.before_change) = (None, None);
            self.stands_as(&before);
        } else {
            let given = self.any_answer(&ask, draws);
            self.answer(&ask, &given);
        }
    }

    fn asked_now(&mut self) -> Ask {
        let Step::Ask(ask) = self.step() else { panic!("no question is put: {}", self.shown()) };
        ask
    }

    fn is_number(&self, place: usize) -> bool {
        matches!(self.made.questions[place].kind, Kind::Number { .. })
    }

    /// What the interview ends with must hold in every completion of what was said: also of those who would tick what they
    /// were never offered.
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
