//! Input that wants to hurt: it ends in a clear error or is read as it should be, soon, without a panic, and without a
//! byte that acts on a terminal.
//!
//! Each text is given to every command that reads a file: as rules to `check`, `decide` and `test`, as answers to `decide`,
//! the interview and `test`, and as contacts.

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

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use carepath::source::is_hidden;
use tempfile::TempDir;

/// Generous: unoptimised, beside other work. Optimised, each run ends in about a second.
const PATIENCE: Duration = Duration::from_secs(30);

const RULES: &str = "\
format: 1
name: Knee check
version: 1.0.0
disclaimer: This is no diagnosis.
questions:
  - {id: pain, ask: Does it hurt?, choose: one, options: [sharp: Yes, dull: A bit]}
";

/// What a run said and how it ended.
struct Said {
    exit: i32,
    text: String,
}

impl Said {
    #[track_caller]
    fn ends(&self, exit: i32, with: &str) {
        assert_eq!(self.exit, exit, "{}", self.text);
        assert!(self.text.contains(with), "expected `{with}` in:\n{}", self.text);
    }

    /// It could be read: what was proved then says more of this small rule set than belongs here.
    #[track_caller]
    fn is_read(&self, with: &str) {
        assert!(matches!(self.exit, 0 | 1) && self.text.contains(" proved over "), "{}", self.text);
        assert!(self.text.contains(with), "expected `{with}` in:\n{}", self.text);
    }

    /// Ends with these codes as an error, and no others.
    #[track_caller]
    fn faults(&self, codes: &[&str]) {
        assert_eq!(self.exit, 2, "{}", self.text);
        let found: Vec<&str> = self.text.split("error[").skip(1).filter_map(|rest| rest.split(']').next()).collect();
        assert_eq!(found, codes, "{}", self.text);
    }
}

/// A folder for hostile files.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, bytes).expect("a temporary file");
        path
    }

    /// Runs the program here, within [`PATIENCE`].
    #[track_caller]
    fn run(&self, args: &[&Path]) -> Said {
        let (stdout, stderr) = (self.path().join("stdout"), self.path().join("stderr"));
        let file = |path: &Path| Stdio::from(File::create(path).expect("a file for output"));
        let mut program = program::command()
            .args(args)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(file(&stdout))
            .stderr(file(&stderr))
            .spawn()
            .expect("the program starts");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = program.try_wait().expect("the program is there") {
                break status;
            }
            if start.elapsed() > PATIENCE {
                program.kill().expect("the program can be stopped");
                panic!("{args:?} took more than {PATIENCE:?}");
            }
            sleep(Duration::from_millis(2));
        };
        if std::env::var_os("CAREPATH_TIMES").is_some() {
            eprintln!("{:6} ms  {args:?}", start.elapsed().as_millis());
        }
        let mut text = String::new();
        for path in [stdout, stderr] {
            let bytes = fs::read(path).expect("output");
            assert!(bytes.len() < 200_000 || args.contains(&Path::new("json")), "{args:?}: {} bytes", bytes.len());
            text.push_str(&String::from_utf8(bytes).expect("output is UTF-8"));
        }
        let acting = text.chars().find(|letter| is_hidden(*letter) && *letter != '\n');
        assert_eq!(acting, None, "{args:?} may act on a terminal: {text:?}");
        assert!(!text.contains("panicked"), "{text}");
        Said { exit: status.code().expect("an exit code"), text }
    }

    fn check(&self, rules: &Path) -> Said {
        self.run(&[Path::new("check"), Path::new("--rules"), rules])
    }
}

/// Writes `bytes` to a file and gives it to every command; what `check` says of it as rules comes back.
#[track_caller]
fn everywhere(bytes: impl AsRef<[u8]>) -> Said {
    let place = Place::new();
    let rules = place.write("rules.yaml", RULES);
    place.write("sound.yaml", "format: 1\nanswers: {pain: sharp}\nexpect: {level: none}\n");
    let hostile = place.write("hostile.yaml", bytes);
    let word = Path::new;
    let checked = place.check(&hostile);
    place.run(&[word("check"), word("--format"), word("json"), word("--rules"), &hostile]);
    for args in [["decide", "sound.yaml"], ["test", "sound.yaml"]] {
        let said = place.run(&[word(args[0]), word(args[1]), word("--rules"), &hostile]);
        assert_eq!(said.exit == 2, checked.exit == 2, "{args:?}: {}", said.text);
    }
    let as_answers = |args: &[&Path]| {
        let said = place.run(&[args, &[word("--rules"), &rules]].concat());
        assert_eq!(said.exit, 2, "no answer file: {}", said.text);
    };
    as_answers(&[word("decide"), &hostile]);
    as_answers(&[word("test"), &hostile]);
    as_answers(&[word("ask"), word("--plain"), word("--answers"), &hostile]);
    as_answers(&[word("ask"), word("--plain"), word("--contacts"), &hostile]);
    checked
}

