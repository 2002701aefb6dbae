//! Reads another table by the schema of one that was read before, batch by batch.

use std::io::Read;
use std::path::Path;

use super::among::{Among, figures_above};
use super::batch::{Batch, Gathered};
use super::below::Below;
use super::cell::Cell;
use super::furniture::Furniture;
use super::met::{self, Met, missing};
use super::records;
use crate::dataset::bytes::counted::{Count, Counted};
use crate::dataset::columns::matching::{Matching, names_all};
use crate::dataset::columns::notice;
use crate::dataset::columns::schema::{self, Fill};
use crate::dataset::columns::time_features::Clocks;
use crate::dataset::format::{Input, Notes};
use crate::dataset::lines::Parsed;
use crate::dataset::open::{self, Opened};
use crate::dataset::text::{list, quote};
use crate::dataset::written::{Hand, cell};
use crate::dataset::{
    DatasetError, MAX_CELLS, Missing, ReadOptions, Role, Rules, Schema, Source, names,
};

/// A table of any length whose rows are read by a schema, from beginning to end.
///
/// 1. It needs the memory of one batch, however long the table is.
/// 2. Rows become features as they did in the table that the schema came from: a row of that table
///    gives the same bits.
pub struct Rows<'a> {
    schema: &'a Schema,
    matching: Matching,
    file: Parsed<'a>,
    name: String,
    options: ReadOptions,
    /// Whether the parser stands on a row that has not been given out.
    more: bool,
    /// The names of its columns.
    names: Vec<String>,
    width: usize,
    /// The decimal mark of each column of the file.
    marks: Vec<u8>,
    furniture: Furniture,
    below: Below,
    among: Among,
    read: usize,
    /// Rows of the file up to the one on which the parser stands, left out ones included.
    seen: usize,
    /// Every which row is given out.
    every: usize,
    /// By column of the schema.
    met: Vec<Met>,
    clocks: Clocks,
    count: Count,
    notes: Notes,
}

/// How things stood before the first row that may be a total.
struct Held {
    /// Rows of the batch.
    given: usize,
    read: usize,
    met: Vec<Met>,
    /// Why one of these rows cannot be a row like the others.
    error: Option<DatasetError>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "Rows of {} after {}", self.name, self.read)
    }
}

