//! What becomes of a training.

use std::sync::Arc;

use super::{Message, Workspace};
use crate::detector::Model;
use crate::numeric::Cancelled;
use crate::session::{Outcome, TrainingPlan};

impl Workspace {
    /// Takes in what became of the training that ran; one whose step was undone is dropped.
    pub(super) fn trained(
        &mut self,
        plan: &TrainingPlan,
        outcome: Result<Arc<Model>, Cancelled>,
    ) -> Option<Message> {
        self.training = None;
        let known = self.session.known_digest(plan);
        let result = match &outcome {
            Ok(model) => Outcome::Trained(Arc::clone(model.weights())),
            Err(Cancelled) => Outcome::Cancelled,
        };
        let settled = self.session.settle(plan, result);
        let message = match outcome {
            Ok(model) if settled => {
                let digest = model.weights().digest();
                self.losses.insert(plan.revision, model.losses().clone());
                self.take(model);
                known.filter(|known| *known != digest).map(|_| {
                    Message::note(format!("Revision {} came out differently than when it was saved: the session was trained by another version of the program.", plan.revision))
                })
            }
            Err(Cancelled) if settled => Some(Message::note(
                "Training was cancelled: your answers are kept and go into the next one.",
            )),
            Err(Cancelled) if known.is_some() => {
                self.session.forward_to_built();
                self.refresh();
                Some(Message::note(
                    "Going back was cancelled: its revision was still to be built.",
                ))
            }
            _ => None,
        };
        if self.selected().is_none() && self.session.due().is_none() {
            self.select_best();
        }
        message
    }

    /// After a fault of the program: the training that met it is not tried again by itself.
    pub(super) fn give_training_up(&mut self) {
        if let Some(plan) = self.training.take() {
            self.session.settle(&plan, Outcome::Cancelled);
        }
        if self.selected().is_none() {
            self.select_best();
        }
    }
}
