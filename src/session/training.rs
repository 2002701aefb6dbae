//! A training that is due.

use crate::detector::{LabelledInstance, Model};
use crate::numeric::{Cancelled, Watch};

/// What to train on; with the model before it, all that the result depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingPlan {
    /// The step of the history with which it fell due.
    pub step: usize,
    /// The revision that it makes, counted from 1.
    pub revision: u64,
    /// The labels up to that step, by instance.
    pub labels: Vec<LabelledInstance>,
}

impl TrainingPlan {
    /// Trains and ranks; the same on any thread.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn run(&self, model: &Model, watch: &mut dyn Watch) -> Result<Model, Cancelled> {
        model.update(&self.labels, self.revision, watch)
    }
}
