//! Saving a session on the disk, as a function of requests: what the thread beside it runs.

use std::path::{Path, PathBuf};

use super::Document;
use super::file::{FileError, SavedData};
use super::journal::{Claimed, Found, Head, JOURNAL_FORMAT, SessionFiles, SessionFilesError};
use crate::disk::{exists, fs, process_id};
use crate::session::{Event, Position};

/// Something to be done on the disk.
#[derive(Debug)]
pub enum StorageRequest {
    /// Take the place of a session, and begin its journal if none is left from before.
    Begin(Box<Beginning>),
    /// Go on with the journal that was found (true), or put it aside and begin a new one.
    Decide(bool, Box<Snapshot>),
    /// Append events to the journal, which end at this position.
    Append(Vec<Event>, Position),
    /// Save the session, in another place if one is given. All that happened to it was appended.
    Save(Option<PathBuf>, Box<Snapshot>),
    /// Put the session away.
    Close,
}

/// Which place to take.
#[derive(Debug)]
pub struct Beginning {
    /// Places for a session that was never saved, the best first; for one that was, its file alone.
    pub paths: Vec<PathBuf>,
    /// Whether it was saved: then its file is the place, and belongs to one window at a time.
    pub saved: bool,
    /// Whether it holds all that the journal there says, which then is put aside.
    pub carried: bool,
    /// The last record of a journal that the file holds.
    pub mark: Option<u64>,
    /// The session.
    pub now: Snapshot,
    /// The name of this window for others that find the place taken.
    pub holder: String,
}

/// A session as it is at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The session with its model.
    pub document: Document,
    /// The time, in milliseconds since 1970 (UTC).
    pub at: Option<u64>,
}

impl Snapshot {
    fn head(&self) -> Head {
        let fitted = self.document.fitted();
        Head {
            format: JOURNAL_FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            at: self.at,
            process: process_id(),
            data: SavedData::of(fitted.dataset(), false),
            settings: fitted.settings().clone(),
            batch: self.document.session.batch(),
            base: None,
        }
    }
}

/// What came of a request.
#[derive(Debug)]
pub enum StorageResponse {
    /// The place is taken and the journal begun; with what was to be told.
    Claimed(PathBuf, Option<String>),
    /// The place is taken, and there is a journal (where it lies) with events that are not in the
    /// session.
    Found(PathBuf, Box<Found>),
    /// Another window has the session (which).
    Held(String),
    /// No place takes a journal (why).
    Nowhere(FileError),
    /// The events up to a position are on the disk, or not.
    Appended(Position, Result<(), FileError>),
    /// The session is in its file as it was at a position, or not.
    Saved(Position, Result<PathBuf, SessionFilesError>),
}

/// The files of one session at a time.
#[derive(Debug, Default)]
pub struct StorageWorker {
    holder: String,
    claimed: Option<Waiting>,
    files: Option<SessionFiles>,
}

/// A place that was taken, until it is decided what is to become of the journal that was found.
#[derive(Debug)]
struct Waiting {
    claimed: Claimed,
    /// The last record of a journal that the session's file holds.
    mark: Option<u64>,
    /// What is to be told when the place is ready.
    told: Option<String>,
}

/// The events of a journal that go on from the session of a head; why it does not, as a sentence.
fn lies_for<'a>(found: &'a Found, head: &Head) -> Result<&'a [(Event, u64)], String> {
    let (was, is) = (&found.head.data.fingerprint, &head.data.fingerprint);
    match (was.difference(is), found.after(head.base)) {
        (None, Some(events)) => Ok(events),
        (Some(difference), _) => Err(format!(
            "The journal that lies there holds answers, but on other data: what is open now {difference}."
        )),
        (None, None) => {
            Err("The journal that lies there goes on from another state of this file.".to_owned())
        }
    }
}

impl StorageWorker {
    /// Does what is asked.
    pub fn run(&mut self, request: StorageRequest) -> Option<StorageResponse> {
        match request {
            StorageRequest::Begin(beginning) => Some(self.begin(*beginning)),
            StorageRequest::Decide(go_on, now) => Some(self.decide(go_on, &now)),
            StorageRequest::Append(events, position) => {
                let appended = match &mut self.files {
                    Some(files) => files.append(&events),
                    None => Ok(()),
                };
                Some(StorageResponse::Appended(position, appended))
            }
            StorageRequest::Save(to, now) => {
                let position = now.document.session.position();
                Some(StorageResponse::Saved(position, self.save(to, &now)))
            }
            StorageRequest::Close => {
                self.close();
                None
            }
        }
    }

    fn close(&mut self) {
        self.claimed = None;
        if let Some(files) = self.files.take() {
            files.close();
        }
    }

