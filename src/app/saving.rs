//! Saving the open session: what is on the disk, and what the analyst is told of it.
//!
//! An act is in the session at once, so that training need not wait for a disk; but the screen goes
//! on showing what was before until the journal says that the act is written
//! ([`Workspace::is_settled`]). Where nothing can be written the work goes on in memory, the screen
//! says so, and the session can be saved elsewhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{App, Message, Workspace};
use crate::detector::Settings;
use crate::session::{Position, Session};
use crate::store::{
    Beginning, Document, FileError, Found, Snapshot, StorageRequest, StorageResponse,
    unsaved_places,
};
use crate::worker::Storage;

/// A wish about saving the session.
#[derive(Clone, Debug)]
pub enum SaveCommand {
    /// Save it, in its file if it has one.
    Save,
    /// Save it in another file, with the table in it or without.
    SaveAs(PathBuf, bool),
    /// Show the dialog that asks where to save it.
    AskWhere,
    /// Put that dialog away.
    Close,
    /// Take up the answers of an earlier run (true), or leave them aside.
    Recover(bool),
    /// Fit the table anew with the settings that were asked about (true), or leave it as it is.
    Refit(bool),
}

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
    folder: Option<PathBuf>,
    /// The name of this window.
    holder: String,
    pub(super) state: SaveState,
    /// The file of the session that is being opened or recovered, with its mark.
    pub(super) file: Option<(PathBuf, Option<u64>)>,
    pub(super) cursors: Cursors,
    pub(super) offer: Option<Box<Found>>,
    /// The session as it was when its place was taken.
    pub(super) opened: Option<Session>,
    /// A save that waits for the journal.
    wish: Option<Option<PathBuf>>,
    pub(super) asks_where: bool,
    /// The settings that wait for the analyst's word: undo would stop at them.
    pub(super) refit: Option<Box<Settings>>,
    pub(super) embed: bool,
    /// Why the journal is behind, if it is.
    pub(super) failing: Option<String>,
    /// The layout of the window, to be saved with the session.
    layout: Option<String>,
}

impl App {
    /// Keeps sessions on the disk by `storage`; journals that cannot lie beside their table go to
    /// `folder`, and other windows are told that `holder` has a session.
    pub fn keep_by(
        mut self,
        storage: Box<dyn Storage>,
        folder: Option<PathBuf>,
        holder: String,
    ) -> Self {
        self.saving.storage = Some(storage);
        self.saving.folder = folder;
        self.saving.holder = holder;
        self
    }

    /// Where the open session is kept.
    pub fn save_state(&self) -> &SaveState {
        &self.saving.state
    }

    /// How many acts came after the session was last saved.
    pub fn unsaved(&self) -> usize {
        let done = self.workspace.as_ref();
        let done = done.map_or(0, |open| open.session.position().acts);
        done.saturating_sub(self.saving.cursors.saved.acts) as usize
    }

    /// Whether the screen asks where to save the session.
    pub fn asks_where(&self) -> bool {
        self.saving.asks_where
    }

    /// Where the dialog proposes to save the session.
    pub fn proposed_file(&self) -> PathBuf {
        match (&self.saving.state, &self.workspace) {
            (SaveState::File(path) | SaveState::ReadOnly(path, _), _) => path.clone(),
            (_, Some(workspace)) => {
                workspace.beside(None, &format!("{}.glad", workspace.dataset().name()))
            }
            _ => PathBuf::new(),
        }
    }

    /// Begins saving the session that was just opened.
    pub(super) fn begin_saving(&mut self, start: Start) {
        let (Some(workspace), Some(storage)) = (&mut self.workspace, &mut self.saving.storage)
        else {
            return;
        };
        workspace.session.keep_log();
        let carried = matches!(start, Start::Carried);
        let (file, embed) = match start {
            Start::Table | Start::Carried => (None, false),
            Start::File(path, mark, embed) => (Some((path, mark)), embed),
        };
        let beginning = Beginning {
            places: match &file {
                Some((path, _)) => vec![path.clone()],
                None => unsaved_places(workspace.dataset(), self.saving.folder.as_deref()),
            },
            saved: file.is_some(),
            carried,
            mark: file.as_ref().and_then(|(_, mark)| *mark),
            now: Snapshot {
                document: workspace.document(embed, None),
                at: self.now,
            },
            holder: self.saving.holder.clone(),
        };
        storage.submit(StorageRequest::Begin(Box::new(beginning)));
        self.saving = Saving {
            storage: self.saving.storage.take(),
            folder: self.saving.folder.take(),
            holder: std::mem::take(&mut self.saving.holder),
            opened: Some(workspace.session.clone()),
            file,
            embed,
            ..Saving::default()
        };
    }

