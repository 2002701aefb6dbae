//! The training step, written by hand for one shape of network: the limit that ours is held to.
//!
//! One hidden layer; plain loops over `f32`, no allocation, weights of the output layer
//! transposed and the hidden layer padded to 8, so that every inner loop runs over hidden units.

use glad::network::{LossTerm, Thresholds};

const PAD: usize = 8;

/// A network with its gradient, Adam's moments and all buffers.
pub struct Reference {
    d: usize,
    m: usize,
    units: usize,
    /// Hidden units, padded; the surplus ones stay at 0.
    width: usize,
    /// First layer `[d + 1, width]` (the last row is the biases), then output `[m, width + 1]`
    /// rows padded by [`PAD`] for the bias.
    weights: Vec<f32>,
    gradient: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
    time: i32,
    hidden: Vec<f32>,
    slopes: Vec<f32>,
    p: Vec<f32>,
    delta: Vec<f32>,
}

/// What a step is held against.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// Inputs `[k, d]`.
    pub x: &'a [f32],
    /// Member scores `[k, m]`.
    pub scores: &'a [f32],
    /// Who enters, with which weights.
    pub terms: &'a [LossTerm],
    /// Thresholds of the hinge.
    pub thresholds: Thresholds,
    /// The prior relevance `[m]`.
    pub b: &'a [f32],
    /// The weight of half the squared weights.
    pub l2: f32,
    /// The learning rate.
    pub rate: f32,
}

impl Reference {
    /// Takes over weights in the order of `glad::network::Layout` for `d` inputs, `hidden` units
    /// and `m` outputs.
    pub fn new(d: usize, hidden: usize, m: usize, flat: &[f32]) -> Self {
        let width = hidden.next_multiple_of(PAD);
        let length = (d + 1) * width + m * (width + PAD);
        let mut weights = vec![0.0; length];
        for row in 0..=d {
            weights[row * width..][..hidden].copy_from_slice(&flat[row * hidden..][..hidden]);
        }
        let (first, out) = flat.split_at((d + 1) * hidden);
        assert_eq!(first.len() + hidden * m + m, flat.len());
        for member in 0..m {
            let row = &mut weights[(d + 1) * width + member * (width + PAD)..][..=width];
            for unit in 0..hidden {
                row[unit] = out[unit * m + member];
            }
            row[width] = out[hidden * m + member];
        }
        Self {
            d,
            m,
            units: hidden,
            width,
            gradient: vec![0.0; length],
            mean: vec![0.0; length],
            square: vec![0.0; length],
            time: 0,
            weights,
            hidden: vec![0.0; width],
            slopes: vec![0.0; width],
            p: vec![0.0; m],
            delta: vec![0.0; m],
        }
    }

    /// The biases of the outputs: enough to compare two networks by.
    pub fn output_biases(&self) -> Vec<f32> {
        let row = |member| (self.d + 1) * self.width + member * (self.width + PAD) + self.width;
        (0..self.m)
            .map(|member| self.weights[row(member)])
            .collect()
    }

    /// Takes one step.
    pub fn step(&mut self, task: Task<'_>) {
        self.decay(task.l2);
        let tau = task.thresholds.x_tau.map(|row| self.forward(task, row));
        let mut by_tau = 0.0;
        for term in task.terms {
            let score = self.forward(task, term.row);
            let mut by_score = 0.0;
            if term.hinge > 0.0 {
                let pull = |level: f32| {
                    let z = term.sign * (level - score) + task.thresholds.margin;
                    term.hinge * term.sign / (1.0 + (-z / task.thresholds.softness).exp())
                };
                let of_tau = tau.map_or(0.0, pull);
                by_score = -pull(task.thresholds.q_tau) - of_tau;
                by_tau += of_tau;
            }
            self.backward(task, term.row, by_score, term.prior);
        }
        if let Some(row) = task.thresholds.x_tau {
            self.forward(task, row);
            self.backward(task, row, by_tau, 0.0);
        }
        self.adam(task.rate);
    }

