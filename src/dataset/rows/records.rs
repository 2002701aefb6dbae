//! The records of a file, gathered column by column.

mod removed;
mod taken;

use csv::ByteRecord;

use super::cell::Cell;
use super::furniture::Furniture;
use super::ids::{Ids, MAX_ID};
use super::lines_of::LinesOf;
use crate::dataset::columns::finding::Finding;
use crate::dataset::columns::gather::Gathered;
use crate::dataset::columns::times::Times;
use crate::dataset::frame::Frame;
use crate::dataset::lines::Parsed;
use crate::dataset::meaning::texts;
use crate::dataset::names::{self, Part};
use crate::dataset::open::Opened;
use crate::dataset::{DatasetError, MAX_CELLS, Meaning, ReadOptions, Rules};

/// Records parsed between two looks at whether anybody waits.
const RECORDS: usize = 1 << 14;

/// Is called now and then while a table is read; an error ends the reading.
pub(in crate::dataset) type Look<'a> = &'a mut dyn FnMut() -> Result<(), DatasetError>;

/// The records of a file, gathered.
pub(in crate::dataset) struct Records {
    /// What stood around the table.
    pub(in crate::dataset) frame: Frame,
    /// The names of the columns.
    pub(in crate::dataset) names: Vec<String>,
    /// What was found out of each column.
    pub(in crate::dataset) findings: Vec<Finding>,
    /// The columns of times.
    pub(in crate::dataset) times: Vec<Times>,
    /// What is to be told.
    pub(in crate::dataset) notes: Vec<String>,
    /// Values that may stand for a missing one, as one would write them.
    pub(in crate::dataset) fillers: Vec<String>,
    /// What each column is, as far as its name tells.
    pub(in crate::dataset) parts: Vec<Part>,
    /// What was met in each column.
    pub(in crate::dataset) columns: Vec<Gathered>,
    /// The numbers, `[rows, columns]` row-major; NaN where there is none.
    pub(in crate::dataset) numbers: Vec<f32>,
    /// The ids, where there is an id column.
    pub(in crate::dataset) ids: Option<Ids>,
    /// How many records there are.
    pub(in crate::dataset) rows: usize,
    /// On which line each row begins.
    pub(in crate::dataset) lines: LinesOf,
    /// Lines that are no rows, and what is to be told of them.
    pub(in crate::dataset) furniture: Furniture,
    /// What the table knows of quotation marks, lines and bytes when it has been read.
    pub(in crate::dataset) end: End,
    /// How many records were passed, those left out included.
    seen: usize,
    /// Every which of them is kept.
    every: usize,
    /// Which columns are texts, also where they look like numbers.
    texts: Vec<bool>,
    /// Numbers that stand for a missing value.
    missing_numbers: Vec<f64>,
    /// Words that stand for a missing value.
    words: Vec<String>,
    /// By column, whether words of missing values are values too.
    keeps_words: Vec<bool>,
}

/// What is known when a table has been read.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::dataset) struct End {
    /// Quotation marks that were taken for characters: the line of the first, and how many.
    pub(in crate::dataset) literal: (u64, usize),
    /// NUL bytes that were dropped: how many, and the line of the first.
    pub(in crate::dataset) nuls: (u64, u64),
    /// The lines of the text.
    pub(in crate::dataset) lines: u64,
}

