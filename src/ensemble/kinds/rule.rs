//! The rules that every analyst knows: three standard deviations, and the whiskers of a box plot.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{FLOOR, Kind, KindEntry, PRIOR};
use crate::ensemble::checks;
use crate::ensemble::describe::heaviest;
use crate::ensemble::{CellScore, Detector};
use crate::numeric::{map_each, quantile, sorted};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const QUARTILE: KindEntry = KindEntry {
    name: "iqr",
    count: None,
    title: "quartile rule",
    scores: "how far values lie beyond the whiskers of a box plot",
    kind: |_| Kind::OutlierRule(RuleKind::Quartile),
    prior: PRIOR,
    floor: FLOOR,
};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const SIGMA: KindEntry = KindEntry {
    name: "sigma",
    count: None,
    title: "three-sigma rule",
    scores: "how far values lie beyond three standard deviations",
    kind: |_| Kind::OutlierRule(RuleKind::Sigma),
    prior: PRIOR,
    floor: FLOOR,
};

/// Which values a rule calls usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleKind {
    /// Within three standard deviations of the mean.
    Sigma,
    /// Within one and a half times the middle half's width of that half.
    Quartile,
}

/// A detector that scores how far values lie outside the bounds of their features.
///
/// ```text
/// score(x) = Σ over features of ln(1 + distance outside / unit)
/// ```
///
/// where the unit is a standard deviation or the width of the middle half. Its cells are the sides
/// of the features: an answer speaks for the instances whose farthest value is on the same side of
/// the same feature.
///
/// # Source
/// Tukey 1977, *Exploratory Data Analysis*, for the bounds of the quartile rule; the logarithm, so that one value of a
/// thousand deviations does not hide all others, is ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlierRule {
    #[serde(rename = "fence")]
    kind: RuleKind,
    /// Lower and upper bound of each feature.
    #[serde(rename = "fences")]
    bounds: Vec<[f32; 2]>,
    units: Vec<f32>,
}

impl OutlierRule {
    /// Sets the bounds by standardised instances `x` `[n, d]`.
    pub(in crate::ensemble) fn fit(x: ArrayView2<'_, f32>, kind: RuleKind) -> Self {
        let set = map_each(x.ncols(), |feature| {
            let sorted = sorted(x.column(feature).iter().copied());
            match kind {
                RuleKind::Sigma => {
                    let n = sorted.len().max(1) as f64;
                    let mean = sorted.iter().map(|&value| f64::from(value)).sum::<f64>() / n;
                    let squares = sorted
                        .iter()
                        .map(|&value| (f64::from(value) - mean).powi(2));
                    let unit = (squares.sum::<f64>() / n).sqrt();
                    let bounds = [mean - 3.0 * unit, mean + 3.0 * unit];
                    (bounds.map(|at| at as f32), or_one(unit as f32))
                }
                RuleKind::Quartile => {
                    let [low, high] = [0.25, 0.75].map(|share| quantile(&sorted, share));
                    let width = high - low;
                    ([low - 1.5 * width, high + 1.5 * width], or_one(width))
                }
            }
        });
        let (bounds, units) = set.into_iter().unzip();
        Self {
            kind,
            bounds,
            units,
        }
    }

    /// Which rule it is.
    pub fn kind(&self) -> RuleKind {
        self.kind
    }

    /// Lower and upper bound of each feature.
    pub fn bounds(&self) -> &[[f32; 2]] {
        &self.bounds
    }

    /// The unit of the distance from them, by feature.
    pub fn units(&self) -> &[f32] {
        &self.units
    }

    /// `ln(1 + distance outside / unit)` by feature, and the side.
    fn excess(&self, x: &[f32]) -> impl Iterator<Item = (f32, usize)> {
        let features = x.iter().zip(&self.bounds).zip(&self.units);
        features.map(|((value, [low, high]), unit)| {
            let (below, above) = (low - value, value - high);
            let side = usize::from(above > below);
            ((below.max(above).max(0.0) / unit).ln_1p(), side)
        })
    }
}