    fn decay(&mut self, l2: f32) {
        for (slope, weight) in self.gradient.iter_mut().zip(&self.weights) {
            *slope = l2 * weight;
        }
        let biases = self.d * self.width;
        self.gradient[biases..biases + self.width].fill(0.0);
        let start = (self.d + 1) * self.width;
        for row in self.gradient[start..].chunks_exact_mut(self.width + PAD) {
            row[self.width..].fill(0.0);
        }
    }

    fn forward(&mut self, task: Task<'_>, row: usize) -> f32 {
        let (d, width) = (self.d, self.width);
        let (first, out) = self.weights.split_at((d + 1) * width);
        self.hidden.copy_from_slice(&first[d * width..]);
        for (value, weights) in task.x[row * d..][..d].iter().zip(first.chunks_exact(width)) {
            for (sum, weight) in self.hidden.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        self.hidden
            .iter_mut()
            .for_each(|value| *value = sigmoid(*value));
        self.hidden[self.units..].fill(0.0);
        let mut score = 0.0;
        let scores = &task.scores[row * self.m..][..self.m];
        let members = self.p.iter_mut().zip(scores);
        for ((p, s), weights) in members.zip(out.chunks_exact(width + PAD)) {
            let mut lanes = [0.0_f32; PAD];
            for (hidden, weights) in self.hidden.chunks_exact(PAD).zip(weights.chunks_exact(PAD)) {
                for lane in 0..PAD {
                    lanes[lane] += hidden[lane] * weights[lane];
                }
            }
            *p = sigmoid(lanes.iter().sum::<f32>() + weights[width]);
            score += *p * s;
        }
        score
    }

    fn backward(&mut self, task: Task<'_>, row: usize, by_score: f32, prior: f32) {
        let (d, m, width) = (self.d, self.m, self.width);
        let scores = &task.scores[row * m..][..m];
        let members = self.p.iter().zip(scores).zip(task.b);
        for (delta, ((p, score), b)) in self.delta.iter_mut().zip(members) {
            *delta = by_score * score * p * (1.0 - p) + prior / m as f32 * (p - b);
        }
        self.slopes.fill(0.0);
        let (first, out) = self.gradient.split_at_mut((d + 1) * width);
        let weights = self.weights[(d + 1) * width..].chunks_exact(width + PAD);
        let members = self.delta.iter().zip(weights);
        for ((delta, weights), slopes) in members.zip(out.chunks_exact_mut(width + PAD)) {
            for unit in 0..width {
                slopes[unit] += delta * self.hidden[unit];
                self.slopes[unit] += delta * weights[unit];
            }
            slopes[width] += delta;
        }
        for (slope, hidden) in self.slopes.iter_mut().zip(&self.hidden) {
            *slope *= hidden * (1.0 - hidden);
        }
        let x = task.x[row * d..][..d].iter().chain(std::iter::once(&1.0));
        for (value, gradient) in x.zip(first.chunks_exact_mut(width)) {
            for (sum, slope) in gradient.iter_mut().zip(&self.slopes) {
                *sum += value * slope;
            }
        }
    }

    fn adam(&mut self, rate: f32) {
        self.time += 1;
        let correct = |beta: f32| 1.0 / (1.0 - beta.powi(self.time));
        let (by_mean, by_square) = (correct(0.9), correct(0.999));
        let moments = self.mean.iter_mut().zip(&mut self.square);
        let weights = self.weights.iter_mut().zip(&self.gradient);
        for ((weight, slope), (mean, square)) in weights.zip(moments) {
            *mean = 0.9 * *mean + 0.1 * slope;
            *square = 0.999 * *square + 0.001 * slope * slope;
            *weight -= rate * *mean * by_mean / ((*square * by_square).sqrt() + 1e-8);
        }
    }
}

/// The logistic function by a polynomial, so that loops of it become vector instructions.
fn sigmoid(logit: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let scaled = (-logit).clamp(-87.0, 87.0) * std::f32::consts::LOG2_E;
    let shifted = scaled + ROUND;
    let rest = (scaled - (shifted - ROUND)) * std::f32::consts::LN_2;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
    let series = 1.0 / 120.0 + rest / 720.0;
    let series = 1.0 / 6.0 + rest * (1.0 / 24.0 + rest * series);
    1.0 / (1.0 + power * (1.0 + rest * (1.0 + rest * (0.5 + rest * series))))
}
