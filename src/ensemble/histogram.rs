//! A histogram with as many bins as its values bear.

use serde::{Deserialize, Serialize};

/// A density estimate with bins of equal width.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    low: f32,
    width: f32,
    counts: Vec<u32>,
    total: u32,
}

impl Histogram {
    /// Fits a histogram whose number of bins `D` maximises the penalised likelihood
    ///
    /// ```text
    /// Σ_i c_i ln(c_i D / (n · range)) − (D − 1 + (ln D)^2.5),   D = 1 … n / ln n
    /// ```
    ///
    /// where `c_i` of the `n` values fall into bin `i`; of equal maxima the smaller `D` is taken.
    /// Up to 200 every `D` is tried, above that every fiftieth part more and then those beside the
    /// best: the maximum is broad where bins are many, and all of them would take minutes at a
    /// million values.
    /// Values that are all alike get one bin of unit width around them.
    ///
    /// # Shapes
    /// `sorted` `[n]`, finite and ascending.
    ///
    /// # Source
    /// Birgé and Rozenholc 2006, *ESAIM: Probability and Statistics* 10, as LODA uses it.
    pub fn fit(sorted: &[f32]) -> Self {
        let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else {
            return Self {
                low: -0.5,
                width: 1.0,
                counts: vec![0],
                total: 0,
            };
        };
        if high <= low {
            return Self {
                low: low - 0.5,
                width: 1.0,
                counts: vec![sorted.len() as u32],
                total: sorted.len() as u32,
            };
        }
        let mut best: Option<(f64, Self)> = None;
        let guide = Guide::new(sorted, low, high);
        let mut try_bins = |bins: usize| {
            let candidate = Self::with_bins(&guide, low, high, bins);
            let quality = candidate.penalised_likelihood(high - low);
            if best.as_ref().is_none_or(|(most, _)| quality > *most) {
                best = Some((quality, candidate));
                return true;
            }
            false
        };
        let most = most_bins(sorted.len());
        let mut rung = (1, 1);
        for (bins, step) in ladder(most) {
            if try_bins(bins) {
                rung = (bins, step);
            }
        }
        // What the ladder passed over on both sides of its best rung.
        let beside = (rung.0 + 1).saturating_sub(rung.1)..(rung.0 + rung.1).min(most + 1);
        beside.filter(|bins| *bins != rung.0).for_each(|bins| {
            try_bins(bins);
        });
        // `most_bins` is at least 1.
        best.map_or_else(
            || Self::with_bins(&guide, low, high, 1),
            |(_, histogram)| histogram,
        )
    }

    fn with_bins(guide: &Guide<'_>, low: f32, high: f32, bins: usize) -> Self {
        let mut histogram = Self {
            low,
            width: (high - low) / bins as f32,
            counts: vec![0; bins],
            total: guide.sorted.len() as u32,
        };
        let mut start = 0;
        for bin in 0..bins {
            let end = if bin + 1 == bins {
                guide.sorted.len()
            } else {
                let beyond = (bin + 1) as f32 * histogram.width;
                guide.first_not(beyond, |value| histogram.nearest_bin(value) <= bin)
            };
            histogram.counts[bin] = (end - start) as u32;
            start = end;
        }
        histogram
    }

    fn penalised_likelihood(&self, range: f32) -> f64 {
        let bins = self.counts.len() as f64;
        let unit = bins / (f64::from(self.total) * f64::from(range));
        let likelihood: f64 = (self.counts.iter())
            .filter(|&&count| count > 0)
            .map(|&count| f64::from(count) * (f64::from(count) * unit).ln())
            .sum();
        likelihood - (bins - 1.0 + bins.ln().powf(2.5))
    }

    /// Checks one from a file.
    pub(super) fn validate(&self) -> Result<(), String> {
        let counted: u64 = self.counts.iter().map(|&count| u64::from(count)).sum();
        if self.counts.is_empty() || counted != u64::from(self.total) {
            return Err(format!(
                "a histogram of {} bins counts {counted} of {} values",
                self.counts.len(),
                self.total
            ));
        }
        let end = self.low + self.width * self.counts.len() as f32;
        match self.low.is_finite() && self.width > 0.0 && end.is_finite() {
            true => Ok(()),
            false => Err(format!(
                "a histogram begins at {} with bins {} wide",
                self.low, self.width
            )),
        }
    }

    /// The left end of the first bin.
    pub fn low(&self) -> f32 {
        self.low
    }

