//! What a rule set says of complete answers, worked out as plainly as the design states it.
//!
//! Two-valued, slow, and without anything of the program: conditions are looked up and not resolved, sets of
//! professionals are lists, and every complete set of answers is written out.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::rule_set::{Answered, Cond, Entry, Flag, GenRules, Given, Held, Kind, Level, Question, Said, Scope, Told};

/// What comparisons compare. From `urgent` up all but the level is left empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) level: Level,
    /// The flags that count, and the notes.
    pub(crate) flags: Vec<usize>,
    /// Phase, service, lead.
    pub(crate) steps: Vec<(usize, usize, usize)>,
    pub(crate) on_hold: Vec<usize>,
    pub(crate) waits: Vec<usize>,
    pub(crate) otherwise: bool,
}

/// What a person would call the recommendation: the level, who leads something in which phase, and whether nobody is needed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Recommendation {
    pub(crate) level: Level,
    pub(crate) leads: BTreeSet<(usize, usize)>,
    pub(crate) otherwise: bool,
}

impl Outcome {
    /// What a person would call the recommendation.
    pub(crate) fn recommendation(&self) -> Recommendation {
        let leads = self.steps.iter().map(|(phase, _, lead)| (*phase, *lead)).collect();
        Recommendation { level: self.level, leads, otherwise: self.otherwise }
    }
}

/// The outcome of complete answers: one for each question that applies, `None` for each that does not.
pub(crate) fn outcome(rules: &GenRules, complete: &Answered) -> Outcome {
    let person = Person { rules, answered: complete };
    let needs = holding_needs(rules, complete).into_iter().map(|need| &rules.needs[need]);
    let needed: Vec<(usize, usize)> = needs.map(|need| (need.phase, need.service)).collect();
    let is_needed = |service: usize| needed.iter().any(|(_, needed)| *needed == service);

    let counts = |flag: &Flag| {
        let holds_back = matches!(flag.level, Level::Caution | Level::Clearance);
        let held = held_services(rules, flag);
        person.raises(flag) && (!holds_back || held.is_empty() || held.into_iter().any(is_needed))
    };
    let flags: Vec<usize> = (0..rules.flags.len()).filter(|flag| counts(&rules.flags[*flag])).collect();
    let level = flags.iter().map(|flag| rules.flags[*flag].level).max().unwrap_or(Level::None);
    let mut outcome = Outcome { level, flags: vec![], steps: vec![], on_hold: vec![], waits: vec![], otherwise: false };
    if level >= Level::Urgent {
        return outcome;
    }
    let held_at = |level: Level, service: usize| {
        let mut counting = flags.iter().map(|flag| &rules.flags[*flag]);
        counting.any(|flag| flag.level == level && held_services(rules, flag).contains(&service))
    };
    for service in (0..rules.services.len()).filter(|service| is_needed(*service)) {
        if held_at(Level::Caution, service) {
            outcome.on_hold.push(service);
        }
        if level == Level::Physician || held_at(Level::Clearance, service) {
            outcome.waits.push(service);
        }
    }
    outcome.otherwise = needed.is_empty();
    if !needed.iter().all(|(_, service)| outcome.on_hold.contains(service)) {
        outcome.steps = plan(&person, &needed).steps;
    }
    outcome.flags = flags;
    outcome
}

/// The flags that hold, whether or not they count.
pub(crate) fn raised_flags(rules: &GenRules, complete: &Answered) -> Vec<usize> {
    let person = Person { rules, answered: complete };
    (0..rules.flags.len()).filter(|flag| person.raises(&rules.flags[*flag])).collect()
}

/// The needs that hold.
pub(crate) fn holding_needs(rules: &GenRules, complete: &Answered) -> Vec<usize> {
    let person = Person { rules, answered: complete };
    (0..rules.needs.len()).filter(|need| person.holds_if_any(rules.needs[*need].when.as_ref())).collect()
}

/// The preferences that hold.
pub(crate) fn holding_preferences(rules: &GenRules, complete: &Answered) -> Vec<usize> {
    let person = Person { rules, answered: complete };
    (0..rules.preferences.len()).filter(|row| person.holds_if_any(rules.preferences[*row].when.as_ref())).collect()
}

