//! Shift and scale of a part's scores.

use serde::{Deserialize, Serialize};

/// Maps a part's raw scores to `floor + factor · (raw − shift)`, never below the floor.
///
/// In `Σ s_m · p_m` a negative score turns suppression into promotion: a lower relevance would
/// *raise* the sum. And a member with a wide range would drown the others before any label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreScale {
    /// The smallest raw score among the instances that the part was fitted to.
    pub shift: f32,
    /// The factor that gives the members of a kind together their weight.
    pub factor: f32,
    /// What a point scores at least.
    pub floor: f32,
}

impl ScoreScale {
    /// Transforms a raw score; a new instance that scores below all fitted ones gets the floor.
    pub fn apply(&self, raw: f32) -> f32 {
        ((raw - self.shift) * self.factor).max(0.0) + self.floor
    }
}

/// Count, mean, deviation and least of weighed values, in double precision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
    pub(super) least: f32,
}

impl Moments {
    pub(super) fn new() -> Self {
        Self {
            count: 0.0,
            mean: 0.0,
            squares: 0.0,
            least: f32::INFINITY,
        }
    }

    /// Takes in a value that occurs `times`; by Welford's rule, which loses nothing to the
    /// magnitude of the values.
    pub(super) fn add(&mut self, value: f32, times: f64) {
        if times > 0.0 {
            self.count += times;
            let off = f64::from(value) - self.mean;
            self.mean += off * times / self.count;
            self.squares += off * (f64::from(value) - self.mean) * times;
            self.least = self.least.min(value);
        }
    }

    /// The standard deviation of the population; 1 where values are all alike.
    pub(super) fn deviation(&self) -> f64 {
        let deviation = (self.squares / self.count.max(1.0)).max(0.0).sqrt();
        if deviation > 1e-9 { deviation } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_becomes_the_floor_and_nothing_is_below() {
        let scale = ScoreScale {
            shift: -3.0,
            factor: 0.5,
            floor: 0.1,
        };
        assert_eq!(
            [-3.0, 1.0, -9.0].map(|raw| scale.apply(raw)),
            [0.1, 2.1, 0.1]
        );
    }

    #[test]
    fn moments_are_those_of_the_values_with_their_counts() {
        let mut moments = Moments::new();
        moments.add(1e6, 3.0);
        moments.add(1e6 + 4.0, 1.0);
        moments.add(7.0, 0.0);
        assert!((moments.deviation() - 3.0_f64.sqrt()).abs() < 1e-9);
        assert_eq!(moments.least, 1e6);
        assert_eq!(Moments::new().deviation(), 1.0);
    }
}
