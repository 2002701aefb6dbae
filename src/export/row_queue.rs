//! Scored rows that wait for their ranks, in a file beside the output.

use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::disk::{File, process_id, remove};

/// A row with all but its rank.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct QueuedRow {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) member: u32,
    pub(super) relevance: Vec<f32>,
    pub(super) member_scores: Vec<f32>,
}

/// A queue of rows on disk: a row of `m` members takes `8 m + 12` bytes and its texts.
///
/// It is gone when it is dropped.
pub(super) struct RowQueue {
    /// Where it is, if it has a name: a system that lets go of names of open files leaves nothing
    /// behind even when the program is killed.
    path: Option<PathBuf>,
    writer: BufWriter<File>,
}

impl RowQueue {
    /// Begins a queue beside `output`.
    pub(super) fn new(output: &Path) -> io::Result<Self> {
        let name = output.file_name().unwrap_or_default().to_string_lossy();
        let name = format!(".{name}.{}.rows", process_id());
        let path = output.with_file_name(name);
        let file = File::create(&path)?;
        let path = remove(&path).is_err().then_some(path);
        Ok(Self {
            path,
            writer: BufWriter::with_capacity(1 << 18, file),
        })
    }

    /// Adds a row.
    pub(super) fn push(
        &mut self,
        texts: [&str; 2],
        member: u32,
        numbers: impl Iterator<Item = f32>,
    ) -> io::Result<()> {
        for text in texts {
            // Ids and labels have at most 1000 bytes.
            self.writer.write_all(&(text.len() as u32).to_le_bytes())?;
            self.writer.write_all(text.as_bytes())?;
        }
        self.writer.write_all(&member.to_le_bytes())?;
        for number in numbers {
            self.writer.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// Goes back to the beginning, to take rows of `members` members out.
    pub(super) fn rewind(&mut self, members: usize) -> io::Result<RowQueueReader<'_>> {
        self.writer.flush()?;
        let file = self.writer.get_mut();
        file.rewind()?;
        Ok(RowQueueReader {
            reader: BufReader::with_capacity(1 << 18, file),
            members,
        })
    }
}

impl Drop for RowQueue {
    fn drop(&mut self) {
        // What cannot be removed is a hidden file that the next export of this process replaces.
        drop(self.path.as_deref().map(remove));
    }
}

/// Takes rows out of a [`RowQueue`], first in first out.
pub(super) struct RowQueueReader<'a> {
    reader: BufReader<&'a mut File>,
    members: usize,
}

impl RowQueueReader<'_> {
    /// Reads the next row into `row`.
    pub(super) fn next(&mut self, row: &mut QueuedRow) -> io::Result<()> {
        row.id = self.text()?;
        row.label = self.text()?;
        row.member = self.word()?;
        row.relevance = self.numbers()?;
        row.member_scores = self.numbers()?;
        Ok(())
    }

    fn word(&mut self) -> io::Result<u32> {
        let mut word = [0; 4];
        self.reader.read_exact(&mut word)?;
        Ok(u32::from_le_bytes(word))
    }

    fn text(&mut self) -> io::Result<String> {
        let mut bytes = vec![0; self.word()? as usize];
        self.reader.read_exact(&mut bytes)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    fn numbers(&mut self) -> io::Result<Vec<f32>> {
        let mut bytes = vec![0; 4 * self.members];
        self.reader.read_exact(&mut bytes)?;
        let numbers = bytes.as_chunks::<4>().0.iter();
        Ok(numbers.map(|four| f32::from_le_bytes(*four)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in_and_the_file_goes() {
        let folder = tempfile::tempdir().unwrap();
        let mut queue = RowQueue::new(&folder.path().join("out.csv")).unwrap();
        queue.push(["a", ""], 7, [1.0, 2.0].into_iter()).unwrap();
        queue
            .push(["ä", "anomaly"], 0, [f32::MAX, -0.0].into_iter())
            .unwrap();
        let mut reader = queue.rewind(1).unwrap();
        let mut row = QueuedRow::default();
        reader.next(&mut row).unwrap();
        assert_eq!(
            (row.id.as_str(), row.label.as_str(), row.member),
            ("a", "", 7)
        );
        assert_eq!((row.relevance, row.member_scores), (vec![1.0], vec![2.0]));
        let mut row = QueuedRow::default();
        reader.next(&mut row).unwrap();
        assert_eq!((row.id.as_str(), row.label.as_str()), ("ä", "anomaly"));
        assert!(reader.next(&mut row).is_err(), "there are no more");
        drop(queue);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
