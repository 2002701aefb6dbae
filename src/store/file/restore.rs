//! From what a file says to a session on its table.

use std::path::Path;
use std::sync::Arc;

use super::images::{read_images, read_model};
use super::sequences::{read_sequence_model, with_sequences};
use super::{FileError, SavedSession, SavedStep};
use crate::dataset::{Dataset, DatasetError, Origin, ReadOptions, read_path};
use crate::detector::{FitError, Fitted, SourcePerformance, Trained, Weights};
use crate::imaging::ImageModel;
use crate::network::{AdamMoments, CellTable, Layout, NetworkState};
use crate::numeric::Watch;
use crate::sequence::SequenceModel;
use crate::session::{Outcome, OutcomeDigest, Session, Step};

/// A table with the images or sequences beside its session, where its instances are such. It is
/// known from where they came, so that they can be gone on with and scored like them.
fn with_exhibits(table: Dataset, path: &Path, origin: Option<&Origin>) -> Dataset {
    if table.given_scores().is_empty() {
        return table;
    }
    match table.id_column() {
        Some("image") => {}
        Some("sequence") => return with_sequences(table.with_origin(origin.cloned()), path),
        _ => return table,
    }
    let table = table.with_origin(origin.cloned());
    match read_images(path, &table) {
        Ok(gallery) => table.with_gallery(gallery),
        Err(sentence) => table.with_notice(sentence),
    }
}

impl SavedSession {
    /// Finds the table of the session: at `elsewhere` if that is given; else in the file, where it
    /// was, or beside the session's file at `path`.
    ///
    /// # Errors
    /// [`FileError::NoTable`]; [`FileError::OtherData`] where another table is there.
    pub fn open_data(
        &self,
        path: &Path,
        elsewhere: Option<&Path>,
    ) -> Result<Arc<Dataset>, FileError> {
        let origin = self.data.origin.as_ref();
        let read = match (elsewhere, &self.data.embedded, origin) {
            (Some(elsewhere), _, Some(origin)) => origin.open_at(elsewhere),
            (Some(elsewhere), ..) => read_path(elsewhere, &ReadOptions::default()),
            (None, Some(table), _) => table.open().map(|table| with_exhibits(table, path, origin)),
            (None, None, Some(origin)) => origin.open(path.parent()),
            (None, None, None) => Err(DatasetError::NotFound(self.data.name.clone().into())),
        };
        let dataset = read.map_err(|why| {
            let name = origin.map_or_else(|| self.data.name.clone(), Origin::name);
            FileError::NoTable(name, why.to_string())
        })?;
        self.check_data(&dataset)?;
        Ok(Arc::new(dataset))
    }

    /// Whether a table is that of the session.
    fn check_data(&self, dataset: &Dataset) -> Result<(), FileError> {
        match self.data.fingerprint.difference(dataset.fingerprint()) {
            None => Ok(()),
            Some(difference) => Err(FileError::OtherData(self.differently(difference))),
        }
    }

    /// Puts the detector of the session and its table together; one that is not in the file is
    /// fitted again, as it was at first: the same data and settings give the same bits.
    ///
    /// # Errors
    /// [`FitError`]; settings or detectors of a file that do not fit the table are one.
    pub fn fit(
        &self,
        dataset: &Arc<Dataset>,
        watch: &mut dyn Watch,
    ) -> Result<Arc<Fitted>, FitError> {
        match &self.fitted {
            Some(frozen) => Ok(Arc::new(Fitted::restore(frozen, dataset, watch)?)),
            None => Fitted::fit(dataset, &self.settings, watch).map(Arc::new),
        }
    }

