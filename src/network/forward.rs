//! From instances to relevance.

use burn::tensor::activation::{leaky_relu, sigmoid};
use burn::tensor::{Device, Tensor, TensorData};
use ndarray::{Array2, ArrayView2, Axis};

use super::Layout;
use super::backend::{device, values, vector};
use super::layout::LEAK;

/// Rows that are worked on at once: their activations stay in the cache, and a table of a million
/// rows needs no more memory than one of a few thousand.
const BLOCK: usize = 512;

/// Computes the relevance of every member at every instance.
///
/// # Shapes
/// `weights` as `layout` says, `x` `[n, d]` standardised; returns `[n, m]` in (0, 1).
pub fn relevance(layout: &Layout, weights: &[f32], x: ArrayView2<'_, f32>) -> Array2<f32> {
    let device = device();
    let weights = vector(weights.to_vec(), &device);
    let mut found = Vec::with_capacity(x.nrows() * layout.outputs());
    for block in x.axis_chunks_iter(Axis(0), BLOCK) {
        found.extend(values(sigmoid(logits(
            layout,
            &weights,
            matrix(block, &device),
        ))));
    }
    // One row of outputs for each row of inputs, by construction.
    Array2::from_shape_vec((x.nrows(), layout.outputs()), found).unwrap_or_default()
}

/// Copies an array into a tensor of the same shape.
pub(super) fn matrix(block: ArrayView2<'_, f32>, device: &Device) -> Tensor<2> {
    let shape = [block.nrows(), block.ncols()];
    Tensor::from_data(
        TensorData::new(block.iter().copied().collect::<Vec<f32>>(), shape),
        device,
    )
}

/// The network's outputs `[n, m]` before the last sigmoid, for weights in one flat tensor.
pub(super) fn logits(layout: &Layout, weights: &Tensor<1>, x: Tensor<2>) -> Tensor<2> {
    let last = layout.layers() - 1;
    let rows = x.dims()[0];
    (0..=last).fold(x, |input, layer| {
        let (inputs, outputs) = layout.shape(layer);
        let matrix = weights
            .clone()
            .slice_dim(0, layout.weights(layer))
            .reshape([inputs, outputs]);
        let biases = weights
            .clone()
            .slice_dim(0, layout.biases(layer))
            .reshape([1, outputs]);
        // A network without inputs is its biases.
        let output = if inputs == 0 {
            biases.repeat_dim(0, rows)
        } else {
            input.matmul(matrix) + biases
        };
        if layer == last {
            output
        } else if layer + 1 == last {
            sigmoid(output)
        } else {
            leaky_relu(output, f64::from(LEAK))
        }
    })
}
