//! What cases exercise, held against the oracle's own reading of the rules.

use carepath::cases::Case;
use carepath::coverage::{Coverage, Kind, Seen};
use proptest::prelude::*;

use super::brute::{Everybody, Somebody};
use super::draws::bytes;
use super::oracle::{condition_holds, deciding_preferences, finding_holds, holding_needs};
use super::rule_set::{Answered, Cond, Entry, GenRules, Given, Kind as How, Level, Said};
use super::{cases, engine, rule_gen};

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_is_covered_is_what_the_oracle_sees(made in rule_gen::rule_sets(), chance in bytes(6)) {
        let everybody = Everybody::new(&made);
        let mut draws = chance.draws();
        let some: Vec<&Somebody> =
            (0..draws.below(6)).map(|_| &everybody.people[draws.below(everybody.people.len())]).collect();
        let rules = engine::load(&made);
        let told: Vec<Case> = some.iter().map(|one| case(&rules, &one.answered)).collect();
        let coverage = Coverage::new(&rules, &told);
        for kind in Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Conditions | Kind::SafetyOptions)) {
            let items = coverage.items.iter().filter(|item| item.kind == kind);
            let found: Vec<(String, bool)> = items.map(|item| (item.what.clone(), item.seen == Seen::Yes)).collect();
            prop_assert_eq!(found, expected(&everybody, &made, kind, &some), "{:?}", kind);
        }
        let safe = everybody.safety_questions();
        let all = coverage.items.iter().filter(|item| item.kind == Kind::Options);
        let named = |question: usize| format!("{}: ", made.questions[question].id);
        let of_safety: Vec<_> =
            all.filter(|item| safe.iter().any(|question| item.what.starts_with(&named(*question)))).collect();
        let found: Vec<_> = coverage.items.iter().filter(|item| item.kind == Kind::SafetyOptions).collect();
        prop_assert!(found.iter().map(|item| (&item.what, item.seen)).eq(of_safety.iter().map(|item| (&item.what, item.seen))));
        let mut found: Vec<(String, Seen)> = coverage
            .items
            .iter()
            .filter(|item| item.kind == Kind::Conditions)
            .map(|item| (item.what.clone(), item.seen))
            .collect();
        let mut expected = entries(&made, &some);
        found.sort_by_key(|(what, seen)| (what.clone(), format!("{seen:?}")));
        expected.sort_by_key(|(what, seen)| (what.clone(), format!("{seen:?}")));
        prop_assert_eq!(found, expected);
    }
}

fn case(rules: &carepath::model::RuleSet, answered: &Answered) -> Case {
    let answers = engine::answers(rules, answered);
    Case { name: "some".to_owned(), story: None, answers, expect: carepath::answers::Expectation::default() }
}

