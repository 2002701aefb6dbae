//! Fields of rendered records.

use std::io;

/// The byte between fields of rendered records: rarer in texts than a comma, and never a decimal one.
pub(in crate::dataset) const DELIMITER: u8 = b'\t';

/// The fields of one column, rendered, each with its delimiter.
pub(in crate::dataset) struct Fields {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    /// None yet, with room for so many.
    pub(super) fn with_room(rows: usize) -> Self {
        Self {
            text: Vec::with_capacity(rows * 8),
            ends: Vec::with_capacity(rows),
        }
    }

    /// Adds a field that `render` writes; one that writes nothing is an empty field.
    pub(super) fn push(
        &mut self,
        render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        render(&mut self.text)?;
        self.text.push(DELIMITER);
        self.ends.push(self.text.len());
        Ok(())
    }

    /// Their bytes, delimiters included.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The field of a row, with its delimiter.
    pub(in crate::dataset) fn of(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[start..self.ends[row]]
    }
}
