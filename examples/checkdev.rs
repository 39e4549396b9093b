#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
fn main() {
    let path = std::env::args().nth(1);
    let loaded = match &path {
        Some(path) => {
            let mut texts = carepath::source::Texts::default();
            let file = texts.add("x.yaml", std::fs::read_to_string(path).unwrap());
            carepath::load::load_texts(texts, &[file]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics))
        }
        None => carepath::builtin::rules().unwrap_or_else(|r| panic!("{:?}", r.diagnostics)),
    };
    let rules = &loaded.rules;
    let t = std::time::Instant::now();
    let mut last = (0usize, t);
    let report = carepath::check::check(rules, None, &mut |p| {
        let at = (p * 12.0 + 1e-9) as usize;
        if at != last.0 {
            eprintln!("{} took {:?}", last.0, last.1.elapsed());
            last = (at, std::time::Instant::now());
        }
    });
    eprintln!("{} took {:?}", last.0, last.1.elapsed());
    println!("total {:?}", t.elapsed());
    let mut by = std::collections::BTreeMap::new();
    for f in &report.faults {
        *by.entry(f.diagnostic.code.name()).or_insert(0) += 1;
    }
    println!("{by:?}");
    for f in report.faults.iter().take(if path.is_some() { 15 } else { 200 }) {
        println!("{}: {} | {}", f.diagnostic.code, f.diagnostic.message, f.diagnostic.help.as_deref().unwrap_or(""));
        if let Some(c) = &f.counterexample {
            let fl = |e: &carepath::check::Example| {
                format!(
                    "{} {:?}",
                    e.decision.outcome.level,
                    e.decision.evidence.flags.iter().map(|f| rules.flags()[*f].id.to_string()).collect::<Vec<_>>()
                )
            };
            println!("  got {}", fl(&c.example));
            if let Some(b) = &c.beside {
                println!("  beside {}", fl(b));
                println!(
                    "    {}",
                    carepath::answers::write_answers(rules, &b.answers)
                        .replace('\n', " | ")
                        .split("answers:")
                        .nth(1)
                        .unwrap()
                );
            }
            println!(
                "    {}",
                carepath::answers::write_answers(rules, &c.because)
                    .replace('\n', " | ")
                    .split("answers:")
                    .nth(1)
                    .unwrap()
            );
        }
    }
    println!("proved {} over {}, undecided {}", report.proved, report.answer_sets, report.undecided.len());
    println!("{:?}", report.latest_emergency.map(|l| (l.screen, rules.questions()[l.question].id.to_string())));
}
