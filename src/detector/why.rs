//! All that explains the score of one instance.

use std::sync::Arc;

use super::picture::{Picture, picture};
use super::ruling::{Ruling, ruling};
use super::{Contribution, Model, PartScore, explain};
use crate::dataset::Label;
use crate::numeric::{Bins, value_at_rank};

/// Members and, of each, parts of which pictures are made.
const MEMBERS: usize = 8;
const PARTS: usize = 3;
/// Nearest labelled instances that are listed.
const NEIGHBOURS: usize = 5;
/// Nearest typical instances that are listed.
const TYPICAL: usize = 4;
/// Instances from which distributions are made.
const SAMPLE: usize = 20_000;
/// Bins of the picture of a distribution.
const BINS: usize = 32;

/// Why an instance scores as it does; made once for a model, an instance and the labels.
#[derive(Clone, Debug)]
pub struct Why {
    /// The model.
    pub model: Arc<Model>,
    /// The instance.
    pub instance: usize,
    /// The labels among which its neighbours were looked for.
    pub labels: Vec<(usize, Label)>,
    /// The parts of all members in its score, the largest first.
    pub contributions: Vec<Contribution>,
    /// What the first of them saw.
    pub members: Vec<MemberView>,
    /// Each feature's share of the explanation, the largest first; their sum is 1.
    pub features: Vec<FeatureShare>,
    /// The nearest labelled instances, the nearest first.
    pub neighbours: Vec<Neighbour>,
    /// Of images: those that score below the median and are nearest in the embedding, the nearest
    /// first; ties by instance.
    pub typical: Vec<usize>,
    /// Where its most relevant member rules; `None` where no member is trusted above its prior.
    pub ruling: Option<Ruling>,
}

/// What a member saw of an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberView {
    /// The member.
    pub member: usize,
    /// What it measures, in words that follow "it scores".
    pub words: String,
    /// The distribution of its scores over the table.
    pub scores: Bins,
    /// The fraction of instances that it scores lower.
    pub quantile: f64,
    /// How many parts it has.
    pub parts: usize,
    /// Those of its parts that contribute most, the largest first.
    pub top: Vec<PartDetail>,
}

/// What a part of a member (a tree of a forest) saw of an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct PartDetail {
    /// Its place among the parts of its member.
    pub part: usize,
    /// Its score, `>= 0`.
    pub score: f32,
    /// Its relevance.
    pub relevance: f32,
    /// Score times relevance.
    pub product: f32,
    /// The product's share of the anomaly score.
    pub share: f32,
    /// Instances of the table in the same cell (leaf or bin), this one included.
    pub fellows: usize,
    /// The distribution of its scores over the table.
    pub scores: Bins,
    /// A picture of what it saw.
    pub picture: Picture,
}

/// A feature's share of an explanation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeatureShare {
    /// The feature.
    pub feature: usize,
    /// Its share, in `[0, 1]`.
    pub share: f32,
}

/// A labelled instance near another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The labelled instance.
    pub instance: usize,
    /// Its label.
    pub label: Label,
    /// The Euclidean distance in standardised space.
    pub distance: f32,
}

impl Why {
    /// Explains an instance; `labels` are the labels so far, by instance.
    pub fn of(model: &Arc<Model>, instance: usize, labels: Vec<(usize, Label)>) -> Self {
        let contributions = explain(model, instance);
        let parts = model.score_parts(instance);
        let members = contributions.iter().take(MEMBERS);
        let members = members.map(|one| member_view(model, instance, one, &parts));
        Self {
            instance,
            members: members.collect(),
            features: feature_shares(model, instance, &contributions),
            neighbours: neighbours(model, instance, &labels),
            typical: typical(model, instance),
            ruling: ruling(model, instance),
            model: Arc::clone(model),
            contributions,
            labels,
        }
    }
}

fn typical(model: &Model, instance: usize) -> Vec<usize> {
    let dataset = model.fitted().dataset();
    if dataset.gallery().is_none() {
        return Vec::new();
    }
    let (features, scores) = (dataset.features(), model.scores());
    let median = value_at_rank(scores, scores.len() / 2).unwrap_or(f32::MAX);
    let seen = features.ncols() - dataset.given_scores().len();
    let own = features.row(instance);
    let square = |other: usize| {
        let pairs = features.row(other).into_iter().zip(own).take(seen);
        pairs.map(|(a, b)| (a - b).powi(2)).sum::<f32>()
    };
    let mut near: Vec<(f32, usize)> = (0..scores.len())
        .filter(|&other| other != instance && scores[other] < median)
        .map(|other| (square(other), other))
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.truncate(TYPICAL);
    near.into_iter().map(|(_, other)| other).collect()
}

