//! Numbered lines out, lines in: for screen readers, pipes and terminals that can do no more.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use super::{CHOOSE_ONE, Out, Prompt, Prompter, Reply, Stop, Way};
use crate::answers::Answer;
use crate::present::{clean, wrap};

/// Asks on one stream and reads from another.
pub(in crate::cli) struct Plain<R, W> {
    input: R,
    output: W,
    width: usize,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    pub(in crate::cli) fn new(input: R, output: W, width: usize) -> Self {
        Self { input, output, width }
    }

    fn write(&mut self, indent: &str, text: &str) -> Result<(), Stop> {
        for line in wrap(text, self.width, "", indent) {
            writeln!(self.output, "{line}")?;
        }
        Ok(())
    }

    fn show(&mut self, prompt: &Prompt<'_>) -> Result<(), Stop> {
        writeln!(self.output)?;
        let heading = prompt.section.map_or_else(String::new, |section| format!("{section}, "));
        self.write("", &format!("[{heading}{}]", prompt.hint()))?;
        self.write("", prompt.ask)?;
        if !matches!(prompt.way, Way::Number(_)) {
            for (index, (option, label)) in prompt.rows.iter().enumerate() {
                let mark = if prompt.was_chosen(*option) { " (your answer so far)" } else { prompt.novelty(*option) };
                self.row(index, &format!("{label}{mark}"))?;
            }
        }
        if let Some(Answer::Number(number)) = prompt.current {
            self.write("", &format!("Your answer so far: {number}"))?;
        }
        let how = match prompt.way {
            Way::One => ONE.to_owned(),
            Way::Many => MANY.to_owned(),
            Way::Number(range) => match prompt.rows.first() {
                Some((_, unsure)) => {
                    format!("Type a number from {}, or n for \"{unsure}\".", Prompt::range_in_words(range))
                }
                None => format!("Type a number from {}.", Prompt::range_in_words(range)),
            },
        };
        let back = if prompt.can_go_back { " b: back." } else { "" };
        self.write("", &format!("{how} ?: why do you ask.{back} q: leave."))
    }

    fn row(&mut self, index: usize, label: &str) -> Result<(), Stop> {
        self.write("     ", &format!("{:3}. {label}", index + 1))
    }

    /// Shows rows under a heading and reads until `meaning` makes something of a line; `None` if that leads `out`.
    fn pick<T>(
        &mut self,
        heading: &str,
        rows: &[String],
        how: &str,
        out: Out,
        meaning: impl Fn(Vec<usize>) -> Result<T, String>,
    ) -> Result<Option<T>, Stop> {
        writeln!(self.output)?;
        self.write("", heading)?;
        for (index, label) in rows.iter().enumerate() {
            self.row(index, label)?;
        }
        self.write("", &format!("{how} {}", way_out(out)))?;
        loop {
            let line = self.read()?;
            if is_out(&line, out) {
                return Ok(None);
            }
            match parse_indices(&line, rows.len()).and_then(&meaning) {
                Ok(picked) => return Ok(Some(picked)),
                Err(complaint) => self.write("", &complaint)?,
            }
        }
    }

    /// A line of the person's own words, which may be empty.
    pub(in crate::cli) fn line(&mut self, wanted: &str) -> Result<String, Stop> {
        self.write("", wanted)?;
        self.read()
    }

    fn read(&mut self) -> Result<String, Stop> {
        write!(self.output, "> ")?;
        self.output.flush()?;
        let mut line = Vec::new();
        // A line of any length could come down a pipe; none that answers a question is longer than this.
        let read = std::io::Read::take(&mut self.input, MAX_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            writeln!(self.output)?;
            return Err(Stop::EndOfInput);
        }
        Ok(String::from_utf8_lossy(&line).trim().to_owned())
    }
}

const MAX_LINE: u64 = 4096;
const ONE: &str = "Type one number.";
const MANY: &str = "Type the numbers of all that fit, such as 1,3.";

impl<R: BufRead, W: Write> Prompter for Plain<R, W> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply, Stop> {
        self.show(prompt)?;
        loop {
            let line = self.read()?;
            match parse(prompt, &line) {
                Ok(reply) => return Ok(reply),
                Err(complaint) => self.write("", &complaint)?,
            }
        }
    }

    fn choose(&mut self, heading: &str, rows: &[String], out: Out) -> Result<Option<usize>, Stop> {
        self.pick(heading, rows, ONE, out, |picked| match *picked {
            [one] => Ok(one),
            _ => Err(CHOOSE_ONE.to_owned()),
        })
    }

    fn tick(&mut self, heading: &str, rows: &[String]) -> Result<Option<Vec<usize>>, Stop> {
        self.pick(heading, rows, MANY, Out::Leave, Ok)
    }

    fn line(&mut self, heading: &str, usual: &str) -> Result<Option<String>, Stop> {
        writeln!(self.output)?;
        self.write("", heading)?;
        self.write("", &format!("Type it. Nothing: {usual}. {}", way_out(Out::Back)))?;
        let line = self.read()?;
        if is_out(&line, Out::Back) {
            return Ok(None);
        }
        Ok(Some(if line.is_empty() { usual.to_owned() } else { line }))
    }

    fn go_on(&mut self, _: &str) -> Result<bool, Stop> {
        // Lines stay where they are.
        Ok(true)
    }

    fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.write("", text)
    }
}

