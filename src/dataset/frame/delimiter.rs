//! The byte between fields: the one that makes steady records of typed cells.

use csv::ByteRecord;

use crate::dataset::lines::{Grammar, is_typed};
use crate::dataset::rows::cell::Cell;

/// The delimiters that are recognised; of equals, the first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Lines that are looked at.
const LINES: usize = 200;

/// What a cell that is a text counts beside a typed one.
const TEXT: f64 = 0.6;

/// What records have to be worth so that runs of spaces, which would fall apart dates with times too, are
/// not asked for.
const SURE: f64 = 0.75;

/// Recognises the delimiter of lines.
///
/// Each candidate is judged by the share of lines that have the usual number of its fields, times
/// the worth of the cells in them: a number or time counts in full, a text less, a text with
/// another delimiter between two typed parts nothing. So decimal commas do not make columns. Runs of
/// spaces are tried where no other candidate makes records of numbers.
pub(super) fn recognise(lines: &[&[u8]]) -> u8 {
    let lines = &lines[..lines.len().min(LINES)];
    let mut best = (b',', 0.0, 1);
    for delimiter in DELIMITERS {
        let (merit, width) = merit(lines, delimiter);
        let is_better = merit > best.1 + 1e-9 || (merit > best.1 - 1e-9 && width > best.2);
        if width > 1 && is_better {
            best = (delimiter, merit, width);
        }
    }
    if best.1 < SURE && have_spaces(lines) {
        let (merit, width) = merit(lines, b' ');
        if width > 1 && merit > best.1.max(0.7) {
            return b' ';
        }
    }
    if best.2 == 1 {
        return rare(lines).unwrap_or(best.0);
    }
    best.0
}

/// Bytes that separate fields now and then, those of Hive and of ASCII's own among them.
const RARE: [u8; 16] = [
    1, 2, 7, 28, 29, 30, 31, b'~', b'^', b'!', b'@', b'&', b'$', b'*', b':', b'/',
];

/// A byte that makes records of most lines, where none of the usual ones makes any.
fn rare(lines: &[&[u8]]) -> Option<u8> {
    RARE.into_iter().find(|&delimiter| {
        let (merit, width) = merit(lines, delimiter);
        width > 1 && merit > 0.7
    })
}

/// How good the records are that a delimiter makes, and how many fields they have.
fn merit(lines: &[&[u8]], delimiter: u8) -> (f64, usize) {
    let grammar = Grammar::new(delimiter);
    let mut record = ByteRecord::new();
    let mut widths = Vec::with_capacity(lines.len());
    for line in lines {
        grammar.split(line, true, &mut record);
        widths.push(record.len());
    }
    let width = usual(&widths);
    let (mut worth, mut cells, mut alike) = (0.0, 0.0, 0.0);
    for (line, _) in lines
        .iter()
        .zip(&widths)
        .filter(|(_, found)| **found == width)
    {
        alike += 1.0;
        grammar.split(line, true, &mut record);
        for cell in record.iter().filter(|cell| !cell.trim_ascii().is_empty()) {
            cells += 1.0;
            worth += match is_typed(cell) {
                true => 1.0,
                false if hides_fields(cell, delimiter) => 0.0,
                false => TEXT,
            };
        }
    }
    if cells == 0.0 {
        return (0.0, width);
    }
    // A long preamble is no fault of the delimiter; lines of a few other widths are.
    let steady: f64 = alike / lines.len() as f64;
    (steady.sqrt() * worth / cells, width)
}

/// The most frequent of some numbers of fields above 1; of equals, the largest.
pub(super) fn usual(widths: &[usize]) -> usize {
    let mut sorted: Vec<usize> = widths.iter().copied().filter(|&width| width > 1).collect();
    sorted.sort_unstable();
    let mut best = (0, 1);
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() >= best.0 {
            best = (run.len(), run[0]);
        }
    }
    best.1
}

/// Whether spaces are in most lines: where tabulators alone are, the last cell may be empty, and a run
/// would swallow it.
fn have_spaces(lines: &[&[u8]]) -> bool {
    lines.iter().filter(|line| line.contains(&b' ')).count() * 2 > lines.len()
}

/// Whether a text is rather two typed cells with another delimiter between them.
fn hides_fields(cell: &[u8], delimiter: u8) -> bool {
    let is_number = |cell: &[u8]| matches!(Cell::read(cell), Cell::Number(_));
    let parts = || {
        cell.split(|&byte| byte == b' ')
            .filter(|part| !part.is_empty())
    };
    if delimiter != b' ' && parts().count() > 1 && parts().all(is_number) {
        return true;
    }
    DELIMITERS.iter().any(|&other| {
        let mut parts = cell.split(|&byte| byte == other);
        other != delimiter
            && parts.clone().count() > 1
            && (parts.clone().all(is_number) || parts.any(|part| is_number(part) && part.len() > 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        let lines: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
        char::from(recognise(&lines))
    }

    #[test]
    fn the_delimiter_is_that_of_typed_cells() {
        assert_eq!(delimiter("a,b\n1,2\n"), ',');
        assert_eq!(delimiter("a;b\n1,5;2,5\n"), ';');
        assert_eq!(delimiter("1,5;2,5;3,5\n1,5;2,75;3,5\n"), ';');
        assert_eq!(delimiter("T, °C;p, hPa\n19,51;1014,1\n20,5;1013\n"), ';');
        assert_eq!(delimiter("a\tb, c\n1\t2\n"), '\t');
        assert_eq!(delimiter("a|b|c\n1|2|3\n"), '|');
        assert_eq!(delimiter("a,b\n1,2\n3\n"), ',');
        assert_eq!(delimiter("\"a;b;c\",b\n\"1;2\",2\n"), ',');
        assert_eq!(delimiter("R0;3.568,53;214\nR1;6.853,16;114\n"), ';');
        assert_eq!(
            delimiter("region,sales\nR0,\"20,544.95\"\nR1,\"904.10\"\n"),
            ','
        );
        assert_eq!(
            delimiter("   temp  flow\n  19.5   3.5\n   2.5  14.5\n"),
            ' '
        );
        assert_eq!(
            delimiter("t  p  q\n20,00   1017,5  56,0\n21,08   1017,9  56,9\n"),
            ' '
        );
        assert_eq!(delimiter("a;b\n8 056;4 028\n16 049;8 024\n"), ';');
        assert_eq!(delimiter("x\n1\n2\n3\n"), ',');
        assert_eq!(delimiter("a\tb\tc\n0\t1\t\n0\t2\t\n5\t3\t\n"), '\t');
        assert_eq!(delimiter("a~b\n1.5~2\n"), '~');
        assert_eq!(delimiter("a\u{1}b\n1.5\u{1}2\n"), '\u{1}');
        assert_eq!(delimiter(""), ',');
    }
}
