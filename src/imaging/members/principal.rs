//! The directions of largest variance among vectors of many numbers.

use ndarray::{Array1, Array2, ArrayView2, Axis};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use crate::numeric::stream;

/// Rounds of subspace iteration; each raises the ratio of two variances to its square.
const ROUNDS: usize = 8;

/// Directions that are sought beyond those that are kept, so that the last of these converge.
const BEYOND: usize = 8;

/// Rows that are learnt from at most.
const ROWS: usize = 4096;

/// What is left of a direction without those before it, at least, as a share of it.
const LEFT: f32 = 1e-5;

/// Rotations of a matrix at most, in passes over all pairs.
const PASSES: usize = 30;

/// A mean and orthonormal directions, the one of largest variance first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::imaging) struct Principal {
    mean: Vec<f32>,
    /// `[k, d]`.
    directions: Vec<f32>,
}

impl Principal {
    /// Finds `k` directions, or as many as rows allow, of rows of `d` numbers.
    pub(in crate::imaging) fn fit(values: &[f32], d: usize, k: usize, seed: u64) -> Self {
        let rows = values.len() / d;
        let step = rows.div_ceil(ROWS).max(1);
        let some: Vec<f32> = values
            .chunks_exact(d)
            .step_by(step)
            .flatten()
            .copied()
            .collect();
        let n = some.len() / d;
        let mut x = Array2::from_shape_vec((n, d), some).unwrap_or_default();
        let mut sums = vec![0.0_f64; d];
        for row in x.rows() {
            (sums.iter_mut().zip(row)).for_each(|(sum, value)| *sum += f64::from(*value));
        }
        let mean: Vec<f32> = sums
            .iter()
            .map(|sum| (sum / n.max(1) as f64) as f32)
            .collect();
        x -= &Array1::from_vec(mean.clone()).insert_axis(Axis(0));
        let kept = k.min(d).min(n.saturating_sub(1)).max(1);
        let width = (kept + BEYOND).min(d).min(n).max(1);
        let mut random = stream(seed, "principal directions", 0);
        let mut basis = Array2::from_shape_simple_fn((d, width), || {
            let draw: f32 = StandardNormal.sample(&mut random);
            draw
        });
        orthonormalise(&mut basis);
        for _ in 0..ROUNDS {
            basis = x.t().dot(&x.dot(&basis));
            orthonormalise(&mut basis);
        }
        let along = x.dot(&basis).mapv(f64::from);
        let vectors = leading(along.t().dot(&along), kept).mapv(|entry| entry as f32);
        let directions = vectors.t().dot(&basis.t());
        Self {
            mean,
            directions: directions.iter().copied().collect(),
        }
    }

    /// The number of directions.
    pub(in crate::imaging) fn len(&self) -> usize {
        self.directions.len() / self.mean.len().max(1)
    }

    /// The mean `[d]` and the directions `[k, d]`.
    pub(in crate::imaging) fn parts(&self) -> (&[f32], &[f32]) {
        (&self.mean, &self.directions)
    }

    /// The coordinates of rows along the directions, `[n, k]`, and their distances from the space
    /// that these span.
    pub(in crate::imaging) fn project(&self, values: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let d = self.mean.len();
        let shape = (self.len(), d);
        let empty = || ArrayView2::from_shape((0, d), &[][..]);
        let Ok(directions) = ArrayView2::from_shape(shape, &self.directions).or_else(|_| empty())
        else {
            return (Vec::new(), Vec::new());
        };
        let (mut coordinates, mut off) = (Vec::new(), Vec::new());
        for row in values.chunks_exact(d) {
            let centred: Array1<f32> = row
                .iter()
                .zip(&self.mean)
                .map(|(v, mean)| v - mean)
                .collect();
            let along = directions.dot(&centred);
            let back = directions.t().dot(&along);
            let squares = centred
                .iter()
                .zip(&back)
                .map(|(v, b)| f64::from(v - b).powi(2));
            off.push(squares.sum::<f64>().sqrt() as f32);
            coordinates.extend(along);
        }
        (coordinates, off)
    }

