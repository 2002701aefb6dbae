//! Why a report or charts could not be made.

use thiserror::Error;

use crate::chart::ChartError;
use crate::numeric::Cancelled;
use crate::session::file::FileError;

/// Why a report or charts could not be made, as a sentence.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReportError {
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The session does not fit its table, or a file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
}
