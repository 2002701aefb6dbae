//! What an autoencoder cannot bring back.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Banded;
use crate::ensemble::bands::Bands;
use crate::ensemble::describe::heaviest;
use crate::ensemble::exact;
use crate::ensemble::sampling::some_rows;
use crate::network::AutoencoderNetwork;
use crate::numeric::{Cancelled, Watch, stream};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "autoencoder",
    count: None,
    title: "autoencoder",
    scores: "how badly a small autoencoder brings it back",
    kind: |_| Kind::Autoencoder,
    prior: PRIOR,
    floor: FLOOR,
};

/// Instances that the autoencoder learns from.
const ROWS: usize = 4096;

/// A detector that scores the distance between an instance and what an autoencoder makes of it.
///
/// Its cells are bands of the distance.
///
/// # Source
/// Hawkins, He, Williams and Baxter 2002, *Outlier detection using replicator neural networks*.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Autoencoder {
    autoencoder: AutoencoderNetwork,
    bands: Bands,
}

impl Autoencoder {
    /// Trains an autoencoder on standardised instances `x` `[n, d]`.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub(in crate::ensemble) fn fit(
        x: ArrayView2<'_, f32>,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<Self, Cancelled> {
        let drawn = some_rows(x, ROWS, seed, "autoencoder");
        let autoencoder =
            AutoencoderNetwork::train(drawn.view(), &mut stream(seed, "autoencoder", 1), watch)?;
        let mut fitted = Self {
            autoencoder,
            bands: Bands::fit([]),
        };
        let scores = drawn
            .rows()
            .into_iter()
            .map(|row| fitted.distance(&row.to_vec()));
        fitted.bands = Bands::fit(scores.collect::<Vec<f32>>());
        Ok(fitted)
    }

    /// What brings instances back.
    pub fn autoencoder(&self) -> &AutoencoderNetwork {
        &self.autoencoder
    }

    fn distance(&self, x: &[f32]) -> f32 {
        let brought_back = self.autoencoder.reconstruct(x);
        let off = x.iter().zip(brought_back).map(|(value, back)| value - back);
        exact::length(&off.collect::<Vec<f32>>())
    }
}

impl Banded for Autoencoder {
    fn bands(&self) -> &Bands {
        &self.bands
    }

    fn raw_score(&self, x: &[f32]) -> f32 {
        self.distance(x)
    }

    fn shares(&self, x: &[f32]) -> Vec<f32> {
        let brought_back = self.autoencoder.reconstruct(x);
        x.iter()
            .zip(brought_back)
            .map(|(value, back)| (value - back).powi(2))
            .collect()
    }

    fn validate_own(&self, d: usize) -> Result<(), String> {
        self.autoencoder.validate(d)
    }

    fn words(&self, features: &[String], x: &[f32]) -> String {
        format!(
            "how badly an autoencoder, which knows the table by {} numbers an instance, brings the instance back; here it misses mostly {}",
            self.autoencoder.width(),
            heaviest(&self.shares(x), features, 3)
        )
    }
}
