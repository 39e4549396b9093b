//! Changes of answers in words: what to answer instead, and what would be asked beside.

use serde::Serialize;

use crate::answers::{Answer, Answers};
use crate::explain::{Alternative, Instead};
use crate::model::{Kind, OptionSet, Question, QuestionIx, Role, RuleSet};
use crate::present::answer::AnswersRow;
use crate::present::document::{Document, Line};
use crate::present::words;
use crate::prove::Change;

/// More than so many would hide the point.
const MOST_LISTED: usize = 6;

/// Writes a change as an item of a list.
pub(super) fn change(rules: &RuleSet, before: &Answers, change: &Change, indent: usize, sheet: &mut Document) {
    let instead = |question: &QuestionIx| {
        let (before, after) = before.get(*question).zip(change.answers.get(*question))?;
        Some(Instead { question: *question, before, after: vec![after] })
    };
    let changes: Vec<Instead> = change.changed.iter().filter_map(instead).collect();
    item(rules, &changes, &change.added, &change.answers, indent, sheet);
}

/// Writes a change with what would do as well as an item of a list.
pub(super) fn alternative(rules: &RuleSet, found: &Alternative, indent: usize, sheet: &mut Document) {
    item(rules, &found.changes, &found.added, &found.answers, indent, sheet);
}

fn item(
    rules: &RuleSet,
    changes: &[Instead],
    added: &[QuestionIx],
    answers: &Answers,
    indent: usize,
    sheet: &mut Document,
) {
    for (place, instead) in changes.iter().enumerate() {
        let row = &rules.questions()[instead.question];
        let asked = words::asked_in_short(row);
        if place == 0 {
            sheet.bullet(indent, asked);
        } else {
            sheet.paragraph(indent + 2, format!("And: {asked}"));
        }
        let (label, after) = in_words(row, instead);
        sheet.paragraph(indent + 2, Line::labelled(&label, &after));
    }
    for question in added {
        let row = &rules.questions()[*question];
        if let Some(answer) = answers.get(*question) {
            let asked = words::asked_in_short(row);
            sheet.paragraph(indent + 2, format!("You would then also be asked: {asked}"));
            sheet.paragraph(indent + 2, Line::labelled("And answer", &words::answer(row, answer)));
        }
    }
}

/// What to do instead, and with what.
fn in_words(question: &Question, instead: &Instead) -> (String, String) {
    if let (Kind::Many, Answer::Options(said)) = (&question.kind, instead.before) {
        return ticks(question, said, &instead.after);
    }
    let before = words::answer(question, instead.before);
    let numbers: Vec<i32> = instead.after.iter().filter_map(|answer| number(*answer)).collect();
    let mut options: Vec<String> = instead
        .after
        .iter()
        .filter(|answer| number(**answer).is_none())
        .map(|answer| words::answer(question, *answer))
        .collect();
    if let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) {
        let range = if least == most { least.to_string() } else { format!("{least} to {most}") };
        options.insert(0, range);
    }
    (format!("Instead of \"{before}\""), either(&options))
}

fn number(answer: Answer) -> Option<i32> {
    match answer {
        Answer::Number(number) => Some(number),
        Answer::Options(_) => None,
    }
}

/// What to tick and what not to, where each of `after` would do.
fn ticks(question: &Question, before: OptionSet, after: &[Answer]) -> (String, String) {
    let none = question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only);
    let labels = |options: OptionSet| -> Vec<String> {
        options.minus(none).iter().map(|option| question.label(option).to_owned()).collect()
    };
    let (mut more, mut fewer, mut both) = (Vec::new(), Vec::new(), Vec::new());
    for answer in after {
        let Answer::Options(after) = *answer else {
            continue;
        };
        let (ticked, unticked) = (labels(after.minus(before)), labels(before.minus(after)));
        match (ticked.as_slice(), unticked.as_slice()) {
            (ticked, []) => more.push(words::list(ticked)),
            ([], unticked) => fewer.push(words::list(unticked)),
            (ticked, unticked) => both.push(format!("{}; not: {}", words::list(ticked), words::list(unticked))),
        }
    }
    let also = if before.minus(none).is_empty() { "Tick" } else { "Tick also" };
    match (more.is_empty(), fewer.is_empty(), both.is_empty()) {
        (false, true, true) => (also.to_owned(), either(&more)),
        (true, false, true) => ("Do not tick".to_owned(), either(&fewer)),
        (true, true, false) => ("Tick".to_owned(), either(&both)),
        _ => {
            let fewer = fewer.iter().map(|label| format!("no longer {label}"));
            let all: Vec<String> = more.into_iter().chain(fewer).chain(both).collect();
            (also.to_owned(), either(&all))
        }
    }
}

/// "a", "a or b", "a, b or c", and how many there are beside.
fn either(items: &[String]) -> String {
    let shown: Vec<&str> = items.iter().take(MOST_LISTED).map(String::as_str).collect();
    match (items.len() - shown.len(), shown.as_slice()) {
        (0, [first @ .., before, last]) => {
            let first: Vec<&str> = first.iter().chain([before]).copied().collect();
            format!("{}; or {last}", first.join("; "))
        }
        (0, only) => only.concat(),
        (1, shown) => format!("{}; or one more", shown.join("; ")),
        (more, shown) => format!("{}; or one of {more} more", shown.join("; ")),
    }
}

/// A change as JSON.
#[derive(Serialize)]
pub(super) struct ChangeRow<'a> {
    changed: AnswersRow<'a>,
    also_asked: AnswersRow<'a>,
}

impl<'a> ChangeRow<'a> {
    pub(super) fn new(rules: &'a RuleSet, change: &Change) -> Self {
        let of = |questions: &[QuestionIx]| {
            let answers = questions.iter().filter_map(|question| Some((*question, change.answers.get(*question)?)));
            AnswersRow::new(rules, answers.collect::<Vec<_>>())
        };
        Self { changed: of(&change.changed), also_asked: of(&change.added) }
    }
}

/// A change with what would do as well, as JSON.
#[derive(Serialize)]
pub(super) struct AlternativeRow<'a> {
    changes: Vec<InsteadRow<'a>>,
    also_asked: AnswersRow<'a>,
    answers: AnswersRow<'a>,
}

#[derive(Serialize)]
struct InsteadRow<'a> {
    question: &'a str,
    before: AnswersRow<'a>,
    after: Vec<AnswersRow<'a>>,
}

impl<'a> AlternativeRow<'a> {
    pub(super) fn new(rules: &'a RuleSet, alternative: &Alternative) -> Self {
        let row = |instead: &Instead| InsteadRow {
            question: rules.questions()[instead.question].id.as_str(),
            before: AnswersRow::new(rules, [(instead.question, instead.before)]),
            after: instead.after.iter().map(|after| AnswersRow::new(rules, [(instead.question, *after)])).collect(),
        };
        let answers = &alternative.answers;
        let added = alternative.added.iter().filter_map(|question| Some((*question, answers.get(*question)?)));
        Self {
            changes: alternative.changes.iter().map(row).collect(),
            also_asked: AnswersRow::new(rules, added),
            answers: AnswersRow::new(rules, answers.iter()),
        }
    }
}
