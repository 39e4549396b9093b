//! Conditions compiled to jumps, so that a decision takes less than a microsecond.
//!
//! Every test becomes "is one of these bits set?" on a word of known facts: the options of a question, the comparisons
//! made with a number, the findings. A condition becomes a chain of such tests, each with two places to go on to. That
//! also shows at once which tests still matter when some are not known yet: those whose two ways lead apart.

use super::{
    Condition, Finding, FindingIx, Flag, GoAtOnce, Guarantee, Kind, Need, OptionIx, OptionSet, Position, Preference,
    Question, QuestionIx, Role, Table, Test,
};

/// Where a chain of tests begins, or how it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry(u32);

impl Entry {
    /// The condition does not hold.
    pub(crate) const FALSE: Self = Self(u32::MAX - 1);
    /// The condition holds.
    pub(crate) const TRUE: Self = Self(u32::MAX);

    /// The test in place `index`.
    pub(crate) fn at(index: usize) -> Self {
        // A file of 4 MiB cannot hold 2^32 tests.
        Self(u32::try_from(index).unwrap_or(Self::FALSE.0 - 1))
    }

    /// The place of the test to make next; past all tests at an end.
    pub(crate) fn place(self) -> usize {
        self.0 as usize
    }

    /// The test to make next; `None` at an end.
    pub(crate) fn op(self) -> Option<usize> {
        if self.0 < Self::FALSE.0 { Some(self.0 as usize) } else { None }
    }
}

/// A test and where to go on to. Flat, since a decision makes hundreds of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Op {
    /// Which bits are tested; for a count, which one.
    pub(crate) mask: u64,
    /// The word that has them; [`Op::COUNT`] for a count.
    pub(crate) word: u32,
    /// It stands under an odd number of negations: what makes it true makes the condition false.
    pub(crate) negative: bool,
    /// Where to go on if it holds. Always earlier in the program than this test.
    pub(crate) then: Entry,
    /// Where to go on if not. Always earlier in the program than this test.
    pub(crate) otherwise: Entry,
}

impl Op {
    /// In place of a word: the test is a count. No rule set has so many words.
    const COUNT: u32 = u32::MAX;

    /// What is tested.
    pub(crate) fn probe(&self) -> Probe {
        if self.word == Self::COUNT {
            Probe::Count(self.mask)
        } else {
            Probe::Bits { word: self.word, mask: self.mask }
        }
    }
}

/// What is tested.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Probe {
    /// One of these bits of a word is set.
    Bits {
        /// Which word.
        word: u32,
        /// Which bits.
        mask: u64,
    },
    /// Enough of some conditions hold.
    Count(u64),
}

/// At least so many of these conditions hold.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    /// How many.
    pub(crate) at_least: usize,
    /// Out of which.
    pub(crate) of: Vec<Entry>,
}

/// A condition of a rule. Most rules do not hold, and that shows in one look at what they cannot hold without.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guarded {
    /// The word of the guard; no word at all if there is no guard.
    pub(crate) word: u32,
    /// Without one of these bits the condition does not hold.
    pub(crate) mask: u64,
    /// The whole condition.
    pub(crate) entry: Entry,
}

/// What the bits of a word say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Options or comparisons of a question.
    Question(QuestionIx),
    /// Findings, from this one on.
    Findings(FindingIx),
}

/// What is known of a question before anything is answered.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// When it applies.
    pub(crate) only_if: Entry,
    /// Options that can be chosen wherever it applies.
    pub(crate) always: OptionSet,
    /// One of them is its author's: there is something to choose wherever it applies.
    pub(crate) something_to_choose: bool,
    /// Options that can be chosen only under a condition.
    pub(crate) sometimes: Vec<(OptionIx, Role, Entry)>,
    /// The first word with its comparisons.
    pub(crate) number_words: usize,
    /// The ranges that its number is compared with, a bit each.
    pub(crate) comparisons: Vec<(i32, i32)>,
}

/// All conditions of a rule set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(crate) ops: Vec<Op>,
    pub(crate) counts: Vec<Count>,
    /// A word for each question, then those of comparisons, then those of findings.
    pub(crate) owners: Vec<Owner>,
    pub(crate) finding_words: usize,
    pub(crate) asked: Vec<Asked>,
    pub(crate) findings: Vec<Entry>,
    /// When a flag holds, its `unless` included.
    pub(crate) flags: Vec<Guarded>,
    pub(crate) needs: Vec<Guarded>,
    pub(crate) preferences: Vec<Entry>,
    /// For whom each row of signs for which to go at once is.
    pub(crate) go_at_once: Vec<Entry>,
    /// For which answers each guarantee promises something.
    pub(crate) guarantees: Vec<Entry>,
}

const WORD: usize = u64::BITS as usize;

