//! No warning sign is ticked without a word about it.

use std::collections::BTreeSet;

use batsat::Lit;

use super::checking::Checking;
use crate::answers::Answers;
use crate::decide::{Decision, Reading, Rule, Situation, Truth, Verdict, decide};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Condition, OptionIx, Position, QuestionIx, RuleSet};
use crate::prove::gates::{Family, Found};
use crate::prove::signs::{Signs, looked_at};

/// Whoever ticks a sign and is not sent to a doctor today is told a flag, or has a need on the plan, that looks at it; or its
/// author says what it means by itself.
pub(super) fn leave_a_trace(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    let signs = Signs::new(rules);
    let all: Vec<(QuestionIx, OptionIx)> = rules
        .questions()
        .positions()
        .flat_map(|question| signs.of(question).iter().map(move |o| (question, o)))
        .collect();
    let words = Words::new(rules);
    for (place, (position, option)) in all.iter().copied().enumerate() {
        checking.done(place, all.len());
        let question = &rules.questions()[position];
        let span = rules.option_span(position, option);
        let Some(choice) = question.options.get(option.index()).filter(|choice| choice.alone.is_none()) else {
            continue;
        };
        if checking.is_faulty(Code::UnreachableOption, span) {
            continue;
        }
        let message = format!("whoever ticks `{}` in `{}` may not be told what it means", choice.id, question.id);
        let fault = Diagnostic::new(Code::SilentSign, span, message)
            .help("say under `alone` what it means by itself, or write a flag or a note that looks at it");
        let silent = silent(checking, &words, position, option);
        match checking.search(&[silent]) {
            Found::No => checking.proved(),
            Found::Undecided => checking.undecided(fault),
            Found::Yes => {
                // The engine must agree before anybody is told.
                let is_spared = |answers: &Answers| match decide(rules, answers) {
                    Verdict::Settled(decision) => !words.is_silent(rules, &decision, answers, position, option),
                    Verdict::Unsettled { .. } => false,
                };
                let counterexample = checking.counterexample(silent, is_spared).filter(|found| {
                    words.is_silent(rules, &found.example.decision, &found.example.answers, position, option)
                });
                match counterexample {
                    Some(_) => checking.fault(fault, counterexample),
                    None => checking.undecided(fault),
                }
            }
        }
    }
}

/// An option is chosen, the level leaves a plan, and no flag that counts and no need that holds looks at it.
fn silent(checking: &mut Checking<'_, '_>, words: &Words, position: QuestionIx, option: OptionIx) -> Lit {
    let symbolic = checking.symbolic();
    symbolic.gates.family = Family::Query;
    let chosen = symbolic.person.asked(position).chooses(option).unwrap_or(symbolic.gates.no());
    let mut all = vec![chosen, symbolic.reading.leaves_a_plan()];
    for rule in words.about(position, option) {
        let told = match rule {
            Rule::Flag(flag) => symbolic.reading.counts.get(flag.index()).copied(),
            rule => symbolic.reading.rule(rule),
        };
        all.extend(told.map(|told| !told));
    }
    symbolic.gates.and(all)
}

/// The flags and needs, each with the options that it looks at, itself or through findings.
struct Words(Vec<(Rule, BTreeSet<(QuestionIx, OptionIx)>)>);

impl Words {
    fn new(rules: &RuleSet) -> Self {
        let of = |when: Option<&Condition>| {
            let options = looked_at(rules, when.into_iter());
            let options = rules.questions().positions().zip(options);
            options.flat_map(|(question, options)| options.iter().map(move |option| (question, option))).collect()
        };
        let flags = rules.flags().iter().map(|(flag, row)| (Rule::Flag(flag), of(row.when.as_ref())));
        let needs = rules.needs().iter().map(|(need, row)| (Rule::Need(need), of(row.when.as_ref())));
        Self(flags.chain(needs).collect())
    }

    /// The rules that look at an option.
    fn about(&self, position: QuestionIx, option: OptionIx) -> impl Iterator<Item = Rule> {
        self.0.iter().filter(move |(_, options)| options.contains(&(position, option))).map(|(rule, _)| *rule)
    }

    /// The same as [`silent`], by the engine.
    fn is_silent(
        &self,
        rules: &RuleSet,
        decision: &Decision,
        answers: &Answers,
        position: QuestionIx,
        option: OptionIx,
    ) -> bool {
        let situation = Situation::new(rules, answers);
        let reading = Reading::new(&situation);
        let told = |rule: Rule| match rule {
            Rule::Flag(flag) => decision.evidence.flags.contains(&flag),
            Rule::Need(need) => reading.need(need) == Truth::Yes,
            Rule::Preference(_) => false,
        };
        situation.chosen(position, option) == Truth::Yes
            && !decision.outcome.level.ends_without_plan()
            && !self.about(position, option).any(told)
    }
}
