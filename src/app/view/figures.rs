//! What figures are drawn of, and what was computed to be shown.

use std::sync::Arc;

use super::View;
use crate::detector::Why;
use crate::figures::{Change, DiscoveryCurves, Drawing, Figure, RelevanceMap, ScoreMap};
use crate::worker::OracleRequest;

impl<'a> View<'a> {
    /// What figures are drawn of at the moment.
    pub fn drawing(self) -> Drawing<'a> {
        Drawing {
            model: &self.open.model,
            revision: self.open.session.revision(),
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
    pub fn figures(self) -> Vec<Figure> {
        self.drawing().figures()
    }

    /// What a figure is called.
    pub fn figure_name(self, figure: Figure) -> String {
        self.drawing().name(figure)
    }

    /// The name of a map of members.
    pub fn layer_name(self, layer: usize) -> String {
        self.drawing().layer_name(layer)
    }

    /// The explanation that was last computed, and whether it is the present one of the current
    /// candidate.
    pub fn why(self) -> Option<(&'a Arc<Why>, bool)> {
        let why = self.state.insight.why.as_ref()?;
        let present = Arc::ptr_eq(why.model.weights(), self.open.model.weights())
            && self.selected() == Some(why.instance);
        Some((why, present))
    }

    /// The relevance maps that were last computed.
    pub fn relevance_map(self) -> Option<&'a Arc<RelevanceMap>> {
        self.state.insight.relevance_map.as_ref()
    }

    /// How many members have a map of their own.
    pub fn layers(self) -> usize {
        self.state.insight.layers
    }

    /// What the last training changed; `None` before any training and until it is computed.
    pub fn change(self) -> Option<&'a Arc<Change>> {
        self.open.session.previous_weights()?;
        self.state.insight.change.as_ref()
    }

    /// The map of the model before the last training, on the scale of the present one, where it is
    /// at hand.
    pub fn map_before(self) -> Option<&'a Arc<ScoreMap>> {
        let (after, before) = self.state.insight.before.as_ref()?;
        let is_present = self.map().is_some_and(|map| Arc::ptr_eq(map, after));
        let weights = self.open.session.previous_weights()?;
        let is_before = Arc::ptr_eq(before.model.weights(), weights);
        (is_present && is_before).then_some(before)
    }

    /// Whether there was a training whose model before can be shown.
    pub fn has_before(self) -> bool {
        self.open.session.previous_weights().is_some()
    }

    /// The replay by the oracle, as far as it is.
    pub fn oracle(self) -> Option<&'a OracleRequest> {
        self.state.insight.oracle.as_ref()
    }

    /// Whether the oracle's replay goes on.
    pub fn is_replay_wanted(self) -> bool {
        self.state.insight.oracle_wanted
    }

    /// The anomalies of the table, where it has a truth that an oracle can answer from.
    pub fn true_anomalies(self) -> Option<usize> {
        self.state.insight.anomalies
    }
}
