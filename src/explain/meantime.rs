//! How soon the first thing of a decision is to happen, and what to do until then.

use super::{Explanation, PlanPhase, PlanService};
use crate::model::{Level, Meantime};

/// What is told of the time until the first thing that a decision asks for. No sentence stands twice under one of the two
/// heads, wherever it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Soon<'r> {
    /// What the flags of the decision's level say.
    pub flags: Sentences<'r>,
    /// What the beginning of the plan says.
    pub plan: Sentences<'r>,
}

/// Sentences on the meantime.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences<'r> {
    /// How soon it is to happen.
    pub how_soon: Vec<&'r str>,
    /// What to do until then.
    pub until_then: Vec<&'r str>,
}

impl<'r> Soon<'r> {
    /// How soon: what flags say first.
    pub fn how_soon(&self) -> Vec<&'r str> {
        [self.flags.how_soon.as_slice(), &self.plan.how_soon].concat()
    }

    /// What to do until then: what flags say first.
    pub fn until_then(&self) -> Vec<&'r str> {
        [self.flags.until_then.as_slice(), &self.plan.until_then].concat()
    }

    /// Adds what a row of the plan says. How soon is not said of what must not begin yet.
    fn planned(&mut self, row: &'r Meantime, begins: bool) {
        let row = (row.how_soon.as_ref().filter(|_| begins), row.until_then.as_ref());
        if let Some(sentence) = row.0.filter(|sentence| !self.flags.how_soon.contains(&sentence.as_str())) {
            once(&mut self.plan.how_soon, sentence);
        }
        if let Some(sentence) = row.1.filter(|sentence| !self.flags.until_then.contains(&sentence.as_str())) {
            once(&mut self.plan.until_then, sentence);
        }
    }
}

fn once<'r>(said: &mut Vec<&'r str>, sentence: &'r str) {
    if !said.contains(&sentence) {
        said.push(sentence);
    }
}

impl<'r> Explanation<'r> {
    /// How soon the first thing is to happen, and what to do until then: what the flags of the level say, then the first
    /// phase in which something is not on hold, its services and their needs. Where a doctor comes first, what to do until
    /// then is the flags' to say: what a plan says of itself would speak against them.
    pub fn soon(&self) -> Soon<'r> {
        let rules = self.rules;
        let mut soon = Soon::default();
        for flag in &self.flags {
            let flag = &rules.flags()[*flag];
            // A note is told beside the plan, whatever the level is.
            if flag.level == self.level && flag.level != Level::None {
                flag.meantime.how_soon.iter().for_each(|sentence| once(&mut soon.flags.how_soon, sentence));
                flag.meantime.until_then.iter().for_each(|sentence| once(&mut soon.flags.until_then, sentence));
            }
        }
        if let Some(first) = self.phases.iter().find(|phase| services(phase).any(|service| !service.on_hold)) {
            let begins = |service: &PlanService| !service.waits && !service.on_hold;
            soon.planned(&rules.phases()[first.phase].meantime, services(first).any(begins));
            let here = || services(first).filter(|service| !service.on_hold);
            for service in here() {
                soon.planned(&rules.services()[service.service].meantime, begins(service));
            }
            for service in here() {
                for need in &service.needs {
                    soon.planned(&rules.needs()[*need].meantime, begins(service));
                }
            }
        }
        if self.level == Level::Physician {
            soon.plan.until_then.clear();
        }
        soon
    }
}

fn services<'e>(phase: &'e PlanPhase<'_>) -> impl Iterator<Item = &'e PlanService> {
    phase.professionals.iter().flat_map(|planned| &planned.services)
}
