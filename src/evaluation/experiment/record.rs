//! What is kept of a trial.

use serde::{Deserialize, Serialize};

/// What is kept of a trial: one line of the results.
///
/// It holds no times, so that the same trial always makes the same line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The table's name.
    pub dataset: String,
    /// The method's key.
    pub method: String,
    /// The seed.
    pub seed: u64,
    /// A fingerprint of all else that decides the rest.
    pub key: String,
    /// Anomalies found, one entry a query.
    pub found: Vec<u32>,
    /// The area under the receiver operating characteristic of the final ranking.
    pub auroc: f64,
    /// The average precision of the final ranking.
    pub average_precision: f64,
}

impl Record {
    /// The record as a line of JSON, with its end.
    pub fn line(&self) -> String {
        // Strings and finite numbers only, so it is always written.
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }

    /// The discovery curve.
    pub fn curve(&self) -> Vec<f64> {
        self.found.iter().map(|&found| f64::from(found)).collect()
    }
}
