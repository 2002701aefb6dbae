//! A model without the table that it was learnt on.

use std::sync::Arc;

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::frozen::{read_shared, write_shared};
use super::held::Held;
use super::scoring::{CellRelevance, Scorer};
use super::{Frozen, Mixture, Scored, Weights};

/// What of a model its weights do not tell: it comes from the scores of the whole table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// How far relevance by cell and by network are believed.
    pub mixture: Mixture,
    /// The score at rank `⌊τ n⌋`.
    pub q_tau: f32,
}

impl Calibration {
    /// Checks one from a file.
    ///
    /// # Errors
    /// A sentence that says what cannot be.
    pub fn validate(&self) -> Result<(), String> {
        let Mixture {
            cells,
            network,
            cautious,
        } = self.mixture;
        let fits = |share: f32| share >= 0.0 && share.is_finite();
        let fits = fits(cells) && fits(network) && self.q_tau.is_finite();
        if !(0.0..=1.0).contains(&cautious) {
            return Err(format!(
                "the share of the cautious table is {cautious}, but must be from 0 to 1"
            ));
        }
        match fits {
            true => Ok(()),
            false => Err(format!(
                "the sources are mixed {cells} to {network} and q_tau is {}, but all must be finite, and no source negative",
                self.q_tau
            )),
        }
    }
}

/// What is left of a [`Model`](super::Model) where its table is not: it scores any rows.
///
/// 1. The rows of its own table get the model's scores, to the bit.
/// 2. What does not fit together is refused when it is read from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "TrainedText")]
pub struct Trained {
    #[serde(serialize_with = "write_shared")]
    frozen: Arc<Frozen>,
    #[serde(serialize_with = "write_shared")]
    weights: Arc<Weights>,
    mixture: Mixture,
    q_tau: f32,
}

/// A [`Trained`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "Trained", deny_unknown_fields)]
struct TrainedText {
    #[serde(deserialize_with = "read_shared")]
    frozen: Arc<Frozen>,
    #[serde(deserialize_with = "read_shared")]
    weights: Arc<Weights>,
    mixture: Mixture,
    q_tau: f32,
}

impl TryFrom<TrainedText> for Trained {
    type Error = String;

    fn try_from(text: TrainedText) -> Result<Self, String> {
        let calibration = Calibration {
            mixture: text.mixture,
            q_tau: text.q_tau,
        };
        Self::of_file(text.frozen, text.weights, calibration)
    }
}

impl Trained {
    /// Puts together what stood in a file; which instances were judged is not looked at.
    ///
    /// # Errors
    /// What does not fit together, as a phrase.
    pub fn of_file(
        frozen: Arc<Frozen>,
        weights: Arc<Weights>,
        calibration: Calibration,
    ) -> Result<Self, String> {
        frozen.fits(&weights, usize::MAX)?;
        calibration.validate()?;
        Ok(Self::new(frozen, weights, calibration))
    }

    pub(super) fn new(
        frozen: Arc<Frozen>,
        weights: Arc<Weights>,
        calibration: Calibration,
    ) -> Self {
        Self {
            frozen,
            weights,
            mixture: calibration.mixture,
            q_tau: calibration.q_tau,
        }
    }

    /// What was learnt without labels.
    pub fn frozen(&self) -> &Arc<Frozen> {
        &self.frozen
    }

    /// What was learnt from labels.
    pub fn weights(&self) -> &Arc<Weights> {
        &self.weights
    }

    /// How far relevance by cell and by network are believed.
    pub fn mixture(&self) -> Mixture {
        self.mixture
    }

    /// The score at rank `⌊τ n⌋` of the table that it was trained on.
    pub fn q_tau(&self) -> f32 {
        self.q_tau
    }

    /// Scores rows, on all cores and with the same bits on one.
    ///
    /// # Shapes
    /// `features` `[k, d]`, raw, as [`Frozen::schema`] makes them; any finite values.
    pub fn score(&self, features: ArrayView2<'_, f32>) -> Scored {
        let cells = CellRelevance::new(&self.frozen, &self.weights, self.mixture.cautious);
        let scorer = Scorer {
            frozen: &self.frozen,
            weights: &self.weights,
            cells: &cells,
        };
        scorer.score(features, self.mixture)
    }

    /// What of each member's score keeps the prior relevance whatever the network says `[m]`; `None`
    /// where nothing does.
    pub fn held(&self) -> Option<Vec<f32>> {
        Held::of(&self.frozen, &self.weights.performance).map(|held| held.members)
    }

    /// How much of what was learnt counts, in [0, 1]; the rest of every relevance stays at the prior.
    pub fn counted(&self) -> f32 {
        let labels = self.weights.performance.judged.len();
        self.frozen.balance().counted(labels)
    }

    /// The relevance of each cell by the cells' source `[n_cells]`.
    pub fn cell_relevance(&self) -> Vec<f32> {
        CellRelevance::new(&self.frozen, &self.weights, self.mixture.cautious).into_relevance()
    }
}
