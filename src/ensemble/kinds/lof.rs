//! Density beside that of the neighbours.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{Count, FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Banded;
use crate::ensemble::bands::Bands;
use crate::ensemble::checks;
use crate::ensemble::describe::heaviest;
use crate::ensemble::exact;
use crate::ensemble::references::{Neighbour, References};
use crate::numeric::map_each;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "lof",
    count: Some(Count {
        what: "neighbours",
        usual: 20,
        most: 100,
    }),
    title: "local density",
    scores: "how much emptier it is around it than around its neighbours (neighbours)",
    kind: |count| Kind::Lof { neighbours: count },
    prior: PRIOR,
    floor: FLOOR,
};

/// The local outlier factor among reference instances.
///
/// ```text
/// reach(x, o) = max(distance to the k-th neighbour of o, |x − o|)
/// density(x)  = 1 / mean over the k nearest o of reach(x, o)
/// score(x)    = ln( mean over the k nearest o of density(o) / density(x) )
/// ```
///
/// 0 where the instance lies as densely as its neighbours do. Its cells are bands of the score.
///
/// # Source
/// Breunig, Kriegel, Ng and Sander 2000, *LOF: identifying density-based local outliers*, SIGMOD;
/// the logarithm and the sample of references are ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lof {
    references: References,
    neighbours: usize,
    /// Of each reference: the distance to its `k`-th neighbour, and its density.
    reaches: Vec<f32>,
    densities: Vec<f32>,
    bands: Bands,
}

impl Lof {
    /// Draws references from standardised instances `x` `[n, d]` and measures their densities.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, neighbours: usize, seed: u64) -> Self {
        let references = References::draw(x, seed, "local density");
        let neighbours = neighbours.clamp(1, references.len().max(2) - 1);
        let near = map_each(references.len(), |place| {
            references.nearest(&references.point(place), neighbours)
        });
        let reaches: Vec<f32> = near
            .iter()
            .map(|near| near.last().map_or(0.0, |last| last.square.sqrt()))
            .collect();
        let mut fitted = Self {
            references,
            neighbours,
            reaches,
            densities: Vec::new(),
            bands: Bands::fit([]),
        };
        let densities = near.iter().map(|near| fitted.density(near) as f32);
        fitted.densities = densities.collect();
        fitted.bands = Bands::fit(near.iter().map(|near| fitted.score(near)));
        fitted
    }

    /// The least mean reach, in standard deviations: duplicates would have none, and a density
    /// without end.
    pub const LEAST_REACH: f64 = 1e-3;

    /// The instances among which neighbours are sought.
    pub fn references(&self) -> &References {
        &self.references
    }

    /// How many neighbours it looks at.
    pub fn neighbours(&self) -> usize {
        self.neighbours
    }

    /// The distance of each reference to its `k`-th neighbour.
    pub fn reaches(&self) -> &[f32] {
        &self.reaches
    }

    /// The density at each reference.
    pub fn densities(&self) -> &[f32] {
        &self.densities
    }

    fn density(&self, near: &[Neighbour]) -> f64 {
        let reach = |near: &Neighbour| near.square.sqrt().max(self.reaches[near.index]);
        let mean = exact::sum(near.iter().map(reach)) / near.len().max(1) as f64;
        1.0 / mean.max(Self::LEAST_REACH)
    }

    fn score(&self, near: &[Neighbour]) -> f32 {
        let around = exact::sum(near.iter().map(|near| self.densities[near.index]));
        match near.len() {
            0 => 0.0,
            count => (around / count as f64 / self.density(near)).ln() as f32,
        }
    }

    fn nearest(&self, x: &[f32]) -> Vec<Neighbour> {
        self.references.nearest(x, self.neighbours)
    }
}

impl Banded for Lof {
    fn bands(&self) -> &Bands {
        &self.bands
    }

    fn raw_score(&self, x: &[f32]) -> f32 {
        self.score(&self.nearest(x))
    }

    fn shares(&self, x: &[f32]) -> Vec<f32> {
        self.references.differences(x, &self.nearest(x))
    }

    fn validate_own(&self, d: usize) -> Result<(), String> {
        let count = self.references.len();
        if self.neighbours == 0 {
            return Err("no neighbour is asked for".to_owned());
        }
        self.references.validate(d)?;
        checks::list("a list of reaches", &self.reaches, count)?;
        checks::list("a list of densities", &self.densities, count)
    }

    fn words(&self, features: &[String], x: &[f32]) -> String {
        let times = self.score(&self.nearest(x)).exp();
        format!(
            "how much emptier it is around the instance than around its {} nearest neighbours, here {times:.1} times; they differ mostly in {}",
            self.neighbours,
            heaviest(&self.shares(x), features, 3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Detector;
    use ndarray::{Array2, array};

    #[test]
    fn a_small_case_by_hand() {
        // k = 1 on 0, 1, 4: neighbours 1, 0, 1 with reaches 1, 1, 3 and densities 1, 1, 1/3.
        let lof = Lof::fit(array![[0.0_f32], [1.0], [4.0]].view(), 1, 1);
        assert_eq!(lof.reaches, [1.0, 1.0, 3.0]);
        assert_eq!(lof.densities, [1.0, 1.0, 1.0 / 3.0]);
        assert_eq!(lof.cell_score(0, &[0.0]).score, 0.0);
        assert!((lof.cell_score(0, &[4.0]).score - 3_f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn a_dense_and_a_sparse_cluster_are_equally_normal() {
        let mut x = Array2::<f32>::zeros((40, 1));
        (0..20).for_each(|row| x[[row, 0]] = row as f32 * 0.01);
        (0..20).for_each(|row| x[[20 + row, 0]] = 10.0 + row as f32);
        let lof = Lof::fit(x.view(), 3, 1);
        let score = |x: f32| lof.cell_score(0, &[x]).score;
        assert!(score(0.1).abs() < 0.2 && score(20.0).abs() < 0.2);
        // Half a unit off is far for the dense one and nothing for the sparse one.
        assert!(score(0.7) > 3.0 && score(20.5) < 0.5);
    }

    #[test]
    fn duplicates_are_finite() {
        let lof = Lof::fit(Array2::ones((30, 2)).view(), 5, 1);
        assert!(lof.cell_score(0, &[1.0, 1.0]).score.abs() < 1e-6);
        assert!(lof.cell_score(0, &[2.0, 1.0]).score.is_finite());
    }
}
