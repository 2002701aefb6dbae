//! Aligns embedded sequences: nearest moments, a monotone path, and how well both keep the order.

use ndarray::{Array2, ArrayView2};

use super::curves::{thinned, thinned_places};
use crate::numeric::squared_distance;

/// Squared distances of the moments of two embedded sequences.
///
/// # Shapes
/// `a` `[i, C]`, `b` `[k, C]`; returns `[i, k]`.
pub fn squared_distances(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Array2<f32> {
    // Not by way of products, |a|² + |b|² − 2 a·b: what rounding leaves of them where two moments
    // are nearly the same is no distance.
    let (a, b) = (a.as_standard_layout(), b.as_standard_layout());
    let mut found = Array2::zeros((a.nrows(), b.nrows()));
    for (mut row, a) in found.rows_mut().into_iter().zip(a.rows()) {
        let a = a.to_slice().unwrap_or_default();
        for (value, b) in row.iter_mut().zip(b.rows()) {
            *value = squared_distance(a, b.to_slice().unwrap_or_default());
        }
    }
    found
}

/// Moments of a sequence that are aligned at most; between them lines are drawn.
const MOST: usize = 200;

/// How the moments of two sequences lie to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The moments of the first that are compared, evenly spaced; all where there are no more than
    /// 200.
    pub rows: Vec<usize>,
    /// Those of the second.
    pub columns: Vec<usize>,
    /// Their distances in the embedding `[rows, columns]`.
    pub distances: Array2<f32>,
    /// The monotone path of least total distance: places among the rows and columns.
    pub path: Vec<(usize, usize)>,
}

impl Alignment {
    /// Aligns two embedded sequences `[t, C]`.
    pub fn of(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Self {
        let squares = squared_distances(thinned(a, MOST).view(), thinned(b, MOST).view());
        Self {
            rows: thinned_places(a.nrows(), MOST),
            columns: thinned_places(b.nrows(), MOST),
            path: monotone_path(squares.view()),
            distances: squares.mapv_into(f32::sqrt),
        }
    }

    /// The nearest column of each row.
    pub fn nearest(&self) -> Vec<usize> {
        let near = nearest(self.distances.view());
        near.into_iter().map(|(column, _)| column).collect()
    }

    /// Where along the second each row is, by the path: the mean of its columns, as moments.
    pub fn course(&self) -> Vec<f32> {
        let mut sums = vec![(0.0_f32, 0.0_f32); self.rows.len()];
        for &(row, column) in &self.path {
            sums[row].0 += self.columns[column] as f32;
            sums[row].1 += 1.0;
        }
        let along = sums.iter().map(|(sum, count)| sum / count.max(1.0));
        along.collect()
    }
}

/// The nearest column of each row, with its squared distance; ties by place.
pub fn nearest(distances: ArrayView2<'_, f32>) -> Vec<(usize, f32)> {
    let rows = distances.rows().into_iter();
    rows.map(|row| {
        let mut best = (0, f32::INFINITY);
        for (at, &square) in row.iter().enumerate() {
            if square < best.1 {
                best = (at, square);
            }
        }
        best
    })
    .collect()
}

/// The monotone path of least total distance from the first pair of moments to the last (dynamic
/// time warping): pairs of rows and columns, ascending.
pub fn monotone_path(distances: ArrayView2<'_, f32>) -> Vec<(usize, usize)> {
    let (rows, columns) = distances.dim();
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let mut total = Array2::<f64>::from_elem((rows, columns), f64::INFINITY);
    for i in 0..rows {
        for j in 0..columns {
            let before = match (i, j) {
                (0, 0) => 0.0,
                (0, _) => total[[0, j - 1]],
                (_, 0) => total[[i - 1, 0]],
                _ => total[[i - 1, j - 1]]
                    .min(total[[i - 1, j]])
                    .min(total[[i, j - 1]]),
            };
            total[[i, j]] = before + f64::from(distances[[i, j]]);
        }
    }
    let (mut i, mut j) = (rows - 1, columns - 1);
    let mut path = vec![(i, j)];
    while (i, j) != (0, 0) {
        (i, j) = match (i, j) {
            (0, _) => (0, j - 1),
            (_, 0) => (i - 1, 0),
            _ => {
                let (slant, up, left) =
                    (total[[i - 1, j - 1]], total[[i - 1, j]], total[[i, j - 1]]);
                if slant <= up && slant <= left {
                    (i - 1, j - 1)
                } else if up <= left {
                    (i - 1, j)
                } else {
                    (i, j - 1)
                }
            }
        };
        path.push((i, j));
    }
    path.reverse();
    path
}

/// Kendall's τ of places in the order of time: pairs in order less pairs out of order, as a share
/// of all pairs; equal places count as neither. 0 where there is no pair.
///
/// ```text
/// τ = (concordant − discordant) / (n (n − 1) / 2)
/// ```
///
/// # Source
/// arXiv:1904.07846, section 4. Texts that write `1 − …` before the fraction have it wrong: this
/// one is 1 for moments in perfect order.
pub fn kendall_tau(places: &[usize]) -> f64 {
    let mut order = 0_i64;
    for (at, first) in places.iter().enumerate() {
        for later in &places[at + 1..] {
            order += i64::from(later > first) - i64::from(later < first);
        }
    }
    let pairs = places.len() * places.len().saturating_sub(1) / 2;
    order as f64 / pairs.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn tau_is_one_in_order_minus_one_in_reverse() {
        assert_eq!(kendall_tau(&[0, 1, 2, 5]), 1.0);
        assert_eq!(kendall_tau(&[5, 2, 1, 0]), -1.0);
        assert_eq!(kendall_tau(&[0, 2, 1]), 1.0 / 3.0);
        assert_eq!(kendall_tau(&[1, 1, 1]), 0.0);
        assert_eq!(kendall_tau(&[]), 0.0);
    }

    #[test]
    fn the_path_is_monotone_and_follows_the_valley() {
        let a = array![[0.0_f32], [1.0], [2.0]];
        let b = array![[0.0_f32], [0.1], [1.0], [2.0]];
        let distances = squared_distances(a.view(), b.view());
        assert_eq!(
            monotone_path(distances.view()),
            [(0, 0), (0, 1), (1, 2), (2, 3)]
        );
        let near: Vec<usize> = nearest(distances.view())
            .iter()
            .map(|near| near.0)
            .collect();
        assert_eq!(near, [0, 2, 3]);
        assert!((distances[[2, 0]] - 4.0).abs() < 1e-5);
    }
}
