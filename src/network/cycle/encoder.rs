//! The network from a window of moments to an embedding.

use ndarray::{Array2, ArrayView2, Axis, aview2};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::super::Layout;
use crate::numeric::Stream;

/// The number of dimensions of the embedding.
pub const EMBEDDING: usize = 32;

/// The units of each of the two hidden layers.
const HIDDEN: usize = 128;

/// A multi-layer perceptron that embeds moments.
///
/// ```text
/// u = W₃ relu(W₂ relu(W₁ x + b₁) + b₂) + b₃
/// ```
///
/// It sees a window of standardised values around the moment and nothing of where in the sequence
/// the moment lies: an embedder that knows its position solves the loss trivially.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "EncoderText")]
pub struct MomentEncoder {
    inputs: usize,
    weights: Vec<f32>,
}

/// A [`MomentEncoder`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "MomentEncoder", deny_unknown_fields)]
struct EncoderText {
    inputs: usize,
    weights: Vec<f32>,
}

impl TryFrom<EncoderText> for MomentEncoder {
    type Error = String;

    fn try_from(EncoderText { inputs, weights }: EncoderText) -> Result<Self, String> {
        let due = (inputs <= 1 << 20).then(|| layout(inputs).len());
        if due != Some(weights.len()) || inputs == 0 {
            return Err(format!(
                "an encoder of {inputs} inputs has {} weights, which do not fit it",
                weights.len()
            ));
        }
        match weights.iter().find(|weight| !weight.is_finite()) {
            Some(weight) => Err(format!("an encoder has the weight {weight}")),
            None => Ok(Self { inputs, weights }),
        }
    }
}

/// What the layers made of some moments: after the two hidden layers, and the embedding.
pub(super) struct Outputs {
    first: Array2<f32>,
    second: Array2<f32>,
    pub(super) embedding: Array2<f32>,
}

impl MomentEncoder {
    /// Draws weights: normal, with the variance that keeps that of the values (He 2015).
    pub(super) fn draw(inputs: usize, random: &mut Stream) -> Self {
        let layout = layout(inputs);
        let mut weights = vec![0.0; layout.len()];
        for layer in 0..layout.layers() {
            let gain = if layer + 1 < layout.layers() {
                2.0
            } else {
                1.0
            };
            let scale = (gain / layout.shape(layer).0 as f32).sqrt();
            for weight in &mut weights[layout.weights(layer)] {
                let draw: f32 = StandardNormal.sample(random);
                *weight = scale * draw;
            }
        }
        Self { inputs, weights }
    }

    /// The number of inputs: channels times the moments of a window.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// All weights, layer after layer, each `[inputs, outputs]` row by row and then the biases.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The weights `[inputs, outputs]` and the biases `[outputs]` of each of the three layers.
    pub fn layers(&self) -> Vec<(ArrayView2<'_, f32>, &[f32])> {
        let layout = layout(self.inputs);
        let layer = |at| {
            let matrix = matrix(&self.weights[layout.weights(at)], layout.shape(at));
            (matrix, &self.weights[layout.biases(at)])
        };
        (0..layout.layers()).map(layer).collect()
    }

    pub(super) fn weights_mut(&mut self) -> &mut Vec<f32> {
        &mut self.weights
    }

    /// Embeds moments.
    ///
    /// # Shapes
    /// `windows` `[t, inputs]`; returns `[t, EMBEDDING]`.
    pub fn embed(&self, windows: ArrayView2<'_, f32>) -> Array2<f32> {
        self.outputs(windows).embedding
    }

