//! Answers from before an option was added: whoever gave them has not denied it.

use carepath::answers::{Answers, Edition, Offered, read_answers, write_answers};
use carepath::decide::Situation;
use carepath::explain::{Explanation, Line, Reasons};
use carepath::interview::Interview;
use carepath::model::{OptionIx, Position, QuestionIx, RuleSet};
use carepath::present::{explained_json, referral_json};
use carepath::referral::Referral;
use carepath::source::Texts;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

use super::draws::{Draws, bytes};
use super::edits::without_option;
use super::oracle::{completions, outcome};
use super::people::{partly, person};
use super::promises::Subject;
use super::rule_set::{Cond, Entry, Flag, GenRules, Given, Kind, Level, Spoken};
use super::{cases, engine, rule_gen, yaml};

/// An option of a list, which the older rules lack, with a flag on it.
struct Added {
    newer: GenRules,
    older: GenRules,
    question: usize,
    option: usize,
}

fn added(made: &GenRules, draws: &mut Draws<'_>) -> Option<Added> {
    let is_list = |place: &usize| made.questions[*place].kind == Kind::Many && made.questions[*place].options.len() > 1;
    let lists: Vec<usize> = (0..made.questions.len()).filter(is_list).collect();
    if lists.is_empty() {
        return None;
    }
    let question = draws.one_of(&lists);
    let option = draws.below(made.questions[question].options.len());
    let mut newer = made.clone();
    newer.guarantees.clear();
    if draws.percent(80) {
        let level = draws.one_of(&[Level::Emergency, Level::Emergency, Level::Urgent, Level::Physician]);
        let when = Some(Cond(vec![Entry::Is(question, option)]));
        newer.flags.push(Flag { level, holds: vec![], when, unless: None });
    }
    let mut older = without_option(&newer, question, option);
    // A condition that looked at nothing else is gone there, and always holds.
    older.flags.truncate(made.flags.len());
    Some(Added { newer, older, question, option })
}

/// A file of answers read under these rules.
fn read(rules: &RuleSet, text: &str) -> Result<Answers, TestCaseError> {
    let mut texts = Texts::default();
    let file = texts.add("answers.yaml", text);
    let read = read_answers(rules, &texts, file).map_err(|faults| TestCaseError::fail(format!("{text}{faults:?}")))?;
    prop_assert!(read.misfits.is_empty(), "{}{:?}", text, read.misfits);
    Ok(read.answers)
}

/// The options that some rows of JSON name of a question, each with whether it is wanted.
fn names(rows: &Value, question: &str, options: &str, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let rows = rows.as_array().expect("rows").iter().filter(|row| row["question"] == question);
    let options = rows.flat_map(|row| row[options].as_array().expect("options").clone());
    options.filter(wanted).map(|row| row["option"].as_str().expect("an id").to_owned()).collect()
}

/// All objects with a key, however deep.
fn with_key<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(map) => {
            found.extend(map.contains_key(key).then_some(value));
            map.values().for_each(|value| with_key(value, key, found));
        }
        Value::Array(items) => items.iter().for_each(|value| with_key(value, key, found)),
        _ => {}
    }
}

