//! Why a decision is what it is, step by step, as a page: from what was said to who leads what.

mod alternatives;
mod changed;
mod json;
mod what_if;
mod why_not;

pub use changed::{changed, changed_json, what_changed};
pub use json::explained_json;
pub use what_if::{what_if, what_if_json};
pub use why_not::{Absence, why_not, why_not_json};

use super::citations::Citations;
use super::compare::meanings;
use super::document::{Document, Line};
use super::place::place;
use super::result::{given_under, in_short, open_questions, small_print, whom_to_call};
use super::words;
use crate::answers::Answer;
use crate::explain::{Chosen, Explanation, FlagChain, Ground, Reasons, StepChain};
use crate::model::{Level, PhaseIx, ProfessionalIx, QuestionIx, RuleSet, Scope};
use crate::source::Span;

/// The whole page. With `places` each rule is named with its place in the file.
pub fn explained(reasons: &Reasons<'_>, places: bool) -> Document {
    let explanation = &reasons.explanation;
    let rules = explanation.rules;
    let sheet = Document::new("Why this answer", &rules.metadata().language);
    let mut writer = Writer { reasons, rules, places, sheet, citations: Citations::new(rules, &explanation.cited) };
    if explanation.settled() {
        in_short(explanation, &mut writer.sheet);
    } else {
        writer.open();
    }
    writer.enough();
    writer.flags();
    writer.steps();
    writer.otherwise();
    writer.go_at_once();
    whom_to_call(explanation, &mut writer.sheet);
    writer.citations.list(&mut writer.sheet);
    small_print(rules, &mut writer.sheet);
    given_under(explanation, &mut writer.sheet);
    writer.sheet
}

struct Writer<'e, 'r> {
    reasons: &'e Reasons<'r>,
    rules: &'r RuleSet,
    places: bool,
    sheet: Document,
    citations: Citations<'e>,
}

impl Writer<'_, '_> {
    /// The answers that alone decide it.
    fn enough(&mut self) {
        let Some(enough) = &self.reasons.enough else {
            return;
        };
        self.sheet.heading("What decides it");
        let (given, needed) = (self.reasons.answered, enough.answers.len());
        if needed == 0 {
            self.sheet.paragraph(0, "Nothing that you said. The rules give this answer to everybody.");
            return;
        }
        let least = match (enough.least, needed == given) {
            (_, true) => "Each of your answers counts for it: none can be left out.",
            (true, false) => "Fewer would not.",
            (false, false) => "None of them can be left out. There may be a smaller set; the search was cut short.",
        };
        let these = match (needed, needed == given) {
            (_, true) => String::new(),
            (1, false) => format!(
                "One of your {given} answers alone decides how soon and whom you see, whatever you had said to the rest. "
            ),
            (_, false) => {
                format!(
                    "These {needed} of your {given} answers alone decide how soon and whom you see, whatever you had said \
                     to the rest. What exactly is done there may still depend on it. "
                )
            }
        };
        self.sheet.paragraph(0, format!("{these}{least}"));
        let said: Vec<(QuestionIx, Answer)> = enough
            .answers
            .iter()
            .filter_map(|question| Some((*question, self.reasons.answers.get(*question)?)))
            .collect();
        self.said(0, &said);
    }

    /// What is still open.
    fn open(&mut self) {
        self.sheet.heading("Not settled yet");
        let Explanation { level, may_become, .. } = self.reasons.explanation;
        self.sheet.paragraph(0, words::not_finished(level, may_become));
        self.sheet.paragraph(0, "It still depends on your answer to:");
        open_questions(&self.reasons.explanation, &mut self.sheet);
    }

    fn flags(&mut self) {
        let chains = &self.reasons.chains.flags;
        for (heading, notes) in [("Why the safety rules speak up", false), ("Why the notes", true)] {
            let wanted = |chain: &&FlagChain| (self.rules.flags()[chain.flag].level == Level::None) == notes;
            let chains: Vec<&FlagChain> = chains.iter().filter(wanted).collect();
            if chains.is_empty() {
                continue;
            }
            self.sheet.heading(heading);
            for chain in chains {
                self.flag(chain);
            }
        }
    }

    fn flag(&mut self, chain: &FlagChain) {
        let flag = &self.rules.flags()[chain.flag];
        let marks = self.citations.cite(&flag.sources);
        let label = words::flag_label(flag.level, Level::None);
        self.sheet.bullet(0, Line::from(format!("{label}{}", flag.say)).cited(marks));
        self.grounds(2, &chain.grounds);
        self.rule(2, "flag", flag.id.as_str(), flag.id.span());
    }

    fn steps(&mut self) {
        let explanation = &self.reasons.explanation;
        if explanation.phases.is_empty() {
            return;
        }
        self.sheet.heading("Why each step");
        meanings(&mut self.sheet);
        self.sheet.gap();
        for (index, phase) in explanation.phases.iter().enumerate() {
            let number = if explanation.phases.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
            self.sheet.subheading(&format!("{number}{}", self.rules.phases()[phase.phase].title));
            for planned in &phase.professionals {
                self.sheet.name(2, words::capitalised(words::professional(self.rules, planned.professional)));
                let theirs =
                    |chain: &&StepChain| (chain.step.phase, chain.step.lead) == (phase.phase, planned.professional);
                for chain in self.reasons.chains.steps.iter().filter(theirs) {
                    self.step(chain);
                }
            }
            self.preferences(phase.phase);
        }
    }

