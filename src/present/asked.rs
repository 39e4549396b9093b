//! What was asked and answered, on one line where it fits.

use super::words;
use crate::interview::Given;
use crate::model::{Question, QuestionIx, RuleSet};

/// A question and what was answered to it, both in short.
pub fn given(rules: &RuleSet, given: Given) -> String {
    let question = &rules.questions()[given.question];
    format!("{} {}", on_half_a_line(question), words::answer(question, given.answer))
}

/// The answers that no longer apply; `None` where there are none.
pub fn no_longer_used(rules: &RuleSet, fallen_away: &[Given]) -> Option<String> {
    let named: Vec<String> = fallen_away.iter().map(|answer| format!("\"{}\"", given(rules, *answer))).collect();
    (!named.is_empty()).then(|| format!("No longer used: {}.", named.join(", ")))
}

/// The questions that there is more to choose from by now, so that they are put again; `None` where there are none.
pub fn asked_again(rules: &RuleSet, questions: &[QuestionIx]) -> Option<String> {
    let short = |question: &QuestionIx| format!("\"{}\"", words::asked_in_short(&rules.questions()[*question]));
    let named: Vec<String> = questions.iter().map(short).collect();
    let named = (!named.is_empty()).then(|| named.join(", "))?;
    Some(format!("You will be asked again, as there may be more to choose from now: {named}."))
}

/// As much of a question as leaves room for an answer beside it.
fn on_half_a_line(question: &Question) -> String {
    const ROOM: usize = 44;
    let asked = words::asked_in_short(question);
    if asked.chars().count() <= ROOM {
        return asked.to_owned();
    }
    let mut short = String::new();
    for word in asked.split(' ') {
        if short.chars().count() + word.chars().count() > ROOM {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("{}...", short.trim_end_matches([' ', ',', ';', ':']))
}
