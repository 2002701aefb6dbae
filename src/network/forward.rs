//! From instances to relevance.

use burn::tensor::activation::{leaky_relu, sigmoid};
use burn::tensor::{Device, Tensor, TensorData};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, s};

use super::Layout;
use super::activation::{LEAK, sigmoid_all};

/// Rows that are worked on at once: their activations stay in the cache, and a table of a million
/// rows needs no more memory than one of a few thousand.
const BLOCK: usize = 512;

/// Computes the relevance of every member at every instance.
///
/// One product of matrices a layer and block of rows, in buffers that blocks share; it agrees with
/// the tensors of [`loss_by_autodiff`](super::loss_by_autodiff) to single precision, in a third of
/// their time.
///
/// # Shapes
/// `weights` as `layout` says, `x` `[n, d]` standardised; returns `[n, m]` in (0, 1).
pub fn relevance(layout: &Layout, weights: &[f32], x: ArrayView2<'_, f32>) -> Array2<f32> {
    let rows = x.nrows().min(BLOCK);
    let last = layout.layers() - 1;
    let mut hidden: Vec<Array2<f32>> = (0..last)
        .map(|layer| Array2::zeros((rows, layout.shape(layer).1)))
        .collect();
    let mut found = Array2::zeros((x.nrows(), layout.outputs()));
    let blocks = found.axis_chunks_iter_mut(Axis(0), BLOCK);
    for (mut found, x) in blocks.zip(x.axis_chunks_iter(Axis(0), BLOCK)) {
        for layer in 0..last {
            let (before, rest) = hidden.split_at_mut(layer);
            let input = before
                .last()
                .map_or(x, |before| before.slice(s![..x.nrows(), ..]));
            let mut output = rest[0].slice_mut(s![..x.nrows(), ..]);
            forward(layout, weights, layer, input, &mut output);
            let values = output.as_slice_mut().unwrap_or_default();
            if layer + 1 == last {
                sigmoid_all(values);
            } else {
                (values.iter_mut()).for_each(|value| *value = value.max(LEAK * *value));
            }
        }
        let input = hidden
            .last()
            .map_or(x, |before| before.slice(s![..x.nrows(), ..]));
        forward(layout, weights, last, input, &mut found);
        sigmoid_all(found.as_slice_mut().unwrap_or_default());
    }
    found
}

/// The linear part of one layer: `output = input · weights + biases`.
fn forward(
    layout: &Layout,
    weights: &[f32],
    layer: usize,
    input: ArrayView2<'_, f32>,
    output: &mut ArrayViewMut2<'_, f32>,
) {
    for mut row in output.rows_mut() {
        let row = row.as_slice_mut().unwrap_or_default();
        row.copy_from_slice(&weights[layout.biases(layer)]);
    }
    // The layout's places have the layout's shapes.
    if let Ok(matrix) = ArrayView2::from_shape(layout.shape(layer), &weights[layout.weights(layer)])
    {
        general_mat_mul(1.0, &input, &matrix, 1.0, output);
    }
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