/// What `check` says of these entries added to a sound rule set.
#[track_caller]
fn check_with(entries: &str) -> Said {
    let place = Place::new();
    let rules = place.write("rules.yaml", format!("{RULES}{entries}"));
    place.check(&rules)
}

/// What `decide` says of these answers to [`RULES`].
#[track_caller]
fn decide(answers: &str) -> Said {
    let place = Place::new();
    let rules = place.write("rules.yaml", RULES);
    let answers = place.write("answers.yaml", answers);
    place.run(&[Path::new("decide"), &answers, Path::new("--rules"), &rules])
}

/// `count` lines made from their numbers.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

// What is no file of ours at all.

#[test]
fn nothing() {
    everywhere("").faults(&["missing-key"]);
    everywhere("# only\n# comments\n").faults(&["missing-key"]);
    everywhere("---\n...\n").faults(&["missing-key"]);
}

#[test]
fn garbage() {
    everywhere((0..100_000_u32).map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect::<Vec<u8>>())
        .faults(&["not-utf8"]);
    everywhere((0..=127).collect::<Vec<u8>>()).faults(&["control-character"]);
    everywhere("format: 1\0\n").faults(&["control-character"]);
    everywhere("\0".repeat(1_000_000)).faults(&["control-character"]);
}

#[test]
fn a_list_at_the_top() {
    everywhere("- format\n- 1\n").faults(&["wrong-type"]);
}

#[test]
fn two_documents() {
    everywhere(format!("{RULES}---\n{RULES}")).faults(&["invalid-yaml"]);
}

// Size.

#[test]
fn fifty_megabytes() {
    everywhere(vec![b'a'; 50 * 1024 * 1024]).faults(&["too-large"]);
}

#[cfg(unix)]
#[test]
fn a_stream_without_end() {
    let place = Place::new();
    let zero = Path::new("/dev/zero");
    place.check(zero).faults(&["too-large"]);
    place.run(&[Path::new("decide"), zero]).faults(&["too-large"]);
    place.run(&[Path::new("test"), zero]).faults(&["too-large"]);
    place.run(&[Path::new("--plain"), Path::new("--answers"), zero]).faults(&["too-large"]);
}

#[test]
fn millions_of_entries() {
    decide(&format!("[{}]", "a,".repeat(2_000_000))).faults(&["too-large"]);
    check_with(&format!("findings:\n{}", "- \n".repeat(1_300_000))).faults(&["too-large"]);
}

#[test]
fn a_line_of_a_megabyte() {
    check_with(&format!("otherwise: {}\n", "y".repeat(1_000_000))).is_read("1 question");
    let long = "y".repeat(1_000_000);
    check_with(&format!("findings: [{{id: sore, when: {{? {long} : sharp}}}}]\n")).faults(&["unknown-question"]);
    check_with(&format!("findings: [{{id: {long}}}]\n")).faults(&["invalid-id"]);
    check_with(&format!("? {long}\n: 1\n")).faults(&["unknown-key"]);
    // YAML itself has a limit for keys without a question mark.
    check_with(&format!("{long}: 1\n")).faults(&["invalid-yaml"]);
    decide(&format!("format: 1\nanswers: {{pain: {long}}}\n")).faults(&["unknown-option"]);
}

#[test]
fn a_hundred_thousand_faults_in_one_line() {
    let names: String = (0..100_000).map(|number| format!("nobody-{number},")).collect();
    let said =
        check_with(&format!("flags: [{{id: a, level: caution, say: s, do: d, source: [{names}]}}]\nsources: []\n"));
    said.faults(&["unknown-source"]);
    let said = check_with(&format!(
        "findings: [{{id: sore, when: {{pain: [{names}]}}}}]\nsources: [{{id: rice, title: Sore knees}}]\n"
    ));
    said.ends(2, "... and 99900 more");
    said.ends(2, "100000 errors");
}

