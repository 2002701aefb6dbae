//! Lines to records: fields between delimiters, and what a quotation mark means.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use csv::ByteRecord;

use super::Grammar;

/// Most lines of a cell.
const MAX_SPAN: u64 = 1000;

/// Why there is no next record.
#[derive(Debug)]
pub(in crate::dataset) enum Broken {
    /// Reading failed.
    Io(io::Error),
    /// A quotation mark opens on this line and swallows lines that look like records.
    Quote(u64),
}

/// Reads record after record; empty lines and comments are passed over.
pub(in crate::dataset) struct Reader<R> {
    lines: R,
    /// Lines that were looked at and are still to be read.
    ahead: VecDeque<Vec<u8>>,
    text: Vec<u8>,
    pub(in crate::dataset) grammar: Grammar,
    /// The record that the reader stands on.
    pub(in crate::dataset) record: ByteRecord,
    /// The lines that have been passed, those of the record too.
    pub(in crate::dataset) passed: u64,
    /// The bytes that have been passed.
    pub(in crate::dataset) bytes: usize,
    /// How many lines the record spans.
    pub(in crate::dataset) span: u64,
    /// Lines of comments.
    pub(in crate::dataset) comments: Vec<u64>,
    /// Whether no record has been read.
    is_first: bool,
    /// Lines with a quotation mark that is taken for a character, and how many there are.
    pub(in crate::dataset) literal: (u64, usize),
}

impl<R: BufRead> Reader<R> {
    /// Goes on after so many lines.
    pub(in crate::dataset) fn new(lines: R, grammar: Grammar, passed: u64) -> Self {
        Self {
            lines,
            ahead: VecDeque::new(),
            text: Vec::new(),
            grammar,
            record: ByteRecord::new(),
            passed,
            bytes: 0,
            span: 0,
            comments: Vec::new(),
            is_first: true,
            literal: (0, 0),
        }
    }

    pub(in crate::dataset) fn get_ref(&self) -> &R {
        &self.lines
    }

    pub(in crate::dataset) fn get_mut(&mut self) -> &mut R {
        &mut self.lines
    }

    /// The line on which the record starts.
    pub(in crate::dataset) fn line(&self) -> u64 {
        self.passed + 1 - self.span
    }

    /// Reads the next record; false after the last.
    pub(in crate::dataset) fn advance(&mut self) -> Result<bool, Broken> {
        loop {
            self.span = 0;
            let mut text = std::mem::take(&mut self.text);
            text.clear();
            let found = self.take_line(&mut text);
            self.text = text;
            if !found? {
                self.record.clear();
                return Ok(false);
            }
            self.span = 1;
            if self.text.is_empty() {
                continue;
            }
            if !self.grammar.split(&self.text, false, &mut self.record) {
                self.close()?;
            }
            let is_comment = self
                .grammar
                .comment
                .is_some_and(|mark| self.text[0] == mark);
            if is_comment && self.record.len() != self.grammar.width {
                self.comments.push(self.line());
                continue;
            }
            if self.grammar.runs && self.record.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            self.is_first = false;
            return Ok(true);
        }
    }

    /// Finds out what an open quotation mark means: a field of several lines, or a character.
    fn close(&mut self) -> Result<(), Broken> {
        let line = self.passed;
        if self.grammar.trusts_quotes {
            return self.follow().map(drop);
        }
        let mut alone = ByteRecord::new();
        self.grammar.split(&self.text, true, &mut alone);
        let width = match self.grammar.width {
            0 => alone.len(),
            width => width,
        };
        // The first record may be the header, whose cells are no numbers.
        let is_header = self.is_first && width > 1 && alone.len() == width;
        let could_be = is_header || self.grammar.fits(&alone, width);
        let first = self.text.len();
        if could_be && self.follows_suit(width)? {
            self.take_literally(first, line);
            return Ok(());
        }
        let closed = self.follow()?;
        let inner: Vec<&[u8]> = self.text[first..]
            .split(|&byte| byte == b'\n')
            .skip(1)
            .collect();
        let mut other = ByteRecord::new();
        // The last line holds the mark that closes, unless none does.
        let inside = &inner[..inner.len().saturating_sub(usize::from(closed))];
        let swallowed = inside.iter().any(|text| {
            self.grammar.split(text, true, &mut other)
                && self.grammar.fits(&other, width)
                && width > 1
        });
        match (closed && !swallowed, could_be) {
            (true, _) => Ok(()),
            (false, true) => {
                self.take_literally(first, line);
                Ok(())
            }
            (false, false) => Err(Broken::Quote(line)),
        }
    }

