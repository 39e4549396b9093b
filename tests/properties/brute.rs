//! What a proof of a rule set has to find, worked out by looking at everybody: all complete sets of answers, and all pairs
//! of them. Nothing of it is the program's; faults go by their names.

use std::collections::{BTreeSet, HashMap};

use super::oracle::Outcome;
use super::oracle::{
    applying_options, completions, condition_holds, deciding_preferences, finding_holds, holding_needs,
    holding_preferences, outcome, raised_flags, unfold,
};
use super::people::silent;
use super::rule_set::{Answered, Cond, Entry, Flag, GenRules, Given, Guarantee, Kind, Level, OutcomeTest};

/// What a fault is about, by its place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Question(usize),
    Choice(usize, usize),
    /// The `only_if` of a question.
    OnlyIf(usize),
    /// The `only_if` of an option.
    ChoiceOnlyIf(usize, usize),
    Finding(usize),
    Flag(usize),
    /// The `unless` of a flag.
    Unless(usize),
    Need(usize),
    Preference(usize),
    Teamwork(usize),
    Handover(usize),
    Professional(usize),
    Phase(usize),
    Service(usize),
    Guarantee(usize),
}

/// The faults of a rule set.
pub(crate) type Faults = BTreeSet<(&'static str, Subject)>;

/// Somebody with an answer to every question that applies, and what comes of it.
pub(crate) struct Somebody {
    pub(crate) answered: Answered,
    /// The options that apply of each question that does.
    offered: Vec<Option<Vec<usize>>>,
    pub(crate) outcome: Outcome,
    /// The flags that hold, whether or not they count.
    raised: Vec<usize>,
}

/// All people there can be under a rule set.
pub(crate) struct Everybody<'a> {
    made: &'a GenRules,
    pub(crate) people: Vec<Somebody>,
    places: HashMap<Answered, usize>,
}

impl<'a> Everybody<'a> {
    pub(crate) fn new(made: &'a GenRules) -> Self {
        let people: Vec<Somebody> = completions(made, &silent(made))
            .into_iter()
            .map(|answered| Somebody {
                offered: (0..made.questions.len()).map(|place| applying_options(made, &answered, place)).collect(),
                outcome: outcome(made, &answered),
                raised: raised_flags(made, &answered),
                answered,
            })
            .collect();
        let places = people.iter().enumerate().map(|(place, one)| (one.answered.clone(), place)).collect();
        Self { made, people, places }
    }

    /// Who gives these complete answers, if somebody can.
    pub(crate) fn who_answers(&self, complete: &Answered) -> Option<&Somebody> {
        self.places.get(complete).map(|place| &self.people[*place])
    }

    /// Those of whom everything is so that was said, as far as it counts.
    pub(crate) fn who_said(&self, said: &Answered) -> Vec<&Somebody> {
        let all = completions(self.made, said);
        all.iter().map(|complete| self.who_answers(complete).expect("everybody is known")).collect()
    }

    /// All faults that there are.
    pub(crate) fn faults(&self) -> Faults {
        let mut faults = Faults::new();
        self.of_questions(&mut faults);
        self.of_rules(&mut faults);
        self.of_conditions(&mut faults);
        self.of_shown(&mut faults);
        self.of_care(&mut faults);
        self.of_redundancy(&mut faults);
        self.of_levels(&mut faults);
        self.of_answers(&mut faults);
        self.of_signs(&mut faults);
        faults
    }

    fn anybody(&self, so: impl FnMut(&Somebody) -> bool) -> bool {
        self.people.iter().any(so)
    }

    fn holds(&self, one: &Somebody, cond: Option<&Cond>) -> bool {
        condition_holds(self.made, &one.answered, cond)
    }

    fn of_questions(&self, faults: &mut Faults) {
        for (place, question) in self.made.questions.iter().enumerate() {
            if !self.anybody(|one| one.answered[place].is_some()) {
                faults.insert(("unreachable-question", Subject::Question(place)));
                continue;
            }
            for option in 0..question.option_count() {
                if !self.anybody(|one| chose(one, place, option)) {
                    faults.insert(("unreachable-option", Subject::Choice(place, option)));
                }
            }
        }
    }

