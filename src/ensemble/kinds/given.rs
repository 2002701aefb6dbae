//! A score that came with the instances.

use serde::{Deserialize, Serialize};

use super::{FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Banded;
use crate::ensemble::bands::Bands;

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "given",
    count: None,
    title: "given score",
    scores: "what the detectors of images and sequences say; where there are such, they always take part",
    kind: |_| Kind::Given(Vec::new()),
    prior: PRIOR,
    floor: FLOOR,
};

/// Which feature is a score, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenScore {
    /// The feature.
    pub feature: usize,
    /// What the detector is called that gave it.
    pub name: String,
    /// What it measures; follows "it scores".
    pub meaning: String,
    /// How much it counts beside other scores, as a multiple of its spread.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: f32,
}

/// The weight of scores of before they had any.
fn one() -> f32 {
    1.0
}

fn is_one(weight: &f32) -> bool {
    *weight == 1.0
}

/// A detector that scores what another one has said: its score is a feature.
///
/// Its cells are bands of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given {
    score: GivenScore,
    bands: Bands,
}

impl Given {
    /// Takes up a score, given its values over the standardised instances.
    pub(in crate::ensemble) fn fit(
        score: GivenScore,
        values: impl IntoIterator<Item = f32>,
    ) -> Self {
        let bands = Bands::fit(values);
        Self { score, bands }
    }

    /// Which feature is the score, and of what.
    pub fn score(&self) -> &GivenScore {
        &self.score
    }
}

impl Banded for Given {
    fn bands(&self) -> &Bands {
        &self.bands
    }

    fn raw_score(&self, x: &[f32]) -> f32 {
        x.get(self.score.feature).copied().unwrap_or(0.0)
    }

    fn shares(&self, x: &[f32]) -> Vec<f32> {
        let mut shares = vec![0.0; x.len()];
        if let Some(share) = shares.get_mut(self.score.feature) {
            *share = 1.0;
        }
        shares
    }

    fn validate_own(&self, d: usize) -> Result<(), String> {
        let GivenScore {
            feature, weight, ..
        } = self.score;
        if feature >= d {
            return Err(format!("a score is feature {feature} of {d}"));
        }
        match weight > 0.0 && weight.is_finite() {
            true => Ok(()),
            false => Err(format!("a score has the weight {weight}")),
        }
    }

    fn words(&self, _features: &[String], _x: &[f32]) -> String {
        self.score.meaning.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Detector;

    #[test]
    fn the_score_is_the_feature() {
        let score = GivenScore {
            feature: 1,
            name: "order".into(),
            meaning: "how far out of order".into(),
            weight: 1.0,
        };
        let given = Given::fit(score, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(given.cell_score(0, &[9.0, 2.5]).score, 2.5);
        assert!(given.cell_score(0, &[9.0, 2.5]).cell > given.cell_score(0, &[9.0, 0.0]).cell);
        assert_eq!(given.feature_shares(&[9.0, 2.5]), [0.0, 1.0]);
        assert_eq!(given.describe(&[], &[9.0, 2.5]), "how far out of order");
        assert_eq!(
            (given.validate(2), given.validate(1).is_err()),
            (Ok(()), true)
        );
    }
}
