//! What stands among the rows of a table and is none: empty rows, headers again, footers.

use csv::ByteRecord;

use super::cell::Cell;
use crate::dataset::DatasetError;
use crate::dataset::frame::{Frame, is_rule};
use crate::dataset::lines::{Parsed, is_typed};
use crate::dataset::text::{list, quote};

/// Most lines that are remembered one by one.
const REMEMBERED: usize = 10_000;

/// Lines that are no rows.
pub(in crate::dataset) struct Furniture {
    /// Whether there may be any; else whatever does not fit is an error.
    is_looked_for: bool,
    /// The rows of the header.
    header: Vec<ByteRecord>,
    /// Whether most columns hold numbers or times, so that a row of texts is none.
    has_numbers: bool,
    /// Lines that were passed over.
    pub(in crate::dataset) skipped: Vec<u64>,
    empty: Met,
    repeated: Met,
    rules: Met,
    comments: Met,
    subtotals: Met,
    remarks: Met,
    footers: Vec<(u64, String)>,
    /// Rows of limits, means and the like below the header.
    figures: Vec<(u64, String)>,
    /// Whether another table has begun behind an empty line: all that follows is left out.
    has_ended: bool,
    /// Whether an empty line stands before the record.
    is_behind_gap: bool,
    /// The last line of the record before; 0 where there is none.
    before: u64,
    /// The error of the first line that does not fit and is no footer unless the table ends behind
    /// it.
    pending: Option<DatasetError>,
}

/// How often something was met, and on which line first.
#[derive(Clone, Copy, Default)]
struct Met {
    count: usize,
    line: u64,
}

impl Met {
    fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }

    fn tell(self, one: &str, many: &str, does: [&str; 2]) -> Option<String> {
        match (self.count, self.line) {
            (0, _) => None,
            (1, line) => Some(format!("Line {line} {one}; it is {}.", does[0])),
            (count, line) => Some(format!(
                "{count} lines {many}, the first of them line {line}; they are {}.",
                does[1]
            )),
        }
    }
}

impl Furniture {
    /// What is to be looked for around the rows of a frame.
    pub(in crate::dataset) fn new(is_looked_for: bool, frame: &Frame) -> Self {
        let typed = &frame.grammar.typed;
        let count = typed.iter().filter(|typed| **typed).count();
        Self {
            is_looked_for,
            has_numbers: count * 2 > typed.len(),
            header: frame.header_rows.clone(),
            skipped: Vec::new(),
            empty: Met::default(),
            repeated: Met::default(),
            rules: Met::default(),
            comments: Met::default(),
            subtotals: Met::default(),
            remarks: Met::default(),
            before: 0,
            has_ended: false,
            is_behind_gap: false,
            footers: Vec::new(),
            figures: Vec::new(),
            pending: None,
        }
    }

