//! The built-in rules and cases: in order, within limits, and every statement of the articles carried by something.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;

use carepath::answers::Answers;
use carepath::builtin;
use carepath::explain::Explanation;
use carepath::model::{Level, RuleSet};

fn rules() -> RuleSet {
    builtin::rules().expect("the built-in rules load").rules
}

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_built_in_rules_have_no_faults() {
    let loaded = builtin::rules().expect("the built-in rules load");
    assert_eq!(loaded.warnings, []);
}

#[test]
fn nobody_has_said_that_they_reviewed_the_rules() {
    // When a clinician signs, this test goes with the commit that says who.
    assert!(rules().metadata().reviewed_by.is_empty());
}

#[test]
fn labels_fit_a_narrow_terminal() {
    for question in rules().questions().rows() {
        for choice in &question.options {
            let length = choice.label.chars().count();
            assert!(length <= 52, "{}/{}: {length} characters", question.id, choice.id);
        }
        assert!(question.why.is_some(), "{} does not say why it is asked", question.id);
    }
}

#[test]
fn emergencies_say_to_call_first() {
    for flag in rules().flags().rows().iter().filter(|flag| flag.level == Level::Emergency) {
        let action = flag.action.to_lowercase();
        assert!(action.starts_with("call"), "{}: {}", flag.id, flag.action);
    }
}

#[test]
fn personal_trainer_is_never_abbreviated() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for folder in ["rules", "examples/cases"] {
        for entry in fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                texts.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(texts.len() > 10);
    for (name, text) in texts {
        for (number, line) in text.lines().enumerate() {
            let comment = line.trim_start().starts_with('#') || line.contains("title:") || line.contains("source:");
            let short = line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "PT" || word == "PTs");
            assert!(comment || !short, "{name}:{}: {line}", number + 1);
        }
    }
}

/// Every id that `docs/coverage-of-sources.md` names, as `kind:id`.
fn coverage_ids() -> BTreeSet<String> {
    let text = read("docs/coverage-of-sources.md");
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.contains(':') && !word.contains(' ') && !word.ends_with(':'))
        .map(str::to_owned)
        .collect()
}

fn resolves(rules: &RuleSet, kind: &str, id: &str) -> bool {
    let (first, second) = id.split_once('/').unwrap_or((id, ""));
    let professional = |name: &str| rules.professionals().rows().iter().any(|row| row.id.as_str() == name);
    let named = |position| rules.professionals().rows()[carepath::model::Position::index(position)].id.as_str();
    match kind {
        "question" => rules.questions().rows().iter().any(|row| row.id.as_str() == id),
        "option" => rules.questions().rows().iter().any(|row| row.id.as_str() == first && row.option(second).is_some()),
        "finding" => rules.findings().rows().iter().any(|row| row.id.as_str() == id),
        "flag" => rules.flags().rows().iter().any(|row| row.id.as_str() == id),
        "service" => rules.services().rows().iter().any(|row| row.id.as_str() == id),
        "professional" => professional(id),
        "phase" => rules.phases().rows().iter().any(|row| row.id.as_str() == id),
        "need" => rules.needs().rows().iter().any(|row| row.id.as_str() == id),
        "preference" => rules.preferences().rows().iter().any(|row| row.id.as_str() == id),
        "guarantee" => rules.guarantees().iter().any(|row| row.id.as_str() == id),
        "source" => rules.sources().rows().iter().any(|row| row.id.as_str() == id),
        "teamwork" => rules.teamwork().iter().any(|row| {
            let phase = row.phase.map_or("", |phase| rules.phases()[phase].id.as_str());
            named(row.of) == first && (second.is_empty() || phase == second)
        }),
        "handover" => rules.handovers().iter().any(|row| named(row.from) == first && named(row.to) == second),
        _ => false,
    }
}

#[test]
fn every_statement_of_the_articles_is_carried_by_something() {
    let rules = rules();
    let ids = coverage_ids();
    assert!(ids.len() > 40, "only {} ids in docs/coverage-of-sources.md", ids.len());
    for id in ids {
        let (kind, name) = id.split_once(':').unwrap();
        assert!(resolves(&rules, kind, name), "docs/coverage-of-sources.md names `{id}`, which is not in the rules");
    }
}

#[test]
fn nothing_said_leaves_questions_open() {
    let rules = rules();
    let explanation = Explanation::new(&rules, &Answers::new(&rules));
    assert!(!explanation.settled());
    assert_eq!(explanation.open.first().copied(), rules.questions().positions().next());
}

#[test]
fn cases_reach_every_level_phase_and_professional_twice() {
    use std::collections::BTreeMap;

    let rules = rules();
    let mut texts = carepath::source::Texts::default();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for file in builtin::add_cases(&mut texts) {
        let case = carepath::answers::read_answers(&rules, &texts, file).expect("a case");
        assert!(case.expect.is_some(), "a built-in case expects nothing");
        let Some(outcome) = carepath::decide::outcome(&rules, &case.answers) else {
            continue;
        };
        let mut reached: BTreeSet<String> = BTreeSet::from([format!("level {}", outcome.level)]);
        for step in &outcome.steps {
            reached.insert(format!("phase {}", rules.phases()[step.phase].id));
            reached.insert(format!("professional {}", rules.professionals()[step.lead].id));
        }
        for what in reached {
            *seen.entry(what).or_default() += 1;
        }
    }
    let levels = Level::ALL.iter().map(|level| format!("level {level}"));
    let phases = rules.phases().rows().iter().map(|phase| format!("phase {}", phase.id));
    let professionals = rules.professionals().rows().iter().map(|who| format!("professional {}", who.id));
    for wanted in levels.chain(phases).chain(professionals) {
        assert!(seen.get(&wanted).copied().unwrap_or(0) >= 2, "fewer than two cases reach {wanted}");
    }
}

/// Ends the interview for somebody who never ticks a danger sign, and counts the questions.
fn questions_until_the_end(rules: &RuleSet, goal: &str) -> usize {
    use carepath::answers::Answer;
    use carepath::interview::{Interview, Step};
    use carepath::model::{Kind, Role};

    let mut interview = Interview::new(rules, Answers::new(rules));
    let mut asked = 0;
    while let Step::Ask(ask) = interview.step() {
        let question = &rules.questions()[ask.question];
        let answer = match &question.kind {
            Kind::Number(_) => Answer::Number(35),
            _ if question.id.as_str() == "reason" => Answer::option(question.option(goal).expect("a reason")),
            Kind::Many => Answer::option(question.option_with(Role::NoneOfThese).expect("none of these")),
            Kind::One => Answer::option(ask.choosable.iter().next().expect("an option")),
        };
        interview.answer(ask.question, answer).expect("an answer that fits");
        asked += 1;
    }
    asked
}

#[test]
fn whoever_has_nothing_alarming_is_through_in_ten_screens() {
    let rules = rules();
    for (goal, most) in [("train", 8), ("tight", 10), ("pain", 10), ("injury", 10), ("return", 10)] {
        let asked = questions_until_the_end(&rules, goal);
        assert!(asked <= most, "{goal}: {asked} screens");
    }
}
