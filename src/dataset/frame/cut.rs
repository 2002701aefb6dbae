//! Where a table begins, and how wide it is.

use csv::ByteRecord;

use super::head::Found;
use super::{above, character, delimiter, gap, header};
use crate::dataset::lines::{Grammar, is_typed};
use crate::dataset::text::quote;

/// Most lines of a preamble that are named one by one.
const SHOWN: usize = 3;

/// Lines among which rows of names and values are looked for.
const KEYS: usize = 60;

/// Where the table begins among the first records, and how wide it is.
pub(super) struct Cut {
    pub(super) width: usize,
    /// The record that is the header, or the first row.
    pub(super) first: usize,
    /// Whether the header lacks the name of the first column, as R leaves it.
    pub(super) has_row_names: bool,
    /// Whether lines end in a delimiter.
    pub(super) has_blank_end: bool,
    /// The line of a header that is separated otherwise than the rows, and by what.
    pub(super) other: Option<(u64, u8)>,
}

impl Cut {
    /// The plain frame: the first record is the first of the table.
    pub(super) fn new(found: &[Found], grammar: &Grammar) -> Self {
        Self {
            width: found[0]
                .record
                .len()
                .max(if grammar.runs { grammar.width } else { 0 }),
            first: 0,
            has_row_names: false,
            has_blank_end: false,
            other: None,
        }
    }

    /// Finds where the table begins, where something speaks for another line than the first.
    pub(super) fn find(&mut self, found: &mut [Found], lines: &[&[u8]], wanted: Option<bool>) {
        let lead = leading_comments(found).max(leading_rules(found));
        let widths: Vec<usize> = found.iter().map(|found| found.record.len()).collect();
        let usual = delimiter::usual(&widths[lead..]);
        let steady = widths.iter().filter(|&&width| width == usual).count();
        if usual < 2 || steady * 2 < widths.len() - lead || steady < 2 {
            return;
        }
        let Some(first) = widths[lead..].iter().position(|&width| width == usual) else {
            return;
        };
        let before_gap = lead + first;
        let first = gap::behind_gap(found, before_gap, usual).unwrap_or(before_gap);
        let rows = || found.iter().filter(|found| found.record.len() == usual);
        // How many fields at the end of every row hold nothing.
        let blank = || {
            let is_blank = |at: usize| {
                let cell = |found: &Found| found.record.get(at).is_some_and(is_blank_cell);
                rows().all(cell)
            };
            (0..usual).rev().take_while(|&at| is_blank(at)).count()
        };
        let texts = |record: &ByteRecord| {
            record
                .iter()
                .all(|cell| !is_typed(cell) || cell.trim_ascii().is_empty())
        };
        let rows_typed = rows().take(50).any(|found| {
            found
                .record
                .iter()
                .any(|cell| is_typed(cell) && !cell.is_empty())
        });
        let below = found[first..]
            .iter()
            .take(50)
            .map(|found| found.record.clone());
        let below: Vec<ByteRecord> = below.collect();
        let is_header = rows_typed && (texts(&below[0]) || header::is_header(&below));
        // A header that is shorter or, with delimiters at its end, longer than the rows.
        if first > lead && wanted != Some(false) {
            let before = &found[first - 1];
            let is_named = texts(&before.record) && rows_typed && !is_header;
            let lacks = usual.saturating_sub(before.record.len());
            let has_blank_end = lacks > 0 && blank() >= lacks;
            if (lacks == 1 || has_blank_end) && is_named && before.record.len() > 1 {
                let mut cells = rows().filter_map(|found| found.record.get(0));
                if has_blank_end || are_row_names(&mut cells) {
                    (self.first, self.width) = (first - 1, usual);
                    self.has_blank_end = has_blank_end;
                    self.has_row_names = !has_blank_end;
                }
                return;
            }
            let is_blank_end =
                before.record.len() > usual && before.record.iter().skip(usual).all(is_blank_cell);
            if is_blank_end && is_named {
                (self.first, self.width, self.has_blank_end) = (first - 1, usual, true);
                return;
            }
            // A header by another delimiter than the rows.
            if before.record.len() == 1 && rows_typed && !is_header {
                let line = lines.get(first - 1).copied().unwrap_or_default();
                for other in [b',', b';', b'\t', b'|'] {
                    let mut record = ByteRecord::new();
                    Grammar::new(other).split(line, true, &mut record);
                    if record.len() == usual && texts(&record) {
                        found[first - 1].record = record;
                        self.other = Some((found[first - 1].line, other));
                        (self.first, self.width) = (first - 1, usual);
                        return;
                    }
                }
            }
            // A header that does not fit is an error of the file, and no preamble.
            let before = &found[first - 1].record;
            if !is_comment(before) && !is_header && before.len() > 1 {
                return;
            }
        }
        // Numbers before the table are rows that do not fit it.
        let all_typed = |record: &ByteRecord| {
            record.len() > 1 && record.iter().all(is_typed) && !record.iter().all(is_blank_cell)
        };
        if found[lead..before_gap]
            .iter()
            .any(|found| all_typed(&found.record))
        {
            return;
        }
        (self.first, self.width) = (first, usual);
        // A comment of as many fields stands before the names.
        while is_comment(&found[self.first].record)
            && rows_typed
            && found
                .get(self.first + 1)
                .is_some_and(|next| next.record.len() == usual && texts(&next.record))
        {
            self.first += 1;
        }
        if wanted != Some(false) && !is_header {
            self.take_names_of_comment(found, usual);
        }
        self.pass_titles(found);
        self.pass_keys(found);
    }