    /// The width of a bin.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// The right end of the last bin.
    pub fn high(&self) -> f32 {
        self.low + self.width * self.counts.len() as f32
    }

    /// How far beside the range a value still counts as within, for rounding's sake.
    pub fn hair(&self) -> f32 {
        1e-4 * self.width
    }

    /// How many values fell into each bin.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// The bin into which `value` falls; `None` outside the range.
    pub fn bin(&self, value: f32) -> Option<usize> {
        (self.outside(value) == 0.0).then(|| self.nearest_bin(value))
    }

    /// The estimated density of a bin; the densities of all bins times their width sum to 1.
    pub fn density(&self, bin: usize) -> f32 {
        let count = self.counts.get(bin).copied().unwrap_or(0);
        (f64::from(count) / (f64::from(self.total.max(1)) * f64::from(self.width))) as f32
    }

    /// Scores a value by `−ln` of its density, in nats.
    ///
    /// An empty bin counts as half a value: higher than any occupied bin, and finite. Outside the
    /// range the same floor grows by `ln(1 + distance / bin width)`, so that of two far outliers
    /// in new data the farther scores higher. (The published code gives everything outside the
    /// density of the nearest edge bin.)
    pub fn score(&self, value: f32) -> f32 {
        let outside = self.outside(value);
        let count = if outside == 0.0 {
            self.counts[self.nearest_bin(value)]
        } else {
            0
        };
        (self.rarity(count) + (f64::from(outside) / f64::from(self.width)).ln_1p()) as f32
    }

    /// The score of an empty bin, in nats and double precision.
    pub fn empty_score(&self) -> f64 {
        self.rarity(0)
    }

    /// The score of every value in a bin.
    pub fn bin_score(&self, bin: usize) -> f32 {
        self.rarity(self.counts[bin]) as f32
    }

    fn rarity(&self, count: u32) -> f64 {
        let count = if count == 0 { 0.5 } else { f64::from(count) };
        -(count / (f64::from(self.total.max(1)) * f64::from(self.width))).ln()
    }

    /// The distance of a value from the range; a hair beside it counts as rounding.
    fn outside(&self, value: f32) -> f32 {
        let distance = (self.low - value).max(value - self.high());
        if distance > self.hair() {
            distance
        } else {
            0.0
        }
    }

    /// The bin of a value, the first or the last for one outside the range.
    pub(super) fn nearest_bin(&self, value: f32) -> usize {
        // A negative or NaN place becomes 0 by the rules of `as`.
        (((value - self.low) / self.width) as usize).min(self.counts.len() - 1)
    }
}

/// Sorted values with an index by place, so that the end of a bin is found without a search
/// through all of them.
struct Guide<'a> {
    sorted: &'a [f32],
    /// Cells of the index a unit of the values.
    per_unit: f32,
    /// How many values lie below each cell; with the end, one more than there are cells.
    below: Vec<u32>,
}

impl<'a> Guide<'a> {
    fn new(sorted: &'a [f32], low: f32, high: f32) -> Self {
        let cells = sorted.len().clamp(1, 1 << 20);
        let per_unit = cells as f32 / (high - low);
        let mut below = vec![0; cells + 1];
        for &value in sorted {
            // A range beyond `f32` has a step of 0: then all lie in the first cell.
            let cell = (((value - low) * per_unit) as usize).min(cells - 1);
            below[cell + 1] += 1;
        }
        (0..cells).for_each(|cell| below[cell + 1] += below[cell]);
        Self {
            sorted,
            per_unit,
            below,
        }
    }

    /// The place of the first value that does not fulfil a condition which all smaller ones do; it
    /// is looked for around `beyond` the lowest value, and everywhere if it is not there.
    fn first_not(&self, beyond: f32, fulfils: impl Fn(f32) -> bool) -> usize {
        let cell = ((beyond * self.per_unit) as usize).min(self.below.len() - 2);
        let last = self.below.len() - 1;
        let start = self.below[cell.saturating_sub(1)] as usize;
        let end = self.below[(cell + 2).min(last)] as usize;
        let sorted = self.sorted;
        let starts_right = start == 0 || fulfils(sorted[start - 1]);
        let ends_right = end == sorted.len() || !fulfils(sorted[end]);
        match starts_right && ends_right {
            true => start + sorted[start..end].partition_point(|&value| fulfils(value)),
            false => sorted.partition_point(|&value| fulfils(value)),
        }
    }
}

