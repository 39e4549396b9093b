//! Random rule sets that use the whole language, small enough that every complete set of answers can be looked at.

use std::ops::Range;

use proptest::prelude::*;

use super::cond_gen::{Known, latest_question};
use super::draws::{Bytes, Draws, items};
use super::rule_set::{
    Choice, Cond, Entry, Flag, GenRules, Guarantee, Held, Kind, Level, Need, OutcomeTest, Preference, Question, Scope,
    Teamwork,
};

/// No rule set has more options than this, those that the language adds and numbers included.
pub(crate) const MOST_OPTIONS: usize = 30;

/// Ids that a careless reader of YAML takes for something else.
const ODD_IDS: [&str; 12] = ["null", "true", "id", "label", "no", "nan", "false", "y", "e1", "inf", "on", "off"];

/// Rule sets of all sizes that can still be looked at as a whole.
pub(crate) fn rule_sets() -> impl Strategy<Value = GenRules> {
    sized(Size {
        questions: 1..7,
        complete: 240,
        findings: 0..5,
        depth: 3,
        flags: 0..6,
        needs: 0..7,
        planned: 0.2,
        alarming: 0.1,
        preferences: 0..9,
        professionals: 1..6,
        services: 1..6,
        phases: 1..4,
        extras: 0..4,
    })
}

/// Rule sets so small that every part of every answer can be looked at.
pub(crate) fn small_rule_sets() -> impl Strategy<Value = GenRules> {
    sized(Size {
        questions: 2..4,
        complete: 24,
        findings: 0..3,
        depth: 2,
        flags: 0..4,
        needs: 0..5,
        planned: 0.5,
        alarming: 0.1,
        preferences: 0..4,
        professionals: 2..4,
        services: 1..4,
        phases: 1..4,
        extras: 0..4,
    })
}

/// Small rule sets about danger and little else.
pub(crate) fn alarming_rule_sets() -> impl Strategy<Value = GenRules> {
    sized(Size {
        questions: 2..5,
        complete: 40,
        findings: 0..2,
        depth: 2,
        flags: 1..5,
        needs: 0..2,
        planned: 0.2,
        alarming: 1.0,
        preferences: 0..1,
        professionals: 1..2,
        services: 1..3,
        phases: 1..2,
        extras: 0..2,
    })
}

/// Small rule sets about care, with plans of three phases.
pub(crate) fn caring_rule_sets() -> impl Strategy<Value = GenRules> {
    sized(Size {
        questions: 1..3,
        complete: 8,
        findings: 0..2,
        depth: 1,
        flags: 0..3,
        needs: 2..7,
        planned: 0.5,
        alarming: 0.0,
        preferences: 0..4,
        professionals: 2..4,
        services: 2..4,
        phases: 3..4,
        extras: 2..6,
    })
}

/// How many of everything.
struct Size {
    questions: Range<usize>,
    /// At most so many complete sets of answers.
    complete: usize,
    findings: Range<usize>,
    /// Conditions are nested less deep than this.
    depth: usize,
    flags: Range<usize>,
    needs: Range<usize>,
    /// In this share the plan is known from the start, so that all hangs on who is preferred.
    planned: f64,
    /// In this share there is little but signs of danger, lists of them with `none` and questions with `unsure`.
    alarming: f64,
    preferences: Range<usize>,
    professionals: Range<usize>,
    services: Range<usize>,
    phases: Range<usize>,
    /// Teamwork, handovers and guarantees.
    extras: Range<usize>,
}

fn sized(size: Size) -> impl Strategy<Value = GenRules> {
    let Size { complete, depth, .. } = size;
    // Whether the plan is known from the start, whether nothing is said to those who need nothing, and whether all is
    // about danger.
    let whole = (prop::bool::weighted(size.planned), prop::bool::weighted(0.2), prop::bool::weighted(size.alarming));
    let rules = [items(size.flags, 80), items(size.needs, 40), items(size.preferences, 40), items(size.extras, 40)];
    let questions = (items(size.questions, 132), items(size.findings, 48));
    let care = (size.professionals, items(size.services, 7), items(0..3, 2), size.phases);
    // What stands first is shrunk first: without rules fewer questions are needed.
    (whole, rules, questions, care).prop_map(
        move |((planned, silent, alarming), rules, (questions, findings), care)| {
            let mut made = with_services(&care);
            made.otherwise = !silent;
            add_questions(&mut made, complete, depth, alarming, &questions, &findings);
            add_rules(&mut made, depth, planned, alarming, &rules);
            made
        },
    )
}