    /// Takes the names from the last comment before the rows, as NumPy and gnuplot write them:
    /// `# temp pressure flow`.
    fn take_names_of_comment(&mut self, found: &mut [Found], usual: usize) {
        let is_of_comments = |found: &&Found| is_comment(&found.record);
        let lead = found
            .iter()
            .take(self.first)
            .rev()
            .take_while(is_of_comments);
        let last = self.first - lead.count();
        // Zeek and web servers say which line it is: `#fields`.
        let is_said = |found: &Found| {
            let first = found.record.get(0).unwrap_or_default();
            first.to_ascii_lowercase().starts_with(b"#fields")
        };
        let said = (last..self.first).find(|&at| is_said(&found[at]));
        let bare = |cell: &[u8]| {
            let start = cell.iter().position(|byte| !b"#%/ ".contains(byte));
            cell[start.unwrap_or(cell.len())..].to_vec()
        };
        let names = |at: usize| {
            let mut cells: Vec<Vec<u8>> = found[at].record.iter().map(<[u8]>::to_vec).collect();
            cells[0] = bare(&cells[0]);
            if cells[0].is_empty() || said.is_some() {
                cells.remove(0);
            }
            let is_name = |cell: &Vec<u8>| !cell.is_empty() && !is_typed(cell);
            let are_names = cells.len() == usual && cells.iter().all(is_name);
            are_names.then(|| ByteRecord::from(cells))
        };
        let before = |at: usize| at.checked_sub(1).filter(|&at| at >= last);
        let Some(at) = said.or(before(self.first)) else {
            return;
        };
        let Some(first) = names(at) else { return };
        // Units below the names, in a comment of their own.
        let above = before(at).filter(|_| said.is_none() && header::are_units(&first));
        let rows = match above.and_then(names) {
            Some(above) => vec![above, first],
            None => vec![first],
        };
        // The lines between are comments too.
        self.first -= rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            found[self.first + index].record = row;
        }
    }

    /// Passes over rows of a name and its value before the table, which are padded to its width.
    fn pass_keys(&mut self, found: &[Found]) {
        let table = &found[self.first..];
        let width = self.width;
        let filled = |found: &Found| {
            let is_filled = |cell: &&[u8]| !cell.trim_ascii().is_empty();
            found.record.iter().filter(is_filled).count()
        };
        let is_row = |found: &Found| {
            found.record.len() == width
                && found
                    .record
                    .iter()
                    .any(|cell| !cell.trim_ascii().is_empty() && is_typed(cell))
        };
        let is_header = |at: &usize| {
            table[*at].record.len() == width
                && filled(&table[*at]) == width
                && table[*at].record.iter().all(|cell| !is_typed(cell))
                && {
                    // Units may stand between the names and the rows.
                    let is_units = |next: &Found| header::are_units(&next.record);
                    let below = at + 1 + usize::from(table.get(at + 1).is_some_and(is_units));
                    table
                        .get(below)
                        .is_some_and(|next| is_row(next) && filled(next) * 2 > width)
                }
        };
        let header = (1..table.len().min(KEYS)).find(is_header);
        let is_key = |found: &Found| filled(found) < width && filled(found) <= 3;
        if let Some(header) = header
            && width > 2
            && table[..header].iter().all(is_key)
        {
            // The names of groups of columns stand right above those of the columns.
            let groups = above::groups(&table[header - 1].record, &table[header].record);
            self.first += header - usize::from(groups.is_some());
        } else if is_key_and_values(table.iter().map(|found| &found.record)) {
            self.first += 1;
        }
    }

    /// Passes over rows that are all but empty, such as a title in the first cell of a sheet.
    fn pass_titles(&mut self, found: &[Found]) {
        let filled = |found: &Found| {
            found
                .record
                .iter()
                .filter(|cell| !cell.trim_ascii().is_empty())
                .count()
        };
        let counts: Vec<usize> = found[self.first..].iter().map(filled).collect();
        let usual = delimiter::usual(&counts);
        let is_title = |count: &usize| count * 2 < usual;
        let mut titles = counts.iter().take_while(|count| is_title(count)).count();
        // The names of groups of columns are no title.
        let last = titles
            .checked_sub(1)
            .and_then(|at| found.get(self.first + at));
        if let (Some(last), Some(next)) = (last, found.get(self.first + titles))
            && above::groups(&last.record, &next.record).is_some()
        {
            titles -= 1;
        }
        let table = &found[self.first + titles.min(counts.len())..];
        if usual > 2 && table.len() > 2 {
            self.first += titles;
        }
    }

    pub(super) fn tell(&self, preamble: &[Found], notes: &mut Vec<String>) {
        if let Some((line, other)) = self.other {
            notes.push(format!(
                "The names on line {line} are separated by {}, the rows below otherwise; both are read.",
                character(other)
            ));
        }
        if self.has_row_names {
            notes.push("The header has one name less than the rows have fields: the first field is taken for the name of the row, as R writes it.".to_owned());
        }
        if self.has_blank_end {
            notes
                .push("Lines end in a delimiter; the empty field behind it is ignored.".to_owned());
        }
        let (Some(from), Some(to)) = (preamble.first(), preamble.last()) else {
            return;
        };
        let texts = preamble.iter().map(|found| {
            let cells: Vec<String> = found
                .record
                .iter()
                .map(|cell| String::from_utf8_lossy(cell).into_owned())
                .collect();
            quote(&cells.join(" "))
        });
        let shown: Vec<String> = texts.take(SHOWN).collect();
        let more = if preamble.len() > SHOWN { ", …" } else { "" };
        let range = match (from.line, to.passed) {
            (from, to) if from == to => format!("Line {from} stands"),
            (from, to) => format!("Lines {from} to {to} stand"),
        };
        notes.push(format!(
            "{range} before the table and no part of it is read: {}{more}.",
            shown.join(", ")
        ));
    }
}

