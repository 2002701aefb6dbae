//! What is learnt from a table without labels.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ndarray::{Array2, ArrayView2, Axis};
use thiserror::Error;

use super::sample::Sample;
use super::{
    BalanceSettings, Frozen, Method, Overview, RelevanceSources, Settings, SettingsError,
    SourcePerformance, Weights,
};
use crate::dataset::{ColumnSummary, Dataset, Schema, Standardiser};
use crate::ensemble::{
    Ensemble, EnsembleSettings, GivenScore, InstanceCells, Kind, KindSettings, PAPER_DIRECTIONS,
    PointCells, Projections,
};
use crate::network::{AdamMoments, CellTable, Layout, NetworkState, PrimingReport, logit, prime};
use crate::numeric::{Cancelled, Ranking, Watch, stream};

/// The spread of the scores that came with the instances, beside those of the other detectors.
const GIVEN_WEIGHT: f32 = 2.0;
/// The same where each of them has a weight of its own, as those of images have.
const WEIGHED_WEIGHT: f32 = 4.0;
/// The same where the instances are sequences.
const SEQUENCES_WEIGHT: f32 = 4.0;

/// The unsupervised part of a detector with one table: what it learnt, and where the instances lie.
///
/// 1. It never changes once fitted; revisions share it.
/// 2. Features are held once, in the table; standardised values are made where they are needed.
/// 3. Put together again from its frozen part and the table, it is equal to the bit.
pub struct Fitted {
    frozen: Arc<Frozen>,
    dataset: Arc<Dataset>,
    instance_cells: InstanceCells,
    member_scores: Array2<f32>,
    /// The share of each member in the network's prior; empty where all have the same.
    shares: Vec<f32>,
    /// By which two tables of cells are judged; `None` where there is one.
    sample: Option<Sample>,
    overview: OnceLock<Arc<Overview>>,
}

impl std::fmt::Debug for Fitted {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            to,
            "Fitted({} on {})",
            self.frozen.settings.ensemble,
            self.dataset.name()
        )
    }
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
    /// No scores came with the instances.
    #[error(
        "the detectors “given” are those that come with sequences, but these instances brought none; name others"
    )]
    NothingGiven,
    /// A detector that was fitted earlier is not for this table.
    #[error(transparent)]
    Restore(RestoreError),
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<RestoreError> for FitError {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            other => Self::Restore(other),
        }
    }
}

