//! What was said and has no other place: whether it would count beside one more thing, and what it would mean then.

use std::cmp::Reverse;

use crate::answers::{Answer, Answers};
use crate::decide::{Outcome, Situation, Truth, outcome};
use crate::explain::watch::offer_the_same;
use crate::model::{
    Choice, FlagIx, Kind, Level, OptionIx, OptionSet, Position, ProfessionalIx, Question, QuestionIx, Role, RuleSet,
    ServiceIx,
};
use crate::prove::signs::{Signs, looked_at};
use crate::prove::symbolic::Scales;

/// An option that was chosen and on which nothing that is told rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlsoSaid {
    /// The question.
    pub question: QuestionIx,
    /// The option.
    pub option: OptionIx,
    /// What is said about it.
    pub line: Line,
    /// It is a warning sign, to be mentioned at the first visit.
    pub sign: bool,
}

/// What is said about an option that has no other place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// What its author says of it standing alone.
    Alone,
    /// Without it the outcome would be another: it keeps something away.
    Without(Leads),
    /// Together with one more thing it would mean something that neither of them means.
    Together {
        /// The other thing.
        with: OneMore,
        /// What both would mean.
        leads: Leads,
    },
    /// It changes nothing here, nor together with any one other thing.
    Nothing,
}

/// One more thing that somebody could have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneMore {
    /// One more tick, or another option.
    Option(QuestionIx, OptionIx),
    /// Another number: any between these, both included.
    Numbers(QuestionIx, i32, i32),
}

/// What would be so that is not so now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// A graver level.
    Level(Level),
    /// Somebody would be on the plan.
    Professional(ProfessionalIx),
    /// A service would be on the plan.
    Service(ServiceIx),
    /// A service would be on hold.
    OnHold(ServiceIx),
    /// A service would wait for the doctor's OK.
    Waits(ServiceIx),
    /// A flag would be told.
    Flag(FlagIx),
    /// The plan would be another.
    Plan,
    /// More would be asked.
    Questions,
}

impl Leads {
    /// What both together mean and neither of `others` does, the most telling first.
    fn between(with: &Outcome, others: &[&Outcome]) -> Option<Self> {
        if others.iter().all(|other| other.level < with.level) {
            return Some(Self::Level(with.level));
        }
        // Beside another level, all else would mislead.
        if with.level.ends_without_plan() || others.iter().any(|other| other.level != with.level) {
            return None;
        }
        let new = |in_one: &dyn Fn(&Outcome) -> bool| !others.iter().any(|other| in_one(other));
        let services =
            |outcome: &Outcome| -> Vec<ServiceIx> { outcome.steps.iter().map(|step| step.service).collect() };
        let mut professionals = with.professionals().into_iter();
        if let Some(who) = professionals.find(|who| new(&|outcome| outcome.professionals().contains(who))) {
            return Some(Self::Professional(who));
        }
        let mut on_plan = services(with).into_iter();
        if let Some(service) = on_plan.find(|service| new(&|outcome| services(outcome).contains(service))) {
            return Some(Self::Service(service));
        }
        let mut on_hold = with.on_hold.iter();
        if let Some(service) = on_hold.find(|service| new(&|outcome| outcome.on_hold.contains(service))) {
            return Some(Self::OnHold(*service));
        }
        let mut waits = with.waits.iter();
        if let Some(service) = waits.find(|service| new(&|outcome| outcome.waits.contains(service))) {
            return Some(Self::Waits(*service));
        }
        let mut flags = with.flags.iter();
        if let Some(flag) = flags.find(|flag| new(&|outcome| outcome.flags.contains(flag))) {
            return Some(Self::Flag(*flag));
        }
        new(&|outcome| outcome.steps == with.steps).then_some(Self::Plan)
    }

    /// The most telling first.
    fn rank(self) -> usize {
        match self {
            Self::Level(_) => 0,
            Self::Professional(_) => 1,
            Self::Service(_) => 2,
            Self::OnHold(_) => 3,
            Self::Waits(_) => 4,
            Self::Flag(_) => 5,
            Self::Plan => 6,
            Self::Questions => 7,
        }
    }
}

