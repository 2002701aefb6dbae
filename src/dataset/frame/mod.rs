//! What stands around a table in a text: the lines before it, its header, its delimiter.
//!
//! All is told from the head of the file. A frame that nothing speaks for is the plain one: the
//! first line is the header, and all others are rows.

mod above;
mod cut;
mod delimiter;
mod gap;
mod hand;
mod head;
mod header;
mod numbered;
pub(super) mod sniff;

use csv::ByteRecord;

use self::cut::Cut;
pub(super) use self::header::is_rule;
use super::format::About;
use super::lines::Grammar;
use super::text::quote;
use super::written::is_known_unit;
use super::{DatasetError, ReadOptions, Rules, format, names};

/// What stands around a table, and its first records.
pub(super) struct Frame {
    /// How lines fall into fields.
    pub(super) grammar: Grammar,
    /// The decimal mark of the file.
    pub(super) decimal: u8,
    /// The decimal mark of each column.
    pub(super) marks: Vec<u8>,
    /// Columns of which nothing in them tells whether `1.234` is grouped.
    pub(super) doubtful: Vec<usize>,
    /// Whether the columns have names.
    pub(super) header: bool,
    /// The names of the columns.
    pub(super) names: Vec<String>,
    /// The names that occurred twice.
    pub(super) repeated: Vec<String>,
    /// The rows of the header as they are written; the same again is a repeated header.
    pub(super) header_rows: Vec<ByteRecord>,
    /// The unit of each column.
    pub(super) units: Vec<Option<String>>,
    /// Where the first record begins, in bytes of the head.
    pub(super) start: usize,
    /// Lines before the first record.
    pub(super) lines: u64,
    /// Lines of the header.
    pub(super) header_lines: usize,
    /// Lines before the header, and rules, that are no part of the table.
    pub(super) skipped: Vec<u64>,
    /// The first records.
    pub(super) sample: Vec<ByteRecord>,
    /// The names of columns that hold categories, as the format says.
    pub(super) categories: Vec<String>,
    /// What is to be told.
    pub(super) notes: Vec<String>,
}

impl Frame {
    /// The frame of the text that begins with `head`.
    ///
    /// # Errors
    ///
    /// There is no record, or a name is not UTF-8.
    pub(super) fn of(
        head: &[u8],
        whole: bool,
        name: &str,
        options: &ReadOptions,
        about: &About,
    ) -> Result<Self, DatasetError> {
        match options.rules {
            Rules::First => Self::plain(head, whole, name, options, about),
            Rules::Meaning => Self::inferred(head, whole, name, options, about),
        }
    }

    /// The frame by the rules of sessions from before the columns had meanings.
    fn plain(
        head: &[u8],
        whole: bool,
        name: &str,
        options: &ReadOptions,
        about: &About,
    ) -> Result<Self, DatasetError> {
        let delimiter = match about.is_rendered {
            true => format::DELIMITER,
            false => options
                .delimiter
                .unwrap_or_else(|| sniff::delimiter(head, whole)),
        };
        let sample = sniff::sample(head, whole, delimiter);
        let Some(first) = sample.first() else {
            return Err(DatasetError::Empty(name.into()));
        };
        let chosen = about.header.or(options.header);
        let header = chosen.unwrap_or_else(|| sniff::has_header(&sample));
        let empty = head.iter().take_while(|&&byte| byte == b'\n').count() as u64;
        let (names, repeated) = names::columns(first, header, empty + 1)?;
        let mut reader = sniff::parser(delimiter).from_reader(head);
        let is_read = reader.read_byte_record(&mut ByteRecord::new());
        let start = match (header, is_read) {
            (true, Ok(true)) => reader.position().byte() as usize,
            _ => 0,
        };
        let grammar = Grammar {
            trusts_quotes: true,
            runs: false,
            width: names.len(),
            ..Grammar::new(delimiter)
        };
        Ok(Self {
            decimal: b'.',
            marks: vec![b'.'; names.len()],
            doubtful: Vec::new(),
            units: vec![None; names.len()],
            header_rows: Vec::new(),
            lines: lines_in(&head[..start]),
            header_lines: usize::from(header),
            skipped: Vec::new(),
            categories: Vec::new(),
            notes: Vec::new(),
            sample: sample[usize::from(header)..].to_vec(),
            grammar,
            header,
            names,
            repeated,
            start,
        })
    }

