//! The gradient of the loss, written out by hand.

use ndarray::ArrayView2;

use super::activation::{LEAK, sigmoid_all};
use super::{Layout, LossTerm, LossWeights, Thresholds};

/// Sums that run side by side, so that a dot product becomes vector instructions.
const LANES: usize = 8;

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
    /// The weights of the last layer by output, `[outputs, inputs]`: there are many inputs and few
    /// outputs, and loops want to be long.
    out: Vec<f32>,
    /// Their gradient.
    out_gradient: Vec<f32>,
    /// The logits of relevance for the instance at hand.
    logits: Vec<f32>,
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
        let out = layout.weights(layout.layers() - 1).len();
        Self {
            layout: layout.clone(),
            gradient: vec![0.0; layout.len()],
            out: vec![0.0; out],
            out_gradient: vec![0.0; out],
            logits: vec![0.0; layout.outputs()],
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
        self.turn_last_layer(weights);
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
            total += self.back(weights, rows, term.row, by_score, term.prior, loss);
        }
        if let (Some(row), true) = (x_tau, by_score_tau != 0.0) {
            self.score(weights, rows, row);
            self.back(weights, rows, row, by_score_tau, 0.0, loss);
        }
        self.turn_gradient_back();
        total
    }

    /// Lists the weights of the last layer by output.
    fn turn_last_layer(&mut self, weights: &[f32]) {
        let last = self.layout.layers() - 1;
        let (inputs, outputs) = self.layout.shape(last);
        self.out_gradient.fill(0.0);
        let rows = weights[self.layout.weights(last)].chunks_exact(outputs.max(1));
        for (input, row) in rows.enumerate() {
            for (output, weight) in row.iter().enumerate() {
                self.out[output * inputs + input] = *weight;
            }
        }
    }

    /// Adds the last layer's gradient where it belongs.
    fn turn_gradient_back(&mut self) {
        let last = self.layout.layers() - 1;
        let (inputs, outputs) = self.layout.shape(last);
        let rows = self.gradient[self.layout.weights(last)].chunks_exact_mut(outputs.max(1));
        for (input, row) in rows.enumerate() {
            for (output, slope) in row.iter_mut().enumerate() {
                *slope += self.out_gradient[output * inputs + input];
            }
        }
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
        for layer in 0..last {
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
            if layer + 1 == last {
                sigmoid_all(output);
            } else {
                output
                    .iter_mut()
                    .for_each(|value| *value = if *value < 0.0 { LEAK * *value } else { *value });
            }
        }
        let (before, rest) = self.outputs.split_at_mut(last);
        let input = before
            .last()
            .map_or(&rows.x[row * d..(row + 1) * d], Vec::as_slice);
        self.logits
            .copy_from_slice(&weights[self.layout.biases(last)]);
        let by_output = self.out.chunks_exact(input.len().max(1));
        for (logit, weights) in self.logits.iter_mut().zip(by_output) {
            *logit += dot(input, weights);
        }
        let relevance = rest[0].as_mut_slice();
        relevance.copy_from_slice(&self.logits);
        sigmoid_all(relevance);
        let scores = &rows.scores[row * m..(row + 1) * m];
        relevance
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
        LossWeights { b, shares, .. }: LossWeights<'_>,
    ) -> f32 {
        let (d, m) = (self.layout.inputs(), self.layout.outputs());
        let last = self.layout.layers() - 1;
        let scores = &rows.scores[row * m..(row + 1) * m];
        let even = prior / m as f32;
        let members = self.outputs[last].iter().zip(scores).zip(b);
        for (member, ((&p, score), b)) in members.enumerate() {
            let share = shares.get(member).map_or(even, |share| prior * share);
            self.deltas[last][member] = by_score * score * p * (1.0 - p) + share * (p - b);
        }
        let value = match (prior > 0.0, shares.is_empty()) {
            (false, _) => 0.0,
            (true, true) => even * entropy(&self.outputs[last], &self.logits, b),
            (true, false) => {
                let members = self.outputs[last].iter().zip(&self.logits).zip(b);
                let each = members.map(|((p, logit), b)| entropy(&[*p], &[*logit], &[*b]));
                let weighed = each.zip(shares).map(|(value, share)| share * value);
                prior * weighed.sum::<f32>()
            }
        };
        self.back_out(rows, row);
        for layer in (0..last).rev() {
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
                    *by = dot(from, delta) * slope_of_activation(false, value);
                }
            }
        }
        value
    }

    /// Runs backward through the last layer.
    fn back_out(&mut self, rows: Rows<'_>, row: usize) {
        let d = self.layout.inputs();
        let last = self.layout.layers() - 1;
        let (below, above) = self.deltas.split_at_mut(last);
        let delta = above[0].as_slice();
        let biases = &mut self.gradient[self.layout.biases(last)];
        for (slope, by) in biases.iter_mut().zip(delta) {
            *slope += by;
        }
        let input = match last {
            0 => &rows.x[row * d..(row + 1) * d],
            _ => self.outputs[last - 1].as_slice(),
        };
        let width = input.len().max(1);
        let slopes = self.out_gradient.chunks_exact_mut(width);
        for (by, slopes) in delta.iter().zip(slopes) {
            for (slope, value) in slopes.iter_mut().zip(input) {
                *slope += value * by;
            }
        }
        if let Some(below) = below.last_mut() {
            below.fill(0.0);
            for (by, weights) in delta.iter().zip(self.out.chunks_exact(width)) {
                for (sum, weight) in below.iter_mut().zip(weights) {
                    *sum += weight * by;
                }
            }
            for (by, &value) in below.iter_mut().zip(input) {
                *by *= slope_of_activation(true, value);
            }
        }
    }
}

/// The sum over members of `−b ln p − (1 − b) ln(1 − p)`, which is `−ln(1 − p) − b · logit`, with
/// one logarithm for many members.
fn entropy(p: &[f32], logits: &[f32], b: &[f32]) -> f32 {
    // 1 − p is at least 2^-24 or 0: the product of 32 of them is far from the end of `f64`.
    let of_nominal: f64 = p
        .chunks(32)
        .map(|some| {
            some.iter()
                .map(|p| 1.0 - f64::from(*p))
                .product::<f64>()
                .ln()
        })
        .sum();
    let of_anomaly = logits.iter().zip(b);
    let of_anomaly: f64 = of_anomaly
        .map(|(logit, b)| f64::from(*logit) * f64::from(*b))
        .sum();
    (-of_nominal - of_anomaly) as f32
}

/// The dot product, in a fixed number of sums side by side.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = a.remainder().iter().zip(b.remainder());
    let rest: f32 = rest.map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    lanes.iter().sum::<f32>() + rest
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
