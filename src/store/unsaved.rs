//! Answers that lie in a journal and not in the file of their session yet.

use std::path::{Path, PathBuf};

use super::file::{FileError, SavedSession, read_session};
use super::journal::{Found, journal_of, read_journal};
use crate::numeric::number::many;

/// What lies in the journal beside a session's file and not in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The session's file.
    pub session: PathBuf,
    /// Its journal.
    pub journal: PathBuf,
    /// How many answers; 0 where only notes, names and the like are.
    pub answers: usize,
}

impl Unsaved {
    /// What lies beside the session at a path, whose file holds its journal up to `mark`.
    pub fn beside(session: &Path, mark: Option<u64>) -> Option<Self> {
        let journal = journal_of(session);
        let found = read_journal(&journal).ok()??;
        let events = found.after(mark)?;
        let is_any = events.iter().any(|(event, _)| event.is_of_the_analyst());
        is_any.then(|| Self {
            session: session.to_owned(),
            answers: Found::answers(events),
            journal,
        })
    }

    /// What it is, with its verb.
    pub fn what(&self) -> String {
        match self.answers {
            0 => "notes or other changes lie".to_owned(),
            1 => "1 answer lies".to_owned(),
            answers => format!("{} lie", many(answers, "answer", "answers")),
        }
    }

    /// That it is there, as a sentence.
    pub fn sentence(&self) -> String {
        let (what, session) = (self.what(), self.session.display());
        format!(
            "{what} in {} and not in the session yet: `glad label DATA --save {session}` or opening {session} in the window goes on from there.",
            self.journal.display()
        )
    }
}

/// Reads a session file, and says what is not in it yet.
///
/// # Errors
/// As [`read_session`]; [`FileError::OnlyJournal`] where there is nothing but its journal.
pub fn read_with_unsaved(path: &Path) -> Result<(SavedSession, Option<Unsaved>), FileError> {
    let missing = |error| match (error, Unsaved::beside(path, None)) {
        (FileError::NotFound(path), Some(unsaved)) => {
            FileError::OnlyJournal(path, unsaved.what(), unsaved.journal)
        }
        (error, _) => error,
    };
    let saved = read_session(path).map_err(missing)?;
    let unsaved = Unsaved::beside(path, saved.journal);
    Ok((saved, unsaved))
}
