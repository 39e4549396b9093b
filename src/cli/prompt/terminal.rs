//! Menus on a real terminal.

use std::fmt;
use std::io::{self, IsTerminal};

use console::{Style, Term};
use dialoguer::theme::Theme;
use dialoguer::{Input, MultiSelect, Select};

use super::{NOTHING_TICKED, Out, Prompt, Prompter, Reply, Stop, Way};
use crate::answers::Answer;
use crate::cli::interrupt;
use crate::present::{Page, wrap, wrap_whole};

/// Asks on the terminal behind standard error.
pub(in crate::cli) struct Terminal {
    term: Term,
    theme: Menu,
    /// So many lines were said since the last question.
    said: usize,
    /// So many lines above the next menu must stay on the screen.
    above: usize,
}

/// The rows of a menu, ready to be drawn.
struct Rows {
    /// No line of them is wider than the terminal, which would upset the redrawing.
    labels: Vec<String>,
    /// So many rows a page, where the terminal is too low for all of them.
    per_page: Option<usize>,
}

/// How menus are drawn: the row under the cursor and the ticks are seen without colour, too.
struct Menu;

impl Menu {
    fn row(f: &mut dyn fmt::Write, text: &str, active: bool) -> fmt::Result {
        let style = if active { Style::new().cyan().bold() } else { Style::new() };
        let cursor = if active { ">" } else { " " };
        write!(f, "{}", style.for_stderr().apply_to(format!("{cursor} {text}")))
    }
}

impl Theme for Menu {
    fn format_select_prompt_item(&self, f: &mut dyn fmt::Write, text: &str, active: bool) -> fmt::Result {
        Self::row(f, text, active)
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        Self::row(f, &format!("[{}] {text}", if checked { "x" } else { " " }), active)
    }
}

/// A row of the menu behind Esc.
#[derive(Clone, Copy)]
enum Choice {
    Stay,
    Reply(Reply),
}

impl Terminal {
    pub(in crate::cli) fn new() -> Self {
        Self { term: Term::stderr(), theme: Menu, said: 0, above: 0 }
    }

    /// Menus need a terminal to read keys from, and one with room to draw on.
    pub(in crate::cli) fn is_usable() -> bool {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let term = Term::stderr();
        io::stdin().is_terminal() && io::stderr().is_terminal() && !dumb && term.size().0 >= LEAST_ROWS
    }

    /// The width to wrap to. Asked for each time: a window may be resized between two questions.
    fn width(&self) -> usize {
        Page::new(usize::from(self.term.size().1), false).width
    }

    /// Writes a text, and says how many lines it takes.
    fn write(&self, indent: &str, text: &str, style: &Style) -> Result<usize, Stop> {
        let lines = wrap(text, self.width(), indent, indent);
        for line in &lines {
            self.term.write_line(&style.clone().for_stderr().apply_to(line).to_string())?;
        }
        Ok(lines.len())
    }

    /// Writes what stands above the rows, and says how many lines it takes.
    fn show(&self, prompt: &Prompt<'_>) -> Result<usize, Stop> {
        self.term.write_line("")?;
        let heading = prompt.section.map_or_else(String::new, |section| format!("{section} - "));
        let heading = self.write("", &format!("{heading}{}", prompt.hint()), &Style::new().dim())?;
        let ask = self.write("", prompt.ask, &Style::new().bold())?;
        let before = match prompt.none_before() {
            Some(words) => self.write("", &words, &Style::new())?,
            None => 0,
        };
        let keys = match prompt.way {
            Way::One => "Up/Down to move, Enter to choose. Esc: back, why, leave.",
            Way::Many => "Space to tick all that fit, then Enter. Esc: back, why, leave.",
            Way::Number(_) => "Type it, then Enter. ?: why do you ask, b: back, q: leave.",
        };
        Ok(1 + heading + ask + before + self.write("", keys, &Style::new().dim())?)
    }

    /// The rows behind a mark of `margin` columns.
    fn rows(&self, labels: &[&str], margin: usize) -> Rows {
        let (height, columns) = self.term.size();
        let width = self.width().min(usize::from(columns)).saturating_sub(margin + 1);
        let lines: Vec<Vec<String>> = labels.iter().map(|label| wrap_whole(label, width)).collect();
        // The line below the menu is where the cursor waits, the one above says that there are pages.
        let room = usize::from(height).saturating_sub(2);
        let room = room.saturating_sub(self.above).max(room.min(LEAST_PAGE));
        let fits = |rows: &[Vec<String>]| rows.iter().map(Vec::len).sum::<usize>() <= room;
        let per_page = if fits(&lines) {
            None
        } else {
            (1..lines.len()).rev().find(|size| lines.chunks(*size).all(fits)).or(Some(1))
        };
        let indent = format!("\n{}", " ".repeat(margin));
        Rows { labels: lines.into_iter().map(|lines| lines.join(&indent)).collect(), per_page }
    }