    /// Whether a record of the right width is no row. Of one that holds a number only the texts are
    /// given; it is a row.
    pub(in crate::dataset) fn is_no_row<'c>(
        &mut self,
        is_all: bool,
        mut cells: impl Iterator<Item = &'c [u8]> + Clone,
        line: u64,
    ) -> bool {
        if !self.is_looked_for {
            return false;
        }
        let first = cells.clone().next().unwrap_or_default();
        if is_all && self.is_behind_gap && self.begins_table(cells.clone()) {
            self.has_ended = true;
            self.footers.push((line, joined(cells.clone())));
        }
        if self.has_ended {
            self.skip(line..=line);
            return true;
        }
        if is_subtotal(first) {
            self.subtotals.add(line);
            self.skip(line..=line);
            return true;
        }
        if !is_all {
            return false;
        }
        // As a program tells it whose fields are separated by spaces.
        let second = cells.clone().nth(1).unwrap_or_default();
        if second
            .first()
            .is_some_and(|letter| letter.is_ascii_alphabetic())
        {
            let text = joined(cells.clone());
            if is_row_count(&text) {
                self.footers.push((line, text));
                self.skip(line..=line);
                return true;
            }
        }
        if matches!(Cell::read(first), Cell::Number(_)) {
            return false;
        }
        let met = if cells.clone().all(|cell| cell.trim_ascii().is_empty()) {
            &mut self.empty
        } else if self.header.iter().any(|row| {
            // Where files are joined, the mark of a text's beginning stands in its midst.
            (row.get(0).map(unmarked) == Some(unmarked(first))
                && cells.clone().skip(1).eq(row.iter().skip(1)))
                || (self.is_behind_gap && self.has_numbers && are_alike(cells.clone(), row))
        }) {
            &mut self.repeated
        } else if first.trim_ascii().iter().all(|byte| b"-=+_".contains(byte)) && {
            let record = ByteRecord::from(cells.by_ref().collect::<Vec<_>>());
            is_rule(&record)
        } {
            &mut self.rules
        } else if is_remark(first) && {
            let mut others = cells.skip(1);
            let is_blank = |cell: &[u8]| cell.trim_ascii().is_empty();
            others.next().is_some_and(is_blank)
                && others.next().is_some_and(is_blank)
                && others.all(is_blank)
        } {
            &mut self.remarks
        } else {
            return false;
        };
        met.add(line);
        self.skip(line..=line);
        true
    }

    /// Whether another table has begun.
    pub(in crate::dataset) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Whether cells are names, other ones than those of the table.
    fn begins_table<'c>(&self, cells: impl Iterator<Item = &'c [u8]> + Clone) -> bool {
        let is_name = |cell: &[u8]| !cell.trim_ascii().is_empty() && !is_typed(cell);
        let is_known = |row: &ByteRecord| are_alike(cells.clone(), row);
        cells.clone().count() > 1
            && self.has_numbers
            && cells.clone().all(is_name)
            && !self.header.iter().any(is_known)
    }

    /// Whether a record has the width of the table, but for empty fields behind it; one that may be
    /// a footer has not, and is an error if a row follows it.
    pub(in crate::dataset) fn fits(
        &mut self,
        file: &Parsed<'_>,
        width: usize,
    ) -> Result<bool, DatasetError> {
        let record = file.record();
        self.pass(file.line());
        let is_behind_gap = self.is_behind_gap;
        self.before = *file.lines().end();
        let is_blank = |cell: &[u8]| cell.trim_ascii().is_empty();
        let fits = record.len() == width
            || (self.is_looked_for
                && record.len() > width
                && record.iter().skip(width).all(is_blank));
        if self.is_looked_for && record.len() == 1 && record.iter().all(is_blank) && width > 1 {
            self.empty.add(file.line());
            self.skip(file.lines());
            return Ok(false);
        }
        if self.is_looked_for && !fits && is_row_count(&joined(record.iter())) {
            self.footers.push((file.line(), joined(record.iter())));
            self.skip(file.lines());
            return Ok(false);
        }
        match (&self.pending, fits) {
            (Some(error), true) => Err(error.clone()),
            (None, true) => Ok(true),
            (_, false) if self.is_looked_for && may_be_footer(record, width, is_behind_gap) => {
                self.pending.get_or_insert_with(|| file.ragged(width));
                self.footers.push((file.line(), joined(record.iter())));
                self.skip(file.lines());
                Ok(false)
            }
            _ => Err(file.ragged(width)),
        }
    }

    /// Says on which line the last row stood.
    pub(in crate::dataset) fn pass(&mut self, line: u64) {
        self.is_behind_gap = self.before > 0 && line > self.before + 1;
        self.before = line;
    }

    /// Ends the table.
    pub(in crate::dataset) fn end(&mut self) -> Result<(), DatasetError> {
        match (&self.pending, self.footers.len() > 20) {
            // So many lines are more than a footer has.
            (Some(error), true) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// Says which lines were comments.
    pub(in crate::dataset) fn comments(&mut self, lines: &[u64]) {
        for &line in lines {
            self.comments.add(line);
            self.skip(line..=line);
        }
        self.skipped.sort_unstable();
    }

    /// Says that the last row, of a line, is a total of those above it.
    pub(in crate::dataset) fn total(&mut self, line: u64, text: String) {
        self.footers.push((line, text));
        self.footers.sort();
        self.skip(line..=line);
        self.skipped.sort_unstable();
    }

    /// Says that the row on a line is the subtotal of rows above it.
    pub(in crate::dataset) fn subtotal(&mut self, line: u64) {
        self.subtotals.add(line);
        self.skip(line..=line);
        self.skipped.sort_unstable();
    }

    /// Says that the row on a line, below the header, holds a figure of the rows.
    pub(in crate::dataset) fn figure(&mut self, line: u64, text: String) {
        self.figures.push((line, text));
        self.skip(line..=line);
        self.skipped.sort_unstable();
    }

    fn skip(&mut self, lines: std::ops::RangeInclusive<u64>) {
        let room = REMEMBERED.saturating_sub(self.skipped.len());
        self.skipped.extend(lines.take(room));
    }

    /// Sentences about all of them.
    pub(in crate::dataset) fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        let left_out = ["left out", "left out"];
        notices.extend(
            self.empty
                .tell("is an empty row", "are empty rows", left_out),
        );
        notices.extend(
            self.repeated
                .tell("repeats the header", "repeat the header", left_out),
        );
        notices.extend(self.rules.tell("is a rule", "are rules", left_out));
        notices.extend(self.comments.tell(
            "is a comment",
            "are comments",
            ["passed over", "passed over"],
        ));
        notices.extend(self.subtotals.tell(
            "is a subtotal of rows above it",
            "are subtotals of rows above them",
            left_out,
        ));
        notices.extend(self.remarks.tell(
            "holds a remark in its first field and nothing else",
            "hold a remark in their first field and nothing else",
            left_out,
        ));
        if let (Some((from, _)), Some((to, _))) = (self.figures.first(), self.figures.last()) {
            let texts = list(self.figures.iter().map(|(_, text)| quote(text)));
            notices.push(match from == to {
                true => format!(
                    "Line {from} below the header holds a figure of the rows and is none; it is left out: {texts}."
                ),
                false => format!(
                    "Lines {from} to {to} below the header hold figures of the rows and are none; they are left out: {texts}."
                ),
            });
        }
        if let Some((line, _)) = self.footers.first() {
            let texts = list(self.footers.iter().map(|(_, text)| quote(text)));
            notices.push(format!(
                "What follows the rows from line {line} on is no row, and left out: {texts}."
            ));
        }
        notices
    }
}

