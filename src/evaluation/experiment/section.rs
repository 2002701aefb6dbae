//! What the methods found on one table.

use crate::numeric::{mean, sample_deviation};

/// A mean with the standard deviation over seeds, where there are several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The sample standard deviation.
    pub deviation: Option<f64>,
}

impl Spread {
    /// Of the values of several seeds.
    pub fn of(values: &[f64]) -> Self {
        Self {
            mean: mean(values),
            deviation: (values.len() > 1).then(|| sample_deviation(values)),
        }
    }
}

/// One method on one table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The method.
    pub label: String,
    /// The number of replays.
    pub runs: usize,
    /// Anomalies found at each milestone; `None` beyond a peer's curve.
    pub found: Vec<Option<Spread>>,
    /// The normalised area under the curve up to the horizon.
    pub area: Option<Spread>,
    /// The area under the receiver operating characteristic of the final ranking.
    pub auroc: Option<Spread>,
    /// The average precision of the final ranking.
    pub average_precision: Option<Spread>,
    /// Anomalies found, one entry a query.
    pub curve: Vec<Spread>,
    /// The curve of each replay, in the order of seeds; none of a peer.
    pub(super) replays: Vec<Vec<f64>>,
}

impl Line {
    /// Whether it was measured elsewhere, so that its mean curve alone is known.
    pub fn is_peer(&self) -> bool {
        self.replays.is_empty()
    }
}

/// One table with all methods.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The table's name.
    pub dataset: String,
    /// Instances, features and anomalies.
    pub size: [usize; 3],
    /// The methods, peers last.
    pub lines: Vec<Line>,
}
