//! The places in a rule set at which a condition stands or could stand.

use super::{Condition, FindingIx, FlagIx, Id, NeedIx, OptionIx, Position, PreferenceIx, QuestionIx, RuleSet};

/// A place for a condition that has a part in decisions. What guarantees promise and when to go at once has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// When a question applies.
    Question(QuestionIx),
    /// When an option applies.
    Option(QuestionIx, OptionIx),
    /// When a finding holds.
    Finding(FindingIx),
    /// When a flag holds.
    Flag(FlagIx),
    /// When a flag does not hold after all.
    Unless(FlagIx),
    /// When a need holds.
    Need(NeedIx),
    /// When a preference holds.
    Preference(PreferenceIx),
}

impl Site {
    /// All places of a rule set, by kind and in file order.
    pub fn all(rules: &RuleSet) -> Vec<Self> {
        let mut all = Vec::new();
        for (position, question) in rules.questions.iter() {
            all.push(Self::Question(position));
            all.extend(question.choices().map(|(option, _)| Self::Option(position, option)));
        }
        all.extend(rules.findings.positions().map(Self::Finding));
        all.extend(rules.flags.positions().flat_map(|flag| [Self::Flag(flag), Self::Unless(flag)]));
        all.extend(rules.needs.positions().map(Self::Need));
        all.extend(rules.preferences.positions().map(Self::Preference));
        all
    }

    /// The condition that stands here, if one does.
    pub fn condition(self, rules: &RuleSet) -> Option<&Condition> {
        match self {
            Self::Question(question) => rules.questions[question].only_if.as_ref(),
            Self::Option(question, option) => {
                rules.questions[question].options.get(option.index()).and_then(|choice| choice.only_if.as_ref())
            }
            Self::Finding(finding) => rules.findings[finding].when.as_ref(),
            Self::Flag(flag) => rules.flags[flag].when.as_ref(),
            Self::Unless(flag) => rules.flags[flag].unless.as_ref(),
            Self::Need(need) => rules.needs[need].when.as_ref(),
            Self::Preference(preference) => rules.preferences[preference].when.as_ref(),
        }
    }

    /// The same to change; what changes counts once the rule set is compiled again.
    pub(crate) fn place(self, rules: &mut RuleSet) -> Option<&mut Option<Condition>> {
        match self {
            Self::Question(question) => rules.questions.get_mut(question).map(|row| &mut row.only_if),
            Self::Option(question, option) => {
                let row = rules.questions.get_mut(question)?;
                row.options.get_mut(option.index()).map(|choice| &mut choice.only_if)
            }
            Self::Finding(finding) => rules.findings.get_mut(finding).map(|row| &mut row.when),
            Self::Flag(flag) => rules.flags.get_mut(flag).map(|row| &mut row.when),
            Self::Unless(flag) => rules.flags.get_mut(flag).map(|row| &mut row.unless),
            Self::Need(need) => rules.needs.get_mut(need).map(|row| &mut row.when),
            Self::Preference(preference) => rules.preferences.get_mut(preference).map(|row| &mut row.when),
        }
    }

    /// The key that the condition stands under.
    pub fn key(self) -> &'static str {
        match self {
            Self::Question(_) | Self::Option(..) => "only_if",
            Self::Finding(_) | Self::Flag(_) | Self::Need(_) | Self::Preference(_) => "when",
            Self::Unless(_) => "unless",
        }
    }

    /// What it is that has the condition, and its name.
    pub fn name(self, rules: &RuleSet) -> (&'static str, &Id) {
        match self {
            Self::Question(question) => ("question", &rules.questions[question].id),
            Self::Option(question, option) => {
                let row = &rules.questions[question];
                ("option", row.options.get(option.index()).map_or(&row.id, |choice| &choice.id))
            }
            Self::Finding(finding) => ("finding", &rules.findings[finding].id),
            Self::Flag(flag) | Self::Unless(flag) => ("flag", &rules.flags[flag].id),
            Self::Need(need) => ("need", &rules.needs[need].id),
            Self::Preference(preference) => ("preference", &rules.preferences[preference].id),
        }
    }
}
