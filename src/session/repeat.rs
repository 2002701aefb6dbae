//! Lets what happened to a session happen again.

use super::{Event, Outcome, OutcomeDigest, Session};

impl Session {
    /// Lets an event of an earlier run happen again; false where it cannot have happened.
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
                let possible = rule.validate().is_ok();
                if possible {
                    self.set_stopping(*rule);
                }
                possible
            }
            Event::Settled(step, outcome) => self.recall(
                *step,
                match outcome {
                    OutcomeDigest::Trained(digest) => Outcome::Unbuilt(*digest),
                    OutcomeDigest::Cancelled => Outcome::Cancelled,
                },
            ),
        }
    }
}