#[test]
fn ten_thousand_unknown_ids_beside_a_thousand_known_ones() {
    let known = lines(1_000, |number| format!("  - {{id: source-{number:07}, title: T}}"));
    let unknown = lines(10_000, |number| format!("      - soruce-{number:07}"));
    let said = check_with(&format!(
        "sources:\n{known}flags:\n  - id: a\n    level: caution\n    say: s\n    do: d\n    source:\n{unknown}"
    ));
    said.ends(2, "did you mean `source-");
    said.ends(2, "10000 errors");
}

#[test]
fn tens_of_thousands_of_unknown_keys() {
    check_with(&lines(30_000, |number| format!("key-{number}: 1"))).ends(2, "30000 errors");
}

#[test]
fn what_would_grow_by_the_square() {
    let professionals = lines(5_000, |number| format!("  - {{id: p{number}, name: P, source: []}}"));
    let services = lines(5_000, |number| format!("  - {{id: s{number}, name: S, scope: {{p1: core}}, source: []}}"));
    check_with(&format!("professionals:\n{professionals}services:\n{services}")).ends(2, "too-many-professionals");

    let services = lines(5_000, |number| format!("  - {{id: s{number}, name: S, scope: {{p: core}}, source: x}}"));
    let members: String = (0..5_000).map(|number| format!("s{number},")).collect();
    let flags = lines(5_000, |number| {
        format!("  - {{id: f{number}, level: caution, holds: [g, g, g, g], say: s, do: d, source: x}}")
    });
    let place = Place::new();
    let rules = place.write(
        "rules.yaml",
        format!(
            "{RULES}sources: [{{id: x, title: X}}]\nprofessionals: [{{id: p, name: P, source: x}}]\nservices:\n{services}\
             groups:\n  g: [{members}]\nflags:\n{flags}"
        ),
    );
    // Reading is looked at here, which every command does; to prove so much takes its time.
    let args = ["compare", "--format", "json", "--rules"].map(Path::new);
    place.run(&[&args[..], &[&rules]].concat()).ends(0, "\"services\"");
}

// Aliases and depth.

#[test]
fn an_alias_bomb() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (before, name) in ('a'..='y').zip('b'..='z') {
        let _ = writeln!(bomb, "{name}: &{name} [{}]", vec![format!("*{before}"); 9].join(","));
    }
    everywhere(bomb).faults(&["too-many-aliases"]);
}

#[test]
fn a_long_text_repeated_by_aliases() {
    let aliases = vec!["*a"; 40_000].join(",");
    everywhere(format!("a: &a \"{}\"\nb: [{aliases}]\n", "x".repeat(1_000_000))).faults(&["too-many-aliases"]);
}

#[test]
fn an_anchor_that_holds_itself() {
    everywhere("a: &a [*a]\n").faults(&["too-many-aliases"]);
    everywhere("&a {b: *a}\n").faults(&["too-many-aliases"]);
    everywhere("a: *a\n").faults(&["invalid-yaml"]);
}

#[test]
fn an_alias_that_repeats_part_of_a_rule_set_is_sound() {
    let said = check_with("findings:\n  - {id: sore, when: &hurts {pain: sharp}}\n  - {id: same, when: *hurts}\n");
    said.is_read("2 findings");
}

#[test]
fn twenty_thousand_levels() {
    let levels = 20_000;
    everywhere("[".repeat(levels) + &"]".repeat(levels)).faults(&["too-deep"]);
    everywhere("[".repeat(levels)).faults(&["too-deep"]);
    everywhere("{a: ".repeat(levels) + &"}".repeat(levels)).faults(&["too-deep"]);
    everywhere("- ".repeat(levels) + "a").faults(&["too-deep"]);
    everywhere("? ".repeat(levels) + "a").faults(&["too-deep"]);
    // Indentation grows by the square: as deep as a file may be.
    everywhere(lines(2_500, |level| format!("{}a:", " ".repeat(level)))).faults(&["too-deep"]);
    let condition = "{not: ".repeat(levels) + &"}".repeat(levels);
    check_with(&format!("findings: [{{id: deep, when: {condition}}}]\n")).faults(&["too-deep"]);
}

