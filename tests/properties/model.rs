//! Holds the symbolic model of a rule set against the oracle: every fact about some complete answers, and that there are
//! no other complete answers.

use carepath::decide::{Rule, Step, Truth};
use carepath::model::{
    FindingIx, FlagIx, Level, NeedIx, OptionIx, PhaseIx, Position, PreferenceIx, ProfessionalIx, QuestionIx, RuleSet,
    ServiceIx,
};
use carepath::prove::{Fact, Prover};

use super::engine;
use super::oracle::{
    completions, deciding_preferences, finding_holds, holding_needs, holding_preferences, outcome, raised_flags,
};
use super::people::silent;
use super::rule_set::{Answered, GenRules, Given};
use super::yaml;

/// A generated rule set, and what the program made of it.
#[derive(Clone, Copy)]
pub(crate) struct Compared<'a> {
    pub(crate) made: &'a GenRules,
    pub(crate) rules: &'a RuleSet,
}

impl Compared<'_> {
    /// The first thing in which model and oracle differ, looking at no more than so many complete sets of answers.
    pub(crate) fn first_difference(self, mut prover: Prover<'_>, most: usize) -> Option<String> {
        let all = completions(self.made, &silent(self.made));
        let step = all.len().div_ceil(most).max(1);
        let mut looked_at = all.iter().step_by(step);
        looked_at
            .find_map(|complete| self.differs_on(&mut prover, complete))
            .or_else(|| self.other_answers(&mut prover, &all))
    }

    /// What the model says of one complete set of answers that is not so.
    fn differs_on(self, prover: &mut Prover<'_>, complete: &Answered) -> Option<String> {
        let answers = engine::answers(self.rules, complete);
        let facts = self.facts(complete);
        facts.into_iter().find_map(|(fact, expected)| {
            let expected = if expected { Truth::Yes } else { Truth::No };
            let got = prover.truth(&answers, fact);
            let shown = yaml::answers(self.made, complete);
            (got != Some(expected)).then(|| format!("{fact:?}: {got:?} and not {expected:?}, answers: {shown}"))
        })
    }

    /// Complete answers of the model that are none of the rule set, or the other way round: what can be chosen, alone and
    /// with each other, is what can be chosen in the list of all.
    fn other_answers(self, prover: &mut Prover<'_>, all: &[Answered]) -> Option<String> {
        let nothing = engine::answers(self.rules, &silent(self.made));
        for (place, question) in self.made.questions.iter().enumerate() {
            let position = QuestionIx::new(place);
            for option in 0..question.option_count() {
                let chosen = |complete: &Answered| chooses(complete, place, option);
                let fact = Fact::Chosen(position, OptionIx::new(option));
                let expected = exact_truth(all, chosen);
                let got = prover.truth(&nothing, fact);
                if got != Some(expected) {
                    return Some(format!("{fact:?}: {got:?} and not {expected:?} in all answers"));
                }
            }
            let fact = Fact::Applies(position);
            let expected = exact_truth(all, |complete| complete[place].is_some());
            let got = prover.truth(&nothing, fact);
            if got != Some(expected) {
                return Some(format!("{fact:?}: {got:?} and not {expected:?} in all answers"));
            }
        }
        let strange = prover.examples(40).into_iter().map(|answers| engine::answered(self.made, &answers));
        let mut strange = strange.filter(|example| !all.contains(example));
        strange.next().map(|example| format!("nobody answers like this: {}", yaml::answers(self.made, &example)))
    }

    /// Every fact about complete answers, and whether it is so.
    fn facts(self, complete: &Answered) -> Vec<(Fact, bool)> {
        let made = self.made;
        let mut facts = Vec::new();
        for (place, question) in made.questions.iter().enumerate() {
            let position = QuestionIx::new(place);
            facts.push((Fact::Applies(position), complete[place].is_some()));
            for option in 0..question.option_count() {
                facts.push((Fact::Chosen(position, OptionIx::new(option)), chooses(complete, place, option)));
            }
        }
        for finding in 0..made.findings.len() {
            facts.push((Fact::Finding(FindingIx::new(finding)), finding_holds(made, complete, finding)));
        }
        let raised = raised_flags(made, complete);
        for flag in 0..made.flags.len() {
            facts.push((Fact::Holds(Rule::Flag(FlagIx::new(flag))), raised.contains(&flag)));
        }
        let needs = holding_needs(made, complete);
        for need in 0..made.needs.len() {
            facts.push((Fact::Holds(Rule::Need(NeedIx::new(need))), needs.contains(&need)));
        }
        let preferences = holding_preferences(made, complete);
        for preference in 0..made.preferences.len() {
            let position = PreferenceIx::new(preference);
            facts.push((Fact::Holds(Rule::Preference(position)), preferences.contains(&preference)));
        }
        let outcome = outcome(made, complete);
        facts.extend(Level::ALL.map(|level| (Fact::LevelAtLeast(level), outcome.level >= engine::level(level))));
        for flag in 0..made.flags.len() {
            facts.push((Fact::Flag(FlagIx::new(flag)), outcome.flags.contains(&flag)));
        }
        for service in 0..made.services.len() {
            let position = ServiceIx::new(service);
            facts.push((Fact::OnHold(position), outcome.on_hold.contains(&service)));
            facts.push((Fact::Waits(position), outcome.waits.contains(&service)));
            for phase in 0..made.phases {
                for lead in 0..made.professionals {
                    let step = Step { phase: PhaseIx::new(phase), service: position, lead: ProfessionalIx::new(lead) };
                    facts.push((Fact::Step(step), outcome.steps.contains(&(phase, service, lead))));
                }
            }
        }
        facts.push((Fact::Otherwise, outcome.otherwise));
        let deciding = deciding_preferences(made, complete);
        for preference in 0..made.preferences.len() {
            facts.push((Fact::Decides(PreferenceIx::new(preference)), deciding.contains(&preference)));
        }
        facts
    }
}

fn chooses(complete: &Answered, place: usize, option: usize) -> bool {
    matches!(&complete[place], Some(Given::Options(chosen)) if chosen.contains(&option))
}

fn exact_truth(all: &[Answered], holds: impl Fn(&Answered) -> bool) -> Truth {
    match (all.iter().all(&holds), all.iter().any(&holds)) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Perhaps,
        (false, false) => Truth::No,
    }
}