/// Rule sets with large scope matrices, in which each answer to the one question makes another plan.
pub(crate) fn teams() -> impl Strategy<Value = GenRules> {
    let care = (1..11usize, items(2..9, 12), items(0..1, 0), 1..5usize);
    (items(0..6, 5), items(1..17, 4), care).prop_map(|(preferences, needs, care)| {
        let mut made = with_services(&care);
        let option = |place: usize| Choice { id: format!("o{place}"), may_lower_level: false, only_if: None };
        let options = (0..8).map(option).collect();
        made.questions.push(Question { id: "q0".to_owned(), kind: Kind::One, only_if: None, options, added: false });
        let some =
            |draws: &mut Draws<'_>| Some(Cond(vec![Entry::IsOneOf(0, draws.some_of(&[0, 1, 2, 3, 4, 5, 6, 7]))]));
        let needs = needs.iter().filter_map(|bytes| {
            let draws = &mut bytes.draws();
            need(&made, some(draws), draws)
        });
        let preferences = preferences.iter().map(|bytes| {
            let draws = &mut bytes.draws();
            preference(&made, some(draws), draws)
        });
        (made.needs, made.preferences) = (needs.collect(), preferences.collect());
        made
    })
}

/// Professionals, the scope matrix, groups and phases; nothing else yet.
fn with_services((professionals, services, groups, phases): &(usize, Vec<Bytes>, Vec<Bytes>, usize)) -> GenRules {
    use Scope::{Core, Outside, Referral, Shared};
    let all: Vec<usize> = (0..services.len()).collect();
    let compared_only = services.iter().map(|bytes| bytes.draws().percent(12)).collect();
    let services = services.iter().map(|bytes| {
        let mut draws = bytes.draws();
        draws.part(1);
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
        otherwise: true,
        findings: vec![],
        flags: vec![],
        professionals: *professionals,
        services: services.collect(),
        compared_only,
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
fn add_questions(
    made: &mut GenRules,
    complete: usize,
    depth: usize,
    alarming: bool,
    questions: &[Bytes],
    findings: &[Bytes],
) {
    let mut draws: Vec<Draws<'_>> = questions.iter().map(Bytes::draws).collect();
    let mut room = complete;
    for (place, draws) in draws.iter_mut().enumerate() {
        // What is left for this question if each after it has at least two answers.
        let left_over = room >> (questions.len() - place - 1);
        let (question, answers) = bare_question(place, left_over, alarming, &mut draws.part(8));
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
        let known = Known { questions: &made.questions[..reach], findings: &all, depth };
        let when = known.optional(90, &mut draws);
        latest.push(when.as_ref().and_then(|when| latest_question(when, &latest)));
        made.findings.push(when);
    }
    for (place, draws) in draws.iter_mut().enumerate() {
        let over_earlier: Vec<usize> =
            (0..latest.len()).filter(|finding| latest[*finding].is_none_or(|latest| latest < place)).collect();
        let (earlier, later) = made.questions.split_at_mut(place);
        let known = Known { questions: earlier, findings: &over_earlier, depth };
        later[0].only_if = known.optional(35, &mut draws.part(28));
        let chance = draws.one_of(&[0, 20, 40, 90]);
        for choice in &mut later[0].options {
            choice.only_if = known.optional(chance, &mut draws.part(15));
        }
        later[0].only_if = settled(later[0].only_if.take(), known, &mut draws.part(16));
        for choice in &mut later[0].options {
            choice.may_lower_level = draws.percent(15);
        }
        if let Some(choice) = later[0].options.last_mut() {
            choice.only_if = settled(choice.only_if.take(), known, &mut draws.part(15));
        }
    }
}

/// A condition, in whose place there stands now and then one that never holds, or one that always does.
fn settled(cond: Option<Cond>, known: Known<'_>, draws: &mut Draws<'_>) -> Option<Cond> {
    let settled = match draws.below(32) {
        1 => Entry::All,
        2 => Entry::Any,
        _ => return cond,
    };
    let part = known.optional(100, draws)?;
    let opposite = Cond(vec![Entry::Not(part.clone())]);
    Some(Cond(vec![settled(vec![part, opposite])]))
}

/// A question without conditions and with at most so many answers; and how many it has.
fn bare_question(place: usize, most: usize, alarming: bool, draws: &mut Draws<'_>) -> (Question, usize) {
    let wanted = draws.below(9);
    let many = (4..=6).contains(&wanted);
    let added = draws.percent(if alarming { 90 } else { 40 });
    let mut size = 1 + draws.below(4);
    let answers = |size: usize| usize::from(added) + if many { (1 << size) - 1 } else { size };
    while size > 1 && answers(size) > most {
        size -= 1;
    }
    let number = |number: usize| i32::try_from(number).expect("it is small");
    let min = 2 - number(draws.below(5));
    let kind = match wanted {
        0..=3 => Kind::One,
        4..=6 => Kind::Many,
        _ => Kind::Number { min, max: min + number(size) - 1 },
    };
    let odd = draws.percent(8).then(|| ODD_IDS[place + 6 * draws.below(2)]);
    let first_odd = draws.percent(10).then(|| draws.below(9));
    let option = |place: usize| {
        let id = first_odd.map_or_else(|| format!("o{place}"), |first| ODD_IDS[first + place].to_owned());
        Choice { id, may_lower_level: false, only_if: None }
    };
    let options = if matches!(kind, Kind::Number { .. }) { 0..0 } else { 0..size };
    let id = odd.map_or_else(|| format!("q{place}"), str::to_owned);
    (Question { id, kind, only_if: None, options: options.map(option).collect(), added }, answers(size))
}

/// Flags, needs, preferences, and what is told beside the outcome.
fn add_rules(made: &mut GenRules, depth: usize, planned: bool, alarming: bool, rules: &[Vec<Bytes>; 4]) {
    let [flags, needs, preferences, extras] = rules;
    let questions = made.questions.clone();
    let all: Vec<usize> = (0..made.findings.len()).collect();
    let known = Known { questions: &questions, findings: &all, depth };
    for bytes in flags {
        let flag = flag(made, known, alarming, &mut bytes.draws());
        made.flags.push(flag);
    }
    for bytes in needs {
        let draws = &mut bytes.draws();
        let when = known.optional(85, &mut draws.part(30)).filter(|_| !planned);
        let need = need(made, when, draws);
        made.needs.extend(need);
    }
    for bytes in preferences {
        let draws = &mut bytes.draws();
        let when = known.optional(70, &mut draws.part(30));
        let preference = preference(made, when, draws);
        made.preferences.push(preference);
    }
    for bytes in extras {
        add_extra(made, known, &mut bytes.draws());
    }
}

fn flag(made: &GenRules, known: Known<'_>, alarming: bool, draws: &mut Draws<'_>) -> Flag {
    use Level::{Caution, Clearance, Emergency, None, Physician, Urgent};
    let levels: &[Level] = if alarming {
        &[Caution, Clearance, Physician, Urgent, Emergency, Emergency]
    } else {
        &[
            None, None, Caution, Caution, Caution, Clearance, Clearance, Physician, Physician, Urgent, Emergency,
            Emergency,
        ]
    };
    let level = draws.one_of(levels);
    // Plain conditions say what there is to see.
    let known = Known { depth: if alarming { 1 } else { known.depth }, ..known };
    let holds_back = matches!(level, Caution | Clearance);
    let mut holds = Vec::new();
    if draws.percent(if holds_back { 75 } else { 15 }) {
        holds.extend((0..=draws.below(3)).map(|_| held(made, draws)));
        holds.sort_unstable();
        holds.dedup();
    }
    // One that always ends everything would leave nothing to look at.
    let chance = if level >= Urgent { 100 } else { 90 };
    Flag { level, holds, when: known.optional(chance, &mut draws.part(40)), unless: known.optional(30, draws) }
}

fn held(made: &GenRules, draws: &mut Draws<'_>) -> Held {
    if draws.percent(30) && !made.groups.is_empty() {
        Held::Group(draws.below(made.groups.len()))
    } else {
        Held::Service(draws.below(made.services.len()))
    }
}

/// A need for a service that somebody does; none if nobody does anything.
fn need(made: &GenRules, when: Option<Cond>, draws: &mut Draws<'_>) -> Option<Need> {
    let somebody =
        |service: &usize| made.services[*service].iter().any(|scope| matches!(scope, Scope::Core | Scope::Shared));
    let services: Vec<usize> = (0..made.services.len()).filter(somebody).collect();
    if services.is_empty() {
        return None;
    }
    let (service, phase) = (draws.one_of(&services), draws.below(made.phases));
    Some(Need { when, service, phase })
}

fn preference(made: &GenRules, when: Option<Cond>, draws: &mut Draws<'_>) -> Preference {
    let prefer = draws.below(made.professionals);
    let phase = draws.percent(50).then(|| draws.below(made.phases));
    Preference { when, prefer, phase }
}

/// What is told beside the outcome, or promised of it.
fn add_extra(made: &mut GenRules, known: Known<'_>, draws: &mut Draws<'_>) {
    let one = draws.below(made.professionals);
    let others: Vec<usize> = (0..made.professionals).filter(|other| *other != one).collect();
    match draws.below(4) {
        0 if !others.is_empty() => {
            let phase = draws.percent(50).then(|| draws.below(made.phases));
            made.teamwork.push(Teamwork { of: one, with: draws.some_of(&others), phase });
        }
        1 if !others.is_empty() => made.handovers.push((one, draws.one_of(&others))),
        _ => {
            let always = draws.percent(50);
            let test = outcome_test(made, draws);
            let unless = draws.percent(40).then(|| outcome_test(made, draws));
            made.guarantees.push(Guarantee { when: known.optional(70, draws), unless, always, test });
        }
    }
}

/// One entry, or two with different keys.
fn outcome_test(made: &GenRules, draws: &mut Draws<'_>) -> Vec<OutcomeTest> {
    let mut test = vec![outcome_entry(made, draws)];
    if draws.percent(25) {
        let second = outcome_entry(made, draws);
        if outcome_key(&second) != outcome_key(&test[0]) {
            test.push(second);
        }
    }
    test
}

fn outcome_entry(made: &GenRules, draws: &mut Draws<'_>) -> OutcomeTest {
    use Level::{Caution, Clearance, Emergency, None, Physician, Urgent};
    let level = |draws: &mut Draws<'_>| draws.one_of(&[None, Caution, Clearance, Physician, Urgent, Emergency]);
    match draws.below(12) {
        1 => OutcomeTest::Level(level(draws)),
        2 => OutcomeTest::LevelBetween(Some(level(draws)), Option::None),
        3 => OutcomeTest::LevelBetween(Option::None, Some(level(draws))),
        4 => {
            let (one, other) = (level(draws), level(draws));
            OutcomeTest::LevelBetween(Some(one.min(other)), Some(one.max(other)))
        }
        5 | 6 if !made.flags.is_empty() => OutcomeTest::Flag(draws.below(made.flags.len())),
        7 | 8 => OutcomeTest::Professional {
            professional: draws.below(made.professionals),
            phase: draws.percent(50).then(|| draws.below(made.phases)),
            service: draws.percent(50).then(|| draws.below(made.services.len())),
        },
        9 if made.professionals > 1 => {
            let (first, last) = (0, made.professionals - 1);
            if draws.percent(50) { OutcomeTest::Before(first, last) } else { OutcomeTest::Before(last, first) }
        }
        10 => OutcomeTest::OnHold(held(made, draws)),
        11 => OutcomeTest::Waits(held(made, draws)),
        _ => OutcomeTest::NoPlan,
    }
}

/// The key of an entry in its map, by which no two may be the same.
fn outcome_key(entry: &OutcomeTest) -> &'static str {
    match entry {
        OutcomeTest::Level(_) | OutcomeTest::LevelBetween(..) => "level",
        OutcomeTest::Flag(_) => "flag",
        OutcomeTest::Professional { .. } => "professional",
        OutcomeTest::Before(..) => "before",
        OutcomeTest::OnHold(_) => "on_hold",
        OutcomeTest::Waits(_) => "waits",
        OutcomeTest::NoPlan => "plan",
    }
}
