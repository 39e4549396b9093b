//! Signs for which to go at once, shown with what is no emergency now.

use super::{Condition, Id, SourceIx};

/// Signs for which to go at once. They are told beside an outcome and change none.
#[derive(Debug, Clone)]
pub struct GoAtOnce {
    /// Its id.
    pub id: Id,
    /// For whom; `None` is for everybody.
    pub when: Option<Condition>,
    /// The signs, to the person.
    pub say: String,
    /// What to do, where that is not to call the emergency number.
    pub action: Option<String>,
    /// Where it comes from.
    pub sources: Vec<SourceIx>,
}
