//! Prints a [`GenRules`] as the YAML text that an author would write.

use std::fmt::Write as _;

use super::rule_set::{
    Answered, Choice, Cond, Entry, Flag, GenRules, Given, Guarantee, Held, Kind, Level, OutcomeTest, Question, Said,
    Scope, Spoken,
};

/// The text of a rule set.
pub(crate) fn rule_set(rules: &GenRules) -> String {
    let mut text = String::from(
        "format: 1\nname: Generated\nversion: 0.0.0\nemergency_number: \"112\"\ndisclaimer: Made by chance.\n",
    );
    if rules.otherwise {
        text.push_str("otherwise: Nobody.\n");
    }
    text.push_str("sources:\n  - {id: src, title: A source}\n");
    let printer = Printer { rules };
    section(&mut text, "questions", &rules.questions, |_, question| printer.question(question));
    section(&mut text, "findings", &rules.findings, |place, when| {
        format!("{{id: f{place}{}, say: a finding}}", printer.optional("when", when.as_ref()))
    });
    section(&mut text, "flags", &rules.flags, |place, flag| printer.flag(place, flag));
    if !rules.groups.is_empty() {
        text.push_str("groups:\n");
        for (place, services) in rules.groups.iter().enumerate() {
            let _ = writeln!(text, "  g{place}: {}", list(services, |service| format!("s{service}")));
        }
    }
    let professionals: Vec<usize> = (0..rules.professionals).collect();
    section(&mut text, "professionals", &professionals, |_, p| {
        format!("{{id: p{p}, name: Professional {p}, source: src}}")
    });
    section(&mut text, "services", &rules.services, |place, scopes| {
        let scopes: Vec<String> = scopes
            .iter()
            .enumerate()
            .map(|(professional, scope)| format!("p{professional}: {}", scope_name(*scope)))
            .collect();
        let compared = if rules.compared_only[place] { ", compared_only: true" } else { "" };
        format!("{{id: s{place}, name: Service {place}, scope: {{{}}}, source: src{compared}}}", scopes.join(", "))
    });
    let phases: Vec<usize> = (0..rules.phases).collect();
    section(&mut text, "phases", &phases, |_, phase| format!("{{id: h{phase}, title: Phase {phase}}}"));
    section(&mut text, "needs", &rules.needs, |place, need| {
        let when = printer.optional("when", need.when.as_ref());
        format!("{{id: n{place}{when}, service: s{}, phase: h{}, because: so, source: src}}", need.service, need.phase)
    });
    section(&mut text, "preferences", &rules.preferences, |place, preference| {
        let when = printer.optional("when", preference.when.as_ref());
        let phase = phase(preference.phase);
        format!("{{id: r{place}{when}, prefer: p{}{phase}, because: so, source: src}}", preference.prefer)
    });
    section(&mut text, "teamwork", &rules.teamwork, |_, teamwork| {
        let phase = phase(teamwork.phase);
        let with = list(&teamwork.with, |with| format!("p{with}"));
        format!("{{of: p{}, with: {with}{phase}, note: so, source: src}}", teamwork.of)
    });
    section(&mut text, "handovers", &rules.handovers, |_, (from, to)| {
        format!("{{from: p{from}, to: p{to}, note: so, source: src}}")
    });
    section(&mut text, "guarantees", &rules.guarantees, |place, guarantee| printer.guarantee(place, guarantee));
    text
}

/// Answers on one line, by the names of the rule set.
pub(crate) fn answers(rules: &GenRules, answered: &Answered) -> String {
    let given = rules.questions.iter().zip(answered).filter_map(|(question, given)| {
        let given = match given.as_ref()? {
            Given::Number(number) => number.to_string(),
            Given::Options(options) => list(options, |option| question.option_id(option).to_owned()),
        };
        Some(format!("{}: {given}", question.id))
    });
    format!("{{{}}}", given.collect::<Vec<_>>().join(", "))
}

/// What was said, with what each question offered where that was less.
pub(crate) fn spoken(rules: &GenRules, spoken: &Spoken) -> String {
    let offered = rules.questions.iter().zip(&spoken.offered).filter_map(|(question, offered)| {
        let offered = list(offered.as_ref()?, |option| question.option_id(option).to_owned());
        Some(format!("{}: {offered}", question.id))
    });
    let offered = offered.collect::<Vec<_>>().join(", ");
    format!("{} of what was offered: {{{offered}}}", answers(rules, &spoken.given))
}

