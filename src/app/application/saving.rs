//! Saving the open session: sends to the journal what happened, and takes in what came of it.

use std::path::{Path, PathBuf};

use super::App;
use crate::app::saving::{SaveState, Saving, Start};
use crate::app::{Message, SaveCommand};
use crate::session::Position;
use crate::store::{
    Beginning, FileError, Snapshot, StorageRequest, StorageResponse, unsaved_places,
};
use crate::worker::Storage;

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
        let open = self.workspace();
        let done = open.map_or(0, |open| open.session().position().acts);
        done.saturating_sub(self.saving.cursors.saved.acts) as usize
    }

    /// Whether the screen asks where to save the session.
    pub fn asks_where(&self) -> bool {
        self.saving.asks_where
    }

    /// Where the dialog proposes to save the session.
    pub fn proposed_file(&self) -> PathBuf {
        match (&self.saving.state, self.workspace()) {
            (SaveState::File(path) | SaveState::ReadOnly(path, _), _) => path.clone(),
            (_, Some(open)) => open.beside(None, &format!("{}.glad", open.dataset().name())),
            _ => PathBuf::new(),
        }
    }

    /// Begins saving the session that was just opened.
    pub(super) fn begin_saving(&mut self, start: Start) {
        let (Some(workspace), Some(storage)) = (&mut self.workspace, &mut self.saving.storage)
        else {
            return;
        };
        workspace.open.session.keep_log();
        let carried = matches!(start, Start::Carried);
        let (file, embed) = match start {
            Start::Table | Start::Carried => (None, false),
            Start::File(path, mark, embed) => (Some((path, mark)), embed),
        };
        let beginning = Beginning {
            paths: match &file {
                Some((path, _)) => vec![path.clone()],
                None => unsaved_places(&workspace.open.dataset, self.saving.folder.as_deref()),
            },
            saved: file.is_some(),
            carried,
            mark: file.as_ref().and_then(|(_, mark)| *mark),
            now: Snapshot {
                document: workspace.open.document(embed, None),
                at: self.now,
            },
            holder: self.saving.holder.clone(),
        };
        storage.submit(StorageRequest::Begin(Box::new(beginning)));
        self.saving = Saving {
            storage: self.saving.storage.take(),
            folder: self.saving.folder.take(),
            holder: std::mem::take(&mut self.saving.holder),
            opened: Some(workspace.open.session.clone()),
            file,
            embed,
            ..Saving::default()
        };
    }

    /// Carries out a command about saving.
    pub(super) fn keep(&mut self, command: SaveCommand) {
        match command {
            SaveCommand::Save => match &self.saving.state {
                SaveState::File(_) => self.saving.wanted = Some(None),
                _ => self.saving.asks_where = self.workspace.is_some(),
            },
            SaveCommand::AskWhere => self.saving.asks_where = self.workspace.is_some(),
            SaveCommand::Close => self.saving.asks_where = false,
            SaveCommand::SaveAs(path, embed) => {
                self.saving.asks_where = false;
                self.saving.embed = embed;
                self.saving.wanted = Some(Some(path));
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
        let position = workspace.open.session.position();
        match saving.state {
            // It is told when its place is taken.
            SaveState::None if workspace.open.session.has_log() => return,
            SaveState::None => {}
            SaveState::File(_) | SaveState::Journal(_) if workspace.open.session.has_log() => {
                cursors.sent = position;
                let events = workspace.open.session.take_log();
                storage.submit(StorageRequest::Append(events, position));
            }
            SaveState::File(_) | SaveState::Journal(_) => {}
            // There is nobody to tell.
            SaveState::Memory(_) | SaveState::ReadOnly(..) => {
                workspace.open.session.take_log();
                if cursors.sent == cursors.answered {
                    cursors.answered = position;
                    workspace.answered(position);
                }
                cursors.sent = position;
            }
        }
        if saving.cursors.sent == saving.cursors.answered
            && let Some(to) = saving.wanted.take()
        {
            workspace.leave_playing();
            let document = workspace.open.document(saving.embed, saving.layout.clone());
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
