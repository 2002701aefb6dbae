//! Progress and cancelling of long computations, without clocks or threads.

use thiserror::Error;

/// What a long computation reports, and how it learns that nobody waits for it any more.
///
/// It is called between steps. The computation itself knows neither who asks nor on which thread.
pub trait Watch {
    /// Says that `done` of about `total` steps of `phase` are done; an error stops the computation.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is not wanted any more.
    fn step(&mut self, phase: &'static str, done: usize, total: usize) -> Result<(), Cancelled>;
}

/// A computation that was stopped before its end; nothing of it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("cancelled before it was done")]
pub struct Cancelled;

/// Watches without showing anything and never cancels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn step(&mut self, _phase: &'static str, _done: usize, _total: usize) -> Result<(), Cancelled> {
        Ok(())
    }
}
