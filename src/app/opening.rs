//! Opening: the dialog for a table, and sessions from their files.

use std::path::{Path, PathBuf};

use super::keeping::Start;
use super::{App, Message, Workspace};
use crate::dataset::{Preview, ReadOptions};
use crate::session::file::FileError;
use crate::worker::{OpenError, OpenedSession, Request};

/// What the open dialog shows.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The file, once one is chosen.
    pub path: Option<PathBuf>,
    /// How it will be read.
    pub options: ReadOptions,
    /// Its beginning, once it is read, or what is wrong with it.
    pub preview: Option<Result<Preview, String>>,
}

impl App {
    /// The session whose table was not found, with the sentence about it.
    pub fn missing_table(&self) -> Option<(&Path, &str)> {
        let (path, sentence) = self.missing.as_ref()?;
        Some((path, sentence))
    }

    /// The layout of the window that came with the session that was opened last; once.
    pub fn take_layout(&mut self) -> Option<String> {
        self.layout.take()
    }

    pub(super) fn open_session(&mut self, path: PathBuf, data: Option<PathBuf>) {
        (self.opening, self.missing) = (None, None);
        self.prepare("opening the session", Request::Open(path, data));
    }

    /// Takes in a session from its file.
    pub(super) fn opened(&mut self, path: PathBuf, opened: Result<OpenedSession, OpenError>) {
        match opened {
            Err(OpenError::Cancelled(_)) => {
                self.give_up("Opening the session was cancelled.".to_owned());
            }
            Err(error @ OpenError::File(FileError::NoTable(..) | FileError::OtherData(_))) => {
                self.stay();
                self.missing = Some((path, error.to_string()));
            }
            Err(error) => self.give_up(error.to_string()),
            Ok(opened) => {
                self.messages.clear();
                self.messages
                    .extend(opened.notices.into_iter().map(Message::note));
                self.batch = opened.session.batch();
                self.settings = opened.model.fitted().settings().clone();
                self.layout = opened.layout;
                let dataset = opened.model.fitted().dataset().clone();
                let mut workspace = Workspace::new(dataset, opened.model, self.batch);
                workspace.take_up(opened.session);
                self.replace_workspace(workspace);
                self.begin_keeping(Start::File(opened.path, opened.mark, opened.embed));
            }
        }
    }
}
