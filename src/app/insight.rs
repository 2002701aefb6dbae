//! What is computed of the model only while a panel shows it.

use std::sync::Arc;

use super::Workspace;
use crate::dataset::{Dataset, Label, Truth};
use crate::detector::{Model, Space, Weights, Why};
use crate::figures::{Change, DiscoveryCurves, Drawing, Figure, LAYERS, RelevanceMap, ScoreMap};
use crate::worker::{Before, OracleRequest, Request};

/// Something that a panel shows and the worker computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The explanation of the current candidate.
    Why,
    /// The relevance maps.
    RelevanceGrid,
    /// What the last training changed.
    Change,
    /// The map of the model before the last training.
    Earlier,
    /// The replay by the oracle.
    Oracle,
    /// The rows of the list.
    List,
    /// The instances that are like the current candidate.
    Similar,
    /// The row of the current candidate as it stands in the file.
    Original,
    /// Rows, laid out.
    Embedding,
    /// The curves of a sequence, over the usual course or by its own time.
    Curves(usize, bool),
    /// How the current candidate and the sequence beside it lie to each other.
    Alignment,
}

/// The most members that can have a map of their own.
pub const MOST_LAYERS: usize = 24;

/// Instances up to which a replay by the oracle runs without being asked for.
const QUICK: usize = 30_000;
/// Queries of a replay at least, and the step in which it is prolonged.
const BUDGET: usize = 60;

/// What was computed, and what has been asked for.
///
/// 1. A panel that shows something asks for it ([`Command::for_panel`](super::Command::for_panel))
///    when [`Workspace::wants`] says that what is there is out of date: what no panel shows is never
///    computed.
/// 2. The same thing is asked for once, also when no answer comes.
pub(super) struct Insight {
    why: Option<Arc<Why>>,
    why_asked: Option<WhyKey>,
    relevance_map: Option<Arc<RelevanceMap>>,
    relevance_asked: Option<(Arc<ScoreMap>, usize)>,
    layers: usize,
    change: Option<Arc<Change>>,
    change_asked: Option<(Arc<ScoreMap>, Before)>,
    /// A map, and that of the model before.
    before: Option<(Arc<ScoreMap>, Arc<ScoreMap>)>,
    before_asked: Option<(Arc<ScoreMap>, Before)>,
    oracle: Option<OracleRequest>,
    oracle_runs: bool,
    oracle_wanted: bool,
    /// The anomalies of the table, where it has the truth of both kinds.
    anomalies: Option<usize>,
    /// The model that was shown before the present one.
    earlier: Option<Arc<Model>>,
}

#[derive(Clone)]
struct WhyKey {
    weights: Arc<Weights>,
    instance: usize,
    labels: Vec<(usize, Label)>,
}

impl Insight {
    pub(super) fn new(dataset: &Dataset) -> Self {
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
    pub(super) fn leave(&mut self, model: Arc<Model>) {
        self.earlier = Some(model);
    }

    pub(super) fn explained(&mut self, why: Arc<Why>) {
        self.why = Some(why);
    }

    pub(super) fn take_relevance(&mut self, relevance_map: Arc<RelevanceMap>) {
        self.relevance_map = Some(relevance_map);
    }

    pub(super) fn changed(&mut self, change: Arc<Change>) {
        self.change = Some(change);
    }

    pub(super) fn mapped_before(&mut self, map: Arc<ScoreMap>, before: Arc<ScoreMap>) {
        self.before = Some((map, before));
    }

    /// Takes in a replay, a batch further; `None` where it came to nothing.
    pub(super) fn replayed(&mut self, oracle: Option<OracleRequest>) {
        self.oracle_runs = false;
        self.oracle_wanted &= oracle.is_some();
        self.oracle = oracle;
    }

    pub(super) fn set_oracle(&mut self, wanted: bool) {
        self.oracle_wanted = wanted;
    }

    pub(super) fn set_layers(&mut self, count: usize) {
        self.layers = count.clamp(1, MOST_LAYERS);
    }
}

impl Workspace {
    /// What figures are drawn of at the moment.
    pub fn drawing(&self) -> Drawing<'_> {
        Drawing {
            model: &self.model,
            revision: self.session.revision(),
            names: self.member_names(),
            columns: self.columns(),
            replies: self.replies(),
            current: self.selected(),
            map: self.map().map(Arc::as_ref),
            relevance_map: self.relevance_map().map(Arc::as_ref),
            change: self.change().map(Arc::as_ref),
            why: self
                .why()
                .and_then(|(why, is_present)| is_present.then_some(&**why)),
            curves: DiscoveryCurves {
                session: self.curve(),
                baseline: self.baseline(),
                knows_truth: self.baseline_knows_truth(),
                oracle: self.oracle().map_or(&[], |oracle| oracle.curve()),
                anomalies: self.true_anomalies(),
            },
            losses: self.losses().map(|(_, losses)| losses).collect(),
        }
    }

