//! Random rule sets that use the whole language, small enough that every complete set of answers can be looked at.

use proptest::prelude::*;

use super::draws::{Bytes, Draws, items};
use super::rule_set::{
    Choice, Cond, Entry, Flag, GenRules, Guarantee, Held, Kind, Level, Need, OutcomeTest, Preference, Question, Said,
    Scope, Teamwork,
};

/// No rule set has more complete sets of answers than this.
const MOST_COMPLETE: usize = 240;

/// No rule set has more options than this, those that the language adds and numbers included.
pub(crate) const MOST_OPTIONS: usize = 30;

/// Ids that a careless reader of YAML takes for something else.
const ODD_IDS: [&str; 10] = ["null", "true", "id", "label", "no", "nan", "e1", "none-", "false", "y"];

/// Any rule set.
pub(crate) fn rule_sets() -> impl Strategy<Value = GenRules> {
    let questions = (items(1..7, 96), items(0..5, 48));
    let care = (1..=5usize, items(1..6, 6), items(0..3, 2), 1..=3usize);
    let rules = (items(0..6, 80), items(0..7, 40), items(0..9, 40), items(0..4, 40));
    // What stands first is shrunk first: without rules fewer questions are needed.
    (rules, questions, care).prop_map(|(rules, (questions, findings), care)| {
        let mut made = with_services(&care);
        add_questions(&mut made, &questions, &findings);
        add_rules(&mut made, &rules.0, &rules.1, &rules.2);
        add_extras(&mut made, &rules.3);
        made
    })
}

/// Rule sets with one question that decides nothing, large scope matrices, and needs and preferences that always hold.
pub(crate) fn teams() -> impl Strategy<Value = GenRules> {
    let care = (1..=10usize, items(1..9, 11), items(0..1, 0), 1..=4usize);
    (care, items(1..13, 2), items(0..6, 3)).prop_map(|(care, needs, preferences)| {
        let mut made = with_services(&care);
        made.questions.push(Question {
            id: "q0".to_owned(),
            kind: Kind::One,
            only_if: None,
            options: vec![],
            added: false,
        });
        made.questions[0].options.push(Choice { id: "o0".to_owned(), only_if: None });
        let known = Known { questions: &[], findings: &[] };
        made.needs = needs.iter().filter_map(|bytes| need(&made, known, &mut bytes.draws())).collect();
        made.preferences = preferences.iter().map(|bytes| preference(&made, known, &mut bytes.draws())).collect();
        made
    })
}

/// Professionals, the scope matrix, groups and phases; nothing else yet.
fn with_services((professionals, services, groups, phases): &(usize, Vec<Bytes>, Vec<Bytes>, usize)) -> GenRules {
    use Scope::{Core, Outside, Referral, Shared};
    let all: Vec<usize> = (0..services.len()).collect();
    let services = services.iter().map(|bytes| {
        let mut draws = bytes.draws();
        // Some services are core for nobody, so that sharing them matters.
        let scopes: &[Scope] = match draws.below(4) {
            0 | 1 => &[Core, Core, Core, Shared, Referral, Outside, Outside],
            2 => &[Shared, Shared, Referral, Outside],
            _ => &[Outside, Outside, Referral, Core, Shared],
        };
        (0..*professionals).map(|_| draws.one_of(scopes)).collect()
    });
    GenRules {
        questions: vec![],
        findings: vec![],
        flags: vec![],
        professionals: *professionals,
        services: services.collect(),
        groups: groups.iter().map(|bytes| bytes.draws().some_of(&all)).collect(),
        phases: *phases,
        needs: vec![],
        preferences: vec![],
        teamwork: vec![],
        handovers: vec![],
        guarantees: vec![],
    }
}

