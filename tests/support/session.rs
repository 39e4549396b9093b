//! A person at a terminal: the program behind a pseudo-terminal, keys in, a screen out. Reads as a specification:
//!
//! ```text
//! let mut person = Session::start(&[], (60, 24));
//! person.sees("Where does it hurt?").keys("down enter").sees("Is any of this true as well?");
//! ```
//!
//! Nothing here waits for a fixed time. A key is pressed once the program waits for one, which shows in the mode of the
//! terminal; a text is looked for until it is there, or until a deadline that only a broken program meets.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::program::{NO_SETTINGS, PROGRAM, RULES, flat};

/// Longer than any answer takes, even on a machine that is busy with other things.
const DEADLINE: Duration = Duration::from_secs(20);
/// How often the mode of the terminal, which announces no changes, is looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// A run of the program that a person sits in front of.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    /// The mode of the terminal while nobody reads single keys.
    line_mode: String,
}

/// What the terminal has shown so far.
struct Seen {
    terminal: vt100::Parser,
    bytes: Vec<u8>,
    over: bool,
}

/// How a session is started.
pub(crate) struct Start {
    command: CommandBuilder,
    columns: u16,
    rows: u16,
}

impl Start {
    /// With these arguments and the rule set of the tests, on a terminal of so many columns and rows.
    pub(crate) fn new<S: AsRef<OsStr>>(args: &[S], (columns, rows): (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(args);
        command.args(["--rules", &format!("{}/{RULES}", env!("CARGO_MANIFEST_DIR"))]);
        Self::of(command, (columns, rows))
    }

    /// With other rules.
    pub(crate) fn with_rules(rules: &Path, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg("--rules");
        command.arg(rules);
        Self::of(command, size)
    }

    /// With the result going to a file: `carepath … > file`.
    pub(crate) fn redirected<S: AsRef<OsStr>>(args: &[S], file: &Path, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", r#"file=$1; shift; exec "$@" > "$file""#, "sh"]);
        command.arg(file);
        command.args([PROGRAM, "--rules", RULES]);
        command.args(args);
        Self::of(command, size)
    }

    fn of(mut command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env("XDG_CONFIG_HOME", NO_SETTINGS);
        for unwanted in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(unwanted);
        }
        Self { command, columns, rows }
    }

    /// In an environment with `name` set.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// In this folder, where relative names of files lead.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.cwd(folder);
        self
    }

    /// Begins.
    pub(crate) fn go(self) -> Session {
        let size = PtySize { rows: self.rows, cols: self.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let line_mode = mode(pair.master.as_ref());
        let mut output = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let child = pair.slave.spawn_command(self.command).expect("the program starts");
        // Or the output would never end.
        drop(pair.slave);
        let terminal = vt100::Parser::new(self.rows, self.columns, 0);
        let seen = Arc::new((Mutex::new(Seen { terminal, bytes: Vec::new(), over: false }), Condvar::new()));
        let told = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                // The end of a pseudo-terminal is an error on some systems.
                let read = output.read(&mut buffer).unwrap_or(0);
                let (lock, changed) = &*told;
                let mut seen = lock.lock().expect("no panic while locked");
                let news = buffer.get(..read).unwrap_or_default();
                seen.terminal.process(news);
                seen.bytes.extend_from_slice(news);
                seen.over = read == 0;
                changed.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Session { child, master: pair.master, keyboard, seen, line_mode }
    }
}

/// What tells a terminal that reads lines from one that reads keys.
fn mode(master: &(dyn MasterPty + Send)) -> String {
    master.get_termios().map_or_else(String::new, |modes| format!("{:?}", modes.local_flags))
}

impl Session {
    /// With these arguments, the rule set of the tests and a terminal of so many columns and rows.
    pub(crate) fn start<S: AsRef<OsStr>>(args: &[S], size: (u16, u16)) -> Self {
        Start::new(args, size).go()
    }

