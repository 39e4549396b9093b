//! Puts questions to a person. One trait; a terminal, plain lines and a script answer to it.

mod plain;
#[cfg(test)]
mod scripted;
mod terminal;

use std::io;

pub(super) use plain::Plain;
#[cfg(test)]
pub(super) use scripted::Scripted;
use terminal::Terminal;

use super::interrupt;
use super::streams::Streams;
use crate::answers::Answer;
use crate::interview::Ask;
use crate::model::{Kind, OptionIx, OptionSet, Range, Role, RuleSet};

/// The prompter for this process: menus where the terminal can show them, or numbered lines where it cannot or they are
/// wanted. It asks on standard error, and Ctrl-C ends it.
pub(super) fn open(plain: bool) -> Box<dyn Prompter> {
    if plain || !Terminal::is_usable() {
        interrupt::exit_at_once();
        Box::new(Plain::new(io::stdin().lock(), io::stderr(), Streams::message_page().width))
    } else {
        interrupt::note_only();
        Box::new(Terminal::new())
    }
}

/// A question as it is put.
#[derive(Debug)]
pub(super) struct Prompt<'r> {
    /// The heading it stands under.
    pub(super) section: Option<&'r str>,
    /// The question.
    pub(super) ask: &'r str,
    /// How it is answered.
    pub(super) way: Way<'r>,
    /// The options that can be chosen; for a number at most "not sure".
    pub(super) rows: Vec<(OptionIx, &'r str)>,
    /// The row that says that none of the others fits.
    pub(super) none: Option<OptionIx>,
    /// What was answered before.
    pub(super) current: Option<Answer>,
    /// The options that could not be chosen when it was answered before, or of which that is not known.
    pub(super) unseen: OptionSet,
    /// Whether it is known what could be chosen then.
    pub(super) offered_is_known: bool,
    /// It is put again because the person wants to change the answer.
    pub(super) taken_up: bool,
    /// What was answered just now and did not fit.
    pub(super) unfit: Option<Answer>,
    /// At most so many questions may still come after this one.
    pub(super) may_follow: usize,
    /// Whether there is a question to go back to.
    pub(super) can_go_back: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'r> {
    /// With one of the rows.
    One,
    /// With one or more of the rows.
    Many,
    /// With a number, or the row "not sure".
    Number(&'r Range),
}

impl<'r> Prompt<'r> {
    /// The prompt for a question that the interview asks.
    pub(super) fn new(rules: &'r RuleSet, ask: &Ask) -> Self {
        let question = &rules.questions()[ask.question];
        Self {
            section: question.section.as_deref(),
            ask: &question.ask,
            way: match &question.kind {
                Kind::One => Way::One,
                Kind::Many => Way::Many,
                Kind::Number(range) => Way::Number(range),
            },
            rows: question
                .choices()
                .filter(|(option, _)| ask.choosable.contains(*option))
                .map(|(option, choice)| (option, choice.label.as_str()))
                .collect(),
            none: question.option_with(Role::NoneOfThese),
            current: ask.current,
            unseen: ask.unseen,
            offered_is_known: ask.offered_is_known,
            taken_up: ask.taken_up,
            unfit: None,
            may_follow: ask.may_follow,
            can_go_back: ask.can_go_back,
        }
    }

    /// Whether a row was chosen before.
    pub(super) fn was_chosen(&self, option: OptionIx) -> bool {
        matches!(self.current, Some(Answer::Options(chosen)) if chosen.contains(option))
    }

    /// Whether a row is ticked to begin with: as answered just now, so that nobody has to tick danger signs twice, or
    /// before. "None of these" was not said of rows that are new.
    pub(super) fn is_ticked(&self, option: OptionIx) -> bool {
        match self.unfit {
            Some(Answer::Options(chosen)) => chosen.contains(option),
            _ if self.none == Some(option) => self.was_chosen(option) && self.unseen.is_empty(),
            _ => self.was_chosen(option),
        }
    }

    /// What somebody means who ticks something beside the "none of these" of before.
    pub(super) fn meant(&self, ticked: OptionSet) -> OptionSet {
        match self.none {
            Some(none) if self.unfit.is_none() && self.is_ticked(none) && ticked.len() > 1 => {
                ticked.minus(OptionSet::only(none))
            }
            _ => ticked,
        }
    }

    /// Why it is put again, and how many questions may still come, in words.
    pub(super) fn hint(&self) -> String {
        let more = match self.may_follow {
            0 => "last question".to_owned(),
            1 => "at most 1 more after this".to_owned(),
            more => format!("at most {more} more after this"),
        };
        match (self.taken_up, self.unseen.is_empty()) {
            (true, _) => "change your answer".to_owned(),
            (false, false) if self.offered_is_known => format!("again, as there is more to choose from, {more}"),
            (false, false) => format!("again, as there may be more to choose from, {more}"),
            (false, true) => more,
        }
    }

    /// What was ticked before where that was "none of these" and there are rows that it was not said of.
    fn none_before(&self) -> Option<String> {
        let none = self.none.filter(|none| self.was_chosen(*none) && !self.unseen.is_empty())?;
        Some(format!("You had ticked: {}", self.in_words(Answer::option(none))))
    }

    /// What stands behind a row that was not there when the question was answered before.
    pub(super) fn novelty(&self, option: OptionIx) -> &'static str {
        if self.offered_is_known && self.unseen.contains(option) { " (new)" } else { "" }
    }

    /// An answer in words, to be shown once it is given.
    pub(super) fn in_words(&self, answer: Answer) -> String {
        match answer {
            Answer::Number(number) => number.to_string(),
            Answer::Options(chosen) => {
                let labels: Vec<&str> =
                    self.rows.iter().filter(|(option, _)| chosen.contains(*option)).map(|(_, label)| *label).collect();
                labels.join("; ")
            }
        }
    }

    /// The ends of a range in words: "0 (no pain) to 10 (worst)".
    pub(super) fn range_in_words(range: &Range) -> String {
        let named = |number: i32, name: &Option<String>| match name {
            Some(name) => format!("{number} ({name})"),
            None => number.to_string(),
        };
        format!("{} to {}", named(range.min, &range.low), named(range.max, &range.high))
    }

    fn row(&self, index: usize) -> Option<OptionIx> {
        self.rows.get(index).map(|(option, _)| *option)
    }

    fn rows_at(&self, indices: impl IntoIterator<Item = usize>) -> OptionSet {
        indices.into_iter().filter_map(|index| self.row(index)).collect()
    }
}

