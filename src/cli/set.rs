//! Answers typed as `question=option`.

use anyhow::{Context, bail};

use crate::answers::{Answer, Answers};
use crate::model::{Kind, OptionIx, OptionSet, Question, QuestionIx, RuleSet};
use crate::present::{clean, unfit};
use crate::suggest::nearest;

/// What was typed: the id of a question, and ids of options with commas between them, or a number.
///
/// # Errors
/// It means nothing under these rules.
pub(super) fn answer(rules: &RuleSet, typed: &str) -> anyhow::Result<(QuestionIx, Answer)> {
    let shown = clean(typed);
    let Some((name, value)) = typed.split_once('=') else {
        bail!("`{shown}` is no answer; it takes `question=option`, such as `{}`", example(rules));
    };
    let (name, value) = (name.trim(), value.trim());
    let questions = rules.questions();
    let Some((position, question)) = questions.iter().find(|(_, question)| question.id.as_str() == name) else {
        let known: Vec<&str> = questions.rows().iter().map(|question| question.id.as_str()).collect();
        match nearest(name, known.iter().copied()) {
            Some(near) => bail!("there is no question `{}`; did you mean `{near}`?", clean(name)),
            None => bail!("there is no question `{}`; there are: {}", clean(name), known.join(", ")),
        }
    };
    let answer = match (&question.kind, value.parse()) {
        (Kind::Number(_), Ok(number)) => Answer::Number(number),
        _ => Answer::Options(
            value.split(',').map(|name| option(question, name.trim())).collect::<anyhow::Result<OptionSet>>()?,
        ),
    };
    // An answer that does not fit is said here, where it was typed.
    Answers::new(rules)
        .set(rules, position, answer)
        .map_err(|reason| anyhow::anyhow!(unfit(question, reason)))
        .with_context(|| format!("`{shown}`"))?;
    Ok((position, answer))
}

fn option(question: &Question, name: &str) -> anyhow::Result<OptionIx> {
    if let Some(option) = question.option(name) {
        return Ok(option);
    }
    let known: Vec<&str> = question.options.iter().map(|choice| choice.id.as_str()).collect();
    let asked = &question.id;
    match (nearest(name, known.iter().copied()), &question.kind) {
        (Some(near), _) => bail!("`{asked}` has no option `{}`; did you mean `{near}`?", clean(name)),
        (None, Kind::Number(range)) => {
            bail!("`{}` is no answer to `{asked}`; it takes a number from {} to {}", clean(name), range.min, range.max)
        }
        (None, _) => bail!("`{asked}` has no option `{}`; there are: {}", clean(name), known.join(", ")),
    }
}

fn example(rules: &RuleSet) -> String {
    let with_options = rules.questions().rows().iter().find(|question| !question.options.is_empty());
    let example = with_options.and_then(|question| Some((question, question.options.first()?)));
    example.map_or_else(|| "question=4".to_owned(), |(question, option)| format!("{}={}", question.id, option.id))
}
