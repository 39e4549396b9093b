//! Replies from a list, for tests of the conversation around the questions.

use std::collections::VecDeque;

use super::{Prompt, Prompter, Reply, Stop};

/// Gives the replies in turn and remembers what it was shown.
pub(in crate::cli) struct Scripted {
    replies: VecDeque<Reply>,
    /// The questions put and the things said.
    pub(in crate::cli) shown: Vec<String>,
}

impl Scripted {
    pub(in crate::cli) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { replies: replies.into_iter().collect(), shown: Vec::new() }
    }
}

impl Prompter for Scripted {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        self.shown.push(prompt.ask.to_owned());
        self.replies.pop_front().ok_or(Stop::EndOfInput)
    }

    fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.shown.push(text.to_owned());
        Ok(())
    }
}
