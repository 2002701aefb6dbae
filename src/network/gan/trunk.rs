//! The network that looks at images: the discriminator, and the encoder of its shape.

use rand_distr::{Distribution, StandardNormal};

use super::ImageShape;
use super::conv::Conv;
use super::dense::Dense;
use crate::numeric::{Stream, fill_blocks};

/// The slope of leaky ReLU below 0.
pub(super) const LEAK: f32 = 0.2;

/// Convolutions with leaky ReLU, and a fully connected layer to some numbers:
///
/// ```text
/// a₀ = x,  aₖ = leaky(Wₖ * aₖ₋₁ + bₖ),  out = W · a_last + b
/// ```
///
/// Weights and biases of all layers lie one after another in one vector. There is no
/// normalisation: where no mask changes, the network is linear, which is what the penalty on its
/// gradient rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trunk {
    convs: Vec<Conv>,
    head: Dense,
}

/// What a trunk made of a batch.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The activations after each convolution, the last of them the features `f(x)`.
    pub(super) activations: Vec<Vec<f32>>,
    /// The outputs `[n, outputs]`.
    pub(super) out: Vec<f32>,
}

impl Seen {
    /// The features `f(x)`, `[n, features]`.
    pub(super) fn features(&self) -> &[f32] {
        self.activations.last().map_or(&[], Vec::as_slice)
    }
}

/// The gradient on its way back.
#[derive(Clone, Debug)]
pub(super) struct Back {
    /// Of each convolution before its leaky ReLU.
    deltas: Vec<Vec<f32>>,
    /// Of the images, where it was asked for.
    pub(super) images: Vec<f32>,
}

impl Trunk {
    /// A trunk for images of a shape.
    pub(super) fn new(shape: ImageShape, outputs: usize) -> Self {
        let convs = shape.convs();
        let inputs = convs.last().map_or(0, Conv::small_len);
        Self {
            convs,
            head: Dense { inputs, outputs },
        }
    }

    /// The number of features.
    pub(super) fn features(&self) -> usize {
        self.head.inputs
    }

    /// The number of weights and biases.
    pub(super) fn len(&self) -> usize {
        let convs = self.convs.iter().map(|conv| conv.weights() + conv.small);
        convs.sum::<usize>() + self.head.weights() + self.head.outputs
    }

    /// Weights drawn so that numbers keep their size from layer to layer.
    pub(super) fn draw(&self, random: &mut Stream) -> Vec<f32> {
        let mut weights = Vec::with_capacity(self.len());
        let mut fill = |count: usize, inputs: usize, biases: usize| {
            let scale = (2.0 / (1.0 + LEAK * LEAK) / inputs as f32).sqrt();
            weights.extend((0..count).map(|_| {
                let draw: f32 = StandardNormal.sample(random);
                draw * scale
            }));
            weights.extend(std::iter::repeat_n(0.0, biases));
        };
        for conv in &self.convs {
            fill(conv.weights(), conv.weights() / conv.small, conv.small);
        }
        fill(self.head.weights(), self.head.inputs, self.head.outputs);
        weights
    }

