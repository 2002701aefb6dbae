//! LODA: sparse random projections, a histogram on each.

use ndarray::ArrayView2;
use rand::seq::index::sample;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::{Detector, Histogram, Projections};
use crate::numeric::{Cancelled, Stream, Watch, sorted, stream};

/// The mean change of the averaged score at which drawing stops, as a share of the first change.
const SMALL_CHANGE: f64 = 0.01;

/// A direction with the histogram of the instances projected onto it.
///
/// # Source
/// Pevný 2016, *Loda: Lightweight on-line detector of anomalies*, *Machine Learning* 102.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Projection {
    direction: Vec<f32>,
    histogram: Histogram,
}

impl Projection {
    /// Projects standardised instances `[n, d]` onto `direction` `[d]`, scaled to unit length, and
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
        let places = x.rows().into_iter().map(|row| dot(row.iter(), &direction));
        let histogram = Histogram::fit(&sorted(places));
        Self {
            direction,
            histogram,
        }
    }

    /// The place of an instance on the projection, in standard deviations of the features.
    pub fn place(&self, x: &[f32]) -> f32 {
        dot(x.iter(), &self.direction)
    }

    /// The histogram of the places of the instances that it was fitted to.
    pub fn histogram(&self) -> &Histogram {
        &self.histogram
    }
}

fn dot<'a>(x: impl Iterator<Item = &'a f32>, direction: &[f32]) -> f32 {
    x.zip(direction).map(|(value, weight)| value * weight).sum()
}

impl Detector for Projection {
    fn score(&self, x: &[f32]) -> f32 {
        self.histogram.score(self.place(x))
    }

    fn feature_weights(&self) -> Vec<f32> {
        let sum: f32 = self.direction.iter().map(|weight| weight.abs()).sum();
        self.direction
            .iter()
            .map(|weight| weight.abs() / sum.max(f32::MIN_POSITIVE))
            .collect()
    }

    fn direction(&self) -> Option<&[f32]> {
        Some(&self.direction)
    }

