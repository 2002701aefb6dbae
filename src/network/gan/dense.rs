//! A fully connected layer.

use super::conv::{BLOCK, summed};
use super::matrix::{Matrix, multiply};
use crate::numeric::{fill_blocks, map_blocks};

/// A fully connected layer with weights `[inputs, outputs]`, without bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dense {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

impl Dense {
    /// The number of weights.
    pub(super) fn weights(&self) -> usize {
        self.inputs * self.outputs
    }

    /// The outputs of inputs `[n, inputs]`; `[n, outputs]`.
    pub(super) fn apply(&self, x: &[f32], weights: &[f32]) -> Vec<f32> {
        let n = x.len() / self.inputs;
        let mut out = vec![0.0; n * self.outputs];
        fill_blocks(&mut out, BLOCK * self.outputs, |block, out| {
            let rows = out.len() / self.outputs;
            let x = &x[block * BLOCK * self.inputs..][..rows * self.inputs];
            let weights = Matrix::new(weights, self.outputs);
            multiply(Matrix::new(x, self.inputs), weights, 0.0, out);
        });
        out
    }

    /// The gradient of the inputs.
    pub(super) fn back(&self, deltas: &[f32], weights: &[f32]) -> Vec<f32> {
        let n = deltas.len() / self.outputs;
        let mut out = vec![0.0; n * self.inputs];
        fill_blocks(&mut out, BLOCK * self.inputs, |block, out| {
            let rows = out.len() / self.inputs;
            let deltas = &deltas[block * BLOCK * self.outputs..][..rows * self.outputs];
            let weights = Matrix::new(weights, self.outputs).turned();
            multiply(Matrix::new(deltas, self.outputs), weights, 0.0, out);
        });
        out
    }

    /// The gradient of the weights, summed over the rows.
    pub(super) fn slopes(&self, x: &[f32], deltas: &[f32]) -> Vec<f32> {
        let n = x.len() / self.inputs;
        let blocks = map_blocks(n, BLOCK, |rows| {
            let mut slopes = vec![0.0; self.weights()];
            let x = &x[rows.start * self.inputs..rows.end * self.inputs];
            let deltas = &deltas[rows.start * self.outputs..rows.end * self.outputs];
            let x = Matrix::new(x, self.inputs).turned();
            multiply(x, Matrix::new(deltas, self.outputs), 0.0, &mut slopes);
            slopes
        });
        summed(blocks, self.weights())
    }
}