/// What is said about each of some options.
pub(super) fn also_said(
    situation: &Situation<'_>,
    answers: &Answers,
    now: &Outcome,
    signs: &Signs,
    listed: &[(QuestionIx, OptionIx)],
) -> Vec<AlsoSaid> {
    let rules = situation.rules();
    let mut trial = Trial { rules, situation, answers, now, scales: Scales::new(rules), more: None };
    let mut all = Vec::new();
    for &(question, option) in listed {
        let line = trial.line(question, option);
        all.push(AlsoSaid { question, option, line, sign: signs.of(question).contains(option) });
    }
    all
}

/// Somebody's answers, to which things are added and from which things are taken away.
struct Trial<'a, 'r> {
    rules: &'r RuleSet,
    situation: &'a Situation<'r>,
    answers: &'a Answers,
    now: &'a Outcome,
    scales: Scales,
    /// Each thing that could be added and changes something, with all answers then and what comes of them; the gravest first.
    /// Looked for when it is first needed.
    more: Option<Vec<(OneMore, Answers, Outcome)>>,
}

impl Trial<'_, '_> {
    fn line(&mut self, position: QuestionIx, option: OptionIx) -> Line {
        let question = &self.rules.questions()[position];
        let Some(choice) = question.options.get(option.index()) else {
            return Line::Nothing;
        };
        if choice.alone.is_some() {
            return Line::Alone;
        }
        if let Some(leads) = self.keeps_away(position, option, choice) {
            return Line::Without(leads);
        }
        match self.together(position, option) {
            Some((with, leads)) => Line::Together { with, leads },
            None => Line::Nothing,
        }
    }

    /// What would be so without an option. Of several options one of which has to be chosen, that is looked at only for those
    /// that are meant to keep something away: all others stand beside each other, not in each other's way.
    fn keeps_away(&self, position: QuestionIx, option: OptionIx, choice: &Choice) -> Option<Leads> {
        let others = self.without(self.answers, position, option);
        let is_tick = matches!((&self.rules.questions()[position].kind, others.as_slice()), (Kind::Many, [_]));
        if !is_tick && !choice.may_lower_level && !self.excuses(position, option) {
            return None;
        }
        let outcomes: Option<Vec<Outcome>> = others.iter().map(|answers| outcome(self.rules, answers)).collect();
        let Some(outcomes) = outcomes else {
            return is_tick.then_some(Leads::Questions);
        };
        let first = outcomes.iter().min_by_key(|outcome| outcome.level)?;
        match Leads::between(first, &[self.now]) {
            Some(leads @ Leads::Level(_)) => Some(leads),
            leads if is_tick => leads.or_else(|| (first != self.now).then_some(Leads::Plan)),
            _ => None,
        }
    }

    /// Whether a flag is not told because of an option.
    fn excuses(&self, position: QuestionIx, option: OptionIx) -> bool {
        let unless = self.rules.flags().rows().iter().filter_map(|flag| flag.unless.as_ref());
        looked_at(self.rules, unless).get(position.index()).is_some_and(|options| options.contains(option))
    }

    /// One more thing, what it means together with an option, and what neither means without the other: what leads to the
    /// gravest level, then the most telling, then the first.
    fn together(&mut self, position: QuestionIx, option: OptionIx) -> Option<(OneMore, Leads)> {
        if self.more.is_none() {
            self.more = Some(self.all_more());
        }
        let mut best: Option<(OneMore, Leads, Level)> = None;
        for (with, answers, both) in self.more.as_deref().unwrap_or_default() {
            if best.is_some_and(|(_, leads, level)| leads.rank() == 0 || level > both.level) {
                break;
            }
            if !self.may_stand_beside(*with, position) {
                continue;
            }
            let others = self.without(answers, position, option);
            let outcomes: Option<Vec<Outcome>> = others.iter().map(|answers| outcome(self.rules, answers)).collect();
            let Some(outcomes) = outcomes.filter(|outcomes| !outcomes.is_empty()) else {
                continue;
            };
            let others: Vec<&Outcome> = outcomes.iter().chain([self.now]).collect();
            if let Some(leads) = Leads::between(both, &others)
                && best.is_none_or(|(_, known, _)| leads.rank() < known.rank())
            {
                best = Some((*with, leads, both.level));
            }
        }
        best.map(|(with, leads, _)| (with, leads))
    }

    /// Whether something can be said beside an answer to a question, and not only in its place.
    fn may_stand_beside(&self, with: OneMore, position: QuestionIx) -> bool {
        let (OneMore::Option(question, _) | OneMore::Numbers(question, ..)) = with;
        question != position || matches!(self.rules.questions()[position].kind, Kind::Many)
    }

