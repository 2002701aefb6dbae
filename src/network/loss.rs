//! What training minimises.

use serde::{Deserialize, Serialize};

/// What one instance adds to the loss of a step.
///
/// ```text
/// hinge · [ A(q_tau; x, y) + A(Score(x_tau); x, y) ] + prior · prior(x)
///
/// A(q; x, y) = max(0, y · (q − Score(x)))
/// prior(x)   = mean over m of  −b ln p_m(x) − (1 − b) ln(1 − p_m(x))
/// ```
///
/// # Source
/// AAD: Das et al. 2016, ICDM; GLAD: Islam et al. 2020, arXiv:1810.01403, equations 3 to 6.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossTerm {
    /// The row of the instance.
    pub row: usize,
    /// `y`: +1 anomaly, −1 nominal; of no account when `hinge` is 0.
    pub sign: f32,
    /// The weight of the two hinges, 0 for an instance without label.
    pub hinge: f32,
    /// The weight of the prior.
    pub prior: f32,
}

/// What labelled instances are held against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The row of the instance at rank `⌊τ n⌋` of the scores before the update; its score is
    /// computed anew in each step, with gradient.
    pub x_tau: usize,
    /// Its score before the update, a constant.
    pub q_tau: f32,
}

/// The parts of the loss that do not depend on an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossWeights {
    /// The prior relevance `b`.
    pub b: f32,
    /// The weight of half the squared weights, biases left out.
    pub l2: f32,
}
