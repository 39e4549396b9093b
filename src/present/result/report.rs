//! The result to keep: with what to watch for, what to ask, and what was said.

use super::plan::ask_each;
use super::{Writer, given_under, small_print, whom_to_call};
use crate::answers::Answers;
use crate::explain::{Explanation, Watch};
use crate::model::Level;
use crate::present::document::{Document, Line, Piece};
use crate::present::words;

/// The most signs to watch for that are named beside those that mean an emergency, with these: more would not be read. No
/// sign of an emergency is left out, and JSON has all of them.
const SIGNS: usize = 14;

/// The whole result on paper or a phone: what [`super::result`] says, and what one wants to have at hand later.
///
/// From `urgent` up nothing is added but what was said: a doctor will ask, and nothing else matters then.
pub fn report(explanation: &Explanation<'_>, answers: &Answers) -> Document {
    let mut writer = Writer::new(explanation, "Who should I see? My report to keep");
    let ends_here = explanation.level.ends_without_plan();
    let plan = explanation.settled() && !ends_here;
    // What cannot wait comes before all else.
    if !ends_here {
        writer.sheet.blank("Date");
    }
    writer.first();
    if ends_here {
        writer.sheet.blank("Date");
    }
    writer.go_at_once();
    if plan {
        writer.plan();
        whom_to_call(explanation, &mut writer.sheet);
        writer.held_back();
        writer.also_said();
    }
    writer.watch_for();
    if plan {
        writer.take_along();
        writer.not_on_plan();
        writer.finding_one();
        writer.notes();
    }
    writer.said(answers);
    writer.ignored();
    writer.citations.list(&mut writer.sheet);
    writer.sheet.heading("About this report");
    small_print(explanation.rules, &mut writer.sheet);
    given_under(explanation, &mut writer.sheet);
    writer.sheet
}

impl Writer<'_, '_> {
    /// The signs that would change what to do, by what to do then.
    fn watch_for(&mut self) {
        let groups = groups(&self.explanation.watch_for);
        if groups.is_empty() {
            return;
        }
        let rules = self.explanation.rules;
        self.sheet.heading("Watch for these");
        self.sheet.paragraph(
            0,
            "If one of these is true now or later, do what stands above it. The list is not complete: if something else \
             worries you, ask a doctor.",
        );
        for (level, signs) in groups {
            self.sheet.name(0, self.calling(&words::level_call(level, rules)));
            for sign in signs {
                self.sheet.bullet(2, rules.questions()[sign.question].label(sign.option));
            }
        }
    }

    /// What to ask at the first visit, to be ticked off.
    fn take_along(&mut self) {
        let professionals = self.explanation.professionals();
        if professionals.is_empty() {
            return;
        }
        self.sheet.heading("Questions to take along");
        let rules = self.explanation.rules;
        let of_each = professionals.iter().map(|&position| {
            let name = words::capitalised(words::professional(rules, position));
            format!("{name}: {}", self.ask_whether(position))
        });
        let of_all = ask_each(professionals.len()).iter().map(|question| (*question).to_owned());
        let questions = of_each.chain(of_all).map(|question| (false, question)).collect();
        self.sheet.boxes(0, questions);
    }

    fn finding_one(&mut self) {
        let professionals = self.explanation.professionals();
        if professionals.is_empty() {
            return;
        }
        self.sheet.heading("Choosing one, and the first visit");
        for &position in &professionals {
            self.meet(position);
        }
    }

    /// What was asked and answered, in short.
    fn said(&mut self, answers: &Answers) {
        let rules = self.explanation.rules;
        let used =
            answers.in_order_given().into_iter().filter(|(question, _)| !self.explanation.ignored.contains(question));
        let lines: Vec<Line> = used
            .map(|(position, answer)| {
                let question = &rules.questions()[position];
                let asked = Line::from(format!("{} ", words::asked_in_short(question)));
                asked.with(Piece::Strong(words::answer_then(question, answer, self.explanation.grown(position))))
            })
            .collect();
        if lines.is_empty() {
            return;
        }
        self.sheet.heading("What you said");
        for line in lines {
            self.sheet.bullet(0, line);
        }
    }
}

/// The signs that there is room for, by level.
fn groups(signs: &[Watch]) -> Vec<(Level, Vec<&Watch>)> {
    let mut room = SIGNS;
    let groups = signs.chunk_by(|one, next| one.level == next.level).filter_map(|group| {
        let level = group.first()?.level;
        let most = if level == Level::Emergency { group.len() } else { room };
        let named: Vec<&Watch> = group.iter().take(most).collect();
        room = room.saturating_sub(named.len());
        (!named.is_empty()).then_some((level, named))
    });
    groups.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OptionIx, Position, QuestionIx};

    fn named(levels: &[(Level, usize)]) -> Vec<(Level, usize)> {
        let signs = levels.iter().flat_map(|(level, count)| {
            (0..*count).map(move |option| Watch {
                question: QuestionIx::new(0),
                option: OptionIx::new(option),
                level: *level,
                own: true,
            })
        });
        let signs: Vec<Watch> = signs.collect();
        groups(&signs).iter().map(|(level, named)| (*level, named.len())).collect()
    }

    #[test]
    fn every_sign_of_an_emergency_is_named_and_of_the_others_as_many_as_are_read() {
        use Level::{Emergency, Physician, Urgent};

        assert_eq!(named(&[(Emergency, 22), (Urgent, 5), (Physician, 3)]), [(Emergency, 22)]);
        assert_eq!(
            named(&[(Emergency, 8), (Urgent, 5), (Physician, 3)]),
            [(Emergency, 8), (Urgent, 5), (Physician, 1)]
        );
        assert_eq!(named(&[]), []);
    }
}