/// Questions and findings; what decides whether a question applies looks at earlier ones, and findings over them.
fn add_questions(made: &mut GenRules, questions: &[Bytes], findings: &[Bytes]) {
    let mut draws: Vec<Draws<'_>> = questions.iter().map(Bytes::draws).collect();
    let mut room = MOST_COMPLETE;
    for (place, draws) in draws.iter_mut().enumerate() {
        // What is left for this question if each after it has at least two answers.
        let left_over = room >> (questions.len() - place - 1);
        let (question, answers) = bare_question(place, left_over, &mut draws.part(8));
        room /= answers;
        made.questions.push(question);
    }
    // A finding depends on no question later than this one.
    let mut latest: Vec<Option<usize>> = Vec::new();
    for bytes in findings {
        let all: Vec<usize> = (0..latest.len()).collect();
        let mut draws = bytes.draws();
        // Findings over few questions can decide whether the others apply.
        let reach = made.questions.len() - draws.below(made.questions.len());
        let known = Known { questions: &made.questions[..reach], findings: &all };
        let when = known.optional(90, &mut draws);
        latest.push(when.as_ref().and_then(|when| latest_question(when, &latest)));
        made.findings.push(when);
    }
    for (place, draws) in draws.iter_mut().enumerate() {
        let over_earlier: Vec<usize> =
            (0..latest.len()).filter(|finding| latest[*finding].is_none_or(|latest| latest < place)).collect();
        let (earlier, later) = made.questions.split_at_mut(place);
        let known = Known { questions: earlier, findings: &over_earlier };
        later[0].only_if = known.optional(35, &mut draws.part(28));
        for choice in &mut later[0].options {
            choice.only_if = known.optional(25, &mut draws.part(15));
        }
    }
}

/// A question without conditions and with at most so many answers; and how many it has.
fn bare_question(place: usize, most: usize, draws: &mut Draws<'_>) -> (Question, usize) {
    let kind = draws.below(9);
    let added = draws.percent(40);
    let mut size = 1 + draws.below(4);
    let min = 2 - i32::try_from(draws.below(5)).expect("small");
    let odd = |draws: &mut Draws<'_>, usual: String, place: usize| {
        if draws.percent(8) { ODD_IDS[place].to_owned() } else { usual }
    };
    let id = odd(draws, format!("q{place}"), place);
    let first_option = if draws.percent(10) { draws.below(ODD_IDS.len() - 4) } else { ODD_IDS.len() };
    let answers = |size: usize| match kind {
        0..=3 | 7..9 => size + usize::from(added),
        _ => (1 << size) - 1 + usize::from(added),
    };
    while size > 1 && answers(size) > most {
        size -= 1;
    }
    let number = kind >= 7;
    let options = if number { 0 } else { size };
    let kind = match kind {
        0..=3 => Kind::One,
        4..=6 => Kind::Many,
        _ => Kind::Number { min, max: min + i32::try_from(size).expect("small") - 1 },
    };
    let option_id = |place: usize| match ODD_IDS.get(first_option + place) {
        Some(odd) => (*odd).to_owned(),
        None => format!("o{place}"),
    };
    let options = (0..options).map(|place| Choice { id: option_id(place), only_if: None }).collect();
    (Question { id, kind, only_if: None, options, added }, answers(size))
}

fn add_rules(made: &mut GenRules, flags: &[Bytes], needs: &[Bytes], preferences: &[Bytes]) {
    let all: Vec<usize> = (0..made.findings.len()).collect();
    let known = Known { questions: &made.questions, findings: &all };
    let flags = flags.iter().map(|bytes| flag(made, known, &mut bytes.draws())).collect();
    let needs = needs.iter().filter_map(|bytes| need(made, known, &mut bytes.draws())).collect();
    let preferences = preferences.iter().map(|bytes| preference(made, known, &mut bytes.draws())).collect();
    (made.flags, made.needs, made.preferences) = (flags, needs, preferences);
}

fn flag(made: &GenRules, known: Known<'_>, draws: &mut Draws<'_>) -> Flag {
    use Level::{Caution, Clearance, Emergency, None, Physician, Urgent};
    let levels = [None, Caution, Caution, Caution, Clearance, Clearance, Clearance, Physician, Urgent, Emergency];
    let level = draws.one_of(&levels);
    let holds_back = matches!(level, Caution | Clearance);
    let mut holds = Vec::new();
    if draws.percent(if holds_back { 75 } else { 15 }) {
        holds.extend((0..=draws.below(3)).map(|_| held(made, draws)));
        holds.sort_unstable();
        holds.dedup();
    }
    Flag { level, holds, when: known.optional(90, &mut draws.part(40)), unless: known.optional(30, draws) }
}

