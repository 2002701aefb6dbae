//! What happens to a session, one thing after the other.

use serde::{Deserialize, Serialize};

use crate::session::file::SavedOutcome;
use crate::session::{Action, Outcome, Session, StoppingRule};

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
    Settled(usize, SavedOutcome),
}

impl Event {
    /// Whether it is the analyst's doing, and must not be lost. What is not can be computed again.
    pub fn is_of_the_analyst(&self) -> bool {
        !matches!(self, Self::Settled(..))
    }
}

impl Session {
    /// Lets an event of an earlier sitting happen again; false where it cannot have happened.
    pub fn repeat(&mut self, event: &Event) -> bool {
        match event {
            Event::Act(action, at) => self.act(action.clone(), *at),
            Event::Undo => self.undo().is_some(),
            Event::Redo => self.redo().is_some(),
            Event::Batch(batch) => {
                self.set_batch(*batch);
                true
            }
            Event::Automatic(automatic) => {
                self.set_automatic(*automatic);
                true
            }
            Event::Stopping(rule) => {
                let possible = rule.complaint().is_none();
                if possible {
                    self.set_stopping(*rule);
                }
                possible
            }
            Event::Settled(step, outcome) => self.recall(
                *step,
                match outcome {
                    SavedOutcome::Trained(digest) => Outcome::Unbuilt(*digest),
                    SavedOutcome::Cancelled => Outcome::Cancelled,
                },
            ),
        }
    }
}
