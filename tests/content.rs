//! The built-in rules and cases: in order, within limits, and every statement of the articles carried by something.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use carepath::answers::{Answer, Answers, write_answers};
use carepath::builtin;
use carepath::decide::{Situation, Truth, Verdict, decide};
use carepath::explain::Explanation;
use carepath::interview::{Ask, Interview, Step};
use carepath::model::{Kind, Level, QuestionIx, Role, RuleSet};

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
fn what_the_law_says_of_starting_without_a_referral_is_known_once_for_every_state() {
    let rules = rules();
    let told: BTreeMap<&str, Vec<usize>> = rules
        .professionals()
        .rows()
        .iter()
        .map(|who| (who.id.as_str(), rules.states().iter().map(|state| who.access_of(*state).count()).collect()))
        .collect();
    // 50 states, Washington DC, Puerto Rico and the Virgin Islands; of Puerto Rico only the law on massage is known,
    // and of the Virgin Islands only that on physical therapy.
    assert_eq!(rules.states().len(), 53);
    assert_eq!(told["physical-therapist"].iter().sum::<usize>(), 52);
    assert_eq!(told["sports-massage-therapist"].iter().sum::<usize>(), 52);
    assert!(told.values().flatten().all(|statements| *statements <= 1), "{told:?}");
    assert!(rules.professionals().rows().iter().all(|who| who.general_access().count() == 1));
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

/// Asks until the interview ends, with the answers of `say`, and counts the questions.
fn screens(rules: &RuleSet, say: impl Fn(QuestionIx, &Ask) -> Answer) -> usize {
    let mut interview = Interview::new(rules, Answers::new(rules));
    let mut asked = 0;
    while let Step::Ask(ask) = interview.step() {
        let answer = say(ask.question, &ask);
        interview.answer(ask.question, answer).expect("an answer that fits");
        asked += 1;
    }
    asked
}

/// Ends the interview for somebody who never ticks a danger sign, and counts the questions.
fn questions_until_the_end(rules: &RuleSet, goal: &str) -> usize {
    screens(rules, |question, ask| {
        let question = &rules.questions()[question];
        let option = |id: &str| Answer::option(question.option(id).expect("an option"));
        match &question.kind {
            Kind::Number(_) => Answer::Number(35),
            _ if question.id.as_str() == "reason" => option(goal),
            _ if question.id.as_str() == "where" && goal == "knee" => option("lower"),
            _ if question.id.as_str() == "lower" => option(goal),
            _ if question.id.as_str() == "where" && question.option(goal).is_some() => option(goal),
            _ if question.id.as_str() == "feel" => option("pain"),
            _ if question.id.as_str() == "goal" => option("fix"),
            _ if question.id.as_str() == "course" => option("slow"),
            Kind::Many => Answer::option(question.option_with(Role::NoneOfThese).expect("none of these")),
            Kind::One => Answer::option(ask.choosable.iter().next().expect("an option")),
        }
    })
}

#[test]
fn whoever_has_nothing_alarming_is_through_in_twelve_screens() {
    let rules = rules();
    for (goal, most) in [("train", 11), ("tight", 11), ("return", 9), ("knee", 12), ("shoulder", 12), ("low-back", 12)]
    {
        let asked = questions_until_the_end(&rules, goal);
        assert!(asked <= most, "{goal}: {asked} screens");
    }
}

/// The middle one, or the larger of the two in the middle.
fn median<T: Copy + PartialOrd>(mut values: Vec<T>) -> T {
    values.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    values[values.len() / 2]
}

#[test]
fn cases_with_an_emergency_end_early_and_those_with_none_in_time() {
    let rules = rules();
    let mut texts = carepath::source::Texts::default();
    let mut taken: BTreeMap<Level, Vec<usize>> = BTreeMap::new();
    for file in builtin::add_cases(&mut texts) {
        let case = carepath::answers::read_answers(&rules, &texts, file).expect("a case");
        let level = match decide(&rules, &case.answers) {
            Verdict::Settled(decision) => decision.outcome.level,
            Verdict::Unsettled { .. } => panic!("a built-in case is not settled"),
        };
        // What a case leaves out cannot matter; but on the way there it may be asked.
        let asked = screens(&rules, |question, ask| {
            case.answers.get(question).unwrap_or_else(|| match &rules.questions()[question].kind {
                Kind::Number(_) => Answer::Number(35),
                _ => Answer::option(ask.choosable.iter().last().expect("an option")),
            })
        });
        taken.entry(level).or_default().push(asked);
    }
    let (emergency, none) = (taken[&Level::Emergency].clone(), taken[&Level::None].clone());
    assert!(emergency.iter().all(|screens| *screens <= 14), "an emergency shows late: {emergency:?}");
    assert!(none.iter().all(|screens| *screens <= 17), "too many screens: {none:?}");
    assert!(median(emergency.clone()) <= 4, "{}", median(emergency));
    assert!(median(none.clone()) <= 11, "{}", median(none));
}

/// Answers of people made up at random from `seed`: each question that applies is answered with what it offers.
fn somebody(rules: &RuleSet, seed: u64) -> Answers {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut answers = Answers::new(rules);
    for (position, question) in rules.questions().iter() {
        let situation = Situation::new(rules, &answers);
        if situation.standing(position).applies != Truth::Yes {
            continue;
        }
        let offered: Vec<_> = situation.choosable(position).iter().collect();
        let none = question.option_with(Role::NoneOfThese);
        let ticks = offered.iter().copied().filter(|option| Some(*option) != none);
        let answer = match &question.kind {
            Kind::Number(range) if random.u8(..) > 20 => Answer::Number(random.i32(range.min..=range.max)),
            Kind::Many => {
                let ticked: carepath::model::OptionSet = ticks.filter(|_| random.u8(..) < 130).collect();
                match none {
                    _ if !ticked.is_empty() => Answer::Options(ticked),
                    Some(none) => Answer::option(none),
                    None => Answer::option(offered[random.usize(..offered.len())]),
                }
            }
            _ => Answer::option(offered[random.usize(..offered.len())]),
        };
        answers.set(rules, position, answer).expect("an answer that fits");
    }
    answers
}

#[test]
fn no_screen_shows_more_than_nine_rows_beside_none() {
    let rules = rules();
    let own = |question: QuestionIx, offered: carepath::model::OptionSet| {
        let plain = |option: &carepath::model::OptionIx| {
            rules.questions()[question].options[carepath::model::Position::index(*option)].role == Role::Plain
        };
        offered.iter().filter(plain).count()
    };
    for seed in 0..3000 {
        let answers = somebody(&rules, seed);
        let situation = Situation::new(&rules, &answers);
        for (position, question) in rules.questions().iter() {
            let shown = own(position, situation.choosable(position));
            assert!(shown <= 9, "{}: {shown} rows with {}", question.id, write_answers(&rules, &answers));
        }
    }
}

/// `label` as it stands in the rules joins facts: it says "or" or "and", or lists.
fn joins(label: &str) -> bool {
    label.contains([',', ';']) || label.split(|c: char| !c.is_alphanumeric()).any(|word| word == "or" || word == "and")
}

type Reasons = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn every_label_that_joins_facts_has_a_reason() {
    let rules = rules();
    let reasons: Reasons = serde_saphyr::from_str(&read("tests/content/joined-labels.yaml")).unwrap();
    let mut found = BTreeSet::new();
    for question in rules.questions().rows() {
        for choice in question.options.iter().filter(|choice| choice.role == Role::Plain && joins(&choice.label)) {
            let (question, option) = (question.id.to_string(), choice.id.to_string());
            let reason = reasons.get(&question).and_then(|rows| rows.get(&option));
            assert!(reason.is_some_and(|reason| reason.len() > 8), "{question}/{option}: \"{}\"", choice.label);
            found.insert((question, option));
        }
    }
    for (question, rows) in &reasons {
        for option in rows.keys() {
            assert!(
                found.contains(&(question.clone(), option.clone())),
                "{question}/{option} needs no reason any more"
            );
        }
    }
}

/// The places of `where` and `lower`, each with the answers that name it alone.
fn places(rules: &RuleSet) -> Vec<(String, Answers)> {
    let mut places = Vec::new();
    for list in ["where", "lower"] {
        let question = rules.questions().iter().find(|(_, row)| row.id.as_str() == list).unwrap();
        for choice in question.1.options.iter().filter(|choice| choice.role == Role::Plain) {
            if choice.id.as_str() == "lower" {
                continue;
            }
            let only = if list == "lower" { "where: [lower], lower" } else { "where" };
            let text = format!("format: 1\nanswers: {{age: 30, {only}: [{}], body: male}}\n", choice.id);
            let mut texts = carepath::source::Texts::default();
            let file = texts.add("place.yaml", text);
            let read = carepath::answers::read_answers(rules, &texts, file).expect("answers");
            places.push((choice.id.to_string(), read.answers));
        }
    }
    places
}

#[test]
fn what_trouble_can_be_like_is_offered_for_every_place_where_it_can_be() {
    let rules = rules();
    let gaps: Reasons = serde_saphyr::from_str(&read("tests/content/characteristics.yaml")).unwrap();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (place, answers) in places(&rules) {
        let situation = Situation::new(&rules, &answers);
        for list in ["feel", "pattern", "swelling", "joint", "detail"] {
            let (position, question) = rules.questions().iter().find(|(_, row)| row.id.as_str() == list).unwrap();
            let offered = situation.choosable(position);
            for (option, choice) in question.choices().filter(|(_, choice)| choice.role == Role::Plain) {
                // Never, whatever else is said of this place, and not in the list that stands in for this one either.
                let is_offered = situation.standing(position).applies != Truth::No && offered.contains(option);
                let (trunk, instead) = rules.questions().iter().find(|(_, row)| row.id.as_str() == "trunk").unwrap();
                let instead = instead.option(choice.id.as_str());
                let is_instead = instead.is_some_and(|option| situation.choosable(trunk).contains(option));
                if !is_offered && !is_instead {
                    found.entry(format!("{list}/{}", choice.id)).or_default().insert(place.clone());
                }
            }
        }
    }
    let known = |what: &str, place: &str| {
        let reasons = gaps.get(what);
        reasons.is_some_and(|places| places.contains_key(place) || places.contains_key("elsewhere"))
    };
    let unexplained = found.iter().flat_map(|(what, places)| places.iter().map(move |place| (what, place)));
    let unexplained: Vec<_> = unexplained.filter(|(what, place)| !known(what, place)).collect();
    assert!(unexplained.is_empty(), "not offered, and no reason is given: {unexplained:?}");
    for (what, places) in &gaps {
        let missing = found.get(what).unwrap_or_else(|| panic!("{what} has no gap any more"));
        for place in places.keys().filter(|place| *place != "elsewhere") {
            assert!(missing.contains(place), "{what} is offered for {place} now");
        }
    }
}

#[test]
fn nobody_is_asked_what_cannot_be_theirs() {
    let rules = rules();
    let pick = |question: &str, option: &str| {
        let (position, row) = rules.questions().iter().find(|(_, row)| row.id.as_str() == question).unwrap();
        (position, row.option(option).unwrap())
    };
    let never = [
        (("body", "female"), ("joint", "testicle")),
        (("body", "pregnant"), ("joint", "testicle")),
        (("body", "birth"), ("joint", "testicle")),
        (("body", "male"), ("risks", "periods")),
        (("body", "pregnant"), ("risks", "periods")),
    ];
    let mut seen = BTreeSet::new();
    for seed in 0..3000 {
        let answers = somebody(&rules, seed);
        let situation = Situation::new(&rules, &answers);
        for (who, what) in never {
            let (body, option) = pick(who.0, who.1);
            let is_them = answers.get(body) == Some(Answer::option(option));
            let (list, sign) = pick(what.0, what.1);
            assert!(!is_them || !situation.choosable(list).contains(sign), "{who:?} is asked {what:?}");
            if is_them {
                seen.insert(who);
            }
        }
        let (age, _) = rules.questions().iter().find(|(_, row)| row.id.as_str() == "age").unwrap();
        if matches!(answers.get(age), Some(Answer::Number(number)) if !(8..=55).contains(&number)) {
            let (body, pregnant) = pick("body", "pregnant");
            assert!(!situation.choosable(body).contains(pregnant), "pregnant at an age at which nobody is");
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
}

/// Syllables as they are mostly counted without a dictionary: groups of vowels, without a silent ending.
fn syllables(word: &str) -> usize {
    let word: Vec<char> = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let vowel = |at: usize| "aeiouy".contains(word[at]);
    let groups = (0..word.len()).filter(|&at| vowel(at) && (at == 0 || !vowel(at - 1))).count();
    let text: String = word.iter().collect();
    let before = |end: &str| text.strip_suffix(end).and_then(|stem| stem.chars().last());
    let silent = before("e").is_some_and(|last| !"aeiouyl".contains(last))
        || before("es").is_some_and(|last| !"aeiouylscxzg".contains(last))
        || before("ed").is_some_and(|last| !"aeiouydt".contains(last));
    groups.saturating_sub(usize::from(silent)).max(1)
}

/// The grade at which texts can be read: 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others 1975).
fn grade(sentences: &[&str]) -> f64 {
    let words = || sentences.iter().flat_map(|sentence| sentence.split_whitespace());
    let [sentences, words, syllables] = [sentences.len(), words().count(), words().map(syllables).sum()]
        .map(|count| f64::from(u32::try_from(count).expect("a small number")));
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '?', '!', ':']).map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

#[test]
fn grades_are_those_of_the_formula() {
    assert_eq!(["I", "hurt", "stairs", "bone", "knee"].map(syllables), [1; 5]);
    assert_eq!(["doctor", "little", "shoulder", "swollen", "muscle"].map(syllables), [2; 5]);
    assert_eq!(["recovery", "emergency", "activity"].map(syllables), [4; 3]);
    let (easy, hard) =
        (grade(&["My knee hurts."]), grade(&["Musculoskeletal rehabilitation necessitates evaluation."]));
    assert!(easy < 1.0 && hard > 30.0, "{easy} {hard}");
}

#[test]
fn questions_are_read_at_grade_eight_and_mostly_at_six() {
    let rules = rules();
    let mut grades = Vec::new();
    for question in rules.questions().rows() {
        let mut texts = sentences(&question.ask);
        // By itself the question is a fair measure, too: short options would hide a long one.
        let alone = grade(&texts);
        texts.extend(question.options.iter().map(|option| option.label.as_str()));
        let whole = grade(&texts);
        assert!(alone <= 8.0 && whole <= 8.0, "{}: grade {alone:.1}, with options {whole:.1}", question.id);
        let why = grade(&sentences(question.why.as_deref().expect("a why")));
        assert!(why <= 8.0, "why of {}: grade {why:.1}", question.id);
        grades.push(alone.max(whole));
    }
    let middle = median(grades);
    assert!(middle <= 6.0, "grade {middle:.1}");
}

#[test]
fn what_people_are_told_is_read_at_grade_eight_on_the_whole() {
    let rules = rules();
    let mut grades = Vec::new();
    for flag in rules.flags().rows() {
        let texts: Vec<&str> = sentences(&flag.say).into_iter().chain(sentences(&flag.action)).collect();
        let grade = grade(&texts);
        assert!(grade <= 10.0, "flag {}: grade {grade:.1}", flag.id);
        grades.push(grade);
    }
    let middle = median(grades);
    assert!(middle <= 6.0, "grade {middle:.1}");
}