    /// Everything that could be said beside or instead of an answer to a question that was answered, that opens and closes no
    /// other, and after which something is so that is not so now.
    fn all_more(&self) -> Vec<(OneMore, Answers, Outcome)> {
        let mut all = Vec::new();
        for (position, question) in self.rules.questions().iter() {
            // A list that has grown since was answered, too.
            let heard = self.situation.standing(position).heard;
            let Some(before) = self.answers.get(position).filter(|_| heard == Truth::Yes) else {
                continue;
            };
            for (with, answer) in others(question, position, before, &self.scales) {
                let offered = match with {
                    OneMore::Option(_, option) => self.situation.choosable(position).contains(option),
                    OneMore::Numbers(..) => true,
                };
                let Some(after) = self.answering(self.answers, position, answer).filter(|_| offered) else {
                    continue;
                };
                if let Some(outcome) = self.same_questions(&after)
                    && Leads::between(&outcome, &[self.now]).is_some()
                {
                    all.push((with, after, outcome));
                }
            }
        }
        all.sort_by_key(|(_, _, outcome)| Reverse(outcome.level));
        all
    }

    /// What comes of some answers, if they open and close no question.
    fn same_questions(&self, answers: &Answers) -> Option<Outcome> {
        offer_the_same(self.situation, &Situation::new(self.rules, answers)).then(|| outcome(self.rules, answers))?
    }

    /// The same answers without an option: without the tick; or where something has to be said in its place, with each other
    /// thing that could be.
    fn without(&self, answers: &Answers, position: QuestionIx, option: OptionIx) -> Vec<Answers> {
        let question = &self.rules.questions()[position];
        let chosen = match answers.get(position) {
            Some(Answer::Options(chosen)) => chosen,
            _ => OptionSet::EMPTY,
        };
        let choosable = self.situation.choosable(position);
        let left = chosen.minus(OptionSet::only(option));
        let none = question.option_with(Role::NoneOfThese);
        let instead: Vec<Answer> = match &question.kind {
            Kind::Many if left.meets(choosable) => vec![Answer::Options(left)],
            Kind::Many if none.is_some() => none.into_iter().map(Answer::option).collect(),
            Kind::One | Kind::Many => choosable.minus(OptionSet::only(option)).iter().map(Answer::option).collect(),
            Kind::Number(range) => {
                std::iter::once(range.min).chain(self.scales.of(position)).map(Answer::Number).collect()
            }
        };
        instead.into_iter().filter_map(|answer| self.answering(answers, position, answer)).collect()
    }

    /// The same answers with another one to a question that offers what it offered then: nothing new is denied by it.
    fn answering(&self, answers: &Answers, position: QuestionIx, answer: Answer) -> Option<Answers> {
        let mut answers = answers.clone();
        let offered = answers.offered(position);
        answers.set(self.rules, position, answer).ok()?;
        answers.set_offered(position, offered);
        Some(answers)
    }
}

/// Each thing that could be said beside or instead of an answer, with the answer then.
fn others(question: &Question, position: QuestionIx, before: Answer, scales: &Scales) -> Vec<(OneMore, Answer)> {
    let none = question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
    let plain = question.choices().filter(|(_, choice)| choice.role == Role::Plain).map(|(option, _)| option);
    match (&question.kind, before) {
        (Kind::Many, Answer::Options(ticked)) => plain
            .filter(|option| !ticked.contains(*option))
            .map(|option| {
                let ticked = ticked.minus(none).or(OptionSet::only(option));
                (OneMore::Option(position, option), Answer::Options(ticked))
            })
            .collect(),
        (Kind::Number(range), before) => {
            let starts: Vec<i32> = std::iter::once(range.min).chain(scales.of(position)).collect();
            let ends = starts.iter().skip(1).map(|start| start.saturating_sub(1)).chain([range.max]);
            let classes = starts.iter().copied().zip(ends.collect::<Vec<i32>>());
            let before = match before {
                Answer::Number(number) => Some(number),
                Answer::Options(_) => None,
            };
            classes
                .filter(|(low, high)| before.is_none_or(|number| !(*low..=*high).contains(&number)))
                .map(|(low, high)| (OneMore::Numbers(position, low, high), Answer::Number(low)))
                .collect()
        }
        (_, before) => plain
            .map(|option| (OneMore::Option(position, option), Answer::option(option)))
            .filter(|(_, answer)| *answer != before)
            .collect(),
    }
}