impl Records {
    /// Reads all records of a table.
    ///
    /// # Errors
    ///
    /// A record does not fit the table, or it cannot be read; see [`DatasetError`].
    pub(in crate::dataset) fn read(
        opened: Opened<'_>,
        name: &str,
        options: &ReadOptions,
        look: Look<'_>,
    ) -> Result<Self, DatasetError> {
        let Opened {
            mut source,
            frame,
            mut blocks,
            ..
        } = opened;
        let mut records = Self::new(frame, options)?;
        let lines = source.skip(records.frame.start);
        let delimiter = records.frame.grammar.delimiter;
        let is_simple = !records.frame.grammar.runs;
        let rest = match is_simple {
            true => {
                let blocks = blocks.as_deref_mut();
                records.take_pieces(&mut source, blocks, (delimiter, lines), name, look)?
            }
            false => Some(lines),
        };
        match rest {
            None => {
                records.end.lines += source.lines();
                records.end.nuls = source.nuls();
            }
            Some(lines) => {
                let mut file = Parsed::new(source, records.frame.grammar.clone(), lines);
                records.take_records(&mut file, name, look)?;
                records.furniture.comments(file.comments());
                records.end = End {
                    literal: file.literal(),
                    nuls: file.source().nuls(),
                    lines: file.source().lines(),
                };
            }
        }
        match (records.rows, records.frame.header) {
            (0, true) => Err(DatasetError::HeaderOnly(name.into())),
            _ => Ok(records),
        }
    }

    /// Decides what each column is, as far as its name and the first records tell.
    fn new(frame: Frame, options: &ReadOptions) -> Result<Self, DatasetError> {
        let names = frame.names.clone();
        if names.len() == 1 {
            return Err(DatasetError::OneColumn(names[0].clone()));
        }
        names::check_count(names.len())?;
        let parts = names::parts(&names, options)?;
        let id = parts.iter().position(|&part| part == Part::Id);
        let every = options.every.unwrap_or(1).max(1) as usize;
        let mut texts: Vec<bool> = parts.iter().map(|&part| part == Part::Id).collect();
        let is_inferred = options.rules == Rules::Meaning;
        if is_inferred {
            texts::texts(&frame, &parts, &mut texts);
        }
        let number = |text: &String| {
            text.trim()
                .parse::<f64>()
                .ok()
                .filter(|number| !number.is_nan())
        };
        let (numbers, words): (Vec<_>, Vec<_>) = options
            .fillers
            .iter()
            .partition(|text| number(text).is_some());
        let chosen = names::meanings(&names, options)?;
        Ok(Self {
            columns: names.iter().map(|_| Gathered::new(is_inferred)).collect(),
            ids: match id {
                Some(index) => Some(Ids::new(names[index].clone())),
                None => (every > 1).then(|| Ids::new("row".into())),
            },
            furniture: Furniture::new(is_inferred, &frame),
            keeps_words: chosen
                .iter()
                .map(|meaning| *meaning == Some(Meaning::Category))
                .collect(),
            missing_numbers: numbers.into_iter().filter_map(number).collect(),
            words: words
                .into_iter()
                .map(|word| word.trim().to_owned())
                .collect(),
            lines: LinesOf::default(),
            end: End::default(),
            findings: vec![Finding::default(); names.len()],
            times: Vec::new(),
            notes: Vec::new(),
            fillers: Vec::new(),
            frame,
            names,
            parts,
            numbers: Vec::new(),
            rows: 0,
            seen: 0,
            every,
            texts,
        })
    }

    /// Takes in what is left of the file.
    fn take_records(
        &mut self,
        file: &mut Parsed<'_>,
        name: &str,
        look: Look<'_>,
    ) -> Result<(), DatasetError> {
        let width = self.names.len();
        while file.advance(name)? {
            if self.seen.is_multiple_of(RECORDS) {
                look()?;
            }
            let record = file.record();
            if !self.furniture.fits(file, width)? {
                continue;
            }
            if self.furniture.is_no_row(true, record.iter(), file.line()) {
                continue;
            }
            self.add(record, file.line())?;
        }
        self.furniture.end()
    }

    fn add(&mut self, record: &ByteRecord, line: u64) -> Result<(), DatasetError> {
        let Some(row) = self.begin_row(line)? else {
            return Ok(());
        };
        for (index, field) in record.iter().take(self.names.len()).enumerate() {
            let number = self.field(index, field, row, line)?;
            self.numbers.push(number);
        }
        self.rows += 1;
        Ok(())
    }

    /// Checks that there is room for another row, and returns its number; `None` if it is left out.
    fn begin_row(&mut self, line: u64) -> Result<Option<u32>, DatasetError> {
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
        let row = self.rows as u32;
        self.lines.add(row, line);
        Ok(Some(row))
    }

