//! Which rows an analyst wants to see.

/// Which rows an analyst wants to see, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// The condition, as it is written; empty for none.
    pub text: String,
    /// What they are sorted by, as [`Fields::all`](crate::filter::Fields::all) names it. What the table has not is the rank.
    pub by: String,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Whether those with an answer are left out.
    pub open_only: bool,
    /// Whether all rows of the table are chosen from, not just the candidates.
    pub whole: bool,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            by: "@rank".to_owned(),
            descending: false,
            open_only: false,
            whole: false,
        }
    }
}
