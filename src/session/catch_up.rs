//! A session that catches up with all trainings that are due.

use std::sync::Arc;

use super::{Outcome, Session, TrainingPlan};
use crate::detector::{Calibration, Model};
use crate::numeric::{Cancelled, Watch};

/// A training that has just ended.
#[derive(Clone, Copy, Debug)]
pub struct Training<'a> {
    /// What it was.
    pub plan: &'a TrainingPlan,
    /// The model before it.
    pub before: &'a Arc<Model>,
    /// The model that came of it.
    pub after: &'a Arc<Model>,
    /// The digest of the weights that it is known to end with, if it was done in an earlier run.
    pub known: Option<u64>,
}

impl Training<'_> {
    /// Whether it ended with other weights than it is known to end with.
    pub fn differs(&self) -> bool {
        let digest = self.after.weights().digest();
        self.known.is_some_and(|known| known != digest)
    }
}

/// Sees each training of a session that catches up.
pub trait Visitor {
    /// One begins; an error stops the session from catching up.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    fn begins(&mut self, _watch: &mut dyn Watch) -> Result<(), Cancelled> {
        Ok(())
    }

    /// One has ended; where the answer is false the session does not take it in, and nothing more is
    /// trained.
    fn ended(&mut self, _training: &Training<'_>) -> bool {
        true
    }
}

/// Nobody who looks on.
#[derive(Clone, Copy, Debug)]
pub struct Unvisited;

impl Visitor for Unvisited {}

impl Session {
    /// Ends every training that is due, one after another, and returns the model of the present
    /// place; `model` is any model on the same detector. Where `visitor` ends it before, the model
    /// is that of the last training that was taken in.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so; what was trained by then is kept.
    pub fn catch_up(
        &mut self,
        mut model: Arc<Model>,
        watch: &mut dyn Watch,
        visitor: &mut dyn Visitor,
    ) -> Result<Arc<Model>, Cancelled> {
        while let Some(plan) = self.due() {
            let before = self.weights_before(&plan);
            if !Arc::ptr_eq(model.weights(), before) {
                model = Arc::new(Model::with_weights(model.fitted(), Arc::clone(before)));
            }
            visitor.begins(watch)?;
            let after = Arc::new(plan.run(&model, watch)?);
            let training = Training {
                plan: &plan,
                before: &model,
                after: &after,
                known: self.known_digest(&plan),
            };
            if !visitor.ended(&training) {
                return Ok(model);
            }
            self.settle(&plan, Outcome::Trained(Arc::clone(after.weights())));
            model = after;
        }
        if let Some(weights) = self.weights().filter(|_| !self.is_current(&model)) {
            model = Arc::new(Model::with_weights(model.fitted(), Arc::clone(weights)));
        }
        Ok(model)
    }

    /// The same history with no weights at hand: for training all its revisions again.
    pub fn without_weights(&self) -> Self {
        let mut bare = self.clone();
        for step in &mut bare.steps {
            if let Some(Outcome::Trained(weights)) = &step.outcome {
                step.outcome = Some(Outcome::Unbuilt(weights.digest()));
            }
        }
        bare
    }

    /// What else the model at the present position is made of, to be saved with it; `None` where a
    /// model is not of that place, or training is due there.
    pub fn calibration_of(&self, model: &Model) -> Option<Calibration> {
        (self.is_current(model) && self.due().is_none()).then(|| model.calibration())
    }
}