    /// Waits until the screen shows these words, however they are wrapped.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) -> &mut Self {
        let shown = self.wait(|seen, _| flat(&seen.terminal.screen().contents()).contains(&flat(words)));
        assert!(shown, "not on the screen: {words}\n{}", self.picture());
        self
    }

    /// Waits until the whole screen, but for what stands above the first line of `text`, is `text`.
    #[track_caller]
    pub(crate) fn sees_below(&mut self, text: &str) -> &mut Self {
        let wanted = trimmed(text);
        let first = wanted.lines().next().unwrap_or_default().to_owned();
        let below = |seen: &Seen| {
            let screen = trimmed(&seen.terminal.screen().contents());
            // The last one that begins so: an earlier question may have had the same heading.
            screen.rfind(&format!("\n{first}\n")).map_or(screen.clone(), |at| screen[at + 1..].to_owned())
        };
        let shown = self.wait(|seen, _| below(seen) == wanted);
        assert!(shown, "expected below:\n{wanted}\n{}", self.picture());
        self
    }

    /// The screen does not show these words, now that the program waits.
    #[track_caller]
    pub(crate) fn sees_no(&mut self, words: &str) -> &mut Self {
        self.settle();
        let screen = flat(&self.screen());
        assert!(!screen.contains(&flat(words)), "on the screen: {words}\n{}", self.picture());
        self
    }

    /// Presses keys by name (`up`, `down`, `left`, `right`, `space`, `enter`, `esc`, `backspace`, `ctrl-c`) or letter,
    /// each once the program waits for it, and waits for what comes of the last.
    #[track_caller]
    pub(crate) fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.settle();
            let before = self.lock().bytes.len();
            let key = match name {
                "up" => "\x1b[A",
                "down" => "\x1b[B",
                "right" => "\x1b[C",
                "left" => "\x1b[D",
                "space" => " ",
                "enter" => "\r",
                "esc" => "\x1b",
                "backspace" => "\x7f",
                "ctrl-c" => "\x03",
                letter => letter,
            };
            self.send(key);
            let answered = self.wait(|seen, reads_keys| seen.bytes.len() > before && reads_keys || seen.over);
            assert!(answered, "nothing came of {name}\n{}", self.picture());
        }
        self
    }

    /// Types a line where lines are read.
    #[track_caller]
    pub(crate) fn line(&mut self, text: &str) -> &mut Self {
        self.send(&format!("{text}\r"));
        self
    }

    /// The text on the screen.
    pub(crate) fn screen(&self) -> String {
        trimmed(&self.lock().terminal.screen().contents())
    }

    /// Everything written so far, colours and all.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.lock().bytes).into_owned()
    }

    /// Whether the cursor is shown.
    pub(crate) fn cursor_visible(&self) -> bool {
        !self.lock().terminal.screen().hide_cursor()
    }

    /// Whether the terminal reads lines and shows what is typed, as a shell wants it.
    pub(crate) fn reads_lines(&self) -> bool {
        mode(self.master.as_ref()) == self.line_mode
    }

    /// Waits for the end.
    #[track_caller]
    pub(crate) fn exit_code(&mut self) -> u32 {
        assert!(self.wait(|seen, _| seen.over), "it does not end\n{}", self.picture());
        self.child.wait().expect("an exit code").exit_code()
    }

    #[track_caller]
    fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).expect("it still listens");
    }

    /// Waits until the program reads keys, and all that it wrote before was seen.
    #[track_caller]
    fn settle(&self) {
        let mut length = usize::MAX;
        let settled = self.wait(|seen, reads_keys| {
            let quiet = seen.bytes.len() == length;
            length = seen.bytes.len();
            reads_keys && quiet || seen.over
        });
        assert!(settled, "it does not wait for a key\n{}", self.picture());
    }

    /// Waits until something is so: given what was seen, and whether the program reads keys. False if it never is.
    fn wait(&self, mut is_so: impl FnMut(&Seen, bool) -> bool) -> bool {
        let end = Instant::now() + DEADLINE;
        let (lock, changed) = &*self.seen;
        let mut seen = lock.lock().expect("no panic while locked");
        while Instant::now() < end {
            if is_so(&seen, !self.reads_lines()) {
                return true;
            }
            if seen.over {
                // Nothing more will come.
                return is_so(&seen, false);
            }
            seen = changed.wait_timeout(seen, GLANCE).expect("no panic while locked").0;
        }
        false
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().expect("no panic while locked")
    }

    fn picture(&self) -> String {
        format!("--- screen:\n{}\n--- end of the screen", self.screen())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A test that failed half way leaves nobody waiting for keys. One that ended has nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Without blanks at the ends of lines, and without empty lines at both ends.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Where a test keeps answers: a folder of its own and a file in it that is not there yet.
pub(crate) fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("me.yaml");
    (folder, file)
}
