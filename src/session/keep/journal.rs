//! The journal: one line an event, each with its checksum.
//!
//! ```text
//! 3c9f0d6a2b7e4f15 (format:2,program:"0.1.0",…)     the head: of which table and session it is
//! 91b0c4a7d2e8f306 Act(Answer(instances:[17],…)     an event
//! ```
//!
//! The checksum of a line covers the line and the checksum before it, so that a line that is missing
//! or moved is told as well as one that was changed.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Event;
use super::lock::leads_to;
use crate::detector::{Settings, kept_settings};
use crate::session::file::{FileError, SavedData, sync_folder, unwritable, with_ending};

/// The format of journals that this program writes, and the newest that it reads.
///
/// 2: anomalies may have tags.
pub const FORMAT: u32 = 2;

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The format.
    pub format: u32,
    /// The version of the program.
    pub program: String,
    /// When it was begun, in milliseconds since 1970 (UTC).
    pub at: Option<u64>,
    /// By which process.
    pub process: u32,
    /// The table.
    pub data: SavedData,
    /// The settings of the session.
    #[serde(deserialize_with = "kept_settings")]
    pub settings: Settings,
    /// The number of answers after which training falls due, to begin with.
    pub batch: usize,
    /// The last record of the journal before, which the session's file holds as well: the events
    /// here go on from that file. `None`: they go on from nothing.
    pub base: Option<u64>,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// Bytes that are surely there.
    length: u64,
    /// The checksum of the last line.
    last: u64,
    /// The analyst's events in it.
    events: usize,
    /// Lines that could not be written yet.
    backlog: String,
}

/// The checksum of a line after another.
pub(super) fn checksum(before: u64, text: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(before.to_be_bytes());
    hash.update(text.as_bytes());
    hash.finalize()
        .iter()
        .take(8)
        .fold(0, |sum, &byte| (sum << 8) | u64::from(byte))
}

fn line<T: Serialize>(before: u64, value: &T, path: &Path) -> Result<(u64, String), FileError> {
    let text = ron::to_string(value)
        .map_err(|error| FileError::Unwritable(path.to_owned(), error.to_string()))?;
    let sum = checksum(before, &text);
    Ok((sum, format!("{sum:016x} {text}\n")))
}

impl Journal {
    /// Begins a journal in the place of one that may lie there; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; what lay there is untouched.
    pub fn begin(path: &Path, head: &Head) -> Result<Self, FileError> {
        let (last, text) = line(0, head, path)?;
        let part = with_ending(path, &format!(".part-{}", std::process::id()));
        let file = create(&part, text.as_bytes()).and_then(|file| {
            std::fs::rename(&part, path)?;
            sync_folder(path)?;
            Ok(file)
        });
        let file = file.map_err(|error| {
            // Nothing is lost if it cannot be removed.
            drop(std::fs::remove_file(&part));
            unwritable(path, &error)
        })?;
        Ok(Self {
            file,
            path: path.to_owned(),
            length: text.len() as u64,
            last,
            events: 0,
            backlog: String::new(),
        })
    }

    /// Goes on with a journal that was read: after `length` bytes, the last line of which has the
    /// checksum `last`; what follows was torn and is cut off.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn go_on(
        path: &Path,
        length: u64,
        last: u64,
        events: usize,
    ) -> Result<Self, FileError> {
        let opened = OpenOptions::new().read(true).write(true).open(path);
        let cut = opened.and_then(|file| file.set_len(length).map(|()| file));
        Ok(Self {
            file: cut.map_err(|error| unwritable(path, &error))?,
            path: path.to_owned(),
            length,
            last,
            events,
            backlog: String::new(),
        })
    }

    /// The checksum of the last line.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// How many of the analyst's events it holds.
    pub fn events(&self) -> usize {
        self.events
    }

    /// Appends events. Those of the analyst are on the disk when this returns; others may wait for
    /// the next.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; the events are kept, and written with the next ones if these can
    /// be.
    pub fn append(&mut self, events: &[Event]) -> Result<(), FileError> {
        for event in events {
            let (sum, text) = line(self.last, event, &self.path)?;
            self.last = sum;
            self.backlog.push_str(&text);
        }
        let mine = events
            .iter()
            .filter(|event| event.is_of_the_analyst())
            .count();
        self.events += mine;
        self.write(mine > 0)
            .map_err(|error| unwritable(&self.path, &error))
    }

    fn write(&mut self, sync: bool) -> std::io::Result<()> {
        if !leads_to(&self.path, &self.file) {
            self.put_back()?;
        }
        // What an earlier failure left half written is written over.
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(self.backlog.as_bytes())?;
        let end = self.length + self.backlog.len() as u64;
        self.file.set_len(end)?;
        if sync {
            self.file.sync_data()?;
        }
        self.length = end;
        self.backlog.clear();
        Ok(())
    }

    /// Somebody removed the file while it was open: its content is written again.
    fn put_back(&mut self) -> std::io::Result<()> {
        let mut content = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        (&mut self.file)
            .take(self.length)
            .read_to_end(&mut content)?;
        let file = create(&self.path, &content)?;
        sync_folder(&self.path)?;
        self.file = file;
        Ok(())
    }
}

/// Writes a new file and syncs it.
fn create(path: &Path, content: &[u8]) -> std::io::Result<File> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)?;
    file.write_all(content)?;
    file.sync_all()?;
    Ok(file)
}