    /// A menu to choose one row from, which begins at `current`. `None` after Esc.
    fn select(&self, labels: &[&str], current: usize) -> Result<Option<usize>, Stop> {
        let rows = self.rows(labels, 2);
        let mut menu = Select::with_theme(&self.theme).items(rows.labels).default(current).report(false);
        if let Some(per_page) = rows.per_page {
            menu = menu.with_prompt(MORE).max_length(per_page);
        }
        Ok(menu.interact_on_opt(&self.term).map_err(into_io)?)
    }

    /// A menu to tick rows in, which begins with those of `ticked`. `None` after Esc.
    fn multi_select(&self, labels: &[&str], ticked: &[bool]) -> Result<Option<Vec<usize>>, Stop> {
        let rows = self.rows(labels, 6);
        let mut menu = MultiSelect::with_theme(&self.theme).items(rows.labels).defaults(ticked).report(false);
        if let Some(per_page) = rows.per_page {
            menu = menu.with_prompt(MORE).max_length(per_page);
        }
        Ok(menu.interact_on_opt(&self.term).map_err(into_io)?)
    }

    fn one(&self, prompt: &Prompt<'_>) -> Result<Option<Reply>, Stop> {
        let current = prompt.rows.iter().position(|(option, _)| prompt.was_chosen(*option)).unwrap_or(0);
        let chosen = self.select(&as_labels(&labels(prompt)), current)?;
        Ok(chosen.and_then(|index| prompt.row(index)).map(|option| Reply::Answer(Answer::option(option))))
    }

    fn many(&self, prompt: &Prompt<'_>) -> Result<Option<Reply>, Stop> {
        let ticked: Vec<bool> = prompt.rows.iter().map(|(option, _)| prompt.is_ticked(*option)).collect();
        let chosen = self.multi_select(&as_labels(&labels(prompt)), &ticked)?;
        Ok(chosen.map(|indices| Reply::Answer(Answer::Options(prompt.meant(prompt.rows_at(indices))))))
    }

    fn number(&self, prompt: &Prompt<'_>, range: &str) -> Result<Option<Reply>, Stop> {
        let mut question = format!("A number from {range}");
        let unsure = prompt.rows.first();
        if let Some((_, label)) = unsure {
            question.push_str(&format!(", or n for \"{label}\""));
        }
        self.write("", &question, &Style::new())?;
        let mut input = Input::<String>::with_theme(&self.theme).with_prompt("Number").report(false).allow_empty(true);
        if let Some(Answer::Number(number)) = prompt.current {
            input = input.with_initial_text(number.to_string());
        }
        let typed = input.interact_text_on(&self.term).map_err(into_io)?;
        let reply = match (typed.trim().to_lowercase().as_str(), unsure) {
            ("?" | "why", _) => Some(Reply::Why),
            ("b" | "back", _) => Some(Reply::Back),
            ("q" | "quit", _) => Some(Reply::Quit),
            ("n", Some((option, _))) => Some(Reply::Answer(Answer::option(*option))),
            (number, _) => number.parse().ok().map(|number| Reply::Answer(Answer::Number(number))),
        };
        if reply.is_none() {
            self.write("", "Please type a whole number, such as 4.", &Style::new().yellow())?;
        }
        Ok(reply)
    }

    /// What else can be done with a question.
    fn menu(&self, prompt: &Prompt<'_>) -> Result<Choice, Stop> {
        let mut rows = vec![("Answer the question", Choice::Stay), ("Why do you ask?", Choice::Reply(Reply::Why))];
        if prompt.can_go_back {
            let back = if prompt.taken_up { "Leave my answer as it is" } else { "Go back one question" };
            rows.push((back, Choice::Reply(Reply::Back)));
        }
        rows.push(("Leave", Choice::Reply(Reply::Quit)));
        let labels: Vec<&str> = rows.iter().map(|(label, _)| *label).collect();
        let chosen = self.select(&labels, 0)?;
        Ok(chosen.and_then(|index| rows.get(index)).map_or(Choice::Stay, |(_, choice)| *choice))
    }

    /// A heading above a menu, and the keys that work in it: so many lines.
    fn head(&self, heading: &str, keys: &str) -> Result<usize, Stop> {
        self.term.write_line("")?;
        let heading = self.write("", heading, &Style::new().bold())?;
        Ok(1 + heading + self.write("", keys, &Style::new().dim())?)
    }

    /// What was picked, where the menu stood.
    fn echo(&self, words: &str) -> Result<(), Stop> {
        if !words.is_empty() {
            self.write("  ", words, &Style::new().green())?;
        }
        Ok(())
    }