/// All of a kind, and whether anybody of some exercises it.
fn expected(everybody: &Everybody<'_>, made: &GenRules, kind: Kind, some: &[&Somebody]) -> Vec<(String, bool)> {
    let any = |so: &dyn Fn(&Somebody) -> bool| some.iter().any(|one| so(one));
    let planned = |one: &Somebody| one.outcome.level < Level::Urgent;
    let rows = |prefix: &str, count: usize, so: &dyn Fn(&Somebody, usize) -> bool| -> Vec<(String, bool)> {
        (0..count).map(|place| (format!("{prefix}{place}"), any(&|one| so(one, place)))).collect()
    };
    match kind {
        Kind::Flags => rows("l", made.flags.len(), &|one, at| everybody.is_told(one, at)),
        Kind::Needs => {
            rows("n", made.needs.len(), &|one, at| planned(one) && holding_needs(made, &one.answered).contains(&at))
        }
        Kind::Findings => rows("f", made.findings.len(), &|one, at| finding_holds(made, &one.answered, at)),
        Kind::Preferences => {
            rows("r", made.preferences.len(), &|one, at| deciding_preferences(made, &one.answered).contains(&at))
        }
        Kind::Professionals => {
            rows("p", made.professionals, &|one, at| one.outcome.steps.iter().any(|(_, _, lead)| *lead == at))
        }
        Kind::Phases => rows("h", made.phases, &|one, at| one.outcome.steps.iter().any(|(phase, ..)| *phase == at)),
        Kind::Teamwork => {
            let name = |place: usize| {
                let row = &made.teamwork[place];
                let with: Vec<String> = row.with.iter().map(|with| format!("p{with}")).collect();
                format!("p{} with {}", row.of, with.join(", "))
            };
            let seen = |place: usize| any(&|one| everybody.work_together(one, place));
            (0..made.teamwork.len()).map(|place| (name(place), seen(place))).collect()
        }
        Kind::Handovers => {
            let seen = |place: usize| any(&|one| everybody.hands_over(one, place));
            let rows = made.handovers.iter().enumerate();
            rows.map(|(place, (from, to))| (format!("p{from} to p{to}"), seen(place))).collect()
        }
        Kind::Options => {
            let mut all = Vec::new();
            for (place, question) in made.questions.iter().enumerate() {
                for option in 0..question.option_count() {
                    let seen = any(
                        &|one| matches!(&one.answered[place], Some(Given::Options(chosen)) if chosen.contains(&option)),
                    );
                    all.push((format!("{}: {}", question.id, question.option_id(option)), seen));
                }
            }
            all
        }
        Kind::Levels => {
            use Level::{Caution, Clearance, Emergency, None, Physician, Urgent};
            let names = ["none", "caution", "clearance", "physician", "urgent", "emergency"];
            let levels = [None, Caution, Clearance, Physician, Urgent, Emergency].into_iter().zip(names);
            levels
                .filter(|(level, _)| *level == None || made.flags.iter().any(|flag| flag.level == *level))
                .map(|(level, name)| (name.to_owned(), any(&|one| one.outcome.level == level)))
                .collect()
        }
        Kind::SafetyOptions | Kind::Conditions => unreachable!("looked at by itself"),
    }
}

/// Every entry of every condition, and whether it was seen to decide: the condition is worked out again with the entry
/// turned round.
fn entries(made: &GenRules, some: &[&Somebody]) -> Vec<(String, Seen)> {
    let mut all = Vec::new();
    let mut add = |whose: String, cond: Option<&Cond>| {
        let Some(cond) = cond else { return };
        let mut leaves = Vec::new();
        let _ = worked_out(made, &some_answers(made), cond, &mut |leaf, text| {
            leaves.push(text.to_owned());
            condition_holds(made, &some_answers(made), Some(leaf))
        });
        for (place, text) in leaves.iter().enumerate() {
            let (mut holding, mut failing) = (false, false);
            for one in some {
                let mut holds = false;
                let mut with = |turned: bool| {
                    let mut at = 0;
                    worked_out(made, &one.answered, cond, &mut |leaf, _| {
                        let value = condition_holds(made, &one.answered, Some(leaf));
                        let here = at == place;
                        at += 1;
                        if here {
                            holds = value;
                        }
                        value != (here && turned)
                    })
                };
                if with(true) != with(false) {
                    *(if holds { &mut holding } else { &mut failing }) = true;
                }
            }
            let seen = match (holding, failing) {
                (true, true) => Seen::Yes,
                (true, false) => Seen::OnlyHolding,
                (false, true) => Seen::OnlyFailing,
                (false, false) => Seen::No,
            };
            all.push((format!("{text} in {whose}"), seen));
        }
    };
    for question in &made.questions {
        add(format!("`only_if` of the question `{}`", question.id), question.only_if.as_ref());
        for choice in &question.options {
            add(format!("`only_if` of the option `{}`", choice.id), choice.only_if.as_ref());
        }
    }
    for (place, when) in made.findings.iter().enumerate() {
        add(format!("`when` of the finding `f{place}`"), when.as_ref());
    }
    for (place, flag) in made.flags.iter().enumerate() {
        add(format!("`when` of the flag `l{place}`"), flag.when.as_ref());
        add(format!("`unless` of the flag `l{place}`"), flag.unless.as_ref());
    }
    for (place, need) in made.needs.iter().enumerate() {
        add(format!("`when` of the need `n{place}`"), need.when.as_ref());
    }
    for (place, preference) in made.preferences.iter().enumerate() {
        add(format!("`when` of the preference `r{place}`"), preference.when.as_ref());
    }
    all
}

/// Nobody in particular.
fn some_answers(made: &GenRules) -> Answered {
    vec![None; made.questions.len()]
}

