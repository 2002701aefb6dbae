//! Saving the open session: what is on the disk, and what the analyst is told of it.
//!
//! An act is in the session at once, so that training need not wait for a disk; but the screen goes
//! on showing what was before until the journal says that the act is written
//! (`OpenSession::is_settled`). Where nothing can be written the work goes on in memory, the screen
//! says so, and the session can be saved elsewhere.

use std::path::PathBuf;

use crate::detector::Settings;
use crate::session::{Position, Session};
use crate::store::Found;
use crate::worker::Storage;

/// Where the open session is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Nowhere: it was not asked for, or its place is just being taken.
    #[default]
    None,
    /// In a journal; the session has no file of its own yet.
    Journal(PathBuf),
    /// In its file and a journal beside it.
    File(PathBuf),
    /// Another window has it (which): here it can only be looked at.
    ReadOnly(PathBuf, String),
    /// No place could be written to (why).
    Memory(String),
}

/// From where a session comes that is to be kept.
#[derive(Clone, Debug)]
pub(super) enum Start {
    /// From a table.
    Table,
    /// From a session on the same table that it replaces: its journal is put aside unasked, as all
    /// that it says was carried over.
    Carried,
    /// From its file, with the mark of its journal and whether it holds the table.
    File(PathBuf, Option<u64>, bool),
}

/// How far the disk is behind what was done. On the one stream of events of the session,
/// [`Session::position`] ≥ sent ≥ answered ≥ saved.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursors {
    /// What the journal was told.
    pub(super) sent: Position,
    /// What it has answered: that it is on the disk or, while [`Saving::failing`] says why, that it
    /// is held until it can be written.
    pub(super) answered: Position,
    /// What the session's file holds.
    pub(super) saved: Position,
}

/// Keeps the open session.
#[derive(Default)]
pub struct Saving {
    pub(super) storage: Option<Box<dyn Storage>>,
    /// The user's data folder: for journals that cannot lie beside their table.
    pub(super) folder: Option<PathBuf>,
    /// The name of this window.
    pub(super) holder: String,
    pub(super) state: SaveState,
    /// The file of the session that is being opened or recovered, with its mark.
    pub(super) file: Option<(PathBuf, Option<u64>)>,
    pub(super) cursors: Cursors,
    pub(super) offer: Option<Box<Found>>,
    /// The session as it was when its place was taken.
    pub(super) opened: Option<Session>,
    /// A save that waits for the journal: where to, if not to where it is.
    pub(super) wanted: Option<Option<PathBuf>>,
    pub(super) asks_where: bool,
    /// The settings that wait for the analyst's word: undo would stop at them.
    pub(super) refit: Option<Box<Settings>>,
    pub(super) embed: bool,
    /// Why the journal is behind, if it is.
    pub(super) failing: Option<String>,
    /// The layout of the window, to be saved with the session.
    pub(super) layout: Option<String>,
}
