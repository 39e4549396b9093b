//! Nothing that is said is met with silence: everything that somebody chose has its place in the result, and what is said
//! about it is so.

use std::collections::BTreeSet;

use carepath::decide::Rule;
use carepath::explain::{Explanation, Leads, Line, OneMore, Place, Remark};
use carepath::model::Position;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::draws::bytes;
use super::oracle::{
    Outcome, applying_options, completions, deciding_preferences, holding_needs, outcome, possible_answers,
    raised_flags,
};
use super::people::person;
use super::rule_set::{Answered, Cond, Entry, GenRules, Given, Kind, Level};
use super::{cases, engine, rule_gen, yaml};

/// Somebody, and what they are told.
struct Told<'a> {
    made: &'a GenRules,
    complete: &'a Answered,
    now: Outcome,
    explanation: &'a Explanation<'a>,
}

/// How often each kind of line was seen.
#[derive(Debug, Default)]
struct Seen {
    told: usize,
    opened: usize,
    listed: usize,
    nothing: usize,
    without: usize,
    together: usize,
    doctor: usize,
}

impl Told<'_> {
    /// Every option but `none` that was chosen has one place, in file order, and the place is one.
    fn everything_has_a_place(&self, seen: &mut Seen) -> TestCaseResult {
        let Self { made, complete, .. } = self;
        let account = &self.explanation.account;
        let chosen: Vec<(usize, usize)> = self.chosen();
        let placed: Vec<(usize, usize)> =
            account.places.iter().map(|(question, option, _)| (question.index(), option.index())).collect();
        prop_assert_eq!(&placed, &chosen);
        let mut listed = BTreeSet::new();
        for (question, option, place) in &account.places {
            let (question, option) = (question.index(), option.index());
            match place {
                Place::Told(rule) => {
                    seen.told += 1;
                    prop_assert!(self.is_told(*rule), "{rule:?} is not told");
                    prop_assert!(self.conditions(*rule).any(|cond| self.looks_at(cond, question)), "{rule:?}");
                }
                Place::Opened(opened) => {
                    seen.opened += 1;
                    let opened = opened.index();
                    let row = &made.questions[opened];
                    let answered_with_something = match &complete[opened] {
                        Some(Given::Options(chosen)) => row.kind != Kind::Many || Some(chosen[0]) != row.added_option(),
                        given => given.is_some(),
                    };
                    prop_assert!(answered_with_something, "{opened}");
                    let of_options = row.options.iter().filter_map(|choice| choice.only_if.as_ref());
                    let mut only_if = row.only_if.iter().chain(of_options);
                    prop_assert!(only_if.any(|cond| self.looks_at(cond, question)), "{opened}");
                }
                Place::Listed => drop(listed.insert((question, option))),
            }
        }
        seen.listed += listed.len();
        let also: Vec<(usize, usize)> =
            account.also_said.iter().map(|said| (said.question.index(), said.option.index())).collect();
        if self.now.level < Level::Urgent {
            prop_assert_eq!(also, listed.into_iter().collect::<Vec<_>>());
        } else {
            prop_assert_eq!(also, vec![]);
        }
        Ok(())
    }

    /// From `physician` up a doctor is told all that was said but `none` and "not sure", once, what the flags rest on first.
    fn the_doctor_is_told(&self, seen: &mut Seen) -> TestCaseResult {
        let account = &self.explanation.account;
        let plain = self
            .chosen()
            .into_iter()
            .filter(|(question, option)| self.made.questions[*question].added_option() != Some(*option));
        let numbers = self.complete.iter().enumerate().filter_map(|(question, given)| match given {
            Some(Given::Number(number)) => Some((question, None, Some(*number))),
            _ => None,
        });
        let mut expected: Vec<_> =
            plain.map(|(question, option)| (question, Some(option), None)).chain(numbers).collect();
        if self.now.level < Level::Physician {
            expected.clear();
        }
        expected.sort_unstable();
        let grounds: Vec<&Remark> = account.flags.iter().flat_map(|of| &of.remarks).collect();
        let mut told = Vec::new();
        let mut only_others = false;
        for line in &account.tell_the_doctor {
            prop_assert!(!line.remarks.is_empty());
            prop_assert!(line.grounds == 0 || !only_others, "what flags rest on comes first");
            only_others |= line.grounds == 0;
            for (place, remark) in line.remarks.iter().enumerate() {
                prop_assert_eq!(place < line.grounds, grounds.contains(&remark));
                prop_assert_eq!(remark.question(), line.question);
                told.push(match remark {
                    Remark::Option(question, option) => (question.index(), Some(option.index()), None),
                    Remark::Number(question, number) => (question.index(), None, Some(*number)),
                });
            }
        }
        told.sort_unstable();
        seen.doctor += told.len();
        prop_assert_eq!(told, expected);
        Ok(())
    }

    /// What is said about an option that has no other place is so, by trying it out.
    fn lines_are_true(&self, seen: &mut Seen) -> TestCaseResult {
        for said in &self.explanation.account.also_said {
            let (question, option) = (said.question.index(), said.option.index());
            let graver = self.graver_together(question, option);
            match said.line {
                Line::Alone => return Err(TestCaseError::fail("no author says so")),
                Line::Nothing => {
                    seen.nothing += 1;
                    prop_assert_eq!(graver, None, "{} in {}", option, question);
                    if let [without] = self.without(self.complete, question, option).as_slice()
                        && self.made.questions[question].kind == Kind::Many
                    {
                        for complete in completions(self.made, without) {
                            prop_assert_eq!(&outcome(self.made, &complete), &self.now, "{} in {}", option, question);
                        }
                    }
                }
                Line::Without(leads) => {
                    seen.without += 1;
                    let now = [self.now.clone()];
                    for complete in
                        self.without(self.complete, question, option).iter().flat_map(|w| completions(self.made, w))
                    {
                        let other = outcome(self.made, &complete);
                        match leads {
                            Leads::Level(level) => prop_assert!(
                                other.level >= engine::level(level) && engine::level(level) > self.now.level
                            ),
                            Leads::Questions => {}
                            Leads::Plan => prop_assert_ne!(&other, &self.now),
                            leads => prop_assert!(is_so(leads, &other, &now), "{:?}", leads),
                        }
                    }
                }
                Line::Together { with, leads } => {
                    seen.together += 1;
                    for with in self.with(with) {
                        prop_assert!(self.offers(&with) == self.offers(self.complete), "it opens no question");
                        let both = outcome(self.made, &with);
                        let without = self.without(&with, question, option);
                        let without = without.iter().flat_map(|without| completions(self.made, without));
                        let others: Vec<Outcome> =
                            without.map(|other| outcome(self.made, &other)).chain([self.now.clone()]).collect();
                        prop_assert!(others.len() > 1, "there is a way without it");
                        prop_assert!(is_so(leads, &both, &others), "{:?}: {:?} and {:?}", leads, both, others);
                        prop_assert!(graver.is_none_or(|graver| graver <= both.level), "{:?} is graver", graver);
                    }
                }
            }
        }
        Ok(())
    }

    /// The gravest level that one more thing leads to together with an option, and neither without the other.
    fn graver_together(&self, question: usize, option: usize) -> Option<Level> {
        let mut graver: Option<Level> = None;
        for place in 0..self.made.questions.len() {
            let row = &self.made.questions[place];
            let (Some(before), Some(applying)) =
                (&self.complete[place], applying_options(self.made, self.complete, place))
            else {
                continue;
            };
            if place == question && row.kind != Kind::Many {
                continue;
            }
            for answer in possible_answers(row, &applying) {
                let is_one_more = match (&row.kind, before, &answer) {
                    (Kind::Many, Given::Options(before), Given::Options(after)) => {
                        let kept: Vec<usize> =
                            before.iter().copied().filter(|tick| Some(*tick) != row.added_option()).collect();
                        after.len() == kept.len() + 1
                            && kept.iter().all(|tick| after.contains(tick))
                            && !after.iter().any(|tick| Some(*tick) == row.added_option())
                    }
                    (_, _, Given::Options(after)) => after.iter().all(|option| Some(*option) != row.added_option()),
                    (_, _, Given::Number(_)) => true,
                };
                if !is_one_more || *before == answer {
                    continue;
                }
                let mut with = self.complete.clone();
                with[place] = Some(answer);
                if self.offers(&with) != self.offers(self.complete) {
                    continue;
                }
                let both = outcome(self.made, &with).level;
                let without = self.without(&with, question, option);
                // Where something else would be asked then, that is not looked at.
                let complete = without.iter().all(|without| completions(self.made, without).len() == 1);
                let lower = |other: &Answered| {
                    completions(self.made, other).iter().all(|other| outcome(self.made, other).level < both)
                };
                if complete && !without.is_empty() && both > self.now.level && without.iter().all(lower) {
                    graver = graver.max(Some(both));
                }
            }
        }
        graver
    }

    /// The answers with one more thing; with numbers, each of them.
    fn with(&self, with: OneMore) -> Vec<Answered> {
        let given: Vec<(usize, Given)> = match with {
            OneMore::Option(question, option) => {
                let row = &self.made.questions[question.index()];
                let mut ticked = match (&row.kind, &self.complete[question.index()]) {
                    (Kind::Many, Some(Given::Options(ticked))) => ticked.clone(),
                    _ => vec![],
                };
                ticked.retain(|tick| Some(*tick) != row.added_option());
                ticked.push(option.index());
                ticked.sort_unstable();
                vec![(question.index(), Given::Options(ticked))]
            }
            OneMore::Numbers(question, least, most) => {
                (least..=most).map(|number| (question.index(), Given::Number(number))).collect()
            }
        };
        let with = given.into_iter().map(|(question, given)| {
            let mut with = self.complete.clone();
            with[question] = Some(given);
            with
        });
        with.collect()
    }

    /// The answers without an option: without the tick, with `none` in its place, or with each other answer.
    fn without(&self, said: &Answered, question: usize, option: usize) -> Vec<Answered> {
        let row = &self.made.questions[question];
        let Some(Given::Options(chosen)) = &said[question] else { panic!("it was chosen") };
        let left: Vec<usize> = chosen.iter().copied().filter(|other| *other != option).collect();
        let applying = applying_options(self.made, said, question).expect("it was answered");
        let instead: Vec<Given> = match (row.kind, row.added_option()) {
            (Kind::Many, _) if !left.is_empty() => vec![Given::Options(left)],
            (Kind::Many, Some(none)) => vec![Given::Options(vec![none])],
            (Kind::Many | Kind::One, _) => {
                let others = applying.into_iter().filter(|other| *other != option);
                others.map(|other| Given::Options(vec![other])).collect()
            }
            (Kind::Number { min, max }, _) => (min..=max).map(Given::Number).collect(),
        };
        let without = instead.into_iter().map(|given| {
            let mut without = said.clone();
            without[question] = Some(given);
            without
        });
        without.collect()
    }

    fn offers(&self, said: &Answered) -> Vec<Option<Vec<usize>>> {
        (0..said.len()).map(|place| applying_options(self.made, said, place)).collect()
    }

    /// The options that were chosen, but for `none`.
    fn chosen(&self) -> Vec<(usize, usize)> {
        let each = self.complete.iter().enumerate().flat_map(|(question, given)| match given {
            Some(Given::Options(chosen)) => chosen.iter().map(|option| (question, *option)).collect(),
            _ => vec![],
        });
        let is_none = |question: usize, option: usize| {
            let row = &self.made.questions[question];
            row.kind == Kind::Many && row.added_option() == Some(option)
        };
        each.filter(|(question, option)| !is_none(*question, *option)).collect()
    }

    fn is_told(&self, rule: Rule) -> bool {
        let Self { made, complete, now, .. } = self;
        match rule {
            Rule::Flag(flag) if now.level >= Level::Urgent => {
                made.flags[flag.index()].level >= Level::Urgent && raised_flags(made, complete).contains(&flag.index())
            }
            Rule::Flag(flag) => now.flags.contains(&flag.index()),
            Rule::Need(need) => now.level < Level::Urgent && holding_needs(made, complete).contains(&need.index()),
            Rule::Preference(preference) => deciding_preferences(made, complete).contains(&preference.index()),
        }
    }

    fn conditions(&self, rule: Rule) -> impl Iterator<Item = &Cond> {
        let (when, unless) = match rule {
            Rule::Flag(flag) => (&self.made.flags[flag.index()].when, self.made.flags[flag.index()].unless.as_ref()),
            Rule::Need(need) => (&self.made.needs[need.index()].when, None),
            Rule::Preference(preference) => (&self.made.preferences[preference.index()].when, None),
        };
        when.iter().chain(unless)
    }

    fn looks_at(&self, cond: &Cond, question: usize) -> bool {
        cond.0.iter().any(|entry| match entry {
            Entry::Is(place, _)
            | Entry::IsOneOf(place, _)
            | Entry::Sets { question: place, .. }
            | Entry::Number(place, _)
            | Entry::NumberOneOf(place, _)
            | Entry::Compare { question: place, .. } => *place == question,
            Entry::Finding(finding) => self.finding_looks_at(*finding, question),
            Entry::FindingOneOf(findings) => findings.iter().any(|finding| self.finding_looks_at(*finding, question)),
            Entry::Any(parts) | Entry::All(parts) | Entry::Count(_, parts) => {
                parts.iter().any(|part| self.looks_at(part, question))
            }
            Entry::Not(part) => self.looks_at(part, question),
        })
    }

    fn finding_looks_at(&self, finding: usize, question: usize) -> bool {
        self.made.findings[finding].as_ref().is_some_and(|when| self.looks_at(when, question))
    }
}

