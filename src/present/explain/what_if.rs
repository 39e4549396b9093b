//! What would change the recommendation: the smallest changes, by what they lead to.

use serde::Serialize;

use super::alternatives::{AlternativeRow, alternative};
use crate::answers::Edition;
use crate::decide::Recommendation;
use crate::explain::{Group, Rest, WhatIf};
use crate::model::{Level, PhaseIx, ProfessionalIx, RuleSet};
use crate::present::document::{Document, Line};
use crate::present::json::{RuleSetName, one_line};
use crate::present::words;

/// So many other recommendations are read; more are for those who ask for them.
const NEAREST: usize = 6;

/// The page. Unless `all` are wanted, only what is nearest. `given_under` are other rules that some answers were given to.
pub fn what_if(rules: &RuleSet, found: &WhatIf, given_under: Option<&Edition>, all: bool) -> Document {
    let shown = if all { found.groups.len() } else { NEAREST };
    let mut sheet = Document::new("What would change the answer", &rules.metadata().language);
    sheet.heading("What would change the answer");
    sheet.paragraph(0, Line::labelled("Now", &in_words(rules, &found.now)));
    let mut differ = 0;
    for group in found.groups.iter().take(shown) {
        if group.differ == differ {
            sheet.gap();
        } else {
            differ = group.differ;
            let answers = words::count(differ, "answer", "answers");
            sheet.heading(&format!("With {answers} changed"));
        }
        self::group(rules, group, &mut sheet);
    }
    sheet.gap();
    if found.groups.len() > shown {
        let more = words::count(found.groups.len() - shown, "answer", "answers");
        sheet.aside(
            0,
            format!("There are {more} more, for which as much or more has to change. With --all they are shown."),
        );
    } else {
        sheet.aside(0, rest(found));
    }
    sheet.aside(0, "This shows how the rules work. Answer what is true for you.");
    if let Some(words) = words::given_under(rules, given_under) {
        sheet.aside(0, words);
    }
    sheet
}

fn group(rules: &RuleSet, group: &Group, sheet: &mut Document) {
    sheet.name(0, in_words(rules, &group.recommendation));
    if group.alternatives.len() > 1 {
        sheet.aside(2, "Any one of these:");
    }
    for found in &group.alternatives {
        alternative(rules, found, 2, sheet);
    }
    match group.rest {
        Rest::Nothing => {}
        Rest::More => sheet.aside(2, "There are other changes of this size that lead here."),
        Rest::Undecided => sheet.aside(2, "There may be other changes of this size that lead here."),
    }
}

fn rest(found: &WhatIf) -> String {
    let what = match (found.rest, found.groups.is_empty()) {
        (Rest::Nothing, true) => "Nothing does: everybody gets this answer.",
        (Rest::Nothing, false) => "There is no other answer than these.",
        (Rest::More, _) => "There are more answers, for which as much or more has to change.",
        (Rest::Undecided, _) => "There may be more; the search was cut short.",
    };
    what.to_owned()
}

/// "See a doctor today.", "A doctor within days; then a physical therapist, then a personal trainer."
fn in_words(rules: &RuleSet, recommendation: &Recommendation) -> String {
    if recommendation.level.ends_without_plan() {
        return words::level_headline(recommendation.level, rules);
    }
    let mut stages: Vec<(PhaseIx, Vec<String>)> = Vec::new();
    for (phase, who) in &recommendation.leads {
        let name = words::professional(rules, *who).to_owned();
        match stages.last_mut().filter(|(last, _)| last == phase) {
            Some((_, there)) => there.push(name),
            None => stages.push((*phase, vec![name])),
        }
    }
    let stages: Vec<String> =
        stages.iter().map(|(phase, who)| format!("{} ({})", words::list(who), rules.phases()[*phase].title)).collect();
    let who = match (stages.is_empty(), recommendation.otherwise) {
        (false, _) => stages.join(", then "),
        (true, true) => "nobody in particular".to_owned(),
        (true, false) => "nobody for now, all is on hold".to_owned(),
    };
    let level = match recommendation.level {
        Level::None => String::new(),
        Level::Physician => "a doctor within days; after that: ".to_owned(),
        level => format!("{}: ", words::level_in_short(level)),
    };
    words::capitalised(&words::sentence(&format!("{level}{who}")))
}

/// The same as one line of JSON.
pub fn what_if_json(rules: &RuleSet, found: &WhatIf, given_under: Option<&Edition>, input: Option<&str>) -> String {
    one_line(&Row {
        input,
        given_under: given_under.map(RuleSetName::of),
        now: RecommendationRow::new(rules, &found.now),
        groups: found
            .groups
            .iter()
            .map(|group| GroupRow {
                recommendation: RecommendationRow::new(rules, &group.recommendation),
                differ: group.differ,
                alternatives: group.alternatives.iter().map(|found| AlternativeRow::new(rules, found)).collect(),
                rest: rest_word(group.rest),
            })
            .collect(),
        rest: rest_word(found.rest),
    })
}

fn rest_word(rest: Rest) -> &'static str {
    match rest {
        Rest::Nothing => "nothing",
        Rest::More => "more",
        Rest::Undecided => "undecided",
    }
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_under: Option<RuleSetName<'a>>,
    now: RecommendationRow<'a>,
    groups: Vec<GroupRow<'a>>,
    /// What is left out: `nothing`, `more` or `undecided`.
    rest: &'static str,
}

#[derive(Serialize)]
struct RecommendationRow<'a> {
    level: &'static str,
    plan: Vec<LeadRow<'a>>,
    otherwise: bool,
}

#[derive(Serialize)]
struct LeadRow<'a> {
    phase: &'a str,
    professional: &'a str,
}

impl<'a> RecommendationRow<'a> {
    fn new(rules: &'a RuleSet, recommendation: &Recommendation) -> Self {
        let lead = |(phase, who): &(PhaseIx, ProfessionalIx)| LeadRow {
            phase: rules.phases()[*phase].id.as_str(),
            professional: rules.professionals()[*who].id.as_str(),
        };
        Self {
            level: recommendation.level.name(),
            plan: recommendation.leads.iter().map(lead).collect(),
            otherwise: recommendation.otherwise,
        }
    }
}

#[derive(Serialize)]
struct GroupRow<'a> {
    recommendation: RecommendationRow<'a>,
    differ: usize,
    alternatives: Vec<AlternativeRow<'a>>,
    rest: &'static str,
}
