//! Made-up rule sets of any size, as text, for measuring what has to look at a whole rule set at once.
//!
//! They are drawn from a seed, so that every run measures the same, and they are shaped like real ones. Danger signs
//! come first, many questions hang on a few early ones, a rule looks mostly at questions that stand near each other,
//! and the levels that call for a doctor ask for a danger sign. Without that, nearly all answers would lead to an
//! emergency, and hardly any plan would be left to look at.

use fastrand::Rng;

/// The options of a question, as many of them as it has.
const OPTIONS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
const PROFESSIONALS: usize = 4;
const PHASES: usize = 4;
/// Who may be core for the services of each phase. The last professional is kept out of the first phase altogether, so
/// that one promise about it can be proved.
const LEADERS: [&[usize]; PHASES] = [&[0, 1], &[0, 1, 3], &[1, 2, 3], &[1, 2, 3]];
/// Levels of flags, highest first, and how many of a hundred flags are at that level or above.
const LEVELS: [(&str, usize); 6] =
    [("emergency", 25), ("urgent", 50), ("physician", 63), ("clearance", 76), ("caution", 90), ("note", 100)];
const MOST_PREFERENCES: usize = 20;
/// How deep `any`, `all`, `not` and `count` stand in each other in a rule.
const NESTING: usize = 2;

const METADATA: &str = r#"format: 1
name: "Made-up rules"
version: "1.0.0"
emergency_number: "112"
disclaimer: "Made up to measure the program. It advises nobody."
otherwise: "Nothing you said calls for anybody here."

sources:
  - {id: made-up, title: "Made up", reviewed: false}
"#;

const TEAMWORK: &str = r#"
teamwork:
  - {of: p1, with: [p3, p4], phase: ph2, note: "The first sets the pace for the others.", source: made-up}
  - {of: p2, with: [p3], note: "Both look at the same plan.", source: made-up}
handovers:
  - {from: p1, to: p2, note: "What was found goes along.", source: made-up}
  - {from: p2, to: p3, note: "What is allowed goes along.", source: made-up}
"#;

/// The text of a rule set that loads without faults. It has so many questions, but at least one. The `rules` are its
/// findings, flags, needs, preferences and guarantees taken together; a section has at most 5,000 rows. Guarantees are
/// kept by some of the rule sets and broken by others.
pub(crate) fn rule_set(questions: usize, rules: usize, seed: u64) -> String {
    let findings = rules / 10;
    let needs = rules / 3;
    let preferences = (rules / 20).min(MOST_PREFERENCES);
    let guarantees = rules.div_ceil(50);
    let flags = rules - findings - needs - preferences - guarantees;
    let mut maker = Maker::new(questions.max(1), seed);
    // Conditions say which findings there are, so that these are made first.
    let findings = maker.section("findings", findings, Maker::finding);
    let sections = [
        METADATA.to_owned(),
        maker.section("questions", questions.max(1), Maker::question),
        findings,
        maker.scopes(),
        maker.section("flags", flags, |maker, row| maker.flag(row, flags)),
        maker.section("needs", needs, Maker::need),
        maker.section("preferences", preferences, Maker::preference),
        TEAMWORK.to_owned(),
        maker.section("guarantees", guarantees, Maker::guarantee),
    ];
    sections.concat()
}

/// What a question is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Signs that hardly anybody ticks.
    Danger,
    /// What many other questions and rules hang on.
    Context,
    Detail,
}

#[derive(Clone, Copy)]
enum Kind {
    /// With so many options.
    One(usize),
    /// With so many options.
    Many(usize),
    /// From 0 to this one.
    Number(usize),
}

/// What conditions need to know of a question.
struct Shape {
    part: Part,
    kind: Kind,
    unsure: bool,
}

/// What a condition may look at.
#[derive(Clone, Copy)]
struct View {
    /// Questions before this one.
    questions: usize,
    /// Findings before this one, as far as they are about such questions.
    findings: usize,
    /// The question around which the others are chosen.
    focus: usize,
}