    /// Whether the next line that is not empty has the shape of a record, or there is none.
    fn follows_suit(&mut self, width: usize) -> Result<bool, Broken> {
        let mut at = 0;
        loop {
            if at == self.ahead.len() {
                let mut next = Vec::new();
                if !read_line(&mut self.lines, &mut next)? {
                    return Ok(true);
                }
                self.ahead.push_back(next);
            }
            let mut record = ByteRecord::new();
            let next = &self.ahead[at];
            if next.len() > 1 {
                let next = next.strip_suffix(b"\n").unwrap_or(next);
                self.grammar.split(next, true, &mut record);
                return Ok(self.grammar.fits(&record, width) && width > 1);
            }
            at += 1;
        }
    }

    /// Takes in lines until the mark is closed; false if the file ends before, or no cell is as long.
    fn follow(&mut self) -> Result<bool, Broken> {
        loop {
            if self.span == MAX_SPAN && !self.grammar.trusts_quotes {
                return Ok(false);
            }
            let mut text = std::mem::take(&mut self.text);
            text.push(b'\n');
            let found = self.take_line(&mut text);
            if !*found.as_ref().unwrap_or(&false) {
                text.pop();
            }
            self.text = text;
            if !found? {
                if self.grammar.trusts_quotes {
                    // The field goes on to the end of the file.
                    self.text.extend_from_slice(b"\n\"");
                }
                self.grammar.split(&self.text, true, &mut self.record);
                return Ok(false);
            }
            self.span += 1;
            // Only a line with a mark can close it.
            let last = self.text.iter().rposition(|&byte| byte == b'\n');
            if self.text[last.unwrap_or(0)..].contains(&b'"')
                && self.grammar.split(&self.text, false, &mut self.record)
            {
                return Ok(true);
            }
        }
    }

    /// Takes the mark on the record's first line, of so many bytes, for a character, and gives the
    /// lines behind it back.
    fn take_literally(&mut self, first: usize, line: u64) {
        let rest = self.text.split_off(first);
        let given_back: Vec<&[u8]> = rest.split(|&byte| byte == b'\n').skip(1).collect();
        for text in given_back.iter().rev() {
            let mut text = text.to_vec();
            text.push(b'\n');
            self.bytes -= text.len();
            self.passed -= 1;
            self.ahead.push_front(text);
        }
        self.span = 1;
        self.grammar.split(&self.text, true, &mut self.record);
        if self.literal.1 == 0 {
            self.literal.0 = line;
        }
        self.literal.1 += 1;
    }

    /// Appends the next line, without its end; false if there is none.
    fn take_line(&mut self, text: &mut Vec<u8>) -> Result<bool, Broken> {
        let before = text.len();
        match self.ahead.pop_front() {
            Some(line) => text.extend_from_slice(&line),
            None => {
                if !read_line(&mut self.lines, text)? {
                    return Ok(false);
                }
            }
        }
        self.passed += 1;
        self.bytes += text.len() - before;
        if text.last() == Some(&b'\n') {
            text.pop();
        }
        Ok(true)
    }
}

