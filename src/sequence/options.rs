//! How sequences are to be read, where it is not left to recognition.

use serde::{Deserialize, Serialize};

/// How sequences are to be read; the default recognises what it can and refuses missing values
/// and uneven times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SequenceOptions {
    /// How a table of text holds sequences; `None` where the file's ending says it.
    pub layout: Option<SequenceLayout>,
    /// The class of the sequences that are nominal; those of all others are anomalies.
    pub nominal: Option<String>,
    /// Interpolate missing values instead of refusing them.
    pub interpolate: bool,
    /// Resample uneven times instead of refusing them.
    pub resample: bool,
    /// More nominal classes, beside `nominal`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_nominal: Vec<String>,
    /// The classes of the sequences that are anomalies; those of all others are nominal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anomalies: Vec<String>,
    /// Whether the classes are no truth, whatever they are called.
    #[serde(skip_serializing_if = "is_not")]
    pub unlabelled: bool,
    /// Numbers and words that stand for a missing value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The decimal mark of texts, a point or a comma; `None` takes the comma where no comma stands
    /// between fields and numbers have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<u8>,
    /// The encoding of a text, by its name on the web; `None` recognises it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

fn is_not(asked: &bool) -> bool {
    !asked
}

/// How a table of text, or a folder of pictures, holds sequences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SequenceLayout {
    /// One sequence a line: the class, and then the values (the UCR archive).
    Lines,
    /// One folder of pictures a sequence: the frames of a video.
    Frames,
    /// One moment a line: the sequence it belongs to, perhaps its time, and a value a channel.
    Long {
        /// The column that tells which sequence a moment belongs to.
        id: String,
        /// The column of the time; without it moments count as they stand.
        time: Option<String>,
        /// The column of the class, the same in all moments of a sequence.
        class: Option<String>,
        /// The column of the phase.
        phase: Option<String>,
        /// The columns of the channels; empty for all others that hold numbers.
        channels: Vec<String>,
    },
}
