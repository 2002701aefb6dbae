//! The model after one revision.

use std::sync::Arc;

use ndarray::ArrayView2;

use super::held::Held;
use super::scored::Parts;
use super::scoring::{CellRelevance, PartScore, Scorer, SourceScores};
use super::tables::Tables;
use super::{Calibration, Fitted, Losses, Method, Mixture, RelevanceSources, Trained, Weights};
use crate::dataset::Label;
use crate::numeric::{Ranking, both};

/// Instances listed beyond the top τ and the labelled ones.
const BEYOND: usize = 100;

/// Instances whose most relevant member is known beforehand: what a list shows at first. Of others
/// it is worked out when asked for.
const LEADING: usize = 300;

/// An instance with its label and the label's weight (1 when the analyst is sure).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelledInstance {
    /// The instance.
    pub instance: usize,
    /// What it is.
    pub label: Label,
    /// The weight of its hinge.
    pub weight: f32,
}

/// Weights with the anomaly scores and the ranking that follow from them; immutable.
#[derive(Clone, Debug)]
pub struct Model {
    fitted: Arc<Fitted>,
    weights: Arc<Weights>,
    losses: Losses,
    /// The sources that speak: cells, network.
    pub(super) sources: [Option<SourceScores>; 2],
    /// Where there are two tables of cells, what each says alone.
    pub(super) tables: Option<Tables>,
    mixture: Mixture,
    scores: Vec<f32>,
    ranking: Ranking,
    /// The most relevant members of the first of the ranking.
    leading: Vec<u16>,
    cells: Arc<CellRelevance>,
    q_tau: f32,
}

impl Model {
    /// The model before any label: uniform relevance.
    pub fn primed(fitted: &Arc<Fitted>) -> Self {
        Self::with_weights(fitted, Arc::clone(fitted.primed()))
    }

    /// Scores and ranks all instances by weights that were trained earlier.
    pub fn with_weights(fitted: &Arc<Fitted>, weights: Arc<Weights>) -> Self {
        Self::rank(fitted, weights, Losses::default())
    }

    pub(super) fn rank(fitted: &Arc<Fitted>, weights: Arc<Weights>, losses: Losses) -> Self {
        let settings = fitted.settings();
        let tables = Tables::of(fitted, &weights);
        let cautious = tables.as_ref().map_or(0.0, |tables| {
            tables.cautious(&weights.performance, &settings.mixture)
        });
        let cells = Arc::new(CellRelevance::new(fitted.frozen(), &weights, cautious));
        let scorer = Scorer {
            frozen: fitted.frozen(),
            weights: &weights,
            cells: &cells,
        };
        let (has_cells, has_network) = match (settings.method, settings.mixture.sources) {
            (Method::Glad, RelevanceSources::Both) => (true, true),
            (Method::Aad, _) | (Method::Glad, RelevanceSources::Network) => (false, true),
            (Method::Baseline, _) | (Method::Glad, RelevanceSources::Cells) => (true, false),
        };
        let sources: [Option<SourceScores>; 2] = both(
            || has_cells.then(|| scorer.by_cells(fitted)),
            || has_network.then(|| scorer.by_network(fitted)),
        )
        .into();
        let (mixture, scores) = mix(fitted, &weights, &sources);
        let mixture = Mixture {
            cautious,
            ..mixture
        };
        let (n, tau_rank) = (fitted.n(), fitted.tau_rank());
        let listed = (tau_rank + 1 + weights.performance.judged.len() + BEYOND).min(n);
        let ranking = Ranking::new(&scores, listed);
        let top = ranking.top().iter().take(LEADING);
        let top: Vec<usize> = top.map(|&instance| instance as usize).collect();
        let parts = parts_of(fitted, scorer, &top, mixture);
        let leading = (0..top.len()).map(|place| parts.most_relevant(place) as u16);
        let q_tau = ranking
            .top()
            .get(tau_rank)
            .map_or(0.0, |&at| scores[at as usize]);
        Self {
            leading: leading.collect(),
            cells,
            fitted: Arc::clone(fitted),
            losses,
            sources,
            tables,
            mixture,
            scores,
            ranking,
            q_tau,
            weights,
        }
    }

    /// What it is without the table.
    pub fn trained(&self) -> Trained {
        Trained::new(
            Arc::clone(self.fitted.frozen()),
            Arc::clone(&self.weights),
            self.calibration(),
        )
    }

