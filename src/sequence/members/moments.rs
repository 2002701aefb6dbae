//! Moments in the embedding: how far each is from the moments of other sequences.

use ndarray::{Array2, ArrayView2};

use super::super::align::{kendall_tau, nearest, squared_distances};
use super::super::curves::{thinned, thinned_places};
use super::SequenceScore;
use super::neighbours::at_rank;

/// Moments of a sequence that are compared at most, evenly spaced.
pub const MOMENTS: usize = 60;

/// The share of moments that count as the worst.
pub const WORST: f64 = 0.1;

/// What the embedding says of one sequence.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Moments {
    /// How far each of its moments is from the usual course: the median, over reference sequences,
    /// of the distance to the nearest moment; one for each moment of the sequence.
    pub(in super::super) deviations: Vec<f32>,
    /// What its detectors say, in the order of [`scores`].
    pub(in super::super) scores: [f32; SCORES],
}

impl Moments {
    /// The mean distance to the reference sequences, there and back.
    pub(in super::super) fn distance(&self) -> f32 {
        self.scores[0] + self.scores[3]
    }
}

const SCORES: usize = 8;

const NAMES: [(&str, &str); SCORES] = [
    (
        "deviation",
        "how far its moments are, on average, from the nearest moments of other sequences, in the embedding",
    ),
    (
        "worst moments",
        "how far the worst tenth of its moments is from the nearest moments of other sequences, in the embedding",
    ),
    (
        "median deviation",
        "how far its middle moment is from the nearest moments of other sequences, in the embedding",
    ),
    (
        "missing moments",
        "how far the moments of other sequences are from its nearest: what it leaves out of the usual course",
    ),
    (
        "order",
        "how far the nearest moments of other sequences are out of order (1 − Kendall's τ)",
    ),
    (
        "cycle error",
        "how far from where it began one comes back after going to the nearest moment of another sequence",
    ),
    (
        "nearest in the embedding",
        "how far it is, moment by moment and both ways, from the fifth most similar sequence",
    ),
    (
        "frames",
        "how far its moments are from the nearest moments in all other sequences",
    ),
];

/// Those of them that vote.
const VOTERS: [&str; 2] = ["nearest in the embedding", "frames"];

/// `loss` is the short name of the one that the encoder was trained by.
pub(super) fn scores(loss: &str) -> impl Iterator<Item = SequenceScore> {
    NAMES.iter().map(move |(name, meaning)| SequenceScore {
        name: format!("{name} ({loss})"),
        meaning,
        votes: VOTERS.contains(name),
        of_moments: true,
    })
}

/// Embedded sequences with which others are compared.
#[derive(Clone, Debug)]
pub(in super::super) struct References {
    references: Vec<usize>,
    thin: Vec<Array2<f32>>,
}

impl References {
    /// Sequences at most.
    pub(in super::super) const MOST: usize = 64;

    /// Takes some of the instances, embedded `[t, C]`, as references.
    pub(in super::super) fn fit<'a>(
        references: Vec<usize>,
        embedded: impl Iterator<Item = ArrayView2<'a, f32>>,
    ) -> Self {
        Self {
            references,
            thin: embedded.map(|moments| thinned(moments, MOMENTS)).collect(),
        }
    }

    /// Their moments `[t, C]`, at most [`MOMENTS`] of each.
    pub(in super::super) fn moments(&self) -> &[Array2<f32>] {
        &self.thin
    }

    /// Compares an embedded sequence `[t, C]` with them.
    pub(in super::super) fn compare(
        &self,
        embedded: ArrayView2<'_, f32>,
        itself: Option<usize>,
    ) -> Moments {
        let others: Vec<ArrayView2<'_, f32>> = self
            .references
            .iter()
            .zip(&self.thin)
            .filter(|(instance, _)| Some(**instance) != itself)
            .map(|(_, moments)| moments.view())
            .collect();
        compare(&thinned(embedded, MOMENTS), embedded.nrows(), &others)
    }
}

fn compare(own: &Array2<f32>, length: usize, others: &[ArrayView2<'_, f32>]) -> Moments {
    let count = own.nrows();
    let mut by_moment: Vec<Vec<f32>> = vec![Vec::with_capacity(others.len()); count];
    let (mut missing, mut orders, mut cycles, mut both) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for other in others {
        let distances = squared_distances(own.view(), *other);
        let there = nearest(distances.view());
        let back = nearest(distances.t());
        for (moment, (_, square)) in by_moment.iter_mut().zip(&there) {
            moment.push(square.sqrt());
        }
        let forth = there.iter().map(|near| near.1.sqrt()).sum::<f32>() / count as f32;
        let home = back.iter().map(|near| near.1.sqrt()).sum::<f32>() / back.len().max(1) as f32;
        missing.push(home);
        both.push((forth + home) / 2.0);
        let places: Vec<usize> = there.iter().map(|near| near.0).collect();
        orders.push(1.0 - kendall_tau(&places) as f32);
        let off = there
            .iter()
            .enumerate()
            .map(|(at, near)| (back[near.0].0 as f32 - at as f32).abs());
        cycles.push(off.sum::<f32>() / (count * count) as f32);
    }
    let middle = |values: &[f32]| at_rank(values.to_vec(), values.len().div_ceil(2));
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
    let deviations: Vec<f32> = by_moment.iter().map(|values| middle(values)).collect();
    let nearest: Vec<f32> = by_moment
        .iter()
        .map(|values| at_rank(values.clone(), 1))
        .collect();
    let worst = |values: &[f32]| {
        let mut sorted = values.to_vec();
        sorted.sort_by(|a, b| b.total_cmp(a));
        sorted.truncate(((values.len() as f64 * WORST).ceil() as usize).max(1));
        mean(&sorted)
    };
    let all: Vec<f32> = by_moment.iter().flatten().copied().collect();
    let scores = [
        mean(&all),
        worst(&deviations),
        middle(&deviations),
        mean(&missing),
        mean(&orders),
        mean(&cycles),
        at_rank(both, 5),
        mean(&nearest),
    ];
    Moments {
        deviations: spread(&deviations, length),
        scores,
    }
}

/// Brings what was measured at some evenly spaced moments to all of `length`.
fn spread(values: &[f32], length: usize) -> Vec<f32> {
    let places: Vec<f64> = thinned_places(length, values.len())
        .into_iter()
        .map(|place| place as f64)
        .collect();
    (0..length)
        .map(|at| super::super::raw::interpolated(&places, values, at as f64))
        .collect()
}