/// A tick of which it is said that it changes nothing changes nothing when it is taken back, whatever came onto its list since.
fn taking_back_what_changes_nothing(
    made: &GenRules,
    rules: &RuleSet,
    answers: &Answers,
    spoken: &Spoken,
) -> TestCaseResult {
    let account = Explanation::new(rules, answers).account;
    let ticks = account.also_said.iter().filter(|said| said.line == Line::Nothing);
    for said in ticks.filter(|said| made.questions[said.question.index()].kind == Kind::Many) {
        let (place, option) = (said.question.index(), said.option.index());
        let Some(Given::Options(ticked)) = &spoken.given[place] else { panic!("it was ticked") };
        let mut left: Vec<usize> = ticked.iter().copied().filter(|tick| *tick != option).collect();
        if left.is_empty() {
            left.extend(made.questions[place].added_option());
        }
        if left.is_empty() {
            continue;
        }
        let now = outcome(made, &completions(made, spoken)[0]);
        let mut without = spoken.clone();
        without.given[place] = Some(Given::Options(left));
        for complete in completions(made, &without) {
            prop_assert_eq!(&outcome(made, &complete), &now, "{} in {}: {}", option, place, yaml::spoken(made, spoken));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn an_option_that_was_added_is_not_denied_by_older_answers(made in rule_gen::rule_sets(), chance in bytes(160)) {
        let draws = &mut chance.draws();
        let Some(Added { newer, older, question, option }) = added(&made, draws) else { return Ok(()) };
        let (rules_then, rules_now) = (engine::load(&older), engine::load(&newer));
        let complete = person(&older, draws);
        let said = if draws.percent(50) { complete } else { partly(&complete, draws) };
        // As it is saved by an interview, or as a file from before what was offered was kept.
        let said = engine::answers(&rules_then, &said);
        let kept = Interview::new(&rules_then, said.clone()).answers().clone();
        let is_known = draws.percent(60);
        let text = if is_known { write_answers(&rules_then, &kept) } else { write_answers(&rules_then, &said) };
        let raised = draws.percent(50) || !is_known;
        let text = if raised { text.replace("version: \"0.0.0\"", "version: \"0.0.0-old\"") } else { text };
        let answers = read(&rules_now, &text)?;

        let position = QuestionIx::new(question);
        let was_answered = answers.get(position).is_some();
        let row = &rules_now.questions()[position];
        let unseen = answers.unseen(position, row, row.all_options());
        prop_assert_eq!(unseen.contains(OptionIx::new(option)), was_answered, "{}", text);
        let then = Edition { name: "Generated".to_owned(), version: "0.0.0-old".to_owned() };
        prop_assert_eq!(answers.given_under(), (raised && !answers.is_empty()).then_some(&then));

        let spoken = engine::kept(&newer, &answers);
        let subject = Subject { made: &newer, rules: &rules_now };
        subject.settles_soundly(&spoken)?;
        subject.lists_what_matters(&spoken)?;

        taking_back_what_changes_nothing(&newer, &rules_now, &answers, &spoken)?;

        // What is saved now tells the same later.
        let saved = Interview::new(&rules_now, answers.clone()).answers().clone();
        let again = read(&rules_now, &write_answers(&rules_now, &saved))?;
        prop_assert_eq!(&again, &saved);
        for (place, _) in answers.iter().filter(|(place, _)| answers.offered(*place) != Offered::AsNow) {
            prop_assert_eq!(again.offered(place), answers.offered(place));
        }

        let (list, id) = (row.id.as_str(), row.options[option].id.as_str());
        let note = Referral::new(Explanation::new(&rules_now, &answers), &answers);
        let note: Value = serde_json::from_str(&referral_json(&note, "answers.yaml")).expect("JSON");
        let denied = names(&note["said"], list, "boxes", |row| row["ticked"] == false);
        prop_assert!(!denied.iter().any(|denied| denied == id), "denied: {}", note);
        let reasons = Reasons::new(&rules_now, &answers, None);
        let explained: Value = serde_json::from_str(&explained_json(&reasons, None)).expect("JSON");
        let mut grounds = Vec::new();
        with_key(&explained, "not_ticked", &mut grounds);
        let denied = grounds.iter().filter(|ground| ground["question"] == list);
        let denied = denied.flat_map(|ground| ground["not_ticked"].as_array().expect("options")).any(|denied| denied == id);
        // What cannot be chosen is not chosen, whenever it came.
        let can_be = Situation::new(&rules_now, &answers).choosable(position).contains(OptionIx::new(option));
        prop_assert!(!denied || !can_be, "denied: {}", explained);
    }
}
