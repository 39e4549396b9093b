//! What a person said, in their own words: beside what follows from it, for a doctor, and what follows from nothing else.

use super::words;
use crate::explain::{AlsoSaid, Leads, Line, OneMore, Remark, TellLine};
use crate::model::{Kind, Level, OptionIx, Question, Range, Role, RuleSet};

/// More labels than this beside a sentence would hide it.
const LABELS: usize = 4;

/// `You said: "It hurts when I run"; age 67.`; nothing where a rule's sentence says it word for word, or nothing was said.
pub(super) fn you_said(rules: &RuleSet, remarks: &[Remark], sentence: &str) -> Option<String> {
    let sentence = sentence.to_lowercase();
    let is_repeated = |remark: &&Remark| match remark {
        Remark::Option(question, option) => {
            let label = rules.questions()[*question].label(*option).to_lowercase();
            has_words(&sentence, label.trim_end_matches(['.', '!', '?']))
        }
        Remark::Number(..) => false,
    };
    let said: Vec<String> =
        remarks.iter().filter(|remark| !is_repeated(remark)).map(|said| remark(rules, *said)).collect();
    let text = match said.split_at_checked(LABELS) {
        Some((first, more)) if !more.is_empty() => format!("{} and {} more", first.join("; "), more.len()),
        _ => said.join("; "),
    };
    (!text.is_empty()).then(|| format!("You said: {text}."))
}

/// Whether a text has these words, and not only as parts of others.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let (before, after) = (text.get(..at), text.get(at + found.len()..));
        !before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
            && !after.is_some_and(|after| after.starts_with(char::is_alphanumeric))
    })
}

/// One thing that was said, within a sentence: `"It hurts when I run"`, `age 67`.
pub(super) fn remark(rules: &RuleSet, remark: Remark) -> String {
    match remark {
        Remark::Option(question, option) => option_said(&rules.questions()[question], option),
        Remark::Number(question, number) => format!("{} {number}", short(&rules.questions()[question])),
    }
}

/// An option in quotation marks; after what the answer is called, where its author says that, or the words alone say nothing.
fn option_said(question: &Question, option: OptionIx) -> String {
    let label = question.label(option);
    let is_unsure = question.option_with(Role::Unsure) == Some(option);
    // What is ticked says enough by itself.
    let stands_alone = question.short.is_none() || matches!(question.kind, Kind::Many);
    if !stands_alone || is_unsure { format!("{} \"{label}\"", short(question)) } else { format!("\"{label}\"") }
}

/// What an answer is called within a sentence: as its author says, or by its id.
pub(super) fn short(question: &Question) -> String {
    question.short.clone().unwrap_or_else(|| question.id.as_str().replace('-', " "))
}

/// What was said to one question, for a doctor: `Pressure in the chest; Fever`, `Age: 67`.
pub(super) fn told_to_the_doctor(rules: &RuleSet, line: &TellLine) -> String {
    let question = &rules.questions()[line.question];
    let said: Vec<String> = line
        .remarks
        .iter()
        .map(|remark| match remark {
            Remark::Option(_, option) => question.label(*option).to_owned(),
            Remark::Number(_, number) => number.to_string(),
        })
        .collect();
    let said = said.join("; ");
    match (&question.short, &question.kind) {
        // A list is ticked in sentences of its own.
        (_, Kind::Many) => said,
        (None, Kind::One) => format!("{} {said}", words::asked_in_short(question)),
        (Some(_), Kind::One) | (_, Kind::Number(_)) => format!("{}: {said}", words::capitalised(&short(question))),
    }
}

/// The option of an entry of what was also said, as its beginning.
pub(super) fn also_said_label(rules: &RuleSet, said: &AlsoSaid) -> String {
    words::capitalised(&option_said(&rules.questions()[said.question], said.option))
}

/// What is said about it, in a line.
pub(super) fn also_said_line(rules: &RuleSet, said: &AlsoSaid, somebody_is_seen: bool) -> String {
    let question = &rules.questions()[said.question];
    let line = match said.line {
        Line::Alone => {
            let choice = question.choices().find(|(option, _)| *option == said.option);
            return choice.and_then(|(_, choice)| choice.alone.clone()).unwrap_or_default();
        }
        Line::Nothing => "This changes nothing here.".to_owned(),
        Line::Without(leads) => format!("Without it, {}", would(rules, leads)),
        Line::Together { with, leads } => format!("Together with {} {}", one_more(rules, with), would(rules, leads)),
    };
    match (said.sign, somebody_is_seen) {
        (false, _) => line,
        (true, true) => format!("{line} Mention it at the first visit."),
        (true, false) => format!("{line} Mention it when you next see a doctor."),
    }
}

fn one_more(rules: &RuleSet, with: OneMore) -> String {
    match with {
        OneMore::Option(question, option) => option_said(&rules.questions()[question], option),
        OneMore::Numbers(question, least, most) => numbers(&rules.questions()[question], least, most),
    }
}

/// `age 65 or more`, `days 15 to 60`
fn numbers(question: &Question, least: i32, most: i32) -> String {
    let short = short(question);
    match &question.kind {
        _ if least == most => format!("{short} {least}"),
        Kind::Number(Range { max, .. }) if most == *max => format!("{short} {least} or more"),
        Kind::Number(Range { min, .. }) if least == *min => format!("{short} {most} or less"),
        _ => format!("{short} {least} to {most}"),
    }
}

/// `it would mean a doctor within days.`
fn would(rules: &RuleSet, leads: Leads) -> String {
    let service = |service| format!("\"{}\"", rules.services()[service].name);
    match leads {
        Leads::Level(level) => format!("it would mean {}.", meant(level)),
        Leads::Professional(who) => {
            format!("it would bring {} onto your plan.", words::with_article(words::professional(rules, who)))
        }
        Leads::Service(what) => format!("it would bring {} onto your plan.", service(what)),
        Leads::OnHold(what) => format!("it would put {} on hold.", service(what)),
        Leads::Waits(what) => format!("it would make {} wait for a doctor's OK.", service(what)),
        Leads::Flag(flag) => format!("this would be told, too: {}", words::sentence(&rules.flags()[flag].say)),
        Leads::Plan => "the plan would be another.".to_owned(),
        Leads::Questions => "more would be asked.".to_owned(),
    }
}

/// What a level means, as something that can be meant.
fn meant(level: Level) -> &'static str {
    match level {
        Level::Emergency => "an emergency",
        Level::Urgent => "a doctor today",
        Level::Physician => "a doctor within days",
        Level::Clearance => "a doctor's OK first",
        Level::Caution => "something to mind first",
        Level::None => "no doctor first",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_repeated_only_as_a_whole() {
        assert!(has_words("you have a fever, and more", "a fever"));
        assert!(has_words("no", "no"));
        assert!(!has_words("nothing helps, and it is not known", "no"));
        assert!(has_words("nothing helps, and no, it is not known", "no"));
    }
}
