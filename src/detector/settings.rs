//! Everything that decides what a session learns, apart from data and answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ensemble::EnsembleSettings;
use crate::network::{NetworkSettings, UpdateSettings};

/// How member scores are weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Relevance by place: the network sees the features.
    #[default]
    Glad,
    /// Relevance by member alone: the same loss on a network without inputs, one weight each.
    Aad,
    /// Uniform relevance: feedback changes nothing.
    Baseline,
}

/// Settings of a detector; equal settings, data and answers give equal bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The seed of every random stream.
    pub seed: u64,
    /// How member scores are weighed.
    pub method: Method,
    /// The fraction of instances assumed anomalous, in (0, 0.5].
    pub tau: f64,
    /// Draw directions for LODA, or the four of the paper for tables of two features.
    pub paper_projections: bool,
    /// The ensemble.
    pub ensemble: EnsembleSettings,
    /// The network and its priming.
    pub network: NetworkSettings,
    /// The training of an update.
    pub update: UpdateSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            method: Method::Glad,
            tau: 0.03,
            paper_projections: false,
            ensemble: EnsembleSettings::default(),
            network: NetworkSettings::default(),
            update: UpdateSettings::default(),
        }
    }
}

/// A setting outside its range.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{quantity} is {found}, but must be {range}")]
pub struct SettingsError {
    /// What is set, in the words of the glossary.
    pub quantity: &'static str,
    /// What values it may have.
    pub range: &'static str,
    /// What it was set to.
    pub found: String,
}

impl Settings {
    /// Checks every setting against its range.
    ///
    /// # Errors
    /// [`SettingsError`] names the first one outside.
    pub fn check(&self) -> Result<(), SettingsError> {
        let network = &self.network;
        let update = &self.update;
        let positive = |value: f32| value.is_finite() && value > 0.0;
        let zero_or_more = |value: f32| value.is_finite() && value >= 0.0;
        let checks: [(bool, &'static str, &'static str, String); 10] = [
            (
                self.tau > 0.0 && self.tau <= 0.5,
                "tau",
                "above 0 and at most 0.5",
                self.tau.to_string(),
            ),
            (
                network.b > 0.0 && network.b < 1.0,
                "the prior relevance b",
                "between 0 and 1",
                network.b.to_string(),
            ),
            (
                network
                    .hidden
                    .iter()
                    .all(|&units| (1..=4096).contains(&units)),
                "the number of hidden units",
                "from 1 to 4096",
                format!("{:?}", network.hidden),
            ),
            (
                network.hidden.len() <= 4,
                "the number of hidden layers",
                "at most 4",
                network.hidden.len().to_string(),
            ),
            (
                zero_or_more(update.c),
                "the hinge weight c",
                "0 or more",
                update.c.to_string(),
            ),
            (
                zero_or_more(update.lambda),
                "the prior weight lambda",
                "0 or more",
                update.lambda.to_string(),
            ),
            (
                zero_or_more(update.l2),
                "l2",
                "0 or more",
                update.l2.to_string(),
            ),
            (
                positive(update.rate as f32),
                "the learning rate",
                "above 0",
                update.rate.to_string(),
            ),
            (
                (1..=100).contains(&update.passes),
                "the number of passes",
                "from 1 to 100",
                update.passes.to_string(),
            ),
            (
                self.ensemble.has_valid_counts(),
                "the number of members",
                "from 1 to 1000, the minimum not above the maximum",
                format!("{:?}", self.ensemble.projections),
            ),
        ];
        checks.into_iter().find(|(holds, ..)| !holds).map_or(
            Ok(()),
            |(_, quantity, range, found)| {
                Err(SettingsError {
                    quantity,
                    range,
                    found,
                })
            },
        )
    }
}