    /// Takes in a field and returns what the table keeps of it: a number, or NaN.
    fn field(
        &mut self,
        index: usize,
        field: &[u8],
        row: u32,
        line: u64,
    ) -> Result<f32, DatasetError> {
        let column = &self.names[index];
        if let (Part::Id, Some(ids)) = (self.parts[index], &mut self.ids) {
            ids.push(id(field, column, line)?);
            return Ok(f32::NAN);
        }
        let met = &mut self.columns[index];
        let mut cell = Cell::read(field);
        match cell {
            Cell::Number(number) if self.missing_numbers.contains(&number) => cell = Cell::Missing,
            Cell::TooLarge(text)
                if text
                    .parse()
                    .is_ok_and(|number| self.missing_numbers.contains(&number)) =>
            {
                cell = Cell::Missing;
            }
            Cell::Text(text) if self.words.iter().any(|word| word == text) => cell = Cell::Missing,
            Cell::NotUtf8 => return Err(DatasetError::NotUtf8(line)),
            Cell::Missing if field.trim_ascii() == b"NA" && !self.keeps_words[index] => met.na += 1,
            _ if !self.texts[index] => {}
            Cell::Missing if !self.keeps_words[index] => {}
            _ => {
                // Not UTF-8 was said before.
                let text = std::str::from_utf8(field.trim_ascii()).unwrap_or_default();
                cell = match text {
                    "" => Cell::Missing,
                    _ => Cell::Text(text),
                };
            }
        }
        met.add(cell, row, column, line)
    }

    /// The numbers of one column, NaN where there is none.
    pub(in crate::dataset) fn column(&self, index: usize) -> Vec<f32> {
        let numbers = self.numbers.iter().skip(index);
        numbers.step_by(self.names.len()).copied().collect()
    }

    /// The number of a row; NaN where there is none.
    pub(in crate::dataset) fn number(&self, row: usize, index: usize) -> f32 {
        self.numbers[row * self.names.len() + index]
    }

    /// Whether a number was said to stand for a missing value.
    pub(in crate::dataset) fn is_filler(&self, number: f64) -> bool {
        self.missing_numbers.contains(&number)
    }

    /// The id of a row, if that is what a column holds.
    pub(in crate::dataset) fn id_of(&self, index: usize, row: usize) -> Option<&str> {
        match (self.parts[index], &self.ids) {
            (Part::Id, Some(ids)) => ids.get(row),
            _ => None,
        }
    }

    /// The first cell of a row that holds something, with its column, where that is a text.
    pub(in crate::dataset) fn leading(&self, row: usize) -> Option<(usize, String)> {
        let text = |index: usize| {
            let text = self.columns[index].texts.get(row as u32);
            text.or_else(|| self.id_of(index, row))
        };
        let index = (0..self.names.len())
            .find(|&index| text(index).is_some() || !self.number(row, index).is_nan())?;
        Some((index, text(index)?.to_owned()))
    }

    /// Whether all rows were read.
    pub(in crate::dataset) fn is_whole(&self) -> bool {
        self.every == 1
    }

    /// Sets the number of a row.
    pub(in crate::dataset) fn set(&mut self, row: usize, index: usize, number: f32) {
        let at = row * self.names.len() + index;
        if let Some(kept) = self.numbers.get_mut(at) {
            *kept = number;
        }
    }

    /// Which columns were read as texts, whatever they look like.
    pub(in crate::dataset) fn is_text(&self, index: usize) -> bool {
        self.texts[index]
    }
}

/// Reads a field as an id.
pub(in crate::dataset) fn id<'r>(
    field: &'r [u8],
    column: &str,
    line: u64,
) -> Result<&'r str, DatasetError> {
    match std::str::from_utf8(field.trim_ascii()) {
        Err(_) => Err(DatasetError::NotUtf8(line)),
        Ok(id) if id.len() > MAX_ID => Err(DatasetError::LongId(line, column.into())),
        Ok(id) => Ok(id),
    }
}
