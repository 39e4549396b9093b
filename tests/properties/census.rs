//! Counts how often rule sets use each construct of the language, and how often outcomes show what they can show.

use std::collections::BTreeMap;

use super::oracle::{applying_options, candidates, completions, outcome, raised_flags};
use super::people::silent;
use super::rule_set::{
    Answered, Cond, Entry, Flag, GenRules, Held, Kind, Level, Need, OutcomeTest, Question, Said, Scope,
};

/// How often each thing was seen; what was looked for and never seen stands at zero.
#[derive(Debug, Default)]
pub(crate) struct Census(BTreeMap<&'static str, usize>);

impl Census {
    /// What was never seen.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        self.0.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect()
    }

    fn see(&mut self, name: &'static str, there: bool) {
        *self.0.entry(name).or_default() += usize::from(there);
    }

    /// Looks at what a rule set is made of.
    pub(crate) fn of_rules(&mut self, rules: &GenRules) {
        for question in &rules.questions {
            self.of_question(question);
            let choices = question.options.iter().filter_map(|choice| choice.only_if.as_ref());
            for cond in question.only_if.iter().chain(choices) {
                self.of_cond(rules, cond);
                self.see("only_if over a finding", cond.0.iter().any(is_finding));
            }
        }
        for when in &rules.findings {
            self.of_optional(rules, "finding with when", "finding without when", when.as_ref());
            self.see("finding over a finding", when.as_ref().is_some_and(|when| when.0.iter().any(is_finding)));
        }
        for flag in &rules.flags {
            self.of_optional(rules, "flag with when", "flag without when", flag.when.as_ref());
            self.of_optional(rules, "flag with unless", "flag without unless", flag.unless.as_ref());
            self.of_flag(flag);
        }
        for need in &rules.needs {
            self.of_optional(rules, "need with when", "need without when", need.when.as_ref());
        }
        for preference in &rules.preferences {
            self.of_optional(rules, "preference with when", "preference without when", preference.when.as_ref());
            self.see("preference with phase", preference.phase.is_some());
            self.see("preference without phase", preference.phase.is_none());
        }
        for guarantee in &rules.guarantees {
            self.of_optional(rules, "guarantee with when", "guarantee without when", guarantee.when.as_ref());
            self.see("guarantee: always", guarantee.always);
            self.see("guarantee: never", !guarantee.always);
            self.see("guarantee: unless", guarantee.unless.is_some());
            for test in guarantee.unless.iter().chain([&guarantee.test]) {
                self.of_outcome_test(test);
            }
        }
        self.see("otherwise told", rules.otherwise);
        self.see("otherwise not told", !rules.otherwise);
        let asked = |service: usize| rules.needs.iter().any(|need| need.service == service);
        let compared = |service: &usize| rules.compared_only[*service];
        let mut services = 0..rules.services.len();
        self.see("compared only", services.clone().any(|service| compared(&service) && !asked(service)));
        self.see("compared only, and needed", services.any(|service| compared(&service) && asked(service)));
        let alike = |one: &Need, other: &Need| (one.phase, one.service) == (other.phase, other.service);
        let twice = |place: usize| rules.needs[..place].iter().any(|other| alike(other, &rules.needs[place]));
        self.see("several needs for one thing", (0..rules.needs.len()).any(twice));
        self.of_scopes(rules);
        self.see("teamwork", !rules.teamwork.is_empty());
        self.see("teamwork of several", rules.teamwork.iter().any(|teamwork| teamwork.with.len() > 1));
        self.see("handover", !rules.handovers.is_empty());
    }

    fn of_outcome_test(&mut self, test: &[OutcomeTest]) {
        self.see("outcome test of several entries", test.len() > 1);
        for entry in test {
            self.see("outcome: level", matches!(entry, OutcomeTest::Level(_)));
            self.see("outcome: level at_least", matches!(entry, OutcomeTest::LevelBetween(Some(_), None)));
            self.see("outcome: level at_most", matches!(entry, OutcomeTest::LevelBetween(None, Some(_))));
            self.see("outcome: level between", matches!(entry, OutcomeTest::LevelBetween(Some(_), Some(_))));
            self.see("outcome: flag", matches!(entry, OutcomeTest::Flag(_)));
            let place = match entry {
                OutcomeTest::Professional { phase, service, .. } => Some((phase.is_some(), service.is_some())),
                _ => None,
            };
            self.see("outcome: professional", place == Some((false, false)));
            self.see("outcome: professional with phase", place == Some((true, false)));
            self.see("outcome: professional with service", place == Some((false, true)));
            self.see("outcome: professional with both", place == Some((true, true)));
            self.see("outcome: before", matches!(entry, OutcomeTest::Before(..)));
            self.see("outcome: on_hold", matches!(entry, OutcomeTest::OnHold(_)));
            self.see("outcome: waits", matches!(entry, OutcomeTest::Waits(_)));
            self.see("outcome: plan", matches!(entry, OutcomeTest::NoPlan));
        }
    }

    fn of_question(&mut self, question: &Question) {
        let number = matches!(question.kind, Kind::Number { .. });
        self.see("choose: one", question.kind == Kind::One);
        self.see("choose: many", question.kind == Kind::Many);
        self.see("choose: number", number);
        self.see("none", question.added && question.kind == Kind::Many);
        self.see("unsure on one", question.added && question.kind == Kind::One);
        self.see("unsure on a number", question.added && number);
        self.see("question: only_if", question.only_if.is_some());
        self.see("may_lower_level", question.options.iter().any(|choice| choice.may_lower_level));
        self.see("option: only_if", question.options.iter().any(|choice| choice.only_if.is_some()));
        let odd = |id: &str| matches!(id, "null" | "true" | "false" | "nan" | "id" | "label");
        self.see("question with an odd id", odd(&question.id));
        self.see("option with an odd id", question.options.iter().any(|choice| odd(&choice.id)));
    }

    fn of_flag(&mut self, flag: &Flag) {
        let levels = [
            ("flag: note", Level::None),
            ("flag: caution", Level::Caution),
            ("flag: clearance", Level::Clearance),
            ("flag: physician", Level::Physician),
            ("flag: urgent", Level::Urgent),
            ("flag: emergency", Level::Emergency),
        ];
        for (name, level) in levels {
            self.see(name, flag.level == level);
        }
        let holds_back = matches!(flag.level, Level::Caution | Level::Clearance);
        self.see("caution that holds nothing", flag.level == Level::Caution && flag.holds.is_empty());
        self.see("clearance that holds nothing", flag.level == Level::Clearance && flag.holds.is_empty());
        self.see("holds without effect", !holds_back && !flag.holds.is_empty());
        self.see("holds a service", flag.holds.iter().any(|held| matches!(held, Held::Service(_))));
        self.see("holds a group", flag.holds.iter().any(|held| matches!(held, Held::Group(_))));
        self.see("holds several", flag.holds.len() > 1);
    }

    fn of_scopes(&mut self, rules: &GenRules) {
        for (service, scopes) in rules.services.iter().enumerate() {
            for scope in scopes {
                self.see("scope: core", *scope == Scope::Core);
                self.see("scope: shared", *scope == Scope::Shared);
                self.see("scope: referral", *scope == Scope::Referral);
                self.see("scope: outside", *scope == Scope::Outside);
            }
            let shared = !scopes.contains(&Scope::Core) && scopes.contains(&Scope::Shared);
            self.see("a service that is shared at best", shared);
            self.see("a service that nobody does", candidates(rules, service).is_empty());
        }
        self.see("one professional", rules.professionals == 1);
        self.see("five professionals", rules.professionals == 5);
        self.see("several phases", rules.phases > 1);
    }

    fn of_optional(&mut self, rules: &GenRules, there: &'static str, missing: &'static str, cond: Option<&Cond>) {
        self.see(there, cond.is_some());
        self.see(missing, cond.is_none());
        if let Some(cond) = cond {
            self.of_cond(rules, cond);
        }
    }

    fn of_cond(&mut self, rules: &GenRules, cond: &Cond) {
        self.see("condition of several entries", cond.0.len() > 1);
        for entry in &cond.0 {
            self.of_entry(rules, entry);
            match entry {
                Entry::Any(parts) | Entry::All(parts) | Entry::Count(_, parts) => {
                    for part in parts {
                        self.of_cond(rules, part);
                    }
                }
                Entry::Not(part) => self.of_cond(rules, part),
                _ => {}
            }
        }
    }

    fn of_entry(&mut self, rules: &GenRules, entry: &Entry) {
        let added = |question: usize, option: usize| rules.questions[question].added_option() == Some(option);
        let many = |question: usize| rules.questions[question].kind == Kind::Many;
        self.see("question: option", matches!(entry, Entry::Is(..)));
        self.see("question: none", matches!(entry, Entry::Is(q, option) if added(*q, *option) && many(*q)));
        self.see("question: unsure", matches!(entry, Entry::Is(q, option) if added(*q, *option) && !many(*q)));
        self.see("question: [options]", matches!(entry, Entry::IsOneOf(_, options) if options.len() > 1));
        self.see("any_of", matches!(entry, Entry::Sets { any_of, .. } if !any_of.is_empty()));
        self.see("all_of", matches!(entry, Entry::Sets { all_of, .. } if !all_of.is_empty()));
        self.see("all_of several", matches!(entry, Entry::Sets { all_of, .. } if all_of.len() > 1));
        self.see("none_of", matches!(entry, Entry::Sets { none_of, .. } if !none_of.is_empty()));
        let empty = |lists: [&Vec<usize>; 3]| lists.iter().filter(|list| list.is_empty()).count();
        let together =
            matches!(entry, Entry::Sets { any_of, all_of, none_of, .. } if empty([any_of, all_of, none_of]) == 0);
        self.see("any_of with all_of and none_of", together);
        self.see("number", matches!(entry, Entry::Number(_, Said::Number(_))));
        self.see("number: unsure", matches!(entry, Entry::Number(_, Said::Unsure)));
        self.see("[numbers]", matches!(entry, Entry::NumberOneOf(_, said) if said.len() > 1));
        let with_unsure =
            matches!(entry, Entry::NumberOneOf(_, said) if said.contains(&Said::Unsure) && said.len() > 1);
        self.see("[number, unsure]", with_unsure);
        let ends = match entry {
            Entry::Compare { at_least, at_most, .. } => (at_least.is_some(), at_most.is_some()),
            _ => (false, false),
        };
        self.see("at_least", ends == (true, false));
        self.see("at_most", ends == (false, true));
        self.see("at_least and at_most", ends == (true, true));
        self.see("finding: id", matches!(entry, Entry::Finding(_)));
        self.see("finding: [ids]", matches!(entry, Entry::FindingOneOf(findings) if findings.len() > 1));
        self.see("any", matches!(entry, Entry::Any(_)));
        self.see("all", matches!(entry, Entry::All(_)));
        self.see("not", matches!(entry, Entry::Not(_)));
        self.see("count", matches!(entry, Entry::Count(..)));
        self.see("count of several", matches!(entry, Entry::Count(least, _) if *least > 1));
    }

    /// Looks at what comes of the first complete sets of answers.
    pub(crate) fn of_outcomes(&mut self, rules: &GenRules) {
        let indifferent = GenRules { preferences: vec![], ..rules.clone() };
        for complete in completions(rules, &silent(rules)).iter().take(20) {
            self.of_outcome(rules, complete);
            self.see("a preference that decides", outcome(&indifferent, complete) != outcome(rules, complete));
        }
    }

    fn of_outcome(&mut self, rules: &GenRules, complete: &Answered) {
        let outcome = outcome(rules, complete);
        let levels = [
            ("level none", Level::None),
            ("level caution", Level::Caution),
            ("level clearance", Level::Clearance),
            ("level physician", Level::Physician),
            ("level urgent", Level::Urgent),
            ("level emergency", Level::Emergency),
        ];
        for (name, level) in levels {
            self.see(name, outcome.level == level);
        }
        for (place, question) in rules.questions.iter().enumerate() {
            let applying = applying_options(rules, complete, place);
            self.see("a question that does not apply", applying.is_none());
            let fewer = applying.is_some_and(|options| options.len() < question.option_count());
            self.see("an option that does not apply", fewer);
        }
        let planned = outcome.level < Level::Urgent;
        self.see("a flag that does not count", planned && raised_flags(rules, complete).len() > outcome.flags.len());
        self.see("on hold beside a plan", !outcome.on_hold.is_empty() && !outcome.steps.is_empty());
        self.see("all on hold", !outcome.on_hold.is_empty() && outcome.steps.is_empty());
        self.see("waits for clearance", !outcome.waits.is_empty() && outcome.level == Level::Clearance);
        self.see("waits for a physician", !outcome.waits.is_empty() && outcome.level == Level::Physician);
        self.see("otherwise", outcome.otherwise);
        let later = outcome.steps.iter().any(|step| step.0 != outcome.steps[0].0);
        self.see("a plan of several phases", later);
        let team = outcome.steps.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].2 != pair[1].2);
        self.see("a phase of several professionals", team);
    }
}

fn is_finding(entry: &Entry) -> bool {
    matches!(entry, Entry::Finding(_) | Entry::FindingOneOf(_))
}
