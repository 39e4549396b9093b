//! Which rules hold in a situation, and what is not settled yet.

use super::cover::Choice;
use super::situation::Situation;
use super::truth::Truth;
use crate::model::{Flag, FlagIx, Level, NeedIx, PhaseIx, Position, PreferenceIx, ProfessionalIx, ServiceIx};

/// A rule whose truth can still change the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A flag.
    Flag(FlagIx),
    /// A need.
    Need(NeedIx),
    /// A preference.
    Preference(PreferenceIx),
}

/// The truth of every rule in a situation.
#[derive(Debug)]
pub struct Reading<'s, 'r> {
    situation: &'s Situation<'r>,
    flags: Vec<Truth>,
    needs: Vec<Truth>,
    preferences: Vec<Truth>,
    /// For each phase, for each service, whether it is needed there.
    demand: Vec<Truth>,
    /// For each service, whether it is needed in some phase.
    needed: Vec<Truth>,
}

impl<'s, 'r> Reading<'s, 'r> {
    /// Reads all rules.
    pub fn new(situation: &'s Situation<'r>) -> Self {
        let rules = situation.rules();
        let services = rules.services().len();
        let mut reading = Self {
            situation,
            flags: Vec::new(),
            needs: Vec::new(),
            preferences: Vec::new(),
            demand: Vec::new(),
            needed: Vec::new(),
        };
        reading.flags.extend(rules.flags().rows().iter().map(|flag| {
            situation.holds(flag.when.as_ref()).and(match &flag.unless {
                Some(unless) => situation.holds(Some(unless)).not(),
                None => Truth::Yes,
            })
        }));
        // From `urgent` up the outcome is the level alone.
        if reading.doctor_floor().ends_without_plan() {
            return reading;
        }
        reading.demand.resize(services * rules.phases().len(), Truth::No);
        reading.needed.resize(services, Truth::No);
        for need in rules.needs().rows() {
            let truth = situation.holds(need.when.as_ref());
            reading.needs.push(truth);
            if truth == Truth::No {
                continue;
            }
            let cell = need.phase.index() * services + need.service.index();
            for place in
                [reading.demand.get_mut(cell), reading.needed.get_mut(need.service.index())].into_iter().flatten()
            {
                *place = place.or(truth);
            }
        }
        reading
            .preferences
            .extend(rules.preferences().rows().iter().map(|preference| situation.holds(preference.when.as_ref())));
        reading
    }

    /// The situation it reads.
    pub fn situation(&self) -> &'s Situation<'r> {
        self.situation
    }

    /// Whether a flag holds.
    pub fn flag(&self, flag: FlagIx) -> Truth {
        self.flags.get(flag.index()).copied().unwrap_or(Truth::No)
    }

    /// Whether a need holds; `No` where the level leaves no plan.
    pub fn need(&self, need: NeedIx) -> Truth {
        self.needs.get(need.index()).copied().unwrap_or(Truth::No)
    }

    /// Whether a preference holds; `No` where the level leaves no plan.
    pub fn preference(&self, preference: PreferenceIx) -> Truth {
        self.preferences.get(preference.index()).copied().unwrap_or(Truth::No)
    }

    /// Whether a service is needed in a phase.
    pub fn demand(&self, phase: PhaseIx, service: ServiceIx) -> Truth {
        let cell = phase.index() * self.situation.rules().services().len() + service.index();
        self.demand.get(cell).copied().unwrap_or(Truth::No)
    }

    /// Whether a service is needed in any phase.
    pub fn needed(&self, service: ServiceIx) -> Truth {
        self.needed.get(service.index()).copied().unwrap_or(Truth::No)
    }

    /// Whether a flag holds and counts.
    pub fn counts(&self, flag: FlagIx) -> Truth {
        self.flag(flag).and(self.can_count(&self.situation.rules().flags()[flag]))
    }

    fn can_count(&self, flag: &Flag) -> Truth {
        if !flag.counts_only_if_it_holds_back() {
            return Truth::Yes;
        }
        flag.holds.iter().map(|service| self.needed(*service)).max().unwrap_or(Truth::No)
    }

    /// The highest level that is certain: an outcome never gets less grave as more is said.
    pub fn level_at_least(&self) -> Level {
        self.greatest_level(|flag| self.counts(flag) == Truth::Yes)
    }

