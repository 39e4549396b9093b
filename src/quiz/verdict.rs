//! A pick beside the decision: is the level right, and is what is needed theirs to do?

use super::Question;
use crate::explain::{Explanation, WhyNot};
use crate::model::{Level, ProfessionalIx};

/// What a learner says of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What comes first.
    pub level: Level,
    /// Who is on the plan, in any order; `None` where the level leaves no plan, so that nobody asked.
    pub professionals: Option<Vec<ProfessionalIx>>,
}

/// A level that was picked, beside the one that was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// It is lower, and a doctor has to come first: somebody could come to harm.
    Harmful,
    /// It is lower: somebody is sent on who should ask a doctor, or wait, first.
    TooEarly,
    /// It is the same.
    Right,
    /// It is higher, and the author of the case accepts that, too.
    Accepted,
    /// It is higher: somebody is kept from what they could do.
    TooCareful,
}

/// Something that went wrong with a pick, the most dangerous first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// The level was too low for somebody whom a doctor has to see first.
    Harmful,
    /// The level was too low, where nobody has to be seen by a doctor first.
    TooEarly,
    /// The level was too high.
    TooCareful,
    /// Somebody was picked although nothing that is needed is theirs to do: all of it is outside their scope, or theirs only
    /// on referral.
    OutsideScope(ProfessionalIx),
    /// Somebody was picked who is not needed.
    NotNeeded(ProfessionalIx),
    /// Somebody on the plan was not picked.
    Missed(ProfessionalIx),
}

/// What a pick is worth.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The pick.
    pub pick: Pick,
    /// How its level compares.
    pub aim: Aim,
    /// Whether just those on the plan were picked, or others who are as good; `None` where nobody was asked for or the
    /// decision leaves no plan, so that the level alone counts.
    pub professionals_right: Option<bool>,
    /// Who was picked and is not on the plan, but does what is needed as well as those who are, in file order, and what
    /// spoke for them.
    pub also_possible: Vec<(ProfessionalIx, Vec<WhyNot>)>,
    /// Who else was picked and is not on the plan, in file order, and why not.
    pub not_on_plan: Vec<(ProfessionalIx, Vec<WhyNot>)>,
    /// Who is on the plan and was not picked, although somebody was asked for and others picked cannot do it all, by first
    /// appearance.
    pub missed: Vec<ProfessionalIx>,
}

impl Verdict {
    /// Judges a pick.
    pub fn new(question: &Question<'_, '_>, pick: Pick) -> Self {
        let explanation = &question.explanation;
        let accepted = question.story.case.expect.level.as_deref().unwrap_or_default();
        let aim = match pick.level.cmp(&explanation.level) {
            std::cmp::Ordering::Less if explanation.level >= Level::Physician => Aim::Harmful,
            std::cmp::Ordering::Less => Aim::TooEarly,
            std::cmp::Ordering::Equal => Aim::Right,
            std::cmp::Ordering::Greater if accepted.contains(&pick.level) => Aim::Accepted,
            std::cmp::Ordering::Greater => Aim::TooCareful,
        };
        let picked = pick.professionals.as_deref().unwrap_or_default();
        let not_on_plan: Vec<_> =
            explanation.not_on_plan.iter().filter(|(who, _)| picked.contains(who)).cloned().collect();
        let counts = !explanation.level.ends_without_plan() && pick.professionals.is_some();
        let on_plan = if pick.professionals.is_some() { explanation.professionals() } else { Vec::new() };
        let mut missed: Vec<_> = on_plan.into_iter().filter(|who| !picked.contains(who)).collect();
        let needed_of_picked = needed_of(explanation, picked);
        if needed_of_picked.is_some() {
            missed.clear();
        }
        let is_needed = |who: &ProfessionalIx| needed_of_picked.as_ref().is_some_and(|needed| needed.contains(who));
        let (also_possible, not_on_plan): (Vec<_>, Vec<_>) =
            not_on_plan.into_iter().partition(|(who, _)| is_needed(who));
        let all_right = not_on_plan.is_empty() && missed.is_empty();
        Self { aim, professionals_right: counts.then_some(all_right), also_possible, not_on_plan, missed, pick }
    }

    /// Whether the level is right, or as good.
    pub fn level_right(&self) -> bool {
        matches!(self.aim, Aim::Right | Aim::Accepted)
    }

    /// What went wrong. Where the decision leaves no plan, whom the learner picked is part of the wrong level.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let level = match self.aim {
            Aim::Harmful => Some(Mistake::Harmful),
            Aim::TooEarly => Some(Mistake::TooEarly),
            Aim::TooCareful => Some(Mistake::TooCareful),
            Aim::Right | Aim::Accepted => None,
        };
        let mut mistakes: Vec<Mistake> = level.into_iter().collect();
        if self.professionals_right.is_some() {
            mistakes.extend(self.not_on_plan.iter().map(|(who, reasons)| {
                let nothing_is_theirs =
                    reasons.iter().any(WhyNot::is_outside) && !reasons.iter().any(WhyNot::is_theirs);
                if nothing_is_theirs { Mistake::OutsideScope(*who) } else { Mistake::NotNeeded(*who) }
            }));
            mistakes.extend(self.missed.iter().copied().map(Mistake::Missed));
        }
        mistakes
    }
}

/// Where those who were picked can do all that is needed: without whom of them they could not. Who is on the plan counts as
/// needed; of others who can do the same the first in file order does.
fn needed_of(explanation: &Explanation<'_>, picked: &[ProfessionalIx]) -> Option<Vec<ProfessionalIx>> {
    let services =
        explanation.phases.iter().flat_map(|phase| &phase.professionals).flat_map(|planned| &planned.services);
    let services: Vec<_> = services.map(|planned| &explanation.rules.services()[planned.service]).collect();
    let do_all =
        |who: &[ProfessionalIx]| services.iter().all(|service| who.iter().any(|who| service.candidates.contains(*who)));
    if services.is_empty() || !do_all(picked) {
        return None;
    }
    let mut needed = picked.to_vec();
    for (who, _) in explanation.not_on_plan.iter().rev() {
        let without: Vec<_> = needed.iter().copied().filter(|other| other != who).collect();
        if do_all(&without) {
            needed = without;
        }
    }
    Some(needed)
}
