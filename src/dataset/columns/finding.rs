//! What was found out of a column, with its evidence.

use std::collections::BTreeSet;

use crate::dataset::written::Trait;

/// What was found out of one column.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct Finding {
    /// Why it means what it means, as it follows the meaning.
    pub(in crate::dataset) evidence: Option<String>,
    /// Cells that are no numbers among numbers.
    pub(in crate::dataset) stray: Option<Stray>,
    /// What was around its numbers.
    pub(in crate::dataset) traits: BTreeSet<Trait>,
}

/// Cells that are no numbers, in a column of numbers.
#[derive(Clone, Debug)]
pub(in crate::dataset) struct Stray {
    /// How many there are.
    pub(in crate::dataset) count: usize,
    /// The line of the first.
    pub(in crate::dataset) line: u64,
    /// Its text.
    pub(in crate::dataset) text: String,
}
