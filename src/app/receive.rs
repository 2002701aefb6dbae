//! What the worker brings.

use std::sync::Arc;

use super::keeping::Start;
use super::{App, Message, Workspace};
use crate::dataset::{Dataset, DatasetError};
use crate::detector::{FitError, Fitted, Model};
use crate::evaluation::OracleError;
use crate::worker::{OracleRequest, Request, Response};

impl App {
    /// Takes in all responses that are there; to be called at the start of a frame.
    pub fn receive(&mut self) {
        while let Some(response) = self.engine.poll() {
            self.take_in(response);
            self.request();
        }
        self.receive_kept();
        self.request();
        self.flush();
    }

    fn take_in(&mut self, response: Response) {
        match response {
            Response::Previewed(path, preview) => {
                if let Some(opening) = self
                    .opening
                    .as_mut()
                    .filter(|opening| opening.path.as_ref() == Some(&path))
                {
                    opening.preview = Some(preview.map_err(|error| error.to_string()));
                }
            }
            Response::Read(Ok(dataset)) => {
                self.busy = Some("fitting detectors");
                self.engine
                    .submit(Request::Fit(dataset, self.settings.clone()));
            }
            Response::Read(Err(DatasetError::Cancelled(_))) => self.cancelled(),
            Response::Read(Err(error)) => self.give_up(error.to_string()),
            Response::Opened(path, opened) => self.opened(path, opened.map(|opened| *opened)),
            Response::Fitted(dataset, Ok(model)) => self.begin(dataset, model),
            Response::Fitted(_, Err(FitError::Cancelled(_))) => self.cancelled(),
            Response::Fitted(_, Err(error)) => self.give_up(error.to_string()),
            Response::Trained(plan, outcome) => {
                if let Some(workspace) = &mut self.workspace {
                    let message = workspace.trained(&plan, outcome);
                    self.messages.extend(message);
                }
            }
            Response::Ranked(model) => {
                let workspace = self.workspace.as_mut();
                let of_table =
                    |open: &&mut Workspace| Arc::ptr_eq(open.model.fitted(), model.fitted());
                if let Some(workspace) = workspace.filter(of_table) {
                    workspace.take(model);
                }
            }
            Response::Lassoed(lasso) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.lasso = Some(lasso);
                }
            }
            Response::Mapped(map) => {
                if let Some(workspace) = self.of_table(map.model.fitted()) {
                    workspace.map = Some(map);
                }
            }
            Response::Explained(why) => {
                if let Some(workspace) = self.of_table(why.model.fitted()) {
                    workspace.insight.explained(why);
                }
            }
            Response::Relieved(relief) => {
                if let Some(workspace) = self.of_table(relief.asked.model.fitted()) {
                    workspace.insight.relieved(relief);
                }
            }
            Response::Changed(change) => {
                if let Some(workspace) = self.of_table(change.model.fitted()) {
                    workspace.insight.changed(change);
                }
            }
            Response::Drawn(path, outcome) => self.drawn(path, outcome),
            Response::Reported(kind, path, outcome) => self.reported(kind, path, outcome),
            Response::Exported(what, path, outcome) => self.exported(&what, path, outcome),
            Response::Replayed(outcome) => self.replayed(outcome),
            Response::Died(reason) => {
                self.busy = None;
                self.give_chart_up();
                self.give_report_up();
                self.give_export_up();
                if let Some(workspace) = &mut self.workspace {
                    workspace.give_training_up();
                    workspace.insight.replayed(None);
                }
                self.say(Message::error(format!("A computation stopped with a fault of the program ({reason}); your answers are kept.")));
            }
        }
    }

    /// The open table, if it is the one that was fitted so.
    fn of_table(&mut self, fitted: &Arc<Fitted>) -> Option<&mut Workspace> {
        let workspace = self.workspace.as_mut();
        workspace.filter(|workspace| Arc::ptr_eq(workspace.model.fitted(), fitted))
    }

    fn replayed(&mut self, outcome: Result<OracleRequest, OracleError>) {
        match outcome {
            Ok(oracle) => {
                if let Some(workspace) = self.of_table(&oracle.fitted) {
                    workspace.insight.replayed(Some(oracle));
                }
            }
            Err(error) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.insight.replayed(None);
                }
                self.say(Message::note(error.to_string()));
            }
        }
    }

    /// The analyst does not want the new table after all, unless yet another was asked for.
    pub(super) fn cancelled(&mut self) {
        if self.gives_up {
            self.gives_up = false;
            self.give_up("Opening the table was cancelled.".to_owned());
        }
    }

    /// The old table stays; the sentence says what is wrong with the new one.
    pub(super) fn give_up(&mut self, sentence: String) {
        self.busy = None;
        if let Some(open) = &self.workspace {
            self.settings = open.model.fitted().settings().clone();
        }
        self.say(Message::error(sentence));
    }

    fn begin(&mut self, dataset: Arc<Dataset>, model: Arc<Model>) {
        self.busy = None;
        self.settings = model.fitted().settings().clone();
        let offer = self.offer_for(&dataset, &model);
        let workspace = self.workspace.as_ref();
        let is_open = workspace.is_some_and(|open| Arc::ptr_eq(&open.dataset, &dataset));
        if is_open && !offer {
            self.refitted(dataset, model);
            return;
        }
        self.messages.clear();
        for notice in dataset.notices() {
            self.messages.push(Message::note(notice.clone()));
        }
        self.workspace = Some(Workspace::new(dataset, model, self.batch));
        match offer {
            true => self.take_up(),
            false => self.begin_keeping(Start::Table),
        }
    }
}
