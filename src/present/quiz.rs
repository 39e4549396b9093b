//! The words of the quiz: the story, what a pick is worth, and the score.

mod json;

pub use json::{score_json, verdict_json};

use super::asked::given;
use super::page::{Page, Sheet};
use super::result::{headline, otherwise};
use super::words;
use crate::cases::Share;
use crate::explain::{Explanation, PlanService, WhyNot};
use crate::interview::Given;
use crate::model::{Level, ProfessionalIx, RuleSet};
use crate::quiz::{Aim, LeftOut, Mistake, Question, Score, Verdict};

/// The row for nobody, beside those for the professionals.
pub const NOBODY: &str = "Nobody of them";

/// What is said before the first story.
pub fn quiz_introduction(rules: &RuleSet, count: usize, of: usize, seed: u64, page: Page) -> String {
    let metadata = rules.metadata();
    let mut sheet = Sheet::new(page);
    let stories = if count == of { words::count(of, "story", "stories") } else { format!("{count} of {of} stories") };
    sheet.heading(&format!("Who should they see? A quiz: {}", metadata.name));
    sheet.paragraph(0, &format!("{stories}, seed {seed}. The same seed gives the same stories in the same order."));
    if let Some(disclaimer) = &metadata.disclaimer {
        sheet.paragraph(0, disclaimer);
    }
    sheet.paragraph(0, &words::review_line(metadata));
    sheet.gap();
    let care = "there is something to mind, or a part of the plan is on hold until something has passed.";
    sheet.paragraph(0, &format!("\"{}\": {care}", level_in_words(Level::Caution, rules)));
    sheet.paragraph(0, &format!("\"{}\": the whole plan can begin as it is.", level_in_words(Level::None, rules)));
    sheet.finish()
}

/// A story as it is put.
pub fn story_text(number: usize, of: usize, story: &str, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.heading(&format!("Story {number} of {of}"));
    sheet.paragraph(0, story);
    format!("\n{}", sheet.finish())
}

/// A level as something to do.
pub fn level_in_words(level: Level, rules: &RuleSet) -> String {
    match level {
        Level::Emergency => format!("Call {} now", words::emergency_number(rules)),
        Level::Urgent => "A doctor today".to_owned(),
        Level::Physician => "A doctor within days".to_owned(),
        Level::Clearance => "A doctor's OK before some of it".to_owned(),
        Level::Caution => "Start with care, or wait for something to pass".to_owned(),
        Level::None => "Start: nothing comes first".to_owned(),
    }
}

/// Why a case file is no use for a quiz.
pub fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Failing => "it does not end as its author expects",
        LeftOut::Draft => "it is a draft",
        LeftOut::Broken => "it cannot be run",
        LeftOut::NoStory => "it tells no story",
    }
}

/// A professional as a row.
pub fn professional_row(rules: &RuleSet, who: ProfessionalIx) -> String {
    words::capitalised(words::professional(rules, who))
}

/// What a pick is worth, and what the decision is and why.
pub fn verdict_text(question: &Question<'_, '_>, verdict: &Verdict, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    let explanation = &question.explanation;
    sheet.gap();
    aim(explanation, verdict, &mut sheet);
    said(question, &mut sheet);
    told(explanation, &mut sheet);
    plan(explanation, &mut sheet);
    picks(explanation, verdict, &mut sheet);
    format!("\n{}", sheet.finish())
}

fn aim(explanation: &Explanation<'_>, verdict: &Verdict, sheet: &mut Sheet) {
    let in_words = |level| format!("\"{}\"", level_in_words(level, explanation.rules));
    let (picked, decided) = (in_words(verdict.pick.level), in_words(explanation.level));
    match verdict.aim {
        Aim::Right => sheet.name(0, &format!("Right: {decided}.")),
        Aim::Accepted => {
            sheet
                .name(0, &format!("Right: {picked}. These rules say {decided}; the author of the story accepts both."));
        }
        Aim::Harmful => {
            sheet.banner(&format!("Too early: you said {picked}; it is {decided}. That could do harm."));
        }
        Aim::TooEarly => sheet.subheading(&format!("Too early: you said {picked}; it is {decided}.")),
        Aim::TooCareful => {
            sheet.subheading(&format!("More careful than needed: you said {picked}; it is {decided}."));
        }
    }
}

/// The answers on which it hangs: a story in everyday words does not name each box that was ticked.
fn said(question: &Question<'_, '_>, sheet: &mut Sheet) {
    sheet.gap();
    sheet.paragraph(0, "In the interview they answered:");
    for (position, answer) in question.decisive() {
        sheet.bullet(0, &given(question.explanation.rules, Given { question: position, answer }));
    }
}