    fn describe(&self, features: &[String]) -> String {
        let mut terms: Vec<(f32, &str)> = self
            .direction
            .iter()
            .copied()
            .zip(features.iter().map(String::as_str))
            .collect();
        terms.retain(|(weight, _)| *weight != 0.0);
        terms.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
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

/// The number of non-zero entries of a drawn direction: `d − ⌊d(1 − 1/√d)⌋`.
///
/// ```
/// assert_eq!([1, 2, 9, 21].map(glad::ensemble::sparsity), [1, 2, 3, 5]);
/// ```
pub fn sparsity(d: usize) -> usize {
    let left_out = (d as f64 * (1.0 - 1.0 / (d as f64).sqrt())).floor() as usize;
    (d - left_out.min(d)).max(1)
}

/// Draws a unit vector `[d]` with [`sparsity`] non-zero entries N(0, 1) at random places.
pub fn draw_direction(d: usize, random: &mut Stream) -> Vec<f32> {
    let mut direction = vec![0.0_f32; d];
    loop {
        for place in sample(random, d, sparsity(d)) {
            direction[place] = StandardNormal.sample(random);
        }
        let length = direction
            .iter()
            .map(|entry| entry * entry)
            .sum::<f32>()
            .sqrt();
        if length > 1e-6 {
            direction.iter_mut().for_each(|entry| *entry /= length);
            return direction;
        }
        direction.fill(0.0);
    }
}

/// Fits LODA: given projections as they are, drawn ones until another changes little.
pub(super) fn fit(
    x: ArrayView2<'_, f32>,
    projections: &Projections,
    seed: u64,
    watch: &mut dyn Watch,
) -> Result<Vec<Projection>, Cancelled> {
    match projections {
        Projections::Fixed(directions) => {
            let mut fitted = Vec::with_capacity(directions.len());
            for direction in directions {
                watch.step("fitting detectors", fitted.len(), directions.len())?;
                fitted.push(Projection::fit(x, direction));
            }
            Ok(fitted)
        }
        Projections::Drawn { min, max } => draw(x, (*min).max(1), *max, seed, watch),
    }
}

/// Draws projections and averages their scores `f_k` over the first `k`. The change
/// `mean_i |f_k(x_i) − f_{k−1}(x_i)|` falls about as `1/k`; drawing stops when it is below 1 % of
/// its first value or at `max`, and the `k >= min` with the smallest change is kept.
fn draw(
    x: ArrayView2<'_, f32>,
    min: usize,
    max: usize,
    seed: u64,
    watch: &mut dyn Watch,
) -> Result<Vec<Projection>, Cancelled> {
    let max = max.max(min);
    let mut fitted = Vec::with_capacity(max);
    let mut rule = StoppingRule::new(x.nrows(), min);
    for index in 0..max {
        watch.step("fitting detectors", index, max)?;
        let direction = draw_direction(x.ncols(), &mut stream(seed, "projection", index as u64));
        let projection = Projection::fit(x, &direction);
        let scores = x.rows().into_iter().map(|row| {
            projection
                .histogram
                .score(dot(row.iter(), &projection.direction))
        });
        let settled = rule.add(scores);
        fitted.push(projection);
        if settled {
            break;
        }
    }
    fitted.truncate(rule.keep());
    Ok(fitted)
}

/// How many members are enough, learnt from their scores one member after another.
struct StoppingRule {
    sums: Vec<f64>,
    members: usize,
    min: usize,
    first_change: f64,
    best: Option<(f64, usize)>,
}

impl StoppingRule {
    fn new(n: usize, min: usize) -> Self {
        Self {
            sums: vec![0.0; n],
            members: 0,
            min,
            first_change: 0.0,
            best: None,
        }
    }

    /// Takes in the next member's scores; true when its change was small and enough are there.
    fn add(&mut self, scores: impl Iterator<Item = f32>) -> bool {
        let before = self.members as f64;
        self.members += 1;
        let after = self.members as f64;
        let mut change = 0.0;
        for (sum, score) in self.sums.iter_mut().zip(scores) {
            let old = *sum;
            *sum += f64::from(score);
            if before > 0.0 {
                change += (*sum / after - old / before).abs();
            }
        }
        if self.members < 2 {
            return false;
        }
        change /= self.sums.len().max(1) as f64;
        if self.members == 2 {
            self.first_change = change;
        }
        if self.members >= self.min && self.best.is_none_or(|(least, _)| change < least) {
            self.best = Some((change, self.members));
        }
        self.members >= self.min && change < SMALL_CHANGE * self.first_change
    }

    /// The number of members to keep.
    fn keep(&self) -> usize {
        self.best.map_or(self.members, |(_, members)| members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Unwatched;
    use ndarray::{Array2, array};

    #[test]
    fn a_drawn_direction_has_unit_length_and_the_right_number_of_entries() {
        for d in [1, 2, 5, 21, 100] {
            let direction = draw_direction(d, &mut stream(3, "test", d as u64));
            let length: f32 = direction.iter().map(|entry| entry * entry).sum();
            assert!((length - 1.0).abs() < 1e-5);
            assert_eq!(
                direction.iter().filter(|entry| **entry != 0.0).count(),
                sparsity(d)
            );
        }
    }

    #[test]
    fn the_rule_keeps_the_member_count_with_the_smallest_change() {
        // Means of instance 0: 0, 2, 2, 3. Changes: 2 (k = 2), 0 (k = 3), 1 (k = 4).
        let mut rule = StoppingRule::new(1, 2);
        assert!(!rule.add([0.0].into_iter()));
        assert!(!rule.add([4.0].into_iter()));
        assert!(
            rule.add([2.0].into_iter()),
            "a change of zero is below 1 % of 2"
        );
        assert!(!rule.add([6.0].into_iter()));
        assert_eq!(rule.keep(), 3);
    }

    #[test]
    fn the_rule_respects_the_minimum() {
        let mut rule = StoppingRule::new(1, 4);
        for score in [0.0, 4.0, 2.0] {
            assert!(!rule.add([score].into_iter()));
        }
        rule.add([3.0].into_iter());
        assert_eq!(rule.keep(), 4);
    }

    #[test]
    fn given_directions_are_kept_and_normalised() {
        let x = array![[0.0_f32, 0.0], [3.0, 4.0], [1.0, 1.0]];
        let fitted = fit(
            x.view(),
            &Projections::Fixed(vec![vec![3.0, 4.0]]),
            0,
            &mut Unwatched,
        )
        .expect("never cancelled");
        assert_eq!(fitted[0].direction(), Some([0.6_f32, 0.8].as_slice()));
        assert!((fitted[0].place(&[3.0, 4.0]) - 5.0).abs() < 1e-6);
        let weights = fitted[0].feature_weights();
        assert!((weights[0] - 0.6 / 1.4).abs() < 1e-6 && (weights[1] - 0.8 / 1.4).abs() < 1e-6);
    }

    #[test]
    fn the_same_seed_draws_the_same_members_and_another_does_not() {
        let x = Array2::from_shape_fn((60, 4), |(i, j)| ((i * 7 + j * 13) % 31) as f32);
        let drawn = |seed| fit(x.view(), &Projections::default(), seed, &mut Unwatched);
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }
}
