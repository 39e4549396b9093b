//! How soon, and what to do until then: the first of it beside what to do first, the rest beside its own row.

use std::collections::BTreeSet;

use super::Writer;
use crate::explain::{Explanation, Sentences, Soon};
use crate::model::{Level, Meantime};
use crate::present::document::{Line, Piece};
use crate::present::words;

/// The most sentences on what to do until then that stand beside what to do first: more would hide it.
const MOST_UNTIL_THEN: usize = 3;

const HOW_SOON: &str = "How soon";
const UNTIL_THEN: &str = "Until then";

/// What was said of the meantime, each sentence with its label.
pub(super) type Said<'r> = BTreeSet<(&'static str, &'r str)>;

/// The sentences that stand beside what to do first, and nowhere again: those of flags, then those of the plan.
fn first<'r>(explanation: &Explanation<'r>) -> [Sentences<'r>; 2] {
    let Soon { mut flags, mut plan } = explanation.soon();
    flags.until_then.truncate(MOST_UNTIL_THEN);
    plan.until_then.truncate(MOST_UNTIL_THEN - flags.until_then.len());
    [flags, plan]
}

/// The same, each with its label.
pub(super) fn said_first<'r>(explanation: &Explanation<'r>) -> Said<'r> {
    let labelled = |label: &'static str, sentences: Vec<&'r str>| sentences.into_iter().map(move |text| (label, text));
    let both = first(explanation).into_iter();
    both.flat_map(|said| labelled(HOW_SOON, said.how_soon).chain(labelled(UNTIL_THEN, said.until_then))).collect()
}

impl<'r> Writer<'_, 'r> {
    /// What the flags of the level say.
    pub(super) fn soon_by_flags(&mut self) {
        let [flags, _] = first(self.explanation);
        self.sentences(&flags);
    }

    /// What the beginning of the plan says, below whom to see.
    pub(super) fn soon_by_plan(&mut self) {
        let [_, plan] = first(self.explanation);
        self.sentences(&plan);
    }

    fn sentences(&mut self, said: &Sentences<'_>) {
        for (label, sentences) in [(HOW_SOON, &said.how_soon), (UNTIL_THEN, &said.until_then)] {
            if !sentences.is_empty() {
                let sentences: Vec<String> = sentences.iter().map(|sentence| words::sentence(sentence)).collect();
                self.meantime_line(0, label, &sentences.join(" "));
            }
        }
    }

    /// What a flag says and was not said yet.
    pub(super) fn meantime_of_flag(&mut self, row: &'r Meantime) {
        self.meantime(2, [(HOW_SOON, row.how_soon.as_deref()), (UNTIL_THEN, row.until_then.as_deref())]);
    }

    /// What a row of the plan says and was not said yet. How soon is left out for what is on hold: it must not begin. Where a
    /// doctor comes first, what to do until then is the flags' to say.
    pub(super) fn meantime_of_plan(&mut self, indent: usize, row: &'r Meantime, on_hold: bool) {
        let how_soon = row.how_soon.as_deref().filter(|_| !on_hold);
        let until_then = row.until_then.as_deref().filter(|_| self.explanation.level != Level::Physician);
        self.meantime(indent, [(HOW_SOON, how_soon), (UNTIL_THEN, until_then)]);
    }

    fn meantime(&mut self, indent: usize, sentences: [(&'static str, Option<&'r str>); 2]) {
        for (label, sentence) in sentences {
            if let Some(sentence) = sentence
                && self.meantime_said.insert((label, sentence))
            {
                self.meantime_line(indent, label, sentence);
            }
        }
    }

    fn meantime_line(&mut self, indent: usize, label: &str, text: &str) {
        let label = Line::default().with(Piece::Strong(format!("{label}:"))).with(Piece::Words(" ".to_owned()));
        let line = label.followed_by(self.calling(text));
        self.sheet.paragraph(indent, line);
    }
}
