//! One person's answers as literals: which questions apply, what is chosen, which findings hold.

use std::collections::BTreeSet;

use batsat::Lit;

use super::mentions::Mentions;
use crate::answers::{Answer, Answers};
use crate::model::{
    Condition, FindingIx, Kind, OptionIx, OptionSet, Position, Question, QuestionIx, Range, Role, RuleSet, Test,
};
use crate::prove::gates::{Family, Gates};

/// The numbers at which something changes, for each question, in order: a rule set cannot tell apart the numbers between
/// two of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scales(Vec<BTreeSet<i32>>);

impl Scales {
    /// The numbers that conditions of `rules` compare with.
    pub(crate) fn new(rules: &RuleSet) -> Self {
        let mut scales = vec![BTreeSet::new(); rules.questions().len()];
        for condition in rules.conditions() {
            condition.visit(&mut |part| {
                if let Test::Number { question, at_least, at_most } = &part.test
                    && let Some(scale) = scales.get_mut(question.index())
                {
                    scale.extend([*at_least, at_most.saturating_add(1)]);
                }
            });
        }
        for (scale, question) in scales.iter_mut().zip(rules.questions().rows()) {
            if let Kind::Number(range) = &question.kind {
                scale.retain(|number| range.min < *number && *number <= range.max);
            }
        }
        Self(scales)
    }

    /// Adds a number that somebody else compares with.
    pub(crate) fn add(&mut self, question: QuestionIx, range: &Range, number: i32) {
        if let Some(scale) = self.0.get_mut(question.index())
            && range.min < number
            && number <= range.max
        {
            scale.insert(number);
        }
    }

    /// The numbers for one question: each is the first of those that it begins.
    pub(crate) fn of(&self, question: QuestionIx) -> impl Iterator<Item = i32> {
        self.0.get(question.index()).into_iter().flatten().copied()
    }
}

/// What can be answered to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// It applies.
    pub(crate) applies: Lit,
    /// It applies and so does this option.
    pub(crate) options: Vec<Lit>,
}

/// A question as it stands to one person.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// What can be answered.
    pub(crate) offer: Offer,
    /// The options chosen. Whoever it does not apply to has chosen none.
    pub(crate) chosen: Vec<Lit>,
    /// The answer is a number.
    pub(crate) number: Lit,
    /// The answer is a number and at least this.
    pub(crate) at_least: Vec<(i32, Lit)>,
}

impl Asked {
    /// An answer about which nothing is known.
    pub(crate) fn free(gates: &mut Gates, question: &Question, scale: impl Iterator<Item = i32>, offer: Offer) -> Self {
        let chosen: Vec<Lit> = question.options.iter().map(|_| gates.fresh()).collect();
        Self::choosing(gates, question, scale, offer, chosen)
    }

    /// An answer that chooses as `chosen` says; of a number nothing is known.
    pub(crate) fn choosing(
        gates: &mut Gates,
        question: &Question,
        scale: impl Iterator<Item = i32>,
        offer: Offer,
        chosen: Vec<Lit>,
    ) -> Self {
        let applies = offer.applies;
        gates.family = Family::Offered;
        for (chosen, offered) in chosen.iter().zip(&offer.options) {
            gates.clause([!*chosen, *offered]);
        }
        gates.family = Family::Exclusive;
        let none = question.option_with(Role::NoneOfThese).map(Position::index);
        for (place, one) in chosen.iter().enumerate() {
            for (before, other) in chosen.iter().enumerate().take(place) {
                if !matches!(question.kind, Kind::Many) || none == Some(place) || none == Some(before) {
                    gates.clause([!*one, !*other]);
                }
            }
        }
        if !matches!(question.kind, Kind::Number(_)) {
            gates.family = Family::Answered;
            gates.clause(chosen.iter().copied().chain([!applies]));
            let number = gates.no();
            return Self { offer, chosen, number, at_least: Vec::new() };
        }
        gates.family = Family::Answered;
        let number = gates.and(chosen.iter().map(|unsure| !*unsure).chain([applies]));
        gates.family = Family::Order;
        let mut at_least: Vec<(i32, Lit)> = Vec::new();
        for bound in scale {
            let reached = gates.fresh();
            gates.clause([!reached, at_least.last().map_or(number, |(_, before)| *before)]);
            at_least.push((bound, reached));
        }
        Self { offer, chosen, number, at_least }
    }

    /// An option is chosen.
    pub(crate) fn chooses(&self, option: OptionIx) -> Option<Lit> {
        self.chosen.get(option.index()).copied()
    }

