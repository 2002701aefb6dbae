//! An update: what each source learns from the labels.

use std::sync::Arc;

use ndarray::Axis;
use rand::RngExt;

use super::held::Held;
use super::scoring::SourceScores;
use super::temper::Temper;
use super::{Fitted, LabelledInstance, Losses, Method, Model, SourcePerformance, Weights};
use crate::dataset::Label;
use crate::network::{
    CellInput, CellTable, Feedback, LabelledCells, NetworkState, Thresholds, UpdateInput,
    update as update_network,
};
use crate::numeric::{Cancelled, Watch, stream};

impl Model {
    /// Trains on all labels so far and returns the next model; this one is left as it is.
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
        if self.fitted().settings().method == Method::Baseline || labels.is_empty() {
            return Ok(self.clone());
        }
        let (weights, losses) = update(self, labels, revision, watch)?;
        Ok(Self::rank(self.fitted(), Arc::new(weights), losses))
    }
}

/// Trains both sources on all labels so far.
fn update(
    model: &Model,
    labels: &[LabelledInstance],
    revision: u64,
    watch: &mut dyn Watch,
) -> Result<(Weights, Losses), Cancelled> {
    let hinges = balanced(labels);
    let before = model.weights();
    let (cells, cell_losses) = match &model.sources[0] {
        Some(_) => learn_cells(model, labels, &hinges, Temper::Bold, watch)?,
        None => (before.cells.clone(), Vec::new()),
    };
    let cautious = match &model.tables {
        Some(_) => learn_cells(model, labels, &hinges, Temper::Cautious, watch)?.0,
        None => before.cautious.clone(),
    };
    let (network, network_losses) = match &model.sources[1] {
        Some(_) => learn_network(model, labels, &hinges, revision, watch)?,
        None => (before.network.clone(), Vec::new()),
    };
    let weights = Weights {
        network,
        cells,
        cautious,
        performance: judge(model, labels),
    };
    let losses = Losses {
        cells: cell_losses,
        network: network_losses,
    };
    Ok((weights, losses))
}

/// The weight of each label's hinge: anomalies and nominals count the same together, however many
/// there are of either.
fn balanced(labels: &[LabelledInstance]) -> Vec<f32> {
    let total = |label: Label| -> f32 {
        let same = labels.iter().filter(|given| given.label == label);
        same.map(|given| given.weight).sum()
    };
    let totals = [Label::Anomaly, Label::Nominal].map(total);
    let of = |given: &LabelledInstance| match given.label {
        Label::Anomaly => given.weight / totals[0],
        Label::Nominal => given.weight / totals[1],
    };
    labels.iter().map(of).collect()
}

fn learn_cells(
    model: &Model,
    labels: &[LabelledInstance],
    hinges: &[f32],
    temper: Temper,
    watch: &mut dyn Watch,
) -> Result<(CellTable, Vec<f32>), Cancelled> {
    let fitted = model.fitted();
    let settings = &temper.settings(fitted.settings());
    let margin = settings.margin_of(fitted.ensemble().n_parts());
    let held = model.held();
    let labelled: Vec<LabelledCells> = labels
        .iter()
        .zip(hinges)
        .map(|(given, &hinge)| {
            let located = fitted.point_cells_of(given.instance);
            let mut scores = located.scores;
            let held = held.iter().flat_map(|held| &held.parts);
            scores
                .iter_mut()
                .zip(held)
                .for_each(|(score, held)| *score -= held);
            LabelledCells {
                cells: located.cells,
                scores,
                sign: given.label.sign(),
                hinge,
            }
        })
        .collect();
    let alone = model.tables.as_ref().map(|tables| tables.source(temper));
    let source = alone.or(model.sources[0].as_ref());
    let input = CellInput {
        labelled: &labelled,
        prior: &fitted.frozen().prior_logits(),
        thresholds: thresholds(source, held, margin, settings.softness),
    };
    model.weights().table(temper).update(input, settings, watch)
}