impl Program {
    /// Compiles all conditions.
    pub(crate) fn compile(
        questions: &Table<QuestionIx, Question>,
        findings: &Table<FindingIx, Finding>,
        flags: &Table<super::FlagIx, Flag>,
        needs: &Table<super::NeedIx, Need>,
        preferences: &Table<super::PreferenceIx, Preference>,
        go_at_once: &Table<super::GoAtOnceIx, GoAtOnce>,
        guarantees: &[Guarantee],
    ) -> Self {
        let mut program = Self::default();
        program.owners.extend(questions.positions().map(Owner::Question));
        let mut comparisons: Vec<Vec<(i32, i32)>> = vec![Vec::new(); questions.len()];
        let all = all_conditions(questions, findings, flags, needs, preferences, go_at_once, guarantees);
        all.for_each(|condition| gather_comparisons(condition, &mut comparisons));
        for ((position, question), comparisons) in questions.iter().zip(comparisons) {
            let number_words = program.owners.len();
            let words = comparisons.len().div_ceil(WORD);
            program.owners.extend(std::iter::repeat_n(Owner::Question(position), words));
            program.asked.push(Asked::new(question, number_words, comparisons));
        }
        program.finding_words = program.owners.len();
        let finding_words = (0..findings.len()).step_by(WORD).map(|first| Owner::Findings(FindingIx::new(first)));
        program.owners.extend(finding_words);

        let mut compiler = Compiler { program, questions };
        for (position, question) in questions.iter() {
            let only_if = compiler.whole(question.only_if.as_ref());
            let sometimes = question
                .choices()
                .filter(|(_, choice)| choice.only_if.is_some())
                .map(|(option, choice)| (option, choice.role, compiler.whole(choice.only_if.as_ref())))
                .collect();
            if let Some(asked) = compiler.program.asked.get_mut(position.index()) {
                asked.only_if = only_if;
                asked.sometimes = sometimes;
            }
        }
        let findings = findings.rows().iter().map(|finding| compiler.whole(finding.when.as_ref())).collect();
        let flags: Vec<Entry> = flags.rows().iter().map(|flag| compiler.flag(flag)).collect();
        let needs: Vec<Entry> = needs.rows().iter().map(|need| compiler.whole(need.when.as_ref())).collect();
        let preferences = preferences.rows().iter().map(|row| compiler.whole(row.when.as_ref())).collect();
        let go_at_once = go_at_once.rows().iter().map(|row| compiler.whole(row.when.as_ref())).collect();
        let guarantees = guarantees.iter().map(|guarantee| compiler.whole(guarantee.when.as_ref())).collect();
        let program = compiler.program;
        let guarded = |entries: Vec<Entry>| entries.into_iter().map(|entry| program.guarded(entry)).collect();
        let (flags, needs) = (guarded(flags), guarded(needs));
        Self { findings, flags, needs, preferences, go_at_once, guarantees, ..program }
    }

    /// The first test of a condition guards it, if without it the condition does not hold.
    fn guarded(&self, entry: Entry) -> Guarded {
        let first = entry.op().and_then(|index| self.ops.get(index));
        match first {
            Some(op) if !op.negative && op.otherwise == Entry::FALSE && op.word != Op::COUNT => {
                Guarded { word: op.word, mask: op.mask, entry }
            }
            _ => Guarded { word: Op::COUNT, mask: 0, entry },
        }
    }
}

impl Asked {
    fn new(question: &Question, number_words: usize, comparisons: Vec<(i32, i32)>) -> Self {
        let always = || question.choices().filter(|(_, choice)| choice.only_if.is_none());
        let own_option = always().any(|(_, choice)| choice.role == Role::Plain);
        Self {
            only_if: Entry::TRUE,
            always: always().map(|(option, _)| option).collect(),
            something_to_choose: own_option || matches!(question.kind, Kind::Number(_)),
            sometimes: Vec::new(),
            number_words,
            comparisons,
        }
    }
}

/// Every condition, those that have no part in decisions last.
pub(crate) fn all_conditions<'r>(
    questions: &'r Table<QuestionIx, Question>,
    findings: &'r Table<FindingIx, Finding>,
    flags: &'r Table<super::FlagIx, Flag>,
    needs: &'r Table<super::NeedIx, Need>,
    preferences: &'r Table<super::PreferenceIx, Preference>,
    go_at_once: &'r Table<super::GoAtOnceIx, GoAtOnce>,
    guarantees: &'r [Guarantee],
) -> impl Iterator<Item = &'r Condition> {
    let of_question = |question: &'r Question| {
        question.options.iter().filter_map(|choice| choice.only_if.as_ref()).chain(question.only_if.as_ref())
    };
    let of_questions = questions.rows().iter().flat_map(of_question);
    let of_findings = findings.rows().iter().filter_map(|finding| finding.when.as_ref());
    let of_flags = flags.rows().iter().flat_map(|flag| flag.when.iter().chain(flag.unless.as_ref()));
    let of_needs = needs.rows().iter().filter_map(|need| need.when.as_ref());
    let of_preferences = preferences.rows().iter().filter_map(|preference| preference.when.as_ref());
    let of_go_at_once = go_at_once.rows().iter().filter_map(|row| row.when.as_ref());
    let of_guarantees = guarantees.iter().filter_map(|guarantee| guarantee.when.as_ref());
    let of_decisions = of_questions.chain(of_findings).chain(of_flags).chain(of_needs).chain(of_preferences);
    of_decisions.chain(of_go_at_once).chain(of_guarantees)
}

