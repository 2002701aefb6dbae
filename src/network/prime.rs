//! Priming: training to the uniform prior before any label.

use std::ops::Range;

use ndarray::{ArrayView2, Axis};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::adam::Optimiser;
use super::gradient::Rows;
use super::{
    AdamMoments, Gradient, Layout, LossTerm, LossWeights, NetworkSettings, NetworkState, logit,
    relevance, sigmoid,
};
use crate::numeric::{Cancelled, Stream, Watch, map_blocks};

/// Rows on which priming trains and is judged: enough to stand for the data at any size.
const ROWS: usize = 2000;
const BATCH: usize = 100;
/// Rows that are judged at once.
const BLOCK: usize = 8192;
const RATE: f64 = 0.01;
/// Priming ends when the mean loss of this many epochs …
const WINDOW: usize = 20;
/// … differs from that of the ones before by less than this.
const SMALL_CHANGE: f32 = 1e-4;

/// The name of the phase, as [`Watch`] is told it.
pub const PRIMING: &str = "priming the relevance network";

/// How priming went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrimingReport {
    /// The mean loss of each epoch, in nats.
    pub losses: Vec<f32>,
    /// The largest `|p − b|` over the data.
    pub deviation: f32,
    /// The mean over the first layer's units of their standard deviation over the data: near 0,
    /// units are constant and relevance could not vary over the space.
    pub spread: f32,
}

/// Draws a network's weights and trains it until each member's relevance is its `b` everywhere.
///
/// Each unit of the first layer gets a random direction and its threshold at a random instance, so
/// the units differ where the data are; the outputs start near `b`. There is no l2 here: under Adam
/// it flattens the first layer of a network whose loss is already at its minimum.
///
/// # Shapes
/// `x` `[n, d]`, standardised, `n > 0`; `b` `[m]`, one for each output.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn prime(
    x: ArrayView2<'_, f32>,
    b: &[f32],
    settings: &NetworkSettings,
    random: &mut Stream,
    watch: &mut dyn Watch,
) -> Result<(NetworkState, PrimingReport), Cancelled> {
    let layout = Layout::new(x.ncols(), &settings.hidden_widths(b.len()), b.len());
    let mut rows: Vec<usize> = (0..x.nrows()).collect();
    let (drawn, _) = rows.partial_shuffle(random, ROWS);
    let data: Vec<f32> = drawn.iter().flat_map(|&row| x.row(row).to_vec()).collect();
    let weights = draw_weights(&layout, &data, b, settings, random);
    let mut state = NetworkState {
        layout,
        weights,
        adam: AdamMoments::default(),
    };
    let losses = train(&mut state, &data, b, settings, random, watch)?;
    let deviation = deviation(&state, x, b);
    let spread = spread(&state, &data);
    Ok((
        state,
        PrimingReport {
            losses,
            deviation,
            spread,
        },
    ))
}

fn draw_weights(
    layout: &Layout,
    data: &[f32],
    b: &[f32],
    settings: &NetworkSettings,
    random: &mut Stream,
) -> Vec<f32> {
    let d = layout.inputs();
    let mut weights = vec![0.0; layout.len()];
    let last = layout.layers() - 1;
    for layer in 0..=last {
        let (inputs, outputs) = layout.shape(layer);
        let gain = if layer == last {
            2.0 * settings.output_gain
        } else {
            settings.gain
        };
        let scale = gain / (inputs as f32).sqrt();
        for weight in &mut weights[layout.weights(layer)] {
            let draw: f32 = StandardNormal.sample(random);
            *weight = scale * draw;
        }
        let matrix = weights[layout.weights(layer)].to_vec();
        let biases = &mut weights[layout.biases(layer)];
        for (unit, bias) in biases.iter_mut().enumerate() {
            let column = matrix.iter().skip(unit).step_by(outputs);
            *bias = if layer == last {
                // Sigmoid units average about one half.
                let middle: f32 = column.sum::<f32>() / 2.0;
                logit(b[unit]) - if layer == 0 { 0.0 } else { middle }
            } else if layer == 0 {
                let row = random.random_range(0..data.len() / d);
                -column
                    .zip(&data[row * d..(row + 1) * d])
                    .map(|(weight, value)| weight * value)
                    .sum::<f32>()
            } else {
                0.0
            };
        }
    }
    weights
}

