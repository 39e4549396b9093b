//! Runs the program as a shell would, and says what came of it. Reads as a specification:
//!
//! ```text
//! Carepath::new(["decide", "me.yaml"]).run().code(0).out("See a physical therapist.").no_err();
//! ```

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::ffi::OsStr;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_carepath");
/// The rule set of these tests; it does not change when the built-in one does.
pub(crate) const RULES: &str = "tests/rules/small";

/// A folder for settings in which there are none: no test reads those of whoever runs it.
pub(crate) const NO_SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules");

/// The program without arguments, as every test starts it.
pub(crate) fn command() -> Command {
    let mut command = Command::new(PROGRAM);
    command.env("XDG_CONFIG_HOME", NO_SETTINGS);
    command
}

/// A run to come.
pub(crate) struct Carepath {
    command: Command,
    input: Vec<u8>,
}

impl Carepath {
    /// With these arguments, the rule set of the tests, pages 60 columns wide and nothing to read.
    pub(crate) fn new<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Self {
        let mut with_rules = Self::bare(args);
        with_rules.command.args(["--rules", RULES]);
        with_rules
    }

    /// With these arguments and nothing else.
    pub(crate) fn bare<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Self {
        let mut command = command();
        command.args(args).env("COLUMNS", "60").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        Self { command, input: Vec::new() }
    }

    /// With lines to read.
    pub(crate) fn input(mut self, lines: &str) -> Self {
        self.input = lines.as_bytes().to_vec();
        self
    }

    /// In an environment with `name` set.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With one more argument.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Runs it to its end.
    #[track_caller]
    pub(crate) fn run(mut self) -> Ended {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // Input is small enough for a pipe to take it at once; a program that reads none of it closes the pipe.
        if let Err(error) = child.stdin.take().expect("a pipe").write_all(&self.input) {
            assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
        }
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A run that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ended {
    /// It ended with this exit code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "exit code\n{self}");
        self
    }

    /// The result holds these words, however they are wrapped.
    #[track_caller]
    pub(crate) fn out(self, words: &str) -> Self {
        assert!(flat(&self.out).contains(&flat(words)), "not in the result: {words}\n{self}");
        self
    }

    /// The result does not hold these words.
    #[track_caller]
    pub(crate) fn out_lacks(self, words: &str) -> Self {
        assert!(!flat(&self.out).contains(&flat(words)), "in the result: {words}\n{self}");
        self
    }

    /// The messages hold these words, however they are wrapped.
    #[track_caller]
    pub(crate) fn err(self, words: &str) -> Self {
        assert!(flat(&self.err).contains(&flat(words)), "not in the messages: {words}\n{self}");
        self
    }

    /// The messages do not hold these words.
    #[track_caller]
    pub(crate) fn err_lacks(self, words: &str) -> Self {
        assert!(!flat(&self.err).contains(&flat(words)), "in the messages: {words}\n{self}");
        self
    }

    /// The whole result is this.
    #[track_caller]
    pub(crate) fn out_is(self, text: &str) -> Self {
        assert!(self.out == text, "expected result:\n{text}\n{self}");
        self
    }

    /// The messages are these, and nothing else.
    #[track_caller]
    pub(crate) fn err_is(self, text: &str) -> Self {
        assert!(self.err == text, "expected messages:\n{text}\n{self}");
        self
    }

    /// Nothing was said beside the result.
    #[track_caller]
    pub(crate) fn no_err(self) -> Self {
        self.err_is("")
    }

    /// No result was written.
    #[track_caller]
    pub(crate) fn no_out(self) -> Self {
        self.out_is("")
    }

    /// The result as JSON: one object a line.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}\n{self}")))
            .collect()
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "--- exit code: {:?}\n--- result:\n{}\n--- messages:\n{}", self.code, self.out, self.err)
    }
}

/// Text in which every run of blanks and line ends is one blank.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A file with this text in a folder of its own, which is removed with the returned value.
pub(crate) fn file(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file");
    (folder, path)
}

/// What stands in a file.
#[track_caller]
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