    /// The figures that there are at the moment.
    pub fn figures(&self) -> Vec<Figure> {
        self.drawing().figures()
    }

    /// What a figure is called.
    pub fn figure_name(&self, figure: Figure) -> String {
        self.drawing().name(figure)
    }

    /// The name of a map of members.
    pub fn layer_name(&self, layer: usize) -> String {
        self.drawing().layer_name(layer)
    }

    /// Whether what is there of something is out of date and has not been asked for.
    pub fn wants(&self, ask: Ask) -> bool {
        match ask {
            Ask::Why => {
                let asked = self.insight.why_asked.as_ref();
                self.selected().is_some() && !asked.is_some_and(|key| self.is_present(key))
            }
            Ask::RelevanceGrid => {
                let asked = self.insight.relevance_asked.as_ref();
                self.relevance_request().is_some_and(|(map, count)| {
                    !asked.is_some_and(|(asked, for_count)| {
                        *for_count == count && self.is_same_map(asked, &map)
                    })
                })
            }
            Ask::Change => {
                let asked = self.insight.change_asked.as_ref();
                self.change_request().is_some_and(|(map, before)| {
                    !asked.is_some_and(|(asked, since)| {
                        Arc::ptr_eq(since.weights(), before.weights())
                            && self.is_same_map(asked, &map)
                    })
                })
            }
            Ask::Earlier => {
                let asked = self.insight.before_asked.as_ref();
                self.change_request().is_some_and(|(map, before)| {
                    !asked.is_some_and(|(asked, since)| {
                        Arc::ptr_eq(since.weights(), before.weights()) && Arc::ptr_eq(asked, &map)
                    })
                })
            }
            Ask::List => self.wants_list(),
            Ask::Similar => self.wants_similar(),
            Ask::Original => self.wants_original(),
            Ask::Embedding => self.views.wants_embedding(),
            Ask::Curves(instance, aligned) => self.wants_curves(instance, aligned),
            Ask::Alignment => self.wants_alignment(),
            Ask::Oracle => {
                let insight = &self.insight;
                !insight.oracle_runs
                    && insight.oracle_wanted
                    && insight.anomalies.is_some()
                    && self.replayed() < self.budget().min(self.dataset().n_instances())
            }
        }
    }

    /// The explanation that was last computed, and whether it is the present one of the current
    /// candidate.
    pub fn why(&self) -> Option<(&Arc<Why>, bool)> {
        let why = self.insight.why.as_ref()?;
        let present = Arc::ptr_eq(why.model.weights(), self.model.weights())
            && self.selected() == Some(why.instance);
        Some((why, present))
    }

    /// The relevance maps that were last computed.
    pub fn relevance_map(&self) -> Option<&Arc<RelevanceMap>> {
        self.insight.relevance_map.as_ref()
    }

    /// How many members have a map of their own.
    pub fn layers(&self) -> usize {
        self.insight.layers
    }

    /// What the last training changed; `None` before any training and until it is computed.
    pub fn change(&self) -> Option<&Arc<Change>> {
        self.session.previous_weights()?;
        self.insight.change.as_ref()
    }

    /// The map of the model before the last training, on the scale of the present one, where it is
    /// at hand.
    pub fn map_before(&self) -> Option<&Arc<ScoreMap>> {
        let (after, before) = self.insight.before.as_ref()?;
        let is_present = self.map().is_some_and(|map| Arc::ptr_eq(map, after));
        let weights = self.session.previous_weights()?;
        let is_before = Arc::ptr_eq(before.model.weights(), weights);
        (is_present && is_before).then_some(before)
    }

    /// Whether there was a training whose model before can be shown.
    pub fn has_before(&self) -> bool {
        self.session.previous_weights().is_some()
    }

    /// The replay by the oracle, as far as it is.
    pub fn oracle(&self) -> Option<&OracleRequest> {
        self.insight.oracle.as_ref()
    }

    /// Whether the oracle's replay goes on.
    pub fn is_replay_wanted(&self) -> bool {
        self.insight.oracle_wanted
    }

    /// The anomalies of the table, where it has a truth that an oracle can answer from.
    pub fn true_anomalies(&self) -> Option<usize> {
        self.insight.anomalies
    }