    fn begin(&mut self, beginning: Beginning) -> StorageResponse {
        // Only the journal of this very session says what it carries over.
        let own = self.files.as_ref().map(|files| files.path().to_owned());
        let own = own.filter(|_| beginning.carried);
        self.close();
        self.holder.clone_from(&beginning.holder);
        let mut refusal = None;
        for place in &beginning.paths {
            if !beginning.saved && exists(place) {
                // A session that was saved under this name.
                continue;
            }
            if let Some(folder) = place.parent().filter(|_| !beginning.saved) {
                // The user's data folder may not be there yet.
                drop(fs::create_dir_all(folder));
            }
            match Claimed::take(place, &beginning.holder) {
                Ok(claimed) => match self.look_at(claimed, &beginning, own.as_deref()) {
                    Ok(response) => return response,
                    Err(error) => refusal = Some(error),
                },
                Err(SessionFilesError::Held(holder)) if beginning.saved => {
                    return StorageResponse::Held(holder);
                }
                Err(SessionFilesError::Held(_)) => {}
                Err(SessionFilesError::File(error)) => refusal = Some(error),
            }
        }
        StorageResponse::Nowhere(refusal.unwrap_or_else(|| {
            FileError::Unwritable(
                beginning.paths.first().cloned().unwrap_or_default(),
                "there is no folder for it".to_owned(),
            )
        }))
    }

    /// Looks at what lies in a place that was taken: the journal in its own place, and where that
    /// does not fit, those that were put aside before.
    fn look_at(
        &mut self,
        mut claimed: Claimed,
        beginning: &Beginning,
        own: Option<&Path>,
    ) -> Result<StorageResponse, FileError> {
        let path = claimed.path().to_owned();
        let mut head = beginning.now.head();
        head.base = beginning.mark;
        if beginning.carried {
            self.files = Some(match own == Some(path.as_path()) {
                true => claimed.carried(&head)?,
                false => claimed.fresh(&head)?,
            });
            return Ok(StorageResponse::Claimed(path, None));
        }
        let mut told = match (&claimed.found, &claimed.unreadable) {
            (None, None) => None,
            (None, Some(why)) => Some(format!("The journal that lies there cannot be read: {why}")),
            (Some(found), _) => match lies_for(found, &head) {
                Ok([]) if found.lost == 0 => None,
                Ok(_) => return Ok(self.found(claimed, beginning.mark, None)),
                Err(why) => Some(why),
            },
        };
        if let (Some(told), Some(kept)) = (&mut told, claimed.kept_as()) {
            *told += &format!(" It is kept as {}.", kept.display());
        }
        let fits = |found: &Found| {
            found.head.settings == head.settings
                && lies_for(found, &head).is_ok_and(|events| !events.is_empty())
        };
        if claimed.turn_to_aside(fits) {
            return Ok(self.found(claimed, beginning.mark, told));
        }
        self.files = Some(claimed.fresh(&head)?);
        Ok(StorageResponse::Claimed(path, told))
    }

    /// Lets it be decided what is to become of a journal that was found.
    fn found(
        &mut self,
        claimed: Claimed,
        mark: Option<u64>,
        told: Option<String>,
    ) -> StorageResponse {
        let path = claimed.path().to_owned();
        let found = claimed.found.clone().map(Box::new);
        let lies_at = claimed.lies_at();
        self.claimed = Some(Waiting {
            claimed,
            mark,
            told,
        });
        match found {
            Some(found) => StorageResponse::Found(lies_at, found),
            None => StorageResponse::Nowhere(FileError::NotFound(path)),
        }
    }

    fn decide(&mut self, go_on: bool, now: &Snapshot) -> StorageResponse {
        let Some(Waiting {
            claimed,
            mark,
            told,
        }) = self.claimed.take()
        else {
            return StorageResponse::Nowhere(FileError::Unwritable(
                PathBuf::new(),
                "there is no journal to decide on".to_owned(),
            ));
        };
        let path = claimed.path().to_owned();
        let mut head = now.head();
        head.base = mark;
        let files = match go_on {
            true => claimed.go_on(mark),
            false => claimed.fresh(&head),
        };
        match files {
            Ok(files) => {
                self.files = Some(files);
                StorageResponse::Claimed(path, told)
            }
            Err(error) => StorageResponse::Nowhere(error),
        }
    }

    fn save(&mut self, to: Option<PathBuf>, now: &Snapshot) -> Result<PathBuf, SessionFilesError> {
        let (saved, head) = (now.document.saved(), now.head());
        match (&mut self.files, to) {
            (Some(files), None) => files.save(saved, head)?,
            (Some(files), Some(to)) if to == files.path() => files.save(saved, head)?,
            (Some(files), Some(to)) => files.save_as(&to, &self.holder, saved, head)?,
            (None, Some(to)) => {
                // There was no place for a journal so far; here is one.
                let claimed = Claimed::take(&to, &self.holder)?;
                self.files = Some(SessionFiles::found(claimed, saved, &head)?);
            }
            (None, None) => {
                return Err(FileError::Unwritable(
                    PathBuf::new(),
                    "the session has no file yet".to_owned(),
                )
                .into());
            }
        }
        let path = self.files.as_ref().map(|files| files.path().to_owned());
        Ok(path.unwrap_or_default())
    }
}

impl Drop for StorageWorker {
    fn drop(&mut self) {
        self.close();
    }
}
