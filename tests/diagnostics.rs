//! Every fault as its author sees it: broken rule sets in `tests/diagnostics/` beside what the program says of them.
//!
//! A case is named after the code it shows, and after what is special about it where a code has several cases:
//!
//! | file | what is run |
//! | --- | --- |
//! | `<code>.yaml`, `<code>.<what>.yaml` | `carepath check --rules` with it |
//! | `<code>.d/` | the same with a folder |
//! | `<code>.answers.yaml` | `carepath decide --rules rules.yaml` with it |
//! | `<code>.contacts.yaml` | `carepath --plain --rules rules.yaml --contacts` with it |
//! | `GENERATED` below | `carepath check --rules` with a file that cannot or should not be kept as text |
//!
//! The first line of a file says what must stand under the caret: `# caret: kneee`. What the program says, and how it
//! ends, is kept in a `.txt` of the same name; the time that a proof took, which differs, is left out. After a change on purpose, `BLESS=1 cargo test --test diagnostics`
//! writes these files anew: read them before you keep them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test fails loudly, and need not be fast"
)]

#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use carepath::diagnostic::{Code, Severity};

/// Makes a broken input.
type Make = fn() -> Vec<u8>;

/// Cases whose input is made here: name, caret, bytes.
const GENERATED: &[(&str, &str, Make)] = &[
    ("too-large", "(no line)", || vec![b'#'; 4 * 1024 * 1024 + 1]),
    ("too-large.section", "{", || rule_set(&format!("{QUESTIONS}sources:\n{}", "  - {id: a}\n".repeat(5_001)))),
    ("too-many-options", "-", || {
        let options: String = (1..=63).map(|number| format!("      - knee-{number}: Knee {number}\n")).collect();
        let question = "questions:\n  - id: knee\n    ask: Which knee?\n    choose: one\n    options:\n";
        rule_set(&format!("{question}{options}"))
    }),
    ("not-utf8", "\u{fffd}", || b"format: 1\nname: Caf\xe9 Knee\n".to_vec()),
    ("not-utf8.utf16", "\u{fffd}", || "\u{feff}format: 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("control-character", "<U+001B>", || rule_set("otherwise: \"See \x1b[31mnobody\"\n")),
    ("control-character.direction", "<U+202E>", || rule_set("otherwise: See \u{202e}nobody\u{202c} else\n")),
    ("control-character.tab", "(nothing)", || rule_set(&format!("otherwise: \"See\tnobody\"\n{QUESTIONS}"))),
];

/// Enough of them for a rule set.
const QUESTIONS: &str =
    "questions:\n  - {id: pain, ask: Does it hurt?, choose: one, options: [sharp: Yes, none-now: No]}\n";

fn rule_set(rest: &str) -> Vec<u8> {
    format!("format: 1\nname: Knee check\nversion: 1.0.0\ndisclaimer: This is no diagnosis.\n{rest}").into_bytes()
}

/// A broken input and what is expected of it.
struct Case {
    /// The name without extension.
    name: String,
    /// What must stand under the caret.
    caret: String,
    /// What is run in the folder of the cases, or in one of its own where the input is made here.
    args: Vec<String>,
    /// How the input is made, where it is not kept.
    made: Option<Make>,
}

