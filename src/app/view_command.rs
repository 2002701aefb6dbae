//! What the analyst looks at, and how.

use std::sync::Arc;

use super::{Ask, Choice, ListQuery, Message, Workspace};
use crate::detector::{Space, Viewpoint};
use crate::session::{Confidence, Strategy, pick};
use crate::worker::{Drawn, FeatureRange, LassoRequest, Request};

/// Something that changes what is on the screen, and not the session.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    /// Go to the next instance of the list.
    Next,
    /// Go to the previous instance of the list.
    Previous,
    /// Look at an instance.
    Select(usize),
    /// Look at the instance that has this id, or whose id begins so.
    Find(String),
    /// Look at the map from elsewhere.
    Look(Viewpoint),
    /// Show on the map the two features that explain the current candidate best.
    Explaining,
    /// List other rows, or in another order.
    List(ListQuery),
    /// Choose among the instances that are like the current candidate.
    Alike(Choice),
    /// Lay rows out, alike by this; what is there of another space goes when it is done.
    Embed(Space),
    /// Give so many members a relevance map of their own.
    SetLayers(usize),
    /// Replay the session with the oracle in idle times, or not.
    SetOracle(bool),
    /// How sure the next answer is.
    SetConfidence(Confidence),
    /// How the instances of a round are picked.
    SetStrategy(Strategy),
    /// Select the instances within a line on the map, in its coordinates.
    Lasso(Vec<[f32; 2]>),
    /// Select those within a line around rows that are laid out.
    LassoEmbedded(Vec<[f32; 2]>),
    /// Select those whose features lie in all of these ranges.
    Brush(Vec<FeatureRange>),
    /// Select nothing.
    ClearLasso,
    /// Compute something that a panel shows.
    Ask(Ask),
}

impl Workspace {
    /// Shows something else; returns what could not be done.
    pub(super) fn look(&mut self, command: ViewCommand) -> Option<Message> {
        match command {
            ViewCommand::Next => self.step(1),
            ViewCommand::Previous => self.step(-1),
            ViewCommand::Select(instance) => self.select(Some(instance)),
            ViewCommand::Find(text) => return self.find(&text),
            ViewCommand::Look(viewpoint) => self.viewpoint = viewpoint,
            ViewCommand::Explaining => {
                if !self.view_explaining() {
                    self.ask(Ask::Why);
                }
            }
            ViewCommand::List(query) => self.list_by(query),
            ViewCommand::Alike(choice) => self.likeness.choose(choice),
            ViewCommand::Embed(space) => {
                let request = self.views.ask_embedding(&self.model, space);
                self.wanted.extend(request);
            }
            ViewCommand::SetLayers(count) => self.insight.set_layers(count),
            ViewCommand::SetOracle(wanted) => self.insight.set_oracle(wanted),
            ViewCommand::SetConfidence(confidence) => self.confidence = confidence,
            ViewCommand::SetStrategy(strategy) => {
                self.strategy = strategy;
                self.renew_round(true);
                if !self.is_training() {
                    self.select_best();
                }
            }
            ViewCommand::Lasso(line) => {
                let map = self.map.as_ref();
                let drawn = map.map(|map| Drawn::Map(map.viewpoint, Arc::clone(&map.places), line));
                self.draw_around(drawn);
            }
            ViewCommand::LassoEmbedded(line) => {
                let drawn = self.embedding();
                let drawn = drawn.map(|rows| Drawn::Embedding(Arc::clone(rows), line));
                self.draw_around(drawn);
            }
            ViewCommand::Brush(ranges) => match ranges.is_empty() {
                true => self.lasso = None,
                false => self.draw_around(Some(Drawn::Ranges(ranges))),
            },
            ViewCommand::ClearLasso => self.lasso = None,
            ViewCommand::Ask(ask) => self.ask(ask),
        }
        None
    }

    /// Looks into what was drawn.
    fn draw_around(&mut self, drawn: Option<Drawn>) {
        let model = Arc::clone(&self.model);
        let request = drawn.map(|drawn| LassoRequest { model, drawn });
        self.wanted.extend(request.map(Request::Lasso));
    }

    fn find(&mut self, text: &str) -> Option<Message> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match self.dataset.find(text, self.selected()) {
            Some(instance) => {
                self.waiting_since = None;
                self.select(Some(instance));
                None
            }
            None => {
                let what = self.dataset.id_column().unwrap_or("row");
                Some(Message::note(format!("There is no {what} \"{text}\".")))
            }
        }
    }

    /// Picks the instances of a round anew where model, batch or answers ask for it.
    ///
    /// While a training is under way an answered round stays on the screen: the next one is of the
    /// model to come. `at_once` is for an analyst who does not wait.
    pub(super) fn renew_round(&mut self, at_once: bool) {
        let belief = (self.model.weights(), self.session.batch());
        let same_model = self
            .round_of
            .as_ref()
            .is_some_and(|(weights, batch)| Arc::ptr_eq(weights, belief.0) && *batch == belief.1);
        let is_open = self.open_picks().next().is_some();
        let waits = self.session.due().is_some() && !self.round.is_empty();
        if !at_once && same_model && (is_open || waits) {
            return;
        }
        self.round_of = Some((Arc::clone(belief.0), belief.1));
        // After an undo a batch may be half answered already.
        let count = match self.session.is_automatic() {
            true => self.session.until_due(),
            false => self.session.batch(),
        };
        self.round = pick(&self.model, &self.candidates(), count, self.strategy);
    }

    /// The instances of the round that have no answer yet.
    pub(super) fn open_picks(&self) -> impl Iterator<Item = usize> + '_ {
        let picked = self.round.iter().map(|pick| pick.instance);
        picked.filter(|instance| !self.answers().contains_key(instance))
    }
}
