//! The loss as a formula in tensors: the specification.

use burn::tensor::activation::{sigmoid, softplus};
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
    loss: LossWeights<'_>,
) -> (f32, Vec<f32>) {
    let plain = device();
    let device = device().autodiff();
    let weights = vector(weights.to_vec(), &device).require_grad();
    let mut rows: Vec<usize> = terms.iter().map(|term| term.row).collect();
    rows.extend(thresholds.x_tau);
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
    let sign = column(|term| term.sign);
    let levels = match thresholds.x_tau {
        Some(_) => {
            let score_tau = all_scores.slice_dim(0, terms.len()..rows.len());
            vec![
                score.clone().zeros_like() + thresholds.q_tau,
                score.clone().zeros_like() + score_tau,
            ]
        }
        None => vec![score.clone().zeros_like() + thresholds.q_tau],
    };
    let hinge = levels
        .into_iter()
        .map(|level| {
            let z = sign.clone() * (level - score.clone()) + thresholds.margin;
            let bent = match thresholds.softness > 0.0 {
                true => softplus(z, 1.0 / f64::from(thresholds.softness)),
                false => z.clamp_min(0.0),
            };
            (bent * column(|term| term.hinge)).sum()
        })
        .reduce(|sum, hinge| sum + hinge);

    let p = relevance.slice_dim(0, 0..terms.len());
    let b = Tensor::<2>::from_data(TensorData::new(loss.b.to_vec(), [1, loss.b.len()]), &device);
    let nominal = b.clone().neg() + 1.0;
    let entropy = p.clone().log() * b.neg() - (p.neg() + 1.0).log() * nominal;
    let entropy = match loss.shares {
        [] => entropy.mean_dim(1),
        shares => {
            let shares = TensorData::new(shares.to_vec(), [1, shares.len()]);
            (entropy * Tensor::<2>::from_data(shares, &device)).sum_dim(1)
        }
    };
    let prior = (entropy * column(|term| term.prior)).sum();

    let squares = (0..layout.layers())
        .map(|layer| {
            weights
                .clone()
                .slice([layout.weights(layer)])
                .square()
                .sum()
        })
        .reduce(|sum, square| sum + square);
    let mut total = match hinge {
        Some(hinge) => hinge + prior,
        None => prior,
    };
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
