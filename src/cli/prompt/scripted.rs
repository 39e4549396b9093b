//! Replies from a list, for tests of the conversation around the questions.

use std::collections::VecDeque;

use super::{Out, Prompt, Prompter, Reply, Stop};

/// Gives the replies in turn and remembers what it was shown.
#[derive(Default)]
pub(in crate::cli) struct Scripted {
    replies: VecDeque<Reply>,
    picks: VecDeque<Option<Vec<usize>>>,
    /// The questions put and the things said.
    pub(in crate::cli) shown: Vec<String>,
}

impl Scripted {
    pub(in crate::cli) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { replies: replies.into_iter().collect(), ..Self::default() }
    }

    /// Chooses and ticks these rows in turn; `None` leaves.
    pub(in crate::cli) fn picking(mut self, picks: impl IntoIterator<Item = Option<Vec<usize>>>) -> Self {
        self.picks = picks.into_iter().collect();
        self
    }

    fn pick(&mut self, heading: &str) -> Result<Option<Vec<usize>>, Stop> {
        self.shown.push(heading.to_owned());
        self.picks.pop_front().ok_or(Stop::EndOfInput)
    }
}

impl Prompter for Scripted {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        self.shown.push(prompt.ask.to_owned());
        self.replies.pop_front().ok_or(Stop::EndOfInput)
    }

    fn choose(&mut self, heading: &str, _: &[String], _: Out) -> Result<Option<usize>, Stop> {
        let picked = self.pick(heading)?;
        Ok(picked.and_then(|rows| rows.first().copied()))
    }

    fn tick(&mut self, heading: &str, _: &[String]) -> Result<Option<Vec<usize>>, Stop> {
        self.pick(heading)
    }

    fn line(&mut self, heading: &str, usual: &str) -> Result<Option<String>, Stop> {
        self.shown.push(heading.to_owned());
        Ok(Some(usual.to_owned()))
    }

    fn go_on(&mut self, _: &str) -> Result<bool, Stop> {
        Ok(true)
    }

    fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.shown.push(text.to_owned());
        Ok(())
    }
}
