//! A network that learns to give back what it is given.

use ndarray::ArrayView2;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::adam::Optimiser;
use super::{AdamMoments, Layout};
use crate::numeric::{Cancelled, Stream, Watch};

/// The name of the phase, as [`Watch`] is told it.
const LEARNING: &str = "training the autoencoder";

const RATE: f64 = 0.005;
const BATCH: usize = 64;

/// Steps of the optimiser: two dozen passes over four thousand rows.
const STEPS: usize = 1500;

/// Multiplications at most, where features are many; and steps at least.
const WORK: usize = 2_000_000_000;
const LEAST_STEPS: usize = 100;

/// A small autoencoder: features, a wide layer, a narrow one, a wide one, features.
///
/// ```text
/// x̂ = W₄ tanh(W₃ tanh(W₂ tanh(W₁ x)))      (biases left out)
/// loss = mean over a batch and its features of (x − x̂)²
/// ```
///
/// Trained with Burn's Adam; the gradient is written out, as that of the relevance network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AutoencoderNetwork {
    inputs: usize,
    weights: Vec<f32>,
}

/// One layer of an [`AutoencoderNetwork`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AutoencoderLayer<'a> {
    /// The number of inputs.
    pub inputs: usize,
    /// The weights `[inputs, outputs]`, row by row.
    pub weights: &'a [f32],
    /// The biases `[outputs]`.
    pub biases: &'a [f32],
}

impl AutoencoderNetwork {
    /// What the network sees of a standardised value at most; what lies beyond is what it cannot
    /// bring back.
    pub const CLAMP: f32 = 4.0;

    /// The layers; tanh stands between them.
    pub fn layers(&self) -> Vec<AutoencoderLayer<'_>> {
        let layout = layout(self.inputs);
        let layer = |layer: usize| AutoencoderLayer {
            inputs: layout.shape(layer).0,
            weights: &self.weights[layout.weights(layer)],
            biases: &self.weights[layout.biases(layer)],
        };
        (0..layout.layers()).map(layer).collect()
    }

    /// Trains on standardised instances `x` `[n, d]`.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn train(
        x: ArrayView2<'_, f32>,
        random: &mut Stream,
        watch: &mut dyn Watch,
    ) -> Result<Self, Cancelled> {
        let layout = layout(x.ncols());
        let mut weights = vec![0.0; layout.len()];
        for layer in 0..layout.layers() {
            let scale = 1.0 / (layout.shape(layer).0 as f32).sqrt();
            for weight in &mut weights[layout.weights(layer)] {
                let draw: f32 = StandardNormal.sample(random);
                *weight = scale * draw;
            }
        }
        let mut net = Self {
            inputs: x.ncols(),
            weights,
        };
        let x = x.as_standard_layout();
        let rows: Vec<Vec<f32>> = x
            .rows()
            .into_iter()
            .map(|row| clamped(row.iter()))
            .collect();
        let mut optimiser = Optimiser::new(&AdamMoments::default(), RATE);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut next = order.len();
        let steps = (WORK / (BATCH * net.weights.len()).max(1)).clamp(LEAST_STEPS, STEPS);
        for step in 0..steps {
            watch.step(LEARNING, step, steps)?;
            if next + BATCH > order.len() {
                order.shuffle(random);
                next = 0;
            }
            let end = (next + BATCH).min(order.len());
            let batch: Vec<&[f32]> = order[next..end]
                .iter()
                .map(|&row| rows[row].as_slice())
                .collect();
            next = end;
            let (_, gradient) = net.loss(&batch);
            optimiser.step(&gradient, &mut net.weights);
        }
        Ok(net)
    }

    /// What the network makes of a standardised point `[d]`.
    ///
    /// In double precision, unlike training: what it says of a point is the same, to the last bit
    /// of single precision, wherever it is computed.
    pub fn reconstruct(&self, x: &[f32]) -> Vec<f32> {
        let mut values: Vec<f64> = clamped(x.iter()).into_iter().map(f64::from).collect();
        for (index, layer) in self.layers().into_iter().enumerate() {
            if index > 0 {
                values.iter_mut().for_each(|value| *value = value.tanh());
            }
            let mut output: Vec<f64> = layer.biases.iter().copied().map(f64::from).collect();
            let rows = layer.weights.chunks_exact(output.len().max(1));
            for (value, from) in values.iter().zip(rows) {
                (output.iter_mut().zip(from))
                    .for_each(|(sum, weight)| *sum += value * f64::from(*weight));
            }
            values = output;
        }
        values.into_iter().map(|value| value as f32).collect()
    }

    /// The width of the narrow layer.
    pub fn width(&self) -> usize {
        layout(self.inputs).shape(1).1
    }

    /// Checks that it can look at points of `d` features.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn validate(&self, d: usize) -> Result<(), String> {
        let found = self.inputs;
        if found != d {
            return Err(format!("an autoencoder of {found} features is to see {d}"));
        }
        let (found, due) = (self.weights.len(), layout(d).len());
        if found != due {
            return Err(format!(
                "an autoencoder has {found} weights where {due} are due"
            ));
        }
        match self.weights.iter().find(|weight| !weight.is_finite()) {
            Some(weight) => Err(format!("an autoencoder has the weight {weight}")),
            None => Ok(()),
        }
    }

    /// The outputs of every layer.
    fn outputs(&self, x: &[f32]) -> Vec<Vec<f32>> {
        let layout = layout(self.inputs);
        let last = layout.layers() - 1;
        let mut outputs: Vec<Vec<f32>> = Vec::with_capacity(last + 1);
        for layer in 0..=last {
            let mut output = self.weights[layout.biases(layer)].to_vec();
            let matrix = &self.weights[layout.weights(layer)];
            let input = outputs.last().map_or(x, Vec::as_slice);
            for (value, from) in input.iter().zip(matrix.chunks_exact(output.len().max(1))) {
                output
                    .iter_mut()
                    .zip(from)
                    .for_each(|(sum, weight)| *sum += value * weight);
            }
            if layer < last {
                output.iter_mut().for_each(|value| *value = value.tanh());
            }
            outputs.push(output);
        }
        outputs
    }

    /// The loss over a batch of clamped points and its gradient.
    fn loss(&self, batch: &[&[f32]]) -> (f32, Vec<f32>) {
        let layout = layout(self.inputs);
        let mut gradient = vec![0.0; self.weights.len()];
        let mut total = 0.0;
        let share = 1.0 / (batch.len() * layout.outputs()).max(1) as f32;
        for x in batch {
            let outputs = self.outputs(x);
            let last = layout.layers() - 1;
            let mut delta: Vec<f32> = outputs[last]
                .iter()
                .zip(*x)
                .map(|(back, value)| back - value)
                .collect();
            total += delta.iter().map(|off| off * off).sum::<f32>() * share;
            delta.iter_mut().for_each(|off| *off *= 2.0 * share);
            for layer in (0..=last).rev() {
                let input = if layer == 0 {
                    x
                } else {
                    outputs[layer - 1].as_slice()
                };
                let mut before = vec![0.0; input.len()];
                let (weights, biases) = (layout.weights(layer), layout.biases(layer));
                gradient[biases]
                    .iter_mut()
                    .zip(&delta)
                    .for_each(|(slope, by)| *slope += by);
                let width = delta.len().max(1);
                let matrix = self.weights[weights.clone()].chunks_exact(width);
                let slopes = gradient[weights].chunks_exact_mut(width);
                for (((value, from), slopes), back) in
                    input.iter().zip(matrix).zip(slopes).zip(&mut before)
                {
                    for ((slope, by), weight) in slopes.iter_mut().zip(&delta).zip(from) {
                        *slope += value * by;
                        *back += weight * by;
                    }
                }
                // The slope of tanh by its own value; the inputs of the first layer have none.
                before
                    .iter_mut()
                    .zip(input)
                    .for_each(|(by, value)| *by *= 1.0 - value * value);
                delta = before;
            }
        }
        (total, gradient)
    }
}

