//! The network that makes images of random numbers.

use rand_distr::{Distribution, StandardNormal};

use super::conv::{BLOCK, Conv};
use super::dense::Dense;
use super::norm::{Normed, add_channels, relu_mask};
use super::trunk::column_sums;
use super::{ImageShape, Z};
use crate::numeric::Stream;

/// A fully connected layer to small maps, and transposed convolutions to an image:
///
/// ```text
/// h₁ = relu(norm(W₁ z)),  hₖ = relu(norm(Wₖ *ᵀ hₖ₋₁)),  x = tanh(W *ᵀ h_last + b)
/// ```
///
/// Weights and what follows them (scale and shift of the normalisation, the bias at the end) lie
/// layer after layer in one vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Generator {
    first: Dense,
    /// From the smallest maps to the image.
    ups: Vec<Conv>,
}

/// What it made of a batch while its normalisation goes by the batch.
#[derive(Clone, Debug)]
pub(super) struct Made {
    normed: Vec<Normed>,
    /// The images.
    pub(super) images: Vec<f32>,
}

/// A layer's weights and the numbers of its channels.
#[derive(Clone, Copy, Debug, Default)]
struct Layer<'a> {
    weights: &'a [f32],
    scale: &'a [f32],
    shift: &'a [f32],
}

impl Generator {
    pub(super) fn new(shape: ImageShape) -> Self {
        let ups: Vec<Conv> = shape.convs().into_iter().rev().collect();
        let outputs = ups.first().map_or(0, Conv::small_len);
        Self {
            first: Dense { inputs: Z, outputs },
            ups,
        }
    }

    /// The weights and the channels of each layer.
    fn sizes(&self) -> Vec<(usize, usize)> {
        let first = self.ups.first().map_or(0, |conv| conv.small);
        let ups = self.ups.iter().map(|conv| (conv.weights(), conv.large));
        std::iter::once((self.first.weights(), first))
            .chain(ups)
            .collect()
    }

    /// Weights to begin with.
    pub(super) fn draw(&self, random: &mut Stream) -> Vec<f32> {
        let sizes = self.sizes();
        let mut weights = Vec::new();
        for (index, (count, channels)) in sizes.iter().enumerate() {
            // Each pixel of a transposed convolution is a sum over four windows.
            let inputs = match index {
                0 => self.first.inputs,
                _ => 4 * self.ups[index - 1].small,
            };
            let scale = 1.0 / (inputs as f32).sqrt();
            weights.extend((0..*count).map(|_| {
                let draw: f32 = StandardNormal.sample(random);
                draw * scale
            }));
            if index + 1 < sizes.len() {
                weights.extend(std::iter::repeat_n(1.0, *channels));
            }
            weights.extend(std::iter::repeat_n(0.0, *channels));
        }
        weights
    }

    /// The layers of weights as they are trained.
    fn layers<'a>(&self, weights: &'a [f32]) -> Vec<Layer<'a>> {
        let sizes = self.sizes();
        let last = sizes.len() - 1;
        let mut rest = weights;
        let mut take = |count: usize| -> &'a [f32] {
            let (own, after) = rest.split_at_checked(count).unwrap_or_default();
            rest = after;
            own
        };
        let layers = sizes
            .iter()
            .enumerate()
            .map(|(index, (count, channels))| Layer {
                weights: take(*count),
                scale: take(if index < last { *channels } else { 0 }),
                shift: take(*channels),
            });
        layers.collect()
    }

    fn linear(&self, index: usize, before: &[f32], weights: &[f32]) -> Vec<f32> {
        match index {
            0 => self.first.apply(before, weights),
            _ => self.ups[index - 1].up(before, weights),
        }
    }

    /// Makes images of `z` `[n, Z]`, normalised by the batch.
    pub(super) fn make(&self, z: &[f32], weights: &[f32]) -> Made {
        let layers = self.layers(weights);
        let last = layers.len() - 1;
        let mut normed: Vec<Normed> = Vec::with_capacity(last);
        for (index, layer) in layers[..last].iter().enumerate() {
            let before = normed.last().map_or(z, |normed| normed.out.as_slice());
            let values = self.linear(index, before, layer.weights);
            normed.push(Normed::of(values, layer.scale, layer.shift, BLOCK));
        }
        let before = normed.last().map_or(z, |normed| normed.out.as_slice());
        let mut images = self.linear(last, before, layers[last].weights);
        add_channels(&mut images, layers[last].shift, f32::tanh);
        Made { normed, images }
    }

    /// The gradient of the weights, where that of the images is `delta`.
    pub(super) fn slopes(
        &self,
        z: &[f32],
        made: &Made,
        weights: &[f32],
        mut delta: Vec<f32>,
    ) -> Vec<f32> {
        let layers = self.layers(weights);
        let last = layers.len() - 1;
        tanh_mask(&mut delta, &made.images);
        let mut parts: Vec<Vec<f32>> = Vec::with_capacity(layers.len());
        for index in (0..=last).rev() {
            let mut own = Vec::new();
            let (scale, shift) = match index == last {
                true => (Vec::new(), column_sums(&delta, layers[last].shift.len())),
                false => {
                    let (to_values, scale, shift) =
                        made.normed[index].back(delta, layers[index].scale, BLOCK);
                    delta = to_values;
                    (scale, shift)
                }
            };
            let before = match index {
                0 => z,
                _ => made.normed[index - 1].out.as_slice(),
            };
            own.extend(match index {
                0 => self.first.slopes(before, &delta),
                _ => self.ups[index - 1].slopes(&delta, before),
            });
            own.extend(scale);
            own.extend(shift);
            parts.push(own);
            if index > 0 {
                delta = self.ups[index - 1].down(&delta, layers[index].weights);
            }
        }
        parts.reverse();
        parts.concat()
    }

    /// Freezes the normalisation by what it is over many draws: weights and biases of a
    /// [`FrozenGenerator`] that makes the same images of them.
    pub(super) fn freeze(&self, z: &[f32], weights: &[f32]) -> Vec<f32> {
        let layers = self.layers(weights);
        let last = layers.len() - 1;
        let made = self.make(z, weights);
        let mut frozen = Vec::new();
        for (index, layer) in layers.iter().enumerate() {
            if index == last {
                frozen.extend(layer.weights);
                frozen.extend(layer.shift);
                continue;
            }
            let normed = &made.normed[index];
            let factors = layer.scale.iter().zip(&normed.inverse);
            let factors: Vec<f32> = factors.map(|(scale, inverse)| scale * inverse).collect();
            let channels = factors.len();
            frozen.extend(match index {
                // Its columns are maps of these channels, place after place.
                0 => scaled_columns(layer.weights, &factors),
                // The large channels are the inner of a window's.
                _ => {
                    let small = self.ups[index - 1].small;
                    let rows = layer.weights.chunks_exact(small).enumerate();
                    rows.flat_map(|(row, weights)| {
                        let factor = factors[row % channels];
                        weights.iter().map(move |weight| weight * factor)
                    })
                    .collect()
                }
            });
            let shifts = layer.shift.iter().zip(&factors).zip(&normed.mean);
            frozen.extend(shifts.map(|((shift, factor), mean)| shift - factor * mean));
        }
        frozen
    }
}

