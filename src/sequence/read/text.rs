//! Text files, line by line.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::super::SequenceError;
use crate::disk::fs::File;

/// Longest line, in bytes: no damaged file may fill the memory.
const LONGEST: u64 = 1 << 28;

/// How much of a file has been read, in bytes; whoever holds it need not hold the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    read: Arc<AtomicU64>,
    length: u64,
}

impl Count {
    /// The bytes that have been read, and all; zeros where it is no file.
    pub(super) fn so_far(&self) -> (u64, u64) {
        (self.read.load(Ordering::Relaxed), self.length)
    }
}

/// A file whose bytes are counted as they are read.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens a file, and unpacks it where its name says that it is gzipped.
pub(super) fn open(path: &Path) -> Result<(Box<dyn Read + Send>, Count), SequenceError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let count = Count {
        read: Arc::default(),
        length: file.metadata().map_or(0, |about| about.len()),
    };
    let counted = Counted {
        file,
        read: Arc::clone(&count.read),
    };
    let packed = path.to_string_lossy().to_ascii_lowercase().ends_with(".gz");
    let reader: Box<dyn Read + Send> = match packed {
        true => Box::new(MultiGzDecoder::new(BufReader::new(counted))),
        false => Box::new(counted),
    };
    Ok((reader, count))
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> SequenceError {
    SequenceError::new(
        path.display().to_string(),
        format!(
            "reading failed ({error}); check the path, and copy the file again if it is damaged"
        ),
    )
}

/// The lines of a text with their numbers from 1, without what ends them.
pub(super) struct Lines {
    reader: Box<dyn BufRead + Send>,
    /// What the file is called in sentences.
    place: String,
    line: u64,
}

impl Lines {
    /// The lines of a file that is open.
    pub(super) fn new(reader: Box<dyn Read + Send>, path: &Path) -> Self {
        Self {
            reader: Box::new(BufReader::with_capacity(1 << 16, reader)),
            place: path.display().to_string(),
            line: 0,
        }
    }

    /// The lines of a text that is at hand.
    pub(super) fn of(text: &str) -> Self {
        Self {
            reader: Box::new(Cursor::new(text.as_bytes().to_vec())),
            place: "the text".to_owned(),
            line: 0,
        }
    }
}

impl Iterator for Lines {
    type Item = Result<(u64, String), SequenceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        let read = (&mut self.reader)
            .take(LONGEST + 1)
            .read_until(b'\n', &mut bytes);
        self.line += 1;
        let line = self.line;
        let refuse = |sentence: String| Some(Err(SequenceError::new(&*self.place, sentence)));
        match read {
            Ok(0) => return None,
            Ok(_) if bytes.len() as u64 > LONGEST => {
                return refuse(format!("line {line} is longer than 256 MB; break it"));
            }
            Ok(_) => {}
            Err(error) => {
                return refuse(format!(
                    "reading failed after line {} ({error}); copy the file again if it is damaged",
                    line - 1
                ));
            }
        }
        while bytes
            .last()
            .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
        {
            bytes.pop();
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = match text.strip_prefix('\u{feff}').filter(|_| line == 1) {
                    Some(rest) => rest.to_owned(),
                    None => text,
                };
                Some(Ok((line, text)))
            }
            Err(_) => refuse(format!(
                "line {line} is not UTF-8 text; save the file in UTF-8"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_and_no_ends() {
        let lines: Vec<_> = Lines::of("\u{feff}a\r\n\nb").collect();
        assert_eq!(
            lines,
            [(1, "a"), (2, ""), (3, "b")].map(|(line, text)| Ok((line, text.to_owned())))
        );
        let mut damaged = Lines::of("");
        damaged.reader = Box::new(Cursor::new(b"a\n\xff\n".to_vec()));
        let told = damaged.nth(1).expect("a line").expect_err("a refusal");
        assert_eq!(
            told.to_string(),
            "the text: line 2 is not UTF-8 text; save the file in UTF-8."
        );
    }
}
