//! Cuts a text into JSON values.

use std::io::{BufRead, BufReader, Read};

use super::node::Node;
use crate::dataset::DatasetError;

/// Longest record in bytes.
const MAX_RECORD: usize = 16 << 20;

/// Longest first value in bytes: it may be a document with all records in it.
const MAX_DOCUMENT: usize = 64 << 20;

/// Cuts a text into JSON values, whether they stand one after another or in one list.
pub(super) struct Values<R> {
    inner: BufReader<R>,
    line: u64,
    /// 1 within a list of records.
    depth: usize,
    /// Whether no value has been read.
    is_first: bool,
    name: String,
}

impl<R: Read> Values<R> {
    /// Values of a reader, which is read from its beginning.
    pub(super) fn new(reader: R, name: &str) -> Self {
        Self {
            inner: BufReader::new(reader),
            line: 1,
            depth: 0,
            is_first: true,
            name: name.into(),
        }
    }

    /// The next value, with the line on which it begins.
    pub(super) fn value(&mut self) -> Result<Option<(u64, Node)>, DatasetError> {
        let Some((line, text)) = self.next()? else {
            return Ok(None);
        };
        let node = Node::parse(&text).map_err(|told| DatasetError::Json(line, told))?;
        match node {
            Node::Plain { .. } | Node::Nothing => Err(DatasetError::Json(
                line,
                "it is no object of names and values".to_owned(),
            )),
            node => Ok(Some((line, node))),
        }
    }

    /// The bytes of the next value, with the line on which it begins.
    fn next(&mut self) -> Result<Option<(u64, Vec<u8>)>, DatasetError> {
        let (mut value, mut open, mut in_text, mut escaped) = (Vec::new(), 0_usize, false, false);
        let mut began = self.line;
        loop {
            let buffer = self
                .inner
                .fill_buf()
                .map_err(|error| DatasetError::of_io(&self.name, &error))?;
            if buffer.is_empty() {
                return match value.is_empty() {
                    true => Ok(None),
                    false => Err(DatasetError::Json(began, "it does not end".to_owned())),
                };
            }
            let mut used = 0;
            let mut done = false;
            for (at, &byte) in buffer.iter().enumerate() {
                used = at + 1;
                self.line += u64::from(byte == b'\n');
                if value.is_empty() {
                    match byte {
                        // A list of all records, and no record that is a list.
                        b'[' if self.is_first && holds_records(&buffer[used..]) => {
                            (self.depth, self.is_first) = (1, false);
                        }
                        b',' => {}
                        b']' if self.depth > 0 => {}
                        0xef | 0xbb | 0xbf => {}
                        _ if byte.is_ascii_whitespace() => {}
                        _ => {
                            began = self.line;
                            value.push(byte);
                            (open, in_text) =
                                (usize::from(matches!(byte, b'{' | b'[')), byte == b'"');
                        }
                    }
                    continue;
                }
                // A plain value ends with its line; it is refused all the same.
                if open == 0 && !in_text && (byte == b'\n' || byte == b',' || byte == b']') {
                    done = true;
                    break;
                }
                value.push(byte);
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_text => escaped = true,
                    b'"' => in_text = !in_text,
                    b'{' | b'[' if !in_text => open += 1,
                    b'}' | b']' if !in_text => open = open.saturating_sub(1),
                    _ => {}
                }
                if open == 0 && !in_text && matches!(byte, b'}' | b']') {
                    done = true;
                    break;
                }
            }
            self.inner.consume(used);
            let most = if self.is_first {
                MAX_DOCUMENT
            } else {
                MAX_RECORD
            };
            if value.len() > most {
                let told = format!("it does not end within {} MiB", most >> 20);
                return Err(DatasetError::Json(began, told));
            }
            if done {
                self.is_first = false;
                return Ok(Some((began, value)));
            }
        }
    }
}

/// Whether a list that goes on so is one of records.
fn holds_records(rest: &[u8]) -> bool {
    !matches!(rest.trim_ascii_start().first(), Some(byte) if !matches!(byte, b'{' | b'[' | b']'))
}
