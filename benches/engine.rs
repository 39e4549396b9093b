//! How fast the engine is with the built-in rules. The aims and the last figures stand in `docs/performance.md`.

#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, reason = "no part of the library")]

#[path = "support/people.rs"]
mod people;

use std::hint::black_box;

use carepath::answers::Answers;
use carepath::builtin;
use carepath::decide::{decide, outcome};
use carepath::interview::Interview;
use carepath::model::{Level, RuleSet};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};

use people::{Dice, complete_answers, half_of};

/// So many made-up people a group.
const PEOPLE: usize = 64;
/// More draws than are needed to find them, however rare a level is.
const MOST_DRAWS: usize = 200_000;

fn rules() -> RuleSet {
    builtin::rules().expect("the built-in rules are in order").rules
}

/// People whose outcome is of this level and, below `urgent`, has a plan.
fn people_of(rules: &RuleSet, level: Level) -> Vec<Answers> {
    let mut dice = Dice::new(1);
    let draws = (0..MOST_DRAWS).map(|_| complete_answers(rules, &mut dice));
    let fits = |answers: &Answers| outcome(rules, answers).is_some_and(|got| got.level == level && !got.otherwise);
    draws.filter(fits).take(PEOPLE).collect()
}

fn as_they_come(rules: &RuleSet) -> Vec<Answers> {
    let mut dice = Dice::new(2);
    (0..PEOPLE).map(|_| complete_answers(rules, &mut dice)).collect()
}

/// The time for all of `people`, shown as people a second.
fn for_each(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, people: &[Answers], run: impl Fn(&Answers)) {
    if people.is_empty() {
        return;
    }
    group.throughput(Throughput::Elements(people.len() as u64));
    group.bench_function(name, |bench| bench.iter(|| people.iter().for_each(&run)));
}

fn load(criterion: &mut Criterion) {
    criterion.bench_function("load the built-in rules", |bench| bench.iter(rules));
}

fn decisions(criterion: &mut Criterion) {
    let rules = rules();
    let levels = [Level::None, Level::Caution, Level::Clearance, Level::Physician, Level::Urgent, Level::Emergency];
    let mut group = criterion.benchmark_group("outcome of complete answers");
    for_each(&mut group, "as they come", &as_they_come(&rules), |answers| drop(black_box(outcome(&rules, answers))));
    for level in levels {
        for_each(&mut group, level.name(), &people_of(&rules, level), |answers| {
            drop(black_box(outcome(&rules, answers)));
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("decision with evidence");
    for_each(&mut group, "as they come", &as_they_come(&rules), |answers| drop(black_box(decide(&rules, answers))));
    group.finish();
}

fn next_question(criterion: &mut Criterion) {
    let rules = rules();
    let mut dice = Dice::new(3);
    let half: Vec<Answers> = as_they_come(&rules).iter().map(|answers| half_of(&rules, answers, &mut dice)).collect();
    let mut group = criterion.benchmark_group("next question");
    for_each(&mut group, "half answered", &half, |answers| {
        black_box(Interview::new(&rules, answers.clone()).step());
    });
    for_each(&mut group, "the first", &[Answers::new(&rules)], |answers| {
        black_box(Interview::new(&rules, answers.clone()).step());
    });
    group.finish();
}

criterion_group!(benches, load, decisions, next_question);
criterion_main!(benches);
