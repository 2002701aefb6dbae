//! What a window shows of a fitted table whatever is answered, worked out once.

use crate::dataset::ColumnSummary;

/// The distribution of each feature, and all instances in the order of the baseline.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The distribution of each feature.
    pub columns: Vec<ColumnSummary>,
    /// All instances, the most anomalous by uniform relevance first.
    pub baseline_order: Vec<usize>,
}
