//! `carepath explain`: why a decision is what it is, why somebody is not on the plan, and what would change it.

use std::path::Path;

use anyhow::{Context, bail};

use super::args::{CommonArgs, ExplainArgs, PageFormat};
use super::ask::{go_on_with, options_again};
use super::exit::Exit;
use super::files::typed;
use super::find::find_professional;
use super::set;
use super::streams::Streams;
use super::{contacts, files, rules, state};
use crate::answers::{Answer, Answers};
use crate::contacts::Contacts;
use crate::explain::{Changed, Explanation, Extent, NotOffered, Reasons, WhatIf, brings_in};
use crate::model::{ProfessionalIx, QuestionIx, RuleSet, State};
use crate::present::{
    Absence, changed, changed_json, explained, explained_json, what_if, what_if_json, why_not, why_not_json,
};
use crate::prove::Prover;

pub(super) fn run(args: &ExplainArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let asked = Asked::new(rules, args)?;
    let state = state::named(rules, args.state.state.as_deref())?;
    let is_why = matches!(asked, Asked::Why { .. });
    let contacts = if is_why { contacts::listed(rules, args.contacts.contacts.as_deref())? } else { None };
    let Some(read) = files::read_fitting(rules, &args.file)? else {
        return Ok(Exit::Broken);
    };
    streams.result_to(common.out.as_deref())?;
    let told = Told { rules, answers: &read.file.answers, state, contacts: contacts.as_ref(), input: &read.name };
    let exit = match asked {
        Asked::Why { places } => told.why(places, common, streams),
        Asked::WhyNot(professional) => told.why_not(professional, common, streams)?,
        Asked::WhatIf { all } => told.what_if(all, common, streams)?,
        Asked::Set(set) => told.set(&set, common, streams),
    };
    let can_go_on =
        is_why && exit == Exit::Unsettled && common.format == PageFormat::Text && args.file != Path::new("-");
    if can_go_on {
        let options = options_again(common, state, args.contacts.contacts.as_deref());
        Streams::message(&format!("\n{}", go_on_with(&typed(&args.file), &options)));
    }
    Ok(streams.finish(exit))
}

/// What is to be explained.
enum Asked {
    /// The decision.
    Why {
        /// With the places of the rules.
        places: bool,
    },
    /// Why somebody is not on the plan.
    WhyNot(ProfessionalIx),
    /// What would change the decision.
    WhatIf {
        /// All that was found, not the nearest alone.
        all: bool,
    },
    /// What other answers would change.
    Set(Vec<(QuestionIx, Answer)>),
}

impl Asked {
    fn new(rules: &RuleSet, args: &ExplainArgs) -> anyhow::Result<Self> {
        if let Some(name) = &args.why_not {
            return Ok(Self::WhyNot(find_professional(rules, name)?));
        }
        if args.what_if {
            return Ok(Self::WhatIf { all: args.all });
        }
        match args.set.as_slice() {
            [] => Ok(Self::Why { places: args.places }),
            typed => Ok(Self::Set(typed.iter().map(|typed| set::answer(rules, typed)).collect::<anyhow::Result<_>>()?)),
        }
    }
}

/// What was told.
struct Told<'a> {
    rules: &'a RuleSet,
    answers: &'a Answers,
    state: Option<State>,
    contacts: Option<&'a Contacts>,
    input: &'a str,
}

impl Told<'_> {
    fn why(&self, places: bool, common: &CommonArgs, streams: &mut Streams) -> Exit {
        let reasons = Reasons::new(self.rules, self.answers, self.state).with_contacts(self.contacts);
        streams.page(common.format, || explained(&reasons, places), || explained_json(&reasons, Some(self.input)));
        exit(&reasons.explanation)
    }

    fn why_not(
        &self,
        professional: ProfessionalIx,
        common: &CommonArgs,
        streams: &mut Streams,
    ) -> anyhow::Result<Exit> {
        let explanation = self.settled()?;
        let mut prover = Prover::for_interview(self.rules);
        let is_on_plan = explanation.professionals().contains(&professional);
        let nearest = (!is_on_plan).then(|| brings_in(&mut prover, self.answers, professional));
        let absence = Absence { explanation: &explanation, answers: self.answers, professional, nearest };
        streams.page(common.format, || why_not(&absence), || why_not_json(&absence, Some(self.input)));
        Ok(Exit::Done)
    }

    fn what_if(&self, all: bool, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
        self.settled()?;
        let found = WhatIf::new(&mut Prover::for_interview(self.rules), self.answers, Extent::default())
            .context("the search for changes was cut short")?;
        let rules = self.rules;
        let given_under = self.answers.given_under();
        streams.page(
            common.format,
            || what_if(rules, &found, given_under, all),
            || what_if_json(rules, &found, given_under, Some(self.input)),
        );
        Ok(Exit::Done)
    }

    fn set(&self, set: &[(QuestionIx, Answer)], common: &CommonArgs, streams: &mut Streams) -> Exit {
        let mut answers = self.answers.clone();
        for (question, answer) in set {
            // It was looked over when it was typed.
            let _ = answers.set(self.rules, *question, *answer);
        }
        let decided = |answers: &Answers| Explanation::new(self.rules, answers).in_state(self.state);
        let (before, after) = (decided(self.answers), decided(&answers));
        let change = Changed::new(&before, &after);
        let questions: Vec<QuestionIx> = set.iter().map(|(question, _)| *question).collect();
        let without_effect = NotOffered::among(self.rules, &answers, &questions);
        streams.page(
            common.format,
            || changed(&change, self.answers, set, &without_effect),
            || changed_json(&change, set, Some(self.input)),
        );
        exit(&after)
    }

    /// The decision, if there is one.
    fn settled(&self) -> anyhow::Result<Explanation<'_>> {
        let explanation = Explanation::new(self.rules, self.answers).in_state(self.state);
        if !explanation.settled() {
            bail!("these answers do not settle whom to see yet; `carepath decide` says what is still open");
        }
        Ok(explanation)
    }
}

fn exit(explanation: &Explanation<'_>) -> Exit {
    if explanation.settled() { Exit::Done } else { Exit::Unsettled }
}
