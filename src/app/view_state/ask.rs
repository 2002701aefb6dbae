//! Asks the worker for what panels show.

use std::sync::Arc;

use super::ViewState;
use super::insight::WhyKey;
use crate::app::Ask;
use crate::app::open_session::OpenSession;
use crate::detector::Space;
use crate::worker::Request;

impl ViewState {
    /// Asks for what a panel shows.
    pub(super) fn ask(&mut self, open: &OpenSession, ask: Ask) {
        let request = self.request_for(open, ask);
        self.wanted.extend(request);
    }

    fn request_for(&mut self, open: &OpenSession, ask: Ask) -> Option<Request> {
        if !self.of(open).wants(ask) {
            return None;
        }
        match ask {
            Ask::Why => {
                let key = WhyKey {
                    weights: Arc::clone(open.model.weights()),
                    instance: self.selected?,
                    labels: self.of(open).labels().collect(),
                };
                let labels = key.labels.clone();
                let request = Request::Why(Arc::clone(&open.model), key.instance, labels);
                self.insight.why_asked = Some(key);
                Some(request)
            }
            Ask::RelevanceGrid => {
                self.insight.relevance_asked = self.of(open).relevance_request();
                let (map, count) = self.insight.relevance_asked.clone()?;
                Some(Request::RelevanceGrid(map, count))
            }
            Ask::Change => {
                self.insight.change_asked = self.of(open).change_request();
                let (map, before) = self.insight.change_asked.clone()?;
                Some(Request::Change(map, before))
            }
            Ask::Earlier => {
                self.insight.before_asked = self.of(open).change_request();
                let (map, before) = self.insight.before_asked.clone()?;
                Some(Request::Earlier(map, before))
            }
            Ask::List => Some(Request::List(self.list_request(open))),
            Ask::Similar => self.similar_request(open),
            Ask::Original => self.original_request(open).map(Request::Original),
            Ask::Curves(instance, aligned) => self.ask_curves(open, (instance, aligned)),
            Ask::Alignment => self.ask_alignment(open),
            Ask::Embedding => self.layouts.ask_embedding(&open.model, Space::Features),
            Ask::Oracle => {
                self.insight.oracle_runs = true;
                Some(Request::Oracle(self.of(open).oracle_request()))
            }
        }
    }
}
