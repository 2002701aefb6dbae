//! Work at once, on the caller's thread.

use std::collections::VecDeque;

use super::{Engine, Progress, Request, Response};
use crate::numeric::Unwatched;

/// An engine without a thread: what it is asked is done when the call returns.
#[derive(Debug, Default)]
pub struct InlineEngine {
    done: VecDeque<Response>,
}

impl Engine for InlineEngine {
    fn submit(&mut self, request: Request) {
        self.done.push_back(request.run(&mut Unwatched));
    }

    fn poll(&mut self) -> Option<Response> {
        self.done.pop_front()
    }

    fn progress(&self) -> Option<Progress> {
        None
    }

    fn cancel(&mut self) {}
}
