//! Trains an encoder of moments.

use std::ops::Range;

use ndarray::{Array2, Axis, s};
use rand::RngExt;

use super::super::AdamMoments;
use super::super::adam::Optimiser;
use super::MomentEncoder;
use super::loss::{CycleLoss, cycle_loss};
use crate::numeric::{Cancelled, Stream, Watch};

/// The name of the phase, as [`Watch`] is told it.
pub const TRAINING_ENCODER: &str = "training the encoder of moments";

/// Adam's learning rate.
const RATE: f64 = 1e-3;

/// How an encoder is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CycleSettings {
    /// What is minimised.
    pub loss: CycleLoss,
    /// Steps of Adam.
    pub steps: usize,
    /// Sequences of a step, of which all ordered pairs are compared.
    pub batch: usize,
    /// Moments drawn, and sorted, of each.
    pub moments: usize,
}

/// Trains an encoder on sequences of windows, at least two.
///
/// # Shapes
/// `sequences` are `[t, inputs]` each, of any length above 0. Returns the encoder and the loss at
/// each step.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn train_encoder(
    sequences: &[Array2<f32>],
    settings: &CycleSettings,
    random: &mut Stream,
    watch: &mut dyn Watch,
) -> Result<(MomentEncoder, Vec<f32>), Cancelled> {
    let inputs = sequences.first().map_or(1, Array2::ncols);
    let mut encoder = MomentEncoder::draw(inputs, random);
    let mut optimiser = Optimiser::new(&AdamMoments::default(), RATE);
    let mut losses = Vec::with_capacity(settings.steps);
    for step in 0..settings.steps {
        watch.step(TRAINING_ENCODER, step, settings.steps)?;
        let batch = Batch::draw(sequences, settings, random);
        let outputs = encoder.outputs(batch.windows.view());
        let (loss, by_embedding) = cycle_loss(
            outputs.embedding.view(),
            &batch.rows,
            &batch.times,
            settings.loss,
        );
        let gradient = encoder.gradient(batch.windows.view(), &outputs, by_embedding);
        optimiser.step(&gradient, encoder.weights_mut());
        losses.push(loss);
    }
    Ok((encoder, losses))
}

/// Moments of some sequences.
struct Batch {
    windows: Array2<f32>,
    rows: Vec<Range<usize>>,
    times: Vec<f32>,
}

impl Batch {
    fn draw(sequences: &[Array2<f32>], settings: &CycleSettings, random: &mut Stream) -> Self {
        let mut chosen = Vec::new();
        let (mut rows, mut times) = (Vec::new(), Vec::new());
        for sequence in sample(sequences.len(), settings.batch, random) {
            let length = sequences[sequence].nrows();
            let mut moments = sample(length, settings.moments, random);
            moments.sort_unstable();
            let start = chosen.len();
            for moment in moments {
                chosen.push((sequence, moment));
                times.push(moment as f32 / length as f32);
            }
            rows.push(start..chosen.len());
        }
        let inputs = sequences.first().map_or(1, Array2::ncols);
        let mut windows = Array2::zeros((chosen.len(), inputs));
        for (mut row, (sequence, moment)) in windows.axis_iter_mut(Axis(0)).zip(chosen) {
            row.assign(&sequences[sequence].slice(s![moment, ..]));
        }
        Self {
            windows,
            rows,
            times,
        }
    }
}

/// Draws `count` different numbers below `n`, or all of them.
fn sample(n: usize, count: usize, random: &mut Stream) -> Vec<usize> {
    let mut all: Vec<usize> = (0..n).collect();
    let count = count.min(n);
    for at in 0..count {
        let other = random.random_range(at as u64..n as u64) as usize;
        all.swap(at, other);
    }
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Unwatched, stream};

    #[test]
    fn training_lowers_both_losses_and_is_the_same_twice() {
        let curve = |fast: f32| {
            Array2::from_shape_fn((24, 2), |(moment, channel)| {
                let phase = (moment as f32 / 24.0).powf(fast) * 3.0;
                if channel == 0 {
                    phase.sin()
                } else {
                    phase.cos()
                }
            })
        };
        let sequences: Vec<Array2<f32>> = (0..6).map(|k| curve(0.7 + 0.1 * k as f32)).collect();
        for loss in [CycleLoss::Regression, CycleLoss::Classification] {
            let settings = CycleSettings {
                loss,
                steps: 60,
                batch: 4,
                moments: 12,
            };
            let train = || {
                train_encoder(
                    &sequences,
                    &settings,
                    &mut stream(1, "test", 0),
                    &mut Unwatched,
                )
                .expect("never cancelled")
            };
            let (encoder, losses) = train();
            let mean = |range: Range<usize>| losses[range].iter().sum::<f32>() / 10.0;
            assert!(mean(50..60) < 0.8 * mean(0..10), "{loss:?}: {losses:?}");
            assert_eq!(encoder, train().0);
        }
    }

    #[test]
    fn a_sample_has_no_number_twice() {
        let mut found = sample(9, 20, &mut stream(1, "test", 0));
        found.sort_unstable();
        assert_eq!(found, (0..9).collect::<Vec<_>>());
    }
}