/// Whether a record begins with a word for what it says of the columns, whose names stand elsewhere.
fn is_second_key(record: &ByteRecord) -> bool {
    const WORDS: [&[u8]; 10] = [
        b"description",
        b"descriptor",
        b"desc",
        b"beschreibung",
        b"bezeichnung",
        b"unit",
        b"units",
        b"einheit",
        b"type",
        b"name",
    ];
    let first = record
        .get(0)
        .unwrap_or_default()
        .trim_ascii()
        .to_ascii_lowercase();
    WORDS.contains(&first.as_slice())
}

/// Whether the first of some records is a key and its values, as programs write above a table, and the
/// second holds its names: `Device,X100,v2`.
fn is_key_and_values<'r>(records: impl Iterator<Item = &'r ByteRecord>) -> bool {
    let mut records = records.take(8);
    let (Some(first), Some(second)) = (records.next(), records.next()) else {
        return false;
    };
    let has_digit = |cell: &[u8]| cell.iter().any(u8::is_ascii_digit);
    let are_texts = |record: &ByteRecord| record.iter().all(above::is_text);
    let is_value = |cell: &[u8]| has_digit(cell) && !cell.contains(&b' ');
    let mut cells = first.iter();
    let is_key = cells.next().is_some_and(|key| !has_digit(key)) && cells.all(is_value);
    let rest: Vec<&ByteRecord> = records.skip_while(|row| header::are_units(row)).collect();
    let width = second.len();
    let are_rows =
        |row: &&ByteRecord| row.len() == width && row.iter().all(|cell| !above::is_text(cell));
    width > 2
        && first.len() == width
        && is_key
        && are_texts(first)
        && are_texts(second)
        && !second.iter().any(has_digit)
        && !above::are_types(second)
        && !is_second_key(second)
        && !header::are_units(second)
        && !rest.is_empty()
        && rest.iter().all(are_rows)
}

