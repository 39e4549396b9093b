//! Menus on a real terminal.

use std::{fmt, io};

use console::{Style, Term};
use dialoguer::theme::Theme;
use dialoguer::{Input, MultiSelect, Select};

use super::{Prompt, Prompter, Reply, Stop, Way};
use crate::answers::Answer;
use crate::cli::interrupt;
use crate::present::{Page, wrap};

/// Asks on the terminal behind standard error.
pub(in crate::cli) struct Terminal {
    term: Term,
    theme: Menu,
    page: Page,
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
    pub(in crate::cli) fn new(page: Page) -> Self {
        Self { term: Term::stderr(), theme: Menu, page }
    }

    fn write(&self, indent: &str, text: &str, style: &Style) -> Result<(), Stop> {
        for line in wrap(text, self.page.width, indent, indent) {
            self.term.write_line(&style.clone().for_stderr().apply_to(line).to_string())?;
        }
        Ok(())
    }

    fn show(&self, prompt: &Prompt<'_>) -> Result<(), Stop> {
        self.term.write_line("")?;
        let heading = prompt.section.map_or_else(String::new, |section| format!("{section} - "));
        self.write("", &format!("{heading}{}", prompt.hint()), &Style::new().dim())?;
        self.write("", prompt.ask, &Style::new().bold())?;
        let keys = match prompt.way {
            Way::One => "Up/Down to move, Enter to choose. Esc: back, why, leave.",
            Way::Many => "Space to tick all that fit, then Enter. Esc: back, why, leave.",
            Way::Number(_) => "Type it, then Enter. ?: why do you ask, b: back, q: leave.",
        };
        self.write("", keys, &Style::new().dim())
    }

    /// Labels broken so that no row is wider than the terminal, which would upset the redrawing of menus.
    fn labels(&self, prompt: &Prompt<'_>, margin: usize) -> Vec<String> {
        let width = self.page.width.saturating_sub(margin + 1).max(1);
        let indent = " ".repeat(margin);
        let broken = |label: &str| wrap(label, width, "", "").join(&format!("\n{indent}"));
        prompt.rows.iter().map(|(_, label)| broken(label)).collect()
    }

    fn one(&self, prompt: &Prompt<'_>) -> Result<Option<Reply>, Stop> {
        let current = prompt.rows.iter().position(|(option, _)| prompt.was_chosen(*option)).unwrap_or(0);
        let chosen = Select::with_theme(&self.theme)
            .items(self.labels(prompt, 2))
            .default(current)
            .report(false)
            .interact_on_opt(&self.term)
            .map_err(into_io)?;
        Ok(chosen.and_then(|index| prompt.row(index)).map(|option| Reply::Answer(Answer::option(option))))
    }

    fn many(&self, prompt: &Prompt<'_>) -> Result<Option<Reply>, Stop> {
        let ticked: Vec<bool> = prompt.rows.iter().map(|(option, _)| prompt.was_chosen(*option)).collect();
        let chosen = MultiSelect::with_theme(&self.theme)
            .items(self.labels(prompt, 6))
            .defaults(&ticked)
            .report(false)
            .interact_on_opt(&self.term)
            .map_err(into_io)?;
        Ok(chosen.map(|indices| Reply::Answer(Answer::Options(prompt.rows_at(indices)))))
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
            rows.push(("Go back one question", Choice::Reply(Reply::Back)));
        }
        rows.push(("Leave", Choice::Reply(Reply::Quit)));
        let labels: Vec<&str> = rows.iter().map(|(label, _)| *label).collect();
        let chosen = Select::with_theme(&self.theme)
            .items(labels)
            .default(0)
            .report(false)
            .interact_on_opt(&self.term)
            .map_err(into_io)?;
        Ok(chosen.and_then(|index| rows.get(index)).map_or(Choice::Stay, |(_, choice)| *choice))
    }

    fn ask_until_replied(&self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        self.show(prompt)?;
        loop {
            if interrupt::happened() {
                return Err(Stop::Interrupted);
            }
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

impl Prompter for Terminal {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        let reply = self.ask_until_replied(prompt);
        // Menus hide the cursor; whatever ended them, it comes back.
        self.term.show_cursor()?;
        let reply = reply?;
        if let Reply::Answer(answer) = reply {
            self.write("  ", &prompt.in_words(answer), &Style::new().green())?;
        }
        Ok(reply)
    }

    fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.write("  ", text, &Style::new().yellow())
    }
}

fn into_io(error: dialoguer::Error) -> io::Error {
    let dialoguer::Error::IO(error) = error;
    error
}
