//! Range, mean and deviation of a column, gathered as its numbers come in.

/// Range and moments of numbers, in double precision.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct Spread {
    count: usize,
    min: f64,
    max: f64,
    /// How many numbers are the least and the greatest.
    at_ends: [usize; 2],
    /// The first number. Sums are taken from here, so that time stamps do not lose their spread.
    origin: f64,
    sum: f64,
    squares: f64,
}

impl Spread {
    /// Of numbers, of which those that are not finite are passed over.
    pub(in crate::dataset) fn of(numbers: impl Iterator<Item = f32>) -> Self {
        let mut spread = Self::default();
        for number in numbers.filter(|number| number.is_finite()) {
            spread.add(f64::from(number));
        }
        spread
    }

    /// Takes in one finite number.
    pub(in crate::dataset) fn add(&mut self, number: f64) {
        if self.count == 0 {
            (self.origin, self.min, self.max) = (number, number, number);
        }
        let offset = number - self.origin;
        self.count += 1;
        if number <= self.min {
            let before = if number < self.min {
                0
            } else {
                self.at_ends[0]
            };
            (self.min, self.at_ends[0]) = (number, before + 1);
        }
        if number >= self.max {
            let before = if number > self.max {
                0
            } else {
                self.at_ends[1]
            };
            (self.max, self.at_ends[1]) = (number, before + 1);
        }
        self.sum += offset;
        self.squares += offset * offset;
    }

    /// The least and the greatest number, each with how often it was met.
    pub(in crate::dataset) fn ends(&self) -> [(f64, usize); 2] {
        [(self.min, self.at_ends[0]), (self.max, self.at_ends[1])]
    }

    /// The sum of all numbers.
    pub(in crate::dataset) fn sum(&self) -> f64 {
        self.origin * self.count as f64 + self.sum
    }

    /// How many numbers there were.
    pub(in crate::dataset) fn count(&self) -> usize {
        self.count
    }

    /// Whether all numbers are the same.
    pub(in crate::dataset) fn is_constant(&self) -> bool {
        self.min == self.max
    }

    /// Whether all numbers are the same once they are `f32`.
    pub(in crate::dataset) fn is_constant_in_f32(&self) -> bool {
        self.min as f32 == self.max as f32
    }

    /// Whether the standard deviation is below 1e-5 of the mean, where `f32` (1.2e-7) keeps two
    /// digits of a difference at best.
    pub(in crate::dataset) fn is_lost_in_magnitude(&self) -> bool {
        let count = self.count as f64;
        let offset = self.sum / count;
        let variance = (self.squares / count - offset * offset).max(0.0);
        variance.sqrt() < 1e-5 * (self.origin + offset).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(numbers: &[f64]) -> Spread {
        let mut spread = Spread::default();
        numbers.iter().for_each(|&number| spread.add(number));
        spread
    }

    #[test]
    fn constants_are_told_from_what_only_f32_confuses() {
        assert!(spread(&[2.0, 2.0]).is_constant());
        let stamps = spread(&[1_700_000_000.0, 1_700_000_001.0]);
        assert!(!stamps.is_constant() && stamps.is_constant_in_f32());
    }

    #[test]
    fn ends_are_counted() {
        let spread = spread(&[-9.0, 5.0, -9.0, 7.0, 7.0, -9.0]);
        assert_eq!(spread.ends(), [(-9.0, 3), (7.0, 2)]);
        assert_eq!(spread.sum(), -8.0);
    }

    #[test]
    fn time_stamps_are_lost_in_their_magnitude() {
        assert!(spread(&[1_700_000_000.0, 1_700_010_000.0]).is_lost_in_magnitude());
        assert!(!spread(&[1_000.0, 1_001.0]).is_lost_in_magnitude());
        assert!(!spread(&[-1.0, 1.0]).is_lost_in_magnitude());
    }
}
