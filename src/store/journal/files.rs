//! Where a session is kept while it is worked on.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::place::{journal_of, lock_of};
use super::{ASIDE, Found, Head, Journal, Lock, LockError, read_journal};
use crate::disk::{free_name, kept, put_aside, remove, rename, sync_folder};
use crate::session::{Action, Event};
use crate::store::file::{FileError, SavedSession, save_session, unwritable};

/// The files of a session that is worked on, all its own as long as this lives.
#[derive(Debug)]
pub struct SessionFiles {
    path: PathBuf,
    lock: Lock,
    journal: Journal,
    /// A journal whose answers the session brought along: superfluous when they are in this one.
    carried: Option<PathBuf>,
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
    /// Where the journal lies that was put aside, if it is that which is found.
    aside: Option<PathBuf>,
    /// Whether the journal in its own place holds anything.
    holds: bool,
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
        let found = found.filter(|found| !found.events.is_empty() || found.lost > 0);
        Ok(Self {
            path: session.to_owned(),
            lock,
            holds: found.is_some() || unreadable.is_some(),
            found,
            unreadable,
            aside: None,
        })
    }

    /// The file of the session.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Turns to the latest of the journals that were put aside here and fit; false where none does.
    pub fn turn_to_aside(&mut self, fits: impl Fn(&Found) -> bool) -> bool {
        let names = kept(&journal_of(&self.path), ASIDE).into_iter();
        let journals = names.filter_map(|name| Some((read_journal(&name).ok()??, name)));
        let fitting = journals.filter(|(found, _)| fits(found));
        let latest = fitting.max_by_key(|(found, _)| Found::last_time(&found.events));
        let Some((found, name)) = latest else {
            return false;
        };
        (self.found, self.aside) = (Some(found), Some(name));
        true
    }

    /// Where the journal lies that is found.
    pub fn lies_at(&self) -> PathBuf {
        (self.aside.clone()).unwrap_or_else(|| journal_of(&self.path))
    }

    /// Where the journal in its own place will be kept when another takes that.
    pub fn kept_as(&self) -> Option<PathBuf> {
        let name = free_name(&journal_of(&self.path), ASIDE).ok();
        name.filter(|_| self.holds)
    }

    /// Begins a new journal. One that lies there is kept, with `~` at the end of its name.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub fn fresh(self, head: &Head) -> Result<SessionFiles, FileError> {
        self.make_room()?;
        let journal = Journal::begin(&journal_of(&self.path), head)?;
        Ok(self.files(journal))
    }

    /// The same for a session that brings along all that the journal there says: that is removed when it
    /// is in the new one too.
    ///
    /// # Errors
    /// [`FileError::Unwritable`].
    pub fn carried(self, head: &Head) -> Result<SessionFiles, FileError> {
        let carried = self.make_room()?.filter(|_| self.unreadable.is_none());
        let journal = Journal::begin(&journal_of(&self.path), head)?;
        let mut files = self.files(journal);
        files.carried = carried;
        Ok(files)
    }

    /// Goes on with the journal that was found, after a state that holds what it says up to `mark`.
    ///
    /// # Errors
    /// [`FileError::Unwritable`]; [`FileError::NotFound`] when none was.
    pub fn go_on(self, mark: Option<u64>) -> Result<SessionFiles, FileError> {
        let path = journal_of(&self.path);
        let Some(found) = &self.found else {
            return Err(FileError::NotFound(path));
        };
        if let Some(aside) = &self.aside {
            self.make_room()?;
            let renamed = rename(aside, &path).and_then(|()| sync_folder(&path));
            renamed.map_err(|error| unwritable(&path, &error))?;
        }
        let journal = found.go_on(&path, mark)?;
        Ok(self.files(journal))
    }

    /// Puts the journal aside that lies in its place, if it holds anything.
    fn make_room(&self) -> Result<Option<PathBuf>, FileError> {
        if !self.holds {
            return Ok(None);
        }
        let path = journal_of(&self.path);
        let name = put_aside(&path, ASIDE).map_err(|error| unwritable(&path, &error))?;
        Ok(Some(name))
    }

    fn files(self, journal: Journal) -> SessionFiles {
        SessionFiles {
            path: self.path,
            lock: self.lock,
            journal,
            carried: None,
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
        save_session(claimed.path(), &session)?;
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
        self.journal.append(events)?;
        let carries = |event: &Event| matches!(event, Event::Act(Action::Carry { .. }, _));
        if events.iter().any(carries)
            && let Some(carried) = self.carried.take()
        {
            // If it stays, it is offered once more.
            drop(remove(&carried));
        }
        Ok(())
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
            carried: _,
        } = self;
        if journal.events() == 0 {
            // If it stays, the next run finds nothing in it.
            drop(remove(&journal_of(&path)));
        }
        drop(lock);
    }
}
