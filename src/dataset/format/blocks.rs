//! Rows of typed columns as they are: numbers that are numbers in the file need not become text.
//!
//! The beginning of a table is lines of text, by which everything is recognised; what follows can be
//! taken in blocks. The table is the same to the bit as by the text.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::columns::Fields;
use super::render::{Chunks, Rendered};
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

/// A rendered table that text and blocks are read from.
pub(super) struct Shared<C>(Arc<Mutex<Rendered<C>>>);

impl<C> Clone for Shared<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> Shared<C> {
    pub(super) fn new(rendered: Rendered<C>) -> Self {
        Self(Arc::new(Mutex::new(rendered)))
    }

    fn lock(&self) -> MutexGuard<'_, Rendered<C>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: Chunks> Read for Shared<C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.lock().read(buffer)
    }
}

impl<C: Chunks> Blocks for Shared<C> {
    fn end_text(&mut self, ends: bool) {
        self.lock().ends_text = ends;
    }

    fn next(&mut self, texts: &[bool]) -> Result<Option<Block>, DatasetError> {
        self.lock().chunks.block(texts)
    }
}
