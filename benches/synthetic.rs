//! Writes a made-up rule set, to look at or to run the program on. Questions, rules and seed, in this order:
//! `cargo bench --bench synthetic -- 40 300 1 > made-up.yaml`.

#![allow(missing_docs, clippy::indexing_slicing, reason = "no part of the library")]

#[path = "support/synthetic.rs"]
mod synthetic;

use std::env;
use std::io::{self, Write as _};

use synthetic::rule_set;

fn main() -> io::Result<()> {
    // What is no number comes from cargo. Without numbers this is one of all benchmarks, and has nothing to measure.
    let numbers: Vec<u32> = env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let &[questions, rules, seed] = numbers.as_slice() else {
        return Ok(());
    };
    io::stdout().write_all(rule_set(questions as usize, rules as usize, seed.into()).as_bytes())
}
