//! Views of the table beside the map: rows that are laid out, and the two features that explain one.

use std::sync::Arc;

use super::ViewState;
use crate::app::open_session::OpenSession;
use crate::detector::{Model, Space, Viewpoint, Why};
use crate::figures::Embedding;
use crate::worker::Request;

/// What was laid out, and what is awaited.
#[derive(Default)]
pub(in crate::app) struct Layouts {
    pub(in crate::app) embedding: Option<Arc<Embedding>>,
    pub(in crate::app) asked: Option<Space>,
    /// Whether it was asked for at all: what was stopped is not begun again by itself.
    pub(in crate::app) is_begun: bool,
    /// The candidate whose features are to be shown once it is explained.
    pub(in crate::app) explains: Option<usize>,
}

impl Layouts {
    /// Whether rows are to be laid out that nobody has asked for yet.
    pub(in crate::app) fn wants_embedding(&self) -> bool {
        !self.is_begun
    }

    /// The work that lays rows out, unless it is under way.
    pub(in crate::app) fn ask_embedding(
        &mut self,
        model: &Arc<Model>,
        space: Space,
    ) -> Option<Request> {
        self.is_begun = true;
        let is_new = self.asked.replace(space) != Some(space);
        is_new.then(|| Request::Embed(Arc::clone(model), space))
    }

    /// Takes in what came of laying rows out; nothing where that was given up.
    pub(in crate::app) fn embedded(
        &mut self,
        space: Option<Space>,
        embedding: Option<Arc<Embedding>>,
    ) {
        if space.is_none() || self.asked == space {
            self.asked = None;
        }
        if embedding.is_some() {
            self.embedding = embedding;
        }
    }
}

impl ViewState {
    /// Takes in an explanation, and shows its features where that was asked for.
    pub(in crate::app) fn explained(&mut self, open: &OpenSession, why: Arc<Why>) {
        self.insight.why = Some(why);
        let wanted = self.layouts.explains.take();
        // Whoever has gone on to another row does not want the map turned.
        if wanted.is_some() && wanted == self.selected {
            self.view_explaining(open);
        }
    }

    /// Shows the two features that explain the candidate, once they are known; false where they are
    /// not yet.
    pub(super) fn view_explaining(&mut self, open: &OpenSession) -> bool {
        self.layouts.explains = self.selected;
        let ranked = self.of(open).explaining();
        let others = (0..open.dataset.n_features()).filter(|feature| !ranked.contains(feature));
        let mut best = ranked.iter().copied().chain(others);
        if let (false, Some(across), Some(up)) = (ranked.is_empty(), best.next(), best.next()) {
            self.viewpoint = Viewpoint::Features(across, up);
            self.layouts.explains = None;
        }
        self.layouts.explains.is_none()
    }
}
