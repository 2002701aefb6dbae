//! The instances that a detector is fitted to, where all would take too long.

use ndarray::{Array2, ArrayView2, Axis};
use rand::seq::index::sample;

use crate::numeric::stream;

/// Draws `most` of the instances `x` `[n, d]`, in their order; all where there are no more.
pub(super) fn some_rows(
    x: ArrayView2<'_, f32>,
    most: usize,
    seed: u64,
    purpose: &str,
) -> Array2<f32> {
    let n = x.nrows();
    if n <= most {
        return x.to_owned();
    }
    let mut rows = sample(&mut stream(seed, purpose, 0), n, most).into_vec();
    rows.sort_unstable();
    x.select(Axis(0), &rows)
}

/// The squared distance of two points.
pub(super) fn square_distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_keeps_the_order_and_small_tables_are_kept_whole() {
        let x = Array2::from_shape_fn((50, 1), |(row, _)| row as f32);
        assert_eq!(some_rows(x.view(), 50, 1, "test"), x);
        let few = some_rows(x.view(), 20, 1, "test")
            .into_raw_vec_and_offset()
            .0;
        assert!(few.len() == 20 && few.is_sorted_by(|a, b| a < b));
        assert_eq!(square_distance(&[1.0, 2.0], &[4.0, -2.0]), 25.0);
    }
}