// Keys, tags and what else YAML can do.

#[test]
fn odd_keys() {
    everywhere("format: 1\nformat: 1\n").faults(&["duplicate-key"]);
    everywhere(format!("{RULES}? [a, b]\n: 1\n")).faults(&["wrong-type"]);
    everywhere(format!("{RULES}? {{a: b}}\n: 1\n")).faults(&["wrong-type"]);
    everywhere(format!("{RULES}? [a, b]\n: 1\n? [a, b]\n: 2\n")).ends(2, "error[");
    everywhere(format!("{RULES}~: 1\n")).faults(&["wrong-type"]);
    everywhere(format!("{RULES}<<: {{name: Hip check}}\n")).faults(&["unknown-key"]);
    decide("format: 1\nanswers: {pain: sharp, pain: dull}\n").faults(&["duplicate-key"]);
    decide("format: 1\nanswers: {[pain]: sharp}\n").faults(&["wrong-type"]);
}

#[test]
fn tags() {
    check_with("otherwise: !!str 5\n").is_read("1 question");
    check_with("otherwise: !danger Nobody\n").is_read("1 question");
    check_with("otherwise: !!python/object:os.system ls\n").is_read("1 question");
    // ESC [ 3 1 m, hidden from every editor.
    check_with("otherwise: !!binary G1szMW0=\n").faults(&["control-character"]);
    check_with("otherwise: !!binary //79\n").ends(2, "error[invalid-yaml]");
    everywhere("%YAML 9.9\n---\na: 1\n").faults(&["invalid-yaml"]);
}

