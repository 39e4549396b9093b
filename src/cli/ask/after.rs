//! What follows the result: a look at the reasons, another answer, a report to take along.

use super::{End, Sitting, ended, report};
use crate::cli::args::PageFormat;
use crate::cli::decide;
use crate::cli::exit::Exit;
use crate::cli::prompt::{Out, Prompter, Stop};
use crate::cli::streams::Streams;
use crate::explain::{Changed, Explanation, Reasons, brings_in};
use crate::model::State;
use crate::present::{Absence, Document, capitalised, explained, given, news, reminder, result, why_not};
use crate::prove::Prover;

/// An interview that came to a result.
pub(super) struct After<'s, 'p, 'r> {
    sitting: &'s mut Sitting<'p, 'r>,
    streams: &'s mut Streams,
    state: Option<State>,
}

/// What can be done with a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    SeeWhy,
    Change,
    WhyNot,
    Report,
    Done,
}

impl Wish {
    fn label(self) -> &'static str {
        match self {
            Self::SeeWhy => "See why",
            Self::Change => "Change an answer",
            Self::WhyNot => "Why not someone?",
            Self::Report => "Write a report",
            Self::Done => "Done",
        }
    }

    /// What can be done with this one. Where a doctor is needed now or today, little, on few lines.
    fn all(explanation: &Explanation<'_>, answered: bool) -> Vec<Self> {
        let has_plan = !explanation.level.ends_without_plan();
        let can = |wish: &Self| match wish {
            Self::SeeWhy | Self::Done => true,
            Self::Change => answered,
            Self::WhyNot => has_plan && !explanation.not_on_plan.is_empty(),
            Self::Report => has_plan,
        };
        [Self::SeeWhy, Self::Change, Self::WhyNot, Self::Report, Self::Done].into_iter().filter(can).collect()
    }
}

impl<'s, 'p, 'r> After<'s, 'p, 'r> {
    pub(super) fn new(sitting: &'s mut Sitting<'p, 'r>, streams: &'s mut Streams, state: Option<State>) -> Self {
        Self { sitting, streams, state }
    }

    /// Does what the person wishes until they are done, and says how that ends. `shown` is the result on the screen.
    ///
    /// # Errors
    /// Reading or writing failed.
    pub(super) fn follow(mut self, shown: Explanation<'r>) -> anyhow::Result<(End, Exit)> {
        if ended(self.wishes(shown))? == End::Interrupted {
            return Ok((End::Interrupted, Exit::Interrupted));
        }
        let explanation = self.sitting.explanation(self.state);
        if explanation.settled() {
            return Ok((End::Settled, Exit::Done));
        }
        // Left in the middle of a change: the result on the screen is not so any more.
        Streams::message("\n");
        let answers = self.sitting.interview.answers();
        Ok((End::Left, decide::show(&explanation, answers, None, PageFormat::Text, self.streams)))
    }

    fn wishes(&mut self, mut shown: Explanation<'r>) -> Result<End, Stop> {
        loop {
            let wishes = Wish::all(&shown, !self.sitting.interview.given().is_empty());
            let labels: Vec<String> = wishes.iter().map(|wish| wish.label().to_owned()).collect();
            // Above lies a long page: nobody should have to scroll for whom to see, or for a number to call.
            let heading = match (reminder(&shown), shown.level.ends_without_plan()) {
                (reminder, true) => reminder,
                (reminder, false) if reminder.is_empty() => "What next?".to_owned(),
                (reminder, false) => format!("{reminder} What next?"),
            };
            let wish = self.sitting.prompter.choose(&heading, &labels, Out::Leave)?;
            match wish.and_then(|place| wishes.get(place)) {
                Some(Wish::SeeWhy) => {
                    let reasons = Reasons::new(self.sitting.rules, self.sitting.interview.answers(), self.state);
                    self.show(&explained(&reasons, false));
                }
                Some(Wish::Change) => {
                    if self.change(&mut shown)? == End::Left {
                        return Ok(End::Left);
                    }
                }
                Some(Wish::WhyNot) => self.why_not(&shown)?,
                Some(Wish::Report) => {
                    let Sitting { prompter, interview, .. } = &mut *self.sitting;
                    report::write(*prompter, &shown, interview.answers())?;
                }
                Some(Wish::Done) | None => return Ok(End::Settled),
            }
        }
    }

    /// Puts an answered question again, and shows what comes of the change.
    fn change(&mut self, shown: &mut Explanation<'r>) -> Result<End, Stop> {
        let Sitting { rules, interview, prompter, .. } = &mut *self.sitting;
        let answers = interview.given();
        let rows = answers.iter().map(|answer| given(rules, *answer));
        let chosen = choose_or_go_back(*prompter, "Which answer do you want to change?", rows)?;
        let Some(answer) = chosen.and_then(|place| answers.get(place)) else {
            return Ok(End::Settled);
        };
        let before = interview.answers().clone();
        interview.take_up(answer.question);
        if self.sitting.conduct()? == End::Left {
            return Ok(End::Left);
        }
        if *self.sitting.interview.answers() == before {
            self.sitting.prompter.say("Your answers stay as they were.")?;
            return Ok(End::Settled);
        }
        let now = self.sitting.explanation(self.state);
        // In an emergency nothing stands above the number to call.
        if !now.level.ends_without_plan() {
            self.show(&news(&Changed::new(shown, &now)));
        }
        self.show(&result(&now));
        *shown = now;
        Ok(End::Settled)
    }

    /// Says why somebody is not on the plan.
    fn why_not(&mut self, shown: &Explanation<'r>) -> Result<(), Stop> {
        let rules = self.sitting.rules;
        let absent: Vec<_> = shown.not_on_plan.iter().map(|(who, _)| *who).collect();
        let rows = absent.iter().map(|who| capitalised(&rules.professionals()[*who].name));
        let chosen = choose_or_go_back(&mut *self.sitting.prompter, "Why not who?", rows)?;
        let Some(professional) = chosen.and_then(|place| absent.get(place).copied()) else {
            return Ok(());
        };
        let answers = self.sitting.interview.answers();
        let nearest = Some(brings_in(&mut Prover::for_interview(rules), answers, professional));
        let absence = Absence { explanation: shown, answers, professional, nearest };
        let page = why_not(&absence);
        self.show(&page);
        Ok(())
    }

    fn show(&mut self, page: &Document) {
        let text = page.text(self.streams.result_page());
        self.streams.result(&format!("\n{text}"));
    }
}

/// A choice with a row that leads back, so that nobody has to know that leaving it does, too.
fn choose_or_go_back(
    prompter: &mut dyn Prompter,
    heading: &str,
    rows: impl Iterator<Item = String>,
) -> Result<Option<usize>, Stop> {
    let rows: Vec<String> = rows.chain(["Back".to_owned()]).collect();
    prompter.choose(heading, &rows, Out::Back)
}
