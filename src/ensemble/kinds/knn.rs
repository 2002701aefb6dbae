//! The distance to near neighbours.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{Count, FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Banded;
use crate::ensemble::bands::Bands;
use crate::ensemble::describe::heaviest;
use crate::ensemble::references::{Neighbour, References};
use crate::numeric::map_each;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "knn",
    count: Some(Count {
        what: "neighbours",
        usual: 5,
        most: 100,
    }),
    title: "nearest neighbours",
    scores: "how far it is from the fifth nearest of about a thousand others (which of them)",
    kind: |count| Kind::Knn { neighbours: count },
    prior: PRIOR,
    floor: FLOOR,
};

/// A detector that scores the distance to the `k`-th nearest of some reference instances.
///
/// Its cells are bands of the distance.
///
/// # Source
/// Ramaswamy, Rastogi and Shim 2000, *Efficient algorithms for mining outliers from large data
/// sets*, SIGMOD; on a sample, as Sugiyama and Borgwardt 2013.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Knn {
    references: References,
    neighbours: usize,
    bands: Bands,
}

impl Knn {
    /// Draws references from standardised instances `x` `[n, d]`.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, neighbours: usize, seed: u64) -> Self {
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

impl Banded for Knn {
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

    fn validate_own(&self, d: usize) -> Result<(), String> {
        match self.neighbours {
            0 => Err("no neighbour is asked for".to_owned()),
            _ => self.references.validate(d),
        }
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
    use super::*;
    use crate::ensemble::Detector;
    use ndarray::array;

    #[test]
    fn the_score_is_the_distance_to_the_second_nearest() {
        let x = array![[0.0_f32, 0.0], [3.0, 4.0], [6.0, 8.0], [0.0, 1.0]];
        let knn = Knn::fit(x.view(), 2, 1);
        assert_eq!(knn.cell_score(0, &[0.0, 0.0]).score, 5.0);
        assert_eq!(knn.cell_score(0, &[6.0, 8.0]).score, 85_f32.sqrt());
        let names = ["a".to_owned(), "b".to_owned()];
        assert!(
            knn.describe(&names, &[9.0, 0.0])
                .ends_with("mostly in b and a")
        );
        // More neighbours than there are: all but the point itself.
        assert_eq!(Knn::fit(x.view(), 50, 1).neighbours, 3);
    }
}