/// The preferences that decide something in the plan: with them somebody is ruled out, or one of several leads.
pub(crate) fn deciding_preferences(rules: &GenRules, complete: &Answered) -> Vec<usize> {
    if outcome(rules, complete).steps.is_empty() {
        return vec![];
    }
    let needs = holding_needs(rules, complete).into_iter().map(|need| &rules.needs[need]);
    let needed: Vec<(usize, usize)> = needs.map(|need| (need.phase, need.service)).collect();
    let mut decided = plan(&Person { rules, answered: complete }, &needed).decided_by;
    decided.sort_unstable();
    decided.dedup();
    decided
}

/// Whether a condition holds; none is always.
pub(crate) fn condition_holds(rules: &GenRules, complete: &Answered, cond: Option<&Cond>) -> bool {
    Person { rules, answered: complete }.holds_if_any(cond)
}

/// Whether a finding holds.
pub(crate) fn finding_holds(rules: &GenRules, complete: &Answered, finding: usize) -> bool {
    Person { rules, answered: complete }.finds(finding)
}

/// All complete sets of answers of people who would answer as in `said` wherever that counts.
///
/// An answer counts as far as its question and its options apply; where nothing of it does, it was never given. It says
/// nothing of options that its question did not offer then: of a list they may be ticked as well, or in the place of "none of
/// these"; where one is chosen, it may be one of them.
pub(crate) fn completions(rules: &GenRules, said: &impl Told) -> Vec<Answered> {
    let mut all = vec![Answered::new()];
    for place in 0..rules.questions.len() {
        let mut longer = Vec::new();
        for known in all {
            for given in choices(rules, said, &known, place) {
                let mut known = known.clone();
                known.push(given);
                longer.push(known);
            }
        }
        all = longer;
    }
    all
}

/// What can stand for question `place` once all before it are `known`.
pub(crate) fn choices(rules: &GenRules, said: &impl Told, known: &Answered, place: usize) -> Vec<Option<Given>> {
    let applying = applying_options(rules, known, place);
    if let Some(counting) = said.given(place).and_then(|given| counting_part(given, applying.as_deref())) {
        let mut unseen = unseen(rules, said, place);
        unseen.retain(|option| applying.as_ref().is_some_and(|applying| applying.contains(option)));
        return with_unseen(&rules.questions[place], counting, &unseen).into_iter().map(Some).collect();
    }
    match applying {
        None => vec![None],
        Some(options) => possible_answers(&rules.questions[place], &options).into_iter().map(Some).collect(),
    }
}

/// The options that apply, once all questions before `place` are `known`; `None` if the question does not apply.
pub(crate) fn applying_options(rules: &GenRules, known: &Answered, place: usize) -> Option<Vec<usize>> {
    let person = Person { rules, answered: known };
    let question = &rules.questions[place];
    if !person.holds_if_any(question.only_if.as_ref()) {
        return None;
    }
    let mut options: Vec<usize> = (0..question.options.len())
        .filter(|option| person.holds_if_any(question.options[*option].only_if.as_ref()))
        .collect();
    if options.is_empty() && !matches!(question.kind, Kind::Number { .. }) {
        return None;
    }
    options.extend(question.added_option());
    Some(options)
}

/// What of an answer counts if these options apply; `None` if nothing does.
fn counting_part(given: &Given, applying: Option<&[usize]>) -> Option<Given> {
    let applying = applying?;
    match given {
        Given::Number(_) => Some(given.clone()),
        Given::Options(chosen) => {
            let counting: Vec<usize> = chosen.iter().copied().filter(|option| applying.contains(option)).collect();
            (!counting.is_empty()).then_some(Given::Options(counting))
        }
    }
}

/// The options of a question that it did not offer when it was answered, whether or not they apply; none if it was not.
pub(crate) fn unseen(rules: &GenRules, said: &impl Told, place: usize) -> Vec<usize> {
    let (Some(Given::Options(chosen)), Some(offered)) = (said.given(place), said.offered(place)) else {
        return vec![];
    };
    let question = &rules.questions[place];
    let none = question.added_option().filter(|none| question.kind == Kind::Many && !chosen.contains(none));
    let is_unseen = |option: &usize| !offered.contains(option) && !chosen.contains(option) && Some(*option) != none;
    (0..question.option_count()).filter(is_unseen).collect()
}