    /// What of it the weights do not tell.
    pub fn calibration(&self) -> Calibration {
        Calibration {
            mixture: self.mixture,
            q_tau: self.q_tau,
        }
    }

    /// What was learnt without labels.
    pub fn fitted(&self) -> &Arc<Fitted> {
        &self.fitted
    }

    /// The weights.
    pub fn weights(&self) -> &Arc<Weights> {
        &self.weights
    }

    /// The losses of the update that led here; empty before any.
    pub fn losses(&self) -> &Losses {
        &self.losses
    }

    /// How far relevance by cell and by network are believed.
    pub fn mixture(&self) -> Mixture {
        self.mixture
    }

    /// What of the scores is held at the prior.
    pub(super) fn held(&self) -> Option<&Held> {
        self.cells.held()
    }

    /// Whether relevance by cell comes from two tables.
    pub fn has_cautious_table(&self) -> bool {
        self.tables.is_some()
    }

    /// The anomaly score of every instance `[n]`.
    pub fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// The `count` most anomalous instances, the most anomalous first; ties by instance.
    pub fn top(&self, count: usize) -> Vec<usize> {
        let to_usize = |top: &[u32]| top.iter().map(|&instance| instance as usize).collect();
        match self.ranking.top().get(..count) {
            Some(top) => to_usize(top),
            None => to_usize(Ranking::new(&self.scores, count).top()),
        }
    }

    /// The rank of an instance, 0 for the most anomalous.
    pub fn rank_of(&self, instance: usize) -> usize {
        self.ranking.rank_of(&self.scores, instance)
    }

    /// The member with the largest relevance at an instance.
    pub fn most_relevant(&self, instance: usize) -> usize {
        match self.leading.get(self.rank_of(instance)) {
            Some(&member) => usize::from(member),
            None => self.parts_of(&[instance]).most_relevant(0),
        }
    }

    /// `q_tau`: the score at rank `⌊τ n⌋`.
    pub fn q_tau(&self) -> f32 {
        self.q_tau
    }

    /// The members' scores and products at some instances.
    pub fn parts_of(&self, instances: &[usize]) -> Parts {
        parts_of(&self.fitted, self.scorer(), instances, self.mixture)
    }

    /// What every part of every member says of an instance, in the order of the ensemble's parts.
    pub fn score_parts(&self, instance: usize) -> Vec<PartScore> {
        let located = self.fitted.point_cells_of(instance);
        self.scorer()
            .of_parts(self.fitted.x_of(&[instance]), &located, self.mixture)
    }

    /// The members' scores and products at standardised points `[k, d]`.
    pub fn parts_at(&self, x: ArrayView2<'_, f32>) -> Parts {
        self.scorer().at_points(x, self.mixture)
    }

    fn scorer(&self) -> Scorer<'_> {
        Scorer {
            frozen: self.fitted.frozen(),
            weights: &self.weights,
            cells: &self.cells,
        }
    }
}

fn parts_of(fitted: &Fitted, scorer: Scorer<'_>, instances: &[usize], mixture: Mixture) -> Parts {
    let located: Vec<_> = instances
        .iter()
        .map(|&instance| fitted.point_cells_of(instance))
        .collect();
    scorer.at(fitted.x_of(instances), &located, mixture)
}

/// Mixes the sources by how far each is believed.
fn mix(
    fitted: &Fitted,
    weights: &Weights,
    sources: &[Option<SourceScores>; 2],
) -> (Mixture, Vec<f32>) {
    match sources {
        [Some(cells), Some(network)] => {
            let deviations = [cells.deviation, network.deviation];
            let parts = fitted.ensemble().n_parts();
            let settings = &fitted.settings().mixture;
            let heard = weights.performance.heard(&fitted.balance());
            let mixture = (weights.performance).mixture(settings, heard, parts, deviations);
            let both = cells.scores.iter().zip(&network.scores);
            let mixed =
                both.map(|(cells, network)| mixture.cells * cells + mixture.network * network);
            (mixture, mixed.collect())
        }
        [_, Some(network)] => (
            Mixture {
                cells: 0.0,
                network: 1.0,
                cautious: 0.0,
            },
            network.scores.clone(),
        ),
        [cells, None] => {
            let scores = cells.as_ref().map(|cells| cells.scores.clone());
            (
                Mixture {
                    cells: 1.0,
                    network: 0.0,
                    cautious: 0.0,
                },
                scores.unwrap_or_default(),
            )
        }
    }
}
