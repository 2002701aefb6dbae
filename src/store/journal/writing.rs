//! The journal: one line an event, each with its checksums.
//!
//! ```text
//! 3c9f0d6a2b7e4f15 0b7e11d2 (format:2,program:"0.1.0",…)     the head: of which table and session it is
//! 91b0c4a7d2e8f306 4c1f09aa Act(Answer(instances:[17],…)     an event
//! ```

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::lock::leads_to;
use super::{DAMAGED, line};
use crate::detector::{Settings, kept_settings};
use crate::disk::{File, free_name, name_again, replace};
use crate::session::Event;
use crate::store::file::{FileError, SavedData, unwritable};

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
    format: u32,
    /// Bytes that are surely there.
    length: u64,
    /// The chain after the last line.
    last: u64,
    /// The analyst's events in it.
    events: usize,
    /// Lines that could not be written yet.
    backlog: String,
    /// Whether events of the analyst are not surely on the disk.
    unsynced: bool,
}

/// Where a journal that was read is gone on with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    /// Bytes of its good lines, without the end of the last one if that is missing.
    pub(super) length: u64,
    /// Whether it is missing.
    pub(super) unended: bool,
    /// The chain there.
    pub(super) last: u64,
    /// The analyst's events in it.
    pub(super) events: usize,
}

/// The line of a value after a chain, and the chain after it.
fn line_of<T: Serialize>(
    format: u32,
    before: u64,
    value: &T,
    path: &Path,
) -> Result<(u64, String), FileError> {
    let text = ron::to_string(value)
        .map_err(|error| FileError::Unwritable(path.to_owned(), error.to_string()))?;
    Ok(line::write(format, before, &text))
}

impl Journal {
    /// Begins a journal in the place of one that may lie there; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; what lay there is untouched.
    pub fn begin(path: &Path, head: &Head) -> Result<Self, FileError> {
        Self::of(path, head, &[], || Ok(()))
    }

    /// Begins a journal with events of one that lies there and is damaged; that one is kept, with
    /// [`DAMAGED`] at the end of its name.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; what lay there is untouched.
    pub(super) fn mended(path: &Path, head: &Head, events: &[&Event]) -> Result<Self, FileError> {
        Self::of(path, head, events, || {
            name_again(path, &free_name(path, DAMAGED)?)
        })
    }

    fn of(
        path: &Path,
        head: &Head,
        events: &[&Event],
        before: impl FnOnce() -> io::Result<()>,
    ) -> Result<Self, FileError> {
        let (mut last, mut text) = line_of(head.format, 0, head, path)?;
        for event in events {
            let (chain, more) = line_of(head.format, last, event, path)?;
            last = chain;
            text.push_str(&more);
        }
        let file = replace(path, text.as_bytes(), before);
        Ok(Self {
            file: file.map_err(|error| unwritable(path, &error))?,
            path: path.to_owned(),
            format: head.format,
            length: text.len() as u64,
            last,
            events: of_the_analyst(events.iter().copied()),
            backlog: String::new(),
            unsynced: false,
        })
    }

    /// Goes on with a journal that was read; what follows its end was torn and is cut off.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn go_on(path: &Path, format: u32, end: End) -> Result<Self, FileError> {
        let cut = File::open(path).and_then(|file| file.set_len(end.length).map(|()| file));
        Ok(Self {
            file: cut.map_err(|error| unwritable(path, &error))?,
            path: path.to_owned(),
            format,
            length: end.length,
            last: end.last,
            events: end.events,
            backlog: if end.unended { "\n" } else { "" }.to_owned(),
            unsynced: false,
        })
    }

    /// The chain after the last line, by which it is known.
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
            let (sum, text) = line_of(self.format, self.last, event, &self.path)?;
            self.last = sum;
            self.backlog.push_str(&text);
        }
        let mine = of_the_analyst(events);
        self.events += mine;
        self.unsynced |= mine > 0;
        self.write().map_err(|error| unwritable(&self.path, &error))
    }

    fn write(&mut self) -> io::Result<()> {
        if !leads_to(&self.path, self.file.inner()) {
            self.put_back()?;
        }
        // What an earlier failure left half written is written over.
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(self.backlog.as_bytes())?;
        let end = self.length + self.backlog.len() as u64;
        self.file.set_len(end)?;
        if self.unsynced {
            self.file.sync_content()?;
        }
        (self.length, self.unsynced) = (end, false);
        self.backlog.clear();
        Ok(())
    }

    /// Somebody removed the file while it was open: its content is written again.
    fn put_back(&mut self) -> io::Result<()> {
        let mut content = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        (&mut self.file)
            .take(self.length)
            .read_to_end(&mut content)?;
        self.file = replace(&self.path, &content, || Ok(()))?;
        Ok(())
    }
}

/// How many events are the analyst's doing.
pub(super) fn of_the_analyst<'a>(events: impl IntoIterator<Item = &'a Event>) -> usize {
    let mine = events.into_iter();
    mine.filter(|event| event.is_of_the_analyst()).count()
}