struct Service {
    /// The phase in which it is mostly needed.
    home: usize,
    /// Who can lead it.
    candidates: Vec<usize>,
}

/// A flag for which a doctor is needed.
struct Sign {
    row: usize,
    level: &'static str,
    when: String,
}

struct Wish {
    when: String,
    service: usize,
    phase: usize,
}

/// A key and its value.
type Entry = (String, String);

struct Maker {
    rng: Rng,
    shapes: Vec<Shape>,
    /// The questions with danger signs, and those that others hang on, in file order.
    dangers: Vec<usize>,
    contexts: Vec<usize>,
    /// For each finding the first question that it and the findings in it cannot look at.
    findings: Vec<usize>,
    services: Vec<Service>,
    groups: usize,
    signs: Vec<Sign>,
    wishes: Vec<Wish>,
}

impl Maker {
    fn new(questions: usize, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let shapes: Vec<Shape> = (0..questions).map(|row| shape(row, &mut rng)).collect();
        let all_of = |part: Part| (0..questions).filter(|row| shapes[*row].part == part).collect();
        let (dangers, contexts) = (all_of(Part::Danger), all_of(Part::Context));
        Self {
            rng,
            shapes,
            dangers,
            contexts,
            findings: Vec::new(),
            services: Vec::new(),
            groups: 0,
            signs: Vec::new(),
            wishes: Vec::new(),
        }
    }

    fn section(&mut self, name: &str, rows: usize, row: impl Fn(&mut Self, usize) -> String) -> String {
        let rows: String = (0..rows).map(|number| row(self, number)).collect();
        format!("\n{name}:\n{rows}")
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.rng.usize(..100) < percent
    }

    // ---------------------------------------------------------------- questions and findings

    fn question(&mut self, row: usize) -> String {
        let number = row + 1;
        let Shape { part, kind, unsure } = self.shapes[row];
        let (choose, options) = match kind {
            Kind::One(options) => ("one".to_owned(), options),
            Kind::Many(options) => ("many".to_owned(), options),
            Kind::Number(max) => (format!("{{number: {{min: 0, max: {max}, low: \"none\", high: \"the most\"}}}}"), 0),
        };
        let mut text = format!("  - id: {}\n    section: \"Part {}\"\n", question_id(row), row / 5 + 1);
        text += &format!("    ask: \"What do you answer to question {number}?\"\n");
        text += &format!("    why: \"Rules on question {number} and those near it hang on this.\"\n");
        text += &format!("    choose: {choose}\n");
        // The first three are for everybody.
        if row > 2 && self.chance(26) {
            text += &format!("    only_if: {}\n", self.applicability(row));
        }
        if matches!(kind, Kind::Many(_)) {
            text += "    none: \"None of these\"\n";
        }
        if unsure {
            text += "    unsure: \"I am not sure\"\n";
        }
        if options > 0 {
            text += "    options:\n";
        }
        let percent = if part == Part::Danger { 30 } else { 12 };
        for (place, option) in OPTIONS.iter().take(options).enumerate() {
            let label = format!("\"Answer {option} to question {number}\"");
            // The first stays for everybody to whom the question applies.
            if row > 1 && place > 0 && self.chance(percent) {
                let only_if = self.applicability(row);
                text += &format!("      - {{id: {option}, label: {label}, only_if: {only_if}}}\n");
            } else {
                text += &format!("      - {option}: {label}\n");
            }
        }
        text
    }

    /// When something in this question applies.
    fn applicability(&mut self, row: usize) -> String {
        let entries = if self.chance(75) { 1 } else { 2 };
        let view = View { questions: row, findings: self.findings.len(), focus: row - 1 };
        self.condition(None, entries, view, 1)
    }

    fn finding(&mut self, row: usize) -> String {
        let focus = self.rng.usize(..self.shapes.len());
        let questions = (focus + 4).min(self.shapes.len());
        let entries = self.size();
        let when = self.condition(None, entries, View { questions, findings: row, focus }, NESTING);
        self.findings.push(questions);
        format!("  - {{id: f{}, when: {when}, say: \"what finding {} stands for\"}}\n", row + 1, row + 1)
    }

