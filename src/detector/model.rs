//! The belief after one revision.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2, Axis};

use super::{Fitted, Method};
use crate::dataset::Label;
use crate::network::{Feedback, NetworkState, Thresholds, UpdateInput, relevance, update};
use crate::numeric::{Cancelled, Watch, order_descending, stream};

/// Instances whose relevance is computed at once.
const BLOCK: usize = 8192;

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

/// A network with the anomaly scores and the ranking that follow from it; immutable.
#[derive(Clone, Debug)]
pub struct Model {
    fitted: Arc<Fitted>,
    network: Arc<NetworkState>,
    losses: Vec<f32>,
    scores: Vec<f32>,
    leading: Vec<u16>,
    order: Vec<usize>,
    ranks: Vec<u32>,
}

impl Model {
    /// The belief before any label: uniform relevance.
    pub fn primed(fitted: &Arc<Fitted>) -> Self {
        Self::with_network(fitted, Arc::clone(fitted.primed()))
    }

    /// Scores and ranks all instances by a network that was trained earlier.
    pub fn with_network(fitted: &Arc<Fitted>, network: Arc<NetworkState>) -> Self {
        Self::rank(fitted, network, Vec::new())
    }

    fn rank(fitted: &Arc<Fitted>, network: Arc<NetworkState>, losses: Vec<f32>) -> Self {
        let n = fitted.x().nrows();
        let mut scores = Vec::with_capacity(n);
        let mut leading = Vec::with_capacity(n);
        let (x, member_scores) = (fitted.x(), fitted.member_scores());
        let blocks = x
            .axis_chunks_iter(Axis(0), BLOCK)
            .zip(member_scores.axis_chunks_iter(Axis(0), BLOCK));
        for (x, member_scores) in blocks {
            let relevance = relevance(&network.layout, &network.weights, fitted.inputs(x));
            for (s, p) in member_scores.rows().into_iter().zip(relevance.rows()) {
                scores.push(s.iter().zip(p).map(|(s, p)| s * p).sum());
                let most =
                    p.iter().enumerate().fold(
                        0,
                        |most, (member, value)| if *value > p[most] { member } else { most },
                    );
                leading.push(most as u16);
            }
        }
        let order = order_descending(&scores);
        let mut ranks = vec![0; n];
        for (rank, &instance) in order.iter().enumerate() {
            ranks[instance] = rank as u32;
        }
        Self {
            fitted: Arc::clone(fitted),
            network,
            losses,
            scores,
            leading,
            order,
            ranks,
        }
    }

    /// Trains on all labels so far and returns the next belief; this one is left as it is.
    ///
    /// `revision` names the random stream, so that an update can be repeated to the bit.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn update(
        &self,
        labels: &[LabelledInstance],
        revision: u64,
        watch: &mut dyn Watch,
    ) -> Result<Self, Cancelled> {
        let settings = self.fitted.settings();
        if settings.method == Method::Baseline || labels.is_empty() {
            return Ok(self.clone());
        }
        let feedback: Vec<Feedback> = labels
            .iter()
            .map(|labelled| Feedback {
                row: labelled.instance,
                sign: labelled.label.sign(),
                weight: labelled.weight,
            })
            .collect();
        let x_tau = self.order[self.fitted.tau_rank()];
        let input = UpdateInput {
            x: self.fitted.inputs(self.fitted.x()),
            scores: self.fitted.member_scores(),
            feedback: &feedback,
            thresholds: Thresholds {
                x_tau,
                q_tau: self.scores[x_tau],
            },
            b: settings.network.b,
        };
        let mut random = stream(settings.seed, "update", revision);
        let (network, report) = update(&self.network, input, &settings.update, &mut random, watch)?;
        Ok(Self::rank(&self.fitted, Arc::new(network), report.losses))
    }

    /// What was learnt without labels.
    pub fn fitted(&self) -> &Arc<Fitted> {
        &self.fitted
    }

    /// The network.
    pub fn network(&self) -> &Arc<NetworkState> {
        &self.network
    }

    /// The loss of each step of the update that led here; empty before any.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }

    /// The anomaly score of every instance `[n]`.
    pub fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// All instances, the most anomalous first; ties by instance.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The rank of an instance, 0 for the most anomalous.
    pub fn rank_of(&self, instance: usize) -> usize {
        self.ranks[instance] as usize
    }

    /// The member with the largest relevance at an instance.
    pub fn most_relevant(&self, instance: usize) -> usize {
        usize::from(self.leading[instance])
    }

    /// `q_tau`: the score at rank `⌊τ n⌋`.
    pub fn q_tau(&self) -> f32 {
        self.scores[self.order[self.fitted.tau_rank()]]
    }

    /// The relevance of every member at standardised points `[k, d]`; `[k, m]`.
    pub fn relevance(&self, x: ArrayView2<'_, f32>) -> Array2<f32> {
        relevance(
            &self.network.layout,
            &self.network.weights,
            self.fitted.inputs(x),
        )
    }

    /// The anomaly scores of standardised points `[k, d]`.
    pub fn score_points(&self, x: ArrayView2<'_, f32>) -> Vec<f32> {
        let mut scores = self.fitted.ensemble().scores(x);
        scores *= &self.relevance(x);
        scores.rows().into_iter().map(|row| row.sum()).collect()
    }
}