/// Works a condition out from its leaves, each of which is shown as a condition of its own and as it is written.
fn worked_out(made: &GenRules, one: &Answered, cond: &Cond, leaf: &mut dyn FnMut(&Cond, &str) -> bool) -> bool {
    // Nothing is left out once the value is known: each leaf is shown every time.
    cond.0.iter().fold(true, |all, entry| entry_worked_out(made, one, entry, leaf) & all)
}

fn entry_worked_out(made: &GenRules, one: &Answered, entry: &Entry, leaf: &mut dyn FnMut(&Cond, &str) -> bool) -> bool {
    let name = |question: usize| &made.questions[question].id;
    let mut option = |question: usize, option: usize| {
        let text = format!("`{}: {}`", name(question), made.questions[question].option_id(option));
        leaf(&Cond(vec![Entry::Is(question, option)]), &text)
    };
    match entry {
        Entry::Is(question, this) => option(*question, *this),
        Entry::IsOneOf(question, options) => options.iter().fold(false, |any, this| option(*question, *this) | any),
        Entry::Sets { question, any_of, all_of, none_of } => {
            let all = all_of.iter().fold(true, |all, this| option(*question, *this) & all);
            let any = any_of.iter().fold(any_of.is_empty(), |any, this| option(*question, *this) | any);
            let none = none_of.iter().fold(true, |none, this| !option(*question, *this) & none);
            // Whether the question applies is no entry of its author's.
            let applies = none_of.is_empty() || one[*question].is_some();
            all && any && none && applies
        }
        Entry::Number(question, said) => said_leaf(made, *question, *said, leaf),
        Entry::NumberOneOf(question, said) => {
            said.iter().fold(false, |any, said| said_leaf(made, *question, *said, leaf) | any)
        }
        Entry::Compare { question, at_least, at_most } => {
            let How::Number { min, max } = made.questions[*question].kind else { unreachable!("a number") };
            let low = at_least.filter(|low| *low > min);
            let high = at_most.filter(|high| *high < max);
            let (low_is, high_is) = (at_least.unwrap_or(min), at_most.unwrap_or(max));
            let exact =
                || Cond(vec![Entry::Compare { question: *question, at_least: Some(low_is), at_most: Some(high_is) }]);
            if low_is == high_is {
                return leaf(&exact(), &format!("`{}: {low_is}`", name(*question)));
            }
            if low.is_none() && high.is_none() {
                return leaf(&exact(), &format!("`{}: {{at_least: {min}}}`", name(*question)));
            }
            let mut bound = |at_least: Option<i32>, at_most: Option<i32>, text: String| {
                leaf(&Cond(vec![Entry::Compare { question: *question, at_least, at_most }]), &text)
            };
            let above =
                low.is_none_or(|low| bound(Some(low), None, format!("`{}: {{at_least: {low}}}`", name(*question))));
            let below =
                high.is_none_or(|high| bound(None, Some(high), format!("`{}: {{at_most: {high}}}`", name(*question))));
            above & below
        }
        Entry::Finding(finding) => leaf(&Cond(vec![Entry::Finding(*finding)]), &format!("`finding: f{finding}`")),
        Entry::FindingOneOf(findings) => findings.iter().fold(false, |any, finding| {
            leaf(&Cond(vec![Entry::Finding(*finding)]), &format!("`finding: f{finding}`")) | any
        }),
        Entry::Any(parts) => parts.iter().fold(false, |any, part| worked_out(made, one, part, leaf) | any),
        Entry::All(parts) => parts.iter().fold(true, |all, part| worked_out(made, one, part, leaf) & all),
        Entry::Not(part) => !worked_out(made, one, part, leaf),
        Entry::Count(least, of) => {
            of.iter().fold(0, |count, part| count + usize::from(worked_out(made, one, part, leaf))) >= *least
        }
    }
}

fn said_leaf(made: &GenRules, question: usize, said: Said, leaf: &mut dyn FnMut(&Cond, &str) -> bool) -> bool {
    let text = match said {
        Said::Number(number) => number.to_string(),
        Said::Unsure => "unsure".to_owned(),
    };
    leaf(&Cond(vec![Entry::Number(question, said)]), &format!("`{}: {text}`", made.questions[question].id))
}
