//! What cases were seen to exercise.

use std::collections::BTreeSet;

use super::entries::Entries;
use crate::answers::Answers;
use crate::decide::{Reading, Situation, Truth};
use crate::explain::Explanation;
use crate::model::{
    FindingIx, FlagIx, Level, NeedIx, OptionIx, PhaseIx, PreferenceIx, ProfessionalIx, QuestionIx, RuleSet,
};
use crate::source::Span;

/// What was seen in any case.
#[derive(Debug, Default)]
pub(super) struct Exercised {
    pub(super) flags: BTreeSet<FlagIx>,
    pub(super) needs: BTreeSet<NeedIx>,
    pub(super) findings: BTreeSet<FindingIx>,
    pub(super) preferences: BTreeSet<PreferenceIx>,
    /// Where the teamwork and the handovers stand that were shown.
    pub(super) shown: BTreeSet<Span>,
    pub(super) options: BTreeSet<(QuestionIx, OptionIx)>,
    pub(super) levels: BTreeSet<Level>,
    pub(super) professionals: BTreeSet<ProfessionalIx>,
    pub(super) phases: BTreeSet<PhaseIx>,
}

impl Exercised {
    /// Adds what answers that settle the outcome exercise.
    pub(super) fn add(&mut self, rules: &RuleSet, answers: &Answers, entries: &mut [Entries]) {
        let explanation = Explanation::new(rules, answers);
        self.levels.insert(explanation.level);
        self.flags.extend(&explanation.flags);
        self.professionals.extend(explanation.professionals());
        for phase in &explanation.phases {
            self.phases.insert(phase.phase);
            self.preferences.extend(&phase.preferences);
            self.shown.extend(phase.teamwork.iter().map(|teamwork| teamwork.span));
            self.shown.extend(phase.handovers.iter().map(|handover| handover.span));
        }
        let situation = Situation::new(rules, answers);
        let reading = Reading::new(&situation);
        if !explanation.level.ends_without_plan() {
            self.needs.extend(rules.needs().positions().filter(|need| reading.need(*need) == Truth::Yes));
        }
        self.findings.extend(rules.findings().positions().filter(|row| situation.finding(*row) == Truth::Yes));
        for (position, question) in rules.questions().iter() {
            let chosen = question.choices().map(|(option, _)| option);
            let chosen = chosen.filter(|option| situation.chosen(position, *option) == Truth::Yes);
            self.options.extend(chosen.map(|option| (position, option)));
        }
        for entries in entries {
            entries.look(&situation, answers);
        }
    }
}
