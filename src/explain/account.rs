//! Where everything that a person said has its trace in the result: nothing said is met with silence.

mod own_words;
mod trial;

pub use own_words::{Remark, RemarksOf, TellLine};
pub use trial::{AlsoSaid, Leads, Line, OneMore};

use std::collections::{BTreeMap, BTreeSet};

use super::grounds::{Ground, Tracer};
use crate::answers::{Answer, Answers};
use crate::decide::{Decision, Reading, Rule, Situation, Truth};
use crate::model::{Condition, FlagIx, Level, NeedIx, OptionIx, OptionSet, QuestionIx, Role, RuleSet};
use crate::prove::signs::Signs;
use own_words::Ranking;

/// What became of each thing that a person said.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// Of each flag that is told, what was said that it rests on, the most telling first.
    pub flags: Vec<RemarksOf<FlagIx>>,
    /// The same of each need that is known to hold, where the level leaves a plan.
    pub needs: Vec<RemarksOf<NeedIx>>,
    /// Each option that was chosen and is not `none`, in file order, with where it has its trace. Empty where the outcome is
    /// not settled: what is still to come may be its place.
    pub places: Vec<(QuestionIx, OptionIx, Place)>,
    /// What was said that has no other place, in file order; none from `urgent` up, where a doctor is told instead.
    pub also_said: Vec<AlsoSaid>,
    /// From `physician` up, what to tell the doctor, what the flags rest on first.
    pub tell_the_doctor: Vec<TellLine>,
}

/// Where something that was said has its trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Something that is told rests on it.
    Told(Rule),
    /// It opened this question, or an option of it, and what was answered there has a place of its own.
    Opened(QuestionIx),
    /// It is listed: under [`Account::also_said`], or from `urgent` up under [`Account::tell_the_doctor`].
    Listed,
}

impl Account {
    /// What was said that a flag rests on.
    pub fn of_flag(&self, flag: FlagIx) -> &[Remark] {
        RemarksOf::find(&self.flags, flag)
    }

    /// What was said that a need rests on.
    pub fn of_need(&self, need: NeedIx) -> &[Remark] {
        RemarksOf::find(&self.needs, need)
    }

    /// The account of some answers, of which these flags are told; `decision` is the one on them, if it is settled.
    pub(super) fn new(
        rules: &RuleSet,
        answers: &Answers,
        level: Level,
        flags: &[FlagIx],
        decision: Option<&Decision>,
    ) -> Self {
        let situation = Situation::new(rules, answers);
        let reading = Reading::new(&situation);
        let signs = Signs::new(rules);
        let ledger = Ledger { situation: &situation, answers, ranking: Ranking::new(rules, &signs) };
        let mut account = Self::default();
        for position in flags {
            let flag = &rules.flags()[*position];
            let remarks = ledger.remarks(flag.when.as_ref(), flag.unless.as_ref());
            account.flags.push(RemarksOf { rule: *position, remarks });
        }
        if decision.is_some() && !level.ends_without_plan() {
            for (position, need) in rules.needs().iter() {
                if reading.need(position) == Truth::Yes {
                    let remarks = ledger.remarks(need.when.as_ref(), None);
                    account.needs.push(RemarksOf { rule: position, remarks });
                }
            }
        }
        if level >= Level::Physician {
            account.tell_the_doctor = own_words::for_the_doctor(&situation, answers, &account.flags);
        }
        if let Some(decision) = decision {
            account.places = places(&ledger, &account, decision);
            if !level.ends_without_plan() {
                let listed = account.places.iter().filter(|(_, _, place)| *place == Place::Listed);
                let listed: Vec<(QuestionIx, OptionIx)> =
                    listed.map(|(question, option, _)| (*question, *option)).collect();
                account.also_said = trial::also_said(&situation, answers, &decision.outcome, &signs, &listed);
            }
        }
        account
    }
}

/// What was said, and what rests on it.
struct Ledger<'s, 'r> {
    situation: &'s Situation<'r>,
    answers: &'s Answers,
    ranking: Ranking,
}

impl Ledger<'_, '_> {
    /// What was said that makes one condition hold and another fail, on all ways that do, the most telling first.
    fn remarks(&self, when: Option<&Condition>, unless: Option<&Condition>) -> Vec<Remark> {
        let tracer = Tracer::of_all_ways(self.situation, self.answers);
        let mut holds = self.said(&tracer.grounds(when, true));
        self.ranking.sort(&mut holds);
        let mut not_excused = self.said(&tracer.grounds(unless, false));
        self.ranking.sort(&mut not_excused);
        let mut seen = BTreeSet::new();
        let mut remarks: Vec<Remark> = holds.into_iter().chain(not_excused).collect();
        remarks.retain(|remark| seen.insert(*remark));
        // Numbers come after words.
        remarks.sort_by_key(|remark| matches!(remark, Remark::Number(..)));
        remarks
    }