fn gather_comparisons(condition: &Condition, comparisons: &mut [Vec<(i32, i32)>]) {
    condition.visit(&mut |part| {
        if let Test::Number { question, at_least, at_most } = &part.test
            && let Some(ranges) = comparisons.get_mut(question.index())
            && !ranges.contains(&(*at_least, *at_most))
        {
            ranges.push((*at_least, *at_most));
        }
    });
}

struct Compiler<'r> {
    program: Program,
    questions: &'r Table<QuestionIx, Question>,
}

impl Compiler<'_> {
    /// A condition on its own; none is always.
    fn whole(&mut self, condition: Option<&Condition>) -> Entry {
        condition.map_or(Entry::TRUE, |condition| self.condition(condition, false, Entry::TRUE, Entry::FALSE))
    }

    fn flag(&mut self, flag: &Flag) -> Entry {
        let holds = match &flag.unless {
            Some(unless) => self.condition(unless, true, Entry::FALSE, Entry::TRUE),
            None => Entry::TRUE,
        };
        match &flag.when {
            Some(when) => self.condition(when, false, holds, Entry::FALSE),
            None => holds,
        }
    }

    /// Compiles from the end to the start: where to go on is there before the test that goes there.
    fn condition(&mut self, condition: &Condition, negative: bool, then: Entry, otherwise: Entry) -> Entry {
        match &condition.test {
            Test::Options { question, any_of, all_of, none_of } => {
                let mut then = then;
                let one_at_a_time = !matches!(self.questions[*question].kind, Kind::Many);
                if !none_of.is_empty() {
                    // Something else is chosen, and where several can be, none of these beside it.
                    if !one_at_a_time {
                        then = self.bits(question.index(), none_of.bits(), !negative, otherwise, then);
                    }
                    let others = self.questions[*question].all_options().minus(*none_of);
                    then = self.bits(question.index(), others.bits(), negative, then, otherwise);
                }
                for option in all_of.iter() {
                    then = self.bits(question.index(), OptionSet::only(option).bits(), negative, then, otherwise);
                }
                if !any_of.is_empty() {
                    then = self.bits(question.index(), any_of.bits(), negative, then, otherwise);
                }
                then
            }
            Test::Number { question, at_least, at_most } => {
                let asked = self.program.asked.get(question.index());
                let place = asked.and_then(|asked| {
                    let bit = asked.comparisons.iter().position(|range| range == &(*at_least, *at_most))?;
                    Some((asked.number_words + bit / WORD, bit % WORD))
                });
                // Every comparison was gathered before.
                place.map_or(otherwise, |(word, bit)| self.bits(word, 1 << bit, negative, then, otherwise))
            }
            Test::Finding(finding) => {
                let word = self.program.finding_words + finding.index() / WORD;
                self.bits(word, 1 << (finding.index() % WORD), negative, then, otherwise)
            }
            Test::All(parts) => {
                parts.iter().rev().fold(then, |then, part| self.condition(part, negative, then, otherwise))
            }
            Test::Any(parts) => {
                parts.iter().rev().fold(otherwise, |otherwise, part| self.condition(part, negative, then, otherwise))
            }
            Test::Not(part) => self.condition(part, !negative, otherwise, then),
            Test::Count { at_least, of } => {
                let of = of.iter().map(|part| self.whole(Some(part))).collect();
                let count = self.program.counts.len() as u64;
                self.program.counts.push(Count { at_least: *at_least, of });
                self.op(Op { mask: count, word: Op::COUNT, negative, then, otherwise })
            }
        }
    }

    fn bits(&mut self, word: usize, mask: u64, negative: bool, then: Entry, otherwise: Entry) -> Entry {
        // A file of 4 MiB cannot hold 2^32 questions.
        let word = u32::try_from(word).unwrap_or(Op::COUNT - 1);
        self.op(Op { mask, word, negative, then, otherwise })
    }

    fn op(&mut self, op: Op) -> Entry {
        let entry = Entry::at(self.program.ops.len());
        self.program.ops.push(op);
        entry
    }
}
