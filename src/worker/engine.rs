//! What the application asks of whatever runs its work.

use super::{Job, Kind, Lane, Response, Ticket};

/// How far the running work of a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The kind of work.
    pub kind: Kind,
    /// What is done at the moment.
    pub phase: &'static str,
    /// Steps done.
    pub done: usize,
    /// Steps in all, at least 1.
    pub total: usize,
}

/// Runs jobs.
///
/// 1. Of each [`Kind`] at most one job waits, and a newer one replaces it.
/// 2. The two [`Lane`]s run beside each other; within one, responses come in the order in which the
///    work was done.
/// 3. Every response carries the ticket of its job. A job that was replaced has none.
/// 4. A job that is to replace the table cancels those of its like that run or wait; a list, a search
///    for similar instances and a layout cancel the older one of their kind; any job cancels work for
///    idle times, and nothing else.
pub trait Engine {
    /// Takes a job; returns at once.
    fn submit(&mut self, job: Job);

    /// The next response, if one is there.
    fn poll(&mut self) -> Option<(Ticket, Response)>;

    /// How far the running work of a lane is; `None` when nothing runs there.
    fn progress(&self, lane: Lane) -> Option<Progress>;

    /// Stops what runs in the lane of the model between two of its steps; its response says so.
    fn cancel_running(&mut self);

    /// Stops a job of this kind, whether it runs or waits; its response says so.
    fn cancel(&mut self, kind: Kind);
}
