//! Everything that can be wrong with a table, one sentence each.

use std::path::PathBuf;

use thiserror::Error;

use crate::imaging::ImageError;
use crate::numeric::Cancelled;
use crate::sequence::SequenceError;

use super::text::{list, printable, quote};
use super::{MAX_CELLS, MAX_COLUMNS, MIN_FEATURES, MIN_INSTANCES, TimePart};

/// Why a table cannot be read or written; `Display` is one sentence with the place and the remedy.
///
/// A line is the 1-based line of the file on which the record starts. Texts of the file are cut at
/// 40 characters and escaped when shown.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// Images do not read.
    #[error(transparent)]
    Images(#[from] ImageError),
    /// A detector of images is to score something else (where).
    #[error("“{}” holds no images, but the detector was trained on images: name a folder, an archive or an array of images.", .0.display())]
    NoImages(PathBuf),
    /// A detector of sequences is to score images (where).
    #[error("“{}” holds images, but the detector was trained on sequences: name a file of sequences, or say how it holds them (--sequences).", .0.display())]
    NoSequences(PathBuf),
    /// A detector of a table is to score images (where).
    #[error("“{}” holds images or sequences, but the detector was trained on something else: name a file of that kind.", .0.display())]
    NoTable(PathBuf),
    /// What was learnt of images is not at hand (what was to be scored).
    #[error("The images in “{}” cannot be scored: the networks that learnt from the images of the session are in the file .images beside it, which is not there or not its own.", .0.display())]
    NotLearnt(PathBuf),
    /// An option is for another kind of source (the option, what it is for, what is read).
    #[error("The option {0} is for {1}, and what is to be read is {2}: leave it away.")]
    NotFor(&'static str, &'static str, &'static str),
    /// Two options contradict each other.
    #[error("The options {0} and {1} contradict each other: leave one away.")]
    NotBoth(&'static str, &'static str),
    /// Features of a detector are not those of images.
    #[error(
        "The detector was trained on other features than those of images: open the images again."
    )]
    NotOfImages,
    /// No sequence is of a class that was to be nominal or an anomaly (the class, those that there are).
    #[error("No sequence is of the class {}, which was named: choose among {}.", quote(.0), quotes(.1))]
    NoSuchClass(String, Vec<String>),
    /// Images and sequences are not scored row by row (which of them).
    #[error(
        "A session of {0} does not go on with other ones: open them as one set with the old ones, or score them by it (glad score)."
    )]
    OneByOne(&'static str),
    /// A channel that was learnt from is not there (the channel, those that there are).
    #[error("There is no channel {}, which the detector was trained on; there are {}.", quote(.0), quotes(.1))]
    NoSuchChannel(String, Vec<String>),
    /// What was learnt of sequences is not at hand (what was to be scored).
    #[error("The sequences in “{}” cannot be scored: what was learnt from the sequences of the session is in the file .sequences beside it, which is not there or not its own.", .0.display())]
    SequencesNotLearnt(PathBuf),
    /// A table of moments is too long to be gathered (its name).
    #[error(
        "The table “{0}” of moments has more than 2 GiB as text: split it, or write its sequences one a line (--sequences lines)."
    )]
    LongSequences(String),
    /// Features of a detector are not those of sequences.
    #[error(
        "The detector was trained on other features than those of sequences: open the sequences again."
    )]
    NotOfSequences,
    /// Sequences do not read.
    #[error(transparent)]
    Sequences(#[from] SequenceError),
    /// The path leads nowhere (path).
    #[error("There is no file {}: check the path.", path(.0))]
    NotFound(PathBuf),
    /// The path leads to a folder (path).
    #[error("{} is a folder: choose a table in it.", path(.0))]
    Folder(PathBuf),
    /// The user may not read the file (path).
    #[error("There is no permission to read {}: grant it, or copy the file.", path(.0))]
    NoPermission(PathBuf),
    /// Reading failed midway (table, the system's words).
    #[error("Reading {} failed ({}): check that the file is still there.", quote(.0), printable(.1))]
    Unreadable(String, String),
    /// A file of another format than text does not read (table, the format, the reader's words).
    #[error("{} is a damaged or unfinished {} ({}): copy it again.", quote(.0), .1, printable(.2))]
    Damaged(String, &'static str, String),
    /// What is packed cannot be unpacked here (table, why and what would be right).
    #[error("{} cannot be read as it is packed: {}.", quote(.0), .1)]
    Packed(String, String),
    /// The file is something else than a table (table, what it is, what would be right).
    #[error("{} is {}: {}.", quote(.0), .1, .2)]
    Foreign(String, &'static str, &'static str),
    /// A workbook or archive lacks the chosen sheet (table, the sheet, those that there are).
    #[error("{} has no sheet {}: {}.", quote(.0), quote(.1), sheets(.2))]
    NoSuchSheet(String, String, Vec<String>),
    /// A file that may have several tables has none (table, what it has).
    #[error("{} has no table to read ({}): choose another file, or write the table to one.", quote(.0), printable(.1))]
    NoTableIn(String, String),
    /// A record of JSON does not read (line, the parser's words).
    #[error("The JSON record on line {} does not read ({}): each record is to be an object of names and values.", .0, printable(.1))]
    Json(u64, String),
    /// A line of ARFF does not read (line, why).
    #[error("Line {0} of the ARFF file does not read: {1}.")]
    Arff(u64, String),
    /// Writing failed (path, the system's words).
    #[error("Writing {} failed ({}): choose a folder with room and permission.", path(.0), printable(.1))]
    Unwritable(PathBuf, String),
    /// A file of this name holds something else (path).
    #[error("{} exists already and is different: remove it, or choose another folder.", path(.0))]
    Occupied(PathBuf),

    /// The file has no record (table).
    #[error("{} is empty: a table needs a header and at least {MIN_INSTANCES} rows.", quote(.0))]
    Empty(String),
    /// The file has a header and nothing else (table).
    #[error("{} has a header but no rows: it needs at least {MIN_INSTANCES}.", quote(.0))]
    HeaderOnly(String),
    /// There are too few rows (how many).
    #[error("The table has {} where at least {MIN_INSTANCES} are needed.", count(*.0, "row"))]
    TooFewInstances(usize),
    /// The bytes are not text (table, what they seem to be).
    #[error("{} is {}, not CSV text: save it as CSV in UTF-8.", quote(.0), .1)]
    NotText(String, &'static str),
    /// A text is not UTF-8 (line).
    #[error(
        "Line {0} is not UTF-8 text: save the file in UTF-8, or name its encoding (--encoding)."
    )]
    NotUtf8(u64),
    /// There is no encoding of this name (the name).
    #[error("There is no encoding {}: name one of those of the web, such as utf-8, windows-1252, iso-8859-2, shift_jis or gb18030.", quote(.0))]
    Encoding(String),
    /// A quotation mark swallows lines that look like records (its line).
    #[error(
        "A quotation mark on line {0} is not closed before lines that look like rows of the table: close it, or remove it."
    )]
    OpenQuote(u64),
    /// A record does not end within 16 MiB (line).
    #[error(
        "The record on line {0} does not end within 16 MiB: check for a quotation mark that is not closed."
    )]
    RecordTooLong(u64),
    /// A record has more or fewer fields than the first.
    #[error("Line {line} has {} where the first record has {expected}: {}.", count(*.found, "field"), ragged(*.lines))]
    Ragged {
        /// Where the record starts.
        line: u64,
        /// Its number of fields.
        found: usize,
        /// The first record's number of fields.
        expected: usize,
        /// How many lines the record spans.
        lines: u64,
    },
    /// There are too many columns or features (how many).
    #[error(
        "The table has {0} columns or features where at most {MAX_COLUMNS} are possible: leave some out."
    )]
    TooManyColumns(usize),
    /// There are too many values (columns or features).
    #[error("The table has {} columns or features and more than {} rows, over {MAX_CELLS} values in all: leave out rows or columns.", .0, most_rows(*.0))]
    TooManyCells(usize),
    /// The table does not fit into memory.
    #[error("The table has about {} rows, for which {} of memory are needed and {} are free: read every {every}{} row (option --every), or leave out rows or columns.", about(*.rows), gigabytes(*.needed), gigabytes(*.free), ordinal(*.every))]
    Memory {
        /// About how many rows the file has.
        rows: u64,
        /// The bytes that are needed for the rows that were asked for.
        needed: u64,
        /// The bytes that are free.
        free: u64,
        /// Every which row would fit.
        every: u64,
    },
    /// There is one column only (its name).
    #[error("The table has one column only, {}: check the delimiter, or add columns, as at least {MIN_FEATURES} features are needed.", quote(.0))]
    OneColumn(String),
    /// Too few columns make features (the features, and what became of the other columns).
    #[error("At least {MIN_FEATURES} features are needed, but {}{}: add columns whose numbers vary.", features(.0), others(.1))]
    TooFewFeatures(Vec<String>, Vec<String>),

    /// A cell is no number in a column of numbers.
    #[error("Line {line}, column {}: {} is not a number, where the column holds numbers (with a decimal point): correct or remove it, or have it and missing values replaced by the column's median{}.", quote(.column), quote(.text), header_hint(*.line))]
    NotANumber {
        /// Where the record starts.
        line: u64,
        /// The column's name.
        column: String,
        /// The cell.
        text: String,
    },
    /// A cell is infinite.
    #[error("Line {line}, column {}: {} is not finite: correct the number, or leave the cell empty.", quote(.column), quote(.text))]
    Infinite {
        /// Where the record starts.
        line: u64,
        /// The column's name.
        column: String,
        /// The cell.
        text: String,
    },
    /// A number is beyond single precision.
    #[error("Line {line}, column {}: {} is too large, as numbers must lie within ±3.4e38: rescale the column, or, if it stands for a missing value, say so (--missing {text}).", quote(.column), quote(.text))]
    TooLarge {
        /// Where the record starts.
        line: u64,
        /// The column's name.
        column: String,
        /// The cell.
        text: String,
    },
    /// A feature has no value.
    #[error("Line {line}, column {}: the value is missing{}: fill it in, remove the row, or have missing values replaced by the column's median.", quote(.column), more(*.cells))]
    Missing {
        /// Where the record starts.
        line: u64,
        /// The column's name.
        column: String,
        /// How many values the column misses.
        cells: usize,
    },
    /// A cell of a column of texts is `NA`, which may mean that there is none or be a value.
    #[error("Line {line}, column {}: NA is read as a missing value{}: if it is a value here, say so (--column {column}=category), else fill it in, remove the row, or have missing values replaced.", quote(.column), more(*.cells))]
    Na {
        /// Where the record starts.
        line: u64,
        /// The column's name.
        column: String,
        /// How many such cells the column has.
        cells: usize,
    },

    /// An id is over 1000 bytes (line, column).
    #[error("Line {}, column {}: the id is longer than 1000 bytes: choose another id column, or none.", .0, quote(.1))]
    LongId(u64, String),

    /// A column has not what a feature was to be made of (its name, what).
    #[error("Column {} holds no times of which the {} could be taken: choose a column of times{}.", quote(.0), .1.name(), if *.1 == TimePart::Weekday { ", with their date" } else { "" })]
    NoTimes(String, TimePart),
    /// A chosen column does not exist (the name, the columns).
    #[error("There is no column {}: the columns are {}.", quote(.0), quotes(.1))]
    NoSuchColumn(String, Vec<String>),
    /// Columns that a trained session needs are not there (those, the columns).
    #[error("The table lacks {} of the session's columns, {}: it needs the same columns, in any order; here are {}.", .0.len(), quotes(.0), quotes(.1))]
    MissingColumns(Vec<String>, Vec<String>),
    /// One column was chosen for both parts (its name).
    #[error("Column {} was chosen for both the labels and the ids: choose two columns.", quote(.0))]
    LabelIsId(String),
    /// More than one column is named like labels (the columns).
    #[error("Columns {} are all named like labels: choose one for the labels, or say that there is none.", quotes(.0))]
    SeveralLabels(Vec<String>),
    /// The label column holds something else (the column, some of its values).
    #[error("Column {} is taken for the labels, but it holds {} where anomaly and nominal (or 1 and 0, true and false, yes and no; empty for unknown) would be right: say which of its values are anomalies (--anomaly VALUE), choose another label column, or say that there is none.", quote(.0), quotes(.1))]
    NotLabels(String, Vec<String>),
    /// The label column holds −1 and 1 (the column).
    #[error("Column {} is taken for the labels, but it holds -1 and 1, of which some tools call -1 the anomaly and others 1: say which it is (--anomaly -1 or --anomaly 1), or that there is no label column.", quote(.0))]
    SignedLabels(String),
    /// No cell of the label column is one of the values that are to be anomalies (the column, those
    /// values, some of its own).
    #[error("No cell of the label column {} is {}, which was said to be an anomaly: it holds {}.", quote(.0), quotes(.1), quotes(.2))]
    NoSuchValue(String, Vec<String>, Vec<String>),
    /// Values are said to be anomalies, but there is no label column (the values).
    #[error("Values are said to be anomalies ({}), but no column is taken for the labels: choose it too.", quotes(.0))]
    NoLabelColumn(Vec<String>),
    /// A byte cannot stand between fields (the byte).
    #[error("{} cannot be a delimiter: choose a comma, semicolon, tab, bar or another single character.", quote(&char::from(*.0).to_string()))]
    Delimiter(u8),

    /// Nobody waits for the table any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),

    /// The parts of a table do not fit together (what, found, expected).
    #[error("The table has {1} {0} where {2} would fit.")]
    Sizes(&'static str, usize, usize),
    /// A value handed over is NaN or infinite (1-based row, column).
    #[error("Row {}, column {}: the value is not finite, as every feature must be.", .0, quote(.1))]
    NotFinite(usize, String),
    /// A feature handed over has one value only (column).
    #[error("Column {} is constant, as no feature may be.", quote(.0))]
    ConstantFeature(String),
}

