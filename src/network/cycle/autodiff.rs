//! The cycle-consistency losses as formulas in tensors: the specification.

use std::ops::Range;

use burn::tensor::activation::softmax;
use burn::tensor::{Tensor, TensorData};
use ndarray::{Array2, ArrayView2};

use super::super::backend::{device, values};
use super::super::forward::matrix;
use super::CycleLoss;

/// Computes the loss of a batch and its gradient by Burn's automatic differentiation.
///
/// Returns the same as [`cycle_loss`](super::cycle_loss), which training runs: this one is short
/// enough to be checked by eye.
pub fn cycle_loss_by_autodiff(
    embedding: ArrayView2<'_, f32>,
    sequences: &[Range<usize>],
    times: &[f32],
    loss: CycleLoss,
) -> (f32, Array2<f32>) {
    let plain = device();
    let device = device().autodiff();
    let all = matrix(embedding, &device).require_grad();
    let similarity = |a: Tensor<2>, b: Tensor<2>| {
        let (n, k, c) = (a.dims()[0], b.dims()[0], a.dims()[1]);
        let apart = a.reshape([n, 1, c]) - b.reshape([1, k, c]);
        apart.square().sum_dim(2).reshape([n, k]) * (-1.0 / (c as f32 * 0.1))
    };
    let mut total: Option<Tensor<1>> = None;
    let mut count = 0;
    for own in sequences {
        for other in sequences.iter().filter(|other| *other != own) {
            let n = own.len();
            count += n;
            let u = all.clone().slice_dim(0, own.clone());
            let v = all.clone().slice_dim(0, other.clone());
            let nearest = softmax(similarity(u.clone(), v.clone()), 1).matmul(v);
            let back = softmax(similarity(nearest, u), 1);
            let time = |shape: [usize; 2]| {
                Tensor::<2>::from_data(TensorData::new(times[own.clone()].to_vec(), shape), &device)
            };
            let charged = match loss {
                CycleLoss::Regression => {
                    let mean = (back.clone() * time([1, n])).sum_dim(1);
                    let variance =
                        (back * (time([1, n]) - mean.clone()).square()).sum_dim(1) + 1e-8;
                    let off = (time([n, 1]) - mean).square();
                    (off / variance.clone() + variance.log() * 1e-3).sum()
                }
                CycleLoss::Classification => {
                    let own: Vec<f32> = (0..n * n)
                        .map(|at| f32::from(u8::from(at % (n + 1) == 0)))
                        .collect();
                    let own = Tensor::<2>::from_data(TensorData::new(own, [n, n]), &device);
                    (back.log() * own).sum().neg()
                }
            };
            total = Some(match total {
                Some(sum) => sum + charged,
                None => charged,
            });
        }
    }
    let Some(total) = total else {
        return (0.0, Array2::zeros(embedding.raw_dim()));
    };
    let total = total / count as f32;
    let gradients = total.backward();
    let slopes = all
        .grad(&gradients)
        .map(|slopes| values(slopes.to_device(&plain)));
    let slopes = Array2::from_shape_vec(embedding.raw_dim(), slopes.unwrap_or_default());
    (
        values(total.inner()).first().copied().unwrap_or(f32::NAN),
        slopes.unwrap_or_default(),
    )
}
