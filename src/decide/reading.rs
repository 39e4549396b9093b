//! Which rules hold in a situation, and what is not settled yet.

use super::cover::Choice;
use super::situation::Situation;
use super::truth::Truth;
use crate::model::{Flag, FlagIx, Id, Level, NeedIx, PhaseIx, PreferenceIx, ProfessionalIx, RuleSet, ServiceIx};

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

impl Rule {
    /// What kind of rule it is, and its name.
    pub fn name(self, rules: &RuleSet) -> (&'static str, &Id) {
        match self {
            Self::Flag(flag) => ("flag", &rules.flags()[flag].id),
            Self::Need(need) => ("need", &rules.needs()[need].id),
            Self::Preference(preference) => ("preference", &rules.preferences()[preference].id),
        }
    }
}

/// The truth of every rule in a situation. Of hundreds of rules few hold, so that only these are kept.
#[derive(Debug)]
pub struct Reading<'s, 'r> {
    situation: &'s Situation<'r>,
    /// The flags that hold or may hold, in file order.
    flags: Vec<(FlagIx, Truth)>,
    /// The needs that hold or may hold, in file order; none where the level leaves no plan.
    needs: Vec<(NeedIx, Truth)>,
    /// The services that they need in which phase, in order.
    demand: Vec<(PhaseIx, ServiceIx, Truth)>,
    /// The highest level that is certain without looking at the plan.
    floor: Level,
}

impl<'s, 'r> Reading<'s, 'r> {
    /// Reads all rules.
    pub fn new(situation: &'s Situation<'r>) -> Self {
        let rules = situation.rules();
        let mut reading = Self { situation, flags: few(), needs: few(), demand: few(), floor: Level::None };
        let flags = rules.flags().positions().map(|flag| (flag, situation.flag(flag)));
        reading.flags.extend(flags.filter(|(_, truth)| *truth != Truth::No));
        for (position, truth) in &reading.flags {
            let level = rules.flags()[*position].level;
            if *truth == Truth::Yes && level >= Level::Physician {
                reading.floor = reading.floor.max(level);
            }
        }
        // From `urgent` up the outcome is the level alone.
        if reading.floor.ends_without_plan() {
            return reading;
        }
        let needs = rules.needs().positions().map(|need| (need, situation.need(need)));
        reading.needs.extend(needs.filter(|(_, truth)| *truth != Truth::No));
        let demand = reading.needs.iter().map(|(position, truth)| {
            let need = &rules.needs()[*position];
            (need.phase, need.service, *truth)
        });
        reading.demand.extend(demand);
        // Of several needs for one thing the surest comes last, and stands for all.
        reading.demand.sort_unstable();
        reading.demand.reverse();
        reading.demand.dedup_by_key(|(phase, service, _)| (*phase, *service));
        reading.demand.reverse();
        reading
    }

    /// The situation it reads.
    pub fn situation(&self) -> &'s Situation<'r> {
        self.situation
    }

    /// Whether a need holds; `No` where the level leaves no plan.
    pub fn need(&self, need: NeedIx) -> Truth {
        self.needs.iter().find(|(position, _)| *position == need).map_or(Truth::No, |(_, truth)| *truth)
    }

    /// Whether a preference holds.
    pub fn preference(&self, preference: PreferenceIx) -> Truth {
        self.situation.preference(preference)
    }

    /// Whether a service is needed in a phase.
    pub fn demand(&self, phase: PhaseIx, service: ServiceIx) -> Truth {
        let same = |(at, what, _): &&(PhaseIx, ServiceIx, Truth)| (*at, *what) == (phase, service);
        self.demand.iter().find(same).map_or(Truth::No, |(_, _, truth)| *truth)
    }

    /// Whether a service is needed in any phase.
    pub fn needed(&self, service: ServiceIx) -> Truth {
        let same = self.demand.iter().filter(|(_, what, _)| *what == service);
        same.map(|(_, _, truth)| *truth).max().unwrap_or(Truth::No)
    }

    /// The services that are needed for certain, in file order.
    pub(crate) fn needed_services(&self) -> Vec<ServiceIx> {
        let certain = self.demand.iter().filter(|(_, _, truth)| *truth == Truth::Yes);
        let mut services: Vec<ServiceIx> = certain.map(|(_, service, _)| *service).collect();
        services.sort_unstable();
        services.dedup();
        services
    }