    /// The answer is a number and at least `bound`, one of the scale or the least of the range.
    fn reaches(&self, bound: i32) -> Lit {
        self.at_least.iter().find(|(at, _)| *at == bound).map_or(self.number, |(_, reached)| *reached)
    }

    /// The answer is a number between these, both included and each an end of the range or of one of its classes.
    pub(crate) fn within(&self, gates: &mut Gates, range: &Range, at_least: i32, at_most: i32) -> Lit {
        let reaches = self.reaches(at_least.max(range.min));
        let exceeds = if at_most < range.max { self.reaches(at_most.saturating_add(1)) } else { gates.no() };
        gates.and([reaches, !exceeds])
    }

    /// All literals of the answer, in an order that depends on the question alone.
    pub(crate) fn answer(&self) -> impl Iterator<Item = Lit> {
        self.chosen.iter().copied().chain([self.number]).chain(self.at_least.iter().map(|(_, reached)| *reached))
    }

    /// There is an answer.
    pub(crate) fn answered(&self, gates: &mut Gates) -> Lit {
        gates.or(self.chosen.iter().copied().chain([self.number]))
    }

    /// An answer that was made up of literals can be given: where the question applies there is one, and all that is chosen
    /// is offered.
    pub(crate) fn can_be(&self, gates: &mut Gates) -> Lit {
        let answered = self.answered(gates);
        let mut all = vec![gates.or([!self.offer.applies, answered])];
        for (chosen, offered) in self.chosen.iter().zip(&self.offer.options) {
            all.push(gates.or([!*chosen, *offered]));
        }
        gates.and(all)
    }

    /// Two persons give the same answer.
    pub(crate) fn equals(&self, gates: &mut Gates, other: &Self) -> Lit {
        let same: Vec<Lit> = self.answer().zip(other.answer()).map(|(one, other)| gates.same(one, other)).collect();
        gates.and(same)
    }

    /// What was said, as far as it counts: none of it does where the question or all that was chosen does not apply, and
    /// then it is as if nothing had been said. It says nothing of the options in `unseen`, which came later: they are free.
    pub(crate) fn said(&self, gates: &mut Gates, question: &Question, answer: Answer, unseen: OptionSet) -> Lit {
        gates.family = Family::Query;
        match (answer, &question.kind) {
            (Answer::Number(number), Kind::Number(range)) => {
                let low = self.at_least.iter().map(|(bound, _)| *bound).take_while(|bound| *bound <= number).last();
                let high = self.at_least.iter().map(|(bound, _)| *bound).find(|bound| *bound > number);
                let (low, high) = (low.unwrap_or(range.min), high.map_or(range.max, |high| high - 1));
                let within = self.within(gates, range, low, high);
                gates.or([!self.offer.applies, within])
            }
            (Answer::Number(_), _) => gates.no(),
            (Answer::Options(said), _) => {
                let exactly = self.chooses_of(gates, question, said, unseen);
                let counts = self.counts(gates, said);
                gates.or([!counts, exactly])
            }
        }
    }

    /// Something of what was said can be chosen.
    fn counts(&self, gates: &mut Gates, said: OptionSet) -> Lit {
        let offered: Vec<Lit> = among(&self.offer.options, said).collect();
        gates.or(offered)
    }

    /// What was said counts.
    pub(crate) fn heard(&self, gates: &mut Gates, answer: Answer) -> Lit {
        match answer {
            Answer::Number(_) => self.offer.applies,
            Answer::Options(said) => self.counts(gates, said),
        }
    }

    /// None of these options can be chosen.
    pub(crate) fn offers_none(&self, gates: &mut Gates, options: OptionSet) -> Lit {
        let offered: Vec<Lit> = among(&self.offer.options, options).collect();
        !gates.or(offered)
    }

    /// What can be chosen of these is chosen, and nothing else but what was not seen. With that ticks stay, while another
    /// option may come in the place of the only one, or of "none of these".
    fn chooses_of(&self, gates: &mut Gates, question: &Question, said: OptionSet, unseen: OptionSet) -> Lit {
        let none = question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
        let free = match question.kind {
            _ if unseen.is_empty() => OptionSet::EMPTY,
            Kind::Many => unseen.or(none.and(said)),
            Kind::One | Kind::Number(_) => unseen.or(said),
        };
        let mut exactly = Vec::with_capacity(self.chosen.len());
        for (place, (chosen, offered)) in self.chosen.iter().zip(&self.offer.options).enumerate() {
            let option = OptionIx::new(place);
            if !free.contains(option) {
                let wanted = if said.contains(option) { *offered } else { gates.no() };
                exactly.push(gates.same(*chosen, wanted));
            }
        }
        gates.and(exactly)
    }