    // ---------------------------------------------------------------- scopes

    /// Groups, professionals, services and phases.
    fn scopes(&mut self) -> String {
        let services = self.rng.usize(12..=20);
        self.groups = 3;
        let mut text = "\ngroups:\n".to_owned();
        for group in 1..=self.groups {
            let amount = self.rng.usize(3..=5);
            let members = self.some_of(services, amount);
            text += &format!("  g{group}: {}\n", list(members.into_iter().map(service_id)));
        }
        text += "\nprofessionals:\n";
        for professional in 1..=PROFESSIONALS {
            text += &format!("  - {{id: p{professional}, name: \"professional {professional}\", source: made-up}}\n");
        }
        text += "\nservices:\n";
        for service in 0..services {
            text += &format!("  - id: {}\n    name: \"Service {}\"\n", service_id(service), service + 1);
            text += &format!("    scope: {}\n    source: made-up\n", self.scope(service * PHASES / services));
        }
        text += "\nphases:\n";
        for phase in 1..=PHASES {
            text += &format!("  - {{id: ph{phase}, title: \"Phase {phase}\", move_on: \"Phase {phase} is done.\"}}\n");
        }
        text
    }

    /// The row of a service in the matrix. A few services are core for nobody, and shared.
    fn scope(&mut self, home: usize) -> String {
        let best = if self.chance(92) { "core" } else { "shared" };
        let leaders = LEADERS[home];
        let amount = self.rng.usize(1..=2);
        let leading: Vec<usize> = self.some_of(leaders.len(), amount).into_iter().map(|place| leaders[place]).collect();
        let mut cells = Vec::new();
        let mut shared = Vec::new();
        for professional in 0..PROFESSIONALS {
            let cell = match self.rng.usize(..100) {
                _ if leading.contains(&professional) => best,
                0..50 => "outside",
                50..70 => "referral",
                _ if home == 0 && professional == PROFESSIONALS - 1 => "outside",
                _ => "shared",
            };
            if cell == "shared" {
                shared.push(professional);
            }
            cells.push(format!("p{}: {cell}", professional + 1));
        }
        self.services.push(Service { home, candidates: if best == "core" { leading } else { shared } });
        format!("{{{}}}", cells.join(", "))
    }

    // ---------------------------------------------------------------- rules

    fn flag(&mut self, row: usize, flags: usize) -> String {
        let number = row + 1;
        let level = LEVELS.iter().find(|(_, most)| row * 100 / flags < *most).map_or("note", |(level, _)| *level);
        let calls_doctor = matches!(level, "emergency" | "urgent" | "physician");
        let (first, view) = if calls_doctor {
            let danger = self.dangers[self.rng.usize(..self.dangers.len())];
            (Some((question_id(danger), self.ticks(danger))), self.view_of_all(danger))
        } else {
            let focus = self.rng.usize(..self.shapes.len());
            (None, self.view_of_all(focus))
        };
        let entries = self.size();
        let when = self.condition(first, entries, view, NESTING);
        let mut text = format!("  - id: flag-{number}\n    level: {level}\n    when: {when}\n");
        if self.chance(if calls_doctor { 18 } else { 30 }) {
            let excuse = self.excuse(view);
            text += &excuse.map_or_else(String::new, |excuse| format!("    unless: {excuse}\n"));
        }
        if level == "clearance" || level == "caution" && self.chance(70) {
            text += &format!("    holds: {}\n    until: \"Reason {number} is gone.\"\n", self.held());
        }
        text += &format!("    say: \"You said what flag {number} looks for.\"\n");
        text += &format!("    do: \"Do what flag {number} asks for.\"\n    source: made-up\n");
        if calls_doctor {
            self.signs.push(Sign { row, level, when });
        }
        text
    }

