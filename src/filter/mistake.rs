//! What is wrong with an expression.

use std::fmt;
use std::ops::Range;

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// What is wrong and what would be right.
    pub sentence: String,
}

impl Mistake {
    pub(super) fn new(at: Range<usize>, sentence: impl Into<String>) -> Self {
        Self {
            at,
            sentence: sentence.into(),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}
