//! Other things to look at.

use std::sync::Arc;

use super::ViewState;
use crate::app::open_session::OpenSession;
use crate::app::{Ask, Message, ViewCommand};
use crate::worker::{Drawn, LassoRequest, Request};

impl ViewState {
    /// Shows something else; returns what could not be done.
    pub(in crate::app) fn look(
        &mut self,
        open: &OpenSession,
        command: ViewCommand,
    ) -> Option<Message> {
        match command {
            ViewCommand::Next => self.step(open, 1),
            ViewCommand::Previous => self.step(open, -1),
            ViewCommand::Select(instance) => self.select(open, Some(instance)),
            ViewCommand::Find(text) => return self.find(open, &text),
            ViewCommand::Look(viewpoint) => self.viewpoint = viewpoint,
            ViewCommand::Explaining => {
                if !self.view_explaining(open) {
                    self.ask(open, Ask::Why);
                }
            }
            ViewCommand::List(query) => self.list.choose(query),
            ViewCommand::Alike(choice) => self.likeness.choose(choice),
            ViewCommand::Embed(space) => {
                let request = self.layouts.ask_embedding(&open.model, space);
                self.wanted.extend(request);
            }
            ViewCommand::SetLayers(count) => self.insight.set_layers(count),
            ViewCommand::SetOracle(wanted) => self.insight.set_oracle(wanted),
            ViewCommand::SetConfidence(confidence) => self.confidence = confidence,
            ViewCommand::SetStrategy(strategy) => {
                self.strategy = strategy;
                self.renew_round(open, true);
                if !open.is_training() {
                    self.select_best(open);
                }
            }
            ViewCommand::Lasso(line) => {
                let map = self.map.as_ref();
                let drawn =
                    map.map(|map| Drawn::Map(map.viewpoint, Arc::clone(&map.locations), line));
                self.draw_around(open, drawn);
            }
            ViewCommand::LassoEmbedded(line) => {
                let drawn = self.of(open).embedding();
                let drawn = drawn.map(|rows| Drawn::Embedding(Arc::clone(rows), line));
                self.draw_around(open, drawn);
            }
            ViewCommand::Brush(ranges) => match ranges.is_empty() {
                true => self.lasso = None,
                false => self.draw_around(open, Some(Drawn::Ranges(ranges))),
            },
            ViewCommand::ClearLasso => self.lasso = None,
            ViewCommand::Ask(ask) => self.ask(open, ask),
        }
        None
    }

    /// Looks into what was drawn.
    fn draw_around(&mut self, open: &OpenSession, drawn: Option<Drawn>) {
        let model = Arc::clone(&open.model);
        let request = drawn.map(|drawn| LassoRequest { model, drawn });
        self.wanted.extend(request.map(Request::Lasso));
    }

    fn find(&mut self, open: &OpenSession, text: &str) -> Option<Message> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match open.dataset.find(text, self.selected) {
            Some(instance) => {
                self.waiting_since = None;
                self.select(open, Some(instance));
                None
            }
            None => {
                let what = open.dataset.id_name();
                Some(Message::note(format!("There is no {what} \"{text}\".")))
            }
        }
    }
}
