//! A training that is due.

use std::sync::Arc;

use super::{Outcome, Session};
use crate::detector::{Belief, LabelledInstance, Model};
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

impl Session {
    /// Ends every training that is due, one after another, and returns the belief of the present
    /// place; `model` is any belief on the same detector.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so; what was trained by then is kept.
    pub fn catch_up(
        &mut self,
        mut model: Model,
        watch: &mut dyn Watch,
    ) -> Result<Model, Cancelled> {
        while let Some(plan) = self.due() {
            let before = self.weights_before(&plan);
            if !Arc::ptr_eq(model.weights(), before) {
                model = Model::with_weights(model.fitted(), Arc::clone(before));
            }
            model = plan.run(&model, watch)?;
            self.settle(&plan, Outcome::Trained(Arc::clone(model.weights())));
        }
        if let Some(weights) = self.weights().filter(|_| !self.is_current(&model)) {
            model = Model::with_weights(model.fitted(), Arc::clone(weights));
        }
        Ok(model)
    }

    /// What else the belief of the present place is made of, to be saved with it; `None` where a
    /// model is not of that place, or training is due there.
    pub fn belief_of(&self, model: &Model) -> Option<Belief> {
        (self.is_current(model) && self.due().is_none()).then(|| model.belief())
    }
}