    fn inferred(
        head: &[u8],
        whole: bool,
        name: &str,
        options: &ReadOptions,
        about: &About,
    ) -> Result<Self, DatasetError> {
        let mut notes = Vec::new();
        let mut skipped = Vec::new();
        let told = match about.is_rendered {
            true => None,
            false => head::separator_line(head),
        };
        let (from, before) = told.map_or((0, 0), |told| (told.end, told.line));
        if let Some(told) = &told {
            skipped.push(told.line);
            notes.push(format!(
                "Line {} says that fields are separated by {}.",
                told.line,
                character(told.delimiter)
            ));
        }
        let body = &head[from..];
        let lines = head::first_lines(body, whole);
        let delimiter = match (about.is_rendered, &told) {
            (true, _) => format::DELIMITER,
            (_, told) => (options.delimiter)
                .or(told.as_ref().map(|told| told.delimiter))
                .unwrap_or_else(|| delimiter::recognise(&lines)),
        };
        let mut grammar = Grammar {
            runs: delimiter == b' ',
            trusts_quotes: about.is_rendered,
            ..Grammar::new(delimiter)
        };
        head::learn(&mut grammar, &lines, about.is_rendered);
        let mut found = head::records(body, whole, before, from, &grammar);
        let is_blank = |record: &ByteRecord| record.iter().all(|cell| cell.trim_ascii().is_empty());
        if found.is_empty() || (whole && found.iter().all(|found| is_blank(&found.record))) {
            return Err(DatasetError::Empty(name.into()));
        }
        let wanted = about.header.or(options.header);
        let mut frame = Cut::new(&found, &grammar);
        if !about.is_rendered || about.header.is_none() {
            frame.find(&mut found, &lines, wanted);
        }
        let width = frame.width;
        grammar.width = width;
        let first = frame.first;
        for before in &found[..first] {
            skipped.extend(before.line..=before.passed);
        }
        frame.tell(&found[..first], &mut notes);
        let pad = |record: &ByteRecord| match record.len() > width && frame.has_blank_end {
            true => ByteRecord::from(record.iter().take(width).collect::<Vec<_>>()),
            false => record.clone(),
        };
        let sampled: Vec<ByteRecord> = found[first..]
            .iter()
            .map(|found| pad(&found.record))
            .collect();
        let is_even = sampled[0].len() == width;
        let header = wanted.unwrap_or_else(|| match is_even {
            true => header::is_header(&sampled),
            // One name less than fields.
            false => true,
        });
        let mut header_cells = sampled[0].clone();
        if header && frame.has_row_names {
            header_cells = ByteRecord::from(
                std::iter::once(&b""[..])
                    .chain(header_cells.iter())
                    .collect::<Vec<_>>(),
            );
        }
        if header && header_cells.len() < width && frame.has_blank_end {
            header_cells.extend(vec![""; width - header_cells.len()]);
        }
        let has_short = header && sampled.len() > 1 && header::are_units_alone(&sampled[1], width);
        let mut more = match header {
            true if has_short => header::More {
                rows: 1,
                is_other: true,
                ..header::More::default()
            },
            true => header::more(&sampled[1..]),
            false => header::More::default(),
        };
        let data = first + usize::from(header) + more.rows;
        let header_rows = match header {
            // Without names there is no header that could come again.
            false => Vec::new(),
            true => std::iter::once(header_cells.clone())
                .chain(sampled[1..=more.rows].iter().cloned())
                .collect(),
        };
        if more.rows > 0
            && let Some(both) = header::names(&header_cells, &sampled[1])
        {
            // What was taken for units was then a row of names.
            more.units = more.units.filter(|_| more.is_other);
            notes.push(match both.units {
                Some(_) => {
                    "The row above the names holds units; they are kept as units.".to_owned()
                }
                None => "The header has two rows; each name is made of both.".to_owned(),
            });
            header_cells = both.cells;
            let has_units = more.units.is_some();
            (more.units, more.is_other) = (both.units.or(more.units), more.rows > 1 && !has_units);
            more.rows -= 1;
            more.is_above = true;
        }
        let (names, repeated) =
            names::columns(&bare_names(&header_cells), header, found[first].line)?;
        let mut units: Vec<Option<String>> = names.iter().map(|name| unit_in(name)).collect();
        if header {
            if let Some(found) = more.units {
                let of = |(at, unit): (usize, &mut Option<String>)| {
                    if let Some(Some(found)) = found.get(at) {
                        *unit = Some(found.clone());
                    }
                };
                units.iter_mut().enumerate().for_each(of);
                if !more.is_above {
                    notes.push(
                        "The row below the names holds units; they are kept as units.".to_owned(),
                    );
                }
            }
            if more.has_rule {
                notes.push("A rule below the names is passed over.".to_owned());
            }
            if more.is_other {
                notes.push(match more.rows {
                    1 => "The row below the names belongs to the header; it is passed over."
                        .to_owned(),
                    rows => format!(
                        "{rows} rows below the names belong to the header; they are passed over."
                    ),
                });
            }
        }
        let (start, passed) = match data {
            0 => (from, before),
            _ => (found[data - 1].end, found[data - 1].passed),
        };
        // Comments among the rows, and footers, say nothing of the columns.
        let below = &sampled[(data - first).min(sampled.len())..];
        let rows = below.iter().filter(|record| record.len() == width);
        let sample: Vec<ByteRecord> = rows.cloned().collect();
        grammar.typed = header::typed(&sample, names.len());
        let decimals = hand::recognise(&sample, names.len(), delimiter, options.decimal);
        Ok(Self {
            decimal: decimals.file,
            marks: decimals.columns,
            doubtful: decimals.doubtful,
            header_lines: data - first,
            lines: passed,
            grammar,
            header,
            names,
            repeated,
            header_rows,
            units,
            start,
            skipped,
            categories: about.categories.clone(),
            sample,
            notes,
        })
    }
}

