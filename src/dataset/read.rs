//! Reads the records of a file into numbers and texts, column by column.

use std::io::Read;
use std::path::Path;

use csv::{ByteRecord, Reader};

use super::cell::Cell;
use super::counted::Counted;
use super::format::Input;
use super::gather::Gathered;
use super::ids::{Ids, MAX_ID};
use super::names::{self, Part};
use super::open::{self, Opened};
use super::pieces::{Next, Piece, Pieces};
use super::source::Source;
use super::{
    Dataset, DatasetError, MAX_CELLS, Origin, ReadOptions, images, memory, sequences, settle, sniff,
};
use crate::imaging::holds_images;
use crate::numeric::{Unwatched, Watch};

/// Reads a table in a file of any of the formats that the dataset's [`ENDINGS`](super::ENDINGS) name.
///
/// # Errors
///
/// The file cannot be opened, or is no table of finite numbers; see [`DatasetError`].
pub fn read_path(path: &Path, options: &ReadOptions) -> Result<Dataset, DatasetError> {
    read_path_watched(path, options, &mut Unwatched)
}

/// Does what [`read_path`] does, and tells `watch` how much of the file is read.
///
/// # Errors
///
/// As [`read_path`], and [`DatasetError::Cancelled`] when `watch` says so.
pub fn read_path_watched(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    // First, as an array of few floats at each of many moments is no picture.
    if sequences::is_meant(path, options) {
        return sequences::read(path, options, watch);
    }
    if holds_images(path) {
        return images::read(path, options, watch);
    }
    let file = open::file(path)?;
    let (counted, count) = Counted::new(file);
    let mut look = || {
        let (done, all) = count.so_far();
        let unit = |bytes: u64| (bytes >> 16) as usize;
        Ok(watch.step(READING, unit(done), unit(all).max(1))?)
    };
    let input = Input::file(counted);
    let length = Some(count.length());
    let name = open::table_name(path);
    let (mut dataset, sheet) = read(input, length, &name, options, &mut look)?;
    // The sheet that was found is the one to read again.
    let options = ReadOptions {
        sheet,
        ..options.clone()
    };
    dataset.origin = Some(Origin::of_file(path, &options));
    Ok(dataset)
}

/// Reads a table of any format, and calls it `name`.
///
/// # Errors
///
/// The bytes are no table of finite numbers; see [`DatasetError`].
pub fn read_from(
    reader: impl Read + Send,
    name: &str,
    options: &ReadOptions,
) -> Result<Dataset, DatasetError> {
    let input = Input::stream(reader);
    Ok(read(input, None, name, options, &mut || Ok(()))?.0)
}

/// The name of the phase, as [`Watch`] is told it.
pub const READING: &str = "reading the table";

/// Records parsed between two looks at whether anybody waits.
const RECORDS: usize = 1 << 14;

/// Is called now and then while a table is read; an error ends the reading.
type Look<'a> = &'a mut dyn FnMut() -> Result<(), DatasetError>;

/// Reads a table from so many bytes, if that is known; returns it with the sheet that was read.
fn read(
    input: Input<'_>,
    bytes: Option<u64>,
    name: &str,
    options: &ReadOptions,
    look: Look<'_>,
) -> Result<(Dataset, Option<String>), DatasetError> {
    look()?;
    let opened = Opened::new(input, name, options)?;
    let about = opened.about.clone();
    if let (Some(bytes), Some(free)) = (bytes, memory::free()) {
        let every = u64::from(options.every.unwrap_or(1));
        let head = opened.source.head().len();
        let rows = match about.rows {
            Some(rows) => rows,
            None => memory::rows(bytes, head, &opened.sample),
        };
        memory::check(rows, opened.sample[0].len(), every, free)?;
    }
    let header = opened.header;
    let records = Records::read(opened, name, options, look)?;
    let mut dataset = settle::dataset(records, name, header, options)?;
    dataset.notices.splice(0..0, about.notes.all());
    Ok((dataset, about.sheet))
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
    /// How many records were passed, those left out included.
    seen: usize,
    /// Every which of them is kept.
    every: usize,
}

