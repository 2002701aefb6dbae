//! Taking up what an earlier run did and never saved.

use std::sync::Arc;

use super::App;
use crate::app::Message;
use crate::app::saving::Cursors;
use crate::dataset::Dataset;
use crate::detector::Model;
use crate::numeric::local;
use crate::session::{Position, Session};
use crate::store::{Found, Snapshot, StorageRequest};
use crate::worker::Request;

impl App {
    /// The answers of an earlier run that could be taken up, as a question.
    pub fn offer(&self) -> Option<String> {
        let found = self.saving.offer.as_ref()?;
        let mark = self.saving.file.as_ref().and_then(|(_, mark)| *mark);
        let events = found.after(mark).unwrap_or(&found.events);
        let answers = Found::answers(events);
        let plural = if answers == 1 { "answer" } else { "answers" };
        let when =
            Found::last_time(events).map_or_else(String::new, |at| format!(" from {}", local(at)));
        let acts = match answers {
            0 => format!("Recover what was done{when}"),
            _ => format!("Recover {answers} {plural}{when}"),
        };
        let damage = match found.lost {
            0 => String::new(),
            1 => " One line of the journal is damaged or hangs on one that is, and is left out."
                .to_owned(),
            lost => format!(
                " {lost} lines of the journal are damaged or hang on such, and are left out."
            ),
        };
        let name = &found.head.data.name;
        Some(format!(
            "{acts}? The last session on {name} ended without being saved.{damage}"
        ))
    }

    /// Whether a detector that was just fitted is the one that the answers of an earlier run
    /// wait for.
    pub(super) fn offer_for(&self, dataset: &Arc<Dataset>, model: &Arc<Model>) -> bool {
        let open = self.workspace();
        let same_table = open.is_some_and(|open| Arc::ptr_eq(open.dataset(), dataset));
        let offer = self.saving.offer.as_ref();
        same_table && offer.is_some_and(|found| found.head.settings == *model.fitted().settings())
    }

    pub(super) fn decide(&mut self, go_on: bool) {
        if let (Some(workspace), Some(storage)) = (&self.workspace, &mut self.saving.storage) {
            let document = workspace.open.document(self.saving.embed, None);
            let now = Snapshot {
                document,
                at: self.now,
            };
            storage.submit(StorageRequest::Decide(go_on, Box::new(now)));
        }
    }

    /// Takes up the events of the journal; with the settings that they were done with.
    pub(super) fn recover(&mut self) {
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        let Some(settings) = self.saving.offer.as_ref().map(|found| &found.head.settings) else {
            return;
        };
        if workspace.open.model.fitted().settings() != settings {
            let request = Request::Fit(workspace.open.dataset.clone(), settings.clone());
            self.prepare("fitting detectors as they were", request);
            return;
        }
        self.take_up();
    }

    /// Lets the events of the journal happen again. On a detector with other settings than theirs
    /// nothing does.
    pub(super) fn take_up(&mut self) {
        let (Some(workspace), Some(found)) = (&mut self.workspace, self.saving.offer.take()) else {
            return;
        };
        let mark = self.saving.file.as_ref().and_then(|(_, mark)| *mark);
        let events = found.after(mark).unwrap_or(&found.events);
        let mut session = match (&self.saving.opened, &self.saving.file) {
            (Some(opened), Some(_)) => opened.clone(),
            _ => Session::new(
                workspace.open.model.fitted().primed().clone(),
                found.head.batch,
            ),
        };
        session.drop_log();
        let repeated = Found::repeat(events, &mut session);
        if repeated < events.len() {
            let lost = events.len() - repeated;
            self.messages.push(Message::error(format!(
                "{lost} of the journal's {} events do not follow from those before and are left out.",
                events.len()
            )));
        }
        // What is recovered is in the journal, and not in the file.
        let position = Position::default().after(events.iter().map(|(event, _)| event));
        session.keep_log_from(position);
        self.saving.cursors = Cursors {
            sent: position,
            answered: position,
            saved: Position::default(),
        };
        workspace.open.answered = position;
        self.batch = session.batch();
        workspace.take_up(session);
        self.decide(true);
    }
}