    /// Who holds for nobody, and who for everybody.
    fn of_rules(&self, faults: &mut Faults) {
        let mut rule = |dead, subject, conditional: bool, holds: &dyn Fn(&Somebody) -> bool| {
            if !self.anybody(holds) {
                faults.insert((dead, subject));
            }
            if conditional && self.people.iter().all(holds) {
                faults.insert(("always-holds", subject));
            }
        };
        let made = self.made;
        for (place, when) in made.findings.iter().enumerate() {
            let holds = |one: &Somebody| finding_holds(made, &one.answered, place);
            rule("never-holds", Subject::Finding(place), when.is_some(), &holds);
        }
        for (place, flag) in made.flags.iter().enumerate() {
            rule("dead-flag", Subject::Flag(place), flag.when.is_some(), &|one| one.raised.contains(&place));
        }
        for (place, need) in made.needs.iter().enumerate() {
            let holds = |one: &Somebody| holding_needs(made, &one.answered).contains(&place);
            rule("never-holds", Subject::Need(place), need.when.is_some(), &holds);
        }
        for (place, preference) in made.preferences.iter().enumerate() {
            let holds = |one: &Somebody| holding_preferences(made, &one.answered).contains(&place);
            rule("never-holds", Subject::Preference(place), preference.when.is_some(), &holds);
        }
    }

    /// The conditions that hide nothing and excuse nobody.
    fn of_conditions(&self, faults: &mut Faults) {
        for (place, question) in self.made.questions.iter().enumerate() {
            let applies = |one: &Somebody| self.holds(one, question.only_if.as_ref());
            if question.only_if.is_some() && self.people.iter().all(applies) {
                faults.insert(("only-if-never-matters", Subject::OnlyIf(place)));
            }
            for (option, choice) in question.options.iter().enumerate() {
                let hidden = |one: &Somebody| applies(one) && !self.holds(one, choice.only_if.as_ref());
                let reached = !faults.contains(&("unreachable-question", Subject::Question(place)));
                if choice.only_if.is_some() && reached && !self.anybody(hidden) {
                    faults.insert(("only-if-never-matters", Subject::ChoiceOnlyIf(place, option)));
                }
            }
        }
        for (place, flag) in self.made.flags.iter().enumerate() {
            let dead = faults.contains(&("dead-flag", Subject::Flag(place)));
            let Some(unless) = flag.unless.as_ref().filter(|_| !dead) else { continue };
            if !self.anybody(|one| self.holds(one, flag.when.as_ref()) && self.holds(one, Some(unless))) {
                faults.insert(("unless-never-matters", Subject::Unless(place)));
            }
        }
    }

    /// What holds for somebody and shows to nobody.
    fn of_shown(&self, faults: &mut Faults) {
        let made = self.made;
        let mut shown: Vec<(Subject, bool)> = Vec::new();
        for place in 0..made.findings.len() {
            shown.push((Subject::Finding(place), all_conditions(made).any(|cond| names_finding(cond, place))));
        }
        for place in 0..made.flags.len() {
            shown.push((Subject::Flag(place), self.anybody(|one| self.is_told(one, place))));
        }
        for place in 0..made.needs.len() {
            let shows = |one: &Somebody| {
                one.outcome.level < Level::Urgent && holding_needs(made, &one.answered).contains(&place)
            };
            shown.push((Subject::Need(place), self.anybody(shows)));
        }
        for place in 0..made.preferences.len() {
            let shows = |one: &Somebody| deciding_preferences(made, &one.answered).contains(&place);
            shown.push((Subject::Preference(place), self.anybody(shows)));
        }
        for place in 0..made.teamwork.len() {
            shown.push((Subject::Teamwork(place), self.anybody(|one| self.work_together(one, place))));
        }
        for place in 0..made.handovers.len() {
            shown.push((Subject::Handover(place), self.anybody(|one| self.hands_over(one, place))));
        }
        for (subject, shows) in shown {
            if !shows && !is_dead(faults, subject) {
                faults.insert(("never-shows", subject));
            }
        }
    }

    /// Teamwork is shown: those whom it names are on one phase of the plan.
    pub(crate) fn work_together(&self, one: &Somebody, teamwork: usize) -> bool {
        let teamwork = &self.made.teamwork[teamwork];
        let teams = teams(one).into_iter().filter(|(phase, _)| teamwork.phase.is_none_or(|only| only == *phase));
        teams
            .into_iter()
            .any(|(_, team)| team.contains(&teamwork.of) && teamwork.with.iter().any(|with| team.contains(with)))
    }

