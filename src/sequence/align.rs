//! Aligns embedded sequences: nearest moments, a monotone path, and how well both keep the order.

use ndarray::{Array2, ArrayView2};

/// Squared distances of the moments of two embedded sequences.
///
/// # Shapes
/// `a` `[i, C]`, `b` `[k, C]`; returns `[i, k]`.
pub fn squared_distances(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Array2<f32> {
    let squares = |rows: ArrayView2<'_, f32>| -> Vec<f32> {
        rows.rows().into_iter().map(|row| row.dot(&row)).collect()
    };
    let (of_a, of_b) = (squares(a), squares(b));
    let mut found = a.dot(&b.t());
    for (mut row, a) in found.rows_mut().into_iter().zip(of_a) {
        row.iter_mut()
            .zip(&of_b)
            .for_each(|(value, b)| *value = (a + b - 2.0 * *value).max(0.0));
    }
    found
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