fn held(made: &GenRules, draws: &mut Draws<'_>) -> Held {
    if draws.percent(30) && !made.groups.is_empty() {
        Held::Group(draws.below(made.groups.len()))
    } else {
        Held::Service(draws.below(made.services.len()))
    }
}

/// A need for a service that somebody does; none if nobody does anything.
fn need(made: &GenRules, known: Known<'_>, draws: &mut Draws<'_>) -> Option<Need> {
    let somebody =
        |service: &usize| made.services[*service].iter().any(|scope| matches!(scope, Scope::Core | Scope::Shared));
    let services: Vec<usize> = (0..made.services.len()).filter(somebody).collect();
    if services.is_empty() {
        return None;
    }
    let (service, phase) = (draws.one_of(&services), draws.below(made.phases));
    Some(Need { when: known.optional(85, draws), service, phase })
}

fn preference(made: &GenRules, known: Known<'_>, draws: &mut Draws<'_>) -> Preference {
    let prefer = draws.below(made.professionals);
    let phase = draws.percent(50).then(|| draws.below(made.phases));
    Preference { when: known.optional(70, draws), prefer, phase }
}

/// What is told beside the outcome, or promised of it.
fn add_extras(made: &mut GenRules, extras: &[Bytes]) {
    let all: Vec<usize> = (0..made.findings.len()).collect();
    for bytes in extras {
        let draws = &mut bytes.draws();
        let (one, another) = (0, made.professionals - 1);
        match draws.below(4) {
            0 if one != another => {
                let phase = draws.percent(50).then(|| draws.below(made.phases));
                made.teamwork.push(Teamwork { of: one, with: another, phase });
            }
            1 if one != another => made.handovers.push((one, another)),
            _ => {
                let known = Known { questions: &made.questions, findings: &all };
                let always = draws.percent(50);
                let test = outcome_test(made, draws);
                let unless = draws.percent(40).then(|| outcome_test(made, draws));
                made.guarantees.push(Guarantee { when: known.optional(70, draws), unless, always, test });
            }
        }
    }
}

fn outcome_test(made: &GenRules, draws: &mut Draws<'_>) -> OutcomeTest {
    let level = |draws: &mut Draws<'_>| draws.one_of(&[Level::None, Level::Caution, Level::Physician, Level::Urgent]);
    match draws.below(9) {
        1 => OutcomeTest::Level(level(draws)),
        2 => OutcomeTest::LevelBetween(Some(level(draws)), None),
        3 => OutcomeTest::LevelBetween(Some(Level::Caution), Some(Level::Physician)),
        4 if !made.flags.is_empty() => OutcomeTest::Flag(draws.below(made.flags.len())),
        5 => OutcomeTest::Professional {
            professional: draws.below(made.professionals),
            phase: draws.percent(50).then(|| draws.below(made.phases)),
            service: draws.percent(50).then(|| draws.below(made.services.len())),
        },
        6 if made.professionals > 1 => OutcomeTest::Before(0, made.professionals - 1),
        7 => OutcomeTest::OnHold(held(made, draws)),
        8 => OutcomeTest::Waits(held(made, draws)),
        _ => OutcomeTest::NoPlan,
    }
}

/// The latest question that a condition depends on, itself or through findings.
fn latest_question(cond: &Cond, findings: &[Option<usize>]) -> Option<usize> {
    let latest_of = |parts: &[Cond]| parts.iter().filter_map(|part| latest_question(part, findings)).max();
    let of_entry = |entry: &Entry| match entry {
        Entry::Is(question, _)
        | Entry::IsOneOf(question, _)
        | Entry::Sets { question, .. }
        | Entry::Number(question, _)
        | Entry::NumberOneOf(question, _)
        | Entry::Compare { question, .. } => Some(*question),
        Entry::Finding(finding) => findings[*finding],
        Entry::FindingOneOf(several) => several.iter().filter_map(|finding| findings[*finding]).max(),
        Entry::Any(parts) | Entry::All(parts) | Entry::Count(_, parts) => latest_of(parts),
        Entry::Not(part) => latest_question(part, findings),
    };
    cond.0.iter().filter_map(of_entry).max()
}

/// What a condition may look at.
#[derive(Clone, Copy)]
struct Known<'k> {
    questions: &'k [Question],
    findings: &'k [usize],
}

