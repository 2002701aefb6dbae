//! Keeping a session on the disk, as a function of requests: what the thread beside it runs.

use std::path::PathBuf;

use super::Document;
use super::file::{FileError, SavedData};
use super::journal::{Begun, Desk, DeskError, Found, Head, JOURNAL_FORMAT};
use crate::disk::{exists, fs, process_id};
use crate::session::{Event, Position};

/// Something to be done on the disk.
#[derive(Debug)]
pub enum KeepRequest {
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
    pub places: Vec<PathBuf>,
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
    /// The session with its belief.
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
pub enum KeepResponse {
    /// The place is taken and the journal begun; with what was to be told.
    Begun(PathBuf, Option<String>),
    /// The place is taken, and there is a journal with events that are not in the session.
    Found(PathBuf, Box<Found>),
    /// Another window has the session (which).
    Held(String),
    /// No place takes a journal (why).
    Nowhere(FileError),
    /// The events up to a position are on the disk, or not.
    Appended(Position, Result<(), FileError>),
    /// The session is in its file as it was at a position, or not.
    Saved(Position, Result<PathBuf, DeskError>),
}

/// The files of one session at a time.
#[derive(Debug, Default)]
pub struct Keeper {
    holder: String,
    begun: Option<(Begun, Option<u64>)>,
    desk: Option<Desk>,
}

impl Keeper {
    /// Does what is asked.
    pub fn run(&mut self, request: KeepRequest) -> Option<KeepResponse> {
        match request {
            KeepRequest::Begin(beginning) => Some(self.begin(*beginning)),
            KeepRequest::Decide(go_on, now) => Some(self.decide(go_on, &now)),
            KeepRequest::Append(events, position) => {
                let appended = match &mut self.desk {
                    Some(desk) => desk.append(&events),
                    None => Ok(()),
                };
                Some(KeepResponse::Appended(position, appended))
            }
            KeepRequest::Save(to, now) => {
                let position = now.document.session.position();
                Some(KeepResponse::Saved(position, self.save(to, &now)))
            }
            KeepRequest::Close => {
                self.close();
                None
            }
        }
    }

    fn close(&mut self) {
        self.begun = None;
        if let Some(desk) = self.desk.take() {
            desk.close();
        }
    }

    fn begin(&mut self, beginning: Beginning) -> KeepResponse {
        self.close();
        self.holder.clone_from(&beginning.holder);
        let mut refusal = None;
        for place in &beginning.places {
            if !beginning.saved && exists(place) {
                // A session that was saved under this name.
                continue;
            }
            if let Some(folder) = place.parent().filter(|_| !beginning.saved) {
                // The user's data folder may not be there yet.
                drop(fs::create_dir_all(folder));
            }
            match Begun::take(place, &beginning.holder) {
                Ok(begun) => match self.settle(begun, &beginning) {
                    Ok(response) => return response,
                    Err(error) => refusal = Some(error),
                },
                Err(DeskError::Held(holder)) if beginning.saved => {
                    return KeepResponse::Held(holder);
                }
                Err(DeskError::Held(_)) => {}
                Err(DeskError::File(error)) => refusal = Some(error),
            }
        }
        KeepResponse::Nowhere(refusal.unwrap_or_else(|| {
            FileError::Unwritable(
                beginning.places.first().cloned().unwrap_or_default(),
                "there is no folder for it".to_owned(),
            )
        }))
    }

    /// Looks at what lies in a place that was taken.
    fn settle(&mut self, begun: Begun, beginning: &Beginning) -> Result<KeepResponse, FileError> {
        let path = begun.path().to_owned();
        let mut head = beginning.now.head();
        head.base = beginning.mark;
        let told = match (&begun.found, &begun.complaint) {
            (None, None) => None,
            _ if beginning.carried => None,
            (None, Some(complaint)) => Some(format!(
                "The journal that lies there cannot be read and is kept with ~ at the end of its name: {complaint}"
            )),
            (Some(found), _) => {
                let was = &found.head.data.fingerprint;
                let difference = was.difference(&head.data.fingerprint);
                match (difference, found.after(beginning.mark)) {
                    (None, Some([])) if found.lost == 0 => None,
                    (None, Some(_)) => {
                        let found = Box::new(found.clone());
                        self.begun = Some((begun, beginning.mark));
                        return Ok(KeepResponse::Found(path, found));
                    }
                    (Some(difference), _) => Some(format!(
                        "There are earlier answers, but not on this table: it {difference}. They are kept in the journal with ~ at the end of its name."
                    )),
                    (None, None) => Some(
                        "The journal that lies there goes on from another state of this file; it is kept with ~ at the end of its name.".to_owned(),
                    ),
                }
            }
        };
        self.desk = Some(begun.fresh(&head)?);
        Ok(KeepResponse::Begun(path, told))
    }

    fn decide(&mut self, go_on: bool, now: &Snapshot) -> KeepResponse {
        let Some((begun, mark)) = self.begun.take() else {
            return KeepResponse::Nowhere(FileError::Unwritable(
                PathBuf::new(),
                "there is no journal to decide on".to_owned(),
            ));
        };
        let path = begun.path().to_owned();
        let mut head = now.head();
        head.base = mark;
        let desk = match go_on {
            true => begun.go_on(mark),
            false => begun.fresh(&head),
        };
        match desk {
            Ok(desk) => {
                self.desk = Some(desk);
                KeepResponse::Begun(path, None)
            }
            Err(error) => KeepResponse::Nowhere(error),
        }
    }

    fn save(&mut self, to: Option<PathBuf>, now: &Snapshot) -> Result<PathBuf, DeskError> {
        let (saved, head) = (now.document.saved(), now.head());
        match (&mut self.desk, to) {
            (Some(desk), None) => desk.save(saved, head)?,
            (Some(desk), Some(to)) if to == desk.path() => desk.save(saved, head)?,
            (Some(desk), Some(to)) => desk.save_as(&to, &self.holder, saved, head)?,
            (None, Some(to)) => {
                // There was no place for a journal so far; here is one.
                let begun = Begun::take(&to, &self.holder)?;
                self.desk = Some(Desk::found(begun, saved, &head)?);
            }
            (None, None) => {
                return Err(FileError::Unwritable(
                    PathBuf::new(),
                    "the session has no file yet".to_owned(),
                )
                .into());
            }
        }
        let path = self.desk.as_ref().map(|desk| desk.path().to_owned());
        Ok(path.unwrap_or_default())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.close();
    }
}
