//! The cycle-consistency losses with their gradients, written out.

use ndarray::{Array1, Array2, ArrayView2, Axis, s};
use std::ops::Range;

use super::super::activation::exp;

/// What a cycle that does not return is charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CycleLoss {
    /// Cycle-back regression (cbr): `(i − μ)²/σ² + λ ln σ²`, by how far off in time it returns.
    #[default]
    Regression,
    /// Cycle-back classification (cbc): the cross-entropy of returning to the very moment.
    Classification,
}

/// The temperature of the similarity `−‖u − v‖² / C / temperature`.
const TEMPERATURE: f32 = 0.1;

/// The weight λ of the variance in cycle-back regression.
const VARIANCE_WEIGHT: f32 = 1e-3;

/// What is added to the variance, so that its logarithm is finite.
const LEAST_VARIANCE: f32 = 1e-8;

/// A way from each moment of one sequence to another sequence and back.
pub struct SoftCycle {
    /// The weights of the moments of the other sequence `[i, k]`; rows sum to 1.
    pub there: Array2<f32>,
    /// The soft nearest neighbour of each moment `[i, C]`.
    pub nearest: Array2<f32>,
    /// The weights of the moments to which it returns `[i, j]`; rows sum to 1.
    pub back: Array2<f32>,
}

impl SoftCycle {
    /// Goes from `u` `[i, C]` to `v` `[k, C]` and back.
    pub fn new(u: ArrayView2<'_, f32>, v: ArrayView2<'_, f32>) -> Self {
        let there = softmax(similarities(u, v));
        let nearest = there.dot(&v);
        let back = softmax(similarities(nearest.view(), u));
        Self {
            there,
            nearest,
            back,
        }
    }
}

/// The loss over all ordered pairs of a batch of sequences, and its gradient by their embedding.
///
/// ```text
/// α_k = softmax_k(−‖u_i − v_k‖²/C/T),  ṽ = Σ_k α_k v_k,  β_j = softmax_j(−‖ṽ − u_j‖²/C/T)
/// cbc = −ln β_i          cbr = (t_i − μ)²/(σ² + ε) + λ ln(σ² + ε)
/// μ = Σ_j β_j t_j,  σ² = Σ_j β_j (t_j − μ)²
/// ```
///
/// T is 0.1, λ 0.001, ε 1e-8; `t` is the time of a moment as a share of its sequence's length.
///
/// # Shapes
/// `embedding` `[n, C]`, all moments of all sequences; `sequences` are their rows; `times` `[n]`.
/// Returns the mean loss over moments and pairs, and the gradient `[n, C]`.
///
/// # Source
/// arXiv:1904.07846, equations 2 to 6; the text of the regression there leaves ε out.
pub fn cycle_loss(
    embedding: ArrayView2<'_, f32>,
    sequences: &[Range<usize>],
    times: &[f32],
    loss: CycleLoss,
) -> (f32, Array2<f32>) {
    let mut gradient = Array2::zeros(embedding.raw_dim());
    let mut total = 0.0;
    let others = sequences.len().saturating_sub(1);
    let moments: usize = sequences.iter().map(ExactSizeIterator::len).sum();
    let share = 1.0 / (moments * others).max(1) as f32;
    for (a, own) in sequences.iter().enumerate() {
        for (b, other) in sequences.iter().enumerate() {
            if a == b {
                continue;
            }
            let u = embedding.slice(s![own.clone(), ..]);
            let v = embedding.slice(s![other.clone(), ..]);
            let cycle = SoftCycle::new(u, v);
            let (charged, by_back) = charge(&cycle.back, &times[own.clone()], loss, share);
            total += charged;
            let (by_u, by_v) = pull(&cycle, u, v, by_back);
            let mut rows = gradient.slice_mut(s![own.clone(), ..]);
            rows += &by_u;
            let mut rows = gradient.slice_mut(s![other.clone(), ..]);
            rows += &by_v;
        }
    }
    (total, gradient)
}

/// The loss of one pair, times `share`, and its gradient by the logits of the way back.
fn charge(back: &Array2<f32>, times: &[f32], loss: CycleLoss, share: f32) -> (f32, Array2<f32>) {
    let mut by_logits = back.clone();
    let mut total = 0.0;
    for (i, mut row) in by_logits.rows_mut().into_iter().enumerate() {
        match loss {
            CycleLoss::Classification => {
                total -= row[i].max(f32::MIN_POSITIVE).ln() * share;
                row[i] -= 1.0;
                row *= share;
            }
            CycleLoss::Regression => {
                let pairs = || row.iter().zip(times);
                let mean: f32 = pairs().map(|(beta, time)| beta * time).sum();
                let variance: f32 = pairs()
                    .map(|(beta, time)| beta * (time - mean).powi(2))
                    .sum();
                let variance = variance + LEAST_VARIANCE;
                let off = times[i] - mean;
                total += (off * off / variance + VARIANCE_WEIGHT * variance.ln()) * share;
                let by_mean = -2.0 * off / variance * share;
                let by_variance = (VARIANCE_WEIGHT - off * off / variance) / variance * share;
                // σ² does not change with μ to first order: Σ β (t − μ) is 0.
                let by_beta = |time: f32| by_mean * time + by_variance * (time - mean).powi(2);
                let middle: f32 = pairs().map(|(beta, time)| beta * by_beta(*time)).sum();
                row.iter_mut()
                    .zip(times)
                    .for_each(|(beta, time)| *beta *= by_beta(*time) - middle);
            }
        }
    }
    (total, by_logits)
}

