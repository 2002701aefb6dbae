//! The data of undo.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Mark, Reply, Tag};
use crate::detector::Weights;

/// Bytes of the longest note.
pub const MAX_NOTE: usize = 20_000;

/// One act of the analyst: what one undo takes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// Instances were answered, together; a later answer to an instance replaces an earlier one.
    Answer {
        /// The instances, at least one.
        instances: Vec<usize>,
        /// What was said of each.
        reply: Reply,
    },
    /// The answers to instances were taken back, together: they are open again.
    Withdraw {
        /// The instances, at least one.
        instances: Vec<usize>,
    },
    /// Answers and notes were carried over from a session with other settings, together; they are
    /// trained on at once.
    Carry {
        /// The instances with what was said of each, in the order of their answers, replaced ones
        /// included.
        replies: Vec<(usize, Reply)>,
        /// The notes.
        notes: Vec<(usize, String)>,
        /// When each answer was given, in milliseconds since 1970 (UTC), in the order of
        /// `replies`. Empty in files of before times were carried: then the time of the act is all
        /// that is known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        times: Vec<Option<u64>>,
        /// The names of tags.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        names: Vec<(Tag, String)>,
        /// The events that were marked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<(String, Mark)>,
    },
    /// A note was written on an instance; it replaces an earlier one, and an empty one removes it.
    Note {
        /// The instance.
        instance: usize,
        /// The note.
        text: String,
    },
    /// Anomalies were given a type, or none, together; what is no anomaly stays without. It is no
    /// answer: nothing is trained on it.
    Tag {
        /// The instances, at least one.
        instances: Vec<usize>,
        /// The type of each.
        tag: Option<Tag>,
    },
    /// A type of anomaly was named; an empty name takes the one that it has away.
    NameTag {
        /// The type.
        tag: Tag,
        /// What it is called.
        name: String,
    },
    /// An event was marked at a moment of a sequence; it replaces an earlier one of that name, and
    /// without a mark it is taken away. It is no answer: nothing is trained on it.
    Mark {
        /// What it is called.
        name: String,
        /// Where it is.
        mark: Option<Mark>,
    },
    /// Training was asked for by hand.
    Retrain,
}

impl Action {
    /// The answer to one instance.
    pub fn answer(instance: usize, reply: impl Into<Reply>) -> Self {
        Self::Answer {
            instances: vec![instance],
            reply: reply.into(),
        }
    }

    /// Its name in a line about it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Answer { reply, .. } => reply.answer.name(),
            Self::Withdraw { .. } => "taken back",
            Self::Carry { .. } => "carried over",
            Self::Note { .. } => "note",
            Self::Tag { tag: Some(_), .. } => "tagged",
            Self::Tag { tag: None, .. } => "tag taken away",
            Self::NameTag { .. } => "tag named",
            Self::Mark { mark: Some(_), .. } => "event marked",
            Self::Mark { mark: None, .. } => "event taken away",
            Self::Retrain => "training by hand",
        }
    }

    /// The instances that it is about; none stands out of those that were carried over.
    pub fn instances(&self) -> &[usize] {
        match self {
            Self::Answer { instances, .. }
            | Self::Withdraw { instances }
            | Self::Tag { instances, .. } => instances,
            Self::Note { instance, .. } => std::slice::from_ref(instance),
            Self::Mark {
                mark: Some(mark), ..
            } => std::slice::from_ref(&mark.instance),
            Self::Carry { .. } | Self::NameTag { .. } | Self::Mark { .. } | Self::Retrain => &[],
        }
    }

    /// The number of answers that it gives or takes back: what counts towards a batch.
    pub fn answers(&self) -> usize {
        match self {
            Self::Answer { instances, .. } | Self::Withdraw { instances } => instances.len(),
            Self::Carry { replies, .. } => replies.len(),
            Self::Note { .. }
            | Self::Tag { .. }
            | Self::NameTag { .. }
            | Self::Mark { .. }
            | Self::Retrain => 0,
        }
    }
}

/// What became of the training that fell due with a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It ended with these weights: a revision.
    Trained(Arc<Weights>),
    /// It is a revision of an earlier run whose weights are not at hand, with their digest: a
    /// session file holds the present weights only. Training again on what was known then builds
    /// them, to the bit.
    Unbuilt(u64),
    /// The analyst cancelled it; the labels go into the next one.
    Cancelled,
}

impl Step {
    /// Whether a revision ends here.
    pub(super) fn is_revision(&self) -> bool {
        matches!(
            self.outcome,
            Some(Outcome::Trained(_) | Outcome::Unbuilt(_))
        )
    }

    /// The weights that it ended with, if they are at hand.
    pub(super) fn weights(&self) -> Option<&Arc<Weights>> {
        match &self.outcome {
            Some(Outcome::Trained(weights)) => Some(weights),
            _ => None,
        }
    }
}

/// An act, with the revision that it led to if training fell due with it.
///
/// The weights are kept here because undo must be exact: going back to them, nothing is retrained
/// and nothing drifts.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The act.
    pub action: Action,
    /// When it was done, in milliseconds since 1970 (UTC), where the caller knew.
    pub at: Option<u64>,
    /// The outcome, once there is one.
    pub outcome: Option<Outcome>,
}
