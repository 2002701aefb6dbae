//! A session with its model, as one thing: begun, opened, brought up to date, saved.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use super::ContinueError;
use super::file::{FileError, SavedSession};
use crate::dataset::{Dataset, DatasetError};
use crate::detector::{FitError, Fitted, Model};
use crate::numeric::{Cancelled, Watch};
use crate::session::{Session, Visitor};

/// A session, the model at its position, and what its files say beside it.
#[derive(Clone)]
pub struct Document {
    /// The session.
    pub session: Session,
    /// The model at its position, or another one on the same detector where that is still to be built.
    pub model: Arc<Model>,
    /// The last record of its journal that its file holds.
    pub mark: Option<u64>,
    /// The layout of the window.
    pub layout: Option<String>,
    /// Whether its file holds the table.
    pub embed: bool,
}

impl fmt::Debug for Document {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Document({} steps)", self.session.history().len())
    }
}

impl Document {
    /// Begins a session on a detector, with training after each `batch` answers.
    pub fn begin(fitted: &Arc<Fitted>, batch: usize) -> Self {
        Self::new(
            Session::new(Arc::clone(fitted.primed()), batch),
            Arc::new(Model::primed(fitted)),
        )
    }

    /// A session with a model that has no file yet.
    pub fn new(session: Session, model: Arc<Model>) -> Self {
        Self {
            session,
            model,
            mark: None,
            layout: None,
            embed: false,
        }
    }

    /// Takes up what a file says on a fitted detector; `name` is for sentences.
    ///
    /// # Errors
    /// [`FileError::OtherData`] on another table, [`FileError::Invalid`] where weights do not fit
    /// the detector.
    pub fn of(saved: &SavedSession, fitted: &Arc<Fitted>, name: &str) -> Result<Self, FileError> {
        let session = saved.session_on(fitted, name)?;
        let model = match session.weights() {
            Some(weights) => Model::with_weights(fitted, Arc::clone(weights)),
            None => Model::primed(fitted),
        };
        Ok(Self {
            mark: saved.journal,
            layout: saved.layout.clone(),
            embed: saved.data.embedded.is_some(),
            ..Self::new(session, Arc::new(model))
        })
    }

    /// Takes up what a file says on its table; `name` is for sentences.
    ///
    /// # Errors
    /// [`OpenError`], one sentence.
    pub fn on(
        saved: &SavedSession,
        dataset: &Arc<Dataset>,
        name: &str,
        watch: &mut dyn Watch,
    ) -> Result<Self, OpenError> {
        let fitted = saved.fit(dataset, watch)?;
        Ok(Self::of(saved, &fitted, name)?)
    }

    /// Its detector.
    pub fn fitted(&self) -> &Arc<Fitted> {
        self.model.fitted()
    }

    /// Ends every training that is due ([`Session::catch_up`]).
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so; what was trained by then is kept.
    pub fn catch_up(
        &mut self,
        watch: &mut dyn Watch,
        visitor: &mut dyn Visitor,
    ) -> Result<(), Cancelled> {
        self.model = (self.session).catch_up(Arc::clone(&self.model), watch, visitor)?;
        Ok(())
    }

    /// What its file is to say.
    pub fn saved(&self) -> SavedSession {
        SavedSession {
            calibration: self.session.calibration_of(&self.model),
            layout: self.layout.clone(),
            ..SavedSession::of(&self.session, self.fitted(), self.embed)
        }
    }
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