fn learn_network(
    model: &Model,
    labels: &[LabelledInstance],
    hinges: &[f32],
    revision: u64,
    watch: &mut dyn Watch,
) -> Result<(NetworkState, Vec<f32>), Cancelled> {
    let fitted = model.fitted();
    let settings = &fitted.settings().update;
    let mut random = stream(fitted.settings().seed, "update", revision);
    // Rows of the update: labelled instances, those whose prior is sampled, and x_tau.
    let mut rows: Vec<usize> = labels.iter().map(|given| given.instance).collect();
    let mut prior = Vec::with_capacity(settings.steps);
    for _ in 0..settings.steps {
        let sample = (0..settings.prior_rows).map(|_| {
            rows.push(random.random_range(0..fitted.n() as u64) as usize);
            rows.len() - 1
        });
        prior.push(sample.collect());
    }
    let source = model.sources[1].as_ref();
    let held = model.held();
    let mut thresholds = thresholds(source, held, settings.margin, settings.softness);
    if settings.x_tau {
        thresholds.x_tau = Some(rows.len());
        rows.extend(model.top(fitted.tau_rank() + 1).last());
    }
    let feedback: Vec<Feedback> = labels
        .iter()
        .zip(hinges)
        .enumerate()
        .map(|(row, (given, &hinge))| Feedback {
            row,
            sign: given.label.sign(),
            hinge,
        })
        .collect();
    let x = fitted.frozen().inputs(fitted.x_of(&rows));
    let mut scores = fitted.member_scores().select(Axis(0), &rows);
    if let Some(held) = held {
        for mut own in scores.rows_mut() {
            own.iter_mut()
                .zip(&held.members)
                .for_each(|(score, held)| *score -= held);
        }
    }
    let input = UpdateInput {
        x: x.view(),
        scores: scores.view(),
        feedback: &feedback,
        prior: &prior,
        thresholds,
        b: fitted.b(),
        shares: fitted.shares(),
    };
    update_network(&model.weights().network, input, settings, watch)
}

/// What labelled instances are held against in a source, margin and softness given in standard
/// deviations of its scores; what is held at the prior is no part of what is learnt.
fn thresholds(
    source: Option<&SourceScores>,
    held: Option<&Held>,
    margin: f32,
    softness: f32,
) -> Thresholds {
    let (q_tau, deviation) = source.map_or((0.0, 1.0), |source| (source.q_tau, source.deviation));
    let q_tau = held.map_or(q_tau, |held| q_tau - held.total);
    Thresholds {
        x_tau: None,
        q_tau,
        margin: margin * deviation,
        softness: softness * deviation,
    }
}

/// Judges the sources by the labels that they have not learnt from yet.
fn judge(model: &Model, labels: &[LabelledInstance]) -> SourcePerformance {
    let mut performance = model.weights().performance.clone();
    let fitted: &Fitted = model.fitted();
    let balance = fitted.balance();
    let judges = model.tables.is_some() || model.sources.iter().all(Option::is_some);
    if judges || balance.counts() {
        let before = model.weights().performance.clone();
        for given in labels
            .iter()
            .filter(|given| !before.has_judged(given.instance))
        {
            let is_open = |other: usize| !before.has_judged(other);
            let sources = match &model.sources {
                [Some(cells), Some(network)] => {
                    Some([cells, network].map(|source| source.rank(given.instance, is_open)))
                }
                _ => None,
            };
            let tables = model.tables.as_ref();
            let tables = tables.map(|tables| tables.ranks(fitted, given.instance, is_open));
            let is_anomaly = given.label == Label::Anomaly;
            performance.found += u32::from(is_anomaly && balance.counts());
            performance.judge(
                given.instance,
                is_anomaly,
                [sources, tables],
                fitted.n(),
                &fitted.settings().mixture,
            );
        }
    }
    performance
}
