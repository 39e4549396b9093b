//! What mutants say about cases, as people read it.

use super::TestRun;
use super::coverage::percent;
use crate::answers::Answers;
use crate::decide::Outcome;
use crate::model::{Level, RuleSet};
use crate::mutation::{Judged, Kind, Mutant, Report, Survivor, Verdict};
use crate::present::answer::by_id;
use crate::present::page::{Page, Sheet, clean};
use crate::present::place::place;
use crate::present::table::table;
use crate::present::words::count;

/// How many mutants of each kind there are, and how many of them were killed.
pub(super) fn scores(report: &Report, page: Page, sheet: &mut Sheet) {
    sheet.heading("Mutation");
    let header = ["Slip", "Made", "Equivalent", "Killed", "Score"].map(str::to_owned);
    let kinds = Kind::ALL.into_iter().map(Some).filter(|kind| report.made(*kind) > 0).chain([None]);
    let rows: Vec<Vec<String>> = kinds
        .map(|kind| {
            let score = report.score(kind);
            let killed = format!("{} of {}", score.part, score.of);
            let name = kind.map_or("all", Kind::name).to_owned();
            vec![name, report.made(kind).to_string(), report.equivalent(kind).to_string(), killed, percent(score)]
        })
        .collect();
    match table(page, &header, &rows) {
        Some(table) => sheet.block(&table),
        None => {
            for row in &rows {
                if let [name, made, equivalent, killed, score] = row.as_slice() {
                    sheet.paragraph(
                        0,
                        &format!("{name}: {made} made, {equivalent} equivalent, {killed} killed, {score}"),
                    );
                }
            }
        }
    }
    let undecided = report.undecided(None);
    if undecided > 0 {
        let undecided = count(undecided, "mutant is", "mutants are");
        sheet.gap();
        sheet.paragraph(0, &format!("Out of time: {undecided} undecided, and count as not killed."));
    }
}

/// Each change that no case notices, with answers that would show it.
pub(super) fn survivors(run: &TestRun<'_>, report: &Report, sheet: &mut Sheet) {
    let survivors = report.judged.iter().filter_map(|Judged { mutant, verdict }| match verdict {
        Verdict::Survived(survivor) => Some((mutant, survivor)),
        Verdict::Killed { .. } | Verdict::Equivalent | Verdict::Undecided => None,
    });
    for (number, (mutant, survivor)) in survivors.enumerate() {
        if number == 0 {
            sheet.heading("What no case would notice");
        }
        sheet.bullet(0, &mutant_text(run.rules, mutant));
        show(run, survivor, sheet);
    }
}

/// `rules.yaml:4:3: flag `fever` is left out`
pub fn mutant_text(rules: &RuleSet, mutant: &Mutant) -> String {
    let Mutant { span, of, change, .. } = mutant;
    format!("{}: {}", place(rules.texts(), *span), clean(&format!("{of}: {change}")))
}

fn show(run: &TestRun<'_>, survivor: &Survivor, sheet: &mut Sheet) {
    let Survivor { answers, before, after, otherwise } = survivor;
    sheet.entry("  would show with", &answers_text(run.rules, answers));
    let (before, after) = differing(run.rules, before, after.as_ref());
    sheet.entry("  as it is:", &before);
    sheet.entry("  changed: ", &after);
    if let Some(case) = otherwise {
        let case = clean(run.passing(*case));
        sheet.paragraph(2, &format!("`{case}` ends otherwise, too, but does not look at what changes"));
    }
}

/// `danger: [fever]; goal: ankle`
pub(super) fn answers_text(rules: &RuleSet, answers: &Answers) -> String {
    let said = answers.iter().map(|(question, answer)| {
        let row = &rules.questions()[question];
        format!("{}: {}", row.id, by_id(row, answer))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { "no answers at all".to_owned() } else { said.join("; ") }
}

/// Two outcomes in all in which they differ.
pub(super) fn differing(rules: &RuleSet, before: &Outcome, after: Option<&Outcome>) -> (String, String) {
    let Some(after) = after else {
        return (format!("level {}", before.level), "not settled by these answers".to_owned());
    };
    let both = parts(rules, before).into_iter().zip(parts(rules, after)).filter(|(one, other)| one != other);
    let (before, after): (Vec<String>, Vec<String>) = both.unzip();
    (before.join("; "), after.join("; "))
}

/// All parts of an outcome, always in the same order.
fn parts(rules: &RuleSet, outcome: &Outcome) -> Vec<String> {
    let list = |what: &str, ids: Vec<String>| {
        if ids.is_empty() { format!("{what}: none") } else { format!("{what}: {}", ids.join(", ")) }
    };
    let step = |step: &crate::decide::Step| {
        let (phase, service) = (&rules.phases()[step.phase].id, &rules.services()[step.service].id);
        format!("{phase}/{service} by {}", rules.professionals()[step.lead].id)
    };
    let services = |services: &[crate::model::ServiceIx]| -> Vec<String> {
        services.iter().map(|service| rules.services()[*service].id.to_string()).collect()
    };
    // At `physician` everything waits, and from `urgent` up there is nothing but the level.
    let waits = if outcome.level == Level::Physician { Vec::new() } else { services(&outcome.waits) };
    vec![
        format!("level {}", outcome.level),
        list("flags", outcome.flags.iter().map(|flag| rules.flags()[*flag].id.to_string()).collect()),
        list("plan", outcome.steps.iter().map(step).collect()),
        list("on hold", services(&outcome.on_hold)),
        list("waiting", waits),
        if outcome.otherwise { "no need holds".to_owned() } else { "some need holds".to_owned() },
    ]
}

/// That the score is below what was asked for.
pub(super) fn below(run: &TestRun<'_>, sheet: &mut Sheet) {
    if let Some((share, floor)) = run.score_below() {
        sheet.paragraph(0, &format!("Mutation score: {} is below {} %.", percent(share), floor.percent()));
    }
}
