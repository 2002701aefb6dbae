//! The methods that an experiment holds against each other.

use super::rival::Rival;
use crate::detector::{Method, Settings};

/// A method of an experiment: the given settings, a part of them left out, or another learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// No feedback.
    Baseline,
    /// The settings as they are.
    Glad,
    /// Nothing holds relevance at `b`: the weights λ of both priors are 0.
    GladWithoutPrior,
    /// The network begins as it was drawn, its outputs spread by 1 around `b`.
    GladWithoutPriming,
    /// One weight a member, nothing holding it.
    Aad,
    /// One weight a member, held by the prior.
    AadWithPrior,
    /// AAD over the leaves of an isolation forest of its own.
    AadForest,
    /// Online mirror descent over the edges of an isolation forest of its own.
    Omd,
    /// The active isolation forest.
    Alif,
}

impl Variant {
    /// All, in the order of a table.
    pub const ALL: [Self; 9] = [
        Self::Baseline,
        Self::Glad,
        Self::GladWithoutPrior,
        Self::GladWithoutPriming,
        Self::Aad,
        Self::AadWithPrior,
        Self::AadForest,
        Self::Omd,
        Self::Alif,
    ];

    /// The name on the command line and in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Glad => "glad",
            Self::GladWithoutPrior => "glad-without-prior",
            Self::GladWithoutPriming => "glad-without-priming",
            Self::Aad => "aad",
            Self::AadWithPrior => "aad-with-prior",
            Self::AadForest => "aad_forest",
            Self::Omd => "omd",
            Self::Alif => "alif",
        }
    }

    /// The name in a table.
    pub fn label(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Glad => "GLAD",
            Self::GladWithoutPrior => "GLAD without prior",
            Self::GladWithoutPriming => "GLAD without priming",
            Self::Aad => "AAD (global weights)",
            Self::AadWithPrior => "AAD with prior",
            Self::AadForest => "AAD over a forest",
            Self::Omd => "OMD",
            Self::Alif => "ALIF",
        }
    }

    /// What it is, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Baseline => "No feedback.",
            Self::Glad => "The settings as they are.",
            Self::GladWithoutPrior => "Nothing holds relevance at b.",
            Self::GladWithoutPriming => "The network begins as it was drawn.",
            Self::Aad => "One weight a member, nothing holding it.",
            Self::AadWithPrior => "One weight a member, held by the prior.",
            Self::AadForest => "AAD over the leaves of an isolation forest (Das et al. 2019).",
            Self::Omd => {
                "Feedback by online mirror descent over an isolation forest (Siddiqui et al. 2018)."
            }
            Self::Alif => "The active isolation forest (Marcelli et al. 2022).",
        }
    }

    /// The learner of other people that it is, if it is one: of the settings it heeds the seed and
    /// tau alone.
    pub(super) fn rival(self) -> Option<Rival> {
        match self {
            Self::AadForest => Some(Rival::AadForest),
            Self::Omd => Some(Rival::Omd),
            Self::Alif => Some(Rival::Alif),
            _ => None,
        }
    }

    /// The settings of one trial.
    pub fn settings(self, settings: &Settings, seed: u64) -> Settings {
        let mut own = settings.clone();
        own.seed = seed;
        own.method = match self {
            Self::Baseline | Self::AadForest | Self::Omd | Self::Alif => Method::Baseline,
            Self::Glad | Self::GladWithoutPrior | Self::GladWithoutPriming => Method::Glad,
            Self::Aad | Self::AadWithPrior => Method::Aad,
        };
        if matches!(self, Self::GladWithoutPrior | Self::Aad) {
            own.update.lambda = 0.0;
            own.cells.lambda = 0.0;
        }
        if self == Self::GladWithoutPriming {
            own.network.prime_epochs = 0;
            own.network.output_gain = 1.0;
        }
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_leaves_out_what_its_name_says() {
        let given = Settings::default();
        let of = |variant: Variant| variant.settings(&given, 7);
        assert_eq!(
            of(Variant::Glad),
            Settings {
                seed: 7,
                ..given.clone()
            }
        );
        assert_eq!(of(Variant::GladWithoutPrior).update.lambda, 0.0);
        assert_eq!(of(Variant::GladWithoutPrior).cells.lambda, 0.0);
        assert_eq!(of(Variant::GladWithoutPriming).network.prime_epochs, 0);
        assert_eq!(of(Variant::AadWithPrior).update.lambda, given.update.lambda);
        assert_eq!(of(Variant::Aad).method, Method::Aad);
        for variant in Variant::ALL {
            assert_eq!(of(variant).validate(), Ok(()));
        }
    }
}
