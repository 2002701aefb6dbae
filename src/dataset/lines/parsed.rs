//! The records of a source, one after another.

use std::io::BufReader;

use csv::ByteRecord;

use super::Grammar;
use super::record::{Broken, Reader};
use crate::dataset::DatasetError;
use crate::dataset::bytes::text_source::TextSource;

/// Bytes that are taken from the source at a time.
const BUFFER: usize = 1 << 16;

/// The parser and the record that it stands on.
pub(in crate::dataset) struct Parsed<'a> {
    reader: Reader<BufReader<TextSource<'a>>>,
}

impl<'a> Parsed<'a> {
    /// Goes on after so many lines of the file.
    pub(in crate::dataset) fn new(source: TextSource<'a>, grammar: Grammar, lines: u64) -> Self {
        let buffered = BufReader::with_capacity(BUFFER, source);
        let reader = Reader::new(buffered, grammar, lines);
        Self { reader }
    }

    /// Parses the next record; false after the last.
    pub(in crate::dataset) fn advance(&mut self, name: &str) -> Result<bool, DatasetError> {
        match self.reader.advance() {
            Ok(found) => {
                self.reader.get_mut().get_mut().record_done();
                Ok(found)
            }
            Err(Broken::Quote(line)) => Err(DatasetError::OpenQuote(line)),
            Err(Broken::Io(error)) => {
                let line = self.reader.line();
                Err(self.source().explain(&error, name, line))
            }
        }
    }

    /// The record.
    pub(in crate::dataset) fn record(&self) -> &ByteRecord {
        &self.reader.record
    }

    /// The line on which the record starts.
    pub(in crate::dataset) fn line(&self) -> u64 {
        self.reader.line()
    }

    /// The lines of the record.
    pub(in crate::dataset) fn lines(&self) -> std::ops::RangeInclusive<u64> {
        self.reader.line()..=self.reader.passed
    }

    /// The error of a record that has not as many fields as it should.
    pub(in crate::dataset) fn ragged(&self, expected: usize) -> DatasetError {
        DatasetError::Ragged {
            line: self.line(),
            found: self.record().len(),
            expected,
            lines: self.reader.span,
        }
    }

    /// Lines of comments that were passed over.
    pub(in crate::dataset) fn comments(&self) -> &[u64] {
        &self.reader.comments
    }

    /// Quotation marks that were taken for characters: the line of the first, and how many.
    pub(in crate::dataset) fn literal(&self) -> (u64, usize) {
        self.reader.literal
    }

    /// What is read from.
    pub(in crate::dataset) fn source(&self) -> &TextSource<'a> {
        self.reader.get_ref().get_ref()
    }
}
