//! What training leaves behind: weights and optimiser.

use serde::{Deserialize, Serialize};

use super::Layout;

/// The weights of a network and the state of its optimiser: all that another update needs.
///
/// 1. Two equal states, updated with the same input, stay equal to the bit.
/// 2. It is plain numbers, so a session file holds it as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "super::check::NetworkText")]
pub struct NetworkState {
    /// The widths of the layers.
    pub layout: Layout,
    /// Weights and biases as [`Layout`] says.
    pub weights: Vec<f32>,
    /// The optimiser's memory; fresh before the first update.
    pub adam: AdamMoments,
}

/// The memory of Adam: moments of the gradient, one pair a weight.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AdamMoments {
    /// Steps so far; 0 is fresh, with empty moments.
    pub time: usize,
    /// The running mean of the gradient.
    pub mean: Vec<f32>,
    /// The running mean of its square.
    pub square: Vec<f32>,
}
