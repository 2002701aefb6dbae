//! The data of undo.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::detector::Weights;

/// One act of the analyst: what one undo takes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// An instance was answered; a later answer to the same instance replaces an earlier one.
    Answer {
        /// The instance.
        instance: usize,
        /// What was said of it.
        answer: Answer,
    },
    /// Training was asked for by hand.
    Retrain,
}

/// What became of the training that fell due with a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It ended with these weights: a revision.
    Trained(Arc<Weights>),
    /// The analyst cancelled it; the labels go into the next one.
    Cancelled,
}

/// An act, with the revision that it led to if training fell due with it.
///
/// The weights are kept here because undo must be exact: going back to them, nothing is retrained
/// and nothing drifts.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The act.
    pub action: Action,
    /// The outcome, once there is one.
    pub outcome: Option<Outcome>,
}
