//! What an artifact is called, and where it goes.

use super::{Artifact, ArtifactKind, View};
use crate::chart::{Format, file_name};

/// What there is to say of an artifact.
struct Entry {
    name: &'static str,
    meaning: &'static str,
    /// The last word of its file's name.
    word: &'static str,
    endings: &'static [&'static str],
}

impl Artifact {
    /// Every artifact of [`ArtifactKind::Session`].
    pub const OF_SESSION: [Self; 5] = [
        Self::Scores,
        Self::Labels,
        Self::Model,
        Self::Encoder,
        Self::Events,
    ];

    fn entry(&self) -> Entry {
        let (name, meaning, word, endings): (_, _, _, &[_]) = match self {
            Self::Chart(_) => (
                "Chart",
                "The chart of a figure, or the data behind it",
                "chart",
                &["svg", "png", "csv"],
            ),
            Self::Report => (
                "Report",
                "One page of HTML that needs no network, for the screen and for print: data and settings, how it went, maps, and each found anomaly with its explanation and note.",
                "report",
                &["html"],
            ),
            Self::Charts => (
                "All charts",
                "Every chart of the session as SVG and PNG, with its data as CSV, and a list of what each shows.",
                "charts",
                &[],
            ),
            Self::Scores => (
                "Scores of all instances",
                "Score, rank, label, most relevant member, and what each member says: a name that ends in .csv or .parquet",
                "scores",
                &["csv", "parquet"],
            ),
            Self::Labels => (
                "Your answers",
                "Answers with confidence, note and time: a name that ends in .csv",
                "answers",
                &["csv"],
            ),
            Self::Model => (
                "Trained model",
                "Features (of images pixels) in; score, member scores and relevance out, for ONNX Runtime in any language: a name that ends in .onnx",
                "model",
                &["onnx"],
            ),
            Self::Encoder => (
                "Encoder",
                "A sequence or image in; its features, and what the detectors say that follow from the networks out: a name that ends in .onnx",
                "encoder",
                &["onnx"],
            ),
            Self::Events => (
                "Events in all sequences",
                "Each event that you marked, where it lies in each sequence, with its phase: a name that ends in .csv",
                "events",
                &["csv"],
            ),
            Self::Selection(_) => (
                "Selected rows",
                "rank, score, answer and note of each, and its features; the most anomalous first.",
                "selected",
                &["csv"],
            ),
            Self::Table(_) => (
                "Scores of another table",
                "As the scores of all instances",
                "scores",
                &["csv", "parquet"],
            ),
        };
        Entry {
            name,
            meaning,
            word,
            endings,
        }
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.entry().name
    }

    /// What is in it, and how it is written.
    pub fn meaning(&self) -> &'static str {
        self.entry().meaning
    }

    /// The endings of its files, the usual one first; none where it is a folder.
    pub fn endings(&self) -> &'static [&'static str] {
        self.entry().endings
    }

    /// Whether instances have it: events are of sequences alone, encoders of these and of images.
    pub fn is_of(&self, workspace: View<'_>) -> bool {
        let dataset = workspace.dataset();
        match self {
            Self::Events => dataset.sequences().is_some(),
            Self::Encoder => dataset.encoder().is_some(),
            _ => true,
        }
    }

    /// The name of its file, of a chart in this format; `None` while there is none to take it from.
    pub(super) fn file_name(&self, workspace: View<'_>, format: Option<Format>) -> Option<String> {
        let Entry { word, endings, .. } = self.entry();
        let table = workspace.dataset().name();
        let name = match self {
            Self::Chart(figure) => {
                let figure = workspace.figure_name(*figure);
                let revision = workspace.session().revision();
                file_name(&format!("{table} {figure} {revision}"))
            }
            Self::Table(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
                format!("{}-{word}", file_name(stem))
            }
            _ => format!("{}-{word}", file_name(table)),
        };
        let chosen = format.filter(|_| matches!(self, Self::Chart(_)));
        let ending = chosen.map(Format::ending).or(endings.first().copied());
        Some(match ending {
            Some(ending) => format!("{name}.{ending}"),
            None => name,
        })
    }
}

impl ArtifactKind {
    /// What is done, as the subject of a sentence.
    pub(super) fn deed(self) -> &'static str {
        match self {
            Self::Chart => "Writing the chart",
            Self::Report | Self::Charts => "Writing the report",
            Self::Session | Self::Selection | Self::Table => "The export",
        }
    }
}
