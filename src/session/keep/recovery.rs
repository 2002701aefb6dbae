//! Reading a journal that an earlier sitting left behind.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::journal::{FORMAT, Head, checksum};
use super::{Event, Journal};
use crate::session::file::{FileError, MAX_NOTE, action_complaint};
use crate::session::{Action, Session};

/// Bytes of a journal.
const MAX_BYTES: u64 = 256 << 20;
/// Depth of nesting of a line.
const MAX_DEPTH: usize = 32;

/// What a journal says.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its head.
    pub head: Head,
    /// Its events with the checksums of their lines.
    pub events: Vec<(Event, u64)>,
    /// Whether the last line was torn, as a crash in the middle of writing leaves it: it was never
    /// confirmed.
    pub torn: bool,
    /// How many lines are left out after one that is damaged; these may have been confirmed.
    pub lost: usize,
    /// Bytes up to the last good line.
    length: u64,
    /// The checksum of the head's line.
    first: u64,
}

impl Found {
    /// The events that come after a state which a session's file holds; `None` when the journal is
    /// not of that file.
    pub fn after(&self, mark: Option<u64>) -> Option<&[(Event, u64)]> {
        if self.head.base == mark {
            return Some(&self.events);
        }
        // The file was saved, and the program ended before it began a new journal.
        let mark = mark?;
        if self.first == mark {
            return Some(&self.events);
        }
        let place = self.events.iter().position(|(_, sum)| *sum == mark)?;
        Some(&self.events[place + 1..])
    }

    /// The number of instances that the events answer.
    pub fn answers(events: &[(Event, u64)]) -> usize {
        let answers = events.iter().map(|(event, _)| match event {
            Event::Act(action @ (Action::Answer { .. } | Action::Carry { .. }), _) => {
                action.answers()
            }
            _ => 0,
        });
        answers.sum()
    }

    /// When the last of them happened.
    pub fn last_time(events: &[(Event, u64)]) -> Option<u64> {
        events.iter().rev().find_map(|(event, _)| match event {
            Event::Act(_, at) => *at,
            _ => None,
        })
    }

    /// Lets events happen to a session; returns how many of them did before one that cannot have
    /// happened.
    pub fn repeat(events: &[(Event, u64)], session: &mut Session) -> usize {
        let n = events.iter().take_while(|(event, _)| session.repeat(event));
        n.count()
    }

    /// Goes on writing it.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn go_on(&self, path: &Path) -> Result<Journal, FileError> {
        let last = self.events.last().map_or(self.first, |(_, sum)| *sum);
        let mine = self.events.iter().map(|(event, _)| event);
        let mine = mine.filter(|event| event.is_of_the_analyst()).count();
        Journal::go_on(path, self.length, last, mine)
    }
}

/// Reads a journal; `None` where there is none, or nothing in it.
///
/// # Errors
/// [`FileError`] when it cannot be read, or its head is no head of this program.
pub fn read_journal(path: &Path) -> Result<Option<Found>, FileError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(FileError::Unreadable(path.to_owned(), error.to_string())),
        Ok(_) if bytes.len() as u64 > MAX_BYTES => {
            return Err(FileError::TooLarge(name(path), "256 MiB"));
        }
        Ok(_) => {}
    }
    read_journal_text(&bytes, &name(path))
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Reads the bytes of a journal; `name` is for sentences.
///
/// # Errors
/// As [`read_journal`].
pub fn read_journal_text(bytes: &[u8], name: &str) -> Result<Option<Found>, FileError> {
    let mut lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let Some(first) = lines.next().filter(|line| line.ends_with(b"\n")) else {
        // The head itself was torn: nothing was ever confirmed.
        return Ok(None);
    };
    let invalid = |what: &str| FileError::Invalid(name.to_owned(), what.to_owned());
    let (sum, text) = unsealed(first, 0).ok_or_else(|| FileError::Damaged(name.to_owned()))?;
    let head: Head = options()
        .from_str(text)
        .map_err(|error| invalid(&error.to_string()))?;
    if head.format > FORMAT {
        return Err(FileError::Newer(name.to_owned(), head.format));
    }
    if let Err(error) = head.settings.check() {
        return Err(invalid(&error.to_string()));
    }
    let n = head.data.fingerprint.instances;
    let mut found = Found {
        head,
        events: Vec::new(),
        torn: false,
        lost: 0,
        length: first.len() as u64,
        first: sum,
    };
    let mut last = sum;
    while let Some(line) = lines.next() {
        let Some((sum, event)) = event(line, last, n) else {
            found.torn = !line.ends_with(b"\n");
            found.lost = usize::from(!found.torn) + lines.count();
            break;
        };
        last = sum;
        found.length += line.len() as u64;
        found.events.push((event, sum));
    }
    Ok(Some(found))
}

/// Gives each line of a journal the checksum that fits it, whatever it had: what is tried by fuzzing
/// would else never pass the checksums.
pub fn resealed(text: &str) -> String {
    let mut before = 0;
    let lines = text.lines().map(|line| {
        let text = line.split_once(' ').map_or(line, |(_, text)| text);
        before = checksum(before, text);
        format!("{before:016x} {text}\n")
    });
    lines.collect()
}

fn options() -> ron::Options {
    ron::Options::default().with_recursion_limit(MAX_DEPTH)
}

fn event(line: &[u8], before: u64, n: usize) -> Option<(u64, Event)> {
    let (sum, text) = unsealed(line, before)?;
    let event: Event = options().from_str(text).ok()?;
    match &event {
        Event::Act(action, _) if action_complaint(action, n).is_some() => None,
        _ => Some((sum, event)),
    }
}

/// The text of a line whose checksum fits.
fn unsealed(line: &[u8], before: u64) -> Option<(u64, &str)> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (sum, text) = line.split_once(' ')?;
    // One spelling only: a checksum with a bit flipped to upper case is not the same file.
    let fits = sum == format!("{:016x}", checksum(before, text));
    fits.then(|| (checksum(before, text), text))
}

// A note is the longest thing that a line holds.
const _: () = assert!((MAX_NOTE as u64) < MAX_BYTES);
