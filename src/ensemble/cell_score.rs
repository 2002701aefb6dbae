//! Where a point lies in a part of a detector.

/// The place of a point in one part of a detector.
///
/// A part cuts the feature space into cells: the leaves of a tree, the bins of a histogram, the
/// bands of a distance. What the analyst says of an instance is remembered by cell, so that it
/// speaks for the instances beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellScore {
    /// The cell, counted from 0.
    pub cell: usize,
    /// The raw score there; higher is more anomalous.
    pub score: f32,
}
