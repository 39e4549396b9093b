//! Pages in a real browser: on phones, on a desk and on paper, by day and by night, for those who see and those who do not.
//!
//! What is looked at stands in `tests/browser/check.mjs`. Without node, its packages or a browser this test says so and
//! passes; with `CAREPATH_BROWSER=required` it fails instead.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;
use std::process::{Command, Stdio};

use program::{Carepath, read};

/// What `check.mjs` exits with when there is nothing to check with.
const NOTHING_TO_CHECK_WITH: i32 = 77;

/// The most sheets of paper that a report may take.
const SHEETS_OF_A_REPORT: Option<usize> = Some(3);
/// The most sheets of paper that a hand-over note may take.
const SHEETS_OF_A_NOTE: Option<usize> = Some(2);

/// Cases with the built-in rule set: every level, the longest plans, and what is special about a page.
const CASES: [&str; 9] = [
    "aaa-01",                         // an emergency
    "acs-01",                         // urgent
    "doctor-young-back-slow",         // a doctor within days, with a plan
    "doctor-ill-over-a-week",         // a doctor within days, and nothing else is needed
    "finding-checked-periods-foot",   // a caution, three phases
    "own-pressure-not-controlled",    // a doctor's OK for a part
    "doctor-fever-holds-the-plan",    // everything is on hold
    "dev-10",                         // nothing comes first
    "own-finished-therapy-pain-free", // something said is not used
];

/// Pages being gathered in a folder, to be looked at together.
struct Pages<'f> {
    folder: &'f Path,
    list: Vec<serde_json::Value>,
}

impl Pages<'_> {
    /// Writes a page with the program; it may take so many sheets of paper.
    #[track_caller]
    fn write(&mut self, name: &str, sheets: Option<usize>, run: Carepath) {
        let file = self.folder.join(format!("{name}.html"));
        let ended = run.arg("--out").arg(&file).run();
        assert!(file.exists(), "no page was written\n{ended}");
        self.list.push(serde_json::json!({"name": name, "file": file, "sheets": sheets}));
    }
}

fn write_all(pages: &mut Pages<'_>) {
    for case in CASES {
        let answers = format!("examples/cases/{case}.yaml");
        pages.write(case, SHEETS_OF_A_REPORT, Carepath::bare(["decide", &answers]));
    }
    let open = pages.folder.join("open.yaml");
    std::fs::write(&open, "format: 1\nanswers: {}\n").unwrap();
    pages.write("not settled", SHEETS_OF_A_REPORT, Carepath::bare([Path::new("decide"), &open]));
    let (rules, answers) = hostile(pages.folder);
    pages.write("hostile texts", None, Carepath::bare(["decide", &answers, "--rules", &rules]));
    let answers = "tests/advice/two-phases.yaml";
    pages.write("at once", None, Carepath::bare(["decide", answers, "--rules", "tests/rules/advice"]));
    pages.write("hostile comparison", None, Carepath::bare(["compare", "--rules", &rules]));
    for case in ["acs-01", "dev-10", "finding-checked-periods-foot"] {
        let answers = format!("examples/cases/{case}.yaml");
        pages.write(&format!("note on {case}"), SHEETS_OF_A_NOTE, Carepath::bare(["refer", &answers]));
    }
    let answers = "examples/cases/dev-10.yaml";
    pages.write("explained", None, Carepath::bare(["explain", answers, "--places"]));
    pages.write("what if", None, Carepath::bare(["explain", answers, "--what-if"]));
    pages.write("why not", None, Carepath::bare(["explain", answers, "--why-not", "physical-therapist"]));
    pages.write("differences", None, Carepath::bare(["compare", "--differences"]));
    let (rules, answers) = longest(pages.folder);
    pages.write("longest plan", None, Carepath::bare(["decide", &answers, "--rules", &rules]));
    pages.write("ten compared", None, Carepath::bare(["compare", "--rules", &rules]));
    pages.write("all compared", None, Carepath::bare(["compare"]));
    pages.write("two compared", None, Carepath::bare(["compare", "athletic-trainer", "physical-therapist"]));
}

