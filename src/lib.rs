//! Who should I see? A program that interviews a person in the terminal and derives its answer from scopes of practice.
//!
//! ```text
//! text ─load→ RuleSet ─interview→ Answers ─decide→ Decision ─explain→ Explanation ─present→ words, table, JSON
//! ```
//!
//! Everything it knows stands in a rule set; the engine knows no medicine. All but [`cli`] is pure and deterministic:
//! the same rule set and the same answers give the same bytes.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

pub mod answers;
pub mod builtin;
pub mod cases;
pub mod check;
pub mod cli;
pub mod contacts;
pub mod coverage;
pub mod decide;
pub mod diagnostic;
pub mod diff;
pub mod explain;
pub mod interview;
pub mod load;
pub mod model;
pub mod mutation;
mod parallel;
pub mod present;
pub mod prove;
pub mod quiz;
pub mod referral;
pub mod source;
mod suggest;
