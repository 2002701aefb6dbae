//! Opening: tables by the dialog, and sessions from their files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::App;
use crate::app::saving::Start;
use crate::app::workspace::Workspace;
use crate::app::{Message, OpenCommand, Opening};
use crate::dataset::{DatasetError, ReadOptions};
use crate::store::{Document, FileError, GoOnRequest, OpenError, OpenedSession, is_session};
use crate::worker::Request;

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

    /// Carries out a command about opening.
    pub(super) fn open(&mut self, command: OpenCommand) {
        match command {
            OpenCommand::Show(path) => {
                let opening = Opening {
                    path: path.clone(),
                    ..Opening::default()
                };
                match path {
                    Some(path) if is_session(&path) => return self.open_session(path, None),
                    Some(path) => {
                        let options = opening.options.clone();
                        self.submit(Request::Preview(path, options));
                    }
                    None => {}
                }
                self.opening = Some(opening);
            }
            OpenCommand::Session(path, data) => self.open_session(path, data),
            OpenCommand::Forget => self.missing = None,
            OpenCommand::Preview(path, _) | OpenCommand::File(path, _) if is_session(&path) => {
                self.open_session(path, None);
            }
            OpenCommand::Preview(path, options) => {
                // What was chosen for one file says nothing of another, which may be of another kind.
                let before = self
                    .opening
                    .as_ref()
                    .and_then(|opening| opening.path.as_ref());
                let options = match before.is_none_or(|before| *before == path) {
                    true => options,
                    false => ReadOptions::default(),
                };
                self.opening = Some(Opening {
                    path: Some(path.clone()),
                    options: options.clone(),
                    ..Opening::default()
                });
                self.submit(Request::Preview(path, options));
            }
            OpenCommand::Detect(settings) => self.settings = *settings,
            OpenCommand::Accept => {
                if let Some(Opening {
                    path: Some(path),
                    options,
                    ..
                }) = self.opening.take()
                {
                    self.open(OpenCommand::File(path, options));
                }
            }
            OpenCommand::GoOn => self.go_on(),
            OpenCommand::FitOnBoth => self.fit_on_both(),
            OpenCommand::Close => self.opening = None,
            OpenCommand::Images(toy) => {
                self.prepare("learning from images", Request::ReadToy(toy));
            }
            OpenCommand::File(path, options) => {
                self.prepare("reading the table", Request::Read(path, options));
            }
            OpenCommand::Toy(toy) => {
                let fit = Request::Fit(Arc::new(toy.open()), self.settings.clone());
                self.prepare("fitting detectors", fit);
            }
        }
    }

    /// A table with missing values was opened without a word on what is to be done with them: the
    /// dialog asks.
    pub(super) fn offer_filling(
        &mut self,
        path: PathBuf,
        options: ReadOptions,
        error: &DatasetError,
    ) {
        self.stay();
        self.opening = Some(Opening {
            path: Some(path.clone()),
            options: options.clone(),
            preview: None,
            missing: Some(error.to_string()),
        });
        self.submit(Request::Preview(path, options));
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
                let document = opened.document;
                self.batch = document.session.batch();
                self.settings = document.fitted().settings().clone();
                self.layout = document.layout;
                let dataset = document.model.fitted().dataset().clone();
                let mut workspace = Workspace::new(dataset, document.model, self.batch);
                workspace.take_up(document.session);
                self.replace_workspace(workspace);
                self.seam = opened.seam;
                self.begin_saving(Start::File(opened.path, document.mark, document.embed));
            }
        }
    }

    /// Whether the open session has just gone on with another table, so that its detectors can be
    /// fitted again on both.
    pub fn is_at_seam(&self) -> bool {
        self.seam.is_some()
    }

    /// Lets the open session go on with the file of the dialog.
    pub(super) fn go_on(&mut self) {
        let (Some(workspace), Some(opening)) = (&self.workspace, &self.opening) else {
            return;
        };
        let Some(table) = opening.path.clone() else {
            return;
        };
        let mut session = workspace.open.session.clone();
        session.go_home();
        session.drop_log();
        if !session.is_current(&workspace.open.model) {
            self.say(Message::note(
                "A training is still under way: wait for it, then let the session go on.",
            ));
            return;
        }
        let options = opening.options.clone();
        let request = GoOnRequest {
            document: Document::new(session, Arc::clone(&workspace.open.model)),
            table,
            options: GoOnRequest::options_like(&workspace.open.dataset, options),
            both: false,
            since: None,
        };
        self.opening = None;
        let request = Request::GoOn(Box::new(request));
        self.prepare("going on with the table", request);
    }

    /// Fits the detectors again on the table before the seam and the one after it.
    pub(super) fn fit_on_both(&mut self) {
        if let (Some(workspace), Some(seam)) = (&self.workspace, &self.seam) {
            let request = Request::GoOn(Box::new(seam.fit_on_both(&workspace.open.session)));
            self.prepare("fitting detectors on both tables", request);
        }
    }
}