fn is_blank_cell(cell: &[u8]) -> bool {
    cell.trim_ascii().is_empty()
}

/// How many comments stand before all else, where what follows them is a table of its own: a single
/// line that begins with a sign may be its header.
fn leading_comments(found: &[Found]) -> usize {
    let mark = |found: &Found| comment_mark(&found.record);
    let Some(first) = found.first().and_then(mark) else {
        return 0;
    };
    let lead = found
        .iter()
        .take_while(|found| mark(found) == Some(first))
        .count();
    match found.get(lead) {
        Some(next) if lead > 1 || next.record.len() != found[0].record.len() => lead,
        _ => 0,
    }
}

/// How many rules stand before all else, as above a table of reStructuredText.
fn leading_rules(found: &[Found]) -> usize {
    found
        .iter()
        .take_while(|found| header::is_rule(&found.record))
        .count()
}

/// The sign by which a line is a comment, where it is one.
fn comment_mark(record: &ByteRecord) -> Option<&'static str> {
    const MARKS: [&str; 8] = ["#", "%", "//", "--", "!", "*", ";", "REM "];
    let text = std::str::from_utf8(record.get(0)?).ok()?.trim_start();
    // A rule of hyphens is none, and neither is a number below zero.
    let behind = |mark: &str| text.strip_prefix(mark)?.chars().next();
    MARKS.into_iter().find(|mark| {
        text.starts_with(mark) && (*mark != "--" || behind(mark).is_some_and(|next| next != '-'))
    })
}

/// Whether cells name rows: each another text or whole number.
fn are_row_names(cells: &mut dyn Iterator<Item = &[u8]>) -> bool {
    let mut all: Vec<&[u8]> = cells.collect();
    let count = all.len();
    let is_measured = |cell: &&[u8]| is_typed(cell) && cell.contains(&b'.');
    if all.iter().any(is_measured) {
        return false;
    }
    all.sort_unstable();
    all.dedup();
    count > 1 && all.len() == count
}

/// Whether a record is a line of a comment.
fn is_comment(record: &ByteRecord) -> bool {
    comment_mark(record).is_some_and(|mark| ["#", "%", "//"].contains(&mark))
}
