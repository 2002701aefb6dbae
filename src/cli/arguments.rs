//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::inputs::SettingsArguments;
use super::{
    AlignArguments, CompletionsArguments, ContinueArguments, ExperimentArguments, ExportArguments,
    InfoArguments, InspectArguments, LabelArguments, ManualArguments, MergeArguments,
    PresetArgument, RankArguments, ScoreArguments, TableLocation,
};
use crate::dataset::{ColumnChoice, Meaning, Missing, ReadOptions, Rules, TimePart};
use crate::detector::Method;
use crate::ensemble::{EnsembleSettings, KINDS};
use crate::imaging::ImageOptions;
use crate::sequence::{SequenceLayout, SequenceOptions};
use crate::session::Strategy;

/// What --ensemble takes.
pub(super) fn kinds() -> String {
    let lines = KINDS.map(|kind| format!("  {:<13} {}\n", kind.usual(), kind.scores));
    let lines = lines.concat();
    let default = EnsembleSettings::default();
    format!(
        "The detectors, as kind[:count][*weight] with + between, such as loda+hbos+iforest:30*0.5: \
         the count is that of the kind, the weight (1 where none is written) the spread of its \
         scores beside the others'.\n\n{lines}\n[default: {default}]"
    )
}

/// Find the anomalies in a table by answering a few questions.
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
    pub preset: Option<PresetArgument>,
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

/// How to read a table.
#[derive(Clone, Debug, Default, Args)]
pub struct DataArguments {
    /// The column with the truth (anomaly / nominal, 1 / 0, …); "none" for no such column [default: recognised by name].
    #[arg(long, value_name = "NAME")]
    pub label: Option<String>,
    /// The column that names the rows; "none" for no such column [default: recognised by name].
    #[arg(long, value_name = "NAME")]
    pub id: Option<String>,
    /// The character between fields; "tab" for a tabulator [default: recognised].
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// Whether the first row names the columns [default: recognised].
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    pub header: Option<bool>,
    /// Fill missing values with the median of their column instead of refusing the table.
    #[arg(long)]
    pub impute: bool,
    /// Read every Nth row only, from the first on: for a table that does not fit into memory.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub every: Option<u32>,
    /// What a column means: number, category, time, id, label or out; for as many columns as need be.
    #[arg(long, value_name = "NAME=MEANING", value_parser = column)]
    pub column: Vec<(String, Meaning)>,
    /// A value of the label column that is an anomaly, all others being nominal; for as many values
    /// as need be.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub anomaly: Vec<String>,
    /// A number or word that stands for a missing value, such as -999; for as many as need be.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub missing: Vec<String>,
    /// The decimal mark, . or , [default: recognised].
    #[arg(long, value_name = "MARK", value_parser = decimal)]
    pub decimal: Option<u8>,
    /// The encoding of the text, such as windows-1252 [default: recognised].
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// A feature that is made of a column of times: its hour of the day, its weekday (1 for Monday to
    /// 7 for Sunday), or its step, the seconds since the row before; for as many as need be.
    #[arg(long, value_name = "NAME=hour|weekday|step", value_parser = time_feature)]
    pub time_feature: Vec<(String, TimePart)>,
    /// The sheet of a workbook, the table of a database, or the file of an archive [default: the first with a table].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// How a table of text holds sequences: "lines" for one a line, the class first (UCR), or
    /// "long" for one moment a line, with the sequence in the column --id and its class in the
    /// column --label; "frames" for a folder of folders of pictures, the frames of a video each.
    /// Files .ts, arrays .npy and .npz and folders of CSV files need no word.
    #[arg(long, value_name = "lines|long|frames", value_enum)]
    pub sequences: Option<SequencesArgument>,
    /// The column of the time of a moment, for --sequences long.
    #[arg(long, value_name = "NAME", requires = "sequences")]
    pub time: Option<String>,
    /// The column of the phase of a moment, for --sequences long.
    #[arg(long, value_name = "NAME", requires = "sequences")]
    pub phase: Option<String>,
    /// The columns of the channels, for --sequences long, with commas between [default: all others of numbers].
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        requires = "sequences"
    )]
    pub channels: Vec<String>,
    /// Resample sequences whose times are uneven instead of refusing them.
    #[arg(long)]
    pub resample: bool,
    /// How to read images.
    #[command(flatten)]
    pub images: ImageArguments,
}

/// How to read images, where the data are a folder or archive of pictures, or an array of images.
#[derive(Clone, Debug, Default, Args)]
pub struct ImageArguments {
    /// Of images: the side in pixels to which they are brought, 28, 32 or 64 [default: the next to their own].
    #[arg(long, value_name = "PIXELS")]
    pub side: Option<usize>,
    /// Of images: whether colours are left out [default: where there are none].
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    pub grey: Option<bool>,
    /// Of images and sequences in classes: a class that is nominal; all others are anomalies [default: what the words say].
    #[arg(long, value_name = "CLASS")]
    pub nominal: Vec<String>,
    /// Of images: leave out files that do not read.
    #[arg(long)]
    pub skip_broken: bool,
    /// Of images: how often their networks see each image, at most [default: 60].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub epochs: Option<u32>,
    /// Of large images: cut them into patches of 64 × 64, so many pixels apart, in the place of bringing them to one size; an image's score is that of its most unusual tenth of patches.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub patches: Option<u16>,
    /// Of images: also find each one again as AnoGAN was published, by 500 steps, for two more members; it takes about a second for three images.
    #[arg(long)]
    pub mapping: bool,
}

