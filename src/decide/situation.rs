//! What is known of a person: which questions apply, what was chosen or can be, which findings hold.

use super::truth::Truth;
use crate::answers::{Answer, Answers, Offered};
use crate::model::program::{Asked, Entry, Guarded, Probe, Program};
use crate::model::{
    FindingIx, FlagIx, GoAtOnceIx, Kind, NeedIx, OptionIx, OptionSet, Position, PreferenceIx, Question, QuestionIx,
    Role, RuleSet,
};

/// What is known of one question.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Whether it applies.
    pub applies: Truth,
    /// Whether there is an answer that counts wherever it applies; `Perhaps` while it is not known whether any of the
    /// options chosen applies.
    pub heard: Truth,
    /// The same, and nothing can be chosen now that could not be when it was answered; `Perhaps` while that is not known.
    pub answered: Truth,
}

impl Standing {
    /// What is known where nothing was said.
    fn silent(applies: Truth) -> Self {
        Self { applies, heard: Truth::No, answered: Truth::No }
    }

    /// Whether something is left to answer, and it applies, in every completion of what was said.
    pub fn is_open(self) -> bool {
        self.answered == Truth::No && self.applies == Truth::Yes
    }
}

/// What is known of the bits of a word.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Set in every completion.
    must: u64,
    /// Set in some completion.
    may: u64,
    /// Where one of the bits in `may` is set in every completion: those bits. Otherwise all bits.
    among: u64,
}

impl Word {
    /// No bit is set.
    const NOTHING: Self = Self { must: 0, may: 0, among: u64::MAX };

    /// Certainly one of the bits, if `sure`, of which at most those in `may`.
    fn new(must: u64, may: u64, sure: bool) -> Self {
        Self { must: if sure { must } else { 0 }, may, among: if sure { may } else { u64::MAX } }
    }
}

/// Everything known from some answers, before any rule is looked at.
#[derive(Debug)]
pub struct Situation<'r> {
    rules: &'r RuleSet,
    program: &'r Program,
    standings: Vec<Standing>,
    words: Vec<Word>,
    /// Nothing is left open: what may be, must be.
    complete: bool,
}

impl<'r> Situation<'r> {
    /// What is known from `answers`, which are answers to questions of `rules`.
    pub fn new(rules: &'r RuleSet, answers: &Answers) -> Self {
        Self::build(rules, |situation, position, question| {
            let unseen = match answers.offered(position) {
                Offered::AsNow => OptionSet::EMPTY,
                _ => answers.unseen(position, question, situation.choosable(position)),
            };
            (answers.get(position), unseen)
        })
    }

    /// What is known of somebody who answers each question as `answer` says, which is shown what is known by then.
    pub(crate) fn told(rules: &'r RuleSet, mut answer: impl FnMut(&Self, QuestionIx) -> Option<Answer>) -> Self {
        Self::build(rules, |situation, position, _| (answer(situation, position), OptionSet::EMPTY))
    }

    /// What is known of somebody of whom `said` gives each answer, and the options that it says nothing of, as they came
    /// later.
    fn build(
        rules: &'r RuleSet,
        mut said: impl FnMut(&Self, QuestionIx, &Question) -> (Option<Answer>, OptionSet),
    ) -> Self {
        let program = rules.program();
        let mut situation = Self {
            rules,
            program,
            standings: Vec::with_capacity(rules.questions().len()),
            words: vec![Word::NOTHING; program.owners.len()],
            complete: true,
        };
        let mut findings = rules.finding_order().iter().copied().peekable();
        for ((position, question), asked) in rules.questions().iter().zip(&program.asked) {
            // What applies is decided by earlier questions and the findings over them.
            while let Some(finding) =
                findings.next_if(|finding| rules.findings()[*finding].latest_question < Some(position))
            {
                situation.settle(finding);
            }
            let (answer, unseen) = said(&situation, position, question);
            let standing = situation.hear(position, question, asked, answer, unseen);
            situation.standings.push(standing);
        }
        findings.for_each(|finding| situation.settle(finding));
        situation
    }

    /// The rule set it is about.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// What is known of `question`.
    #[expect(clippy::indexing_slicing, reason = "there is a standing for each question of the rule set")]
    pub fn standing(&self, question: QuestionIx) -> Standing {
        self.standings[question.index()]
    }

    /// The options of `question` that can be chosen in some completion.
    pub fn choosable(&self, question: QuestionIx) -> OptionSet {
        let Some(asked) = self.program.asked.get(question.index()) else {
            return OptionSet::EMPTY;
        };
        let sometimes = asked.sometimes.iter().filter(|(_, _, only_if)| self.truth(*only_if) != Truth::No);
        asked.always.or(sometimes.map(|(option, _, _)| *option).collect())
    }

    /// The options of `question` that can be chosen in every completion; none while it may not apply.
    pub(crate) fn offered(&self, question: QuestionIx) -> OptionSet {
        let Some(asked) = self.program.asked.get(question.index()) else {
            return OptionSet::EMPTY;
        };
        if self.standing(question).applies != Truth::Yes {
            return OptionSet::EMPTY;
        }
        let sometimes = asked.sometimes.iter().filter(|(_, _, only_if)| self.truth(*only_if) == Truth::Yes);
        asked.always.or(sometimes.map(|(option, _, _)| *option).collect())
    }

