//! Pieces of a file, parsed on all cores while nothing in them needs the full grammar.
//!
//! In a piece without quotation marks a line is a record and a delimiter ends a field, and most
//! fields are plain decimal numbers. So pieces are taken apart side by side, and what is in them is
//! gathered one after another: the table and its errors are the same as by the parser, which goes
//! on alone from the first piece with a quotation mark.

use std::io::{self, Read};

use super::text_source::TextSource;
use crate::dataset::format::{Block, Values};
use crate::numeric::map_each;

/// Bytes of a piece.
const PIECE: usize = 1 << 19;

/// Pieces that are read before they are taken apart.
const AT_ONCE: usize = 16;

/// Whole lines of a file, taken apart.
pub(in crate::dataset) struct Piece {
    text: Vec<u8>,
    /// Lines before this piece.
    lines_before: u64,
    /// The numbers of all fields, row after row; NaN for a field that is no plain number.
    pub(in crate::dataset) numbers: Vec<f64>,
    /// Where in the text each of those fields lies, in their order.
    others: Vec<(u32, u32)>,
    /// Where in the text each row begins.
    rows: Vec<u32>,
    /// Whether each row stands on a line of its own, without a text of it.
    is_of_block: bool,
    /// Where in the text a row begins that has another number of fields; it and what follows are
    /// the parser's.
    ragged: Option<usize>,
}

/// What comes next of a file.
pub(in crate::dataset) enum Next {
    /// Pieces, taken apart.
    Pieces(Vec<Piece>),
    /// The file is at its end.
    End,
    /// The parser is to go on: the source stands before so many lines.
    Parser(u64),
}

/// Reads a file piece by piece.
pub(in crate::dataset) struct Pieces {
    /// The beginning of a line that does not end in the piece before.
    rest: Vec<u8>,
    lines: u64,
    delimiter: u8,
    width: usize,
    /// The fields that are texts even if they look like numbers.
    texts: Vec<bool>,
    ended: bool,
    /// Whether the rest was given back to the source, for the parser.
    handed_over: bool,
}

impl Pieces {
    /// Goes on after `lines` lines, of a file of which some columns are `texts` even where they look
    /// like numbers.
    pub(in crate::dataset) fn new(lines: u64, delimiter: u8, texts: Vec<bool>) -> Self {
        Self {
            rest: Vec::new(),
            lines,
            delimiter,
            width: texts.len(),
            texts,
            ended: false,
            handed_over: false,
        }
    }

    /// Reads the next pieces and takes them apart.
    pub(in crate::dataset) fn next(&mut self, source: &mut TextSource<'_>) -> io::Result<Next> {
        if self.handed_over {
            return Ok(Next::Parser(self.lines));
        }
        let mut texts = Vec::new();
        while texts.len() < AT_ONCE && !self.ended {
            let Some(text) = self.read(source)? else {
                continue;
            };
            if text.is_empty() || text.contains(&b'"') {
                // Without a line end, or with a grammar of its own.
                self.rest.splice(0..0, text);
                break;
            }
            let lines = text.iter().filter(|&&byte| byte == b'\n').count() as u64;
            texts.push((text, self.lines));
            self.lines += lines;
        }
        if texts.is_empty() {
            if self.ended && self.rest.is_empty() {
                return Ok(Next::End);
            }
            source.put_back(std::mem::take(&mut self.rest));
            return Ok(Next::Parser(self.lines));
        }
        let (delimiter, width, is_text) = (self.delimiter, self.width, &self.texts);
        let take_apart = |at: usize| {
            let (text, lines_before) = &texts[at];
            Piece::new(text, *lines_before, delimiter, width, is_text)
        };
        let parsed = map_each(texts.len(), take_apart);
        let mut pieces: Vec<Piece> = parsed
            .into_iter()
            .zip(texts)
            .map(|(piece, (text, _))| Piece { text, ..piece })
            .collect();
        if let Some(at) = pieces.iter().position(|piece| piece.ragged.is_some()) {
            self.give_back(&mut pieces, at, source);
            if pieces.iter().all(|piece| piece.rows.is_empty()) {
                return Ok(Next::Parser(self.lines));
            }
        }
        Ok(Next::Pieces(pieces))
    }

    /// Gives the source back what follows the ragged row of a piece: the parser goes on from there.
    fn give_back(&mut self, pieces: &mut Vec<Piece>, at: usize, source: &mut TextSource<'_>) {
        let mut rest = Vec::new();
        for piece in pieces.drain(at + 1..) {
            rest.extend_from_slice(&piece.text);
        }
        if let Some(piece) = pieces.last_mut()
            && let Some(start) = piece.ragged.take()
        {
            let mut ragged = piece.text.split_off(start);
            let ends = piece.text.iter().filter(|&&byte| byte == b'\n');
            self.lines = piece.lines_before + ends.count() as u64;
            ragged.append(&mut rest);
            rest = ragged;
        }
        rest.append(&mut self.rest);
        source.put_back(rest);
        (self.handed_over, self.ended) = (true, true);
    }

