//! What detectors of one score, which changes from point to point, have in common.

use super::{Bands, CellScore, Detector};

/// A detector of one part, whose cells are bands of its score.
///
/// Every such is a [`Detector`].
pub trait Banded: Sync {
    /// The bands of its score.
    fn bands(&self) -> &Bands;

    /// The raw score of a standardised point `[d]`; finite, and higher is more anomalous.
    fn raw_score(&self, x: &[f32]) -> f32;

    /// [`Detector::feature_shares`].
    fn shares(&self, x: &[f32]) -> Vec<f32>;

    /// [`Detector::validate`], of all but the bands.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    fn validate_own(&self, d: usize) -> Result<(), String>;

    /// [`Detector::describe`].
    fn words(&self, features: &[String], x: &[f32]) -> String;
}

impl<T: Banded> Detector for T {
    fn parts(&self) -> usize {
        1
    }

    fn cells(&self, _part: usize) -> usize {
        self.bands().len()
    }

    fn cell_score(&self, _part: usize, x: &[f32]) -> CellScore {
        let score = self.raw_score(x);
        CellScore {
            cell: self.bands().of(score),
            score,
        }
    }

    fn cell_scores(&self, _part: usize) -> Option<Vec<f32>> {
        None
    }

    fn feature_shares(&self, x: &[f32]) -> Vec<f32> {
        self.shares(x)
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        self.validate_own(d)?;
        self.bands().validate()
    }

    fn describe(&self, features: &[String], x: &[f32]) -> String {
        self.words(features, x)
    }
}