/// Every answer of somebody who said this when they were not offered those.
fn with_unseen(question: &Question, said: Given, unseen: &[usize]) -> Vec<Given> {
    let Given::Options(chosen) = &said else {
        return vec![said];
    };
    let news = if unseen.is_empty() {
        vec![]
    } else {
        possible_answers(&Question { added: false, ..question.clone() }, unseen)
    };
    let ticks_stay = question.kind == Kind::Many && question.added_option().is_none_or(|none| !chosen.contains(&none));
    let news: Vec<Given> = news
        .into_iter()
        .map(|new| match new {
            Given::Options(new) if ticks_stay => {
                let mut all: Vec<usize> = chosen.iter().copied().chain(new).collect();
                all.sort_unstable();
                Given::Options(all)
            }
            new => new,
        })
        .collect();
    [said].into_iter().chain(news).collect()
}

/// Whether something of what was said to a question counts for a person with these complete answers.
pub(crate) fn counts_in(rules: &GenRules, said: &impl Told, complete: &Answered, place: usize) -> bool {
    let applying = applying_options(rules, complete, place);
    said.given(place).is_some_and(|given| counting_part(given, applying.as_deref()).is_some())
}

/// Whether what was said to a question counts for a person with these complete answers, and leaves nothing to ask.
pub(crate) fn answered_in(rules: &GenRules, said: &impl Told, complete: &Answered, place: usize) -> bool {
    let applying = applying_options(rules, complete, place).unwrap_or_default();
    counts_in(rules, said, complete, place) && unseen(rules, said, place).iter().all(|new| !applying.contains(new))
}

/// Every answer to a question of which these options apply.
pub(crate) fn possible_answers(question: &Question, applying: &[usize]) -> Vec<Given> {
    let single = |option: usize| Given::Options(vec![option]);
    let added = question.added_option();
    match question.kind {
        Kind::One => applying.iter().copied().map(single).collect(),
        Kind::Number { min, max } => (min..=max).map(Given::Number).chain(added.map(single)).collect(),
        Kind::Many => {
            let mut sets: Vec<Vec<usize>> = vec![vec![]];
            for option in applying.iter().copied().filter(|option| Some(*option) != added) {
                let with: Vec<Vec<usize>> =
                    sets.iter().map(|set| set.iter().copied().chain([option]).collect()).collect();
                sets.extend(with);
            }
            sets.into_iter().filter(|set| !set.is_empty()).map(Given::Options).chain(added.map(single)).collect()
        }
    }
}

/// Somebody of whom some answers are known. A question that is not among them does not apply.
struct Person<'a> {
    rules: &'a GenRules,
    answered: &'a Answered,
}

