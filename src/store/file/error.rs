//! What can be wrong with a session file, one sentence each.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::FORMAT;

/// Why a session file cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The path leads nowhere.
    #[error("There is no session {}: check the path.", shown(.0))]
    NotFound(PathBuf),
    /// There is only its journal (path, what lies there, where).
    #[error("There is no session {}, but {} in {}: `glad label DATA --save {}` with the data that they are on goes on from there, and `save` writes the session.", shown(.0), .1, shown(.2), .0.display())]
    OnlyJournal(PathBuf, String, PathBuf),
    /// Reading failed (path, the system's words).
    #[error("Reading {} failed ({}): check that the file is still there and may be read.", shown(.0), .1)]
    Unreadable(PathBuf, String),
    /// Writing failed (path, the system's words).
    #[error("Writing {} failed ({}): your work is kept here; save it in another place.", shown(.0), .1)]
    Unwritable(PathBuf, String),
    /// It is something else.
    #[error("{0} is not a GLAD session: its first line does not say so.")]
    NotASession(String),
    /// A newer program wrote it (name, its format).
    #[error(
        "{0} is a session of format {1}, which a newer GLAD wrote; this one reads formats up to {FORMAT}: update GLAD."
    )]
    Newer(String, u32),
    /// The checksum does not fit.
    #[error(
        "{0} is damaged: it is cut off or was changed after it was saved; the one saved before it is kept beside it, with ~ at the end of its name."
    )]
    Damaged(String),
    /// It is larger than any session (name, the limit in words).
    #[error("{0} is too large for a session: at most {1} are read.")]
    TooLarge(String, &'static str),
    /// The checksum fits, but what it says cannot be (name, what).
    #[error("{0} cannot be read as a session: {1}.")]
    Invalid(String, String),
    /// Its table is not at hand (which, why it cannot be read).
    #[error("The table of this session, {0}, cannot be read: {1}")]
    NoTable(String, String),
    /// It was made on another table (how the table differs).
    #[error(
        "This is not the table of the session: it {0}. Open the table that the session was made on."
    )]
    OtherData(String),
}

fn shown(path: &Path) -> String {
    format!("“{}”", path.display())
}

/// The error of writing a file, in our words where it is a usual one.
pub fn unwritable(path: &Path, error: &std::io::Error) -> FileError {
    FileError::Unwritable(path.to_owned(), super::atomic::plainly(error))
}
