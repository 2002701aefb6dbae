//! Where a session is kept while it is worked on.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::place::{journal_of, lock_of};
use super::{Found, Head, Journal, Lock, LockError, read_journal};
use crate::disk::{remove, rename};
use crate::session::Event;
use crate::store::file::{FileError, SavedSession, backup_of, save_session, unwritable};

/// The files of a session that is worked on, all its own as long as this lives.
#[derive(Debug)]
pub struct SessionFiles {
    path: PathBuf,
    lock: Lock,
    journal: Journal,
}

/// Why a session cannot be kept in a place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SessionFilesError {
    /// Another window works on it (which).
    #[error("It is open in another window already ({0}).")]
    Held(String),
    /// Nothing can be written there.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A place that was taken, with what lay there.
#[derive(Debug)]
pub struct Claimed {
    /// The session's file.
    path: PathBuf,
    lock: Lock,
    /// The journal of an earlier run, if it holds anything.
    pub found: Option<Found>,
    /// What is wrong with the journal that lies there, if it cannot be read.
    pub unreadable: Option<FileError>,
}

impl Claimed {
    /// Takes a place: the lock of a session's file, and the journal that lies beside it.
    ///
    /// # Errors
    /// [`SessionFilesError::Held`] when another window has it, [`SessionFilesError::File`] when nothing can be
    /// written there.
    pub fn take(session: &Path, holder: &str) -> Result<Self, SessionFilesError> {
        let lock = Lock::take(&lock_of(session), holder).map_err(|error| match error {
            LockError::Held(holder) => SessionFilesError::Held(holder),
            LockError::Unavailable(why) => FileError::Unwritable(session.to_owned(), why).into(),
        })?;
        let (found, unreadable) = match read_journal(&journal_of(session)) {
            Ok(found) => (found, None),
            Err(error) => (None, Some(error)),
        };
        Ok(Self {
            path: session.to_owned(),
            lock,
            found: found.filter(|found| !found.events.is_empty() || found.lost > 0),
            unreadable,
        })
    }

    /// The file of the session.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a new journal. One that lies there is kept, with `~` at the end of its name.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub fn fresh(self, head: &Head) -> Result<SessionFiles, FileError> {
        let path = journal_of(&self.path);
        if self.found.is_some() || self.unreadable.is_some() {
            rename(&path, &backup_of(&path)).map_err(|error| unwritable(&path, &error))?;
        }
        Ok(SessionFiles {
            journal: Journal::begin(&path, head)?,
            path: self.path,
            lock: self.lock,
        })
    }

    /// Goes on with the journal that was found, after a state that holds what it says up to `mark`.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; [`FileError::NotFound`] when none was.
    pub fn go_on(self, mark: Option<u64>) -> Result<SessionFiles, FileError> {
        let path = journal_of(&self.path);
        match &self.found {
            None => Err(FileError::NotFound(path)),
            Some(found) => Ok(SessionFiles {
                journal: found.go_on(&path, mark)?,
                path: self.path,
                lock: self.lock,
            }),
        }
    }
}

impl SessionFiles {
    /// Saves a session that was kept nowhere so far in a place that was taken.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub fn found(
        claimed: Claimed,
        mut session: SavedSession,
        head: &Head,
    ) -> Result<Self, FileError> {
        session.journal = None;
        save_session(&claimed.path, &session)?;
        claimed.fresh(head)
    }

    /// The file of the session; not there before it is saved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends events to the journal; those of the analyst are on the disk when this returns.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; nothing is forgotten, see [`Journal::append`].
    pub fn append(&mut self, events: &[Event]) -> Result<(), FileError> {
        self.journal.append(events)
    }

    /// Saves the session, which must be as it is after all events so far, and begins a new journal.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; the file and the journal are as before.
    pub fn save(&mut self, mut session: SavedSession, mut head: Head) -> Result<(), FileError> {
        session.journal = Some(self.journal.last());
        save_session(&self.path, &session)?;
        head.base = session.journal;
        // From here on the journal as it is would do as well: the file knows how much of it it holds.
        self.journal = Journal::begin(&journal_of(&self.path), &head)?;
        Ok(())
    }

    /// Saves the session in another place and moves there. What the journal of the old place held
    /// is in the new file, so it is removed.
    ///
    /// # Errors
    /// [`SessionFilesError`]; everything is as before.
    pub fn save_as(
        &mut self,
        to: &Path,
        holder: &str,
        mut session: SavedSession,
        mut head: Head,
    ) -> Result<(), SessionFilesError> {
        let claimed = Claimed::take(to, holder)?;
        session.journal = Some(self.journal.last());
        save_session(to, &session)?;
        head.base = session.journal;
        let next = claimed.fresh(&head)?;
        let old = std::mem::replace(self, next);
        drop(remove(&journal_of(&old.path)));
        Ok(())
    }

    /// Puts the desk away. A journal without events is removed; one with events is what the next
    /// run recovers.
    pub fn close(self) {
        let Self {
            path,
            lock,
            journal,
        } = self;
        if journal.events() == 0 {
            // If it stays, the next run finds nothing in it.
            drop(remove(&journal_of(&path)));
        }
        drop(lock);
    }
}