impl Known<'_> {
    /// A condition, with this chance and if there is anything to look at.
    fn optional(self, chance: usize, draws: &mut Draws<'_>) -> Option<Cond> {
        let wanted = draws.percent(chance) && !(self.questions.is_empty() && self.findings.is_empty());
        wanted.then(|| self.cond(2, draws))
    }

    /// A condition whose parts are nested at most `depth` deep.
    fn cond(self, depth: usize, draws: &mut Draws<'_>) -> Cond {
        let mut entries = vec![self.entry(depth, draws)];
        if draws.percent(25) {
            let second = self.entry(depth, draws);
            if key(&second) != key(&entries[0]) {
                entries.push(second);
            }
        }
        Cond(entries)
    }

    /// One to three conditions.
    fn conds(self, depth: usize, draws: &mut Draws<'_>) -> Vec<Cond> {
        (0..=draws.below(3)).map(|_| self.cond(depth, draws)).collect()
    }

    fn entry(self, depth: usize, draws: &mut Draws<'_>) -> Entry {
        match (draws.below(14), depth.checked_sub(1)) {
            (0, Some(depth)) => Entry::Any(self.conds(depth, draws)),
            (1, Some(depth)) => Entry::All(self.conds(depth, draws)),
            (2 | 3, Some(depth)) => Entry::Not(self.cond(depth, draws)),
            (4, Some(depth)) => {
                let of = self.conds(depth, draws);
                Entry::Count(1 + draws.below(of.len()), of)
            }
            (5, _) if !self.findings.is_empty() => Entry::FindingOneOf(draws.some_of(self.findings)),
            (6, _) if !self.findings.is_empty() => Entry::Finding(draws.one_of(self.findings)),
            _ if self.questions.is_empty() => Entry::Finding(draws.one_of(self.findings)),
            _ => self.test(draws),
        }
    }

    /// A test on a question.
    fn test(self, draws: &mut Draws<'_>) -> Entry {
        let place = draws.below(self.questions.len());
        let question = &self.questions[place];
        if let Kind::Number { min, max } = question.kind {
            return number_test(place, min, max, question.added, draws);
        }
        let options: Vec<usize> = (0..question.option_count()).collect();
        match draws.below(9) {
            0..=2 => Entry::Is(place, draws.one_of(&options)),
            3 | 4 => Entry::IsOneOf(place, draws.some_of(&options)),
            which => {
                let mut set = |wanted: bool| if wanted { draws.some_of(&options) } else { vec![] };
                let (any_of, none_of) = (set(matches!(which, 6 | 8)), set(which != 7));
                let all_of = set(matches!(which, 7 | 8));
                Entry::Sets { question: place, any_of, all_of, none_of }
            }
        }
    }
}

fn number_test(question: usize, min: i32, max: i32, unsure: bool, draws: &mut Draws<'_>) -> Entry {
    let mut sayable: Vec<Said> = (min..=max).map(Said::Number).collect();
    let numbers: Vec<i32> = (min..=max).collect();
    if unsure {
        sayable.push(Said::Unsure);
    }
    match draws.below(6) {
        0 => Entry::Number(question, draws.one_of(&sayable)),
        1 => Entry::NumberOneOf(question, draws.some_of(&sayable)),
        2 => Entry::Compare { question, at_least: Some(draws.one_of(&numbers)), at_most: None },
        3 => Entry::Compare { question, at_least: None, at_most: Some(draws.one_of(&numbers)) },
        _ => {
            let (one, other) = (draws.one_of(&numbers), draws.one_of(&numbers));
            Entry::Compare { question, at_least: Some(one.min(other)), at_most: Some(one.max(other)) }
        }
    }
}

/// The key of an entry in its map, by which no two may be the same: a word, or a question.
fn key(entry: &Entry) -> (&'static str, usize) {
    match entry {
        Entry::Is(question, _)
        | Entry::IsOneOf(question, _)
        | Entry::Sets { question, .. }
        | Entry::Number(question, _)
        | Entry::NumberOneOf(question, _)
        | Entry::Compare { question, .. } => ("", *question),
        Entry::Finding(_) | Entry::FindingOneOf(_) => ("finding", 0),
        Entry::Any(_) => ("any", 0),
        Entry::All(_) => ("all", 0),
        Entry::Not(_) => ("not", 0),
        Entry::Count(..) => ("count", 0),
    }
}
