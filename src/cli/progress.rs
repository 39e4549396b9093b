//! How far long work has come, on a terminal.

use std::time::{Duration, Instant};

use console::Term;

/// A line on standard error that is rewritten in place. Nothing is shown where nobody watches, or where it would be gone
/// before it was read.
pub(super) struct Progress {
    /// Where it is shown; `None` off a terminal.
    terminal: Option<Term>,
    start: Instant,
    /// What is being done.
    doing: &'static str,
    /// The percentage on the screen.
    shown: Option<u32>,
}

/// What ends before that needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    /// Begins to wait for what is being done.
    pub(super) fn new(start: Instant, doing: &'static str) -> Self {
        let terminal = Some(Term::stderr()).filter(Term::is_term);
        Self { terminal, start, doing, shown: None }
    }

    /// Such a share of the work is done, from 0 to 1.
    pub(super) fn told(&mut self, share: f64) {
        let Some(terminal) = &self.terminal else {
            return;
        };
        let next = line(self.doing, share, self.start.elapsed());
        if let Some((percentage, line)) = next.filter(|(percentage, _)| self.shown != Some(*percentage)) {
            // A line that cannot be shown is no loss.
            let _ = terminal.clear_line().and_then(|()| terminal.write_str(&line));
            self.shown = Some(percentage);
        }
    }

    /// The work is done: the line goes.
    pub(super) fn done(&mut self) {
        if let (Some(terminal), Some(_)) = (&self.terminal, self.shown.take()) {
            let _ = terminal.clear_line();
        }
    }
}

/// What to show after so long, if anything: the percentage, and the line.
fn line(doing: &str, share: f64, elapsed: Duration) -> Option<(u32, String)> {
    if elapsed < PATIENCE {
        return None;
    }
    let percentage = (1..=100u32).take_while(|part| f64::from(*part) <= share * 100.0).last().unwrap_or(0);
    Some((percentage, format!("{doing} … {percentage} %")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_wait_shows_nothing() {
        assert_eq!(line("proving", 0.5, Duration::from_millis(999)), None);
    }

    #[test]
    fn a_long_one_shows_whole_percents() {
        let shown = |share| line("proving", share, Duration::from_secs(2)).map(|(_, line)| line);
        assert_eq!(shown(0.0).as_deref(), Some("proving … 0 %"));
        assert_eq!(shown(0.409).as_deref(), Some("proving … 40 %"));
        assert_eq!(shown(1.0).as_deref(), Some("proving … 100 %"));
    }
}
