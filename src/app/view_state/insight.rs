//! What is computed of the model only while a panel shows it.

use std::sync::Arc;

use crate::dataset::{Dataset, Label, Truth};
use crate::detector::{Model, Weights, Why};
use crate::figures::{Change, LAYERS, RelevanceMap, ScoreMap};
use crate::worker::{Before, OracleRequest};

/// The most members that can have a map of their own.
pub const MOST_LAYERS: usize = 24;

/// Instances up to which a replay by the oracle runs without being asked for.
const QUICK: usize = 30_000;

/// What was computed, and what has been asked for.
///
/// 1. A panel that shows something asks for it ([`Command::for_panel`](crate::app::Command::for_panel))
///    when [`View::wants`](crate::app::View::wants) says that what is there is out of date: what no panel shows is never
///    computed.
/// 2. The same thing is asked for once, also when no answer comes.
pub(in crate::app) struct Insight {
    pub(in crate::app) why: Option<Arc<Why>>,
    pub(in crate::app) why_asked: Option<WhyKey>,
    pub(in crate::app) relevance_map: Option<Arc<RelevanceMap>>,
    pub(in crate::app) relevance_asked: Option<(Arc<ScoreMap>, usize)>,
    pub(in crate::app) layers: usize,
    pub(in crate::app) change: Option<Arc<Change>>,
    pub(in crate::app) change_asked: Option<(Arc<ScoreMap>, Before)>,
    /// A map, and that of the model before.
    pub(in crate::app) before: Option<(Arc<ScoreMap>, Arc<ScoreMap>)>,
    pub(in crate::app) before_asked: Option<(Arc<ScoreMap>, Before)>,
    pub(in crate::app) oracle: Option<OracleRequest>,
    pub(in crate::app) oracle_runs: bool,
    pub(in crate::app) oracle_wanted: bool,
    /// The anomalies of the table, where it has the truth of both kinds.
    pub(in crate::app) anomalies: Option<usize>,
    /// The model that was shown before the present one.
    pub(in crate::app) earlier: Option<Arc<Model>>,
}

#[derive(Clone)]
pub(in crate::app) struct WhyKey {
    pub(in crate::app) weights: Arc<Weights>,
    pub(in crate::app) instance: usize,
    pub(in crate::app) labels: Vec<(usize, Label)>,
}

impl Insight {
    pub(in crate::app) fn new(dataset: &Dataset) -> Self {
        let truth = dataset.truth();
        let truth = truth.filter(|truth| truth.anomalies() > 0 && truth.nominals() > 0);
        Self {
            why: None,
            why_asked: None,
            relevance_map: None,
            relevance_asked: None,
            layers: LAYERS,
            change: None,
            change_asked: None,
            before: None,
            before_asked: None,
            oracle: None,
            oracle_runs: false,
            oracle_wanted: dataset.n_instances() <= QUICK,
            anomalies: truth.map(Truth::anomalies),
            earlier: None,
        }
    }

    /// Remembers the model that gives way to another.
    pub(in crate::app) fn leave(&mut self, model: Arc<Model>) {
        self.earlier = Some(model);
    }

    /// Takes in a replay, a batch further; `None` where it came to nothing.
    pub(in crate::app) fn replayed(&mut self, oracle: Option<OracleRequest>) {
        self.oracle_runs = false;
        self.oracle_wanted &= oracle.is_some();
        self.oracle = oracle;
    }

    pub(in crate::app) fn set_oracle(&mut self, wanted: bool) {
        self.oracle_wanted = wanted;
    }

    pub(in crate::app) fn set_layers(&mut self, count: usize) {
        self.layers = count.clamp(1, MOST_LAYERS);
    }
}
