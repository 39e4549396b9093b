//! Reads conditions and the findings that name them.

use super::names::{Names, duplicate_entry};
use super::node::{Node, Value};
use super::reader::{Faulty, Fields, Reader, wrong_type};
use super::sections::Sections;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Condition, Finding, FindingIx, Kind, OptionIx, OptionSet, Position, Question, QuestionIx, Range, Role, Test,
};
use crate::source::Span;

const CONDITION_WORDS: [&str; 5] = ["any", "all", "not", "count", "finding"];

/// How far a condition may look.
#[derive(Clone, Copy)]
pub(crate) struct Reach {
    /// Only at questions before this one.
    before_question: Option<QuestionIx>,
    /// Only at findings before this one.
    before_finding: Option<FindingIx>,
}

impl Reach {
    /// At everything.
    pub(crate) const ALL: Self = Self { before_question: None, before_finding: None };

    /// At earlier questions, and findings over them.
    pub(crate) fn before_question(question: QuestionIx) -> Self {
        Self { before_question: Some(question), before_finding: None }
    }

    fn before_finding(finding: FindingIx) -> Self {
        Self { before_question: None, before_finding: Some(finding) }
    }
}

/// Reads the findings, and notes for each which question it depends on last.
pub(crate) fn read_findings(
    sections: &Sections<'_>,
    names: &mut Names,
    reader: &mut Reader<'_>,
) -> Option<Vec<Finding>> {
    let mut row = 0;
    reader.rows(&sections.findings, |reader, node| {
        let reach = Reach::before_finding(FindingIx::new(row));
        row += 1;
        let finding = read_finding(node, names, reach, reader);
        names.latest_question.push(finding.as_ref().and_then(|finding| finding.latest_question));
        finding
    })
}

fn read_finding(node: &Node, names: &Names, reach: Reach, reader: &mut Reader<'_>) -> Option<Finding> {
    let fields = reader.fields(node, "a finding", &["id", "when", "say"])?;
    let id = reader.required_id(&fields, "a finding");
    let when = optional(&fields, "when", names, reach, reader);
    let say = reader.optional_text(&fields, "say");
    let when = when.ok()?;
    Some(Finding {
        id: id?,
        latest_question: when.as_ref().and_then(|when| latest_question(when, &names.latest_question)),
        when,
        say: say.ok()?,
    })
}

fn latest_question(condition: &Condition, findings: &[Option<QuestionIx>]) -> Option<QuestionIx> {
    let latest_of = |parts: &[Condition]| parts.iter().filter_map(|part| latest_question(part, findings)).max();
    match &condition.test {
        Test::Options { question, .. } | Test::Number { question, .. } => Some(*question),
        Test::Finding(finding) => findings.get(finding.index()).copied().flatten(),
        Test::All(parts) | Test::Any(parts) | Test::Count { of: parts, .. } => latest_of(parts),
        Test::Not(part) => latest_question(part, findings),
    }
}

/// The condition under a key that may be left out.
pub(crate) fn optional(
    fields: &Fields<'_>,
    key: &str,
    names: &Names,
    reach: Reach,
    reader: &mut Reader<'_>,
) -> Result<Option<Condition>, Faulty> {
    fields.get(key).map(|node| read(node, names, reach, reader).ok_or(Faulty)).transpose()
}

/// The condition that stands at `node`.
pub(crate) fn read(node: &Node, names: &Names, reach: Reach, reader: &mut Reader<'_>) -> Option<Condition> {
    ConditionReader { names, reach, reader }.condition(node)
}

struct ConditionReader<'r, 'a> {
    names: &'r Names,
    reach: Reach,
    reader: &'r mut Reader<'a>,
}

impl ConditionReader<'_, '_> {
    /// A map of which all entries must hold.
    fn condition(&mut self, node: &Node) -> Option<Condition> {
        let fields = self.reader.entries(node, "a condition")?;
        let entries: Vec<Option<Condition>> =
            fields.iter().map(|(name, key, value)| self.entry(name, key.span, value)).collect();
        if entries.is_empty() {
            let fault = Diagnostic::new(Code::EmptyCondition, node.span, "a condition without entries");
            self.reader.report(fault.help("leave the key out for \"always\""));
            return None;
        }
        let mut entries: Vec<Condition> = entries.into_iter().collect::<Option<_>>()?;
        if entries.len() == 1 {
            return entries.pop();
        }
        Some(Condition { test: Test::All(entries), span: fields.span() })
    }

    fn conditions(&mut self, node: &Node) -> Option<Vec<Condition>> {
        let parts: Vec<Option<Condition>> = self.reader.list(node)?.iter().map(|part| self.condition(part)).collect();
        parts.into_iter().collect()
    }

    fn entry(&mut self, name: &str, span: Span, value: &Node) -> Option<Condition> {
        let test = match name {
            "any" => Test::Any(self.conditions(value)?),
            "all" => Test::All(self.conditions(value)?),
            "not" => Test::Not(Box::new(self.condition(value)?)),
            "count" => self.count(value)?,
            "finding" => self.findings(value)?,
            question => self.question(question, span, value)?,
        };
        Some(Condition { test, span })
    }

