//! Cases as the XML that `JUnit` writes and build servers read.
//!
//! There is no standard. These elements and attributes are the ones that the readers of Jenkins and GitLab share:
//! `testsuites`, `testsuite`, `testcase`, and in it `failure`, `error` or `skipped`.

use std::io::{self, Write};

use quick_xml::events::BytesText;
use quick_xml::writer::{ElementWriter, Writer};

use super::coverage::percent;
use super::{OPEN, TestRun, Totals, failed};
use crate::cases::{Ended, Failure, Floor, Share, Tested};
use crate::model::RuleSet;
use crate::present::page::{Page, Sheet, clean};

/// Wide enough for any text: whoever shows it wraps it.
const PAGE: Page = Page { width: 120, color: false };

/// The name of the suite of cases.
const CASES: &str = "cases";
/// The name of the suite of what was asked for beside them.
const ASKED: &str = "asked for";

/// How many tests of a suite ended how.
#[derive(Debug, Clone, Copy)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn attributes(self) -> [(&'static str, String); 4] {
        let Self { tests, failures, errors, skipped } = self;
        [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)]
            .map(|(key, count)| (key, count.to_string()))
    }
}

/// All cases as one XML document, and beside them each kind of coverage of which some was asked for.
pub fn tested_junit(run: &TestRun<'_>) -> String {
    let mut bytes = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec();
    // Nothing that is written to memory can fail, and all that is written is text.
    let _ = document(run, &mut Writer::new_with_indent(&mut bytes, b' ', 2));
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

fn document(run: &TestRun<'_>, writer: &mut Writer<impl Write>) -> io::Result<()> {
    let Totals { failed, drafts, .. } = run.totals;
    // Files that could not be read are told of elsewhere, and have no place here.
    let errors = run.cases.iter().filter(|case| matches!(case.ended, Ended::Broken(_))).count();
    let cases = Counts { tests: run.cases.len(), failures: failed, errors, skipped: drafts };
    let asked = Counts {
        tests: run.floors.len() + usize::from(run.min_score.is_some()),
        failures: run.below().count() + usize::from(run.score_below().is_some()),
        errors: 0,
        skipped: 0,
    };
    let all = Counts {
        tests: cases.tests + asked.tests,
        failures: cases.failures + asked.failures,
        errors: cases.errors,
        skipped: cases.skipped,
    };
    element(writer, "testsuites", "carepath", all).write_inner_content(|writer| {
        element(writer, "testsuite", CASES, cases)
            .write_inner_content(|writer| run.cases.iter().try_for_each(|tested| case(run.rules, tested, writer)))?;
        if asked.tests > 0 {
            element(writer, "testsuite", ASKED, asked).write_inner_content(|writer| {
                for (kind, _) in run.floors {
                    let missed = run.below().find(|(below, ..)| below == kind);
                    floor(
                        &format!("coverage of {}", kind.name()),
                        missed.map(|(_, share, floor)| (share, floor)),
                        writer,
                    )?;
                }
                run.min_score.map_or(Ok(()), |_| floor("mutation score", run.score_below(), writer))
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn element<'w, W: Write>(
    writer: &'w mut Writer<W>,
    element: &'w str,
    name: &str,
    counts: Counts,
) -> ElementWriter<'w, W> {
    let attributes = counts.attributes();
    let attributes = attributes.iter().map(|(key, count)| (*key, count.as_str()));
    writer.create_element(element).with_attribute(("name", name)).with_attributes(attributes)
}

/// Something of which so much was asked for, and by how much it was missed.
fn floor(name: &str, missed: Option<(Share, Floor)>, writer: &mut Writer<impl Write>) -> io::Result<()> {
    let element = writer.create_element("testcase").with_attribute(("name", name)).with_attribute(("classname", ASKED));
    match missed {
        None => element.write_empty()?,
        Some((share, floor)) => {
            let message = format!("{} is below {} %", percent(share), floor.percent());
            element.write_inner_content(|writer| fault("failure", &message, &message, writer))?
        }
    };
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
