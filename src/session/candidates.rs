//! Whom to ask about next.

use std::collections::BTreeMap;

use super::Answer;
use crate::detector::Model;

/// Returns the candidates, best first: of the instances without an answer the `⌊τ n⌋` with the
/// highest anomaly scores, and at least `batch` while there are so many.
///
/// The fraction is taken of those without an answer, not of all: found anomalies stay at the top
/// of the ranking, and would soon leave no candidates.
pub fn candidates(model: &Model, answers: &BTreeMap<usize, Answer>, batch: usize) -> Vec<usize> {
    let count = (model.fitted().tau_rank() + 1).max(batch);
    let top = (count + answers.len()).min(model.scores().len());
    let mut open = model.top(top);
    open.retain(|instance| !answers.contains_key(instance));
    open.truncate(count);
    open
}