impl Records {
    fn read(
        opened: Opened<'_>,
        name: &str,
        options: &ReadOptions,
        look: Look<'_>,
    ) -> Result<Self, DatasetError> {
        let (names, repeated) =
            names::columns(&opened.sample[0], opened.header, opened.first_line)?;
        let (header, delimiter) = (opened.header, opened.delimiter);
        let first = opened.end_of_first_record();
        let mut source = opened.source;
        let mut records;
        if let Some(first) = first {
            records = Self::new(names, repeated, options)?;
            let lines = if header { source.skip(first) } else { 0 };
            if let Some(lines) = records.take_pieces(&mut source, delimiter, lines, name, look)? {
                let mut file = Parsed::new(source, delimiter, lines);
                let more = file.advance(name)?;
                records.take_records(file, more, name, look)?;
            }
        } else {
            // To the end of the first record, before anything is said of its columns: it may be a
            // line of a gigabyte, of which the sample is but the beginning.
            let mut file = Parsed::new(source, delimiter, 0);
            let mut more = file.advance(name)?;
            records = Self::new(names, repeated, options)?;
            if header {
                more = file.advance(name)?;
            }
            records.take_records(file, more, name, look)?;
        }
        match (records.rows, header) {
            (0, true) => Err(DatasetError::HeaderOnly(name.into())),
            _ => Ok(records),
        }
    }

    /// Decides what each column is, as far as its name tells; there are no records yet.
    fn new(
        names: Vec<String>,
        repeated: Vec<String>,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        if names.len() == 1 {
            return Err(DatasetError::OneColumn(names[0].clone()));
        }
        names::check_count(names.len())?;
        let parts = names::parts(&names, options)?;
        let id = parts.iter().position(|&part| part == Part::Id);
        let every = options.every.unwrap_or(1).max(1) as usize;
        Ok(Self {
            columns: names.iter().map(|_| Gathered::default()).collect(),
            ids: match id {
                Some(place) => Some(Ids::new(names[place].clone())),
                None => (every > 1).then(|| Ids::new("row".into())),
            },
            names,
            repeated,
            parts,
            numbers: Vec::new(),
            rows: 0,
            seen: 0,
            every,
        })
    }

    /// Takes in the file while its grammar is simple; returns after how many lines the parser has
    /// to go on, if it has to.
    fn take_pieces(
        &mut self,
        source: &mut Source<'_>,
        delimiter: u8,
        lines: u64,
        name: &str,
        look: Look<'_>,
    ) -> Result<Option<u64>, DatasetError> {
        let id = self.parts.iter().position(|&part| part == Part::Id);
        let mut pieces = Pieces::new(lines, delimiter, self.names.len(), id);
        loop {
            look()?;
            match pieces.next(source) {
                Ok(Next::Pieces(some)) => {
                    some.iter().try_for_each(|piece| self.take_piece(piece))?;
                }
                Ok(Next::End) => return Ok(None),
                Ok(Next::Parser(lines)) => return Ok(Some(lines)),
                Err(error) => return Err(source.explain(&error, name, pieces.line())),
            }
        }
    }

    fn take_piece(&mut self, piece: &Piece) -> Result<(), DatasetError> {
        let width = self.names.len();
        let mut others = piece.others();
        for (at, fields) in piece.numbers.chunks_exact(width).enumerate() {
            let Some(row) = self.begin_row()? else {
                let left_out = fields.iter().filter(|field| field.is_nan());
                others.by_ref().take(left_out.count()).for_each(drop);
                continue;
            };
            for (place, &number) in fields.iter().enumerate() {
                let number = match number.is_nan() {
                    // There is a text for each of these.
                    true => {
                        let text = others.next().unwrap_or_default();
                        self.field(place, text, row, &|| piece.line(at))?
                    }
                    false => {
                        self.columns[place].spread.add(number);
                        number as f32
                    }
                };
                self.numbers.push(number);
            }
            self.rows += 1;
        }
        match piece.ragged {
            None => Ok(()),
            Some(found) => Err(DatasetError::Ragged {
                line: piece.line(piece.rows()),
                found,
                expected: width,
                lines: 1,
            }),
        }
    }

    /// Takes in what is left of the file, from the record that the parser stands on.
    fn take_records(
        &mut self,
        mut file: Parsed<'_>,
        mut more: bool,
        name: &str,
        look: Look<'_>,
    ) -> Result<(), DatasetError> {
        while more {
            if self.seen.is_multiple_of(RECORDS) {
                look()?;
            }
            self.add(&file)?;
            more = file.advance(name)?;
        }
        Ok(())
    }