    /// The flags that hold for certain and count, in file order.
    pub(crate) fn counting_flags(&self) -> impl Iterator<Item = FlagIx> {
        let rules = self.situation.rules();
        let holding = self.flags.iter().filter(|(_, truth)| *truth == Truth::Yes).map(|(position, _)| *position);
        holding.filter(move |position| self.can_count(&rules.flags()[*position]) == Truth::Yes)
    }

    fn can_count(&self, flag: &Flag) -> Truth {
        if !flag.counts_only_if_it_holds_back() {
            return Truth::Yes;
        }
        flag.holds.iter().map(|service| self.needed(*service)).max().unwrap_or(Truth::No)
    }

    /// The highest level that is certain: an outcome never gets less grave as more is said.
    pub fn level_at_least(&self) -> Level {
        if self.floor.ends_without_plan() {
            return self.floor;
        }
        let flags = self.situation.rules().flags();
        self.counting_flags().map(|flag| flags[flag].level).max().unwrap_or(Level::None)
    }

    /// The services needed for certain in a phase, in file order.
    pub(crate) fn services_in(&self, phase: PhaseIx) -> impl Iterator<Item = ServiceIx> {
        let here = self.demand.iter().filter(move |(at, _, truth)| *at == phase && *truth == Truth::Yes);
        here.map(|(_, service, _)| *service)
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
        if self.situation.is_complete() {
            return Vec::new();
        }
        let rules = self.situation.rules();
        let open = |truth: &Truth| *truth == Truth::Perhaps;
        let matters = |flag: &Flag| {
            if self.floor.ends_without_plan() { flag.level > self.floor } else { self.can_count(flag) != Truth::No }
        };
        let flags = self.flags.iter().filter(|(flag, truth)| open(truth) && matters(&rules.flags()[*flag]));
        let mut unsettled: Vec<Rule> = flags.map(|(flag, _)| Rule::Flag(*flag)).collect();
        if self.floor.ends_without_plan() {
            return unsettled;
        }
        let needs = self.needs.iter().filter(|(need, truth)| {
            let need = &rules.needs()[*need];
            open(truth) && open(&self.demand(need.phase, need.service))
        });
        unsettled.extend(needs.map(|(need, _)| Rule::Need(*need)));
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
                self.has_a_choice(preference.phase, preference.prefer) && self.preference(*position) == Truth::Perhaps
            })
            .map(|(position, _)| position)
            .collect();
        if open.is_empty()
            || open.len() > MOST_PREFERENCES_TRIED
            || self.demand.iter().any(|(_, _, truth)| *truth == Truth::Perhaps)
        {
            return open;
        }
        // Few enough to try them all: a preference matters if with and without it somebody else leads.
        let plans: Vec<Vec<_>> = (0..1usize << open.len())
            .map(|chosen| {
                let holds = |preference| match open.iter().position(|candidate| *candidate == preference) {
                    Some(index) => chosen >> index & 1 == 1,
                    None => self.preference(preference) == Truth::Yes,
                };
                Choice::of_plan(self, holds).into_iter().map(|choice| choice.leads).collect()
            })
            .collect();
        let matters = |index: usize| {
            plans.iter().enumerate().any(|(chosen, leads)| plans.get(chosen ^ (1 << index)) != Some(leads))
        };
        open.iter().enumerate().filter(|(index, _)| matters(*index)).map(|(_, position)| *position).collect()
    }

    /// Whether a professional could lead a service that may be needed, and somebody else could too. Otherwise they are
    /// in every smallest set or in none, and a preference for them changes nothing.
    fn has_a_choice(&self, phase: Option<PhaseIx>, professional: ProfessionalIx) -> bool {
        let rules = self.situation.rules();
        self.demand.iter().filter(|(at, _, _)| phase.is_none_or(|only| only == *at)).any(|(_, service, _)| {
            let candidates = rules.services()[*service].candidates;
            candidates.len() > 1 && candidates.contains(professional)
        })
    }
}

/// With more unknown preferences than this all of them are taken to matter.
const MOST_PREFERENCES_TRIED: usize = 6;

/// Room for as many as usually hold, taken at once.
fn few<T>() -> Vec<T> {
    Vec::with_capacity(16)
}
