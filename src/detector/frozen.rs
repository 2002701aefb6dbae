//! What is learnt from a table without labels, apart from its rows.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{BalanceSettings, Method, Settings, Weights, kept_settings};
use crate::dataset::{Schema, Standardiser};
use crate::ensemble::Ensemble;
use crate::network::{PrimingReport, logit};

/// A fitted detector without the table that it was fitted to: all that is needed to score another
/// one, and with the table all that [`Fitted`](super::Fitted) is made of.
///
/// 1. It never changes once fitted.
/// 2. Written to a file and read back it is equal to the bit; what does not fit together is refused
///    when it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FrozenText")]
pub struct Frozen {
    pub(super) settings: Settings,
    pub(super) schema: Schema,
    pub(super) scaling: Standardiser,
    pub(super) ensemble: Ensemble,
    pub(super) b: Vec<f32>,
    #[serde(serialize_with = "write_shared")]
    pub(super) primed: Arc<Weights>,
    pub(super) priming: PrimingReport,
}

/// Writes what is shared as if it were owned.
pub(super) fn write_shared<T: Serialize, S: Serializer>(
    shared: &Arc<T>,
    to: S,
) -> Result<S::Ok, S::Error> {
    shared.as_ref().serialize(to)
}

/// Reads what will be shared.
pub(super) fn read_shared<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Arc<T>, D::Error> {
    T::deserialize(from).map(Arc::new)
}

/// A [`Frozen`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "Frozen", deny_unknown_fields)]
struct FrozenText {
    #[serde(deserialize_with = "kept_settings")]
    settings: Settings,
    schema: Schema,
    scaling: Standardiser,
    ensemble: Ensemble,
    b: Vec<f32>,
    #[serde(deserialize_with = "read_shared")]
    primed: Arc<Weights>,
    priming: PrimingReport,
}

impl TryFrom<FrozenText> for Frozen {
    type Error = String;

    fn try_from(text: FrozenText) -> Result<Self, String> {
        text.settings
            .validate()
            .map_err(|error| error.to_string())?;
        let frozen = Self {
            settings: text.settings,
            schema: text.schema,
            scaling: text.scaling,
            ensemble: text.ensemble,
            b: text.b,
            primed: text.primed,
            priming: text.priming,
        };
        frozen.validate()?;
        Ok(frozen)
    }
}

impl Frozen {
    /// What the network sees of a standardised value at most: beyond, all its units are saturated,
    /// and a single far feature would hide the others.
    pub const REACH: f32 = 4.0;

    /// The settings that it was fitted with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The balance of answers and detectors that is in force.
    pub fn balance(&self) -> BalanceSettings {
        (self.settings.balance).with_given_scores(self.schema.has_given_scores())
    }

    /// The columns that its features are made of.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The scaling of the features.
    pub fn scaling(&self) -> &Standardiser {
        &self.scaling
    }

    /// The detectors.
    pub fn ensemble(&self) -> &Ensemble {
        &self.ensemble
    }

    /// The names of the members on screen.
    pub fn member_names(&self) -> Vec<String> {
        self.ensemble.names(self.schema.feature_names())
    }

    /// The prior relevance of each member `[m]`.
    pub fn b(&self) -> &[f32] {
        &self.b
    }

    /// The weights before any label.
    pub fn primed(&self) -> &Arc<Weights> {
        &self.primed
    }

    /// How priming went; without epochs where there is nothing to prime.
    pub fn priming(&self) -> &PrimingReport {
        &self.priming
    }

    /// The number of features.
    pub fn d(&self) -> usize {
        self.schema.n_features()
    }

    /// What the network sees of standardised rows: all features within reach, or nothing for AAD's
    /// global weights.
    pub(super) fn inputs(&self, x: Array2<f32>) -> Array2<f32> {
        match self.primed.network.layout.inputs() {
            0 => Array2::zeros((x.nrows(), 0)),
            _ => x.mapv_into(|value| value.clamp(-Self::REACH, Self::REACH)),
        }
    }

    /// The standardised features of raw ones `[k, d]`.
    pub fn standardise(&self, features: ArrayView2<'_, f32>) -> Array2<f32> {
        self.scaling.apply(features)
    }

    /// The prior logit of each part `[parts]`.
    pub(super) fn prior_logits(&self) -> Vec<f32> {
        let members = 0..self.ensemble.len();
        members
            .flat_map(|member| {
                let parts = self.ensemble.parts_of(member).len();
                std::iter::repeat_n(logit(self.b[member]), parts)
            })
            .collect()
    }

    /// The same, as what a history begins from with weights that were trained already; `place` says
    /// where an instance by which sources were judged is on the table to come.
    pub fn begun_with(&self, weights: &Weights, place: impl Fn(usize) -> Option<usize>) -> Self {
        let mut primed = weights.clone();
        let judged = primed.performance.judged.iter();
        let judged = judged.filter_map(|&at| u32::try_from(place(at as usize)?).ok());
        primed.performance.judged = judged.collect();
        primed.performance.judged.sort_unstable();
        Self {
            primed: Arc::new(primed),
            ..self.clone()
        }
    }

    /// Checks that its parts fit together.
    /// Checks that weights are those of this detector on a table of `n` instances.
    ///
    /// # Errors
    /// What does not fit, as a sentence.
    pub fn fits(&self, weights: &Weights, n: usize) -> Result<(), String> {
        let layout = &self.primed.network.layout;
        weights.validate(layout, self.ensemble.n_cells(), n)
    }

    fn validate(&self) -> Result<(), String> {
        let (d, m) = (self.d(), self.ensemble.len());
        if self.scaling.n_features() != d {
            return Err(format!(
                "a scaling of {} features does not fit a schema of {d}",
                self.scaling.n_features()
            ));
        }
        if self.b.len() != m || !self.b.iter().all(|b| *b > 0.0 && *b < 1.0) {
            return Err(format!(
                "the prior relevance of {m} members is {:?}, but must be one number above 0 and below 1 each",
                self.b.iter().take(8).collect::<Vec<_>>()
            ));
        }
        let layout = &self.primed.network.layout;
        let sees = match self.settings.method {
            Method::Glad => layout.inputs() == d || layout.inputs() == 0,
            Method::Aad | Method::Baseline => layout.inputs() == 0,
        };
        if !sees || layout.outputs() != m {
            return Err(format!(
                "a network from {} features to {} members does not fit {d} features and {m} members",
                layout.inputs(),
                layout.outputs()
            ));
        }
        self.ensemble.validate(d)?;
        // A table has at most usize::MAX instances: which it is to have is known with the table.
        self.fits(&self.primed, usize::MAX)
    }
}
