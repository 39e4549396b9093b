//! The program's own words. Words about the body stand in the rule set, never here.

use crate::answers::{Answer, Edition, Unfit};
use crate::explain::{Chosen, Grown, PlanService, WhyNot};
use crate::model::{
    Date, Kind, Level, Metadata, Position, Professional, ProfessionalIx, Question, Role, RuleSet, ServiceIx, SourceIx,
    State,
};

/// "1 question", "2 questions".
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "a", "a or b", "a, b or c".
pub(super) fn either(items: &[String]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        items => items.concat(),
    }
}

/// "an athletic trainer", "a personal trainer".
pub(super) fn with_article(name: &str) -> String {
    let vowel = name.chars().next().is_some_and(|letter| "aeiouAEIOU".contains(letter));
    format!("{} {name}", if vowel { "an" } else { "a" })
}

/// The first letter large.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text that ends as a sentence does.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

pub(super) fn professional(rules: &RuleSet, professional: ProfessionalIx) -> &str {
    &rules.professionals()[professional].name
}

fn quoted(rules: &RuleSet, services: &[ServiceIx]) -> Vec<String> {
    services.iter().map(|service| format!("\"{}\"", rules.services()[*service].name)).collect()
}

/// All services by name.
pub(super) fn all_services(rules: &RuleSet, services: &[ServiceIx]) -> String {
    list(&quoted(rules, services))
}

/// The first services by name.
pub(super) fn services(rules: &RuleSet, services: &[ServiceIx]) -> String {
    // More than three would hide the point.
    let named = quoted(rules, services);
    match named.as_slice() {
        [first, second, _, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} and {}", count(rest.len() + 1, "more", "more"))
        }
        named => list(named),
    }
}

/// The first sentence of a question: what follows says how to answer it.
pub(super) fn asked_in_short(question: &Question) -> &str {
    let end = question
        .ask
        .find(['?', '.'])
        .filter(|end| question.ask.get(end + 1..).is_some_and(|rest| rest.starts_with(' ')));
    end.and_then(|end| question.ask.get(..=end)).unwrap_or(&question.ask)
}

/// An answer as it was given: the labels of its options, or the number.
pub(super) fn answer(question: &Question, answer: Answer) -> String {
    match answer {
        Answer::Number(number) => number.to_string(),
        Answer::Options(chosen) => {
            let labels: Vec<&str> = chosen.iter().map(|option| question.label(option)).collect();
            labels.join("; ")
        }
    }
}

/// An answer as it was given, and whether there is more to choose from by now.
pub(super) fn answer_then(question: &Question, answer: Answer, grown: Option<&Grown>) -> String {
    let said = self::answer(question, answer);
    match grown {
        None => said,
        Some(grown) => format!("{said}{}", behind_answer(grown)),
    }
}

/// What stands behind an answer to a list that there is more on by now.
pub(super) fn behind_answer(grown: &Grown) -> String {
    if grown.is_known {
        format!(" (of a shorter list: {} more by now)", grown.not_asked.len())
    } else {
        " (it is not known what else was on the list)".to_owned()
    }
}

/// Why a list is open that was answered, to whoever answered it.
pub(super) fn has_grown(question: &Question, grown: &Grown) -> String {
    if !grown.is_known {
        return "It is not known what this list offered when you answered. What you ticked counts; the rest is asked again."
            .to_owned();
    }
    format!("This list has new options since you answered: {}.", labels(question, grown))
}

/// The same to whoever takes over.
pub(super) fn has_grown_since(question: &Question, grown: &Grown) -> String {
    if !grown.is_known {
        return "It is not known what this list offered when it was answered. What was ticked counts.".to_owned();
    }
    format!("This list has new options since it was answered: {}.", labels(question, grown))
}

fn labels(question: &Question, grown: &Grown) -> String {
    grown.not_asked.iter().map(|option| question.label(option)).collect::<Vec<_>>().join("; ")
}

/// That some answers were given to other rules, where they were.
pub(super) fn given_under(rules: &RuleSet, given_under: Option<&Edition>) -> Option<String> {
    let (then, now) = (given_under?, Edition::of(rules));
    let now = if then.name == now.name { now.version } else { format!("{} {}", now.name, now.version) };
    Some(format!(
        "Some answers were given under {} {}; this is {now}. Lists that have changed since are asked again where that \
         matters.",
        then.name, then.version
    ))
}

/// A service with those who do it: "A plan to get stronger (personal trainer)".
pub(super) fn service_with_who(rules: &RuleSet, service: ServiceIx, who: &[ProfessionalIx]) -> String {
    let who: Vec<&str> = who.iter().map(|who| professional(rules, *who)).collect();
    format!("{} ({})", rules.services()[service].name, who.join(" or "))
}