impl Person<'_> {
    fn raises(&self, flag: &Flag) -> bool {
        let excused = flag.unless.as_ref().is_some_and(|unless| self.holds(unless));
        self.holds_if_any(flag.when.as_ref()) && !excused
    }

    fn holds_if_any(&self, cond: Option<&Cond>) -> bool {
        cond.is_none_or(|cond| self.holds(cond))
    }

    fn holds(&self, cond: &Cond) -> bool {
        cond.0.iter().all(|entry| self.entry_holds(entry))
    }

    fn entry_holds(&self, entry: &Entry) -> bool {
        match entry {
            Entry::Is(question, option) => self.chose_any(*question, &[*option]),
            Entry::IsOneOf(question, options) => self.chose_any(*question, options),
            Entry::Sets { question, any_of, all_of, none_of } => {
                self.answered[*question].is_some()
                    && (any_of.is_empty() || self.chose_any(*question, any_of))
                    && all_of.iter().all(|option| self.chose_any(*question, &[*option]))
                    && !self.chose_any(*question, none_of)
            }
            Entry::Number(question, said) => self.said(*question) == Some(*said),
            Entry::NumberOneOf(question, said) => said.iter().any(|said| self.said(*question) == Some(*said)),
            Entry::Compare { question, at_least, at_most } => match self.said(*question) {
                Some(Said::Number(number)) => {
                    at_least.is_none_or(|least| number >= least) && at_most.is_none_or(|most| number <= most)
                }
                Some(Said::Unsure) | None => false,
            },
            Entry::Finding(finding) => self.finds(*finding),
            Entry::FindingOneOf(findings) => findings.iter().any(|finding| self.finds(*finding)),
            Entry::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Entry::All(parts) => parts.iter().all(|part| self.holds(part)),
            Entry::Not(part) => !self.holds(part),
            Entry::Count(at_least, of) => of.iter().filter(|part| self.holds(part)).count() >= *at_least,
        }
    }

    fn finds(&self, finding: usize) -> bool {
        self.holds_if_any(self.rules.findings[finding].as_ref())
    }

    fn chose_any(&self, question: usize, options: &[usize]) -> bool {
        match &self.answered[question] {
            Some(Given::Options(chosen)) => options.iter().any(|option| chosen.contains(option)),
            Some(Given::Number(_)) | None => false,
        }
    }

    fn said(&self, question: usize) -> Option<Said> {
        self.answered[question].as_ref().map(|given| match given {
            Given::Number(number) => Said::Number(*number),
            Given::Options(_) => Said::Unsure,
        })
    }
}

/// The services that a flag holds, groups unfolded; some perhaps more than once.
pub(crate) fn held_services(rules: &GenRules, flag: &Flag) -> Vec<usize> {
    flag.holds.iter().flat_map(|held| unfold(rules, *held)).collect()
}

/// The services that a name stands for.
pub(crate) fn unfold(rules: &GenRules, held: Held) -> Vec<usize> {
    match held {
        Held::Service(service) => vec![service],
        Held::Group(group) => rules.groups[group].clone(),
    }
}

/// Who does what, and what decided that.
#[derive(Default)]
struct Plan {
    /// Phase, service, lead.
    steps: Vec<(usize, usize, usize)>,
    /// The preferences that made a difference by themselves; some perhaps more than once.
    decided_by: Vec<usize>,
}

fn plan(person: &Person<'_>, needed: &[(usize, usize)]) -> Plan {
    let rules = person.rules;
    let mut earlier: Vec<usize> = Vec::new();
    let mut plan = Plan::default();
    for phase in 0..rules.phases {
        let mut services: Vec<usize> =
            needed.iter().filter(|(in_phase, _)| *in_phase == phase).map(|(_, service)| *service).collect();
        services.sort_unstable();
        services.dedup();
        let preferred: Vec<Preferred> = rules
            .preferences
            .iter()
            .enumerate()
            .filter(|(_, preference)| preference.phase.is_none_or(|only| only == phase))
            .filter(|(_, preference)| person.holds_if_any(preference.when.as_ref()))
            .map(|(row, preference)| (row, preference.prefer))
            .collect();
        let team = team(rules, &services, &preferred, &earlier, &mut plan.decided_by);
        for service in services {
            let lead = lead(&candidates(rules, service), &team, &preferred, &earlier, &mut plan.decided_by);
            plan.steps.push((phase, service, lead));
        }
        earlier.extend(team);
    }
    plan
}

/// A preference that holds, and whom it prefers.
type Preferred = (usize, usize);

/// The professionals of a phase: a smallest set that gives every service a candidate, best liked, best known, first.
fn team(
    rules: &GenRules,
    services: &[usize],
    preferred: &[Preferred],
    earlier: &[usize],
    decided_by: &mut Vec<usize>,
) -> Vec<usize> {
    let wanted: Vec<Vec<usize>> = services.iter().map(|service| candidates(rules, *service)).collect();
    let mut teams: Vec<Vec<usize>> = every_team(rules.professionals)
        .into_iter()
        .filter(|team| wanted.iter().all(|candidates| candidates.iter().any(|one| team.contains(one))))
        .collect();
    let smallest = teams.iter().map(Vec::len).min().expect("everybody together is enough");
    teams.retain(|team| team.len() == smallest);
    for (preference, one) in preferred {
        if teams.iter().any(|team| team.contains(one)) {
            let before = teams.len();
            teams.retain(|team| team.contains(one));
            decided_by.extend((teams.len() < before).then_some(*preference));
        }
    }
    let known = |team: &Vec<usize>| team.iter().filter(|one| earlier.contains(one)).count();
    teams.into_iter().min_by_key(|team| (Reverse(known(team)), team.clone())).expect("one is left")
}

