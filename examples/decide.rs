//! A decision from a rule set and answers, with the library alone.
//!
//! Run it with `cargo run --example decide`.

#![allow(clippy::print_stdout, reason = "an example shows something")]

use carepath::answers::{Answer, Answers};
use carepath::builtin;
use carepath::decide::{Verdict, decide};
use carepath::interview::{Interview, Step};

fn main() {
    let Ok(loaded) = builtin::rules() else {
        return;
    };
    let rules = loaded.rules;

    // Answer every question with the last option that can be chosen: "none of these" and "not sure" stand there.
    let mut interview = Interview::new(&rules, Answers::new(&rules));
    while let Step::Ask(ask) = interview.step() {
        let question = &rules.questions()[ask.question];
        let Some(option) = ask.choosable.iter().last() else {
            return;
        };
        println!("{} {}", question.ask, question.label(option));
        if interview.answer(ask.question, Answer::option(option)).is_err() {
            return;
        }
    }

    match decide(&rules, interview.answers()) {
        Verdict::Settled(decision) => {
            println!("level: {}", decision.outcome.level);
            for step in &decision.outcome.steps {
                let lead = &rules.professionals()[step.lead].name;
                println!("{}: {} with a {lead}", rules.phases()[step.phase].title, rules.services()[step.service].name);
            }
        }
        Verdict::Unsettled { level_at_least } => println!("at least {level_at_least}"),
    }
}
