//! Standardisation of features.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

/// Scales features to mean 0 and standard deviation 1: `z_j = (x_j − mean_j) / deviation_j`.
///
/// 1. The deviation is that of the population (divided by n). A feature that was constant when
///    fitted keeps its unit: it is only centred.
/// 2. All is in double precision, as the mean of a large feature rounded to `f32` would shift its
///    standardised values.
/// 3. Beyond [`REACH`](Self::REACH) standard deviations `z` grows by its logarithm ([`bent`]): any
///    finite value gives one whose square, and the sum of many, is far from the end of `f32`, and
///    the farther is still the larger. No instance of the table that the scaling was learnt from
///    lies there: `|z| ≤ √(n − 1)`.
/// 4. What is below the smallest normal number of `f32` is 0 (`flushed`): some programs that run
///    exported models compare such numbers as if they were 0, and some do not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "StandardiserText")]
pub struct Standardiser {
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

/// A [`Standardiser`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "Standardiser", deny_unknown_fields)]
struct StandardiserText {
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

impl TryFrom<StandardiserText> for Standardiser {
    type Error = String;

    fn try_from(StandardiserText { mean, deviation }: StandardiserText) -> Result<Self, String> {
        if mean.len() != deviation.len() {
            return Err(format!(
                "a scaling has {} means and {} deviations",
                mean.len(),
                deviation.len()
            ));
        }
        let fits = mean.iter().all(|mean| mean.is_finite())
            && (deviation.iter()).all(|deviation| *deviation > 0.0 && deviation.is_finite());
        match fits {
            true => Ok(Self { mean, deviation }),
            false => Err(
                "a scaling has a mean that is not finite or a deviation that is not above 0"
                    .to_owned(),
            ),
        }
    }
}

/// A standardised value as detectors see it: itself up to [`Standardiser::REACH`], beyond it
/// `reach · (1 + ln(|z| / reach))`.
///
/// ```
/// use glad::dataset::{Standardiser, bent};
///
/// let reach = Standardiser::REACH;
/// assert_eq!(bent(-3.5), -3.5);
/// assert!((bent(reach * std::f64::consts::E) - 2.0 * reach).abs() < 1e-6);
/// assert!(bent(1e80) > bent(1e79) && bent(f64::MAX) < 1e9);
/// ```
pub fn bent(z: f64) -> f64 {
    let reach = Standardiser::REACH;
    // Also what the exported model computes, operation by operation.
    let beyond = |z: f64| reach * (z.max(reach) / reach).ln();
    z.clamp(-reach, reach) + beyond(z) - beyond(-z)
}

/// 0 for what is below the smallest normal `f32`, anything else as it is.
fn flushed(value: f32) -> f32 {
    if value.abs() < f32::MIN_POSITIVE {
        0.0
    } else {
        value
    }
}

impl Standardiser {
    /// From how many standard deviations on values grow by their logarithm only: more than any
    /// instance can be away in a table of `u32::MAX` rows, whose scores are thus left alone.
    pub const REACH: f64 = (1_u64 << 20) as f64;

    /// One value of a feature.
    fn of(raw: f32, mean: f64, deviation: f64) -> f32 {
        let z = (f64::from(raw) - mean) / deviation;
        let z = if z.abs() <= Self::REACH { z } else { bent(z) };
        flushed(z as f32)
    }

    /// Learns mean and deviation of each feature.
    ///
    /// # Shapes
    ///
    /// `features` is `[n, d]`, finite, in raw units. Without instances the means are 0.
    ///
    /// ```
    /// use glad::dataset::Standardiser;
    ///
    /// let scaling = Standardiser::fit(ndarray::array![[1.0, 10.0], [3.0, 30.0]].view());
    /// let scaled = scaling.apply(ndarray::array![[3.0, 20.0]].view());
    /// assert_eq!(scaled, ndarray::array![[1.0, 0.0]]);
    /// ```
    pub fn fit(features: ArrayView2<'_, f32>) -> Self {
        let count = features.nrows().max(1) as f64;
        let mut mean = vec![0.0; features.ncols()];
        for row in features.rows() {
            for (sum, &value) in mean.iter_mut().zip(row) {
                *sum += f64::from(value);
            }
        }
        mean.iter_mut().for_each(|sum| *sum /= count);
        let mut deviation = vec![0.0; features.ncols()];
        for row in features.rows() {
            for ((sum, mean), &value) in deviation.iter_mut().zip(&mean).zip(row) {
                *sum += (f64::from(value) - mean).powi(2);
            }
        }
        for sum in &mut deviation {
            let root = (*sum / count).sqrt();
            *sum = if root > 0.0 { root } else { 1.0 };
        }
        Self { mean, deviation }
    }

    /// How many features this scales.
    pub fn n_features(&self) -> usize {
        self.mean.len()
    }

    /// The mean of each feature, in its raw unit.
    pub fn means(&self) -> &[f64] {
        &self.mean
    }

    /// The standard deviation of each feature, in its raw unit.
    pub fn deviations(&self) -> &[f64] {
        &self.deviation
    }

    /// Standardises instances, `[n, d]` to `[n, d]`.
    pub fn apply(&self, features: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut standardised = features.as_standard_layout().into_owned();
        for mut row in standardised.rows_mut() {
            for ((value, mean), deviation) in row.iter_mut().zip(&self.mean).zip(&self.deviation) {
                *value = Self::of(*value, *mean, *deviation);
            }
        }
        standardised
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_result_has_mean_0_and_deviation_1() {
        let raw = array![
            [1e6_f32, 0.0, 5.0],
            [1e6 + 2.0, 4.0, 5.0],
            [1e6 + 4.0, 2.0, 5.0]
        ];
        let scaled = Standardiser::fit(raw.view()).apply(raw.view());
        let third = 1.5_f32.sqrt();
        assert_eq!(
            scaled,
            array![[-third, -third, 0.0], [0.0, third, 0.0], [third, 0.0, 0.0]]
        );
    }

    #[test]
    fn any_finite_value_has_its_place_and_the_farther_the_larger() {
        let scaling = Standardiser::fit(array![[0.0_f32, 1e-38], [1e-38, 2e-38]].view());
        let mut before = [f32::NEG_INFINITY; 2];
        for value in [0.0_f32, 1e-30, 1.0, 1e6, 1e15, 1e30, f32::MAX] {
            let both = scaling.apply(array![[value, value], [-value, -value]].view());
            assert!(both.iter().all(|z| z.abs() < 1e9), "{both}");
            assert!(
                both[[0, 0]] > before[0] && both[[0, 1]] > before[1],
                "{value}"
            );
            before = [both[[0, 0]], both[[0, 1]]];
            assert!(both[[1, 0]] < both[[0, 0]] || value == 0.0);
        }
    }

    #[test]
    fn an_empty_table_is_no_reason_to_fail() {
        let scaling = Standardiser::fit(Array2::zeros((0, 2)).view());
        assert_eq!(scaling.n_features(), 2);
        let row = array![[1.0, 2.0]];
        assert_eq!(scaling.apply(row.view()), row);
    }
}