fn scaled_columns(weights: &[f32], factors: &[f32]) -> Vec<f32> {
    let factors = factors.iter().cycle();
    weights
        .iter()
        .zip(factors)
        .map(|(weight, factor)| weight * factor)
        .collect()
}

/// A generator whose normalisation has become part of its weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrozenGenerator(Generator);

impl FrozenGenerator {
    pub(super) fn new(shape: ImageShape) -> Self {
        Self(Generator::new(shape))
    }

    /// The number of weights and biases.
    pub(super) fn len(&self) -> usize {
        let sizes = self.0.sizes();
        sizes.iter().map(|(count, channels)| count + channels).sum()
    }

    /// Weights and biases of each layer.
    pub(super) fn layers<'a>(&self, weights: &'a [f32]) -> Vec<(&'a [f32], &'a [f32])> {
        let mut rest = weights;
        let mut take = |count: usize| -> &'a [f32] {
            let (own, after) = rest.split_at_checked(count).unwrap_or_default();
            rest = after;
            own
        };
        let sizes = self.0.sizes().into_iter();
        sizes
            .map(|(count, channels)| (take(count), take(channels)))
            .collect()
    }

    /// Makes images of `z` `[n, Z]`; the activations of all layers, the last of them the images.
    pub(super) fn make(&self, z: &[f32], weights: &[f32]) -> Vec<Vec<f32>> {
        let layers = self.layers(weights);
        let last = layers.len() - 1;
        let mut activations: Vec<Vec<f32>> = Vec::with_capacity(layers.len());
        for (index, (weights, bias)) in layers.iter().enumerate() {
            let before = activations.last().map_or(z, Vec::as_slice);
            let mut values = self.0.linear(index, before, weights);
            match index == last {
                true => add_channels(&mut values, bias, f32::tanh),
                false => add_channels(&mut values, bias, |value| value.max(0.0)),
            }
            activations.push(values);
        }
        activations
    }

    /// The gradient of `z`, where that of the images is `delta`.
    pub(super) fn back(
        &self,
        activations: &[Vec<f32>],
        weights: &[f32],
        mut delta: Vec<f32>,
    ) -> Vec<f32> {
        let layers = self.layers(weights);
        for index in (0..layers.len()).rev() {
            match index + 1 == layers.len() {
                true => tanh_mask(&mut delta, &activations[index]),
                false => relu_mask(&mut delta, &activations[index]),
            }
            delta = match index {
                0 => self.0.first.back(&delta, layers[0].0),
                _ => self.0.ups[index - 1].down(&delta, layers[index].0),
            };
        }
        delta
    }
}

/// Multiplies with the slope of tanh, which its own value tells.
fn tanh_mask(delta: &mut [f32], values: &[f32]) {
    let pairs = delta.iter_mut().zip(values);
    pairs.for_each(|(delta, value)| *delta *= 1.0 - value * value);
}
