//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::inputs::{SettingsArguments, kinds};
use super::{
    AlignArguments, CompletionsArguments, ContinueArguments, DataArguments, ExperimentArguments,
    ExportArguments, InfoArguments, InspectArguments, LabelArguments, ManualArguments,
    MergeArguments, RankArguments, ScoreArguments, TableLocation,
};
use crate::detector::{Method, Preset};
use crate::ensemble::EnsembleSettings;
use crate::session::Strategy;

/// Find the anomalies in your data by answering a few questions.
///
/// Without a command it opens the window, on FILE or on a bundled toy table.
#[derive(Debug, Parser)]
#[command(name = "glad", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The table to open (CSV, Parquet, Arrow, Excel, OpenDocument, SQLite, JSON lines, ARFF, NumPy; packed by gzip, zstd or zip too), or a session (.glad).
    pub file: Option<PathBuf>,
    /// How to read it.
    #[command(flatten)]
    pub data: DataArguments,
    /// Ready-made settings for tables that are opened, detectors and learner together [default: default].
    #[arg(long, value_enum, value_name = "NAME")]
    pub preset: Option<Preset>,
}

/// A headless command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Replay the labelling loop with an oracle that answers from the label column; of a session
    /// file, check that it reproduces itself to the bit (exit status 1 if not).
    Replay(ReplayArguments),
    /// Replay many tables by several methods with several seeds, and compare what they find.
    Experiment(ExperimentArguments),
    /// Label in the terminal; every answer is on the disk before it is confirmed.
    Label(LabelArguments),
    /// Say what a file is and what its columns mean, and why, without opening it as a table.
    Inspect(InspectArguments),
    /// Say what is in a session file.
    Info(InfoArguments),
    /// Write what a session has come to, for people and other programs: answers, scores, the
    /// trained model, a report, charts.
    Export(ExportArguments),
    /// Put two analysts' sessions on the same table together.
    Merge(MergeArguments),
    /// Go on with another table of the same columns, such as the next day's.
    Continue(ContinueArguments),
    /// Fit and rank a table without a single answer, and write the scores.
    Rank(RankArguments),
    /// Align sequences in time, and write each moment's phase and deviation.
    Align(AlignArguments),
    /// Score another table by a trained session.
    Score(ScoreArguments),
    /// The bundled toy tables.
    #[command(subcommand)]
    Datasets(DatasetsCommand),
    /// Print the completions of a shell, for its folder of completions.
    Completions(CompletionsArguments),
    /// Write the manual pages, one for each command.
    Manual(ManualArguments),
}

/// What to do with the bundled toy tables.
#[derive(Debug, Subcommand)]
pub enum DatasetsCommand {
    /// List them.
    List,
    /// Write them into a folder, bit for bit as they are bundled.
    Write {
        /// The folder; made where it is not there.
        dir: PathBuf,
    },
}

/// What to replay, and how.
#[derive(Clone, Debug, Args)]
pub struct ReplayArguments {
    /// A table with ground truth, the name of a bundled toy table, or a session file.
    pub data: PathBuf,
    /// Save the session of the replay.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Put the table into the saved session too.
    #[arg(long, requires = "save")]
    pub embed: bool,
    /// Queries to spend [default: 60, or all instances of a smaller table].
    #[arg(long)]
    pub budget: Option<usize>,
    /// Answers between trainings.
    #[arg(long, default_value_t = 1)]
    pub batch: usize,
    /// How the instances of a round (--batch of them) are picked from the candidates.
    #[arg(long, value_enum, default_value_t = Strategy::Top)]
    pub strategy: Strategy,
    /// Replays, each with the next seed.
    #[arg(long, default_value_t = 1)]
    pub seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// The fraction of instances assumed anomalous [default: 0.03].
    #[arg(long)]
    pub tau: Option<f64>,
    /// Use the four fixed directions of the paper's toy figure instead of drawn ones (tables of two features).
    #[arg(long, value_enum)]
    pub projections: Option<ProjectionsArgument>,
    /// The detectors, such as loda+hbos+iforest:30 [default: loda:15*0.02+iforest:150+eif:75*0.6].
    #[arg(long, value_name = "KINDS", long_help = kinds(), conflicts_with = "projections")]
    pub ensemble: Option<EnsembleSettings>,
    /// How member scores are weighed [default: glad].
    #[arg(long, value_enum)]
    pub method: Option<Method>,
    /// Print one JSON object a line and a seed.
    #[arg(long)]
    pub json: bool,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// Of a session file: where its table is.
    #[command(flatten)]
    pub location: TableLocation,
    /// How to read the table.
    #[command(flatten)]
    pub reading: DataArguments,
}

/// Projections that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProjectionsArgument {
    /// The paper's four directions.
    Paper,
}
