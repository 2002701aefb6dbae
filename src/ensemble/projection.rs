//! A direction with a histogram: the detector of LODA and of HBOS.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{CellScore, Detector, Histogram, PartView, checks};
use crate::numeric::sorted;

/// Features that a projection's name tells, and letters of each.
const NAMED: usize = 2;
const LETTERS: usize = 16;

/// A direction with the histogram of the instances projected onto it.
///
/// Its cells are the bins. Along a single feature it is the detector of HBOS.
///
/// # Source
/// Pevný 2016, *Loda: Lightweight on-line detector of anomalies*, *Machine Learning* 102;
/// Goldstein and Dengel 2012, *Histogram-based Outlier Score (HBOS)*, KI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Projection {
    direction: Vec<f32>,
    histogram: Histogram,
}

impl Projection {
    /// Projects standardised instances `[n, d]`, in standard layout, onto `direction` `[d]`, scaled to unit length, and
    /// fits the histogram.
    pub fn fit(x: ArrayView2<'_, f32>, direction: &[f32]) -> Self {
        let length = direction
            .iter()
            .map(|&entry| f64::from(entry).powi(2))
            .sum::<f64>()
            .sqrt();
        let unit = if length > 0.0 { length } else { 1.0 };
        let direction: Vec<f32> = direction
            .iter()
            .map(|&entry| (f64::from(entry) / unit) as f32)
            .collect();
        let histogram = Histogram::fit(&sorted(places(x, &direction)));
        Self {
            direction,
            histogram,
        }
    }

    /// The raw scores of standardised instances `[n, d]`.
    pub(super) fn scores(&self, x: ArrayView2<'_, f32>) -> Vec<f32> {
        let bins = 0..self.histogram.counts().len();
        let table: Vec<f32> = bins.map(|bin| self.histogram.bin_score(bin)).collect();
        let score = |along| match self.histogram.bin(along) {
            Some(bin) => table[bin],
            None => self.histogram.score(along),
        };
        places(x, &self.direction).map(score).collect()
    }

    /// The direction `[d]`, of unit length.
    pub fn direction(&self) -> &[f32] {
        &self.direction
    }

    /// The place of an instance on the projection, in standard deviations of the features.
    pub fn along(&self, x: &[f32]) -> f32 {
        dot(x.iter(), &self.direction)
    }

    /// The features that weigh most in it, and how many more there are; `None` where none does.
    pub(super) fn features_named(&self, features: &[String]) -> Option<String> {
        let terms = self.terms(features);
        let named = terms.iter().take(NAMED).map(|(_, name)| short(name));
        let mut named: Vec<String> = named.collect();
        if terms.len() > NAMED {
            named.push(format!("+{}", terms.len() - NAMED));
        }
        (!terms.is_empty()).then(|| named.join(", "))
    }

    /// The features with a weight, those with the largest first.
    fn terms<'a>(&self, features: &'a [String]) -> Vec<(f32, &'a str)> {
        let weights = self.direction.iter().copied();
        let mut terms: Vec<(f32, &str)> =
            weights.zip(features.iter().map(String::as_str)).collect();
        terms.retain(|(weight, _)| *weight != 0.0);
        terms.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        terms
    }

    /// The histogram of the places of the instances that it was fitted to.
    pub fn histogram(&self) -> &Histogram {
        &self.histogram
    }
}

/// A feature's name with room for others beside it.
fn short(name: &str) -> String {
    match name.chars().count() > LETTERS {
        true => name.chars().take(LETTERS - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}

/// The places of instances `[n, d]`, in standard layout, along a direction.
fn places<'a>(x: ArrayView2<'a, f32>, direction: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
    let values = x.to_slice().unwrap_or_default();
    let rows = values.chunks_exact(direction.len().max(1));
    rows.map(|row| dot(row.iter(), direction))
}

fn dot<'a>(x: impl Iterator<Item = &'a f32>, direction: &[f32]) -> f32 {
    x.zip(direction).map(|(value, weight)| value * weight).sum()
}

impl Detector for Projection {
    fn parts(&self) -> usize {
        1
    }

    fn cells(&self, _part: usize) -> usize {
        self.histogram.counts().len()
    }

    fn cell_score(&self, _part: usize, x: &[f32]) -> CellScore {
        let along = self.along(x);
        CellScore {
            cell: self.histogram.nearest_bin(along),
            score: self.histogram.score(along),
        }
    }

    fn find_cells(&self, _part: usize, x: &[f32], cells: &mut [u32]) {
        for (cell, x) in cells.iter_mut().zip(x.chunks_exact(self.direction.len())) {
            *cell = self.histogram.nearest_bin(self.along(x)) as u32;
        }
    }

    fn cell_scores(&self, _part: usize) -> Option<Vec<f32>> {
        let bins = 0..self.histogram.counts().len();
        Some(bins.map(|bin| self.histogram.bin_score(bin)).collect())
    }

    fn feature_shares(&self, _x: &[f32]) -> Vec<f32> {
        self.direction.iter().map(|weight| weight.abs()).collect()
    }

    fn direction(&self) -> Option<&[f32]> {
        Some(&self.direction)
    }

    fn part_view(&self, _part: usize, x: &[f32]) -> PartView {
        PartView::Bins {
            low: self.histogram.low(),
            width: self.histogram.width(),
            counts: self.histogram.counts().to_vec(),
            at: self.along(x),
        }
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        checks::list("a direction", &self.direction, d)?;
        self.histogram.validate()
    }

    fn describe(&self, features: &[String], _x: &[f32]) -> String {
        let terms = self.terms(features);
        if let [(_, name)] = terms.as_slice() {
            return format!("how rare the value of {name} is");
        }
        let shown: Vec<String> = terms
            .iter()
            .take(4)
            .map(|(weight, name)| format!("{weight:+.2} {name}"))
            .collect();
        let more = if terms.len() > 4 {
            format!(" and {} more", terms.len() - 4)
        } else {
            String::new()
        };
        format!(
            "how rare the value of {}{more} is (standardised features)",
            shown.join(" ")
        )
    }
}
