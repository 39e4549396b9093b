//! Slips in rules: one is left out, holds less, is less grave, is about another phase; a service stands elsewhere in a
//! scope.

use super::kind::Kind;
use super::mutant::{Edit, Mutant, moved};
use crate::model::{Condition, Flag, FlagIx, Id, Level, PhaseIx, Position, RuleSet, Scope, ServiceIx, Site, Test};

/// All of them.
pub(super) fn mutants(rules: &RuleSet) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (position, flag) in rules.flags().iter() {
        all.push(dropped(Kind::Flag, "flag", &flag.id, Site::Flag(position)));
        holding_less(rules, position, flag, &mut all);
        if let Some(lower) = Level::ALL.into_iter().rev().find(|level| *level < flag.level) {
            let after = if lower == Level::None { "note" } else { lower.name() };
            let change = format!("`{}` becomes `{after}`", flag.level_name());
            all.push(slip(Kind::Level, "flag", &flag.id, change, Edit::Level(position, lower)));
        }
    }
    for (position, need) in rules.needs().iter() {
        all.push(dropped(Kind::Need, "need", &need.id, Site::Need(position)));
        for phase in neighbours(rules, need.phase) {
            let change = phase_change(rules, need.phase, phase);
            all.push(slip(Kind::Phase, "need", &need.id, change, Edit::NeedPhase(position, phase)));
        }
    }
    for (position, preference) in rules.preferences().iter() {
        all.push(dropped(Kind::Preference, "preference", &preference.id, Site::Preference(position)));
        for (before, phase) in
            preference.phase.into_iter().flat_map(|before| neighbours(rules, before).map(move |after| (before, after)))
        {
            let change = phase_change(rules, before, phase);
            all.push(slip(Kind::Phase, "preference", &preference.id, change, Edit::PreferencePhase(position, phase)));
        }
    }
    for service in rules.services().positions() {
        scopes(rules, service, &mut all);
    }
    all
}

fn slip(kind: Kind, what: &str, id: &Id, change: String, edit: Edit) -> Mutant {
    Mutant { kind, span: id.span(), of: format!("{what} `{id}`"), change, edit }
}

/// A rule that is left out. It stays in its table, so that all others keep their positions, and holds for nobody.
fn dropped(kind: Kind, what: &str, id: &Id, site: Site) -> Mutant {
    let never = Condition { test: Test::Any(Vec::new()), span: id.span() };
    slip(kind, what, id, "left out".to_owned(), Edit::Condition(site, Some(never)))
}

fn holding_less(rules: &RuleSet, position: FlagIx, flag: &Flag, all: &mut Vec<Mutant>) {
    for (place, entry) in flag.held.iter().enumerate() {
        let mut held = flag.held.clone();
        held.remove(place);
        let change = format!("`{}` is left out of `holds`", rules.texts().slice(entry.span));
        let span = entry.span;
        all.push(Mutant { span, ..slip(Kind::Hold, "flag", &flag.id, change, Edit::Holds(position, held)) });
    }
}

/// The phases before and after one.
fn neighbours(rules: &RuleSet, phase: PhaseIx) -> impl Iterator<Item = PhaseIx> + use<> {
    let phases = rules.phases().len();
    let (before, after) = (phase.index().checked_sub(1), Some(phase.index() + 1));
    before.into_iter().chain(after.filter(|after| *after < phases)).map(PhaseIx::new)
}

fn phase_change(rules: &RuleSet, before: PhaseIx, after: PhaseIx) -> String {
    let id = |phase: PhaseIx| &rules.phases()[phase].id;
    format!("`phase: {}` becomes `phase: {}`", id(before), id(after))
}

/// Each service one place further in and further out, for each professional.
fn scopes(rules: &RuleSet, position: ServiceIx, all: &mut Vec<Mutant>) {
    let row = &rules.services()[position];
    let is_needed = rules.needs().rows().iter().any(|need| need.service == position);
    for (who, scope) in row.scope.iter() {
        let order = Scope::ALL;
        let place = order.iter().position(|one| one == scope).unwrap_or_default();
        let next = [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
        for after in next.filter_map(|place| order.get(place).copied()) {
            if is_needed && moved(row, who, after).candidates.is_empty() {
                continue;
            }
            let who_id = &rules.professionals()[who].id;
            let change = format!("`{who_id}: {scope}` becomes `{after}`");
            all.push(slip(Kind::Scope, "service", &row.id, change, Edit::Scope(position, who, after)));
        }
    }
}
