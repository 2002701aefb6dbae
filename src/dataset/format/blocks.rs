//! Rows of typed columns as they are: numbers that are numbers in the file need not become text.
//!
//! The beginning of a table is lines of text, by which everything is recognised; what follows can be
//! taken in blocks. The table is the same to the bit as by the text.

use super::fields::Fields;
use crate::dataset::DatasetError;

/// Some rows, column by column.
pub(in crate::dataset) struct Block {
    /// How many rows there are.
    pub(in crate::dataset) rows: usize,
    /// The columns, each with a value for every row.
    pub(in crate::dataset) columns: Vec<Values>,
}

/// The values of a column.
pub(in crate::dataset) enum Values {
    /// Numbers; NaN where there is none.
    Numbers(Vec<f64>),
    /// Fields as lines would have them.
    Fields(Fields),
}

/// A table that is read as text first, and then in blocks.
pub(in crate::dataset) trait Blocks: Send {
    /// Ends the text with the lines that have been begun, or (`false`) lets it go on.
    fn end_text(&mut self, ends: bool);

    /// The next rows; numbers of columns that are `texts` are fields. `None` after the last.
    ///
    /// # Errors
    ///
    /// The file is damaged.
    fn next(&mut self, texts: &[bool]) -> Result<Option<Block>, DatasetError>;
}
