//! Small sets of rows of one kind, as bits.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use super::{OptionIx, Position, ProfessionalIx};

/// A set of rows of one kind, the first 64 at most.
pub struct Set<P>(u64, PhantomData<P>);

/// A set of options of one question.
pub type OptionSet = Set<OptionIx>;

/// A set of professionals.
pub type ProfessionalSet = Set<ProfessionalIx>;

impl<P: Position> Set<P> {
    /// Nothing.
    pub const EMPTY: Self = Self::of(0);

    const fn of(bits: u64) -> Self {
        Self(bits, PhantomData)
    }

    /// The set of one.
    pub fn only(row: P) -> Self {
        Self::of(1 << (row.index() & 63))
    }

    /// A bit for each row, the first lowest.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// Whether it is in the set.
    pub fn contains(self, row: P) -> bool {
        self.meets(Self::only(row))
    }

    /// Whether something is in both.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Those in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of(self.0 & other.0)
    }

    /// Those in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::of(self.0 | other.0)
    }

    /// Those of the first that are not in the second.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::of(self.0 & !other.0)
    }

    /// The first in file order.
    pub fn first(self) -> Option<P> {
        self.iter().next()
    }

    /// All of them in file order.
    pub fn iter(self) -> impl Iterator<Item = P> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let first = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(P::new(first))
        })
    }
}

impl OptionSet {
    /// How many options a question of an author can have: 64 with `none` or `unsure` and one to spare.
    pub const CAPACITY: usize = 62;
}

impl ProfessionalSet {
    /// How many professionals a rule set can have: all sets of them are enumerated.
    pub const CAPACITY: usize = 10;

    /// Every set of `count` professionals, nobody included.
    pub fn all_subsets(count: usize) -> impl Iterator<Item = Self> {
        (0..1u64 << count.min(Self::CAPACITY)).map(Self::of)
    }

    /// A number that is greater the earlier the set comes, of two sets of one size, in lexicographic file order.
    pub fn file_order(self) -> u64 {
        self.0.reverse_bits()
    }
}

impl<P: Position> FromIterator<P> for Set<P> {
    fn from_iter<I: IntoIterator<Item = P>>(rows: I) -> Self {
        rows.into_iter().fold(Self::EMPTY, |set, row| set.or(Self::only(row)))
    }
}

// Deriving these would ask the same of the kind of row, which is never stored.

impl<P> Clone for Set<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Set<P> {}

impl<P> PartialEq for Set<P> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<P> Eq for Set<P> {}

impl<P> Hash for Set<P> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<P> Default for Set<P> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<P: Position> fmt::Debug for Set<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Position::index)).finish()
    }
}
