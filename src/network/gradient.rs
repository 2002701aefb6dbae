//! The gradient of the loss, written out by hand.

use ndarray::ArrayView2;

use super::layout::{LEAK, sigmoid};
use super::{Layout, LossTerm, LossWeights, Thresholds};

/// The data that a step reads, one row an instance, both in standard layout.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) x: &'a [f32],
    pub(super) scores: &'a [f32],
}

/// Computes loss and gradient of a step; keeps its buffers from step to step.
pub struct Gradient {
    layout: Layout,
    gradient: Vec<f32>,
    /// The outputs of every layer for the instance at hand; relevance last.
    outputs: Vec<Vec<f32>>,
    /// The derivative of the loss by the inputs of each layer's activation.
    deltas: Vec<Vec<f32>>,
}

impl Gradient {
    /// Sets up buffers for networks of one layout.
    pub fn new(layout: &Layout) -> Self {
        let widths = || {
            (0..layout.layers())
                .map(|layer| vec![0.0; layout.shape(layer).1])
                .collect()
        };
        Self {
            layout: layout.clone(),
            gradient: vec![0.0; layout.len()],
            outputs: widths(),
            deltas: widths(),
        }
    }

    /// Computes the loss of a step and its gradient.
    ///
    /// # Shapes
    /// `weights` as the layout says, `x` `[n, d]` and `scores` `[n, m]` in standard layout (others
    /// are copied); the rows in `terms` and `thresholds` are below `n`. The gradient has the
    /// length of `weights`.
    pub fn compute(
        &mut self,
        weights: &[f32],
        x: ArrayView2<'_, f32>,
        scores: ArrayView2<'_, f32>,
        terms: &[LossTerm],
        thresholds: Thresholds,
        loss: LossWeights<'_>,
    ) -> (f32, &[f32]) {
        let (x, scores) = (x.as_standard_layout(), scores.as_standard_layout());
        let rows = Rows {
            x: x.as_slice().unwrap_or_default(),
            scores: scores.as_slice().unwrap_or_default(),
        };
        let total = self.run(weights, rows, terms, Some(thresholds), loss);
        (total, &self.gradient)
    }

    /// The gradient of the last step.
    pub(super) fn last(&self) -> &[f32] {
        &self.gradient
    }

    /// [`Self::compute`] on slices; without thresholds the hinges are left out.
    pub(super) fn run(
        &mut self,
        weights: &[f32],
        rows: Rows<'_>,
        terms: &[LossTerm],
        thresholds: Option<Thresholds>,
        loss: LossWeights<'_>,
    ) -> f32 {
        self.gradient.fill(0.0);
        let mut total = self.decay(weights, loss.l2);
        let wanted = thresholds.filter(|_| terms.iter().any(|term| term.hinge > 0.0));
        let x_tau = wanted.and_then(|thresholds| thresholds.x_tau);
        let score_tau = x_tau.map(|row| self.score(weights, rows, row));
        let mut by_score_tau = 0.0;
        for term in terms {
            let score = self.score(weights, rows, term.row);
            let mut by_score = 0.0;
            if let (Some(thresholds), true) = (wanted, term.hinge > 0.0) {
                let mut add = |level: f32| {
                    let (value, slope) = thresholds.hinge(term.sign * (level - score));
                    total += term.hinge * value;
                    let pull = term.hinge * term.sign * slope;
                    by_score -= pull;
                    pull
                };
                add(thresholds.q_tau);
                by_score_tau += score_tau.map_or(0.0, add);
            }
            total += self.back(weights, rows, term.row, by_score, term.prior, loss.b);
        }
        if let (Some(row), true) = (x_tau, by_score_tau != 0.0) {
            self.score(weights, rows, row);
            self.back(weights, rows, row, by_score_tau, 0.0, loss.b);
        }
        total
    }

