//! What is learnt from a table without labels.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2};
use thiserror::Error;

use super::{Method, Settings, SettingsError};
use crate::dataset::{Dataset, Standardiser};
use crate::ensemble::{Ensemble, PAPER_DIRECTIONS, Projections};
use crate::network::{AdamMoments, Layout, NetworkState, PrimingReport, prime};
use crate::numeric::{Cancelled, Watch, order_descending, stream};

/// The unsupervised part of a detector: scaling, ensemble and member scores of one table.
///
/// 1. It never changes once fitted; revisions share it.
/// 2. Features and member scores are held once, in `f32`, in the rows of the table.
#[derive(Debug)]
pub struct Fitted {
    settings: Settings,
    scaling: Standardiser,
    x: Array2<f32>,
    ensemble: Ensemble,
    member_scores: Array2<f32>,
    primed: Arc<NetworkState>,
    priming: PrimingReport,
}

/// Why a table could not be fitted.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FitError {
    /// A setting is outside its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The paper's directions live in a plane.
    #[error(
        "the paper's four projections are for tables of 2 features, but this one has {0}; leave them out to draw projections"
    )]
    NotAPlane(usize),
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl Fitted {
    /// Standardises a table, fits the ensemble and primes the network.
    ///
    /// # Errors
    /// [`FitError`] for settings out of range, for the paper's projections on a table that does
    /// not have two features, and when `watch` cancels.
    pub fn fit(
        dataset: &Dataset,
        settings: &Settings,
        watch: &mut dyn Watch,
    ) -> Result<Self, FitError> {
        settings.check()?;
        let scaling = Standardiser::fit(dataset.features());
        let x = scaling.apply(dataset.features());
        let mut ensemble_settings = settings.ensemble.clone();
        if settings.paper_projections {
            if dataset.n_features() != 2 {
                return Err(FitError::NotAPlane(dataset.n_features()));
            }
            ensemble_settings.projections = Projections::Fixed(paper_directions(&scaling));
        }
        let (ensemble, member_scores) =
            Ensemble::fit(x.view(), &ensemble_settings, settings.seed, watch)?;
        let (primed, priming) = match settings.method {
            Method::Glad => prime(
                x.view(),
                ensemble.len(),
                &settings.network,
                &mut stream(settings.seed, "priming", 0),
                watch,
            )?,
            Method::Aad | Method::Baseline => uniform(ensemble.len(), settings.network.b),
        };
        let settings = settings.clone();
        Ok(Self {
            settings,
            scaling,
            x,
            ensemble,
            member_scores,
            primed: Arc::new(primed),
            priming,
        })
    }

    /// The settings that it was fitted with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The scaling of the features.
    pub fn scaling(&self) -> &Standardiser {
        &self.scaling
    }

    /// The detectors.
    pub fn ensemble(&self) -> &Ensemble {
        &self.ensemble
    }

    /// The standardised features `[n, d]`.
    pub fn x(&self) -> ArrayView2<'_, f32> {
        self.x.view()
    }

    /// The scores of every instance by every member `[n, m]`, `>= 0`.
    pub fn member_scores(&self) -> ArrayView2<'_, f32> {
        self.member_scores.view()
    }

    /// The network before any label.
    pub fn primed(&self) -> &Arc<NetworkState> {
        &self.primed
    }

    /// How priming went; without epochs where there is nothing to prime.
    pub fn priming(&self) -> &PrimingReport {
        &self.priming
    }

    /// What the network sees of standardised rows: all features, or nothing for AAD's global
    /// weights.
    pub(super) fn inputs<'a>(&self, x: ArrayView2<'a, f32>) -> ArrayView2<'a, f32> {
        let inputs = self.primed.layout.inputs();
        x.slice_move(ndarray::s![.., ..inputs])
    }

    /// All instances by the baseline: the same members with uniform relevance.
    pub fn baseline_order(&self) -> Vec<usize> {
        let scores: Vec<f32> = self
            .member_scores
            .rows()
            .into_iter()
            .map(|row| row.sum())
            .collect();
        order_descending(&scores)
    }

    /// The rank, counted from 0, of `x_tau`: `⌊τ n⌋` instances stand above or at it.
    pub fn tau_rank(&self) -> usize {
        let n = self.x.nrows();
        ((self.settings.tau * n as f64).floor() as usize).clamp(1, n.max(1)) - 1
    }
}

/// The paper's directions lie in the plane of the raw features; standardising stretches them.
fn paper_directions(scaling: &Standardiser) -> Vec<Vec<f32>> {
    let spread = scaling.deviations();
    PAPER_DIRECTIONS
        .iter()
        .map(|direction| {
            direction
                .iter()
                .zip(spread)
                .map(|(entry, by)| entry * *by as f32)
                .collect()
        })
        .collect()
}

/// A network without inputs: relevance is a sigmoid of one number a member, `b` to begin with.
fn uniform(members: usize, b: f32) -> (NetworkState, PrimingReport) {
    let layout = Layout::new(0, &[], members);
    let weights = vec![(b / (1.0 - b)).ln(); members];
    let state = NetworkState {
        layout,
        weights,
        adam: AdamMoments::default(),
    };
    (
        state,
        PrimingReport {
            losses: Vec::new(),
            deviation: 0.0,
            spread: 0.0,
        },
    )
}
