//! How late an emergency can show.

use batsat::Lit;

use super::LatestEmergency;
use super::checking::Checking;
use crate::model::{Level, Position, QuestionIx};
use crate::prove::gates::{Family, Found};
use crate::prove::prover::Symbolic;
use crate::prove::symbolic::{Asked, Person, Reading};

/// The latest screen on which an emergency can first show: its question is the last before which somebody in an emergency
/// and somebody who is in none have answered everything alike. Screens are counted as if every question that applies was
/// asked, in file order; an interview asks fewer.
pub(super) fn latest_screen(checking: &mut Checking<'_, '_>) {
    let rules = checking.rules;
    if !rules.flags().rows().iter().any(|flag| flag.level == Level::Emergency) {
        return;
    }
    let mut latest: Option<(usize, LatestEmergency)> = None;
    for (position, _) in rules.questions().iter().rev() {
        let best = latest.as_ref().map_or(0, |(screen, _)| *screen);
        if position.index() < best {
            break;
        }
        checking.done(rules.questions().len() - position.index(), rules.questions().len());
        checking.trim();
        if checking.is_late() {
            return checking.set_latest_emergency(LatestEmergency::NotFoundOut);
        }
        let shows = first_shows_at(checking.symbolic(), rules, position);
        let applies: Vec<Lit> = checking
            .symbolic()
            .person
            .questions
            .iter()
            .take(position.index() + 1)
            .map(|asked| asked.offer.applies)
            .collect();
        // Later than the best so far, again and again: each is an example, the last one a proof.
        loop {
            let best = latest.as_ref().map_or(0, |(screen, _)| *screen);
            let symbolic = checking.symbolic();
            symbolic.gates.family = Family::Query;
            let late = symbolic.gates.at_least(best + 1, &applies);
            match checking.search(&[shows, late]) {
                Found::Yes => {}
                Found::No => break,
                Found::Undecided => return checking.set_latest_emergency(LatestEmergency::NotFoundOut),
            }
            let symbolic = checking.symbolic();
            let screen = applies.iter().filter(|applies| symbolic.gates.is(**applies)).count();
            let answers = symbolic.person.read(&symbolic.gates, rules);
            latest = Some((screen, LatestEmergency::OnScreen { screen, question: position, answers }));
        }
    }
    checking.proved();
    if let Some((_, latest)) = latest {
        checking.set_latest_emergency(latest);
    }
}

/// The person is in an emergency and asked this question, and somebody who is in none answered all before it alike.
fn first_shows_at(symbolic: &mut Symbolic, rules: &crate::model::RuleSet, position: QuestionIx) -> Lit {
    let Symbolic { gates, person, reading, scales, mentions, .. } = symbolic;
    let other = Person::like(gates, rules, person, mentions, |gates, at, question, offer| {
        let first = person.asked(at);
        if at < position { first.clone() } else { Asked::free(gates, question, scales.of(at), offer) }
    });
    let other = Reading::like(gates, rules, &other, reading, mentions);
    gates.family = Family::Query;
    let applies = person.asked(position).offer.applies;
    gates.and([applies, reading.at_least(Level::Emergency), !other.at_least(Level::Emergency)])
}
