//! Slips in a condition: an entry or an option is left out or taken for another, `any` for `all`, a number for the next.

use super::kind::Kind;
use super::mutant::{Edit, Mutant};
use super::written::written;
use crate::model::{Condition, Kind as How, OptionIx, OptionSet, QuestionIx, RuleSet, Site, Test};
use crate::source::Span;

/// A slip somewhere in a condition.
struct Slip {
    kind: Kind,
    span: Span,
    change: String,
    /// What is written in place of the condition: nothing if it is left out.
    after: Option<Condition>,
}

/// Adds all mutants of the condition at a place, if there is one.
pub(super) fn mutants(rules: &RuleSet, site: Site, all: &mut Vec<Mutant>) {
    let Some(condition) = site.condition(rules) else {
        return;
    };
    let (what, id) = site.name(rules);
    let mut slips = Vec::new();
    within(rules, condition, true, &mut slips);
    // The only entry can be left out with its key.
    if !matches!(condition.test, Test::All(_)) {
        slips.push(left_out(rules, condition, None));
    }
    all.extend(slips.into_iter().map(|Slip { kind, span, change, after }| Mutant {
        kind,
        span,
        of: format!("`{}` of the {what} `{id}`", site.key()),
        change,
        edit: Edit::Condition(site, after),
    }));
}

/// Adds all slips in a condition. Where it stands under a `not`, its negation is the same as dropping that.
fn within(rules: &RuleSet, condition: &Condition, negated: bool, slips: &mut Vec<Slip>) {
    let span = condition.span;
    let with = |test: Test| Some(Condition { test, span });
    if negated && !matches!(condition.test, Test::Not(_)) {
        let change = format!("`{}` becomes its opposite", written(rules, condition));
        slips.push(Slip { kind: Kind::Negation, span, change, after: with(Test::Not(Box::new(condition.clone()))) });
    }
    match &condition.test {
        Test::Options { question, any_of, all_of, none_of } => {
            options(rules, span, *question, [*any_of, *all_of, *none_of], slips);
        }
        Test::Number { question, at_least, at_most } => {
            numbers(rules, condition, *question, (*at_least, *at_most), slips);
        }
        Test::Finding(_) => {}
        Test::Not(part) => {
            let change = format!("the `not` before `{}` is left out", written(rules, part));
            slips.push(Slip { kind: Kind::Negation, span, change, after: Some((**part).clone()) });
            let mut inner = Vec::new();
            within(rules, part, false, &mut inner);
            slips.extend(inner.into_iter().filter_map(|slip| {
                let after = with(Test::Not(Box::new(slip.after?)));
                Some(Slip { after, ..slip })
            }));
        }
        Test::All(parts) => {
            if parts.len() > 1 {
                slips.push(Slip {
                    kind: Kind::AnyAll,
                    span,
                    change: "`all` becomes `any`".to_owned(),
                    after: with(Test::Any(parts.clone())),
                });
            }
            each(rules, parts, 1, slips, |parts| with(Test::All(parts)));
        }
        Test::Any(parts) => {
            if parts.len() > 1 {
                slips.push(Slip {
                    kind: Kind::AnyAll,
                    span,
                    change: "`any` becomes `all`".to_owned(),
                    after: with(Test::All(parts.clone())),
                });
            }
            each(rules, parts, 1, slips, |parts| with(Test::Any(parts)));
        }
        Test::Count { at_least, of } => {
            for shifted in [at_least - 1, at_least + 1] {
                if (1..=of.len()).contains(&shifted) {
                    let after = with(Test::Count { at_least: shifted, of: of.clone() });
                    slips.push(Slip {
                        kind: Kind::Bound,
                        span,
                        change: format!("`at_least: {at_least}` becomes `{shifted}`"),
                        after,
                    });
                }
            }
            let at_least = *at_least;
            each(rules, of, at_least, slips, |of| with(Test::Count { at_least, of }));
        }
    }
}

