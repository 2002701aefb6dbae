//! Standardisation of features.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

/// Scales features to mean 0 and standard deviation 1: `z_j = (x_j − mean_j) / deviation_j`.
///
/// The deviation is that of the population (divided by n). A feature that was constant when
/// fitted keeps its unit: it is only centred. All in double precision, as the mean of a large
/// feature rounded to `f32` would shift its standardised values.
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

impl Standardiser {
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
                *value = ((f64::from(*value) - mean) / deviation) as f32;
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
    fn an_empty_table_is_no_reason_to_fail() {
        let scaling = Standardiser::fit(Array2::zeros((0, 2)).view());
        assert_eq!(scaling.n_features(), 2);
        let row = array![[1.0, 2.0]];
        assert_eq!(scaling.apply(row.view()), row);
    }
}