    /// One to three services or groups.
    fn held(&mut self) -> String {
        let services = self.services.len();
        let amount = self.rng.usize(1..=3);
        let held = self.some_of(services + self.groups, amount);
        list(held.into_iter().map(|place| match place.checked_sub(services) {
            Some(group) => format!("g{}", group + 1),
            None => service_id(place),
        }))
    }

    fn need(&mut self, row: usize) -> String {
        let when = self.rule();
        let phase = self.rng.usize(..PHASES);
        // Some of what belongs to a phase goes on into the next.
        let home = if self.chance(80) { phase } else { phase.saturating_sub(1) };
        let at_home: Vec<usize> = (0..self.services.len()).filter(|row| self.services[*row].home == home).collect();
        let service = at_home[self.rng.usize(..at_home.len())];
        let (number, id) = (row + 1, service_id(service));
        let mut text =
            format!("  - id: need-{number}\n    when: {when}\n    service: {id}\n    phase: ph{}\n", phase + 1);
        text += &format!("    because: \"You said what need {number} looks for.\"\n    source: made-up\n");
        self.wishes.push(Wish { when, service, phase });
        text
    }

    fn preference(&mut self, row: usize) -> String {
        let when = self.rule();
        let mut text = format!("  - id: preference-{}\n    when: {when}\n", row + 1);
        text += &format!("    prefer: p{}\n", self.rng.usize(1..=PROFESSIONALS));
        if self.chance(60) {
            text += &format!("    phase: ph{}\n", self.rng.usize(1..=PHASES));
        }
        text += &format!("    because: \"You said what preference {} looks for.\"\n    source: made-up\n", row + 1);
        text
    }

    fn guarantee(&mut self, row: usize) -> String {
        let level = ["caution", "clearance", "physician", "urgent"][self.rng.usize(..4)];
        let professional = self.rng.usize(1..=PROFESSIONALS);
        let phase = self.rng.usize(1..=PHASES);
        let kind = self.rng.usize(..100);
        let promise = match (kind, self.rng.choice(&self.signs), self.rng.choice(&self.wishes)) {
            _ if row == 0 => format!("never: {{professional: p{PROFESSIONALS}, phase: ph1}}"),
            // What a rule says, which another rule can only spoil through its `unless`.
            (0..35, Some(Sign { level, when, .. }), _) => {
                format!("when: {when}\n    always: {{level: {{at_least: {level}}}}}")
            }
            (35..42, Some(Sign { row, when, .. }), _) => {
                format!("when: {when}\n    always: {{flag: flag-{}}}", row + 1)
            }
            (42..47, Some(Sign { when, .. }), _) => format!("when: {when}\n    always: {{plan: none}}"),
            (47..65, _, Some(Wish { when, service, phase })) => {
                let lead = self.services[*service].candidates.first().map_or(1, |lead| lead + 1);
                let unless = "unless: {level: {at_least: urgent}}";
                format!("when: {when}\n    {unless}\n    always: {{professional: p{lead}, phase: ph{}}}", phase + 1)
            }
            (0..75, _, _) => format!("when: {}\n    always: {{level: {{at_least: {level}}}}}", self.rule()),
            (75..87, _, _) => {
                format!("when: {}\n    never: {{professional: p{professional}, phase: ph{phase}}}", self.rule())
            }
            (87..94, _, _) => {
                let other = professional % PROFESSIONALS + 1;
                format!("when: {}\n    always: {{before: [p{professional}, p{other}]}}", self.rule())
            }
            _ => format!("when: {}\n    never: {{waits: {}}}", self.rule(), self.held()),
        };
        format!("  - id: guarantee-{}\n    {promise}\n", row + 1)
    }

    // ---------------------------------------------------------------- conditions

    /// The condition of a rule on anything.
    fn rule(&mut self) -> String {
        let focus = self.rng.usize(..self.shapes.len());
        let entries = self.size();
        self.condition(None, entries, self.view_of_all(focus), NESTING)
    }

