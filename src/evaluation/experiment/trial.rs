//! One replay, and what is kept of it.

use std::sync::Arc;

use super::{Design, Record, Trial};
use crate::detector::{FitError, Fitted};
use crate::evaluation::{Oracle, OracleError, ReplayEvent, auroc, average_precision, replay};
use crate::numeric::Watch;

/// Why a trial of a checked design failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrialError {
    /// The table could not be fitted, or nobody waits any more.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The table has no truth.
    #[error(transparent)]
    Oracle(#[from] OracleError),
}

/// Fits a trial's table, replays it, and keeps the curve and the quality of the final ranking.
///
/// # Errors
/// [`TrialError`] when the table cannot be fitted or `watch` cancels.
pub fn run_trial(
    design: &Design,
    trial: &Trial,
    key: String,
    watch: &mut dyn Watch,
    tell: &mut dyn FnMut(ReplayEvent),
) -> Result<Record, TrialError> {
    let dataset = &design.tables[trial.table];
    let oracle = Oracle::new(dataset)?;
    let settings = trial.variant.settings(&design.settings, trial.seed);
    let queries = design.queries(trial.table);
    let (found, scores) = match trial.variant.rival() {
        Some(rival) => {
            let asked = [queries, design.batch];
            let played = rival.play(dataset, asked, &settings, oracle, watch, tell);
            let played = played.map_err(FitError::from)?;
            (played.found, played.scores)
        }
        None => {
            let fitted = Arc::new(Fitted::fit(dataset, &settings, watch)?);
            let replay = replay(&fitted, oracle, queries, design.batch, watch, tell);
            let replay = replay.map_err(FitError::from)?;
            (replay.found, replay.model.scores().to_vec())
        }
    };
    let labels = dataset.truth().map_or(&[][..], |truth| truth.labels());
    Ok(Record {
        dataset: dataset.name().to_owned(),
        method: trial.variant.key().to_owned(),
        seed: trial.seed,
        key,
        found,
        // The oracle has seen to it that there are both kinds.
        auroc: auroc(&scores, labels).unwrap_or(0.5),
        average_precision: average_precision(&scores, labels).unwrap_or(0.0),
    })
}