    /// Adds the gradient of `(l2/2) ‖W‖²` over weights without biases, and returns its value.
    fn decay(&mut self, weights: &[f32], l2: f32) -> f32 {
        let mut squares = 0.0;
        if l2 > 0.0 {
            for layer in 0..self.layout.layers() {
                let place = self.layout.weights(layer);
                for (slope, weight) in self.gradient[place.clone()].iter_mut().zip(&weights[place])
                {
                    *slope = l2 * weight;
                    squares += weight * weight;
                }
            }
        }
        l2 / 2.0 * squares
    }

    /// Runs the network forward at one row, keeps the outputs of its layers, returns the score.
    fn score(&mut self, weights: &[f32], rows: Rows<'_>, row: usize) -> f32 {
        let (d, m) = (self.layout.inputs(), self.layout.outputs());
        let last = self.layout.layers() - 1;
        for layer in 0..=last {
            let (before, rest) = self.outputs.split_at_mut(layer);
            let input = before
                .last()
                .map_or(&rows.x[row * d..(row + 1) * d], Vec::as_slice);
            let output = rest[0].as_mut_slice();
            let matrix = &weights[self.layout.weights(layer)];
            output.copy_from_slice(&weights[self.layout.biases(layer)]);
            for (value, from) in input.iter().zip(matrix.chunks_exact(output.len())) {
                for (sum, weight) in output.iter_mut().zip(from) {
                    *sum += value * weight;
                }
            }
            if layer + 1 < last {
                output
                    .iter_mut()
                    .for_each(|value| *value = if *value < 0.0 { LEAK * *value } else { *value });
            } else {
                output.iter_mut().for_each(|value| *value = sigmoid(*value));
            }
        }
        let scores = &rows.scores[row * m..(row + 1) * m];
        self.outputs[last]
            .iter()
            .zip(scores)
            .map(|(p, score)| p * score)
            .sum()
    }

    /// Runs backward from the row that [`Self::score`] ran last; returns the prior's part of the
    /// loss.
    fn back(
        &mut self,
        weights: &[f32],
        rows: Rows<'_>,
        row: usize,
        by_score: f32,
        prior: f32,
        b: &[f32],
    ) -> f32 {
        let (d, m) = (self.layout.inputs(), self.layout.outputs());
        let last = self.layout.layers() - 1;
        let scores = &rows.scores[row * m..(row + 1) * m];
        let share = prior / m as f32;
        let mut value = 0.0;
        let members = self.outputs[last].iter().zip(scores).zip(b);
        for (delta, ((&p, score), b)) in self.deltas[last].iter_mut().zip(members) {
            *delta = by_score * score * p * (1.0 - p) + share * (p - b);
            if share > 0.0 {
                value -= share * (b * p.ln() + (1.0 - b) * (1.0 - p).ln());
            }
        }
        for layer in (0..=last).rev() {
            let input = if layer == 0 {
                &rows.x[row * d..(row + 1) * d]
            } else {
                self.outputs[layer - 1].as_slice()
            };
            let (below, above) = self.deltas.split_at_mut(layer);
            let delta = above[0].as_slice();
            let width = delta.len();
            for (slope, by) in self.gradient[self.layout.biases(layer)]
                .iter_mut()
                .zip(delta)
            {
                *slope += by;
            }
            let slopes = &mut self.gradient[self.layout.weights(layer)];
            for (value, slopes) in input.iter().zip(slopes.chunks_exact_mut(width)) {
                for (slope, by) in slopes.iter_mut().zip(delta) {
                    *slope += value * by;
                }
            }
            if let Some(below) = below.last_mut() {
                let matrix = &weights[self.layout.weights(layer)];
                for ((by, &value), from) in
                    below.iter_mut().zip(input).zip(matrix.chunks_exact(width))
                {
                    let sum: f32 = from.iter().zip(delta).map(|(weight, by)| weight * by).sum();
                    *by = sum * slope_of_activation(layer == last, value);
                }
            }
        }
        value
    }
}

/// The derivative of a hidden layer's activation, from its output.
fn slope_of_activation(is_last_hidden: bool, output: f32) -> f32 {
    if is_last_hidden {
        output * (1.0 - output)
    } else if output < 0.0 {
        LEAK
    } else {
        1.0
    }
}