impl Case {
    fn code(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// What the program says, and how it ends.
    #[track_caller]
    fn run(&self) -> String {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = match self.made {
            Some(make) => {
                fs::write(temporary.path().join(format!("{}.yaml", self.name)), make()).expect("a temporary file");
                temporary.path().to_owned()
            }
            None => folder(),
        };
        let Output { status, stdout, stderr } = program::command()
            .args(&self.args)
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .output()
            .expect("the program starts");
        let mut text = format!("$ carepath {}\n", self.args.join(" "));
        for (name, bytes) in [("stdout", stdout), ("stderr", stderr)] {
            if !bytes.is_empty() {
                let said = String::from_utf8(bytes).expect("output is UTF-8");
                text.push_str(&format!("--- {name}\n{}", without_time(&said)));
            }
        }
        text + &format!("--- exit {}\n", status.code().expect("an exit code"))
    }

    fn golden(&self) -> PathBuf {
        folder().join(format!("{}.txt", self.name))
    }
}

/// The same text without the time that a proof took.
fn without_time(text: &str) -> String {
    let line = |line: &str| match line.split_once(" of answers in ") {
        Some((proved, time)) => {
            let unit = time.find(" s").expect("a time in seconds");
            format!("{proved} of answers in [..]{}\n", &time[unit..])
        }
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// All cases, kept and generated.
fn cases() -> Vec<Case> {
    let generated = GENERATED.iter().map(|(name, caret, make)| Case {
        name: (*name).to_owned(),
        caret: (*caret).to_owned(),
        args: vec!["check".to_owned(), "--rules".to_owned(), format!("{name}.yaml")],
        made: Some(*make),
    });
    entries(&folder()).iter().filter_map(|path| kept_case(path)).chain(generated).collect()
}

fn kept_case(path: &Path) -> Option<Case> {
    let file = path.file_name()?.to_str()?.to_owned();
    let name = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".d"))?.to_owned();
    if name == "rules" {
        return None;
    }
    let texts = if path.is_dir() { entries(path) } else { vec![path.to_owned()] };
    let caret = texts.iter().find_map(|text| caret_of(&fs::read_to_string(text).expect("a text")));
    let words = if name.ends_with(".answers") {
        vec!["decide", "--rules", "rules.yaml", &file]
    } else if name.ends_with(".contacts") {
        vec!["--plain", "--rules", "rules.yaml", "--contacts", &file]
    } else {
        vec!["check", "--rules", &file]
    };
    let args = words.into_iter().map(str::to_owned).collect();
    Some(Case { caret: caret.unwrap_or_else(|| panic!("{file} has no `# caret:`")), name, args, made: None })
}

fn caret_of(text: &str) -> Option<String> {
    Some(text.lines().next()?.strip_prefix("# caret: ")?.to_owned())
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "txt"))
        .collect();
    paths.sort();
    paths
}

/// One fault in an output: its code and what stands under its caret.
#[derive(Debug)]
struct Shown {
    code: String,
    caret: String,
}

/// The faults that an output shows.
fn shown(output: &str) -> Vec<Shown> {
    let mut faults: Vec<Shown> = Vec::new();
    let mut line_above = "";
    for line in output.lines() {
        if let Some((_, rest)) = line.split_once(": error[").or_else(|| line.split_once(": warning[")) {
            let (code, _) = rest.split_once("]: ").expect("a code ends");
            faults.push(Shown { code: code.to_owned(), caret: "(no line)".to_owned() });
        } else if let Some(carets) = carets(line)
            && let Some(fault) = faults.last_mut()
        {
            let (start, length) = carets;
            let under: String = line_above.chars().skip(start).take(length).collect();
            fault.caret = if under.trim().is_empty() { "(nothing)".to_owned() } else { under };
        }
        line_above = line;
    }
    faults
}

/// Where the carets of a line begin, and how many there are.
fn carets(line: &str) -> Option<(usize, usize)> {
    let (margin, marks) = line.split_once('|')?;
    let blank = margin.trim().is_empty() && !marks.is_empty() && marks.chars().all(|mark| " ^".contains(mark));
    let start = line.find('^')?;
    blank.then(|| (start, line.matches('^').count()))
}

/// The difference between two texts, line by line.
fn difference(expected: &str, got: &str) -> String {
    let (expected, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let same = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let lines = |sign: char, lines: &[&str]| -> String {
        lines.iter().skip(same).map(|line| format!("  {sign} {line}\n")).collect()
    };
    format!("  from line {}:\n{}{}", same + 1, lines('-', &expected), lines('+', &got))
}

#[test]
fn each_broken_input_is_told_of_as_it_should_be() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut differing = String::new();
    for case in cases() {
        let got = case.run();
        let expected = fs::read_to_string(case.golden()).unwrap_or_default();
        if got == expected {
            continue;
        }
        if bless {
            fs::write(case.golden(), &got).expect("a golden file");
        } else {
            differing.push_str(&format!("{}\n{}\n", case.name, difference(&expected, &got)));
        }
    }
    assert!(differing.is_empty(), "{differing}If that is on purpose: BLESS=1 cargo test --test diagnostics");
}