    /// Checks directions from a file for rows of `d` numbers.
    pub(in crate::imaging) fn validate(&self, d: usize) -> Result<(), String> {
        let fits = self.mean.len() == d
            && self.len() > 0
            && self.directions.len() == self.len() * d
            && (self.mean.iter().chain(&self.directions)).all(|value| value.is_finite());
        match fits {
            true => Ok(()),
            false => Err(format!(
                "directions among {} numbers do not fit {d}",
                self.mean.len()
            )),
        }
    }
}

/// Makes columns orthonormal, one after another; twice, as single precision forgets.
fn orthonormalise(basis: &mut Array2<f32>) {
    for column in 0..basis.ncols() {
        for _ in 0..2 {
            let (before, mut own) = basis.view_mut().split_at(Axis(1), column);
            let mut own = own.column_mut(0);
            let whole = own.dot(&own).sqrt();
            for other in before.columns() {
                let along = other.dot(&own);
                own.scaled_add(-along, &other);
            }
            let length = own.dot(&own).sqrt();
            match length > LEFT * whole {
                true => own /= length,
                // Rounding is all that is left: there are fewer directions than were asked for.
                false => own.fill(0.0),
            }
        }
    }
}

/// The eigenvectors of the `count` largest eigenvalues of a symmetric matrix, as columns, by
/// Jacobi's rotations; the largest entry of each is positive.
fn leading(mut matrix: Array2<f64>, count: usize) -> Array2<f64> {
    let k = matrix.nrows();
    let mut vectors = Array2::<f64>::eye(k);
    for _ in 0..PASSES {
        let mut moved = false;
        for (p, q) in (0..k).flat_map(|p| (p + 1..k).map(move |q| (p, q))) {
            let (app, aqq, apq) = (matrix[[p, p]], matrix[[q, q]], matrix[[p, q]]);
            if apq.abs() <= 1e-12 * (app * aqq).abs().sqrt() || apq == 0.0 {
                continue;
            }
            moved = true;
            let theta = (aqq - app) / (2.0 * apq);
            let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
            let t = if theta == 0.0 { 1.0 } else { t };
            let c = 1.0 / (t * t + 1.0).sqrt();
            let s = t * c;
            for i in 0..k {
                let (a, b) = (matrix[[i, p]], matrix[[i, q]]);
                (matrix[[i, p]], matrix[[i, q]]) = (c * a - s * b, s * a + c * b);
            }
            for i in 0..k {
                let (a, b) = (matrix[[p, i]], matrix[[q, i]]);
                (matrix[[p, i]], matrix[[q, i]]) = (c * a - s * b, s * a + c * b);
                let (a, b) = (vectors[[i, p]], vectors[[i, q]]);
                (vectors[[i, p]], vectors[[i, q]]) = (c * a - s * b, s * a + c * b);
            }
        }
        if !moved {
            break;
        }
    }
    let mut order: Vec<usize> = (0..k).collect();
    order.sort_by(|&a, &b| matrix[[b, b]].total_cmp(&matrix[[a, a]]).then(a.cmp(&b)));
    let mut found = vectors.select(Axis(1), &order[..count.min(k)]);
    for mut column in found.columns_mut() {
        let largest = column.iter().copied().fold(0.0_f64, |most, entry| {
            if entry.abs() > most.abs() {
                entry
            } else {
                most
            }
        });
        if largest < 0.0 {
            column.mapv_inplace(|entry| -entry);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directions_are_those_of_the_variance_and_the_rest_is_the_distance() {
        // Along (1, 1, 0) wide, along (0, 0, 1) narrow, nothing along (1, -1, 0).
        let rows: Vec<f32> = (0..40)
            .flat_map(|row| {
                let narrow = if [0, 3].contains(&(row % 4)) {
                    2.0
                } else {
                    -2.0
                };
                let wide = row as f32 - 19.5;
                [wide, wide, narrow]
            })
            .collect();
        let fitted = Principal::fit(&rows, 3, 1, 1);
        let (along, off) = fitted.project(&rows[..3]);
        assert!(
            (along[0].abs() - 19.5 * 2.0_f32.sqrt()).abs() < 0.05,
            "{along:?}"
        );
        assert!((off[0] - 2.0).abs() < 0.05, "{off:?}");
        let both = Principal::fit(&rows, 3, 2, 1);
        assert_eq!(both.len(), 2);
        assert!(both.project(&rows).1.iter().all(|off| *off < 1e-3));
        assert_eq!(both.validate(3), Ok(()));
        assert!(both.validate(4).is_err());
    }
}
