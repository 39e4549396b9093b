//! Truth where not everything is known yet.

/// Kleene's strong three-valued logic (1952): the order is from false to true, so that "and" is the least, "or" the
/// greatest. A value other than `Perhaps` holds however the open questions are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// False in every completion of what was said.
    No,
    /// Not known.
    Perhaps,
    /// True in every completion of what was said.
    Yes,
}

impl Truth {
    /// From what must be and what can be.
    pub(crate) fn between(must: bool, can: bool) -> Self {
        match (must, can) {
            (true, _) => Self::Yes,
            (false, true) => Self::Perhaps,
            (false, false) => Self::No,
        }
    }

    /// At least so many of these.
    pub(crate) fn at_least(least: usize, of: &[Self]) -> Self {
        let sure = of.iter().filter(|truth| **truth == Self::Yes).count();
        let possible = of.iter().filter(|truth| **truth != Self::No).count();
        Self::between(sure >= least, possible >= least)
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "named like its siblings, which have no operator either")]
    pub fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Perhaps => Self::Perhaps,
            Self::Yes => Self::No,
        }
    }
}
