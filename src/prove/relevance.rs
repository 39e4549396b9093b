//! Which questions can still change the outcome.
//!
//! By three-valued evaluation: a question is taken to matter if a rule that is not settled depends on it. That may name
//! a question that does not matter after all, and never leaves out one that does.

use std::collections::BTreeSet;

use crate::decide::{Reading, Rule, Situation, Truth};
use crate::model::program::{Entry, Owner, Probe, Program};
use crate::model::{FindingIx, NeedIx, Position, QuestionIx};

/// The unanswered questions that may still change the outcome, whether or not they apply for certain.
pub fn relevant_questions(reading: &Reading<'_, '_>) -> BTreeSet<QuestionIx> {
    follow(reading, false)
}

/// The questions that may be asked before the outcome is settled, whatever is answered: those that may still change it,
/// and those that decide whether what can be chosen there applies, since an answer may make them relevant.
pub fn questions_to_come(reading: &Reading<'_, '_>) -> BTreeSet<QuestionIx> {
    follow(reading, true)
}

fn follow(reading: &Reading<'_, '_>, every_option: bool) -> BTreeSet<QuestionIx> {
    let mut trace = Trace::new(reading.situation(), every_option);
    for rule in reading.unsettled() {
        let program = trace.program;
        let entry = match rule {
            Rule::Flag(flag) => program.flags.get(flag.index()).map(|flag| flag.entry),
            Rule::Need(need) => program.needs.get(need.index()).map(|need| need.entry),
            Rule::Preference(preference) => program.preferences.get(preference.index()).copied(),
        };
        if let Some(entry) = entry {
            trace.condition(entry);
        }
    }
    trace.unanswered()
}

/// The unanswered questions that a need hangs on; none where it is known.
pub fn questions_of_need(situation: &Situation<'_>, need: NeedIx) -> BTreeSet<QuestionIx> {
    let mut trace = Trace::new(situation, false);
    if let Some(need) = trace.program.needs.get(need.index()) {
        trace.condition(need.entry);
    }
    trace.unanswered()
}

/// Follows what is not known back to the questions it hangs on.
struct Trace<'s, 'r> {
    situation: &'s Situation<'r>,
    program: &'r Program,
    /// Whether to follow options that are not tested, too.
    every_option: bool,
    questions: BTreeSet<QuestionIx>,
    findings: BTreeSet<FindingIx>,
    /// For each test of the program, where a run that comes to it gets to before something unknown matters. A test comes
    /// after all those it can go on to, so one pass settles them.
    resolved: Vec<Entry>,
    /// The tests that were followed already.
    seen: Vec<bool>,
}

impl<'s, 'r> Trace<'s, 'r> {
    fn new(situation: &'s Situation<'r>, every_option: bool) -> Self {
        let program = situation.rules().program();
        let mut trace = Self {
            situation,
            program,
            every_option,
            questions: BTreeSet::new(),
            findings: BTreeSet::new(),
            resolved: Vec::with_capacity(program.ops.len()),
            seen: vec![false; program.ops.len()],
        };
        for (index, op) in program.ops.iter().enumerate() {
            let (then, otherwise) = (trace.resolve(op.then), trace.resolve(op.otherwise));
            let end = match situation.probe(op.probe()) {
                Truth::Yes => then,
                Truth::No => otherwise,
                Truth::Perhaps if then == otherwise => then,
                Truth::Perhaps => Entry::at(index),
            };
            trace.resolved.push(end);
        }
        trace
    }

    fn resolve(&self, entry: Entry) -> Entry {
        entry.op().and_then(|index| self.resolved.get(index).copied()).unwrap_or(entry)
    }

    fn unanswered(mut self) -> BTreeSet<QuestionIx> {
        self.questions.retain(|question| self.situation.standing(*question).answered != Truth::Yes);
        self.questions
    }

    /// A condition matters: so does each test whose two ways lead apart.
    fn condition(&mut self, entry: Entry) {
        let mut to_visit = vec![self.resolve(entry)];
        while let Some(entry) = to_visit.pop() {
            let Some(index) = entry.op() else {
                continue;
            };
            if let (Some(op), Some(seen @ false)) = (self.program.ops.get(index), self.seen.get_mut(index)) {
                *seen = true;
                self.test(op.probe());
                to_visit.extend([self.resolve(op.then), self.resolve(op.otherwise)]);
            }
        }
    }

    fn test(&mut self, test: Probe) {
        match test {
            Probe::Count(count) => {
                if let Some(count) = usize::try_from(count).ok().and_then(|count| self.program.counts.get(count)) {
                    count.of.iter().for_each(|part| self.condition(*part));
                }
            }
            Probe::Bits { word, mask } => match self.program.owners.get(word as usize) {
                Some(Owner::Question(question)) => self.question(*question, mask),
                Some(Owner::Findings(first)) => {
                    for bit in (0..u64::BITS as usize).filter(|bit| mask >> bit & 1 == 1) {
                        self.finding(FindingIx::new(first.index() + bit));
                    }
                }
                None => {}
            },
        }
    }

    fn finding(&mut self, finding: FindingIx) {
        if self.findings.insert(finding) {
            let entry = self.program.findings.get(finding.index()).copied();
            self.condition(entry.unwrap_or(Entry::FALSE));
        }
    }

    /// A test on some bits of a question matters: that hangs on the answer, on whether the question applies, and on
    /// whether what is tested can be chosen.
    fn question(&mut self, position: QuestionIx, tested: u64) {
        let Some(asked) = self.program.asked.get(position.index()) else {
            return;
        };
        let standing = self.situation.standing(position);
        let first_time = self.questions.insert(position);
        if first_time {
            self.condition(asked.only_if);
        }
        // Whether there is anything to choose hangs on all options; so does what an answer that may fall away means.
        let every_option =
            self.every_option || standing.applies == Truth::Perhaps || standing.answered == Truth::Perhaps;
        for (option, _, only_if) in &asked.sometimes {
            if every_option || tested >> option.index() & 1 == 1 {
                self.condition(*only_if);
            }
        }
    }
}
