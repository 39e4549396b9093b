//! A hand-over: what one professional tells the next about a person. Data only; the words for it are in `present`.

use crate::answers::{Answer, Answers};
use crate::decide::{Situation, Truth};
use crate::explain::{Explanation, PlanPhase, PlanProfessional, PlanService};
use crate::model::{Kind, Level, OptionIx, OptionSet, ProfessionalIx, QuestionIx, Role, RuleSet, Scope, ServiceIx};
use crate::prove::signs::Signs;

/// Everything that stands on a hand-over note.
#[derive(Debug)]
pub struct Referral<'r> {
    /// What is decided, and why.
    pub explanation: Explanation<'r>,
    /// What was answered, in the order in which it was said.
    pub said: Vec<Said>,
    /// What safety hangs on and was not asked, in file order.
    pub not_asked: Vec<NotAsked>,
    /// What the sender is, if that is known.
    pub sender: Option<ProfessionalIx>,
    /// Who is named.
    pub names: Names,
}

/// The names on a note; what is not known is a line to fill in.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Who hands over.
    pub from: Option<String>,
    /// Who takes over.
    pub to: Option<String>,
    /// Who is handed over.
    pub person: Option<String>,
}

/// An answer as it was given.
#[derive(Debug, Clone)]
pub struct Said {
    /// To which question.
    pub question: QuestionIx,
    /// What was answered.
    pub answer: Answer,
    /// Whether it counts: the question applies, and so does something that was chosen.
    pub counts: bool,
    /// For a list of warning signs: what was ticked, and the signs that were asked and denied, in screen order.
    pub boxes: Vec<Tick>,
}

/// A box on a list of warning signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Which option.
    pub option: OptionIx,
    /// Ticked; otherwise it could have been, and was not.
    pub ticked: bool,
}

/// A question that safety hangs on, and what of it the person was not asked.
#[derive(Debug, Clone)]
pub struct NotAsked {
    /// Which question.
    pub question: QuestionIx,
    /// The warning signs that were not asked; none where it is no list of warning signs: then all of it was not asked.
    pub signs: Vec<OptionIx>,
}

/// Who should take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// Whoever comes when the emergency number is called.
    Paramedics,
    /// A doctor.
    Doctor,
    /// The first professional on the plan who is not the sender.
    Professional(ProfessionalIx),
    /// Nobody: no plan, or none for anybody but the sender.
    Nobody,
}

impl<'r> Referral<'r> {
    /// The hand-over of somebody who gave these answers, which `explanation` explains.
    pub fn new(explanation: Explanation<'r>, answers: &Answers) -> Self {
        let rules = explanation.rules;
        let signs = Signs::new(rules);
        let situation = Situation::new(rules, answers);
        let given = answers.in_order_given();
        let said =
            given.iter().map(|(question, answer)| said(&situation, &signs, answers, *question, *answer)).collect();
        let not_asked = rules.questions().positions().filter_map(|question| {
            let asked = asked(&situation, question, answers);
            not_asked(rules, &signs, question, answers.get(question), asked)
        });
        let not_asked = not_asked.collect();
        Self { explanation, said, not_asked, sender: None, names: Names::default() }
    }

    /// The same from a professional of this kind.
    #[must_use]
    pub fn sent_by(mut self, sender: Option<ProfessionalIx>) -> Self {
        self.sender = sender;
        self
    }

    /// The same with these names.
    #[must_use]
    pub fn naming(mut self, names: Names) -> Self {
        self.names = names;
        self
    }

    /// Who should take over.
    pub fn receiver(&self) -> Receiver {
        let explanation = &self.explanation;
        match explanation.level {
            Level::Emergency => Receiver::Paramedics,
            Level::Clearance | Level::Physician | Level::Urgent => Receiver::Doctor,
            Level::None | Level::Caution => {
                let mut others = explanation.professionals().into_iter().filter(|who| Some(*who) != self.sender);
                others.next().map_or(Receiver::Nobody, Receiver::Professional)
            }
        }
    }

    /// Each service of the plan with its phase and who leads it, in the order of the plan.
    pub fn plan(&self) -> impl Iterator<Item = (&PlanPhase<'r>, &PlanProfessional, &PlanService)> {
        let phases = self.explanation.phases.iter();
        let professionals = phases.flat_map(|phase| phase.professionals.iter().map(move |planned| (phase, planned)));
        professionals.flat_map(|(phase, planned)| planned.services.iter().map(move |service| (phase, planned, service)))
    }

    /// The services of the plan with this place in the scope of the sender, in file order; none where the sender is not
    /// known.
    pub fn of_sender(&self, scope: Scope) -> Vec<ServiceIx> {
        let rules = self.explanation.rules;
        let Some(sender) = self.sender else {
            return Vec::new();
        };
        let planned = self.plan().map(|(_, _, planned)| planned.service);
        let held = self.explanation.held_back.iter().map(|held| held.service);
        let mut services: Vec<ServiceIx> =
            planned.chain(held).filter(|service| rules.services()[*service].scope[sender] == scope).collect();
        services.sort_unstable();
        services.dedup();
        services
    }
}

/// The options of a question that the person certainly saw: it was answered, they applied, and were there then.
fn asked(situation: &Situation<'_>, question: QuestionIx, answers: &Answers) -> OptionSet {
    let counts = answers.get(question).is_some() && situation.standing(question).heard == Truth::Yes;
    if !counts {
        return OptionSet::EMPTY;
    }
    let offered = situation.offered(question);
    offered.minus(answers.unseen(question, &situation.rules().questions()[question], offered))
}

fn ticked(answer: Option<Answer>) -> OptionSet {
    match answer {
        Some(Answer::Options(chosen)) => chosen,
        Some(Answer::Number(_)) | None => OptionSet::EMPTY,
    }
}

fn said(situation: &Situation<'_>, signs: &Signs, answers: &Answers, question: QuestionIx, answer: Answer) -> Said {
    let row = &situation.rules().questions()[question];
    let (asked, ticked) = (asked(situation, question, answers), ticked(Some(answer)));
    let of_question = signs.of(question);
    let boxes = row.choices().filter(|(option, choice)| {
        let is_box = !of_question.is_empty() && choice.role == Role::Plain;
        is_box && (ticked.contains(*option) || asked.and(of_question).contains(*option))
    });
    let boxes = boxes.map(|(option, _)| Tick { option, ticked: ticked.contains(option) }).collect();
    Said { question, answer, counts: situation.standing(question).heard != Truth::No, boxes }
}

fn not_asked(
    rules: &RuleSet,
    signs: &Signs,
    question: QuestionIx,
    answer: Option<Answer>,
    asked: OptionSet,
) -> Option<NotAsked> {
    let of_question = signs.of(question);
    let missing = of_question.minus(asked).minus(ticked(answer));
    let is_list = matches!(rules.questions()[question].kind, Kind::Many) && !of_question.is_empty();
    let left = if is_list { !missing.is_empty() } else { answer.is_none() && signs.safety(question) };
    left.then(|| NotAsked { question, signs: missing.iter().collect() })
}