    /// The answer in the example found last; `None` if the question does not apply there.
    pub(crate) fn read(&self, gates: &Gates, question: &Question) -> Option<Answer> {
        if !gates.is(self.offer.applies) {
            return None;
        }
        if let Kind::Number(range) = &question.kind
            && gates.is(self.number)
        {
            let reached = self.at_least.iter().rev().find(|(_, reached)| gates.is(*reached));
            return Some(Answer::Number(reached.map_or(range.min, |(bound, _)| *bound)));
        }
        let chosen = question.choices().map(|(option, _)| option);
        Some(Answer::Options(chosen.filter(|option| self.chooses(*option).is_some_and(|lit| gates.is(lit))).collect()))
    }
}

/// Any person at all, or one whose answers are tied to another's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    /// How each question stands to them.
    pub(crate) questions: Vec<Asked>,
    /// Which findings hold.
    pub(crate) findings: Vec<Lit>,
    /// Which questions stand otherwise than to the person they are like; empty if they are like nobody.
    otherwise: Vec<bool>,
}

impl Person {
    /// Anybody.
    pub(crate) fn anybody(gates: &mut Gates, rules: &RuleSet, scales: &Scales) -> Self {
        Self::build(gates, rules, None, |gates, position, question, offer| {
            Asked::free(gates, question, scales.of(position), offer)
        })
    }

    /// A person who answers each question as `answers` says, which is told what applies by then.
    pub(crate) fn answering(
        gates: &mut Gates,
        rules: &RuleSet,
        answers: impl FnMut(&mut Gates, QuestionIx, &Question, Offer) -> Asked,
    ) -> Self {
        Self::build(gates, rules, None, answers)
    }

    /// A person like another, who answers each question as `answers` says, which is told what applies by then.
    pub(crate) fn like(
        gates: &mut Gates,
        rules: &RuleSet,
        other: &Self,
        mentions: &Mentions,
        answers: impl FnMut(&mut Gates, QuestionIx, &Question, Offer) -> Asked,
    ) -> Self {
        Self::build(gates, rules, Some((other, mentions)), answers)
    }

    fn build(
        gates: &mut Gates,
        rules: &RuleSet,
        like: Option<(&Self, &Mentions)>,
        mut answers: impl FnMut(&mut Gates, QuestionIx, &Question, Offer) -> Asked,
    ) -> Self {
        let no = gates.no();
        let findings = vec![no; rules.findings().len()];
        let mut person = Self { questions: Vec::new(), findings, otherwise: Vec::new() };
        let mut findings = rules.finding_order().iter().copied().peekable();
        for (position, question) in rules.questions().iter() {
            // What applies is decided by earlier questions and the findings over them.
            while let Some(finding) =
                findings.next_if(|finding| rules.findings()[*finding].latest_question < Some(position))
            {
                person.find(gates, rules, like, finding);
            }
            gates.family = Family::Applies;
            let known = like.filter(|(_, mentions)| person.stands_alike(mentions.offers.get(position.index())));
            let offer = match known {
                Some((other, _)) => other.asked(position).offer.clone(),
                None => person.offer(gates, rules, question),
            };
            let asked = answers(gates, position, question, offer);
            if let Some((other, _)) = like {
                let before = other.asked(position);
                person.otherwise.push(asked.offer != before.offer || !asked.answer().eq(before.answer()));
            }
            person.questions.push(asked);
        }
        findings.for_each(|finding| person.find(gates, rules, like, finding));
        person
    }

    /// All these questions stand as to the person they are like.
    pub(crate) fn stands_alike(&self, questions: Option<&BTreeSet<QuestionIx>>) -> bool {
        let alike = |question: &QuestionIx| self.otherwise.get(question.index()) == Some(&false);
        questions.is_some_and(|questions| questions.iter().all(alike))
    }

    /// How a question stands to them.
    #[expect(clippy::indexing_slicing, reason = "there is one for each question of the rule set")]
    pub(crate) fn asked(&self, question: QuestionIx) -> &Asked {
        &self.questions[question.index()]
    }

