//! Ctrl-C.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;
use super::streams::Streams;

static HAPPENED: AtomicBool = AtomicBool::new(false);
static LAST_WORDS: OnceLock<String> = OnceLock::new();

/// What is said when Ctrl-C ends the process at once. The first words stay.
pub(super) fn last_words(words: String) {
    let _ = LAST_WORDS.set(words);
}

/// Whether Ctrl-C was pressed.
pub(super) fn happened() -> bool {
    HAPPENED.load(Ordering::Relaxed)
}

/// Lets a menu end itself on Ctrl-C, so that it can give the cursor back: without a handler the process would be gone
/// first, and a handler that exits would race with the menu.
pub(super) fn note_only() {
    // A handler that is there already, from an earlier run in this process, does the same.
    let _ = ctrlc::set_handler(|| HAPPENED.store(true, Ordering::Relaxed));
}

/// Ends the process on Ctrl-C: a read of a line goes on after a signal, and there is no cursor to give back. Kept
/// answers are whole at every moment.
pub(super) fn exit_at_once() {
    let _ = ctrlc::set_handler(|| {
        // The terminal has written `^C` where the person was typing.
        Streams::message("\n");
        if let Some(words) = LAST_WORDS.get() {
            Streams::message(words);
        }
        std::process::exit(i32::from(Exit::Interrupted.code()))
    });
}
