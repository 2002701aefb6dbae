//! What the application asks of whatever runs its work.

use super::{Request, Response};

/// How far the running work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is done at the moment.
    pub phase: &'static str,
    /// Steps done.
    pub done: usize,
    /// Steps in all, at least 1.
    pub total: usize,
}

/// Runs requests.
///
/// 1. Of each kind of request at most one waits, and a newer one replaces it.
/// 2. Responses come in the order in which the work was done.
/// 3. [`Engine::cancel`] stops the running work between two of its steps; its response says so.
pub trait Engine {
    /// Takes a request; returns at once.
    fn submit(&mut self, request: Request);

    /// The next response, if one is there.
    fn poll(&mut self) -> Option<Response>;

    /// How far the running work is; `None` when nothing runs.
    fn progress(&self) -> Option<Progress>;

    /// Stops the running fit or training.
    fn cancel(&mut self);
}
