//! Bytes to text lines: decoded, without a byte order mark or NULs, bounded.

use std::io::{self, Cursor, Read};

use encoding_rs::UTF_8;

use crate::dataset::DatasetError;
use crate::dataset::lines::decode::{self, Decoded, Known};
use crate::dataset::lines::wrapped::{self, Unwrapped};

/// How much of the file is looked at before reading: enough for some records of 20 000 columns.
const HEAD: u64 = 4 << 20;

/// Longest record: no line, open quotation mark or gzip bomb may fill the memory.
const MAX_RECORD: usize = 16 << 20;

const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// The text of a table.
///
/// 1. Another encoding than UTF-8 is decoded.
/// 2. Every line ends in `\n`, also one that ended in `\r\n` or `\r`, and also the last: so a line
///    number can be told from the parser's position.
/// 3. NUL bytes, as a logger leaves them after a power loss, are dropped and counted.
/// 4. Quotation marks around each line as a whole are taken off.
/// 5. After [`MAX_RECORD`] bytes without [`TextSource::record_done`] reading fails.
pub(in crate::dataset) struct TextSource<'a> {
    lines: Lines<Box<dyn Read + Send + 'a>>,
    head: Cursor<Vec<u8>>,
    whole: bool,
    since_record: usize,
    known: Known,
    /// Where lines are in quotation marks as a whole, what takes these off.
    wrapped: Option<Unwrapped>,
}

impl<'a> TextSource<'a> {
    /// Opens a text, of an encoding that is `named` or recognised, and reads its head: at least to
    /// the end of a line, before which nothing can be said of a record.
    pub(in crate::dataset) fn open(
        mut reader: Box<dyn Read + Send + 'a>,
        name: &str,
        named: Option<&str>,
    ) -> Result<Self, DatasetError> {
        let failure = |error: io::Error| DatasetError::of_io(name, &error);
        let mut raw = Vec::new();
        let read = reader.by_ref().take(HEAD).read_to_end(&mut raw);
        let read = read.map_err(failure)?;
        let known = Known::of(&raw, (read as u64) < HEAD, named)?;
        let raw = Cursor::new(raw).chain(reader);
        let inner: Box<dyn Read + Send + 'a> = match known.encoding == UTF_8 {
            true => Box::new(raw),
            false => Box::new(Decoded::new(raw, known.encoding)),
        };
        let mut lines = Lines::new(inner);
        let mut head = Vec::new();
        let mut most = HEAD;
        while !lines.ended {
            let read = lines.by_ref().take(most).read_to_end(&mut head);
            read.map_err(failure)?;
            if head.contains(&b'\n') || head.len() > MAX_RECORD {
                break;
            }
            most = 1 << 16;
        }
        if head.len() > MAX_RECORD {
            return Err(DatasetError::RecordTooLong(1));
        }
        if decode::is_binary(&head) {
            return Err(DatasetError::NotText(name.into(), "a binary file"));
        }
        // Programs that add one to a file that has one leave two.
        while head.starts_with(&UTF8_MARK) {
            head.drain(..UTF8_MARK.len());
        }
        let wrapped = wrapped::are_wrapped(&head).then(|| {
            let end = head.iter().rposition(|&byte| byte == b'\n');
            let rest = head.split_off(end.map_or(0, |end| end + 1));
            head = wrapped::unwrapped(&head);
            Unwrapped::new(rest)
        });
        Ok(Self {
            whole: lines.ended,
            lines,
            head: Cursor::new(head),
            since_record: 0,
            known,
            wrapped,
        })
    }

    /// Whether quotation marks around each line as a whole are taken off.
    pub(in crate::dataset) fn is_wrapped(&self) -> bool {
        self.wrapped.is_some()
    }

    /// The encoding of the file.
    pub(in crate::dataset) fn encoding(&self) -> Known {
        self.known
    }

    /// How many NUL bytes were dropped so far, and on which line the first was.
    pub(in crate::dataset) fn nuls(&self) -> (u64, u64) {
        self.lines.nuls
    }

    /// The lines of the text that were read so far; all of them at its end.
    pub(in crate::dataset) fn lines(&self) -> u64 {
        self.lines.ends
    }

    /// The same text as far as it is known without reading on: whole lines, about `most` bytes.
    pub(in crate::dataset) fn beginning(&self, most: usize) -> TextSource<'static> {
        let head = self.head();
        let end = match head.len() <= most && self.whole {
            true => head.len(),
            false => {
                let cut = &head[..head.len().min(most)];
                let last = cut.iter().rposition(|&byte| byte == b'\n');
                last.map_or(head.len(), |last| last + 1)
            }
        };
        let mut lines: Lines<Box<dyn Read + Send>> = Lines::new(Box::new(io::empty()));
        lines.ends = head[..end].iter().filter(|&&byte| byte == b'\n').count() as u64;
        lines.nuls = self.lines.nuls;
        TextSource {
            lines,
            head: Cursor::new(head[..end].to_vec()),
            whole: self.whole && end == head.len(),
            since_record: 0,
            known: self.known,
            wrapped: None,
        }
    }

    /// The beginning of the text.
    pub(in crate::dataset) fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    /// Whether the head is all there is.
    pub(in crate::dataset) fn head_is_whole(&self) -> bool {
        self.whole
    }

    /// Says that the text is the beginning of a longer one.
    pub(in crate::dataset) fn cut(&mut self) {
        self.whole = false;
    }

    /// Says that a record has been parsed.
    pub(in crate::dataset) fn record_done(&mut self) {
        self.since_record = 0;
    }

    /// Passes over the beginning of the head; returns how many lines end there.
    pub(in crate::dataset) fn skip(&mut self, bytes: usize) -> u64 {
        let head = self.head.get_ref();
        let bytes = bytes.min(head.len());
        let lines = head[..bytes].iter().filter(|&&byte| byte == b'\n').count();
        self.head.set_position(bytes as u64);
        lines as u64
    }

    /// Gives back text that was read, to be read again; it counts as the beginning of a record.
    pub(in crate::dataset) fn put_back(&mut self, mut text: Vec<u8>) {
        self.since_record = 0;
        let offset = self.head.position() as usize;
        text.extend_from_slice(self.head.get_ref().get(offset..).unwrap_or_default());
        self.head = Cursor::new(text);
    }

    /// Explains why reading the record on `line` failed.
    pub(in crate::dataset) fn explain(
        &self,
        error: &io::Error,
        name: &str,
        line: u64,
    ) -> DatasetError {
        match self.since_record > MAX_RECORD {
            true => DatasetError::RecordTooLong(line),
            false => DatasetError::of_io(name, error),
        }
    }
}

