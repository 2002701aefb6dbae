//! From weights to scores: the two sources, and their mixture.

use ndarray::{Array2, ArrayView2, Axis};

use super::held::Held;
use super::scored::{Parts, Said, Scored};
use super::{Fitted, Frozen, Mixture, SourcePerformance, Weights};
use crate::ensemble::{Ensemble, InstanceCells, PointCells};
use crate::network::{CellTable, relevance, sigmoid};
use crate::numeric::{map_blocks, value_at_rank};

/// Instances whose scores are made at once.
const BLOCK: usize = 4096;

/// Points of the space, such as those of a map, that are scored at once.
const POINTS: usize = 1024;

/// What one source says of every instance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SourceScores {
    /// `Σ_m s_m(x) · p_m(x)` with this source's relevance `[n]`.
    pub(super) scores: Vec<f32>,
    /// The score at rank `⌊τ n⌋`.
    pub(super) q_tau: f32,
    /// The standard deviation of the scores.
    pub(super) deviation: f32,
}

impl SourceScores {
    pub(super) fn new(scores: Vec<f32>, tau_rank: usize) -> Self {
        let n = scores.len().max(1) as f64;
        let mean = scores.iter().map(|&score| f64::from(score)).sum::<f64>() / n;
        let squares = scores
            .iter()
            .map(|&score| (f64::from(score) - mean).powi(2));
        Self {
            q_tau: value_at_rank(&scores, tau_rank).unwrap_or(0.0),
            deviation: (squares.sum::<f64>() / n).sqrt() as f32,
            scores,
        }
    }

    /// How many of the instances without label score above one.
    pub(super) fn rank(&self, instance: usize, is_open: impl Fn(usize) -> bool) -> usize {
        let own = self.scores[instance];
        let above = self
            .scores
            .iter()
            .enumerate()
            .filter(|(other, score)| **score > own && is_open(*other));
        above.count()
    }
}

/// Relevance by cell, made ready to score with.
#[derive(Debug)]
pub(super) struct CellRelevance {
    /// The relevance of each cell `[n_cells]`.
    relevance: Vec<f32>,
    /// The score of each cell times its relevance `[n_cells]`.
    products: Vec<f32>,
    /// What is held at the prior.
    held: Option<Held>,
}

/// Weights made ready to score with.
#[derive(Clone, Copy)]
pub(super) struct Scorer<'a> {
    pub(super) frozen: &'a Frozen,
    pub(super) weights: &'a Weights,
    pub(super) cells: &'a CellRelevance,
}

impl CellRelevance {
    /// That of both tables, of which the cautious one has a share.
    pub(super) fn new(frozen: &Frozen, weights: &Weights, cautious: f32) -> Self {
        match cautious > 0.0 {
            false => Self::of(frozen, [(&weights.cells, 1.0)], &weights.performance),
            true => Self::of(
                frozen,
                [
                    (&weights.cells, 1.0 - cautious),
                    (&weights.cautious, cautious),
                ],
                &weights.performance,
            ),
        }
    }

    /// The mean of some tables, by their shares.
    pub(super) fn of<const N: usize>(
        frozen: &Frozen,
        tables: [(&CellTable, f32); N],
        performance: &SourcePerformance,
    ) -> Self {
        let ensemble = frozen.ensemble();
        let mut table = vec![0.0; ensemble.n_cells()];
        let mut logits = vec![0.0; ensemble.n_cells()];
        for (member, &b) in frozen.b().iter().enumerate() {
            let cells = ensemble.cells_of(member);
            table[cells.clone()].fill(b);
            logits[cells].fill(crate::network::logit(b));
        }
        let prior = table.clone();
        for (listed, share) in tables {
            for (&cell, by) in listed.cells.iter().zip(&listed.logits) {
                let cell = cell as usize;
                let moved = sigmoid(logits[cell] + by);
                table[cell] = match N {
                    1 => moved,
                    _ => table[cell] + share * (moved - prior[cell]),
                };
            }
        }
        restrain(&mut table, &prior, frozen, performance);
        let held = Held::of(frozen, performance);
        for (part, held) in held.iter().flat_map(|held| held.parts.iter().enumerate()) {
            for cell in ensemble.cells_of_part(part) {
                table[cell] =
                    Held::relevance(ensemble.values()[cell], table[cell], *held, prior[cell]);
            }
        }
        let products = table
            .iter()
            .zip(ensemble.values())
            .map(|(p, value)| p * value);
        Self {
            products: products.collect(),
            relevance: table,
            held,
        }
    }

