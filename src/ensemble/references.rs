//! A sample of instances among which nearest neighbours are sought.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::checks;
use super::sampling::some_rows;

/// Reference instances at most: the distance to neighbours among a thousand ranks points like that
/// among all, and a million instances are scored in seconds (Sugiyama and Borgwardt 2013, *Rapid
/// distance-based outlier detection via sampling*, NIPS).
const MOST: usize = 1024;

/// Values held at most, where features are many.
const VALUES: usize = 1 << 18;

/// Reference instances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct References {
    count: usize,
    /// Feature after feature `[d, count]`, so that distances to all are sought side by side.
    values: Vec<f32>,
}

/// A reference instance and its squared distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Neighbour {
    pub(super) index: usize,
    pub(super) square: f32,
}

impl References {
    /// Draws them from standardised instances `[n, d]`.
    pub(super) fn draw(x: ArrayView2<'_, f32>, seed: u64, purpose: &str) -> Self {
        let most = (VALUES / x.ncols().max(1)).clamp(64, MOST);
        let drawn = some_rows(x, most, seed, purpose);
        Self {
            count: drawn.nrows(),
            values: drawn.t().iter().copied().collect(),
        }
    }

    /// Checks that neighbours of points of `d` features can be found among them.
    pub(super) fn validate(&self, d: usize) -> Result<(), String> {
        if self.count < 2 {
            return Err(format!("{} references are too few", self.count));
        }
        let length = self.count.saturating_mul(d);
        checks::list("a list of references", &self.values, length)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none; never.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A feature of all of them `[count]`.
    pub fn column(&self, feature: usize) -> &[f32] {
        let column = feature * self.count..(feature + 1) * self.count;
        self.values.get(column).unwrap_or_default()
    }

    /// One of them `[d]`.
    pub(super) fn point(&self, index: usize) -> Vec<f32> {
        self.values
            .iter()
            .skip(index)
            .step_by(self.count.max(1))
            .copied()
            .collect()
    }

    /// The `count` nearest, the nearest first; ties by place.
    ///
    /// The first reference at the very located is taken for the point itself and left out: an instance
    /// that was drawn must not look closer to the others than one that was not.
    pub(super) fn nearest(&self, x: &[f32], count: usize) -> Vec<Neighbour> {
        let mut squares = vec![0.0_f32; self.count];
        for (value, column) in x.iter().zip(self.values.chunks_exact(self.count.max(1))) {
            for (square, reference) in squares.iter_mut().zip(column) {
                *square += (reference - value) * (reference - value);
            }
        }
        if let Some(itself) = squares.iter().position(|square| *square == 0.0) {
            squares[itself] = f32::INFINITY;
        }
        let mut nearest: Vec<Neighbour> = Vec::with_capacity(count + 1);
        let mut farthest = f32::INFINITY;
        for (index, &square) in squares.iter().enumerate() {
            if square < farthest {
                let at = nearest.partition_point(|other| other.square <= square);
                nearest.insert(at, Neighbour { index, square });
                nearest.truncate(count);
                if nearest.len() == count {
                    farthest = nearest.last().map_or(0.0, |last| last.square);
                }
            }
        }
        nearest
    }

    /// The squared differences of a point to some references, feature by feature, summed `[d]`.
    pub(super) fn differences(&self, x: &[f32], neighbours: &[Neighbour]) -> Vec<f32> {
        let columns = self.values.chunks_exact(self.count.max(1));
        x.iter()
            .zip(columns)
            .map(|(value, column)| {
                let squares = neighbours
                    .iter()
                    .map(|near| (column[near.index] - value).powi(2));
                squares.sum()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};
    use proptest::prelude::*;

    #[test]
    fn neighbours_are_those_on_a_line_without_the_point_itself() {
        let line = array![[0.0_f32], [1.0], [3.0], [7.0]];
        let references = References::draw(line.view(), 1, "test");
        let near = |x: f32, count| -> Vec<(usize, f32)> {
            let found = references.nearest(&[x], count);
            found.iter().map(|near| (near.index, near.square)).collect()
        };
        assert_eq!(near(1.0, 2), [(0, 1.0), (2, 4.0)]);
        assert_eq!(near(5.0, 2), [(2, 4.0), (3, 4.0)], "ties by place");
        assert_eq!(near(0.0, 9), [(1, 1.0), (2, 9.0), (3, 49.0)]);
        assert_eq!(references.point(2), [3.0]);
        assert_eq!(
            references.differences(&[5.0], &references.nearest(&[5.0], 2)),
            [8.0]
        );
    }

    #[test]
    fn large_tables_are_sampled() {
        let x = Array2::<f32>::from_shape_fn((3000, 2), |(row, column)| (row * 2 + column) as f32);
        let references = References::draw(x.view(), 1, "test");
        assert_eq!((references.len(), references.point(0).len()), (1024, 2));
    }

    proptest! {
        #[test]
        fn the_nearest_are_the_smallest_of_all_distances(
            values in prop::collection::vec(-9_i8..9, 4..60), x in -9.5_f32..9.5, count in 1_usize..6,
        ) {
            let points: Vec<f32> = values.into_iter().map(f32::from).collect();
            let table = Array2::from_shape_vec((points.len(), 1), points.clone()).expect("a column");
            let found = References::draw(table.view(), 1, "test").nearest(&[x], count);
            let mut all: Vec<f32> = points.iter().map(|point| (point - x).powi(2)).collect();
            all.sort_by(f32::total_cmp);
            if all[0] == 0.0 { all.remove(0); }
            let expected: Vec<f32> = all.into_iter().take(count).collect();
            prop_assert_eq!(found.iter().map(|near| near.square).collect::<Vec<_>>(), expected);
        }
    }
}
