//! A CSV table that is whole or not there.

use std::path::{Path, PathBuf};

use super::{Draft, ExportError, TableKind};

/// A CSV table on the way to its file.
pub(super) struct CsvTable {
    writer: csv::Writer<Draft>,
    output: PathBuf,
}

impl CsvTable {
    /// Begins a table.
    ///
    /// # Errors
    /// [`ExportError::Ending`] for any other than `.csv`, and [`ExportError::Unwritable`].
    pub(super) fn begin(output: &Path) -> Result<Self, ExportError> {
        if TableKind::of(output) != Ok(TableKind::Csv) {
            return Err(ExportError::Ending(output.into(), ".csv"));
        }
        Ok(Self {
            writer: csv::Writer::from_writer(Draft::new(output)?),
            output: output.into(),
        })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub(super) fn row<T: AsRef<[u8]>>(
        &mut self,
        cells: impl IntoIterator<Item = T>,
    ) -> Result<(), ExportError> {
        let written = self.writer.write_record(cells);
        written.map_err(|error| ExportError::Unwritable(self.output.clone(), error.to_string()))
    }

    /// Puts the table in its place.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub(super) fn finish(self) -> Result<(), ExportError> {
        let draft = self.writer.into_inner();
        let draft = draft.map_err(|error| ExportError::unwritable(&self.output, error.error()))?;
        draft.finish()
    }
}
