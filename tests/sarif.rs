//! `carepath check --format sarif` keeps to the schema of SARIF 2.1.0, and says in it what it says elsewhere.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says so by panicking")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use program::{Carepath, Ended, file, read};
use serde_json::Value;

/// The schema, ready to check documents.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new() -> Self {
        let text = read("tests/sarif/sarif-schema-2.1.0.json");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("sarif.json", schema).expect("a schema");
        let mut schemas = Schemas::new();
        let index = compiler.compile("sarif.json", &mut schemas).expect("a schema");
        Self { schemas, index }
    }

    /// The document that a run wrote, which keeps to the schema.
    #[track_caller]
    fn document(&self, ended: &Ended) -> Value {
        let document: Value = serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}\n{ended}"));
        if let Err(error) = self.schemas.validate(&document, self.index) {
            panic!("{error}\n{ended}");
        }
        document
    }
}

fn check(rules: &Path) -> Ended {
    Carepath::bare(["check", "--format", "sarif", "--rules"]).arg(rules).run()
}

/// The rule sets of `tests/diagnostics/`.
fn broken_rules() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/diagnostics").expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        path.is_dir() || (name.ends_with(".yaml") && !name.ends_with(".answers.yaml"))
    });
    paths.sort();
    paths
}

#[test]
fn the_schema_notices_what_is_wrong() {
    let schema = Schema::new();
    let wrong: Value = serde_json::json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"nam": "carepath"}}}]});
    assert!(schema.schemas.validate(&wrong, schema.index).is_err());
}

#[test]
fn every_kind_of_fault_keeps_to_the_schema() {
    let schema = Schema::new();
    let mut codes = std::collections::BTreeSet::new();
    for path in broken_rules() {
        let document = schema.document(&check(&path));
        for result in document["runs"][0]["results"].as_array().expect("results") {
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("a place");
            let rule = &document["runs"][0]["tool"]["driver"]["rules"][index];
            assert_eq!(rule["id"], result["ruleId"]);
            assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
            assert!(rule["help"]["text"].as_str().expect("a text").contains("To mend it: "), "{rule}");
            codes.insert(result["ruleId"].as_str().expect("a text").to_owned());
        }
    }
    assert!(codes.len() > 50, "only {} codes were seen", codes.len());
}

#[test]
fn a_result_says_what_the_text_says() {
    let ended = check(Path::new("tests/diagnostics/tick-lowers-level.yaml")).code(1).no_err();
    let document = Schema::new().document(&ended);
    let run = &document["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "carepath");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "tick-lowers-level");
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "tests/diagnostics/tick-lowers-level.yaml");
    let region = serde_json::json!({"startLine": 23, "startColumn": 9, "endLine": 23, "endColumn": 14});
    assert_eq!(place["region"], region);
    let text = result["message"]["text"].as_str().expect("a text");
    assert!(
        text.starts_with("ticking `fever` in `signs` can lower the level\nanswers: signs: [fever, chest]"),
        "{text}"
    );
}

#[test]
fn no_fault_is_no_result() {
    let document = Schema::new().document(&Carepath::new(["check", "--format", "sarif"]).run().code(0).no_err());
    assert_eq!(document["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn what_is_undecided_is_a_note() {
    let ended = Carepath::bare(["check", "--format", "sarif", "--timeout", "0.000001"]).run().code(4);
    let document = Schema::new().document(&ended);
    let results = document["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() > 100 && results.iter().all(|result| result["level"] == "note"), "{ended}");
}

#[test]
fn a_fault_is_known_again_after_lines_were_added_above() {
    let fingerprints = |text: &str| -> Vec<Value> {
        let (_folder, rules) = file("rules.yaml", text);
        let document = Schema::new().document(&check(&rules));
        let results = document["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let text = read("tests/diagnostics/redundant-rule.together.yaml").replace("    source: rice-2019\n", "");
    let before = fingerprints(&text);
    let after = fingerprints(&format!("# A line.\n\n{text}"));
    assert!(before.len() > 3, "{before:?}");
    assert_eq!(before, after);
    let different: std::collections::BTreeSet<String> = before.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), before.len(), "each has its own");
}

#[test]
fn names_of_files_become_references() {
    let (_folder, rules) = file("knee rules é.yaml", &read("tests/diagnostics/unreachable-phase.yaml"));
    let document = Schema::new().document(&check(&rules));
    let uri = &document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let uri = uri.as_str().expect("a text");
    assert!(uri.starts_with("file:///") && uri.ends_with("/knee%20rules%20%C3%A9.yaml"), "{uri}");
}
