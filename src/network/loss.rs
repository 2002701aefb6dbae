//! What training minimises.

use serde::{Deserialize, Serialize};

/// What one instance adds to the loss of a step.
///
/// ```text
/// hinge · [ A(q_tau; x, y) + A(Score(x_tau); x, y) ] + prior · prior(x)
///
/// A(q; x, y) = h( y · (q − Score(x)) + margin )
/// h(z)       = softness · ln(1 + exp(z / softness)), or max(0, z) where softness is 0
/// prior(x)   = mean over m, by their shares, of  −b_m ln p_m(x) − (1 − b_m) ln(1 − p_m(x))
/// ```
///
/// # Source
/// AAD: Das et al. 2016, ICDM; GLAD: Islam et al. 2020, arXiv:1810.01403, equations 3 to 6. They
/// have no margin, so that a labelled anomaly above `q_tau` teaches nothing: the candidates come
/// from above `q_tau`, and the more of them are anomalies the less is learnt. With a margin of
/// three standard deviations of the score, and a hinge that is soft by one, an answer always
/// speaks for the instances beside it (docs/EVALUATION.md).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossTerm {
    /// The row of the instance.
    pub row: usize,
    /// `y`: +1 anomaly, −1 nominal; of no account when `hinge` is 0.
    pub sign: f32,
    /// The weight of the hinges, 0 for an instance without label.
    pub hinge: f32,
    /// The weight of the prior.
    pub prior: f32,
}

/// What labelled instances are held against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The row of the instance at rank `⌊τ n⌋` of the scores before the update, if its hinge is
    /// wanted; its score is computed anew in each step, with gradient.
    pub x_tau: Option<usize>,
    /// The score at that rank before the update, a constant.
    pub q_tau: f32,
    /// By how much a score must clear the threshold, in units of the score.
    pub margin: f32,
    /// How softly the hinge bends, in units of the score.
    pub softness: f32,
}

impl Thresholds {
    /// The hinge `h` and its derivative at `z`, margin included.
    pub(super) fn hinge(&self, z: f32) -> (f32, f32) {
        let z = z + self.margin;
        if self.softness <= 0.0 {
            return if z > 0.0 { (z, 1.0) } else { (0.0, 0.0) };
        }
        let scaled = z / self.softness;
        // ln(1 + e^s) without overflow.
        let soft = scaled.max(0.0) + (-scaled.abs()).exp().ln_1p();
        (self.softness * soft, super::sigmoid(scaled))
    }
}

/// The parts of the loss that do not depend on an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossWeights<'a> {
    /// The prior relevance `b` of each member.
    pub b: &'a [f32],
    /// The share of each member in the prior, with the sum 1; empty where all have the same.
    pub shares: &'a [f32],
    /// The weight of half the squared weights, biases left out.
    pub l2: f32,
}
