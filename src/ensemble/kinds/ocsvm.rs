//! A boundary around the crowd.

use ndarray::ArrayView2;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::{FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Banded;
use crate::ensemble::bands::Bands;
use crate::ensemble::checks;
use crate::ensemble::describe::heaviest;
use crate::ensemble::sampling::some_rows;
use crate::numeric::{map_each, quantile, sorted, stream};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "ocsvm",
    count: None,
    title: "one-class SVM",
    scores: "how far it is beyond the boundary of a one-class SVM on random features",
    kind: |_| Kind::OneClassSvm,
    prior: PRIOR,
    floor: FLOOR,
};

/// Random waves that stand for the kernel.
const WAVES: usize = 256;

/// Instances that the boundary is fitted to.
const ROWS: usize = 2048;

/// The share `ν` of them that may lie outside.
const OUTSIDE: f64 = 0.05;

/// Steps towards the optimum.
const STEPS: usize = 100;

/// A one-class support vector machine with a Gaussian kernel, in its random-feature form.
///
/// ```text
/// φ(x)     = √(2/D) cos(Ω x + β),   Ω ~ N(0, 2/d), β uniform
/// w        = argmin ½ ‖w‖²,  w = Σ α_i φ(x_i),  0 ≤ α_i ≤ 1/(ν n),  Σ α_i = 1
/// score(x) = ρ − w · φ(x),   ρ the ν-quantile of w · φ(x_i)
/// ```
///
/// Above 0 outside the boundary. The dual is solved by conditional gradient steps with exact line
/// search, which need neither a learning rate nor chance. Its cells are bands of the score.
///
/// # Source
/// Schölkopf et al. 2001, *Estimating the support of a high-dimensional distribution*, Neural
/// Computation 13; Rahimi and Recht 2007, *Random features for large-scale kernel machines*, NIPS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneClassSvm {
    /// `[waves, d]`, row by row.
    directions: Vec<f32>,
    phases: Vec<f32>,
    weights: Vec<f32>,
    rho: f32,
    bands: Bands,
}

impl OneClassSvm {
    /// Fits the boundary to standardised instances `x` `[n, d]`.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, seed: u64) -> Self {
        let d = x.ncols().max(1);
        let mut random = stream(seed, "boundary", 1);
        let scale = (2.0 / d as f32).sqrt();
        let directions = (0..WAVES * d).map(|_| {
            let draw: f32 = StandardNormal.sample(&mut random);
            scale * draw
        });
        let directions = directions.collect();
        let phases = (0..WAVES)
            .map(|_| random.random::<f32>() * std::f32::consts::TAU)
            .collect();
        let mut fitted = Self {
            directions,
            phases,
            weights: vec![0.0; WAVES],
            rho: 0.0,
            bands: Bands::fit([]),
        };
        let drawn = some_rows(x, ROWS, seed, "boundary");
        let drawn = drawn.as_standard_layout();
        let points: Vec<&[f32]> = drawn
            .as_slice()
            .unwrap_or_default()
            .chunks_exact(d)
            .collect();
        let waves = map_each(points.len(), |place| fitted.waves(points[place], f32::cos));
        fitted.weights = weights(&waves);
        let sums = map_each(points.len(), |place| fitted.inside(points[place]));
        fitted.rho = quantile(&sorted(sums.iter().copied()), OUTSIDE);
        fitted.bands = Bands::fit(sums.iter().map(|sum| fitted.rho - sum));
        fitted
    }

    /// `Ω` `[waves, d]`, row by row.
    pub fn directions(&self) -> &[f32] {
        &self.directions
    }

    /// `β` `[waves]`.
    pub fn phases(&self) -> &[f32] {
        &self.phases
    }

    /// `w` `[waves]`.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// `ρ`.
    pub fn rho(&self) -> f32 {
        self.rho
    }

    /// `w · φ(x)`, from the phases on in double precision.
    fn inside(&self, x: &[f32]) -> f32 {
        let waves = self.phases_at(x).zip(&self.weights);
        let sum: f64 = waves
            .map(|(phase, weight)| f64::from(phase).cos() * f64::from(*weight))
            .sum();
        (f64::from(scale()) * sum) as f32
    }

    /// `Ω x + β`.
    fn phases_at(&self, x: &[f32]) -> impl Iterator<Item = f32> {
        let directions = self.directions.chunks_exact(x.len().max(1));
        let phases = directions.zip(&self.phases);
        phases.map(|(direction, phase)| dot(direction, x) + phase)
    }

    /// `√(2/D)` times `of` each wave's phase at a point.
    fn waves(&self, x: &[f32], of: fn(f32) -> f32) -> Vec<f32> {
        self.phases_at(x).map(|phase| scale() * of(phase)).collect()
    }
}

