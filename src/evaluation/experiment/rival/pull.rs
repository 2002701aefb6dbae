//! Weights on leaves that change as little as the labels ask.

use super::Learner;
use super::grove::Grove;
use crate::dataset::Label;

/// Rounds over all labels at most, and the move below which none goes on.
const ROUNDS: usize = 2_000;
const STILL: f64 = 1e-10;

/// AAD over the leaves of an isolation forest.
///
/// A leaf of depth `h` is worth `w / h`, with weights that are equal to begin with and of length 1.
/// An update keeps `q_tau`, the score of the top `τ` under the weights before, and solves
///
/// ```text
/// min over w of  ½ ‖w − w₀‖²  +  Σ over labelled of  A(q_tau; x, y) / (labels like y)
/// A = max(0, y (q_tau − Σ over trees of w[leaf] / h[leaf]))
/// ```
///
/// for the weights `w₀` before, and brings `w` to length 1. The problem is that of a support vector
/// machine without an offset; it is solved to its optimum, by coordinate ascent on its dual: `w = w₀
/// + Σ αᵢ yᵢ φᵢ` with `0 ≤ αᵢ ≤ 1 / (labels like yᵢ)`.
///
/// coniferest's `AADForest` is another method since its release 0.2: there the threshold is free and
/// the term for the change is left out by default, so that nothing of the unsupervised score remains
/// after the first answer. It finds far more than this one (docs/EVALUATION.md); its curves come in by
/// `--peers`.
///
/// # Source
/// Das, Wong, Fern, Dietterich and Siddiqui 2017, arXiv:1708.09441; Das et al. 2019,
/// arXiv:1901.08930, equation 3, with the depths, the trees and `C_a = 1` of coniferest.
pub(super) struct Pull {
    weights: Vec<f64>,
    tau: f64,
}

impl Pull {
    pub(super) fn new(grove: &Grove, tau: f64) -> Self {
        let leaves = grove.depths.len();
        Self {
            weights: vec![1.0 / (leaves as f64).sqrt(); leaves],
            tau,
        }
    }
}

/// A label as a half-space: `y (w · φ − q) ≥ 0` costs nothing.
struct Side {
    /// The places of φ that are not 0, and their values.
    phi: Vec<(usize, f64)>,
    sign: f64,
    /// What a unit beyond costs.
    cost: f64,
}

/// Moves `weights` to where the change and the cost of the labels' sides are least together.
fn pull(weights: &mut [f64], sides: &[Side], q: f64) {
    let squares: Vec<f64> = sides
        .iter()
        .map(|side| side.phi.iter().map(|(_, value)| value * value).sum())
        .collect();
    let mut alphas = vec![0.0; sides.len()];
    for _ in 0..ROUNDS {
        let mut most: f64 = 0.0;
        for ((side, alpha), square) in sides.iter().zip(&mut alphas).zip(&squares) {
            let score: f64 = side
                .phi
                .iter()
                .map(|(at, value)| weights[*at] * value)
                .sum();
            let wanted = *alpha + side.sign * (q - score) / square;
            let by = wanted.clamp(0.0, side.cost) - *alpha;
            *alpha += by;
            for (at, value) in &side.phi {
                weights[*at] += by * side.sign * value;
            }
            most = most.max(by.abs() * square);
        }
        if most < STILL {
            break;
        }
    }
}

/// The value below which a share `1 − τ` of the scores lies, between two of them by its place.
fn threshold(scores: &[f32], tau: f64) -> f64 {
    let mut sorted: Vec<f64> = scores.iter().map(|&score| f64::from(score)).collect();
    sorted.sort_by(f64::total_cmp);
    let place = (1.0 - tau) * sorted.len().saturating_sub(1) as f64;
    let below = sorted[place.floor() as usize];
    let above = sorted[place.ceil() as usize];
    below + (above - below) * place.fract()
}

