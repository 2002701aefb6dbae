//! Everything that can be wrong with sequences, one sentence each.

use thiserror::Error;

/// Why sequences cannot be read: a place, what is wrong there and what would be right, in one
/// sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{place}: {sentence}.")]
pub struct SequenceError {
    place: String,
    sentence: String,
}

impl SequenceError {
    pub(super) fn new(place: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            sentence: sentence.into(),
        }
    }
}
