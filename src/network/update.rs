//! One update: training on the labels so far.

use ndarray::ArrayView2;
use rand::seq::SliceRandom;

use super::adam::Optimiser;
use super::gradient::Rows;
use super::{Gradient, LossTerm, LossWeights, NetworkState, Thresholds, UpdateSettings};
use crate::numeric::{Cancelled, Stream, Watch};

/// What the analyst said of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// The row of the instance.
    pub row: usize,
    /// +1 anomaly, −1 nominal.
    pub sign: f32,
    /// How much its hinge weighs; 1 for a label that the analyst is sure of.
    pub weight: f32,
}

/// What an update trains on.
#[derive(Clone, Copy)]
pub struct UpdateInput<'a> {
    /// Standardised instances `[n, d]`.
    pub x: ArrayView2<'a, f32>,
    /// Their member scores `[n, m]`.
    pub scores: ArrayView2<'a, f32>,
    /// The labelled ones; each row at most once.
    pub feedback: &'a [Feedback],
    /// What their scores are held against.
    pub thresholds: Thresholds,
    /// The prior relevance `b`.
    pub b: f32,
}

/// How an update went.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateReport {
    /// The loss of each step.
    pub losses: Vec<f32>,
}

/// Trains a network on the labels so far and returns its next state; the old one is left as it is.
///
/// A pass meets every instance once and labelled ones [`UpdateSettings::times_met`] times, in an
/// order drawn from `random`. In a step, the hinges are averaged over the labelled rows of its
/// batch and the prior over all of them.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn update(
    state: &NetworkState,
    input: UpdateInput<'_>,
    settings: &UpdateSettings,
    random: &mut Stream,
    watch: &mut dyn Watch,
) -> Result<(NetworkState, UpdateReport), Cancelled> {
    let (x, scores) = (
        input.x.as_standard_layout(),
        input.scores.as_standard_layout(),
    );
    let rows = Rows {
        x: x.as_slice().unwrap_or_default(),
        scores: scores.as_slice().unwrap_or_default(),
    };
    let loss = LossWeights {
        b: input.b,
        l2: settings.l2,
    };
    let mut state = state.clone();
    let mut optimiser = Optimiser::new(&state, settings.rate);
    let mut gradient = Gradient::new(&state.layout);
    let mut schedule = Schedule::new(x.nrows(), input.feedback, settings);
    let steps = settings.passes * schedule.steps();
    let mut losses = Vec::with_capacity(steps);
    for _ in 0..settings.passes {
        schedule.order.shuffle(random);
        for batch in 0..schedule.steps() {
            watch.step("training", losses.len(), steps)?;
            let terms = schedule.terms(batch);
            losses.push(gradient.run(&state.weights, rows, terms, Some(input.thresholds), loss));
            optimiser.step(gradient.last(), &mut state.weights);
        }
    }
    state.adam = optimiser.moments();
    Ok((state, UpdateReport { losses }))
}

/// Which rows a pass meets, and what each adds to the loss of its step.
struct Schedule<'a> {
    settings: &'a UpdateSettings,
    batch: usize,
    order: Vec<u32>,
    feedback: Vec<Option<Feedback>>,
    terms: Vec<LossTerm>,
}

impl<'a> Schedule<'a> {
    fn new(n: usize, feedback: &[Feedback], settings: &'a UpdateSettings) -> Self {
        let mut by_row = vec![None; n];
        let mut order: Vec<u32> = (0..n as u32).collect();
        let more = settings.times_met(feedback.len(), n) - 1;
        for given in feedback {
            by_row[given.row] = Some(*given);
            order.extend(std::iter::repeat_n(given.row as u32, more));
        }
        Self {
            settings,
            batch: settings.batch_rows(n),
            order,
            feedback: by_row,
            terms: Vec::new(),
        }
    }

    /// The number of steps of a pass.
    fn steps(&self) -> usize {
        self.order.len().div_ceil(self.batch)
    }

    /// The terms of the step on batch `index`.
    fn terms(&mut self, index: usize) -> &[LossTerm] {
        let start = index * self.batch;
        let rows = &self.order[start..(start + self.batch).min(self.order.len())];
        let labelled = rows
            .iter()
            .filter(|row| self.feedback[**row as usize].is_some())
            .count();
        let prior = self.settings.lambda / rows.len() as f32;
        let hinge = self.settings.c / labelled.max(1) as f32;
        self.terms.clear();
        self.terms.extend(rows.iter().map(|&row| {
            let row = row as usize;
            let (sign, weight) =
                self.feedback[row].map_or((0.0, 0.0), |given| (given.sign, given.weight));
            LossTerm {
                row,
                sign,
                hinge: hinge * weight,
                prior,
            }
        }));
        &self.terms
    }
}
