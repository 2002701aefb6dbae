//! Why something could not be exported.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::chart::ChartError;
use crate::dataset::DatasetError;
use crate::disk::is_dir;
use crate::numeric::Cancelled;
use crate::store::{FileError, plainly};

/// Why something could not be exported; one sentence with the place and the remedy.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The table to score cannot be read.
    #[error(transparent)]
    Table(#[from] DatasetError),
    /// A file cannot be written (path, the system's words).
    #[error("writing {} failed ({}): choose a folder with room and permission", quoted(.0), .1)]
    Unwritable(PathBuf, String),
    /// The ending of a file does not say what to write (path, the endings that do).
    #[error("{} does not say by its ending what to write: give it the ending {}", quoted(.0), .1)]
    Ending(PathBuf, &'static str),
    /// The table to score has too many rows.
    #[error("the table has more than {0} rows: split it")]
    TooManyRows(u32),
    /// The file to write is one that is read (path).
    #[error("{} is read for this: write to another file", quoted(.0))]
    SameFile(PathBuf),
    /// Charts are to go into what is a file (path).
    #[error("{} is a file, and charts are written into a folder: name one, or a new one", quoted(.0))]
    NoFolder(PathBuf),
    /// Events are to be written of a session without sequences.
    #[error(
        "events are marked in sequences, and this session has none: either its instances are something else, or its sequences are not beside it"
    )]
    NoSequences,
    /// The session does not fit its table.
    #[error(transparent)]
    Session(#[from] FileError),
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl ExportError {
    /// The error of a failed write.
    pub fn unwritable(path: &Path, error: &io::Error) -> Self {
        Self::Unwritable(path.into(), plainly(error))
    }
}

/// Checks that a file to write is none of those that are read.
///
/// # Errors
/// [`ExportError::SameFile`].
pub fn check_apart(output: &Path, inputs: &[impl AsRef<Path>]) -> Result<(), ExportError> {
    let place = output.canonicalize().ok();
    let is_same =
        |input: &Path| input == output || place.is_some() && input.canonicalize().ok() == place;
    match inputs.iter().any(|input| is_same(input.as_ref())) {
        true => Err(ExportError::SameFile(output.into())),
        false => Ok(()),
    }
}

/// Checks that a file can be written in its folder, and is none of those that are read: sooner than
/// after all the work.
///
/// # Errors
/// [`ExportError::SameFile`], [`ExportError::Unwritable`].
pub fn check_output(output: &Path, inputs: &[impl AsRef<Path>]) -> Result<(), ExportError> {
    check_apart(output, inputs)?;
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let why = match folder {
        _ if is_dir(output) => "it is a folder",
        Some(folder) if !is_dir(folder) => "its folder is not there",
        _ => return Ok(()),
    };
    Err(ExportError::Unwritable(output.into(), why.to_owned()))
}

fn quoted(path: &Path) -> String {
    format!("“{}”", path.to_string_lossy().escape_debug())
}
