//! A replay by the oracle, a batch at a time.

use std::sync::Arc;

use crate::detector::Fitted;
use crate::evaluation::{Oracle, OracleError, Replay};
use crate::numeric::{Cancelled, Watch};
use crate::session::Strategy;

/// Which replay to go on with.
#[derive(Clone, Debug)]
pub struct OracleRequest {
    /// The detector; its table holds the truth.
    pub fitted: Arc<Fitted>,
    /// Answers between trainings.
    pub batch: usize,
    /// How a batch is picked.
    pub strategy: Strategy,
    /// Queries after which it ends.
    pub budget: usize,
    /// The replay so far; `None` before its first query.
    pub replay: Option<Arc<Replay>>,
}

/// What is told of the work; a replay is no training of the analyst's.
const PHASE: &str = "replaying with the oracle";

struct Renamed<'a> {
    watch: &'a mut dyn Watch,
    done: usize,
    total: usize,
}

impl Watch for Renamed<'_> {
    fn step(&mut self, _phase: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
        self.watch.step(PHASE, self.done, self.total)
    }
}

impl OracleRequest {
    /// Anomalies found so far, one entry a query.
    pub fn curve(&self) -> &[u32] {
        self.replay.as_ref().map_or(&[], |replay| &replay.found)
    }

    /// Does one batch of the replay; cancelled, it is as far as it got.
    pub(super) fn run(mut self, watch: &mut dyn Watch) -> Result<Self, OracleError> {
        let oracle = Oracle::new(self.fitted.dataset())?;
        let mut replay = match self.replay.take() {
            Some(replay) => Arc::unwrap_or_clone(replay),
            None => Replay::begin(&self.fitted, self.batch).picking(self.strategy),
        };
        let mut renamed = Renamed {
            watch,
            done: replay.found.len(),
            total: self.budget,
        };
        let left = self.budget.saturating_sub(replay.found.len());
        match replay.round(oracle, left, &mut renamed, &mut |_| {}) {
            // What was done before a cancel stays done.
            Ok(_) | Err(Cancelled) => {}
        }
        self.replay = Some(Arc::new(replay));
        Ok(self)
    }
}
