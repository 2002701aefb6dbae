//! Opening a session: its file, its table, its detector.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::Seam;
use crate::dataset::DatasetError;
use crate::detector::{FitError, Model};
use crate::numeric::{Cancelled, Watch};
use crate::session::file::{FileError, read_session};
use crate::session::{ContinueError, Session};

/// A session that was opened from its file.
#[derive(Clone, Debug)]
pub struct OpenedSession {
    /// The file.
    pub path: PathBuf,
    /// The session.
    pub session: Session,
    /// The belief of its place, or the one before any label where that is still to be built.
    pub model: Arc<Model>,
    /// The last record of its journal that the file holds.
    pub mark: Option<u64>,
    /// The layout of the window.
    pub layout: Option<String>,
    /// Whether the file holds the table.
    pub embed: bool,
    /// What should be said of it.
    pub notices: Vec<String>,
    /// Where it went on with another table, if it did just now.
    pub seam: Option<Box<Seam>>,
}

/// Why a session could not be opened.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum OpenError {
    /// Nobody waits for it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The file is none, or not for this table.
    #[error(transparent)]
    File(#[from] FileError),
    /// The detector cannot be fitted.
    #[error(transparent)]
    Fit(FitError),
    /// It cannot go on with another table.
    #[error(transparent)]
    Continue(ContinueError),
}

impl From<ContinueError> for OpenError {
    fn from(error: ContinueError) -> Self {
        match error {
            ContinueError::Fit(error) => error.into(),
            ContinueError::Table(DatasetError::Cancelled(cancelled)) => Self::Cancelled(cancelled),
            other => Self::Continue(other),
        }
    }
}

impl From<FitError> for OpenError {
    fn from(error: FitError) -> Self {
        match error {
            FitError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            other => Self::Fit(other),
        }
    }
}

/// Opens a session; its table is looked for at `data` if that is given.
///
/// # Errors
/// [`OpenError`], one sentence.
pub fn open_session(
    path: &Path,
    data: Option<&Path>,
    watch: &mut dyn Watch,
) -> Result<OpenedSession, OpenError> {
    watch.step("reading the session", 0, 1)?;
    let saved = read_session(path)?;
    watch.step("reading the table", 0, 1)?;
    let dataset = saved.open_data(path, data)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fitted = saved.fit(&dataset, watch)?;
    let parts = saved.resume(fitted, &name)?;
    let model = match parts.session.weights() {
        Some(weights) => Model::with_weights(&parts.fitted, Arc::clone(weights)),
        None => Model::primed(&parts.fitted),
    };
    let version = env!("CARGO_PKG_VERSION");
    let other = (saved.program != version).then(|| {
        format!(
            "This session was saved by glad {}, and this is glad {version}: training goes on from its weights, but going back in its history may come out a little differently.",
            saved.program
        )
    });
    Ok(OpenedSession {
        path: path.to_owned(),
        session: parts.session,
        model: Arc::new(model),
        mark: saved.journal,
        layout: saved.layout,
        embed: saved.data.embedded.is_some(),
        notices: other.into_iter().collect(),
        seam: None,
    })
}