/// Something is so in one outcome and in none of the others; but for the level itself, all have the same level.
fn is_so(leads: Leads, one: &Outcome, others: &[Outcome]) -> bool {
    if let Leads::Level(level) = leads {
        return one.level == engine::level(level) && others.iter().all(|other| other.level < one.level);
    }
    let here = |outcome: &Outcome| match leads {
        Leads::Professional(who) => outcome.steps.iter().any(|(_, _, lead)| *lead == who.index()),
        Leads::Service(what) => outcome.steps.iter().any(|(_, service, _)| *service == what.index()),
        Leads::OnHold(what) => outcome.on_hold.contains(&what.index()),
        Leads::Waits(what) => outcome.waits.contains(&what.index()),
        Leads::Flag(flag) => outcome.flags.contains(&flag.index()),
        Leads::Plan => outcome.steps == one.steps,
        Leads::Level(_) | Leads::Questions => false,
    };
    here(one) && others.iter().all(|other| other.level == one.level && !here(other))
}

fn is_accounted_for(made: &GenRules, complete: &Answered, seen: &mut Seen) -> TestCaseResult {
    let rules = engine::load(made);
    let explanation = Explanation::new(&rules, &engine::answers(&rules, complete));
    let told = Told { made, complete, now: outcome(made, complete), explanation: &explanation };
    let all = [Told::everything_has_a_place, Told::the_doctor_is_told, Told::lines_are_true];
    all.iter().try_for_each(|check| {
        check(&told, seen).map_err(|fault| TestCaseError::fail(format!("{fault}: {}", yaml::answers(made, complete))))
    })
}

