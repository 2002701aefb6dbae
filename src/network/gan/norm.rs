//! Batch normalisation with ReLU.

use super::trunk::each_row;
use crate::numeric::{fill_blocks, map_blocks};

/// What is added to variances.
const EPSILON: f64 = 1e-5;

/// Values that were normalised by channel over a batch, scaled, shifted and cut off at 0:
///
/// ```text
/// x̂ = (v − mean) / √(variance + ε),   out = max(0, scale · x̂ + shift)
/// ```
#[derive(Clone, Debug)]
pub(super) struct Normed {
    hat: Vec<f32>,
    pub(super) out: Vec<f32>,
    pub(super) mean: Vec<f32>,
    /// `1 / √(variance + ε)`.
    pub(super) inverse: Vec<f32>,
    rows: usize,
}

impl Normed {
    /// Normalises values `[…, channels]`, of which so many rows are summed at once.
    pub(super) fn of(mut values: Vec<f32>, scale: &[f32], shift: &[f32], block: usize) -> Self {
        let channels = scale.len();
        let rows = values.len() / channels;
        let count = rows.max(1) as f64;
        let mean: Vec<f32> = sums(&values, channels, block, |value, _| value)
            .into_iter()
            .map(|sum| (sum / count) as f32)
            .collect();
        let off = |value: f64, channel: usize| (value - f64::from(mean[channel])).powi(2);
        let inverse: Vec<f32> = sums(&values, channels, block, off)
            .into_iter()
            .map(|sum| (1.0 / (sum / count + EPSILON).sqrt()) as f32)
            .collect();
        each_row(&mut values, channels, |row| {
            for ((value, mean), inverse) in row.iter_mut().zip(&mean).zip(&inverse) {
                *value = (*value - mean) * inverse;
            }
        });
        let mut out = values.clone();
        each_row(&mut out, channels, |row| {
            for ((value, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
                *value = (*value * scale + shift).max(0.0);
            }
        });
        Self {
            hat: values,
            out,
            mean,
            inverse,
            rows,
        }
    }

    /// The gradients of the values, the scale and the shift, where that of the outputs is `delta`.
    pub(super) fn back(
        &self,
        mut delta: Vec<f32>,
        scale: &[f32],
        block: usize,
    ) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
        let channels = scale.len();
        relu_mask(&mut delta, &self.out);
        let to_shift = sums(&delta, channels, block, |delta, _| delta);
        let products: Vec<f32> = delta
            .iter()
            .zip(&self.hat)
            .map(|(d, hat)| d * hat)
            .collect();
        let to_scale = sums(&products, channels, block, |product, _| product);
        let single = |sums: &[f64]| sums.iter().map(|sum| *sum as f32).collect::<Vec<f32>>();
        let (to_shift, to_scale) = (single(&to_shift), single(&to_scale));
        let share = 1.0 / self.rows.max(1) as f32;
        let length = (1 << 14) / channels * channels;
        fill_blocks(&mut delta, length.max(channels), |index, delta| {
            let hats = self.hat[index * length.max(channels)..].chunks_exact(channels);
            for (row, hats) in delta.chunks_exact_mut(channels).zip(hats) {
                for (channel, (value, hat)) in row.iter_mut().zip(hats).enumerate() {
                    let mean = (to_shift[channel] + hat * to_scale[channel]) * share;
                    *value = scale[channel] * self.inverse[channel] * (*value - mean);
                }
            }
        });
        (delta, to_scale, to_shift)
    }
}

/// Adds a bias by channel and applies a function.
pub(super) fn add_channels(
    values: &mut [f32],
    bias: &[f32],
    then: impl Fn(f32) -> f32 + Sync + Send,
) {
    each_row(values, bias.len(), |row| {
        for (value, bias) in row.iter_mut().zip(bias) {
            *value = then(*value + bias);
        }
    });
}

/// Multiplies with the slope of ReLU, which its own value tells.
pub(super) fn relu_mask(delta: &mut [f32], values: &[f32]) {
    for (delta, value) in delta.iter_mut().zip(values) {
        if *value <= 0.0 {
            *delta = 0.0;
        }
    }
}

/// The sums by channel of a function of the values, in double precision, in blocks that do not
/// depend on the number of threads.
fn sums(
    values: &[f32],
    channels: usize,
    block: usize,
    of: impl Fn(f64, usize) -> f64 + Sync,
) -> Vec<f64> {
    let rows = values.len() / channels;
    // About as much as a block of images has.
    let block = (block * 512).max(1);
    let blocks = map_blocks(rows, block, |rows| {
        let mut sums = vec![0.0; channels];
        for row in values[rows.start * channels..rows.end * channels].chunks_exact(channels) {
            for (channel, value) in row.iter().enumerate() {
                sums[channel] += of(f64::from(*value), channel);
            }
        }
        sums
    });
    let mut total = vec![0.0; channels];
    for block in blocks {
        (total.iter_mut().zip(block)).for_each(|(total, by)| *total += by);
    }
    total
}