#[test]
fn one_slip_is_one_fault_with_its_caret_in_the_right_place() {
    for case in cases() {
        let output = fs::read_to_string(case.golden()).unwrap_or_default();
        let faults = shown(&output);
        let [fault] = faults.as_slice() else {
            panic!("{}: expected one fault, got {faults:?}", case.name);
        };
        assert_eq!(fault.code, case.code(), "the code of {}", case.name);
        assert_eq!(fault.caret, case.caret, "under the caret of {}", case.name);
    }
}

#[test]
fn each_code_has_a_case_and_each_output_a_case() {
    let cases = cases();
    let shown: BTreeSet<&str> = cases.iter().map(Case::code).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(shown, codes);

    let kept: BTreeSet<PathBuf> = fs::read_dir(folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    assert_eq!(kept, cases.iter().map(Case::golden).collect());
}

#[test]
fn messages_follow_the_rules() {
    for case in cases() {
        let output = fs::read_to_string(case.golden()).unwrap_or_default();
        for line in output.lines() {
            let Some((_, message)) = line.split_once("]: ").filter(|(head, _)| head.contains('[')) else {
                continue;
            };
            let first = message.chars().next().expect("a message says something");
            assert!(!first.is_uppercase(), "begins small: {message}");
            assert!(!message.ends_with('.'), "ends without a period: {message}");
            assert_eq!(message.matches('`').count() % 2, 0, "closes its backticks: {message}");
        }
    }
}

/// Whether a fault with this code is found by proving, so that the rule set could be read.
fn is_proved(code: Code) -> bool {
    code >= Code::GuaranteeFails
}

#[test]
fn an_error_ends_with_2_or_after_a_proof_with_1_and_a_warning_with_0() {
    for case in cases() {
        let code = Code::ALL.iter().find(|code| code.name() == case.code()).expect("a code");
        let exit = match code.severity() {
            Severity::Error if is_proved(*code) => "--- exit 1\n",
            Severity::Error => "--- exit 2\n",
            Severity::Warning => "--- exit 0\n",
        };
        let output = fs::read_to_string(case.golden()).unwrap_or_default();
        assert!(output.ends_with(exit), "{}", case.name);
    }
}

mod pages {
    use super::*;

    /// What the examples of the documentation are pieces of.
    const ABOUT: &str = "\
format: 1
name: Knee check
version: 1.0.0
disclaimer: This is no diagnosis.
emergency_number: \"112\"
otherwise: Move as you like.
";
    const RULES: &str = "\
sources:
  - {id: rice-2019, title: Sorting out sore knees}
questions:
  - id: pain
    ask: Does your knee hurt?
    choose: one
    options: [sharp: \"Yes, a sharp pain\", dull: \"Yes, a dull ache\", no-pain: No]
  - id: signs
    ask: Do you have any of these?
    choose: many
    none: None of these
    options: [swelling: A swollen knee, fever: Fever or chills, chest: Pressure in the chest]
  - {id: age, ask: How old are you?, choose: {number: {min: 0, max: 120}}}
professionals:
  - {id: athletic-trainer, name: athletic trainer, source: rice-2019}
  - {id: physical-therapist, name: physical therapist, source: rice-2019}
services:
  - {id: rehab, name: Rehabilitation, scope: {athletic-trainer: shared, physical-therapist: core}, source: rice-2019}
phases:
  - {id: rebuild, title: Heal and rebuild}
needs:
  - {id: sharp, when: {pain: sharp}, service: rehab, phase: rebuild, because: It hurts., source: rice-2019}
";

    /// A section of the documentation: the name of the code, and what stands below it.
    fn sections() -> Vec<(String, String)> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
        let text = fs::read_to_string(path).expect("docs/diagnostics.md");
        let mut sections: Vec<(String, String)> = Vec::new();
        let mut inside = false;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("### `") {
                let name = name.strip_suffix('`').expect("a heading is a code alone");
                sections.push((name.to_owned(), String::new()));
                inside = true;
            } else if line.starts_with("## ") {
                inside = false;
            } else if let (true, Some((_, section))) = (inside, sections.last_mut()) {
                section.push_str(&format!("{line}\n"));
            }
        }
        sections
    }

    #[test]
    fn each_code_has_a_section_with_its_severity_and_meaning_and_nothing_else_has() {
        let sections = sections();
        let heads: Vec<(&str, &str)> = sections
            .iter()
            .map(|(name, section)| (name.as_str(), section.trim_start().lines().next().unwrap_or_default()))
            .collect();
        let expected: Vec<String> =
            Code::ALL.iter().map(|code| format!("{}: {}", code.severity().name(), code.meaning())).collect();
        let expected: Vec<(&str, &str)> =
            Code::ALL.iter().zip(&expected).map(|(code, head)| (code.name(), head.as_str())).collect();
        assert_eq!(heads, expected);
    }

    #[test]
    fn each_section_says_why_shows_an_example_and_says_how_to_mend_it() {
        for (name, section) in sections() {
            let (before, rest) = section.split_once("\n```").unwrap_or_else(|| panic!("{name} has no example"));
            let paragraphs = before.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).count();
            let (_, after) = rest.split_once("\n```\n").unwrap_or_else(|| panic!("the example of {name} has no end"));
            assert!(after.trim_start().starts_with("To mend it: "), "{name}");
            let code = Code::ALL.iter().find(|code| code.name() == name).expect("a code");
            assert_eq!(before.contains("What is proved"), is_proved(*code), "{name}");
            assert!(paragraphs >= if is_proved(*code) { 3 } else { 2 }, "{name} does not say why it matters");
        }
    }

    /// What is told of an example, as codes.
    fn told(example: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a temporary file");
        fs::create_dir(folder.path().join("rules")).expect("a temporary folder");
        write("rules/20-rules.yaml", RULES);
        let args: &[&str] = if example.contains("\nanswers:") {
            write("answers.yaml", example);
            write("rules/10-about.yaml", ABOUT);
            &["decide", "--rules", "rules", "answers.yaml"]
        } else {
            write("rules/30-example.yaml", example);
            if !example.contains("format:") {
                write("rules/10-about.yaml", ABOUT);
            }
            &["check", "--format", "short", "--rules", "rules"]
        };
        let output = program::command().args(args).current_dir(folder.path()).output().expect("the program starts");
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("output is UTF-8"));
        let code = |line: &str| Some(line.split_once('[')?.1.split_once("]: ")?.0.to_owned());
        text.concat().lines().filter_map(code).collect()
    }

    #[test]
    fn each_example_causes_what_it_is_an_example_of() {
        let (mut run, mut wrong) = (0, String::new());
        for (name, section) in sections() {
            // Those that are too long for a page, or no text, are told of in words.
            let Some((_, rest)) = section.split_once("```yaml\n") else {
                continue;
            };
            let (example, _) = rest.split_once("```\n").expect("an example ends");
            let told = told(example);
            if !told.contains(&name) {
                wrong.push_str(&format!("the example of {name} causes {told:?}\n"));
            }
            run += 1;
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert!(run > 60, "only {run} examples were found");
    }

    fn explain(code: &str, columns: &str) -> Output {
        let mut command = program::command();
        command.args(["check", "--explain", code]).env("COLUMNS", columns).output().expect("the program starts")
    }

    #[test]
    fn each_code_is_explained_within_the_page() {
        for code in Code::ALL {
            let output = explain(code.name(), "60");
            let text = String::from_utf8(output.stdout).expect("output is UTF-8");
            assert_eq!(output.status.code(), Some(0), "{code}");
            assert!(text.starts_with(&format!("{code}\n---")), "{text}");
            assert!(text.contains("To mend it: "), "{text}");
            // Examples stay as they are.
            let long = text.lines().find(|line| line.chars().count() > 60 && !line.starts_with("    "));
            assert_eq!(long, None, "{code}");
        }
    }

    #[test]
    fn a_code_that_is_none_is_told_with_the_nearest() {
        let said = |code| String::from_utf8(explain(code, "60").stderr).expect("output is UTF-8");
        assert_eq!(said("dead-flags"), "error: there is no code `dead-flags`; did you mean `dead-flag`?\n");
        assert_eq!(said("E0308"), "error: there is no code `E0308`; a code stands in brackets in each message\n");
        assert_eq!(explain("E0308", "60").status.code(), Some(2));
    }
}

