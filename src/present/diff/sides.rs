//! Two decisions, row by row.

use crate::decide::Outcome;
use crate::diff::Difference;
use crate::model::{Id, PhaseIx, RuleSet, ServiceIx};
use crate::present::words;

/// Something that a decision says on each side.
pub(super) struct SideBySide {
    pub(super) what: String,
    pub(super) old: String,
    pub(super) new: String,
}

/// One side of a difference.
#[derive(Clone, Copy)]
struct Half<'h> {
    rules: &'h RuleSet,
    outcome: &'h Outcome,
}

/// What a row is about, by ids: the rows of both sides meet there.
#[derive(Clone, PartialEq, Eq)]
enum What<'h> {
    /// A service of a phase.
    Step {
        phase: &'h str,
        service: &'h str,
    },
    /// A service that is held back while there is no plan.
    Held(&'h str),
    Flag(&'h str),
}

/// What stands where a side says nothing.
pub(super) const NOTHING: &str = "-";

/// The decisions of a difference, row by row: all that either of them says.
pub(super) fn side_by_side(old: &RuleSet, new: &RuleSet, difference: &Difference) -> Vec<SideBySide> {
    let halves = [
        Half { rules: old, outcome: &difference.old.decision.outcome },
        Half { rules: new, outcome: &difference.new.decision.outcome },
    ];
    let [before, after] = halves;
    let level = |half: Half<'_>| {
        let level = half.outcome.level;
        if level.ends_without_plan() { format!("{level} (no plan)") } else { level.to_string() }
    };
    let mut rows = vec![SideBySide { what: "Level".to_owned(), old: level(before), new: level(after) }];
    let mut seen: Vec<What<'_>> = Vec::new();
    for what in halves.iter().flat_map(|half| half.says()) {
        if !seen.contains(&what) {
            seen.push(what);
        }
    }
    seen.sort_by_key(|what| match what {
        What::Step { .. } => 0,
        What::Held(_) => 1,
        What::Flag(_) => 2,
    });
    for what in seen {
        let name = before.name(&what).or_else(|| after.name(&what)).unwrap_or_default();
        rows.push(SideBySide { what: name, old: before.cell(&what), new: after.cell(&what) });
    }
    if halves.iter().any(|half| half.outcome.otherwise) {
        let cell = |half: Half<'_>| if half.outcome.otherwise { "none".to_owned() } else { NOTHING.to_owned() };
        rows.push(SideBySide { what: "Needs that hold".to_owned(), old: cell(before), new: cell(after) });
    }
    rows
}

impl<'h> Half<'h> {
    /// All that it says, plan first.
    fn says(self) -> Vec<What<'h>> {
        let Outcome { steps, on_hold, waits, flags, .. } = self.outcome;
        let mut says: Vec<What<'h>> = steps
            .iter()
            .map(|step| What::Step { phase: self.phase(step.phase), service: self.service(step.service) })
            .collect();
        let on_plan = |service: &ServiceIx| steps.iter().any(|step| step.service == *service);
        let held = on_hold.iter().chain(waits).filter(|service| !on_plan(service));
        says.extend(held.map(|service| What::Held(self.service(*service))));
        says.extend(flags.iter().map(|flag| What::Flag(self.rules.flags()[*flag].id.as_str())));
        says
    }

    fn phase(self, phase: PhaseIx) -> &'h str {
        self.rules.phases()[phase].id.as_str()
    }

    fn service(self, service: ServiceIx) -> &'h str {
        self.rules.services()[service].id.as_str()
    }

    /// How a row is called, if this side has what it is about.
    fn name(self, what: &What<'_>) -> Option<String> {
        let is = |id: &Id, wanted: &str| id.as_str() == wanted;
        let service = |wanted: &str| self.rules.services().rows().iter().find(|row| is(&row.id, wanted));
        match what {
            What::Step { phase, service: wanted } => {
                let phase = self.rules.phases().rows().iter().find(|row| is(&row.id, phase))?;
                Some(format!("{}: {}", phase.title, service(wanted)?.name))
            }
            What::Held(wanted) => Some(service(wanted)?.name.clone()),
            What::Flag(wanted) => {
                let there = self.rules.flags().rows().iter().any(|row| is(&row.id, wanted));
                there.then(|| format!("Flag {wanted}"))
            }
        }
    }

    fn cell(self, what: &What<'_>) -> String {
        let says = match what {
            What::Step { phase, service } => {
                let mut steps = self.outcome.steps.iter();
                let step =
                    steps.find(|step| self.phase(step.phase) == *phase && self.service(step.service) == *service);
                step.map(|step| {
                    let held = self.held(step.service).map(|held| format!(" ({held})")).unwrap_or_default();
                    format!("{}{held}", words::professional(self.rules, step.lead))
                })
            }
            What::Held(wanted) => {
                let mut all = self.rules.services().iter();
                let service = all.find(|(_, row)| row.id.as_str() == *wanted).map(|(position, _)| position);
                service.and_then(|service| self.held(service)).map(str::to_owned)
            }
            What::Flag(wanted) => {
                let mut flags = self.outcome.flags.iter().map(|flag| &self.rules.flags()[*flag]);
                flags.find(|flag| flag.id.as_str() == *wanted).map(|flag| flag.level_name().to_owned())
            }
        };
        says.unwrap_or_else(|| NOTHING.to_owned())
    }

    fn held(self, service: ServiceIx) -> Option<&'static str> {
        if self.outcome.on_hold.contains(&service) {
            Some("on hold")
        } else {
            self.outcome.waits.contains(&service).then_some("waits")
        }
    }
}