impl<'a> Rows<'a> {
    /// Opens a table in a file of any format.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, or lacks a column that the schema needs; see [`DatasetError`].
    pub fn open(
        path: &Path,
        schema: &'a Schema,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        match (Source::of(schema), Source::probe(path, options)) {
            (Source::Images, _) => return Err(DatasetError::OneByOne("images")),
            (Source::Sequences, _) => return Err(DatasetError::OneByOne("sequences")),
            (Source::Table, Source::Table) => {}
            (Source::Table, _) => return Err(DatasetError::NoTable(path.into())),
        }
        let options = &options.suited(Source::Table, path)?;
        let (file, count) = Counted::new(open::file(path)?);
        let input = Input::file(file, path);
        let rows = Self::new(input, &open::table_name(path), schema, options)?;
        Ok(Self { count, ..rows })
    }

    /// Opens a table of any format, and calls it `name`.
    ///
    /// # Errors
    ///
    /// It is no text, or lacks a column that the schema needs; see [`DatasetError`].
    pub fn from_reader(
        reader: impl Read + Send + 'a,
        name: &str,
        schema: &'a Schema,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        Self::new(Input::stream(reader), name, schema, options)
    }

    fn new(
        input: Input<'a>,
        name: &str,
        schema: &'a Schema,
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        let opened = Opened::new(input, name, options)?;
        let (mut source, frame, about) = (opened.source, opened.frame, opened.about);
        let is_known = about.header.or(options.header).is_some();
        let first = frame.sample.first();
        // A header of texts above texts cannot be told by itself, but by the schema.
        let is_header = !frame.header && !is_known;
        let named = first.filter(|first| is_header && names_all(first, frame.lines + 1, schema));
        let names = match named {
            Some(first) => names::columns(first, true, frame.lines + 1)?.0,
            None => frame.names.clone(),
        };
        names::check_count(names.len())?;
        let matching = Matching::new(schema, &names, options)?;
        let lines = source.skip(frame.start);
        let notes = about.notes;
        frame.notes.iter().for_each(|note| notes.add(note.clone()));
        let is_inferred = options.rules == Rules::Meaning;
        let figures = match is_inferred && named.is_none() {
            true => figures_above(&frame.sample),
            false => Vec::new(),
        };
        let mut rows = Self {
            met: vec![Met::default(); schema.columns().len()],
            clocks: Clocks::new(schema.columns()),
            schema,
            matching,
            width: names.len(),
            names,
            furniture: Furniture::new(is_inferred, &frame),
            below: Below::default(),
            among: Among::default(),
            marks: frame.marks,
            file: Parsed::new(source, frame.grammar, lines),
            name: name.into(),
            options: options.clone(),
            more: true,
            read: 0,
            seen: 0,
            every: options.every.unwrap_or(1).max(1) as usize,
            count: Count::default(),
            notes,
        };
        rows.step()?;
        if named.is_some() {
            rows.step()?;
            rows.seen = 1;
        }
        for word in figures {
            rows.furniture.figure(rows.file.line(), word);
            rows.step()?;
            rows.seen = 1;
        }
        match rows.more {
            true => Ok(rows),
            false => Err(DatasetError::HeaderOnly(name.into())),
        }
    }

    /// The names of the columns with ids and with labels, where there are such.
    pub(in crate::dataset) fn names(&self) -> [Option<&str>; 2] {
        let name = |index: Option<usize>| self.names.get(index?).map(String::as_str);
        [self.matching.id, self.matching.label].map(name)
    }

    /// What the table is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of rows that were given out.
    pub fn read(&self) -> usize {
        self.read
    }

    /// The bytes of the file that have been read, and all; zeros where it is no file.
    pub fn bytes(&self) -> (u64, u64) {
        self.count.so_far()
    }

    /// Reads up to `most` more rows; `None` after the last.
    ///
    /// # Errors
    ///
    /// A row does not fit the table or the schema; see [`DatasetError`].
    pub fn next(&mut self, most: usize) -> Result<Option<Batch>, DatasetError> {
        if !self.more {
            return Ok(None);
        }
        let d = self.schema.n_features();
        let most = most.clamp(1, (MAX_CELLS / d).max(1));
        let mut rows = Gathered::default();
        // The rows that may be totals of those above them are not given out before it is seen
        // whether others follow.
        let mut held: Option<Held> = None;
        while self.more && (rows.ids.len() < most || held.is_some()) {
            let may_be_total = self.options.rules == Rules::Meaning
                && self.every == 1
                && self.below.see(self.file.record(), self.file.line());
            if may_be_total {
                held.get_or_insert_with(|| Held {
                    given: rows.ids.len(),
                    read: self.read,
                    met: self.met.clone(),
                    error: None,
                });
            } else if let Some(Held { error, .. }) = held.take() {
                error.map_or(Ok(()), Err)?;
            }
            match (self.take(&mut rows), &mut held) {
                (Err(error), Some(held)) => {
                    held.error.get_or_insert(error);
                }
                (taken, _) => taken?,
            }
            self.advance()?;
        }
        if let Some(held) = held {
            (self.read, self.met) = (held.read, held.met);
            rows.truncate(held.given, d);
            for (line, text) in self.below.end() {
                self.furniture.total(line, text);
            }
        }
        if rows.ids.is_empty() {
            return Ok(None);
        }
        rows.batch(d).map(Some)
    }

    /// Takes the row on which the parser stands.
    fn take(&mut self, rows: &mut Gathered) -> Result<(), DatasetError> {
        self.add(&mut rows.features)?;
        self.read += 1;
        rows.ids.push(self.id()?);
        rows.labels.push(self.label()?);
        Ok(())
    }

    /// The row on which the parser stands: the text of each of its cells, and the features that it
    /// makes.
    pub(in crate::dataset) fn here(&mut self) -> Result<(Vec<String>, Vec<f32>), DatasetError> {
        let mut features = Vec::new();
        self.add(&mut features)?;
        let cells = self.file.record().iter().take(self.width);
        let texts = cells.map(|cell| String::from_utf8_lossy(cell).into_owned());
        Ok((texts.collect(), features))
    }

    /// Passes a row; false where it was the last.
    pub(in crate::dataset) fn pass(&mut self) -> Result<bool, DatasetError> {
        self.advance()?;
        Ok(self.more)
    }

    /// Goes to the next row that is to be given out.
    fn advance(&mut self) -> Result<(), DatasetError> {
        let (record, indices) = (self.file.record(), &self.matching.indices);
        self.clocks
            .pass(self.schema.columns(), |at| record.get(indices[at]?));
        for _ in 0..self.every {
            self.step()?;
        }
        Ok(())
    }

    /// Goes to the next row of the file.
    fn step(&mut self) -> Result<(), DatasetError> {
        self.seen += 1;
        while self.more {
            self.more = self.file.advance(&self.name)?;
            if !self.more {
                self.furniture.comments(self.file.comments());
                return self.furniture.end();
            }
            if self.furniture.fits(&self.file, self.width)? {
                let record = self.file.record();
                if !self
                    .furniture
                    .is_no_row(true, record.iter(), self.file.line())
                {
                    let (columns, indices) = (self.schema.columns(), &self.matching.indices);
                    if self.options.rules == Rules::Meaning
                        && self.among.is_subtotal(record, columns, indices)
                    {
                        self.furniture.subtotal(self.file.line());
                        continue;
                    }
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Sentences about what did not fit the schema but did no harm: extra columns, and what was met
    /// in the rows so far.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = self.notes.all();
        notices.extend(notice::of_end(
            self.file.literal(),
            self.file.source().nuls(),
        ));
        notices.extend(self.furniture.notices());
        if !self.matching.renamed.is_empty() {
            let pairs = self.matching.renamed.iter();
            let pairs = pairs.map(|(is, was)| format!("{} for {}", quote(is), quote(was)));
            notices.push(format!(
                "Columns are found by their names without regard to case: {}.",
                list(pairs)
            ));
        }
        if !self.matching.extra.is_empty() {
            let names = list(self.matching.extra.iter().map(|name| quote(name)));
            notices.push(format!(
                "The table has columns that the session does not know; they are not used: {names}."
            ));
        }
        notices.extend(met::notices(self.schema.columns(), &self.met));
        notices
    }

    /// Adds the features of the row on which the parser stands.
    fn add(&mut self, features: &mut Vec<f32>) -> Result<(), DatasetError> {
        let columns = self.schema.columns().iter().zip(&self.schema.fills);
        for (at, (column, fill)) in columns.enumerate() {
            let Some(index) = self.matching.indices[at] else {
                continue;
            };
            let field = self.file.record().get(index).unwrap_or_default();
            if let (Some(time), Fill::Number(median)) = (self.clocks.of(at, column, field), fill) {
                if time.is_missing && self.options.missing == Missing::Refuse {
                    return Err(missing(self.file.line(), column));
                }
                self.met[at].filled += usize::from(time.is_missing);
                features.push(time.value.unwrap_or(*median));
                continue;
            }
            let is_number = matches!(fill, Fill::Number(_));
            let hand = Hand {
                decimal: self.marks.get(index).copied().unwrap_or(b'.'),
            };
            let cell = match &column.role {
                Role::OneHot { values } => cell::of_category(field, values, &self.options),
                _ if is_number => {
                    let unit = self.schema.units[at].as_deref();
                    cell::of_number(field, hand, unit, &self.options)
                }
                _ => Cell::read(field),
            };
            let line = || self.file.line();
            let name = || column.name.clone();
            if let Cell::NotUtf8 = cell {
                return Err(DatasetError::NotUtf8(line()));
            }
            if cell == Cell::Missing {
                if self.options.missing == Missing::Refuse {
                    return Err(missing(line(), column));
                }
                self.met[at].filled += 1;
            }
            match (&column.role, fill) {
                (Role::Feature | Role::Score { .. }, Fill::Number(median)) => {
                    features.push(match cell {
                        Cell::Number(number) => number as f32,
                        Cell::Text(text) => {
                            let (line, column, text) = (line(), name(), text.to_owned());
                            return Err(DatasetError::NotANumber { line, column, text });
                        }
                        Cell::TooLarge(text) => {
                            let (line, column, text) = (line(), name(), text.to_owned());
                            return Err(DatasetError::TooLarge { line, column, text });
                        }
                        Cell::Infinite(text) => {
                            let (line, column, text) = (line(), name(), text.to_owned());
                            return Err(DatasetError::Infinite { line, column, text });
                        }
                        Cell::Missing | Cell::NotUtf8 => *median,
                    })
                }
                (Role::OneHot { values }, Fill::Category(usual)) => {
                    let written = match cell {
                        // As the reader of whole tables writes numbers among texts; it takes the
                        // two zeros for one.
                        Cell::Number(0.0) => "0".to_owned(),
                        Cell::Number(number) => (number as f32).to_string(),
                        Cell::Text(text) | Cell::TooLarge(text) | Cell::Infinite(text) => {
                            text.to_owned()
                        }
                        Cell::Missing | Cell::NotUtf8 => values[usize::from(*usual)].clone(),
                    };
                    let same =
                        |value: &String| *value == written || (written == "0" && value == "-0");
                    let known = values.iter().position(same);
                    if known.is_none() {
                        let met = &mut self.met[at];
                        met.unknown += 1;
                        met.first.get_or_insert_with(|| (written, self.file.line()));
                    }
                    let category = |index: usize| f32::from(u8::from(Some(index) == known));
                    features.extend((0..schema::width(&column.role)).map(category));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn id(&self) -> Result<String, DatasetError> {
        let Some(index) = self.matching.id else {
            return Ok(self.seen.to_string());
        };
        let field = self.file.record().get(index).unwrap_or_default();
        Ok(match records::id(field, "id", self.file.line())? {
            "" => self.read.to_string(),
            id => id.to_owned(),
        })
    }

    fn label(&self) -> Result<String, DatasetError> {
        let index = self.matching.label;
        let field = index.and_then(|at| self.file.record().get(at));
        let Some(text) = field
            .map(|field| records::id(field, "label", self.file.line()))
            .transpose()?
        else {
            return Ok(String::new());
        };
        Ok(met::label_of(text, &self.options))
    }
}
