//! Writing what is in a session for others, and scoring other tables by it.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::dataset::{Missing, Origin, ReadOptions};
use crate::disk::exists;
use crate::export::onnx::{OnnxError, write_encoder, write_model};
use crate::export::{
    Cells, ExportError, ScoreJob, ScoreReport, check_apart, write_events, write_labels,
    write_scores, write_selection,
};
use crate::numeric::Watch;
use crate::store::Document;

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// The answers.
    Labels,
    /// The scores of all instances.
    Scores,
    /// The trained model, as ONNX.
    Model,
    /// What turns sequences into numbers, as ONNX.
    Encoder,
    /// Where each event lies in each sequence.
    Events,
    /// The scores of another table.
    Table(PathBuf),
    /// These instances, with all that is known of them.
    Selection(Vec<usize>),
}

/// Something that is to be written to a file.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// What.
    pub what: Export,
    /// The session with its model.
    pub document: Document,
    /// The file; the ending of its name says how.
    pub path: PathBuf,
    /// The session's own file, if it has one.
    pub own: Option<PathBuf>,
    /// Whether it may take the place of a file that is there.
    pub replaces: bool,
    /// Whether missing values of another table are filled as in the session's own, and not refused.
    pub fills: bool,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum WriteError {
    /// There is such a file already.
    #[error("There is a file “{}” already: press the button again to replace it, or choose another name.", .0.display())]
    Exists(PathBuf),
    /// It could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// There is no ONNX model of the detector.
    #[error(transparent)]
    Model(#[from] OnnxError),
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// So many answers.
    Labels(usize),
    /// The scores of so many instances.
    Scores(usize),
    /// A model of so many bytes.
    Model(usize),
    /// So many selected instances.
    Selection(usize),
    /// So many events, in all sequences.
    Events(usize),
    /// The scores of this other table.
    Table(PathBuf, ScoreReport),
}

impl ExportRequest {
    /// Writes the file; whatever goes wrong, one that was there is untouched.
    ///
    /// # Errors
    /// [`WriteError`], one sentence.
    pub fn run(self, watch: &mut dyn Watch) -> Result<Written, WriteError> {
        let dataset = self.document.model.fitted().dataset();
        let table = dataset.origin().and_then(Origin::path);
        let inputs: Vec<PathBuf> = table.into_iter().chain(self.own.clone()).collect();
        check_apart(&self.path, &inputs)?;
        if exists(&self.path) && !self.replaces {
            return Err(WriteError::Exists(self.path));
        }
        Ok(match self.what {
            Export::Labels => Written::Labels(write_labels(
                dataset,
                &self.document.session,
                &self.path,
                CELLS,
            )?),
            Export::Scores => {
                let answers = self.document.session.answers();
                write_scores(&self.document.model, &answers, &self.path, CELLS, watch)?;
                Written::Scores(dataset.n_instances())
            }
            Export::Model => {
                let images = dataset.gallery().map(|gallery| gallery.model());
                Written::Model(write_model(
                    &self.document.model.trained(),
                    images,
                    &self.path,
                )?)
            }
            Export::Selection(ref instances) => Written::Selection(write_selection(
                &self.document.model,
                &self.document.session,
                instances,
                &self.path,
                CELLS,
            )?),
            Export::Events => Written::Events(write_events(
                dataset,
                &self.document.session,
                &self.path,
                CELLS,
            )?),
            Export::Encoder => Written::Model(write_encoder(dataset, &self.path)?),
            Export::Table(ref table) => {
                let report = self.score(table, watch)?;
                Written::Table(table.clone(), report)
            }
        })
    }

    /// Scores another table.
    fn score(&self, table: &Path, watch: &mut dyn Watch) -> Result<ScoreReport, ExportError> {
        let dataset = self.document.model.fitted().dataset();
        let own = dataset
            .origin()
            .map(Origin::read_options)
            .unwrap_or_default();
        let missing = match self.fills {
            true => Missing::Median,
            false => Missing::Refuse,
        };
        let options = ReadOptions {
            missing,
            ..ReadOptions::default().like(&own)
        };
        let job = ScoreJob {
            trained: &self.document.model.trained(),
            table,
            options: &options,
            encoder: dataset.encoder(),
            output: &self.path,
            cells: CELLS,
            rows: None,
        };
        job.run(watch)
    }
}

/// What spreadsheets would run is defused; `glad export --raw-text` leaves it.
const CELLS: Cells = Cells::Defused;
