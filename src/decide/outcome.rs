//! The part of a decision that comparisons compare.

use super::cover::Choice;
use super::reading::Reading;
use crate::model::{FlagIx, Level, PhaseIx, ProfessionalIx, ServiceIx};

/// A service in a phase, and who leads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// In which phase.
    pub phase: PhaseIx,
    /// What is done.
    pub service: ServiceIx,
    /// Who leads it.
    pub lead: ProfessionalIx,
}

/// What a person is sent to, without the reasons. From `urgent` up it is the level alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Outcome {
    /// The highest level of a flag that counts.
    pub level: Level,
    /// The flags that count and the notes, in file order.
    pub flags: Vec<FlagIx>,
    /// Who leads what, phase by phase; empty if everything is on hold.
    pub steps: Vec<Step>,
    /// Services that are needed and held back for now, in file order.
    pub on_hold: Vec<ServiceIx>,
    /// Services that wait for the doctor's OK, in file order.
    pub waits: Vec<ServiceIx>,
    /// No need holds.
    pub otherwise: bool,
}

impl Outcome {
    /// The outcome of a reading in which nothing that matters is unsettled, and the choices behind it.
    pub(crate) fn of(reading: &Reading<'_, '_>) -> (Self, Vec<Choice>) {
        let level = reading.level_at_least();
        if level.ends_without_plan() {
            return (Self::level_alone(level), Vec::new());
        }
        let rules = reading.situation().rules();
        let flags: Vec<FlagIx> = reading.counting_flags().collect();
        let held_by = |held_at: Level| {
            let flags = &flags;
            move |service: ServiceIx| {
                flags.iter().any(|flag| {
                    let flag = &rules.flags()[*flag];
                    flag.level == held_at && flag.holds.contains(&service)
                })
            }
        };
        let (on_hold, waits) = (held_by(Level::Caution), held_by(Level::Clearance));
        let needed: Vec<ServiceIx> = reading.needed_services();
        let on_hold: Vec<ServiceIx> = needed.iter().copied().filter(|service| on_hold(*service)).collect();
        let waits: Vec<ServiceIx> =
            needed.iter().copied().filter(|service| level == Level::Physician || waits(*service)).collect();
        let choices = if on_hold.len() == needed.len() { Vec::new() } else { Choice::of_reading(reading) };
        let steps = choices
            .iter()
            .flat_map(|choice| {
                choice.leads.iter().map(|(service, lead)| Step { phase: choice.phase, service: *service, lead: *lead })
            })
            .collect();
        let outcome = Self { level, flags, steps, on_hold, waits, otherwise: needed.is_empty() };
        (outcome, choices)
    }

    fn level_alone(level: Level) -> Self {
        Self { level, flags: Vec::new(), steps: Vec::new(), on_hold: Vec::new(), waits: Vec::new(), otherwise: false }
    }

    /// The professionals who lead something, by first appearance.
    pub fn professionals(&self) -> Vec<ProfessionalIx> {
        let mut seen = Vec::new();
        for step in &self.steps {
            if !seen.contains(&step.lead) {
                seen.push(step.lead);
            }
        }
        seen
    }
}