    /// Carries out a wish about saving.
    pub(super) fn keep(&mut self, command: SaveCommand) {
        match command {
            SaveCommand::Save => match &self.saving.state {
                SaveState::File(_) => self.saving.wish = Some(None),
                _ => self.saving.asks_where = self.workspace.is_some(),
            },
            SaveCommand::AskWhere => self.saving.asks_where = self.workspace.is_some(),
            SaveCommand::Close => self.saving.asks_where = false,
            SaveCommand::SaveAs(path, embed) => {
                self.saving.asks_where = false;
                self.saving.embed = embed;
                self.saving.wish = Some(Some(path));
            }
            SaveCommand::Recover(true) => self.recover(),
            SaveCommand::Recover(false) => {
                self.saving.offer = None;
                self.decide(false);
            }
            SaveCommand::Refit(agreed) => {
                if let Some(settings) = self.saving.refit.take().filter(|_| agreed) {
                    self.fit_anew(*settings);
                }
            }
        }
    }

    /// Sends to the journal what happened, and saves if that was asked for and all is written.
    pub(super) fn flush(&mut self) {
        let now = self.now;
        let saving = &mut self.saving;
        let (Some(workspace), Some(storage)) = (&mut self.workspace, &mut saving.storage) else {
            return;
        };
        let cursors = &mut saving.cursors;
        let position = workspace.session.position();
        match saving.state {
            // It is told when its place is taken.
            SaveState::None if workspace.session.has_log() => return,
            SaveState::None => {}
            SaveState::File(_) | SaveState::Journal(_) if workspace.session.has_log() => {
                cursors.sent = position;
                let events = workspace.session.take_log();
                storage.submit(StorageRequest::Append(events, position));
            }
            SaveState::File(_) | SaveState::Journal(_) => {}
            // There is nobody to tell.
            SaveState::Memory(_) | SaveState::ReadOnly(..) => {
                workspace.session.take_log();
                if cursors.sent == cursors.answered {
                    cursors.answered = position;
                    workspace.answered(position);
                }
                cursors.sent = position;
            }
        }
        if saving.cursors.sent == saving.cursors.answered
            && let Some(to) = saving.wish.take()
        {
            workspace.leave_playing();
            let document = workspace.document(saving.embed, saving.layout.clone());
            let now = Snapshot { document, at: now };
            storage.submit(StorageRequest::Save(to, Box::new(now)));
        }
    }

    /// Takes in what came of it.
    pub(super) fn receive_kept(&mut self) {
        while let Some(response) = self
            .saving
            .storage
            .as_mut()
            .and_then(|storage| storage.poll())
        {
            self.kept(response);
        }
    }

    fn kept(&mut self, response: StorageResponse) {
        match response {
            StorageResponse::Claimed(path, told) => {
                self.saving.state = match self.saving.file.is_some() {
                    true => SaveState::File(path),
                    false => SaveState::Journal(path),
                };
                self.messages.extend(told.map(Message::note));
            }
            StorageResponse::Found(_, found) => self.saving.offer = Some(found),
            StorageResponse::Held(holder) => {
                let path = self.saving.file.as_ref().map(|(path, _)| path.clone());
                self.say(Message::note(format!("This session is open in another window ({holder}): here it can be looked at only. Save as… makes a copy to work on.")));
                self.saving.state = SaveState::ReadOnly(path.unwrap_or_default(), holder);
            }
            StorageResponse::Nowhere(error) => {
                self.say(Message::error(format!(
                    "No journal can be kept, so a crash would lose your answers: {error}"
                )));
                self.saving.state = SaveState::Memory(error.to_string());
            }
            StorageResponse::Appended(position, result) => self.appended(position, result),
            StorageResponse::Saved(position, Ok(path)) => {
                self.saving.cursors.saved = position;
                self.saving.failing = None;
                if self.saving.state != SaveState::File(path.clone()) {
                    self.say(Message::done(format!("Saved as {}.", path.display())));
                }
                self.saving.file = Some((path.clone(), None));
                self.saving.state = SaveState::File(path);
            }
            StorageResponse::Saved(_, Err(error)) => {
                self.say(Message::error(format!("The session is not saved. {error}")));
            }
        }
    }