/// Bins up to which every number is tried.
const DENSE: usize = 200;

/// The numbers of bins to try, each with the step to its neighbours.
fn ladder(most: usize) -> impl Iterator<Item = (usize, usize)> {
    let step = |bins: usize| if bins < DENSE { 1 } else { bins / 50 };
    std::iter::successors(Some(1), move |&bins| Some(bins + step(bins)))
        .take_while(move |&bins| bins <= most)
        .map(move |bins| (bins, step(bins)))
}

/// The largest number of bins tried for `n` values.
fn most_bins(n: usize) -> usize {
    if n < 3 {
        1
    } else {
        ((n as f64 / (n as f64).ln()) as usize).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_clumps_get_the_bins_that_separate_them() {
        // 20 values at 0 to 0.19 and 20 at 1 to 1.19: by hand, no D up to 10 beats 6, whose first
        // and last bins hold all values with nothing between them.
        let mut values: Vec<f32> = (0..20).map(|i| i as f32 * 0.01).collect();
        values.extend((0..20).map(|i| 1.0 + i as f32 * 0.01));
        let histogram = Histogram::fit(&values);
        let by_hand = |bins: f64, occupied: f64| {
            40.0 * ((40.0 / occupied) * bins / (40.0 * 1.19)).ln()
                - (bins - 1.0 + bins.ln().powf(2.5))
        };
        assert!(
            by_hand(6.0, 2.0) > by_hand(5.0, 2.0),
            "the case is made so that 6 wins"
        );
        assert_eq!(histogram.counts(), [20, 0, 0, 0, 0, 20]);
        assert!((histogram.density(0) - 20.0 / (40.0 * 1.19 / 6.0)).abs() < 1e-5);
    }

    #[test]
    fn uniform_values_need_one_bin() {
        let values: Vec<f32> = (0..100).map(|i| i as f32).collect();
        assert_eq!(Histogram::fit(&values).counts(), [100]);
    }

    #[test]
    fn scores_are_minus_log_density() {
        let histogram = Histogram {
            low: 0.0,
            width: 0.5,
            counts: vec![3, 1, 0],
            total: 4,
        };
        assert!((histogram.score(0.2) - -(3.0_f32 / 2.0).ln()).abs() < 1e-6);
        assert!((histogram.score(0.7) - -(1.0_f32 / 2.0).ln()).abs() < 1e-6);
        assert!((histogram.score(1.2) - -(0.5_f32 / 2.0).ln()).abs() < 1e-6);
        assert!((histogram.score(2.0) - (4.0_f32.ln() + 2.0_f32.ln())).abs() < 1e-6);
    }

    #[test]
    fn values_that_are_all_alike_or_missing_do_no_harm() {
        let histogram = Histogram::fit(&[2.0; 5]);
        assert_eq!((histogram.low(), histogram.counts()), (1.5, [5].as_slice()));
        assert!(Histogram::fit(&[]).score(0.0).is_finite());
    }

    #[test]
    fn the_ladder_climbs_to_its_end_without_gaps_that_its_steps_do_not_span() {
        let rungs: Vec<(usize, usize)> = ladder(5000).collect();
        assert_eq!(rungs[199], (200, 4));
        assert!(
            rungs
                .windows(2)
                .all(|pair| pair[1].0 - pair[0].0 == pair[0].1)
        );
        assert!(rungs.len() < 400 && rungs[rungs.len() - 1].0 > 4900);
    }

    proptest! {
        #[test]
        fn the_mass_is_one_and_outside_is_never_below_inside(
            mut values in prop::collection::vec(-1e3_f32..1e3, 3..300), beyond in 0.1_f32..1e4,
        ) {
            values.sort_unstable_by(f32::total_cmp);
            let histogram = Histogram::fit(&values);
            let mass: f32 = (0..histogram.counts().len()).map(|bin| histogram.density(bin) * histogram.width()).sum();
            prop_assert!((mass - 1.0).abs() < 1e-3, "{mass}");
            let most = values.iter().map(|&value| histogram.score(value)).fold(f32::MIN, f32::max);
            let (low, high) = (values[0], values[values.len() - 1]);
            let margin = histogram.width();
            prop_assert!(histogram.score(low - margin * beyond) > most);
            prop_assert!(histogram.score(high + margin * beyond) > most);
            prop_assert!(histogram.score(high + 2.0 * margin * beyond) > histogram.score(high + margin * beyond));
        }
    }
}