/// Adds the slips in each of several conditions, and that each is left out where at least `least` stay.
fn each(
    rules: &RuleSet,
    parts: &[Condition],
    least: usize,
    slips: &mut Vec<Slip>,
    whole: impl Fn(Vec<Condition>) -> Option<Condition>,
) {
    for (place, part) in parts.iter().enumerate() {
        if parts.len() > least {
            let mut fewer = parts.to_vec();
            fewer.remove(place);
            slips.push(left_out(rules, part, whole(fewer)));
        }
        let mut inner = Vec::new();
        within(rules, part, true, &mut inner);
        slips.extend(inner.into_iter().filter_map(|slip| {
            let mut parts = parts.to_vec();
            *parts.get_mut(place)? = slip.after?;
            Some(Slip { after: whole(parts), ..slip })
        }));
    }
}

fn left_out(rules: &RuleSet, part: &Condition, after: Option<Condition>) -> Slip {
    Slip { kind: Kind::Entry, span: part.span, change: format!("`{}` is left out", written(rules, part)), after }
}

/// Adds the slips in a test on options.
fn options(rules: &RuleSet, span: Span, question: QuestionIx, sets: [OptionSet; 3], slips: &mut Vec<Slip>) {
    let row = &rules.questions()[question];
    let with = |[any_of, all_of, none_of]: [OptionSet; 3]| {
        Some(Condition { test: Test::Options { question, any_of, all_of, none_of }, span })
    };
    let named =
        |option: OptionIx| row.choices().find(|(at, _)| *at == option).map_or("", |(_, choice)| choice.id.as_str());
    let tested = sets.iter().fold(OptionSet::EMPTY, |all, set| all.or(*set));
    let count: u32 = sets.iter().map(|set| set.len()).sum();
    for (place, set) in sets.iter().enumerate() {
        let replaced = |after: OptionSet| {
            let mut sets = sets;
            if let Some(set) = sets.get_mut(place) {
                *set = after;
            }
            with(sets)
        };
        for option in set.iter() {
            let before = named(option);
            let fewer = set.minus(OptionSet::only(option));
            if count > 1 {
                let change = format!("`{}: {before}` is left out", row.id);
                slips.push(Slip { kind: Kind::OptionDropped, span, change, after: replaced(fewer) });
            }
            if let Some(other) = next(row.all_options(), tested, option) {
                let change = format!("`{}: {before}` becomes `{}`", row.id, named(other));
                let after = replaced(fewer.or(OptionSet::only(other)));
                slips.push(Slip { kind: Kind::OptionSwapped, span, change, after });
            }
        }
    }
    let [any_of, all_of, none_of] = sets;
    if matches!(row.kind, How::Many) && any_of.len() > 1 {
        let change = format!("any of `{}` becomes all of them", row.id);
        let after = with([OptionSet::EMPTY, all_of.or(any_of), none_of]);
        slips.push(Slip { kind: Kind::AnyAll, span, change, after });
    }
    if matches!(row.kind, How::Many) && all_of.len() > 1 {
        let change = format!("all of `{}` becomes any of them", row.id);
        let after = with([any_of.or(all_of), OptionSet::EMPTY, none_of]);
        slips.push(Slip { kind: Kind::AnyAll, span, change, after });
    }
}

/// The next option on the screen that is not tested already, from the start again after the last.
fn next(all: OptionSet, tested: OptionSet, option: OptionIx) -> Option<OptionIx> {
    let others = all.minus(tested);
    others.iter().find(|other| *other > option).or_else(|| others.iter().next())
}

/// Adds the slips in a comparison: each bound that is written is one more or less.
fn numbers(
    rules: &RuleSet,
    condition: &Condition,
    question: QuestionIx,
    (at_least, at_most): (i32, i32),
    slips: &mut Vec<Slip>,
) {
    let How::Number(range) = &rules.questions()[question].kind else {
        return;
    };
    let one_number = at_least == at_most;
    for step in [-1, 1] {
        let low = (at_least > range.min).then(|| (at_least + step, at_most));
        let high = (at_most < range.max).then(|| (at_least, at_most + step));
        let shifted = if one_number { [Some((at_least + step, at_most + step)), None] } else { [low, high] };
        for (at_least, at_most) in shifted.into_iter().flatten() {
            if range.min <= at_least && at_least <= at_most && at_most <= range.max {
                let test = Test::Number { question, at_least, at_most };
                let after = Condition { test, span: condition.span };
                let change = format!("`{}` becomes `{}`", written(rules, condition), written(rules, &after));
                slips.push(Slip { kind: Kind::Bound, span: condition.span, change, after: Some(after) });
            }
        }
    }
}