    /// Weights and biases of each convolution, and of the head.
    pub(super) fn layers<'a>(&self, weights: &'a [f32]) -> Vec<(&'a [f32], &'a [f32])> {
        let sizes = self.convs.iter().map(|conv| (conv.weights(), conv.small));
        let sizes = sizes.chain([(self.head.weights(), self.head.outputs)]);
        sizes
            .scan(weights, |rest, (count, biases)| {
                let (own, after) = rest.split_at_checked(count)?;
                let (bias, after) = after.split_at_checked(biases)?;
                *rest = after;
                Some((own, bias))
            })
            .collect()
    }

    /// Looks at images `[n, side, side, channels]`.
    pub(super) fn look(&self, images: &[f32], weights: &[f32]) -> Seen {
        let layers = self.layers(weights);
        let mut activations: Vec<Vec<f32>> = Vec::with_capacity(self.convs.len());
        for (conv, (weights, bias)) in self.convs.iter().zip(&layers) {
            let before = activations.last().map_or(images, Vec::as_slice);
            let mut after = conv.down(before, weights);
            each_row(&mut after, bias.len(), |row| {
                for (value, bias) in row.iter_mut().zip(*bias) {
                    *value += bias;
                    if *value < 0.0 {
                        *value *= LEAK;
                    }
                }
            });
            activations.push(after);
        }
        let features = activations.last().map_or(images, Vec::as_slice);
        let (head, bias) = layers.last().copied().unwrap_or_default();
        let mut out = self.head.apply(features, head);
        for row in out.chunks_exact_mut(self.head.outputs) {
            row.iter_mut()
                .zip(bias)
                .for_each(|(out, bias)| *out += bias);
        }
        Seen { activations, out }
    }

    /// The gradient of a sum over the batch, where that of the outputs is `out` `[n, outputs]` and
    /// that of the features, beside what comes from the outputs, `features` (or nothing).
    pub(super) fn back(
        &self,
        seen: &Seen,
        weights: &[f32],
        out: &[f32],
        features: Option<Vec<f32>>,
        to_images: bool,
    ) -> Back {
        let layers = self.layers(weights);
        let (head, _) = layers.last().copied().unwrap_or_default();
        let mut delta = match out.is_empty() {
            true => vec![0.0; seen.features().len()],
            false => self.head.back(out, head),
        };
        if let Some(features) = features {
            (delta.iter_mut().zip(features)).for_each(|(delta, by)| *delta += by);
        }
        let mut deltas = Vec::with_capacity(self.convs.len());
        for (place, conv) in self.convs.iter().enumerate().rev() {
            mask(&mut delta, &seen.activations[place]);
            let before = match place > 0 || to_images {
                true => conv.up(&delta, layers[place].0),
                false => Vec::new(),
            };
            deltas.push(std::mem::replace(&mut delta, before));
        }
        deltas.reverse();
        Back {
            deltas,
            images: delta,
        }
    }

    /// Pushes directions `[n, side, side, channels]` forward through the masks of a batch: the
    /// slope of the outputs along them. Returns the activations, and no outputs.
    pub(super) fn push(&self, seen: &Seen, weights: &[f32], directions: &[f32]) -> Vec<Vec<f32>> {
        let layers = self.layers(weights);
        let mut pushed: Vec<Vec<f32>> = Vec::with_capacity(self.convs.len());
        for (place, conv) in self.convs.iter().enumerate() {
            let before = pushed.last().map_or(directions, Vec::as_slice);
            let mut after = conv.down(before, layers[place].0);
            mask(&mut after, &seen.activations[place]);
            pushed.push(after);
        }
        pushed
    }

    /// The gradient of all weights, where `images` and `activations` went into the layers whose
    /// gradients came back; of the head where `out` is its outputs' gradient.
    pub(super) fn slopes(
        &self,
        images: &[f32],
        activations: &[Vec<f32>],
        back: &Back,
        out: &[f32],
    ) -> Vec<f32> {
        let mut slopes = Vec::with_capacity(self.len());
        for (place, conv) in self.convs.iter().enumerate() {
            let before = match place {
                0 => images,
                _ => activations[place - 1].as_slice(),
            };
            slopes.extend(conv.slopes(before, &back.deltas[place]));
            slopes.extend(column_sums(&back.deltas[place], conv.small));
        }
        let features = activations.last().map_or(images, Vec::as_slice);
        slopes.extend(self.head.slopes(features, out));
        slopes.extend(column_sums(out, self.head.outputs));
        slopes
    }

    /// The gradient of the discriminator's weights for the loss of real images
    ///
    /// ```text
    /// Σ softplus(−D(x)) / n  +  γ/2 · Σ ‖∇ₓD(x)‖² / n
    /// ```
    ///
    /// and the two terms. Where no mask changes, `D` is linear in `x`; so the gradient of the
    /// penalty is that of the slope of `D` along `u = γ/n · ∇ₓD(x)`, and `u` pushed forward takes
    /// the place of the activations: no second derivative is needed.
    ///
    /// # Source
    /// Mescheder, Geiger and Nowozin 2018, *Which training methods for GANs do actually converge?*
    pub(super) fn real_slopes(
        &self,
        images: &[f32],
        weights: &[f32],
        gamma: f32,
    ) -> (Vec<f32>, [f32; 2]) {
        let seen = self.look(images, weights);
        let n = seen.out.len();
        let by = 1.0 / n as f32;
        let unit = vec![1.0; n];
        let back = self.back(&seen, weights, &unit, None, true);
        let penalty: f64 = (back.images.iter())
            .map(|slope| f64::from(*slope).powi(2))
            .sum();
        let shares: Vec<f32> = seen.out.iter().map(|d| -by * sigmoid(-d)).collect();
        let directions: Vec<f32> = back.images.iter().map(|slope| gamma * by * slope).collect();
        let pushed = self.push(&seen, weights, &directions);
        // Deltas are those of D itself, image by image: what goes in carries the shares.
        let mixed = |activations: &[f32], directions: &[f32]| {
            let length = activations.len() / n;
            let rows = activations.chunks_exact(length).zip(&shares);
            let mut mixed: Vec<f32> = Vec::with_capacity(activations.len());
            for (row, share) in rows {
                mixed.extend(row.iter().map(|value| value * share));
            }
            (mixed.iter_mut().zip(directions)).for_each(|(value, by)| *value += by);
            mixed
        };
        let activations = seen.activations.iter().zip(&pushed);
        let activations: Vec<Vec<f32>> = activations.map(|(a, u)| mixed(a, u)).collect();
        let mut slopes = self.slopes(&mixed(images, &directions), &activations, &back, &unit);
        // Biases have no part in the penalty, and their inputs are the shares.
        let mut at = 0;
        for (place, conv) in self.convs.iter().enumerate() {
            at += conv.weights();
            let weighed = weighed_sums(&back.deltas[place], conv.small, &shares);
            slopes[at..at + conv.small].copy_from_slice(&weighed);
            at += conv.small;
        }
        at += self.head.weights();
        slopes[at] = shares.iter().sum();
        let loss: f64 = (seen.out.iter()).map(|d| f64::from(softplus(-d))).sum();
        let terms = [loss, f64::from(gamma) / 2.0 * penalty].map(|sum| (sum / n as f64) as f32);
        (slopes, terms)
    }

    /// The gradient of the discriminator's weights for `Σ softplus(D(x)) / n` of generated images,
    /// and that loss.
    pub(super) fn fake_slopes(&self, images: &[f32], weights: &[f32]) -> (Vec<f32>, f32) {
        let seen = self.look(images, weights);
        let by = 1.0 / seen.out.len() as f32;
        let shares: Vec<f32> = seen.out.iter().map(|d| by * sigmoid(*d)).collect();
        let back = self.back(&seen, weights, &shares, None, false);
        let slopes = self.slopes(images, &seen.activations, &back, &shares);
        let loss = seen
            .out
            .iter()
            .map(|d| f64::from(softplus(*d)))
            .sum::<f64>();
        (slopes, loss as f32 * by)
    }
}