#[test]
fn every_way_in_which_a_flag_holds_is_told() {
    let rules = engine::load_text(
        "{format: 1, name: One list, version: 0.0.0, disclaimer: None, otherwise: Nobody, emergency_number: '112', \
         questions: [{id: danger, ask: What?, choose: many, options: [a: A, b: B, c: C], none: Neither}], \
         flags: [{id: either, level: physician, when: {any: [{danger: a}, {danger: b}]}, say: seen, do: this}, \
         {id: anything, level: note, when: {not: {danger: none}}, say: seen, do: this}]}",
    );
    let told = |ticks: &[usize]| {
        let said = vec![Some(Given::Options(ticks.to_vec()))];
        let account = Explanation::new(&rules, &engine::answers(&rules, &said)).account;
        let places = |of: &carepath::explain::RemarksOf<_>| of.remarks.len();
        (account.flags.iter().map(places).collect::<Vec<_>>(), account.also_said.len())
    };
    // Both ticks are reasons, and so is each for "not none".
    assert_eq!(told(&[0, 1]), (vec![2, 2], 0));
    assert_eq!(told(&[0, 2]), (vec![1, 2], 0));
    assert_eq!(told(&[3]), (vec![], 0));
}

#[test]
fn of_several_things_the_one_that_leads_to_the_gravest_level_is_told() {
    let rules = engine::load_text(
        "{format: 1, name: One list, version: 0.0.0, disclaimer: None, otherwise: Nobody, emergency_number: '112', \
         questions: [{id: danger, ask: What?, choose: many, options: [a: A, b: B, c: C], none: Neither}, \
         {id: age, ask: How old?, choose: {number: {min: 0, max: 99}}}], \
         flags: [{id: two, level: caution, when: {danger: {all_of: [a, b]}}, say: seen, do: this}, \
         {id: old, level: urgent, when: {danger: a, age: {at_least: 65}}, say: seen, do: this}, \
         {id: three, level: physician, when: {danger: {all_of: [a, c]}}, say: seen, do: this}]}",
    );
    let said = vec![Some(Given::Options(vec![0])), Some(Given::Number(40))];
    let account = Explanation::new(&rules, &engine::answers(&rules, &said)).account;
    let lines: Vec<Line> = account.also_said.iter().map(|said| said.line).collect();
    let with = OneMore::Numbers(Position::new(1), 65, 99);
    assert_eq!(lines, [Line::Together { with, leads: Leads::Level(carepath::model::Level::Urgent) }]);
    assert!(account.also_said[0].sign);
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn nothing_said_is_met_with_silence(
        made in prop_oneof![rule_gen::rule_sets(), rule_gen::alarming_rule_sets(), rule_gen::caring_rule_sets()],
        chances in [bytes(24), bytes(24), bytes(24), bytes(24)],
    ) {
        for chance in &chances {
            is_accounted_for(&made, &person(&made, &mut chance.draws()), &mut Seen::default())?;
        }
    }
}

#[test]
fn generated_people_say_things_of_all_kinds() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = Seen::default();
    for set in 0..1_000 {
        let made = match set % 2 {
            0 => rule_gen::alarming_rule_sets().new_tree(&mut runner).map(|tree| tree.current()),
            _ => rule_gen::rule_sets().new_tree(&mut runner).map(|tree| tree.current()),
        };
        let made = made.expect("nothing is rejected");
        let chance = bytes(24).new_tree(&mut runner).expect("nothing is rejected").current();
        is_accounted_for(&made, &person(&made, &mut chance.draws()), &mut seen).expect("it is accounted for");
    }
    println!("{seen:?}");
    let Seen { told, opened, listed, nothing, without, together, doctor } = seen;
    for count in [told, opened, listed, nothing, without, together, doctor] {
        assert!(count > 10, "{seen:?}", seen = [told, opened, listed, nothing, without, together, doctor]);
    }
}
