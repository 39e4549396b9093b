//! Random rule sets held against an independent reading of the design.
//!
//! Rule sets are generated, loaded by the program from their text, and small enough that every complete set of answers
//! can be looked at. What fails is shown as the text of a smaller rule set that fails too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod account;
mod agreeing;
mod brute;
mod census;
mod chains;
mod cond_gen;
mod covered;
mod decisions;
mod diffs;
mod draws;
mod edits;
mod engine;
mod enough;
mod grown;
mod model;
mod mutants;
mod nearest;
mod oracle;
mod people;
mod promises;
mod proof;
mod quiz;
mod rule_gen;
mod rule_set;
mod sitting;
mod stakes;
mod verdicts;
mod watching;
mod what_if;
mod why_not;
mod yaml;

use proptest::test_runner::{Config, RngSeed};

/// The same cases every time, unless the environment asks for others: `PROPTEST_RNG_SEED`, `PROPTEST_CASES`.
fn cases(usual: u32) -> Config {
    let asked = Config::default();
    Config {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { usual },
        rng_seed: match asked.rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            chosen @ RngSeed::Fixed(_) => chosen,
        },
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..asked
    }
}