    /// A handover is shown: the one ends with a phase, and the other takes over in the next.
    pub(crate) fn hands_over(&self, one: &Somebody, handover: usize) -> bool {
        let (from, to) = &self.made.handovers[handover];
        teams(one).windows(2).any(|pair| {
            let ((_, here), (_, next)) = (&pair[0], &pair[1]);
            here.contains(from) && !here.contains(to) && next.contains(to)
        })
    }

    /// Who is never sent for, what is promised and not kept, and who is told nothing.
    fn of_care(&self, faults: &mut Faults) {
        let made = self.made;
        let on_a_plan =
            |wanted: &dyn Fn(&(usize, usize, usize)) -> bool| self.anybody(|one| one.outcome.steps.iter().any(wanted));
        for professional in 0..made.professionals {
            if !on_a_plan(&|(_, _, lead)| *lead == professional) {
                faults.insert(("unreachable-professional", Subject::Professional(professional)));
            }
        }
        for phase in 0..made.phases {
            if !on_a_plan(&|(at, _, _)| *at == phase) {
                faults.insert(("unreachable-phase", Subject::Phase(phase)));
            }
        }
        for service in 0..made.services.len() {
            let asked = made.needs.iter().any(|need| need.service == service);
            if (asked || !made.compared_only[service]) && !on_a_plan(&|(_, what, _)| *what == service) {
                faults.insert(("unreachable-service", Subject::Service(service)));
            }
        }
        if self.anybody(|one| self.is_told_nothing(one)) {
            faults.insert(("no-recommendation", Subject::Phase(0)));
        }
        for place in 0..made.guarantees.len() {
            if self.anybody(|one| self.breaks(one, place)) {
                faults.insert(("guarantee-fails", Subject::Guarantee(place)));
            }
        }
    }

    /// The rules without which everybody is decided the same; of flags not whether they themselves are told.
    fn of_redundancy(&self, faults: &mut Faults) {
        let made = self.made;
        let bare = GenRules { guarantees: vec![], ..made.clone() };
        let flags = (0..made.flags.len()).filter(|place| made.flags[*place].level > Level::None);
        let rules = flags
            .map(Subject::Flag)
            .chain((0..made.needs.len()).map(Subject::Need))
            .chain((0..made.preferences.len()).map(Subject::Preference));
        for subject in rules {
            if is_dead(faults, subject) || faults.contains(&("never-shows", subject)) {
                continue;
            }
            let mut fewer = bare.clone();
            match subject {
                Subject::Flag(place) => drop(fewer.flags.remove(place)),
                Subject::Need(place) => drop(fewer.needs.remove(place)),
                Subject::Preference(place) => drop(fewer.preferences.remove(place)),
                _ => unreachable!("no rule"),
            }
            let same = |one: &Somebody| {
                let mut without = outcome(&fewer, &one.answered);
                if let Subject::Flag(_) = subject {
                    without.flags.clone_from(&one.outcome.flags);
                }
                without == one.outcome
            };
            if self.people.iter().all(same) {
                faults.insert(("redundant-rule", subject));
            }
        }
    }

    /// The answers that make things look better than they are.
    fn of_levels(&self, faults: &mut Faults) {
        for place in self.safety_questions() {
            let question = &self.made.questions[place];
            let Some(added) = question.added_option() else { continue };
            if question.kind == Kind::Many {
                let pairs = self.pairs(place);
                for option in (0..question.options.len()).filter(|option| !question.options[*option].may_lower_level) {
                    let lowers = |(more, fewer): &(&Somebody, &Somebody)| {
                        self.one_more_tick(more, fewer, place, option) && self.misses(more, fewer)
                    };
                    if pairs.iter().any(lowers) {
                        faults.insert(("tick-lowers-level", Subject::Choice(place, option)));
                    }
                }
            } else if self.anybody(|one| self.looks_better(one, place)) {
                faults.insert(("unsure-lowers-level", Subject::Choice(place, added)));
            }
        }
    }

    /// Somebody is not sure, and all who are and agree in all else are at a higher level, of whom there are some.
    fn looks_better(&self, one: &Somebody, question: usize) -> bool {
        let sure = self.sure_of(one, question);
        !sure.is_empty() && sure.into_iter().all(|other| one.outcome.level < other.outcome.level)
    }