/// What holds a service of the plan back, behind its name.
pub(super) fn held(service: &PlanService) -> &'static str {
    match (service.on_hold, service.waits) {
        (true, _) => " (later: on hold for now)",
        (false, true) => " (waits for the doctor's OK)",
        (false, false) => "",
    }
}

/// What the law says on going to a professional: a line with its sources for each statement. Where a state was named and
/// nothing is known of it, that is a line, too.
pub(super) fn access(professional: &Professional, state: Option<State>) -> Vec<(String, &[SourceIx])> {
    let general = professional.general_access();
    let mut lines: Vec<(String, &[SourceIx])> = general
        .map(|access| (format!("As of {}: {}", date(access.as_of), access.says), access.sources.as_slice()))
        .collect();
    if let Some(state) = state {
        let before = lines.len();
        lines.extend(professional.access_of(state).map(|access| {
            (format!("In {state}, as of {}: {}", date(access.as_of), access.says), access.sources.as_slice())
        }));
        if lines.len() == before {
            let what = if before == 0 { "nothing" } else { "nothing more" };
            lines.push((format!("In {state}: {what} is known here."), &[]));
        }
    }
    lines
}

/// Where more could be told by state and no state was named: how to name one.
pub(super) fn more_by_state(rules: &RuleSet, professionals: &[ProfessionalIx], state: Option<State>) -> Option<String> {
    if state.is_some() {
        return None;
    }
    let mut statements = professionals.iter().flat_map(|position| &rules.professionals()[*position].access);
    let example = statements.find_map(|access| access.states.first())?;
    Some(format!("The law differs by state. To see what is known of one, add its letters, such as --state {example}."))
}

/// "2019", "July 2019", "24 July 2019".
fn date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    let parts = [date.day.map(|day| day.to_string()), month.map(|month| (*month).to_owned())];
    parts.into_iter().flatten().chain([date.year.to_string()]).collect::<Vec<_>>().join(" ")
}

/// What stands at a statement for which no source was read.
pub(super) const GENERAL_KNOWLEDGE: &str = "general knowledge";

/// What the marks of general knowledge mean, where some stand on the page.
pub(super) fn general_knowledge(wholly: bool, partly: bool) -> Option<String> {
    let whole = format!("Marked \"{GENERAL_KNOWLEDGE}\": no source was read for it.");
    match (wholly, partly) {
        (false, false) => None,
        (true, false) => Some(whole),
        (false, true) => Some(format!("Marked *: partly {GENERAL_KNOWLEDGE}, for which no source was read.")),
        (true, true) => Some(format!("{whole} Marked *: no source was read for a part of it.")),
    }
}

/// Who has reviewed the rules.
pub(super) fn review_line(metadata: &Metadata) -> String {
    match metadata.reviewed_by.as_slice() {
        [] => "No clinician has reviewed these rules yet.".to_owned(),
        names => format!("Reviewed by {}.", list(names)),
    }
}

/// What is said of a profession that nobody on the list of contacts is of.
pub(super) fn no_contact(professional: &str) -> String {
    format!("No contact for {} in your list.", with_article(professional))
}

/// The number to call, as a clause.
pub(super) fn emergency_number(rules: &RuleSet) -> String {
    rules.metadata().emergency_number.clone().unwrap_or_else(|| "your local emergency number".to_owned())
}

/// What to do when a sign shows for which to go at once.
pub(super) fn go_at_once(rules: &RuleSet) -> String {
    match &rules.metadata().emergency_number {
        Some(number) => format!("Call {number}"),
        None => "Go to the emergency room".to_owned(),
    }
}

/// What the level asks for, in one line.
pub(super) fn level_headline(level: Level, rules: &RuleSet) -> String {
    match level {
        Level::Emergency => format!("EMERGENCY: call {} now.", emergency_number(rules)),
        Level::Urgent => "See a doctor today.".to_owned(),
        Level::Physician => "See a doctor first, within the next few days.".to_owned(),
        Level::Clearance => "Get a doctor's OK before you start part of this plan.".to_owned(),
        Level::Caution => "You can start, but mind this first.".to_owned(),
        Level::None => "Nothing in your answers calls for a doctor first.".to_owned(),
    }
}

/// What is said of an outcome that is not settled: the gravest that it can still come to, where that is graver than what is
/// known.
pub(super) fn not_finished(known: Level, may_become: Level) -> String {
    let still = match may_become {
        level if level <= known => "",
        Level::Emergency => " It can still turn out to be an emergency.",
        Level::Urgent => " It can still turn out that a doctor is needed today.",
        Level::Physician => " It can still turn out that a doctor has to come first.",
        Level::Clearance => " It can still turn out that a doctor's OK is needed.",
        Level::Caution | Level::None => "",
    };
    format!("Not finished.{still}")
}

