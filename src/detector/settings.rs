//! Everything that decides what a session learns, apart from data and answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{BalanceSettings, MixtureSettings};
use crate::ensemble::EnsembleSettings;
use crate::network::{CellSettings, NetworkSettings, UpdateSettings};

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

impl Method {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Glad, Self::Aad, Self::Baseline];

    /// The name on screen, on the command line and in output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Glad => "glad",
            Self::Aad => "aad",
            Self::Baseline => "baseline",
        }
    }

    /// What it does, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Glad => "Relevance by location in the feature space.",
            Self::Aad => "One weight a member, the same everywhere.",
            Self::Baseline => "Uniform relevance: answers change nothing.",
        }
    }
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
    /// The ensemble.
    pub ensemble: EnsembleSettings,
    /// The network and its priming.
    pub network: NetworkSettings,
    /// How an update trains the network.
    pub update: UpdateSettings,
    /// How an update trains relevance by cell.
    pub cells: CellSettings,
    /// How the two are mixed.
    #[serde(rename = "voice")]
    pub mixture: MixtureSettings,
    /// How answers are balanced against what detectors say.
    pub balance: BalanceSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            method: Method::Glad,
            tau: 0.03,
            ensemble: EnsembleSettings::default(),
            network: NetworkSettings::default(),
            update: UpdateSettings::default(),
            cells: CellSettings::default(),
            mixture: MixtureSettings::default(),
            balance: BalanceSettings::default(),
        }
    }
}

/// A setting outside its range, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct SettingsError(String);

/// One number of the settings with the range that it must lie in.
struct Range {
    quantity: &'static str,
    value: f64,
    low: f64,
    high: f64,
    /// Whether `low` itself is allowed.
    from: bool,
}

impl Range {
    fn validate(&self) -> Result<(), String> {
        let Self {
            quantity,
            value,
            low,
            high,
            from,
        } = self;
        let above = if *from { value >= low } else { value > low };
        let fits = above && value <= high && value.is_finite();
        let from = if *from { "from" } else { "above" };
        let range = match high.is_finite() {
            true => format!("{from} {low} to {high}"),
            false => format!("{from} {low} on"),
        };
        match fits {
            true => Ok(()),
            false => Err(format!("{quantity} is {value}, but must be {range}")),
        }
    }
}

impl Settings {
    /// Checks every setting against its range.
    ///
    /// # Errors
    /// [`SettingsError`] names the first one outside.
    pub fn validate(&self) -> Result<(), SettingsError> {
        let numbers = self.ranges().iter().try_for_each(Range::validate);
        numbers
            .and_then(|()| self.ensemble.validate())
            .map_err(SettingsError)
    }

    fn ranges(&self) -> Vec<Range> {
        let (network, update, cells, mixture) =
            (&self.network, &self.update, &self.cells, &self.mixture);
        let balance = &self.balance;
        let range = |quantity, value: f64, low, high, from| Range {
            quantity,
            value,
            low,
            high,
            from,
        };
        let most = f64::INFINITY;
        let mut ranges = vec![
            range("tau", self.tau, 0.0, 0.5, false),
            range(
                "the prior relevance b",
                f64::from(network.b.unwrap_or(0.5)),
                0.001,
                0.999,
                true,
            ),
            range(
                "the gain of the first layer",
                f64::from(network.gain),
                0.0,
                100.0,
                false,
            ),
            range(
                "the gain of the outputs",
                f64::from(network.output_gain),
                0.0,
                100.0,
                true,
            ),
            range(
                "the epochs of priming",
                network.prime_epochs as f64,
                0.0,
                10_000.0,
                true,
            ),
            range(
                "the number of hidden layers",
                network.hidden.len() as f64,
                0.0,
                4.0,
                true,
            ),
            range(
                "the learning rate of the network",
                update.rate,
                0.0,
                1.0,
                false,
            ),
            range(
                "the prior weight lambda of the network",
                f64::from(update.lambda),
                0.0,
                most,
                true,
            ),
            range("l2", f64::from(update.l2), 0.0, most, true),
            range(
                "the margin of the network",
                f64::from(update.margin),
                0.0,
                100.0,
                true,
            ),
            range(
                "the softness of the network",
                f64::from(update.softness),
                0.0,
                100.0,
                true,
            ),
            range(
                "the steps of an update of the network",
                update.steps as f64,
                1.0,
                10_000.0,
                true,
            ),
            range(
                "the rows of the prior",
                update.prior_rows as f64,
                1.0,
                10_000.0,
                true,
            ),
            range(
                "the learning rate of the cells",
                cells.rate,
                0.0,
                10.0,
                false,
            ),
            range(
                "the prior weight lambda of the cells",
                f64::from(cells.lambda),
                0.0,
                most,
                true,
            ),
            range(
                "the margin of the cells",
                f64::from(cells.margin),
                0.0,
                100.0,
                true,
            ),
            range(
                "the softness of the cells",
                f64::from(cells.softness),
                0.0,
                100.0,
                true,
            ),
            range(
                "the steps of an update of the cells",
                cells.steps as f64,
                1.0,
                10_000.0,
                true,
            ),
            range(
                "the trust in a better source",
                f64::from(mixture.trust),
                0.0,
                100.0,
                true,
            ),
            range(
                "the memory of earlier ranks",
                f64::from(mixture.memory),
                0.0,
                1.0,
                false,
            ),
            range(
                "the patience with the network",
                f64::from(mixture.patience),
                0.0,
                most,
                true,
            ),
        ];
        ranges.extend([
            range(
                "the prior weight lambda of the cautious cells",
                f64::from(balance.cautious),
                0.0,
                most,
                true,
            ),
            range(
                "the lift of the cells",
                f64::from(balance.lift),
                0.0,
                1000.0,
                true,
            ),
            range(
                "the fade of the lift",
                f64::from(balance.fade),
                0.0,
                most,
                true,
            ),
            range(
                "the restraint",
                f64::from(balance.restraint),
                0.0,
                most,
                true,
            ),
        ]);
        let widths = network.hidden.iter();
        ranges.extend(widths.map(|&units| {
            range(
                "the number of hidden units",
                units as f64,
                1.0,
                4096.0,
                true,
            )
        }));
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_in_range_and_others_are_told_with_their_range() {
        assert_eq!(Settings::default().validate(), Ok(()));
        let told = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.validate().expect_err("a refusal").to_string()
        };
        assert_eq!(
            told(|s| s.tau = 0.9),
            "tau is 0.9, but must be above 0 to 0.5"
        );
        assert_eq!(
            told(|s| s.tau = f64::NAN),
            "tau is NaN, but must be above 0 to 0.5"
        );
        assert_eq!(
            told(|s| s.update.lambda = -1.0),
            "the prior weight lambda of the network is -1, but must be from 0 on"
        );
        assert!(
            told(|s| s.network.hidden = vec![50, 0]).starts_with("the number of hidden units is 0")
        );
        assert!(told(|s| s.ensemble.kinds.clear()).contains("at least one kind"));
    }
}
