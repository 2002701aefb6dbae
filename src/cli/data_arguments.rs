//! The words of the command line that say how data are read.

use clap::{Args, ValueEnum};

use crate::dataset::{ColumnChoice, Meaning, Missing, ReadOptions, Rules, TimePart};
use crate::imaging::ImageOptions;
use crate::sequence::{SequenceLayout, SequenceOptions};

/// How to read a table.
#[derive(Clone, Debug, Default, Args)]
pub struct DataArguments {
    /// The column with the truth (anomaly / nominal, 1 / 0, …); "none" for no such column, and for classes of images and sequences that are no truth [default: recognised by name].
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
    /// A value of the label column, or a class of images or sequences, that is an anomaly, all others
    /// being nominal; for as many values as need be.
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
    /// The sheet of a workbook, the table of a database, the file of an archive, or the array of images in one [default: the first with a table].
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
            ..ImageOptions::default()
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
            resample: self.resample,
            ..SequenceOptions::default()
        };
        (options != SequenceOptions::default()).then(|| Box::new(options))
    }
}
