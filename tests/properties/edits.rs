//! Small random edits of a rule set, as an author makes them.

use super::draws::Draws;
use super::oracle::candidates;
use super::rule_set::{Cond, Entry, Flag, GenRules, Held, Kind, Level, Said, Scope};

/// A rule set like this one but for one thing, or a few.
pub(crate) fn edited(made: &GenRules, draws: &mut Draws<'_>) -> GenRules {
    let mut rules = made.clone();
    // What it promises is not compared, and would have to be kept in step.
    rules.guarantees.clear();
    for _ in 0..=draws.below(3) {
        edit(&mut rules, draws);
        let served: Vec<bool> = (0..rules.services.len()).map(|row| !candidates(&rules, row).is_empty()).collect();
        rules.needs.retain(|need| served[need.service]);
    }
    rules
}

fn edit(rules: &mut GenRules, draws: &mut Draws<'_>) {
    match draws.below(5) {
        0 => edit_flag(rules, draws),
        1 => edit_need(rules, draws),
        2 => edit_preference(rules, draws),
        3 => edit_question(rules, draws),
        _ => match draws.below(3) {
            0 => {
                let row = draws.below(rules.services.len());
                let cell = draws.below(rules.professionals);
                rules.services[row][cell] =
                    draws.one_of(&[Scope::Core, Scope::Shared, Scope::Referral, Scope::Outside]);
            }
            1 if !rules.findings.is_empty() => {
                let place = draws.below(rules.findings.len());
                turn(&mut rules.findings[place], draws);
            }
            _ => edit_question(rules, draws),
        },
    }
}

fn edit_flag(rules: &mut GenRules, draws: &mut Draws<'_>) {
    use Level::{Caution, Clearance, Emergency, None, Physician, Urgent};
    if rules.flags.is_empty() || draws.percent(20) {
        let when = any_cond(rules, draws);
        let level = draws.one_of(&[Caution, None, Physician, Emergency]);
        rules.flags.push(Flag { level, when, unless: Option::None, holds: vec![] });
        return;
    }
    let place = draws.below(rules.flags.len());
    match draws.below(6) {
        0 => drop(rules.flags.remove(place)),
        1 | 2 => rules.flags[place].level = draws.one_of(&[None, Caution, Clearance, Physician, Urgent, Emergency]),
        3 => rules.flags[place].holds = vec![Held::Service(draws.below(rules.services.len()))],
        4 => turn(&mut rules.flags[place].when, draws),
        _ => turn(&mut rules.flags[place].unless, draws),
    }
}

fn edit_need(rules: &mut GenRules, draws: &mut Draws<'_>) {
    if rules.needs.is_empty() {
        return;
    }
    let place = draws.below(rules.needs.len());
    match draws.below(4) {
        0 => drop(rules.needs.remove(place)),
        1 => rules.needs[place].service = draws.below(rules.services.len()),
        2 => rules.needs[place].phase = draws.below(rules.phases),
        _ => turn(&mut rules.needs[place].when, draws),
    }
}

fn edit_preference(rules: &mut GenRules, draws: &mut Draws<'_>) {
    if rules.preferences.is_empty() {
        return;
    }
    let place = draws.below(rules.preferences.len());
    match draws.below(4) {
        0 => drop(rules.preferences.remove(place)),
        1 => rules.preferences[place].prefer = draws.below(rules.professionals),
        2 => rules.preferences[place].phase = draws.percent(50).then(|| draws.below(rules.phases)),
        _ => turn(&mut rules.preferences[place].when, draws),
    }
}

fn edit_question(rules: &mut GenRules, draws: &mut Draws<'_>) {
    let several = rules.questions.len() > 1;
    let place = draws.below(rules.questions.len());
    let question = &mut rules.questions[place];
    match draws.below(8) {
        0 => turn(&mut question.only_if, draws),
        1 if !question.options.is_empty() => {
            let option = draws.below(question.options.len());
            turn(&mut question.options[option].only_if, draws);
        }
        2 if !question.options.is_empty() => {
            let option = draws.below(question.options.len());
            question.options[option].id.push('x');
        }
        3 => question.id.push('x'),
        4 if several => drop_question(rules, place),
        5 | 6 => match &mut question.kind {
            Kind::Number { max, .. } if draws.percent(70) => *max += 1,
            Kind::One if draws.percent(30) => question.kind = Kind::Many,
            _ => drop_option(rules, place, draws),
        },
        _ => drop_option(rules, place, draws),
    }
}

/// Makes a condition its opposite, or leaves it out.
fn turn(when: &mut Option<Cond>, draws: &mut Draws<'_>) {
    *when = when.take().filter(|_| draws.percent(60)).map(|cond| Cond(vec![Entry::Not(cond)]));
}

/// A condition of some rule that stands there already.
fn any_cond(rules: &GenRules, draws: &mut Draws<'_>) -> Option<Cond> {
    let flags = rules.flags.iter().map(|flag| &flag.when);
    let all: Vec<&Option<Cond>> = flags.chain(rules.needs.iter().map(|need| &need.when)).collect();
    if all.is_empty() { None } else { draws.one_of(&all).clone() }
}

