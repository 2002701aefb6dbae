//! What happens to a session, one thing after the other.

use serde::{Deserialize, Serialize};

use super::{Action, Outcome, StoppingRule};

/// Something that happened to a session. The same events, in the same order, on the same session
/// give the same session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Event {
    /// The analyst did something, at a time in milliseconds since 1970 (UTC).
    Act(Action, Option<u64>),
    /// The last step was taken back.
    Undo,
    /// The next undone step was done again.
    Redo,
    /// Training is to fall due after so many answers.
    Batch(usize),
    /// Training is to fall due by itself, or only when it is asked for.
    Automatic(bool),
    /// The analyst wants to stop by this rule.
    Stopping(StoppingRule),
    /// The training that fell due with a step of the history ended so.
    Settled(usize, OutcomeDigest),
}

/// What became of a training, as files say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutcomeDigest {
    /// It ended with weights of this digest: a revision.
    Trained(u64),
    /// The analyst cancelled it.
    Cancelled,
}

impl OutcomeDigest {
    /// Takes an outcome down.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Trained(weights) => Self::Trained(weights.digest()),
            Outcome::Unbuilt(digest) => Self::Trained(*digest),
            Outcome::Cancelled => Self::Cancelled,
        }
    }
}

impl Event {
    /// Whether it is the analyst's doing, and must not be lost. What is not can be computed again.
    pub fn is_of_the_analyst(&self) -> bool {
        !matches!(self, Self::Settled(..))
    }
}

/// A place on the stream of what happens to a session, counted from where its log begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Events.
    pub events: u64,
    /// Those of them that are of the analyst.
    pub acts: u64,
}

impl Position {
    /// The place after some events.
    pub fn after<'a>(self, events: impl IntoIterator<Item = &'a Event>) -> Self {
        events.into_iter().fold(self, |at, event| Self {
            events: at.events + 1,
            acts: at.acts + u64::from(event.is_of_the_analyst()),
        })
    }
}

/// What happened to a session and was not told yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Log {
    pub(super) events: Vec<Event>,
    /// Where it ends.
    pub(super) position: Position,
}

impl Log {
    pub(super) fn push(&mut self, event: Event) {
        self.position = self.position.after([&event]);
        self.events.push(event);
    }
}