fn is_back(line: &str) -> bool {
    matches!(line.to_lowercase().as_str(), "b" | "back")
}

fn is_quit(line: &str) -> bool {
    matches!(line.to_lowercase().as_str(), "q" | "quit")
}

/// The key that leads out of a menu.
fn way_out(out: Out) -> String {
    let key = match out {
        Out::Back => "b",
        Out::Leave => "q",
    };
    format!("{key}: {}.", out.word())
}

/// Whoever types `q` where they can only go back goes back: nothing is lost to that.
fn is_out(line: &str, out: Out) -> bool {
    is_quit(line) || (out == Out::Back && is_back(line))
}

/// What a line means, or what to say if it means nothing.
fn parse(prompt: &Prompt<'_>, line: &str) -> Result<Reply, String> {
    if is_quit(line) {
        return Ok(Reply::Quit);
    }
    match line.to_lowercase().as_str() {
        "?" | "why" => return Ok(Reply::Why),
        "b" | "back" if prompt.can_go_back => return Ok(Reply::Back),
        "b" | "back" => return Err("This is the first question; there is nothing to go back to.".to_owned()),
        _ => {}
    }
    match prompt.way {
        Way::Number(_) => parse_number(prompt, line),
        Way::One | Way::Many => parse_rows(prompt, line),
    }
    .map(Reply::Answer)
}

fn parse_number(prompt: &Prompt<'_>, line: &str) -> Result<Answer, String> {
    if let Some((unsure, _)) = prompt.rows.first()
        && matches!(line.to_lowercase().as_str(), "n" | "not sure" | "unsure")
    {
        return Ok(Answer::option(*unsure));
    }
    line.parse().map(Answer::Number).map_err(|_| not_understood(line, "a whole number, such as 4"))
}

fn parse_rows(prompt: &Prompt<'_>, line: &str) -> Result<Answer, String> {
    parse_indices(line, prompt.rows.len()).map(|indices| Answer::Options(prompt.rows_at(indices)))
}

/// The places of the rows whose numbers a line names, in order, each once.
fn parse_indices(line: &str, rows: usize) -> Result<Vec<usize>, String> {
    let mut indices = BTreeSet::new();
    for word in line.split(|letter: char| letter == ',' || letter == ';' || letter.is_whitespace()) {
        if word.is_empty() {
            continue;
        }
        let number: usize = word.parse().map_err(|_| not_understood(line, "the number in front of an answer"))?;
        if !(1..=rows).contains(&number) {
            return Err(format!("There is no answer {number} here; they go from 1 to {rows}."));
        }
        indices.insert(number - 1);
    }
    if indices.is_empty() {
        return Err(not_understood(line, "the number in front of an answer"));
    }
    Ok(indices.into_iter().collect())
}