    /// If somebody is not sure: all who are, and agree in all else.
    pub(crate) fn sure_of(&self, one: &Somebody, question: usize) -> Vec<&Somebody> {
        let unsure = self.made.questions[question].added_option().expect("one can be unsure");
        if !chose(one, question, unsure) {
            return vec![];
        }
        let sure = |other: &&Somebody| !chose(other, question, unsure) && agree_but_for(one, other, question);
        self.people.iter().filter(sure).collect()
    }

    /// The first has ticked one thing more than the second, or it alone where the second has ticked `none`.
    pub(crate) fn one_more_tick(&self, more: &Somebody, fewer: &Somebody, question: usize, option: usize) -> bool {
        let (Some(Given::Options(more)), Some(Given::Options(fewer))) =
            (&more.answered[question], &fewer.answered[question])
        else {
            return false;
        };
        let others: Vec<usize> = more.iter().copied().filter(|other| *other != option).collect();
        let none: Vec<usize> = self.made.questions[question].added_option().into_iter().collect();
        more.contains(&option) && *fewer == if others.is_empty() { none } else { others }
    }

    /// No flag that holds for the first is as grave as the level of the second.
    pub(crate) fn misses(&self, one: &Somebody, other: &Somebody) -> bool {
        let gravest = one.raised.iter().map(|flag| self.made.flags[*flag].level).max();
        gravest.unwrap_or(Level::None) < other.outcome.level
    }

    /// All who answer a question differently and agree in all else.
    fn pairs(&self, question: usize) -> Vec<(&Somebody, &Somebody)> {
        let differ = |one: &Somebody, other: &Somebody| {
            one.answered[question] != other.answered[question] && agree_but_for(one, other, question)
        };
        let others = |one| self.people.iter().filter(move |other| differ(one, other)).map(move |other| (one, other));
        self.people.iter().flat_map(others).collect()
    }

    /// The questions and options whose answers change nothing.
    fn of_answers(&self, faults: &mut Faults) {
        for (place, question) in self.made.questions.iter().enumerate() {
            if faults.contains(&("unreachable-question", Subject::Question(place))) {
                continue;
            }
            let mut pairs = self.pairs(place);
            pairs.retain(|(one, other)| one.outcome != other.outcome || one.offered != other.offered);
            if pairs.is_empty() {
                faults.insert(("question-never-matters", Subject::Question(place)));
                continue;
            }
            let own = 0..question.options.len();
            for option in own.chain(question.added_option().filter(|_| question.kind != Kind::Many)) {
                let changes = |(one, other): &(&Somebody, &Somebody)| match question.kind {
                    Kind::Many => self.one_more_tick(one, other, place, option),
                    _ => chose(one, place, option) && !chose(other, place, option),
                };
                let reached = !faults.contains(&("unreachable-option", Subject::Choice(place, option)));
                if reached && !pairs.iter().any(changes) {
                    faults.insert(("option-never-matters", Subject::Choice(place, option)));
                }
            }
        }
    }

    /// The signs that somebody ticks who is told nothing that names them.
    fn of_signs(&self, faults: &mut Faults) {
        for (place, question) in self.made.questions.iter().enumerate() {
            for option in 0..question.options.len() {
                let reached = !faults.contains(&("unreachable-option", Subject::Choice(place, option)));
                let silent = |one: &Somebody| self.is_silent(one, place, option);
                if self.is_sign(place, option) && reached && self.anybody(silent) {
                    faults.insert(("silent-sign", Subject::Choice(place, option)));
                }
            }
        }
    }

    /// Whether an option is a danger sign.
    fn is_sign(&self, place: usize, option: usize) -> bool {
        let question = &self.made.questions[place];
        let names = |option: usize, cond: Option<&Cond>| cond.is_some_and(|cond| self.wants(cond, place, option));
        let opens = |option: usize| {
            self.made.questions.iter().any(|question| {
                let of_options = question.options.iter().filter_map(|choice| choice.only_if.as_ref());
                question.only_if.iter().chain(of_options).any(|cond| names(option, Some(cond)))
            })
        };
        let mut grave = self.made.flags.iter().filter(|flag| flag.level > Level::None);
        question.kind == Kind::Many
            && self.safety_questions().contains(&place)
            && !question.options[option].may_lower_level
            && grave.any(|flag| names(option, flag.when.as_ref()))
            && (0..question.options.len()).any(|option| !opens(option))
    }

