//! The loss as a formula in tensors: the specification.

use burn::tensor::activation::sigmoid;
use burn::tensor::{Tensor, TensorData};
use ndarray::{ArrayView2, Axis};

use super::backend::{device, values, vector};
use super::forward::{logits, matrix};
use super::{Layout, LossTerm, LossWeights, Thresholds};

/// Computes the loss of a step and its gradient by Burn's automatic differentiation.
///
/// Returns the same as [`Gradient::compute`](super::Gradient::compute), which training runs, in
/// about ten times its time: this one is short enough to be checked by eye.
///
/// # Shapes
/// `x` `[n, d]`, `scores` `[n, m]`; the gradient has the length of `weights`.
pub fn loss_by_autodiff(
    layout: &Layout,
    weights: &[f32],
    x: ArrayView2<'_, f32>,
    scores: ArrayView2<'_, f32>,
    terms: &[LossTerm],
    thresholds: Thresholds,
    loss: LossWeights,
) -> (f32, Vec<f32>) {
    let plain = device();
    let device = device().autodiff();
    let weights = vector(weights.to_vec(), &device).require_grad();
    let mut rows: Vec<usize> = terms.iter().map(|term| term.row).collect();
    rows.push(thresholds.x_tau);
    let column = |value: fn(&LossTerm) -> f32| {
        let values: Vec<f32> = terms.iter().map(value).collect();
        Tensor::<2>::from_data(TensorData::new(values, [terms.len(), 1]), &device)
    };

    let relevance = sigmoid(logits(
        layout,
        &weights,
        matrix(x.select(Axis(0), &rows).view(), &device),
    ));
    let member_scores = matrix(scores.select(Axis(0), &rows).view(), &device);
    let all_scores = (relevance.clone() * member_scores).sum_dim(1);
    let score = all_scores.clone().slice_dim(0, 0..terms.len());
    let score_tau = all_scores.slice_dim(0, terms.len()..rows.len());

    let sign = column(|term| term.sign);
    let below_q = (sign.clone() * (score.clone().neg() + thresholds.q_tau)).clamp_min(0.0);
    let below_tau = (sign * (score_tau - score)).clamp_min(0.0);
    let hinge = ((below_q + below_tau) * column(|term| term.hinge)).sum();

    let p = relevance.slice_dim(0, 0..terms.len());
    let entropy = p.clone().log() * -loss.b + (p.neg() + 1.0).log() * -(1.0 - loss.b);
    let prior = (entropy.mean_dim(1) * column(|term| term.prior)).sum();

    let squares = (0..layout.layers())
        .map(|layer| {
            weights
                .clone()
                .slice([layout.weights(layer)])
                .square()
                .sum()
        })
        .reduce(|sum, square| sum + square);
    let mut total = hinge + prior;
    if let Some(squares) = squares {
        total = total + squares * (loss.l2 / 2.0);
    }
    let gradients = total.backward();
    let gradient = weights.grad(&gradients).map_or_else(
        || vec![0.0; layout.len()],
        |gradient| values(gradient.to_device(&plain)),
    );
    (
        values(total.inner()).first().copied().unwrap_or(f32::NAN),
        gradient,
    )
}
