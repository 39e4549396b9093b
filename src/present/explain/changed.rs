//! A decision before and after answers changed: side by side, and in a few words.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::answers::{Answer, Answers};
use crate::explain::{Changed, Explanation, NotOffered};
use crate::model::{Level, PhaseIx, Position, QuestionIx, RuleSet, ServiceIx};
use crate::present::answer::AnswersRow;
use crate::present::document::{Document, Line, Table};
use crate::present::json::one_line;
use crate::present::result::{given_under, open_questions, result_value};
use crate::present::words;

/// The page: what was changed, both decisions side by side, and what that means.
///
/// `without_effect` are those of `set` that the other answers leave no room for.
pub fn changed(
    changed: &Changed<'_, '_>,
    given: &Answers,
    set: &[(QuestionIx, Answer)],
    without_effect: &[NotOffered],
) -> Document {
    let rules = changed.after.rules;
    let mut sheet = Document::new("What if", &rules.metadata().language);
    sheet.heading("What if you had said");
    for (question, answer) in set {
        let row = &rules.questions()[*question];
        let before = match given.get(*question) {
            None => "not answered".to_owned(),
            Some(before) => words::answer(row, before),
        };
        sheet.bullet(0, words::asked_in_short(row));
        sheet.paragraph(2, Line::labelled("Before", &before));
        sheet.paragraph(2, Line::labelled("After", &words::answer(row, *answer)));
    }
    for not_offered in without_effect {
        sheet.paragraph(0, without_effect_in_words(rules, not_offered));
    }
    sheet.heading("Before and after");
    sheet.table(side_by_side(changed));
    sheet.gap();
    for line in what_changed(changed).into_iter().chain(no_longer_used(changed)) {
        sheet.paragraph(0, line);
    }
    let open = &changed.after.open;
    if !open.is_empty() {
        sheet.gap();
        sheet.paragraph(0, "Then it would still depend on your answer to:");
        open_questions(changed.after, &mut sheet);
    }
    given_under(changed.after, &mut sheet);
    sheet
}

/// "`sick: fever` is not offered with the other answers, so it does not count."
fn without_effect_in_words(rules: &RuleSet, not_offered: &NotOffered) -> String {
    let question = &rules.questions()[not_offered.question];
    let id = &question.id;
    let options: Vec<String> = not_offered
        .options
        .iter()
        .filter_map(|option| question.options.get(option.index()))
        .map(|choice| format!("`{id}: {}`", choice.id))
        .collect();
    match options.as_slice() {
        [] => format!("`{id}` is not asked with the other answers, so it does not count."),
        [one] => format!("{one} is not offered with the other answers, so it does not count."),
        several => format!("{} are not offered with the other answers, so they do not count.", words::list(several)),
    }
}

/// What changed, in a few lines.
pub fn what_changed(changed: &Changed<'_, '_>) -> Vec<String> {
    let rules = changed.after.rules;
    let mut lines = Vec::new();
    lines.push(match (changed.is_nothing(), changed.recommends_the_same()) {
        (true, _) => "The recommendation stays the same.".to_owned(),
        _ if !changed.after.settled() => "With that it is not settled yet.".to_owned(),
        (false, true) => "Whom to see stays the same; what for changes.".to_owned(),
        (false, false) => "The recommendation changes.".to_owned(),
    });
    let (before, after) = (changed.before.level, changed.after.level);
    if before != after {
        let now = match (changed.after.settled(), after) {
            (true, _) => format!("Now: {}", words::level_headline(after, rules)),
            (false, Level::None) => format!("Now: {}", words::not_finished(after, changed.after.may_become)),
            (false, _) => format!("Now at least: {}", words::level_headline(after, rules)),
        };
        lines.push(format!("Before: {} {now}", words::level_headline(before, rules)));
    }
    let names = |who: Vec<_>| -> Vec<String> {
        who.into_iter().map(|who| words::with_article(words::professional(rules, who))).collect()
    };
    // Somebody who is still to come is not gone.
    if changed.after.settled() && changed.before.settled() {
        for (label, who) in [("New on the plan", changed.came()), ("No longer on the plan", changed.left())] {
            if !who.is_empty() {
                lines.push(format!("{label}: {}.", words::list(&names(who))));
            }
        }
    }
    lines
}

/// Whose answers do not count any more.
fn no_longer_used(changed: &Changed<'_, '_>) -> Option<String> {
    let questions = changed.after.rules.questions();
    let asked: Vec<String> =
        changed.dropped().into_iter().map(|question| format!("\"{}\"", questions[question].ask)).collect();
    let asked = (!asked.is_empty()).then(|| words::list(&asked))?;
    Some(format!("No longer used, since it no longer applies: your answer to {asked}."))
}

