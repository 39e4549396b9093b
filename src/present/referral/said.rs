//! What the person said, with the boxes of warning signs, and what was not asked.

use super::Writer;
use crate::answers::Answer;
use crate::model::{Kind, Question, Role};
use crate::present::document::{Line, Piece};
use crate::present::words;
use crate::referral::{Referral, Said};

impl Writer<'_, '_> {
    /// Each answer in the order in which it was given, without what the question says on how to answer it.
    pub(super) fn said(&mut self) {
        self.sheet.heading("What the person said, in their order; an open box was asked and denied");
        if self.referral.said.is_empty() {
            self.sheet.paragraph(0, "Nothing yet.");
        }
        for said in &self.referral.said {
            let question = &self.explanation.rules.questions()[said.question];
            let mut line = Line::from(match &question.short {
                Some(short) => format!("{}:", words::capitalised(short)),
                None => words::asked_in_short(question).to_owned(),
            });
            // Where boxes say all, nothing follows the question.
            let answer = answer(question, said);
            if !answer.is_empty() {
                line = line.with(Piece::Words(" ".to_owned())).with(Piece::Strong(answer));
            }
            if let Some(grown) = self.explanation.grown(said.question) {
                line = line.with(Piece::Words(words::behind_answer(grown)));
            }
            if !said.counts {
                line = line.with(Piece::Words(" (not used: it does not apply to what else was said)".to_owned()));
            }
            self.sheet.bullet(0, line);
            // Apart, so that no tick is overlooked.
            for ticked in [true, false] {
                let boxes = said.boxes.iter().filter(|tick| tick.ticked == ticked);
                self.sheet.boxes(2, boxes.map(|tick| (ticked, question.label(tick.option).to_owned())).collect());
            }
        }
    }

    /// What safety hangs on and was not asked: the questions, and how many signs of each list.
    pub(super) fn not_asked(&mut self) {
        let Referral { not_asked, said, .. } = self.referral;
        // A question without a sign is no loss to whoever takes over.
        let not_asked: Vec<_> = not_asked.iter().filter(|row| !row.signs.is_empty()).collect();
        if not_asked.is_empty() {
            return;
        }
        self.sheet.heading("Not asked, so not known (with how many warning signs)");
        let (mut line, mut section) = (Line::default(), None);
        for (place, row) in not_asked.into_iter().enumerate() {
            let question = &self.explanation.rules.questions()[row.question];
            let signs = words::count(row.signs.len(), "sign", "signs");
            let was_put = said.iter().any(|said| said.question == row.question);
            let signs = match (row.signs.is_empty(), was_put) {
                (true, _) => String::new(),
                (false, true) => format!(" ({signs} more)"),
                (false, false) => format!(" ({signs})"),
            };
            if place > 0 {
                line = line.with(Piece::Words("; ".to_owned()));
            }
            // Without its heading a question may be anybody's.
            if let Some(heading) = question.section.as_ref().filter(|heading| section != Some(*heading)) {
                line = line.with(Piece::Strong(format!("{heading}:"))).with(Piece::Words(" ".to_owned()));
            }
            section = question.section.as_ref();
            let asked = question.short.as_deref().map(words::capitalised);
            let asked = asked.unwrap_or_else(|| words::asked_in_short(question).to_owned());
            line = line.with(Piece::Words(format!("{asked}{signs}")));
        }
        self.sheet.paragraph(0, line);
    }
}

/// An answer in words. Where boxes say it, nothing but "none of these".
fn answer(question: &Question, said: &Said) -> String {
    let chosen = match said.answer {
        Answer::Number(number) => return number_of(question, number),
        Answer::Options(chosen) => chosen,
    };
    let boxed = |role: Role| !said.boxes.is_empty() && role == Role::Plain;
    let labels = question.choices().filter(|(option, choice)| chosen.contains(*option) && !boxed(choice.role));
    labels.map(|(_, choice)| choice.label.as_str()).collect::<Vec<_>>().join("; ")
}

/// A number; on a scale with its ends, which say what it means.
fn number_of(question: &Question, number: i32) -> String {
    let Kind::Number(range) = &question.kind else {
        return number.to_string();
    };
    match (&range.low, &range.high) {
        (Some(low), Some(high)) if range.max - range.min <= 10 => {
            format!("{number}, from {} ({low}) to {} ({high})", range.min, range.max)
        }
        _ => number.to_string(),
    }
}
