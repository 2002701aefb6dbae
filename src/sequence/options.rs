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
