//! How a run ends.

use std::process::ExitCode;

/// How a run ends; the greater of two is the one to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done. An emergency is a result, too.
    Done,
    /// 3: the answers do not settle the outcome; also after quitting and at the end of input.
    Unsettled,
    /// 4: a limit was reached before a proof was found.
    Undecided,
    /// 1: the run found what it looked for: a failing check or case.
    Findings,
    /// 2: wrong usage, unreadable or broken input, failing output.
    Broken,
    /// 130: interrupted with Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Broken => 2,
            Self::Unsettled => 3,
            Self::Undecided => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_the_documented_one_wins() {
        assert_eq!(Exit::Unsettled.max(Exit::Undecided).code(), 4);
        assert_eq!(Exit::Undecided.max(Exit::Findings).code(), 1);
        assert_eq!(Exit::Findings.max(Exit::Broken).code(), 2);
        assert_eq!(Exit::Done.max(Exit::Unsettled).code(), 3);
    }
}
