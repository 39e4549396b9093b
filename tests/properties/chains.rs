//! What a statement of a decision is said to rest on is enough for it, and is so.

use carepath::explain::{Chains, Explanation, Ground};
use carepath::model::Position;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::engine::given;
use super::oracle::{completions, finding_holds, holding_needs, holding_preferences, raised_flags};
use super::people::silent;
use super::rule_set::{Answered, GenRules, Given};
use super::{cases, engine, rule_gen};

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn whoever_gives_what_a_statement_rests_on_gets_it_too(made in rule_gen::rule_sets()) {
        let rules = engine::load(&made);
        let everybody = completions(&made, &silent(&made));
        for one in &everybody {
            let (_, chains) = Explanation::with_chains(&rules, &engine::answers(&rules, one));
            prop_assert!(shares(&made, one, &chains.flags.iter().flat_map(|chain| chain.grounds.clone()).collect::<Vec<_>>()));
            for other in &everybody {
                rests_on_enough(&made, &chains, other)?;
            }
        }
    }
}

/// Every statement of which somebody shares the grounds holds for them.
fn rests_on_enough(made: &GenRules, chains: &Chains, other: &Answered) -> TestCaseResult {
    for chain in &chains.flags {
        if shares(made, other, &chain.grounds) && shares(made, other, &chain.not_excused) {
            let raised = raised_flags(made, other);
            prop_assert!(raised.contains(&chain.flag.index()), "flag {} for {other:?}: {chain:?}", chain.flag.index());
        }
    }
    for (need, grounds) in chains.steps.iter().flat_map(|chain| &chain.needs) {
        if shares(made, other, grounds) {
            let holding = holding_needs(made, other);
            prop_assert!(holding.contains(&need.index()), "need {} for {other:?}: {grounds:?}", need.index());
        }
    }
    for (preference, grounds) in &chains.preferences {
        if shares(made, other, grounds) {
            let holding = holding_preferences(made, other);
            prop_assert!(holding.contains(&preference.index()), "{} for {other:?}: {grounds:?}", preference.index());
        }
    }
    Ok(())
}

/// Whether all that something rests on is so for somebody; a finding is taken by what it rests on itself.
fn shares(made: &GenRules, who: &Answered, grounds: &[Ground]) -> bool {
    grounds.iter().all(|ground| match ground {
        Ground::Said(question, answer) => match (given(*answer), &who[question.index()]) {
            (Given::Options(needed), Some(Given::Options(said))) => needed.iter().all(|option| said.contains(option)),
            (needed, said) => Some(&needed) == said.as_ref(),
        },
        Ground::NotTicked(question, options) => match &who[question.index()] {
            Some(Given::Options(said)) => !options.iter().any(|option| said.contains(&option.index())),
            _ => false,
        },
        Ground::DoesNotApply(question) => who[question.index()].is_none(),
        Ground::Finding { finding, holds, because } => {
            let shared = shares(made, who, because);
            assert!(!shared || finding_holds(made, who, finding.index()) == *holds, "{ground:?} for {who:?}");
            shared
        }
    })
}