/// What the person of the story is told, with the flags that decided.
fn told(explanation: &Explanation<'_>, sheet: &mut Sheet) {
    let rules = explanation.rules;
    sheet.gap();
    let headline = headline(explanation);
    let told = [Some(headline.as_str()), otherwise(explanation)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    sheet.paragraph(0, &format!("This person is told: {told}"));
    for flag in explanation.flags.iter().map(|flag| &rules.flags()[*flag]) {
        if flag.level > Level::None {
            sheet.bullet(0, &format!("{}{}", words::flag_label(flag.level, explanation.level), flag.say));
        }
    }
    if explanation.all_on_hold() {
        let services: Vec<_> = explanation.held_back.iter().map(|held| held.service).collect();
        sheet.bullet(0, &format!("On hold, so nobody for now: {}.", words::services(rules, &services)));
    }
}

/// The plan phase by phase, with the reason of each service.
fn plan(explanation: &Explanation<'_>, sheet: &mut Sheet) {
    let rules = explanation.rules;
    for (index, phase) in explanation.phases.iter().enumerate() {
        sheet.gap();
        sheet.paragraph(0, &format!("{}. {}", index + 1, rules.phases()[phase.phase].title));
        for planned in &phase.professionals {
            sheet.name(2, &professional_row(rules, planned.professional));
            for service in &planned.services {
                sheet.bullet(4, &service_line(explanation, service));
            }
        }
    }
}

fn service_line(explanation: &Explanation<'_>, service: &PlanService) -> String {
    let rules = explanation.rules;
    let because: Vec<&str> = service.needs.iter().map(|need| rules.needs()[*need].because.as_str()).collect();
    let because = if because.is_empty() { String::new() } else { format!(": {}", because.join(" ")) };
    format!("{}{}{because}", rules.services()[service.service].name, words::held(service))
}

/// Who was picked and why not, and who was missed.
fn picks(explanation: &Explanation<'_>, verdict: &Verdict, sheet: &mut Sheet) {
    let rules = explanation.rules;
    // Where there is no plan, it was said why; the same for each of them would only add words.
    let Some(right) = verdict.professionals_right else {
        return;
    };
    sheet.gap();
    if right {
        let picked = verdict.pick.professionals.as_deref().unwrap_or_default();
        let nobody = explanation.phases.is_empty();
        let just_those = verdict.also_possible.is_empty() && picked.len() == explanation.professionals().len();
        sheet.name(
            0,
            match (nobody, just_those) {
                (true, _) => "Right: nobody for now.",
                (false, true) => "Right: just those on the plan.",
                (false, false) => "Also right: those you picked can do all that is needed.",
            },
        );
    }
    for (who, reasons) in &verdict.also_possible {
        let covered = reasons.iter().filter(|reason| matches!(reason, WhyNot::EquallyInScope { .. }));
        let reasons: Vec<String> = covered.map(|reason| beside_plan(rules, reason)).collect();
        sheet.bullet(0, &format!("{}, also possible. {}", professional_row(rules, *who), reasons.join(" ")));
    }
    for (who, reasons) in &verdict.not_on_plan {
        // What a class is here for comes first: where a pick would step outside a scope.
        let (outside, others): (Vec<&WhyNot>, Vec<&WhyNot>) = reasons.iter().partition(|reason| reason.is_outside());
        let reasons: Vec<String> = outside.into_iter().chain(others).map(|reason| beside_plan(rules, reason)).collect();
        sheet.bullet(0, &format!("{}, not on the plan. {}", professional_row(rules, *who), reasons.join(" ")));
    }
    if !verdict.missed.is_empty() {
        let missed: Vec<String> =
            verdict.missed.iter().map(|who| words::professional(rules, *who).to_owned()).collect();
        sheet.bullet(0, &format!("You missed: {}.", words::list(&missed)));
    }
}

/// Why somebody is not on the plan. What is not theirs to do is named in full, as that is what the quiz is about.
fn beside_plan(rules: &RuleSet, reason: &WhyNot) -> String {
    match reason {
        WhyNot::OutsideScope(services) => {
            format!("Outside their scope of practice: {}.", words::all_services(rules, services))
        }
        WhyNot::OnReferral(services) => {
            format!("Only when referred or supervised: {}.", words::all_services(rules, services))
        }
        other => words::capitalised(&words::why_not(rules, other)),
    }
}

/// The score, with what was mistaken. `of` is how many stories there were.
pub fn score_text(rules: &RuleSet, score: &Score, seed: u64, of: usize, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.heading("Your score");
    if score.asked() < of {
        sheet.paragraph(0, &format!("Stories answered: {} of {of}", score.asked()));
    }
    if score.levels.of > 0 {
        sheet.paragraph(0, &format!("\"What comes first\" right: {} of {}", score.levels.part, score.levels.of));
    }
    if score.professionals.of > 0 {
        let Share { part, of } = score.professionals;
        sheet.paragraph(0, &format!("\"Who should they see\" right: {part} of {of}"));
    }
    sheet.gap();
    for (mistake, stories) in score.mistakes() {
        sheet.bullet(0, &mistaken(rules, mistake, stories));
    }
    sheet.gap();
    let metadata = rules.metadata();
    sheet.aside(0, &format!("Rule set: {} {}. Seed: {seed}.", metadata.name, metadata.version));
    sheet.finish()
}

/// "You missed the athletic trainer 2 times (stories 3 and 7)."
fn mistaken(rules: &RuleSet, mistake: Mistake, stories: &[usize]) -> String {
    let numbers: Vec<String> = stories.iter().map(usize::to_string).collect();
    let which = if stories.len() == 1 { "story" } else { "stories" };
    let often = if stories.len() == 1 { "once".to_owned() } else { format!("{} times", stories.len()) };
    let times = format!("{often} ({which} {})", words::list(&numbers));
    let the = |who| format!("the {}", words::professional(rules, who));
    match mistake {
        Mistake::Harmful => {
            format!("You sent someone on whom a doctor has to see first {times}. That is the mistake that can do harm.")
        }
        Mistake::TooEarly => format!("You let someone start too early {times}."),
        Mistake::TooCareful => format!("You were more careful than needed {times}."),
        Mistake::OutsideScope(who) => {
            format!("You picked {} for what is not theirs to do {times}.", the(who))
        }
        Mistake::NotNeeded(who) => format!("You picked {}, who was not needed, {times}.", the(who)),
        Mistake::Missed(who) => format!("You missed {} {times}.", the(who)),
    }
}
