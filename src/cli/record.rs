//! What is told of a replay.

use serde::Serialize;

/// One line of `--json`; the names and their order are part of the interface.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    pub(super) dataset: String,
    pub(super) method: &'static str,
    pub(super) seed: u64,
    pub(super) n: usize,
    pub(super) d: usize,
    pub(super) members: usize,
    pub(super) found: Vec<u32>,
    pub(super) seconds: Seconds,
    #[serde(skip)]
    pub(super) baseline: Vec<u32>,
}

/// Times of one replay.
#[derive(Debug, Serialize)]
pub(super) struct Seconds {
    pub(super) fit: f64,
    pub(super) prime: f64,
    pub(super) update_median: f64,
}

/// The median; 0 of nothing (a replay that never trained).
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (None, _) => 0.0,
        (Some(value), 1) => *value,
        (Some(value), _) => (value + values[middle - 1]) / 2.0,
    }
}
