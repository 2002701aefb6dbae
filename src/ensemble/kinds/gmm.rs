//! A mixture of normal distributions.

use std::cmp::Ordering;

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{Count, FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::checks;
use crate::ensemble::describe::heaviest;
use crate::ensemble::exact;
use crate::ensemble::kmeans::{k_means, nearest};
use crate::ensemble::sampling::some_rows;
use crate::ensemble::{CellScore, Detector};
use crate::numeric::stream;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "gmm",
    count: Some(Count {
        what: "components",
        usual: 4,
        most: 50,
    }),
    title: "Gaussian mixture",
    scores: "how rare it is under a mixture of Gaussians (components)",
    kind: |count| Kind::GaussianMixture { components: count },
    prior: PRIOR,
    floor: FLOOR,
};

/// Instances that the mixture is fitted to.
const ROWS: usize = 2048;

/// Rounds of expectation and maximisation at most.
const ROUNDS: usize = 40;

/// The mean log-likelihood's gain, in nats, at which rounds end.
const SMALL_GAIN: f64 = 1e-4;

/// Features up to which components may lie askew; beyond, they are fitted along the axes.
const ASKEW: usize = 32;

/// What is added to every variance: a component of duplicates would have none.
const RIDGE: f64 = 0.01;

/// A detector that scores `−ln` of the density of a mixture of normal distributions.
///
/// Its cells are the components: an answer speaks for the instances that most likely come from the same
/// one.
///
/// # Source
/// Dempster, Laird and Rubin 1977, *Maximum likelihood from incomplete data via the EM algorithm*.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GaussianMixture {
    #[serde(rename = "clouds")]
    components: Vec<Gaussian>,
}

/// One normal distribution of a mixture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gaussian {
    mean: Vec<f32>,
    /// The lower triangle `W`, row by row, with `‖W (x − mean)‖²` the squared Mahalanobis
    /// distance; of a component along the axes, its diagonal.
    whitening: Vec<f32>,
    /// `ln` of its weight times its density at the mean.
    log_peak: f32,
}

impl Gaussian {
    /// Whether it lies askew: its whitening is a triangle.
    pub fn is_askew(&self) -> bool {
        self.whitening.len() > self.mean.len()
    }

    /// Its middle `[d]`, standardised.
    pub fn mean(&self) -> &[f32] {
        &self.mean
    }

    /// `ln` of its weight times its density at the mean.
    pub fn log_peak(&self) -> f32 {
        self.log_peak
    }

    /// The entry of `W` in a row and a column, where `‖W (x − mean)‖²` is the squared Mahalanobis
    /// distance.
    pub fn weight(&self, row: usize, column: usize) -> f32 {
        let at = match (self.is_askew(), column.cmp(&row)) {
            (true, Ordering::Less | Ordering::Equal) => Some(row * (row + 1) / 2 + column),
            (false, Ordering::Equal) => Some(row),
            _ => None,
        };
        at.map_or(0.0, |at| self.whitening[at])
    }

    /// `W (x − mean)`.
    fn whitened(&self, x: &[f32]) -> Vec<f32> {
        let off: Vec<f32> = x
            .iter()
            .zip(&self.mean)
            .map(|(value, mean)| value - mean)
            .collect();
        if !self.is_askew() {
            return off
                .iter()
                .zip(&self.whitening)
                .map(|(off, by)| off * by)
                .collect();
        }
        (0..off.len())
            .map(|row| {
                let start = row * (row + 1) / 2;
                let weights = &self.whitening[start..start + row + 1];
                weights
                    .iter()
                    .zip(&off)
                    .map(|(weight, off)| weight * off)
                    .sum()
            })
            .collect()
    }

    fn log_density(&self, x: &[f32]) -> f64 {
        f64::from(self.log_peak) - exact::square(&self.whitened(x)) / 2.0
    }

    /// Each feature's part in the squared Mahalanobis distance, at least 0.
    fn parts(&self, x: &[f32]) -> Vec<f32> {
        let whitened = self.whitened(x);
        let mut parts = vec![0.0; x.len()];
        for (row, entry) in whitened.iter().enumerate() {
            if self.is_askew() {
                let start = row * (row + 1) / 2;
                for (part, weight) in parts
                    .iter_mut()
                    .zip(&self.whitening[start..start + row + 1])
                {
                    *part += weight * entry;
                }
            } else {
                parts[row] = self.whitening[row] * entry;
            }
        }
        for ((part, value), mean) in parts.iter_mut().zip(x).zip(&self.mean) {
            *part = (*part * (value - mean)).max(0.0);
        }
        parts
    }
}

impl GaussianMixture {
    /// The normal distributions.
    pub fn components(&self) -> &[Gaussian] {
        &self.components
    }