    /// The line that is read next.
    pub(in crate::dataset) fn line(&self) -> u64 {
        self.lines + 1
    }

    /// Reads whole lines, and keeps the beginning of the next; empty if no line ends, `None` when
    /// the file is at its end and nothing is left over.
    fn read(&mut self, source: &mut TextSource<'_>) -> io::Result<Option<Vec<u8>>> {
        let mut text = std::mem::take(&mut self.rest);
        let before = text.len();
        let read = source.take(PIECE as u64).read_to_end(&mut text)?;
        // Every line ends in `\n`, also the last.
        self.ended = read < PIECE;
        let end = text[before..].iter().rposition(|&byte| byte == b'\n');
        match end {
            Some(end) => {
                self.rest = text.split_off(before + end + 1);
                if text.iter().any(|&byte| byte != b'\n') {
                    source.record_done();
                }
                Ok(Some(text))
            }
            None if self.ended && text.is_empty() => Ok(None),
            None => {
                self.rest = text;
                Ok(Some(Vec::new()))
            }
        }
    }
}

impl Piece {
    fn new(text: &[u8], lines_before: u64, delimiter: u8, width: usize, texts: &[bool]) -> Self {
        let mut piece = Self {
            text: Vec::new(),
            lines_before,
            numbers: Vec::with_capacity(text.len() / 6),
            others: Vec::new(),
            rows: Vec::new(),
            is_of_block: false,
            ragged: None,
        };
        let mut start = 0;
        while start < text.len() {
            if text[start] == b'\n' {
                start += 1;
                continue;
            }
            // A piece is far below 4 GiB.
            piece.rows.push(start as u32);
            let (end, fields) = piece.add_row(text, start, delimiter, texts);
            if fields != width {
                piece.rows.pop();
                let kept = piece.rows.len() * width;
                let others = piece.numbers.drain(kept..).filter(|field| field.is_nan());
                let others = others.count();
                piece.others.truncate(piece.others.len() - others);
                piece.ragged = Some(start);
                break;
            }
            start = end;
        }
        piece
    }

    /// Rows of a table that is no text, behind so many lines.
    pub(in crate::dataset) fn of(block: &Block, texts: &[bool], lines_before: u64) -> Self {
        let mut piece = Self {
            text: Vec::new(),
            lines_before,
            numbers: Vec::with_capacity(block.rows * block.columns.len()),
            others: Vec::new(),
            rows: Vec::new(),
            is_of_block: true,
            ragged: None,
        };
        for row in 0..block.rows {
            for (values, is_text) in block.columns.iter().zip(texts) {
                let number = match values {
                    Values::Numbers(numbers) => numbers[row],
                    Values::Fields(fields) => {
                        let field = fields.of(row);
                        let (number, end) = plain_number(field);
                        let is_plain = end + 1 == field.len() && !*is_text;
                        if is_plain { number } else { f64::NAN }
                    }
                };
                if (number as f32).is_finite() {
                    piece.numbers.push(number);
                    continue;
                }
                piece.numbers.push(f64::NAN);
                let begin = piece.text.len() as u32;
                match values {
                    Values::Numbers(_) if number.is_nan() => {}
                    // Beyond what a table holds: it is refused by its text.
                    Values::Numbers(_) => piece.text.extend(number.to_string().bytes()),
                    Values::Fields(fields) => unquote(fields.of(row), &mut piece.text),
                }
                piece.others.push((begin, piece.text.len() as u32));
            }
        }
        piece
    }

    /// Takes apart the row that begins at `start`; returns where it ends and how many fields it has.
    fn add_row(
        &mut self,
        text: &[u8],
        start: usize,
        delimiter: u8,
        texts: &[bool],
    ) -> (usize, usize) {
        let (mut at, mut fields) = (start, 0);
        loop {
            let (number, plain_end) = plain_number(&text[at..]);
            let mut end = at + plain_end;
            let ends = |byte: u8| byte == delimiter || byte == b'\n';
            let is_plain = text.get(end).is_some_and(|&byte| ends(byte));
            let is_text = texts.get(fields).copied().unwrap_or(false);
            if is_plain && !number.is_nan() && !is_text {
                self.numbers.push(number);
            } else {
                let more = text[at..].iter().position(|&byte| ends(byte));
                end = more.map_or(text.len(), |more| at + more);
                self.numbers.push(f64::NAN);
                self.others.push((at as u32, end as u32));
            }
            fields += 1;
            match text.get(end) {
                Some(&byte) if byte == delimiter => at = end + 1,
                _ => return (end + 1, fields),
            }
        }
    }

