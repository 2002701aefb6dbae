//! The distance from the principal components of a table.

use ndarray::{Array2, ArrayView2};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::{FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Banded;
use crate::ensemble::bands::Bands;
use crate::ensemble::checks;
use crate::ensemble::describe::heaviest;
use crate::ensemble::exact;
use crate::ensemble::sampling::some_rows;
use crate::numeric::stream;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "pca",
    count: None,
    title: "principal components",
    scores: "how far it is off the principal components of the table",
    kind: |_| Kind::Pca,
    prior: PRIOR,
    floor: FLOOR,
};

/// Values that directions are sought in: four thousand instances of a thousand features.
const VALUES: usize = 1 << 22;

/// Instances at most.
const ROWS: usize = 4096;

/// Directions at most.
const DIRECTIONS: usize = 16;

/// The share of the variance that the directions are to hold.
const HELD: f64 = 0.9;

/// Rounds of the subspace iteration.
const ROUNDS: usize = 40;

/// A detector that scores the distance of an instance from the subspace in which the table varies
/// most.
///
/// The subspace has as many directions as hold nine tenths of the variance, at most 16 and fewer
/// than features. Its cells are bands of the distance.
///
/// # Source
/// Shyu et al. 2003, *A novel anomaly detection scheme based on principal component classifier*;
/// the directions by subspace iteration on a sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pca {
    /// Orthonormal directions `[d]`, the one of largest variance first.
    directions: Vec<Vec<f32>>,
    /// The share of the variance that they hold.
    held: f32,
    bands: Bands,
}

impl Pca {
    /// Finds the subspace of standardised instances `x` `[n, d]`, whose mean is 0.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, seed: u64) -> Self {
        let d = x.ncols();
        let rows = (VALUES / d.max(1)).clamp(64, ROWS);
        let drawn = some_rows(x, rows, seed, "subspace");
        let most = DIRECTIONS.min(d.saturating_sub(1));
        let basis = main_directions(&drawn, most, seed);
        let total: f64 = drawn.iter().map(|&value| f64::from(value).powi(2)).sum();
        let along = drawn.dot(&basis);
        let mut held = 0.0;
        let mut directions = Vec::new();
        for (direction, places) in basis.columns().into_iter().zip(along.columns()) {
            if held >= HELD * total {
                break;
            }
            held += places
                .iter()
                .map(|&place| f64::from(place).powi(2))
                .sum::<f64>();
            directions.push(direction.to_vec());
        }
        let mut fitted = Self {
            directions,
            held: (held / total.max(f64::MIN_POSITIVE)) as f32,
            bands: Bands::fit([]),
        };
        let scores = drawn
            .rows()
            .into_iter()
            .map(|row| fitted.distance(&row.to_vec()));
        fitted.bands = Bands::fit(scores.collect::<Vec<f32>>());
        fitted
    }

    /// Orthonormal directions `[d]`, the one of largest variance first.
    pub fn directions(&self) -> &[Vec<f32>] {
        &self.directions
    }

    /// What of a point lies outside the subspace `[d]`.
    fn rest(&self, x: &[f32]) -> Vec<f32> {
        let mut rest = x.to_vec();
        for direction in &self.directions {
            let along: f32 = direction
                .iter()
                .zip(x)
                .map(|(entry, value)| entry * value)
                .sum();
            rest.iter_mut()
                .zip(direction)
                .for_each(|(rest, entry)| *rest -= along * entry);
        }
        rest
    }

    fn distance(&self, x: &[f32]) -> f32 {
        exact::length(&self.rest(x))
    }
}

/// Orthonormal columns `[d, count]` along which the rows vary most.
fn main_directions(x: &Array2<f32>, count: usize, seed: u64) -> Array2<f32> {
    let mut random = stream(seed, "subspace", 1);
    let mut basis =
        Array2::from_shape_simple_fn((x.ncols(), count), || StandardNormal.sample(&mut random));
    for _ in 0..ROUNDS {
        basis = x.t().dot(&x.dot(&basis));
        orthonormalise(&mut basis);
    }
    basis
}

/// Makes the columns orthonormal, one after another; what has no length of its own becomes 0.
fn orthonormalise(basis: &mut Array2<f32>) {
    for column in 0..basis.ncols() {
        // Twice: the first round leaves rounding of the size of what it takes away.
        for _ in 0..2 {
            for before in 0..column {
                let along = basis.column(before).dot(&basis.column(column));
                let away = basis.column(before).to_owned() * along;
                basis
                    .column_mut(column)
                    .zip_mut_with(&away, |entry, by| *entry -= by);
            }
            let length = basis.column(column).dot(&basis.column(column)).sqrt();
            let unit = if length > 1e-6 { 1.0 / length } else { 0.0 };
            basis.column_mut(column).map_inplace(|entry| *entry *= unit);
        }
    }
}

impl Banded for Pca {
    fn bands(&self) -> &Bands {
        &self.bands
    }

    fn raw_score(&self, x: &[f32]) -> f32 {
        self.distance(x)
    }

    fn shares(&self, x: &[f32]) -> Vec<f32> {
        self.rest(x).iter().map(|rest| rest * rest).collect()
    }

    fn validate_own(&self, d: usize) -> Result<(), String> {
        let mut directions = self.directions.iter();
        directions.try_for_each(|direction| checks::list("a principal component", direction, d))
    }

    fn words(&self, features: &[String], x: &[f32]) -> String {
        format!(
            "how far the instance is off the {} principal components of the table, which hold {:.0} % of its variance; here mostly in {}",
            self.directions.len(),
            self.held * 100.0,
            heaviest(&self.shares(x), features, 3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Detector;

    #[test]
    fn points_are_off_a_diagonal_by_their_distance_from_it() {
        let x = Array2::from_shape_fn((100, 2), |(row, _)| row as f32 / 50.0 - 0.99);
        let subspace = Pca::fit(x.view(), 1);
        assert_eq!(subspace.directions.len(), 1);
        assert!((subspace.held - 1.0).abs() < 1e-5);
        assert!(subspace.cell_score(0, &[3.0, 3.0]).score < 1e-5);
        let off = subspace.cell_score(0, &[1.0, -1.0]).score;
        assert!((off - 2_f32.sqrt()).abs() < 1e-5, "{off}");
    }

    #[test]
    fn as_many_directions_as_hold_nine_tenths() {
        // Four independent features of equal variance, each of ±1: three directions hold 75 %.
        let x = Array2::from_shape_fn(
            (64, 4),
            |(row, column)| {
                if (row >> column) & 1 == 0 { -1.0 } else { 1.0 }
            },
        );
        let subspace = Pca::fit(x.view(), 1);
        assert_eq!(subspace.directions.len(), 3);
        assert!((subspace.held - 0.75).abs() < 1e-4);
        for (i, a) in subspace.directions.iter().enumerate() {
            for (j, b) in subspace.directions.iter().enumerate() {
                let dot: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                assert!((dot - if i == j { 1.0 } else { 0.0 }).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn a_single_feature_is_off_nothing() {
        let x = Array2::from_shape_fn((10, 1), |(row, _)| row as f32 - 4.5);
        let subspace = Pca::fit(x.view(), 1);
        assert_eq!(
            (
                subspace.directions.len(),
                subspace.cell_score(0, &[-3.0]).score
            ),
            (0, 3.0)
        );
    }
}