    /// Fits `components` components to standardised instances `x` `[n, d]`.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, components: usize, seed: u64) -> Self {
        let drawn = some_rows(x, ROWS, seed, "mixture");
        let drawn = drawn.as_standard_layout();
        let (centres, _) = k_means(drawn.view(), components, &mut stream(seed, "mixture", 1));
        let d = drawn.ncols();
        let points: Vec<&[f32]> = drawn
            .as_slice()
            .unwrap_or_default()
            .chunks_exact(d.max(1))
            .collect();
        let mut shares: Vec<Vec<f64>> = points
            .iter()
            .map(|point| {
                let own = nearest(&centres, point).0;
                (0..centres.len())
                    .map(|component| f64::from(u8::from(component == own)))
                    .collect()
            })
            .collect();
        let mut mixture = Self {
            components: Vec::new(),
        };
        let mut before = f64::NEG_INFINITY;
        for _ in 0..ROUNDS {
            mixture.components = (0..centres.len())
                .filter_map(|component| {
                    maximise(&points, shares.iter().map(|share| share[component]), d)
                })
                .collect();
            let likelihood = mixture.expect(&points, &mut shares);
            // A component that lost all its points leaves fewer shares than centres.
            if mixture.components.len() < centres.len() || likelihood - before < SMALL_GAIN {
                break;
            }
            before = likelihood;
        }
        mixture
    }

    /// Writes each point's shares in the components, and returns the mean log-likelihood.
    fn expect(&self, points: &[&[f32]], shares: &mut [Vec<f64>]) -> f64 {
        let mut total = 0.0;
        for (point, shares) in points.iter().zip(shares) {
            let logs: Vec<f64> = self
                .components
                .iter()
                .map(|component| component.log_density(point))
                .collect();
            let sum = log_sum(&logs);
            *shares = logs.iter().map(|log| (log - sum).exp()).collect();
            total += sum;
        }
        total / points.len().max(1) as f64
    }

    /// The component that a point most likely comes from; the first of equals.
    fn likeliest(&self, x: &[f32]) -> usize {
        let mut best = (0, f64::NEG_INFINITY);
        for (index, component) in self.components.iter().enumerate() {
            let log = component.log_density(x);
            if log > best.1 {
                best = (index, log);
            }
        }
        best.0
    }
}

/// `ln Σ exp`, without overflow.
fn log_sum(logs: &[f64]) -> f64 {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most + logs.iter().map(|log| (log - most).exp()).sum::<f64>().ln()
}

/// The component that fits points with these shares best; `None` where the shares come to less than a
/// point.
fn maximise(
    points: &[&[f32]],
    shares: impl Iterator<Item = f64> + Clone,
    d: usize,
) -> Option<Gaussian> {
    let total: f64 = shares.clone().sum();
    if total < 1.0 {
        return None;
    }
    let mut mean = vec![0.0_f64; d];
    for (point, share) in points.iter().zip(shares.clone()) {
        for (mean, value) in mean.iter_mut().zip(*point) {
            *mean += share * f64::from(*value) / total;
        }
    }
    let askew = d <= ASKEW;
    let mut covariance = vec![0.0_f64; if askew { d * (d + 1) / 2 } else { d }];
    let mut off = vec![0.0_f64; d];
    for (point, share) in points.iter().zip(shares).filter(|(_, share)| *share > 0.0) {
        for ((off, value), mean) in off.iter_mut().zip(*point).zip(&mean) {
            *off = f64::from(*value) - mean;
        }
        let mut entries = covariance.iter_mut();
        for row in 0..d {
            for column in if askew { 0..row + 1 } else { row..row + 1 } {
                if let Some(entry) = entries.next() {
                    *entry += share * off[row] * off[column] / total;
                }
            }
        }
    }
    let diagonal = |row: usize| {
        if askew {
            row * (row + 1) / 2 + row
        } else {
            row
        }
    };
    (0..d).for_each(|row| covariance[diagonal(row)] += RIDGE);
    let whitening = match askew {
        true => inverse_root(&covariance, d),
        false => covariance
            .iter()
            .map(|variance| 1.0 / variance.sqrt())
            .collect(),
    };
    let log_root: f64 = (0..d).map(|row| whitening[diagonal(row)].ln()).sum();
    let weight = (total / points.len() as f64).ln();
    let log_peak = weight + log_root - d as f64 / 2.0 * (2.0 * std::f64::consts::PI).ln();
    Some(Gaussian {
        mean: mean.iter().map(|&entry| entry as f32).collect(),
        whitening: whitening.iter().map(|&entry| entry as f32).collect(),
        log_peak: log_peak as f32,
    })
}