fn section<T>(text: &mut String, name: &str, rows: &[T], row: impl Fn(usize, &T) -> String) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "{name}:");
    for (place, item) in rows.iter().enumerate() {
        let _ = writeln!(text, "  - {}", row(place, item));
    }
}

fn list(places: &[usize], name: impl Fn(usize) -> String) -> String {
    let names: Vec<String> = places.iter().map(|place| name(*place)).collect();
    format!("[{}]", names.join(", "))
}

/// `, phase: …`, if there is one.
fn phase(phase: Option<usize>) -> String {
    phase.map(|phase| format!(", phase: h{phase}")).unwrap_or_default()
}

/// An id, in quotes where YAML would take it for something other than text.
fn quoted(id: &str) -> String {
    if matches!(id, "true" | "false" | "null") { format!("\"{id}\"") } else { id.to_owned() }
}

pub(crate) fn level_name(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Caution => "caution",
        Level::Clearance => "clearance",
        Level::Physician => "physician",
        Level::Urgent => "urgent",
        Level::Emergency => "emergency",
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Core => "core",
        Scope::Shared => "shared",
        Scope::Referral => "referral",
        Scope::Outside => "outside",
    }
}

fn held(held: Held) -> String {
    match held {
        Held::Service(service) => format!("s{service}"),
        Held::Group(group) => format!("g{group}"),
    }
}

/// Conditions name questions and options, so printing them takes the rule set.
struct Printer<'r> {
    rules: &'r GenRules,
}