    /// Checks that there is room for another row, and returns its number; `None` if it is left out.
    fn begin_row(&mut self) -> Result<Option<u32>, DatasetError> {
        let width = self.names.len();
        let is_kept = self.seen.is_multiple_of(self.every);
        self.seen += 1;
        if !is_kept {
            return Ok(None);
        }
        if self.numbers.len() + width > MAX_CELLS {
            return Err(DatasetError::TooManyCells(width));
        }
        // Without an id column of its own the table remembers which rows these are.
        if self.every > 1
            && !self.parts.contains(&Part::Id)
            && let Some(ids) = &mut self.ids
        {
            ids.push(&self.seen.to_string());
        }
        // MAX_CELLS is below u32::MAX.
        Ok(Some(self.rows as u32))
    }

    /// Takes in a field and returns what the table keeps of it: a number, or NaN.
    fn field(
        &mut self,
        place: usize,
        field: &[u8],
        row: u32,
        line: &dyn Fn() -> u64,
    ) -> Result<f32, DatasetError> {
        let column = &self.names[place];
        match (self.parts[place], &mut self.ids) {
            (Part::Id, Some(ids)) => {
                ids.push(id(field, column, line)?);
                Ok(f32::NAN)
            }
            _ => self.columns[place].add(Cell::read(field), row, column, line),
        }
    }

    /// The numbers of one column, NaN where there is none.
    pub(super) fn column(&self, place: usize) -> Vec<f32> {
        let numbers = self.numbers.iter().skip(place);
        numbers.step_by(self.names.len()).copied().collect()
    }

    fn add(&mut self, file: &Parsed<'_>) -> Result<(), DatasetError> {
        let width = self.names.len();
        file.check_width(width)?;
        let Some(row) = self.begin_row()? else {
            return Ok(());
        };
        for (place, field) in file.record.iter().enumerate() {
            let number = self.field(place, field, row, &|| file.line())?;
            self.numbers.push(number);
        }
        self.rows += 1;
        Ok(())
    }
}

/// The parser and the record that it stands on.
pub(super) struct Parsed<'a> {
    csv: Reader<Source<'a>>,
    pub(super) record: ByteRecord,
    /// Lines of the file before those that the parser has seen.
    lines_before: u64,
}

impl<'a> Parsed<'a> {
    pub(super) fn new(source: Source<'a>, delimiter: u8, lines_before: u64) -> Self {
        Self {
            csv: sniff::parser(delimiter).from_reader(source),
            record: ByteRecord::new(),
            lines_before,
        }
    }

    /// Checks the number of fields of the record.
    pub(super) fn check_width(&self, width: usize) -> Result<(), DatasetError> {
        match self.record.len() == width {
            true => Ok(()),
            false => Err(DatasetError::Ragged {
                line: self.line(),
                found: self.record.len(),
                expected: width,
                lines: self.newlines() + 1,
            }),
        }
    }

    /// Parses the next record; false after the last.
    pub(super) fn advance(&mut self, name: &str) -> Result<bool, DatasetError> {
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
            csv::ErrorKind::Io(io) => {
                let line = self.lines_before + line;
                self.csv.get_ref().explain(io, name, line)
            }
            _ => DatasetError::Unreadable(name.into(), error.to_string()),
        }
    }

    /// The line on which the record starts.
    ///
    /// The parser's own answer is the line on which it stood before it skipped empty lines. It now
    /// stands on the line after the record (every line ends in `\n`), unless a quotation mark is
    /// open at the end of the file.
    pub(super) fn line(&self) -> u64 {
        let before = self.record.position().map_or(1, csv::Position::line);
        let after = self.csv.position().line();
        self.lines_before + before.max(after.saturating_sub(1 + self.newlines()))
    }

    fn newlines(&self) -> u64 {
        let newlines = self.record.as_slice().iter().filter(|&&byte| byte == b'\n');
        newlines.count() as u64
    }
}

pub(super) fn id<'r>(
    field: &'r [u8],
    column: &str,
    line: &dyn Fn() -> u64,
) -> Result<&'r str, DatasetError> {
    match std::str::from_utf8(field.trim_ascii()) {
        Err(_) => Err(DatasetError::NotUtf8(line())),
        Ok(id) if id.len() > MAX_ID => Err(DatasetError::LongId(line(), column.into())),
        Ok(id) => Ok(id),
    }
}