/// Instances of a table of `n`, evenly strewn, at most about [`SAMPLE`].
fn sample(n: usize) -> impl Iterator<Item = usize> + Clone {
    (0..n).step_by(n.div_ceil(SAMPLE).max(1))
}

fn member_view(
    model: &Model,
    instance: usize,
    contribution: &Contribution,
    parts: &[PartScore],
) -> MemberView {
    let fitted = model.fitted();
    let member = contribution.member;
    let detector = fitted.ensemble().members()[member].detector();
    let x = fitted.x_of(&[instance]);
    let x = x.as_slice().unwrap_or_default();
    let own = fitted.member_scores();
    let scores: Vec<f32> = sample(fitted.n()).map(|at| own[[at, member]]).collect();
    let lower = scores.iter().filter(|&&other| other < contribution.score);
    MemberView {
        member,
        words: detector.describe(fitted.dataset().feature_names(), x),
        quantile: lower.count() as f64 / scores.len().max(1) as f64,
        scores: Bins::of(&scores, BINS),
        parts: detector.parts(),
        top: top_parts(model, instance, member, parts),
    }
}

fn top_parts(model: &Model, instance: usize, member: usize, all: &[PartScore]) -> Vec<PartDetail> {
    let fitted = model.fitted();
    let (ensemble, instance_cells) = (fitted.ensemble(), fitted.instance_cells());
    let first = ensemble.parts_of(member).start;
    let total = model.scores()[instance];
    let mut order: Vec<usize> = ensemble.parts_of(member).collect();
    order.sort_by(|&a, &b| all[b].product.total_cmp(&all[a].product).then(a.cmp(&b)));
    let top = order.into_iter().take(PARTS).map(|part| {
        let scores: Vec<f32> = sample(fitted.n())
            .map(|at| ensemble.part_score(instance_cells, part, at))
            .collect();
        let product = all[part].product;
        PartDetail {
            part: part - first,
            score: all[part].score,
            relevance: all[part].relevance,
            product,
            share: if total > 0.0 { product / total } else { 0.0 },
            fellows: instance_cells.fellows(part, instance),
            scores: Bins::of(&scores, BINS),
            picture: picture(fitted, member, part - first, instance),
        }
    });
    top.collect()
}

/// Each feature's share: the shares of the members' own views, weighed by their products.
fn feature_shares(
    model: &Model,
    instance: usize,
    contributions: &[Contribution],
) -> Vec<FeatureShare> {
    let fitted = model.fitted();
    let x = fitted.x_of(&[instance]);
    let x = x.as_slice().unwrap_or_default();
    let mut shares = vec![0.0_f64; fitted.d()];
    for one in contributions {
        let member = &fitted.ensemble().members()[one.member];
        let own = member.detector().feature_shares(x);
        let total: f64 = own.iter().map(|&share| f64::from(share)).sum();
        if total > 0.0 {
            let weight = f64::from(one.product) / total;
            for (sum, share) in shares.iter_mut().zip(&own) {
                *sum += weight * f64::from(*share);
            }
        }
    }
    let total: f64 = shares.iter().sum();
    let share = |sum: f64| if total > 0.0 { sum / total } else { 0.0 };
    let mut found: Vec<FeatureShare> = (shares.iter().enumerate())
        .map(|(feature, &sum)| FeatureShare {
            feature,
            share: share(sum) as f32,
        })
        .collect();
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.feature.cmp(&b.feature)));
    found
}

fn neighbours(model: &Model, instance: usize, labels: &[(usize, Label)]) -> Vec<Neighbour> {
    let fitted = model.fitted();
    let x = fitted.x_of(&[instance]);
    let others: Vec<usize> = labels.iter().map(|&(other, _)| other).collect();
    let places = fitted.x_of(&others);
    let mut found: Vec<Neighbour> = labels
        .iter()
        .zip(places.rows())
        .filter(|((other, _), _)| *other != instance)
        .map(|(&(other, label), place)| {
            let squares = place.iter().zip(x.row(0)).map(|(a, b)| (a - b).powi(2));
            Neighbour {
                instance: other,
                label,
                distance: squares.sum::<f32>().sqrt(),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        a.distance
            .total_cmp(&b.distance)
            .then(a.instance.cmp(&b.instance))
    });
    found.truncate(NEIGHBOURS);
    found
}
