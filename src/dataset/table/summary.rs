//! What is usual in a column.

use crate::dataset::Dataset;
use crate::numeric::{Bins, map_each, quantile, quantile_of, sorted};

/// Instances from which the quantiles of a column are taken: beyond, a sample does as well, and
/// opening a table of a million rows does not wait for sorting all of it.
const SAMPLE: usize = 20_000;

/// The distribution of a feature over the table.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnSummary {
    sorted: Vec<f32>,
    bins: Bins,
}

/// Bins of a column's picture.
const BINS: usize = 60;

impl ColumnSummary {
    /// Summarises every feature of a table.
    pub fn of(dataset: &Dataset) -> Vec<Self> {
        let stride = dataset.n_instances().div_ceil(SAMPLE).max(1);
        let features = dataset.features();
        map_each(features.ncols(), |feature| {
            let column = features.column(feature);
            Self::new(sorted(column.iter().step_by(stride).copied()))
        })
    }

    fn new(sorted: Vec<f32>) -> Self {
        Self {
            bins: Bins::of(&sorted, BINS),
            sorted,
        }
    }

    /// How many of the values (a sample's, of a large table) fall into each of some bins.
    pub fn bins(&self) -> &Bins {
        &self.bins
    }

    /// The median.
    pub fn median(&self) -> f32 {
        quantile(&self.sorted, 0.5)
    }

    /// From where to where all values go but the lowest and the highest hundredth; from the lowest to
    /// the highest where that is one value.
    pub fn most(&self) -> [f32; 2] {
        let [low, high] = [0.01, 0.99].map(|level| quantile(&self.sorted, level));
        match high > low {
            true => [low, high],
            false => [self.bins.low, self.bins.high()],
        }
    }

    /// The fraction of instances with a lower value, equal ones counted half.
    pub fn quantile_of(&self, value: f32) -> f64 {
        quantile_of(&self.sorted, value)
    }
}
