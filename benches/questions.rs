//! How many questions people are asked: `cargo bench --bench questions`.
//!
//! For each built-in case the number of questions in file order without looking at what matters, in file order with it, and
//! in the quick order; then the same for everybody under the rules of the first example, beside the best order there is.

#![allow(missing_docs, clippy::print_stdout, clippy::expect_used, clippy::panic, reason = "no part of the library")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use carepath::answers::{Answer, Answers, read_answers};
use carepath::builtin;
use carepath::decide::{Situation, Verdict, decide};
use carepath::interview::{Interview, Order, Step};
use carepath::load::load_texts;
use carepath::model::{Kind, Question, QuestionIx, Role, RuleSet};
use carepath::prove::Prover;
use carepath::source::Texts;

thread_local! {
    /// How long each question took to be found, by order.
    static WAITS: RefCell<BTreeMap<u8, Vec<Duration>>> = const { RefCell::new(BTreeMap::new()) };
}

const FIRST_RULES: &str = include_str!("../examples/first-rules/rules.yaml");

fn main() {
    // Run with the tests, as all benchmarks are, there is nothing to look at.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let rules = builtin::rules().unwrap_or_else(|_| panic!("the built-in rules load")).rules;
    let mut texts = Texts::default();
    let cases = builtin::add_cases(&mut texts);
    println!("| case | without relevance | exact | quick |\n| --- | --- | --- | --- |");
    let mut sums = [0usize; 3];
    for case in &cases {
        let answers = read_answers(&rules, &texts, *case).expect("the built-in cases are read").answers;
        let person = completed(&rules, &answers);
        let counts = counts(&rules, &person);
        let name = texts.get(*case).map_or("", |file| file.name.as_str());
        let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".yaml");
        println!("| {name} | {} | {} | {} |", counts[0], counts[1], counts[2]);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let mean =
        |sum: usize, of: usize| f64::from(u32::try_from(sum).unwrap_or(0)) / f64::from(u32::try_from(of).unwrap_or(1));
    println!(
        "| **mean of {}** | {:.1} | {:.1} | {:.1} |",
        cases.len(),
        mean(sums[0], cases.len()),
        mean(sums[1], cases.len()),
        mean(sums[2], cases.len())
    );
    println!("\n{} questions in the rule set", rules.questions().len());

    for (name, order) in [("file order", Order::File), ("quick", Order::Quick)] {
        let mut waits = WAITS.with_borrow_mut(|waits| waits.remove(&(order as u8)).unwrap_or_default());
        waits.sort_unstable();
        let (middle, worst) = (waits.get(waits.len() / 2), waits.last());
        println!("{name}: {} waits for what comes next, middle {middle:?}, worst {worst:?}", waits.len());
    }

    let mut texts = Texts::default();
    let file = texts.add("rules.yaml", FIRST_RULES);
    let rules = load_texts(texts, &[file]).unwrap_or_else(|_| panic!("the example loads")).rules;
    let mut prover = Prover::new(&rules);
    let people = prover.examples(100_000);
    let mut sums = [0usize; 3];
    for person in &people {
        for (sum, count) in sums.iter_mut().zip(counts(&rules, person)) {
            *sum += count;
        }
    }
    let best = best(&rules, &mut prover, &people, &Answers::new(&rules));
    println!(
        "\nFirst rules, {} questions, mean over {} kinds of people that the rules tell apart:",
        rules.questions().len(),
        people.len()
    );
    println!(
        "without relevance {:.2}, exact {:.2}, quick {:.2}, best {:.2}",
        mean(sums[0], people.len()),
        mean(sums[1], people.len()),
        mean(sums[2], people.len()),
        mean(best, people.len())
    );
}

fn counts(rules: &RuleSet, person: &Answers) -> [usize; 3] {
    [in_file_order(rules, person), asked(rules, person, Order::File), asked(rules, person, Order::Quick)]
}

/// Every question that applies is asked until the outcome is settled.
fn in_file_order(rules: &RuleSet, person: &Answers) -> usize {
    let mut said = Answers::new(rules);
    let mut count = 0;
    for question in rules.questions().positions() {
        if matches!(decide(rules, &said), Verdict::Settled(_)) {
            break;
        }
        if let Some(answer) = person.get(question) {
            said.set(rules, question, answer).expect("it fits");
            count += 1;
        }
    }
    count
}

fn asked(rules: &RuleSet, person: &Answers, order: Order) -> usize {
    let mut interview = Interview::in_order(rules, Answers::new(rules), order);
    let mut count = 0;
    loop {
        let begun = Instant::now();
        let step = interview.step();
        WAITS.with_borrow_mut(|waits| waits.entry(order as u8).or_default().push(begun.elapsed()));
        let Step::Ask(ask) = step else {
            return count;
        };
        let answer = person.get(ask.question).expect("what is asked applies");
        interview.answer(ask.question, answer).expect("it fits");
        count += 1;
    }
}

/// The least number of questions in all that these people can be asked by any order, whatever was said before.
fn best(rules: &RuleSet, prover: &mut Prover<'_>, people: &[Answers], said: &Answers) -> usize {
    if matches!(prover.decide(said), Verdict::Settled(_)) {
        return 0;
    }
    let open =
        rules.questions().positions().filter(|question| Situation::new(rules, said).standing(*question).is_open());
    let cost = |question: QuestionIx| {
        let mut by_answer: BTreeMap<String, (Answer, Vec<Answers>)> = BTreeMap::new();
        for person in people {
            let answer = person.get(question).expect("an open question applies");
            by_answer.entry(format!("{answer:?}")).or_insert_with(|| (answer, Vec::new())).1.push(person.clone());
        }
        let after = by_answer.into_values().map(|(answer, people)| {
            let mut said = said.clone();
            said.set(rules, question, answer).expect("it fits");
            best(rules, prover, &people, &said)
        });
        people.len() + after.sum::<usize>()
    };
    open.map(cost).min().unwrap_or(0)
}

/// The answers of a case, and the quietest one to whatever else applies.
fn completed(rules: &RuleSet, answers: &Answers) -> Answers {
    let mut complete = answers.clone();
    for (position, question) in rules.questions().iter() {
        let situation = Situation::new(rules, &complete);
        if situation.standing(position).is_open() {
            let quiet = quietest(question, situation.choosable(position).iter().last().map(Answer::option));
            complete.set(rules, position, quiet).expect("it fits");
        } else if situation.standing(position).applies != carepath::decide::Truth::Yes {
            complete.clear(position);
        }
    }
    complete
}

fn quietest(question: &Question, last: Option<Answer>) -> Answer {
    match (&question.kind, question.option_with(Role::NoneOfThese)) {
        (Kind::Number(range), _) => Answer::Number(range.min.max(30.min(range.max))),
        (_, Some(none)) => Answer::option(none),
        _ => last.expect("there is something to choose"),
    }
}
