//! Writing what is in a session to a file or a folder, and scoring other tables by it.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::chart::{Chart, ChartError, Format};
use crate::dataset::{Missing, Origin, ReadOptions};
use crate::disk::{exists, fs};
use crate::export::onnx::{OnnxError, write_encoder, write_model};
use crate::export::{
    Cells, Draft, ExportError, ScoreJob, ScoreReport, SessionRecord, check_apart, session_charts,
    write_charts, write_events, write_labels, write_pictures, write_report, write_scores,
    write_selection,
};
use crate::figures::Figure;
use crate::numeric::Watch;
use crate::store::Document;

/// Something that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// The chart of a figure, as it is on the screen.
    Chart(Figure),
    /// A report of the session: one page.
    Report,
    /// All charts of the session, in a folder.
    Charts,
    /// The scores of all instances.
    Scores,
    /// The answers.
    Labels,
    /// The trained model, as ONNX.
    Model,
    /// What turns sequences or images into numbers, as ONNX.
    Encoder,
    /// Where each event lies in each sequence.
    Events,
    /// These instances, with all that is known of them.
    Selection(Vec<usize>),
    /// The scores of another table.
    Table(PathBuf),
}

/// What kind of artifact it is: of each kind one is written at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtifactKind {
    /// The chart of a figure.
    Chart,
    /// A report of the session.
    Report,
    /// All charts of the session.
    Charts,
    /// What is in the session, for other programs.
    Session,
    /// Selected instances.
    Selection,
    /// The scores of another table.
    Table,
}

impl Artifact {
    /// Its kind.
    pub fn kind(&self) -> ArtifactKind {
        match self {
            Self::Chart(_) => ArtifactKind::Chart,
            Self::Report => ArtifactKind::Report,
            Self::Charts => ArtifactKind::Charts,
            Self::Scores | Self::Labels | Self::Model | Self::Encoder | Self::Events => {
                ArtifactKind::Session
            }
            Self::Selection(_) => ArtifactKind::Selection,
            Self::Table(_) => ArtifactKind::Table,
        }
    }
}