    /// Somebody has ticked an option, is not sent to a doctor today, and is told of nothing that names it.
    pub(crate) fn is_silent(&self, one: &Somebody, place: usize, option: usize) -> bool {
        let made = self.made;
        let names = |cond: Option<&Cond>| cond.is_some_and(|cond| self.wants(cond, place, option));
        let told = one.outcome.flags.iter().any(|flag| names(made.flags[*flag].when.as_ref()));
        let needed = holding_needs(made, &one.answered).into_iter().any(|need| names(made.needs[need].when.as_ref()));
        chose(one, place, option) && one.outcome.level < Level::Urgent && !told && !needed
    }

    /// Whether a condition names an option as one to be chosen, itself or through findings.
    fn wants(&self, cond: &Cond, place: usize, option: usize) -> bool {
        let mut wants = false;
        let finds =
            |finding: usize| self.made.findings[finding].as_ref().is_some_and(|when| self.wants(when, place, option));
        visit(cond, &mut |entry| {
            wants |= match entry {
                Entry::Is(question, wanted) => (*question, *wanted) == (place, option),
                Entry::IsOneOf(question, wanted) => *question == place && wanted.contains(&option),
                Entry::Sets { question, any_of, all_of, .. } => {
                    *question == place && (any_of.contains(&option) || all_of.contains(&option))
                }
                Entry::Finding(finding) => finds(*finding),
                Entry::FindingOneOf(findings) => findings.iter().any(|finding| finds(*finding)),
                _ => false,
            };
        });
        wants
    }

    /// The questions that a flag at clearance or above names, itself or through findings.
    pub(crate) fn safety_questions(&self) -> BTreeSet<usize> {
        let grave = self.made.flags.iter().filter(|flag| flag.level >= Level::Clearance);
        let mut named = BTreeSet::new();
        for Flag { when, unless, .. } in grave {
            for cond in when.iter().chain(unless) {
                self.add_questions(cond, &mut named);
            }
        }
        named
    }

    fn add_questions(&self, cond: &Cond, named: &mut BTreeSet<usize>) {
        visit(cond, &mut |entry| match entry {
            Entry::Is(question, _)
            | Entry::IsOneOf(question, _)
            | Entry::Sets { question, .. }
            | Entry::Number(question, _)
            | Entry::NumberOneOf(question, _)
            | Entry::Compare { question, .. } => drop(named.insert(*question)),
            Entry::Finding(finding) => self.add_questions_of_finding(*finding, named),
            Entry::FindingOneOf(findings) => {
                for finding in findings {
                    self.add_questions_of_finding(*finding, named);
                }
            }
            _ => {}
        });
    }

    fn add_questions_of_finding(&self, finding: usize, named: &mut BTreeSet<usize>) {
        if let Some(when) = &self.made.findings[finding] {
            self.add_questions(when, named);
        }
    }

    /// A flag is told: it counts, and beside no plan it is as grave.
    pub(crate) fn is_told(&self, one: &Somebody, flag: usize) -> bool {
        if one.outcome.level >= Level::Urgent {
            self.made.flags[flag].level >= Level::Urgent && one.raised.contains(&flag)
        } else {
            one.outcome.flags.contains(&flag)
        }
    }

    /// No need holds, and nothing is said of that.
    pub(crate) fn is_told_nothing(&self, one: &Somebody) -> bool {
        one.outcome.otherwise && !self.made.otherwise
    }

    /// A guarantee is broken.
    pub(crate) fn breaks(&self, one: &Somebody, guarantee: usize) -> bool {
        let Guarantee { when, unless, always, test } = &self.made.guarantees[guarantee];
        let passes = |test: &[OutcomeTest]| test.iter().all(|entry| self.passes(one, entry));
        let excused = unless.as_ref().is_some_and(|unless| passes(unless));
        self.holds(one, when.as_ref()) && !excused && passes(test) != *always
    }

