//! How a file is to be read, where it is not left to recognition.

use serde::{Deserialize, Serialize};

use crate::imaging::ImageOptions;
use crate::sequence::SequenceOptions;

/// How a file is to be read; the default recognises everything and refuses missing values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// The byte between fields; `None` recognises comma, semicolon, tab and bar.
    pub delimiter: Option<u8>,
    /// Whether the first record names the columns; `None` recognises it.
    pub header: Option<bool>,
    /// The column of the truth.
    pub label: ColumnChoice,
    /// The column by which the analyst calls instances.
    pub id: ColumnChoice,
    /// What to do where a feature has no value.
    pub missing: Missing,
    /// Every which row is read, from the first on; `None` reads all. Instances without ids keep
    /// the numbers of their rows.
    #[serde(default)]
    pub every: Option<u32>,
    /// Which sheet of a workbook, or file of an archive, is read; `None` takes the first table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// How images are read, where the path leads to images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<ImageOptions>,
    /// How sequences are read; `None` takes for sequences what is them by name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequences: Option<Box<SequenceOptions>>,
}

/// Which column plays a part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnChoice {
    /// The one whose name says so, if any.
    #[default]
    Recognise,
    /// None, whatever the names say.
    Absent,
    /// The one of this name (exact, else without regard to case).
    Named(String),
}

/// What to do where a feature has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missing {
    /// Refuse the file, with the place of the first.
    #[default]
    Refuse,
    /// Take the median of the column; of a text column, its most frequent value.
    Median,
}
