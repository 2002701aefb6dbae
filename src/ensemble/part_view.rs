//! What a part of a detector sees of a point, for a picture of it.

/// What a part of a detector sees of a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PartView {
    /// The point on a line that is cut into bins.
    Bins {
        /// The left end of the first bin.
        low: f32,
        /// The width of a bin.
        width: f32,
        /// Instances in each bin.
        counts: Vec<u32>,
        /// Where the point lies; it may be outside the bins.
        at: f32,
    },
    /// The cuts that a point meets on its way through a tree, from the root.
    Cuts(Vec<CutSeen>),
    /// Nothing that could be painted; its score says it all.
    #[default]
    Score,
}

/// A cut of a tree with the side on which a point lies: above it is
/// `Σ weight · feature ≥ threshold`, in standardised units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CutSeen {
    /// The features that it looks at; where it looks at one only, the second weight is 0.
    pub features: [usize; 2],
    /// Their weights.
    pub weights: [f32; 2],
    /// Where it cuts.
    pub threshold: f32,
    /// Whether the point lies above it.
    pub above: bool,
    /// How much it isolates the point: `−ln` of the share of the instances before the cut that are
    /// still on the point's side after it.
    pub isolates: f32,
}