impl Printer<'_> {
    fn question(&self, question: &Question) -> String {
        let mut text = format!("id: {}\n    ask: What?\n    choose: ", quoted(&question.id));
        match question.kind {
            Kind::One => text.push_str("one"),
            Kind::Many => text.push_str("many"),
            Kind::Number { min, max } => {
                let _ = write!(text, "{{number: {{min: {min}, max: {max}, low: few, high: many}}}}");
            }
        }
        if let Some(only_if) = &question.only_if {
            let _ = write!(text, "\n    only_if: {}", self.cond(only_if));
        }
        if !question.options.is_empty() {
            text.push_str("\n    options:");
        }
        for Choice { id, may_lower_level, only_if } in &question.options {
            // A short form would read these as the keys of a long one.
            let long = only_if.is_some() || *may_lower_level || matches!(id.as_str(), "id" | "label");
            let option = if long {
                let lowers = if *may_lower_level { ", may_lower_level: true" } else { "" };
                let only_if = self.optional("only_if", only_if.as_ref());
                format!("{{id: {}, label: Label{only_if}{lowers}}}", quoted(id))
            } else {
                format!("{}: Label", quoted(id))
            };
            text.push_str("\n      - ");
            text.push_str(&option);
        }
        if let Some(added) = question.added_option() {
            let _ = write!(text, "\n    {}: Neither", question.option_id(added));
        }
        text
    }

    fn flag(&self, place: usize, flag: &Flag) -> String {
        let level = if flag.level == Level::None { "note" } else { level_name(flag.level) };
        let when = self.optional("when", flag.when.as_ref());
        let unless = self.optional("unless", flag.unless.as_ref());
        let mut holds = String::new();
        if let [only] = flag.holds.as_slice() {
            holds = format!(", holds: {}, until: then", held(*only));
        } else if !flag.holds.is_empty() {
            let names: Vec<String> = flag.holds.iter().copied().map(held).collect();
            holds = format!(", holds: [{}]", names.join(", "));
        }
        format!("{{id: l{place}, level: {level}{when}{unless}{holds}, say: seen, do: this, source: [src]}}")
    }

    fn guarantee(&self, place: usize, guarantee: &Guarantee) -> String {
        let when = self.optional("when", guarantee.when.as_ref());
        let unless = match &guarantee.unless {
            Some(unless) => format!(", unless: {}", outcome_test(unless)),
            None => String::new(),
        };
        let word = if guarantee.always { "always" } else { "never" };
        format!("{{id: u{place}{when}{unless}, {word}: {}}}", outcome_test(&guarantee.test))
    }

    /// `, key: condition`, if there is one.
    fn optional(&self, key: &str, cond: Option<&Cond>) -> String {
        cond.map(|cond| format!(", {key}: {}", self.cond(cond))).unwrap_or_default()
    }

    fn cond(&self, cond: &Cond) -> String {
        let entries: Vec<String> = cond.0.iter().map(|entry| self.entry(entry)).collect();
        format!("{{{}}}", entries.join(", "))
    }

    fn conds(&self, conds: &[Cond]) -> String {
        let conds: Vec<String> = conds.iter().map(|cond| self.cond(cond)).collect();
        format!("[{}]", conds.join(", "))
    }

    fn entry(&self, entry: &Entry) -> String {
        match entry {
            Entry::Is(question, option) => format!("{}: {}", self.id(*question), self.option(*question, *option)),
            Entry::IsOneOf(question, options) => {
                format!("{}: {}", self.id(*question), self.options(*question, options))
            }
            Entry::Sets { question, any_of, all_of, none_of } => {
                let sets = [("any_of", any_of), ("all_of", all_of), ("none_of", none_of)];
                let sets = sets.iter().filter(|(_, options)| !options.is_empty()).map(|(word, options)| match options
                    .as_slice()
                {
                    [only] => format!("{word}: {}", self.option(*question, *only)),
                    several => format!("{word}: {}", self.options(*question, several)),
                });
                format!("{}: {{{}}}", self.id(*question), sets.collect::<Vec<_>>().join(", "))
            }
            Entry::Number(question, number) => format!("{}: {}", self.id(*question), said(*number)),
            Entry::NumberOneOf(question, numbers) => {
                let numbers: Vec<String> = numbers.iter().copied().map(said).collect();
                format!("{}: [{}]", self.id(*question), numbers.join(", "))
            }
            Entry::Compare { question, at_least, at_most } => {
                let ends = [("at_least", at_least), ("at_most", at_most)];
                let ends = ends.iter().filter_map(|(word, end)| end.map(|end| format!("{word}: {end}")));
                format!("{}: {{{}}}", self.id(*question), ends.collect::<Vec<_>>().join(", "))
            }
            Entry::Finding(finding) => format!("finding: f{finding}"),
            Entry::FindingOneOf(findings) => format!("finding: {}", list(findings, |finding| format!("f{finding}"))),
            Entry::Any(parts) => format!("any: {}", self.conds(parts)),
            Entry::All(parts) => format!("all: {}", self.conds(parts)),
            Entry::Not(part) => format!("not: {}", self.cond(part)),
            Entry::Count(at_least, of) => format!("count: {{at_least: {at_least}, of: {}}}", self.conds(of)),
        }
    }

    fn id(&self, question: usize) -> String {
        quoted(&self.rules.questions[question].id)
    }

    fn option(&self, question: usize, option: usize) -> String {
        quoted(self.rules.questions[question].option_id(option))
    }

    fn options(&self, question: usize, options: &[usize]) -> String {
        list(options, |option| self.option(question, option))
    }
}

fn said(said: Said) -> String {
    match said {
        Said::Number(number) => number.to_string(),
        Said::Unsure => "unsure".to_owned(),
    }
}

fn outcome_test(test: &[OutcomeTest]) -> String {
    let entries: Vec<String> = test.iter().map(outcome_entry).collect();
    format!("{{{}}}", entries.join(", "))
}

fn outcome_entry(entry: &OutcomeTest) -> String {
    match entry {
        OutcomeTest::Level(level) => format!("level: {}", level_name(*level)),
        OutcomeTest::LevelBetween(at_least, at_most) => {
            let ends = [("at_least", at_least), ("at_most", at_most)];
            let ends = ends.iter().filter_map(|(word, end)| end.map(|end| format!("{word}: {}", level_name(end))));
            format!("level: {{{}}}", ends.collect::<Vec<_>>().join(", "))
        }
        OutcomeTest::Flag(flag) => format!("flag: l{flag}"),
        OutcomeTest::Professional { professional, phase: place, service } => {
            let service = service.map(|service| format!(", service: s{service}")).unwrap_or_default();
            format!("professional: p{professional}{}{service}", phase(*place))
        }
        OutcomeTest::Before(first, second) => format!("before: [p{first}, p{second}]"),
        OutcomeTest::OnHold(what) => format!("on_hold: {}", held(*what)),
        OutcomeTest::Waits(what) => format!("waits: {}", held(*what)),
        OutcomeTest::NoPlan => "plan: none".to_owned(),
    }
}
