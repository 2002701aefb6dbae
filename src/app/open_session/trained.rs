//! What becomes of a training.

use std::sync::Arc;

use super::OpenSession;
use crate::app::Message;
use crate::detector::Model;
use crate::numeric::Cancelled;
use crate::session::{Outcome, TrainingPlan};

impl OpenSession {
    /// Takes in what became of the training that ran; returns the model that is to be taken in, unless
    /// the step that trained was undone meanwhile, and what there is to tell.
    pub(in crate::app) fn trained(
        &mut self,
        plan: &TrainingPlan,
        outcome: Result<Arc<Model>, Cancelled>,
    ) -> (Option<Arc<Model>>, Option<Message>) {
        self.training = None;
        let known = self.session.known_digest(plan);
        let result = match &outcome {
            Ok(model) => Outcome::Trained(Arc::clone(model.weights())),
            Err(Cancelled) => Outcome::Cancelled,
        };
        let settled = self.session.settle(plan, result);
        match outcome {
            Ok(model) if settled => {
                let digest = model.weights().digest();
                self.losses.insert(plan.revision, model.losses().clone());
                let differs = known.filter(|known| *known != digest);
                let message = differs.map(|_| {
                    Message::note(format!("Revision {} came out differently than when it was saved: the session was trained by another version of the program.", plan.revision))
                });
                (Some(model), message)
            }
            Err(Cancelled) if settled => (
                None,
                Some(Message::note(
                    "Training was cancelled: your answers are kept and go into the next one.",
                )),
            ),
            Err(Cancelled) if known.is_some() => {
                self.session.forward_to_built();
                self.refresh();
                let message = "Going back was cancelled: its revision was still to be built.";
                (None, Some(Message::note(message)))
            }
            _ => (None, None),
        }
    }

    /// After a fault of the program: the training that met it is not tried again by itself.
    pub(in crate::app) fn give_training_up(&mut self) {
        if let Some(plan) = self.training.take() {
            self.session.settle(&plan, Outcome::Cancelled);
        }
    }
}