    /// The highest level that is certain without looking at the plan.
    fn doctor_floor(&self) -> Level {
        self.greatest_level(|flag| {
            self.flag(flag) == Truth::Yes && self.situation.rules().flags()[flag].level >= Level::Physician
        })
    }

    fn greatest_level(&self, holds: impl Fn(FlagIx) -> bool) -> Level {
        let flags = self.situation.rules().flags();
        flags.iter().filter(|(position, _)| holds(*position)).map(|(_, flag)| flag.level).max().unwrap_or(Level::None)
    }

    /// The services needed in a phase, as far as is certain.
    pub(crate) fn services_in(&self, phase: PhaseIx) -> impl Iterator<Item = ServiceIx> {
        self.situation.rules().services().positions().filter(move |service| self.demand(phase, *service) == Truth::Yes)
    }

    /// The professionals preferred in a phase, most telling first, if preferences hold as `holds` says.
    pub(crate) fn preferred_in(
        &self,
        phase: PhaseIx,
        holds: impl Fn(PreferenceIx) -> bool,
    ) -> impl Iterator<Item = (PreferenceIx, ProfessionalIx)> {
        self.situation
            .rules()
            .preferences()
            .iter()
            .filter(move |(position, preference)| preference.phase.is_none_or(|only| only == phase) && holds(*position))
            .map(|(position, preference)| (position, preference.prefer))
    }

    /// The rules that can still change the outcome, in file order by kind; none if it is settled.
    ///
    /// It may name a rule that cannot, never leave one out that can.
    pub fn unsettled(&self) -> Vec<Rule> {
        let rules = self.situation.rules();
        let floor = self.doctor_floor();
        let mut unsettled: Vec<Rule> = rules
            .flags()
            .iter()
            .filter(|(position, flag)| {
                self.flag(*position) == Truth::Perhaps
                    && if floor.ends_without_plan() { flag.level > floor } else { self.can_count(flag) != Truth::No }
            })
            .map(|(position, _)| Rule::Flag(position))
            .collect();
        if floor.ends_without_plan() {
            return unsettled;
        }
        let open_needs = rules.needs().iter().filter(|(position, need)| {
            self.need(*position) == Truth::Perhaps && self.demand(need.phase, need.service) == Truth::Perhaps
        });
        unsettled.extend(open_needs.map(|(position, _)| Rule::Need(position)));
        unsettled.extend(self.unsettled_preferences().into_iter().map(Rule::Preference));
        unsettled
    }

    /// The preferences that are not known and could change who leads.
    fn unsettled_preferences(&self) -> Vec<PreferenceIx> {
        let rules = self.situation.rules();
        let open: Vec<PreferenceIx> = rules
            .preferences()
            .iter()
            .filter(|(position, preference)| {
                self.preference(*position) == Truth::Perhaps && self.has_a_choice(preference.phase, preference.prefer)
            })
            .map(|(position, _)| position)
            .collect();
        if open.is_empty() || open.len() > MOST_PREFERENCES_TRIED || self.demand.contains(&Truth::Perhaps) {
            return open;
        }
        // Few enough to try them all: a preference matters if with and without it somebody else leads.
        let choices: Vec<Vec<Choice>> = (0..1usize << open.len())
            .map(|chosen| {
                let holds = |preference| match open.iter().position(|candidate| *candidate == preference) {
                    Some(index) => chosen >> index & 1 == 1,
                    None => self.preference(preference) == Truth::Yes,
                };
                Choice::of_plan(self, holds)
            })
            .collect();
        let matters = |index: usize| {
            choices.iter().enumerate().any(|(chosen, choice)| choices.get(chosen ^ (1 << index)) != Some(choice))
        };
        open.iter().enumerate().filter(|(index, _)| matters(*index)).map(|(_, position)| *position).collect()
    }

    /// Whether a professional could lead a service that may be needed, and somebody else could too. Otherwise they are
    /// in every smallest set or in none, and a preference for them changes nothing.
    fn has_a_choice(&self, phase: Option<PhaseIx>, professional: ProfessionalIx) -> bool {
        let rules = self.situation.rules();
        let phases = rules.phases().positions().filter(|position| phase.is_none_or(|only| only == *position));
        phases.into_iter().any(|phase| {
            rules.services().iter().any(|(position, service)| {
                service.candidates.len() > 1
                    && service.candidates.contains(professional)
                    && self.demand(phase, position) != Truth::No
            })
        })
    }
}

/// With more unknown preferences than this all of them are taken to matter.
const MOST_PREFERENCES_TRIED: usize = 6;
