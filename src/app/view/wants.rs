//! What is shown and out of date, and what would bring it.

use std::sync::Arc;

use super::View;
use crate::app::Ask;
use crate::app::view_state::insight::WhyKey;
use crate::dataset::Label;
use crate::figures::ScoreMap;
use crate::worker::{Before, OracleRequest};

/// Queries of a replay at least, and the step in which it is prolonged.
const BUDGET: usize = 60;

impl<'a> View<'a> {
    /// Whether what is there of something is out of date and has not been asked for.
    pub fn wants(self, ask: Ask) -> bool {
        match ask {
            Ask::Why => {
                let asked = self.state.insight.why_asked.as_ref();
                self.selected().is_some() && !asked.is_some_and(|key| self.is_present(key))
            }
            Ask::RelevanceGrid => {
                let asked = self.state.insight.relevance_asked.as_ref();
                self.relevance_request().is_some_and(|(map, count)| {
                    !asked.is_some_and(|(asked, for_count)| {
                        *for_count == count && self.is_same_map(asked, &map)
                    })
                })
            }
            Ask::Change => {
                let asked = self.state.insight.change_asked.as_ref();
                self.change_request().is_some_and(|(map, before)| {
                    !asked.is_some_and(|(asked, since)| {
                        Arc::ptr_eq(since.weights(), before.weights())
                            && self.is_same_map(asked, &map)
                    })
                })
            }
            Ask::Earlier => {
                let asked = self.state.insight.before_asked.as_ref();
                self.change_request().is_some_and(|(map, before)| {
                    !asked.is_some_and(|(asked, since)| {
                        Arc::ptr_eq(since.weights(), before.weights()) && Arc::ptr_eq(asked, &map)
                    })
                })
            }
            Ask::List => self.wants_list(),
            Ask::Similar => self.wants_similar(),
            Ask::Original => self.wants_original(),
            Ask::Embedding => self.state.layouts.wants_embedding(),
            Ask::Curves(instance, aligned) => self.wants_curves(instance, aligned),
            Ask::Alignment => self.wants_alignment(),
            Ask::Oracle => {
                let insight = &self.state.insight;
                !insight.oracle_runs
                    && insight.oracle_wanted
                    && insight.anomalies.is_some()
                    && self.replayed() < self.budget().min(self.dataset().n_instances())
            }
        }
    }

    fn is_present(self, key: &WhyKey) -> bool {
        Arc::ptr_eq(&key.weights, self.open.model.weights())
            && self.selected() == Some(key.instance)
            && self.labels().eq(key.labels.iter().copied())
    }

    pub(in crate::app) fn labels(self) -> impl Iterator<Item = (usize, Label)> + 'a {
        self.answers()
            .iter()
            .filter_map(|(&instance, answer)| Some((instance, answer.label()?)))
    }

    /// Where maps are anchored: nowhere in particular on a table of two features.
    fn is_same_map(self, a: &ScoreMap, b: &ScoreMap) -> bool {
        Arc::ptr_eq(a.model.weights(), b.model.weights())
            && a.viewpoint == b.viewpoint
            && (self.dataset().n_features() == 2 || a.anchor == b.anchor)
    }

    /// The map, once it shows the present model from the present position.
    fn present_map(self) -> Option<&'a Arc<ScoreMap>> {
        self.map().filter(|map| {
            map.viewpoint == self.state.viewpoint
                && Arc::ptr_eq(map.model.weights(), self.open.model.weights())
        })
    }

    pub(in crate::app) fn relevance_request(self) -> Option<(Arc<ScoreMap>, usize)> {
        let map = self.present_map()?;
        Some((Arc::clone(map), self.state.insight.layers))
    }

    pub(in crate::app) fn change_request(self) -> Option<(Arc<ScoreMap>, Before)> {
        if !self.open.session.is_current(&self.open.model) {
            return None;
        }
        let map = self.present_map()?;
        let weights = self.open.session.previous_weights()?;
        let earlier = self.state.insight.earlier.as_ref();
        let earlier = earlier.filter(|earlier| Arc::ptr_eq(earlier.weights(), weights));
        let before = match earlier {
            Some(earlier) => Before::Known(Arc::clone(earlier)),
            None => Before::Weights(Arc::clone(weights)),
        };
        Some((Arc::clone(map), before))
    }

    /// Queries of the replay: somewhat more than those of the session.
    fn budget(self) -> usize {
        BUDGET.max((self.curve().len() + 1).next_multiple_of(BUDGET / 3))
    }

    /// Queries that the replay in this batch has answered.
    fn replayed(self) -> usize {
        let replay = self.state.insight.oracle.as_ref();
        let replay = replay.filter(|replay| replay.batch == self.open.session.batch());
        replay.map_or(0, |replay| replay.curve().len())
    }

    /// The replay to go on with; anew when the batch has changed.
    pub(in crate::app) fn oracle_request(self) -> OracleRequest {
        let batch = self.open.session.batch();
        let replay = self.state.insight.oracle.as_ref();
        let strategy = self.state.strategy;
        let replay = replay.filter(|replay| (replay.batch, replay.strategy) == (batch, strategy));
        OracleRequest {
            fitted: Arc::clone(self.open.model.fitted()),
            batch,
            strategy,
            budget: self.budget(),
            replay: replay.and_then(|replay| replay.replay.clone()),
        }
    }
}
