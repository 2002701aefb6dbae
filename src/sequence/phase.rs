//! What an embedding knows of phases: alignment, progression, classification, and labels carried
//! over from one sequence to all others.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView2, Axis};

use super::align::{kendall_tau, nearest, squared_distances};
use super::curves::{thinned, thinned_places};
use crate::numeric::{map_each, principal_components};

/// Ordered pairs of sequences of which τ is the mean, at most.
const PAIRS: usize = 400;

/// Moments of a sequence that are compared at most, evenly spaced: what is to be known of all pairs
/// of moments grows with the square of their number.
const MOMENTS: usize = 1000;

/// Moments whose nearest ones are looked for at once, so that the distances fit into memory.
const ROWS: usize = 256;

/// How well an embedding aligns a set whose phases are labelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseReport {
    /// The share of the variance of phase progression that a linear function of the embedding
    /// explains, fitted to every other sequence and measured on the rest (R²).
    pub progression: f64,
    /// The share of moments whose phase is that of the nearest moment in every other sequence.
    pub accuracy: f64,
    /// The share of moments whose phase is that of the nearest moment of one labelled sequence; the
    /// mean over some choices of that one.
    pub few_shot: f64,
}

/// The mean Kendall's τ of the nearest moments over ordered pairs of sequences.
pub fn alignment(embedded: &[ArrayView2<'_, f32>]) -> f64 {
    let n = embedded.len();
    let all = n * n.saturating_sub(1);
    let count = all.min(PAIRS);
    let taus = map_each(count, |at| {
        let pair = at * all / count.max(1);
        let (a, b) = (pair / (n - 1), pair % (n - 1));
        let b = if b < a { b } else { b + 1 };
        let [a, b] = [a, b].map(|at| thinned(embedded[at], MOMENTS));
        let there = nearest(squared_distances(a.view(), b.view()).view());
        kendall_tau(&there.iter().map(|near| near.0).collect::<Vec<usize>>())
    });
    taus.iter().sum::<f64>() / count.max(1) as f64
}

/// Carries the phases of one sequence over to another: each moment gets that of its nearest.
pub fn carry_over(
    from: ArrayView2<'_, f32>,
    phases: &[String],
    to: ArrayView2<'_, f32>,
) -> Vec<String> {
    let chunks = to.axis_chunks_iter(Axis(0), ROWS);
    let near = chunks.flat_map(|to| nearest(squared_distances(to, from).view()));
    near.map(|near| phases.get(near.0).cloned().unwrap_or_default())
        .collect()
}

/// Measures an embedding by labelled phases; `None` where fewer than four sequences have them.
pub fn phase_report(
    embedded: &[ArrayView2<'_, f32>],
    phases: &[Option<&[String]>],
) -> Option<PhaseReport> {
    let known = embedded.iter().zip(phases);
    let known = known.filter_map(|(moments, phases)| Some((moments, (*phases)?)));
    let known: Vec<(Array2<f32>, Vec<String>)> = known
        .map(|(moments, phases)| {
            let places = thinned_places(phases.len(), MOMENTS).into_iter();
            let phases = places.map(|at| phases[at].clone()).collect();
            (thinned(*moments, MOMENTS), phases)
        })
        .collect();
    if known.len() < 4 {
        return None;
    }
    let known: Vec<Labelled<'_>> = known
        .iter()
        .map(|(moments, phases)| (moments.view(), phases.as_slice()))
        .collect();
    let (shown, held): (Vec<_>, Vec<_>) = known.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let shown: Vec<_> = shown.into_iter().map(|(_, known)| *known).collect();
    let held: Vec<_> = held.into_iter().map(|(_, known)| *known).collect();
    let teachers: Vec<_> = shown.iter().take(8).collect();
    let few: f64 = teachers
        .iter()
        .map(|teacher| accuracy(&[**teacher], &held))
        .sum();
    Some(PhaseReport {
        progression: progression_explained(&shown, &held),
        accuracy: accuracy(&shown, &held),
        few_shot: few / teachers.len() as f64,
    })
}

/// Moments with the phase of each.
type Labelled<'a> = (ArrayView2<'a, f32>, &'a [String]);

fn stacked(sequences: &[Labelled<'_>]) -> (Array2<f32>, Vec<String>) {
    let width = sequences.first().map_or(0, |first| first.0.ncols());
    let values: Vec<f32> = sequences
        .iter()
        .flat_map(|(moments, _)| moments.iter().copied())
        .collect();
    let phases: Vec<String> = sequences
        .iter()
        .flat_map(|(_, phases)| phases.iter().cloned())
        .collect();
    (
        Array2::from_shape_vec((phases.len(), width), values).unwrap_or_default(),
        phases,
    )
}

fn accuracy(shown: &[Labelled<'_>], held: &[Labelled<'_>]) -> f64 {
    let (moments, phases) = stacked(shown);
    let right = map_each(held.len(), |at| {
        let (own, truth) = held[at];
        let told = carry_over(moments.view(), &phases, own);
        told.iter()
            .zip(truth)
            .filter(|(told, truth)| told == truth)
            .count()
    });
    let count: usize = held.iter().map(|(_, truth)| truth.len()).sum();
    right.iter().sum::<usize>() as f64 / count.max(1) as f64
}

/// How far the course has come at each moment: the share of phases behind it, and of its own phase
/// the share of moments. Phases count in the order in which the first of them is met most early.
fn progression(sequences: &[Labelled<'_>]) -> Vec<Vec<f64>> {
    let mut starts: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (_, phases) in sequences {
        for (at, phase) in phases.iter().enumerate() {
            let entry = starts.entry(phase).or_insert((0.0, 0));
            *entry = (entry.0 + at as f64 / phases.len() as f64, entry.1 + 1);
        }
    }
    let mut order: Vec<(&str, f64)> = starts
        .into_iter()
        .map(|(phase, (sum, count))| (phase, sum / count as f64))
        .collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let rank = |phase: &str| order.iter().position(|known| known.0 == phase).unwrap_or(0);
    let of = |phases: &[String]| -> Vec<f64> {
        let mut found = Vec::with_capacity(phases.len());
        for run in phases.chunk_by(|a, b| a == b) {
            let (rank, length) = (rank(&run[0]) as f64, run.len() as f64);
            found.extend(
                (0..run.len()).map(|at| (rank + (at as f64 + 0.5) / length) / order.len() as f64),
            );
        }
        found
    };
    sequences.iter().map(|(_, phases)| of(phases)).collect()
}

fn progression_explained(shown: &[Labelled<'_>], held: &[Labelled<'_>]) -> f64 {
    let all: Vec<Labelled<'_>> = shown.iter().chain(held).copied().collect();
    let targets = progression(&all);
    let (shown_targets, held_targets) = targets.split_at(shown.len());
    let (moments, _) = stacked(shown);
    // Least squares along the main directions of the moments, where it is a sum of single slopes.
    let components = principal_components(moments.view(), moments.ncols());
    let targets: Vec<f64> = shown_targets.concat();
    let mean = targets.iter().sum::<f64>() / targets.len().max(1) as f64;
    let (mut slopes, mut squares) = (vec![0.0; components.count()], vec![0.0; components.count()]);
    for (row, target) in moments.rows().into_iter().zip(&targets) {
        for (at, along) in components.coordinates(row).into_iter().enumerate() {
            slopes[at] += along * (target - mean);
            squares[at] += along * along;
        }
    }
    let slopes: Vec<f64> = slopes
        .iter()
        .zip(&squares)
        .map(|(slope, square)| slope / square.max(1e-12))
        .collect();
    let (moments, _) = stacked(held);
    let targets: Vec<f64> = held_targets.concat();
    let held_mean = targets.iter().sum::<f64>() / targets.len().max(1) as f64;
    let (mut rest, mut total) = (0.0, 0.0);
    for (row, target) in moments.rows().into_iter().zip(&targets) {
        let told: f64 = components
            .coordinates(row)
            .iter()
            .zip(&slopes)
            .map(|(along, slope)| along * slope)
            .sum();
        rest += (target - mean - told).powi(2);
        total += (target - held_mean).powi(2);
    }
    1.0 - rest / total.max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedding_that_is_the_phase_itself_is_perfect() {
        let moments: Vec<Array2<f32>> = (0..6)
            .map(|k| {
                Array2::from_shape_fn((20 + k, 2), |(at, axis)| {
                    if axis == 0 {
                        at as f32 / (20 + k) as f32
                    } else {
                        0.5
                    }
                })
            })
            .collect();
        let phases: Vec<Vec<String>> = moments
            .iter()
            .map(|m| {
                m.column(0)
                    .iter()
                    .map(|phase| if *phase < 0.5 { "b" } else { "a" }.to_owned())
                    .collect()
            })
            .collect();
        let views: Vec<_> = moments.iter().map(|moments| moments.view()).collect();
        assert!(alignment(&views) > 0.98, "{}", alignment(&views));
        let labels: Vec<Option<&[String]>> = phases
            .iter()
            .map(|phases| Some(phases.as_slice()))
            .collect();
        let report = phase_report(&views, &labels).expect("labels");
        assert!(
            report.accuracy > 0.98 && report.few_shot > 0.95 && report.progression > 0.98,
            "{report:?}"
        );
        assert_eq!(phase_report(&views[..2], &labels[..2]), None);
    }
}
