//! A decision with what a person wants to know about it: who does what beside whom, what is held back by what, and why
//! somebody is not on the plan. Data only; the words for it are in `present`.

mod account;
mod alternative;
mod chain;
mod changed;
mod comparison;
mod grounds;
mod meantime;
mod reasons;
mod watch;
mod what_if;
mod why_not;

pub use account::{Account, AlsoSaid, Leads, Line, OneMore, Place, Remark, RemarksOf, TellLine};
pub use alternative::{Alternative, Instead};
pub use chain::{Chains, FlagChain, StepChain};
pub use changed::{Changed, NotOffered};
pub use comparison::{Comparison, Theme};
pub use grounds::Ground;
pub use meantime::{Sentences, Soon};
pub use reasons::Reasons;
pub use watch::Watch;
pub use what_if::{Extent, Group, Rest, WhatIf};
pub use why_not::{WhyNot, brings_in};

pub use crate::decide::Chosen;

use crate::answers::{Answers, Edition, Offered};
use crate::contacts::Contacts;
use crate::decide::{Choice, Decision, Reading, Situation, Step, Truth, Verdict, ignored_answers};
use crate::model::{
    FlagIx, GoAtOnceIx, Kind, Level, NeedIx, OptionSet, PhaseIx, PreferenceIx, ProfessionalIx, QuestionIx, RuleSet,
    Scope, ServiceIx, SourceIx, State,
};
use crate::prove::{Fact, Prover, questions_of_need};

/// Everything that a person is told.
#[derive(Debug)]
pub struct Explanation<'r> {
    /// The rule set that it rests on.
    pub rules: &'r RuleSet,
    /// The level; where the outcome is not settled, the level or more.
    pub level: Level,
    /// The highest level that further answers can still lead to; where the outcome is settled, the level. A search that was
    /// cut short counts as possible: nobody is told that all is well because it took long.
    pub may_become: Level,
    /// The flags to show, gravest first.
    pub flags: Vec<FlagIx>,
    /// The phases of the plan.
    pub phases: Vec<PlanPhase<'r>>,
    /// What is needed and held back, in file order.
    pub held_back: Vec<HeldBack>,
    /// Who is not on the plan, in file order, and why not.
    pub not_on_plan: Vec<(ProfessionalIx, Vec<WhyNot>)>,
    /// No need holds, so that the rule set's `otherwise` is told.
    pub otherwise: bool,
    /// The state whose law is told beside the general one.
    pub state: Option<State>,
    /// Whom the person can call, if a list of contacts is used.
    pub contacts: Option<&'r Contacts>,
    /// Signs that were not ticked and would call for a doctor sooner, gravest first; none from `urgent` up, where nothing
    /// should stand beside what to do, and none where the outcome is not settled.
    pub watch_for: Vec<Watch>,
    /// What became of each thing that was said.
    pub account: Account,
    /// Signs for which to go at once, in file order: those that are certainly for this person; none from `urgent` up, where
    /// going at once is the outcome.
    pub go_at_once: Vec<GoAtOnceIx>,
    /// The sources of all that is shown, in file order.
    pub cited: Vec<SourceIx>,
    /// Answers to questions that do not apply.
    pub ignored: Vec<QuestionIx>,
    /// The answers that say nothing of something that can be chosen now, in file order.
    pub grown: Vec<Grown>,
    /// The rules that some of the answers were given to, where they are others than these.
    pub given_under: Option<Edition>,
    /// The questions that are open while the outcome is not settled; none where it is.
    pub open: Vec<QuestionIx>,
}

/// A list that there is more on now than when it was answered. Where that matters the question is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grown {
    /// The question.
    pub question: QuestionIx,
    /// What can be chosen now and was not asked then.
    pub not_asked: OptionSet,
    /// Whether it is known what could be chosen then. Otherwise all counts as not asked that was not chosen.
    pub is_known: bool,
}

impl Grown {
    /// All of them in some answers.
    fn among(situation: &Situation<'_>, answers: &Answers) -> Vec<Self> {
        let questions = situation.rules().questions().iter();
        let heard = questions.filter(|(position, _)| situation.standing(*position).heard != Truth::No);
        let grown = heard.map(|(position, question)| Self {
            question: position,
            not_asked: answers.unseen(position, question, situation.choosable(position)),
            is_known: answers.offered(position) != Offered::Unknown,
        });
        grown.filter(|grown| !grown.not_asked.is_empty()).collect()
    }
}

