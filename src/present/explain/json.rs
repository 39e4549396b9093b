//! The same as JSON. Keys stay as they are: programs read them.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::explain::{Chosen, Ground, Reasons, StepChain};
use crate::model::{Id, RuleSet, Scope};
use crate::present::answer::{AnswersRow, ids as option_ids};
use crate::present::json::{RuleSetName, Source, one_line, source_ids};
use crate::present::place::PlaceRow;
use crate::present::result::GrownList;

/// The chains of a decision as one line of JSON. `input` names the file that the answers came from, if one.
pub fn explained_json(reasons: &Reasons<'_>, input: Option<&str>) -> String {
    let (explanation, chains) = (&reasons.explanation, &reasons.chains);
    let rules = explanation.rules;
    let enough = reasons.enough.as_ref().map(|enough| EnoughRow {
        answers: AnswersRow::new(
            rules,
            enough.answers.iter().filter_map(|question| Some((*question, reasons.answers.get(*question)?))),
        ),
        least: enough.least,
    });
    one_line(&Explained {
        input,
        rule_set: RuleSetName::new(rules),
        given_under: explanation.given_under.as_ref().map(RuleSetName::of),
        settled: explanation.settled(),
        level: explanation.level.name(),
        enough,
        flags: chains
            .flags
            .iter()
            .map(|chain| {
                let flag = &rules.flags()[chain.flag];
                FlagRow {
                    rule: RuleRow::new(rules, &flag.id, &flag.sources),
                    level: flag.level_name(),
                    grounds: rows(rules, &chain.grounds),
                    not_excused: rows(rules, &chain.not_excused),
                }
            })
            .collect(),
        steps: chains.steps.iter().map(|chain| StepRow::new(rules, chain)).collect(),
        preferences: chains
            .preferences
            .iter()
            .map(|(preference, grounds)| {
                let preference = &rules.preferences()[*preference];
                GroundedRow {
                    rule: RuleRow::new(rules, &preference.id, &preference.sources),
                    because: &preference.because,
                    grounds: rows(rules, grounds),
                }
            })
            .collect(),
        go_at_once: chains
            .go_at_once
            .iter()
            .map(|(position, grounds)| {
                let row = &rules.go_at_once()[*position];
                GoAtOnceRow {
                    rule: RuleRow::new(rules, &row.id, &row.sources),
                    say: &row.say,
                    grounds: rows(rules, grounds),
                }
            })
            .collect(),
        open_questions: explanation.open.iter().map(|question| rules.questions()[*question].id.as_str()).collect(),
        grown_lists: explanation.grown.iter().map(|grown| GrownList::new(rules, grown)).collect(),
        sources: explanation.cited.iter().map(|source| Source::new(rules, *source)).collect(),
    })
}

#[derive(Serialize)]
struct Explained<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    rule_set: RuleSetName<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_under: Option<RuleSetName<'a>>,
    settled: bool,
    level: &'a str,
    enough: Option<EnoughRow<'a>>,
    flags: Vec<FlagRow<'a>>,
    steps: Vec<StepRow<'a>>,
    preferences: Vec<GroundedRow<'a>>,
    go_at_once: Vec<GoAtOnceRow<'a>>,
    open_questions: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grown_lists: Vec<GrownList<'a>>,
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct EnoughRow<'a> {
    answers: AnswersRow<'a>,
    least: bool,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    id: &'a str,
    place: PlaceRow<'a>,
    sources: Vec<&'a str>,
}

impl<'a> RuleRow<'a> {
    fn new(rules: &'a RuleSet, id: &'a Id, sources: &[crate::model::SourceIx]) -> Self {
        Self { id: id.as_str(), place: PlaceRow::new(rules, id.span()), sources: source_ids(rules, sources) }
    }
}

#[derive(Serialize)]
struct FlagRow<'a> {
    #[serde(flatten)]
    rule: RuleRow<'a>,
    level: &'a str,
    grounds: Vec<GroundRow<'a>>,
    not_excused: Vec<GroundRow<'a>>,
}

