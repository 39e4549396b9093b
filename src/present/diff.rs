//! What changing the rules changes for people: each difference with both decisions side by side.

mod json;
mod sides;

pub use json::diff_json;

use super::answer::by_id;
use super::page::{Page, Sheet};
use super::table::table;
use super::words;
use crate::answers::Answer;
use crate::diff::{Certainty, Class, Difference, OneSided, Report, Responsible, Thing, Where, Who};
use crate::model::{QuestionIx, RuleSet};
use sides::{NOTHING, SideBySide, side_by_side};

/// All differences, one after the other.
pub fn diff_text(old: &RuleSet, new: &RuleSet, report: &Report, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.heading("What changes for people");
    for (which, rules) in [("Old", old), ("New", new)] {
        sheet.paragraph(0, &format!("{which} rules: {} {}", rules.metadata().name, rules.metadata().version));
    }
    sheet.gap();
    summary(report, &mut sheet);
    one_sided(report, &mut sheet);
    for (index, difference) in report.differences.iter().enumerate() {
        let mut writer = Writer { old, new, difference, page, sheet: &mut sheet };
        writer.difference(index + 1);
    }
    sheet.finish()
}

fn summary(report: &Report, sheet: &mut Sheet) {
    let (all, possible) =
        (report.differences.len(), report.differences.iter().filter(|difference| difference.is_possible()).count());
    if report.is_identical() {
        sheet.paragraph(0, "No difference: whatever is answered, both decide the same. That is proved.");
    } else if all == 0 {
        sheet.paragraph(0, "Undecided: no difference was found in the time given, and none was ruled out.");
    } else {
        let kinds = words::count(all, "kind of difference", "kinds of differences");
        let hangs = "hang on answers to what only one side has";
        sheet.paragraph(
            0,
            &match possible {
                0 => format!("{kinds}, the gravest first."),
                1 if all == 1 => format!("{kinds}, only possible: it {}.", hangs.replacen("hang", "hangs", 1)),
                _ if possible == all => format!("{kinds}, the gravest first, all only possible: they {hangs}."),
                1 => format!(
                    "{kinds}, the gravest first. One is only possible: it {}.",
                    hangs.replacen("hang", "hangs", 1)
                ),
                _ => format!("{kinds}, the gravest first. {possible} are only possible: they {hangs}."),
            },
        );
        if report.undecided {
            sheet.paragraph(0, "The time was not enough to look at everything; there may be more.");
        }
    }
}

fn one_sided(report: &Report, sheet: &mut Sheet) {
    let sides = [("old", &report.only_in_old), ("new", &report.only_in_new)];
    if sides.iter().all(|(_, only)| only.is_empty()) {
        return;
    }
    sheet.gap();
    for (which, only) in sides {
        if !only.is_empty() {
            sheet.paragraph(0, &format!("Only in the {which} rules:"));
            things(only, sheet);
        }
    }
    if sides.iter().all(|(_, only)| !only.is_empty()) {
        sheet.aside(0, "A new id for an old thing looks like one removed and one added.");
    }
}

fn things(only: &OneSided, sheet: &mut Sheet) {
    for thing in Thing::ALL {
        let ids: Vec<String> = only.of(thing).map(|id| format!("`{id}`")).collect();
        if !ids.is_empty() {
            sheet.bullet(0, &format!("{}: {}", thing.plural(), ids.join(", ")));
        }
    }
}

/// Writes one difference.
struct Writer<'w> {
    old: &'w RuleSet,
    new: &'w RuleSet,
    difference: &'w Difference,
    page: Page,
    sheet: &'w mut Sheet,
}