/// Takes the gradient by the logits of the way back to both sequences.
///
/// Rows of a gradient by logits sum to 0, so that what they share falls out.
fn pull(
    cycle: &SoftCycle,
    u: ArrayView2<'_, f32>,
    v: ArrayView2<'_, f32>,
    by_back: Array2<f32>,
) -> (Array2<f32>, Array2<f32>) {
    // A logit is −scale ‖a − b‖², whose slopes are 2 scale (b − a) by a and 2 scale (a − b) by b.
    let twice = 2.0 / (u.ncols() as f32 * TEMPERATURE);
    let by_nearest = by_back.dot(&u) * twice;
    let mut by_u = by_back.t().dot(&cycle.nearest) * twice;
    by_u -= &scaled_rows(u, by_back.sum_axis(Axis(0)) * twice);
    let by_weights = by_nearest.dot(&v.t());
    let mut by_v = cycle.there.t().dot(&by_nearest);
    let mut by_there = by_weights;
    for (mut row, weights) in by_there.rows_mut().into_iter().zip(cycle.there.rows()) {
        let middle = row.dot(&weights);
        row.zip_mut_with(&weights, |by, weight| *by = weight * (*by - middle));
    }
    by_u += &(by_there.dot(&v) * twice);
    by_v += &(by_there.t().dot(&u) * twice);
    by_v -= &scaled_rows(v, by_there.sum_axis(Axis(0)) * twice);
    (by_u, by_v)
}

fn scaled_rows(rows: ArrayView2<'_, f32>, by: Array1<f32>) -> Array2<f32> {
    let mut scaled = rows.to_owned();
    for (mut row, by) in scaled.rows_mut().into_iter().zip(by) {
        row *= by;
    }
    scaled
}

/// `−‖a − b‖² / C / temperature` of each row of `a` and each of `b`.
fn similarities(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Array2<f32> {
    let scale = 1.0 / (a.ncols() as f32 * TEMPERATURE);
    let squares = |rows: ArrayView2<'_, f32>| -> Vec<f32> {
        rows.rows().into_iter().map(|row| row.dot(&row)).collect()
    };
    let (of_a, of_b) = (squares(a), squares(b));
    let mut found = a.dot(&b.t());
    for (mut row, a) in found.rows_mut().into_iter().zip(of_a) {
        row.iter_mut()
            .zip(&of_b)
            .for_each(|(value, b)| *value = (2.0 * *value - a - b) * scale);
    }
    found
}

/// The softmax of each row.
fn softmax(mut rows: Array2<f32>) -> Array2<f32> {
    for mut row in rows.rows_mut() {
        let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|value| exp(value - most));
        let sum = row.sum();
        row /= sum;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use rand_distr::{Distribution, StandardNormal};

    const BOTH: [CycleLoss; 2] = [CycleLoss::Regression, CycleLoss::Classification];

    fn batch() -> (Array2<f32>, Vec<Range<usize>>, Vec<f32>) {
        let mut random = stream(3, "test", 0);
        let embedding =
            Array2::from_shape_simple_fn((12, 6), || StandardNormal.sample(&mut random));
        let times = vec![0.0, 0.2, 0.4, 0.9, 0.1, 0.3, 0.5, 0.7, 0.9, 0.2, 0.6, 0.8];
        (embedding * 0.4, vec![0..4, 4..9, 9..12], times)
    }

    #[test]
    fn gradients_are_the_slopes_of_the_losses() {
        let (mut embedding, sequences, times) = batch();
        for loss in BOTH {
            let (_, gradient) = cycle_loss(embedding.view(), &sequences, &times, loss);
            for at in 0..embedding.len() {
                let index = [at / 6, at % 6];
                let kept = embedding[index];
                let mut moved = |by: f32| {
                    embedding[index] = kept + by;
                    f64::from(cycle_loss(embedding.view(), &sequences, &times, loss).0)
                };
                let slope = (moved(4e-3) - moved(-4e-3)) / 8e-3;
                embedding[index] = kept;
                let found = f64::from(gradient[index]);
                assert!(
                    (found - slope).abs() < 2e-3 * (1.0 + slope.abs()),
                    "{loss:?} {index:?}: {found} is not {slope}"
                );
            }
        }
    }

    #[test]
    fn gradients_are_those_of_automatic_differentiation() {
        let (embedding, sequences, times) = batch();
        for loss in BOTH {
            let (charged, gradient) = cycle_loss(embedding.view(), &sequences, &times, loss);
            let (expected, slopes) =
                super::super::cycle_loss_by_autodiff(embedding.view(), &sequences, &times, loss);
            assert!(
                (charged - expected).abs() < 1e-4,
                "{loss:?}: {charged} is not {expected}"
            );
            for (found, slope) in gradient.iter().zip(&slopes) {
                assert!(
                    (found - slope).abs() < 1e-4 * (1.0 + slope.abs()),
                    "{loss:?}: {found} is not {slope}"
                );
            }
        }
    }

    #[test]
    fn sequences_that_are_alike_return_where_they_began() {
        let line = Array2::from_shape_fn((10, 1), |(row, _)| (row % 5) as f32 * 3.0);
        let cycle = SoftCycle::new(line.slice(s![..5, ..]), line.slice(s![5.., ..]));
        for i in 0..5 {
            assert!(cycle.back[[i, i]] > 0.999, "{}", cycle.back);
        }
        let times = [0.0, 0.2, 0.4, 0.6, 0.8, 0.0, 0.2, 0.4, 0.6, 0.8];
        let (charged, _) = cycle_loss(
            line.view(),
            &[0..5, 5..10],
            &times,
            CycleLoss::Classification,
        );
        assert!(charged < 1e-3, "{charged}");
    }
}