    /// Whether an option is chosen.
    pub fn chosen(&self, question: QuestionIx, option: OptionIx) -> Truth {
        let word = u32::try_from(question.index()).unwrap_or(u32::MAX);
        self.probe(Probe::Bits { word, mask: OptionSet::only(option).bits() })
    }

    /// Whether nothing is left open.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether a finding holds.
    pub fn finding(&self, finding: FindingIx) -> Truth {
        self.row(&self.program.findings, finding)
    }

    /// Whether a flag holds.
    pub fn flag(&self, flag: FlagIx) -> Truth {
        self.guarded(&self.program.flags, flag)
    }

    /// Whether a need holds.
    pub fn need(&self, need: NeedIx) -> Truth {
        self.guarded(&self.program.needs, need)
    }

    /// Whether a preference holds.
    pub fn preference(&self, preference: PreferenceIx) -> Truth {
        self.row(&self.program.preferences, preference)
    }

    /// Whether signs for which to go at once are for this person.
    pub fn go_at_once(&self, row: GoAtOnceIx) -> Truth {
        self.row(&self.program.go_at_once, row)
    }

    /// Whether the guarantee in this place promises something.
    pub(crate) fn guarantee(&self, place: usize) -> Truth {
        self.program.guarantees.get(place).map_or(Truth::No, |entry| self.truth(*entry))
    }

    fn guarded(&self, rules: &[Guarded], position: impl Position) -> Truth {
        let Some(rule) = rules.get(position.index()) else {
            return Truth::No;
        };
        match self.words.get(rule.word as usize) {
            Some(word) if word.may & rule.mask == 0 => Truth::No,
            _ => self.truth(rule.entry),
        }
    }

    fn row(&self, entries: &[Entry], position: impl Position) -> Truth {
        entries.get(position.index()).map_or(Truth::No, |entry| self.truth(*entry))
    }

    fn settle(&mut self, finding: FindingIx) {
        let truth = self.finding(finding);
        let bit = 1u64 << (finding.index() % 64);
        if let Some(word) = self.words.get_mut(self.program.finding_words + finding.index() / 64) {
            word.must |= if truth == Truth::Yes { bit } else { 0 };
            word.may |= if truth == Truth::No { 0 } else { bit };
        }
        self.complete &= truth != Truth::Perhaps;
    }

    /// Whether a question applies, once all before it were heard.
    fn applies(&self, asked: &Asked) -> Truth {
        let mut applies = self.truth(asked.only_if);
        if applies != Truth::No && !asked.something_to_choose {
            // Without an option of its author's that can be chosen there is nothing to ask.
            let own = asked.sometimes.iter().filter(|(_, role, _)| *role == Role::Plain);
            let mut something = Truth::No;
            for (_, _, only_if) in own {
                something = something.or(self.truth(*only_if));
                if something == Truth::Yes {
                    break;
                }
            }
            applies = applies.and(something);
        }
        applies
    }

    /// The options that can be chosen, once all questions before this one were heard; `None` if it does not apply.
    pub(crate) fn offers(&self, question: QuestionIx) -> Option<OptionSet> {
        let asked = self.program.asked.get(question.index())?;
        (self.applies(asked) == Truth::Yes).then(|| self.choosable(question))
    }

    /// Takes in what was answered to a question, which says nothing of the options in `unseen`.
    fn hear(
        &mut self,
        position: QuestionIx,
        question: &Question,
        asked: &Asked,
        answer: Option<Answer>,
        unseen: OptionSet,
    ) -> Standing {
        let applies = self.applies(asked);
        if applies == Truth::No {
            return Standing::silent(applies);
        }
        let sure = applies == Truth::Yes;
        if let Kind::Number(range) = &question.kind {
            let (low, high, some_number) = match answer {
                Some(Answer::Number(number)) => (number, number, true),
                Some(Answer::Options(_)) => (1, 0, false),
                None => (range.min, range.max, question.options.is_empty()),
            };
            self.compare(asked, low, high, sure && some_number);
        }
        let silent = Standing::silent(applies);
        let (word, standing) = match (answer, &question.kind) {
            (Some(Answer::Number(_)), _) => {
                (Word::NOTHING, Standing { heard: Truth::Yes, answered: Truth::Yes, ..silent })
            }
            (Some(Answer::Options(chosen)), _) => {
                let (word, heard) = self.counted(position, asked, chosen, sure);
                if unseen.is_empty() || heard != Truth::Yes {
                    (word, Standing { heard, answered: heard, ..silent })
                } else {
                    let stays = match question.kind {
                        Kind::Many => chosen.minus(none_of(question)),
                        Kind::One | Kind::Number(_) => OptionSet::EMPTY,
                    };
                    let word = Word::new(word.must & stays.bits(), word.may | unseen.bits(), sure);
                    // Whether there is more to ask hangs on whether one of them can be chosen.
                    let more = unseen.iter().map(|option| self.can_be_chosen(asked, option)).max();
                    (word, Standing { heard, answered: more.map_or(heard, Truth::not), ..silent })
                }
            }
            (None, Kind::Number(_)) => (Word::new(0, asked.always.bits(), false), silent),
            (None, _) => (Word::new(0, self.choosable(position).bits(), sure), silent),
        };
        let answered = standing.answered;
        self.complete &= word.must == word.may && (answered == Truth::Yes || !matches!(question.kind, Kind::Number(_)));
        if let Some(place) = self.words.get_mut(position.index()) {
            *place = word;
        }
        standing
    }

