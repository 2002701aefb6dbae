//! The first lines and records of a text.

use csv::ByteRecord;

use super::{delimiter, header};
use crate::dataset::lines::Grammar;
use crate::dataset::lines::record::Reader;

/// How many records are looked at.
const SAMPLE: usize = 1000;

/// Lines that are looked at for the delimiter.
const LINES: usize = 400;

/// A record of the head, and where it is.
pub(super) struct Found {
    pub(super) record: ByteRecord,
    pub(super) line: u64,
    /// Where it ends, in bytes.
    pub(super) end: usize,
    /// The lines that end there.
    pub(super) passed: u64,
}

/// A line such as `sep=;`, by which spreadsheets are told the delimiter.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) delimiter: u8,
    pub(super) line: u64,
    /// Where the next line begins.
    pub(super) end: usize,
}

pub(super) fn separator_line(head: &[u8]) -> Option<Told> {
    let blank = head.iter().take_while(|&&byte| byte == b'\n').count();
    let length = head[blank..].iter().position(|&byte| byte == b'\n')?;
    let line = head[blank..blank + length].trim_ascii_end();
    let line = match head.get(blank + length - 1) {
        // A tabulator is no space here.
        Some(b'\t') => &head[blank..blank + length],
        _ => line,
    };
    let bare = line.strip_prefix(b"\"").unwrap_or(line);
    let bare = bare.strip_suffix(b"\"").unwrap_or(bare);
    let start = bare.get(..4)?;
    let delimiter = match (start.eq_ignore_ascii_case(b"sep="), &bare[4..]) {
        (true, [byte]) if byte.is_ascii() && *byte != b'"' => *byte,
        (true, b"\\t") => b'\t',
        _ => return None,
    };
    Some(Told {
        delimiter,
        line: blank as u64 + 1,
        end: blank + length + 1,
    })
}

/// The first lines of a text that are not empty, without one that is cut off.
pub(super) fn first_lines(text: &[u8], whole: bool) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = Vec::new();
    let mut rest = text;
    while lines.len() < LINES
        && let Some(end) = rest.iter().position(|&byte| byte == b'\n')
    {
        if end > 0 {
            lines.push(&rest[..end]);
        }
        rest = &rest[end + 1..];
    }
    if lines.is_empty() || (whole && lines.len() < LINES && !rest.is_empty()) {
        lines.push(rest);
    }
    lines
}

/// Learns from lines what a record looks like, so that quotation marks can be judged.
pub(super) fn learn(grammar: &mut Grammar, lines: &[&[u8]], is_rendered: bool) {
    let split = |grammar: &Grammar| -> Vec<ByteRecord> {
        let one = |line: &&[u8]| {
            let mut record = ByteRecord::new();
            grammar.split(line, true, &mut record);
            record
        };
        lines.iter().map(one).collect()
    };
    let steady = |records: &[ByteRecord]| {
        let widths: Vec<usize> = records.iter().map(ByteRecord::len).collect();
        let usual = delimiter::usual(&widths);
        let steady = widths.iter().filter(|&&width| width == usual).count();
        (widths, usual, steady)
    };
    let mut all = split(grammar);
    let (mut widths, mut usual, count) = steady(&all);
    if !is_rendered
        && lines
            .iter()
            .any(|line| line.windows(2).any(|pair| pair == b"\\\""))
    {
        let other = Grammar {
            escapes: true,
            ..grammar.clone()
        };
        let records = split(&other);
        let found = steady(&records);
        if found.2 > count {
            grammar.escapes = true;
            (widths, usual, all) = (found.0, found.1, records);
        }
    }
    grammar.width = usual;
    // What the header holds says nothing of the rows.
    let below = widths.iter().position(|&width| width == grammar.width);
    let below = below.map_or(0, |at| at + 1).min(all.len());
    grammar.typed = header::typed(&all[below..], grammar.width);
    if !is_rendered {
        let percent = lines.first().is_some_and(|line| line.starts_with(b"%"));
        grammar.comment = Some(if percent { b'%' } else { b'#' });
    }
}

/// The first records of a text, whose comments count as records of the preamble while no other has
/// gone before.
pub(super) fn records(
    body: &[u8],
    whole: bool,
    lines: u64,
    from: usize,
    grammar: &Grammar,
) -> Vec<Found> {
    let mut grammar = grammar.clone();
    grammar.comment = None;
    let mut reader = Reader::new(body, grammar, lines);
    let mut all: Vec<Found> = Vec::new();
    while all.len() <= SAMPLE && matches!(reader.advance(), Ok(true)) {
        all.push(Found {
            record: reader.record.clone(),
            line: reader.line(),
            end: from + reader.bytes,
            passed: reader.passed,
        });
    }
    if !whole && all.len() > 1 && all.len() <= SAMPLE {
        all.pop();
    }
    all
}
