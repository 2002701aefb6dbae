//! What images or sequences are, before anything is learnt of them.

/// What images or sequences are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The format, as a preview calls it.
    pub format: &'static str,
    /// How many there are.
    pub count: usize,
    /// What else there is to tell, by name: sizes, lengths.
    pub details: Vec<(&'static str, String)>,
    /// The names of the channels, where they have names.
    pub channels: Vec<String>,
    /// The classes, each with how many are of it.
    pub classes: Vec<(String, usize)>,
    /// Sentences about what was decided in reading.
    pub notes: Vec<String>,
}