fn train(
    state: &mut NetworkState,
    data: &[f32],
    b: &[f32],
    settings: &NetworkSettings,
    random: &mut Stream,
    watch: &mut dyn Watch,
) -> Result<Vec<f32>, Cancelled> {
    let n = data.len() / state.layout.inputs();
    // The prior does not look at member scores.
    let scores = vec![0.0; n * state.layout.outputs()];
    let rows = Rows {
        x: data,
        scores: &scores,
    };
    let loss = LossWeights {
        b,
        shares: &[],
        l2: 0.0,
    };
    let mut optimiser = Optimiser::new(&state.adam, RATE);
    let mut gradient = Gradient::new(&state.layout);
    let mut order: Vec<usize> = (0..n).collect();
    let mut losses = Vec::new();
    for epoch in 0..settings.prime_epochs {
        watch.step(PRIMING, epoch, settings.prime_epochs)?;
        order.shuffle(random);
        let mut sum = 0.0;
        for batch in order.chunks(BATCH) {
            let prior = 1.0 / batch.len() as f32;
            let terms: Vec<LossTerm> = batch
                .iter()
                .map(|&row| LossTerm {
                    row,
                    sign: 0.0,
                    hinge: 0.0,
                    prior,
                })
                .collect();
            sum += gradient.run(&state.weights, rows, &terms, None, loss) * batch.len() as f32;
            optimiser.step(gradient.last(), &mut state.weights);
        }
        losses.push(sum / n as f32);
        if has_settled(&losses) {
            break;
        }
    }
    Ok(losses)
}

/// Whether the mean of the last epochs' losses is that of the epochs before.
fn has_settled(losses: &[f32]) -> bool {
    let Some(start) = losses.len().checked_sub(2 * WINDOW) else {
        return false;
    };
    let mean = |window: &[f32]| window.iter().sum::<f32>() / WINDOW as f32;
    let (before, after) = losses[start..].split_at(WINDOW);
    (mean(before) - mean(after)).abs() < SMALL_CHANGE
}

fn deviation(state: &NetworkState, x: ArrayView2<'_, f32>, b: &[f32]) -> f32 {
    let of_block = |rows: Range<usize>| {
        let rows = rows.start as isize..rows.end as isize;
        let relevance = relevance(
            &state.layout,
            &state.weights,
            x.slice_axis(Axis(0), rows.into()),
        );
        let found = relevance.iter().zip(b.iter().cycle());
        found.map(|(p, b)| (p - b).abs()).fold(0.0, f32::max)
    };
    let largest = map_blocks(x.nrows(), BLOCK, of_block);
    largest.into_iter().fold(0.0, f32::max)
}

fn spread(state: &NetworkState, data: &[f32]) -> f32 {
    let (d, units) = state.layout.shape(0);
    let matrix = &state.weights[state.layout.weights(0)];
    let biases = &state.weights[state.layout.biases(0)];
    let deviations = (0..units).map(|unit| {
        let outputs = data.chunks_exact(d).map(|row| {
            let column = matrix.iter().skip(unit).step_by(units);
            sigmoid(
                biases[unit]
                    + column
                        .zip(row)
                        .map(|(weight, value)| weight * value)
                        .sum::<f32>(),
            )
        });
        let (sum, squares, count) = outputs.fold(
            (0.0_f32, 0.0_f32, 0.0_f32),
            |(sum, squares, count), value| (sum + value, squares + value * value, count + 1.0),
        );
        (squares / count - (sum / count).powi(2)).max(0.0).sqrt()
    });
    deviations.sum::<f32>() / units as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Unwatched, stream};
    use ndarray::Array2;

    fn cloud(n: usize, d: usize) -> Array2<f32> {
        let mut random = stream(1, "cloud", 0);
        Array2::from_shape_simple_fn((n, d), || StandardNormal.sample(&mut random))
    }

    #[test]
    fn primed_relevance_is_uniform_and_its_units_differ() {
        for (b, d) in [(0.5, 2), (0.2, 21)] {
            let b = [b, 0.5, 0.5];
            let (_, report) = prime(
                cloud(500, d).view(),
                &b,
                &NetworkSettings::default(),
                &mut stream(5, "prime", 0),
                &mut Unwatched,
            )
            .expect("never cancelled");
            assert!(
                report.deviation < 0.05,
                "d {d}: |p - b| reaches {}",
                report.deviation
            );
            assert!(
                report.spread > 0.1,
                "d {d}: the units' spread is {}",
                report.spread
            );
        }
    }

    #[test]
    fn priming_stops_when_the_loss_does() {
        assert!(!has_settled(&[0.7; 39]));
        assert!(has_settled(&[0.7; 40]));
        let falling: Vec<f32> = (0..40).map(|epoch| 1.0 - epoch as f32 * 0.01).collect();
        assert!(!has_settled(&falling));
    }

    #[test]
    fn a_cancelled_priming_returns_at_once() {
        struct Never;
        impl Watch for Never {
            fn step(&mut self, _: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
                Err(Cancelled)
            }
        }
        let result = prime(
            cloud(20, 2).view(),
            &[0.5; 2],
            &NetworkSettings::default(),
            &mut stream(5, "prime", 0),
            &mut Never,
        );
        assert_eq!(result, Err(Cancelled));
    }
}
