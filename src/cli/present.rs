//! A session file, opened as far as the belief of its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use crate::dataset::Origin;
use crate::detector::Model;
use crate::numeric::Unwatched;
use crate::session::Session;
use crate::session::file::{SavedSession, difference_of_data, read_session};

/// A session with the belief of its place; what is left to train has been trained.
pub(super) struct Present {
    pub(super) path: PathBuf,
    pub(super) saved: SavedSession,
    pub(super) session: Session,
    pub(super) model: Model,
}

impl Present {
    /// Opens a session file and its table.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        Self::of(read_session(path)?, path)
    }

    /// The same of a file that has been read.
    pub(super) fn of(mut saved: SavedSession, path: &Path) -> Result<Self, Failure> {
        let dataset = Arc::new(saved.open_data(path)?);
        // Before a fit that would be for nothing.
        difference_of_data(&saved, &dataset)?;
        let fitted = saved.fit(&dataset, &mut Unwatched)?;
        let parts = saved.resume(fitted, &path.display().to_string())?;
        let mut session = parts.session;
        let is_due = session.due().is_some();
        let model = session.catch_up(Model::primed(&parts.fitted), &mut Unwatched)?;
        if is_due {
            let now = SavedSession::of(&session, &parts.fitted, false);
            (saved.steps, saved.weights) = (now.steps, now.weights);
        }
        Ok(Self {
            path: path.to_owned(),
            saved,
            session,
            model,
        })
    }

    /// The files that must not be written over: the session and its table.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        let table = self.saved.data.origin.as_ref().and_then(Origin::path);
        table.into_iter().chain([self.path.clone()]).collect()
    }
}
