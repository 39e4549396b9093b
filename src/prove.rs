//! What can be said of all completions of some answers.

pub(crate) mod changed;
pub(crate) mod counter;
mod enough;
mod exact;
pub(crate) mod gates;
pub(crate) mod nearest;
pub(crate) mod pair;
mod promise;
pub(crate) mod prover;
mod recommended;
mod relevance;
pub(crate) mod signs;
mod stakes;
pub(crate) mod symbolic;
mod telling;

pub use enough::Enough;
pub use exact::Settled;
pub use gates::Family;
pub use nearest::{Change, Nearest};
pub use prover::{Fact, Prover};
pub use relevance::{questions_of_need, questions_to_come, relevant_questions};
pub use stakes::Stakes;