impl DatasetError {
    /// Why bytes could not be read: what a reader of another format said, or else the system.
    pub(super) fn of_io(name: &str, error: &std::io::Error) -> Self {
        let unreadable = || Self::Unreadable(name.into(), error.to_string());
        Self::in_io(error).unwrap_or_else(unreadable)
    }

    /// The sentence that a reader of another format put into an error.
    pub(super) fn in_io(error: &std::io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().cloned()
    }
}

fn sheets(names: &[String]) -> String {
    match names {
        [] => "it holds one table; leave the choice out".into(),
        _ => format!("it holds {}", quotes(names)),
    }
}

fn path(path: &std::path::Path) -> String {
    format!("“{}”", printable(&path.to_string_lossy()))
}

fn quotes(texts: &[String]) -> String {
    list(texts.iter().map(|text| quote(text)))
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

fn most_rows(width: usize) -> usize {
    MAX_CELLS / width.max(1)
}

fn about(rows: u64) -> String {
    match rows {
        0..10_000_000 => rows.to_string(),
        _ => format!("{} million", rows / 1_000_000),
    }
}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

fn ordinal(number: u64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn ragged(lines: u64) -> String {
    match lines {
        0 | 1 => "correct it, or check the delimiter".into(),
        _ => format!("it spans {lines} lines, so check for a quotation mark that is not closed"),
    }
}

fn header_hint(line: u64) -> &'static str {
    match line {
        1 => ", or say that the first line is a header",
        _ => "",
    }
}

fn more(cells: usize) -> String {
    match cells {
        0 | 1 => String::new(),
        _ => format!(" (the first of {cells} in this column)"),
    }
}

fn features(names: &[String]) -> String {
    match names {
        [] => "no column makes one".into(),
        _ => format!("only {} is one", quotes(names)),
    }
}

fn others(columns: &[String]) -> String {
    match columns {
        [] => String::new(),
        _ => format!(" ({})", list(columns.iter().cloned())),
    }
}
