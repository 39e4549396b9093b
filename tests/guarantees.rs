//! Each guarantee of the built-in rules can fail: for each there is a slip of the pen that breaks it, and the proof finds
//! somebody for whom it is broken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use carepath::answers::{Answers, read_answers};
use carepath::check::{Report, check, check_guarantees};
use carepath::decide::{Decision, Verdict, decide};
use carepath::diagnostic::Code;
use carepath::load::load_texts;
use carepath::model::RuleSet;
use carepath::source::Texts;
use serde::Deserialize;

/// One line of the built-in rules, written wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// What it breaks.
    guarantee: String,
    file: String,
    /// The line as it stands there, once.
    line: String,
    becomes: String,
    /// Complete answers of somebody for whom the guarantee is broken then.
    answers: serde_json::Value,
}

fn path(inside: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn edits() -> Vec<Edit> {
    let text = fs::read_to_string(path("tests/guarantees/edits.yaml")).unwrap();
    serde_saphyr::from_str(&text).expect("tests/guarantees/edits.yaml is a list of edits")
}

/// The built-in rules as texts by name.
fn texts() -> BTreeMap<String, String> {
    let entries = fs::read_dir(path("rules")).unwrap().map(|entry| entry.unwrap().path());
    let yaml = entries.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    yaml.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn load(files: &BTreeMap<String, String>, what: &str) -> RuleSet {
    let mut texts = Texts::default();
    let files: Vec<_> = files.iter().map(|(name, text)| texts.add(name, text.as_str())).collect();
    match load_texts(texts, &files) {
        Ok(loaded) => loaded.rules,
        Err(rejected) => panic!("{what}: {:#?}", rejected.diagnostics),
    }
}

impl Edit {
    fn apply(&self, files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let (guarantee, line) = (&self.guarantee, &self.line);
        let text = files.get(&self.file).unwrap_or_else(|| panic!("{guarantee}: there is no `{}`", self.file));
        let count = text.lines().filter(|other| other == line).count();
        assert_eq!(count, 1, "{guarantee}: `{line}` stands {count} times in {}", self.file);
        assert_ne!(*line, self.becomes, "{guarantee}: the line stays as it is");
        let edited: Vec<&str> = text.lines().map(|other| if other == line { &self.becomes } else { other }).collect();
        let mut files = files.clone();
        files.insert(self.file.clone(), edited.join("\n") + "\n");
        files
    }

    fn answers(&self, rules: &RuleSet) -> Answers {
        let mut texts = Texts::default();
        let file = texts.add("answers.yaml", format!("format: 1\nanswers: {}\n", self.answers));
        let read = read_answers(rules, &texts, file).unwrap_or_else(|faults| panic!("{}: {faults:#?}", self.guarantee));
        assert!(read.misfits.is_empty(), "{}: {:?}", self.guarantee, read.misfits);
        read.answers
    }

    fn place(&self, rules: &RuleSet) -> usize {
        let mut ids = rules.guarantees().iter().map(|guarantee| guarantee.id.as_str());
        ids.position(|id| id == self.guarantee).unwrap_or_else(|| panic!("there is no guarantee `{}`", self.guarantee))
    }
}

fn decision(rules: &RuleSet, answers: &Answers, what: &str) -> Decision {
    match decide(rules, answers) {
        Verdict::Settled(decision) => {
            assert!(decision.evidence.ignored.is_empty(), "{what}: some of the answers do not apply");
            *decision
        }
        Verdict::Unsettled { .. } => panic!("{what}: the answers are not complete"),
    }
}

/// The guarantees that fail, each with the answers found.
fn failing(rules: &RuleSet, report: &Report) -> BTreeMap<String, Answers> {
    assert_eq!(report.undecided, []);
    let mut failing = BTreeMap::new();
    for fault in &report.faults {
        assert_eq!(fault.diagnostic.code, Code::GuaranteeFails, "{:?}", fault.diagnostic);
        let id = rules.texts().slice(fault.diagnostic.span).to_owned();
        let found = fault.counterexample.as_ref().expect("answers that break it");
        failing.insert(id, found.example.answers.clone());
    }
    failing
}

#[test]
fn the_built_in_rules_are_proved_without_a_fault() {
    let rules = load(&texts(), "the built-in rules");
    let begun = Instant::now();
    let report = check(&rules, None, &mut |_| ());
    println!("{} proved in {:?}, {} sets of answers", report.proved, begun.elapsed(), report.answer_sets);
    let faults: Vec<String> =
        report.faults.iter().map(|fault| format!("{}: {}", fault.diagnostic.code, fault.diagnostic.message)).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(report.undecided, []);
}

#[test]
fn each_guarantee_has_one_edit_that_breaks_it() {
    let rules = load(&texts(), "the built-in rules");
    let mut guarantees: Vec<&str> = rules.guarantees().iter().map(|guarantee| guarantee.id.as_str()).collect();
    let edits = edits();
    let mut edited: Vec<&str> = edits.iter().map(|edit| edit.guarantee.as_str()).collect();
    guarantees.sort_unstable();
    edited.sort_unstable();
    assert_eq!(edited, guarantees);
}

#[test]
fn the_proof_finds_each_edit() {
    let files = texts();
    let rules = load(&files, "the built-in rules");
    let edits = edits();
    // Reading the rules again for each edit takes longest.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let part = |edits| {
            let (rules, files) = (&rules, &files);
            scope.spawn(move || wrong_edits(edits, rules, files))
        };
        let parts: Vec<_> = edits.chunks(edits.len().div_ceil(threads)).map(part).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert_eq!(wrong, Vec::<String>::new());
}

/// What the proof does not find of these edits, or their answers do not show.
fn wrong_edits(edits: &[Edit], rules: &RuleSet, files: &BTreeMap<String, String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for edit in edits {
        let (what, place) = (&edit.guarantee, edit.place(rules));
        let keeps = |rules: &RuleSet, answers: &Answers| decision(rules, answers, what).keeps(rules, answers, place);
        let slipped = load(&edit.apply(files), what);
        let answers = edit.answers(rules);
        if !keeps(rules, &answers) {
            wrong.push(format!("{what}: the answers break it without the edit"));
        }
        if keeps(&slipped, &answers) {
            wrong.push(format!("{what}: the answers do not break it"));
        }
        match failing(&slipped, &check_guarantees(&slipped, None, &mut |_| ())).get(what) {
            Some(found) if !keeps(&slipped, found) => {}
            Some(found) => wrong.push(format!("{what}: what was found does not break it: {found:?}")),
            None => wrong.push(format!("{what}: it is proved in spite of the edit")),
        }
    }
    wrong
}