fn drop_question(rules: &mut GenRules, place: usize) {
    rules.questions.remove(place);
    each_cond(rules, &mut |entry| entry_without_question(entry, place));
}

fn drop_option(rules: &mut GenRules, place: usize, draws: &mut Draws<'_>) {
    let question = &mut rules.questions[place];
    let dropped = if question.added && draws.percent(40) {
        question.added = false;
        question.options.len()
    } else if question.options.len() > 1 {
        let dropped = draws.below(question.options.len());
        question.options.remove(dropped);
        dropped
    } else {
        return;
    };
    each_cond(rules, &mut |entry| entry_without_option(entry, place, dropped));
}

/// The same without an option and all that is said of it, as it was before somebody added that.
pub(crate) fn without_option(made: &GenRules, place: usize, option: usize) -> GenRules {
    let mut rules = made.clone();
    rules.guarantees.clear();
    rules.questions[place].options.remove(option);
    each_cond(&mut rules, &mut |entry| entry_without_option(entry, place, option));
    rules
}

/// Rewrites all entries of all conditions; what is left without entries is left out.
fn each_cond(rules: &mut GenRules, rewrite: &mut dyn FnMut(Entry) -> Option<Entry>) {
    let mut change = |when: &mut Option<Cond>| *when = when.take().and_then(|cond| rewritten(cond, rewrite));
    for question in &mut rules.questions {
        change(&mut question.only_if);
        question.options.iter_mut().for_each(|choice| change(&mut choice.only_if));
    }
    rules.findings.iter_mut().for_each(&mut change);
    for flag in &mut rules.flags {
        change(&mut flag.when);
        change(&mut flag.unless);
    }
    rules.needs.iter_mut().for_each(|need| change(&mut need.when));
    rules.preferences.iter_mut().for_each(|preference| change(&mut preference.when));
}

fn rewritten(cond: Cond, rewrite: &mut dyn FnMut(Entry) -> Option<Entry>) -> Option<Cond> {
    let mut all = |parts: Vec<Cond>| -> Option<Vec<Cond>> {
        let parts: Vec<Cond> = parts.into_iter().filter_map(|part| rewritten(part, rewrite)).collect();
        (!parts.is_empty()).then_some(parts)
    };
    let mut entries = Vec::new();
    for entry in cond.0 {
        entries.extend(match entry {
            Entry::Any(parts) => all(parts).map(Entry::Any),
            Entry::All(parts) => all(parts).map(Entry::All),
            Entry::Not(part) => all(vec![part]).and_then(|mut parts| parts.pop()).map(Entry::Not),
            Entry::Count(least, parts) => all(parts).map(|parts| Entry::Count(least.min(parts.len()), parts)),
            other => Some(other),
        });
    }
    let entries: Vec<Entry> = entries.into_iter().filter_map(rewrite).collect();
    (!entries.is_empty()).then_some(Cond(entries))
}

fn entry_without_question(mut entry: Entry, dropped: usize) -> Option<Entry> {
    let question = question_of(&mut entry);
    if let Some(question) = question {
        if *question == dropped {
            return None;
        }
        *question -= usize::from(*question > dropped);
    }
    Some(entry)
}

fn entry_without_option(mut entry: Entry, of: usize, dropped: usize) -> Option<Entry> {
    if question_of(&mut entry).is_none_or(|question| *question != of) {
        return Some(entry);
    }
    let without = |options: &mut Vec<usize>| {
        options.retain(|option| *option != dropped);
        for option in options {
            *option -= usize::from(*option > dropped);
        }
    };
    let stays = match &mut entry {
        Entry::Is(_, option) => {
            let stays = *option != dropped;
            *option -= usize::from(*option > dropped);
            stays
        }
        Entry::IsOneOf(_, options) => {
            without(options);
            !options.is_empty()
        }
        Entry::Sets { any_of, all_of, none_of, .. } => {
            [&mut *any_of, &mut *all_of, &mut *none_of].into_iter().for_each(without);
            !(any_of.is_empty() && all_of.is_empty() && none_of.is_empty())
        }
        // Of a number only `unsure` can be dropped.
        Entry::Number(_, said) => *said != Said::Unsure,
        Entry::NumberOneOf(_, said) => {
            said.retain(|said| *said != Said::Unsure);
            !said.is_empty()
        }
        _ => true,
    };
    stays.then_some(entry)
}

fn question_of(entry: &mut Entry) -> Option<&mut usize> {
    match entry {
        Entry::Is(question, _)
        | Entry::IsOneOf(question, _)
        | Entry::Sets { question, .. }
        | Entry::Number(question, _)
        | Entry::NumberOneOf(question, _)
        | Entry::Compare { question, .. } => Some(question),
        Entry::Finding(_)
        | Entry::FindingOneOf(_)
        | Entry::Any(_)
        | Entry::All(_)
        | Entry::Not(_)
        | Entry::Count(..) => None,
    }
}