    /// The scores of `n` instances by this relevance alone.
    pub(super) fn scores(
        &self,
        ensemble: &Ensemble,
        instance_cells: &InstanceCells,
        n: usize,
    ) -> Vec<f32> {
        let blocks = map_blocks(n, BLOCK, |rows| {
            let length = rows.len();
            let mut products = vec![0.0; ensemble.len() * length];
            ensemble.sum(instance_cells, rows, &self.products, &mut products);
            let mut scores = vec![0.0; length];
            for member in products.chunks_exact(length.max(1)) {
                scores
                    .iter_mut()
                    .zip(member)
                    .for_each(|(sum, product)| *sum += product);
            }
            scores
        });
        blocks.concat()
    }

    /// The score at a located by this relevance alone.
    pub(super) fn score_of(&self, ensemble: &Ensemble, located: &PointCells) -> f32 {
        let member = |member: usize| {
            let parts = ensemble.parts_of(member);
            let products = parts
                .map(|part| located.scores[part] * self.relevance[located.cells[part] as usize]);
            products.fold(0.0, |sum: f32, product| sum + product)
        };
        let members = (0..ensemble.len()).map(member);
        members.fold(0.0, |sum: f32, product| sum + product)
    }

    /// What is held at the prior.
    pub(super) fn held(&self) -> Option<&Held> {
        self.held.as_ref()
    }

    /// The relevance of each cell `[n_cells]`.
    pub(super) fn into_relevance(self) -> Vec<f32> {
        self.relevance
    }
}

/// Takes relevance back towards the prior `b` by what of it does not count yet.
fn restrain<'a>(
    relevance: impl IntoIterator<Item = &'a mut f32>,
    b: &[f32],
    frozen: &Frozen,
    performance: &SourcePerformance,
) {
    let counted = frozen.balance().counted(performance.judged.len());
    if counted < 1.0 {
        for (p, b) in relevance.into_iter().zip(b) {
            *p = b + counted * (*p - b);
        }
    }
}

