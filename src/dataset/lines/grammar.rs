//! How lines fall into fields.

use csv::ByteRecord;

use crate::dataset::rows::cell::Cell;
use crate::dataset::written;

/// How lines fall into fields.
#[derive(Clone, Debug)]
pub(in crate::dataset) struct Grammar {
    /// The byte between fields.
    pub(in crate::dataset) delimiter: u8,
    /// Whether the delimiter is a space and stands for any run of spaces and tabs.
    pub(in crate::dataset) runs: bool,
    /// Whether a quotation mark is believed even where it swallows lines that look like records.
    pub(in crate::dataset) trusts_quotes: bool,
    /// Whether a backslash before a quotation mark makes a character of it, as Spark and MySQL write.
    pub(in crate::dataset) escapes: bool,
    /// The number of fields of a record; 0 while it is not known.
    pub(in crate::dataset) width: usize,
    /// Which of the columns hold numbers or times, as far as the beginning tells.
    pub(in crate::dataset) typed: Vec<bool>,
    /// Lines that begin so, and have not the fields of a record, are comments.
    pub(in crate::dataset) comment: Option<u8>,
}

impl Grammar {
    pub(in crate::dataset) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            runs: delimiter == b' ',
            trusts_quotes: false,
            escapes: false,
            width: 0,
            typed: Vec::new(),
            comment: None,
        }
    }

    fn ends(&self, byte: u8) -> bool {
        byte == self.delimiter || (self.runs && byte == b'\t')
    }

    /// Splits a text into fields; returns false where a quotation mark is still open at its end,
    /// unless such a one is `literal`.
    pub(in crate::dataset) fn split(
        &self,
        text: &[u8],
        literal: bool,
        record: &mut ByteRecord,
    ) -> bool {
        record.clear();
        let runs = self.runs;
        let skip = |mut at: usize| {
            while runs && text.get(at).is_some_and(|&byte| self.ends(byte)) {
                at += 1;
            }
            at
        };
        let mut at = skip(0);
        loop {
            // Some write a space behind the delimiter, also before a quotation mark.
            let quote = match runs || self.trusts_quotes {
                true => at,
                false => at + text[at..].iter().take_while(|&&byte| byte == b' ').count(),
            };
            if text.get(quote) == Some(&b'"') {
                at = quote;
            }
            match text.get(at) {
                Some(b'"') => match self.quoted(text, at + 1) {
                    Some((field, end)) => {
                        record.push_field(&field);
                        at = end;
                    }
                    None if literal => at = self.plain(text, at, record),
                    None => return false,
                },
                _ => at = self.plain(text, at, record),
            }
            if at >= text.len() {
                return true;
            }
            at = skip(at + 1);
            if runs && at >= text.len() {
                return true;
            }
        }
    }

    fn plain(&self, text: &[u8], at: usize, record: &mut ByteRecord) -> usize {
        let more = text[at..].iter().position(|&byte| self.ends(byte));
        let end = more.map_or(text.len(), |more| at + more);
        record.push_field(&text[at..end]);
        end
    }

    /// Reads a quoted field from behind its opening mark; `None` where none closes it.
    fn quoted(&self, text: &[u8], start: usize) -> Option<(Vec<u8>, usize)> {
        let mut field = Vec::new();
        let mut at = start;
        loop {
            let more = text[at..].iter().position(|&byte| byte == b'"')?;
            field.extend_from_slice(&text[at..at + more]);
            at += more + 1;
            let slashes = field
                .iter()
                .rev()
                .take_while(|&&byte| byte == b'\\')
                .count();
            if self.escapes && slashes % 2 == 1 {
                field.pop();
                field.push(b'"');
                continue;
            }
            match text.get(at) {
                Some(b'"') => {
                    field.push(b'"');
                    at += 1;
                }
                None => return Some((field, at)),
                Some(&byte) if self.ends(byte) => return Some((field, at)),
                // Words behind the mark: the field goes on without it, to the next delimiter.
                Some(_) => {
                    let more = text[at..]
                        .iter()
                        .position(|&byte| self.ends(byte) || byte == b'\n');
                    let end = more.map_or(text.len(), |more| at + more);
                    if text.get(end) == Some(&b'\n') {
                        return None;
                    }
                    field.extend_from_slice(&text[at..end]);
                    return Some((field, end));
                }
            }
        }
    }

    /// Whether a record has the shape of those of the table.
    pub(super) fn fits(&self, record: &ByteRecord, width: usize) -> bool {
        let typed = self.typed.iter().zip(record.iter());
        record.len() == width
            && typed
                .into_iter()
                .all(|(typed, cell)| !typed || is_typed(cell))
    }
}

/// Whether a cell is a number, a time, or empty.
pub(in crate::dataset) fn is_typed(cell: &[u8]) -> bool {
    match Cell::read(cell) {
        Cell::Text(text) => written::is_number(text) || written::is_time(text),
        Cell::NotUtf8 => false,
        _ => true,
    }
}
