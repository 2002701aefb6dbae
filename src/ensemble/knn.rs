//! The distance to near neighbours.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::Banded;
use super::bands::Bands;
use super::describe::heaviest;
use super::references::{Neighbour, References};
use crate::numeric::map_each;

/// A detector that scores the distance to the `k`-th nearest of some reference instances.
///
/// Its cells are bands of the distance.
///
/// # Source
/// Ramaswamy, Rastogi and Shim 2000, *Efficient algorithms for mining outliers from large data
/// sets*, SIGMOD; on a sample, as Sugiyama and Borgwardt 2013.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearestNeighbours {
    references: References,
    neighbours: usize,
    bands: Bands,
}

impl NearestNeighbours {
    /// Draws references from standardised instances `x` `[n, d]`.
    pub(super) fn fit(x: ArrayView2<'_, f32>, neighbours: usize, seed: u64) -> Self {
        let references = References::draw(x, seed, "neighbours");
        let mut fitted = Self {
            neighbours: neighbours.clamp(1, (references.len().max(2)) - 1),
            references,
            bands: Bands::fit([]),
        };
        let scores = map_each(fitted.references.len(), |place| {
            fitted.raw_score(&fitted.references.point(place))
        });
        fitted.bands = Bands::fit(scores);
        fitted
    }

    /// The instances among which neighbours are sought.
    pub fn references(&self) -> &References {
        &self.references
    }

    /// Which of the nearest it measures, from 1.
    pub fn neighbours(&self) -> usize {
        self.neighbours
    }

    fn nearest(&self, x: &[f32]) -> Vec<Neighbour> {
        self.references.nearest(x, self.neighbours)
    }
}

impl Banded for NearestNeighbours {
    fn bands(&self) -> &Bands {
        &self.bands
    }

    fn raw_score(&self, x: &[f32]) -> f32 {
        let farthest = self.nearest(x).last().map_or(0.0, |near| near.square);
        farthest.sqrt()
    }

    fn shares(&self, x: &[f32]) -> Vec<f32> {
        self.references.differences(x, &self.nearest(x))
    }

    fn fault(&self, d: usize) -> Option<String> {
        let none = (self.neighbours == 0).then(|| "no neighbour is asked for".to_owned());
        let references = || self.references.complaint(d);
        none.or_else(references)
    }

    fn words(&self, features: &[String], x: &[f32]) -> String {
        format!(
            "how far the instance is from the nearest others, the {} nearest of {}; here they differ mostly in {}",
            self.neighbours,
            self.references.len(),
            heaviest(&self.shares(x), features, 3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::Detector;
    use super::*;
    use ndarray::array;

    #[test]
    fn the_score_is_the_distance_to_the_second_nearest() {
        let x = array![[0.0_f32, 0.0], [3.0, 4.0], [6.0, 8.0], [0.0, 1.0]];
        let knn = NearestNeighbours::fit(x.view(), 2, 1);
        assert_eq!(knn.place(0, &[0.0, 0.0]).score, 5.0);
        assert_eq!(knn.place(0, &[6.0, 8.0]).score, 85_f32.sqrt());
        let names = ["a".to_owned(), "b".to_owned()];
        assert!(
            knn.describe(&names, &[9.0, 0.0])
                .ends_with("mostly in b and a")
        );
        // More neighbours than there are: all but the point itself.
        assert_eq!(NearestNeighbours::fit(x.view(), 50, 1).neighbours, 3);
    }
}