/// A phase of the plan.
#[derive(Debug)]
pub struct PlanPhase<'r> {
    /// Which.
    pub phase: PhaseIx,
    /// Who does what, by first appearance in the phase.
    pub professionals: Vec<PlanProfessional>,
    /// The preferences that decided who is here.
    pub preferences: Vec<PreferenceIx>,
    /// How those who are here work together.
    pub teamwork: Vec<&'r crate::model::Teamwork>,
    /// What those who are here hand to those who come next.
    pub handovers: Vec<&'r crate::model::Handover>,
}

/// A professional in a phase of the plan.
#[derive(Debug)]
pub struct PlanProfessional {
    /// Who.
    pub professional: ProfessionalIx,
    /// What they lead, in file order.
    pub services: Vec<PlanService>,
}

/// A service in a phase of the plan.
#[derive(Debug)]
pub struct PlanService {
    /// Which.
    pub service: ServiceIx,
    /// It waits for the doctor's OK.
    pub waits: bool,
    /// It is on hold for now.
    pub on_hold: bool,
    /// The needs known to hold; empty where the service is settled whatever the answer to `settled_by`.
    pub needs: Vec<NeedIx>,
    /// The questions of the needs for it, where no single need is known.
    pub settled_by: Vec<QuestionIx>,
    /// Others who have it in the core of their scope.
    pub also_in_scope: Vec<ProfessionalIx>,
    /// Others who share it.
    pub also_does: Vec<ProfessionalIx>,
}

/// A service that is held back.
#[derive(Debug)]
pub struct HeldBack {
    /// Which.
    pub service: ServiceIx,
    /// True for "on hold", false for "waits for the doctor's OK".
    pub on_hold: bool,
    /// The flags that hold it; none where a doctor comes first for everything.
    pub by: Vec<FlagIx>,
}

impl<'r> Explanation<'r> {
    /// Explains what `answers` amount to.
    pub fn new(rules: &'r RuleSet, answers: &Answers) -> Self {
        Self::decided(rules, answers).0
    }

    /// The same, with how each statement follows from what was said.
    pub fn with_chains(rules: &'r RuleSet, answers: &Answers) -> (Self, Chains) {
        let (explanation, decision) = Self::decided(rules, answers);
        let chains = match decision {
            Some(decision) => Chains::new(rules, answers, &explanation, Some(&decision)),
            None => Chains::new(rules, &as_it_stands(rules, answers), &explanation, None),
        };
        (explanation, chains)
    }

    /// The explanation, and the decision that it explains, if there is one.
    fn decided(rules: &'r RuleSet, answers: &Answers) -> (Self, Option<Box<Decision>>) {
        let mut prover = Prover::for_interview(rules);
        match prover.decide(answers) {
            Verdict::Settled(decision) => (Self::of_decision(rules, &decision, answers), Some(decision)),
            Verdict::Unsettled { level_at_least } => (Self::of_open(&mut prover, level_at_least, answers), None),
        }
    }

    /// The same with what is known of the law in `state`, if one is named.
    #[must_use]
    pub fn in_state(mut self, state: Option<State>) -> Self {
        self.state = state;
        self.cited = self.cite();
        self
    }

    /// The same with whom to call, if a list of contacts is used.
    #[must_use]
    pub fn with_contacts(mut self, contacts: Option<&'r Contacts>) -> Self {
        self.contacts = contacts;
        self
    }

    /// How a question has grown since it was answered, if it has.
    pub fn grown(&self, question: QuestionIx) -> Option<&Grown> {
        self.grown.iter().find(|grown| grown.question == question)
    }