impl Read for TextSource<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = self.head.read(buffer)?;
        if read == 0 {
            read = match &mut self.wrapped {
                Some(wrapped) => wrapped.read(&mut self.lines, MAX_RECORD, buffer)?,
                None => self.lines.read(buffer)?,
            };
        }
        self.since_record += read;
        match self.since_record > MAX_RECORD {
            true => Err(io::Error::other("the record is too long")),
            false => Ok(read),
        }
    }
}

/// Turns `\r\n` and `\r` into `\n`, drops NULs, and ends the last line.
struct Lines<R> {
    inner: R,
    after_return: bool,
    last: Option<u8>,
    ended: bool,
    /// Lines that ended so far.
    ends: u64,
    /// How many NULs were dropped, and the line of the first.
    nuls: (u64, u64),
}

impl<R: Read> Lines<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            after_return: false,
            last: None,
            ended: false,
            ends: 0,
            nuls: (0, 0),
        }
    }

    fn end(&mut self, buffer: &mut [u8]) -> usize {
        self.ended = true;
        match self.last {
            None | Some(b'\n') => 0,
            Some(_) => {
                buffer[0] = b'\n';
                self.last = Some(b'\n');
                self.ends += 1;
                1
            }
        }
    }

    fn normalise(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            if byte == 0 {
                if self.nuls.0 == 0 {
                    let ended = bytes[..kept].iter().filter(|&&byte| byte == b'\n').count();
                    self.nuls.1 = self.ends + ended as u64 + 1;
                }
                self.nuls.0 += 1;
                continue;
            }
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
            let is_odd = self.after_return || bytes.contains(&b'\r') || bytes.contains(&0);
            let kept = match is_odd {
                true => self.normalise(bytes),
                false => read,
            };
            let ends = buffer[..kept].iter().filter(|&&byte| byte == b'\n');
            self.ends += ends.count() as u64;
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
            ("a\0,b\r\n\0\0\n", "a,b\n\n"),
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
