//! The quiz as JSON: an object for each story and one for the score. Keys stay as they are: programs read them.

use serde::Serialize;

use crate::cases::Share;
use crate::model::{ProfessionalIx, RuleSet};
use crate::present::json::{RuleSetName, one_line, professional_id};
use crate::present::result::NotOnPlan;
use crate::quiz::{Aim, Mistake, Question, Score, Verdict};

/// What a pick is worth, as one line.
pub fn verdict_json(number: usize, question: &Question<'_, '_>, verdict: &Verdict) -> String {
    let explanation = &question.explanation;
    let rules = explanation.rules;
    let ids = |who: &[ProfessionalIx]| who.iter().map(|who| professional_id(rules, *who)).collect::<Vec<_>>();
    one_line(&Row {
        story: number,
        case: &question.story.case.name,
        text: question.story.text,
        picked: Picked {
            level: verdict.pick.level.name(),
            professionals: verdict.pick.professionals.as_deref().map(ids),
        },
        decided: Picked {
            level: explanation.level.name(),
            professionals: (!explanation.level.ends_without_plan()).then(|| ids(&explanation.professionals())),
        },
        level: match verdict.aim {
            Aim::Harmful => "harmful",
            Aim::TooEarly => "too-early",
            Aim::Right => "right",
            Aim::Accepted => "accepted",
            Aim::TooCareful => "too-careful",
        },
        professionals_right: verdict.professionals_right,
        also_possible: NotOnPlan::all(rules, &verdict.also_possible),
        not_on_plan: NotOnPlan::all(rules, &verdict.not_on_plan),
        missed: ids(&verdict.missed),
    })
}

/// The score as one line.
pub fn score_json(rules: &RuleSet, score: &Score, seed: u64, of: usize) -> String {
    let mistakes = score.mistakes().into_iter().map(|(mistake, stories)| MistakeRow::new(rules, mistake, stories));
    one_line(&Last {
        score: ScoreRow {
            rule_set: RuleSetName::new(rules),
            seed,
            asked: score.asked(),
            of,
            levels: score.levels.into(),
            professionals: score.professionals.into(),
            mistakes: mistakes.collect(),
        },
    })
}

#[derive(Serialize)]
struct Row<'a> {
    story: usize,
    case: &'a str,
    text: &'a str,
    picked: Picked<'a>,
    decided: Picked<'a>,
    level: &'static str,
    professionals_right: Option<bool>,
    also_possible: Vec<NotOnPlan<'a>>,
    not_on_plan: Vec<NotOnPlan<'a>>,
    missed: Vec<&'a str>,
}

/// A level, and who is on the plan; nothing where the level leaves none.
#[derive(Serialize)]
struct Picked<'a> {
    level: &'static str,
    professionals: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Last<'a> {
    score: ScoreRow<'a>,
}

#[derive(Serialize)]
struct ScoreRow<'a> {
    rule_set: RuleSetName<'a>,
    seed: u64,
    asked: usize,
    of: usize,
    levels: RightRow,
    professionals: RightRow,
    mistakes: Vec<MistakeRow<'a>>,
}

#[derive(Serialize)]
struct RightRow {
    right: usize,
    of: usize,
}

impl From<Share> for RightRow {
    fn from(share: Share) -> Self {
        Self { right: share.part, of: share.of }
    }
}

#[derive(Serialize)]
struct MistakeRow<'a> {
    mistake: &'static str,
    professional: Option<&'a str>,
    stories: &'a [usize],
}

impl<'a> MistakeRow<'a> {
    fn new(rules: &'a RuleSet, mistake: Mistake, stories: &'a [usize]) -> Self {
        let (mistake, who) = match mistake {
            Mistake::Harmful => ("harmful", None),
            Mistake::TooEarly => ("too-early", None),
            Mistake::TooCareful => ("too-careful", None),
            Mistake::OutsideScope(who) => ("outside-scope", Some(who)),
            Mistake::NotNeeded(who) => ("not-needed", Some(who)),
            Mistake::Missed(who) => ("missed", Some(who)),
        };
        Self { mistake, professional: who.map(|who| professional_id(rules, who)), stories }
    }
}