impl Learner for Pull {
    fn learn(&mut self, grove: &Grove, labels: &[(usize, Label)], scores: &[f32]) {
        let like = |label: Label| labels.iter().filter(|(_, other)| *other == label).count();
        let counts = [Label::Anomaly, Label::Nominal].map(like);
        let sides = labels.iter().map(|&(instance, label)| {
            let leaves = grove.of(instance).iter();
            let phi = leaves.map(|&leaf| (leaf as usize, 1.0 / grove.depths[leaf as usize]));
            Side {
                phi: phi.collect(),
                sign: f64::from(label.sign()),
                cost: 1.0 / counts[usize::from(label == Label::Nominal)] as f64,
            }
        });
        let sides: Vec<Side> = sides.collect();
        pull(&mut self.weights, &sides, threshold(scores, self.tau));
        let length = self.weights.iter().map(|w| w * w).sum::<f64>().sqrt();
        self.weights.iter_mut().for_each(|weight| *weight /= length);
    }

    fn worth(&self, grove: &Grove) -> Vec<f64> {
        let leaves = self.weights.iter().zip(&grove.depths);
        leaves.map(|(weight, depth)| weight / depth).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(phi: &[(usize, f64)], sign: f64, cost: f64) -> Side {
        Side {
            phi: phi.to_vec(),
            sign,
            cost,
        }
    }

    #[test]
    fn one_label_is_projected_onto_its_half_space() {
        // From (1, 1) to the line x + 2 y = 1: α = 2 / 5 along (1, 2).
        let phi = [(0, 1.0), (1, 2.0)];
        let mut weights = [1.0, 1.0];
        pull(&mut weights, &[side(&phi, -1.0, 10.0)], 1.0);
        assert!((weights[0] - 0.6).abs() < 1e-9 && (weights[1] - 0.2).abs() < 1e-9);
        // A cheap label pulls by its cost only; one on its side not at all.
        let mut weights = [1.0, 1.0];
        pull(&mut weights, &[side(&phi, -1.0, 0.1)], 1.0);
        assert!((weights[0] - 0.9).abs() < 1e-9 && (weights[1] - 0.8).abs() < 1e-9);
        let mut weights = [1.0, 1.0];
        pull(&mut weights, &[side(&phi, 1.0, 10.0)], 1.0);
        assert_eq!(weights, [1.0, 1.0]);
    }

    #[test]
    fn two_labels_that_share_a_leaf_meet_both_sides() {
        // w₀ = 0, q = 1: x ≥ 1 and x + y ≤ 1 give (1, 0).
        let mut weights = [0.0, 0.5];
        let sides = [
            side(&[(0, 1.0)], 1.0, 50.0),
            side(&[(0, 1.0), (1, 1.0)], -1.0, 50.0),
        ];
        pull(&mut weights, &sides, 1.0);
        assert!(
            (weights[0] - 1.0).abs() < 1e-6 && weights[1].abs() < 1e-6,
            "{weights:?}"
        );
    }

    #[test]
    fn the_threshold_lies_between_scores_as_a_quantile_does() {
        let scores = [4.0, 1.0, 3.0, 2.0, 0.0];
        assert_eq!(threshold(&scores, 0.25), 3.0);
        assert!((threshold(&scores, 0.1) - 3.6).abs() < 1e-12);
    }

    #[test]
    fn a_nominal_sinks_and_an_anomaly_stays() {
        let x = ndarray::Array2::from_shape_fn((60, 1), |(row, _)| match row {
            0 => -900.0,
            1 => 900.0,
            _ => row as f32,
        });
        let grove = Grove::grow(x.view(), 20, 60, 8, 1);
        let mut learner = Pull::new(&grove, 0.05);
        let before = grove.scores(&learner.worth(&grove));
        let labels = [(0, Label::Nominal), (1, Label::Anomaly)];
        learner.learn(&grove, &labels, &before);
        let after = grove.scores(&learner.worth(&grove));
        let rank = |scores: &[f32], one: usize| scores.iter().filter(|s| **s > scores[one]).count();
        assert!(rank(&before, 0) < 2 && rank(&after, 0) >= 2);
        assert_eq!(rank(&after, 1), 0);
        let length: f64 = learner.weights.iter().map(|w| w * w).sum();
        assert!((length - 1.0).abs() < 1e-12);
    }
}