/// What kept somebody out of a phase who could lead something there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeptOut {
    /// They are in no smallest team.
    Size,
    /// The first preference that those with them do not meet while others do.
    Preference(usize),
    /// Teams without them are better known from earlier phases.
    Known,
    /// They come later in the file.
    Order,
}

/// What kept somebody out of a phase of the plan of these complete answers.
pub(crate) fn kept_out(rules: &GenRules, complete: &Answered, phase: usize, who: usize) -> KeptOut {
    let person = Person { rules, answered: complete };
    let steps = outcome(rules, complete).steps;
    let services = steps.iter().filter(|(at, _, _)| *at == phase).map(|(_, service, _)| candidates(rules, *service));
    let services: Vec<Vec<usize>> = services.collect();
    let covers = |team: &Vec<usize>| services.iter().all(|of| of.iter().any(|one| team.contains(one)));
    let teams: Vec<Vec<usize>> = every_team(rules.professionals).into_iter().filter(covers).collect();
    let smallest = teams.iter().map(Vec::len).min().expect("everybody together is enough");
    let mut rivals: Vec<&Vec<usize>> = teams.iter().filter(|team| team.len() == smallest).collect();
    let with = |rivals: &Vec<&Vec<usize>>| rivals.iter().any(|team| team.contains(&who));
    if !with(&rivals) {
        return KeptOut::Size;
    }
    for (row, preference) in rules.preferences.iter().enumerate() {
        let counts = preference.phase.is_none_or(|only| only == phase) && person.holds_if_any(preference.when.as_ref());
        let liked = |team: &&&Vec<usize>| team.contains(&preference.prefer);
        if counts && rivals.iter().any(|team| liked(&team)) {
            rivals.retain(|team| liked(&team));
        }
        if !with(&rivals) {
            return KeptOut::Preference(row);
        }
    }
    // Who was chosen before is whoever leads something there: nobody idle is in a smallest team.
    let earlier: Vec<usize> = steps.iter().filter(|(at, _, _)| *at < phase).map(|(_, _, lead)| *lead).collect();
    let known = |team: &&Vec<usize>| team.iter().filter(|one| earlier.contains(one)).count();
    let most = rivals.iter().map(known).max().expect("one is left");
    if rivals.iter().any(|team| team.contains(&who) && known(team) == most) { KeptOut::Order } else { KeptOut::Known }
}

fn lead(
    candidates: &[usize],
    team: &[usize],
    preferred: &[Preferred],
    earlier: &[usize],
    decided_by: &mut Vec<usize>,
) -> usize {
    let possible: Vec<usize> = candidates.iter().copied().filter(|one| team.contains(one)).collect();
    let known = possible.iter().copied().find(|one| earlier.contains(one));
    match preferred.iter().find(|(_, one)| possible.contains(one)) {
        Some((preference, one)) => {
            decided_by.extend((possible.len() > 1).then_some(*preference));
            *one
        }
        None => known.unwrap_or(possible[0]),
    }
}

/// Who has a service in their core; if nobody, who shares it.
pub(crate) fn candidates(rules: &GenRules, service: usize) -> Vec<usize> {
    let with = |scope: Scope| -> Vec<usize> {
        (0..rules.professionals).filter(|one| rules.services[service][*one] == scope).collect()
    };
    let core = with(Scope::Core);
    if core.is_empty() { with(Scope::Shared) } else { core }
}

/// Every set of so many professionals, each sorted.
fn every_team(professionals: usize) -> Vec<Vec<usize>> {
    let mut teams: Vec<Vec<usize>> = vec![vec![]];
    for one in 0..professionals {
        let with: Vec<Vec<usize>> = teams.iter().map(|team| team.iter().copied().chain([one]).collect()).collect();
        teams.extend(with);
    }
    teams
}
