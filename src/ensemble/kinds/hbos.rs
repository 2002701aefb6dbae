//! A histogram on each feature.
//!
//! # Source
//! Goldstein and Dengel 2012, *Histogram-based outlier score (HBOS): a fast unsupervised anomaly
//! detection algorithm*, KI.

use ndarray::ArrayView2;

use super::{FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Projection;
use crate::numeric::map_each;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "hbos",
    count: None,
    title: "values",
    scores: "how rare each of its values is",
    kind: |_| Kind::Hbos,
    prior: PRIOR,
    floor: FLOOR,
};

/// Fits a histogram to each feature of standardised instances `x` `[n, d]`.
pub(super) fn fit(x: ArrayView2<'_, f32>) -> Vec<Projection> {
    map_each(x.ncols(), |feature| {
        let mut direction = vec![0.0; x.ncols()];
        direction[feature] = 1.0;
        Projection::fit(x, &direction)
    })
}