/// What a person does with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// Answers it. Whether the answer fits is for the interview to say.
    Answer(Answer),
    /// Goes back to the one before.
    Back,
    /// Wants to know why it is asked.
    Why,
    /// Leaves.
    Quit,
}

/// Where it leads to take none of the rows of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Out {
    /// To what came before.
    Back,
    /// To the end.
    Leave,
}

impl Out {
    /// What the key for it does, in a word.
    fn word(self) -> &'static str {
        match self {
            Self::Back => "back",
            Self::Leave => "leave",
        }
    }
}

/// Why there is no reply.
#[derive(Debug)]
pub(super) enum Stop {
    /// Ctrl-C.
    Interrupted,
    /// The input has ended.
    EndOfInput,
    /// Reading or writing failed.
    Failed(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => Self::Interrupted,
            io::ErrorKind::UnexpectedEof => Self::EndOfInput,
            _ => Self::Failed(error),
        }
    }
}

/// What is said where nothing was ticked.
const NOTHING_TICKED: &str = "Nothing is ticked yet. Tick what fits.";
/// What is said where several were given and one is wanted.
const CHOOSE_ONE: &str = "Please choose one answer.";

/// Something that puts questions to a person.
pub(super) trait Prompter {
    /// Puts a question, and puts it again until there is a reply.
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop>;

    /// Lets a person choose one of the rows under a heading: its place, or `None` if they take none, which leads `out`.
    fn choose(&mut self, heading: &str, rows: &[String], out: Out) -> Result<Option<usize>, Stop>;

    /// Lets a person tick some of the rows under a heading: their places in order, never none at all, or `None` if they
    /// leave.
    fn tick(&mut self, heading: &str, rows: &[String]) -> Result<Option<Vec<usize>>, Stop>;

    /// Lets a person type a line under a heading: what they typed, `usual` if that is nothing, or `None` if they go
    /// back.
    fn line(&mut self, heading: &str, usual: &str) -> Result<Option<String>, Stop>;

    /// Waits until what was said has been read, where the next question would push it off the screen; false if the person
    /// leaves. `row` names what comes next.
    fn go_on(&mut self, row: &str) -> Result<bool, Stop>;

    /// Says something that wants no reply.
    fn say(&mut self, text: &str) -> Result<(), Stop>;
}