/// Why a fitted detector and a table cannot be put together.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RestoreError {
    /// The table has other features than the one that it was fitted to.
    #[error(
        "the table has other features than the one that the detector was fitted to: feature {number} is {found} where it was {wanted}"
    )]
    OtherFeatures {
        /// The first that differs, counted from 1.
        number: usize,
        /// Its name in the table, quoted, or "none".
        found: String,
        /// Its name when the detector was fitted, likewise.
        wanted: String,
    },
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
        dataset: &Arc<Dataset>,
        settings: &Settings,
        watch: &mut dyn Watch,
    ) -> Result<Self, FitError> {
        settings.validate()?;
        let scaling = Standardiser::fit(dataset.features());
        let ensemble_settings = for_this_table(&settings.ensemble, dataset, &scaling)?;
        let x = scaling.apply(dataset.features());
        let schema = Schema::of(dataset);
        let balance = (settings.balance).with_given_scores(schema.has_given_scores());
        let (ensemble, instance_cells) = Ensemble::fit_lifted(
            x.view(),
            &ensemble_settings,
            balance.lift,
            settings.seed,
            watch,
        )?;
        let b = ensemble
            .members()
            .iter()
            .map(|member| settings.network.b.unwrap_or(member.prior()));
        let b: Vec<f32> = b.collect();
        let (network, priming) = match (settings.method, settings.mixture.sources) {
            (Method::Glad, RelevanceSources::Both | RelevanceSources::Network) => {
                let mut random = stream(settings.seed, "priming", 0);
                let inputs = x.mapv_into(|value| value.clamp(-Frozen::REACH, Frozen::REACH));
                prime(inputs.view(), &b, &settings.network, &mut random, watch)?
            }
            _ => uniform(&b),
        };
        let primed = Weights {
            network,
            cells: CellTable::default(),
            cautious: CellTable::default(),
            performance: SourcePerformance::default(),
        };
        let frozen = Arc::new(Frozen {
            settings: settings.clone(),
            schema,
            scaling,
            ensemble,
            b,
            primed: Arc::new(primed),
            priming,
        });
        Ok(Self::assemble(frozen, dataset, instance_cells))
    }

    /// Puts a detector that was fitted earlier and a table together; nothing is fitted again.
    ///
    /// # Errors
    /// [`RestoreError`] when the table has other features, and when `watch` cancels.
    pub fn restore(
        frozen: &Arc<Frozen>,
        dataset: &Arc<Dataset>,
        watch: &mut dyn Watch,
    ) -> Result<Self, RestoreError> {
        let (found, wanted) = (dataset.feature_names(), frozen.schema.feature_names());
        if found != wanted {
            let differs = |at: &usize| found.get(*at) != wanted.get(*at);
            let at = (0..found.len().max(wanted.len())).find(differs);
            let name = |names: &[String]| {
                let name = at.and_then(|at| names.get(at));
                name.map_or_else(|| "none".to_owned(), |name| format!("“{name}”"))
            };
            return Err(RestoreError::OtherFeatures {
                number: at.unwrap_or(0) + 1,
                found: name(found),
                wanted: name(wanted),
            });
        }
        let x = frozen.scaling.apply(dataset.features());
        let instance_cells = frozen.ensemble.instance_cells(x.view(), watch)?;
        Ok(Self::assemble(Arc::clone(frozen), dataset, instance_cells))
    }

    fn assemble(
        frozen: Arc<Frozen>,
        dataset: &Arc<Dataset>,
        instance_cells: InstanceCells,
    ) -> Self {
        let settings = &frozen.settings;
        let has_cells = settings.method == Method::Glad
            && settings.mixture.sources != RelevanceSources::Network;
        let has_two = has_cells && settings.balance.has_two();
        let member_scores = (frozen.ensemble).member_scores(&instance_cells, dataset.n_instances());
        Self {
            overview: OnceLock::new(),
            sample: has_two.then(|| Sample::of(dataset.n_instances(), &instance_cells)),
            shares: match settings.balance.by_spread {
                true => shares_of(member_scores.view()),
                false => Vec::new(),
            },
            member_scores,
            dataset: Arc::clone(dataset),
            instance_cells,
            frozen,
        }
    }

    pub(super) fn sample(&self) -> Option<&Sample> {
        self.sample.as_ref()
    }

    /// What it is without the table.
    pub fn frozen(&self) -> &Arc<Frozen> {
        &self.frozen
    }

    /// The settings that it was fitted with.
    pub fn settings(&self) -> &Settings {
        &self.frozen.settings
    }

    /// The balance of answers and detectors that is in force.
    pub fn balance(&self) -> BalanceSettings {
        self.frozen.balance()
    }

    /// The table.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The number of instances.
    pub fn n(&self) -> usize {
        self.dataset.n_instances()
    }

    /// The number of features.
    pub fn d(&self) -> usize {
        self.dataset.n_features()
    }

    /// The scaling of the features.
    pub fn scaling(&self) -> &Standardiser {
        &self.frozen.scaling
    }

    /// The detectors.
    pub fn ensemble(&self) -> &Ensemble {
        &self.frozen.ensemble
    }

    /// Where the instances lie in the detectors.
    pub fn instance_cells(&self) -> &InstanceCells {
        &self.instance_cells
    }

    /// The prior relevance of each member `[m]`.
    pub fn b(&self) -> &[f32] {
        &self.frozen.b
    }

    /// The standardised features of a range of instances `[k, d]`.
    pub fn x(&self, rows: Range<usize>) -> Array2<f32> {
        let rows = rows.start as isize..rows.end as isize;
        let raw = self
            .dataset
            .features()
            .slice_axis_move(Axis(0), rows.into());
        self.frozen.scaling.apply(raw)
    }

    /// The standardised features of some instances `[k, d]`.
    pub fn x_of(&self, instances: &[usize]) -> Array2<f32> {
        self.frozen
            .scaling
            .apply(self.dataset.features().select(Axis(0), instances).view())
    }

    /// The scores of every instance by every member `[n, m]`, `>= 0`.
    pub fn member_scores(&self) -> ArrayView2<'_, f32> {
        self.member_scores.view()
    }

    /// The share of each member in the network's prior; empty where all have the same.
    pub(super) fn shares(&self) -> &[f32] {
        &self.shares
    }

    /// The located of an instance in the ensemble.
    pub fn point_cells_of(&self, instance: usize) -> PointCells {
        self.frozen
            .ensemble
            .point_cells_of(&self.instance_cells, instance)
    }

    /// The weights before any label.
    pub fn primed(&self) -> &Arc<Weights> {
        &self.frozen.primed
    }

    /// How priming went; without epochs where there is nothing to prime.
    pub fn priming(&self) -> &PrimingReport {
        &self.frozen.priming
    }

    /// The scores of the baseline, the same members with uniform relevance `b`, `[n]`.
    pub fn baseline_scores(&self) -> Vec<f32> {
        let rows = self.member_scores.rows().into_iter();
        rows.map(|row| {
            row.iter()
                .zip(&self.frozen.b)
                .map(|(score, b)| score * b)
                .sum()
        })
        .collect()
    }

    /// The first `count` instances by the baseline.
    pub fn baseline_order(&self, count: usize) -> Vec<usize> {
        let ranking = Ranking::new(&self.baseline_scores(), count);
        ranking
            .top()
            .iter()
            .map(|&instance| instance as usize)
            .collect()
    }

    /// What a window shows whatever is answered: worked out when it is asked for first.
    pub fn overview(&self) -> &Arc<Overview> {
        self.overview.get_or_init(|| {
            Arc::new(Overview {
                columns: ColumnSummary::of(&self.dataset),
                baseline_order: self.baseline_order(self.n()),
            })
        })
    }

    /// The rank, counted from 0, of `x_tau`: `⌊τ n⌋` instances stand above or at it.
    pub fn tau_rank(&self) -> usize {
        let n = self.n();
        ((self.settings().tau * n as f64).floor() as usize).clamp(1, n.max(1)) - 1
    }
}

