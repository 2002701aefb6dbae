//! Ready-made settings: an ensemble with the learner that suits it.

use super::{BalanceSettings, MixtureSettings, RelevanceSources, Settings};
use crate::ensemble::EnsembleSettings;
use crate::network::UpdateSettings;

/// Settings that are chosen by one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// What the program begins with.
    Usual,
    /// The method as it was published.
    Published,
    /// A quarter of the parts.
    Fast,
    /// Trees alone.
    Forests,
}

impl Preset {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Usual, Self::Published, Self::Fast, Self::Forests];

    /// The name on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Usual => "default",
            Self::Published => "published",
            Self::Fast => "fast",
            Self::Forests => "forests",
        }
    }

    /// The name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "default",
            Self::Published => "published GLAD",
            Self::Fast => "fast",
            Self::Forests => "forests only",
        }
    }

    /// What it is good for, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Usual => {
                "LODA's projections with two forests of isolation trees beside them: good on most tables, and each projection has a map that can be read."
            }
            Self::Published => {
                "LODA's projections alone and the published loss (λ 1, no margin, the network the only source): to compare with the paper, or to see the plain method at work; it finds fewer."
            }
            Self::Fast => {
                "A quarter of the default's trees and a third of its projections: for tables of a million rows and for slow machines, at the price of a few anomalies."
            }
            Self::Forests => {
                "Two forests of isolation trees and no projection: for tables whose anomalies lie in the corners of single features, and the default's detectors of before the projections came in."
            }
        }
    }

    /// Its ensemble, as it is written.
    fn ensemble(self) -> EnsembleSettings {
        let kinds = |text: &str| text.parse().unwrap_or_default();
        match self {
            Self::Usual => EnsembleSettings::default(),
            Self::Published => kinds("loda:15"),
            Self::Fast => kinds("loda:5*0.02+iforest:40+eif:20*0.6"),
            Self::Forests => kinds("iforest:150+eif:75*0.6"),
        }
    }

    /// The settings that it stands for; seed and τ are those of `kept`: they are about the table
    /// and chance rather than the method.
    pub fn settings(self, kept: &Settings) -> Settings {
        let mut settings = Settings {
            seed: kept.seed,
            tau: kept.tau,
            ensemble: self.ensemble(),
            ..Settings::default()
        };
        if self == Self::Published {
            settings.balance = BalanceSettings::none();
            settings.mixture = MixtureSettings {
                sources: RelevanceSources::Network,
                ..MixtureSettings::default()
            };
            settings.update = UpdateSettings {
                lambda: 1.0,
                margin: 0.0,
                softness: 0.0,
                ..UpdateSettings::default()
            };
        }
        settings
    }

    /// The one that settings are, if they are one.
    pub fn of(settings: &Settings) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|preset| preset.settings(settings) == *settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_valid_and_known_again_with_another_seed_and_tau() {
        let kept = Settings {
            seed: 7,
            tau: 0.1,
            ..Settings::default()
        };
        for preset in Preset::ALL {
            let settings = preset.settings(&kept);
            assert_eq!(settings.validate(), Ok(()));
            assert_eq!((settings.seed, settings.tau), (7, 0.1));
            assert_eq!(Preset::of(&settings), Some(preset));
        }
        assert_eq!(
            Preset::Usual.settings(&Settings::default()),
            Settings::default()
        );
        let mut own = kept;
        own.cells.steps = 3;
        assert_eq!(Preset::of(&own), None);
    }

    #[test]
    fn what_they_are_called_is_what_they_are() {
        let text = |preset: Preset| preset.settings(&Settings::default()).ensemble.to_string();
        assert_eq!(text(Preset::Published), "loda:15");
        assert!(text(Preset::Usual).contains("loda") && text(Preset::Usual).contains("iforest"));
        assert!(text(Preset::Fast).contains("loda") && !text(Preset::Forests).contains("loda"));
    }
}
