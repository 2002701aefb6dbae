//! Writes a table of scores, row by row.

use std::io::Write;
use std::path::Path;

use super::parquet_table::ParquetTable;
use super::row::{columns, number};
use super::{Cells, Draft, ExportError, ScoreRow};

/// The form of a table of scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Comma-separated text.
    Csv,
    /// Apache Parquet, compressed with Snappy.
    Parquet,
}

impl TableKind {
    /// The form that the ending of a file asks for.
    ///
    /// # Errors
    /// [`ExportError::Ending`] for any other than `.csv` and `.parquet`.
    pub fn of(path: &Path) -> Result<Self, ExportError> {
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        match ending.as_ref().and_then(|ending| ending.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(ExportError::Ending(path.into(), ".csv or .parquet")),
        }
    }
}

/// A table of scores in the making; see [`ScoreRow`] for its columns.
pub enum TableWriter {
    /// As CSV.
    Csv(Box<csv::Writer<Draft>>, Cells),
    /// As Parquet.
    Parquet(Box<ParquetTable>),
}

impl TableWriter {
    /// Begins a table for `members` members; its ending says its form.
    ///
    /// # Errors
    /// [`ExportError`] when the ending says nothing or the file cannot be written.
    pub fn create(path: &Path, members: usize, cells: Cells) -> Result<Self, ExportError> {
        let kind = TableKind::of(path)?;
        let draft = Draft::new(path)?;
        match kind {
            TableKind::Parquet => Ok(Self::Parquet(Box::new(ParquetTable::new(
                draft, path, members,
            )?))),
            TableKind::Csv => {
                let mut writer = csv::Writer::from_writer(draft);
                let begun = writer.write_record(columns(members));
                begun.map_err(|error| writer.get_ref().told(&error))?;
                Ok(Self::Csv(Box::new(writer), cells))
            }
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn row(&mut self, row: &ScoreRow<'_>) -> Result<(), ExportError> {
        match self {
            Self::Parquet(table) => table.row(row),
            Self::Csv(writer, cells) => {
                let written = write(writer, *cells, row);
                written.map_err(|error| writer.get_ref().told(&error))
            }
        }
    }

    /// Puts the table in its place.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn finish(self) -> Result<(), ExportError> {
        match self {
            Self::Parquet(table) => table.finish(),
            Self::Csv(mut writer, _) => {
                let flushed = writer.flush();
                flushed.map_err(|error| writer.get_ref().told(&error))?;
                match writer.into_inner() {
                    Ok(draft) => draft.finish(),
                    Err(error) => {
                        let sentence = error.error().to_string();
                        let writer = error.into_inner();
                        Err(writer.get_ref().told(&sentence))
                    }
                }
            }
        }
    }
}

fn write<W: Write>(
    writer: &mut csv::Writer<W>,
    cells: Cells,
    row: &ScoreRow<'_>,
) -> Result<(), csv::Error> {
    writer.write_field(cells.text(row.id).as_bytes())?;
    writer.write_field(number(row.score))?;
    writer.write_field(row.rank.to_string())?;
    writer.write_field(cells.text(row.label).as_bytes())?;
    writer.write_field(cells.text(row.member).as_bytes())?;
    for &value in row.relevance.iter().chain(row.member_scores) {
        writer.write_field(number(value))?;
    }
    writer.write_record(None::<&[u8]>)
}
