//! A session file, opened as far as the model of its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{Failure, remark};
use crate::dataset::{Dataset, Origin};
use crate::numeric::Unwatched;
use crate::session::Unvisited;
use crate::store::{Document, FileError, SavedSession, read_with_unsaved};

/// Where the table of a session is now.
#[derive(Clone, Debug, Default, Args)]
pub struct TableLocation {
    /// The session's own table, where it is neither in the session, nor where it was, nor beside the session.
    #[arg(long, value_name = "FILE")]
    pub table: Option<PathBuf>,
}

impl TableLocation {
    /// Opens the table of a session.
    pub(super) fn open(&self, saved: &SavedSession, path: &Path) -> Result<Arc<Dataset>, Failure> {
        let found = saved.open_data(path, self.table.as_deref());
        found.map_err(|error| match error {
            FileError::NoTable(..) => format!("{error} Say where it is by --table FILE.").into(),
            other => other.into(),
        })
    }

    /// The files that must not be written over: the session at a path and its table, where it was
    /// and where it is.
    pub(super) fn inputs(&self, saved: &SavedSession, path: &Path) -> Vec<PathBuf> {
        let table = saved.data.origin.as_ref().and_then(Origin::path);
        let tables = table.into_iter().chain(self.table.clone());
        tables.chain([path.to_owned()]).collect()
    }
}

/// Reads a session file; remarks on what lies in its journal and not in it.
pub(super) fn read_saved(path: &Path) -> Result<SavedSession, Failure> {
    let (saved, unsaved) = read_with_unsaved(path)?;
    if let Some(unsaved) = unsaved {
        remark(&unsaved.sentence());
    }
    Ok(saved)
}

/// A session file with the model of its place; what was left to train has been trained.
pub(super) struct Present {
    pub(super) saved: SavedSession,
    pub(super) document: Document,
}

impl Present {
    /// Opens a session file and its table.
    pub(super) fn open(path: &Path, location: &TableLocation) -> Result<Self, Failure> {
        Self::of(read_saved(path)?, path, location)
    }

    /// The same of a file that has been read.
    pub(super) fn of(
        saved: SavedSession,
        path: &Path,
        location: &TableLocation,
    ) -> Result<Self, Failure> {
        let dataset = location.open(&saved, path)?;
        let name = path.display().to_string();
        let mut document = Document::on(&saved, &dataset, &name, &mut Unwatched)?;
        document.catch_up(&mut Unwatched, &mut Unvisited)?;
        Ok(Self { saved, document })
    }
}