/// The inverse of the Cholesky factor of a symmetric positive matrix; both lower triangles, row by
/// row.
fn inverse_root(matrix: &[f64], d: usize) -> Vec<f64> {
    let at = |row: usize, column: usize| row * (row + 1) / 2 + column;
    let mut root = matrix.to_vec();
    for row in 0..d {
        for column in 0..=row {
            let known: f64 = (0..column)
                .map(|k| root[at(row, k)] * root[at(column, k)])
                .sum();
            let rest = root[at(row, column)] - known;
            root[at(row, column)] = match row == column {
                true => rest.max(RIDGE * 1e-3).sqrt(),
                false => rest / root[at(column, column)],
            };
        }
    }
    let mut inverse = vec![0.0; root.len()];
    for column in 0..d {
        inverse[at(column, column)] = 1.0 / root[at(column, column)];
        for row in column + 1..d {
            let known: f64 = (column..row)
                .map(|k| root[at(row, k)] * inverse[at(k, column)])
                .sum();
            inverse[at(row, column)] = -known / root[at(row, row)];
        }
    }
    inverse
}

impl Detector for GaussianMixture {
    fn parts(&self) -> usize {
        1
    }

    fn cells(&self, _part: usize) -> usize {
        self.components.len().max(1)
    }

    fn cell_score(&self, _part: usize, x: &[f32]) -> CellScore {
        let logs: Vec<f64> = self
            .components
            .iter()
            .map(|component| component.log_density(x))
            .collect();
        CellScore {
            cell: self.likeliest(x),
            score: match logs.is_empty() {
                true => 0.0,
                false => -log_sum(&logs) as f32,
            },
        }
    }

    fn cell_scores(&self, _part: usize) -> Option<Vec<f32>> {
        None
    }

    fn feature_shares(&self, x: &[f32]) -> Vec<f32> {
        match self.components.get(self.likeliest(x)) {
            Some(component) => component.parts(x),
            None => vec![0.0; x.len()],
        }
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        self.components.iter().try_for_each(|component| {
            let triangle = d * (d + 1) / 2;
            let length = if component.whitening.len() == d {
                d
            } else {
                triangle
            };
            checks::list("the middle of a component", &component.mean, d)?;
            checks::list("the shape of a component", &component.whitening, length)?;
            checks::list("the height of a component", &[component.log_peak], 1)
        })
    }

    fn describe(&self, features: &[String], x: &[f32]) -> String {
        format!(
            "how rare the instance is among {} components (normal distributions) fitted to the table; it is off the middle of its own mostly in {}",
            self.components.len(),
            heaviest(&self.feature_shares(x), features, 3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use rand_distr::{Distribution, StandardNormal};

    #[test]
    fn the_inverse_root_whitens() {
        // [[4, 2], [2, 5]] = L Lᵀ with L = [[2, 0], [1, 2]], whose inverse is [[.5, 0], [−.25, .5]].
        assert_eq!(inverse_root(&[4.0, 2.0, 5.0], 2), [0.5, -0.25, 0.5]);
    }

    #[test]
    fn one_component_is_the_normal_density_of_the_table() {
        // Mean 0, variance 1 and the ridge.
        let x = Array2::from_shape_fn((100, 1), |(row, _)| if row % 2 == 0 { -1.0 } else { 1.0 });
        let mixture = GaussianMixture::fit(x.view(), 1, 1);
        let score = mixture.cell_score(0, &[2.0]).score;
        let expected = 0.5 * (2.0 * std::f64::consts::PI * 1.01).ln() + 4.0 / (2.0 * 1.01);
        assert!(
            (f64::from(score) - expected).abs() < 1e-4,
            "{score} is not {expected}"
        );
    }

    #[test]
    fn two_separate_groups_are_found_and_the_middle_between_is_rare() {
        let mut random = stream(1, "test", 0);
        for d in [2, 40] {
            let x = Array2::from_shape_fn((600, d), |(row, _)| {
                let noise: f32 = StandardNormal.sample(&mut random);
                noise * 0.3 + if row % 3 == 0 { -2.0 } else { 2.0 }
            });
            let mixture = GaussianMixture::fit(x.view(), 2, 1);
            assert_eq!(mixture.components.len(), 2);
            let found = |at: f32| mixture.cell_score(0, &vec![at; d]);
            assert_ne!(found(2.0).cell, found(-2.0).cell);
            assert!(found(0.0).score > found(2.0).score + 5.0);
            // The smaller one is half as dense.
            let ratio = found(-2.0).score - found(2.0).score;
            assert!(
                (ratio - 2_f32.ln()).abs() < 0.6 * (d as f32).sqrt(),
                "{ratio}"
            );
            assert!(
                mixture
                    .feature_shares(&vec![0.0; d])
                    .iter()
                    .all(|share| *share >= 0.0)
            );
        }
    }

    #[test]
    fn duplicates_are_finite() {
        let mixture = GaussianMixture::fit(Array2::ones((50, 3)).view(), 4, 1);
        assert!(mixture.cell_score(0, &[1.0; 3]).score.is_finite());
        assert!(mixture.cell_score(0, &[1e6; 3]).score.is_finite());
    }
}
