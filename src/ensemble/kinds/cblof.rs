//! The distance to a large cluster.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{Count, FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::checks;
use crate::ensemble::describe::heaviest;
use crate::ensemble::kmeans::{k_means, nearest};
use crate::ensemble::sampling::some_rows;
use crate::ensemble::{CellScore, Detector};
use crate::numeric::stream;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "cblof",
    count: Some(Count {
        what: "clusters",
        usual: 8,
        most: 200,
    }),
    title: "large clusters",
    scores: "how far it is from the nearest large cluster (clusters)",
    kind: |count| Kind::Cblof { clusters: count },
    prior: PRIOR,
    floor: FLOOR,
};

/// Instances that clusters are sought among.
const ROWS: usize = 4096;

/// The share of instances that the large clusters hold together.
const MOST: f64 = 0.9;

/// How many times larger than the next the last large cluster is.
const STEP: usize = 5;

/// A detector that scores the distance to the centre of the nearest large cluster.
///
/// Cblof are large, from the largest on, until they hold nine tenths of the instances or the
/// next is five times smaller. Its cells are the clusters: an answer on a member of a small one
/// speaks for that cluster.
///
/// # Source
/// He, Xu and Deng 2003, *Discovering cluster-based local outliers*, Pattern Recognition Letters
/// 24; the distance without the factor of the cluster's size, which Amer and Goldstein 2012 found
/// to do harm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cblof {
    /// The centres, those of large clusters first.
    centres: Vec<Vec<f32>>,
    large: usize,
}

impl Cblof {
    /// Seeks `clusters` clusters among standardised instances `x` `[n, d]`.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, clusters: usize, seed: u64) -> Self {
        let drawn = some_rows(x, ROWS, seed, "clusters");
        let drawn = drawn.as_standard_layout();
        let (centres, counts) = k_means(drawn.view(), clusters, &mut stream(seed, "k-means", 0));
        let mut order: Vec<usize> = (0..centres.len()).collect();
        order.sort_by_key(|&index| (usize::MAX - counts[index], index));
        let sizes: Vec<usize> = order.iter().map(|&index| counts[index]).collect();
        Self {
            large: large(&sizes),
            centres: order.iter().map(|&index| centres[index].clone()).collect(),
        }
    }

    /// The centres `[d]`, those of large clusters first.
    pub fn centres(&self) -> &[Vec<f32>] {
        &self.centres
    }

    /// How many of them are large, at least 1.
    pub fn large(&self) -> usize {
        self.large
    }

    fn off(&self, x: &[f32]) -> (usize, f32) {
        nearest(&self.centres[..self.large], x)
    }
}

/// How many of clusters with descending sizes are large, at least 1.
fn large(sizes: &[usize]) -> usize {
    let total: usize = sizes.iter().sum();
    let mut sum = 0;
    for (index, &size) in sizes.iter().enumerate() {
        sum += size;
        let next = sizes.get(index + 1).copied().unwrap_or(0);
        if sum as f64 >= MOST * total as f64 || size >= STEP * next.max(1) {
            return index + 1;
        }
    }
    sizes.len().max(1)
}

impl Detector for Cblof {
    fn parts(&self) -> usize {
        1
    }

    fn cells(&self, _part: usize) -> usize {
        self.centres.len().max(1)
    }

    fn cell_score(&self, _part: usize, x: &[f32]) -> CellScore {
        CellScore {
            cell: nearest(&self.centres, x).0,
            score: self.off(x).1.sqrt(),
        }
    }

    fn cell_scores(&self, _part: usize) -> Option<Vec<f32>> {
        None
    }

    fn feature_shares(&self, x: &[f32]) -> Vec<f32> {
        let centre = &self.centres[self.off(x).0];
        let squares = x
            .iter()
            .zip(centre)
            .map(|(value, centre)| (value - centre).powi(2));
        squares.collect()
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        let (large, all) = (self.large, self.centres.len());
        if !(1..=all).contains(&large) {
            return Err(format!("{large} of {all} clusters are large"));
        }
        let mut centres = self.centres.iter();
        centres.try_for_each(|centre| checks::list("the middle of a cluster", centre, d))
    }

    fn describe(&self, features: &[String], x: &[f32]) -> String {
        let within = match nearest(&self.centres, x).0 < self.large {
            true => "it belongs to that one",
            false => "it belongs to a small one",
        };
        format!(
            "how far the instance is from the middle of the nearest large cluster ({} of {} are large; {within}); it is off mostly in {}",
            self.large,
            self.centres.len(),
            heaviest(&self.feature_shares(x), features, 3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn large_clusters_are_those_that_hold_most_or_tower_over_the_next() {
        assert_eq!(large(&[50, 41, 5, 4]), 2);
        assert_eq!(large(&[60, 12, 12, 16]), 1, "five times the next");
        assert_eq!(large(&[10, 10, 10]), 3);
        assert_eq!(large(&[7]), 1);
    }

    #[test]
    fn a_small_cluster_is_as_anomalous_as_it_is_far_from_the_large_one() {
        // Ninety-six around 0, four around 10.
        let x = Array2::from_shape_fn((100, 1), |(row, _)| {
            if row < 96 {
                (row % 3) as f32 - 1.0
            } else {
                10.0 + (row % 2) as f32
            }
        });
        let clusters = Cblof::fit(x.view(), 2, 1);
        assert_eq!((clusters.large, clusters.centres.len()), (1, 2));
        assert_eq!(clusters.centres[0], [0.0]);
        let found = clusters.cell_score(0, &[10.0]);
        assert_eq!((found.cell, found.score), (1, 10.0));
        assert_eq!(clusters.cell_score(0, &[0.5]).cell, 0);
        assert!(
            clusters
                .describe(&["a".to_owned()], &[10.0])
                .contains("a small one")
        );
    }
}