/// A feature whose middle half is a single value is measured in standard deviations.
fn or_one(unit: f32) -> f32 {
    if unit > 1e-6 { unit } else { 1.0 }
}

impl Detector for OutlierRule {
    fn parts(&self) -> usize {
        1
    }

    fn cells(&self, _part: usize) -> usize {
        1 + 2 * self.bounds.len()
    }

    fn cell_score(&self, _part: usize, x: &[f32]) -> CellScore {
        let (mut cell, mut farthest, mut score) = (0, 0.0, 0.0_f64);
        for (feature, (excess, side)) in self.excess(x).enumerate() {
            score += f64::from(excess);
            if excess > farthest {
                farthest = excess;
                cell = 1 + 2 * feature + side;
            }
        }
        CellScore {
            cell,
            score: score as f32,
        }
    }

    fn cell_scores(&self, _part: usize) -> Option<Vec<f32>> {
        None
    }

    fn feature_shares(&self, x: &[f32]) -> Vec<f32> {
        self.excess(x).map(|(excess, _)| excess).collect()
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        checks::list("a list of bounds", self.bounds.as_flattened(), 2 * d)?;
        checks::list("a list of units", &self.units, d)?;
        match self.units.iter().find(|unit| **unit <= 0.0) {
            Some(unit) => Err(format!("the unit of a bound is {unit}")),
            None => Ok(()),
        }
    }

    fn describe(&self, features: &[String], x: &[f32]) -> String {
        let what = match self.kind {
            RuleKind::Sigma => "more than three standard deviations from their mean",
            RuleKind::Quartile => {
                "more than one and a half times the width of the middle half of the values away from that half"
            }
        };
        let shares = self.feature_shares(x);
        match shares.iter().any(|share| *share > 0.0) {
            true => format!(
                "how far values lie {what}; here those of {}",
                heaviest(&shares, features, 3)
            ),
            false => format!("how far values lie {what}; here none does"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn quartile_bounds_are_those_of_a_box_plot() {
        // Quartiles of 0 … 4 are 1 and 3: bounds −2 and 6.
        let x = array![[0.0_f32], [1.0], [2.0], [3.0], [4.0]];
        let rule = OutlierRule::fit(x.view(), RuleKind::Quartile);
        assert_eq!((rule.bounds[0], rule.units[0]), ([-2.0, 6.0], 2.0));
        assert_eq!(rule.cell_score(0, &[6.0]).score, 0.0);
        let beyond = rule.cell_score(0, &[10.0]);
        assert_eq!((beyond.cell, beyond.score), (2, 2_f32.ln_1p()));
        assert_eq!(rule.cell_score(0, &[-4.0]).cell, 1);
    }

    #[test]
    fn three_standard_deviations_are_within() {
        let x = Array2::from_shape_fn((100, 2), |(row, _)| if row % 2 == 0 { -1.0 } else { 1.0 });
        let rule = OutlierRule::fit(x.view(), RuleKind::Sigma);
        assert_eq!(rule.bounds[0], [-3.0, 3.0]);
        assert_eq!(
            (rule.cell_score(0, &[3.0, -3.0]).cell, rule.cells(0)),
            (0, 5)
        );
        let place = rule.cell_score(0, &[4.0, -6.0]);
        assert_eq!(
            (place.cell, place.score),
            (3, 1_f32.ln_1p() + 3_f32.ln_1p())
        );
        let names = ["a".to_owned(), "b".to_owned()];
        assert!(
            rule.describe(&names, &[4.0, -6.0])
                .ends_with("here those of b and a")
        );
        assert!(
            rule.describe(&names, &[0.0, 0.0])
                .ends_with("here none does")
        );
    }

    #[test]
    fn a_feature_that_hardly_varies_has_a_unit_all_the_same() {
        let x = Array2::from_shape_fn((50, 1), |(row, _)| if row == 0 { 7.0 } else { 0.0 });
        let rule = OutlierRule::fit(x.view(), RuleKind::Quartile);
        assert_eq!(rule.cell_score(0, &[7.0]).score, 7_f32.ln_1p());
    }
}
