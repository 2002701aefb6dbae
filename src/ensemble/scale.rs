//! Shift and scale of a member's scores.

use serde::{Deserialize, Serialize};

/// Maps a member's raw scores to `>= 0` with unit spread over the instances that it was fitted to.
///
/// In `Σ s_m · p_m` a negative score turns suppression into promotion: a lower relevance would
/// *raise* the sum. And a member with a wide range would drown the others before any label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreScale {
    /// The smallest raw score.
    pub shift: f32,
    /// One over the standard deviation of the raw scores.
    pub factor: f32,
}

impl ScoreScale {
    /// Finds shift and factor; scores that are all alike keep their unit.
    pub fn fit(scores: impl Iterator<Item = f32> + Clone) -> Self {
        let count = scores.clone().count().max(1) as f64;
        let mean = scores.clone().map(f64::from).sum::<f64>() / count;
        let variance = scores
            .clone()
            .map(|score| (f64::from(score) - mean).powi(2))
            .sum::<f64>()
            / count;
        let shift = scores.fold(f32::INFINITY, f32::min);
        let deviation = variance.sqrt();
        let factor = if deviation > 1e-6 {
            (1.0 / deviation) as f32
        } else {
            1.0
        };
        Self {
            shift: if shift.is_finite() { shift } else { 0.0 },
            factor,
        }
    }

    /// Transforms a raw score; a new instance that scores below all fitted ones gets 0.
    pub fn apply(&self, raw: f32) -> f32 {
        ((raw - self.shift) * self.factor).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_becomes_zero_and_the_spread_one() {
        let scale = ScoreScale::fit([-3.0, 1.0].into_iter());
        assert_eq!(scale.apply(-3.0), 0.0);
        assert_eq!(scale.apply(1.0), 2.0);
        assert_eq!(scale.apply(-9.0), 0.0);
    }

    #[test]
    fn scores_that_are_all_alike_stay_finite() {
        let scale = ScoreScale::fit([2.0, 2.0].into_iter());
        assert_eq!(scale.apply(2.0), 0.0);
        assert_eq!(scale.apply(3.0), 1.0);
    }
}