#[derive(Serialize)]
struct GroundedRow<'a> {
    #[serde(flatten)]
    rule: RuleRow<'a>,
    because: &'a str,
    grounds: Vec<GroundRow<'a>>,
}

#[derive(Serialize)]
struct GoAtOnceRow<'a> {
    #[serde(flatten)]
    rule: RuleRow<'a>,
    say: &'a str,
    grounds: Vec<GroundRow<'a>>,
}

#[derive(Serialize)]
struct StepRow<'a> {
    phase: &'a str,
    service: RuleRow<'a>,
    lead: &'a str,
    needs: Vec<GroundedRow<'a>>,
    scope: Map<String, Value>,
    others: Vec<OtherRow<'a>>,
}

impl<'a> StepRow<'a> {
    fn new(rules: &'a RuleSet, chain: &StepChain) -> Self {
        let service = &rules.services()[chain.step.service];
        let who = |who| rules.professionals()[who].id.as_str();
        let needs = chain.needs.iter().map(|(need, grounds)| {
            let need = &rules.needs()[*need];
            GroundedRow {
                rule: RuleRow::new(rules, &need.id, &need.sources),
                because: &need.because,
                grounds: rows(rules, grounds),
            }
        });
        let scope = service
            .scope
            .iter()
            .map(|(professional, scope): (_, &Scope)| (who(professional).to_owned(), Value::from(scope.name())));
        Self {
            phase: rules.phases()[chain.step.phase].id.as_str(),
            service: RuleRow::new(rules, &service.id, &service.sources),
            lead: who(chain.step.lead),
            needs: needs.collect(),
            scope: scope.collect(),
            others: chain.others.iter().map(|(other, chosen)| OtherRow::new(rules, who(*other), *chosen)).collect(),
        }
    }
}

/// Who could lead a step as well, and what spoke for the one who does.
#[derive(Serialize)]
struct OtherRow<'a> {
    id: &'a str,
    not_since: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preference: Option<&'a str>,
}

impl<'a> OtherRow<'a> {
    fn new(rules: &'a RuleSet, id: &'a str, chosen: Chosen) -> Self {
        let (not_since, preference) = match chosen {
            Chosen::Preference(which) => ("preference", Some(rules.preferences()[which].id.as_str())),
            Chosen::FewerPeople => ("fewer-people", None),
            Chosen::OnThePlanAlready => ("on-the-plan-already", None),
            Chosen::FileOrder => ("file-order", None),
        };
        Self { id, not_since, preference }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum GroundRow<'a> {
    Said { said: AnswersRow<'a> },
    NotTicked { question: &'a str, not_ticked: Vec<&'a str> },
    DoesNotApply { does_not_apply: &'a str },
    Finding { finding: &'a str, holds: bool, because: Vec<GroundRow<'a>>, place: PlaceRow<'a> },
}

fn rows<'a>(rules: &'a RuleSet, grounds: &[Ground]) -> Vec<GroundRow<'a>> {
    grounds.iter().map(|ground| row(rules, ground)).collect()
}

fn row<'a>(rules: &'a RuleSet, ground: &Ground) -> GroundRow<'a> {
    match ground {
        Ground::Said(question, answer) => GroundRow::Said { said: AnswersRow::new(rules, [(*question, *answer)]) },
        Ground::NotTicked(question, options) => {
            let question = &rules.questions()[*question];
            GroundRow::NotTicked {
                question: question.id.as_str(),
                not_ticked: option_ids(question, *options).collect(),
            }
        }
        Ground::DoesNotApply(question) => {
            GroundRow::DoesNotApply { does_not_apply: rules.questions()[*question].id.as_str() }
        }
        Ground::Finding { finding, holds, because } => GroundRow::Finding {
            finding: rules.findings()[*finding].id.as_str(),
            holds: *holds,
            because: rows(rules, because),
            place: PlaceRow::new(rules, rules.findings()[*finding].id.span()),
        },
    }
}