fn side_by_side(changed: &Changed<'_, '_>) -> Table {
    let rules = changed.after.rules;
    let sides = [changed.before, changed.after];
    let mut rows = vec![row("Level", sides, level)];
    let phases: BTreeSet<PhaseIx> = sides.iter().flat_map(|side| &side.phases).map(|phase| phase.phase).collect();
    for phase in phases {
        rows.push(row(&rules.phases()[phase].title, sides, |side| who(side, phase)));
    }
    for (label, on_hold) in [("On hold", true), ("Waits for the doctor's OK", false)] {
        if sides.iter().any(|side| held(side, on_hold).next().is_some()) {
            rows.push(row(label, sides, |side| {
                let services = held(side, on_hold).map(|service| rules.services()[service].name.clone());
                words::list(&services.collect::<Vec<_>>())
            }));
        }
    }
    let narrow = rows
        .iter()
        .map(|cells| {
            let [label, before, after] = cells;
            (label.clone(), vec![format!("Before: {before}"), format!("After: {after}")])
        })
        .collect();
    let header = vec![String::new(), "Before".to_owned(), "After".to_owned()];
    Table { header, rows: rows.into_iter().map(Vec::from).collect(), narrow }
}

fn row(label: &str, sides: [&Explanation<'_>; 2], cell: impl Fn(&Explanation<'_>) -> String) -> [String; 3] {
    let [before, after] = sides.map(|side| Some(cell(side)).filter(|text| !text.is_empty()));
    let none = || "-".to_owned();
    [label.to_owned(), before.unwrap_or_else(none), after.unwrap_or_else(none)]
}

fn level(explanation: &Explanation<'_>) -> String {
    let level = words::level_in_short(explanation.level);
    match (explanation.settled(), explanation.level) {
        (true, _) => level.to_owned(),
        (false, Level::None) => "not settled yet".to_owned(),
        (false, _) => format!("not settled yet ({level}, or more)"),
    }
}

fn who(explanation: &Explanation<'_>, phase: PhaseIx) -> String {
    let rules = explanation.rules;
    let phases = explanation.phases.iter().filter(|planned| planned.phase == phase);
    let planned = phases.flat_map(|planned| &planned.professionals).map(|planned| {
        let services: Vec<String> =
            planned.services.iter().map(|service| rules.services()[service.service].name.clone()).collect();
        format!("{}: {}", words::professional(rules, planned.professional), words::list(&services))
    });
    planned.collect::<Vec<_>>().join("; ")
}

fn held<'e>(explanation: &'e Explanation<'_>, on_hold: bool) -> impl Iterator<Item = ServiceIx> + 'e {
    // Where a doctor comes first for everything, the level says it.
    let everything = explanation.level == Level::Physician && !on_hold;
    explanation.held_back.iter().filter(move |held| held.on_hold == on_hold && !everything).map(|held| held.service)
}

/// The same as one line of JSON.
pub fn changed_json(changed: &Changed<'_, '_>, set: &[(QuestionIx, Answer)], input: Option<&str>) -> String {
    let rules = changed.after.rules;
    one_line(&ChangedRow {
        input,
        set: AnswersRow::new(rules, set.iter().copied()),
        same: changed.is_nothing(),
        came: changed.came().into_iter().map(|who| rules.professionals()[who].id.as_str()).collect(),
        left: changed.left().into_iter().map(|who| rules.professionals()[who].id.as_str()).collect(),
        new_flags: flags(rules, changed.new_flags()),
        gone_flags: flags(rules, changed.gone_flags()),
        no_longer_used: changed.dropped().into_iter().map(|question| rules.questions()[question].id.as_str()).collect(),
        before: result_value(changed.before),
        after: result_value(changed.after),
    })
}

fn flags(rules: &RuleSet, flags: Vec<crate::model::FlagIx>) -> Vec<&str> {
    flags.into_iter().map(|flag| rules.flags()[flag].id.as_str()).collect()
}

#[derive(Serialize)]
struct ChangedRow<'a, R: Serialize> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    set: AnswersRow<'a>,
    same: bool,
    came: Vec<&'a str>,
    left: Vec<&'a str>,
    new_flags: Vec<&'a str>,
    gone_flags: Vec<&'a str>,
    no_longer_used: Vec<&'a str>,
    before: R,
    after: R,
}
