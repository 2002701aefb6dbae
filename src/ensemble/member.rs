//! What every kind of detector can do.

use serde::{Deserialize, Serialize};

use super::Projection;

/// An unsupervised detector, frozen once fitted.
pub trait Detector {
    /// Scores one standardised instance `[d]`; finite, and higher is more anomalous.
    fn score(&self, x: &[f32]) -> f32;

    /// How strongly each feature enters the score, `>= 0` and summing to 1; `[d]`.
    fn feature_weights(&self) -> Vec<f32>;

    /// The direction in standardised space along which the detector looks, where it has one; `[d]`.
    fn direction(&self) -> Option<&[f32]>;

    /// What it measures, in the words of an analyst who sees `features` as column names.
    fn describe(&self, features: &[String]) -> String;
}

/// A detector of any kind; a session file names the kind by the variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Member {
    /// A one-dimensional projection with a histogram.
    Loda(Projection),
}

impl Member {
    fn detector(&self) -> &dyn Detector {
        match self {
            Self::Loda(projection) => projection,
        }
    }
}

impl Detector for Member {
    fn score(&self, x: &[f32]) -> f32 {
        match self {
            Self::Loda(projection) => projection.score(x),
        }
    }

    fn feature_weights(&self) -> Vec<f32> {
        self.detector().feature_weights()
    }

    fn direction(&self) -> Option<&[f32]> {
        self.detector().direction()
    }

    fn describe(&self, features: &[String]) -> String {
        self.detector().describe(features)
    }
}
