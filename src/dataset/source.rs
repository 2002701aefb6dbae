//! Text to lines: without a byte order mark, bounded.

use std::io::{self, Cursor, Read};

use super::DatasetError;

/// How much of the file is looked at before reading: enough for some records of 20 000 columns.
const HEAD: u64 = 4 << 20;

/// Longest record. The `csv` crate would grow its buffer to the length of any line.
const MAX_RECORD: usize = 16 << 20;

const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// The text of a table.
///
/// 1. Every line ends in `\n`, also one that ended in `\r\n` or `\r`, and also the last: so a line
///    number can be told from the parser's position.
/// 2. After [`MAX_RECORD`] bytes without [`Source::record_done`] reading fails, so that a file
///    without line ends, an open quotation mark or a gzip bomb cannot fill the memory.
pub(super) struct Source<'a> {
    lines: Lines<Box<dyn Read + Send + 'a>>,
    head: Cursor<Vec<u8>>,
    whole: bool,
    since_record: usize,
}

impl<'a> Source<'a> {
    /// Opens a table and reads its head.
    pub(super) fn open(
        reader: Box<dyn Read + Send + 'a>,
        name: &str,
    ) -> Result<Self, DatasetError> {
        let mut lines = Lines::new(reader);
        let mut head = Vec::new();
        let read = lines.by_ref().take(HEAD).read_to_end(&mut head);
        read.map_err(|error| DatasetError::of_io(name, &error))?;
        if let Some(what) = not_text(&head) {
            return Err(DatasetError::NotText(name.into(), what));
        }
        if head.starts_with(&UTF8_MARK) {
            head.drain(..UTF8_MARK.len());
        }
        Ok(Self {
            whole: lines.ended,
            lines,
            head: Cursor::new(head),
            since_record: 0,
        })
    }

    /// The beginning of the text.
    pub(super) fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    /// Whether the head is all there is.
    pub(super) fn head_is_whole(&self) -> bool {
        self.whole
    }

    /// Says that a record has been parsed.
    pub(super) fn record_done(&mut self) {
        self.since_record = 0;
    }

    /// Passes over the beginning of the head; returns how many lines end there.
    pub(super) fn skip(&mut self, bytes: usize) -> u64 {
        let head = self.head.get_ref();
        let bytes = bytes.min(head.len());
        let lines = head[..bytes].iter().filter(|&&byte| byte == b'\n').count();
        self.head.set_position(bytes as u64);
        lines as u64
    }

    /// Gives back text that was read, to be read again; it counts as the beginning of a record.
    pub(super) fn put_back(&mut self, mut text: Vec<u8>) {
        self.since_record = 0;
        let place = self.head.position() as usize;
        text.extend_from_slice(self.head.get_ref().get(place..).unwrap_or_default());
        self.head = Cursor::new(text);
    }

    /// Explains why reading the record on `line` failed.
    pub(super) fn explain(&self, error: &io::Error, name: &str, line: u64) -> DatasetError {
        match self.since_record > MAX_RECORD {
            true => DatasetError::RecordTooLong(line),
            false => DatasetError::of_io(name, error),
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = self.head.read(buffer)?;
        if read == 0 {
            read = self.lines.read(buffer)?;
        }
        self.since_record += read;
        match self.since_record > MAX_RECORD {
            true => Err(io::Error::other("the record is too long")),
            false => Ok(read),
        }
    }
}

fn not_text(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16 text"),
        _ if head.contains(&0) => Some("a binary file"),
        _ => None,
    }
}

/// Turns `\r\n` and `\r` into `\n`, and ends the last line.
struct Lines<R> {
    inner: R,
    after_return: bool,
    last: Option<u8>,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            after_return: false,
            last: None,
            ended: false,
        }
    }

    fn end(&mut self, buffer: &mut [u8]) -> usize {
        self.ended = true;
        match self.last {
            None | Some(b'\n') => 0,
            Some(_) => {
                buffer[0] = b'\n';
                self.last = Some(b'\n');
                1
            }
        }
    }

    fn normalise(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            let repeated = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if !repeated {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let read = self.inner.read(buffer)?;
            if read == 0 {
                return Ok(self.end(buffer));
            }
            let bytes = &mut buffer[..read];
            let kept = match self.after_return || bytes.contains(&b'\r') {
                true => self.normalise(bytes),
                false => read,
            };
            if kept > 0 {
                self.last = Some(buffer[kept - 1]);
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = self.0.len().min(1).min(buffer.len());
            self.0.read(&mut buffer[..one])
        }
    }

    #[test]
    fn every_line_ends_in_a_newline_however_it_is_read() {
        for (bytes, expected) in [
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("a\r\n\r\nb", "a\n\nb\n"),
            ("a", "a\n"),
            ("a\r", "a\n"),
            ("", ""),
        ] {
            let (mut fast, mut slow) = (String::new(), String::new());
            Lines::new(bytes.as_bytes())
                .read_to_string(&mut fast)
                .unwrap();
            Lines::new(Slow(bytes.as_bytes()))
                .read_to_string(&mut slow)
                .unwrap();
            assert_eq!((fast.as_str(), slow.as_str()), (expected, expected));
        }
    }
}