    /// Menus hide the cursor; whatever ended them, it comes back.
    fn with_cursor_back<T>(&self, ended: Result<T, Stop>) -> Result<T, Stop> {
        self.term.show_cursor()?;
        ended
    }

    fn ask_until_replied(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        let said = std::mem::take(&mut self.said);
        let shown = self.show(prompt)?;
        // The question stays on the screen; whoever is asked again because of what they ticked has to see why, too.
        self.above = if prompt.unfit.is_some() { said + shown } else { shown };
        loop {
            not_interrupted()?;
            let reply = match prompt.way {
                Way::One => self.one(prompt)?,
                Way::Many => self.many(prompt)?,
                Way::Number(range) => self.number(prompt, &Prompt::range_in_words(range))?,
            };
            match (reply, prompt.way) {
                (Some(reply), _) => return Ok(reply),
                (None, Way::Number(_)) => {}
                (None, Way::One | Way::Many) => {
                    if let Choice::Reply(reply) = self.menu(prompt)? {
                        return Ok(reply);
                    }
                }
            }
        }
    }
}

fn labels(prompt: &Prompt<'_>) -> Vec<String> {
    prompt.rows.iter().map(|(option, label)| format!("{label}{}", prompt.novelty(*option))).collect()
}

fn as_labels(rows: &[String]) -> Vec<&str> {
    rows.iter().map(String::as_str).collect()
}

/// Ctrl-C between two menus counts, too.
fn not_interrupted() -> Result<(), Stop> {
    if interrupt::happened() { Err(Stop::Interrupted) } else { Ok(()) }
}

impl Prompter for Terminal {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        let reply = self.ask_until_replied(prompt);
        self.above = 0;
        let reply = self.with_cursor_back(reply)?;
        if let Reply::Answer(answer) = reply {
            self.echo(&prompt.in_words(answer))?;
        }
        Ok(reply)
    }

    fn choose(&mut self, heading: &str, rows: &[String], out: Out) -> Result<Option<usize>, Stop> {
        not_interrupted()?;
        self.above = self.head(heading, &format!("Up/Down to move, Enter to choose. Esc: {}.", out.word()))?;
        let chosen = self.select(&as_labels(rows), 0);
        self.above = 0;
        let chosen = self.with_cursor_back(chosen)?;
        if let Some(row) = chosen.and_then(|index| rows.get(index)) {
            self.echo(row)?;
        }
        Ok(chosen)
    }

    fn tick(&mut self, heading: &str, rows: &[String]) -> Result<Option<Vec<usize>>, Stop> {
        let labels = as_labels(rows);
        loop {
            not_interrupted()?;
            self.above = self.head(heading, "Space to tick all that fit, then Enter. Esc: leave.")?;
            let ticked = self.multi_select(&labels, &[]);
            self.above = 0;
            let ticked = self.with_cursor_back(ticked)?;
            match &ticked {
                Some(indices) if indices.is_empty() => self.say(NOTHING_TICKED)?,
                Some(indices) => {
                    let words: Vec<&str> = indices.iter().filter_map(|index| labels.get(*index).copied()).collect();
                    self.echo(&words.join("; "))?;
                    return Ok(ticked);
                }
                None => return Ok(None),
            }
        }
    }

    fn line(&mut self, heading: &str, usual: &str) -> Result<Option<String>, Stop> {
        not_interrupted()?;
        self.head(heading, &format!("Type it, then Enter. Enter alone: {usual}. b: back."))?;
        let input = Input::<String>::with_theme(&self.theme).with_prompt("Name").report(false).allow_empty(true);
        let typed = input.interact_text_on(&self.term).map_err(|error| into_io(error).into());
        let typed = self.with_cursor_back(typed)?;
        Ok(match typed.trim() {
            "b" | "B" | "back" | "q" | "Q" | "quit" => None,
            "" => Some(usual.to_owned()),
            line => Some(line.to_owned()),
        })
    }

    fn go_on(&mut self, row: &str) -> Result<bool, Stop> {
        not_interrupted()?;
        self.term.write_line("")?;
        self.write("", "Enter to go on. Esc: leave.", &Style::new().dim())?;
        Ok(self.with_cursor_back(self.select(&[row], 0))?.is_some())
    }

    fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.said += self.write("  ", text, &Style::new().yellow())?;
        Ok(())
    }
}

/// What stands above the rows of a menu with pages; the number of the page follows.
const MORE: &str = "More rows with Left and Right";
/// A page of fewer lines would be more turning than reading.
const LEAST_PAGE: usize = 6;
/// Below this there is no room for a menu with pages; the library would not cope with less than three.
const LEAST_ROWS: u16 = 5;

fn into_io(error: dialoguer::Error) -> io::Error {
    let dialoguer::Error::IO(error) = error;
    error
}
