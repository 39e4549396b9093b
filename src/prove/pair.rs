//! Two persons who answer all questions alike but one: what hangs on that one.

use batsat::Lit;

use super::gates::{Family, Found, Gates};
use super::prover::Symbolic;
use super::symbolic::{Asked, Cover, Offer, Outcome, Person, Reading, all_unseen};
use crate::answers::Answers;
use crate::decide::outcome;
use crate::model::{Level, OptionIx, Position, Question, QuestionIx, Role, RuleSet};

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

impl Symbolic {
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
        let (first, second) = (self.outcome(rules), self.outcome_of(rules, pair));
        first.differs(&mut self.gates, &second)
    }

    /// What the second person is sent to.
    pub(crate) fn outcome_of(&mut self, rules: &RuleSet, pair: &Pair) -> Outcome {
        let cover = Cover::new(&mut self.gates, rules, &pair.reading);
        Outcome::new(&mut self.gates, rules, &pair.reading, &cover)
    }

    /// Literals that all hold if and only if both persons said all this, and answer alike whatever else applies to both.
    pub(crate) fn both_said(&mut self, rules: &RuleSet, pair: &Pair, answers: &Answers) -> Vec<Lit> {
        let Self { gates, person, .. } = self;
        let mut both = person.said(gates, rules, answers);
        both.extend(pair.other.said(gates, rules, answers));
        both.extend(pair.agree.iter().map(|(other, agree)| match answers.get(*other) {
            // They agree on what was said, even where more of it counts for one than for the other, if they also do on
            // that of which it says nothing.
            Some(answer) => {
                let (first, second) = (person.asked(*other), pair.other.asked(*other));
                let mut both = vec![first.heard(gates, answer), second.heard(gates, answer)];
                both.extend(all_unseen(rules, answers, *other).iter().map(|option| {
                    let chosen = [first, second].map(|asked| asked.chooses(option).unwrap_or(gates.no()));
                    gates.same(chosen[0], chosen[1])
                }));
                let both = gates.and(both);
                gates.or([*agree, both])
            }
            None => *agree,
        }));
        both
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

    /// Whether two persons of whom all of `given` holds can end differently.
    ///
    /// What an outcome is made of is compared part by part, what follows from others after them; parts that cannot differ
    /// are taken for one from then on, so that what is built on both is shared and little is left to prove (a SAT sweep,
    /// as Kuehlmann, Paruthi, Krohm and Ganai compare circuits, 2002). Most differences come to light on the way.
    pub(crate) fn can_end_otherwise(&mut self, rules: &RuleSet, mut pair: Pair, mut given: Vec<Lit>) -> Found {
        let levels = Level::ALL.into_iter().filter(|level| level.ends_without_plan()).count();
        let truths: Vec<(Lit, Lit)> = self.reading.truths().zip(pair.reading.truths()).collect();
        let mut differ: Vec<bool> = vec![false; truths.len()];
        for (place, &(one, other)) in truths.iter().enumerate() {
            if place == levels {
                // Both are alike without a plan, or neither is: only with one there is more to differ.
                given.push(self.reading.leaves_a_plan());
            }
            if one == other || differ.get(place) == Some(&true) {
                continue;
            }
            self.gates.family = Family::Query;
            let same = self.gates.same(one, other);
            match self.search_with(&given, !same) {
                Found::No => {
                    given.push(same);
                    if let Some(truth) = pair.reading.truths_mut().nth(place) {
                        *truth = one;
                    }
                }
                Found::Yes => {
                    let end = |person: &Person| outcome(rules, &person.read(&self.gates, rules));
                    if end(&self.person) != end(&pair.other) {
                        return Found::Yes;
                    }
                    for (differ, (one, other)) in differ.iter_mut().zip(&truths) {
                        *differ |= self.gates.is(*one) != self.gates.is(*other);
                    }
                }
                Found::Undecided if place < levels => return Found::Undecided,
                Found::Undecided => {}
            }
        }
        let differs = self.ends_otherwise(rules, &pair);
        self.search_with(&given, differs)
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
}