/// The level in a few words.
pub(super) fn level_in_short(level: Level) -> &'static str {
    match level {
        Level::Emergency => "emergency",
        Level::Urgent => "a doctor today",
        Level::Physician => "a doctor within days",
        Level::Clearance => "a doctor's OK for part of it",
        Level::Caution => "can start, with care",
        Level::None => "no doctor first",
    }
}

/// What to do at once when a sign shows that calls for this level.
pub(super) fn level_call(level: Level, rules: &RuleSet) -> String {
    match level {
        Level::Emergency => format!("Call {} at once", emergency_number(rules)),
        Level::Urgent => "See a doctor today".to_owned(),
        _ => "See a doctor within the next few days".to_owned(),
    }
}

/// What to add below the headline.
pub(super) fn level_detail(level: Level, has_plan: bool, rules: &RuleSet) -> Option<String> {
    let number = emergency_number(rules);
    match level {
        Level::Urgent => Some(format!(
            "If no doctor can see you today, go to urgent care or an emergency department. If it suddenly gets much \
             worse, call {number}."
        )),
        Level::Physician if has_plan => Some("Everything else on this plan waits for that visit.".to_owned()),
        Level::Physician => Some(format!("If it suddenly gets worse, call {number}.")),
        Level::Emergency | Level::Clearance | Level::Caution => None,
        Level::None => {
            Some("If it gets worse, does not get better, or something new comes up, see a doctor.".to_owned())
        }
    }
}

/// What stands before a flag of one level under a headline of another. Once the level is the headline, saying it again
/// with each flag would only add words; and under an emergency a second instruction would only hold somebody up.
pub(super) fn flag_label(flag: Level, headline: Level) -> &'static str {
    match flag {
        _ if flag == headline => "",
        _ if headline.ends_without_plan() => "Tell them this, too: ",
        Level::None => "Note: ",
        Level::Caution => "Take care: ",
        Level::Clearance => "Doctor's OK first: ",
        Level::Physician => "Doctor within days: ",
        Level::Urgent | Level::Emergency => "",
    }
}

/// Why somebody is not on the plan, as a sentence.
pub(super) fn why_not(rules: &RuleSet, reason: &WhyNot) -> String {
    match reason {
        WhyNot::DoctorFirst { .. } => "a doctor comes first; ask again after that.".to_owned(),
        WhyNot::NothingNeeded => "nothing you said needs what they do.".to_owned(),
        WhyNot::AllOnHold { .. } => "all that you need is on hold for now.".to_owned(),
        WhyNot::EquallyInScope { service, lead, chosen } => {
            let lead = professional(rules, *lead);
            let what = services(rules, &[*service]);
            match chosen {
                Chosen::Preference(preference) => {
                    let preference = &rules.preferences()[*preference];
                    let preferred = professional(rules, preference.prefer);
                    format!("could do {what} too; the {preferred} was preferred: {}", preference.because)
                }
                Chosen::FewerPeople => format!("could do {what} too; with the {lead} you need fewer people."),
                Chosen::OnThePlanAlready => format!("could do {what} too; with the {lead} you meet fewer new people."),
                Chosen::FileOrder => format!("could do {what} just as well as the {lead}."),
            }
        }
        WhyNot::AlsoDoes(what) => {
            format!("does {} too, but others do it as their main work.", services(rules, what))
        }
        WhyNot::OnReferral(what) => {
            format!("may do {} only when referred or supervised.", services(rules, what))
        }
        WhyNot::OutsideScope(what) => {
            let verb = if what.len() == 1 { "is" } else { "are" };
            format!("{} {verb} outside their scope of practice.", services(rules, what))
        }
    }
}

/// What is wrong with an answer that was just given to `question`.
pub fn unfit(question: &Question, unfit: Unfit) -> String {
    let none = question.option_with(Role::NoneOfThese).and_then(|none| question.options.get(none.index()));
    match (unfit, none, &question.kind) {
        (Unfit::Nothing, Some(none), _) => format!("Nothing is ticked yet. Tick what fits, or \"{}\".", none.label),
        (Unfit::Nothing, None, _) => "Nothing is ticked yet. Tick what fits.".to_owned(),
        (Unfit::NoneWithOthers, Some(none), _) => {
            format!("\"{}\" was ticked together with something else. Please tick one or the other.", none.label)
        }
        (Unfit::SeveralForOne, ..) => "Please choose one answer.".to_owned(),
        (Unfit::OutOfRange, _, Kind::Number(range)) => {
            format!("That number is outside the range; it goes from {} to {}.", range.min, range.max)
        }
        _ => "That is not one of the answers.".to_owned(),
    }
}