    /// Whether an option can be chosen wherever its question applies.
    fn can_be_chosen(&self, asked: &Asked, option: OptionIx) -> Truth {
        let sometimes = asked.sometimes.iter().find(|(position, _, _)| *position == option);
        sometimes.map_or(Truth::Yes, |(_, _, only_if)| self.truth(*only_if))
    }

    /// What the chosen options amount to, as some may not apply.
    fn counted(&self, position: QuestionIx, asked: &Asked, chosen: OptionSet, sure: bool) -> (Word, Truth) {
        let (mut must, mut may) = (chosen.and(asked.always), chosen.and(asked.always));
        if must == chosen {
            return (Word::new(must.bits(), may.bits(), sure), Truth::Yes);
        }
        for (option, _, only_if) in &asked.sometimes {
            if chosen.contains(*option) {
                let truth = self.truth(*only_if);
                must = if truth == Truth::Yes { must.or(OptionSet::only(*option)) } else { must };
                may = if truth == Truth::No { may } else { may.or(OptionSet::only(*option)) };
            }
        }
        if must.is_empty() {
            // If none of what was chosen can be chosen any more, it is as if nothing had been said. Where that is not
            // known yet, everything is left open: an earlier question decides it.
            let answered = Truth::between(false, !may.is_empty());
            return (Word::new(0, self.choosable(position).bits(), sure), answered);
        }
        (Word::new(must.bits(), may.bits(), sure), Truth::Yes)
    }

    /// Sets the bits of comparisons with a number that lies between `low` and `high`; `sure` says that there is one.
    fn compare(&mut self, asked: &Asked, low: i32, high: i32, sure: bool) {
        for (bit, (at_least, at_most)) in asked.comparisons.iter().enumerate() {
            let may = low <= high && low <= *at_most && high >= *at_least;
            let must = sure && may && at_least <= &low && &high <= at_most;
            if let Some(word) = self.words.get_mut(asked.number_words + bit / 64) {
                word.may |= u64::from(may) << (bit % 64);
                word.must |= u64::from(must) << (bit % 64);
            }
        }
    }

    fn truth(&self, entry: Entry) -> Truth {
        if self.complete {
            let holds = self.run::<true>(entry, true);
            return Truth::between(holds, holds);
        }
        let must = self.run::<false>(entry, false);
        Truth::between(must, must || self.run::<false>(entry, true))
    }

    /// Whether a condition holds if each test is taken at its bound: `upper` takes what may be for true, otherwise only
    /// what must be is. Under a negation the bounds change places. Where nothing is left open both bounds are one.
    fn run<const COMPLETE: bool>(&self, mut at: Entry, upper: bool) -> bool {
        let (ops, words) = (self.program.ops.as_slice(), self.words.as_slice());
        // There is no test at an end.
        while let Some(op) = ops.get(at.place()) {
            let upper = COMPLETE || upper != op.negative;
            let holds = match words.get(op.word as usize) {
                Some(word) if upper => word.may & op.mask != 0,
                Some(word) => word.must & op.mask != 0 || word.among & !op.mask == 0,
                None => self.counts::<COMPLETE>(op.mask, upper),
            };
            at = if holds { op.then } else { op.otherwise };
        }
        at == Entry::TRUE
    }

    /// Whether enough conditions of a count hold, each taken at its bound.
    fn counts<const COMPLETE: bool>(&self, count: u64, upper: bool) -> bool {
        let count = usize::try_from(count).ok().and_then(|count| self.program.counts.get(count));
        count.is_some_and(|count| {
            count.of.iter().filter(|part| self.run::<COMPLETE>(**part, upper)).count() >= count.at_least
        })
    }

    /// The truth of one test.
    pub(crate) fn probe(&self, test: Probe) -> Truth {
        match test {
            Probe::Bits { word, mask } => self.words.get(word as usize).map_or(Truth::No, |word| {
                Truth::between(word.must & mask != 0 || word.among & !mask == 0, word.may & mask != 0)
            }),
            Probe::Count(count) => {
                Truth::between(self.counts::<false>(count, false), self.counts::<false>(count, true))
            }
        }
    }
}

/// The option that excludes all others of a question, if it has one.
fn none_of(question: &Question) -> OptionSet {
    question.option_with(Role::NoneOfThese).map_or(OptionSet::EMPTY, OptionSet::only)
}
