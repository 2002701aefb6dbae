//! Cells of a score that changes from point to point.

use serde::{Deserialize, Serialize};

use super::checks;
use crate::numeric::{quantile, sorted};

/// Bands of a raw score, narrower towards its top.
///
/// The bands end where a share of `2^(−k/2)` of the fitted scores lies above, down to the two
/// largest: what the analyst says of an instance speaks for those that score about as high.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    edges: Vec<f32>,
}

impl Bands {
    /// Cuts bands by the scores of the instances that the detector was fitted to.
    pub(super) fn fit(scores: impl IntoIterator<Item = f32>) -> Self {
        let sorted = sorted(scores);
        let mut edges = Vec::new();
        let mut above = std::f64::consts::FRAC_1_SQRT_2;
        while above * sorted.len() as f64 >= 2.0 {
            edges.push(quantile(&sorted, 1.0 - above));
            above *= std::f64::consts::FRAC_1_SQRT_2;
        }
        edges.dedup();
        Self { edges }
    }

    /// Checks bands from a file.
    pub(super) fn validate(&self) -> Result<(), String> {
        checks::list("the bands of a score", &self.edges, self.edges.len())?;
        match self.edges.is_sorted_by(|a, b| a < b) {
            true => Ok(()),
            false => Err("the bands of a score do not ascend".to_owned()),
        }
    }

    /// The largest score of each band but the last, ascending.
    pub fn edges(&self) -> &[f32] {
        &self.edges
    }

    /// The number of bands, at least 1.
    pub(super) fn len(&self) -> usize {
        self.edges.len() + 1
    }

    /// The band of a score, 0 for the lowest.
    pub(super) fn of(&self, score: f32) -> usize {
        self.edges.partition_point(|edge| *edge < score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_bands_hold_ever_fewer() {
        let bands = Bands::fit((0..1024).map(|score| score as f32));
        let mut counts = vec![0; bands.len()];
        (0..1024).for_each(|score| counts[bands.of(score as f32)] += 1);
        // Shares above the edges: 0.707, 0.5, 0.354, … down to 2 of 1024.
        assert_eq!(
            (bands.len(), counts[0], counts[1], counts[2]),
            (19, 300, 212, 150)
        );
        // But for rounding at the very top.
        assert!(counts.is_sorted_by(|a, b| a + 1 >= *b), "{counts:?}");
        assert_eq!(bands.of(f32::MAX), bands.len() - 1);
    }

    #[test]
    fn few_or_equal_scores_have_few_bands() {
        assert_eq!(Bands::fit([]).len(), 1);
        assert_eq!(Bands::fit([3.0]).len(), 1);
        let equal = Bands::fit([2.0; 100]);
        assert_eq!((equal.len(), equal.of(2.0), equal.of(2.1)), (2, 0, 1));
    }
}