    fn passes(&self, one: &Somebody, entry: &OutcomeTest) -> bool {
        let Outcome { level, steps, on_hold, waits, .. } = &one.outcome;
        match entry {
            OutcomeTest::Level(wanted) => level == wanted,
            OutcomeTest::LevelBetween(least, most) => {
                least.is_none_or(|least| *level >= least) && most.is_none_or(|most| *level <= most)
            }
            OutcomeTest::Flag(flag) => self.is_told(one, *flag),
            OutcomeTest::Professional { professional, phase, service } => steps.iter().any(|(at, what, lead)| {
                lead == professional
                    && phase.is_none_or(|phase| phase == *at)
                    && service.is_none_or(|service| service == *what)
            }),
            OutcomeTest::Before(first, second) => {
                let begins = |who: usize| steps.iter().filter(|(_, _, lead)| *lead == who).map(|(at, _, _)| *at).min();
                !matches!((begins(*first), begins(*second)), (Some(first), Some(second)) if first > second)
            }
            OutcomeTest::OnHold(held) => unfold(self.made, *held).iter().any(|service| on_hold.contains(service)),
            OutcomeTest::Waits(held) => unfold(self.made, *held).iter().any(|service| waits.contains(service)),
            OutcomeTest::NoPlan => steps.is_empty(),
        }
    }

    /// The latest screen on which an emergency can first show.
    pub(crate) fn latest_emergency(&self) -> Option<usize> {
        let questions = 0..self.made.questions.len();
        let screens = |one| questions.clone().filter_map(move |place| self.shows_emergency_at(one, place));
        self.people.iter().flat_map(screens).max()
    }

    /// The screen of a question, if somebody is in an emergency, and who answered all before it alike need not be.
    pub(crate) fn shows_emergency_at(&self, one: &Somebody, question: usize) -> Option<usize> {
        let calm = |other: &Somebody| {
            other.outcome.level < Level::Emergency && one.answered[..question] == other.answered[..question]
        };
        let shows = one.outcome.level == Level::Emergency && one.answered[question].is_some() && self.anybody(calm);
        shows.then(|| one.answered[..=question].iter().flatten().count())
    }
}

/// A rule that holds for nobody.
fn is_dead(faults: &Faults, subject: Subject) -> bool {
    ["dead-flag", "never-holds"].iter().any(|code| faults.contains(&(code, subject)))
}

fn chose(one: &Somebody, question: usize, option: usize) -> bool {
    matches!(&one.answered[question], Some(Given::Options(chosen)) if chosen.contains(&option))
}

/// Two people answer alike every other question that applies to both.
pub(crate) fn agree_but_for(one: &Somebody, other: &Somebody, question: usize) -> bool {
    let mut pairs = one.answered.iter().zip(&other.answered).enumerate();
    pairs.all(|(place, (mine, theirs))| place == question || mine.is_none() || theirs.is_none() || mine == theirs)
}

/// Who leads something in each phase of the plan.
fn teams(one: &Somebody) -> Vec<(usize, Vec<usize>)> {
    let mut teams: Vec<(usize, Vec<usize>)> = Vec::new();
    for (phase, _, lead) in &one.outcome.steps {
        match teams.last_mut().filter(|(last, _)| last == phase) {
            Some((_, team)) => team.push(*lead),
            None => teams.push((*phase, vec![*lead])),
        }
    }
    teams
}

fn all_conditions(made: &GenRules) -> impl Iterator<Item = &Cond> {
    let questions = made.questions.iter().flat_map(|question| {
        question.only_if.iter().chain(question.options.iter().filter_map(|choice| choice.only_if.as_ref()))
    });
    let flags = made.flags.iter().flat_map(|flag| flag.when.iter().chain(&flag.unless));
    let needs = made.needs.iter().filter_map(|need| need.when.as_ref());
    let preferences = made.preferences.iter().filter_map(|preference| preference.when.as_ref());
    let guarantees = made.guarantees.iter().filter_map(|guarantee| guarantee.when.as_ref());
    questions.chain(made.findings.iter().flatten()).chain(flags).chain(needs).chain(preferences).chain(guarantees)
}

fn names_finding(cond: &Cond, finding: usize) -> bool {
    let mut named = false;
    visit(cond, &mut |entry| {
        named |= match entry {
            Entry::Finding(one) => *one == finding,
            Entry::FindingOneOf(several) => several.contains(&finding),
            _ => false,
        };
    });
    named
}

/// Shows all entries of a condition, those of its parts too.
fn visit(cond: &Cond, look: &mut dyn FnMut(&Entry)) {
    for entry in &cond.0 {
        look(entry);
        match entry {
            Entry::Any(parts) | Entry::All(parts) | Entry::Count(_, parts) => {
                for part in parts {
                    visit(part, look);
                }
            }
            Entry::Not(part) => visit(part, look),
            _ => {}
        }
    }
}
