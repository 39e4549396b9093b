//! Cases as the XML that `JUnit` writes and build servers read.
//!
//! There is no standard. These elements and attributes are the ones that the readers of Jenkins and GitLab share:
//! `testsuites`, `testsuite`, `testcase`, and in it `failure`, `error` or `skipped`.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{OPEN, Totals, failed};
use crate::cases::{Ended, Failure, Tested};
use crate::model::RuleSet;
use crate::present::page::{Page, Sheet, clean};

/// Wide enough for any text: whoever shows it wraps it.
const PAGE: Page = Page { width: 120, color: false };

/// The name of the suite of cases.
const CASES: &str = "cases";

/// All cases as one XML document.
pub fn tested_junit(rules: &RuleSet, cases: &[Tested], totals: Totals) -> String {
    let mut bytes = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec();
    // Nothing that is written to memory can fail, and all that is written is text.
    let _ = document(rules, cases, totals, &mut Writer::new_with_indent(&mut bytes, b' ', 2));
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

fn document(rules: &RuleSet, cases: &[Tested], totals: Totals, writer: &mut Writer<impl Write>) -> io::Result<()> {
    let Totals { failed, drafts, .. } = totals;
    // Files that could not be read are told of elsewhere, and have no place here.
    let errors = cases.iter().filter(|case| matches!(case.ended, Ended::Broken(_))).count();
    let counts =
        [("tests", cases.len()), ("failures", failed), ("errors", errors)].map(|(key, count)| (key, count.to_string()));
    let counts = || counts.iter().map(|(key, count)| (*key, count.as_str()));
    let all = writer.create_element("testsuites").with_attribute(("name", "carepath")).with_attributes(counts());
    all.write_inner_content(|writer| {
        let skipped = drafts.to_string();
        let suite = writer.create_element("testsuite").with_attribute(("name", CASES)).with_attributes(counts());
        suite
            .with_attribute(("skipped", skipped.as_str()))
            .write_inner_content(|writer| cases.iter().try_for_each(|tested| case(rules, tested, writer)))?;
        Ok(())
    })?;
    Ok(())
}

fn case(rules: &RuleSet, tested: &Tested, writer: &mut Writer<impl Write>) -> io::Result<()> {
    let name = clean(&tested.name);
    let element =
        writer.create_element("testcase").with_attribute(("name", name.as_str())).with_attribute(("classname", CASES));
    match &tested.ended {
        Ended::Passed(_) => element.write_empty()?,
        Ended::Draft => element.write_inner_content(|writer| {
            writer.create_element("skipped").with_attribute(("message", OPEN)).write_empty()?;
            Ok(())
        })?,
        Ended::Broken(diagnostics) => {
            let message = diagnostics.first().map_or_else(String::new, |fault| clean(&fault.message));
            element.write_inner_content(|writer| fault("error", &message, &message, writer))?
        }
        Ended::Failed(failure) => {
            let message = message(failure);
            element.write_inner_content(|writer| fault("failure", &message, &page(rules, &name, failure), writer))?
        }
    };
    Ok(())
}

fn fault(element: &str, message: &str, text: &str, writer: &mut Writer<impl Write>) -> io::Result<()> {
    let element = writer.create_element(element).with_attribute(("message", message));
    element.with_attribute(("type", "carepath")).write_text_content(BytesText::new(text))?;
    Ok(())
}

/// `level: expected urgent, got none; …`
fn message(failure: &Failure) -> String {
    let mismatches = failure.mismatches.iter();
    let lines = mismatches.map(|one| format!("{}: expected {}, got {}", one.key, one.expected, one.got));
    lines.collect::<Vec<_>>().join("; ")
}

/// What a person would read of it.
fn page(rules: &RuleSet, name: &str, failure: &Failure) -> String {
    let mut sheet = Sheet::new(PAGE);
    failed(rules, name, failure, &mut sheet);
    sheet.finish()
}