#[test]
fn numbers() {
    let range = |max: &str| {
        check_with(&format!("  - {{id: age, ask: How old?, choose: {{number: {{min: 0, max: {max}}}}}}}\n"))
    };
    range("0x10").is_read("2 questions");
    range("+7").is_read("2 questions");
    for max in
        ["99999999999999999999", "1e3", "many", ".inf", ".nan", "1.0", "2147483648", "12e999999999", "\"5\"", "~"]
    {
        range(max).faults(&["wrong-type"]);
    }
    range("-1").faults(&["invalid-range"]);
    range("2147483647").faults(&["invalid-range"]);
    for format in ["99999999999999999999", "1e0", "1.0", "-1", "0", "true", "~", "[1]", "{a: 1}"] {
        everywhere(RULES.replace("format: 1", &format!("format: {format}"))).faults(&["unknown-format"]);
        decide(&format!("format: {format}\nanswers: {{pain: sharp}}\n")).faults(&["unknown-format"]);
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_sound() {
    let place = Place::new();
    let rules = place.write("rules.yaml", format!("\u{feff}{RULES}").replace('\n', "\r\n"));
    place.check(&rules).is_read("1 question");
    let answers = place.write("answers.yaml", "\u{feff}format: 1\r\nanswers:\r\n  pain: sharp\r\n");
    place.run(&[Path::new("decide"), &answers, Path::new("--rules"), &rules]).ends(0, "Knee check");
    check_with("  - id: b\r\n    aks: c\r\n").ends(2, "|     ^^^\n");
    everywhere(format!("\u{feff}\u{feff}{RULES}")).faults(&["control-character"]);
}

// What acts on a terminal.

#[test]
fn hidden_characters_never_reach_the_terminal() {
    let hidden = ['\0', '\u{7}', '\u{8}', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{61c}', '\u{200e}', '\u{2028}']
        .into_iter()
        .chain(['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{feff}']);
    for letter in hidden {
        let code = u32::from(letter);
        everywhere(format!("{RULES}otherwise: See{letter}nobody\n")).faults(&["control-character"]);
        let escaped = format!("\"a\\u{code:04x}b\"");
        check_with(&format!("otherwise: {escaped}\n")).faults(&["control-character"]);
        check_with(&format!("findings: [{{id: {escaped}}}]\n")).faults(&["invalid-id"]);
        check_with(&format!("findings: [{{id: a, when: {{{escaped}: b}}}}]\n")).faults(&["unknown-question"]);
        check_with(&format!("findings: [{{id: a, when: {{pain: {escaped}}}}}]\n")).faults(&["unknown-option"]);
        check_with(&format!("{escaped}: 1\n")).faults(&["unknown-key"]);
        check_with(&format!("{escaped}: 1\n{escaped}: 1\n")).faults(&["duplicate-key"]);
        decide(&format!("format: 1\nanswers: {{pain: {escaped}}}\n")).faults(&["unknown-option"]);
        decide(&format!("format: 1\nanswers: {{{escaped}: sharp}}\n")).faults(&["unknown-question"]);
        decide(&format!("format: 1\nstory: {escaped}\nanswers: {{}}\n")).faults(&["control-character"]);
        decide(&format!("format: 1\nrule_set: {{name: {escaped}, version: 1}}\nanswers: {{}}\n"))
            .faults(&["control-character"]);
    }
}

#[cfg(unix)]
#[test]
fn file_names_are_foreign_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    for name in ["\x1b[31mred.yaml", "\u{202e}lmay.yaml", "a\nb.yaml"] {
        let place = Place::new();
        let file = place.write(name, "format: 1\n");
        place.check(&file).faults(&["missing-key"]);
        place.check(place.path()).faults(&["missing-key"]);
        place.run(&[Path::new("check"), Path::new("--format"), Path::new("json"), Path::new("--rules"), &file]);
        place.run(&[Path::new("decide"), &file]).faults(&["missing-key"]);
        place.run(&[Path::new("test"), &file]).ends(2, "BROKEN");
        place.run(&[Path::new("test"), Path::new("--format"), Path::new("json"), &file]).ends(2, "broken");
        fs::remove_file(&file).expect("the file is there");
        place.check(&file).ends(2, "cannot read");
        place.run(&[Path::new("decide"), &file]).ends(2, "cannot read");
        place.run(&[Path::new("test"), &file]).ends(2, "cannot read");
        place.run(&[Path::new("--plain"), Path::new("--answers"), &file]).ends(2, "cannot read");
    }
    let place = Place::new();
    let file = place.path().join(OsStr::from_bytes(b"caf\xe9.yaml"));
    fs::write(&file, "format: 1\n").expect("a file whose name is no UTF-8");
    place.check(&file).faults(&["missing-key"]);
    place.check(place.path()).faults(&["missing-key"]);
}

// Folders.

#[test]
fn a_folder_in_place_of_a_file() {
    let place = Place::new();
    let folder = place.path().join("answers.yaml");
    fs::create_dir(&folder).expect("a folder");
    place.run(&[Path::new("decide"), &folder]).ends(2, "cannot read");
    place.run(&[Path::new("--plain"), Path::new("--answers"), &folder]).ends(2, "cannot read");
    place.check(&folder).ends(2, "holds no .yaml files");
    place.run(&[Path::new("test"), &folder]).ends(2, "holds no .yaml files");
    // A folder within is not read, whatever it is called.
    place.check(place.path()).ends(2, "holds no .yaml files");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_round_are_said() {
    use std::os::unix::fs::symlink;

    let broken = Place::new();
    broken.write("10.yaml", RULES);
    symlink("nowhere", broken.path().join("20.yaml")).expect("a link");
    broken.check(broken.path()).ends(2, "20.yaml`");

    let round = Place::new();
    symlink("b.yaml", round.path().join("a.yaml")).expect("a link");
    symlink("a.yaml", round.path().join("b.yaml")).expect("a link");
    round.check(round.path()).ends(2, "a.yaml`");
    round.check(&round.path().join("a.yaml")).ends(2, "cannot read");

    let within = Place::new();
    within.write("10.yaml", RULES);
    symlink(".", within.path().join("20.yaml")).expect("a link");
    within.check(within.path()).is_read("1 question");

    let device = Place::new();
    device.write("10.yaml", RULES);
    symlink("/dev/zero", device.path().join("20.yaml")).expect("a link");
    device.check(device.path()).ends(2, "not a regular file");
}

#[test]
fn thousands_of_broken_cases() {
    let place = Place::new();
    let rules = place.write("rules.txt", RULES);
    for number in 0..1_000 {
        place.write(&format!("{number}.yaml"), "format: 1\nanswers: {pian: sharp}\n");
    }
    place.run(&[Path::new("test"), place.path(), Path::new("--rules"), &rules]).ends(2, "1000 broken");
}
