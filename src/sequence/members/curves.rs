//! Curves of equal length, moment by moment.

use ndarray::Array2;

use super::MemberScores;
use super::neighbours::{neighbour_distances, references};
use crate::numeric::principal_components;

/// References of neighbours at most.
const REFERENCES: usize = 1024;

/// Main directions at most, and at most this share of the sequences.
const DIRECTIONS: usize = 16;

/// The distance to the first and to the fifth nearest curve, moment by moment.
///
/// `curves` `[n, moments · channels]`, standardised and of equal length.
pub(in super::super) fn euclid(curves: &Array2<f32>) -> Vec<MemberScores> {
    let n = curves.nrows();
    let found = neighbour_distances(n, &references(n, REFERENCES), &[1, 5], |a, b| {
        let squares = curves
            .row(a)
            .iter()
            .zip(curves.row(b))
            .map(|(x, y)| (x - y).powi(2))
            .sum::<f32>();
        squares.sqrt()
    });
    let names = [
        (
            "nearest curve",
            "how far its curve is from the nearest other curve, moment by moment",
        ),
        (
            "fifth nearest curve",
            "how far its curve is from the fifth nearest, moment by moment",
        ),
    ];
    let named = names.into_iter().zip(found);
    named
        .map(|((name, meaning), values)| MemberScores {
            name: name.to_owned(),
            meaning,
            votes: false,
            values,
        })
        .collect()
}

/// What of each curve lies outside the main directions of the set.
pub(in super::super) fn residuals(curves: &Array2<f32>) -> MemberScores {
    let count = DIRECTIONS.min(curves.nrows() / 8).max(1);
    let components = principal_components(curves.view(), count);
    let values = curves.rows().into_iter().map(|row| {
        let along = components.coordinates(row);
        let off: f64 = row
            .iter()
            .zip(&components.mean)
            .map(|(x, mean)| (f64::from(*x) - mean).powi(2))
            .sum();
        let held: f64 = along.iter().map(|along| along * along).sum();
        (off - held).max(0.0).sqrt() as f32
    });
    MemberScores {
        name: "main curves".to_owned(),
        votes: false,
        meaning: "how much of its curve is no mixture of the main curves of the set",
        values: values.collect(),
    }
}