fn not_understood(line: &str, wanted: &str) -> String {
    if line.is_empty() {
        return format!("Please type {wanted}.");
    }
    let shown: String = clean(line).chars().take(40).collect();
    format!("\"{shown}\" was not understood. Please type {wanted}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OptionIx, OptionSet, Position, Range};

    fn prompt(way: Way<'_>) -> Prompt<'_> {
        Prompt {
            section: Some("The problem"),
            ask: "Where?",
            way,
            rows: vec![(OptionIx::new(0), "Knee"), (OptionIx::new(2), "Hip")],
            none: None,
            current: None,
            unseen: OptionSet::EMPTY,
            offered_is_known: true,
            taken_up: false,
            unfit: None,
            may_follow: 3,
            can_go_back: true,
        }
    }

    fn reply(way: Way<'_>, lines: &str) -> (Result<Reply, Stop>, String) {
        let mut output = Vec::new();
        let reply = Plain::new(lines.as_bytes(), &mut output, 60).ask(&prompt(way));
        (reply, String::from_utf8(output).unwrap())
    }

    #[test]
    fn rows_are_numbered_as_shown_not_as_in_the_file() {
        let (got, screen) = reply(Way::One, "2\n");
        assert_eq!(got.unwrap(), Reply::Answer(Answer::option(OptionIx::new(2))));
        assert!(screen.contains("  2. Hip"), "{screen}");
    }

    #[test]
    fn several_rows_by_commas_or_spaces() {
        for line in ["1,2\n", "1 2\n", " 2 ; 1 \n"] {
            let Reply::Answer(Answer::Options(chosen)) = reply(Way::Many, line).0.unwrap() else {
                panic!("no answer");
            };
            assert_eq!(chosen.len(), 2);
        }
    }

    #[test]
    fn what_is_not_understood_is_asked_again() {
        let (got, screen) = reply(Way::One, "knee\n9\n1\n");
        assert_eq!(got.unwrap(), Reply::Answer(Answer::option(OptionIx::new(0))));
        assert!(screen.contains("\"knee\" was not understood"), "{screen}");
        assert!(screen.contains("There is no answer 9 here"), "{screen}");
    }

    #[test]
    fn a_number_or_not_sure() {
        let range = Range { min: 0, max: 10, low: Some("no pain".to_owned()), high: Some("worst".to_owned()) };
        let (got, screen) = reply(Way::Number(&range), "4\n");
        assert_eq!(got.unwrap(), Reply::Answer(Answer::Number(4)));
        assert!(screen.contains("0 (no pain) to 10"), "{screen}");
        assert_eq!(reply(Way::Number(&range), "n\n").0.unwrap(), Reply::Answer(Answer::option(OptionIx::new(0))));
    }

    #[test]
    fn back_why_leave_and_the_end() {
        assert_eq!(reply(Way::One, "b\n").0.unwrap(), Reply::Back);
        assert_eq!(reply(Way::One, "?\n").0.unwrap(), Reply::Why);
        assert_eq!(reply(Way::One, "Q\n").0.unwrap(), Reply::Quit);
        assert!(matches!(reply(Way::One, "").0, Err(Stop::EndOfInput)));
    }

    fn picked<T>(
        lines: &str,
        pick: impl Fn(&mut dyn Prompter, &str, &[String]) -> Result<Option<T>, Stop>,
    ) -> (Result<Option<T>, Stop>, String) {
        let rows = ["Knee".to_owned(), "Hip".to_owned(), "Nothing".to_owned()];
        let mut output = Vec::new();
        let picked = pick(&mut Plain::new(lines.as_bytes(), &mut output, 60), "What now?", &rows);
        (picked, String::from_utf8(output).unwrap())
    }

    #[test]
    fn one_of_some_rows() {
        let choose =
            |prompter: &mut dyn Prompter, heading: &str, rows: &[String]| prompter.choose(heading, rows, Out::Leave);
        let (row, screen) = picked("knee\n4\n1,2\n2 2\n", choose);
        assert_eq!(row.unwrap(), Some(1));
        assert_eq!(
            screen,
            "
What now?
  1. Knee
  2. Hip
  3. Nothing
Type one number. q: leave.
> \"knee\" was not understood. Please type the number in front
of an answer.
> There is no answer 4 here; they go from 1 to 3.
> Please choose one answer.
> "
        );
        assert_eq!(picked("Q\n", choose).0.unwrap(), None);
        assert!(matches!(picked("", choose).0, Err(Stop::EndOfInput)));
        assert!(picked("b\n1\n", choose).1.contains("\"b\" was not understood"));
    }

    #[test]
    fn what_leads_back_says_so() {
        let choose =
            |prompter: &mut dyn Prompter, heading: &str, rows: &[String]| prompter.choose(heading, rows, Out::Back);
        for line in ["b\n", "q\n"] {
            let (row, screen) = picked(line, choose);
            assert_eq!(row.unwrap(), None);
            assert!(screen.contains("Type one number. b: back."), "{screen}");
        }
    }

    #[test]
    fn some_of_some_rows() {
        let tick = |prompter: &mut dyn Prompter, heading: &str, rows: &[String]| prompter.tick(heading, rows);
        let (rows, screen) = picked("\n0\n3,1,3\n", tick);
        assert_eq!(rows.unwrap(), Some(vec![0, 2]));
        assert!(screen.contains("Type the numbers of all that fit, such as 1,3. q: leave.\n> Please type"), "{screen}");
        assert_eq!(picked("quit\n", tick).0.unwrap(), None);
        assert!(matches!(picked("", tick).0, Err(Stop::EndOfInput)));
    }

    #[test]
    fn control_characters_are_never_echoed() {
        let (_, screen) = reply(Way::One, "\u{1b}[31m\n1\n");
        assert!(!screen.contains('\u{1b}'), "{screen}");
    }
}