    /// The answers among some grounds, option by option, as far as they count.
    fn said(&self, grounds: &[Ground]) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for ground in grounds {
            match ground {
                Ground::Said(question, answer) => remarks.extend(self.counting(*question, *answer)),
                // Whoever has not ticked "none of these" has ticked something instead.
                Ground::NotTicked(question, missing) if self.has_none(*question, *missing) => {
                    remarks.extend(
                        self.answers.get(*question).into_iter().flat_map(|answer| self.counting(*question, answer)),
                    );
                }
                Ground::Finding { because, .. } => remarks.extend(self.said(because)),
                Ground::NotTicked(..) | Ground::DoesNotApply(_) => {}
            }
        }
        remarks
    }

    fn counting(&self, question: QuestionIx, answer: Answer) -> Vec<Remark> {
        match answer {
            Answer::Number(number) => vec![Remark::Number(question, number)],
            Answer::Options(chosen) => {
                let counting = chosen.iter().filter(|option| self.counts(question, *option));
                counting.map(|option| Remark::Option(question, option)).collect()
            }
        }
    }

    /// An option that was chosen and may count, and is not `none`.
    fn counts(&self, question: QuestionIx, option: OptionIx) -> bool {
        let none = self.situation.rules().questions()[question].option_with(Role::NoneOfThese);
        none != Some(option) && self.situation.chosen(question, option) != Truth::No
    }

    fn has_none(&self, question: QuestionIx, options: OptionSet) -> bool {
        let none = self.situation.rules().questions()[question].option_with(Role::NoneOfThese);
        none.is_some_and(|none| options.contains(none))
    }

    /// Each option that was chosen and counts, in file order.
    fn chosen(&self) -> Vec<(QuestionIx, OptionIx)> {
        let options = self.answers.iter().filter_map(|(question, answer)| match answer {
            Answer::Options(chosen) => Some((question, chosen)),
            Answer::Number(_) => None,
        });
        let each = options.flat_map(|(question, chosen)| {
            let counting: Vec<OptionIx> = chosen.iter().filter(|option| self.counts(question, *option)).collect();
            counting.into_iter().map(move |option| (question, option))
        });
        each.collect()
    }
}

/// Where each option that was chosen has its trace.
fn places(ledger: &Ledger<'_, '_>, account: &Account, decision: &Decision) -> Vec<(QuestionIx, OptionIx, Place)> {
    let rules = ledger.situation.rules();
    let mut told: BTreeMap<Remark, Rule> = BTreeMap::new();
    let mut tell = |rule: Rule, remarks: &[Remark]| {
        for remark in remarks {
            told.entry(*remark).or_insert(rule);
        }
    };
    account.flags.iter().for_each(|of| tell(Rule::Flag(of.rule), &of.remarks));
    account.needs.iter().for_each(|of| tell(Rule::Need(of.rule), &of.remarks));
    for preference in decision.evidence.choices.iter().flat_map(|choice| &choice.decided_by) {
        let remarks = ledger.remarks(rules.preferences()[*preference].when.as_ref(), None);
        tell(Rule::Preference(*preference), &remarks);
    }
    let opened = opened(ledger, &told);
    let place = |question: QuestionIx, option: OptionIx| {
        let remark = Remark::Option(question, option);
        match (told.get(&remark), opened.get(&remark)) {
            (Some(rule), _) => Place::Told(*rule),
            (None, Some(opened)) => Place::Opened(*opened),
            (None, None) => Place::Listed,
        }
    };
    ledger.chosen().into_iter().map(|(question, option)| (question, option, place(question, option))).collect()
}

/// What opened a question that was then answered with an option other than `none`, or with a number on which something that
/// is told rests; the first such question.
fn opened(ledger: &Ledger<'_, '_>, told: &BTreeMap<Remark, Rule>) -> BTreeMap<Remark, QuestionIx> {
    let rules = ledger.situation.rules();
    let mut opened = BTreeMap::new();
    for (position, answer) in ledger.answers.iter() {
        if ledger.situation.standing(position).heard == Truth::No {
            continue;
        }
        let remarks = ledger.counting(position, answer);
        let has_a_place = |remark: &Remark| matches!(remark, Remark::Option(..)) || told.contains_key(remark);
        if !remarks.iter().any(has_a_place) {
            continue;
        }
        let question = &rules.questions()[position];
        let of_options = question.choices().filter(|(option, _)| remarks.contains(&Remark::Option(position, *option)));
        let conditions = question.only_if.iter().chain(of_options.filter_map(|(_, choice)| choice.only_if.as_ref()));
        for condition in conditions {
            for remark in ledger.remarks(Some(condition), None) {
                opened.entry(remark).or_insert(position);
            }
        }
    }
    opened
}
