//! Every verdict of a proof, held against brute force: which faults there are, that there are no others, and that each
//! counterexample shows what it says.

use std::collections::BTreeMap;

use carepath::answers::Answers;
use carepath::check::{AnswerSets, Counterexample, Example, LatestEmergency, Report, check};
use carepath::diagnostic::Code;
use carepath::model::{
    FindingIx, FlagIx, NeedIx, OptionIx, PhaseIx, Position, PreferenceIx, ProfessionalIx, QuestionIx, RuleSet,
    ServiceIx,
};
use carepath::source::Span;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseResult, TestRunner};

use super::brute::{Everybody, Somebody, Subject, agree_but_for};
use super::rule_set::{Answered, GenRules};
use super::{cases, engine, rule_gen, yaml};

/// What a proof can find. That a need has nobody in scope is an error when the rules are read, and cannot be found later.
const CODES: [&str; 22] = [
    "always-holds",
    "dead-flag",
    "guarantee-fails",
    "never-holds",
    "never-shows",
    "no-recommendation",
    "nobody-in-scope",
    "only-if-never-matters",
    "option-never-matters",
    "question-never-matters",
    "redundant-rule",
    "silent-sign",
    "tick-lowers-level",
    "unless-never-matters",
    "unreachable-option",
    "unreachable-phase",
    "unreachable-professional",
    "unreachable-question",
    "unreachable-service",
    "unsure-lowers-level",
    "an emergency",
    "never in an emergency",
];

#[test]
fn brute_force_finds_every_fault_there_can_be() {
    let mut runner = TestRunner::deterministic();
    let mut found: BTreeMap<&str, usize> = CODES.iter().map(|code| (*code, 0)).collect();
    let mut faultless = 0;
    for set in 0..1_000 {
        let made = match set % 4 {
            0 => rule_gen::alarming_rule_sets().new_tree(&mut runner).map(|tree| tree.current()),
            1 => rule_gen::caring_rule_sets().new_tree(&mut runner).map(|tree| tree.current()),
            _ => rule_gen::small_rule_sets().new_tree(&mut runner).map(|tree| tree.current()),
        };
        let made = made.expect("nothing is rejected");
        let everybody = Everybody::new(&made);
        let faults = everybody.faults();
        let emergency = if everybody.latest_emergency().is_some() { "an emergency" } else { "never in an emergency" };
        for code in faults.iter().map(|(code, _)| *code).chain([emergency]) {
            *found.get_mut(code).expect("it is listed") += 1;
        }
        faultless += usize::from(faults.is_empty());
    }
    println!("{found:#?} in 1,000 rule sets, {faultless} of them without faults");
    let missing: Vec<&str> = found.into_iter().filter(|(_, count)| *count == 0).map(|(code, _)| code).collect();
    assert_eq!(missing, ["nobody-in-scope"]);
}

