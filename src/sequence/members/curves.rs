//! Curves of equal length, moment by moment.

use ndarray::{Array2, ArrayView1, ArrayView2};

use super::SequenceScore;
use super::neighbours::near;
use crate::numeric::{Components, principal_components, squared_distance};

/// Main directions at most, and at most this share of the sequences.
const DIRECTIONS: usize = 16;

pub(super) fn scores() -> [SequenceScore; 3] {
    [
        SequenceScore::new(
            "nearest curve",
            "how far its curve is from the nearest other curve, moment by moment",
            false,
        ),
        SequenceScore::new(
            "fifth nearest curve",
            "how far its curve is from the fifth nearest, moment by moment",
            false,
        ),
        SequenceScore::new(
            "main curves",
            "how much of its curve is no mixture of the main curves of the set",
            false,
        ),
    ]
}

/// Curves among which near ones are found.
#[derive(Clone, Debug)]
pub(in super::super) struct Neighbours {
    references: Vec<usize>,
    /// `[references, moments · channels]`, standardised and of equal length.
    curves: Array2<f32>,
}

impl Neighbours {
    /// Takes some of the instances, whose curves these are, as references.
    pub(in super::super) fn fit(references: Vec<usize>, curves: Array2<f32>) -> Self {
        Self { references, curves }
    }

    /// The distance to the first and to the fifth nearest curve.
    pub(in super::super) fn distances(
        &self,
        curve: ArrayView1<'_, f32>,
        itself: Option<usize>,
    ) -> [f32; 2] {
        near(&self.references, itself, |other| {
            let (own, other) = (curve.as_slice(), self.curves.row(other).to_slice());
            squared_distance(own.unwrap_or_default(), other.unwrap_or_default()).sqrt()
        })
    }
}

/// The main curves of a set.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Main(pub(in super::super) Components);

impl Main {
    /// Finds them among curves in rows `[n, moments · channels]`.
    pub(in super::super) fn fit(curves: ArrayView2<'_, f32>) -> Self {
        let count = DIRECTIONS.min(curves.nrows() / 8).max(1);
        Self(principal_components(curves, count))
    }

    /// What of a curve lies outside the main directions.
    pub(in super::super) fn residual(&self, curve: ArrayView1<'_, f32>) -> f32 {
        let along = self.0.coordinates(curve);
        let off: f64 = curve
            .iter()
            .zip(&self.0.mean)
            .map(|(x, mean)| (f64::from(*x) - mean).powi(2))
            .sum();
        let held: f64 = along.iter().map(|along| along * along).sum();
        (off - held).max(0.0).sqrt() as f32
    }
}