    /// The fields that are no plain numbers, in their order.
    pub(in crate::dataset) fn others(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let field = |&(start, end): &(u32, u32)| &self.text[start as usize..end as usize];
        self.others.iter().map(field)
    }

    /// The line of a row.
    pub(in crate::dataset) fn line(&self, row: usize) -> u64 {
        if self.is_of_block {
            return self.lines_before + row as u64 + 1;
        }
        let begin = self.rows.get(row).map_or(0, |&begin| begin as usize);
        self.lines_before + newlines(&self.text[..begin]) + 1
    }

    /// The lines of all rows, in their order.
    pub(in crate::dataset) fn lines(&self) -> impl Iterator<Item = u64> {
        let mut passed = 0;
        let mut line = self.lines_before + 1;
        self.rows.iter().map(move |&begin| {
            line += newlines(&self.text[passed..begin as usize]);
            passed = begin as usize;
            line
        })
    }

    /// Whether each line is a row, so that the lines of all follow from that of the first.
    pub(in crate::dataset) fn is_dense(&self) -> bool {
        self.is_of_block || newlines(&self.text) == self.rows.len() as u64
    }
}

/// Adds a rendered field without its delimiter, and without quotation marks around it.
fn unquote(field: &[u8], to: &mut Vec<u8>) {
    let field = &field[..field.len().saturating_sub(1)];
    let inside = field
        .strip_prefix(b"\"")
        .and_then(|field| field.strip_suffix(b"\""));
    let Some(inside) = inside else {
        return to.extend_from_slice(field);
    };
    let mut bytes = inside.iter();
    while let Some(&byte) = bytes.next() {
        to.push(byte);
        if byte == b'"' {
            // Within, each stands twice.
            bytes.next();
        }
    }
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// Digits of which every number is exact in `f64`, as is the power of ten that divides it.
const EXACT: usize = 15;

const TENS: [f64; EXACT + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// Reads a number such as `-12.5`, of at most 15 digits, at the beginning of a text; returns it
/// with the place behind it, or NaN. Both parts are exact, so their quotient is the nearest number,
/// as the standard library's.
fn plain_number(text: &[u8]) -> (f64, usize) {
    let is_negative = text.first() == Some(&b'-');
    let mut at = usize::from(is_negative);
    let (mut digits, mut number, mut decimals) = (0, 0_u64, None);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'0'..=b'9' => {
                if digits == EXACT {
                    return (f64::NAN, at);
                }
                number = number * 10 + u64::from(byte - b'0');
                digits += 1;
            }
            b'.' if decimals.is_none() => decimals = Some(digits),
            _ => break,
        }
        at += 1;
    }
    if digits == 0 {
        return (f64::NAN, at);
    }
    let divisor = TENS[decimals.map_or(0, |before| digits - before)];
    let number = number as f64 / divisor;
    (if is_negative { -number } else { number }, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_numbers_are_those_of_the_standard_library() {
        for text in [
            "0",
            "-0",
            "7",
            "-1.5",
            ".5",
            "5.",
            "0.1",
            "123456.789012345",
            "00012",
        ] {
            let expected: f64 = text.parse().expect("a number");
            let (found, end) = plain_number(text.as_bytes());
            assert_eq!((found.to_bits(), end), (expected.to_bits(), text.len()));
        }
        for text in ["", "-", ".", "x", "1234567890123456", "+1"] {
            assert!(plain_number(text.as_bytes()).0.is_nan(), "{text}");
        }
        assert_eq!(plain_number(b"1e5"), (1.0, 1));
    }

    #[test]
    fn rows_fields_and_lines_are_told_apart() {
        let text = b"1,2\n\n3,red\n\n\n4, 5 \n6\n7,8\n";
        let piece = Piece {
            text: text.to_vec(),
            ..Piece::new(text, 10, b',', 2, &[false, false])
        };
        assert_eq!(piece.rows.len(), 3);
        assert_eq!(piece.ragged, Some(19));
        let others: Vec<&[u8]> = piece.others().collect();
        assert_eq!(others, [&b"red"[..], b" 5 "]);
        assert_eq!([0, 1, 2].map(|row| piece.line(row)), [11, 13, 16]);
        assert_eq!(piece.lines().collect::<Vec<_>>(), [11, 13, 16]);
    }

    proptest! {
        #[test]
        fn any_decimal_number_is_exact(whole in 0_u64..10_000_000, part in 0_u32..1_000_000, negative: bool) {
            let text = format!("{}{whole}.{part:06}", if negative { "-" } else { "" });
            let expected: f64 = text.parse().expect("a number");
            prop_assert_eq!(plain_number(text.as_bytes()).0.to_bits(), expected.to_bits());
        }
    }
}
