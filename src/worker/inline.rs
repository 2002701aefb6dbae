//! Work at once, on the caller's thread.

use std::collections::VecDeque;

use super::{Engine, Job, Kind, Lane, Progress, Response, Ticket};
use crate::numeric::Unwatched;

/// An engine without a thread: what it is asked is done when the call returns.
#[derive(Debug, Default)]
pub struct InlineEngine {
    done: VecDeque<(Ticket, Response)>,
}

impl Engine for InlineEngine {
    fn submit(&mut self, job: Job) {
        let response = job.request.run(&mut Unwatched);
        self.done.push_back((job.ticket, response));
    }

    fn poll(&mut self) -> Option<(Ticket, Response)> {
        self.done.pop_front()
    }

    fn progress(&self, _: Lane) -> Option<Progress> {
        None
    }

    fn cancel_running(&mut self) {}

    fn cancel(&mut self, _: Kind) {}
}