#[test]
fn what_does_not_count_is_left_out_of_the_reason_for_a_lower_level() {
    let rules = engine::load_text(
        "{format: 1, name: Two questions, version: 0.0.0, disclaimer: None, otherwise: Nobody, questions: [\
         {id: idle, ask: What?, choose: one, options: [a: A, b: B]}, \
         {id: danger, ask: What?, choose: many, options: [fever: Fever], none: Neither}], \
         flags: [{id: odd, level: physician, unless: {danger: fever}, say: seen, do: this}]}",
    );
    let report = check(&rules, None, &mut |_| ());
    let fault = report.faults.iter().find(|fault| fault.diagnostic.code == Code::TickLowersLevel);
    let found = fault.and_then(|fault| fault.counterexample.as_ref()).expect("fever lowers the level");
    let questions: Vec<usize> = found.because.iter().map(|(question, _)| question.index()).collect();
    assert_eq!(questions, [1]);
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn the_proof_of_a_small_rule_set_finds_what_brute_force_finds(made in rule_gen::small_rule_sets()) {
        let rules = engine::load(&made);
        Judged { made: &made, rules: &rules, everybody: &Everybody::new(&made) }.is_judged_rightly()?;
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn the_proof_of_a_rule_set_about_danger_finds_what_brute_force_finds(made in rule_gen::alarming_rule_sets()) {
        let rules = engine::load(&made);
        Judged { made: &made, rules: &rules, everybody: &Everybody::new(&made) }.is_judged_rightly()?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_proof_of_a_rule_set_about_care_finds_what_brute_force_finds(made in rule_gen::caring_rule_sets()) {
        let rules = engine::load(&made);
        Judged { made: &made, rules: &rules, everybody: &Everybody::new(&made) }.is_judged_rightly()?;
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_proof_of_a_rule_set_finds_what_brute_force_finds(made in rule_gen::rule_sets()) {
        let everybody = Everybody::new(&made);
        // All pairs of more people take too long.
        prop_assume!(everybody.people.len() <= 100);
        let rules = engine::load(&made);
        Judged { made: &made, rules: &rules, everybody: &everybody }.is_judged_rightly()?;
    }
}

/// A rule set, and everybody there can be under it.
#[derive(Clone, Copy)]
struct Judged<'a> {
    made: &'a GenRules,
    rules: &'a RuleSet,
    everybody: &'a Everybody<'a>,
}

impl<'a> Judged<'a> {
    fn is_judged_rightly(self) -> TestCaseResult {
        let report = check(self.rules, None, &mut |_| ());
        prop_assert_eq!(&report.undecided, &[]);
        let faults = self.everybody.faults();
        let expected: BTreeMap<(Span, &str), Subject> =
            faults.iter().map(|(code, subject)| ((self.span(*subject), *code), *subject)).collect();
        prop_assert_eq!(expected.len(), faults.len(), "no two faults look the same");
        let mut found: Vec<(Span, &str)> =
            report.faults.iter().map(|fault| (fault.diagnostic.span, fault.diagnostic.code.name())).collect();
        prop_assert!(report.faults.is_sorted_by_key(|fault| fault.diagnostic.span), "in reading order");
        found.sort_unstable();
        let expected_places = expected.keys().map(|fault| self.shown(fault));
        let found_places = found.iter().map(|fault| self.shown(fault));
        prop_assert_eq!(found_places.collect::<Vec<_>>(), expected_places.collect::<Vec<_>>());
        for fault in &report.faults {
            let key = (fault.diagnostic.span, fault.diagnostic.code.name());
            self.is_shown(key.1, expected[&key], fault.counterexample.as_ref())?;
        }
        let people = u128::try_from(self.everybody.people.len()).expect("they are few");
        prop_assert_eq!(report.answer_sets, AnswerSets::Exactly(people));
        self.emergency_is_right(&report)
    }

    /// A fault for people.
    fn shown(self, (span, code): &(Span, &str)) -> String {
        let texts = self.rules.texts();
        format!("{code} of `{}` in line {}", texts.slice(*span), texts.line_column(*span).line)
    }

    /// Where a fault is shown.
    fn span(self, subject: Subject) -> Span {
        let rules = self.rules;
        let question = |place| &rules.questions()[QuestionIx::new(place)];
        match subject {
            Subject::Question(place) => question(place).id.span(),
            Subject::Choice(place, option) => rules.option_span(QuestionIx::new(place), OptionIx::new(option)),
            Subject::OnlyIf(place) => question(place).only_if.as_ref().expect("it is there").span,
            Subject::ChoiceOnlyIf(place, option) => {
                question(place).options[option].only_if.as_ref().expect("it is there").span
            }
            Subject::Finding(place) => rules.findings()[FindingIx::new(place)].id.span(),
            Subject::Flag(place) => rules.flags()[FlagIx::new(place)].id.span(),
            Subject::Unless(place) => rules.flags()[FlagIx::new(place)].unless.as_ref().expect("it is there").span,
            Subject::Need(place) => rules.needs()[NeedIx::new(place)].id.span(),
            Subject::Preference(place) => rules.preferences()[PreferenceIx::new(place)].id.span(),
            Subject::Teamwork(place) => rules.teamwork()[place].span,
            Subject::Handover(place) => rules.handovers()[place].span,
            Subject::Professional(place) => rules.professionals()[ProfessionalIx::new(place)].id.span(),
            Subject::Phase(place) => rules.phases()[PhaseIx::new(place)].id.span(),
            Subject::Service(place) => rules.services()[ServiceIx::new(place)].id.span(),
            Subject::Guarantee(place) => rules.guarantees()[place].id.span(),
        }
    }

    /// A counterexample is there where answers can show a fault, and shows it.
    fn is_shown(self, code: &str, subject: Subject, counterexample: Option<&Counterexample>) -> TestCaseResult {
        let everybody = self.everybody;
        match (code, subject, counterexample) {
            ("guarantee-fails", Subject::Guarantee(place), Some(found)) => {
                let Example { answers, decision } = &found.example;
                prop_assert!(!decision.keeps(self.rules, answers, place), "the program agrees");
                self.shows_one(found, &|one| everybody.breaks(one, place))
            }
            ("silent-sign", Subject::Choice(place, option), Some(found)) => {
                self.shows_one(found, &|one| everybody.is_silent(one, place, option))
            }
            ("no-recommendation", _, Some(found)) => self.shows_one(found, &|one| everybody.is_told_nothing(one)),
            ("tick-lowers-level", Subject::Choice(place, option), Some(found)) => {
                let (more, fewer) = self.shows_two(found, place)?;
                prop_assert!(everybody.one_more_tick(more, fewer, place, option), "one tick more");
                prop_assert!(everybody.misses(more, fewer), "no flag that holds is as grave");
                let lowered = |more: &Somebody| {
                    let ticks = |fewer: &&Somebody| {
                        agree_but_for(more, fewer, place) && everybody.one_more_tick(more, fewer, place, option)
                    };
                    everybody.people.iter().filter(ticks).all(|fewer| everybody.misses(more, fewer))
                };
                // Where what applies newly leaves more than one level, all that was said is kept.
                let always = everybody.who_said(&more.answered).into_iter().all(lowered);
                if always {
                    self.is_least(&found.because, Some(place), &lowered)
                } else {
                    prop_assert_eq!(&found.because, &found.example.answers);
                    Ok(())
                }
            }
            ("unsure-lowers-level", Subject::Choice(place, _), Some(found)) => {
                let (unsure, sure) = self.shows_two(found, place)?;
                let lower = |unsure: &Somebody| {
                    let mut sure = everybody.sure_of(unsure, place).into_iter();
                    sure.all(|sure| unsure.outcome.level < sure.outcome.level)
                };
                prop_assert!(lower(unsure), "whoever is sure is at a higher level");
                let sure_one = everybody.sure_of(unsure, place).iter().any(|other| other.answered == sure.answered);
                prop_assert!(sure_one, "the second is sure, and agrees in all else");
                self.is_least(&found.because, Some(place), &lower)
            }
            (_, _, None) => {
                let shown =
                    ["guarantee-fails", "no-recommendation", "silent-sign", "tick-lowers-level", "unsure-lowers-level"];
                prop_assert!(!shown.contains(&code), "{} without answers that show it", code);
                Ok(())
            }
            (_, _, Some(found)) => Err(TestCaseError::fail(format!("{code} of {subject:?}: {found:?}"))),
        }
    }

    /// One person is enough, and what they said for that is enough for anybody.
    fn shows_one(self, found: &Counterexample, fails: &dyn Fn(&Somebody) -> bool) -> TestCaseResult {
        prop_assert!(fails(self.person(&found.example)?), "the example shows it");
        prop_assert!(found.beside.is_none(), "one is enough");
        is_part(found)?;
        self.is_least(&found.because, None, fails)
    }

    /// Two persons who agree in all but one question, the second at a higher level.
    fn shows_two(self, found: &Counterexample, question: usize) -> Result<(&'a Somebody, &'a Somebody), TestCaseError> {
        let Some(beside) = &found.beside else {
            return Err(TestCaseError::fail("it takes two"));
        };
        let (one, other) = (self.person(&found.example)?, self.person(beside)?);
        prop_assert!(agree_but_for(one, other, question), "they agree in all else");
        prop_assert!(one.outcome.level < other.outcome.level, "the first is at a lower level");
        prop_assert!(found.because.get(QuestionIx::new(question)).is_some(), "the answer in question is told");
        is_part(found)?;
        Ok((one, other))
    }

    /// The answers of an example are complete, and decided as everywhere.
    fn person(self, example: &Example) -> Result<&'a Somebody, TestCaseError> {
        let answered = engine::answered(self.made, &example.answers);
        let shown = yaml::answers(self.made, &answered);
        let Some(person) = self.everybody.who_answers(&answered) else {
            return Err(TestCaseError::fail(format!("nobody answers like this: {shown}")));
        };
        prop_assert_eq!(&engine::outcome(&example.decision.outcome), &person.outcome, "{}", shown);
        Ok(person)
    }

    /// Whoever says this fails, and of no answer but that to `fixed` is it so without it.
    fn is_least(self, because: &Answers, fixed: Option<usize>, fails: &dyn Fn(&Somebody) -> bool) -> TestCaseResult {
        let because: Answered = engine::answered(self.made, because);
        let always = |said: &Answered| self.everybody.who_said(said).into_iter().all(fails);
        let shown = yaml::answers(self.made, &because);
        prop_assert!(always(&because), "not everybody fails who says {}", shown);
        for place in (0..because.len()).filter(|place| because[*place].is_some() && Some(*place) != fixed) {
            let mut fewer = because.clone();
            fewer[place] = None;
            prop_assert!(!always(&fewer), "the answer to question {} can be left out of {}", place, shown);
        }
        Ok(())
    }

    fn emergency_is_right(self, report: &Report) -> TestCaseResult {
        let LatestEmergency::OnScreen { screen, question, answers } = &report.latest_emergency else {
            prop_assert_eq!(self.everybody.latest_emergency(), None);
            return Ok(());
        };
        prop_assert_eq!(self.everybody.latest_emergency(), Some(*screen));
        let answered = engine::answered(self.made, answers);
        let person = self.everybody.who_answers(&answered);
        let shown = person.and_then(|one| self.everybody.shows_emergency_at(one, question.index()));
        prop_assert_eq!(shown, Some(*screen), "{}", yaml::answers(self.made, &answered));
        Ok(())
    }
}

/// What is told as the reason is part of the answers.
fn is_part(found: &Counterexample) -> TestCaseResult {
    let (because, all) = (&found.because, &found.example.answers);
    prop_assert!(because.iter().all(|(question, answer)| all.get(question) == Some(answer)));
    Ok(())
}