    pub(super) fn outputs(&self, windows: ArrayView2<'_, f32>) -> Outputs {
        let layers = self.layers();
        let apply = |input: ArrayView2<'_, f32>, at: usize| {
            let (weights, biases) = &layers[at];
            let mut output = input.dot(weights);
            for mut row in output.rows_mut() {
                row.iter_mut()
                    .zip(*biases)
                    .for_each(|(value, bias)| *value += bias);
            }
            output
        };
        let relu = |mut values: Array2<f32>| {
            values.mapv_inplace(|value| value.max(0.0));
            values
        };
        let first = relu(apply(windows, 0));
        let second = relu(apply(first.view(), 1));
        let embedding = apply(second.view(), 2);
        Outputs {
            first,
            second,
            embedding,
        }
    }

    /// The gradient of a loss by the weights, given that by the embedding `[t, EMBEDDING]`.
    pub(super) fn gradient(
        &self,
        windows: ArrayView2<'_, f32>,
        outputs: &Outputs,
        by_embedding: Array2<f32>,
    ) -> Vec<f32> {
        let layout = layout(self.inputs);
        let layers = self.layers();
        let mut gradient = vec![0.0; layout.len()];
        let mut by_output = by_embedding;
        let inputs = [windows, outputs.first.view(), outputs.second.view()];
        for at in (0..layout.layers()).rev() {
            let by_weights = inputs[at].t().dot(&by_output);
            copy(&by_weights, &mut gradient[layout.weights(at)]);
            let by_biases = by_output.sum_axis(Axis(0));
            gradient[layout.biases(at)]
                .iter_mut()
                .zip(&by_biases)
                .for_each(|(slope, by)| *slope = *by);
            if at > 0 {
                by_output = by_output.dot(&layers[at].0.t());
                by_output.zip_mut_with(&inputs[at], |by, value| {
                    if *value <= 0.0 {
                        *by = 0.0;
                    }
                });
            }
        }
        gradient
    }
}

/// The widths of the layers.
pub(super) fn layout(inputs: usize) -> Layout {
    Layout::new(inputs, &[HIDDEN, HIDDEN], EMBEDDING)
}

/// Numbers as a matrix, row by row; without any where they do not fit the shape.
fn matrix(values: &[f32], shape: (usize, usize)) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape(shape, values).unwrap_or_else(|_| aview2::<f32, 0>(&[]))
}

fn copy(from: &Array2<f32>, to: &mut [f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;

    #[test]
    fn the_gradient_is_the_slope_of_any_sum_of_the_embedding() {
        let mut random = stream(1, "test", 0);
        let mut encoder = MomentEncoder::draw(3, &mut random);
        let windows = Array2::from_shape_simple_fn((4, 3), || StandardNormal.sample(&mut random));
        let by =
            Array2::from_shape_simple_fn((4, EMBEDDING), || StandardNormal.sample(&mut random));
        let outputs = encoder.outputs(windows.view());
        let gradient = encoder.gradient(windows.view(), &outputs, by.clone());
        let loss = |encoder: &MomentEncoder| -> f64 {
            let embedding = encoder.embed(windows.view());
            embedding
                .iter()
                .zip(&by)
                .map(|(u, by)| f64::from(u * by))
                .sum()
        };
        for at in (0..gradient.len()).step_by(97) {
            let kept = encoder.weights[at];
            let mut moved = |by: f32| {
                encoder.weights[at] = kept + by;
                loss(&encoder)
            };
            let slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
            encoder.weights[at] = kept;
            let found = f64::from(gradient[at]);
            assert!(
                (found - slope).abs() < 2e-2 * (1.0 + slope.abs()),
                "{at}: {found} is not {slope}"
            );
        }
    }

    #[test]
    fn weights_of_a_file_that_do_not_fit_are_refused() {
        let encoder = MomentEncoder::draw(5, &mut stream(1, "test", 0));
        let text = ron::to_string(&encoder).expect("text");
        assert_eq!(ron::from_str::<MomentEncoder>(&text), Ok(encoder));
        let other = text.replacen("inputs:5", "inputs:6", 1);
        let told = ron::from_str::<MomentEncoder>(&other)
            .expect_err("a refusal")
            .to_string();
        assert!(told.contains("do not fit"), "{told}");
    }
}
