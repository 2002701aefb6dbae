//! Reads the records of a file into numbers and texts, column by column.

use std::io::Read;
use std::path::Path;

use csv::{ByteRecord, Reader};

use super::cell::Cell;
use super::gather::Gathered;
use super::ids::{Ids, MAX_ID};
use super::names::{self, Part};
use super::open::{self, Opened};
use super::source::Source;
use super::{Dataset, DatasetError, MAX_CELLS, MAX_COLUMNS, Origin, ReadOptions, settle, sniff};

/// Reads a CSV or TSV file, gzipped or not.
///
/// # Errors
///
/// The file cannot be opened, or is no table of finite numbers; see [`DatasetError`].
pub fn read_path(path: &Path, options: &ReadOptions) -> Result<Dataset, DatasetError> {
    let mut dataset = read_from(open::file(path)?, &open::table_name(path), options)?;
    dataset.origin = Some(Origin::of_file(path, options));
    Ok(dataset)
}

/// Reads a CSV or TSV table, gzipped or not, in one pass, and calls it `name`.
///
/// # Errors
///
/// The bytes are no table of finite numbers; see [`DatasetError`].
pub fn read_from(
    reader: impl Read,
    name: &str,
    options: &ReadOptions,
) -> Result<Dataset, DatasetError> {
    let opened = Opened::new(reader, name, options)?;
    let header = opened.header;
    let records = Records::read(opened, name, options)?;
    settle::dataset(records, name, header, options)
}

/// The records of a file, gathered.
pub(super) struct Records {
    /// The names of the columns.
    pub(super) names: Vec<String>,
    /// The names that occurred twice.
    pub(super) repeated: Vec<String>,
    /// What each column is, as far as its name tells.
    pub(super) parts: Vec<Part>,
    /// What was met in each column.
    pub(super) columns: Vec<Gathered>,
    /// The numbers, `[rows, columns]` row-major; NaN where there is none.
    pub(super) numbers: Vec<f32>,
    /// The ids, where there is an id column.
    pub(super) ids: Option<Ids>,
    /// How many records there are.
    pub(super) rows: usize,
}

impl Records {
    fn read(opened: Opened<'_>, name: &str, options: &ReadOptions) -> Result<Self, DatasetError> {
        let (names, repeated) =
            names::columns(&opened.sample[0], opened.header, opened.first_line)?;
        let mut file = Parsed {
            csv: sniff::parser(opened.delimiter).from_reader(opened.source),
            record: ByteRecord::new(),
        };
        // To the end of the first record, before anything is said of its columns: it may be a line
        // of a gigabyte, of which the sample is but the beginning.
        let mut more = file.advance(name)?;
        if names.len() == 1 {
            return Err(DatasetError::OneColumn(names[0].clone()));
        }
        if names.len() > MAX_COLUMNS {
            return Err(DatasetError::TooManyColumns(names.len()));
        }
        let parts = names::parts(&names, options)?;
        let id = parts.iter().position(|&part| part == Part::Id);
        let mut records = Self {
            columns: names.iter().map(|_| Gathered::default()).collect(),
            ids: id.map(|place| Ids::new(names[place].clone())),
            names,
            repeated,
            parts,
            numbers: Vec::new(),
            rows: 0,
        };
        if opened.header {
            more = file.advance(name)?;
        }
        while more {
            records.add(&file)?;
            more = file.advance(name)?;
        }
        match (records.rows, opened.header) {
            (0, true) => Err(DatasetError::HeaderOnly(name.into())),
            _ => Ok(records),
        }
    }

    /// The numbers of one column, NaN where there is none.
    pub(super) fn column(&self, place: usize) -> Vec<f32> {
        let numbers = self.numbers.iter().skip(place);
        numbers.step_by(self.names.len()).copied().collect()
    }

    fn add(&mut self, file: &Parsed<'_>) -> Result<(), DatasetError> {
        let width = self.names.len();
        if file.record.len() != width {
            return Err(DatasetError::Ragged {
                line: file.line(),
                found: file.record.len(),
                expected: width,
                lines: file.newlines() + 1,
            });
        }
        if self.numbers.len() + width > MAX_CELLS {
            return Err(DatasetError::TooManyCells(width));
        }
        // MAX_CELLS is below u32::MAX.
        let row = self.rows as u32;
        for (place, field) in file.record.iter().enumerate() {
            let column = &self.names[place];
            let number = match (self.parts[place], &mut self.ids) {
                (Part::Id, Some(ids)) => {
                    ids.push(file.id(field, column)?);
                    f32::NAN
                }
                _ => self.columns[place].add(Cell::read(field), row, column, || file.line())?,
            };
            self.numbers.push(number);
        }
        self.rows += 1;
        Ok(())
    }
}

/// The parser and the record that it stands on.
struct Parsed<'a> {
    csv: Reader<Source<'a>>,
    record: ByteRecord,
}

impl Parsed<'_> {
    /// Parses the next record; false after the last.
    fn advance(&mut self, name: &str) -> Result<bool, DatasetError> {
        let found = self.csv.read_byte_record(&mut self.record);
        match found {
            Ok(found) => {
                self.csv.get_mut().record_done();
                Ok(found)
            }
            Err(error) => Err(self.explain(&error, name)),
        }
    }

    fn explain(&self, error: &csv::Error, name: &str) -> DatasetError {
        let line = self.record.position().map_or(1, csv::Position::line);
        match error.kind() {
            csv::ErrorKind::Io(io) => self.csv.get_ref().explain(io, name, line),
            _ => DatasetError::Unreadable(name.into(), error.to_string()),
        }
    }

    /// The line on which the record starts.
    ///
    /// The parser's own answer is the line on which it stood before it skipped empty lines. It now
    /// stands on the line after the record (every line ends in `\n`), unless a quotation mark is
    /// open at the end of the file.
    fn line(&self) -> u64 {
        let before = self.record.position().map_or(1, csv::Position::line);
        let after = self.csv.position().line();
        before.max(after.saturating_sub(1 + self.newlines()))
    }

    fn newlines(&self) -> u64 {
        let newlines = self.record.as_slice().iter().filter(|&&byte| byte == b'\n');
        newlines.count() as u64
    }

    fn id<'r>(&self, field: &'r [u8], column: &str) -> Result<&'r str, DatasetError> {
        match std::str::from_utf8(field.trim_ascii()) {
            Err(_) => Err(DatasetError::NotUtf8(self.line())),
            Ok(id) if id.len() > MAX_ID => Err(DatasetError::LongId(self.line(), column.into())),
            Ok(id) => Ok(id),
        }
    }
}
