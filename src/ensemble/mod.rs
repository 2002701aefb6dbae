//! Scores without labels: unsupervised detectors, fitted once and frozen.
//!
//! An [`Ensemble`] turns standardised instances `[n, d]` into member scores `[n, m]`, where
//! **higher is more anomalous** and no score is negative. GLAD asks nothing else of it, so members of
//! any kind can stand side by side: a new kind is a variant of [`Member`] behind the trait
//! [`Detector`], and a way to fit it.

mod histogram;
mod loda;
mod member;
mod scale;
mod settings;

pub use histogram::Histogram;
pub use loda::{Projection, draw_direction, sparsity};
pub use member::{Detector, Member};
pub use scale::ScoreScale;
pub use settings::{EnsembleSettings, PAPER_DIRECTIONS, Projections};

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use crate::numeric::{Cancelled, Watch};

/// Frozen detectors with the transform of each one's scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ensemble {
    members: Vec<Member>,
    scales: Vec<ScoreScale>,
}

impl Ensemble {
    /// Fits an ensemble to standardised instances.
    ///
    /// # Shapes
    /// `x` `[n_instances, n_features]`, standardised; returns the ensemble and the scores of these
    /// instances `[n_instances, n_members]`.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn fit(
        x: ArrayView2<'_, f32>,
        settings: &EnsembleSettings,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<(Self, Array2<f32>), Cancelled> {
        let projections = loda::fit(x, &settings.projections, seed, watch)?;
        let members: Vec<Member> = projections.into_iter().map(Member::Loda).collect();
        let mut scores = raw_scores(&members, x);
        let scales: Vec<ScoreScale> = scores
            .columns()
            .into_iter()
            .map(|column| ScoreScale::fit(column.iter().copied()))
            .collect();
        for mut row in scores.rows_mut() {
            for (score, scale) in row.iter_mut().zip(&scales) {
                *score = scale.apply(*score);
            }
        }
        Ok((Self { members, scales }, scores))
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members; never after a fit.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The detectors.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The transform of each member's raw score.
    pub fn scales(&self) -> &[ScoreScale] {
        &self.scales
    }

    /// Scores instances by every member.
    ///
    /// # Shapes
    /// `x` `[n, d]`, standardised as for the fit; returns `[n, m]`, each `>= 0`, in units of the
    /// member's standard deviation over the instances it was fitted to.
    pub fn scores(&self, x: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut scores = raw_scores(&self.members, x);
        for mut row in scores.rows_mut() {
            for (score, scale) in row.iter_mut().zip(&self.scales) {
                *score = scale.apply(*score);
            }
        }
        scores
    }
}

fn raw_scores(members: &[Member], x: ArrayView2<'_, f32>) -> Array2<f32> {
    let x = x.as_standard_layout();
    let mut scores = Array2::zeros((x.nrows(), members.len()));
    for (row, mut out) in x.rows().into_iter().zip(scores.rows_mut()) {
        // Standard layout: a row is always a slice.
        let row = row.to_slice().unwrap_or_default();
        for (member, score) in members.iter().zip(out.iter_mut()) {
            *score = member.score(row);
        }
    }
    scores
}