/// The spread of each member's scores, in parts of the sum of all; empty where none has any.
fn shares_of(member_scores: ArrayView2<'_, f32>) -> Vec<f32> {
    let columns = member_scores.columns().into_iter();
    let spreads: Vec<f64> = columns
        .map(|scores| scores.mapv(f64::from).std(0.0))
        .collect();
    let total: f64 = spreads.iter().sum();
    match total > 0.0 {
        true => spreads.iter().map(|own| (own / total) as f32).collect(),
        false => Vec::new(),
    }
}

/// What of the settings the table decides.
///
/// The paper's directions lie in the plane of the raw features; standardising stretches them. And
/// the scores that instances bring along always take part: they are what those of the kind are
/// judged by, and the other detectors see little of it.
fn for_this_table(
    settings: &EnsembleSettings,
    dataset: &Dataset,
    scaling: &Standardiser,
) -> Result<EnsembleSettings, FitError> {
    let spread = scaling.deviations();
    let mut settings = settings.clone();
    for kind in &mut settings.kinds {
        if let Kind::Loda(projections @ Projections::Paper) = &mut kind.kind {
            if spread.len() != 2 {
                return Err(FitError::NotAPlane(spread.len()));
            }
            let stretched = PAPER_DIRECTIONS.iter().map(|direction| {
                let entries = direction.iter().zip(spread);
                entries.map(|(entry, by)| entry * *by as f32).collect()
            });
            *projections = Projections::Fixed(stretched.collect());
        }
    }
    let scores = dataset.given_scores().into_iter();
    let scores = scores.map(|brought| GivenScore {
        feature: brought.feature,
        name: brought.name.to_owned(),
        meaning: brought.meaning.to_owned(),
        weight: brought.weight,
    });
    let scores: Vec<GivenScore> = scores.collect();
    let is_weighed = scores.iter().any(|score| score.weight != 1.0);
    let is_given = |kind: &KindSettings| matches!(kind.kind, Kind::Given(_));
    match settings.kinds.iter_mut().find(|kind| is_given(kind)) {
        Some(_) if scores.is_empty() => return Err(FitError::NothingGiven),
        Some(kind) => kind.kind = Kind::Given(scores),
        None if scores.is_empty() => {}
        None => {
            let given = KindSettings {
                kind: Kind::Given(scores),
                // By what the table says alone: the sequences themselves may be lost.
                weight: match dataset.id_column() {
                    Some("sequence") => SEQUENCES_WEIGHT,
                    _ if is_weighed => WEIGHED_WEIGHT,
                    _ => GIVEN_WEIGHT,
                },
            };
            settings.kinds.insert(0, given);
        }
    }
    Ok(settings)
}

/// A network without inputs: relevance is a sigmoid of one number a member, `b` to begin with.
fn uniform(b: &[f32]) -> (NetworkState, PrimingReport) {
    let state = NetworkState {
        layout: Layout::new(0, &[], b.len()),
        weights: b.iter().map(|&b| logit(b)).collect(),
        adam: AdamMoments::default(),
    };
    let report = PrimingReport {
        losses: Vec::new(),
        deviation: 0.0,
        spread: 0.0,
    };
    (state, report)
}
