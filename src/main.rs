//! A doorbell: everything happens in [`carepath::cli::run`].

use std::process::ExitCode;

fn main() -> ExitCode {
    carepath::cli::run(std::env::args_os()).into()
}