/// How a table of text holds sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SequencesArgument {
    /// One sequence a line.
    Lines,
    /// One moment a line.
    Long,
    /// One folder of pictures a sequence.
    Frames,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        _ => match text.as_bytes() {
            [byte] => Ok(*byte),
            _ => Err("a delimiter is one ASCII character, or \"tab\"".to_owned()),
        },
    }
}

fn decimal(text: &str) -> Result<u8, String> {
    match text {
        "." | "point" => Ok(b'.'),
        "," | "comma" => Ok(b','),
        _ => Err("a decimal mark is a point or a comma".to_owned()),
    }
}

fn column(text: &str) -> Result<(String, Meaning), String> {
    named(text, &Meaning::ALL, Meaning::name).ok_or_else(|| {
        let words = Meaning::ALL.map(Meaning::name).join(", ");
        format!("say NAME=MEANING, where the meaning is one of {words}")
    })
}

fn time_feature(text: &str) -> Result<(String, TimePart), String> {
    named(text, &TimePart::ALL, TimePart::name).ok_or_else(|| {
        let words = TimePart::ALL.map(TimePart::name).join(", ");
        format!("say NAME=PART, where the part is one of {words}")
    })
}

/// A column and one of some words, with = between.
fn named<T: Copy>(text: &str, all: &[T], name: fn(T) -> &'static str) -> Option<(String, T)> {
    let (column, word) = text.rsplit_once('=')?;
    let meant = all.iter().find(|one| name(**one) == word.trim())?;
    Some((column.trim().to_owned(), *meant))
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("say yes or no".to_owned()),
    }
}

impl ImageArguments {
    /// The same as options of the reader of images.
    pub fn options(&self) -> ImageOptions {
        ImageOptions {
            side: self.side,
            grey: self.grey,
            nominal: self.nominal.clone(),
            skip_broken: self.skip_broken,
            epochs: self.epochs,
            patches: self.patches.map(usize::from),
            mapping: self.mapping,
        }
    }
}

impl DataArguments {
    /// The same as options of the reader.
    pub fn read_options(&self) -> ReadOptions {
        let choice = |name: &Option<String>| match name.as_deref() {
            None => ColumnChoice::Recognise,
            Some("none") => ColumnChoice::Absent,
            Some(name) => ColumnChoice::Named(name.to_owned()),
        };
        ReadOptions {
            delimiter: self.delimiter,
            header: self.header,
            label: choice(&self.label),
            id: choice(&self.id),
            missing: if self.impute {
                Missing::Median
            } else {
                Missing::Refuse
            },
            every: self.every,
            sheet: self.sheet.clone(),
            images: Some(self.images.options())
                .filter(|asked| *asked != ImageOptions::default())
                .map(Box::new),
            sequences: self.sequence_options(),
            rules: Rules::Meaning,
            decimal: self.decimal,
            encoding: self.encoding.clone(),
            fillers: self.missing.clone(),
            anomalies: self.anomaly.clone(),
            columns: self.column.clone(),
            time_features: self.time_feature.clone(),
        }
    }

    fn sequence_options(&self) -> Option<Box<SequenceOptions>> {
        let named = |name: &Option<String>| name.clone().filter(|name| name != "none");
        let layout = self.sequences.map(|layout| match layout {
            SequencesArgument::Lines => SequenceLayout::Lines,
            SequencesArgument::Frames => SequenceLayout::Frames,
            SequencesArgument::Long => SequenceLayout::Long {
                id: self.id.clone().unwrap_or_else(|| "id".to_owned()),
                time: self.time.clone(),
                class: named(&self.label),
                phase: self.phase.clone(),
                channels: self.channels.clone(),
            },
        });
        let options = SequenceOptions {
            layout,
            nominal: self.images.nominal.first().cloned(),
            interpolate: false,
            resample: self.resample,
        };
        (options != SequenceOptions::default()).then(|| Box::new(options))
    }
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
    #[arg(long, value_enum, default_value_t = StrategyArgument::Top)]
    pub strategy: StrategyArgument,
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
    pub method: Option<MethodArgument>,
    /// Print one JSON object a line and a seed.
    #[arg(long)]
    pub json: bool,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// Of a session file: where its table is.
    #[command(flatten)]
    pub place: TableLocation,
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

/// Methods by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MethodArgument {
    /// Relevance by place.
    Glad,
    /// Uniform relevance, no feedback.
    Baseline,
    /// One weight a member.
    Aad,
}

/// Strategies by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StrategyArgument {
    /// The candidates with the highest scores.
    Top,
    /// The best one, then always the one farthest from those picked.
    Diverse,
    /// The best one of each most relevant member, in turn.
    Member,
}

impl From<StrategyArgument> for Strategy {
    fn from(strategy: StrategyArgument) -> Self {
        match strategy {
            StrategyArgument::Top => Self::Top,
            StrategyArgument::Diverse => Self::Diverse,
            StrategyArgument::Member => Self::Member,
        }
    }
}

impl From<MethodArgument> for Method {
    fn from(method: MethodArgument) -> Self {
        match method {
            MethodArgument::Glad => Self::Glad,
            MethodArgument::Baseline => Self::Baseline,
            MethodArgument::Aad => Self::Aad,
        }
    }
}