/// The unit that a name ends in: in brackets, or a known one behind a slash, a comma or "in".
pub(super) fn unit_in(name: &str) -> Option<String> {
    let name = name.trim_end();
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some(rest) = name.strip_suffix(close)
            && let Some((before, unit)) = rest.rsplit_once(open)
        {
            // A number in brackets tells columns of one name apart.
            let is_good = !before.trim().is_empty()
                && !unit.trim().bytes().all(|byte| byte.is_ascii_digit())
                && (1..=12).contains(&unit.chars().count())
                && !unit.contains([' ', ':', ',']);
            return is_good
                .then(|| unit.trim().to_owned())
                .filter(|unit| !unit.is_empty());
        }
    }
    [" / ", ", ", " in "].iter().find_map(|mark| {
        let (before, unit) = name.split_once(mark)?;
        let is_good = !before.trim().is_empty() && is_known_unit(unit.trim());
        is_good.then(|| unit.trim().to_owned())
    })
}

/// The cells of a header without the mark of a comment before the first, and without marks that have
/// no width, as programs paste them along: by them a name would not be found again.
fn bare_names(cells: &ByteRecord) -> ByteRecord {
    const NO_WIDTH: [char; 8] = [
        '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202c}', '\u{2060}',
        '\u{feff}',
    ];
    let bare = |(index, cell)| {
        let text = std::str::from_utf8(cell).ok()?;
        let text = text.trim().trim_matches(NO_WIDTH);
        let quoted = text
            .strip_prefix('\'')
            .and_then(|text| text.strip_suffix('\''));
        let text = quoted.unwrap_or(text);
        let is_comment = index == 0 && (text.starts_with("# ") || text.starts_with("% "));
        Some(if is_comment { &text[2..] } else { text })
    };
    let cells = cells
        .iter()
        .enumerate()
        .map(|(index, cell)| match bare((index, cell)) {
            Some(text) => text.as_bytes(),
            None => cell,
        });
    ByteRecord::from(cells.collect::<Vec<_>>())
}

/// A delimiter in words.
pub(super) fn character(byte: u8) -> String {
    match byte {
        b',' => "a comma".into(),
        b';' => "a semicolon".into(),
        b'\t' => "a tabulator".into(),
        b' ' => "spaces".into(),
        b'|' => "a bar".into(),
        _ => quote(&char::from(byte).to_string()),
    }
}

fn lines_in(text: &[u8]) -> u64 {
    text.iter().filter(|&&byte| byte == b'\n').count() as u64
}
