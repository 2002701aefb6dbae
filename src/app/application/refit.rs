//! Other settings for the table that is open.

use std::sync::Arc;

use super::App;
use crate::app::Message;
use crate::app::saving::Start;
use crate::app::workspace::Workspace;
use crate::dataset::Dataset;
use crate::detector::{Model, Settings};
use crate::numeric::number;
use crate::worker::Request;

impl App {
    /// The settings that the next table is fitted with: the last ones that were applied.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Fits the open table anew, once the analyst has agreed where undo would stop there; without a
    /// table the settings wait for it.
    pub(super) fn refit(&mut self, settings: Settings) {
        if let Err(error) = settings.validate() {
            self.say(Message::error(format!(
                "The settings were not applied: {error}."
            )));
            return;
        }
        let open = self.workspace();
        match open.is_some_and(|open| !open.session().history().is_empty()) {
            true => self.saving.refit = Some(Box::new(settings)),
            false => self.fit_anew(settings),
        }
    }

    pub(super) fn fit_anew(&mut self, settings: Settings) {
        match self.workspace() {
            Some(open) => {
                let dataset = Arc::clone(open.dataset());
                self.prepare("fitting detectors", Request::Fit(dataset, settings));
            }
            None => self.settings = settings,
        }
    }

    /// What is asked before the table is fitted anew, if it is.
    pub fn refit_question(&self) -> Option<String> {
        self.saving.refit.as_ref()?;
        let open = self.workspace()?;
        let answers = number::many(open.answers().len(), "answer", "answers");
        let notes = number::many(open.session().notes().len(), "note", "notes");
        Some(format!(
            "The detectors are fitted anew. Your {answers} and {notes} go with it, in their order and with their times, and are trained on at once. Undo stops there: no step from before can be taken back or done again, and the settings in force now do not come back by it. A session that is saved first stays as it is."
        ))
    }

    /// Takes in a fit of the table that is open: answers and notes go with it as one act.
    pub(super) fn refitted(&mut self, dataset: Arc<Dataset>, model: Arc<Model>) {
        let Some(old) = self.workspace.take() else {
            return;
        };
        let mut new = Workspace::new(dataset, model, self.batch);
        new.open.now = self.now;
        new.state.viewpoint = old.state.viewpoint;
        new.state.strategy = old.state.strategy;
        new.open
            .session
            .set_automatic(old.open.session.is_automatic());
        new.open.session.set_stopping(old.open.session.stopping());
        new.open.told_stops = old.open.told_stops;
        if self.saving.storage.is_some() {
            new.open.session.keep_log();
        }
        let carried = old.open.session.carried();
        let what = match carried.is_some() {
            true => {
                "The new settings are in force; your answers were carried over with their times, as one act, and trained on. Undo cannot go back beyond it."
            }
            false => "The new settings are in force.",
        };
        let is_act = carried.is_some_and(|act| new.open.act(act));
        if is_act && new.open.session.due().is_some() {
            // The next candidate is known when the training is done.
            new.state.follow(&new.open);
            new.state.select(&new.open, None);
        } else {
            new.open.refresh();
            new.state.follow(&new.open);
            new.select_best();
        }
        self.replace_workspace(new);
        self.begin_saving(Start::Carried);
        self.say(Message::note(what));
    }
}