    fn step(&mut self, chain: &StepChain) {
        let rules = self.rules;
        let service = &rules.services()[chain.step.service];
        let marks = self.citations.cite(&service.sources);
        self.sheet.bullet(4, Line::from(&service.name).cited(marks));
        for (need, grounds) in &chain.needs {
            let need = &rules.needs()[*need];
            self.grounds(6, grounds);
            let marks = self.citations.cite(&need.sources);
            self.sheet.paragraph(6, Line::labelled("So you need it", &need.because).cited(marks));
            self.rule(6, "need", need.id.as_str(), need.id.span());
        }
        if chain.needs.is_empty() {
            self.sheet.paragraph(6, "Needed whatever you answer to what is still open.");
        }
        self.sheet.paragraph(6, Line::labelled("Who may do it", &self.scope(chain)));
        for (other, chosen) in &chain.others {
            self.sheet.paragraph(6, self.chosen(chain, *other, *chosen));
        }
        self.rule(6, "service", service.id.as_str(), service.id.span());
    }

    /// Who may do a service, scope by scope.
    fn scope(&self, chain: &StepChain) -> String {
        let service = &self.rules.services()[chain.step.service];
        let of = |scope: Scope| -> Vec<String> {
            let theirs = service.scope.iter().filter(|(_, is)| **is == scope);
            theirs.map(|(who, _)| words::professional(self.rules, who).to_owned()).collect()
        };
        let all = Scope::ALL.into_iter().map(|scope| (scope, of(scope))).filter(|(_, who)| !who.is_empty());
        let parts: Vec<String> = all.map(|(scope, who)| format!("{} ({scope})", words::list(&who))).collect();
        format!("{}.", parts.join("; "))
    }

    fn chosen(&self, chain: &StepChain, other: ProfessionalIx, chosen: Chosen) -> Line {
        let (lead, other) = (words::professional(self.rules, chain.step.lead), words::professional(self.rules, other));
        let label = format!("Why the {lead}, not the {other}");
        let because = match chosen {
            Chosen::Preference(preference) => self.rules.preferences()[preference].because.clone(),
            Chosen::FewerPeople => "with them you need fewer people.".to_owned(),
            Chosen::OnThePlanAlready => "you see them already.".to_owned(),
            Chosen::FileOrder => "both could do it just as well; the rules name them in this order.".to_owned(),
        };
        Line::labelled(&label, &because)
    }

    fn preferences(&mut self, phase: PhaseIx) {
        let planned = self.reasons.explanation.phases.iter().find(|planned| planned.phase == phase);
        for position in planned.map_or(&[][..], |planned| &planned.preferences) {
            let preference = &self.rules.preferences()[*position];
            let marks = self.citations.cite(&preference.sources);
            let name = words::professional(self.rules, preference.prefer);
            let label = format!("What speaks for the {name}");
            self.sheet.bullet(2, Line::labelled(&label, &preference.because).cited(marks));
            let grounds = self.reasons.chains.preferences.iter().find(|(which, _)| which == position);
            if let Some((_, grounds)) = grounds {
                self.grounds(4, grounds);
            }
            self.rule(4, "preference", preference.id.as_str(), preference.id.span());
        }
    }

    fn otherwise(&mut self) {
        let Explanation { otherwise, level, .. } = self.reasons.explanation;
        if otherwise && level == Level::None {
            self.sheet.heading("Why nobody in particular");
            self.sheet.paragraph(0, "No rule of need holds for what you said.");
        }
    }

    /// Why each sign for which to go at once is told.
    fn go_at_once(&mut self) {
        let rules = self.rules;
        let chains = &self.reasons.chains.go_at_once;
        if !chains.is_empty() {
            self.sheet.heading("Why the signs to go at once");
        }
        for (position, grounds) in chains {
            let row = &rules.go_at_once()[*position];
            let marks = self.citations.cite(&row.sources);
            self.sheet.bullet(0, Line::from(&row.say).cited(marks));
            self.grounds(2, grounds);
            self.rule(2, "sign to go at once", row.id.as_str(), row.id.span());
        }
    }

    /// What was said, and what that amounts to.
    fn grounds(&mut self, indent: usize, grounds: &[Ground]) {
        let said = Ground::said(grounds);
        if said.is_empty() && grounds.is_empty() {
            self.sheet.paragraph(indent, "For everybody, whatever is answered.");
            return;
        }
        self.said(indent, &said);
        let findings = findings(self.rules, grounds);
        if !findings.is_empty() {
            self.sheet.paragraph(indent, Line::labelled("That means", &format!("{}.", words::list(&findings))));
        }
        for finding in Ground::findings(grounds) {
            let id = &self.rules.findings()[finding].id;
            self.rule(indent, "finding", id.as_str(), id.span());
        }
    }

    /// Answers, each with its question.
    fn said(&mut self, indent: usize, said: &[(QuestionIx, Answer)]) {
        for (question, answer) in said {
            let row = &self.rules.questions()[*question];
            self.sheet.bullet(indent, words::asked_in_short(row));
            self.sheet.paragraph(indent + 2, Line::labelled("Your answer", &words::answer(row, *answer)));
        }
    }

    /// The rule behind it, for those who want to look it up.
    fn rule(&mut self, indent: usize, kind: &str, id: &str, span: Span) {
        if self.places {
            self.sheet.aside(indent, format!("Rule: {kind} `{id}` ({})", place(self.rules.texts(), span)));
        }
    }
}

/// What the findings that hold are called, where their authors say so, the outer before the inner.
fn findings(rules: &RuleSet, grounds: &[Ground]) -> Vec<String> {
    let mut names = Vec::new();
    for ground in grounds {
        if let Ground::Finding { finding, holds: true, because } = ground {
            if let Some(say) = &rules.findings()[*finding].say {
                names.push(say.clone());
            }
            names.extend(findings(rules, because));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}