    /// The trained detector at its position, to score other tables with; `None` where it is not in the
    /// file and must be made with the session's own table.
    ///
    /// # Errors
    /// [`FileError::Invalid`] where weights do not fit the detector.
    pub fn trained(&self, name: &str) -> Result<Option<Trained>, FileError> {
        let (Some(frozen), Some(calibration)) = (&self.fitted, self.calibration) else {
            return Ok(None);
        };
        let weights = match &self.weights {
            Some(weights) => Arc::new(weights.clone()),
            None => Arc::clone(frozen.primed()),
        };
        let trained = Trained::of_file(Arc::clone(frozen), weights, calibration);
        let invalid = |why| FileError::Invalid(name.to_owned(), why);
        trained.map(Some).map_err(invalid)
    }

    /// What the session, whose file is at `path`, has learnt of the images that its instances are;
    /// `None` where they are none, or where it is not beside the file.
    pub fn image_model(&self, path: &Path) -> Option<ImageModel> {
        match &self.gallery {
            Some(gallery) => Some(gallery.model().clone()),
            None => read_model(path, &self.data.fingerprint.sha256),
        }
    }

    /// The same of the sequences that its instances are.
    pub fn sequence_model(&self, path: &Path) -> Option<Arc<SequenceModel>> {
        match &self.sequences {
            Some(learnt) => Some(Arc::clone(learnt.model())),
            None => read_sequence_model(path, &self.data.fingerprint.sha256),
        }
    }

    /// The session on a fitted detector, with the weights at its position.
    ///
    /// # Errors
    /// [`FileError::OtherData`] on another table, [`FileError::Invalid`] where weights do not fit
    /// the detector.
    pub(in crate::store) fn session_on(
        &self,
        fitted: &Fitted,
        name: &str,
    ) -> Result<Session, FileError> {
        self.check_data(fitted.dataset())?;
        if let Some(weights) = &self.weights {
            let fits = fitted.frozen().fits(weights, fitted.n());
            fits.map_err(|why| FileError::Invalid(name.to_owned(), why))?;
        }
        let mut session = self.outline(fitted);
        let present = self.present_revision();
        if let (Some(weights), Some(step)) = (&self.weights, present) {
            session.bring(step, weights);
        }
        Ok(session)
    }

    /// The history on a detector, without any weights: for building them all again.
    pub fn outline(&self, fitted: &Fitted) -> Session {
        self.history_from(Arc::clone(fitted.primed()))
    }

    /// The history without a detector: for what answers and notes alone can tell.
    pub fn history_alone(&self) -> Session {
        self.history_from(without_detector())
    }

    fn history_from(&self, primed: Arc<Weights>) -> Session {
        let (first, steps) = (self.first.clone(), SavedStep::all(&self.steps));
        let mut session = Session::resume(primed, self.batch, steps, self.cursor, first);
        session.set_automatic(self.automatic);
        session.set_stopping(self.stopping);
        session
    }

    /// The step with which the present revision ended.
    fn present_revision(&self) -> Option<usize> {
        let done = &self.steps[..self.cursor.min(self.steps.len())];
        done.iter()
            .rposition(|step| matches!(step.outcome, Some(OutcomeDigest::Trained(_))))
    }
}

/// Weights of no detector.
fn without_detector() -> Arc<Weights> {
    Arc::new(Weights {
        network: NetworkState {
            layout: Layout::new(0, &[], 0),
            weights: Vec::new(),
            adam: AdamMoments::default(),
        },
        cells: CellTable::default(),
        cautious: CellTable::default(),
        performance: SourcePerformance::default(),
    })
}

impl SavedStep {
    /// Steps without the weights that came of them.
    fn all(steps: &[Self]) -> Vec<Step> {
        let step = |step: &Self| Step {
            action: step.action.clone(),
            at: step.at,
            outcome: step.outcome.map(|outcome| match outcome {
                OutcomeDigest::Cancelled => Outcome::Cancelled,
                OutcomeDigest::Trained(digest) => Outcome::Unbuilt(digest),
            }),
        };
        steps.iter().map(step).collect()
    }

    /// The history of steps, so many of which are done.
    pub(super) fn history(steps: &[Self], cursor: usize) -> Session {
        let cursor = cursor.min(steps.len());
        Session::resume(without_detector(), 1, Self::all(steps), cursor, Vec::new())
    }
}