    fn offer(&self, gates: &mut Gates, rules: &RuleSet, question: &Question) -> Offer {
        let only_if = self.whole(gates, rules, question.only_if.as_ref());
        let options: Vec<Lit> =
            question.options.iter().map(|choice| self.whole(gates, rules, choice.only_if.as_ref())).collect();
        gates.family = Family::Applies;
        // Without an option of its author's that can be chosen there is nothing to ask.
        let own = question.choices().filter(|(_, choice)| choice.role == Role::Plain);
        let own: Vec<Lit> = own.filter_map(|(option, _)| options.get(option.index()).copied()).collect();
        let something =
            if matches!(question.kind, Kind::Number(_)) { gates.yes() } else { gates.or(own.iter().copied()) };
        let applies = gates.and([only_if, something]);
        let options = options.into_iter().map(|option| gates.and([applies, option])).collect();
        Offer { applies, options }
    }

    fn find(&mut self, gates: &mut Gates, rules: &RuleSet, like: Option<(&Self, &Mentions)>, finding: FindingIx) {
        gates.family = Family::Conditions;
        let known = like.filter(|(_, mentions)| self.stands_alike(mentions.findings.get(finding.index())));
        let holds = match known.and_then(|(other, _)| other.findings.get(finding.index())) {
            Some(holds) => *holds,
            None => self.whole(gates, rules, rules.findings()[finding].when.as_ref()),
        };
        if let Some(place) = self.findings.get_mut(finding.index()) {
            *place = holds;
        }
    }

    /// A condition on its own; none is always.
    pub(crate) fn whole(&self, gates: &mut Gates, rules: &RuleSet, condition: Option<&Condition>) -> Lit {
        condition.map_or(gates.yes(), |condition| self.holds(gates, rules, condition))
    }

    /// A condition over questions that are there already.
    pub(crate) fn holds(&self, gates: &mut Gates, rules: &RuleSet, condition: &Condition) -> Lit {
        let each = |gates: &mut Gates, parts: &[Condition]| -> Vec<Lit> {
            parts.iter().map(|part| self.holds(gates, rules, part)).collect()
        };
        match &condition.test {
            Test::Options { question, any_of, all_of, none_of } => {
                let asked = self.asked(*question);
                let mut entries: Vec<Lit> = among(&asked.chosen, *all_of).collect();
                if !any_of.is_empty() {
                    entries.push(gates.or(among(&asked.chosen, *any_of)));
                }
                if !none_of.is_empty() {
                    entries.push(asked.offer.applies);
                    entries.extend(among(&asked.chosen, *none_of).map(|chosen| !chosen));
                }
                gates.and(entries)
            }
            Test::Number { question, at_least, at_most } => match &rules.questions()[*question].kind {
                Kind::Number(range) => self.asked(*question).within(gates, range, *at_least, *at_most),
                Kind::One | Kind::Many => gates.no(),
            },
            Test::Finding(finding) => self.findings.get(finding.index()).copied().unwrap_or(gates.no()),
            Test::All(parts) => {
                let parts = each(gates, parts);
                gates.and(parts)
            }
            Test::Any(parts) => {
                let parts = each(gates, parts);
                gates.or(parts)
            }
            Test::Not(part) => !self.holds(gates, rules, part),
            Test::Count { at_least, of } => {
                let of = each(gates, of);
                gates.at_least(*at_least, &of)
            }
        }
    }

    /// That they said all this.
    pub(crate) fn said(&self, gates: &mut Gates, rules: &RuleSet, answers: &Answers) -> Vec<Lit> {
        let said = answers.iter().map(|(position, answer)| {
            let question = &rules.questions()[position];
            self.asked(position).said(gates, question, answer, all_unseen(rules, answers, position))
        });
        said.collect()
    }

    /// Their answers in the example found last.
    pub(crate) fn read(&self, gates: &Gates, rules: &RuleSet) -> Answers {
        let mut answers = Answers::new(rules);
        for (position, question) in rules.questions().iter() {
            if let Some(answer) = self.asked(position).read(gates, question) {
                // The clauses say the same as the checks of answers; an example that did not fit would show in replay.
                let _ = answers.set(rules, position, answer);
            }
        }
        answers
    }
}

/// Which of all options of a question its answer says nothing of, as they could not be chosen then.
pub(crate) fn all_unseen(rules: &RuleSet, answers: &Answers, position: QuestionIx) -> OptionSet {
    let question = &rules.questions()[position];
    answers.unseen(position, question, question.all_options())
}

/// The literals of these options.
fn among(lits: &[Lit], options: OptionSet) -> impl Iterator<Item = Lit> {
    lits.iter().enumerate().filter(move |(place, _)| options.contains(OptionIx::new(*place))).map(|(_, lit)| *lit)
}
