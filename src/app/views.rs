//! Views of the table beside the map: rows that are laid out, and the two features that explain one.

use std::sync::Arc;

use super::Workspace;
use crate::detector::{Model, Space, Viewpoint, Why};
use crate::figures::Embedding;
use crate::worker::Request;

/// What was laid out, and what is awaited.
#[derive(Default)]
pub(super) struct Views {
    embedding: Option<Arc<Embedding>>,
    asked: Option<Space>,
    /// Whether it was asked for at all: what was stopped is not begun again by itself.
    is_begun: bool,
    /// The candidate whose features are to be shown once it is explained.
    explains: Option<usize>,
}

impl Views {
    /// Whether rows are to be laid out that nobody has asked for yet.
    pub(super) fn wants_embedding(&self) -> bool {
        !self.is_begun
    }

    /// The work that lays rows out, unless it is under way.
    pub(super) fn ask_embedding(&mut self, model: &Arc<Model>, space: Space) -> Option<Request> {
        self.is_begun = true;
        let is_new = self.asked.replace(space) != Some(space);
        is_new.then(|| Request::Embed(Arc::clone(model), space))
    }

    /// Takes in what came of laying rows out; nothing where that was given up.
    pub(super) fn embedded(&mut self, space: Option<Space>, embedding: Option<Arc<Embedding>>) {
        if space.is_none() || self.asked == space {
            self.asked = None;
        }
        if embedding.is_some() {
            self.embedding = embedding;
        }
    }
}

impl Workspace {
    /// The rows that are laid out.
    pub fn embedding(&self) -> Option<&Arc<Embedding>> {
        let embedding = self.views.embedding.as_ref()?;
        let is_present = Arc::ptr_eq(embedding.model.fitted(), self.model.fitted());
        is_present.then_some(embedding)
    }

    /// Whether rows are being laid out.
    pub fn is_embedding(&self) -> bool {
        self.views.asked.is_some()
    }

    /// The features that explain the current candidate, the strongest first, as far as that is
    /// worked out.
    pub fn explaining(&self) -> Vec<usize> {
        let why = self
            .why()
            .filter(|(why, _)| self.selected() == Some(why.instance));
        let shares = why.map_or(&[][..], |(why, _)| &why.features);
        shares.iter().map(|share| share.feature).collect()
    }

    /// Takes in an explanation, and shows its features where that was asked for.
    pub(super) fn explained(&mut self, why: Arc<Why>) {
        self.insight.explained(why);
        let wanted = self.views.explains.take();
        // Whoever has gone on to another row does not want the map turned.
        if wanted.is_some() && wanted == self.selected() {
            self.view_explaining();
        }
    }

    /// Shows the two features that explain the candidate, once they are known; false where they are
    /// not yet.
    pub(super) fn view_explaining(&mut self) -> bool {
        self.views.explains = self.selected();
        let ranked = self.explaining();
        let others = (0..self.dataset.n_features()).filter(|feature| !ranked.contains(feature));
        let mut best = ranked.iter().copied().chain(others);
        if let (false, Some(across), Some(up)) = (ranked.is_empty(), best.next(), best.next()) {
            self.viewpoint = Viewpoint::Features(across, up);
            self.views.explains = None;
        }
        self.views.explains.is_none()
    }
}