/// `√(2/D)`.
fn scale() -> f32 {
    (2.0 / WAVES as f32).sqrt()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The shortest mean of points, of which none may count for more than `1/(ν n)`.
fn weights(waves: &[Vec<f32>]) -> Vec<f32> {
    let count = ((OUTSIDE * waves.len() as f64).ceil() as usize).max(1);
    let mean = |rows: &mut dyn Iterator<Item = usize>| {
        let (mut sum, mut count) = (vec![0.0_f32; WAVES], 0.0);
        for row in rows {
            count += 1.0;
            sum.iter_mut()
                .zip(&waves[row])
                .for_each(|(sum, wave)| *sum += wave);
        }
        sum.iter_mut().for_each(|sum| *sum /= f32::max(count, 1.0));
        sum
    };
    let mut weights = mean(&mut (0..waves.len()));
    let mut order: Vec<usize> = (0..waves.len()).collect();
    for _ in 0..STEPS {
        let sums: Vec<f32> = waves.iter().map(|wave| dot(&weights, wave)).collect();
        order.sort_by(|&a, &b| sums[a].total_cmp(&sums[b]).then(a.cmp(&b)));
        let corner = mean(&mut order.iter().take(count).copied());
        let towards: Vec<f32> = corner
            .iter()
            .zip(&weights)
            .map(|(corner, weight)| corner - weight)
            .collect();
        let (gain, length) = (-dot(&weights, &towards), dot(&towards, &towards));
        if gain <= 1e-7 || length <= 1e-12 {
            break;
        }
        let step = (gain / length).min(1.0);
        weights
            .iter_mut()
            .zip(&towards)
            .for_each(|(weight, by)| *weight += step * by);
    }
    weights
}

impl Banded for OneClassSvm {
    fn bands(&self) -> &Bands {
        &self.bands
    }

    fn raw_score(&self, x: &[f32]) -> f32 {
        self.rho - self.inside(x)
    }

    /// The slope of the score along each feature.
    fn shares(&self, x: &[f32]) -> Vec<f32> {
        let mut slopes = vec![0.0; x.len()];
        let waves = self.waves(x, f32::sin);
        let directions = self.directions.chunks_exact(x.len().max(1));
        for ((wave, weight), direction) in waves.iter().zip(&self.weights).zip(directions) {
            slopes
                .iter_mut()
                .zip(direction)
                .for_each(|(slope, by)| *slope += wave * weight * by);
        }
        slopes.iter().map(|slope| slope.abs()).collect()
    }

    fn validate_own(&self, d: usize) -> Result<(), String> {
        checks::list("the waves of a boundary", &self.directions, WAVES * d)?;
        checks::list("the phases of a boundary", &self.phases, WAVES)?;
        checks::list("the weights of a boundary", &self.weights, WAVES)?;
        checks::list("the level of a boundary", &[self.rho], 1)
    }

    fn words(&self, features: &[String], x: &[f32]) -> String {
        let side = match self.raw_score(x) > 0.0 {
            true => "outside",
            false => "inside",
        };
        format!(
            "how far the instance is beyond a boundary around the crowd, drawn so that one in twenty is outside; here it is {side}, and the way out is mostly in {}",
            heaviest(&self.shares(x), features, 3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Detector;
    use ndarray::Array2;

    fn cloud() -> Array2<f32> {
        let mut random = stream(1, "test", 0);
        Array2::from_shape_simple_fn((400, 2), || StandardNormal.sample(&mut random))
    }

    #[test]
    fn one_in_twenty_lies_outside_and_far_points_do() {
        let x = cloud();
        let boundary = OneClassSvm::fit(x.view(), 1);
        let scores: Vec<f32> = x
            .rows()
            .into_iter()
            .map(|row| boundary.cell_score(0, &row.to_vec()).score)
            .collect();
        let outside = scores.iter().filter(|score| **score > 0.0).count();
        assert!((19..=21).contains(&outside), "{outside} of 400");
        assert!(
            boundary.cell_score(0, &[5.0, 5.0]).score > 0.0
                && boundary.cell_score(0, &[0.0, 0.0]).score < 0.0
        );
        let names = ["a".to_owned(), "b".to_owned()];
        assert!(
            boundary
                .describe(&names, &[4.0, 0.0])
                .contains("here it is outside")
        );
    }

    #[test]
    fn the_weights_are_the_shortest_mean() {
        // Two points at a right angle: the mean of both is the shortest.
        let mut waves = vec![vec![0.0; WAVES]; 2];
        waves[0][0] = 1.0;
        waves[1][1] = 1.0;
        let found = weights(&waves);
        assert!((found[0] - 0.5).abs() < 1e-3 && (found[1] - 0.5).abs() < 1e-3);
        // The shorter of two on one line.
        waves[1] = vec![0.0; WAVES];
        waves[1][0] = 0.25;
        assert!((weights(&waves)[0] - 0.25).abs() < 1e-6);
    }
}
