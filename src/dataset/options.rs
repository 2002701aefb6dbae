//! How a file is to be read, where it is not left to recognition.

use serde::{Deserialize, Serialize};

use super::TimePart;
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
    /// By which rules what is not chosen is recognised. A session of before there were several keeps
    /// the first: its table comes out to the bit as it was.
    #[serde(default = "Rules::first")]
    pub rules: Rules,
    /// The decimal mark, a point or a comma; `None` recognises it by column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<u8>,
    /// The encoding of a text, by its name on the web; `None` recognises it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Numbers and words that stand for a missing value, beside those that are always known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fillers: Vec<String>,
    /// The values of the label column that are anomalies; all others are nominal. Where none is
    /// named, the column has to hold labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anomalies: Vec<String>,
    /// Columns whose meaning is chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, Meaning)>,
    /// What of the times of a column is a feature.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time_features: Vec<(String, TimePart)>,
    /// Which sheet of a workbook, table of a database or file of an archive, is read; `None` takes the first table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// How images are read, where the path leads to images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<Box<ImageOptions>>,
    /// How sequences are read; `None` takes for sequences what is them by name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequences: Option<Box<SequenceOptions>>,
}

impl ReadOptions {
    /// These options for a table that is scored by a session whose own table was read as `own`:
    /// what stands for a missing value and what is an anomaly is the same in both.
    #[must_use]
    pub fn like(mut self, own: &Self) -> Self {
        if own.missing == Missing::Median {
            self.missing = Missing::Median;
        }
        self.fillers.extend(own.fillers.iter().cloned());
        if self.anomalies.is_empty() {
            self.anomalies = own.anomalies.clone();
        }
        if let Some(own) = &own.sequences {
            self.fillers.extend(own.missing.iter().cloned());
            let is_named = self
                .sequences
                .as_ref()
                .is_some_and(|asked| asked.nominal.is_some());
            if self.anomalies.is_empty() && !is_named {
                self.anomalies = own.anomalies.clone();
            }
        }
        self
    }
}

/// What a column of a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Meaning {
    /// Numbers: one feature.
    Number,
    /// A few different values: one feature for each.
    Category,
    /// Points in time: shown, and no feature.
    Time,
    /// Names of the rows: shown, and no feature.
    Id,
    /// The truth.
    Label,
    /// Nothing that is used.
    Out,
}

impl Meaning {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Number,
        Self::Category,
        Self::Time,
        Self::Id,
        Self::Label,
        Self::Out,
    ];

    /// The word for it, in `--column NAME=number` and on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Category => "category",
            Self::Time => "time",
            Self::Id => "id",
            Self::Label => "label",
            Self::Out => "out",
        }
    }
}

/// The rules by which a table is read where nothing is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rules {
    /// Those of before columns had meanings: a column is numbers, categories or left out.
    First,
    /// Each column has a meaning, which names, values and their spelling tell.
    #[default]
    Meaning,
}

impl Rules {
    /// Those of a session that does not say.
    const fn first() -> Self {
        Self::First
    }
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