/// The widths for `d` features: the narrow layer has about as many units as the root of `d`.
fn layout(d: usize) -> Layout {
    let wide = (2 * d).clamp(8, 64);
    let narrow = ((d as f64).sqrt().round() as usize).clamp(1, wide / 2);
    Layout::new(d, &[wide, narrow, wide], d)
}

fn clamped<'a>(x: impl Iterator<Item = &'a f32>) -> Vec<f32> {
    x.map(|value| value.clamp(-AutoencoderNetwork::CLAMP, AutoencoderNetwork::CLAMP))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Unwatched, stream};
    use ndarray::Array2;

    /// Points on a curve in space.
    fn curve(n: usize) -> Array2<f32> {
        Array2::from_shape_fn((n, 3), |(row, column)| {
            let along = row as f32 / n as f32 * 4.0 - 2.0;
            [along, along * along / 2.0 - 0.7, -along][column]
        })
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let mut random = stream(1, "test", 0);
        let weights = (0..layout(3).len()).map(|_| StandardNormal.sample(&mut random));
        let mut net = AutoencoderNetwork {
            inputs: 3,
            weights: weights.collect(),
        };
        let batch: [&[f32]; 2] = [&[0.5, -1.0, 0.3], &[1.5, 0.2, -0.4]];
        let (_, gradient) = net.loss(&batch);
        for (index, found) in gradient.iter().enumerate() {
            let kept = net.weights[index];
            let mut at = |by: f32| {
                net.weights[index] = kept + by;
                f64::from(net.loss(&batch).0)
            };
            let expected = (at(1e-2) - at(-1e-2)) / 2e-2;
            net.weights[index] = kept;
            assert!(
                (f64::from(*found) - expected).abs() < 5e-3,
                "{index}: {found} is not {expected}"
            );
        }
    }

    #[test]
    fn what_lies_on_the_curve_comes_back_and_what_does_not_does_not() {
        let x = curve(200);
        let net = AutoencoderNetwork::train(x.view(), &mut stream(1, "test", 0), &mut Unwatched)
            .expect("never cancelled");
        let off = |x: &[f32]| -> f32 {
            let back = net.reconstruct(x);
            x.iter()
                .zip(back)
                .map(|(value, back)| (value - back).powi(2))
                .sum::<f32>()
                .sqrt()
        };
        let on: f32 = x
            .rows()
            .into_iter()
            .map(|row| off(&row.to_vec()))
            .sum::<f32>()
            / 200.0;
        assert!(on < 0.3, "{on}");
        assert!(off(&[1.5, -0.7, 1.5]) > 3.0 * on && off(&[9.0, 9.0, -9.0]) > 5.0);
        assert_eq!(net.width(), 2);
    }
}