    /// Whether the outcome is settled.
    pub fn settled(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether all that is needed is on hold, so that there is no plan for now.
    pub fn all_on_hold(&self) -> bool {
        self.phases.is_empty() && !self.held_back.is_empty()
    }

    fn of_open(prover: &mut Prover<'r>, level: Level, answers: &Answers) -> Self {
        let rules = prover.rules();
        let situation = Situation::new(rules, answers);
        // What was said to a question that takes one answer means what it means, though another may fit better by now.
        let as_it_stands = as_it_stands(rules, answers);
        let stands = Situation::new(rules, &as_it_stands);
        let reading = Reading::new(&stands);
        let level = level.max(reading.level_at_least());
        let mut explanation = Self {
            rules,
            level,
            may_become: highest_level(prover, level, answers),
            flags: crate::decide::flags_to_show(&reading, level),
            phases: Vec::new(),
            held_back: Vec::new(),
            not_on_plan: Vec::new(),
            otherwise: false,
            state: None,
            contacts: None,
            watch_for: Vec::new(),
            account: Account::default(),
            go_at_once: go_at_once(&situation, level),
            cited: Vec::new(),
            ignored: ignored_answers(&situation, answers),
            grown: Grown::among(&situation, answers),
            given_under: answers.given_under().cloned(),
            open: prover.open_questions(answers),
        };
        explanation.account = Account::new(rules, answers, level, &explanation.flags, None);
        explanation.cited = explanation.cite();
        explanation
    }

    fn of_decision(rules: &'r RuleSet, decision: &Decision, answers: &Answers) -> Self {
        let (outcome, evidence) = (&decision.outcome, &decision.evidence);
        let held_back = held_back(rules, decision);
        let mut phases: Vec<PlanPhase<'r>> = evidence
            .choices
            .iter()
            .map(|choice| PlanPhase {
                phase: choice.phase,
                professionals: professionals_of(rules, decision, answers, choice),
                preferences: choice.decided_by.clone(),
                teamwork: Vec::new(),
                handovers: Vec::new(),
            })
            .collect();
        add_teamwork(rules, &mut phases);
        add_handovers(rules, &mut phases);
        let watch_for = match outcome.level {
            level if level.ends_without_plan() => Vec::new(),
            level => watch::of_answers(rules, answers, level),
        };
        let mut explanation = Self {
            rules,
            level: outcome.level,
            may_become: outcome.level,
            flags: evidence.flags.clone(),
            phases,
            held_back,
            not_on_plan: why_not::of_decision(rules, decision),
            otherwise: outcome.otherwise && !outcome.level.ends_without_plan(),
            state: None,
            contacts: None,
            watch_for,
            account: Account::new(rules, answers, outcome.level, &evidence.flags, Some(decision)),
            go_at_once: go_at_once(&Situation::new(rules, answers), outcome.level),
            cited: Vec::new(),
            ignored: evidence.ignored.clone(),
            grown: Grown::among(&Situation::new(rules, answers), answers),
            given_under: answers.given_under().cloned(),
            open: Vec::new(),
        };
        explanation.cited = explanation.cite();
        explanation
    }

    /// Who is on the plan, by first appearance.
    pub fn professionals(&self) -> Vec<ProfessionalIx> {
        let mut seen = Vec::new();
        for phase in &self.phases {
            for professional in &phase.professionals {
                if !seen.contains(&professional.professional) {
                    seen.push(professional.professional);
                }
            }
        }
        seen
    }

    fn cite(&self) -> Vec<SourceIx> {
        let rules = self.rules;
        let mut cited: Vec<SourceIx> = Vec::new();
        for flag in &self.flags {
            cited.extend(&rules.flags()[*flag].sources);
        }
        for row in &self.go_at_once {
            cited.extend(&rules.go_at_once()[*row].sources);
        }
        for phase in &self.phases {
            for service in phase.professionals.iter().flat_map(|professional| &professional.services) {
                cited.extend(&rules.services()[service.service].sources);
                for need in &service.needs {
                    cited.extend(&rules.needs()[*need].sources);
                }
            }
            for preference in &phase.preferences {
                cited.extend(&rules.preferences()[*preference].sources);
            }
            cited.extend(phase.teamwork.iter().flat_map(|teamwork| &teamwork.sources));
            cited.extend(phase.handovers.iter().flat_map(|handover| &handover.sources));
        }
        for professional in self.professionals() {
            let professional = &rules.professionals()[professional];
            cited.extend(&professional.sources);
            cited.extend(professional.access_in(self.state).flat_map(|access| &access.sources));
        }
        cited.sort_unstable();
        cited.dedup();
        cited
    }
}

/// The signs for which to go at once that are certainly for this person, at a level that leaves something to add.
fn go_at_once(situation: &Situation<'_>, level: Level) -> Vec<GoAtOnceIx> {
    let rows = situation.rules().go_at_once().positions();
    rows.filter(|row| !level.ends_without_plan() && situation.go_at_once(*row) == Truth::Yes).collect()
}

/// Answers in which each choice of one stays what it is, whatever else can be chosen by now.
fn as_it_stands(rules: &RuleSet, answers: &Answers) -> Answers {
    let mut stands = answers.clone();
    for (position, _) in rules.questions().iter().filter(|(_, question)| matches!(question.kind, Kind::One)) {
        stands.set_offered(position, Offered::AsNow);
    }
    stands
}

/// The highest level that some completion of the answers has, which is `least` or more.
fn highest_level(prover: &mut Prover<'_>, least: Level, answers: &Answers) -> Level {
    let higher = Level::ALL.into_iter().rev().take_while(|level| *level > least);
    let mut possible = higher.filter(|level| prover.truth(answers, Fact::LevelAtLeast(*level)) != Some(Truth::No));
    possible.next().unwrap_or(least)
}

fn held_back(rules: &RuleSet, decision: &Decision) -> Vec<HeldBack> {
    let outcome = &decision.outcome;
    let holding = |level: Level, service: ServiceIx| -> Vec<FlagIx> {
        outcome
            .flags
            .iter()
            .copied()
            .filter(|flag| rules.flags()[*flag].level == level && rules.flags()[*flag].holds.contains(&service))
            .collect()
    };
    let on_hold = outcome.on_hold.iter().map(|service| HeldBack {
        service: *service,
        on_hold: true,
        by: holding(Level::Caution, *service),
    });
    let waits = outcome.waits.iter().map(|service| HeldBack {
        service: *service,
        on_hold: false,
        by: holding(Level::Clearance, *service),
    });
    on_hold.chain(waits).collect()
}

fn professionals_of(rules: &RuleSet, decision: &Decision, answers: &Answers, choice: &Choice) -> Vec<PlanProfessional> {
    let mut professionals: Vec<PlanProfessional> = Vec::new();
    for &(service, lead) in &choice.leads {
        let step = Step { phase: choice.phase, service, lead };
        let service = service_of(rules, decision, answers, step);
        match professionals.iter_mut().find(|professional| professional.professional == lead) {
            Some(professional) => professional.services.push(service),
            None => professionals.push(PlanProfessional { professional: lead, services: vec![service] }),
        }
    }
    professionals
}

fn service_of(rules: &RuleSet, decision: &Decision, answers: &Answers, step: Step) -> PlanService {
    let Step { phase, service, lead } = step;
    let needs: Vec<NeedIx> = decision
        .evidence
        .reasons
        .iter()
        .find(|(at, what, _)| (*at, *what) == (phase, service))
        .map(|(_, _, needs)| needs.clone())
        .unwrap_or_default();
    let others = |wanted: Scope| -> Vec<ProfessionalIx> {
        rules.services()[service]
            .scope
            .iter()
            .filter(|(professional, scope)| *professional != lead && **scope == wanted)
            .map(|(professional, _)| professional)
            .collect()
    };
    let settled_by = if needs.is_empty() { questions_of_needs(rules, answers, phase, service) } else { Vec::new() };
    PlanService {
        service,
        waits: decision.outcome.waits.contains(&service),
        on_hold: decision.outcome.on_hold.contains(&service),
        needs,
        settled_by,
        also_in_scope: others(Scope::Core),
        also_does: others(Scope::Shared),
    }
}

/// The unanswered questions that the needs for a service hang on.
fn questions_of_needs(rules: &RuleSet, answers: &Answers, phase: PhaseIx, service: ServiceIx) -> Vec<QuestionIx> {
    let situation = Situation::new(rules, answers);
    let mut questions: Vec<QuestionIx> = rules
        .needs()
        .iter()
        .filter(|(_, need)| need.phase == phase && need.service == service)
        .flat_map(|(position, _)| questions_of_need(&situation, position))
        .collect();
    questions.sort_unstable();
    questions.dedup();
    questions
}

fn add_teamwork<'r>(rules: &'r RuleSet, phases: &mut [PlanPhase<'r>]) {
    for phase in phases {
        let here = |who: &ProfessionalIx| phase.professionals.iter().any(|here| here.professional == *who);
        phase.teamwork = rules
            .teamwork()
            .iter()
            .filter(|teamwork| teamwork.phase.is_none_or(|only| only == phase.phase))
            .filter(|teamwork| here(&teamwork.of) && teamwork.with.iter().any(here))
            .collect();
    }
}

/// A handover is shown where one who is here ends, and one who was not here takes over in the next phase.
fn add_handovers<'r>(rules: &'r RuleSet, phases: &mut [PlanPhase<'r>]) {
    let who: Vec<Vec<ProfessionalIx>> = phases
        .iter()
        .map(|phase| phase.professionals.iter().map(|professional| professional.professional).collect())
        .collect();
    for (phase, pair) in phases.iter_mut().zip(who.windows(2)) {
        let [here, next] = pair else {
            continue;
        };
        phase.handovers = rules
            .handovers()
            .iter()
            .filter(|handover| {
                here.contains(&handover.from) && next.contains(&handover.to) && !here.contains(&handover.to)
            })
            .collect();
    }
}
