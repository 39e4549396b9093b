//! How soon something is to happen, and what to do until then.

/// What a row says about the time until it comes to what it asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meantime {
    /// How soon, as a soft time: "Within two or three weeks; sooner if it gets worse."
    pub how_soon: Option<String>,
    /// What to do until then: go on, do less, stop.
    pub until_then: Option<String>,
}
