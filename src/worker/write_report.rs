//! Writing the report of a session, or all its charts.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::disk::{exists, fs};
use crate::export::{
    ExportError, SessionRecord, session_charts, write_charts, write_pictures, write_report,
};
use crate::numeric::Watch;
use crate::store::Document;

/// What is written of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportKind {
    /// A report: one page.
    #[default]
    Page,
    /// All charts, in a folder.
    Charts,
}

/// A report that is to be written.
#[derive(Clone, Debug)]
pub struct ReportRequest {
    /// The session with its model.
    pub document: Document,
    /// What is wanted.
    pub kind: ReportKind,
    /// The file, or the folder of the charts.
    pub path: PathBuf,
    /// Whether it may take the place of what is there.
    pub replaces: bool,
}

/// Why a report was not written.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReportError {
    /// There is such a file already, or the folder holds something.
    #[error("There is “{}” already: press the button again to write there, or choose another name.", .0.display())]
    Exists(PathBuf),
    /// It could not be made or written.
    #[error("Nothing was written: {0}")]
    Failed(#[from] ExportError),
}

impl ReportRequest {
    /// Builds the revisions of the session again and writes what is wanted of it.
    pub(super) fn run(self, watch: &mut dyn Watch) -> Result<(), ReportError> {
        if !self.replaces && is_taken(&self.path) {
            return Err(ReportError::Exists(self.path));
        }
        let record = SessionRecord::of(&self.document, watch).map_err(ExportError::from)?;
        match self.kind {
            ReportKind::Page => write_report(&self.path, &record)?,
            ReportKind::Charts => {
                write_charts(&self.path, &session_charts(&record))?;
                write_pictures(&self.path, &record)?;
            }
        }
        Ok(())
    }
}

/// Whether there is something that would be written over; an empty folder is nothing.
fn is_taken(path: &Path) -> bool {
    let is_empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    exists(path) && !is_empty()
}