    fn view_of_all(&self, focus: usize) -> View {
        View { questions: self.shapes.len(), findings: self.findings.len(), focus }
    }

    /// How many entries a condition has.
    fn size(&mut self) -> usize {
        match self.rng.usize(..100) {
            0..35 => 1,
            35..70 => 2,
            70..90 => 3,
            _ => 4,
        }
    }

    /// A condition of so many entries, of which the first may be given.
    fn condition(&mut self, first: Option<Entry>, entries: usize, view: View, nesting: usize) -> String {
        let mut chosen: Vec<Entry> = first.into_iter().collect();
        // A key stands once in a map. Where there are few questions, there may not be enough keys.
        for _ in 0..4 * entries {
            if chosen.len() == entries {
                break;
            }
            let entry = self.entry(view, nesting);
            if chosen.iter().all(|(key, _)| *key != entry.0) {
                chosen.push(entry);
            }
        }
        let entries: Vec<String> = chosen.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("{{{}}}", entries.join(", "))
    }

    fn entry(&mut self, view: View, nesting: usize) -> Entry {
        match self.rng.usize(..100) {
            0..6 if nesting > 0 => {
                let parts = self.rng.usize(2..=3);
                ("any".to_owned(), self.conditions(parts, 2, view, nesting))
            }
            6..12 if nesting > 0 => match self.excuse(view) {
                Some(excuse) => ("not".to_owned(), excuse),
                None => self.question_entry(view),
            },
            12..15 if nesting > 0 => {
                let parts = self.rng.usize(3..=4);
                let of = self.conditions(parts, 1, view, nesting);
                ("count".to_owned(), format!("{{at_least: {}, of: {of}}}", self.rng.usize(2..parts)))
            }
            15..17 if nesting > 0 => ("all".to_owned(), self.conditions(2, 1, view, nesting)),
            17..29 => self.finding_entry(view),
            _ => self.question_entry(view),
        }
    }

    /// A plain answer that excuses a flag. A tick on a list never does: whoever ticks more is not to be told less.
    fn excuse(&mut self, view: View) -> Option<String> {
        let asked = 0..self.shapes.len().min(view.questions);
        let plain: Vec<usize> = asked.filter(|row| matches!(self.shapes[*row].kind, Kind::One(_))).collect();
        let question = self.rng.choice(plain)?;
        let Kind::One(options) = self.shapes[question].kind else {
            return None;
        };
        Some(format!("{{{}: {}}}", question_id(question), self.options(options, 1)))
    }

    /// So many conditions in a list, of one to `most` entries each.
    fn conditions(&mut self, parts: usize, most: usize, view: View, nesting: usize) -> String {
        let mut conditions = Vec::new();
        for _ in 0..parts {
            let entries = self.rng.usize(1..=most);
            conditions.push(self.condition(None, entries, view, nesting - 1));
        }
        format!("[{}]", conditions.join(", "))
    }

    fn finding_entry(&mut self, view: View) -> Entry {
        let rows: Vec<usize> = (0..view.findings).filter(|row| self.findings[*row] <= view.questions).collect();
        if rows.is_empty() {
            return self.question_entry(view);
        }
        let amount = if self.chance(75) { 1 } else { 2 };
        let chosen = self.some_of(rows.len(), amount);
        ("finding".to_owned(), list(chosen.into_iter().map(|place| format!("f{}", rows[place] + 1))))
    }

    fn question_entry(&mut self, view: View) -> Entry {
        let contexts = self.contexts.partition_point(|context| *context < view.questions);
        let question = match self.rng.usize(..100) {
            0..30 if contexts > 0 => self.contexts[self.rng.usize(..contexts)],
            0..85 => self.rng.usize(view.focus.saturating_sub(4)..(view.focus + 5).min(view.questions)),
            _ => self.rng.usize(..view.questions),
        };
        let Shape { kind, unsure, .. } = self.shapes[question];
        let test = match kind {
            Kind::One(options) => self.test_of_one(options, unsure),
            Kind::Many(options) => self.test_of_many(options),
            Kind::Number(max) => self.test_of_number(max),
        };
        (question_id(question), test)
    }