/// A rule set, some of whose texts try to be more than text or are one endless word, and answers to it.
fn hostile(folder: &Path) -> (String, String) {
    let (rules, answers) = (folder.join("hostile.yaml"), folder.join("me.yaml"));
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp; ]]> </style> \\\" '";
    let text = read(Path::new(program::RULES).join("rules.yaml"))
        .replace("title: Build up", &format!("title: \"{evil}{}\"", "endless".repeat(30)));
    std::fs::write(&rules, text).unwrap();
    std::fs::write(&answers, "format: 1\nanswers: {signs: none, reason: fit, goal: gym}\n").unwrap();
    (rules.display().to_string(), answers.display().to_string())
}

/// As many phases and professionals as there can be, all of them on the plan, with long names.
fn longest(folder: &Path) -> (String, String) {
    let (rules, answers) = (folder.join("longest.yaml"), folder.join("all.yaml"));
    let list = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<String>();
    let scope = |row: usize| {
        let scopes = (0..10).map(|who| format!("p{who}: {}", if who == row { "core" } else { "outside" }));
        scopes.collect::<Vec<_>>().join(", ")
    };
    let text = format!(
        "format: 1\nname: The longest\nversion: 1.0.0\ndisclaimer: Made up.\notherwise: Nothing.\n\
         sources:\n  - {{id: book, title: A book}}\n\
         questions:\n  - {{id: much, ask: How much of it?, choose: one, options: [{{lots: All of it}}, {{part: A part}}]}}\n\
         flags:\n  - {{id: rest, level: caution, when: {{much: lots}}, holds: [s1, s4], say: Rest., do: Rest., source: book}}\n  \
         - {{id: ok, level: clearance, when: {{much: lots}}, holds: [s2, s5], say: Ask., do: Ask., source: book}}\n\
         professionals:\n{}services:\n{}phases:\n{}needs:\n{}",
        list(10, &|who| {
            let name = "Wonderfully Meticulous ".repeat(who / 3) + &"m".repeat(6 * who);
            format!("  - {{id: p{who}, name: \"{name} helper {who}\", source: book}}\n")
        }),
        list(10, &|row| format!("  - {{id: s{row}, name: Service {row}, scope: {{{}}}, source: book}}\n", scope(row))),
        list(12, &|phase| format!(
            "  - {{id: h{phase}, title: {} of phase {phase}}}\n",
            "The long title ".repeat(phase)
        )),
        list(24, &|need| {
            let (phase, service) = (need % 12, need % 10);
            format!(
                "  - {{id: n{need}, when: {{much: lots}}, service: s{service}, phase: h{phase}, because: Yes., source: book}}\n"
            )
        }),
    );
    std::fs::write(&rules, text).unwrap();
    std::fs::write(&answers, "format: 1\nanswers: {much: lots}\n").unwrap();
    (rules.display().to_string(), answers.display().to_string())
}

#[test]
fn pages_are_for_everybody_everywhere() {
    let required = std::env::var_os("CAREPATH_BROWSER").is_some_and(|value| value == "required");
    let folder = tempfile::tempdir().unwrap();
    let mut pages = Pages { folder: folder.path(), list: Vec::new() };
    write_all(&mut pages);
    let list = folder.path().join("pages.json");
    std::fs::write(&list, serde_json::to_string(&pages.list).unwrap()).unwrap();

    let run = Command::new("node").arg("tests/browser/check.mjs").arg(&list).stdin(Stdio::null()).output();
    let (code, said) = match &run {
        Ok(output) => {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (output.status.code(), text(&output.stdout) + &text(&output.stderr))
        }
        Err(error) => (Some(NOTHING_TO_CHECK_WITH), format!("skipped: node cannot be run: {error}")),
    };
    if code == Some(NOTHING_TO_CHECK_WITH) && !required {
        println!("The check in a browser was left out. {said}");
        return;
    }
    assert!(code == Some(0), "exit code {code:?}\n{said}");
}
