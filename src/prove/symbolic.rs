//! The rule set as clauses: what stands in `decide` as numbers and truth stands here as literals, part by part.
//!
//! [`Person`] mirrors the situation, [`Reading`] which rules hold, [`Cover`] who does it, [`Outcome`] what comparisons
//! compare. A property test holds the two against each other on every part.

mod cover;
mod mentions;
mod outcome;
mod person;
mod reading;

pub(crate) use cover::Cover;
pub(crate) use mentions::Mentions;
pub(crate) use outcome::Outcome;
pub(crate) use person::{Asked, Offer, Person, Scales, all_unseen};
pub(crate) use reading::{Reading, flag_holds};
