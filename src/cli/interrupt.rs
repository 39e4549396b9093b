//! Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;

static HAPPENED: AtomicBool = AtomicBool::new(false);

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
    let _ = ctrlc::set_handler(|| std::process::exit(i32::from(Exit::Interrupted.code())));
}