fn read_line(lines: &mut impl BufRead, text: &mut Vec<u8>) -> Result<bool, Broken> {
    Ok(lines.read_until(b'\n', text).map_err(Broken::Io)? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grammar(delimiter: u8, width: usize) -> Grammar {
        Grammar {
            width,
            typed: vec![true; usize::from(width > 0)],
            ..Grammar::new(delimiter)
        }
    }

    /// All records with their lines, or the line of the mark at which reading stops.
    fn read(text: &str, grammar: Grammar) -> Result<Vec<(u64, Vec<String>)>, u64> {
        let mut reader = Reader::new(text.as_bytes(), grammar, 0);
        let mut all = Vec::new();
        loop {
            match reader.advance() {
                Ok(true) => {
                    let fields = reader.record.iter();
                    let fields = fields.map(|field| String::from_utf8_lossy(field).into_owned());
                    all.push((reader.line(), fields.collect()));
                }
                Ok(false) => return Ok(all),
                Err(Broken::Quote(line)) => return Err(line),
                Err(Broken::Io(error)) => panic!("{error}"),
            }
        }
    }

    fn record(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (line, fields.iter().map(|&field| field.into()).collect())
    }

    #[test]
    fn fields_quotes_and_lines() {
        let text = "1,a\n\n2,\"b,\"\"c\"\"\"\n3,\"two\nlines\"\n4,\n";
        let expected = [
            record(1, &["1", "a"]),
            record(3, &["2", "b,\"c\""]),
            record(4, &["3", "two\nlines"]),
            record(6, &["4", ""]),
        ];
        assert_eq!(read(text, grammar(b',', 2)), Ok(expected.to_vec()));
    }

    proptest::proptest! {
        #[test]
        fn where_quotes_are_trusted_records_are_those_of_the_csv_crate(text in "[a1,\"\n]{0,40}") {
            let text = text + "\n";
            let trusting = Grammar { trusts_quotes: true, ..Grammar::new(b',') };
            let found = read(&text, trusting).expect("records");
            let found: Vec<Vec<String>> = found.into_iter().map(|(_, fields)| fields).collect();
            let mut parser = crate::dataset::frame::sniff::parser(b',').from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> = parser
                .records()
                .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
                .collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn runs_of_spaces_are_one_delimiter() {
        let expected = [record(1, &["1", "2"]), record(2, &["3", "4"])];
        assert_eq!(
            read("  1   2\n3\t 4 \n", grammar(b' ', 2)),
            Ok(expected.to_vec())
        );
    }

    #[test]
    fn a_mark_that_swallows_records_is_a_character() {
        let text = "1,\"late\n2,ok\n3,\"5\n4,ok\n5,\"end\n";
        let read_back = read(text, grammar(b',', 2)).expect("records");
        assert_eq!(read_back.len(), 5);
        assert_eq!(read_back[0], record(1, &["1", "\"late"]));
        assert_eq!(read_back[4], record(5, &["5", "\"end"]));
    }

    #[test]
    fn a_mark_in_the_header_is_a_character() {
        let found = read("a,\"b\n1,x\n2,y\n", grammar(b',', 2)).expect("records");
        assert_eq!((found.len(), &found[0]), (3, &record(1, &["a", "\"b"])));
        let found = read("a,\"b\n(c)\"\n1,x\n2,y\n", grammar(b',', 2)).expect("records");
        assert_eq!((found.len(), &found[0]), (3, &record(1, &["a", "b\n(c)"])));
    }

    #[test]
    fn a_mark_that_is_no_character_is_refused_with_its_line() {
        assert_eq!(read("1,2\n3,\"a,b\n4,5\n6,7\n", grammar(b',', 2)), Err(2));
    }

    #[test]
    fn a_field_of_several_lines_is_one_even_if_its_lines_have_delimiters() {
        let text = "5,\"a, b\nc, d\",6\n7,x,8\n";
        let grammar = Grammar {
            typed: vec![true, false, true],
            ..grammar(b',', 3)
        };
        let expected = [
            record(1, &["5", "a, b\nc, d", "6"]),
            record(3, &["7", "x", "8"]),
        ];
        assert_eq!(read(text, grammar), Ok(expected.to_vec()));
    }

    #[test]
    fn comments_are_passed_over_and_counted() {
        let grammar = Grammar {
            comment: Some(b'#'),
            ..grammar(b',', 2)
        };
        let mut reader = Reader::new(&b"# one\n1,2\n#3,4\n# a, b, c\n"[..], grammar, 0);
        assert!(reader.advance().expect("a record") && reader.advance().expect("a record"));
        assert_eq!((reader.line(), &reader.record[0]), (3, &b"#3"[..]));
        assert!(!reader.advance().expect("the end"));
        assert_eq!(reader.comments, [1, 4]);
    }
}
