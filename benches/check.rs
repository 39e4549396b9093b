//! How long proving a whole rule set takes. The aims and the last figures stand in `docs/performance.md`.

#![allow(missing_docs, clippy::panic, clippy::indexing_slicing, reason = "no part of the library")]

#[path = "support/synthetic.rs"]
mod synthetic;

use std::hint::black_box;
use std::time::Duration;

use carepath::builtin;
use carepath::check::check;
use carepath::load::load_texts;
use carepath::model::RuleSet;
use carepath::source::Texts;
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};

/// Questions and rules of the made-up rule sets.
const SIZES: [(usize, usize); 3] = [(40, 300), (30, 1000), (300, 1000)];
/// The same rule sets every time.
const SEED: u64 = 1;
/// As few as are allowed: the largest takes seconds.
const SAMPLES: usize = 10;

fn made_up(questions: usize, rules: usize) -> RuleSet {
    let mut texts = Texts::default();
    let file = texts.add("made-up.yaml", synthetic::rule_set(questions, rules, SEED));
    load_texts(texts, &[file]).unwrap_or_else(|_| panic!("made-up rules load")).rules
}

fn checks(criterion: &mut Criterion) {
    let builtin = builtin::rules().unwrap_or_else(|_| panic!("the built-in rules load")).rules;
    let made_up = SIZES.map(|(questions, rules)| (format!("{questions} x {rules}"), made_up(questions, rules)));
    let mut group = criterion.benchmark_group("check");
    group.sample_size(SAMPLES).sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(100));
    for (name, rules) in [("built-in".to_owned(), builtin)].into_iter().chain(made_up) {
        group.bench_function(&name, |bench| bench.iter(|| black_box(check(&rules, None, &mut |_| ()))));
    }
    group.finish();
}

criterion_group!(benches, checks);
criterion_main!(benches);