    fn appended(&mut self, position: Position, result: Result<(), FileError>) {
        self.saving.cursors.answered = position;
        match result {
            Ok(()) => self.saving.failing = None,
            Err(error) => {
                let sentence = error.to_string();
                if self.saving.failing.as_ref() != Some(&sentence) {
                    self.say(Message::error(format!(
                        "Your answers are in memory only. {sentence}"
                    )));
                }
                self.saving.failing = Some(sentence);
            }
        }
        if let Some(workspace) = &mut self.workspace {
            workspace.answered(position);
        }
    }

    /// Says how the panels of the window are laid out, for when the session is saved.
    pub fn set_layout(&mut self, layout: String) {
        self.saving.layout = Some(layout);
    }

    /// Why nothing can be done to the session at present, if so.
    fn refusal(&self) -> Option<&'static str> {
        let open = self.workspace();
        if open.is_some_and(|open| open.session().is_playing()) {
            return Some(
                "The session is being played back: press \"Back to work\" in the pane Replay to go on with it.",
            );
        }
        if self.is_read_only() {
            return Some(
                "This window is read-only, as the session is open in another one: Save as… makes a copy to work on.",
            );
        }
        let is_offered = self.saving.offer.is_some();
        is_offered.then_some("Say first whether the earlier answers are to be recovered.")
    }

    /// Refuses what would change a session to which nothing can be done, and says why.
    pub(super) fn refuses(&mut self) -> bool {
        let why = self.refusal();
        why.into_iter().for_each(|why| self.say(Message::note(why)));
        why.is_some()
    }

    /// Whether answers are taken at present: not in a read-only window, not while the session is
    /// played back or an earlier one is offered.
    pub fn takes_answers(&self) -> bool {
        self.refusal().is_none()
    }

    /// The file of the session, if it has one.
    pub(super) fn session_file(&self) -> Option<&Path> {
        match &self.saving.state {
            SaveState::File(path) | SaveState::ReadOnly(path, _) => Some(path),
            _ => None,
        }
    }

    /// Whether the session is another window's, so that nothing may be done to it here.
    pub(super) fn is_read_only(&self) -> bool {
        matches!(self.saving.state, SaveState::ReadOnly(..))
    }

    /// Why the journal is behind, if it is.
    pub fn failing(&self) -> Option<&str> {
        self.saving.failing.as_deref()
    }
}

impl Workspace {
    /// The session as it is now with its model.
    pub(super) fn document(&self, embed: bool, layout: Option<String>) -> Document {
        let document = Document::new(self.session.clone(), Arc::clone(&self.model));
        Document {
            embed,
            layout,
            ..document
        }
    }

    /// Whether all that was done is on the disk, so that the screen may say so.
    pub(super) fn is_settled(&self) -> bool {
        self.answered.acts >= self.session.position().acts
    }

    /// Takes in how far the journal has answered; where that is all that was done, the screen
    /// catches up.
    fn answered(&mut self, position: Position) {
        let was_settled = self.is_settled();
        self.answered = position;
        if was_settled || !self.is_settled() {
            return;
        }
        self.refresh();
        if let Some(model) = self.building.take() {
            self.take(model);
        }
        if self.selected().is_none() && self.session.due().is_none() {
            self.select_best();
        }
    }

    /// Goes on with another session on the same detector.
    pub(super) fn take_up(&mut self, session: Session) {
        self.session = session;
        self.training = None;
        self.building = None;
        self.awaits_best = true;
        self.refresh();
        self.select_when_known();
    }
}
