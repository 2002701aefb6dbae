//! Settings in files that an earlier program may have written.

use serde::{Deserialize, Deserializer};

use super::settings::Method;
use super::{BalanceSettings, MixtureSettings, Settings};
use crate::ensemble::EnsembleSettings;
use crate::network::{CellSettings, NetworkSettings, UpdateSettings};

/// [`Settings`] as sessions and journals hold them. What one of them does not speak of was not
/// there yet when it began, and is not brought in: it goes on as it began, to the bit.
#[derive(Deserialize)]
#[serde(rename = "Settings", default, deny_unknown_fields)]
struct Kept {
    seed: u64,
    method: Method,
    tau: f64,
    ensemble: EnsembleSettings,
    network: NetworkSettings,
    update: UpdateSettings,
    cells: CellSettings,
    #[serde(rename = "voice")]
    mixture: MixtureSettings,
    balance: KeptBalance,
}

/// [`BalanceSettings`], each of which came in after the last.
#[derive(Deserialize)]
#[serde(rename = "BalanceSettings", default, deny_unknown_fields)]
struct KeptBalance {
    cautious: f32,
    lift: f32,
    fade: f32,
    by_found: bool,
    by_spread: bool,
    by_data: bool,
    restraint: f32,
}

impl Default for KeptBalance {
    fn default() -> Self {
        let before = BalanceSettings::none();
        Self {
            cautious: before.cautious,
            lift: before.lift,
            fade: before.fade,
            by_found: before.by_found,
            by_spread: before.by_spread,
            by_data: before.by_data,
            restraint: before.restraint,
        }
    }
}

impl Default for Kept {
    fn default() -> Self {
        let usual = Settings::default();
        Self {
            seed: usual.seed,
            method: usual.method,
            tau: usual.tau,
            ensemble: usual.ensemble,
            network: usual.network,
            update: usual.update,
            cells: usual.cells,
            mixture: usual.mixture,
            balance: KeptBalance::default(),
        }
    }
}

/// Reads settings of a session.
///
/// # Errors
/// Those of the reader.
pub fn kept_settings<'de, D: Deserializer<'de>>(from: D) -> Result<Settings, D::Error> {
    let kept = Kept::deserialize(from)?;
    Ok(Settings {
        seed: kept.seed,
        method: kept.method,
        tau: kept.tau,
        ensemble: kept.ensemble,
        network: kept.network,
        update: kept.update,
        cells: kept.cells,
        mixture: kept.mixture,
        balance: BalanceSettings {
            cautious: kept.balance.cautious,
            lift: kept.balance.lift,
            fade: kept.balance.fade,
            by_found: kept.balance.by_found,
            by_spread: kept.balance.by_spread,
            by_data: kept.balance.by_data,
            restraint: kept.balance.restraint,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_old_session_does_not_speak_of_is_not_brought_in() {
        #[derive(Deserialize)]
        struct Session {
            #[serde(deserialize_with = "kept_settings")]
            settings: Settings,
        }
        let read = |text: &str| ron::from_str::<Session>(text).expect("settings").settings;
        let old = read("(settings: (seed: 3))");
        assert_eq!((old.seed, old.balance), (3, BalanceSettings::none()));
        // One that was written when there was a lift, but nothing to lower it.
        let between = read("(settings: (balance: (cautious: 0.3, lift: 6.0)))").balance;
        let expected = BalanceSettings {
            cautious: 0.3,
            lift: 6.0,
            ..BalanceSettings::none()
        };
        assert_eq!(between, expected);
        let new = Settings::default();
        let text = ron::to_string(&new).expect("text");
        assert_eq!(read(&format!("(settings: {text})")), new);
        // A file of settings for a new session has the default instead.
        let given: Settings = ron::from_str("(seed: 3)").expect("settings");
        assert_eq!(given.balance, BalanceSettings::default());
    }
}
