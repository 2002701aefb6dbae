//! Counts in bins of equal width, for small pictures of a distribution.

/// How many values fall into each of some bins of equal width.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// The left end of the first bin.
    pub low: f32,
    /// The width of a bin, above 0.
    pub width: f32,
    /// The values in each bin.
    pub counts: Vec<u32>,
}

impl Bins {
    /// Counts finite values in `bins` bins from the smallest to the largest; values that are all
    /// alike get one bin of unit width around them.
    ///
    /// ```
    /// use glad::numeric::Bins;
    ///
    /// let bins = Bins::of(&[0.0, 1.0, 1.5, 4.0], 4);
    /// assert_eq!((bins.low, bins.width, bins.counts.as_slice()), (0.0, 1.0, [1, 2, 0, 1].as_slice()));
    /// assert_eq!(bins.bin_of(1.7), Some(1));
    /// assert_eq!(bins.bin_of(9.0), None);
    /// ```
    pub fn of(values: &[f32], bins: usize) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let low = finite().fold(f32::INFINITY, f32::min);
        let high = finite().fold(f32::NEG_INFINITY, f32::max);
        let mut found = match high > low {
            true => Self {
                low,
                width: (high / bins.max(1) as f32) - (low / bins.max(1) as f32),
                counts: vec![0; bins.max(1)],
            },
            false => Self {
                low: if low.is_finite() { low - 0.5 } else { -0.5 },
                width: 1.0,
                counts: vec![0],
            },
        };
        for value in finite() {
            if let Some(bin) = found.bin_of(value) {
                found.counts[bin] += 1;
            }
        }
        found
    }

    /// The right end of the last bin.
    pub fn high(&self) -> f32 {
        self.low + self.width * self.counts.len() as f32
    }

    /// The bin of a value; `None` outside of all, where a hair beside the ends counts as rounding.
    pub fn bin_of(&self, value: f32) -> Option<usize> {
        let at = (f64::from(value) - f64::from(self.low)) / f64::from(self.width);
        let end = self.counts.len() as f64;
        let hair = 1e-3;
        (at > -hair && at < end + hair).then(|| (at.max(0.0) as usize).min(self.counts.len() - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_values_are_counted_also_the_largest() {
        for count in [1, 7, 40] {
            let values: Vec<f32> = (0..97).map(|i| i as f32 * 0.1 - 3.0).collect();
            let bins = Bins::of(&values, count);
            assert_eq!(bins.counts.iter().sum::<u32>(), 97);
            assert!((bins.high() - 6.6).abs() < 1e-4);
        }
    }

    #[test]
    fn values_that_are_all_alike_or_missing_have_one_bin() {
        assert_eq!(
            Bins::of(&[2.0; 3], 9),
            Bins {
                low: 1.5,
                width: 1.0,
                counts: vec![3]
            }
        );
        assert_eq!(Bins::of(&[f32::NAN], 9).counts, [0]);
        let huge = Bins::of(&[-3e38, 3e38], 2);
        assert!(huge.width.is_finite() && huge.counts == [1, 1]);
    }
}
