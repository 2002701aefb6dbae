//! Reading a journal that an earlier run left behind.

use std::io::Read;
use std::path::Path;

use super::Journal;
use super::line::{self, AfterDamage, Line};
use super::writing::{End, Head, of_the_analyst};
use super::{CHAIN_ONLY, JOURNAL_FORMAT};
use crate::disk::fs::File;
use crate::session::{Action, Event, MAX_NOTE, Session};
use crate::store::file::{FileError, validate_action};

/// Bytes of a journal.
const MAX_BYTES: u64 = 256 << 20;
/// Depth of nesting of a line.
const MAX_DEPTH: usize = 32;

/// What a journal says.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its head.
    pub head: Head,
    /// Its events, each with the chain after its line.
    pub events: Vec<(Event, u64)>,
    /// Whether the last line was torn, as a crash in the middle of writing leaves it: it was never
    /// confirmed.
    pub torn: bool,
    /// How many lines are left out because they are damaged or hang on one that is; these may have
    /// been confirmed.
    pub lost: usize,
    /// The chain after the head's line.
    first: u64,
    /// Where it can be gone on with, as long as nothing is lost.
    end: End,
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
        let index = self.events.iter().position(|(_, sum)| *sum == mark)?;
        Some(&self.events[index + 1..])
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

    /// Lets events happen to a session; returns how many of them did. One that cannot have happened
    /// is left out.
    pub fn repeat(events: &[(Event, u64)], session: &mut Session) -> usize {
        let happened = events.iter().filter(|(event, _)| session.repeat(event));
        happened.count()
    }

    /// Goes on writing it, after a state that holds what it says up to `mark`. Where lines are
    /// damaged, those that are whole go to a new journal and the damaged one is kept beside it.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub(super) fn go_on(&self, path: &Path, mark: Option<u64>) -> Result<Journal, FileError> {
        if self.lost == 0 {
            return Journal::go_on(path, self.head.format, self.end);
        }
        let mut head = self.head.clone();
        let events = self.after(mark);
        if events.is_some() {
            head.base = mark;
        }
        let events = events.unwrap_or(&self.events).iter();
        let events: Vec<&Event> = events.map(|(event, _)| event).collect();
        Journal::mended(path, &head, &events)
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
    let checked = line::read(&first[..first.len() - 1], 0).filter(|line| line.follows);
    let checked = checked.ok_or_else(|| FileError::Damaged(name.to_owned()))?;
    let head: Head = options()
        .from_str(checked.text)
        .map_err(|error| invalid(&error.to_string()))?;
    if head.format > JOURNAL_FORMAT {
        return Err(FileError::Newer(name.to_owned(), head.format));
    }
    if head.format != checked.format {
        return Err(invalid("its lines are of another format than it says"));
    }
    if let Err(error) = head.settings.validate() {
        return Err(invalid(&error.to_string()));
    }
    let mut found = Found {
        head,
        events: Vec::new(),
        torn: false,
        lost: 0,
        first: checked.chain,
        end: End {
            length: first.len() as u64,
            unended: false,
            last: checked.chain,
            events: 0,
        },
    };
    found.take_in(lines);
    Ok(Some(found))
}

impl Found {
    /// Reads the lines after the head.
    fn take_in<'a>(&mut self, lines: impl Iterator<Item = &'a [u8]>) {
        let n = self.head.data.fingerprint.instances;
        let mut damage: Option<AfterDamage> = None;
        // Whether the line before is damaged, so that this one cannot follow from it.
        let mut broken = false;
        for line in lines {
            let text = line.strip_suffix(b"\n");
            let read = event(text.unwrap_or(line), self.head.format, self.end.last, n);
            // The end of the last line may be missing, or be the byte that was changed.
            let read = match (read, line) {
                (None, [start @ .., _]) if text.is_none() => {
                    event(start, self.head.format, self.end.last, n).map(|read| (read, 1))
                }
                (read, _) => read.map(|read| (read, 0)),
            };
            let Some(((checked, event), rest)) = read else {
                if text.is_none() {
                    self.torn = true;
                    break;
                }
                self.lost += 1;
                damage.get_or_insert_default();
                // Lines with the chain only cannot be taken up again after a gap in it.
                let after = line::chain_written(line).filter(|_| self.head.format > CHAIN_ONLY);
                self.end.last = after.unwrap_or(self.end.last);
                broken = true;
                continue;
            };
            if !checked.follows && !broken {
                // It is whole, but one before it is missing or moved.
                self.lost += 1;
                damage.get_or_insert_default();
            }
            broken = false;
            self.end.last = checked.chain;
            self.end.length += (line.len() - rest) as u64;
            self.end.unended = text.is_none();
            match damage
                .as_mut()
                .map_or(Some(true), |damage| damage.takes(&event))
            {
                Some(true) => self.events.push((event, checked.chain)),
                Some(false) => self.lost += 1,
                None => {}
            }
        }
        self.end.events = of_the_analyst(self.events.iter().map(|(event, _)| event));
    }
}

/// Gives each line of a journal the checksum that fits it, whatever it had: what is tried by fuzzing
/// would else never pass the checksums.
pub fn with_checksums(text: &str) -> String {
    let mut before = 0;
    let lines = text.lines().map(|line| {
        let text = line.split_once(' ').map_or(line, |(_, text)| text);
        let (format, text) = match text.split_at_checked(9) {
            Some((own, text)) if own.ends_with(' ') && !text.is_empty() => (JOURNAL_FORMAT, text),
            _ => (CHAIN_ONLY, text),
        };
        let (chain, line) = line::write(format, before, text);
        before = chain;
        line
    });
    lines.collect()
}

fn options() -> ron::Options {
    ron::Options::default().with_recursion_limit(MAX_DEPTH)
}

/// The event of a line, which must be of the journal's format and on a table of `n` instances.
fn event(bytes: &[u8], format: u32, before: u64, n: usize) -> Option<(Line<'_>, Event)> {
    let line = line::read(bytes, before).filter(|line| line.format == format)?;
    let event: Event = options().from_str(line.text).ok()?;
    match &event {
        Event::Act(action, _) if validate_action(action, n).is_err() => None,
        _ => Some((line, event)),
    }
}

// A note is the longest thing that a line holds.
const _: () = assert!((MAX_NOTE as u64) < MAX_BYTES);