impl Scorer<'_> {
    /// What the cells' source says of all instances.
    pub(super) fn by_cells(&self, fitted: &Fitted) -> SourceScores {
        let scores = (self.cells).scores(fitted.ensemble(), fitted.instance_cells(), fitted.n());
        SourceScores::new(scores, fitted.tau_rank())
    }

    /// What the network's source says of all instances.
    pub(super) fn by_network(&self, fitted: &Fitted) -> SourceScores {
        let blocks = map_blocks(fitted.n(), BLOCK, |rows| {
            let relevance = self.network(fitted.x(rows.clone()));
            let m = fitted.ensemble().len();
            // Both are in standard layout.
            let member_scores = fitted.member_scores();
            let member_scores = member_scores.as_slice().unwrap_or_default();
            let member_scores = member_scores[rows.start * m..rows.end * m].chunks_exact(m);
            let relevance = relevance.as_slice().unwrap_or_default().chunks_exact(m);
            let each = member_scores.zip(relevance);
            let scores = each.map(|(scores, p)| self.products(scores, p).sum::<f32>());
            scores.collect::<Vec<f32>>()
        });
        SourceScores::new(blocks.concat(), fitted.tau_rank())
    }

    /// The relevance by network at standardised points `[k, d]`; `[k, m]`.
    fn network(&self, x: Array2<f32>) -> Array2<f32> {
        let network = &self.weights.network;
        let inputs = self.frozen.inputs(x);
        let mut p = relevance(&network.layout, &network.weights, inputs.view());
        for row in p.rows_mut() {
            let performance = &self.weights.performance;
            restrain(row, self.frozen.b(), self.frozen, performance);
        }
        p
    }

    /// Score times relevance by network, member by member.
    fn products<'a>(&'a self, scores: &'a [f32], p: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        let held = self.cells.held().map(|held| held.members.as_slice());
        let each = scores.iter().zip(p).zip(&self.frozen.b).enumerate();
        each.map(move |(member, ((score, p), b))| match held {
            None => score * p,
            Some(held) => Held::product(*score, *p, held[member], *b),
        })
    }

    /// The members' scores and products at points whose located are known.
    pub(super) fn at(&self, x: Array2<f32>, located: &[PointCells], mixture: Mixture) -> Parts {
        self.said(x, located, mixture).parts(mixture)
    }

    /// What both sources say at points whose located are known.
    fn said(&self, x: Array2<f32>, located: &[PointCells], mixture: Mixture) -> Said {
        let (k, m) = (located.len(), self.frozen.ensemble().len());
        let p = (mixture.network > 0.0).then(|| self.network(x));
        let mut scores = Array2::<f32>::zeros((k, m));
        let mut by_cells = Array2::<f32>::zeros((k, m));
        for member in 0..m {
            let parts = self.frozen.ensemble().parts_of(member);
            for (row, located) in located.iter().enumerate() {
                let (mut score, mut product) = (0.0, 0.0);
                for part in parts.clone() {
                    let s = located.scores[part];
                    score += s;
                    product += s * self.cells.relevance[located.cells[part] as usize];
                }
                scores[[row, member]] = score;
                by_cells[[row, member]] = product;
            }
        }
        // Both are in standard layout, with a row for each of the points.
        let by_network = p.map_or_else(
            || Array2::zeros((k, m)),
            |p| {
                let rows = scores.as_slice().unwrap_or_default().chunks_exact(m.max(1));
                let p = p.as_slice().unwrap_or_default().chunks_exact(m.max(1));
                let products = rows.zip(p).flat_map(|(scores, p)| self.products(scores, p));
                Array2::from_shape_vec((k, m), products.collect()).unwrap_or_default()
            },
        );
        Said {
            scores,
            by_cells,
            by_network,
        }
    }

    /// The scores and products of all parts of all members at a point `[1, d]`.
    pub(super) fn of_parts(
        &self,
        x: Array2<f32>,
        located: &PointCells,
        mixture: Mixture,
    ) -> Vec<PartScore> {
        let ensemble = self.frozen.ensemble();
        let by_network = match mixture.network > 0.0 {
            true => self.network(x),
            false => Array2::zeros((1, ensemble.len())),
        };
        let mut found = Vec::with_capacity(ensemble.n_parts());
        for member in 0..ensemble.len() {
            found.extend(ensemble.parts_of(member).map(|part| {
                let by_cell = self.cells.relevance[located.cells[part] as usize];
                let p = by_network[[0, member]];
                let by_network = self.cells.held().map_or(p, |held| {
                    Held::relevance(
                        located.scores[part],
                        p,
                        held.parts[part],
                        self.frozen.b[member],
                    )
                });
                let relevance = mixture.cells * by_cell + mixture.network * by_network;
                PartScore {
                    score: located.scores[part],
                    relevance,
                    product: located.scores[part] * relevance,
                }
            }));
        }
        found
    }

    /// The members' scores and products at any standardised points `[k, d]`.
    pub(super) fn at_points(&self, x: ArrayView2<'_, f32>, mixture: Mixture) -> Parts {
        let (k, m) = (x.nrows(), self.frozen.ensemble().len());
        let blocks = map_blocks(k, POINTS, |rows| {
            let rows = rows.start as isize..rows.end as isize;
            let (x, located) = self.locate_all(x.slice_axis(Axis(0), rows.into()));
            self.at(x, &located, mixture)
        });
        let whole = |of: fn(&Parts) -> &Array2<f32>| {
            let values: Vec<f32> = blocks.iter().flat_map(of).copied().collect();
            // Each block has a row for each of its points.
            Array2::from_shape_vec((k, m), values).unwrap_or_default()
        };
        Parts {
            scores: whole(|parts| &parts.scores),
            products: whole(|parts| &parts.products),
        }
    }

    /// Scores raw rows `[k, d]` on all cores; the instances of the fitted table get the scores
    /// that the model gave them, to the bit.
    pub(super) fn score(&self, features: ArrayView2<'_, f32>, mixture: Mixture) -> Scored {
        let blocks = map_blocks(features.nrows(), POINTS, |rows| {
            let rows = rows.start as isize..rows.end as isize;
            let x = self
                .frozen
                .standardise(features.slice_axis(Axis(0), rows.into()));
            let (x, located) = self.locate_all(x.view());
            self.said(x, &located, mixture).scored(mixture)
        });
        Scored::concat(blocks, self.frozen.ensemble().len())
    }

    /// Standardised points in standard layout, and their cells.
    fn locate_all(&self, x: ArrayView2<'_, f32>) -> (Array2<f32>, Vec<PointCells>) {
        let x = x.as_standard_layout().into_owned();
        let values = x.as_slice().unwrap_or_default();
        let located = self.frozen.ensemble().locate_all(values, self.frozen.d());
        (x, located)
    }
}

/// What one part of a member (a tree of a forest) says of an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartScore {
    /// Its score, `>= 0`.
    pub score: f32,
    /// Its relevance.
    pub relevance: f32,
    /// Score times relevance; their sum over all parts is the anomaly score.
    pub product: f32,
}