    fn is_present(&self, key: &WhyKey) -> bool {
        Arc::ptr_eq(&key.weights, self.model.weights())
            && self.selected() == Some(key.instance)
            && self.labels().eq(key.labels.iter().copied())
    }

    fn labels(&self) -> impl Iterator<Item = (usize, Label)> + '_ {
        self.answers()
            .iter()
            .filter_map(|(&instance, answer)| Some((instance, answer.label()?)))
    }

    /// Where maps are anchored: nowhere in particular on a table of two features.
    fn is_same_map(&self, a: &ScoreMap, b: &ScoreMap) -> bool {
        Arc::ptr_eq(a.model.weights(), b.model.weights())
            && a.viewpoint == b.viewpoint
            && (self.dataset().n_features() == 2 || a.anchor == b.anchor)
    }

    /// The map, once it shows the present model from the present position.
    fn present_map(&self) -> Option<&Arc<ScoreMap>> {
        self.map().filter(|map| {
            map.viewpoint == self.viewpoint
                && Arc::ptr_eq(map.model.weights(), self.model.weights())
        })
    }

    fn relevance_request(&self) -> Option<(Arc<ScoreMap>, usize)> {
        let map = self.present_map()?;
        Some((Arc::clone(map), self.insight.layers))
    }

    fn change_request(&self) -> Option<(Arc<ScoreMap>, Before)> {
        if !self.session.is_current(&self.model) {
            return None;
        }
        let map = self.present_map()?;
        let weights = self.session.previous_weights()?;
        let earlier = self.insight.earlier.as_ref();
        let earlier = earlier.filter(|earlier| Arc::ptr_eq(earlier.weights(), weights));
        let before = match earlier {
            Some(earlier) => Before::Known(Arc::clone(earlier)),
            None => Before::Weights(Arc::clone(weights)),
        };
        Some((Arc::clone(map), before))
    }

    /// Queries of the replay: somewhat more than those of the session.
    fn budget(&self) -> usize {
        BUDGET.max((self.curve().len() + 1).next_multiple_of(BUDGET / 3))
    }

    /// Queries that the replay in this batch has answered.
    fn replayed(&self) -> usize {
        let replay = self.insight.oracle.as_ref();
        let replay = replay.filter(|replay| replay.batch == self.session.batch());
        replay.map_or(0, |replay| replay.curve().len())
    }

    /// The replay to go on with; anew when the batch has changed.
    fn oracle_request(&self) -> OracleRequest {
        let batch = self.session.batch();
        let replay = self.insight.oracle.as_ref();
        let strategy = self.strategy;
        let replay = replay.filter(|replay| (replay.batch, replay.strategy) == (batch, strategy));
        OracleRequest {
            fitted: Arc::clone(self.model.fitted()),
            batch,
            strategy,
            budget: self.budget(),
            replay: replay.and_then(|replay| replay.replay.clone()),
        }
    }

    /// Asks for what a panel shows.
    pub(super) fn ask(&mut self, ask: Ask) {
        let request = self.request_for(ask);
        self.wanted.extend(request);
    }

    fn request_for(&mut self, ask: Ask) -> Option<Request> {
        if !self.wants(ask) {
            return None;
        }
        match ask {
            Ask::Why => {
                let key = WhyKey {
                    weights: Arc::clone(self.model.weights()),
                    instance: self.selected()?,
                    labels: self.labels().collect(),
                };
                let labels = key.labels.clone();
                let request = Request::Why(Arc::clone(&self.model), key.instance, labels);
                self.insight.why_asked = Some(key);
                Some(request)
            }
            Ask::RelevanceGrid => {
                self.insight.relevance_asked = self.relevance_request();
                let (map, count) = self.insight.relevance_asked.clone()?;
                Some(Request::RelevanceGrid(map, count))
            }
            Ask::Change => {
                self.insight.change_asked = self.change_request();
                let (map, before) = self.insight.change_asked.clone()?;
                Some(Request::Change(map, before))
            }
            Ask::Earlier => {
                self.insight.before_asked = self.change_request();
                let (map, before) = self.insight.before_asked.clone()?;
                Some(Request::Earlier(map, before))
            }
            Ask::List => self.list_request().map(Request::List),
            Ask::Similar => self.similar_request(),
            Ask::Original => self.ask_original().map(Request::Original),
            Ask::Curves(instance, aligned) => self.ask_curves(instance, aligned),
            Ask::Alignment => self.ask_alignment(),
            Ask::Embedding => self.views.ask_embedding(&self.model, Space::Features),
            Ask::Oracle => {
                self.insight.oracle_runs = true;
                Some(Request::Oracle(self.oracle_request()))
            }
        }
    }
}
