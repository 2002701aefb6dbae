//! Records of any format as lines of text, from which the reader of text tables goes on.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::blocks::{Block, Blocks};
pub(in crate::dataset) use super::fields::DELIMITER;
use crate::dataset::DatasetError;

/// Something that gives rendered records, some at a time.
pub(super) trait Chunks: Send {
    /// Whole lines; `None` after the last.
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError>;

    /// The next rows as they are, where [`Chunks::HAS_BLOCKS`]; numbers of columns that are `texts` are
    /// fields. `None` after the last.
    fn block(&mut self, _texts: &[bool]) -> Result<Option<Block>, DatasetError> {
        Ok(None)
    }

    /// Whether rows are given as they are.
    const HAS_BLOCKS: bool = false;
}

/// What the analyst is to be told of a file; known in part only when it has been read.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    /// Adds a sentence, once.
    pub(in crate::dataset) fn add(&self, sentence: String) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.contains(&sentence) {
            notes.push(sentence);
        }
    }

    /// The sentences so far.
    pub(in crate::dataset) fn all(&self) -> Vec<String> {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.clone()
    }
}

/// Reads the text of rendered records.
pub(super) struct Rendered<C> {
    chunks: C,
    now: io::Cursor<Vec<u8>>,
    /// Whether the text ends with what has been rendered.
    ends_text: bool,
}

impl<C: Chunks> Rendered<C> {
    /// Begins with the lines in `first`.
    pub(super) fn new(first: Vec<u8>, chunks: C) -> Self {
        let now = io::Cursor::new(first);
        Self {
            chunks,
            now,
            ends_text: false,
        }
    }
}

impl<C: Chunks> Read for Rendered<C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.now.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.ends_text {
                return Ok(read);
            }
            match self.chunks.next() {
                Ok(Some(chunk)) => self.now = io::Cursor::new(chunk),
                Ok(None) => return Ok(0),
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

/// A rendered table that text and blocks are read from.
pub(super) struct Shared<C>(Arc<Mutex<Rendered<C>>>);

impl<C> Clone for Shared<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> Shared<C> {
    pub(super) fn new(rendered: Rendered<C>) -> Self {
        Self(Arc::new(Mutex::new(rendered)))
    }

    fn lock(&self) -> MutexGuard<'_, Rendered<C>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: Chunks> Read for Shared<C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.lock().read(buffer)
    }
}

impl<C: Chunks> Blocks for Shared<C> {
    fn end_text(&mut self, ends: bool) {
        self.lock().ends_text = ends;
    }

    fn next(&mut self, texts: &[bool]) -> Result<Option<Block>, DatasetError> {
        self.lock().chunks.block(texts)
    }
}

/// Adds a field and the delimiter behind it. A field stays on its line: line ends and delimiters in
/// it become spaces.
pub(super) fn push_field(line: &mut Vec<u8>, field: &str) {
    let is_quoted = field.contains('"');
    if is_quoted {
        line.push(b'"');
    }
    for byte in field.bytes() {
        match byte {
            b'\t' | b'\n' | b'\r' | 0 => line.push(b' '),
            b'"' => line.extend(b"\"\""),
            _ => line.push(byte),
        }
    }
    if is_quoted {
        line.push(b'"');
    }
    line.push(DELIMITER);
}

/// Ends a line of fields: the delimiter behind the last becomes the line's end.
pub(super) fn end_line(line: &mut Vec<u8>) {
    match line.last_mut() {
        Some(last) if *last == DELIMITER => *last = b'\n',
        _ => line.push(b'\n'),
    }
}

/// A line of names.
pub(super) fn header<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<u8> {
    let mut line = Vec::new();
    names
        .into_iter()
        .for_each(|name| push_field(&mut line, name));
    end_line(&mut line);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_on_their_line() {
        let line = header(["a", "b\tc\r\nd", "say \"x\"", ""]);
        assert_eq!(line, b"a\tb c  d\t\"say \"\"x\"\"\"\t\n");
        assert_eq!(header([]), b"\n");
    }
}
