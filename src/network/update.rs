//! One update of the network: training on the labels so far.

use ndarray::ArrayView2;

use super::adam::Optimiser;
use super::bounds::validate;
use super::gradient::Rows;
use super::{Gradient, LossTerm, LossWeights, NetworkState, Thresholds, UpdateSettings};
use crate::numeric::{Cancelled, Watch};

/// The name of the phase, as [`Watch`] is told it.
pub const TRAINING: &str = "training";

/// What the analyst said of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// The row of the instance.
    pub row: usize,
    /// +1 anomaly, −1 nominal.
    pub sign: f32,
    /// The weight of its hinge.
    pub hinge: f32,
}

/// What an update trains on.
#[derive(Clone, Copy)]
pub struct UpdateInput<'a> {
    /// What the network sees of the rows `[k, d]`.
    pub x: ArrayView2<'a, f32>,
    /// Their member scores `[k, m]`.
    pub scores: ArrayView2<'a, f32>,
    /// The labelled rows; all of them enter every step.
    pub feedback: &'a [Feedback],
    /// The rows whose prior enters each step: a sample of the table for each of them.
    pub prior: &'a [Vec<usize>],
    /// What the scores are held against.
    pub thresholds: Thresholds,
    /// The prior relevance `b` of each member.
    pub b: &'a [f32],
    /// The share of each member in the prior, with the sum 1; empty where all have the same.
    pub shares: &'a [f32],
}

/// Trains a network on the labels so far and returns its next state and the loss of each step; the
/// old state is left as it is.
///
/// Each step sees all labelled rows and the next sample of the prior. (The authors pass over the
/// whole table in batches that mix both, so that most steps see no label at all. All labels in
/// every step, and a sample for the prior, find more and cost the same at any number of
/// instances.) Training that would end where no file could hold it returns the state as it was.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn update(
    state: &NetworkState,
    input: UpdateInput<'_>,
    settings: &UpdateSettings,
    watch: &mut dyn Watch,
) -> Result<(NetworkState, Vec<f32>), Cancelled> {
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
        shares: input.shares,
        l2: settings.l2,
    };
    let before = state;
    let mut state = before.clone();
    let mut optimiser = Optimiser::new(&state.adam, settings.rate);
    let mut gradient = Gradient::new(&state.layout);
    let mut losses = Vec::with_capacity(input.prior.len());
    let mut terms = Vec::new();
    for (step, sample) in input.prior.iter().enumerate() {
        watch.step(TRAINING, step, input.prior.len())?;
        terms.clear();
        terms.extend(input.feedback.iter().map(|given| LossTerm {
            row: given.row,
            sign: given.sign,
            hinge: given.hinge,
            prior: 0.0,
        }));
        let prior = settings.lambda / sample.len().max(1) as f32;
        terms.extend(sample.iter().map(|&row| LossTerm {
            row,
            sign: 0.0,
            hinge: 0.0,
            prior,
        }));
        losses.push(gradient.run(&state.weights, rows, &terms, Some(input.thresholds), loss));
        optimiser.step(gradient.last(), &mut state.weights);
    }
    state.adam = optimiser.moments();
    match validate(&state.weights, &state.adam) {
        Ok(()) => Ok((state, losses)),
        Err(_) => Ok((before.clone(), losses)),
    }
}