/// Faults of different kinds in two files; `format` is the format of the first.
fn two_files(format: u32) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a temporary file");
    write(
        "10.yaml",
        &format!(
            "\
format: {format}
name: Knee check
questions:
  - id: pain
    aks: Does your knee hurt?
    choose: one
    options:
      - sharp: Yes
      - no-pain: No
  - id: strength
    ask: \"\"
    only_if: {{pain: shrap}}
    choose: {{number: {{min: 5, max: 0}}}}
  - id: signs
    ask: Do you have any of these?
    only_if: {{age: 3}}
    choose: many
    options:
      - fever: Fever
      - fever: Chills
  - id: age
    ask: How old are you?
    choose: {{number: {{min: 0, max: 120}}}}
"
        ),
    );
    write(
        "20.yaml",
        "\
sources:
  - {id: rice-2019, title: Sore knees, year: long ago}
flags:
  - id: fever
    level: dangerous
    when: {signs: fever, pain: sharp, strength: {at_least: 3}, age: 121}
    say: You have a fever.
    do: Rest.
    source: [rice-2018]
needs:
  - {id: rehab, when: {age: {any_of: [3]}}, service: rehab, phase: rebuild, because: It hurts., source: rice-2019}
  - {id: rest, when: {finding: tired}, service: rehab, phase: rebuild, because: It hurts., source: rice-2019}
",
    );
    let output = program::command()
        .args(["check", "--rules", "."])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[test]