    fn count(&mut self, node: &Node) -> Option<Test> {
        let fields = self.reader.fields(node, "a count", &["at_least", "of"])?;
        let at_least =
            self.reader.required(&fields, "a count", "at_least").map(|node| (node, self.reader.integer(node)));
        let of = self.reader.required(&fields, "a count", "of").and_then(|node| self.conditions(node));
        let (node, Some(at_least)) = at_least? else {
            return None;
        };
        let of = of?;
        let fits = usize::try_from(at_least).ok().filter(|least| (1..=of.len()).contains(least));
        let Some(at_least) = fits else {
            let always = if at_least < 1 { "always holds" } else { "never holds" };
            let message = format!("at least `{at_least}` of {} {always}", counted(of.len()));
            let fault = Diagnostic::new(Code::ImpossibleCount, node.span, message);
            self.reader.report(fault.help(format!("a number from 1 to {}", of.len())));
            return None;
        };
        Some(Test::Count { at_least, of })
    }

    fn findings(&mut self, value: &Node) -> Option<Test> {
        let nodes = self.reader.one_or_list(value)?;
        let mut tests = Vec::new();
        let mut complete = true;
        for node in nodes {
            match self.finding(node) {
                Some(finding) => tests.push(Condition { test: Test::Finding(finding), span: node.span }),
                None => complete = false,
            }
        }
        complete.then(|| any_of(tests)).flatten()
    }

    fn finding(&mut self, node: &Node) -> Option<FindingIx> {
        let finding = self.names.findings.resolve(node, self.reader)?;
        if self.reach.before_finding.is_some_and(|limit| finding >= limit) {
            let fault = Diagnostic::new(Code::LaterReference, node.span, "a finding can use earlier findings only");
            self.reader.report(fault.help("move the finding it uses above this one"));
            return None;
        }
        let latest = self.names.latest_question.get(finding.index()).copied().flatten();
        if let (Some(limit), Some(latest)) = (self.reach.before_question, latest)
            && latest >= limit
        {
            let fault = Diagnostic::new(
                Code::LaterReference,
                node.span,
                "this finding depends on a question that is not asked before",
            );
            self.reader.report(fault.help("only questions further up can decide whether this applies"));
            return None;
        }
        Some(finding)
    }

    fn question(&mut self, name: &str, span: Span, value: &Node) -> Option<Test> {
        let Some(position) = self.names.question_ids.find(name) else {
            self.names.question_ids.report_unknown(name, span, CONDITION_WORDS.into_iter(), self.reader);
            return None;
        };
        if self.reach.before_question.is_some_and(|limit| position >= limit) {
            let fault = Diagnostic::new(Code::LaterReference, span, format!("`{name}` is not asked before"));
            self.reader.report(fault.help("only questions further up can decide whether this applies"));
            return None;
        }
        // A faulty question has been reported; what is said of it cannot be judged.
        let question = self.names.questions.get(position.index())?.as_ref()?.to_test();
        match &question.kind {
            Kind::One | Kind::Many => self.options_test(position, question, value),
            Kind::Number(range) => self.number_test(position, question, range, value),
        }
    }

    fn options_test(&mut self, position: QuestionIx, question: &Question, value: &Node) -> Option<Test> {
        let mut sets = [OptionSet::EMPTY; 3];
        let [any_of, all_of, none_of] = &mut sets;
        if let Value::Map(_) = value.value {
            let known = ["any_of", "all_of", "none_of"];
            let fields = self.reader.entries(value, "a test")?;
            let mut complete = true;
            for (name, key, value) in fields.iter() {
                let set = match name {
                    "any_of" => &mut *any_of,
                    "all_of" => &mut *all_of,
                    "none_of" => &mut *none_of,
                    "at_least" | "at_most" => {
                        let fault = Diagnostic::new(
                            Code::WrongTest,
                            key.span,
                            format!("`{}` is not answered with a number", question.id),
                        );
                        self.reader.report(fault.help("test its options"));
                        return None;
                    }
                    _ => {
                        self.reader.report_unknown(
                            Code::UnknownKey,
                            "a test",
                            name,
                            key.span,
                            known.into_iter(),
                            std::iter::empty(),
                        );
                        return None;
                    }
                };
                match self.options(question, value) {
                    Some(options) => *set = options,
                    None => complete = false,
                }
            }
            if fields.iter().next().is_none() {
                let fault = Diagnostic::new(Code::EmptyCondition, value.span, "a test without entries");
                self.reader.report(fault.help("name the options that are tested"));
                return None;
            }
            if !complete {
                return None;
            }
        } else {
            *any_of = self.options(question, value)?;
        }
        let [any_of, all_of, none_of] = sets;
        Some(Test::Options { question: position, any_of, all_of, none_of })
    }

