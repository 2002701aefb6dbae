//! Lines that are in quotation marks as a whole, as a spreadsheet writes a table that lies in one column.

use std::io::{self, Cursor, Read};

/// Lines that are looked at.
const LINES: usize = 100;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;

/// Whether all lines at the beginning of a text are each one quoted field, in which as many fields lie.
pub(in crate::dataset) fn are_wrapped(head: &[u8]) -> bool {
    let lines = || {
        let lines = head.split_inclusive(|&byte| byte == b'\n');
        // The last may be cut.
        let whole = lines.filter_map(|line| line.strip_suffix(b"\n"));
        whole.filter(|line| !line.is_empty()).take(LINES)
    };
    let count = |line: &[u8], delimiter: u8| line.iter().filter(|&&byte| byte == delimiter).count();
    let is_steady = |delimiter: u8| {
        let mut counts = lines().map(|line| count(line, delimiter));
        let first = counts.next().unwrap_or_default();
        first > 0 && counts.all(|found| found == first)
    };
    lines().count() > 2
        && lines().all(is_one_field)
        && [b',', b';', b'\t', b'|'].into_iter().any(is_steady)
}

/// Whether a line is one quoted field: each mark inside is written twice.
fn is_one_field(line: &[u8]) -> bool {
    let Some(inside) = inside(line) else {
        return false;
    };
    let mut rest = inside;
    while let Some(at) = rest.iter().position(|&byte| byte == b'"') {
        if rest.get(at + 1) != Some(&b'"') {
            return false;
        }
        rest = &rest[at + 2..];
    }
    true
}

fn inside(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"\"")?.strip_suffix(b"\"")
}

/// Whole lines without the marks around them.
pub(in crate::dataset) fn unwrapped(text: &[u8]) -> Vec<u8> {
    let mut bare = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let (line, end) = match line.strip_suffix(b"\n") {
            Some(line) => (line, &b"\n"[..]),
            None => (line, &b""[..]),
        };
        match inside(line).filter(|_| is_one_field(line)) {
            Some(inside) => {
                let mut is_second = false;
                bare.extend(inside.iter().filter(|&&byte| {
                    is_second = byte == b'"' && !is_second;
                    byte != b'"' || is_second
                }));
            }
            None => bare.extend_from_slice(line),
        }
        bare.extend_from_slice(end);
    }
    bare
}

/// Takes the marks off line by line as a text is read on.
#[derive(Default)]
pub(in crate::dataset) struct Unwrapped {
    /// The beginning of a line that has not ended.
    rest: Vec<u8>,
    ready: Cursor<Vec<u8>>,
}

impl Unwrapped {
    /// Begins with the beginning of a line.
    pub(in crate::dataset) fn new(rest: Vec<u8>) -> Self {
        Self {
            rest,
            ready: Cursor::default(),
        }
    }

    /// Reads on; lines longer than `longest` are left as they are.
    pub(in crate::dataset) fn read(
        &mut self,
        from: &mut dyn Read,
        longest: usize,
        buffer: &mut [u8],
    ) -> io::Result<usize> {
        loop {
            let read = self.ready.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let before = self.rest.len();
            let more = from.take(CHUNK as u64).read_to_end(&mut self.rest)?;
            let end = self.rest.iter().rposition(|&byte| byte == b'\n');
            let whole = match end {
                Some(end) => self.rest.drain(..=end).collect(),
                None if more == 0 || before > longest => std::mem::take(&mut self.rest),
                None => continue,
            };
            if whole.is_empty() {
                return Ok(0);
            }
            self.ready = Cursor::new(unwrapped(&whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_in_quotation_marks_lose_them() {
        let text = b"\"a,b\"\n\"1,\"\"x\"\"\"\n\"2,y\"\n\"3,z\"\n";
        assert!(are_wrapped(text));
        assert_eq!(unwrapped(text), b"a,b\n1,\"x\"\n2,y\n3,z\n");
        for other in [
            &b"\"a\",\"b\"\n\"1\",\"2\"\n\"1\",\"2\"\n"[..],
            b"a,b\n1,2\n3,4\n",
            b"\"a\"\n\"one, two\"\n\"three\"\n",
            b"\"a,b\"\n",
        ] {
            assert!(!are_wrapped(other));
        }
        let mut from = &text[7..];
        let mut reader = Unwrapped::new(text[..7].to_vec());
        let mut found = Vec::new();
        let mut buffer = [0; 5];
        loop {
            match reader.read(&mut from, 100, &mut buffer).unwrap() {
                0 => break,
                read => found.extend_from_slice(&buffer[..read]),
            }
        }
        assert_eq!(found, unwrapped(text));
    }
}