fn all_faults_are_told_in_one_run_and_in_reading_order() {
    let output = two_files(1);
    let heads: Vec<&str> =
        output.lines().filter(|line| line.starts_with("./")).filter_map(|line| line.split("]: ").next()).collect();
    assert_eq!(
        heads,
        [
            "./10.yaml:1:1: error[missing-key",
            "./10.yaml:5:5: error[unknown-key",
            "./10.yaml:11:10: error[empty-text",
            "./10.yaml:12:21: error[unknown-option",
            "./10.yaml:13:36: error[invalid-range",
            "./10.yaml:16:15: error[later-reference",
            "./10.yaml:20:9: error[duplicate-id",
            "./20.yaml:2:46: error[wrong-type",
            "./20.yaml:5:12: error[unknown-level",
            "./20.yaml:6:69: error[number-out-of-range",
            "./20.yaml:9:14: error[unknown-source",
            "./20.yaml:11:30: error[wrong-test",
            "./20.yaml:11:54: error[unknown-service",
            "./20.yaml:11:68: error[unknown-phase",
            "./20.yaml:12:32: error[unknown-finding",
        ]
    );
    assert!(output.ends_with("\n15 errors\n"), "{output}");
}

#[test]
fn an_unknown_format_is_the_only_fault_told() {
    let output = two_files(2);
    assert_eq!(
        output,
        "\
./10.yaml:1:9: error[unknown-format]: the format `2` is not one that this version reads
  |
1 | format: 2
  |         ^
help: this version reads `format: 1`

1 error
"
    );
}