    fn options(&mut self, question: &Question, node: &Node) -> Option<OptionSet> {
        let mut options = OptionSet::EMPTY;
        let mut complete = true;
        for node in self.reader.one_or_list(node)? {
            let Some(option) = resolve_option(question, node, self.reader) else {
                complete = false;
                continue;
            };
            if options.contains(option) {
                duplicate_entry(node, self.reader);
            }
            options = options.or(OptionSet::only(option));
        }
        complete.then_some(options)
    }

    fn number_test(&mut self, position: QuestionIx, question: &Question, range: &Range, value: &Node) -> Option<Test> {
        if let Value::Map(_) = value.value {
            return self.comparison(position, range, value);
        }
        let mut tests = Vec::new();
        let mut complete = true;
        for node in self.reader.one_or_list(value)? {
            match self.number_or_unsure(position, question, range, node) {
                Some(test) => tests.push(Condition { test, span: node.span }),
                None => complete = false,
            }
        }
        complete.then(|| any_of(tests)).flatten()
    }

    fn number_or_unsure(
        &mut self,
        position: QuestionIx,
        question: &Question,
        range: &Range,
        node: &Node,
    ) -> Option<Test> {
        if let Value::Text(_) = node.value {
            let unsure = question.option_with(Role::Unsure);
            let said = resolve_option(question, node, self.reader)?;
            return (unsure == Some(said)).then(|| Test::Options {
                question: position,
                any_of: OptionSet::only(said),
                all_of: OptionSet::EMPTY,
                none_of: OptionSet::EMPTY,
            });
        }
        let number = number_in(range, node, self.reader)?;
        Some(Test::Number { question: position, at_least: number, at_most: number })
    }

    fn comparison(&mut self, position: QuestionIx, range: &Range, node: &Node) -> Option<Test> {
        let fields = self.reader.entries(node, "a comparison")?;
        let (mut at_least, mut at_most) = (Some(range.min), Some(range.max));
        for (name, key, value) in fields.iter() {
            match name {
                "at_least" => at_least = number_in(range, value, self.reader),
                "at_most" => at_most = number_in(range, value, self.reader),
                "any_of" | "all_of" | "none_of" => {
                    let fault = Diagnostic::new(Code::WrongTest, key.span, "a question with a number has no options");
                    self.reader.report(fault.help("use `at_least` and `at_most`"));
                    return None;
                }
                _ => {
                    let known = ["at_least", "at_most"].into_iter();
                    self.reader.report_unknown(
                        Code::UnknownKey,
                        "a comparison",
                        name,
                        key.span,
                        known,
                        std::iter::empty(),
                    );
                    return None;
                }
            }
        }
        if fields.iter().next().is_none() {
            let fault = Diagnostic::new(Code::EmptyCondition, node.span, "a comparison without entries");
            self.reader.report(fault.help("compare with `at_least`, `at_most` or both"));
            return None;
        }
        let (at_least, at_most) = (at_least?, at_most?);
        if at_least > at_most {
            let message = format!("no number is at least `{at_least}` and at most `{at_most}`");
            self.reader.fault(Code::InvalidRange, fields.span(), message);
            return None;
        }
        Some(Test::Number { question: position, at_least, at_most })
    }
}

fn counted(conditions: usize) -> String {
    if conditions == 1 { "1 condition".to_owned() } else { format!("{conditions} conditions") }
}

/// The only test, or any of them.
fn any_of(mut tests: Vec<Condition>) -> Option<Test> {
    if tests.len() == 1 {
        return tests.pop().map(|only| only.test);
    }
    Some(Test::Any(tests))
}

/// The option that `node` names; reports an unknown one, and what is no option.
pub(crate) fn resolve_option(question: &Question, node: &Node, reader: &mut Reader<'_>) -> Option<OptionIx> {
    if let Value::Integer(_) = node.value {
        let fault =
            Diagnostic::new(Code::WrongTest, node.span, format!("`{}` is not answered with a number", question.id));
        reader.report(fault.help("name one of its options"));
        return None;
    }
    let name = reader.word(node, "an option")?;
    let found = question.option(name);
    if found.is_none() {
        let what = format!("an option of `{}` called", question.id);
        let known = question.options.iter().map(|choice| choice.id.as_str());
        match (&question.kind, name) {
            (Kind::Number(_), _) if name != "unsure" => reader.report(wrong_type(node, "a whole number")),
            (Kind::One | Kind::Number(_), "unsure") | (Kind::Many, "none") => reader.report(
                Diagnostic::new(Code::UnknownOption, node.span, format!("`{}` has no option `{name}`", question.id))
                    .help(format!("give the question the key `{name}` with a label")),
            ),
            _ => reader.report_unknown(Code::UnknownOption, &what, name, node.span, known, std::iter::empty()),
        }
    }
    found
}

/// A number within the range of its question.
pub(crate) fn number_in(range: &Range, node: &Node, reader: &mut Reader<'_>) -> Option<i32> {
    let number = reader.integer(node)?;
    if (range.min..=range.max).contains(&number) {
        return Some(number);
    }
    let fault =
        Diagnostic::new(Code::NumberOutOfRange, node.span, format!("`{number}` is outside the range of the question"));
    reader.report(fault.help(format!("a number from {} to {}", range.min, range.max)));
    None
}