/// `ln(1 + eᵛ)`, without overflow.
pub(super) fn softplus(value: f32) -> f32 {
    value.max(0.0) + (-value.abs()).exp().ln_1p()
}

/// `1 / (1 + e⁻ᵛ)`.
pub(super) fn sigmoid(value: f32) -> f32 {
    crate::network::sigmoid(value)
}

/// Does something to each row of so many numbers, on all cores.
pub(super) fn each_row(values: &mut [f32], length: usize, work: impl Fn(&mut [f32]) + Sync + Send) {
    // A few thousand numbers are not worth a thread.
    let rows = (1 << 14) / length.max(1) + 1;
    fill_blocks(values, rows * length, |_, block| {
        block.chunks_exact_mut(length).for_each(&work);
    });
}

/// Multiplies with the slope of leaky ReLU, which its own value tells.
fn mask(delta: &mut [f32], activations: &[f32]) {
    let block = 1 << 14;
    fill_blocks(delta, block, |index, delta| {
        for (delta, value) in delta.iter_mut().zip(&activations[index * block..]) {
            if *value < 0.0 {
                *delta *= LEAK;
            }
        }
    });
}

/// The sums of columns, in double precision.
pub(super) fn column_sums(values: &[f32], columns: usize) -> Vec<f32> {
    let mut sums = vec![0.0_f64; columns];
    for row in values.chunks_exact(columns) {
        (sums.iter_mut().zip(row)).for_each(|(sum, value)| *sum += f64::from(*value));
    }
    sums.into_iter().map(|sum| sum as f32).collect()
}

/// The sums of columns over images, each with its weight.
fn weighed_sums(values: &[f32], columns: usize, weights: &[f32]) -> Vec<f32> {
    let mut sums = vec![0.0_f32; columns];
    let images = values.chunks_exact(values.len() / weights.len());
    for (image, weight) in images.zip(weights) {
        let own = column_sums(image, columns);
        (sums.iter_mut().zip(own)).for_each(|(sum, own)| *sum += weight * own);
    }
    sums
}