/// An artifact that is to be written.
#[derive(Clone, Debug)]
pub struct WriteRequest {
    /// What.
    pub artifact: Artifact,
    /// The session with its model.
    pub document: Document,
    /// The chart of a figure, where that is written and has been computed.
    pub chart: Option<Chart>,
    /// The file, the ending of whose name says how; or the folder.
    pub path: PathBuf,
    /// The session's own file, if it has one.
    pub own: Option<PathBuf>,
    /// Whether it may take the place of what is there.
    pub replaces: bool,
    /// Whether missing values of another table are filled as in the session's own, and not refused.
    pub fills: bool,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum WriteError {
    /// The place is that of the session's table, or of the session (which of them).
    #[error("This is the file of the {0} itself, which is read for this: write to another file.")]
    Own(&'static str),
    /// There is such a file already.
    #[error("There is a file “{}” already: press the button again to replace it, or choose another name.", .0.display())]
    Exists(PathBuf),
    /// The folder holds something already.
    #[error("There is “{}” already: press the button again to write there, or choose another name.", .0.display())]
    Occupied(PathBuf),
    /// The name of a chart's file does not say how it is written.
    #[error(
        "A chart is written as SVG, PNG or CSV: let the name of the file end in .svg, .png or .csv."
    )]
    Format,
    /// What a chart shows is not there yet.
    #[error("What this chart shows is still being computed: wait a moment.")]
    NotComputed,
    /// A chart could not be made into pixels.
    #[error("Nothing was written, as {0}: try SVG.")]
    Pixels(#[from] ChartError),
    /// It could not be made or written.
    #[error("{}", sentence(.0))]
    Export(#[from] ExportError),
    /// There is no ONNX model of the detector.
    #[error("{}", sentence(.0))]
    Model(#[from] OnnxError),
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// The chart of a figure.
    Chart,
    /// A report.
    Report,
    /// All charts.
    Charts,
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

impl WriteRequest {
    /// Writes the artifact; whatever goes wrong, a file that was there is untouched.
    ///
    /// # Errors
    /// [`WriteError`], one sentence.
    pub fn run(self, watch: &mut dyn Watch) -> Result<Written, WriteError> {
        // It may have been cancelled while it waited.
        watch.step("writing", 0, 1).map_err(ExportError::from)?;
        self.check_place()?;
        let (session, model) = (&self.document.session, &self.document.model);
        let (dataset, path) = (model.fitted().dataset(), &self.path);
        Ok(match &self.artifact {
            Artifact::Chart(_) => {
                let chart = self.chart.as_ref().ok_or(WriteError::NotComputed)?;
                let format = Format::of(path).ok_or(WriteError::Format)?;
                Draft::write(path, &chart.bytes(format)?)?;
                Written::Chart
            }
            Artifact::Report => {
                write_report(path, &self.record(watch)?)?;
                Written::Report
            }
            Artifact::Charts => {
                let record = self.record(watch)?;
                write_charts(path, &session_charts(&record))?;
                write_pictures(path, &record)?;
                Written::Charts
            }
            Artifact::Scores => {
                write_scores(model, &session.answers(), path, CELLS, watch)?;
                Written::Scores(dataset.n_instances())
            }
            Artifact::Labels => Written::Labels(write_labels(dataset, session, path, CELLS)?),
            Artifact::Model => {
                let images = dataset.gallery().map(|gallery| gallery.model());
                Written::Model(write_model(&model.trained(), images, path)?)
            }
            Artifact::Encoder => Written::Model(write_encoder(dataset, path)?),
            Artifact::Events => Written::Events(write_events(dataset, session, path, CELLS)?),
            Artifact::Selection(instances) => {
                Written::Selection(write_selection(model, session, instances, path, CELLS)?)
            }
            Artifact::Table(table) => Written::Table(table.clone(), self.score(table, watch)?),
        })
    }

    /// Checks that nothing is written over the table, the session, or unasked over what is there.
    fn check_place(&self) -> Result<(), WriteError> {
        let dataset = self.document.model.fitted().dataset();
        let table = dataset.origin().and_then(Origin::path);
        for (own, what) in [(table.as_ref(), "table"), (self.own.as_ref(), "session")] {
            if check_apart(&self.path, own.as_slice()).is_err() {
                return Err(WriteError::Own(what));
            }
        }
        match self.replaces || !exists(&self.path) {
            true => Ok(()),
            false if self.artifact != Artifact::Charts => {
                Err(WriteError::Exists(self.path.clone()))
            }
            false if is_empty_folder(&self.path) => Ok(()),
            false => Err(WriteError::Occupied(self.path.clone())),
        }
    }

    /// The session with every revision built again.
    fn record(&self, watch: &mut dyn Watch) -> Result<SessionRecord, ExportError> {
        Ok(SessionRecord::of(&self.document, watch)?)
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

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// A phrase as a sentence on the screen.
fn sentence(phrase: &impl ToString) -> String {
    let phrase = phrase.to_string();
    let mut letters = phrase.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let mut sentence = first.unwrap_or_default() + letters.as_str();
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::LineChart;
    use crate::dataset::toys;
    use crate::detector::{Fitted, Settings};
    use crate::numeric::{Cancelled, Unwatched};
    use std::sync::Arc;

    /// A session that is saved in `folder`, and a chart of it that is to be written there.
    fn request(folder: &Path) -> WriteRequest {
        let dataset = Arc::new(toys()[0].open());
        let fitted = Fitted::fit(&dataset, &Settings::default(), &mut Unwatched);
        let own = folder.join("own.glad");
        fs::write(&own, "a session").expect("room");
        WriteRequest {
            artifact: Artifact::Chart(Figure::Discovery),
            document: Document::begin(&Arc::new(fitted.expect("a fit")), 1),
            chart: Some(Chart::Line(LineChart::default())),
            path: PathBuf::new(),
            own: Some(own),
            replaces: false,
            fills: false,
        }
    }

    fn write(
        request: &WriteRequest,
        artifact: Artifact,
        path: &Path,
        replaces: bool,
    ) -> Result<Written, WriteError> {
        let request = WriteRequest {
            artifact,
            path: path.to_owned(),
            replaces,
            ..request.clone()
        };
        request.run(&mut Unwatched)
    }

    #[test]
    fn a_file_is_replaced_only_when_that_was_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let request = request(folder.path());
        let chart = || Artifact::Chart(Figure::Discovery);
        for (name, artifact, begins) in [
            ("a.svg", chart(), "<svg"),
            ("a.png", chart(), "\u{fffd}PNG"),
            ("a.csv", chart(), "series,"),
            ("b.csv", Artifact::Scores, "id,score,"),
            ("b.html", Artifact::Report, "<!DOCTYPE"),
        ] {
            let path = folder.path().join(name);
            write(&request, artifact.clone(), &path, false).expect("room");
            let bytes = fs::read(&path).expect("the file");
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(text.starts_with(&begins.to_lowercase()), "{name}");
            let again = write(&request, artifact.clone(), &path, false);
            assert_eq!(again, Err(WriteError::Exists(path.clone())));
            write(&request, artifact, &path, true).expect("room");
        }
        let files = fs::read_dir(folder.path()).expect("a folder");
        assert_eq!(files.count(), 6, "and nothing else is left");
        let pdf = write(&request, chart(), &folder.path().join("a.pdf"), true);
        assert_eq!(pdf, Err(WriteError::Format));
        let told = write(&request, chart(), &folder.path().join("gone/a.svg"), true);
        let told = told.expect_err("no folder").to_string();
        assert!(told.contains("the folder is gone"), "{told}");
    }

    #[test]
    fn a_folder_is_written_into_unasked_only_while_it_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let request = request(folder.path());
        let path = folder.path().join("charts");
        fs::create_dir(&path).expect("room");
        let write = |replaces| write(&request, Artifact::Charts, &path, replaces);
        assert_eq!(write(false), Ok(Written::Charts));
        assert_eq!(write(false), Err(WriteError::Occupied(path.clone())));
        assert_eq!(write(true), Ok(Written::Charts));
    }

    #[test]
    fn nothing_is_written_over_the_session() {
        let folder = tempfile::tempdir().expect("a folder");
        let request = request(folder.path());
        let own = request.own.clone().expect("a file");
        for artifact in [
            Artifact::Chart(Figure::Discovery),
            Artifact::Report,
            Artifact::Charts,
            Artifact::Scores,
            Artifact::Selection(vec![0]),
        ] {
            let written = write(&request, artifact, &own, true);
            assert_eq!(written, Err(WriteError::Own("session")));
        }
        assert_eq!(fs::read(&own).expect("the session"), b"a session");
    }

    #[test]
    fn what_was_cancelled_while_it_waited_is_not_written() {
        struct Stopped;
        impl Watch for Stopped {
            fn step(&mut self, _: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
                Err(Cancelled)
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.svg");
        let request = WriteRequest {
            path: path.clone(),
            ..request(folder.path())
        };
        let cancelled = Err(WriteError::Export(ExportError::Cancelled(Cancelled)));
        assert_eq!(request.run(&mut Stopped), cancelled);
        assert!(!path.exists());
    }
}
