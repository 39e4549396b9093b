//! Faults as SARIF 2.1.0 (OASIS), which code hosts show beside the lines they are about.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::check::{Checked, undecided_text};
use super::code_page::{code_page, description, markdown};
use super::counterexample::counterexample_lines;
use super::json::one_line;
use super::page::Page;
use super::place::file_name;
use crate::diagnostic::{Code, Severity};
use crate::source::{LineColumn, Span, Texts};

/// The faults, and what is undecided, as one document.
pub fn checked_sarif(checked: &Checked<'_>) -> String {
    let mut found: Vec<Found> = Vec::new();
    for told in &checked.faults {
        let diagnostic = told.diagnostic;
        let mut text = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("\nhelp: {help}"));
        }
        if let (Some(proved), Some(shown)) = (checked.proved, told.counterexample) {
            text.push_str(&counterexample_lines(proved.rules, diagnostic.code, shown));
        }
        found.push(Found {
            code: diagnostic.code,
            span: diagnostic.span,
            level: level(diagnostic.code),
            message: &diagnostic.message,
            text,
        });
    }
    for undecided in checked.undecided() {
        let text = undecided_text(undecided);
        let (code, span, message) = (undecided.code, undecided.span, undecided.what.as_str());
        found.push(Found { code, span, level: "note", message, text });
    }
    let codes: BTreeSet<Code> = found.iter().map(|found| found.code).collect();
    let mut seen = BTreeMap::new();
    let results = found.iter().map(|found| result(checked.texts, &codes, found, &mut seen)).collect();
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        rules: codes.iter().map(|code| rule(*code)).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    one_line(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }) + "\n"
}

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a result is made of.
struct Found<'a> {
    code: Code,
    span: Span,
    level: &'static str,
    /// What is wrong, without places and examples.
    message: &'a str,
    /// All that is said of it.
    text: String,
}

fn level(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn rule(code: Code) -> Rule {
    // As wide as pages are elsewhere; what shows it may wrap it again.
    let page = Page::new(80, false);
    Rule {
        id: code.name(),
        short_description: Text { text: code.meaning().to_owned() },
        full_description: Text { text: description(code) },
        help: Help { text: code_page(code, page), markdown: markdown(code) },
        default_configuration: Configuration { level: level(code) },
    }
}

fn result<'a>(
    texts: &'a Texts,
    codes: &BTreeSet<Code>,
    found: &Found<'a>,
    seen: &mut BTreeMap<u64, usize>,
) -> SarifResult<'a> {
    let range = found.span.range();
    let start = texts.line_column(found.span);
    let end = texts.line_column(Span::new(found.span.file(), range.end..range.end));
    let LineColumn { line: start_line, column: start_column } = start;
    let LineColumn { line: end_line, column: end_column } = end;
    let region = Region { start_line, start_column, end_line, end_column };
    let artifact_location = ArtifactLocation { uri: uri(file_name(texts, found.span)) };
    SarifResult {
        rule_id: found.code.name(),
        rule_index: codes.iter().position(|code| *code == found.code).unwrap_or_default(),
        level: found.level,
        message: Text { text: found.text.clone() },
        locations: [Location { physical_location: PhysicalLocation { artifact_location, region } }],
        partial_fingerprints: Fingerprints { fault: fingerprint(texts, found, seen) },
    }
}

/// What stays the same when lines above change: the code, what is wrong, the text of the line, and which of several that
/// are alike it is.
fn fingerprint(texts: &Texts, found: &Found<'_>, seen: &mut BTreeMap<u64, usize>) -> String {
    let text = texts.get(found.span.file()).map_or("", |file| file.text.as_str());
    let start = found.span.range().start;
    let (before, after) = (text.get(..start).unwrap_or(""), text.get(start..).unwrap_or(""));
    let before = before.rsplit('\n').next().unwrap_or("");
    let after = after.lines().next().unwrap_or("");
    let line = format!("{before}{after}");
    let hash = hash([found.code.name(), found.message, line.trim()]);
    let times = seen.entry(hash).or_default();
    *times += 1;
    format!("{hash:016x}:{times}")
}

/// FNV-1a (Fowler, Noll and Vo), which unlike that of the standard library is the same in every version.
fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A path as a reference of RFC 3986: what has a meaning in one is written as its number.
fn uri(path: &str) -> String {
    // Hosts compare paths letter by letter.
    let mut rest = path;
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter.trim_start_matches('/');
    }
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let written = |byte: u8| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let encoded: String = rest.bytes().map(written).collect();
    if rest.starts_with('/') { format!("file://{encoded}") } else { encoded }
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'a str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// The end column is that of the first character after the place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Fingerprints {
    /// With a version, so that it can be made otherwise one day.
    #[serde(rename = "carepathFault/v1")]
    fault: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("rules/10 knee.yaml"), "rules/10%20knee.yaml");
        assert_eq!(uri("./a:b#c?d%é.yaml"), "a%3Ab%23c%3Fd%25%C3%A9.yaml");
        assert_eq!(uri("/tmp/a b.yaml"), "file:///tmp/a%20b.yaml");
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash([]), 0xcbf2_9ce4_8422_2325);
        // Of one byte 0: the prime times the offset basis.
        assert_eq!(hash([""]), 0xaf63_bd4c_8601_b7df);
    }
}