impl Writer<'_> {
    fn difference(&mut self, number: usize) {
        let possible = if self.difference.is_possible() { "possible: " } else { "" };
        let title = words::capitalised(&format!("{possible}{}", self.title()));
        self.sheet.heading(&format!("{number}. {title}"));
        self.because();
        self.decisions();
        self.rules();
    }

    fn title(&self) -> String {
        match self.difference.class {
            Class::Level { from, to } => format!("level {from} becomes {to}"),
            Class::Joins(who) => format!("{} joins the plan", self.name(who)),
            Class::Leaves(who) => format!("{} leaves the plan", self.name(who)),
            Class::Steps => "other steps of the plan".to_owned(),
            Class::OnHold => "something else is on hold".to_owned(),
            Class::Waits => "something else waits for the doctor's OK".to_owned(),
            Class::Flags => "other flags are told".to_owned(),
            Class::Otherwise => "no need holds on one side only".to_owned(),
        }
    }

    fn name(&self, who: Who) -> String {
        let old = who.old.map(|who| words::professional(self.old, who));
        old.or(who.new.map(|who| words::professional(self.new, who))).unwrap_or_default().to_owned()
    }

    /// Who is affected, and what else the person of the example says.
    fn because(&mut self) {
        let because = &self.difference.because;
        let (old, new) = (self.old, self.new);
        let who = match (self.difference.is_possible(), because.both.is_empty()) {
            (false, true) => "Everybody, whatever they answer.",
            (false, false) => "Everybody who answers this, whatever else they say:",
            (true, _) => "Whoever answers this, whatever else they say:",
        };
        self.sheet.paragraph(0, who);
        self.answers("", old, &because.both);
        self.answers("under the old rules: ", old, &because.old);
        self.answers("under the new rules: ", new, &because.new);
        if self.difference.certainty == Certainty::Affected {
            let words = "Whoever of them chooses what only one side offers is affected, too, perhaps in another way.";
            self.sheet.paragraph(0, words);
        }
        let (old_rest, new_rest) = (self.rest(old, true), self.rest(new, false));
        let both: Vec<String> = old_rest.iter().filter(|said| new_rest.contains(said)).cloned().collect();
        let only =
            |here: &[String]| -> Vec<String> { here.iter().filter(|said| !both.contains(said)).cloned().collect() };
        let rest = [("", both.clone()), ("old rules: ", only(&old_rest)), ("new rules: ", only(&new_rest))];
        let rest: Vec<String> = rest
            .into_iter()
            .filter(|(_, said)| !said.is_empty())
            .map(|(side, said)| format!("{side}{}", said.join(", ")))
            .collect();
        if !rest.is_empty() {
            self.sheet.aside(0, &format!("One of them also says: {}.", rest.join("; ")));
        }
    }

    fn answers(&mut self, side: &str, rules: &RuleSet, answers: &[(QuestionIx, Answer)]) {
        for (question, answer) in answers {
            self.sheet.bullet(2, &format!("{side}{}", answer_text(rules, *question, *answer)));
        }
    }

    /// What the person of the example says on one side beside what makes the difference.
    fn rest(&self, rules: &RuleSet, old: bool) -> Vec<String> {
        let Difference { because, .. } = self.difference;
        let (example, alone) =
            if old { (&self.difference.old, &because.old) } else { (&self.difference.new, &because.new) };
        let told: Vec<String> = because
            .both
            .iter()
            .map(|(question, answer)| answer_text(self.old, *question, *answer))
            .chain(alone.iter().map(|(question, answer)| answer_text(rules, *question, *answer)))
            .collect();
        let said = example.answers.iter().map(|(question, answer)| answer_text(rules, question, answer));
        said.filter(|said| !told.contains(said)).collect()
    }

    fn decisions(&mut self) {
        let rows = side_by_side(self.old, self.new, self.difference);
        let cells: Vec<Vec<String>> =
            rows.iter().map(|SideBySide { what, old, new }| vec![what.clone(), old.clone(), new.clone()]).collect();
        let header = ["Decision".to_owned(), "Old rules".to_owned(), "New rules".to_owned()];
        self.sheet.gap();
        match table(self.page, &header, &cells) {
            Some(table) => self.sheet.block(&table),
            None => {
                for (which, of) in [("Old rules", 0), ("New rules", 1)] {
                    self.sheet.name(0, which);
                    for row in &rows {
                        let cell = if of == 0 { &row.old } else { &row.new };
                        if cell != NOTHING {
                            self.sheet.bullet(2, &format!("{}: {cell}", row.what));
                        }
                    }
                }
            }
        }
        self.sheet.gap();
    }

    fn rules(&mut self) {
        self.sheet.paragraph(0, "Behind it:");
        if self.difference.rules.is_empty() {
            self.sheet.bullet(2, "the order in which things stand in the files");
        }
        for rule in &self.difference.rules {
            let Responsible { changed, kind, id, side } = rule;
            let how = match side {
                Where::Old => "only under the old rules",
                Where::New => "only under the new rules",
                Where::Both => "on both sides, with another effect",
            };
            let follows = if *changed { "" } else { "; it follows from what changed" };
            self.sheet.bullet(2, &format!("{} `{id}`: {how}{follows}", kind.name()));
        }
    }
}

/// `danger: fever, chills`
fn answer_text(rules: &RuleSet, question: QuestionIx, answer: Answer) -> String {
    let row = &rules.questions()[question];
    format!("{}: {}", row.id, by_id(row, answer))
}