    /// Whoever is not sure is taken for the graver case, as careful rules do.
    fn test_of_one(&mut self, options: usize, unsure: bool) -> String {
        let amount = if self.chance(50) { 1 } else { self.rng.usize(1..options) };
        let chosen = self.some_of(options, amount).into_iter().map(option_id);
        list(chosen.chain(unsure.then(|| "unsure".to_owned())))
    }

    /// Only what is ticked is asked for, never what is not: whoever ticks more is not to be told less.
    fn test_of_many(&mut self, options: usize) -> String {
        match self.rng.usize(..100) {
            0..50 => self.options(options, 1),
            50..80 => {
                let amount = self.rng.usize(2..=3);
                self.options(options, amount)
            }
            80..90 => {
                let amount = self.rng.usize(2..=4);
                let mut any_of = self.some_of(options, amount);
                let all_of = any_of.split_off(amount / 2);
                let [any_of, all_of] = [any_of, all_of].map(|some| list(some.into_iter().map(option_id)));
                format!("{{any_of: {any_of}, all_of: {all_of}}}")
            }
            _ => format!("{{all_of: {}}}", self.options(options, 2)),
        }
    }

    /// Rules meet at the same few bounds, as those on age do.
    fn test_of_number(&mut self, max: usize) -> String {
        let step = max / 10;
        let bound = self.rng.usize(2..=8) * step;
        match self.rng.usize(..100) {
            0..40 => format!("{{at_least: {bound}}}"),
            40..72 => format!("{{at_most: {}}}", bound - 1),
            72..90 => format!("{{at_least: {bound}, at_most: {}}}", bound + self.rng.usize(1..=2) * step - 1),
            _ => format!("[{bound}, {}]", bound + 1),
        }
    }

    /// One tick of a question with danger signs, or two of which one is enough.
    fn ticks(&mut self, danger: usize) -> String {
        let Kind::Many(options) = self.shapes[danger].kind else {
            return OPTIONS[0].to_owned();
        };
        let amount = if self.chance(70) { 1 } else { 2 };
        self.options(options, amount)
    }

    fn options(&mut self, options: usize, amount: usize) -> String {
        list(self.some_of(options, amount).into_iter().map(option_id))
    }

    /// So many different numbers below `limit`, in order.
    fn some_of(&mut self, limit: usize, amount: usize) -> Vec<usize> {
        let mut chosen = self.rng.choose_multiple(0..limit, amount);
        chosen.sort_unstable();
        chosen
    }
}

fn shape(row: usize, rng: &mut Rng) -> Shape {
    let part = match (row, rng.usize(..100)) {
        (0, _) | (3.., 0..22) => Part::Danger,
        (1 | 2, _) | (3.., 22..28) => Part::Context,
        _ => Part::Detail,
    };
    let kind = match (part, rng.usize(..100)) {
        (Part::Danger, _) | (Part::Context, 0..60) | (Part::Detail, 0..30) => Kind::Many(rng.usize(4..=8)),
        (Part::Detail, 30..45) => Kind::Number(10),
        (Part::Detail, 45..55) => Kind::Number(100),
        _ => Kind::One(rng.usize(3..=6)),
    };
    let unsure = matches!(kind, Kind::One(_)) && rng.usize(..100) < 40;
    Shape { part, kind, unsure }
}

fn question_id(row: usize) -> String {
    format!("q{}", row + 1)
}

fn service_id(row: usize) -> String {
    format!("s{}", row + 1)
}

fn option_id(place: usize) -> String {
    OPTIONS[place].to_owned()
}

/// An id, or a list of several.
fn list(ids: impl Iterator<Item = String>) -> String {
    let ids: Vec<String> = ids.collect();
    match ids.as_slice() {
        [id] => id.clone(),
        ids => format!("[{}]", ids.join(", ")),
    }
}
