//! LODA: sparse random projections, as many as are enough.

use ndarray::ArrayView2;
use rand::seq::index::sample;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::{Count, FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::Projection;
use crate::numeric::{Cancelled, Stream, Watch, map_each, stream};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const PAPER: KindEntry = KindEntry {
    name: "paper",
    count: None,
    title: "projection",
    scores: "the four projections of the paper's toy figure, for tables of two features",
    kind: |_| Kind::Loda(Projections::Paper),
    prior: PRIOR,
    floor: FLOOR,
};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const ENTRY: KindEntry = KindEntry {
    name: "loda",
    count: Some(Count {
        what: "projections",
        usual: 15,
        most: 1000,
    }),
    title: "projection",
    scores: "how rare its place on random projections is (the most projections)",
    kind: |count| {
        Kind::Loda(Projections::Drawn {
            min: count.min(2),
            max: count,
        })
    },
    prior: PRIOR,
    floor: FLOOR,
};

/// The four directions of the paper's toy figure, in the plane of its two features.
pub const PAPER_DIRECTIONS: [[f32; 2]; 4] = [[7.5, 4.0], [4.0, 6.0], [-2.0, 2.0], [-1.0, 8.0]];

/// Where LODA's projections come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Projections {
    /// Drawn at random until another one changes the mean score little.
    Drawn {
        /// The fewest to keep, at least 1.
        min: usize,
        /// The most to draw.
        max: usize,
    },
    /// Given directions, one vector `[d]` each, in the standardised space; any length but zero.
    Fixed(Vec<Vec<f32>>),
    /// The four of the paper, in the plane of the two raw features.
    Paper,
}

impl Default for Projections {
    fn default() -> Self {
        Self::Drawn { min: 2, max: 15 }
    }
}

/// The mean change of the averaged score at which drawing stops, as a share of the first change.
const SMALL_CHANGE: f64 = 0.01;

/// Projections fitted side by side; what follows the last that is wanted is dropped.
const AHEAD: usize = 4;

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

/// Fits LODA to `x` in standard layout: given projections as they are, drawn ones until another
/// changes little.
pub(in crate::ensemble) fn fit(
    x: ArrayView2<'_, f32>,
    projections: &Projections,
    seed: u64,
    watch: &mut dyn Watch,
) -> Result<Vec<Projection>, Cancelled> {
    let paper = || {
        PAPER_DIRECTIONS
            .map(|direction| direction.to_vec())
            .to_vec()
    };
    match projections {
        // Whoever knows the raw space has made fixed ones of these.
        Projections::Paper => fit(x, &Projections::Fixed(paper()), seed, watch),
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
    let fit_one = |index: usize| {
        let direction = draw_direction(x.ncols(), &mut stream(seed, "projection", index as u64));
        let projection = Projection::fit(x, &direction);
        let scores = projection.scores(x);
        (projection, scores)
    };
    'drawing: for first in (0..max).step_by(AHEAD) {
        watch.step("fitting detectors", first, max)?;
        for (projection, scores) in map_each(AHEAD.min(max - first), |at| fit_one(first + at)) {
            fitted.push(projection);
            if rule.add(scores.into_iter()) {
                break 'drawing;
            }
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
    use crate::ensemble::Detector;
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
        assert_eq!(fitted[0].direction(), [0.6_f32, 0.8]);
        assert!((fitted[0].along(&[3.0, 4.0]) - 5.0).abs() < 1e-6);
        assert_eq!(fitted[0].feature_shares(&[1.0, 1.0]), [0.6, 0.8]);
    }

    #[test]
    fn the_same_seed_draws_the_same_members_and_another_does_not() {
        let x = Array2::from_shape_fn((60, 4), |(i, j)| ((i * 7 + j * 13) % 31) as f32);
        let drawn = |seed| fit(x.view(), &Projections::default(), seed, &mut Unwatched);
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }
}