/// Whether a record that does not fit can stand below a table: a remark, in fewer fields; behind an
/// empty line in any number of them.
fn may_be_footer(record: &ByteRecord, width: usize, is_behind_gap: bool) -> bool {
    let filled = || record.iter().filter(|cell| !cell.trim_ascii().is_empty());
    let first = record.get(0).unwrap_or_default();
    let is_told = first.windows(2).any(|pair| pair == b": ") || is_remark(first);
    let is_short = record.len() < width
        && (record.len() == 1 || record.len() * 2 <= width || is_behind_gap || is_told);
    is_short && filled().next().is_some_and(|cell| !is_typed(cell))
}

/// A cell without the mark of a text's beginning.
fn unmarked(cell: &[u8]) -> &[u8] {
    cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell)
}

/// Whether most cells are those of a row of the header, whatever their case.
fn are_alike<'c>(cells: impl Iterator<Item = &'c [u8]>, row: &ByteRecord) -> bool {
    let same = |(cell, other): &(&[u8], &[u8])| {
        let (cell, other) = (cell.trim_ascii(), other.trim_ascii());
        !cell.is_empty() && cell.eq_ignore_ascii_case(other)
    };
    cells.zip(row.iter()).filter(same).count() * 2 > row.len()
}

/// Cells with spaces between, as a text.
fn joined<'c>(cells: impl Iterator<Item = &'c [u8]>) -> String {
    let texts: Vec<_> = cells.map(String::from_utf8_lossy).collect();
    texts.join(" ")
}

/// Whether a text says how many rows there are: `(300 rows affected)`, `[300 rows x 3 columns]`.
fn is_row_count(text: &str) -> bool {
    const ROWS: [&str; 12] = [
        "row",
        "rows",
        "row(s)",
        "rows.",
        "record",
        "records",
        "record(s)",
        "zeilen",
        "lignes",
        "filas",
        "righe",
        "行",
    ];
    if text.len() > 80 {
        return false;
    }
    let bare = text.trim().trim_start_matches(['(', '[']).to_lowercase();
    let mut words = bare.split_whitespace();
    let count = words.next().unwrap_or_default();
    let noun = words
        .next()
        .unwrap_or_default()
        .trim_end_matches([')', ']', ',']);
    let is_count = count
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b',');
    // Numbers behind it are those of a row.
    let is_last = words.all(|word| word.parse::<f64>().is_err() || bare.contains(" x "));
    !count.is_empty() && is_count && ROWS.contains(&noun) && is_last
}

/// Whether a first cell is the word of a subtotal.
fn is_subtotal(cell: &[u8]) -> bool {
    const WORDS: [&str; 6] = [
        "subtotal",
        "sub-total",
        "sub total",
        "zwischensumme",
        "sous-total",
        "小计",
    ];
    if !(6..=14).contains(&cell.len()) {
        return false;
    }
    let text = std::str::from_utf8(cell.trim_ascii()).unwrap_or_default();
    WORDS.contains(&text.trim_end_matches(':').to_lowercase().as_str())
}

/// Whether a first cell is a remark rather than the name of a row: several words, or a note.
fn is_remark(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.starts_with(b"*") || cell.ends_with(b":") || cell.split(|&byte| byte == b' ').count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_rows_are_told_from_rows() {
        for text in [
            "(300 rows)",
            "(300 rows affected)",
            "300 rows selected.",
            "[300 rows x 3 columns]",
            "300 rows in set (0.01 sec)",
            "1,200 records",
        ] {
            assert!(is_row_count(text), "{text}");
        }
        for text in ["300 1 2", "rows 300", "12 rows 5 7", "3 rowing boats", ""] {
            assert!(!is_row_count(text), "{text}");
        }
    }
}
